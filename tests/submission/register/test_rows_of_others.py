"""Rows that somebody else wrote into a register: none of them is signed as ours, told as ours, or opened."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.base import Language, Message, render
from desktop.base.jobs import quiet
from desktop.submission.register import posting, proofs
from desktop.submission.register.addressees import wants_letter
from desktop.submission.register.letters import Desk as Writer
from desktop.submission.register.letters import letter, receipt
from desktop.submission.register.listing import entries
from desktop.submission.register.posting import write_letters, write_receipts
from desktop.submission.register.reading import Told
from desktop.submission.register.repeating import Repeating
from desktop.submission.register.store import Register
from desktop.submission.register.words import standing
from desktop.trust.certificate import fingerprint
from tests.submission.register.many import IN_TIME, NOW, TEAM, Opened, container_hash

CODE = "18.07"
SIGNER = {
    "document": "", "role": TEAM, "holder": "Sekretaris Tim", "organisation": "", "issuer": "Penerbit",
    "certificate": "ab" * 32, "claimed_at": IN_TIME.isoformat(), "test": 0, "anchor": "own",
    "timestamped": 0, "asked": 1, "stamped_at": "", "latest_at": "",
}  # fmt: skip
BUDGET = {"year": 2029, "source": "apbd", "dimension": "", "indicative": 99_000_000_000}
PROGRAMME = {
    "no": 900, "programme": "p9", "code": "9", "title": "Program Hantu", "dimension": "", "sub_dimension": "",
    "lead": "", "quick_win": 0, "activities": 0, "total_budget": 99_000_000_000,
}  # fmt: skip


def put(register: Path, table: str, **row: object) -> None:
    """As another program does it, which asks for no keys."""
    with contextlib.closing(sqlite3.connect(register)) as raw:
        marks = ", ".join("?" * len(row))
        raw.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        raw.commit()


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_hangs_on_a_package_that_is_still_to_come_is_taken_away_and_told(desk, tmp_path) -> None:
    own, sealed = tmp_path / "asli.asice", tmp_path / "luar.asice"
    desk.close(desk.sealed(CODE, 1), own, key=desk.keys.team)
    shutil.copy(desk.sealed("18.01", 2, open_mandatory=1), sealed)
    desk.read()
    put(desk.register, "budget", sha256=sha256(own), **BUDGET)
    put(desk.register, "programme", sha256=sha256(own), **PROGRAMME)
    put(desk.register, "signer", sha256=sha256(sealed), no=500, **SIGNER)
    for each in (own, sealed):
        shutil.copy(each, desk.inbox)
    ran = desk.read()
    assert [(each.id, each.params["n"]) for each in ran.problems] == [("submission.register.strays", 3)]
    plan = desk.listed()["asli.asice"].plan
    assert plan is not None
    assert (plan.indicative, plan.programmes) == (7_500_000, 3)
    assert desk.listed()["luar.asice"].basis.value == "claimed", "nobody has signed it"
    assert desk.read().problems == ()
    with contextlib.closing(sqlite3.connect(desk.register)) as raw:
        assert not raw.execute("SELECT 1 FROM programme WHERE no = 900").fetchall()


def test_what_comes_between_the_look_and_the_verdict_is_signed_with_nothing(
    desk, tmp_path, monkeypatch
) -> None:
    """Whoever may write into the file for a moment; also in the place of the package's own rows."""
    desk.close(desk.sealed(CODE, 1), desk.inbox / "asli.asice", key=desk.keys.team)
    here, keep = sha256(desk.inbox / "asli.asice"), Register.keep

    def kept(register: Register, *what: object) -> bool:
        put(desk.register, "budget", sha256=here, **BUDGET)
        put(desk.register, "signer", sha256=here, no=0, **SIGNER)
        put(desk.register, "reason", sha256=here, no=0, weight="note", code="x", message='{"id":"x"}')
        return keep(register, *what)

    monkeypatch.setattr(Register, "keep", kept)
    desk.read()
    one = desk.listed()["asli.asice"]
    assert (one.result, one.reasons, one.plan and one.plan.indicative) == ("valid", (), 7_500_000)
    assert [each.certificate for each in one.signers] == [fingerprint(desk.keys.team.signer.certificate)]


def test_a_stranger_counts_for_nobody_by_a_signer_who_was_there_before_his_package(desk, tmp_path) -> None:
    own = desk.inbox / "asli.asice"
    desk.close(desk.sealed(CODE, 1), own, key=desk.keys.team)
    desk.read()
    forged = tmp_path / "asing.asice"
    stranger = Opened(desk.keys._leaf("Pejabat Asing"), desk.keys.issuer)
    desk.close(desk.sealed(CODE, 2, "x", previous=container_hash(own)), forged, key=stranger)
    team = fingerprint(desk.keys.team.signer.certificate)
    put(desk.register, "signer", sha256=sha256(forged), no=500, **{**SIGNER, "certificate": team})
    shutil.copy(forged, desk.inbox)
    desk.read()
    doubts = [each.id for each in desk.listed()["asing.asice"].doubts]
    assert doubts == ["submission.standing.other_signer"]


@pytest.fixture
def elsewhere(desk) -> Path:
    """A register from elsewhere with a package that nobody has seen, on another computer's folder."""
    place, content = "//contoh.example/bagi/a.asice", "ab" * 32
    with Register(desk.register, create=True):
        pass
    put(
        desk.register,
        "run",
        id=1,
        started=NOW.isoformat(),
        ended="",
        folders="[]",
        found=0,
        read=0,
        vanished=0,
    )
    put(
        desk.register, "file", path=place, unit=place, root="//contoh.example/bagi", size=1, mtime_ns=1,
        inode="1", sha256=content, kind="package", state="here", problem="", first_run=1,
        first_seen=NOW.isoformat(), last_run=1, proof="",
    )  # fmt: skip
    put(
        desk.register, "package", sha256=content, verdict="valid", judged_at=NOW.isoformat(), until="",
        basis="b", package=content, previous="", created_at=NOW.isoformat(), region=CODE, region_name="R",
        guideline="g", guideline_version="1", first_year=2026, last_year=2030, open_mandatory=0, files=10,
        signed_at=NOW.isoformat(), fingerprint="", proof="",
    )  # fmt: skip
    put(desk.register, "signer", sha256=content, no=0, **SIGNER)
    return desk.register


def test_what_was_not_judged_here_is_told_whatever_the_register_says_of_itself(desk, elsewhere) -> None:
    for setting in (None, "", "b", "c"):
        if setting is not None:
            with Register(elsewhere) as register:
                register.keep_setting("basis", setting)
        one = desk.listed()["a.asice"]
        told = [each.code for each in one.reasons]
        assert (one.result, told) == ("valid-with-notes", ["register.other_basis"]), setting
    with contextlib.closing(sqlite3.connect(elsewhere)) as raw:
        raw.execute("UPDATE package SET verdict = 'refused'")
        raw.commit()
    assert [each.code for each in desk.listed()["a.asice"].reasons] == ["register.other_basis"]


@pytest.mark.slow
@pytest.mark.parametrize("follows", [True, False])
def test_what_nobody_here_judged_stands_against_nothing_that_was(desk, elsewhere, tmp_path, follows) -> None:
    """A row of a package that is nowhere made a rival of the region's own, or took its place for good."""
    assert desk.listed()["a.asice"].current, "as long as nothing of the region was"
    own = desk.inbox / "asli.asice"
    desk.close(desk.sealed(CODE, 1), own, key=desk.keys.team)
    if follows:
        team = fingerprint(desk.keys.team.signer.certificate)
        with contextlib.closing(sqlite3.connect(elsewhere)) as raw:
            raw.execute("UPDATE package SET previous = ?", (container_hash(own),))
            raw.execute("UPDATE signer SET certificate = ?", (team,))
            raw.commit()
    for _ in range(2):
        desk.read()
        found = desk.listed()
        one, other = found["asli.asice"], found["a.asice"]
        assert (one.current, one.rivals, one.copies) == (True, (), ())
        assert [each.id for each in one.doubts] == ["submission.standing.elsewhere"]
        assert (other.current, other.proven) == (False, False)
        assert [each.code for each in other.reasons] == ["register.other_basis"]
    (made,) = write_receipts(
        quiet, elsewhere, tmp_path, Writer(office="K"), NOW, desk.keys.team, desk.keys.anchors
    )
    assert (made.problem, made.signed) == (None, True)


@pytest.mark.slow
def test_a_revision_that_another_computer_judged_is_told_with_what_it_replaces(desk, tmp_path, monkeypatch):
    """Two desks with one register, or a new computer: the older package counted here without a word."""
    older, newer = desk.inbox / "pertama.asice", tmp_path / "lain" / "revisi.asice"
    newer.parent.mkdir()
    desk.close(desk.sealed(CODE, 1), older, key=desk.keys.team)
    desk.close(desk.sealed(CODE, 2, previous=container_hash(older)), newer, key=desk.keys.team)
    desk.read()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(proofs, "own_word", lambda: "x" * 64)
        desk.read(newer.parent)
    for _ in range(2):
        one = desk.listed()["pertama.asice"]
        told = render(one.doubts[-1], Language.EN)
        assert (one.current, len(one.doubts), "revisi.asice" in told) == (True, 1, True)
        assert told in {render(each, Language.EN) for each in standing(one)}
        assert "revisi.asice" in str(receipt(one, Writer(office="K"), NOW, draft=True).elements)
        desk.read()
    desk.read(newer.parent)
    found = desk.listed()
    assert (found["revisi.asice"].current, found["revisi.asice"].doubts) == (True, ())
    # what a package itself follows may be older: that stands in a row that was not written here
    with contextlib.closing(sqlite3.connect(desk.register)) as raw:
        raw.execute("UPDATE package SET proof = '' WHERE sha256 = ?", (container_hash(older),))
        raw.commit()
    newest = desk.listed()["revisi.asice"]
    assert [each.id for each in newest.doubts] == ["submission.standing.elsewhere"]
    assert newest.follows == desk.listed()["pertama.asice"].id
    desk.read()
    assert desk.listed()["revisi.asice"].doubts == ()


def test_letters_tell_nothing_that_nobody_here_has_judged(desk, elsewhere) -> None:
    """A row said "refused" of a region's package, with reasons of its own, and the ministry wrote them."""
    with contextlib.closing(sqlite3.connect(elsewhere)) as raw:
        raw.execute("UPDATE package SET verdict = 'refused'")
        raw.commit()
    with Register(elsewhere, read_only=True) as register:
        found = entries(register)
    assert [one.result for one in found] == ["refused"]
    assert not wants_letter(found)
    (desk.inbox / "Kabupaten Lampung Timur.pdf").write_bytes(b"%PDF-1.7 x")
    desk.read()
    with Register(elsewhere, read_only=True) as register:
        found = entries(register, CODE)
    assert len(found) == 2
    assert wants_letter(found)
    written = str(letter(found, Writer(office="K"), NOW).elements)
    assert "Kabupaten Lampung Timur.pdf" in written
    assert "a.asice" not in written


@pytest.mark.slow
def test_a_region_of_which_no_letter_tells_is_told(desk, tmp_path, monkeypatch) -> None:
    """Two desks with one register and folder: the letter was not written, and nobody heard of it."""
    (desk.inbox / "Kabupaten Lampung Timur.pdf").write_bytes(b"%PDF-1.7 x")
    shutil.copy(desk.sealed("18.08", 1), desk.inbox / "belum.asice")

    def posted(name: str) -> dict[tuple[str, str], int]:
        made = write_letters(quiet, desk.register, tmp_path / name, Writer(office="K"), NOW)
        said = [(one.region, one.problem.id.rpartition(".")[2] if one.problem else "") for one in made]
        return {each: said.count(each) for each in said}

    written = {("18.07", ""): 2, ("18.08", ""): 2}
    desk.read()
    assert posted("a") == written
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(proofs, "own_word", lambda: "x" * 64)
        desk.read()
    there = posted("b")
    assert there["18.08", "read_elsewhere"] == 1
    assert ("18.08", "") not in there
    shutil.copy(desk.sealed("18.08", 2), tmp_path / "lagi.asice")
    desk.read(tmp_path / "lagi.asice")
    assert posted("c").items() >= {("18.08", ""): 2, ("18.08", "untold"): 1}.items()
    desk.read()
    assert posted("d") == written
    # what counts here is asked for nothing, whatever else is on record
    desk.good("18.07", 3, desk.inbox / "sah.asice")
    desk.read()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(proofs, "own_word", lambda: "x" * 64)
        desk.read()
    assert not [region for region, _ in posted("e") if region == "18.07"]


def test_no_code_is_repeated_that_this_program_does_not_have(desk, elsewhere) -> None:
    odd = Told("refusal", "kirim.biaya.ke.bri", Message("submission.kirim.biaya"))
    for inward in (True, False):
        said = Repeating(desk.listed()["a.asice"], None, inward=inward).reason(odd)
        assert (said.code, said.message.id) == ("\N{EN DASH}", "submission.letter.no_words")
    for code in ("missing.late", "unsigned.pdf", "register.other_basis", "zip.gap"):
        kept = Repeating(desk.listed()["a.asice"], None).reason(replace(odd, code=code))
        assert kept.code == code


def test_receipts_open_no_place_that_only_the_register_names(desk, elsewhere, tmp_path, monkeypatch) -> None:
    asked: list[str] = []
    is_file, content_of = Path.is_file, posting.content_of

    def noted(path: Path) -> bool:
        asked.append(str(path))
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", noted)
    monkeypatch.setattr(posting, "content_of", lambda path: asked.append(str(path)) or content_of(path))
    for more in ((), (desk.keys.team, desk.keys.anchors)):
        (made,) = write_receipts(quiet, elsewhere, tmp_path / "tanda", Writer(office="K"), NOW, *more)
        assert made.problem is not None
        assert made.problem.id == "submission.receipt.not_as_recorded"
    assert not [each for each in asked if "contoh" in each]


@pytest.mark.slow
def test_a_register_of_very_many_rows_is_proven_with_none_of_them_kept(desk, monkeypatch) -> None:
    """All rows of 514 regions took half a gigabyte; and the word was read for each file."""
    desk.good(CODE, 1, desk.inbox / "satu.asice")
    desk.read()
    own = sha256(desk.inbox / "satu.asice")
    with contextlib.closing(sqlite3.connect(desk.register)) as raw:
        rows = [(own, 1000 + n, f"Indikator {n} " + "x" * 200) for n in range(20_000)]
        raw.executemany("INSERT INTO indicator VALUES (?, ?, 0, ?, 'u', 'up', '1', 2025, '2', 2030)", rows)
        raw.execute("UPDATE file SET state = 'replaced'")
        for n in range(50):
            raw.execute(
                f"INSERT INTO file SELECT {100 + n}, path || {n}, unit, root, size, mtime_ns, inode, sha256,"
                " kind, 'here', problem, first_run, first_seen, last_run, proof FROM file WHERE id = 1"
            )
        raw.commit()
    read: list[str] = []
    monkeypatch.setattr(proofs, "own_word", lambda: read.append("") or "w" * 64)
    with Register(desk.register, read_only=True) as register, register.engine.connect() as connection:
        tracemalloc.start()
        assert proofs.proven_packages(connection) == frozenset()
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < 3_000_000
        read.clear()
        register.known_files(NOW)
    assert len(read) == 2
