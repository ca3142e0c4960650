"""What others wrote since this person was last here: worked out beside the window."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.base import Message
from desktop.exchange.newness import NewThings, last_seen, mark_seen, what_is_new
from desktop.exchange.searching.filling import readable
from desktop.ui.beside import Beside
from desktop.ui.journey import Journey, Stop
from desktop.ui.session import Session
from desktop.workspace import Workspace, since
from desktop.workspace.author import Author

AFTER = 400
"""Milliseconds after opening: the page is seen first."""
NOTHING = NewThings()


class Newness(QObject):
    """One per session (:func:`newness_of`); it looks again when something came in."""

    changed = Signal()
    """Something else is new now."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._beside = Beside(self)
        self._since: tuple[str, ...] = ()
        self._known: frozenset[str] = frozenset()
        self.things: NewThings = NOTHING
        self.programmes: Counter[str] = Counter()
        """How many of them are in each programme (id)."""
        self._later = QTimer(self, singleShot=True, interval=AFTER)
        self._later.timeout.connect(self.look)
        session.opened.connect(self._on_opened)
        session.closed.connect(self._on_closed)
        session.changed.connect(self._on_changed)
        if session.is_open:
            self._on_opened()

    def _on_opened(self) -> None:
        workspace = self._session.workspace
        before = last_seen(workspace)
        # to whom comes for the first time nothing is new but what comes in from now on
        self._since = since.heads(workspace) if before is None else before
        self._known = frozenset()
        self.things, self.programmes = NOTHING, Counter()
        self._later.start()

    def _on_closed(self) -> None:
        self._later.stop()
        self._beside.stop()
        self.things, self.programmes = NOTHING, Counter()

    def _on_changed(self, _changes: object) -> None:
        self._later.start()

    def look(self) -> None:
        """Look whether there is something new; a quick answer where there is not."""
        self._later.stop()
        if not self._session.is_open or self._beside.running:
            return
        fresh = self._session.attempt(self._fresh)
        if fresh is None or fresh == self._known:
            return
        self._known = fresh
        if not fresh:
            self._take(NOTHING)
            return
        session, author = self._session, self._session.workspace.author
        file, heads = readable(session.workspace), self._since
        self._beside.start(lambda _report: _read(file, author, heads), self._take, self._nobody)

    def finish(self) -> None:
        """Look and wait: for who cannot go on without it."""
        self._beside.stop()
        self._known = frozenset()
        self._later.stop()
        if self._session.is_open:
            self._known = self._fresh()
            self._take(what_is_new(self._session.workspace, self._since) if self._known else NOTHING)

    def _fresh(self) -> frozenset[str]:
        """The change sets of others that are new: one's own make nobody look again."""
        workspace = self._session.workspace
        fresh = since.since(workspace, self._since)
        if not fresh:
            return fresh
        return since.of_others(workspace, fresh, workspace.author.name)

    def _take(self, things: NewThings) -> None:
        if things != self.things:
            self.things = things
            self.programmes = things.programmes
            self.changed.emit()

    def _nobody(self, _reason: Message) -> None:
        """What cannot be read is told by everything else that reads it."""

    # -- what is shown of it ---------------------------------------------------------------------
    def stops(self, journey: Journey) -> Counter[Stop]:
        """How many new things each stop of the journey has."""
        found: Counter[Stop] = Counter()
        for (page, ref), count in self.things.pages.items():
            found[journey.home_of(page, ref)] += count
        return found

    def seen(self) -> None:
        """The person says that all of it was seen."""
        workspace = self._session.workspace
        mark_seen(workspace)
        self._since = since.heads(workspace)
        self._known = frozenset()
        self._take(NOTHING)
        self._session.told.emit(Message("ui.news.marked"))


def _read(file: Path, author: Author, heads: tuple[str, ...]) -> NewThings:
    """In a thread: over the file itself, which a reader may open beside the one who works in it."""
    with Workspace.open(file, author=author, read_only=True, ours=True) as workspace:
        return what_is_new(workspace, heads)


def newness_of(session: Session) -> Newness:
    """The session's own, made when it is first asked for."""
    found: Any = session.findChild(Newness, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Newness) else Newness(session)


__all__ = ["Newness", "newness_of"]
