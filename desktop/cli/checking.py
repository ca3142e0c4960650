"""``rancang check``: the three lists, and setting findings aside; exit 1 while a mandatory one is open."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError, clock
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.paper_targets import add_paper, targets
from desktop.cli.words import read_text

if TYPE_CHECKING:
    from desktop.checks import Finding
    from desktop.workspace import Workspace

LISTS = ("mandatory", "weak", "hint")


class UnknownFinding(RancangError):
    """No open finding has this key."""

    def __init__(self, key: str) -> None:
        super().__init__(Message("cli.unknown_finding", key=key))


class MayNotSetAside(RancangError):
    """The finding can be settled, but not excused."""

    def __init__(self, finding: Message) -> None:
        super().__init__(Message("cli.may_not_set_aside", finding=finding))


class NotSetAside(RancangError):
    """No finding with this key was set aside."""

    def __init__(self, key: str) -> None:
        super().__init__(Message("cli.not_set_aside", key=key))


class ReasonMissing(RancangError):
    """Setting aside needs a reason."""

    def __init__(self) -> None:
        super().__init__(Message("cli.reason_missing"))


def add_arguments(parser: Parser, console: Console) -> None:
    """Which list; what to set aside, and why."""
    add_workspace(parser, console)
    parser.add_argument(
        "--list",
        choices=LISTS,
        default="",
        metavar=console.text(Message("cli.metavar.list")),
        help=console.text(Message("cli.help.list", lists=", ".join(LISTS))),
    )
    key = console.text(Message("cli.metavar.key"))
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--set-aside", default="", metavar=key, help=console.text(Message("cli.help.set_aside"))
    )
    which.add_argument("--take-up", default="", metavar=key, help=console.text(Message("cli.help.take_up")))
    parser.add_argument(
        "--reason",
        default="",
        metavar=console.text(Message("cli.metavar.text")),
        help=console.text(Message("cli.help.reason")),
    )
    parser.add_argument(
        "--report",
        type=Path,
        default=None,
        metavar=console.text(Message("cli.metavar.output")),
        help=console.text(Message("cli.help.check_report")),
    )
    add_paper(parser, console)
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print findings; exit code 1 when a mandatory one is open."""
    from desktop.checks import check

    if options.set_aside and not options.reason.strip():
        raise ReasonMissing
    targets = list(_targets(options))
    changes = bool(options.set_aside or options.take_up)
    with opened(options, console, read_only=not changes) as workspace:
        pack = workspace.pack()
        if options.set_aside:
            _set_aside(workspace, options.set_aside, read_text(options.reason).strip())
        if options.take_up:
            if options.take_up not in workspace.plan().set_aside:
                raise NotSetAside(options.take_up)
            with workspace.operation(Message("cli.label.take_up")) as op:
                op.take_up(options.take_up)
        report = check(workspace.plan(), pack)
        today = clock.today(workspace.plan().region.code).isoformat()
    for name in LISTS:
        findings = [finding for finding in report.findings if finding.list == name]
        if options.list not in ("", name):
            continue
        console.note(Message("cli.check.heading", list=_title(name), n=len(findings)))
        for finding in findings:
            _tell(finding, name, console)
    for aside in report.set_aside:
        console.record(
            "set-aside",
            {"key": aside.finding.key, "reason": aside.reason, "rule": aside.finding.rule},
            Message(
                "cli.check.aside", key=aside.finding.key, finding=aside.finding.message, reason=aside.reason
            ),
        )
    for language, target in targets:
        _write(options, console, language, target, today)
    return 1 if any(finding.list == "mandatory" for finding in report.findings) else 0


def _tell(finding: Finding, name: str, console: Console) -> None:
    """One finding, and the reason that the guideline gives for it."""
    from desktop.base.speech import value_text
    from desktop.checks.reasons import reason_of

    place = finding.place
    where = place.item or f"{place.table}/{place.row}/{place.field}"
    console.record(
        "finding",
        {
            "list": name,
            "rule": finding.rule,
            "key": finding.key,
            "place": where,
            "about": {
                "table": place.table,
                "row": place.row,
                "field": place.field,
                "scope": place.scope,
            },
            "message": finding.message.to_json(),
            "text": console.text(finding.message),
            "reason": finding.note.read(console.language) if finding.note else "",
            "source": finding.source,
        },
        f"  {finding.key}  {console.text(finding.message)}",
    )
    reason = reason_of(finding)
    if reason is not None and not console.as_json:
        console.line(" " * 20 + value_text(reason, console.language))


def _targets(options: argparse.Namespace) -> Iterator[tuple[str, Path]]:
    """Where the report goes in each language asked for. Raises InTheWay before anything is done."""
    from desktop.books.findings import file_name

    if options.report is not None:
        yield from targets(options, options.report, file_name)


def _write(options: argparse.Namespace, console: Console, language: str, target: Path, day: str) -> None:
    from desktop.books.findings import write_findings

    path = write_findings(console.progress, options.workspace, target, language, day)
    said = Message("cli.check.report", file=str(path))
    console.record("report", {"language": language, "file": str(path)}, said)


def _set_aside(workspace: Workspace, key: str, reason: str) -> None:
    """Put one open finding aside. Raises UnknownFinding, MayNotSetAside."""
    from desktop.checks import check

    found = {finding.key: finding for finding in check(workspace.plan(), workspace.pack()).findings}
    if key not in found:
        raise UnknownFinding(key)
    if not found[key].may_set_aside:
        raise MayNotSetAside(found[key].message)
    with workspace.operation(Message("cli.label.set_aside")) as op:
        op.set_aside(key, reason, workspace.author.name)


def _title(name: str) -> Message:
    return {
        "mandatory": Message("cli.check.mandatory"),
        "weak": Message("cli.check.weak"),
        "hint": Message("cli.check.hint"),
    }[name]
