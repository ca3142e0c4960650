"""The story of a workspace as a table (CSV, XLSX) or on paper (PDF, DOCX): the file's name says which."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError, clock, render
from desktop.base.richtext import Run
from desktop.base.speech import date, moment_in_zone, weekday
from desktop.base.spreadsheets import in_csv, in_workbook
from desktop.base.worddiff import compare, excerpt
from desktop.cli.differences import on_paper

if TYPE_CHECKING:
    from desktop.base.jobs import Report
    from desktop.books.document import Activity
    from desktop.books.merge_report import Cells, Section
    from desktop.cli.past_told import ToldChange, ToldStep
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan import Plan
    from desktop.workspace.story import Wanted

ENDINGS = (".csv", ".xlsx", ".pdf", ".html", ".docx")
_COLUMNS = ("when", "who", "role", "agency", "what", "where", "field", "before", "after")
ON_PAPER, SAID, CHANGES = 12, 240, 8
"""Fields of one change, letters of a value, and changes within a text, that are printed."""


class UnknownEnding(RancangError):
    """A story is written as one of a few kinds of file, and the name says which."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(Message("cli.past.ending", name=name, known=", ".join(ENDINGS)))


def check_ending(path: Path) -> Path:
    """The path, unless its name does not say what to write. Raises UnknownEnding."""
    if path.suffix.casefold() not in ENDINGS:
        raise UnknownEnding(path.name)
    return path


def write_past(
    target: Path, told: Sequence[ToldStep], plan: Plan, pack: Pack, language: Language, about: str,
    charts: Sequence[tuple[str, Activity, str]] = (),
) -> Path:  # fmt: skip
    """Write it; ``about`` says in words which part of the story it is. Raises UnknownEnding, FileProblem."""
    from desktop.books.printing import write_pdf

    check_ending(target)
    ending = target.suffix.casefold()
    if ending == ".csv":
        write_pdf(target, _csv(told, language))
    elif ending == ".xlsx":
        write_pdf(target, _xlsx(told, language))
    else:
        from desktop.books.merge_report import write_merge_report
        from desktop.books.past_report import compose_past_report

        say = _say(language)
        facts = [
            (say(Message("cli.past.paper.about")), about),
            (say(Message("cli.past.paper.made")), moment_in_zone(clock.now(), language)),
            (say(Message("cli.past.paper.count")), str(len(told))),
        ]
        sections = _sections(told, language)
        if ending == ".docx":  # a letter holds no drawings: the sums as a table
            sections = [*_sums(charts, language), *sections]
            charts = ()
        write_merge_report(target, compose_past_report(plan, pack, language, facts, sections, charts))
    return target


def write_job(
    report: Report, snapshot: Path, target: Path, wanted: Wanted, about: str, language: str
) -> Path:
    """The same for the window, as a job on a copy of the workspace. Raises UnknownEnding, FileProblem."""
    from desktop.cli.past_activity import charts_of, counted
    from desktop.cli.past_told import Past
    from desktop.workspace import Workspace, story

    spoken = Language(language)
    report(0, 2, Message("cli.past.reading"))
    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
        steps, _ = story.steps(workspace, wanted, limit=1_000_000)
        told = Past(workspace, spoken).told(steps, wanted.rows)
        charts = charts_of(counted(workspace, wanted.since, wanted.until), plan, pack, spoken)
    report(1, 2, Message("cli.past.reading"))
    return write_past(target, told, plan, pack, spoken, about, charts)


def _heads(language: Language) -> list[str]:
    return [render(_NAMES[each], language) for each in _COLUMNS]


_NAMES = {
    "when": Message("cli.past.column.when"),
    "who": Message("cli.past.column.who"),
    "role": Message("cli.past.column.role"),
    "agency": Message("cli.past.column.agency"),
    "what": Message("cli.past.column.what"),
    "where": Message("cli.past.column.where"),
    "field": Message("cli.past.column.field"),
    "before": Message("cli.past.column.before"),
    "after": Message("cli.past.column.after"),
}


def _lines(told: Sequence[ToldStep]) -> Iterator[tuple[ToldStep, ToldChange | None]]:
    for each in told:
        if not each.changes:
            yield each, None
        for change in each.changes:
            yield each, change


def _cells(each: ToldStep, change: ToldChange | None) -> list[str]:
    when = each.step.when.astimezone().strftime("%Y-%m-%d %H:%M")
    said = [when, each.step.author, each.role, each.agency, each.what]
    if change is not None:
        said += [change.where, change.field, change.before, change.after]
    return [*said, *[""] * (len(_COLUMNS) - len(said))]


def _csv(told: Sequence[ToldStep], language: Language) -> bytes:
    out = io.StringIO()
    table = csv.writer(out, delimiter=";" if language is Language.ID else ",", lineterminator="\r\n")
    table.writerow(_heads(language))
    for each, change in _lines(told):
        table.writerow(map(in_csv, _cells(each, change)))
    return out.getvalue().encode("utf-8-sig")


def _xlsx(told: Sequence[ToldStep], language: Language) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    if sheet is None:  # a new workbook has one
        raise AssertionError
    sheet.title = render(Message("cli.past.sheet"), language)[:31]
    sheet.append(_heads(language))
    for number, (each, change) in enumerate(_lines(told), 2):
        for place, text in enumerate(_cells(each, change), 1):
            cell = sheet.cell(number, place, in_workbook(text))
            cell.data_type = "s"  # never a formula, whatever it begins with
            cell.alignment = Alignment(wrap_text=place >= 5, vertical="top")
    for place in range(1, len(_COLUMNS) + 1):
        sheet.cell(1, place).font = Font(bold=True)
    for letter, width in zip("ABCDEFGHI", (16, 20, 14, 14, 34, 36, 22, 40, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    target = io.BytesIO()
    book.properties.creator, book.properties.revision = "Rancang", "1"
    book.properties.subject = render(Message("books.past.title"), language)
    book.save(target)
    return target.getvalue()


def _sections(told: Sequence[ToldStep], language: Language) -> list[Section]:
    """A section for each day."""
    from desktop.books.merge_report import Section

    say = _say(language)
    columns = (
        (say(Message("cli.past.column.time")), 0.35),
        (say(Message("cli.past.column.who")), 0.9),
        (say(Message("cli.past.column.what")), 2.4),
    )
    days: dict[str, list[Cells]] = {}
    for each in told:
        name = f"{weekday(each.day, language)}, {date(each.day, language)}"
        time = each.step.when.astimezone().strftime("%H.%M" if language is Language.ID else "%H:%M")
        days.setdefault(name, []).append((time, each.who, _what(each, language)))
    return [Section(name, columns, tuple(rows)) for name, rows in days.items()]


def _sums(charts: Sequence[tuple[str, Activity, str]], language: Language) -> Iterator[Section]:
    from desktop.books.merge_report import Section

    columns = ((render(Message("cli.past.column.who"), language), 2.0), ("", 0.5))
    for caption, chart, _ in charts:
        rows: tuple[Cells, ...] = tuple(
            (name, str(sum(counts))) for name, counts in zip(chart.rows, chart.counts, strict=True)
        )
        yield Section(caption, columns, rows)


def _what(each: ToldStep, language: Language) -> tuple[Run, ...]:
    runs = [Run(each.what, bold=True)]
    for change in each.changes[:ON_PAPER]:
        runs.append(Run(f"\n{change.where}"))
        if change.what != "changed":
            runs.append(Run(f" \N{EM DASH} {render(WHAT[change.what], language)}", italic=True))
        elif change.is_text:
            runs.append(Run(f": {change.field}: "))
            runs += on_paper(excerpt(compare(change.before, change.after), CHANGES), _say(language))
        else:
            before, after = _shortened(change.before), _shortened(change.after)
            said = f"{before} → {after or '-'}" if before else after
            runs.append(Run(f": {change.field}: {said}"))
    left = len(each.changes) - ON_PAPER
    if left > 0:
        more = render(Message("cli.history.more_fields", n=left), language)
        runs.append(Run(f"\n{more}", italic=True))
    return tuple(runs)


def _shortened(text: str) -> str:
    """A value on paper: whoever needs all of a long text takes the table."""
    return text if len(text) <= SAID else f"{text[:SAID].rstrip()}\N{HORIZONTAL ELLIPSIS}"


WHAT = {
    "new": Message("cli.past.what.new"),
    "changed": Message("cli.past.what.changed"),
    "deleted": Message("cli.past.what.deleted"),
}


def _say(language: Language) -> Callable[[Message], str]:
    return lambda message: render(message, language)
