"""``rancang check``: the three lists, and setting findings aside; exit 1 while a mandatory one is open."""

from __future__ import annotations

import argparse

from desktop.base import Message, RancangError
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened

LISTS = ("mandatory", "weak", "hint")


class UnknownFinding(RancangError):
    """No open finding has this key, or it may not be set aside."""

    def __init__(self, key: str) -> None:
        super().__init__(Message("cli.unknown_finding", key=key))


class ReasonMissing(RancangError):
    """Setting aside needs a reason."""

    def __init__(self) -> None:
        super().__init__(Message("cli.reason_missing"))


def add_arguments(parser: Parser, console: Console) -> None:
    """Which list; what to set aside, and why."""
    add_workspace(parser, console)
    parser.add_argument("--list", choices=LISTS, default="", help=console.text(Message("cli.help.list")))
    parser.add_argument(
        "--set-aside", default="", metavar="KEY", help=console.text(Message("cli.help.set_aside"))
    )
    parser.add_argument("--reason", default="", help=console.text(Message("cli.help.reason")))
    parser.add_argument(
        "--take-up", default="", metavar="KEY", help=console.text(Message("cli.help.take_up"))
    )
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print findings; exit code 1 when a mandatory one is open."""
    from desktop.checks import check

    changes = bool(options.set_aside or options.take_up)
    with opened(options, read_only=not changes) as workspace:
        pack = workspace.pack()
        if options.set_aside:
            found = {f.key: f for f in check(workspace.plan(), pack).findings}
            if options.set_aside not in found or not found[options.set_aside].may_set_aside:
                raise UnknownFinding(options.set_aside)
            if not options.reason.strip():
                raise ReasonMissing
            with workspace.operation(Message("cli.label.set_aside")) as op:
                op.set_aside(options.set_aside, options.reason, workspace.author.name)
        if options.take_up:
            with workspace.operation(Message("cli.label.take_up")) as op:
                op.take_up(options.take_up)
        report = check(workspace.plan(), pack)
    for name in LISTS:
        findings = [finding for finding in report.findings if finding.list == name]
        if options.list not in ("", name):
            continue
        console.note(Message("cli.check.heading", list=_title(name), n=len(findings)))
        for finding in findings:
            place = finding.place
            where = place.item or f"{place.table}/{place.row}/{place.field}"
            console.record(
                "finding",
                {
                    "list": name,
                    "rule": finding.rule,
                    "key": finding.key,
                    "place": where,
                    "message": finding.message.to_json(),
                    "text": console.text(finding.message),
                },
                f"  {finding.key}  {console.text(finding.message)}",
            )
    for aside in report.set_aside:
        console.record(
            "set-aside",
            {"key": aside.finding.key, "reason": aside.reason, "rule": aside.finding.rule},
            Message("cli.check.aside", finding=aside.finding.message, reason=aside.reason),
        )
    return 1 if any(finding.list == "mandatory" for finding in report.findings) else 0


def _title(name: str) -> Message:
    return {
        "mandatory": Message("cli.check.mandatory"),
        "weak": Message("cli.check.weak"),
        "hint": Message("cli.check.hint"),
    }[name]
