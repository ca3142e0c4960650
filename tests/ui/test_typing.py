"""A key typed in a plan of real size costs as little as in an empty one."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit

from desktop.ui.journey import Stop
from tests.ui.keys import too_dear

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


@pytest.mark.slow
def test_a_key_costs_no_more_in_a_large_plan(big):
    """Milliseconds: tests/bench/bench_frames.py."""
    dear = {
        f"{kind.__name__} on {page}": too_dear(place(big, page, kind), TEXT[:30]) for page, kind in PLACES
    }
    assert not any(dear.values()), dear


def place(big, page, kind):
    """The first editor of a kind on a page, ready to be typed into."""
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
    # leaving the page before wrote it; the checks that follow go on between keys and are no key's work either
    big.session.check_now()
    return editor
