"""Packages of earlier programs are judged as they were then, for ever."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile

import pikepdf
import pytest
import rfc8785

from desktop.base.fingerprint import words_of
from desktop.base.resources import resource
from desktop.submission import VerdictKind, verify
from desktop.submission.pdf import profile
from tests.submission import golden_sheet
from tests.submission.golden import KEPT, PACKAGES, anchors, told
from tests.submission.making import NOW

VERDICTS = json.loads((KEPT / "verdicts.json").read_text("utf-8"))


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_of_the_first_format_keeps_its_verdict(name) -> None:
    verdict = verify(KEPT / f"{name}.asice", anchors(), NOW)
    assert json.loads(json.dumps(told(verdict))) == VERDICTS[name]


def test_the_kept_verdicts_are_all_that_a_good_package_can_get() -> None:
    assert [VERDICTS[name]["verdict"] for name in PACKAGES] == [
        "sealed",
        "sealed",
        "valid-with-notes",
        "valid",
    ]


def test_thirty_years_later_only_notes_have_been_added() -> None:
    verdict = verify(KEPT / "certified.asice", anchors(), NOW + dt.timedelta(days=365 * 30))
    assert verdict.kind is VerdictKind.VALID_WITH_NOTES
    # nothing proves that it is as old as it says, and there was no plan in packages of those days
    assert {reason.code for reason in verdict.reasons} == {"note.expired_since", "note.no_plan"}


@pytest.mark.slow
def test_the_first_sheet_and_the_first_words_mean_the_same_for_ever() -> None:
    kept = json.loads((golden_sheet.KEPT / "verdict.json").read_text("utf-8"))
    verdict = verify(golden_sheet.KEPT / "sheet.asice", golden_sheet.anchors(), NOW)
    assert verdict.package is not None
    fingerprint = verdict.package.fingerprint
    now = {**told(verdict), "fingerprint": fingerprint, "words": list(words_of(fingerprint))}
    assert json.loads(json.dumps(now)) == kept
    assert ["approval/lembar-pengesahan.id.pdf", "mayor"] in [one[:2] for one in kept["signatures"]]
    assert not [reason for reason in kept["reasons"] if reason[0] == "refusal"]


def test_others_can_compute_it_from_what_is_written_down() -> None:
    """As ``resources/fingerprint/README.md`` says it, with nothing of this program."""
    with zipfile.ZipFile(golden_sheet.KEPT / "sheet.asice") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        sealed = {file["path"]: file for file in manifest["files"]}
        data = archive.read("data.json")

    def plain(value: object) -> bytes:
        return hashlib.sha256(rfc8785.dumps(value)).digest()

    asked = manifest["guideline"]
    pack = sealed[f"guideline/{asked['id']}.rancang-guideline"]["sha256"]
    said = {
        "format": "rancang-fingerprint",
        "version": 1,
        "data": hashlib.sha256(data).hexdigest(),
        "evidence": [],
        "guideline": {"id": asked["id"], "version": asked["version"], "sha256": pack},
    }
    fingerprint = plain(said)
    kept = json.loads((golden_sheet.KEPT / "verdict.json").read_text("utf-8"))
    assert fingerprint.hex() == kept["fingerprint"]
    lines = resource("fingerprint", "words.txt").read_text("utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    slow = hashlib.pbkdf2_hmac("sha256", fingerprint, b"rancang-sidik-1", 100_000, 12)
    bits = f"{int.from_bytes(slow, 'big'):096b}"
    numbers = [int(bits[at : at + 10], 2) for at in range(0, 90, 10)]
    check = 0
    for number in numbers:
        check = (check ^ number) << 1
        check ^= 0b10000001001 if check & 1024 else 0
    assert [words[number] for number in (*numbers, check)] == kept["words"]
    documents = sorted(path for path in sealed if path.startswith("books/"))
    approval = {
        "format": "rancang-approval",
        "version": 1,
        "fingerprint": fingerprint.hex(),
        "documents": [[path, sealed[path]["sha256"], sealed[path]["pages"]] for path in documents],
    }
    with zipfile.ZipFile(golden_sheet.KEPT / "sheet.asice") as archive:
        sheet = io.BytesIO(archive.read("approval/lembar-pengesahan.id.pdf"))
    with pikepdf.open(sheet) as pdf:
        assert str(pdf.docinfo["/Keywords"]) == f"rancang-approval:1:{plain(approval).hex()}"


@pytest.mark.slow
def test_what_there_was_no_time_to_look_through_is_told_and_refuses_nothing(monkeypatch) -> None:
    """Documents of a large plan, on a slow computer: all that could refuse them comes before that."""
    path = golden_sheet.KEPT / "sheet.asice"
    before = verify(path, golden_sheet.anchors(), NOW)
    calls = []

    def soon() -> bool:
        calls.append(1)
        return len(calls) > 40

    profile._OURS._known.clear()
    with monkeypatch.context() as patch:
        patch.setattr("desktop.submission.pdf.shape.is_short", soon)
        found = verify(path, golden_sheet.anchors(), NOW)
    half = [one for one in found.reasons if one.code == "note.not_looked_through"]
    assert half
    assert found.kind is before.kind
    assert [one for one in found.reasons if one not in half] == list(before.reasons)
    # what was looked at half is not taken for looked through
    assert verify(path, golden_sheet.anchors(), NOW).reasons == before.reasons
