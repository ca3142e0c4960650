"""What speaks against a package that another one names as the one before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from desktop.base import Message
from desktop.base.jobs import quiet
from desktop.submission import seal, sign_container, verify
from desktop.submission.frame.container import open_package
from desktop.submission.mark import open_sha256
from desktop.submission.replaced import closed_before, doubt_about
from desktop.submission.verdict import Reason, Verdict, VerdictKind, Weight
from desktop.trust.anchors import Anchors
from tests.submission.making import NOW, TEAM, seal_named


def test_it_was_closed_by_whom_it_asks(stage, tmp_path) -> None:
    """There are tens of thousands of certified officials: anybody may carry it and close it for himself."""
    for holder, told in (("Contoh Tim", "practice"), ("Budi", "not_asked")):
        path = tmp_path / f"{holder}.asice"
        seal(quiet, seal_named({TEAM: holder}), path)
        found = doubt_about(path.name, verify(path, stage.anchors, NOW))
        assert found is not None
        assert found.id == "submission.replaces.open"
        sign_container(quiet, path, path, stage.key(TEAM), TEAM, stage.anchors, NOW, other_holder=True)
        found = doubt_about(path.name, verify(path, stage.anchors, NOW))
        assert found is not None
        assert found.id == f"submission.replaces.{told}"
        with open_package(path) as source:
            named = closed_before(source, stage.anchors, NOW)
            assert named == (None if holder == "Budi" else open_sha256(source.file, path.stat().st_size))


def test_one_closed_in_earnest_for_the_same_document_is_taken_as_it_is(stage) -> None:
    """Any official can lock one of another document, be asked by it, and close it."""
    verdict = verify(stage.signed, stage.anchors, NOW)
    earnest = replace(verdict, signatures=tuple(replace(one, test=False) for one in verdict.signatures))
    assert doubt_about("p.asice", earnest) is None
    found = doubt_about("p.asice", earnest, same=False)
    assert found is not None
    assert found.id == "submission.replaces.other_document"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("signature.unknown", "here"),
        ("signature.untrusted", "here"),
        ("signature.future", "here"),
        ("limit.time", "here"),
        ("xades.digest", "refused"),
        ("content.changed", "refused"),
    ],
)
def test_what_hangs_on_this_computer_says_nothing_of_what_was_handed_in(code: str, told: str) -> None:
    reasons = (
        Reason(Weight.NOTE, Message("submission.note.test")),
        Reason(Weight.REFUSAL, Message(f"submission.{code}")),
    )
    found = doubt_about("p.asice", Verdict(VerdictKind.REFUSED, "p.asice", reasons))
    assert found is not None
    assert found.id == f"submission.replaces.{told}"
    assert found.params["reason"] == reasons[1].message


def test_an_honest_package_is_not_called_hardly_the_one_where_nobody_is_believed(stage) -> None:
    for anchors, now in ((Anchors(), NOW), (stage.anchors, NOW - dt.timedelta(hours=1))):
        found = doubt_about("p.asice", verify(stage.signed, anchors, now))
        assert found is not None
        assert found.id == "submission.replaces.here"
