"""``rancang self-test``: does this installation do its whole job? In a folder that goes away afterwards."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError, clock
from desktop.cli.arguments import Parser
from desktop.cli.console import Console, Silent

if TYPE_CHECKING:
    from desktop.submission import Verdict


def add_arguments(parser: Parser, console: Console) -> None:
    """``--no-window`` for machines where Qt cannot start."""
    parser.add_argument("--no-window", action="store_true", help=console.text(Message("cli.help.no_window")))


def run(options: argparse.Namespace, console: Console) -> int:
    """Each part in turn, with its time; exit code 1 when one fails."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="rancang-self-test-") as name:
        folder = Path(name)
        before = os.environ.get("RANCANG_HOME")
        os.environ["RANCANG_HOME"] = str(folder / "home")
        try:
            for label, step in _steps(folder, console, window=not options.no_window):
                failed += not _passes(label, step, console)
        finally:
            os.environ.pop("RANCANG_HOME")
            if before is not None:
                os.environ["RANCANG_HOME"] = before
    return 1 if failed else 0


def _steps(folder: Path, console: Console, *, window: bool) -> list[tuple[Message, Callable[[], bool]]]:
    # the parts' own words are not this command's
    silent = Silent(console.language, as_json=console.as_json)
    package = folder / "demo" / "paket.asice"
    root = folder / "demo" / "uji" / "uji-root.pem"
    steps: list[tuple[Message, Callable[[], bool]]] = [
        (Message("cli.self_test.job"), lambda: _demo(folder / "demo", silent)),
        (Message("cli.self_test.search"), _search),
        (Message("cli.self_test.judging"), lambda: _judging(package, root)),
        (Message("cli.self_test.refusal"), lambda: _refusal(package, root)),
        (Message("cli.self_test.desk"), lambda: _desk(package, root, folder / "desk", silent)),
    ]
    if window:
        steps.append((Message("cli.self_test.window"), _window))
    return steps


def _passes(label: Message, step: Callable[[], bool], console: Console) -> bool:
    """Run one part and say how it went; a part that fails with a sentence says it."""
    started = time.monotonic()
    reason: Message | None = None
    try:
        passed = step()
    except RancangError as error:
        passed, reason = False, error.message
    seconds = round(time.monotonic() - started, 1)
    outcome = Message("cli.self_test.passed") if passed else Message("cli.self_test.failed")
    console.record(
        "step",
        {
            "step": label.id,
            "passed": passed,
            "seconds": seconds,
            "reason": console.text(reason) if reason else "",
        },
        Message("cli.self_test.line", step=label, outcome=outcome, seconds=f"{seconds:.1f}"),
    )
    if reason is not None:
        console.note(reason)
    return passed


def _demo(folder: Path, console: Console) -> bool:
    from desktop.cli import demo

    return demo.run(argparse.Namespace(folder=folder), console) == 0


def _search() -> bool:
    """The SQLite of this installation can search in texts."""
    from desktop.exchange.searching import Document, Index, Kind

    index = Index()
    index.put([Document(Kind.FORM, "answer", "1", "value", "", "Layanan publik", {})])
    return index.find("layan").total == 1


def _judged(package: Path, root: Path) -> Verdict:
    """What a process of its own says, in which every file that came from elsewhere is judged."""
    from desktop.submission import judge
    from desktop.trust import load_anchors

    return judge(package, load_anchors([root]), clock.now())


def _judging(package: Path, root: Path) -> bool:
    return _judged(package, root).exit_code == 0


def _refusal(package: Path, root: Path) -> bool:
    """A single flipped bit must be refused, and not because nothing can be judged here."""
    from desktop.base.errors import FileProblem

    try:
        data = bytearray(package.read_bytes())
        data[len(data) // 2] ^= 1
        broken = package.with_name("rusak.asice")
        broken.write_bytes(data)
    except OSError as error:
        raise FileProblem.from_os(error, str(package)) from error
    verdict = _judged(broken, root)
    return verdict.kind.value == "refused" and not any(
        reason.code.startswith("limit.") for reason in verdict.reasons
    )


def _desk(package: Path, root: Path, folder: Path, console: Console) -> bool:
    """A register receives the package, in processes of another kind, and writes its lists and receipts."""
    from desktop.base.errors import FileProblem
    from desktop.cli import receive

    inbox = folder / "inbox"
    try:
        inbox.mkdir(parents=True)
        shutil.copyfile(package, inbox / package.name)
    except OSError as error:
        raise FileProblem.from_os(error, str(package)) from error
    parser = Parser()
    receive.add_arguments(parser, console)
    words = [inbox, "--register", folder / "desk.sqlite", "--trust", root, "--xlsx", folder / "desk.xlsx",
             "--receipts", folder / "receipts"]  # fmt: skip
    code = receive.run(parser.parse_args([str(word) for word in words]), console)
    return code == 0 and any((folder / "receipts").iterdir())


def _window() -> bool:
    """The window starts and closes, in a process of its own (this one must not load Qt)."""
    import subprocess
    import sys

    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]
    try:
        done = subprocess.run([*program, "--check-window"], check=False, timeout=60, capture_output=True)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
