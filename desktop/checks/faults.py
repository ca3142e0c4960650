"""What assessors fault in a plan as a whole: low indices, too much about applications, nothing reused."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from desktop.base import LocalText, Message
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, number, word, words
from desktop.checks.spots import PROGRAMMES, named
from desktop.checks.words import plain, word_count
from desktop.guideline.foreword import foreword
from desktop.guideline.pack import PageRef, Rule
from desktop.workspace.organisation import Figure
from desktop.workspace.plan import Place

_SCOPE = 5
"""Words that a subject needs to say what is agreed on; "Kerja sama smart city" says nothing."""


@check_rule("figure_at_least")
def figure_at_least(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """The newest figure of ``measure`` is at least ``least`` (a decimal as text); none is no finding here.

    Assessors fault a low SPBE index (facts.md 0.5).
    """
    measure, least = word(rule, "measure"), _decimal(word(rule, "least"))
    newest = _newest(reading, measure)
    value = _decimal(newest.value) if newest is not None else None
    if newest is None or value is None or least is None or value >= least:
        return
    message = Message(
        "checks.fault.figure_low",
        measure=_measure_name(reading, measure),
        year=str(newest.year),
        value=value,
        least=least,
    )
    yield Hit(message, Place("figure", newest.id, "value"), PageRef(page="figures"))


def _newest(reading: Reading, measure: str) -> Figure | None:
    found = [each for each in reading.plan.figures if each.measure == measure and each.value.strip()]
    return max(found, key=lambda each: each.year, default=None)


def _measure_name(reading: Reading, measure: str) -> LocalText:
    known = next((each.label for each in reading.pack.figures if each.id == measure), None)
    return known or LocalText({"id": measure})


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


@check_rule("area_share")
def area_share(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """No more than ``percent`` (50) of the activities stand in the ``areas`` named: not all is applications.

    Assessors fault plans that are "too much about apps" (facts.md 0.5). Fewer than six activities say
    nothing about a plan.
    """
    areas, most = words(rule, "areas"), number(rule, "percent", 50)
    every = [each for programme in reading.plan.programmes for each in programme.activities if each.area]
    inside = sum(each.area in areas for each in every)
    if len(every) < 6 or inside * 100 <= len(every) * most:
        return
    names = {each.id: each.label for each in reading.pack.planning.action_areas}
    message = Message(
        "checks.fault.area_share",
        area=next((names[each] for each in areas if each in names), areas[0] if areas else ""),
        inside=inside,
        total=len(every),
        percent=most,
    )
    yield Hit(message, Place("activity", field="area"), PROGRAMMES)


@check_rule("row_with_answer")
def row_with_answer(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Some row of a worksheet answers ``item`` (``worksheet.column``) with ``equals``.

    A worksheet without rows is silent. So a guideline can ask whether a central application is reused
    (PP 38/2017; facts.md 3.5).
    """
    item, wanted = word(rule, "item"), rule.params.get("equals", True)
    sheet, _, column = item.partition(".")
    rows = reading.plan.rows.get(sheet, ())
    values = [row.cells[column].value for row in rows if column in row.cells]
    field = next(
        (
            each
            for one in reading.pack.worksheets
            if one.id == sheet
            for each in one.columns
            if each.id == column
        ),
        None,
    )
    if not rows or field is None or any(_same(value, wanted) for value in values):
        return
    title = next(one.title for one in reading.pack.worksheets if one.id == sheet)
    message = Message("checks.fault.no_row", worksheet=title, column=field.label)
    yield Hit(message, Place("row", field=column, item=item), PageRef(page="worksheet", ref=sheet))


def _same(value: object, wanted: object) -> bool:
    return value is wanted if isinstance(wanted, bool) else value == wanted


@check_rule("funding_used")
def funding_used(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Some programme is paid from one of the sources in ``funding`` (ids).

    Assessors ask for the CSR potential of firms to be mapped (facts.md 3.5). A plan without money
    in it is silent.
    """
    wanted = words(rule, "funding")
    lines = [line for programme in reading.plan.programmes for line in programme.budget]
    if not lines or any(line.source in wanted for line in lines):
        return
    labels = [reading.funding[each].label for each in wanted if each in reading.funding]
    if labels:
        message = Message("checks.fault.funding_unused", funding=labels[0])
        yield Hit(message, Place("budget_line", field="source"), PROGRAMMES)


@check_rule("text_mentions")
def text_mentions(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """A chapter (of ``chapters``, else any) or an indicator's source mentions one of ``terms``.

    So a guideline can ask for the standard that the indicators are taken from (SNI ISO 37122; facts.md 3.5).
    A plan in which no chapter is written yet is silent.
    """
    terms = [term.casefold() for term in words(rule, "terms")]
    chapters = words(rule, "chapter", "chapters")
    spots = [each for each in reading.chapters if not chapters or each.chapter.id in chapters]
    texts = [
        plain(text).casefold()
        for spot in spots
        for text in reading.plan.answer(f"chapter.{spot.chapter.id}").text.values.values()
    ]
    written = any(texts)
    texts += [each.source.casefold() for one in reading.plan.programmes for each in one.indicators]
    if not terms or not written or any(term in text for text in texts for term in terms):
        return
    # a foreword may mention it, but it is no place to ask for it
    spot = next((each for each in spots if each.chapter != foreword(each.book)), spots[0])
    message = Message("checks.fault.not_mentioned", term=words(rule, "terms")[0], where=spot.where())
    yield Hit(message, spot.place(reading.source), spot.page)


@check_rule("agreement_scope")
def agreement_scope(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """A cooperation agreement says what it is about and until when (facts.md 3.5: name a concrete scope)."""
    for decree in reading.plan.decrees:
        if decree.kind != "agreement" or decree.state == "repealed":
            continue
        page = PageRef(page="decrees")
        if word_count(decree.title.read(reading.source)) < _SCOPE:
            message = Message("checks.fault.agreement_scope", agreement=named(decree.title, decree.number))
            yield Hit(message, Place("decree", decree.id, "title", reading.source), page)
        elif not decree.until:
            message = Message("checks.fault.agreement_until", agreement=named(decree.title, decree.number))
            yield Hit(message, Place("decree", decree.id, "until"), page)
