"""A desk that asks for a guideline says so where its computer does not have it, and gives no receipt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.submission.register.addressees import receipt_of
from desktop.submission.register.guideline_asked import NotAtHand, asked_for, not_at_hand
from tests.submission.register.many import know_guideline
from tests.submission.register.test_newest_told import incomplete, package, told


def test_only_a_guideline_at_hand_is_asked_for(tmp_path) -> None:
    """A slip made every package incomplete, and every region was asked to follow what there is not."""
    know_guideline(tmp_path)
    assert [asked_for(each) for each in ("", "tiny", " tiny@3 ")] == ["", "tiny", "tiny@3"]
    for slip in ("tinny@3", "tiny@4", "@3"):
        with pytest.raises(NotAtHand) as raised:
            asked_for(slip)
        assert "tiny@3" in str(raised.value.message.params["known"])
        assert not_at_hand(slip) is not None
    assert not_at_hand("tiny@3") is None


def test_a_receipt_waits_for_the_guideline() -> None:
    """It said "incomplete" for nothing of the region's own."""
    waiting = incomplete(1, code="note.guideline_unknown")
    assert receipt_of([waiting]) is None
    noted = replace(package(1), current=True, reasons=(told("note.guideline_unknown", "note"),))
    assert receipt_of([noted]) is noted


def test_while_the_newest_waits_none_is_given_for_the_one_before() -> None:
    older = replace(incomplete(1, code="missing.late"), signed_at="2026-11-01T00:00:00+00:00")
    newer = replace(incomplete(2, code="note.guideline_unknown"), signed_at="2026-11-02T00:00:00+00:00")
    assert receipt_of([older]) is older
    assert receipt_of([older, newer]) is None


def test_one_by_a_guideline_that_nobody_asks_for_keeps_no_receipt_waiting() -> None:
    """Anybody certified can name one that never was: a region whose own is late got none for good."""
    own = replace(incomplete(1, code="missing.late"), signed_at="2026-11-01T00:00:00+00:00")
    unknown = incomplete(2, code="note.guideline_unknown")
    other = told("register.other_guideline", "missing")
    strange = replace(unknown, signed_at="2026-11-02T00:00:00+00:00", reasons=(*unknown.reasons, other))
    assert receipt_of([own, strange]) is not None
