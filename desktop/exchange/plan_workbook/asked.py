"""Sheets whose rows are questions of the guideline: the evaluation, the forms, the region's figures.

What is asked differs from row to row, so every row says itself what its value is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.base import Language, LocalText, Message, clock, render
from desktop.base.canonical import Json
from desktop.checks.assessment import COHORT
from desktop.exchange.agency_workbook.layout import (
    HEADING,
    LABEL,
    VALUE,
    Column,
    Line,
    Offers,
    Sheet,
    plain_field,
    raw,
)
from desktop.exchange.agency_workbook.planning import in_languages
from desktop.exchange.agency_workbook.registers import ANSWERS
from desktop.exchange.values import Option
from desktop.guideline.pack import Field, Measure, Pack
from desktop.workspace.groundwork import SCORERS
from desktop.workspace.plan import Plan

PAST = 5
"""So many years up to this one figures are asked for, besides those that are there."""
_SCORED = {
    "assessor": Message("exchange.plan_book.scored.assessor"),
    "evaluator": Message("exchange.plan_book.scored.evaluator"),
    "mentor": Message("exchange.plan_book.scored.mentor"),
}


def _label() -> Column:
    return Column(LABEL, plain_field(LABEL, "text"), Message("exchange.agency_book.row"), locked=True)


def _asked(field: Field, options: tuple[Option, ...], key: str) -> Column:
    """What one row asks, in the place of the column of values."""
    return Column(VALUE, field, field.label, options, listed=f"*{key}")


def _answer(plan: Plan, item: str, column: Column) -> Json:
    found = plan.answer(item)
    if column.field.bilingual:
        return found.text.values.get(column.language or plan.source_language)
    return None if column.language else raw(found.value)


# -- the yearly evaluation -----------------------------------------------------------------------------
def evaluation_sheet(plan: Plan, pack: Pack, language: Language) -> Iterator[Sheet]:
    """The region's own scores, with what others gave beside them; nothing where there is no evaluation."""
    evaluation = pack.evaluation
    if evaluation is None or not evaluation.sections:
        return
    value = Column(VALUE, plain_field(VALUE, "text"), Message("exchange.plan_book.field.own_score"))
    others = {each.by for each in plan.scores if each.item.startswith("evaluation.")}
    shown = [
        Column(f"by_{each}", plain_field(each, "decimal"), _SCORED[each], locked=True)
        for each in SCORERS
        if each in others
    ]
    typed: dict[str, Column] = {}
    lines: list[Line] = []
    if evaluation.cohorts:
        cohorts = tuple(Option(each.id, each.label) for each in evaluation.cohorts)
        typed[COHORT] = _asked(plain_field("cohort", "choice"), cohorts, COHORT)
        said = render(Message("exchange.plan_book.cohort"), language)
        lines.append(Line(COHORT, {LABEL: said, VALUE: raw(plan.answer(COHORT).value)}))
    for section in evaluation.sections:
        lines.append(Line(HEADING, {LABEL: section.title.read(language.value)}))
        for field in section.fields:
            item = f"evaluation.{field.id}"
            typed[item] = _asked(field, Offers(plan, pack).of(field), item)
            given = {f"by_{each.by}": each.value for each in plan.scores if each.item == item}
            values = {LABEL: field.label.read(language.value), VALUE: raw(plan.answer(item).value), **given}
            lines.append(Line(item, values))
    yield Sheet(
        f"{ANSWERS}evaluation", Message("exchange.plan_book.sheet.evaluation"),
        Message("exchange.plan_book.purpose.evaluation", most=evaluation.scale_max),
        (_label(), value, *shown), tuple(lines), free=False, typed=typed,
        means=(VALUE, *(each.id for each in shown)),
    )  # fmt: skip


# -- forms ---------------------------------------------------------------------------------------------
def forms_sheet(
    plan: Plan, pack: Pack, offers: Offers, language: Language, languages: Iterable[str]
) -> Iterator[Sheet]:
    """Every question of every form with its answer; nothing where the guideline has no forms."""
    field = plain_field(VALUE, "text", bilingual=True)
    columns = in_languages(Column(VALUE, field, Message("exchange.plan_book.field.answer")), languages)
    typed: dict[str, Column] = {}
    lines: list[Line] = []
    for form in pack.forms:
        lines.append(Line(HEADING, {LABEL: form.title.read(language.value)}))
        for each in form.fields:
            item = f"{form.id}.{each.id}"
            typed[item] = _asked(each, offers.of(each), item)
            answers = {column.id: _answer(plan, item, typed[item].as_column(column)) for column in columns}
            lines.append(Line(item, {LABEL: each.label.read(language.value), **answers}))
    if typed:
        title = Message("exchange.plan_book.sheet.forms")
        purpose = Message("exchange.plan_book.purpose.forms")
        yield Sheet(
            f"{ANSWERS}forms", title, purpose, (_label(), *columns), tuple(lines), free=False, typed=typed
        )


# -- the region's figures --------------------------------------------------------------------------------
def figures_sheet(plan: Plan, pack: Pack, language: Language) -> Iterator[Sheet]:
    """Measures by year, with who says so; nothing where the guideline asks for none."""
    if not pack.figures:
        return
    known = {(each.measure, each.year): each for each in plan.figures}
    this = clock.now().year
    years = sorted({*range(this - PAST + 1, this + 1), *(each.year for each in plan.figures)})
    columns = [
        each
        for year in years
        for each in (
            Column(f"{VALUE}:{year}", plain_field(VALUE, "text"), str(year)),
            _source_of(year),
        )
    ]
    unit = Column(
        "unit", plain_field("unit", "text"), Message("exchange.agency_book.field.unit"), locked=True
    )
    lines: list[Line] = []
    typed: dict[str, Column] = {}
    group = LocalText()
    for measure in pack.figures:
        if measure.group != group:
            group = measure.group
            lines.append(Line(HEADING, {LABEL: group.read(language.value)}))
        typed[measure.id] = _measured(measure)
        values: dict[str, Json] = {
            LABEL: measure.label.read(language.value), "unit": measure.unit.read(language.value) or None,
        }  # fmt: skip
        for year in years:
            found = known.get((measure.id, year))
            if found is not None:
                values[f"{VALUE}:{year}"] = _figure(measure, found.value)
                values[f"source:{year}"] = found.source or None
        lines.append(Line(measure.id, values))
    yield Sheet(
        "figure", Message("exchange.plan_book.sheet.figures"), Message("exchange.plan_book.purpose.figures"),
        (_label(), unit, *columns), tuple(lines), free=False, typed=typed,
    )  # fmt: skip


def _source_of(year: int) -> Column:
    said = Message("exchange.plan_book.field.figure_source", year=str(year))
    return Column(f"source:{year}", plain_field("source", "text"), said)


def _measured(measure: Measure) -> Column:
    options = tuple(Option(each.id, each.label) for each in measure.choices)
    return Column(VALUE, plain_field(VALUE, measure.type), measure.label, options, listed=f"*{measure.id}")


def _figure(measure: Measure, said: str) -> Json:
    """A figure as a cell holds it: what is counted as a whole number, where it is one."""
    if measure.type in {"integer", "rupiah"} and said.lstrip("-").isdecimal():
        return int(said)
    return said or None
