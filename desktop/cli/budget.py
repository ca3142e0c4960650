"""``rancang budget``: the money of the plan summed up; a total spread; what the RPJMD allows."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message, RancangError, Rupiah
from desktop.base.speech import number, value_text
from desktop.cli.arguments import Parser, add_action, words_for
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.rows import told
from desktop.workspace.moving.slots import funding_called

if TYPE_CHECKING:
    from desktop.base.message import Param
    from desktop.checks.totals import Totals
    from desktop.cli.writing import Writer
    from desktop.workspace import Workspace

ACTIONS = ("show", "spread", "ceiling")
FIGURES = {
    "indicative": Message("cli.field.indicative"),
    "ceiling": Message("cli.field.ceiling"),
    "realised": Message("cli.field.realised"),
}
HEADS = {
    "source": Message("cli.budget.by_source"),
    "dimension": Message("cli.budget.by_dimension"),
    "agency": Message("cli.budget.by_agency"),
    "programme": Message("cli.budget.by_programme"),
}


class NothingToSpread(RancangError):
    """A total needs years and sources to be spread over."""

    def __init__(self, what: Message) -> None:
        super().__init__(Message("cli.budget.nothing_to_spread", what=what))


def add_arguments(parser: Parser, console: Console) -> None:
    """The action and its words; which figure, by what."""
    add_workspace(parser, console)
    text = console.text
    shown = Message("cli.help.budget_action", actions=", ".join(ACTIONS))
    add_action(parser, console, ACTIONS, action=shown, words=Message("cli.help.budget_words"))
    parser.add_argument(
        "--figure",
        choices=tuple(FIGURES),
        default="indicative",
        help=text(Message("cli.help.budget_figure")),
    )
    parser.add_argument(
        "--by",
        choices=("source", "dimension", "agency", "programme", "all"),
        default="all",
        help=text(Message("cli.help.budget_by")),
    )
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Show sums, or write one change."""
    words = words_for(options, "budget", {"spread": 2, "ceiling": 2}, {"show": 0})
    with opened(options, console, read_only=options.action == "show") as workspace:
        from desktop.cli.writing import Writer

        writer = Writer(workspace)
        if options.action == "show":
            _show(writer, options.figure, options.by, console)
        elif options.action == "spread":
            _spread(workspace, writer, words, options.figure, console)
        else:
            _ceilings(workspace, writer, words, console)
    return 0


# -- sums --------------------------------------------------------------------------------------------
def _show(writer: Writer, figure: str, by: str, console: Console) -> None:
    from desktop.checks.totals import BY, Totals

    totals = Totals(writer.plan, writer.pack, figure)
    years = {str(year): amount for year, amount in sorted(totals.total.years.items())}
    shares = {kind: totals.per_mille(kind) for kind in ("apbd", "non_apbd")}
    data = {
        "figure": figure,
        "total": totals.total.whole,
        "years": years,
        **totals.kinds,
        "unknown": totals.kinds[""],
        "shares_per_mille": shares,
        "rpjmd_ceilings": {str(year): amount for year, amount in sorted(totals.ceilings.items())},
    }
    data.pop("")
    line = Message("cli.budget.total", figure=FIGURES[figure], total=Rupiah(totals.total.whole))
    console.record("budget", data, line)
    console.line(_years(totals.total.years, console))
    for kind, label in (("apbd", Message("cli.budget.apbd")), ("non_apbd", Message("cli.budget.non_apbd"))):
        share = shares[kind]
        if share is not None:
            percent = number(Decimal(share) / 10, console.language)
            amount = Rupiah(totals.kinds[kind])
            console.note(Message("cli.budget.share", kind=label, amount=amount, percent=percent), 2)
    for year, (planned, allowed) in totals.above_ceilings().items():
        over = Rupiah(planned - allowed)
        console.note(Message("cli.budget.above", year=str(year), allowed=Rupiah(allowed), over=over), 2)
    for what in BY:
        if by in {what, "all"}:
            _print_by(totals, what, writer, console)


def _print_by(totals: Totals, what: str, writer: Writer, console: Console) -> None:
    console.note(HEADS[what])
    for line in totals.by(what):  # type: ignore[arg-type]  # one of BY
        name = value_text(_name(what, line.key, writer), console.language)
        data = {
            "by": what, "key": line.key, "name": name, "figure": totals.figure, "total": line.whole,
            "years": {str(year): amount for year, amount in sorted(line.years.items())},
        }  # fmt: skip
        amount = value_text(Rupiah(line.whole), console.language)
        console.record("budget-line", data, f"  {name}: {amount}")


def _name(what: str, key: str, writer: Writer) -> Param:
    found: Param | None = None
    if what == "source":
        found = next((each.label for each in writer.pack.planning.funding if each.id == key), None)
        found = found or (funding_called(writer.plan, key) if key else None)
    elif what == "dimension":
        found = next((each.name for each in writer.pack.dimensions if each.id == key), None)
    elif what == "agency":
        found = next((LocalText(each.name.values) for each in writer.plan.agencies if each.id == key), None)
    else:
        found = next(
            (LocalText(each.title.values) for each in writer.plan.programmes if each.id == key), None
        )
    return found or key or Message("cli.budget.nobody")


def _years(years: Mapping[int, int], console: Console) -> str:
    parts = (f"{year}: {number(amount, console.language)}" for year, amount in sorted(years.items()))
    return "  " + "; ".join(parts) if years else ""


# -- writing -----------------------------------------------------------------------------------------
def _spread(workspace: Workspace, writer: Writer, words: list[str], figure: str, console: Console) -> None:
    """``PROGRAMME TOTAL [years=2026-2028] [sources=apbd,csr] [by=equal|now]``."""
    from desktop.exchange.spreading import spread
    from desktop.exchange.values import parse

    row = writer.rows.find("programme", words[0])
    programme = next(each for each in writer.plan.programmes if each.id == row)
    total = parse("rupiah", words[1])
    how = dict(_assigned(words[2:], {"years", "sources", "by"}))
    years = _years_named(how.get("years", ""), programme.start_year, programme.end_year, writer)
    sources = [
        str(writer.register_value("budget_line", writer.known_register("budget_line", "source"), each))
        for each in how.get("sources", "").split(",")
        if each.strip()
    ] or [writer.pack.planning.funding[0].id]
    if not isinstance(total, int) or total < 0 or not years:
        raise NothingToSpread(Message("cli.budget.spread_years"))
    amounts = spread(programme, figure, total, years, sources, as_now=how.get("by") == "now")
    lines = {(each.source, each.year): each for each in programme.budget}
    with workspace.operation(Message("cli.label.budget_spread")) as op:
        for (source, year), amount in amounts.items():
            line = lines.get((source, year))
            others = [getattr(line, each) for each in FIGURES if each != figure] if line else []
            if amount is None and line is not None and others == [None] * len(others):
                # a line that states no figure would still claim its year
                op.delete("budget_line", line.id)
            else:
                op.put("budget_line", programme=row, year=year, source=source, **{figure: amount})
    done = Message("cli.budget.spread", total=Rupiah(total), n=sum(map(bool, amounts.values())))
    data = {
        "programme": row, "figure": figure, "total": total,
        "lines": [{"source": s, "year": y, "amount": a} for (s, y), a in amounts.items()],
        "head": workspace.head,
    }  # fmt: skip
    console.record("budget-spread", data, done)


def _ceilings(workspace: Workspace, writer: Writer, words: list[str], console: Console) -> None:
    """``PROGRAMME 2026=1000000 2027=...``: what the RPJMD allows; an empty amount takes it back."""
    from desktop.base.ids import derived_id
    from desktop.exchange.values import NotUnderstood, parse, year_named

    row = writer.rows.find("programme", words[0])
    wanted = {year_named(year): parse("rupiah", amount) for year, amount in _assigned(words[1:])}
    below = next((amount for amount in wanted.values() if isinstance(amount, int) and amount < 0), None)
    if below is not None:
        raise NotUnderstood(str(below), "rupiah")
    programme = next(each for each in writer.plan.programmes if each.id == row)
    known = {each.year for each in programme.ceilings}
    with workspace.operation(Message("cli.label.budget_ceiling")) as op:
        for year, amount in wanted.items():
            if amount is not None:
                op.put("rpjmd_ceiling", programme=row, year=year, amount=amount)
            elif year in known:
                op.delete("rpjmd_ceiling", derived_id("rpjmd_ceiling", row, str(year)))
    data = {"programme": row, "years": {str(year): amount for year, amount in wanted.items()}}
    console.record("rpjmd-ceiling", {**data, "head": workspace.head}, told(row))


def _assigned(words: list[str], known: set[str] | None = None) -> list[tuple[str, str]]:
    from desktop.cli.words import assignments
    from desktop.cli.writing import UnknownField

    pairs = list(assignments(words))
    for name, _ in pairs:
        if known is not None and name not in known:
            raise UnknownField("budget", name, sorted(known))
    return pairs


def _years_named(text: str, start: int | None, end: int | None, writer: Writer) -> list[int]:
    from desktop.exchange.values import year_named

    if not text:
        return list(range(start or writer.plan.first_year, (end or writer.plan.last_year) + 1))
    years: list[int] = []
    for part in text.split(","):
        first, _, last = part.replace("\N{EN DASH}", "-").partition("-")
        begin = year_named(first)
        years += range(begin, year_named(last) + 1 if last else begin + 1)
    return years
