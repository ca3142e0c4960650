"""The process in which files are judged: it is told whom to believe, then file after file.

What comes in is from our own program and may be any object; what goes out is JSON only, since a hostile
file may have got hold of this process.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from desktop.base.bounded.frames import MAXIMUM_SETUP, read_frame, write_frame
from desktop.base.bounded.limits import hand_back, resident
from desktop.base.bounded.orphans import end_with
from desktop.base.bounded.serving import channels, confined
from desktop.base.jobs import Report
from desktop.submission.mark import Held
from desktop.submission.task import Believing, Look, Setup, Task

ARGUMENT = "--judge-files"
"""What the program is called with to become this process."""


def main() -> int:
    """Judge until nobody asks any more; the exit code."""
    # a file that takes hours is nobody's any more when the program is gone; who asks first may do so in a
    # thread that ends before this process is asked again
    end_with(os.getppid(), with_thread=False)
    incoming, outgoing = channels()
    _preload()
    with contextlib.suppress(OSError):
        before = resident(os.getpid()) or 0
        first = read_frame(incoming, MAXIMUM_SETUP)
        if first is None:
            return 0
        setup: Setup = pickle.loads(first)  # noqa: S301 - from our own program, through a pipe only it holds
        del first
        setup.anchors.lists  # noqa: B018 - read once, before any limit is set
        # the lists that somebody keeps are nothing that a file is to be blamed for
        own = max(0, (resident(os.getpid()) or 0) - before) if setup.anchors.crls else 0
        write_frame(outgoing, json.dumps({"ready": True, "own": own}).encode())
        while (piece := read_frame(incoming)) is not None:
            task: Task | Look = pickle.loads(piece)  # noqa: S301 - as above
            limits = replace(task.limits, memory=task.limits.memory + own)
            answer = confined(limits, outgoing, _work(setup, task))
            hand_back()
            write_frame(outgoing, json.dumps({"answer": answer}).encode())
    return 0


def _work(setup: Setup, task: Task | Look) -> Callable[[Report], Mapping[str, Any]]:
    if isinstance(task, Believing):
        task = task.told(setup.anchors)
    if not isinstance(task, Task):
        return task.run

    def judge(report: Report) -> Mapping[str, Any]:
        from desktop.submission.verifying import changed, verify

        path = Path(task.path)
        # whoever exchanges the file meanwhile would get the verdict of one and the hash of another
        with Held(path) as held:
            verdict = verify(held.path, setup.anchors, task.now, setup.any, report, setup.due)
            verdict = replace(verdict, file=path.name)
            if setup.digest:
                verdict = replace(verdict, sha256=held.sha256())
            found = verdict if held.same() else changed(path)
            # for whoever keeps it; in no report
            return {**found.to_json(), "until": found.until.isoformat() if found.until else None}

    return judge


class _NoNetwork(ModuleType):
    """Stands in for aiohttp, a quarter of the start: pyHanko loads it for clients that nobody uses here."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        # named in annotations and except clauses, and never made
        return type(name, (Exception,), {})


def _preload() -> None:
    """Load the readers, and start what works beside them, while no limit is set and no clock runs."""
    sys.modules.setdefault("aiohttp", _NoNetwork("aiohttp"))
    from desktop.submission import foreign, own, verifying  # noqa: F401
    from desktop.submission.frame.container import keep_helper
    from desktop.submission.pdf import read  # noqa: F401

    keep_helper()
