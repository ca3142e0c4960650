"""Every screen a person can see, one after the other: for pictures of them, and for measuring them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.journey import Journey, Stop
from desktop.ui.pages.directory import KINDS
from desktop.ui.views import View, offered


def settle(turns: int = 6) -> None:
    """Let everything happen that was asked for."""
    for _ in range(turns):
        QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def rest(seconds: float) -> None:
    """Wait for what is made beside the window (chapters as they will be printed)."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def stops(journey: Journey, *, every: bool) -> list[Stop]:
    """The stops to look at: all of them, or one of each kind (the one with the longest name)."""
    known = [*journey.stops, *journey.advanced.stops]
    if every:
        return known
    chosen: dict[str, Stop] = {}
    for stop in known:
        title = str(journey.title(stop))
        if stop.page not in chosen or len(title) > len(str(journey.title(chosen[stop.page]))):
            chosen[stop.page] = stop
    return sorted(chosen.values(), key=lambda stop: list(KINDS).index(stop.page))


def screens(window: Any, *, every: bool = False) -> Iterator[tuple[str, QWidget]]:
    """Show screen after screen of the open document, with a name for each."""
    bench, session = window.workbench, window.session
    for stop in stops(bench.journey, every=every):
        for view in offered(session.pack, stop) or (View.FIELDS,):
            session.remember(view=view)
            bench.visit(stop)
            bench.current.complete()
            settle()
            if view is View.BOOK:
                rest(0.8)
            name = "-".join(filter(None, (stop.page, stop.ref, "" if view is View.FIELDS else view.value)))
            yield name, window
    session.remember(view=View.FIELDS)
    programmes = session.plan.programmes
    if programmes:
        bench.visit(Stop("programmes", programmes[0].id))
        bench.current.complete()
        settle()
        yield "programme", window
