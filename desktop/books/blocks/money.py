"""Money by year and source: whole rupiah, sums that a reader can check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.blocks.money_charts import budget_charts
from desktop.books.composer import Composer
from desktop.books.document import Column, Row
from desktop.books.words import EMPTY
from desktop.checks.totals import Line, Totals
from desktop.guideline.pack import Block
from desktop.workspace.moving.slots import funding_called
from desktop.workspace.plan import BudgetLine, Programme

Figure = Callable[[BudgetLine], "int | None"]


def _indicative(line: BudgetLine) -> int | None:
    return line.indicative


def _ceiling(line: BudgetLine) -> int | None:
    return line.ceiling


def _realised(line: BudgetLine) -> int | None:
    return line.realised


def programme_total(programme: Programme) -> int | None:
    """What a programme costs over all years: the sum of its lines, else the total that its source states."""
    stated = [line.indicative for line in programme.budget if line.indicative is not None]
    return sum(stated) if stated else programme.total_budget


def budget(to: Composer, block: Block) -> None:
    """By source and year, by dimension and year, by programme and year; then ceilings and realisation.

    With a dimension: the money of its programmes alone.
    """
    only = block.ref
    found = _of(to, only)
    lines = [line for programme in found for line in programme.budget]
    if not any(_indicative(line) is not None for line in lines):
        to.note(Message("books.budget.none"))
    else:
        budget_charts(to, only)
        _by_source(to, lines, _indicative, Message("books.budget.by_source", unit=to.unit), _target("", only))
        _shares(to, only)
        if not only:
            _by_dimension(to)
        _by_agency(to, only)
        _by_programme(to, only)
        _by_ceiling(to, only)
    for figure, caption, target in (
        (_ceiling, Message("books.budget.ceilings", unit=to.unit), _target("ceiling", only)),
        (_realised, Message("books.budget.realised", unit=to.unit), _target("realised", only)),
    ):
        if any(figure(line) is not None for line in lines):
            _by_source(to, lines, figure, caption, target)


def _of(to: Composer, only: str) -> tuple[Programme, ...]:
    """All programmes, or those of one dimension."""
    return tuple(each for each in to.programmes if not only or each.dimension == only)


def _target(part: str, only: str) -> str:
    """What a link to the table names: the money of one dimension is a table of its own."""
    return "/".join(filter(None, ("table/budget", part, only)))


def _years(to: Composer, lines: Iterable[BudgetLine]) -> list[int]:
    """The years of the plan, and any other year in which money stands: no sum may lose a line."""
    return sorted({*to.plan.years, *(line.year for line in lines)})


def _columns(to: Composer, first: str, years: Sequence[int]) -> list[Column]:
    total = to.words.say(Message("books.total"))
    return [
        Column(first, width=1.0),
        *(Column(str(year), "right", 0) for year in years),
        Column(total, "right", 0),
    ]


def _sums(lines: Sequence[BudgetLine], years: Sequence[int], figure: Figure) -> list[int | None]:
    """One sum for each year and their total; None where nothing is stated at all."""
    stated = [
        [value for line in lines if line.year == year and (value := figure(line)) is not None]
        for year in years
    ]
    sums = [sum(values) if values else None for values in stated]
    return [*sums, sum(value for value in sums if value is not None) if any(stated) else None]


def _row(to: Composer, label: Row | str, sums: Sequence[int | None], kind: str = "body") -> Row:
    first = label.cells[0] if isinstance(label, Row) else (Run(label),)
    cells = (first, *((Run(to.amount(value)),) for value in sums))
    match kind:
        case "total":
            return Row(cells, "total")
        case "subtotal":
            return Row(cells, "subtotal")
        case _:
            return Row(cells)


def _carried(to: Composer, rows: Sequence[tuple[Row, Sequence[int | None]]]) -> list[Row]:
    """Rows that know what the money comes to up to them; of subtotals and totals there is nothing to add."""
    known: list[int] = []
    carried = []
    for row, sums in rows:
        if row.kind == "body":
            known = known or [0] * len(sums)
            known = [before + (amount or 0) for before, amount in zip(known, sums, strict=True)]
        carried.append(replace(row, so_far=("", *map(to.amount, known))) if known else row)
    return carried


def _by_source(
    to: Composer, lines: Sequence[BudgetLine], figure: Figure, caption: Message, target: str
) -> None:
    years = _years(to, lines)
    rows: list[Row] = []
    known = {funding.id for funding in to.pack.planning.funding}
    for kind, label in (
        ("apbd", Message("books.budget.apbd")),
        ("non_apbd", Message("books.budget.non_apbd")),
    ):
        sources = [
            f
            for f in to.pack.planning.funding
            if f.kind == kind and any(line.source == f.id for line in lines)
        ]
        rows += [
            _row(
                to,
                Row((to.words.local_marked(f.label),)),
                _sums([x for x in lines if x.source == f.id], years, figure),
            )
            for f in sources
        ]
        if sources:
            ids = {f.id for f in sources}
            part = [line for line in lines if line.source in ids]
            rows.append(_row(to, to.words.say(label), _sums(part, years, figure), "subtotal"))
    for source in sorted({line.source for line in lines} - known):
        part = [line for line in lines if line.source == source]
        name = to.words.local(funding_called(to.plan, source)) if source else EMPTY
        rows.append(_row(to, name, _sums(part, years, figure)))
    rows.append(_row(to, to.words.say(Message("books.total")), _sums(lines, years, figure), "total"))
    first = to.words.say(Message("books.budget.source"))
    to.table(to.words.say(caption), _columns(to, first, years), rows, target=target)


def _by_dimension(to: Composer) -> None:
    lines = [line for programme in to.programmes for line in programme.budget]
    years = _years(to, lines)
    rows = [
        _row(to, name, _sums([line for p in found for line in p.budget], years, _indicative))
        for _, name, found in to.by_dimension()
        if found
    ]
    rows.append(_row(to, to.words.say(Message("books.total")), _sums(lines, years, _indicative), "total"))
    caption = to.words.say(Message("books.budget.by_dimension", unit=to.unit))
    first = to.words.say(Message("books.dimension"))
    to.table(caption, _columns(to, first, years), rows, target="table/budget/dimension")


def _by_programme(to: Composer, only: str) -> None:
    lines = [line for programme in _of(to, only) for line in programme.budget]
    years = _years(to, lines)
    rows: list[tuple[Row, Sequence[int | None]]] = []
    for _, name, found in to.by_dimension(only):
        if not found:
            continue
        rows.append((Row(((Run(name),),), "group"), ()))
        for programme in found:
            sums = _sums(programme.budget, years, _indicative)
            rows.append((_row(to, Row((to.programme_line(programme),)), sums), sums))
        if len(found) > 1:
            part = [line for p in found for line in p.budget]
            sums = _sums(part, years, _indicative)
            rows.append((_row(to, to.words.say(Message("books.subtotal")), sums, "subtotal"), sums))
    sums = _sums(lines, years, _indicative)
    rows.append((_row(to, to.words.say(Message("books.total")), sums, "total"), sums))
    caption = to.words.say(Message("books.budget.by_programme", unit=to.unit))
    first = to.words.say(Message("books.programme"))
    table = _carried(to, rows)
    to.table(caption, _columns(to, first, years), table, target=_target("programme", only))


def _totals(to: Composer, only: str) -> Totals:
    return Totals(to.plan, to.pack, programmes=_of(to, only) if only else None)


def _shares(to: Composer, only: str) -> None:
    """How much of the money is the regional budget's own, and how much comes from elsewhere."""
    totals = _totals(to, only)
    rows = []
    for kind, label in (
        ("apbd", Message("books.budget.apbd")),
        ("non_apbd", Message("books.budget.non_apbd")),
    ):
        share = totals.per_mille(kind)
        if share is not None:
            percent = to.words.number(Decimal(share) / 10)
            amount = to.amount(totals.kinds[kind])
            rows.append(Row(((Run(to.words.say(label)),), (Run(amount),), (Run(percent),))))
    if not rows:
        return
    columns = (
        Column(to.words.say(Message("books.budget.kind")), width=1.6),
        Column(to.words.say(Message("books.budget.amount", unit=to.short_unit)), "right", 0),
        Column(to.words.say(Message("books.budget.percent")), "decimal", 0),
    )
    to.table(to.words.say(Message("books.budget.shares")), columns, rows, target=_target("shares", only))


def _by_agency(to: Composer, only: str) -> None:
    totals = _totals(to, only)
    years = totals.years
    rows = []
    for line in totals.by("agency"):
        sums = _of_line(line, years)
        rows.append((_row(to, to.agency(line.key) if line.key else EMPTY, sums), sums))
    sums = _of_line(totals.total, years)
    rows.append((_row(to, to.words.say(Message("books.total")), sums, "total"), sums))
    caption = to.words.say(Message("books.budget.by_agency", unit=to.unit))
    first = to.words.say(Message("books.programme.lead"))
    table = _carried(to, rows)
    to.table(caption, _columns(to, first, years), table, target=_target("agency", only))


def _of_line(line: Line, years: Sequence[int]) -> list[int | None]:
    return [*(line.years.get(year) for year in years), line.whole]


def _by_ceiling(to: Composer, only: str) -> None:
    """What the RPJMD allows beside what is planned, of the programmes whose ceiling is stated."""
    stated = [p for p in _of(to, only) if any(each.amount is not None for each in p.ceilings)]
    if not stated:
        return
    totals = Totals(to.plan, to.pack, programmes=stated)
    years = sorted({*totals.years, *totals.ceilings})
    allowed = [totals.ceilings.get(year) for year in years]
    planned = [totals.total.years.get(year) for year in years]
    left = [
        None if limit is None else limit - (amount or 0)
        for limit, amount in zip(allowed, planned, strict=True)
    ]
    rows = [
        _row(to, to.words.say(label), [*amounts, sum(each or 0 for each in amounts)], kind)
        for label, amounts, kind in (
            (Message("books.budget.rpjmd"), allowed, "body"),
            (Message("books.budget.planned"), planned, "body"),
            (Message("books.budget.left"), left, "total"),
        )
    ]
    caption = to.words.say(Message("books.budget.by_ceiling", n=len(stated), unit=to.unit))
    first = to.words.say(Message("books.budget.kind"))
    to.table(caption, _columns(to, first, years), rows, target=_target("rpjmd", only))
