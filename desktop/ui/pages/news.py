"""What others wrote since this person was last here: by agency and programme, each with the way to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel

from desktop.base import Message
from desktop.cli.past_told import Past, ToldChange
from desktop.exchange.newness import NewThing
from desktop.ui import widgets
from desktop.ui.newness import newness_of
from desktop.ui.pages.page import Page
from desktop.ui.pages.search import ResultPainter
from desktop.ui.past.wording import Wording
from desktop.ui.reviewing.diff import AT_A_GLANCE, DiffLabel
from desktop.ui.session import Session
from desktop.ui.shell.sections import Entry, SectionedList

FEW = 80
"""Things listed at once; more are told when somebody asks."""
_WHAT = {
    "new": Message("ui.news.what.new"),
    "changed": Message("ui.news.what.changed"),
    "deleted": Message("ui.news.what.deleted"),
}
_ICONS = {"new": "plus", "changed": "pen-line", "deleted": "x"}


class NewsPage(Page):
    """A list; of the chosen one the words that went and came stand below it."""

    purpose = Message("ui.news.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        self.newness = newness_of(session)
        self.count = widgets.label(speaker, "", "muted", wrap=True)
        self.done = widgets.button(speaker, Message("ui.news.seen"), self.newness.seen, icon="check")
        row = widgets.line(self.count, 1, self.done)
        row.setStretch(0, 1)
        self.add(row)
        self.list = SectionedList(session, painter=ResultPainter)
        widgets.call(speaker, self.list, Message("ui.page.news"))
        self.list.clicked.connect(lambda _index: self._show())
        self.list.doubleClicked.connect(lambda _index: self.go())
        self.list.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show())
        self.add(self.list, 1)
        widgets.keep_room(self.list)
        self.more = widgets.button(speaker, Message("ui.past.more"), self._further, look="quiet")
        self.add(self.more)
        card = widgets.Card(speaker)
        self.words = DiffLabel(session, most=AT_A_GLANCE)
        self.go_button = widgets.button(
            speaker, Message("ui.news.go"), self.go, icon="arrow-right", look="primary"
        )
        # the button stays at the right where there are no words to be shown
        beside = widgets.line(self.words, self.go_button)
        beside.setStretch(0, 1000)
        beside.insertStretch(1, 1)
        card.add(beside)
        self.card = card
        self.add(card)
        self.newness.changed.connect(self.mark_stale)
        self._wording = Wording(session, self)
        self._most = FEW
        self._told: dict[str, ToldChange] = {}

    def has_findings(self) -> bool:
        return False

    def take_focus(self) -> None:
        if self.newness.things.things:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_focus()

    def refresh(self) -> None:
        things = self.newness.things
        said = Message("ui.news.none")
        if things.things:
            people = ", ".join(name for name, _ in things.people)
            said = Message("ui.news.count", n=len(things.things), people=people)
        self.session.speaker.tie(self.count, QLabel.setText, said)
        self.done.setEnabled(bool(things.things))
        self.list.setVisible(bool(things.things))
        if things.things:
            self._wording.ask(self._list)
        else:
            self._told = {}
            self.list.show_groups([])
            self.more.hide()
            self._show()

    def _list(self, past: Past) -> None:
        """List the newest ones in these words."""
        things, room = self.newness.things, self._most
        self._told = {}
        groups: list[tuple[Message, list[Entry]]] = []
        grouped = things.grouped()
        for (agency, programme), found in grouped.items():
            if room <= 0:
                break
            head = Message(
                "ui.news.group",
                agency=past.agency(agency) or self.session.say(Message("ui.news.team")),
                programme=past.programme(programme) or Message("ui.news.no_programme"),
                n=len(found),
            )
            groups.append((head, [self._entry(past, each) for each in found[:room]]))
            room -= len(found)
        row = self.list.currentIndex().row()
        self.list.show_groups(groups)
        if row >= 0 and self._most > FEW:
            self.list.setCurrentIndex(self.list.rows.index(row))
        self.more.setVisible(sum(map(len, grouped.values())) > self._most)
        self._show()

    def _further(self) -> None:
        self._most += FEW
        self.refresh()

    def _entry(self, past: Past, thing: NewThing) -> Entry:
        told = past.new(thing)
        identity = f"{thing.table}/{thing.row}/{thing.field}"
        self._told[identity] = told
        note = Message("ui.news.note", what=_WHAT[thing.what], author=thing.author, at=thing.at)
        title = f"{told.where}: {told.field}" if told.field else told.where
        title = title[:1].upper() + title[1:]
        return Entry(
            identity,
            title,
            Message("ui.page.news"),
            partial(self._to, thing),
            note=self.session.say(note),
            icon=_ICONS[thing.what],
        )

    def _show(self) -> None:
        chosen = self.list.chosen()
        told = self._told.get(chosen.id) if chosen is not None else None
        self.card.setVisible(told is not None)
        if told is not None:
            self.words.show_both(told.before, told.after)
            self.words.setVisible(bool(told.before or told.after))
            self.go_button.setEnabled(told.page is not None)

    def go(self) -> None:
        """Go to what is chosen."""
        chosen = self.list.chosen()
        if chosen is not None and chosen.run is not None:
            chosen.run()

    def _to(self, thing: NewThing) -> None:
        if thing.page is None:
            self.session.told.emit(Message("ui.news.gone"))
            return
        self.session.show(thing.page.page, thing.page.ref, thing.place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if pressed and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:  # type: ignore[attr-defined]
            self.go()
            return True
        return super().eventFilter(watched, event)
