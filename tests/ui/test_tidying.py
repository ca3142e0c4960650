"""Garbage is looked for in the window's own thread, and what a document left behind is found."""

import gc
import threading

import pytest

from desktop.ui import icons
from desktop.ui.background import beside
from desktop.ui.tidying import Tidying
from tests.ui.desk import Desk

pytestmark = pytest.mark.uncounted

KNOT = 20_000
"""More objects than Python lets come together before it looks by itself."""


def tie_knots():
    """Make garbage that only a search finds."""
    for _ in range(KNOT):
        knot = []
        knot.append(knot)


def test_no_other_thread_looks_for_garbage_while_there_is_a_window(desk):
    looked = []

    def note(phase, _info):
        looked.append(threading.current_thread() is threading.main_thread())

    gc.callbacks.append(note)
    try:
        beside(tie_knots)
        tidying(desk).look()
        # the window's own timer may have come in between, and nobody else
        assert False not in looked
    finally:
        gc.callbacks.remove(note)


def test_without_a_window_python_looks_by_itself(desk):
    assert not gc.isenabled()
    other = Tidying(desk.session)
    other.deleteLater()
    desk.settle()
    assert not gc.isenabled()


def test_nobody_looks_while_a_window_is_taken_apart(qtbot, qapp, tmp_path, monkeypatch):
    """Qt holds a lock meanwhile, which the end of a widget among the garbage would wait for for ever."""
    desk, looked, limits = Desk(qtbot, qapp, tmp_path, monkeypatch), [], gc.get_threshold()

    def note(phase, _info):
        looked.append(phase)

    tie_knots()
    gc.callbacks.append(note)
    gc.set_threshold(1)
    try:
        desk.end()
        assert looked == []
        assert not gc.isenabled()
        qapp.processEvents()
        assert gc.isenabled()
    finally:
        gc.set_threshold(*limits)
        gc.callbacks.remove(note)


def test_python_looks_by_itself_again_when_no_window_is_left(qapp):
    qapp.processEvents()
    assert gc.isenabled()


@pytest.mark.slow
def test_documents_opened_and_closed_again_and_again_leave_nothing_behind(desk):
    sizes = []
    for _ in range(3):
        for stop in desk.window.workbench.journey.stops:
            desk.visit(stop.page, stop.ref)
        desk.session.leave()
        desk.settle()
        tidying(desk).look()
        sizes.append((len(desk.session.speaker._ties), len(icons._ties), len(gc.get_objects())))
        desk.window.open_path(desk.path)
    # the first rounds load what is used for the first time
    (ties, drawn, objects), (ties_after, drawn_after, objects_after) = sizes[1], sizes[2]
    # a document has several hundred of each
    assert ties_after - ties < 50
    assert drawn_after - drawn < 50
    assert objects_after - objects < 5_000


def tidying(desk):
    return next(each for each in desk.session.children() if isinstance(each, Tidying))
