"""A sealer cannot leave out somebody whom the guideline asks to sign."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from desktop.base import Language, LocalText, render
from desktop.base.jobs import quiet
from desktop.guideline.loading import load_pack, write_pack
from desktop.submission import SealFile, SealSigner, seal, sign_container, verify
from desktop.submission.asked import missing_signers
from desktop.submission.container import open_package
from desktop.submission.fingerprint import guideline_path
from desktop.submission.verdict import VerdictKind
from tests.submission.making import NOW, TEAM, Stage, draw_pdf, seal_input

TINY = Path(__file__).parent.parent / "data" / "tiny-pack"


def made(stage: Stage, target: Path, guideline: bytes, id_: str, version: str, closing: str) -> Path:
    """A package by a guideline in which nobody is asked to sign a document."""
    files = (
        SealFile("books/look.id.pdf", "application/pdf", "book", draw_pdf(1)),
        SealFile(guideline_path(id_), "application/zip", "other", guideline),
    )
    what = seal_input(
        files=files, guideline_id=id_, guideline_version=version, signers=(SealSigner(closing, "Contoh Tim"),)
    )
    seal(quiet, what, target)
    sign_container(quiet, target, target, stage.key(TEAM), closing, stage.anchors, NOW)
    return target


def test_who_was_left_out_is_missing(stage: Stage, tmp_path: Path) -> None:
    pack = load_pack(TINY)
    guideline = write_pack(pack)
    package = made(stage, tmp_path / "a.asice", guideline, pack.pack.id, pack.pack.version, pack.roles[-1].id)
    verdict = verify(package, stage.anchors, NOW)
    told = [one for one in verdict.reasons if one.code == "missing.not_asked"]
    assert verdict.kind is VerdictKind.INCOMPLETE
    assert told
    assert all(render(one.message, language) for one in told for language in Language)
    with open_package(package) as opened:
        assert len(missing_signers(pack, opened.manifest)) == len(told)


@pytest.mark.parametrize("guideline", [b"no guideline", b""])
def test_a_guideline_that_cannot_be_read_is_told(stage: Stage, tmp_path: Path, guideline: bytes) -> None:
    package = made(stage, tmp_path / "a.asice", guideline, "x", "1", TEAM)
    verdict = verify(package, stage.anchors, NOW)
    assert verdict.kind is VerdictKind.VALID_WITH_NOTES
    assert "note.guideline_unread" in {one.code for one in verdict.reasons}


def test_a_guideline_of_a_known_name_that_says_something_else_is_told(stage: Stage, tmp_path: Path) -> None:
    from desktop.guideline.lookup import bundled

    one = bundled()[0]
    pack = load_pack(one.path)
    other = msgspec.structs.replace(pack.roles[0], label=LocalText({"id": "Lain", "en": "Other"}))
    guideline = write_pack(msgspec.structs.replace(pack, roles=(other, *pack.roles[1:])))
    package = made(stage, tmp_path / "a.asice", guideline, one.id, one.version, TEAM)
    codes = {reason.code for reason in verify(package, stage.anchors, NOW).reasons}
    assert "note.guideline_differs" in codes


def test_a_plan_without_its_guideline_is_told(stage: Stage, tmp_path: Path) -> None:
    book = SealFile("books/look.id.pdf", "application/pdf", "book", draw_pdf(1))
    data = SealFile("data.json", "application/json", "data", b'{"guideline":{"id":"x"}}')
    for name, files in (("no data either", (book,)), ("the data name one", (book, data))):
        target = tmp_path / f"{name}.asice"
        seal(quiet, seal_input(files=files), target)
        sign_container(quiet, target, target, stage.key(TEAM), TEAM, stage.anchors, NOW)
        codes = {reason.code for reason in verify(target, stage.anchors, NOW).reasons}
        assert "note.guideline_absent" in codes
