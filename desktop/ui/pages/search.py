"""The page that searches everything: best answers first, by kind, each one press from its place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QStyleOptionViewItem

from desktop.base import Message
from desktop.base.speech import value_text
from desktop.exchange.searching import NAMES, Found, Kind, Match
from desktop.exchange.searching.asking import Asked
from desktop.ui import icons, inside, theme, widgets
from desktop.ui.flow import Flow
from desktop.ui.pages.page import Page
from desktop.ui.searching import searching_of
from desktop.ui.session import Session
from desktop.ui.shell.sections import ENTRY, Entry, Index, RowPainter, SectionedList, draw_marked

FEW, MANY = 8, 200
"""Results shown of each kind, and of one that was chosen."""
ICONS = {
    Kind.PROGRAMME: "target",
    Kind.CHAPTER: "pen-line",
    Kind.FORM: "clipboard-list",
    Kind.WORKSHEET: "table",
    Kind.EVIDENCE: "paperclip",
    Kind.COMMENT: "message-square",
    Kind.PEOPLE: "building-2",
    Kind.MOVEMENT: "users",
    Kind.HEARING: "message-square-check",
    Kind.REGION: "landmark",
    Kind.TASK: "list-checks",
    Kind.GUIDELINE: "book-open",
}


class ResultPainter(RowPainter):
    """A result on two lines: what is written, with the words marked, and where that is."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = isinstance(index.data(ENTRY), Message)
        return QSize(100, theme.grown(30 if heading else 48))

    def _paint_entry(self, painter: QPainter, font: QFont, area: QRect, row: Entry) -> None:
        size = theme.grown(16)
        picture = icons.pixmap(row.icon, theme.colours().muted, size)
        half = area.height() // 2
        painter.drawPixmap(area.left(), area.top() + (half - size) // 2 + theme.grown(4), picture)
        area.setLeft(area.left() + size + 10)
        painter.setFont(font)
        painter.setPen(QColor(theme.colours().text))
        first = QRect(area.left(), area.top() + theme.grown(3), area.width(), half - theme.grown(1))
        draw_marked(painter, first, row.marks or ((row.title, False),))
        painter.setPen(QColor(theme.colours().muted))
        second = QRect(area.left(), area.top() + half, area.width(), half - theme.grown(4))
        note = painter.fontMetrics().elidedText(row.note, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(second, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, note)


def entry_of(session: Session, match: Match, asked: Asked) -> Entry:
    """A result as something to choose."""
    searching = searching_of(session)
    return Entry(
        f"result:{match.table}/{match.row}/{match.field}",
        match.plain,
        NAMES[match.kind],
        partial(searching.go, match, asked),
        note=value_text(searching.placing.where(match), session.speaker.language),
        icon=ICONS[match.kind],
        marks=match.text,
    )


class SearchPage(Page):
    """Words at the top, kinds beside them, and what answers below."""

    purpose = Message("ui.search.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        self.words = QLineEdit()
        inside.clearing(speaker, self.words)
        speaker.tie(self.words, QLineEdit.setPlaceholderText, Message("ui.search.words"))
        widgets.call(speaker, self.words, Message("ui.search.words"))
        inside.mark(self.words, "search")
        self.words.textChanged.connect(self.look)
        self.words.installEventFilter(self)
        self.kind = QComboBox()
        self._kinds: tuple[Kind | None, ...] = (None, *Kind)
        for kind in self._kinds:
            self.kind.addItem(session.say(self._name(kind)))
        widgets.call(speaker, self.kind, Message("ui.search.kind"))
        self.kind.activated.connect(lambda _row: self.look())
        line = Flow(self.words, self.kind)
        line.grow(self.words)
        self.add(line)
        self.said = widgets.label(speaker, Message("ui.search.begin"), "muted", wrap=True)
        self.add(self.said)
        self.list = SectionedList(session, painter=ResultPainter)
        widgets.call(speaker, self.list, Message("ui.search.results"))
        self.list.clicked.connect(lambda _index: self.take())
        self.list.installEventFilter(self)
        self.add(self.list, 1)
        widgets.keep_room(self.list)
        self.searching = searching_of(session)
        self.searching.ready.connect(self._on_ready)
        self.searching.failed.connect(self._on_failed)
        speaker.changed.connect(self._speak)
        self._slowly = QTimer(self, singleShot=True, interval=120)
        self._slowly.timeout.connect(self.look)

    def has_findings(self) -> bool:
        return False

    def keeps(self) -> bool:
        return bool(self.words.text())

    @staticmethod
    def _name(kind: Kind | None) -> Message:
        return NAMES[kind] if kind is not None else Message("ui.search.all_kinds")

    def _speak(self) -> None:
        for row, kind in enumerate(self._kinds):
            self.kind.setItemText(row, self.session.say(self._name(kind)))

    # -- looking ---------------------------------------------------------------------------------
    def arrive(self) -> None:
        self.searching.begin()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words.selectAll()

    def refresh(self) -> None:
        self.look()

    def _on_ready(self) -> None:
        if self.isVisible() and self.words.text():
            self._slowly.start()

    def _on_failed(self, reason: Message) -> None:
        self._tell(Message("ui.search.failed", reason=reason))

    def look(self) -> None:
        """Show what answers what is typed."""
        if not self.session.is_open:
            return
        kind = self._kinds[self.kind.currentIndex()]
        found = self.searching.find(
            self.words.text(), per_kind=FEW if kind is None else MANY, kinds=None if kind is None else [kind]
        )
        groups = [
            (
                Message("ui.search.group", kind=NAMES[group.kind], n=group.total),
                [entry_of(self.session, match, found.asked) for match in group.matches],
            )
            for group in found.groups
        ]
        self.list.show_groups(groups)
        self.list.setVisible(bool(groups))
        self._tell(self._state(found))

    def _state(self, found: Found) -> Message:
        if not found.asked:
            return Message("ui.search.begin")
        if not self.searching.complete:
            return Message("ui.search.still", n=found.total)
        if not found.total:
            return Message("ui.search.nothing", words=self.words.text())
        return Message("ui.search.found", n=found.total)

    def _tell(self, message: Message) -> None:
        self.session.speaker.tie(self.said, QLabel.setText, message)

    # -- going -----------------------------------------------------------------------------------
    def take(self) -> None:
        """Go to the result that is chosen."""
        chosen = self.list.chosen()
        if chosen is not None and chosen.run is not None:
            chosen.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.take()
                return True
            if watched is self.words and self.list.walk(event):
                return True
        return super().eventFilter(watched, event)
