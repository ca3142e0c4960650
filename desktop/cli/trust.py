"""``rancang trust``: whom this computer believes: certificates of authorities, and revocation lists."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError, clock
from desktop.base.quoting import bounded, bounded_each
from desktop.base.speech import date
from desktop.cli.arguments import Parser
from desktop.cli.console import Console

if TYPE_CHECKING:
    from desktop.trust import KnownAnchor, KnownList

ACTIONS = ("list", "add", "drop", "crl")
CLASSES = ("national", "test", "timestamp")


class NotConfirmed(RancangError):
    """Nobody said that the fingerprint was compared; nothing was kept."""

    exit_code = 1

    def __init__(self) -> None:
        super().__init__(Message("cli.trust.not_confirmed"))


class OtherFingerprint(RancangError):
    """The file holds another certificate than the one whose fingerprint was given; nothing was kept."""

    exit_code = 1

    def __init__(self, holder: str, found: str) -> None:
        super().__init__(Message("cli.trust.other_fingerprint", holder=bounded(holder), found=found))


class WhichFile(RancangError):
    """It was not said which file or name is meant."""

    def __init__(self, action: str) -> None:
        super().__init__(Message("cli.trust.which", action=action))


def add_arguments(parser: Parser, console: Console) -> None:
    """What to do with which file, and the fingerprint that was compared."""
    text = console.text
    parser.add_argument(
        "action",
        choices=ACTIONS,
        nargs="?",
        default="list",
        metavar=text(Message("cli.metavar.action")),
        help=text(Message("cli.help.trust_action")),
    )
    parser.add_argument(
        "file",
        nargs="?",
        default="",
        metavar=text(Message("cli.metavar.file")),
        help=text(Message("cli.help.trust_file")),
    )
    parser.add_argument(
        "--class",
        dest="purpose",
        choices=CLASSES,
        default="national",
        help=text(Message("cli.help.trust_class")),
    )
    parser.add_argument(
        "--fingerprint",
        action="append",
        default=[],
        metavar="HEX",
        help=text(Message("cli.help.trust_fingerprint")),
    )
    parser.add_argument("--yes", action="store_true", help=text(Message("cli.help.trust_yes")))


def run(options: argparse.Namespace, console: Console) -> int:
    """Show, add or drop. Raises NotConfirmed, OtherFingerprint, WhichFile, and what keeping raises."""
    if options.action == "list":
        return _list(console)
    if not options.file:
        raise WhichFile(options.action)
    if options.action == "drop":
        from desktop.trust import drop, known_lists

        before = known_lists()
        left = drop(options.file)
        kept = {each.file for each in known_lists()}
        gone = list(dict.fromkeys(each.issuer for each in before if each.file not in kept))
        told = {"file": options.file, "still": [each.file for each in left], "lists": gone}
        console.record("dropped", told, Message("cli.trust.dropped", file=options.file))
        if gone:
            console.note(Message("cli.trust.dropped_lists", issuers=", ".join(gone)))
        for each in left:
            console.warn(
                Message(
                    "cli.trust.still",
                    holder=bounded(each.holder),
                    file=each.file,
                    purpose=each.purpose.message,
                )
            )
        return 0
    return _add(options, console) if options.action == "add" else _add_list(Path(options.file), console)


def _list(console: Console) -> int:
    from desktop.trust import known, known_lists, load_anchors

    anchors, lists, now = known(), known_lists(), clock.now()
    for anchor in anchors:
        _print_anchor("anchor", anchor, now, console)
    for each in lists:
        _print_list(each, now, console)
    for problem in load_anchors().problems:
        console.warn(problem)
    if not anchors and not lists:
        console.note(Message("cli.trust.none"))
    return 0


def _add(options: argparse.Namespace, console: Console) -> int:
    """Show what is in a file; keep it only when its fingerprint was compared."""
    from desktop.trust import AnchorClass, adopt, known
    from desktop.trust.certificate import grouped

    file, purpose = Path(options.file), AnchorClass(options.purpose)
    found, now = known(file, purpose), clock.now()
    given = {"".join(one.split()).replace(":", "").lower() for one in options.fingerprint}
    for each in found:
        if given and each.fingerprint not in given:
            _print_anchor("offered", each, now, console)
            raise OtherFingerprint(each.holder, grouped(each.fingerprint))
    if not given and not options.yes:
        for each in found:
            _print_anchor("offered", each, now, console)
        raise NotConfirmed
    for each in adopt(file, purpose, [each.fingerprint for each in found]):
        _print_anchor("anchor", each, now, console)
        if each.is_root:
            console.note(Message("cli.trust.added", file=each.file))
        else:
            console.note(Message("cli.trust.added_between", file=each.file))
    return 0


def _add_list(file: Path, console: Console) -> int:
    from desktop.trust import adopt_list

    for each in adopt_list(file):
        _print_list(each, clock.now(), console)
        if each.checked:
            console.note(Message("cli.trust.added_list", file=each.file))
        else:
            console.note(Message("cli.trust.added_unchecked", file=each.file))
    return 0


def _print_anchor(kind: str, anchor: KnownAnchor, now: dt.datetime, console: Console) -> None:
    from desktop.trust.certificate import grouped

    console.record(
        kind,
        {
            "file": anchor.file,
            "name": anchor.name.texts,
            "origin": anchor.kind.value,
            "class": anchor.purpose.value,
            "holder": anchor.holder,
            "issuer": anchor.issuer,
            "sha256": anchor.fingerprint,
            "from": anchor.start.isoformat(),
            "until": anchor.until.isoformat(),
            "expired": anchor.expired(now),
            "root": anchor.is_root,
        },
        Message(
            "cli.trust.anchor",
            file=anchor.file,
            name=bounded_each(anchor.name),
            purpose=anchor.purpose.message,
        ),
    )
    console.line(f"    SHA-256 {grouped(anchor.fingerprint)}")
    start, until = (date(each.date(), console.language) for each in (anchor.start, anchor.until))
    console.note(Message("cli.trust.validity", issuer=bounded(anchor.issuer), start=start, until=until), 4)
    if not anchor.is_root:
        console.note(Message("trust.anchor.between"), 4)
    if anchor.expired(now):
        console.note(Message("trust.anchor.expired"), 4)


def _print_list(each: KnownList, now: dt.datetime, console: Console) -> None:
    until = date(each.next_update.date(), console.language) if each.next_update else "-"
    console.record(
        "crl",
        {
            "file": each.file,
            "issuer": each.issuer,
            "this_update": each.this_update.isoformat(),
            "next_update": each.next_update.isoformat() if each.next_update else None,
            "entries": each.entries,
            "checked": each.checked,
            "outdated": each.outdated(now),
        },
        Message(
            "cli.trust.list",
            file=each.file,
            issuer=bounded(each.issuer),
            this=date(each.this_update.date(), console.language),
            until=until,
            n=each.entries,
        ),
    )
    if each.outdated(now):
        console.note(Message("trust.crl.fetch"), 4)
    if not each.checked:
        console.note(Message("trust.crl.unchecked"), 4)
