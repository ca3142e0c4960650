"""What typing costs, counted: the lines of the program that run before a key is on the screen."""

from __future__ import annotations

import time

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.effort import steps

KEY = 5_000
"""Lines for a key: five times what the editor of chapters needs, and a small part of a frame (16 ms)."""
FIRST = 5 * KEY
"""For the first key in a field, which begins an edit."""

PAUSE = 0.4
"""Seconds: the shortest pause in typing that something waits for (``desktop/ui/editor``)."""


def too_dear(editor: QWidget, text: str) -> list[int]:
    """Type letter by letter; the lines of those keys that cost too much, one besides the first excepted.

    What was waiting for a pause (spelling, checks) may come to its turn between any two keys; on a computer
    that is so busy that a pause goes by meanwhile, as often as one does. Where typing is dear most keys are.
    """
    began = time.monotonic()
    costs = [steps(lambda letter=letter: _press(editor, letter)) for letter in text]
    pauses = min(1 + int((time.monotonic() - began) / PAUSE), len(text) // 3)
    dear = sorted(each for each in costs[1:] if each > KEY)[:-pauses]
    return dear + [each for each in costs if each > FIRST]


def _press(editor: QWidget, letter: str) -> None:
    QTest.keyClick(editor, letter)
    QApplication.processEvents()
