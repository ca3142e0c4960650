"""What travelling costs: handing out, sending 1,000 edits of a 10,000-row workspace, looking at them.

Run by hand, with the folder of the checkout as PYTHONPATH: python tests/bench/bench_travel.py
A busy machine makes all figures larger.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from desktop.exchange import coming_back
from desktop.exchange.changes_file import SUFFIX, send
from desktop.exchange.handing_out import hand_out
from desktop.workspace import Author, Workspace
from desktop.workspace.handouts import MadeFor
from tests.bench import bench_merge

T = TypeVar("T")
PREVIEW_LIMIT, SIZE_LIMIT = 400, 45_000
"""Milliseconds for looking at a thousand edits, and bytes they may take."""


def timed(name: str, work: Callable[[], T]) -> T:
    """Do something and say how long it took."""
    return measured(name, work)[0]


def measured(name: str, work: Callable[[], T]) -> tuple[T, float]:
    """The same, with the milliseconds."""
    begun = time.perf_counter()
    made = work()
    took = (time.perf_counter() - begun) * 1000
    sys.stdout.write(f"{name:46} {took:8.0f} ms" + "\n")
    return made, took


def main() -> int:
    """Print every figure; 1 where a limit was missed."""
    missed = list[str]()
    with tempfile.TemporaryDirectory(prefix="rancang-bench-") as name:
        folder = Path(name)
        os.environ["RANCANG_HOME"] = str(folder / "home")
        bench_merge.REPLICAS = 0
        bench_merge.prepare(folder)
        shutil.copy(folder / "base.rancang", folder / "hub.rancang")
        with Workspace.open(folder / "hub.rancang", author=Author("Sari")) as hub:
            since = hub._journal.newest()
            os.environ["RANCANG_HOME"] = str(folder / "home of colleague")
            with Workspace.open(folder / "colleague.rancang", author=Author("Budi")) as colleague:
                changes, whole = folder / f"budi{SUFFIX}", folder / f"semua{SUFFIX}"
                sent = timed("send 1,000 edits", lambda: send(colleague, changes, since=since))
                sys.stdout.write(f"{'their size':46} {sent.size:8} bytes (limit {SIZE_LIMIT})" + "\n")
                missed += ["size of 1,000 edits"] * (sent.size > SIZE_LIMIT)
                full = timed("send everything", lambda: send(colleague, whole, full=True))
                sys.stdout.write(f"{'its size':46} {full.size:8} bytes" + "\n")
            os.environ["RANCANG_HOME"] = str(folder / "home")
            _, took = measured(f"preview 1,000 edits (limit {PREVIEW_LIMIT})", lambda: hub.preview(changes))
            missed += ["preview of 1,000 edits"] * (took > PREVIEW_LIMIT)
            timed("the same with the plan to come, in words", lambda: coming_back.look(hub, [changes]))
            timed("preview everything", lambda: hub.preview(whole))
            timed("preview the whole workspace file", lambda: hub.preview(folder / "colleague.rancang"))
            whom = MadeFor(role="mentor", person="Wayan")
            timed("hand out a copy", lambda: hand_out(hub, folder / "w.rancang", whom, evidence=False))
            timed("take 1,000 edits over, checks included", lambda: coming_back.take(hub, [changes]))
    if missed:
        sys.stdout.write(f"limits MISSED: {', '.join(missed)}\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
