"""``rancang verify``: what each package is, and why; exit 0 only when every one is valid."""

from __future__ import annotations

import argparse
import errno
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, clock
from desktop.base.errors import FileProblem
from desktop.cli.arguments import Parser
from desktop.cli.console import Console

if TYPE_CHECKING:
    from desktop.submission import Verdict


def add_arguments(parser: Parser, console: Console) -> None:
    """Files, anchors for this call, and foreign containers."""
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar=console.text(Message("cli.metavar.package")),
        help=console.text(Message("cli.help.verify_files")),
    )
    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        metavar="PEM",
        help=console.text(Message("cli.help.trust")),
    )
    parser.add_argument(
        "--words",
        nargs="+",
        default=[],
        metavar=console.text(Message("cli.metavar.word")),
        help=console.text(Message("cli.help.verify_words")),
    )
    parser.add_argument("--any", action="store_true", help=console.text(Message("cli.help.any")))


def run(options: argparse.Namespace, console: Console) -> int:
    """Print a verdict for each file."""
    from desktop.cli.packages import offices_of
    from desktop.submission import How, judge_many
    from desktop.trust import load_anchors

    anchors, now = load_anchors(options.trust), clock.now()
    for problem in anchors.problems:
        console.say(problem)
    worst = 0
    files = []
    for path in options.files:
        if path.is_file():
            files.append(path)
            continue
        # nothing was judged: not the same as a package that was refused
        missing = (
            IsADirectoryError(errno.EISDIR, "") if path.is_dir() else FileNotFoundError(errno.ENOENT, "")
        )
        console.fail(FileProblem.from_os(missing, str(path)).message)
        worst = 2
    verdicts = judge_many(files, anchors, now, console.progress, How(any=options.any))
    for path, verdict in zip(files, verdicts, strict=True):
        # what a refused file says of itself is not repeated
        offices = {} if verdict.kind.value == "refused" else offices_of(path)
        print_verdict(verdict, console, offices)
        worst = max(worst, verdict.exit_code)
        if options.words:
            worst = max(worst, _compare(verdict, " ".join(options.words), console))
    return worst


def _compare(verdict: Verdict, typed: str, console: Console) -> int:
    """Hold what was typed from paper against a package: 0 when it is its fingerprint, else 1."""
    from desktop.base.fingerprint import Match, compare

    package = verdict.package
    if verdict.kind.value == "refused" or package is None or not package.fingerprint:
        console.note(Message("cli.verify.no_fingerprint", file=verdict.file))
        return 1
    found = compare(package.fingerprint, typed)
    console.record(
        "words",
        {"file": verdict.file, "match": found.match.value, "place": found.place, "nearest": found.nearest},
        found.message,
    )
    return 0 if found.match is Match.EQUAL else 1


def print_verdict(verdict: Verdict, console: Console, offices: Mapping[str, str]) -> None:
    """A verdict with its reasons and signatures; ``offices`` says what the roles are called."""
    console.record(
        "verdict",
        {
            "file": verdict.file,
            "verdict": verdict.kind.value,
            "reasons": [
                {"code": r.code, "weight": r.weight.value, "text": console.text(r.message)}
                for r in verdict.reasons
            ],
            "signatures": [
                {
                    "file": s.file,
                    "role": s.role,
                    "holder": s.holder,
                    "test": s.test,
                    "claimed_at": s.claimed_at.isoformat() if s.claimed_at else None,
                }
                for s in verdict.signatures
            ],
        },
        Message("cli.verify.line", file=verdict.file, verdict=verdict.kind.message),
    )
    for reason in verdict.reasons:
        console.line(f"    [{reason.code}] {console.text(reason.message)}")
    for signature in verdict.signatures:
        what = signature.file or console.text(Message("cli.verify.package"))
        console.line(f"    - {what}: {signature.holder} ({offices.get(signature.role, signature.role)})")
