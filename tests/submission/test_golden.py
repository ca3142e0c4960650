"""Packages of earlier programs are judged as they were then, for ever."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from desktop.base.fingerprint import words_of
from desktop.submission import VerdictKind, verify
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
    assert {reason.code for reason in verdict.reasons} == {"note.expired_since"}


def test_the_first_sheet_and_the_first_words_mean_the_same_for_ever() -> None:
    kept = json.loads((golden_sheet.KEPT / "verdict.json").read_text("utf-8"))
    verdict = verify(golden_sheet.KEPT / "sheet.asice", golden_sheet.anchors(), NOW)
    assert verdict.package is not None
    fingerprint = verdict.package.fingerprint
    now = {**told(verdict), "fingerprint": fingerprint, "words": list(words_of(fingerprint))}
    assert json.loads(json.dumps(now)) == kept
    assert ["approval/lembar-pengesahan.id.pdf", "mayor"] in [one[:2] for one in kept["signatures"]]
    assert not [reason for reason in kept["reasons"] if reason[0] == "refusal"]
