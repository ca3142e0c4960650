"""Nobody signs what verification refuses: no key is asked for, whatever is hostile about a package."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from desktop.base import RancangError
from desktop.base.jobs import quiet
from desktop.submission import VerdictKind, export_for_signing, sign_container, sign_pdfs, verify
from desktop.submission.frame.asic import own_signature_number
from desktop.submission.frame.container import data_files
from desktop.submission.judging import WHOM
from desktop.submission.refusal import Refused, code_of
from desktop.submission.resealing import PackageUnusable
from desktop.submission.signing import preflight
from desktop.submission.xades.writing import sign_xades
from desktop.trust import Anchors
from tests.submission import tamper
from tests.submission.hostile.every import CASES
from tests.submission.hostile.ground import ANCHORS, BUDI, ISSUER, NOW, SIGNATURE, SITI, Case, Ground
from tests.submission.making import BOOK, DATA, MAYOR, PHOTO, SECRETARY, TEAM


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("unsigned"))


class Key:
    """The team's; it knows whether anybody asked for it."""

    def __init__(self) -> None:
        self.asked = False

    def open(self) -> Any:
        self.asked = True
        return contextlib.nullcontext(BUDI.signer(ISSUER))


def refusal(path: Path, anchors: Anchors) -> str:
    """Why a verification refuses it, if not for whom it believes."""
    verdict = verify(path, anchors, NOW)
    code = verdict.reasons[0].code if verdict.kind is VerdictKind.REFUSED else ""
    return "" if code in WHOM else code


def unsigned(path: Path) -> Path | None:
    """The same package before anybody closed it; None where it is none of ours at all."""
    try:
        files, manifest = tamper.read(path)
    except Exception:  # noqa: BLE001 - hostile archives make the library raise anything
        return None
    left = {name: data for name, data in files.items() if own_signature_number(name) is None}
    return tamper.write(left, manifest, path.with_name("unsigned.asice"))


def closed(path: Path, anchors: Anchors) -> tuple[bool, bool, Path]:
    """Whether closing asked for the key, whether it closed, and the package that it wrote."""
    key, out = Key(), path.with_name("closed.asice")
    try:
        sign_container(quiet, path, out, key, TEAM, anchors, NOW, other_holder=True)
    except (RancangError, Refused):
        return key.asked, False, out
    return key.asked, True, out


def check(path: Path, anchors: Anchors) -> None:
    """What is refused is closed by nobody; and what we close is refused nowhere."""
    why = refusal(path, anchors)
    asked, done, out = closed(path, anchors)
    assert not (why and asked), why
    assert not (done and refusal(out, anchors))


def few(cases: Iterable[Case]) -> list[Case]:
    """Two of each group: the first, and one in the middle."""
    groups: dict[str, list[Case]] = {}
    for one in cases:
        groups.setdefault(one.group, []).append(one)
    chosen = [group[at] for group in groups.values() for at in {0, len(group) // 2}]
    return sorted(chosen, key=lambda one: one.id)


@pytest.mark.parametrize("case", few(CASES), ids=lambda case: case.id)
def test_what_is_refused_is_signed_by_nobody(case: Case, ground: Ground, tmp_path) -> None:
    one_case(case, ground, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_what_is_refused_is_signed_by_nobody_whatever_it_is(case: Case, ground: Ground, tmp_path) -> None:
    one_case(case, ground, tmp_path)


def one_case(case: Case, ground: Ground, folder: Path) -> None:
    path = folder / "x.asice"
    path.write_bytes(case.make(ground))
    check(path, case.anchors())
    before = unsigned(path)
    if before is not None:
        check(before, case.anchors())


# -- every way to a signature ------------------------------------------------------------------------
def other_photo(files: tamper.Files) -> None:
    files[PHOTO] = bytes(len(files[PHOTO]))


def twice_a_key(files: tamper.Files) -> None:
    files[DATA] = b'{"format":"rancang-data","format":"lain"}'


def no_book(files: tamper.Files) -> None:
    files[BOOK] = b"%PDF-1.7 " + files[PHOTO]


def bad_signature(files: tamper.Files) -> None:
    files[SIGNATURE] = b"<tanda tangan>"


WAYS = {
    "a document": lambda path, key, out: sign_pdfs(quiet, path, out, key, MAYOR, ANCHORS, NOW),
    "the package": lambda path, key, out: sign_container(quiet, path, out, key, TEAM, ANCHORS, NOW),
    "a look at the key": lambda path, key, out: preflight(quiet, path, key, MAYOR, ANCHORS, NOW),
    "a look before closing": lambda path, key, out: preflight(
        quiet, path, key, TEAM, ANCHORS, NOW, closing=True
    ),
    "elsewhere": lambda path, key, out: export_for_signing(quiet, path, out.with_suffix("")),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (other_photo, "content.changed"),
        (twice_a_key, "data.not_canonical"),
        (no_book, "pdf.not_a_document"),
        (bad_signature, "xml.malformed"),
    ],
)
def test_every_way_asks_the_same(way, change, code, ground: Ground, tmp_path) -> None:
    path, out, key = tmp_path / "x.asice", tmp_path / "out.asice", Key()
    made = ground.bent(change, ground.sealed) if code == "content.changed" else None
    path.write_bytes(made or ground.forged(change, package=ground.sealed, holder=None))
    with pytest.raises(PackageUnusable) as caught:
        WAYS[way](path, key, out)
    assert code_of(caught.value.message.params["reason"]) == code
    assert not key.asked
    assert not out.exists()


def test_whom_nobody_here_believes_does_not_stop_who_signs_next(ground: Ground, tmp_path) -> None:
    path, nobody = ground.half, Anchors()
    assert refusal(path, nobody) == ""
    assert verify(path, nobody, NOW).reasons[0].code in WHOM
    key, out = Key(), tmp_path / "y.asice"
    sign_pdfs(quiet, path, out, key, SECRETARY, nobody, NOW, other_holder=True)
    assert key.asked
    assert verify(out, ANCHORS, NOW).kind is not VerdictKind.REFUSED


# -- what there is too much of -----------------------------------------------------------------------
def test_a_thousand_claimed_offices_crowd_out_no_other_note(ground: Ground, tmp_path) -> None:
    files, manifest = tamper.read(ground.both)
    roles = (TEAM, *(f"anggota {number}" for number in range(1200)))
    made = sign_xades(data_files(manifest), SITI.signer(ISSUER), 0, NOW, roles)
    path = tmp_path / "x.asice"
    path.write_bytes(ground.packed({**files, SIGNATURE: made}, manifest))
    codes = Counter(reason.code for reason in verify(path, ANCHORS, NOW).reasons)
    assert codes == {"note.other_person": 1, "note.not_asked": 20, "note.more": 1, "note.same_certificate": 1}
    more = next(reason for reason in verify(path, ANCHORS, NOW).reasons if reason.code == "note.more")
    assert more.message.params == {"n": 1180, "code": "note.not_asked"}
