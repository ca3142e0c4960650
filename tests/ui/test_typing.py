"""A key typed in a plan of real size is on the screen within a frame, 99 times of 100."""

from __future__ import annotations

import shutil
import time

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from desktop.ui.journey import Stop
from tests.ui.watchdog import tracing

FRAME = 16
"""Milliseconds."""
TEXT = "layanan perizinan satu pintu yang cepat dan terbuka bagi warga kabupaten. " * 2
PLACES = (
    ("form", QLineEdit), ("form", QPlainTextEdit), ("chapter", QTextEdit), ("programmes", QPlainTextEdit),
    ("profile", QLineEdit),
)  # fmt: skip


@pytest.fixture
def big(empty_desk, large_file, tmp_path):
    """The window over the large plan."""
    path = tmp_path / "besar.rancang"
    shutil.copy(large_file, path)
    empty_desk.window.open_path(path)
    empty_desk.session.check_now()
    empty_desk.settle()
    return empty_desk


def test_a_key_takes_less_than_a_frame(big, record_property):
    p99s = {f"{kind.__name__} on {page}": measured(big, page, kind) for page, kind in PLACES}
    record_property("p99 milliseconds", p99s)
    assert {place: taken for place, taken in p99s.items() if taken >= FRAME * tracing()} == {}


def measured(big, page, kind):
    """The better of two tries: what others do on this machine meanwhile makes one of them slow, not both."""
    first = p99(big, page, kind)
    return first if first < FRAME * tracing() else min(first, p99(big, page, kind))


def p99(big, page, kind):
    """Milliseconds of processor time that 99 of 100 keys stay under, in the first editor of a kind."""
    stops = [stop for stop in big.window.workbench.journey.stops if stop.page == page]
    stop = Stop("programmes", big.plan.programmes[0].id) if page == "programmes" else stops[0]
    if page == "chapter":  # of a book, not the short parts of a letter
        stop = next(each for each in stops if each.ref.startswith("I."))
    big.window.workbench.visit(stop)
    big.window.workbench.current.complete()
    big.settle()
    editor = next(
        each
        for each in big.window.workbench.current.findChildren(kind)
        if each.isVisible() and not each.isReadOnly()
    )
    editor.setFocus()
    big.settle()
    for _ in range(20):  # what the page still draws of itself just after it was opened is no key's work
        QTest.qWait(10)
    taken = []
    for letter in TEXT:
        began = time.thread_time()
        QTest.keyClick(editor, letter)
        QApplication.processEvents()
        taken.append((time.thread_time() - began) * 1000)
    return round(sorted(taken)[int(len(taken) * 0.99) - 1], 1)
