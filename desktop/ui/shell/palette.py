"""The palette (Ctrl+K): type a few letters of whatever you want to reach, press Enter."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from desktop.base import Message
from desktop.ui import inside, theme, widgets
from desktop.ui.helping.asking import offer_help
from desktop.ui.searching import Searching, searching_of
from desktop.ui.session import Session
from desktop.ui.shell.choices import FINDINGS, REGIONS
from desktop.ui.shell.finding import Haystack
from desktop.ui.shell.sections import Entry, SectionedList

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

RECENT = Message("ui.palette.recent")
SHOWN = 40
"""Entries of one kind shown at most; more letters bring others."""
REMEMBERED = 8
CONTENT = 4
"""Results of the search across everything shown of each kind, below what has a name."""
RESULT = "result:"


_NAMED = frozenset({("programme", "title"), ("programme", "code"), ("agency", "name"), ("agency", "code")})
"""What the palette lists by its name already."""


class Palette(QDialog):
    """A search line over a list of entries."""

    def __init__(self, session: Session, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        offer_help(self, "window")
        speaker = session.speaker
        recent = {name: place for place, name in enumerate(session.settings.recent_choices)}
        # Of equally good answers the one used last comes first.
        self._entries = sorted(entries, key=lambda entry: recent.get(entry.id, len(recent)))
        self._recent = sum(entry.id in recent for entry in self._entries)
        # Numbers, because thousands of entries are sorted into their kinds at every key.
        kinds: dict[Message, int] = {}
        self._kinds = [kinds.setdefault(entry.section, len(kinds)) for entry in self._entries]
        self._hay = Haystack(
            (entry.title, f"{entry.beside} {session.say(entry.section)}") for entry in self._entries
        )
        self.picked: Entry | None = None
        self._session = session
        self._searching: Searching | None = searching_of(session) if session.is_open else None
        if self._searching is not None:
            self._searching.begin()
            self._searching.ready.connect(self._on_ready)
        self.setWindowTitle(session.say(Message("ui.palette.title")))
        self.resize(
            min(theme.grown(640), parent.width() - 40), min(theme.grown(480), max(300, parent.height() - 80))
        )
        layout = widgets.column(margins=(14, 14, 14, 14))
        self.setLayout(layout)
        self.search = QLineEdit()
        speaker.tie(self.search, QLineEdit.setPlaceholderText, Message("ui.palette.search"))
        widgets.call(speaker, self.search, Message("ui.palette.search"))
        inside.mark(self.search, "search")
        self.list = SectionedList(session)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        widgets.call(speaker, self.list, Message("ui.palette.results"))
        self.nothing = widgets.label(speaker, Message("ui.palette.nothing"), "muted", wrap=True)
        layout.addWidget(self.search)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)
        self.search.textChanged.connect(self.search_for)
        self.search.installEventFilter(self)
        self.search.returnPressed.connect(self._take)
        self.list.clicked.connect(lambda _index: self._take())
        self.search_for("")

    def search_for(self, text: str) -> None:
        """Show what answers, grouped by kind; the kind of the best answer comes first."""
        groups: dict[Message, list[Entry]] = {}
        answers = self._hay.find(text)
        if not text.strip() and self._recent:
            known = min(self._recent, REMEMBERED)
            groups[RECENT] = self._entries[:known]
            answers = answers[known:]  # all, in order
        for places in self._by_kind(answers):
            groups[self._entries[places[0]].section] = [self._entries[place] for place in places]
        # what was written comes before what the checks say of it
        last = {name: groups.pop(name) for name in (FINDINGS, REGIONS) if name in groups and len(groups) > 1}
        for heading, found in (*self._content(text), *last.items()):
            groups.setdefault(heading, []).extend(found)
        self.list.show_groups(groups.items())
        self.nothing.setVisible(not groups)

    def _by_kind(self, answers: Sequence[int]) -> Collection[list[int]]:
        """Those of each kind that are shown, the kind of the best first."""
        groups: dict[int, list[int]] = {}
        kinds = self._kinds
        for place in answers:
            kind = kinds[place]
            if kind not in groups:
                groups[kind] = [place]
            elif len(groups[kind]) < SHOWN:
                groups[kind].append(place)
        return groups.values()

    def _content(self, text: str) -> list[tuple[Message, list[Entry]]]:
        """What answers within the document; what is listed by its name already is left out."""
        if self._searching is None:
            return []
        from desktop.exchange.searching import NAMES
        from desktop.ui.pages.search import entry_of

        found = self._searching.find(text, per_kind=CONTENT)
        return [
            (
                NAMES[group.kind],
                [
                    entry_of(self._session, match, found.asked)
                    for match in group.matches
                    if (match.table, match.field.partition(":")[0]) not in _NAMED
                ],
            )
            for group in found.groups
        ]

    def _on_ready(self) -> None:
        """The index is complete; what the person has chosen meanwhile stays chosen."""
        if self.isVisible() and self.search.text().strip():
            at = self.list.currentIndex().row()
            self.search_for(self.search.text())
            self.list.setCurrentIndex(self.list.rows.index(at))

    def _take(self) -> None:
        self.picked = self.list.chosen()
        if self.picked is not None:
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and watched is self.search
            and self.list.walk(event)
        ):
            return True
        return super().eventFilter(watched, event)


def open_palette(window: MainWindow) -> None:
    """Let the person type what they want, and do it."""
    from desktop.ui.shell.choices import everything

    session = window.session
    window.refresh_commands()
    dialog = Palette(session, list(everything(window)), window)
    if dialog.exec() and dialog.picked is not None and dialog.picked.run is not None:
        before = (each for each in session.settings.recent_choices if each != dialog.picked.id)
        if not dialog.picked.id.startswith(RESULT):
            session.remember(recent_choices=(dialog.picked.id, *before)[:REMEMBERED])
        dialog.picked.run()
