"""The search index of the open document: made beside the window when first wanted, then kept up to date."""

from __future__ import annotations

from collections.abc import Iterable
from time import sleep
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop.base import Message
from desktop.exchange.searching import Found, Index, Kind, Match, Placing, build, update
from desktop.exchange.searching.asking import Asked, fold
from desktop.exchange.searching.filling import readable
from desktop.exchange.searching.index import NoSearch
from desktop.ui.beside import Beside
from desktop.ui.session import Session
from desktop.workspace.plan import Plan

FILLING = Message("ui.search.filling")
"""What is done while the index is made; nobody reads it but a job's report wants one."""


class Searching(QObject):
    """One per session (:func:`searching_of`); asked at every key, it answers out of what it has so far."""

    ready = Signal()
    """The index holds everything that is written now."""
    failed = Signal(object)
    """A :class:`Message`: why it could not be made."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._beside = Beside(self)
        self._index: Index | None = None
        self._touched: set[tuple[str, str]] = set()
        self._anew = False
        self._placing: tuple[Plan, Placing] | None = None
        session.changed.connect(self._on_changed)
        session.moved.connect(self._forget)
        session.closed.connect(self._forget)

    # -- keeping the index -----------------------------------------------------------------------
    @property
    def complete(self) -> bool:
        """Whether everything that is written now is in the index."""
        return self._index is not None and not (self._beside.running or self._anew or self._touched)

    def begin(self) -> None:
        """Make the index, unless it is there or being made."""
        if self._session.is_open and self._index is None:
            try:
                self._index = Index()
            except NoSearch as problem:
                self.failed.emit(problem.message)
                return
            self._anew = True
            self._work_on()

    def finish(self) -> None:
        """Wait until the index is complete: for who cannot go on without it."""
        self.begin()
        while self._beside.running:
            # a thread given up would go on writing into the index for a while, so it is waited for
            sleep(0.002)
            self._beside.look()

    def _forget(self) -> None:
        self._beside.stop()
        index, self._index = self._index, None
        self._touched.clear()
        self._anew, self._placing = False, None
        if index is not None:
            index.close()

    def _on_changed(self, changes: Any) -> None:
        if self._index is None:
            return
        if ("", "") in changes.rows:  # somebody else's file came in whole: nobody knows what is new in it
            self._anew = True
        self._touched |= changes.rows
        if not self._beside.running:
            self._work_on()

    def _work_on(self) -> None:
        """Do what is still to be done, in a thread that reads the file over a connection of its own."""
        index, session = self._index, self._session
        if index is None or not session.is_open:
            return
        file, pack = readable(session.workspace), session.pack
        # what comes while this is being done is done after it
        rows, anew = frozenset(self._touched), self._anew
        self._touched.clear()
        self._anew = False
        if anew:

            def work(report: Any) -> None:
                def stopped() -> bool:
                    report(0, 0, FILLING)
                    return False

                build(index, file, pack, stopped=stopped)

        else:

            def work(report: Any) -> None:
                report(0, 0, FILLING)
                update(index, file, pack, rows)

        self._beside.start(work, self._done, self._on_failed)

    def _done(self, _result: object) -> None:
        if self._touched or self._anew:
            self._work_on()
        else:
            self.ready.emit()

    def _on_failed(self, reason: Message) -> None:
        """The file could not be read: the next who asks tries again."""
        self._forget()
        self.failed.emit(reason)

    # -- asking ----------------------------------------------------------------------------------
    def find(self, typed: str, *, per_kind: int, kinds: Iterable[Kind] | None = None) -> Found:
        """What answers so far."""
        self.begin()
        if self._index is None:
            return Found(Asked(()))
        return self._index.find(typed, per_kind=per_kind, kinds=kinds)

    @property
    def placing(self) -> Placing:
        """Where results are seen in the plan as it stands."""
        plan = self._session.plan
        if self._placing is None or self._placing[0] is not plan:
            self._placing = plan, Placing(plan, self._session.pack)
        return self._placing[1]

    def go(self, match: Match, asked: Asked) -> None:
        """Go to a result, and to the words in it."""
        spot = self.placing.spot(match)
        if spot is None:
            self._session.failed.emit(Message("ui.search.gone"))
            return
        session = self._session
        session.show(spot.page, spot.ref, spot.place if spot.place.table else None)
        focus = QApplication.focusWidget()
        words = str(match.facts.get("quote") or "") if match.kind is Kind.COMMENT else ""
        point_to(focus, asked, words)


def searching_of(session: Session) -> Searching:
    """The session's own, made when it is first asked for."""
    found = session.findChild(Searching, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Searching) else Searching(session)


def point_to(widget: QWidget | None, asked: Asked, words: str = "") -> bool:
    """Mark the first of the words in the field that has the keyboard; whether they are there."""
    if isinstance(widget, QLineEdit):
        span = _span(widget.text(), asked, words)
        if span is not None:
            widget.setSelection(span[0], span[1] - span[0])
        return span is not None
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        # one letter for one: what is no letter in a document (a picture, a break) takes a place as well
        span = _span(widget.document().toRawText(), asked, words)
        if span is None:
            return False
        cursor = widget.textCursor()
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        widget.setTextCursor(cursor)
        widget.ensureCursorVisible()
        return True
    return False


def _span(text: str, asked: Asked, words: str) -> tuple[int, int] | None:
    if words:
        at = text.find(words)
        return (at, at + len(words)) if at >= 0 else None
    found = asked.marks.search(fold(text))
    return found.span() if found else None
