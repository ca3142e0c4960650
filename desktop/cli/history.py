"""``rancang history``: who changed what when: by day, person, agency, programme or field; and what is new."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.base.speech import date, moment, value_text, weekday
from desktop.cli.arguments import Parser, whole_number
from desktop.cli.console import Console
from desktop.cli.opening import add_name, add_workspace, opened
from desktop.cli.overwriting import add_force, keep_others

if TYPE_CHECKING:
    from desktop.cli.naming import Names
    from desktop.cli.past_told import Past, ToldChange, ToldStep
    from desktop.cli.writing import Writer
    from desktop.workspace import HistoryEntry, Workspace
    from desktop.workspace.story import Wanted

SHOWN = 6
"""Fields of one change that are told on the screen; a file tells all."""


class NotADay(RancangError):
    """An option wants a day and got something else."""

    exit_code = 2

    def __init__(self, text: str) -> None:
        super().__init__(Message("cli.history.no_day", text=text[:40]))


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace, which part of its history, and where to write it."""
    text = console.text
    add_workspace(parser, console)
    parser.add_argument(
        "place",
        nargs="?",
        default="",
        metavar=text(Message("cli.metavar.place")),
        help=text(Message("cli.help.history_place")),
    )
    parser.add_argument("--about", default="", metavar="ID", help=text(Message("cli.help.about")))
    parser.add_argument(
        "--field", default="", metavar=text(Message("cli.metavar.place")),
        help=text(Message("cli.help.history_field")),
    )  # fmt: skip
    parser.add_argument(
        "--programme",
        default="",
        metavar=text(Message("cli.metavar.name")),
        help=text(Message("cli.help.history_programme")),
    )
    parser.add_argument(
        "--person",
        default="",
        metavar=text(Message("cli.metavar.name")),
        help=text(Message("cli.help.history_person")),
    )
    parser.add_argument(
        "--agency",
        default="",
        metavar=text(Message("cli.metavar.agency")),
        help=text(Message("cli.help.history_agency")),
    )
    for option in ("--day", "--since", "--until"):
        parser.add_argument(
            option, type=_day, metavar=text(Message("cli.metavar.date")),
            help=text(_DAYS[option]),
        )  # fmt: skip
    parser.add_argument("--new", action="store_true", help=text(Message("cli.help.history_new")))
    parser.add_argument("--seen", action="store_true", help=text(Message("cli.help.history_seen")))
    add_name(parser, console)
    parser.add_argument("--activity", action="store_true", help=text(Message("cli.help.history_activity")))
    parser.add_argument(
        "--limit", type=whole_number(1), default=50, metavar="N", help=text(Message("cli.help.limit"))
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar=text(Message("cli.metavar.file")),
        help=text(Message("cli.help.history_output")),
    )
    add_force(parser, console)


_DAYS = {
    "--day": Message("cli.help.history_day"),
    "--since": Message("cli.help.history_since"),
    "--until": Message("cli.help.history_until"),
}


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        # argparse passes on what is neither its own error nor a ValueError, so the sentence stays ours
        raise NotADay(text) from error


def run(options: argparse.Namespace, console: Console) -> int:
    """Who changed what when; newest first."""
    from desktop.cli.past_paper import check_ending

    if options.output is not None:
        keep_others(check_ending(options.output))
    with opened(options, console, read_only=True) as workspace:
        if options.new or options.seen:
            return _news(workspace, options, console)
        if options.activity:
            return _activity(workspace, options, console)
        place = options.field or options.place
        if place and options.output is None:
            return _story_of(workspace, place, options, console)
        return _story(workspace, options, console)


# -- one field, row or answer -----------------------------------------------------------------------
def _story_of(workspace: Workspace, place: str, options: argparse.Namespace, console: Console) -> int:
    from desktop.cli.naming import Names

    names = Names(workspace.plan(), workspace.pack())
    found = _entries(workspace, place, options.about)
    for table, row, entry in found[: options.limit]:
        _print_entry(table, row, entry, names, console)
    if not found:
        console.note(Message("cli.history.nothing", place=place))
    return 0


def _entries(workspace: Workspace, place: str, about: str) -> list[tuple[str, str, HistoryEntry]]:
    """The entries of a field, a row, or an answer in all its languages; newest first."""
    rows, name = _rows_of(workspace, place, about)
    found = [(table, row, entry) for table, row in rows for entry in workspace.history(table, row, name)]
    told = [each for each in found if each[2].field != "sort"]
    return told if len(rows) == 1 else sorted(told, key=lambda each: each[2].when, reverse=True)


def _rows_of(workspace: Workspace, place: str, about: str) -> tuple[list[tuple[str, str]], str]:
    """The rows behind a place, and the field in them."""
    from desktop.base.ids import derived_id
    from desktop.cli.setting import SETTABLE, known_item, scope_of
    from desktop.cli.writing import UnknownTable, Writer

    writer = Writer(workspace)
    if "/" in place:
        table, wanted, name = [*place.split("/"), ""][:3]
        if table not in SETTABLE:
            raise UnknownTable(table, list(SETTABLE))
        if name:
            writer.known_register(table, name)
        row = workspace.plan_row if table == "plan" else _row(writer, table, wanted)
        return [(table, row)], name
    known_item(writer.guideline, place)
    scope = scope_of(writer, place, about)
    languages = ("", *writer.languages())
    return [("answer", derived_id("answer", place, scope, language)) for language in languages], "value"


def _row(writer: Writer, table: str, wanted: str) -> str:
    """The row meant; one that was deleted has its history still, by its whole id."""
    return wanted if re.fullmatch("[0-9a-f]{32}", wanted) else writer.rows.find(table, wanted)


# -- the whole story, or a part of it ---------------------------------------------------------------
def _story(workspace: Workspace, options: argparse.Namespace, console: Console) -> int:
    from desktop.cli.past_told import Past
    from desktop.workspace import story

    past = Past(workspace, console.language)
    wanted, name = _wanted(workspace, past, options)
    limit = options.limit if options.output is None else 1_000_000
    steps, more = story.steps(workspace, wanted, limit=limit)
    told = past.told(steps, wanted.rows, name)
    if options.output is not None:
        return _write(workspace, told, options, console)
    day = None
    for each in told:
        if each.day != day:
            day = each.day
            console.line(f"{weekday(day, console.language)}, {date(day, console.language)}")
        _print_step(each, console)
    if not told:
        console.note(Message("cli.history.none"))
    elif more is not None:
        console.note(Message("cli.history.more", n=story.count(workspace, wanted) - len(told)))
    return 0


def _wanted(workspace: Workspace, past: Past, options: argparse.Namespace) -> tuple[Wanted, str]:
    """What the options ask for, and the field in question. Raises UnknownName, SeveralRows."""
    from desktop.cli.writing import Writer
    from desktop.workspace import story

    rows, name = None, ""
    if options.programme:
        row = _row(Writer(workspace), "programme", options.programme)
        rows = story.family(workspace, "programme", row)
    place = options.field or options.place
    if place:
        found, name = _rows_of(workspace, place, options.about)
        rows = frozenset(found)
    authors: frozenset[str] | None = None
    if options.person:
        key = options.person.strip().casefold()
        authors = frozenset(
            each.author for each in story.hands(workspace).hands if key in each.author.casefold()
        )
    if options.agency:
        agency = _row(Writer(workspace), "agency", options.agency)
        theirs = past.authors.of_agency(agency)
        authors = theirs if authors is None else authors & theirs
    wanted = story.Wanted(rows, name, authors, options.day or options.since, options.day or options.until)
    return wanted, name


def _print_step(each: ToldStep, console: Console) -> None:
    step = each.step
    time = moment(step.when, console.language).rpartition(" ")[2]
    console.record(
        "change",
        {
            "id": step.id,
            "when": step.when.isoformat(),
            "author": step.author,
            "role": step.role,
            "agency": each.agency,
            "what": step.kind,
            "label": step.label.to_json(),
            "text": each.what,
            "edits": step.edits,
            "arrived": step.arrived,
            "changes": [_data(change) for change in each.changes[:SHOWN]],
        },
        f"  {time}  {each.who}  {each.what}",
    )
    for change in each.changes[:SHOWN]:
        console.line(f"           {_line(change, console)}")
    left = len(each.changes) - SHOWN
    if left > 0:
        console.note(Message("cli.history.more_fields", n=left), 11)


def _data(change: ToldChange) -> dict[str, str]:
    return {
        "what": change.what,
        "table": change.table,
        "row": change.row,
        "field": change.register,
        "where": change.where,
        "name": change.field,
        "before": change.before,
        "after": change.after,
    }


def _line(change: ToldChange, console: Console) -> str:
    """One change on one line; of a text only the words that changed: [-gone-] {+new+}."""
    from desktop.base.worddiff import compare, excerpt
    from desktop.cli.differences import on_a_line
    from desktop.cli.past_paper import WHAT

    if change.what != "changed":
        return f"{change.where} ({console.text(WHAT[change.what])})"
    if not change.is_text:
        return change.short
    pieces = excerpt(compare(change.before, change.after), 4)
    return f"{change.where}: {change.field}: {on_a_line(pieces, console.text)}"


def _write(workspace: Workspace, told: list[ToldStep], options: argparse.Namespace, console: Console) -> int:
    from desktop.cli.past_activity import charts_of, counted
    from desktop.cli.past_paper import write_past

    plan, pack = workspace.plan(), workspace.pack()
    asked = [getattr(options, each) for each in ("programme", "person", "agency", "field", "place")]
    first, last = options.day or options.since, options.day or options.until
    if first or last:
        days = (date(day, console.language) if day else "\N{HORIZONTAL ELLIPSIS}" for day in (first, last))
        asked.append(" \N{EN DASH} ".join(days))
    about = ", ".join(filter(None, asked)) or console.text(Message("cli.past.everything"))
    charts = charts_of(counted(workspace, options.since, options.until), plan, pack, console.language)
    made = write_past(options.output, told, plan, pack, console.language, about, charts)
    console.record(
        "written", {"file": str(made), "changes": len(told)}, Message("cli.past.written", file=str(made))
    )
    return 0


# -- what is new, how busy --------------------------------------------------------------------------
def _news(workspace: Workspace, options: argparse.Namespace, console: Console) -> int:
    """What came in since this person was here; with ``--seen`` it counts as seen from now on."""
    from desktop.cli.past_told import Past
    from desktop.exchange.newness import last_seen, mark_seen, what_is_new

    new = what_is_new(workspace, last_seen(workspace))
    past = Past(workspace, console.language)
    if new.first and not options.seen:
        console.note(Message("cli.news.first"))
    elif not new.things and not options.seen:
        console.note(Message("cli.news.none"))
    for (agency, programme), things in new.grouped().items() if options.new else ():
        heads = [past.agency(agency) or console.text(Message("cli.news.team")), past.programme(programme)]
        console.line(" / ".join(filter(None, heads)))
        for thing in things[: options.limit]:
            told = past.new(thing)
            data = {"author": thing.author, "role": thing.role, "when": thing.at.isoformat(), **_data(told)}
            data |= {"agency": past.agency(agency), "programme": thing.programme}
            data |= {
                "page": thing.page.page if thing.page else "",
                "ref": thing.page.ref if thing.page else "",
            }
            line = f"  {moment(thing.at, console.language)}  {thing.author}  {_line(told, console)}"
            console.record("news", data, line)
    if options.seen:
        mark_seen(workspace)
        console.say(Message("cli.news.seen"))
    return 0


def _activity(workspace: Workspace, options: argparse.Namespace, console: Console) -> int:
    """How many changes each agency and stage made in each week."""
    from desktop.cli.past_activity import print_activity

    print_activity(workspace, options.since, options.until, console)
    return 0


def _print_entry(table: str, row: str, entry: HistoryEntry, names: Names, console: Console) -> None:
    language = console.language
    before = " / ".join(names.value(table, row, entry.field, value, language) for value in entry.before)
    after = names.value(table, row, entry.field, entry.after, language)
    field = value_text(names.field(table, row, entry.field), language)
    change = f"{before} → {after}" if entry.before else after
    console.record(
        "entry",
        {
            "when": entry.when.isoformat(),
            "author": entry.author,
            "role": entry.role,
            "field": entry.field,
            "what": entry.kind,
            "before": list(entry.before),
            "after": entry.after,
            "text": f"{field}: {change}",
        },
        f"{moment(entry.when, language)}  {entry.author}  {field}: {change}",
    )
