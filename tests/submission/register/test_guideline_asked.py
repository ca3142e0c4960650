"""A desk that asks for a guideline says so where its computer does not have it, and gives no receipt."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from desktop.submission.called import NOT_KNOWN_HERE, pack_at_hand
from desktop.submission.register.addressees import receipt_of
from desktop.submission.register.by_the_desk import Asked, by_the_desk
from desktop.submission.register.entry import Entry
from desktop.submission.register.guideline_asked import NotAtHand, asked_for, not_at_hand
from desktop.submission.register.repeating import guideline_label
from desktop.submission.register.store import GUIDELINE, Register
from desktop.workspace.plan_data_form import GuidelinePart
from tests.submission.register.many import know_guideline, pack_bytes, plan
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


def asking(guideline: str, one: Entry) -> Entry:
    """Package ``one``, by *tiny 4*, which is not on this computer, as a desk sees it that asks for that."""
    unknown = told("note.guideline_unknown", "note")
    found = replace(one, guideline="tiny", guideline_version="4", reasons=(*one.reasons, unknown))
    return by_the_desk(found, "", Asked("", guideline, "", ""))


def test_a_receipt_waits_for_the_guideline() -> None:
    """It said "incomplete" for nothing of the region's own."""
    assert receipt_of([asking("tiny@4", package(1))]) is None
    noted = replace(asking("", package(1)), current=True)
    assert receipt_of([noted]) is noted


def test_while_the_newest_waits_none_is_given_for_the_one_before() -> None:
    older = replace(incomplete(1, code="missing.late"), signed_at="2026-11-01T00:00:00+00:00")
    newer = asking("tiny@4", replace(package(2), signed_at="2026-11-02T00:00:00+00:00"))
    assert receipt_of([older]) is older
    assert receipt_of([older, newer]) is None


@pytest.mark.parametrize("asked", ["lain", "lain@4", "tiny@3", "tiny"])
def test_one_by_a_guideline_that_nobody_asks_for_keeps_no_receipt_waiting(asked: str) -> None:
    """Anybody certified can name one that never was, or a version: a region got no receipt for good."""
    own = replace(incomplete(1, code="missing.late"), signed_at="2026-11-01T00:00:00+00:00")
    strange = asking(asked, replace(package(2), signed_at="2026-11-02T00:00:00+00:00"))
    assert "note.guideline_unknown" in {one.code for one in strange.reasons if one.weight == "missing"}
    assert receipt_of([own, strange]) is not None


@pytest.mark.parametrize("version", ["3\u200b", "\u00ad3", "3\ufe0f"])
def test_nor_does_one_whose_version_only_looks_like_that(desk, version: str) -> None:
    """With a sign that is not seen it was the desk's own, and not on its computer: no receipt for good."""
    with Register(desk.register, create=True) as register:
        register.keep_setting(GUIDELINE, "tiny@3")
    named = GuidelinePart(id="tiny", version=version, sha256=sha256(pack_bytes("tiny", version)).hexdigest())
    desk.signed(
        "18.07", 1, desk.inbox / "a.asice", guideline_version=version, data=plan("18.07", 1, guideline=named)
    )
    desk.read()
    (one,) = desk.listed().values()
    assert {each.code for each in one.reasons} >= {"register.other_guideline", "note.guideline_unknown"}
    assert (one.guideline_name, guideline_label(one, pack_at_hand("tiny", "3"))) == (NOT_KNOWN_HERE,) * 2
    assert (one.awaited, receipt_of([one])) == (False, one)
