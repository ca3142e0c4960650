"""``rancang figure``: the region's figures by year: list them, or state one with its source."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError
from desktop.cli.arguments import MissingWords, Parser, TooManyWords
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened

if TYPE_CHECKING:
    from desktop.exchange.values import Option
    from desktop.guideline.pack import Measure, Pack
    from desktop.workspace import Plan


class UnknownMeasure(RancangError):
    """The guideline asks for no such figure."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(Message("cli.figure.unknown", name=name, known=known))


def add_arguments(parser: Parser, console: Console) -> None:
    """Nothing to list all; measure, year and value to state one."""
    add_workspace(parser, console)
    text = console.text
    parser.add_argument(
        "words", nargs="*", default=[], metavar=text(Message("cli.metavar.words")),
        help=text(Message("cli.help.figure_words")),
    )  # fmt: skip
    source = text(Message("cli.metavar.text"))
    parser.add_argument("--source", metavar=source, help=text(Message("cli.help.figure_source")))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List, or write one figure as one operation; a blank value with a blank source takes it away."""
    words = list(options.words)
    if len(words) > 3:
        raise TooManyWords(words[3])
    stating = len(words) == 3 or options.source is not None
    if stating and len(words) < 2:
        raise MissingWords("figure", "figure")
    with opened(options, console, read_only=not stating) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
        measures = [_measure(pack, words[0])] if words else list(pack.figures)
        from desktop.exchange.values import parse, year_named

        if not stating:
            years = {year_named(words[1])} if words[1:] else set()
            return _list(plan, measures, years, console)

        measure, year = measures[0], year_named(words[1])
        values: dict[str, str] = {}
        if options.source is not None:
            values["source"] = options.source
        if len(words) == 3:
            english = console.language is Language.EN
            said = parse(measure.type, words[2], _choices(measure), english=english)
            values["value"] = "" if said is None else str(said)
        with workspace.operation(Message("cli.label.figure", measure=measure.label, year=str(year))) as op:
            row = op.put("figure", measure=measure.id, year=year, **values)
            now = next((each for each in plan.figures if each.id == row), None)
            if not (
                values.get("value", now.value if now else "")
                or values.get("source", now.source if now else "")
            ):
                op.delete("figure", row)
        message = Message("cli.figure.stated", measure=measure.label, year=str(year))
        console.record("figure", {"id": row, "measure": measure.id, "year": year, **values}, message)
    return 0


def _measure(pack: Pack, name: str) -> Measure:
    """A measure by its id or by its name in either language. Raises UnknownMeasure."""
    wanted = name.casefold()
    for measure in pack.figures:
        if wanted in {measure.id.casefold(), *(each.casefold() for each in measure.label.texts.values())}:
            return measure
    raise UnknownMeasure(name, ", ".join(each.id for each in pack.figures) or "-")


def _choices(measure: Measure) -> tuple[Option, ...]:
    from desktop.exchange.values import Option

    return tuple(Option(each.id, each.label) for each in measure.choices)


def _list(plan: Plan, measures: list[Measure], years: set[int], console: Console) -> int:
    from desktop.checks.offers import figure_value
    from desktop.exchange.values import show

    listed = False
    for measure in measures:
        for figure in sorted(plan.figures, key=lambda each: each.year):
            if figure.measure != measure.id or (years and figure.year not in years):
                continue
            value = show(
                measure.type, figure_value(measure, figure.value), console.language, _choices(measure)
            )
            record = {
                "measure": measure.id, "year": figure.year, "value": figure.value, "source": figure.source,
            }  # fmt: skip
            message = Message(
                "cli.figure.line", measure=measure.label, year=str(figure.year), value=value or "-",
                source=figure.source or "-",
            )  # fmt: skip
            console.record("figure", record, message)
            listed = True
    if not listed:
        console.note(Message("cli.figure.none"))
    return 0
