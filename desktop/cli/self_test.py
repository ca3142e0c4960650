"""``rancang self-test``: does this installation do its whole job? In a folder that goes away afterwards."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desktop.base import Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console


def add_arguments(parser: Parser, console: Console) -> None:
    """``--no-window`` for machines where Qt cannot start."""
    parser.add_argument("--no-window", action="store_true", help=console.text(Message("cli.help.no_window")))


def run(options: argparse.Namespace, console: Console) -> int:
    """Each part in turn, with its time; exit code 1 when one fails."""
    quiet = Console(console.language, as_json=True)
    quiet.record = lambda *_: None  # type: ignore[method-assign]  # the parts' own words are not this command's
    failed = 0
    with tempfile.TemporaryDirectory(prefix="rancang-self-test-") as name:
        folder = Path(name)
        before = os.environ.get("RANCANG_HOME")
        os.environ["RANCANG_HOME"] = str(folder / "home")
        try:
            steps: list[tuple[Message, Callable[[], int]]] = [
                (Message("cli.self_test.job"), lambda: _demo(folder / "demo", quiet)),
                (Message("cli.self_test.refusal"), lambda: _refusal(folder / "demo" / "paket.asice", quiet)),
            ]
            if not options.no_window:
                steps.append((Message("cli.self_test.window"), _window))
            for label, step in steps:
                started = time.monotonic()
                code = step()
                failed += bool(code)
                seconds = f"{time.monotonic() - started:.1f}"
                outcome = Message("cli.self_test.failed") if code else Message("cli.self_test.passed")
                console.record(
                    "step",
                    {"step": label.id, "passed": not code, "seconds": seconds},
                    Message("cli.self_test.line", step=label, outcome=outcome, seconds=seconds),
                )
        finally:
            os.environ.pop("RANCANG_HOME")
            if before is not None:
                os.environ["RANCANG_HOME"] = before
    return 1 if failed else 0


def _demo(folder: Path, console: Console) -> int:
    from desktop.cli import demo

    return demo.run(argparse.Namespace(folder=folder), console)


def _refusal(package: Path, console: Console) -> int:
    """A single flipped bit must be refused."""
    from desktop.cli import verify

    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    broken = package.with_name("rusak.asice")
    broken.write_bytes(data)
    refused = verify.run(argparse.Namespace(files=[broken], trust=[], any=False), console)
    return 0 if refused == 1 else 1


def _window() -> int:
    """The window starts and closes, in a process of its own (this one must not load Qt)."""
    import subprocess
    import sys

    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]
    return subprocess.run(
        [*program, "--check-window"], check=False, timeout=60, capture_output=True
    ).returncode
