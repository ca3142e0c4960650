"""The process in which files are read: asked one thing after another, confined while it answers.

What comes in is from our own program and may be any object; what goes out is JSON and plain bytes only,
since a hostile file may have got hold of this process.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import time
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from desktop.base.bounded.frames import MAXIMUM_SETUP, read_frame, write_frame
from desktop.base.bounded.limits import Limits, confine, end_after, spend_at_most, starved
from desktop.base.bounded.orphans import end_with
from desktop.base.bounded.task import Look
from desktop.base.jobs import Report
from desktop.base.message import Message

ARGUMENT = "--read-files"
"""What the program is called with to become this process."""

_PROGRESS_EVERY = 0.1
_GRACE = 5.0
"""Seconds after which this process ends by itself, beyond those it was given."""


def main() -> int:
    """Read until nobody asks any more; the exit code."""
    # whoever asks may do so in a thread that ends before this process is asked again
    end_with(os.getppid(), with_thread=False)
    incoming, outgoing = channels()
    with contextlib.suppress(OSError):
        if read_frame(incoming) is None:
            return 0
        write_frame(outgoing, json.dumps({"ready": True}).encode())
        while (piece := read_frame(incoming, MAXIMUM_SETUP)) is not None:
            look: Look = pickle.loads(piece)  # noqa: S301 - from our own program, through a pipe only it holds
            answer = dict(confined(look.limits, outgoing, look.run))
            data = answer.pop("data", None)
            write_frame(outgoing, json.dumps({"answer": answer, "data": data is not None}).encode())
            if data is not None:
                write_frame(outgoing, data)
            # what was read counts for the next file too, as long as it is held
            del piece, look, answer, data
    return 0


def channels() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the program; nothing that a library prints may get between."""
    incoming = os.fdopen(os.dup(0), "rb", buffering=0)
    outgoing = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    return incoming, outgoing


def confined(
    limits: Limits, outgoing: BinaryIO, work: Callable[[Report], Mapping[str, Any]]
) -> Mapping[str, Any]:
    """What the work answers, while limits hold and whoever asked hears how far it is."""
    told = 0.0

    def report(done: int, total: int, message: Message) -> None:
        nonlocal told
        if time.monotonic() - told >= _PROGRESS_EVERY:
            told = time.monotonic()
            write_frame(outgoing, json.dumps({"progress": [done, total, message.to_json()]}).encode())

    end_after(limits.longest + _GRACE)
    spend_at_most(limits.seconds)
    confine(limits.memory)
    try:
        return work(report)
    except Exception as error:  # memory that ran out is told in many ways; the rest is raised again
        if starved(error):
            return {"limit": "memory"}
        raise
    finally:
        spend_at_most(0)
        end_after(0)
