"""What an action costs, told without a clock: how much of the program it runs through.

How long something takes depends on the computer and on who else is using it, so seconds are printed by
tests/bench. What a test can hold on to is the work itself: it is the same on every computer.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from typing import Any

TRIES = 3


def steps(act: Callable[..., object], *about: object) -> int:
    """Lines of Python run in this thread by an action; each turn of a loop is counted anew.

    A millisecond of an office laptop is ten or twenty thousand. What other threads and processes do meanwhile
    is not counted: it is not what a person at the window waits for.
    """
    count, before = 0, sys.gettrace()

    def line(_frame: object, event: str, _arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return line

    sys.settrace(line)
    try:
        act(*about)
    finally:
        sys.settrace(before)
    return count


def effort(act: Callable[[], object], enough: float) -> float:
    """How many times as much of the processor an action takes as a fixed piece of work (some 3 ms).

    For what libraries in C do, of which no lines can be counted. Both are measured one right after the
    other in this thread, so that a slow or busy computer changes little, and again where it was more than
    ``enough``; that is many times what is needed all the same.
    """
    taken = float("inf")
    for _ in range(TRIES):
        taken = min(taken, _taken(act) / _taken(_yardstick))
        if taken < enough:
            break
    return taken


def _taken(act: Callable[[], object]) -> float:
    began = time.thread_time()
    act()
    return time.thread_time() - began


def _yardstick() -> None:
    text = "Pemerintah daerah mendorong pelayanan publik yang mudah dan terukur bagi warga desa. " * 100
    for number in range(8):
        words = re.findall(r"[^\W\d_]+", text.casefold() + str(number))
        counted: dict[str, int] = {}
        for word in words:
            counted[word] = counted.get(word, 0) + len(word)
        sorted(words)
