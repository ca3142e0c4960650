"""What the desk's answers are called, and that every reason comes with what to do about it."""

from __future__ import annotations

import msgspec
import pytest

from desktop.base import Language, render
from desktop.submission.codes import TABLE
from desktop.submission.register.entry import UNSIGNED, Basis
from desktop.submission.register.examine import Sort
from desktop.submission.register.sorts import SENT
from desktop.submission.register.words import BASIS_NAMES, SORT_NAMES, remedy, result_name
from desktop.submission.verdict import VerdictKind, Weight

DAMAGED = "submission.remedy.damaged"
CODES = {row.code: row for row in TABLE}
OWN = ["register.not_yet", "register.other_guideline", "unsigned.zip", "limit.time"]


def test_everything_has_a_name():
    assert set(SORT_NAMES) == set(Sort)
    assert set(BASIS_NAMES) == set(Basis)
    for result in (*VerdictKind, UNSIGNED):
        assert render(result_name(result), Language.ID) != result_name(result).id


@pytest.mark.parametrize("code", list(CODES))
def test_every_code_has_a_remedy_that_fits(code):
    found = remedy(code)
    for language in Language:
        assert render(found, language) != found.id
    if CODES[code].weight is Weight.MISSING:
        assert found.id != DAMAGED, "an administrative fault is no damage"
    if code.startswith("note."):
        assert found.id == "submission.remedy.note"


NOTED = ("believes_nobody", "shared_issuer", "read_patiently", "waits")


@pytest.mark.parametrize("code", NOTED)
def test_what_is_noted_asks_nothing_of_anybody(code):
    """The workbook told regions to seal again beside "the region need not do anything yet"."""
    assert remedy(f"register.{code}", "note").id == "submission.remedy.note"
    assert remedy("register.data_unreadable", "note").id == "submission.remedy.data"


def test_a_guideline_that_is_not_at_hand_is_installed_by_the_desk():
    assert remedy("note.guideline_unknown", "missing").id == "submission.remedy.install_guideline"
    assert remedy("note.guideline_unknown", "note").id == "submission.remedy.note"


SENT_CODES = [
    "unsigned.package",
    "unsigned.archive",
    "unsigned.packed",
    "unsigned.pdf",
    "unsigned.signed_pdf",
    "unsigned.document",
    "unsigned.table",
    "unsigned.picture",
    "unsigned.link",
    "unsigned.workspace",
    "unsigned.other",
    "unsigned.empty",
    "unsigned.unreadable",
    "unsigned.folder",
]


def test_whatever_is_sent_instead_has_its_sentence_and_its_row():
    assert [f"unsigned.{sort.value.replace('-', '_')}" for sort in SENT] == SENT_CODES
    assert set(SENT) == set(Sort)
    for sort, code in zip(SENT, SENT_CODES, strict=True):
        assert SENT[sort].id == f"submission.{code}"
        assert CODES[code].weight is Weight.MISSING


@pytest.mark.parametrize(
    "code", ["register.not_yet", "register.other_guideline", "unsigned.zip", "limit.time"]
)
def test_the_desk_s_own_codes_are_no_damage(code):
    assert remedy(code).id != DAMAGED


def test_the_register_reads_what_the_signed_documents_print() -> None:
    """Titles in the plan's own language, targets within its years."""
    from desktop.submission.register import extract
    from desktop.workspace.plan_data import plan_data, read_data
    from tests.workspace.test_plan_data import plan

    spoken = read_data(plan_data(plan(source_language="en")))
    assert extract._facts(spoken, None).title == "Masterplan (en)"
    (programme,) = spoken.programmes
    (indicator,) = programme.indicators
    last = msgspec.structs.replace(indicator.targets[-1], year=2035, target="3")
    indicator = msgspec.structs.replace(indicator, targets=(*indicator.targets, last))
    programme = msgspec.structs.replace(programme, indicators=(indicator,))
    (found,) = extract._facts(msgspec.structs.replace(spoken, programmes=(programme,)), None).indicators
    assert (found.target, found.target_year) == ("10", 2027)


def test_the_register_shows_the_total_that_documents_print() -> None:
    """Of lines and a stated total that differ the lines are printed, and nobody who signs sees the other."""
    from desktop.submission.register import extract
    from desktop.workspace.plan_data import plan_data, read_data
    from tests.workspace.test_plan_data import plan

    spoken = read_data(plan_data(plan()))
    (found,) = extract._facts(spoken, None).programmes
    assert found.total_budget == 5_000_000_002
    bare = msgspec.structs.replace(spoken.programmes[0], budget=())
    (found,) = extract._facts(msgspec.structs.replace(spoken, programmes=(bare,)), None).programmes
    assert found.total_budget == 9_007_199_254_740_991


def test_another_program_judges_anew(monkeypatch) -> None:
    """What an older one let through is no answer of this one, whatever both are called."""
    from desktop.submission.register import run
    from desktop.trust.anchors import Anchors

    before = run.basis_of(Anchors())
    monkeypatch.setattr(run, "build", lambda: "another")
    assert run.basis_of(Anchors()) != before
