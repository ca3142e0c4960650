"""The header over the page: where we are, what can be undone, which language, what comes next."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton

from desktop.base import Language, Message
from desktop.ui import theme, widgets
from desktop.ui.commands import Commands
from desktop.ui.journey import FIRST, Journey, Stop, describe
from desktop.ui.session import Session


class Header(QFrame):
    """Breadcrumb and title at the left, tools at the right."""

    next_wanted = Signal()
    check_wanted = Signal()
    language_wanted = Signal(object)

    def __init__(self, session: Session, commands: Commands) -> None:
        super().__init__()
        self._session = session
        self._journey: Journey | None = None
        self._stop: Stop | None = None
        self._full = ""
        self.setProperty("look", "header")
        self._fit()
        session.settings_changed.connect(self._fit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.GUTTER, 8, theme.GUTTER, 8)
        layout.setSpacing(6)
        layout.addLayout(self._words(), 1)
        for name, icon in (("undo", "undo-2"), ("redo", "redo-2")):
            layout.addWidget(self._action_button(commands, name, icon))
        layout.addSpacing(4)
        self.languages = {each: self._language_button(each) for each in Language}
        for made in self.languages.values():
            layout.addWidget(made)
        layout.addSpacing(6)
        speaker = session.speaker
        layout.addWidget(
            widgets.button(speaker, Message("ui.header.check"), self.check_wanted.emit, icon="list-checks")
        )
        self.next = widgets.button(
            speaker, Message("ui.header.next"), self.next_wanted.emit, icon="arrow-right", look="primary"
        )
        layout.addWidget(self.next)
        speaker.changed.connect(self.speak)
        self.speak()

    def _fit(self) -> None:
        self.setFixedHeight(theme.grown(theme.HEADER))

    def _words(self) -> QHBoxLayout:
        box = widgets.column(spacing=0)
        self._crumb = QLabel()
        self._crumb.setProperty("look", "crumb")
        self.title = QLabel()
        self.title.setProperty("look", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        # The title gives way before the buttons do; its full text stands in the tooltip.
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._crumb.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        box.addWidget(self._crumb)
        box.addWidget(self.title)
        outer = widgets.line()
        outer.addLayout(box, 1)
        if self._session.is_open and self._session.plan.example:
            example = widgets.label(self._session.speaker, Message("ui.start.example_document"))
            widgets.chip(example, "info")
            outer.addWidget(example)
        return outer

    def _action_button(self, commands: Commands, name: str, icon: str) -> QToolButton:
        made = widgets.tool(self._session.speaker, "", icon)
        commands.follow(made, name)
        made.setIconSize(QSize(18, 18))
        return made

    def _language_button(self, language: Language) -> QToolButton:
        made = QToolButton()
        made.setProperty("look", "segment")
        made.setText(language.value.upper())
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name = Message("ui.language.id") if language is Language.ID else Message("ui.language.en")
        self._session.speaker.tie(made, QToolButton.setToolTip, name)
        widgets.call(self._session.speaker, made, name)
        made.clicked.connect(lambda: self.language_wanted.emit(language))
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        """Cut the title with an ellipsis where it does not fit."""
        width = max(self.title.width(), 60)
        shown = self.title.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, width)
        self.title.setText(shown)
        self.title.setAccessibleName(self._full)

    def show_stop(self, journey: Journey, stop: Stop) -> None:
        """Say where the window is now."""
        self._journey, self._stop = journey, stop
        self.speak()

    def speak(self) -> None:
        """Write everything anew, in the present language."""
        for language, made in self.languages.items():
            made.setChecked(language is self._session.speaker.language)
        if self._journey is None or self._stop is None:
            return
        title = self._session.say(self._journey.title(self._stop))
        leg = self._journey.leg_of(self._stop)
        way = [self._session.say(leg.title) if leg else "", title]
        if self._stop.page == FIRST:
            way = [describe(self._session.plan)]
        sign = "  \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}  "
        self._crumb.setText(sign.join(filter(None, way)))
        self._full = title
        self._elide()
        self.title.setToolTip(title)
        following = self._journey.after(self._stop)
        self.next.setEnabled(following is not None)
        self.next.setToolTip(self._session.say(self._journey.title(following)) if following else "")
