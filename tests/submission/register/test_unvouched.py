"""What nobody believed vouches for: whoever has no key at all can seal a package of any region."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3

import pytest

from desktop.base import Language, Message
from desktop.base.canonical import canonical
from desktop.base.jobs import quiet
from desktop.submission import VerdictKind, verify
from desktop.submission.register import run
from desktop.submission.register.letters import Desk as Writer
from desktop.submission.register.letters import receipt_of
from desktop.submission.register.listing import Basis, entries
from desktop.submission.register.own_word import own_word
from desktop.submission.register.posting import write_receipts
from desktop.submission.register.store import Register
from desktop.submission.verdict_report import report_of
from desktop.trust import Anchors
from tests.submission.register.many import NOW, book

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


def test_what_a_strangers_register_calls_judged_is_judged_here(desk, tmp_path, monkeypatch) -> None:
    """A row that says "valid" of a content, by what anybody can work out, spared a fresh file any look."""
    monkeypatch.setattr(run, "own_word", own_word)
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
