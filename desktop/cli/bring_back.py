"""``rancang bring-back``: colleagues' files are united with ours, after a preview; then a report."""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.speech import value_text
from desktop.base.textdiff import compared, sides
from desktop.cli import edited, workbooks
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.differences import on_a_line
from desktop.cli.opening import add_author, add_workspace, author, opened
from desktop.cli.overwriting import add_force, keep_others

if TYPE_CHECKING:
    from desktop.cli.coming_told import Told, ToldField, ToldRow
    from desktop.exchange.coming_back import Settled
    from desktop.workspace import Workspace
    from desktop.workspace.merge_report import MergeReport

_NEWS = 20
"""Findings told by name; of more, the page of checks tells."""


def add_arguments(parser: Parser, console: Console) -> None:
    """Our workspace, the other files, and whether to ask."""
    add_workspace(parser, console)
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar=console.text(Message("cli.metavar.file")),
        help=console.text(Message("cli.help.bring_back")),
    )
    parser.add_argument("--preview", action="store_true", help=console.text(Message("cli.help.preview")))
    parser.add_argument("--yes", action="store_true", help=console.text(Message("cli.help.yes")))
    parser.add_argument(
        "--report",
        type=Path,
        default=None,
        metavar=console.text(Message("cli.metavar.pdf")),
        help=console.text(Message("cli.help.coming_report")),
    )
    add_force(parser, console)
    workbooks.add_arguments(parser, console)
    edited.add_arguments(parser, console)
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Workbooks, edited Word files, then files of the program's own; shown before anything is written."""
    if options.report is not None:
        from desktop.books.merge_report import report_path

        keep_others(report_path(options.report))
    words, rest = edited.divided(options.files)
    books, files = workbooks.divided(rest)
    if (books or words) and options.report is not None and not files:
        console.warn(Message("cli.workbooks.no_paper"))
    code = workbooks.bring_back(options, books, console) if books else 0
    code = max(code, edited.bring_back(options, words, console)) if words else code
    return max(code, _bring_back(options, files, console)) if files else code


def _bring_back(options: argparse.Namespace, files: list[Path], console: Console) -> int:
    """Show what would happen; on consent do it."""
    from desktop.cli.coming_told import Told
    from desktop.exchange import coming_back

    looking = _looking(options, console) if options.preview else opened(options, console)
    with looking as workspace:
        told = Told(coming_back.look(workspace, files), console.language)
        print_coming(told, console)
        report = told.report
        nothing = not (report.change_sets or report.files)
        if options.preview or nothing or not (options.yes or workbooks.consents(console)):
            if options.report is not None:
                _print_on_paper(told, None, options.report, console)
            return int(bool(report.refused))
        settled = coming_back.take(workspace, files, shown=told.coming.marks)
        _tell_done(settled, workspace, console)
        if options.report is not None:
            _print_on_paper(Told(settled.coming, console.language), settled, options.report, console)
        return int(bool(settled.coming.report.refused))


@contextlib.contextmanager
def _looking(options: argparse.Namespace, console: Console) -> Iterator[Workspace]:
    """A copy of our workspace to try the merge on: the file itself may be open elsewhere, or read-only."""
    from desktop.workspace import Workspace

    with tempfile.TemporaryDirectory(prefix="rancang-preview-") as folder:
        copy = Path(folder) / options.workspace.name
        with opened(options, console, read_only=True) as workspace:
            workspace.snapshot(copy)
        with Workspace.open(copy, author=author(options)) as tried:
            yield tried


def print_coming(told: Told, console: Console) -> None:
    """What a merge would do, as text with names for everything, or as one JSON object."""
    report = told.report
    rows = [(group, row) for group in told.groups for row in group.rows]
    fields = {(change.table, change.row): change.fields for change in report.rows}
    console.record(
        "preview",
        {
            "change_sets": report.change_sets,
            "authors": list(report.authors),
            "first": report.first,
            "last": report.last,
            "files": report.files,
            "per_file": [
                {
                    "file": each.file,
                    "from": each.sender.called,
                    "agency": each.sender.agency,
                    "change_sets": each.change_sets,
                    "damaged": list(each.damaged),
                    "refused": each.refused.id if each.refused is not None else "",
                    "text": told.file(each),
                }
                for each in report.per_file
            ],
            "rows": [
                {
                    "table": row.table,
                    "row": row.row,
                    "change": row.kind,
                    "fields": [list(field) for field in fields[row.table, row.row]],
                    "text": row.title,
                    "agency": group.agency,
                    "programme": group.programme,
                    "outside": row.outside,
                }
                for group, row in rows
            ],
            "merged": [
                {"text": each.title, "field": each.name, "before": before, "result": result}
                for each in told.merged
                for before, result in [sides(compared(each.before, each.result, console.text))]
            ],
            "new_conflicts": [
                {"table": c.table, "row": c.row, "conflict": c.kind, "field": c.field}
                for c in report.new_conflicts
            ],
        },
        _summary(report),
    )
    if not console.as_json:
        _print_words(told, console)


def _print_words(told: Told, console: Console) -> None:
    if len(told.report.per_file) > 1 or told.report.refused:
        for each in told.report.per_file:
            console.line("  " + told.file(each))
    for group in told.groups:
        heads = [each for each in (group.agency, group.programme) if each]
        if heads:
            console.line(" / ".join(heads))
        for row in group.rows:
            _print_row(row, console)
    for merged in told.merged:
        console.note(Message("cli.coming.merged", what=merged.title, field=merged.name))
    for conflict in told.conflicts:
        console.note(Message("cli.bring_back.conflict", what=conflict.title, field=conflict.name))
    for name in told.report.damaged:
        console.note(Message("cli.coming.damaged", name=name))


def _print_row(row: ToldRow, console: Console) -> None:
    line = {
        "new": Message("cli.bring_back.new", what=row.title),
        "changed": Message("cli.bring_back.changed", what=row.title),
        "deleted": Message("cli.bring_back.deleted", what=row.title),
    }[row.kind]
    mark = f" [{console.text(Message('cli.coming.outside'))}]" if row.outside else ""
    console.line(f"  {console.text(line)}{mark}")
    for field in row.fields:
        console.line(f"      {field.name}: {_said(field, console)}")


def _said(field: ToldField, console: Console) -> str:
    """All that changes: who says yes has seen it."""
    if field.is_text:
        return on_a_line(field.pieces(console.text), console.text)
    return f"{field.before} → {field.after}"


def _summary(report: MergeReport) -> Message:
    if not report.change_sets and not report.files:
        return Message("cli.coming.none") if report.refused else Message("cli.bring_back.nothing")
    files = Message("cli.coming.files", n=report.files)
    if not report.change_sets:
        return Message("cli.bring_back.only_files", files=files)
    return Message(
        "cli.bring_back.summary",
        n=report.change_sets,
        authors=", ".join(report.authors) or "-",
        rows=Message("cli.coming.rows", n=len(report.rows)),
        files=files,
    )


def _tell_done(settled: Settled, workspace: Workspace, console: Console) -> None:
    report = settled.coming.report
    findings = [value_text(each.message, console.language) for each in settled.new_findings]
    console.record(
        "brought-back",
        {
            "change_sets": report.change_sets,
            "rows": len(report.rows),
            "conflicts": report.open_conflicts,
            "files": report.files,
            "damaged": list(report.damaged),
            "new_findings": findings,
            "backup": report.backup,
            "head": workspace.head,
        },
        Message(
            "cli.bring_back.done",
            n=report.change_sets,
            conflicts=report.open_conflicts,
            backup=report.backup,
        ),
    )
    if findings:
        console.note(Message("cli.coming.findings", n=len(findings)))
        for finding in findings[:_NEWS]:
            console.line(f"  {finding}")


def _print_on_paper(told: Told, settled: Settled | None, target: Path, console: Console) -> None:
    from desktop.cli.coming_paper import write

    path = write(told, settled, target)
    console.record("report", {"file": str(path)}, Message("cli.coming.report", file=str(path)))
