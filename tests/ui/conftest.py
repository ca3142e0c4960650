"""What tests of the window stand on: the application, and a guard against work that outlives its test."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import (
    QAbstractAnimation,
    QCoreApplication,
    QEvent,
    QObject,
    QThread,
    QTimer,
    QTranslator,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMainWindow
from pytestqt.qtbot import QtBot

# Whoever waits for something that comes anyhow waits as long as a slow and busy computer needs.
QtBot.waitUntil.__kwdefaults__["timeout"] = QtBot.waitSignal.__kwdefaults__["timeout"] = 60_000

WATCHED = (QThread, QTimer, QAbstractAnimation)


def _kinds() -> set[type]:
    """The watched classes and every class made from them so far."""
    kinds: set[type] = set(WATCHED)
    fresh = list(WATCHED)
    while fresh:
        more = [each for each in fresh.pop().__subclasses__() if each not in kinds]
        kinds.update(more)
        fresh += more
    return kinds


def running() -> dict[int, QObject]:
    """Every thread, timer and animation that works right now, by identity."""
    found: dict[int, QObject] = {}
    kinds = _kinds()
    # type() and not isinstance(): proxies answer isinstance() by waking up
    for each in shiboken6.getAllValidWrappers():
        if type(each) not in kinds:
            continue
        if isinstance(each, QThread):
            works = each.isRunning() and each is not QThread.currentThread()
        elif isinstance(each, QTimer):
            works = each.isActive()
        else:
            works = each.state() == QAbstractAnimation.State.Running
        if works:
            found[id(each)] = each
    return found


def quieten(each: QObject) -> None:
    """Stop what was left, so that only the test that left it fails."""
    if isinstance(each, QThread):
        each.requestInterruption()
        each.quit()
        each.wait(2000)
    elif isinstance(each, QTimer | QAbstractAnimation):
        each.stop()


def describe(each: QObject) -> str:
    """A line by which the leak is found: its class, its name, whose child it is, how long it still waits."""
    parent = each.parent()
    owner = f" of {type(parent).__name__} {parent.objectName()!r}" if parent is not None else ""
    rest = f" ({each.remainingTime()} ms to go)" if isinstance(each, QTimer) else ""
    return f"{type(each).__name__} {each.objectName()!r}{owner}{rest}"


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest, qapp: QCoreApplication) -> Iterator[None]:
    """Fail a test after which a QThread, an active QTimer or an animation still runs.

    A pending ``QTimer.singleShot`` counts too (the binding makes a QTimer for it), even when its
    receiver is gone: let a child timer of the widget do what must not outlive the widget.
    """
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # what an earlier test left was stopped there, so nothing has to be looked for before this one
    left = list(running().values())
    sentences = [describe(each) for each in left]
    for each in left:
        quieten(each)
    if sentences:
        pytest.fail(f"{request.node.name} left running: {'; '.join(sentences)}")


STAYS = 60_000
"""Milliseconds after which a question that nobody answers goes, and its test fails, not waiting for ever."""


@pytest.fixture(autouse=True)
def no_question_stays_open(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test in which a dialog waited for somebody to answer it."""
    asks, open_for_long = QDialog.exec, list[str]()

    def asked(dialog: QDialog) -> int:
        waiting = QTimer(dialog, singleShot=True, interval=STAYS)
        waiting.timeout.connect(lambda: open_for_long.append(type(dialog).__name__))
        waiting.timeout.connect(dialog.reject)
        waiting.start()
        try:
            return asks(dialog)
        finally:
            if shiboken6.isValid(waiting):
                waiting.stop()

    monkeypatch.setattr(QDialog, "exec", asked)
    yield
    if open_for_long:
        pytest.fail(f"{request.node.name} answered nothing: {', '.join(open_for_long)}")


SET_APART = 1_000_000
"""Objects of windows that went, until they are looked through: some sixty windows, 150 MB."""
_looked: dict[str, int] = {}


@pytest.fixture(autouse=True, scope="module")
def garbage_goes_when_there_is_some(qapp: QCoreApplication) -> None:
    """Windows that went are not looked through after every further test; each look takes half a second.

    What an earlier file left alive (a window, the language it taught Qt) goes before the next one begins.
    """
    left = any(issubclass(type(each), (QMainWindow, QTranslator)) for each in shiboken6.getAllValidWrappers())
    if left or gc.get_freeze_count() > _looked.get("count", 0) + SET_APART:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        _looked["count"] = gc.get_freeze_count()


@pytest.fixture(autouse=True, scope="session")
def nothing_left_on_the_clipboard(qapp: QCoreApplication) -> Iterator[None]:
    """Without a screen Qt keeps what was copied beyond its own end and Python's, and crashes over it."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def desk(qtbot, qapp, tmp_path, monkeypatch):
    """The real window before a new workspace of the tiny guideline, and hands to work with it."""
    from tests.ui.desk import Desk

    made = Desk(qtbot, qapp, tmp_path, monkeypatch)
    made.begin()
    yield made
    made.end()


@pytest.fixture
def empty_desk(qtbot, qapp, tmp_path, monkeypatch):
    """The real window at its start screen."""
    from tests.ui.desk import Desk

    made = Desk(qtbot, qapp, tmp_path, monkeypatch)
    yield made
    made.end()


@pytest.fixture(scope="session")
def large_file(tmp_path_factory):
    """The plan of real size (tests/large.py), made once; to be copied before it is opened."""
    from tests.apart import run_apart

    path = tmp_path_factory.mktemp("large") / "besar.rancang"
    run_apart("-m", "tests.large", str(path))
    return path
