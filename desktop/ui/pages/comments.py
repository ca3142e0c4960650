"""The page of all comments and suggestions: by whom, what became of them, and the way to each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout

from desktop.base import Message
from desktop.base.speech import value_text
from desktop.checks.places import agency_name, page_of, title_of_page
from desktop.exchange.remarks import UNSETTLED, Narrowed, authors_of
from desktop.ui import theme, widgets
from desktop.ui.comments import Thread, ThreadCard, threads
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.flow import Flow
from desktop.ui.pages.page import Page
from desktop.ui.reviewing.asking import asked_at
from desktop.ui.reviewing.cards import SuggestionCard
from desktop.ui.reviewing.suggest import in_language
from desktop.ui.session import Session
from desktop.workspace.plan import Comment, Place, Suggestion

_FILTERS = (
    ("unsettled", Message("ui.comment.filter_unsettled"), UNSETTLED),
    ("open", Message("ui.comment.filter_open"), ("open",)),
    ("answered", Message("ui.comment.filter_answered"), ("answered", "accepted")),
    ("done", Message("ui.comment.filter_done"), ("done", "accepted")),
    ("declined", Message("ui.comment.filter_declined"), ("declined",)),
    ("", Message("ui.comment.filter_all"), ()),
)
"""By what a person narrows the page: the states of comments and suggestions behind each."""


class CommentsPage(Page):
    """Everything that was said, narrowed by state, agency and author; a button goes to what each is about."""

    purpose = Message("ui.comment.purpose")
    reading = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.filter, self.agency, self.author = QuietCombo(), QuietCombo(), QuietCombo()
        for combo, name in (
            (self.filter, Message("ui.comment.filter")),
            (self.agency, Message("ui.comment.by_agency")),
            (self.author, Message("ui.comment.by_author")),
        ):
            widgets.call(session.speaker, combo, name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            combo.activated.connect(lambda _row: self.refresh())
        for value, name, _ in _FILTERS:
            self.filter.addItem(session.say(name), value)
        session.speaker.changed.connect(self._speak)
        self.count = widgets.label(session.speaker, "", "muted")
        self.add(Flow(self.filter, self.agency, self.author, self.count))
        self._list = widgets.column(spacing=theme.GAP)
        self.add(self._list)
        self.body.addStretch(1)
        self.cards: list[QFrame] = []

    def _speak(self) -> None:
        for row, (_, name, _states) in enumerate(_FILTERS):
            self.filter.setItemText(row, self.session.say(name))
        self.refresh()

    def has_findings(self) -> bool:
        return False

    def narrowed(self) -> Narrowed:
        """What is wanted."""
        chosen = str(self.filter.currentData() or "")
        states = next((states for value, _, states in _FILTERS if value == chosen), ())
        return Narrowed(states, str(self.agency.currentData() or ""), str(self.author.currentData() or ""))

    def refresh(self) -> None:
        session = self.session
        self._offer()
        plan, wanted = session.plan, self.narrowed()
        talks = threads(plan, lambda each: wanted.wants(plan, each))
        suggestions = [each for each in plan.suggestions if wanted.wants(plan, each)]
        n = len(talks) + len(suggestions)
        session.speaker.tie(self.count, type(self.count).setText, Message("ui.comment.count", n=n))
        widgets.empty(self._list)
        self.cards = []
        if not n:
            nothing = not (plan.comments or plan.suggestions)
            empty = Message("ui.comment.none" if nothing else "ui.comment.none_here")
            self._list.addWidget(widgets.label(session.speaker, empty, "muted", wrap=True))
        found: list[tuple[str, Thread | Suggestion]] = [(each.first.at, each) for each in talks]
        found += [(each.at, each) for each in suggestions]
        for _, one in sorted(found, key=lambda pair: pair[0]):
            self._list.addWidget(self._suggested(one) if isinstance(one, Suggestion) else self._said(one))

    def _offer(self) -> None:
        plan, language = self.session.plan, self.session.speaker.language
        agencies = [(each.id, value_text(agency_name(plan, each.id), language)) for each in plan.agencies]
        everybody = self.session.say(Message("ui.comment.every_agency"))
        fill(self.agency, [("", everybody), *agencies])
        anybody = self.session.say(Message("ui.comment.every_author"))
        fill(self.author, [("", anybody), *((name, name) for name in authors_of(plan))])

    def _said(self, thread: Thread) -> ThreadCard:
        card = ThreadCard(self.session, thread)
        self._lead(card, thread.first)
        return card

    def _suggested(self, suggestion: Suggestion) -> SuggestionCard:
        asked = asked_at(self.session, suggestion.place)
        if asked is not None:
            asked = in_language(asked, suggestion.place.language)
        card = SuggestionCard(self.session, suggestion, asked)
        self._lead(card, suggestion)
        return card

    def _lead(self, card: QFrame, about: Comment | Suggestion) -> None:
        """A button to what it is about, where that is still there."""
        session = self.session
        page = page_of(session.plan, session.guide, about.place)
        layout = card.layout()
        if page is not None and isinstance(layout, QVBoxLayout):
            go = widgets.button(
                session.speaker,
                Message(
                    "ui.comment.go", page=title_of_page(session.plan, session.guide, page.page, page.ref)
                ),
                partial(self._go, page.page, page.ref, about.place),
                icon="arrow-right",
                look="quiet",
            )
            layout.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        self.cards.append(card)

    def _go(self, page: str, ref: str, place: Place) -> None:
        if place.field == "book":
            self.session.remember(view="book")
        self.session.show(page, ref, place)

    def step(self, by: int) -> None:
        """Give the keyboard to the next or previous card."""
        if not self.cards:
            return
        now = next((n for n, card in enumerate(self.cards) if card.hasFocus()), -1 if by > 0 else 0)
        card = self.cards[(now + by) % len(self.cards)]
        card.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.reveal(card)


def fill(combo: QComboBox, choices: Iterable[tuple[str, str]]) -> None:
    """Offer these, and keep what was chosen where it is among them."""
    wanted = list(choices)
    now = [(str(combo.itemData(row)), combo.itemText(row)) for row in range(combo.count())]
    if now == wanted:
        return
    chosen = combo.currentData()
    combo.clear()
    for value, name in wanted:
        combo.addItem(name, value)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
