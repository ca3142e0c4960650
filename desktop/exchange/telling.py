"""What a person is told about a list beside its questions: sums that differ, what is left, and notes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop.base import Message, Rupiah
from desktop.exchange.counting import counted, listed, span
from desktop.exchange.drafts import Stated
from desktop.exchange.flat import rupiah_for
from desktop.exchange.layouts import KINDS, Kind
from desktop.exchange.money_unit import UNITS
from desktop.exchange.programmes import FoundSheet, ImportPreview
from desktop.exchange.questions import Answers


def summary(preview: ImportPreview, answers: Answers) -> Message:
    """What was found and how much of it is new, in two sentences."""
    if not preview.programmes:
        return Message("exchange.found.none")
    what = counted(
        programmes=len(preview.programmes),
        activities=sum(len(draft.activities) for draft in preview.programmes),
        indicators=sum(len(draft.indicators) for draft in preview.programmes),
    )
    total = total_of(preview, factor_of(preview, answers))
    money = Message("exchange.found.money", sum=total) if total.amount else Message("exchange.found.no_money")
    kind: Kind = next((sheet.kind for sheet in preview.sheets if sheet.chosen), "list")
    found = (
        Message("exchange.found.list", what=what, money=money)
        if kind == "list"
        else Message("exchange.found.kind", kind=KINDS[kind], what=what, money=money)
    )
    return Message("exchange.found", found=found, states=_states(preview, answers))


def _states(preview: ImportPreview, answers: Answers) -> Message:
    wanted = preview.wanted(answers)
    new = sum(draft.key not in preview.known for draft in wanted)
    known, left = len(wanted) - new, len(preview.programmes) - len(wanted)
    if not known and not left:
        return Message("exchange.found.new", n=new)
    if not new and not left:
        return Message("exchange.found.known", n=known)
    parts = [
        Message("exchange.found.part.new", number=new) if new else None,
        Message("exchange.found.part.known", number=known) if known else None,
        Message("exchange.found.part.left", number=left) if left else None,
    ]
    return Message("exchange.found.parts", parts=listed([part for part in parts if part is not None]))


def total_of(preview: ImportPreview, factor: int) -> Rupiah:
    """What all programmes come to in all years, in whole rupiah."""
    sums = (
        rupiah_for(draft, year, factor)
        for draft in preview.programmes
        for year in {year for year, _, _ in draft.amounts}
    )
    return Rupiah(int(sum(sums, Decimal(0))))


def sheet_sentence(sheet: FoundSheet) -> Message:
    """What a sheet is and holds, or that it was not chosen."""
    if not sheet.chosen:
        return Message("exchange.sheet.passed", sheet=sheet.name, kind=KINDS[sheet.kind])
    what = counted(programmes=sheet.programmes, activities=sheet.activities, indicators=sheet.indicators)
    return Message("exchange.sheet.found", sheet=sheet.name, kind=KINDS[sheet.kind], what=what)


def told(preview: ImportPreview, answers: Answers) -> Iterator[Message]:
    """Everything in the order of weight: notes, sums, then what was not taken over, cell by cell."""
    yield from preview.notes
    yield from sums(preview, answers)
    for name in preview.new_agencies:
        yield Message("exchange.note.new_agency", name=name)
    yield from left_over(preview)


def sums(preview: ImportPreview, answers: Answers) -> Iterator[Message]:
    """The file's own sums beside those of its rows: all that agree at once, the others one by one."""
    agreeing = [each for each in preview.stated if each.agrees]
    if agreeing:
        yield Message("exchange.sums.agree", n=len(agreeing))
    factor = factor_of(preview, answers)
    for stated in preview.stated:
        if not stated.agrees:
            yield differing(stated, factor)


def differing(stated: Stated, factor: int) -> Message:
    """One sum of the file that its rows do not come to."""
    written = stated.stated.value * (1 if stated.stated.absolute else factor)
    counted = stated.counted * factor
    return Message(
        "exchange.sums.differ",
        sheet=stated.sheet,
        row=str(stated.row),
        label=stated.label,
        year=str(stated.year),
        stated=rupiah(written),
        counted=rupiah(counted),
        difference=rupiah(abs(written - counted)),
    )


def left_over(preview: ImportPreview) -> Iterator[Message]:
    """What is not taken over: whole columns, then single cells."""
    for left in preview.left:
        yield Message(
            "exchange.left.column",
            sheet=left.sheet,
            column=left.column,
            header=" ".join(left.header.split()),
            rows=span(*left.rows),
            n=left.cells,
        )
    for problem in preview.problems:
        yield problem.message


def factor_of(preview: ImportPreview, answers: Answers) -> int:
    """How many rupiah the list's amounts are counted in, by the answer or the suggestion."""
    unit = answers.get("rupiah_unit") or next(
        (question.suggestion for question in preview.questions if question.id == "rupiah_unit"), ""
    )
    return UNITS.get(unit, 1)


def rupiah(value: Decimal) -> Rupiah:
    """Whole rupiah of an exact amount."""
    return Rupiah(int(value.to_integral_value()))
