"""How long what a person waits for takes, as ratios to what is noticed (above 1 is too slow).

Run by hand: python -m pytest -q tests/bench/bench_frames.py
Figures are printed, nothing fails: that each of these costs no more work than it should is held on to by
the tests beside what they test, which count work and know no clock. Time is the processor's of the
window's own thread, so that other work on the computer counts little: the median and the slowest of 100.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable

import pytest

from desktop.base import Message
from desktop.ui.shell.finding import Haystack
from desktop.ui.shell.palette import Palette
from desktop.ui.shell.sections import Entry
from tests.ui.conftest import desk, empty_desk, large_file  # noqa: F401 - what these figures are taken from

KEY, STEP = 16.0, 100.0
"""Milliseconds: a key is on the screen within a frame; nothing else holds the window longer than a tenth."""


@pytest.fixture
def tell(capsys):
    """Print the ratio of what was taken to a limit."""

    def line(name: str, taken: Iterable[float], limit: float) -> None:
        known = sorted(each * 1000 for each in taken)
        slow = known[min(len(known) - 1, int(len(known) * 0.99))]
        with capsys.disabled():
            middle = known[len(known) // 2]
            sys.stdout.write(f"\n{name:<58}{middle:9.2f} ms{slow:9.2f} ms   x {slow / limit:.2f}")

    return line


def repeated(times: int, act: Callable[..., object], *about: object) -> list[float]:
    """Seconds of the processor in this thread that something takes, again and again."""
    taken = []
    for _ in range(times):
        began = time.thread_time()
        act(*about)
        taken.append(time.thread_time() - began)
    return taken


def test_palette(desk, tell):  # noqa: F811
    names = [
        (f"Program {number} layanan terpadu desa {number % 97}", str(number)) for number in range(10_000)
    ]
    hay = Haystack(names)
    for typed in ("p", "layanan 77", "desa 9 program", "lynn 4711", "zzz"):
        tell(f"10,000 entries searched for {typed}", repeated(9, hay.find, typed), KEY)
    entries = [
        Entry(f"x:{place}", name, Message("ui.palette.page"), beside=beside)
        for place, (name, beside) in enumerate(names)
    ]
    dialog = Palette(desk.session, entries, desk.window)
    dialog.show()
    desk.settle()

    def key(typed: str) -> None:
        dialog.search.setText(typed)
        dialog.list.viewport().repaint()

    for typed in ("p", "la", "layanan 77", "lynn 4711"):
        taken = []
        for _ in range(9):
            dialog.search.clear()
            desk.settle()
            taken += repeated(1, key, typed)
        tell(f"a key in the palette of 10,000: {typed}", taken, KEY)
    dialog.close()
    dialog.deleteLater()
