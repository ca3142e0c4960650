"""Looking for words in a file, page after page, while the window goes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop.base import Message
from desktop.ui import inside, widgets
from desktop.ui.session import Session
from desktop.ui.viewer.darkroom import SOON, Darkroom, Errand, Table
from desktop.ui.viewer.papers import Found, Paper

PAUSE = 250
"""Milliseconds without typing before a search begins."""


class Search(QObject):
    """One search: begins at the page that is read, goes round, and tells after every page."""

    def __init__(
        self,
        session: Session,
        paper: Paper,
        words: str,
        first: int,
        tell: Callable[[], object],
        parent: QObject,
        table: Table | None,
    ) -> None:
        super().__init__(parent)
        self.words = words
        self.found: list[Found] = []
        self._session = session
        self._paper = paper
        self._tell = tell
        self._table = table
        count = len(paper.sizes)
        self._left = [*range(first, count), *range(first)][::-1]
        self._errand: Errand | None = None
        self._next()

    @property
    def running(self) -> bool:
        """Whether pages are left."""
        return self._errand is not None

    def stop(self) -> None:
        """Give it up."""
        self._left.clear()
        if self._errand is not None:
            self._errand.give_up()
            self._errand = None

    def _next(self) -> None:
        if not self._left:
            self._errand = None
            return
        page, paper, words = self._left.pop(), self._paper, self.words
        self._errand = Darkroom.of(self._session).ask(
            self,
            lambda: paper.find(page, words),
            self._on_found,
            failed=lambda _: self._on_found(()),
            urgency=SOON,
            table=self._table,
        )

    def _on_found(self, found: tuple[Found, ...]) -> None:
        # Pages come in the order they were asked; the list is in the order they are read.
        self.found = sorted([*self.found, *found], key=lambda each: each.page)
        self._next()
        self._tell()

    def on(self, page: int) -> list[Found]:
        """What was found on a page."""
        return [each for each in self.found if each.page == page]


class SearchLine(QWidget):
    """The line to type in, how much was found, and the way from one place to the next."""

    went_to = Signal(object)
    """A :class:`Found` that shall be seen."""
    changed = Signal()

    def __init__(self, session: Session, page: Callable[[], int], table: Table | None) -> None:
        """``page`` tells which page is read now; ``table`` is where its files are read."""
        super().__init__()
        self._session = session
        self._page = page
        self._table = table
        self._paper: Paper | None = None
        self._search: Search | None = None
        self._hit = -1
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self._begin_search)
        speaker = session.speaker
        self.words = QLineEdit()
        inside.clearing(speaker, self.words)
        inside.mark(self.words, "search")
        speaker.tie(self.words, QLineEdit.setPlaceholderText, Message("ui.viewer.find"))
        widgets.call(speaker, self.words, Message("ui.viewer.find"))
        self.words.textChanged.connect(self._later.start)
        self.words.returnPressed.connect(lambda: self.next_hit(1))
        self._told = widgets.label(speaker, "", "muted")
        tool = widgets.tool
        row = widgets.line(
            self.words, self._told,
            tool(speaker, Message("ui.viewer.hit_before"), "chevron-up", lambda: self.next_hit(-1)),
            tool(speaker, Message("ui.viewer.hit_after"), "chevron-down", lambda: self.next_hit(1)),
            tool(speaker, Message("ui.viewer.find_close"), "x", self.end),
            spacing=4,
        )  # fmt: skip
        row.setStretch(0, 1)
        self.setLayout(row)
        self.hide()

    def show_paper(self, paper: Paper | None) -> None:
        """Search in another file from now on."""
        self.end()
        self._paper = paper

    def begin(self) -> None:
        """Open the line to search in."""
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def end(self) -> None:
        """Close it; what was found is forgotten."""
        self.hide()
        self.words.clear()
        self._later.stop()
        self._drop()

    def _drop(self) -> None:
        if self._search is not None:
            self._search.stop()
            self._search.deleteLater()
        self._search, self._hit = None, -1
        self._tell()

    def _begin_search(self) -> None:
        self._drop()
        words = self.words.text().strip()
        if self._paper is not None and words:
            self._search = Search(
                self._session, self._paper, words, self._page(), self._on_found, self, self._table
            )
            self._tell()

    @property
    def hits(self) -> list[Found]:
        """What has been found so far."""
        return self._search.found if self._search is not None else []

    def _on_found(self) -> None:
        if self.hits and self._hit < 0:
            after = [n for n, each in enumerate(self.hits) if each.page >= self._page()]
            self._go_to(after[0] if after else 0)
        else:
            self._tell()

    def next_hit(self, step: int) -> None:
        """Go to the next place found, or the one before."""
        if self._later.isActive():
            self._later.stop()
            self._begin_search()
        elif self.hits:
            self._go_to((self._hit + step) % len(self.hits))

    def _go_to(self, number: int) -> None:
        self._hit = number
        self.went_to.emit(self.hits[number])
        self._tell()

    def areas_on(self, page: int) -> tuple[list[QRectF], tuple[QRectF, ...]]:
        """Where the words stand on a page, and which of these places is meant now."""
        mine = self._search.on(page) if self._search is not None else []
        here = self.hits[self._hit] if 0 <= self._hit < len(self.hits) else None
        areas = [area for each in mine for area in each.areas]
        return areas, here.areas if here is not None and here.page == page else ()

    def _tell(self) -> None:
        said: Message | str = ""
        if self.hits:
            said = Message("ui.viewer.hits", number=self._hit + 1, n=len(self.hits))
        elif self._search is not None:
            said = Message("ui.viewer.searching" if self._search.running else "ui.viewer.no_hit")
        self._session.speaker.tie(self._told, QLabel.setText, said)
        self.changed.emit()
