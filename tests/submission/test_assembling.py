"""From a workspace to a sealed package: what the journal does not bear out is not sealed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

import msgspec
import pytest

from desktop.base import Message
from desktop.base.bounded.limits import STANDARD
from desktop.base.jobs import quiet
from desktop.guideline import write_pack
from desktop.submission import assembling, bounded, verify
from desktop.submission.assembling import CannotReplace, NotSealedHere, StillDiffering, seal_workspace
from desktop.submission.frame.container import open_package
from desktop.submission.printed.printing_day import printing_day
from desktop.submission.returning.comparing import Looker, NotFinished
from desktop.submission.sealing import CannotSeal
from desktop.submission.verdict import VerdictKind
from desktop.workspace import Author, Workspace
from tests.reviewers import make_for
from tests.submission import tamper
from tests.submission.hostile.ground import ANCHORS
from tests.submission.making import NOW
from tests.submission.towns import pack_by_sheet

TINY = Path(__file__).resolve().parents[1] / "data" / "tiny-pack"


@pytest.fixture
def town(tmp_path):
    path = tmp_path / "town.rancang"
    Workspace.create(
        path, region="18.07", first_year=2026, last_year=2029, pack=write_pack(TINY), author=Author("Sari"),
        title={"id": "Rencana"},
    ).close()  # fmt: skip
    return path


@pytest.mark.slow
def test_a_whole_workspace_is_sealed(town, tmp_path, monkeypatch):
    """And of one day throughout, where sealing goes on beyond midnight and an office changes hands."""
    with Workspace.open(town, author=Author("Sari")) as ours, ours.operation(Message("x")) as op:
        eve = ours.plan().changed_on + dt.timedelta(days=10)
        after = eve + dt.timedelta(days=1)
        op.insert("person", name="Pak Lama", role="elder", office={"id": "Tetua"}, until=eve.isoformat())
        op.insert("person", name="Bu Baru", role="elder", office={"id": "Tetua"}, since=after.isoformat())
        for place, kind in enumerate(("image/png\n", "k" * 2_000, "", "text/x-c++")):
            op.attach(bytes([place]), name=f"{place}.bin", media_type=kind)

    def at(day):
        monkeypatch.setenv("RANCANG_NOW", f"{day}T05:00:00+00:00")

    at(eve)
    sealed = seal_workspace(quiet, town, tmp_path / "a.asice")
    monkeypatch.setattr(assembling, "printing_day", lambda *told: (printing_day(*told), at(after))[0])
    again = seal_workspace(quiet, town, tmp_path / "b.asice")
    assert sealed.path.read_bytes() == again.path.read_bytes()
    with open_package(sealed.path) as package:
        manifest = package.manifest
    # a copy of a stranger's may say anything of what a file is
    kinds = [file.media_type for file in manifest.files if file.role == "evidence"]
    assert kinds == [*["application/octet-stream"] * 3, "text/x-c++"]
    names = {one.name for file in manifest.files for one in file.signers if one.role == "elder"}
    assert names | {one.name for one in manifest.signers} == {"Pak Lama"}
    for day, codes in ((eve, set()), (after, {"note.officials_since"})):
        told = verify(sealed.path, ANCHORS, dt.datetime.combine(day, dt.time(5), dt.UTC))
        assert {one.code for one in told.reasons} & {"note.other_official", "note.officials_since"} == codes


@pytest.mark.slow
def test_what_is_filled_differently_is_not_sealed(town, tmp_path, monkeypatch):
    theirs = shutil.copyfile(town, tmp_path / "theirs.rancang")
    label = Message("workspace.label.resolve")
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "their home"))
    with Workspace.open(theirs, author=Author("Budi")) as other, other.operation(label) as op:
        op.set("plan", other.plan_row, last_year=2030)
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home"))
    with Workspace.open(town, author=Author("Sari")) as ours:
        with ours.operation(label) as op:
            op.set("plan", ours.plan_row, last_year=2031)
        ours.bring_back(theirs)
    with pytest.raises(StillDiffering, match="still_differing"):
        seal_workspace(quiet, town, tmp_path / "a.asice")
    assert not (tmp_path / "a.asice").exists()
    with Workspace.open(town, author=Author("Sari")) as ours:
        ours.resolve(ours.conflicts()[0], 2031)
    assert seal_workspace(quiet, town, tmp_path / "a.asice").path.exists()


@pytest.mark.slow
def test_rows_changed_behind_the_journal_are_not_sealed(town, tmp_path):
    raw = sqlite3.connect(town, isolation_level=None)
    for statement in (
        "UPDATE sync_gate SET open = 1",
        "UPDATE plan SET first_year = 2025",
        "UPDATE sync_gate SET open = 0",
    ):
        raw.execute(statement)
    raw.close()
    before = town.read_bytes()
    # what is opened only to be read is computed anew where it is not as it was left
    with open_package(seal_workspace(quiet, town, tmp_path / "a.asice").path) as package:
        assert package.manifest.period.first_year == 2026
        assert json.loads(package.read("data.json"))["plan"]["first_year"] == 2026
    assert town.read_bytes() == before


@pytest.mark.parametrize("role", ["agency", "mentor", "assessor"])
def test_a_copy_made_for_an_agency_or_a_reviewer_is_not_sealed(town, tmp_path, role):
    with Workspace.open(town, author=Author("Sari")) as workspace:
        make_for(workspace, role)
    with pytest.raises(NotSealedHere, match="not_here"):
        seal_workspace(quiet, town, tmp_path / "a.asice")
    assert not (tmp_path / "a.asice").exists()


@pytest.mark.slow
def test_a_copy_made_for_another_of_the_team_is_sealed(town, tmp_path):
    with Workspace.open(town, author=Author("Sari")) as workspace:
        make_for(workspace, "secretary")
    assert seal_workspace(quiet, town, tmp_path / "a.asice").path.exists()


@pytest.mark.slow
def test_what_a_title_says_is_no_fingerprint(tmp_path):
    """Words of the list in a row, numbers before them, a sign for two letters."""
    title = "Kota E\ufb01sien, Maju, Mandiri, Aman, Damai, Sehat, Cerdas, Makmur: 5 Tahun, 3 Program"
    path = tmp_path / "town.rancang"
    Workspace.create(
        path, region="18.07", first_year=2026, last_year=2029, pack=pack_by_sheet(), author=Author("Sari"),
        title={"id": title},
    ).close()  # fmt: skip
    sealed = seal_workspace(quiet, path, tmp_path / "a.asice")
    assert verify(sealed.path, ANCHORS, NOW).kind is VerdictKind.SEALED


def test_what_every_verification_would_refuse_is_not_sealed(town, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.workspace.plan_data.plan_fingerprint", lambda _: "ab" * 32)
    with pytest.raises(CannotSeal, match="would_be_refused"):
        seal_workspace(quiet, town, tmp_path / "a.asice")
    assert not (tmp_path / "a.asice").exists()


@pytest.mark.parametrize(("limit", "told"), [("time", "not_looked_at"), ("memory", "not_looked_at")])
def test_what_this_computer_had_no_time_to_look_at_is_told_as_such(town, tmp_path, monkeypatch, limit, told):
    """A slow or busy computer has longer for its own work than a verification has."""
    asked = []

    def ended(_looker, look, _doubtful):
        asked.append(look.limits)
        raise NotFinished(Message(f"submission.limit.{limit}", seconds=30, megabytes=200))

    monkeypatch.setattr(Looker, "ask", ended)
    with pytest.raises(CannotSeal, match=told):
        seal_workspace(quiet, town, tmp_path / "a.asice")
    assert not (tmp_path / "a.asice").exists()
    (limits,) = asked
    assert limits.longest >= 10 * STANDARD.longest
    assert (limits.seconds, limits.memory) == (3 * STANDARD.seconds, STANDARD.memory)


@pytest.mark.slow
@pytest.mark.parametrize("exchanged", ["between", "nothing"])
def test_what_is_named_as_replaced_is_what_was_verified(town, tmp_path, monkeypatch, exchanged):
    """One state of the file gives id, verdict and hash; another one of the same id may come to lie there."""
    before = seal_workspace(quiet, town, tmp_path / "a.asice").path
    own, other = before.read_bytes(), tmp_path / "other.asice"
    identity = tamper.read(before)[1].id
    tamper.forge(
        before, other, lambda _: None, lambda told: msgspec.structs.replace(told, previous="ab" * 32)
    )
    assert tamper.read(other)[1].id == identity
    real = bounded.judge

    def judged(path, *rest):
        if exchanged == "between":
            shutil.copyfile(other, path)
        return real(path, *rest)

    monkeypatch.setattr(bounded, "judge", judged)
    target = tmp_path / "b.asice"
    if exchanged == "between":
        with pytest.raises(CannotReplace, match="cannot_replace"):
            seal_workspace(quiet, town, target, replaces=before, identity=identity)
        assert not target.exists()
        return
    sealed = seal_workspace(quiet, town, target, replaces=before, identity=identity)
    assert tamper.read(sealed.path)[1].previous == hashlib.sha256(own).hexdigest()
    assert sealed.doubt is not None, "nobody closed it"
