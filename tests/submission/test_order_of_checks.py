"""Nothing is extracted or parsed beyond what has been proven so far: readers that note when they are called.

The steps of danger: frame, names, list of contents, contents (hashed), signature XML, certificates, PDFs.
A file that fails at one of them is never shown to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.base.jobs import quiet
from desktop.submission import (
    VerdictKind,
    foreign,
    judging,
    manifest,
    sign_container,
    verify,
)
from desktop.submission.frame import container
from desktop.submission.frame.asic import MANIFEST_NAME, MIMETYPE_NAME
from desktop.submission.manifest import NAME
from desktop.submission.pdf import read as pdfread
from desktop.submission.xades import reading as xadesread
from desktop.trust import Anchors
from tests.submission import tamper, test_foreign
from tests.submission.golden import KEPT, anchors
from tests.submission.making import BOOK, DATA, NOW, PHOTO, TEAM, Stage
from tests.submission.zips import Item, build

SIGNATURE = "META-INF/signatures0.xml"
ORDER = ("frame", "names", "manifest", "read", "xml", "believe", "pdf")


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What was called, in order: the step, and of reading the name of the file."""
    events: list[tuple[str, str]] = []

    def spy(module: Any, name: str, step: str, about: Callable[..., str] = lambda *_, **__: "") -> None:
        original = getattr(module, name)

        def called(*arguments: Any, **named: Any) -> Any:
            events.append((step, about(*arguments, **named)))
            return original(*arguments, **named)

        monkeypatch.setattr(module, name, called)

    for module in (container, foreign):
        spy(module, "read_frame", "frame")
        spy(module, "check_names", "names")
        spy(module, "contents", "read", lambda file, entry, *_: entry.name)
    spy(manifest, "read_manifest", "manifest")
    for module in (xadesread, foreign):
        spy(module, "parse", "xml", lambda data, name, **_: name)
    spy(judging.Judge, "believe", "believe")
    spy(pdfread, "PdfFileReader", "pdf")
    # other tests have had these documents read already
    monkeypatch.setattr(pdfread._READ, "_known", {})
    return events


def steps(seen: list[tuple[str, str]]) -> list[str]:
    """The kinds of steps, each where it came first."""
    return list(dict.fromkeys(step for step, _ in seen))


def read(seen: list[tuple[str, str]]) -> list[str]:
    return [name for step, name in seen if step == "read"]


def refused(path: Path, believed: Anchors, **options: bool) -> str:
    verdict = verify(path, believed, NOW, **options)
    assert verdict.kind is VerdictKind.REFUSED
    return verdict.reasons[0].code


def test_a_sound_package_goes_through_all_steps_in_order(seen) -> None:
    assert verify(KEPT / "certified.asice", anchors(), NOW).kind is VerdictKind.VALID
    # the list of contents is read before it is parsed, and nothing else is until it holds
    assert steps(seen) == ["frame", "names", "read", "manifest", "xml", "believe", "pdf"]
    assert read(seen) == [
        NAME,
        *(MIMETYPE_NAME, MANIFEST_NAME),
        *(MIMETYPE_NAME, PHOTO, BOOK, DATA, NAME, MANIFEST_NAME, SIGNATURE),
        SIGNATURE,
        DATA,  # what the manifest says of the plan is held against it
    ]
    places = [ORDER.index(step) for step, _ in seen if step not in {"read", "manifest"}]
    assert places[: places.index(ORDER.index("pdf"))] == sorted(places[: places.index(ORDER.index("pdf"))])


def test_a_broken_frame_is_not_read(seen, tmp_path) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes((KEPT / "signed.asice").read_bytes() + b"x")
    assert refused(path, anchors()) == "zip.trailing"
    assert steps(seen) == ["frame"]


def test_behind_a_bad_name_nothing_is_read(seen, tmp_path) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes(build([Item(b"mimetype"), Item(b"../manifest.json")]))
    assert refused(path, anchors()) == "name.path"
    assert steps(seen) == ["frame", "names"]


def test_of_a_package_whose_list_is_wrong_only_the_list_is_read(seen, tmp_path) -> None:
    files, told = tamper.read(KEPT / "signed.asice")
    seen.clear()
    path = tamper.write({**files, NAME: files[NAME] + b" "}, told, tmp_path / "x.asice")
    assert refused(path, anchors()) == "manifest.not_canonical"
    assert read(seen) == [NAME]
    extra = tamper.write({**files, "lebih.txt": b"x"}, told, tmp_path / "y.asice")
    seen.clear()
    assert refused(extra, anchors()) == "content.extra"
    assert read(seen) == [NAME]


def test_changed_content_is_hashed_and_no_signature_parsed(seen, tmp_path) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes((KEPT / "signed.asice").read_bytes().replace(bytes(range(256)), bytes(256), 1))
    assert refused(path, anchors()) == "content.changed"
    assert steps(seen) == ["frame", "names", "read", "manifest"]
    # files stand in the order of their names, and the first one is wrong
    assert read(seen)[-1] == PHOTO


def test_behind_a_broken_signature_nobody_is_believed_and_no_pdf_parsed(seen, tmp_path) -> None:
    files, told = tamper.read(KEPT / "signed.asice")
    broken = files[SIGNATURE].replace(b"<ds:KeyInfo>", b"<!-- --><ds:KeyInfo>")
    path = tamper.write({**files, SIGNATURE: broken}, told, tmp_path / "x.asice")
    seen.clear()
    assert refused(path, anchors()) == "xml.forbidden"
    assert "believe" not in steps(seen)
    assert "pdf" not in steps(seen)


def test_behind_a_signer_nobody_vouches_for_no_pdf_is_parsed(seen) -> None:
    assert refused(KEPT / "signed.asice", Anchors()) == "signature.unknown"
    assert steps(seen)[-1] == "believe"


def test_unsigned_pdfs_are_never_parsed(seen) -> None:
    assert verify(KEPT / "sealed.asice", anchors(), NOW).kind is VerdictKind.SEALED
    assert steps(seen) == ["frame", "names", "read", "manifest"]


def test_pdfs_of_a_package_nobody_closed_come_after_all_contents(seen, stage: Stage) -> None:
    assert verify(stage.half, stage.anchors, NOW).kind is VerdictKind.SEALED
    places = [place for place, (step, _) in enumerate(seen) if step == "read"]
    # at the very end the data, hashed before, are held against the manifest
    assert (seen[places[-1]], seen.count(("read", DATA))) == (("read", DATA), 2)
    assert places[-2] < [step for step, _ in seen].index("pdf")


def test_foreign_containers_are_hashed_whole_before_a_signature_is_parsed(seen, tmp_path) -> None:
    path = test_foreign.container(tmp_path, test_foreign.GOOD)
    assert verify(path, test_foreign.ANCHORS, NOW, any_=True).kind is VerdictKind.VALID_WITH_NOTES
    signature = seen.index(("xml", SIGNATURE))
    assert {name for step, name in seen[:signature] if step == "read"} == {
        *(MIMETYPE_NAME, MANIFEST_NAME, SIGNATURE),
        *test_foreign.CONTENT,
    }
    assert "pdf" not in steps(seen)
    extra = test_foreign.container(tmp_path, test_foreign.GOOD, extra={"lebih.txt": b"x"})
    seen.clear()
    assert refused(extra, test_foreign.ANCHORS, any_=True) == "content.extra"
    assert set(read(seen)) <= {MIMETYPE_NAME, MANIFEST_NAME}


def test_a_second_signature_is_judged_only_when_the_first_holds(seen, stage: Stage, tmp_path) -> None:
    two = tmp_path / "two.asice"
    sign_container(quiet, stage.signed, two, stage.key(TEAM, "ec"), TEAM, stage.anchors, NOW)
    files, told = tamper.read(two)
    broken = files[SIGNATURE].replace(b"2026-11-24T03", b"2026-11-24T02", 1)
    path = tamper.write({**files, SIGNATURE: broken}, told, tmp_path / "x.asice")
    seen.clear()
    assert refused(path, stage.anchors).startswith("xades.")
    assert [name for step, name in seen if step == "xml"] == [SIGNATURE]
