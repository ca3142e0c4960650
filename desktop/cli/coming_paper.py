"""The report of what was brought back, on paper: made of the same words as the preview."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, clock, render
from desktop.base.richtext import Run
from desktop.base.speech import moment_in_zone, value_text
from desktop.base.textdiff import compared
from desktop.base.worddiff import excerpt
from desktop.books.merge_report import Cells, Section, compose_merge_report, write_merge_report
from desktop.cli.differences import on_paper

if TYPE_CHECKING:
    from desktop.cli.coming_told import Told, ToldRow
    from desktop.exchange.coming_back import Settled

_KINDS = {
    "new": Message("cli.coming.kind.new"),
    "changed": Message("cli.coming.kind.changed"),
    "deleted": Message("cli.coming.kind.deleted"),
}


def write(told: Told, settled: Settled | None, target: Path) -> Path:
    """Write the report; before anything was taken over it says that it is a preview. Raises FileProblem."""
    coming = told.coming
    sections = [_files(told), _rows(told), _merged(told), _conflicts(told), _findings(told, settled)]
    document = compose_merge_report(
        coming.after, coming.pack, told.language, list(_facts(told, settled)), sections
    )
    return write_merge_report(target, document)


def _facts(told: Told, settled: Settled | None) -> Iterator[tuple[str, str]]:
    say, report = _say(told), told.report
    yield say(Message("cli.coming.paper.when")), moment_in_zone(clock.now(), told.language)
    done = Message("cli.coming.paper.taken") if settled is not None else Message("cli.coming.paper.preview")
    yield say(Message("cli.coming.paper.state")), say(done)
    yield say(Message("cli.coming.paper.from")), ", ".join(report.authors)
    counts = Message(
        "cli.coming.paper.counts",
        n=report.change_sets,
        rows=Message("cli.coming.rows", n=len(report.rows)),
        files=Message("cli.coming.files", n=report.files),
    )
    yield say(Message("cli.coming.paper.brought")), say(counts)
    yield say(Message("cli.coming.paper.differing")), str(report.open_conflicts)
    if report.backup:
        yield say(Message("cli.coming.paper.backup")), report.backup
    if report.damaged:
        yield say(Message("cli.coming.paper.damaged")), ", ".join(report.damaged)


def _files(told: Told) -> Section:
    say = _say(told)
    rows: tuple[Cells, ...] = tuple((each.file, told.file(each)) for each in told.report.per_file)
    columns = ((say(Message("cli.coming.paper.file")), 1.0), (say(Message("cli.coming.paper.what")), 2.0))
    return Section(say(Message("cli.coming.paper.files")), columns, rows)


def _rows(told: Told) -> Section:
    say = _say(told)
    rows: list[Cells] = []
    for group in told.groups:
        heads = " / ".join(each for each in (group.agency, group.programme) if each)
        rows.append((heads or say(Message("cli.coming.paper.common")),))
        rows += [(say(_KINDS[row.kind]), _title(told, row), _fields(told, row)) for row in group.rows]
    columns = (
        (say(Message("cli.coming.paper.kind")), 0.5),
        (say(Message("cli.coming.paper.where")), 1.3),
        (say(Message("cli.coming.paper.change")), 1.7),
    )
    return Section(
        say(Message("cli.coming.paper.rows")), columns, tuple(rows), say(Message("cli.coming.paper.no_rows"))
    )


def _title(told: Told, row: ToldRow) -> tuple[Run, ...]:
    if not row.outside:
        return (Run(row.title),)
    return Run(row.title), Run(f"\n({render(Message('cli.coming.outside'), told.language)})", italic=True)


def _fields(told: Told, row: ToldRow) -> tuple[Run, ...]:
    runs: list[Run] = []
    for field in row.fields:
        runs.append(Run(f"{chr(10) if runs else ''}{field.name}: "))
        if field.is_text:
            runs += on_paper(field.pieces(_say(told)), _say(told))
        else:
            runs.append(Run(f"{field.before} → {field.after}"))
    return tuple(runs)


def _merged(told: Told) -> Section:
    say = _say(told)
    rows: list[Cells] = []
    for each in told.merged:
        words = on_paper(excerpt(compared(each.before, each.result, say)), say)
        rows.append((f"{each.title}\n{each.name}", tuple(words)))
    columns = (
        (say(Message("cli.coming.paper.where")), 1.0),
        (say(Message("cli.coming.paper.text")), 2.4),
    )
    return Section(say(Message("cli.coming.paper.merged")), columns, tuple(rows))


def _conflicts(told: Told) -> Section:
    say = _say(told)
    rows: tuple[Cells, ...] = tuple((each.title, each.name) for each in told.conflicts)
    columns = ((say(Message("cli.coming.paper.where")), 1.6), (say(Message("cli.coming.paper.field")), 1.0))
    return Section(say(Message("cli.coming.paper.conflicts")), columns, rows)


def _findings(told: Told, settled: Settled | None) -> Section:
    say = _say(told)
    found = settled.new_findings if settled is not None else ()
    rows: tuple[Cells, ...] = tuple(
        (str(number), value_text(each.message, told.language)) for number, each in enumerate(found, 1)
    )
    columns = (
        (say(Message("cli.coming.paper.number")), 0.15),
        (say(Message("cli.coming.paper.finding")), 2.0),
    )
    return Section(say(Message("cli.coming.paper.findings")), columns, rows)


def _say(told: Told) -> Callable[[Message], str]:
    return lambda message: render(message, told.language)
