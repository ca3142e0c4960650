"""What a field says about others: rows of a worksheet to choose from, a dimension marked, a difference."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message
from desktop.guideline.broken import Fault
from desktop.guideline.names import Names
from desktop.guideline.pack import Field, Pack, Readiness, Worksheet
from desktop.guideline.remarks import exists, fault

NUMBERS = frozenset({"integer", "decimal", "rupiah", "percent"})
SEED = frozenset({"title", "service", "before", "after", "served", "technology"})
"""What a programme takes from the columns of the worksheet it came from."""
LETTER = frozenset({
    "place", "date", "number_region", "number_ministry", "name_region", "name_ministry", "address_region",
    "address_ministry",
})  # fmt: skip
"""What a letter takes from the questions of a form."""


def field_faults(pack: Pack, names: Names) -> Iterator[Fault]:
    """What fields of forms, worksheets and programmes say about other parts, and is not so."""
    planning = pack.planning
    aspects = planning.quick_win.aspects if planning.quick_win else ()
    sections = pack.evaluation.sections if pack.evaluation else ()
    alone = [
        (f"forms[{form}].groups[{group}].fields[{place}]", field)
        for form, each in enumerate(pack.forms)
        for group, part in enumerate(each.groups)
        for place, field in enumerate(part.fields)
    ]
    alone += [(f"planning.extra_fields[{place}]", field) for place, field in enumerate(planning.extra_fields)]
    alone += [(f"planning.quick_win.aspects[{place}]", field) for place, field in enumerate(aspects)]
    alone += [
        (f"evaluation.sections[{section}].fields[{place}]", field)
        for section, each in enumerate(sections)
        for place, field in enumerate(each.fields)
    ]
    for key, field in alone:
        yield from _rows(key, field, names)
        for name, value in (
            ("dimension", field.dimension),
            ("difference", field.difference),
            ("made_of", field.made_of),
        ):
            if value:
                problem = Message("guideline.problem.only_columns", key=name)
                yield fault(f"{key}.{name}", problem, Message("guideline.remedy.only_columns", key=name))
    yield from _meanings(pack)
    for index, sheet in enumerate(pack.worksheets):
        for place, column in enumerate(sheet.columns):
            yield from _column(f"worksheets[{index}].columns[{place}]", column, sheet, names)
    yield from _swot(pack.readiness, names)


def _meanings(pack: Pack) -> Iterator[Fault]:
    """A letter takes what questions of a form say, a new programme what columns of a worksheet say, once."""
    planning, aspects = pack.planning, pack.planning.quick_win.aspects if pack.planning.quick_win else ()
    sections = pack.evaluation.sections if pack.evaluation else ()
    nowhere = frozenset[str]()
    groups: list[tuple[frozenset[str], list[tuple[str, Field]]]] = [
        (
            LETTER,
            [
                (f"forms[{index}].groups[{group}].fields[{place}]", field)
                for group, part in enumerate(form.groups)
                for place, field in enumerate(part.fields)
            ],
        )
        for index, form in enumerate(pack.forms)
    ]
    groups += [
        (
            nowhere if sheet.binding else SEED,
            [(f"worksheets[{index}].columns[{place}]", column) for place, column in enumerate(sheet.columns)],
        )
        for index, sheet in enumerate(pack.worksheets)
    ]
    groups += [
        (
            nowhere,
            [(f"planning.extra_fields[{place}]", each) for place, each in enumerate(planning.extra_fields)],
        ),
        (nowhere, [(f"planning.quick_win.aspects[{place}]", each) for place, each in enumerate(aspects)]),
    ]
    groups += [
        (
            nowhere,
            [(f"evaluation.sections[{index}].fields[{at}]", each) for at, each in enumerate(part.fields)],
        )
        for index, part in enumerate(sections)
    ]
    for fitting, places in groups:
        first: dict[str, str] = {}
        for key, field in places:
            if not field.says:
                continue
            if field.says not in fitting:
                problem = Message("guideline.problem.says_nowhere", name=field.says)
                yield fault(f"{key}.says", problem, Message("guideline.remedy.says_nowhere"))
            elif field.says in first:
                problem = Message("guideline.problem.says_twice", name=field.says, first=first[field.says])
                yield fault(f"{key}.says", problem, Message("guideline.remedy.says_twice"))
            first.setdefault(field.says, key)


def _rows(key: str, field: Field, names: Names) -> Iterator[Fault]:
    if field.type == "row":
        yield from exists(
            f"{key}.worksheet", field.worksheet, names.worksheets, Message("guideline.kind.worksheet")
        )
        sheet = names.worksheets.get(field.worksheet)
        if sheet is not None and sheet.binding:
            problem = Message("guideline.problem.bound_choice", name=sheet.id)
            yield fault(f"{key}.worksheet", problem, Message("guideline.remedy.bound_choice"))
    elif field.worksheet:
        problem = Message("guideline.problem.rows_unused", type=field.type)
        yield fault(f"{key}.worksheet", problem, Message("guideline.remedy.rows_unused"))


def _column(key: str, column: Field, sheet: Worksheet, names: Names) -> Iterator[Fault]:
    yield from _rows(key, column, names)
    if column.dimension:
        yield from exists(
            f"{key}.dimension", column.dimension, names.dimensions, Message("guideline.kind.dimension")
        )
        if column.type != "boolean":
            problem = Message("guideline.problem.mark_kind", type=column.type)
            yield fault(f"{key}.type", problem, Message("guideline.remedy.mark_kind"))
    yield from _made_of(key, column, sheet)
    if not column.difference:
        return
    others = {each.id: each for each in sheet.columns if each.id != column.id and not each.difference}
    for place, name in enumerate(column.difference):
        yield from exists(f"{key}.difference[{place}]", name, others, Message("guideline.kind.column"))
    parts = [others[name] for name in column.difference if name in others]
    if len(column.difference) != 2 or any(each.type not in NUMBERS for each in (column, *parts)):
        problem = Message("guideline.problem.difference")
        yield fault(f"{key}.difference", problem, Message("guideline.remedy.difference"))


def _made_of(key: str, column: Field, sheet: Worksheet) -> Iterator[Fault]:
    if not column.made_of:
        return
    texts = {each.id for each in sheet.columns if each.bilingual and each.id != column.id}
    for place, name in enumerate(column.made_of):
        yield from exists(f"{key}.made_of[{place}]", name, texts, Message("guideline.kind.column"))
    if len(column.made_of) != 2 or not column.bilingual:
        problem = Message("guideline.problem.made_of")
        yield fault(f"{key}.made_of", problem, Message("guideline.remedy.made_of"))


def _swot(readiness: Readiness | None, names: Names) -> Iterator[Fault]:
    """The worksheet and columns that readiness ratings are suggested to."""
    if readiness is None or readiness.swot is None:
        return
    swot = readiness.swot
    yield from exists(
        "readiness.swot.worksheet", swot.worksheet, names.worksheets, Message("guideline.kind.worksheet")
    )
    sheet = names.worksheets.get(swot.worksheet)
    texts = {each.id for each in sheet.columns if each.bilingual} if sheet else set()
    for name in ("strengths", "weaknesses"):
        if sheet is not None:
            column = getattr(swot, name)
            yield from exists(f"readiness.swot.{name}", column, texts, Message("guideline.kind.column"))
