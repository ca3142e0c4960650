"""What nobody believed vouches for: whoever has no key at all can seal a package of any region."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import shutil
import sqlite3

import pytest

from desktop.base import Language, Message
from desktop.base.canonical import canonical
from desktop.base.jobs import quiet
from desktop.submission import VerdictKind, verify
from desktop.submission.register import proofs
from desktop.submission.register.addressees import receipt_of
from desktop.submission.register.entry import Basis
from desktop.submission.register.letters import Desk as Writer
from desktop.submission.register.listing import entries
from desktop.submission.register.own_word import own_word
from desktop.submission.register.posting import write_receipts
from desktop.submission.register.store import DUE, Register
from desktop.submission.verdict_report import report_of
from desktop.trust import Anchors
from tests.submission.register.many import IN_TIME, NOW, TEAM, book

CODE = "18.07"
_NEWER = canonical({"format": "rancang-data", "version": 3})
"""Data of a version to come: the package lacks more than signatures."""


@pytest.fixture
def lain(desk):
    """An outsider's package, beside what the region sent."""
    folder = desk.inbox / "kiriman 7"
    folder.mkdir()
    (folder / "Buku I bertanda tangan.pdf").write_bytes(book() + b"% /ByteRange")
    shutil.copy(desk.sealed(CODE, 1, data=_NEWER), folder / "lain.asice")
    return folder / "lain.asice"


@pytest.mark.slow
def test_a_package_nobody_signed_gets_no_receipt_and_hides_nothing(desk, lain, tmp_path) -> None:
    desk.read()
    with Register(desk.register, read_only=True) as opened:
        found = entries(opened)
    (package,) = (one for one in found if one.name == lain.name)
    assert (package.result, package.basis, package.genuine) == ("incomplete", Basis.CLAIMED, False)
    assert package.doubts == ()
    assert package.beside == 0
    assert "kiriman 7" in {one.name for one in found}, "what the region sent is asked for"
    assert receipt_of(found) is None
    written = write_receipts(
        quiet,
        desk.register,
        tmp_path / "tt",
        Writer(office="Kominfo"),
        NOW,
        desk.keys.team,
        desk.keys.anchors,
    )
    assert not written


def test_beside_a_package_that_counts_it_is_no_doubt(desk, lain) -> None:
    desk.good(CODE, 1, desk.inbox / "sendiri.asice")
    desk.read()
    with Register(desk.register, read_only=True) as opened:
        (own,) = (one for one in entries(opened) if one.current)
    assert own.name == "sendiri.asice"
    assert own.doubts == ()
    assert own.rivals == ()


def test_its_verdict_calls_nothing_proven(lain) -> None:
    verdict = verify(lain, Anchors(), NOW)
    assert verdict.kind is VerdictKind.INCOMPLETE
    assert not verdict.vouched
    assert verdict.meaning == Message("submission.meaning.incomplete_unsigned")
    assert report_of(verdict, Language.EN).proven is False


def closed_by_another(desk, name: str, key, role: str = TEAM, **changes) -> None:
    """A package of the region, closed by somebody with a believed certificate whom it does not ask for."""
    desk.close(desk.sealed(CODE, 1, name, **changes), desk.inbox / f"{name}.asice", key=key, role=role)


@pytest.mark.parametrize("role", [TEAM, "saksi"])
def test_an_incomplete_package_that_a_certified_stranger_closed_is_like_one_nobody_closed(
    desk, tmp_path, role
) -> None:
    """It counted as the region's own: a receipt was written for it, and "by its signatures"."""
    closed_by_another(desk, "lain", desk.keys.mayor, role, open_mandatory=2)
    desk.read()
    (one,) = desk.listed().values()
    assert (one.result, one.basis, one.genuine) == ("incomplete", Basis.CLAIMED, False)
    assert receipt_of((one,)) is None
    closed_by_another(desk, "sendiri", desk.keys.team, open_mandatory=2)
    desk.read()
    own = desk.listed()["sendiri.asice"]
    assert (own.basis, own.genuine, own.doubts) == (Basis.SIGNED, True, ())
    assert receipt_of(tuple(desk.listed().values())) == own


def test_what_the_desk_alone_finds_late_stays_among_the_packages_of_a_region(desk) -> None:
    """Accepted but for that, and closed by a deputy of whom the plan knows nothing."""
    closed_by_another(desk, "wakil", desk.keys.mayor)
    desk.read()
    with Register(desk.register) as opened:
        opened.keep_setting(DUE, (IN_TIME - dt.timedelta(days=1)).isoformat())
    one = desk.listed()["wakil.asice"]
    assert (one.result, one.judged, one.basis) == ("incomplete", "valid-with-notes", Basis.CLAIMED)
    assert one.genuine
    assert receipt_of((one,)) == one


def test_what_a_strangers_register_calls_judged_is_judged_here(desk, tmp_path, monkeypatch) -> None:
    """A row that says "valid" of a content, by what anybody can work out, spared a fresh file any look."""
    monkeypatch.setattr(proofs, "own_word", own_word)
    package = desk.sealed(CODE, 1)
    desk.close(package, desk.inbox / "paket.asice", key=desk.keys.stranger)
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "orang lain"))
    desk.read()
    with contextlib.closing(sqlite3.connect(desk.register)) as raw:
        raw.execute("UPDATE package SET verdict = 'valid', signed_at = '2026-11-20T00:00:00+00:00'")
        for table in ("reason", "file", "run"):
            raw.execute(f"DELETE FROM {table}")
        raw.commit()
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "kementerian"))
    mine = tmp_path / "masuk"
    mine.mkdir()
    shutil.copy(desk.inbox / "paket.asice", mine / "paket-lampung-timur.asice")
    assert desk.read(mine).judged == 1
    assert desk.listed()["paket-lampung-timur.asice"].result == "refused"
    again = desk.read(mine)
    assert (again.read, again.judged) == (0, 0), "what was judged here is not judged again"


def test_no_row_is_made_of_one_of_ours(desk) -> None:
    """A register that was handed on, and comes back with a row for a content that nobody here has seen."""
    desk.good("18.01", 1, desk.inbox / "biasa.asice")
    desk.read()
    forged = desk.inbox / "palsu.asice"
    desk.close(desk.sealed(CODE, 2), forged, key=desk.keys.stranger)
    sha256 = hashlib.sha256(forged.read_bytes()).hexdigest()
    with contextlib.closing(sqlite3.connect(desk.register)) as raw:
        for table, also in (("package", {"verdict": "valid", "region": CODE}), ("signer", {})):
            cursor = raw.execute(f"SELECT * FROM {table}")
            names = [one[0] for one in cursor.description]
            row = {**dict(zip(names, cursor.fetchone(), strict=True)), "sha256": sha256, **also}
            places = ", ".join("?" * len(row))
            raw.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", list(row.values()))
        raw.commit()
    assert desk.read().judged == 1
    assert desk.listed()["palsu.asice"].result == "refused"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE package SET verdict = 'valid'",
        "UPDATE package SET region = '18.01'",
        "UPDATE signer SET holder = 'Orang Lain'",
        "DELETE FROM reason",
        "UPDATE plan SET programmes = programmes + 1",
        "UPDATE file SET sha256 = (SELECT max(sha256) FROM package)",
        "UPDATE package SET proof = x'ff'",
    ],
)
def test_a_row_that_somebody_changed_is_none_of_ours(desk, change) -> None:
    desk.good(CODE, 1, desk.inbox / "satu.asice")
    desk.good("18.01", 1, desk.inbox / "dua.asice")
    shutil.copy(desk.sealed("18.02", 1), desk.inbox / "tiga.asice")
    desk.read()
    before = {name: (one.result, one.region, one.signers) for name, one in desk.listed().items()}
    with contextlib.closing(sqlite3.connect(desk.register)) as raw:
        assert raw.execute(change).rowcount
        raw.commit()
    assert desk.read().read
    assert {name: (one.result, one.region, one.signers) for name, one in desk.listed().items()} == before
    assert desk.read().read == 0


def test_what_another_computer_judged_is_told_until_it_is_read_here(desk, monkeypatch) -> None:
    desk.good(CODE, 1, desk.inbox / "satu.asice")
    desk.read()
    assert not any(one.code == "register.other_basis" for one in desk.listed()["satu.asice"].reasons)
    monkeypatch.setattr(proofs, "own_word", lambda: "x" * 64)
    (told,) = (one for one in desk.listed()["satu.asice"].reasons if one.code == "register.other_basis")
    assert told.weight == "note"
    assert desk.read().judged == 1
    assert not any(one.code == "register.other_basis" for one in desk.listed()["satu.asice"].reasons)


_ELSEWHERE = """INSERT INTO file SELECT id + 9, replace(path, 'satu', '0'), replace(unit, 'satu', '0'), root,
size, mtime_ns, inode, sha256, kind, state, problem, first_run, first_seen, last_run, proof FROM file"""
_OF_FIRST = "(SELECT {} FROM file WHERE path LIKE '%satu.asice')"


@pytest.mark.parametrize(
    ("change", "where", "told_of", "gone"),
    [
        ("UPDATE file SET last_run = last_run", "%", set(), set()),
        (
            f"UPDATE file SET sha256 = {_OF_FIRST.format('sha256')}",
            "%dua.asice",
            {"satu.asice"},
            {"dua.asice"},
        ),
        (_ELSEWHERE, "%satu.asice", {"satu.asice"}, set()),
        ("UPDATE file SET sha256 = ''", "%dua.asice", {"dua.asice"}, set()),
        ("UPDATE file SET kind = 'document'", "%.pdf", {"kiriman 7"}, set()),
        (f"UPDATE file SET unit = {_OF_FIRST.format('unit')}", "%.pdf", {"satu.asice"}, {"kiriman 7"}),
    ],
)
def test_where_a_file_lies_and_what_it_is_counts_only_where_it_was_read_here(
    desk, change, where, told_of, gone
):
    """A package that was judged here was shown under another file's name, and a file left the list."""
    folder = desk.inbox / "kiriman 7"
    folder.mkdir()
    (folder / "Surat pengantar.pdf").write_bytes(book())
    desk.good(CODE, 1, desk.inbox / "satu.asice")
    desk.good("18.01", 1, desk.inbox / "dua.asice")
    desk.read()
    before = desk.listed()
    with contextlib.closing(sqlite3.connect(desk.register)) as raw:
        assert raw.execute(f"{change} WHERE path LIKE ?", (where,)).rowcount
        raw.commit()
    found = desk.listed()
    codes = {"register.other_basis", "register.not_yet"}
    told = {name for name, one in found.items() if codes & {each.code for each in one.reasons}}
    assert (told, set(before) - set(found)) == (told_of, gone)
    desk.read()
    after = {name: one for name, one in desk.listed().items() if not one.vanished}
    shown = [
        {name: (one.result, one.reasons, one.current) for name, one in each.items()}
        for each in (before, after)
    ]
    assert shown[0] == shown[1]
