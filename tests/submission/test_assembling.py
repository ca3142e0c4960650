"""From a workspace to a sealed package: what the journal does not bear out is not sealed."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from desktop.base import Message
from desktop.base.jobs import quiet
from desktop.guideline import write_pack
from desktop.submission import verify
from desktop.submission.assembling import NotSealedHere, StillDiffering, seal_workspace
from desktop.submission.sealing import CannotSeal
from desktop.submission.verdict import VerdictKind
from desktop.workspace import Author, Workspace
from desktop.workspace.errors import DamagedFile
from tests.reviewers import make_for
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


def test_a_whole_workspace_is_sealed(town, tmp_path):
    sealed = seal_workspace(quiet, town, tmp_path / "a.asice")
    again = seal_workspace(quiet, town, tmp_path / "b.asice")
    assert sealed.path.read_bytes() == again.path.read_bytes()


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
    with pytest.raises(DamagedFile):
        seal_workspace(quiet, town, tmp_path / "a.asice")
    assert not (tmp_path / "a.asice").exists()
    assert town.read_bytes() == before


@pytest.mark.parametrize("role", ["agency", "mentor", "assessor"])
def test_a_copy_made_for_an_agency_or_a_reviewer_is_not_sealed(town, tmp_path, role):
    with Workspace.open(town, author=Author("Sari")) as workspace:
        make_for(workspace, role)
    with pytest.raises(NotSealedHere, match="not_here"):
        seal_workspace(quiet, town, tmp_path / "a.asice")
    assert not (tmp_path / "a.asice").exists()


def test_a_copy_made_for_another_of_the_team_is_sealed(town, tmp_path):
    with Workspace.open(town, author=Author("Sari")) as workspace:
        make_for(workspace, "secretary")
    assert seal_workspace(quiet, town, tmp_path / "a.asice").path.exists()


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
