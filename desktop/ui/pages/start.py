"""The start screen: what was worked on, and the ways to begin."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.numbered import numbered
from desktop.ui.pages.recent import RecentRow
from desktop.ui.pages.ways_to_begin import WaysToBegin
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.exchange.guessing import Guess
    from desktop.guideline import PackFile
    from desktop.ui.pages.new_document import NewDocument
    from desktop.ui.reviewing.shelf import Shelf
    from desktop.ui.window import MainWindow

NARROW = 940
"""Below this width, at 100 %, the two columns stand below each other."""
WIDEST = 1320
"""How wide it grows, in pixels of 100 % text."""
SHARES = (6, 5)
"""How the two columns share the width."""
STEPS = ("region", "bring", "gaps")
"""What a first hour looks like, told where there is no document yet."""


class _Pile(QWidget):
    """One of several at a time, as tall as that one needs (a stacked widget is as tall as the tallest)."""

    def __init__(self) -> None:
        super().__init__()
        self._box = widgets.column()
        self.setLayout(self._box)
        self._sides: list[QWidget] = []

    def add(self, side: QWidget) -> None:
        """Put one more on the pile; the first is shown."""
        # into the pile first: shown without a parent it would be a window of its own for a moment
        self._box.addWidget(side, 1)
        side.setVisible(not self._sides)
        self._sides.append(side)

    def show_only(self, side: QWidget) -> None:
        """Show this one."""
        for each in self._sides:
            each.setVisible(each is side)


class StartPage(QScrollArea):
    """Recent documents beside the ways to begin; *new* opens its own form in place."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__()
        self._session = session
        self._window = window
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("look", "page")
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(40, 22, 40, 18)
        outer.setSpacing(16)
        outer.addLayout(self._top())
        self.runner = Runner(session)
        outer.addWidget(self.runner)
        self.sides = _Pile()
        self._new: NewDocument | None = None
        self._start = self._choices()
        self.sides.add(self._start)
        outer.addWidget(self.sides, 1)
        self.setWidget(inside)
        self._inside = inside
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._hold_lines()
        session.look_changed.connect(self._hold_lines)
        self.refresh()

    def _hold_lines(self) -> None:
        """On a wide screen it stands in the middle instead of being drawn apart."""
        self._inside.setMaximumWidth(theme.grown(WIDEST))
        for button in self._languages.values():
            # letters that grew or shrank out of view leave buttons at the width they had
            # and the width asked for is that of thin letters, while the chosen one is bold
            button.setMinimumWidth(0)
            button.ensurePolished()
            bold = QFont(button.font())
            bold.setBold(True)
            thin = QFont(button.font())
            thin.setBold(False)
            wide = [QFontMetrics(each).horizontalAdvance(button.text()) for each in (bold, thin)]
            button.setMinimumWidth(button.sizeHint().width() + max(0, wide[0] - wide[1]))
            button.updateGeometry()

    @property
    def new(self) -> NewDocument:
        """The form for a new document, made when it is first asked for: the first picture does not wait."""
        if self._new is None:
            from desktop.ui.pages.new_document import NewDocument

            self._new = NewDocument(self._session, self._back)
            self.sides.add(self._new)
            self._arrange()
        return self._new

    def _top(self) -> QHBoxLayout:
        speaker, window = self._session.speaker, self._window
        self._languages: dict[str, QPushButton] = {}
        top = widgets.line(spacing=14)
        top.addWidget(widgets.picture("rancang", "primary", 40), 0, Qt.AlignmentFlag.AlignTop)
        words = widgets.column(spacing=0)
        words.addWidget(widgets.label(speaker, "Rancang", "figure"))
        words.addWidget(widgets.label(speaker, Message("ui.start.purpose"), "purpose", wrap=True))
        top.addLayout(words, 1)
        # each in its own language: who cannot read the one finds the other
        for code, name in (("id", "Bahasa Indonesia"), ("en", "English")):
            made = widgets.button(
                speaker, name, partial(window.commands.run, f"language-{code}"), look="quiet"
            )
            made.setCheckable(True)
            self._languages[code] = made
            top.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        settings = widgets.button(
            speaker,
            Message("ui.page.settings"),
            partial(window.commands.run, "go-settings"),
            icon="settings",
            look="quiet",
        )
        top.addWidget(settings, 0, Qt.AlignmentFlag.AlignTop)
        speaker.changed.connect(self._mark_language)
        self._mark_language()
        return top

    def _mark_language(self) -> None:
        for code, button in self._languages.items():
            button.setChecked(code == self._session.speaker.language.value)

    # -- what can be done -----------------------------------------------------------------------
    def _choices(self) -> QWidget:
        made = QWidget()
        self._sides = sides = QHBoxLayout(made)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(24)
        self._recent = widgets.column(spacing=10)
        self._shelf_place = widgets.column()
        self.shelf: Shelf | None = None
        before = widgets.column(spacing=10)
        self._before = widgets.label(self._session.speaker, Message("ui.start.recent"), "section")
        before.addWidget(self._before)
        before.addLayout(self._shelf_place)
        before.addLayout(self._recent)
        before.addStretch(1)
        self._ways = WaysToBegin(self._session, self._window, self.show_new)
        self.first = self._ways.first
        sides.addLayout(before, SHARES[0])
        sides.addWidget(self._ways, SHARES[1])
        return made

    # -- what was used before -------------------------------------------------------------------
    def refresh(self) -> None:
        """Show what was used before."""
        known = self._session.settings.recent
        self._ways.refresh()
        self._show_shelf()
        if self.shelf is not None and not self.shelf.isHidden():
            self.sides.show_only(self._start)
            return
        widgets.empty(self._recent)
        for each in known:
            self._recent.addWidget(RecentRow(self._session, self._window, each))
        if not known:
            self._recent.addWidget(self._first_time())
        self.sides.show_only(self._start)

    def refresh_row(self, path: Path) -> None:
        """Show anew how far one document is; whatever a person is at on this page goes on."""
        known = next((each for each in self._session.settings.recent if each.path == str(path)), None)
        for row in self.findChildren(RecentRow):
            if known is not None and row.path == path and self._recent.indexOf(row) >= 0:
                held = row.title.hasFocus()
                fresh = RecentRow(self._session, self._window, known)
                self._recent.replaceWidget(row, fresh)
                row.hide()
                row.deleteLater()
                if held:
                    fresh.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_shelf(self) -> None:
        """Who reviews several regions has them on a shelf, in place of the documents used before."""
        from desktop.ui.reviewing.shelf import Shelf, has_shelf

        wanted = has_shelf(self._session)
        if wanted and self.shelf is None:
            self.shelf = Shelf(self._session, self._window)
            self._shelf_place.addWidget(self.shelf)
        if self.shelf is not None:
            self.shelf.setVisible(wanted)
        title = Message("ui.shelf.title" if wanted else "ui.start.recent")
        self._session.speaker.tie(self._before, QLabel.setText, title)
        if wanted and self.shelf is not None:
            widgets.empty(self._recent)
            self.shelf.read_soon()

    def _first_time(self) -> QWidget:
        speaker = self._session.speaker
        card = widgets.Card(speaker)
        card.add(widgets.label(speaker, Message("ui.start.first"), "section", wrap=True))
        card.add(widgets.label(speaker, Message("ui.start.no_recent"), "muted", wrap=True))
        steps = (
            (Message(f"ui.start.first.{step}"), Message(f"ui.start.first.{step}.note")) for step in STEPS
        )
        card.add(numbered(speaker, steps))
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside each other (small screens, large letters) things stand below."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.viewport().width() >= theme.grown(NARROW)
        way = QBoxLayout.Direction.LeftToRight if room else QBoxLayout.Direction.TopToBottom
        for sides in (self._sides, *([self._new.sides] if self._new is not None else [])):
            sides.setDirection(way)
            for place in range(sides.count()):
                # side by side they share the width; below each other what is left over is at the end
                sides.setStretch(place, SHARES[place] if room else place)

    # -- beginning ------------------------------------------------------------------------------
    @property
    def asks(self) -> bool:
        """Whether the form for a new document is in view."""
        return self._new is not None and self._new.isVisible()

    def show_new(self) -> None:
        """Ask for region, years, guideline and person."""
        if not self._session.may_leave():
            return
        self._session.leave()
        self.new.prepare()
        self._show_form()

    def _show_form(self) -> None:
        self.sides.show_only(self.new)
        self.verticalScrollBar().setValue(0)
        self.new.take_focus()

    def show_new_with(self, pack: PackFile) -> None:
        """The same with a guideline that was shown: that one, whatever lies at its path by now."""
        self.show_new()
        self._session.attempt(lambda: self.new.guideline.add_asked(pack))

    def start_from(self, paths: list[Path]) -> None:
        """Begin a document for lists that exist already: read them, guess, ask little, then import them."""
        from desktop.exchange.guessing import guess

        if self.runner.running or not paths:
            return
        self.runner.start(partial(self._on_guess, paths), guess, paths[0])

    def _on_guess(self, paths: list[Path], guessed: Guess) -> None:
        if not self._session.may_leave():
            return
        self._session.leave()
        self.new.prepare(guessed, partial(self._import, paths))
        self._show_form()

    def _import(self, paths: list[Path]) -> None:
        from desktop.ui.dialogs.importing import import_path

        for path in paths:
            import_path(self._window, self._session, path)

    def _back(self) -> None:
        self.sides.show_only(self._start)

    def choose_existing(self) -> None:
        """Ask for last year's list and begin a document with it."""
        self._ways.choose_existing()
