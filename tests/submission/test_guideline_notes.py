"""A package by a guideline that is not in force says so, and stays genuine."""

from types import SimpleNamespace

import pytest

from desktop.base import Language, clock, render
from desktop.submission.judging import Judge
from desktop.submission.manifest import GUIDELINE_NOTES, guideline_notes
from desktop.submission.own import _note_guideline
from desktop.submission.verdict import VerdictKind, decide
from desktop.trust import Anchors


def judged(notes):
    judge = Judge(Anchors(), clock.now())
    _note_guideline(SimpleNamespace(notes=notes, guideline=SimpleNamespace(id="kota", version="1")), judge)
    return judge.reasons


@pytest.mark.parametrize("status", GUIDELINE_NOTES)
def test_a_guideline_not_in_force_is_noted(status):
    (reason,) = judged(guideline_notes(status))
    told = ("note.guideline_draft", "note.guideline_superseded", "note.guideline_example")
    assert reason.code == dict(zip(GUIDELINE_NOTES, told, strict=True))[status]
    assert decide((reason,), signed=True) is VerdictKind.VALID_WITH_NOTES
    for language in Language:
        assert "kota 1" in render(reason.message, language)


def test_one_in_force_or_an_unknown_note_says_nothing():
    assert guideline_notes("in-force") == ()
    assert judged(("something else",)) == []
