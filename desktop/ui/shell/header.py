"""The header over the page: where we are, what can be undone, which language, what comes next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout

from desktop.base import Language, Message
from desktop.checks.places import page_place
from desktop.ui import theme, widgets
from desktop.ui.commands import Commands
from desktop.ui.journey import FIRST, OWN, REVIEW, Journey, Stop, describe
from desktop.ui.session import Session
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.ui.comments import CommentMark

_SAID_ELSEWHERE = frozenset(
    {"home", "review", "mine", "duties", "search", "comments", "history", "settings", "finding", "checks"}
)
"""Pages that list what stands on others, or have nothing of the plan on them."""
NARROW = 820
"""Below this width, in pixels of 100 % text, the title needs the room."""


class Header(QFrame):
    """Breadcrumb and title at the left, tools at the right."""

    def __init__(self, session: Session, commands: Commands) -> None:
        super().__init__()
        self._session = session
        self._commands = commands
        self._journey: Journey | None = None
        self._stop: Stop | None = None
        self.setProperty("look", "header")
        widgets.call(session.speaker, self, Message("ui.header.name"))
        self._narrow = False
        self._chips: list[QLabel] = []
        """What stands beside the stage: that the document is an example, that its guideline is a draft."""
        session.look_changed.connect(self._fit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.GUTTER, 8, theme.GUTTER, 8)
        layout.setSpacing(6)
        self.side = self._action_button(commands, "side", "panel-left")
        layout.addWidget(self.side)
        layout.addSpacing(4)
        layout.addLayout(self._words(), 1)
        self._remarks = widgets.line(spacing=0)
        self.remarks: CommentMark | None = None
        layout.addLayout(self._remarks)
        session.changed.connect(self._count_remarks)
        for name, icon in (("undo", "undo-2"), ("redo", "redo-2")):
            layout.addWidget(self._action_button(commands, name, icon))
        layout.addSpacing(4)
        self.languages = {each: self._language_button(each) for each in Language}
        for made in self.languages.values():
            layout.addWidget(made)
        layout.addSpacing(6)
        speaker = session.speaker
        self.check = widgets.button(
            speaker, self._check_words, partial(commands.run, "go-checks"), icon="list-checks"
        )
        widgets.call(speaker, self.check, Message("ui.header.check"))
        speaker.tie(self.check, QPushButton.setToolTip, partial(commands.tip, "go-checks"))
        layout.addWidget(self.check)
        self.next = widgets.button(
            speaker,
            Message("ui.header.next"),
            partial(commands.run, "next"),
            icon="arrow-right",
            look="primary",
        )
        layout.addWidget(self.next)
        speaker.changed.connect(self.speak)
        self._fit()
        self.speak()

    def _fit(self) -> None:
        self.setMinimumHeight(theme.grown(theme.HEADER, at_most=100))
        self._give_room()

    def _give_room(self) -> None:
        """Where room is short the title has it, and the tools show their icons only."""
        narrow = self.width() < theme.grown(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.check.setText(self._session.say(self._check_words()))
        self._fit_crumb()

    def _fit_crumb(self) -> None:
        """The stage stands on one line where it fits beside its marks."""
        beside = sum(chip.sizeHint().width() + theme.GAP for chip in self._chips)
        words = self._crumb.fontMetrics().horizontalAdvance(self._crumb.text()) + 2
        wraps = words > self.title.width() - beside
        # a text that wraps takes all the room there is, else it gets as little as one word needs
        policy = QSizePolicy.Policy.Expanding if wraps else QSizePolicy.Policy.Maximum
        self._crumb.setSizePolicy(policy, QSizePolicy.Policy.Preferred)
        self._crumb.setWordWrap(wraps)
        self._crumbs_row.setStretch(0, int(wraps))
        self._crumbs_row.setStretch(self._crumbs_row.count() - 1, int(not wraps))

    def _check_words(self) -> Message | str:
        return "" if self._narrow else Message("ui.header.check")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The words have another room as soon as a tool comes or goes, not only when the window changes."""
        if watched is self.title and event.type() is QEvent.Type.Resize:
            self._fit_crumb()
        return super().eventFilter(watched, event)

    def _words(self) -> QVBoxLayout:
        """Stage and title: on as many lines as they need, never cut."""
        box = widgets.column(spacing=0)
        self._crumb, self.title = widgets.blank(), widgets.blank()
        for label, look in ((self._crumb, "crumb"), (self.title, "title")):
            label.setProperty("look", look)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setMinimumWidth(120 if label is self.title else 60)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.title.installEventFilter(self)
        box.addStretch(1)
        box.addLayout(self._crumbs())
        box.addWidget(self.title)
        box.addStretch(1)
        return box

    def _crumbs(self) -> QHBoxLayout:
        """The stage, that the document is an example, that its guideline is not in force."""
        self._crumb.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._crumbs_row = row = widgets.line(self._crumb)
        if self._session.is_open and self._session.plan.example:
            example = widgets.label(self._session.speaker, Message("ui.start.example_document"))
            widgets.chip(example, "info")
            row.addWidget(example)
            self._chips.append(example)
        status = self._session.pack.pack.status if self._session.is_open else "in-force"
        if status != "in-force":
            mark = widgets.label(self._session.speaker, Message(f"ui.guideline.mark.{status}"))
            widgets.chip(mark, "warn" if status != "example" else "info")
            title = self._session.pack.pack.called
            self._session.speaker.tie(mark, QLabel.setToolTip, title)
            row.addWidget(mark)
            self._chips.append(mark)
        row.addStretch(1)
        return row

    def _action_button(self, commands: Commands, name: str, icon: str) -> QToolButton:
        made = widgets.tool(self._session.speaker, "", icon)
        commands.follow(made, name)
        return made

    def _language_button(self, language: Language) -> QToolButton:
        made = QToolButton()
        made.setProperty("look", "segment")
        made.setText(language.value.upper())
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        command = f"language-{language.value}"
        self._session.speaker.tie(made, QToolButton.setToolTip, partial(self._commands.tip, command))
        widgets.call(self._session.speaker, made, self._commands.command(command).title)
        made.clicked.connect(partial(self._speak_language, command))
        return made

    def _speak_language(self, command: str, _checked: bool = False) -> None:
        self._commands.run(command)
        self.speak()  # the button of the language spoken stays down

    def one_page(self, alone: bool) -> None:
        """Leave out what leads from page to page where there is only one."""
        for each in (self.side, self.check, self.next):
            each.setVisible(not alone)

    def show_stop(self, journey: Journey, stop: Stop, ref: str = "") -> None:
        """Say where the window is now; ``ref`` is what a page of many shows (one of the programmes)."""
        self._journey, self._stop = journey, stop
        self._offer_remarks(page_place(stop.page, stop.ref or ref))
        self.speak()

    def _offer_remarks(self, place: Place) -> None:
        """A mark for what is said about the page as a whole; pages that only list others have none."""
        from desktop.ui.comments import CommentMark

        if self.remarks is not None and self.remarks.place == place:
            return
        widgets.empty(self._remarks)
        self.remarks = None
        page = place.item.partition("/")[0]
        if page not in _SAID_ELSEWHERE:
            self.remarks = CommentMark(self._session, place, about_page=True)
            self._remarks.addWidget(self.remarks)

    def _count_remarks(self, _changes: object) -> None:
        if self.remarks is not None and self._session.is_open:
            self.remarks.refresh()

    def speak(self) -> None:
        """Write everything anew, in the present language."""
        for language, made in self.languages.items():
            made.setChecked(language is self._session.speaker.language)
        if self._journey is None or self._stop is None:
            return
        title = self._session.say(self._journey.title(self._stop))
        leg = self._journey.leg_of(self._stop)
        way = self._session.say(leg.title) if leg else ""
        if self._stop.page in {FIRST, OWN, REVIEW}:
            way = describe(self._session.plan)
        self._crumb.setText(way)
        self._crumb.setVisible(bool(way))
        self.title.setText(title)
        self._fit_crumb()
        following = self._journey.after(self._stop)
        self.next.setEnabled(following is not None)
        where = self._session.say(self._journey.title(following)) if following else ""
        self.next.setToolTip(f"{self._commands.tip('next')}\n{where}".strip())
        self.next.setAccessibleDescription(where)
