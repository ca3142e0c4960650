"""The page of all comments: what was remarked, by whom, what became of it, and the way to each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from desktop.base import Message
from desktop.checks.places import page_of, title_of_page
from desktop.guideline import Guideline
from desktop.ui import theme, widgets
from desktop.ui.comments import Thread, ThreadCard, threads
from desktop.ui.pages.page import Page
from desktop.ui.session import Session

_FILTERS = (
    ("open", Message("ui.comment.filter_open")),
    ("done", Message("ui.comment.filter_done")),
    ("declined", Message("ui.comment.filter_declined")),
    ("", Message("ui.comment.filter_all")),
)


class CommentsPage(Page):
    """Threads page by page, narrowed by their state; a button goes to what each is about."""

    purpose = Message("ui.comment.purpose")
    reading = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.filter = QComboBox()
        for value, name in _FILTERS:
            self.filter.addItem(session.say(name), value)
        widgets.call(session.speaker, self.filter, Message("ui.comment.filter"))
        self.filter.activated.connect(lambda _row: self.refresh())
        session.speaker.changed.connect(self._speak)
        self.count = widgets.label(session.speaker, "", "muted")
        self.add(widgets.line(self.filter, self.count, 1))
        self._list = widgets.column(spacing=theme.GAP)
        self.add(self._list)
        self.body.addStretch(1)
        self.cards: list[ThreadCard] = []

    def _speak(self) -> None:
        for row, (_, name) in enumerate(_FILTERS):
            self.filter.setItemText(row, self.session.say(name))

    def has_findings(self) -> bool:
        return False

    def refresh(self) -> None:
        wanted = str(self.filter.currentData() or "")
        found = threads(self.session.plan, lambda each: not wanted or each.state == wanted)
        self.session.speaker.tie(
            self.count, type(self.count).setText, Message("ui.comment.count", n=len(found))
        )
        widgets.empty(self._list)
        self.cards = []
        if not found:
            empty = Message("ui.comment.none" if wanted in {"open", ""} else "ui.comment.none_here")
            self._list.addWidget(widgets.label(self.session.speaker, empty, "muted", wrap=True))
        for each in found:
            self._list.addWidget(self._entry(each))

    def _entry(self, thread: Thread) -> ThreadCard:
        session = self.session
        card = ThreadCard(session, thread)
        guide = Guideline(session.pack)
        page = page_of(session.plan, guide, thread.first.place)
        if page is not None:
            title = title_of_page(session.plan, guide, page.page, page.ref)
            go = widgets.button(
                session.speaker,
                Message("ui.comment.go", page=title),
                lambda: session.show(page.page, page.ref, thread.first.place),
                icon="arrow-right",
                look="quiet",
            )
            layout = card.layout()
            if layout is not None:
                layout.addWidget(go)
        self.cards.append(card)
        return card

    def step(self, by: int) -> None:
        """Give the keyboard to the next or previous comment."""
        if not self.cards:
            return
        now = next((n for n, card in enumerate(self.cards) if card.hasFocus()), -1 if by > 0 else 0)
        card = self.cards[(now + by) % len(self.cards)]
        card.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.reveal(card)
