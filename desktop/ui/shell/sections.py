"""A list of things under headings, each with a note and its keys; palette and cheat sheet are made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.base import Message
from desktop.ui import icons, theme
from desktop.ui.fading import fade
from desktop.ui.session import Session

ENTRY = Qt.ItemDataRole.UserRole
Index: TypeAlias = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """Something a person can choose, or look up."""

    id: str
    title: str
    section: Message
    run: Callable[[], object] | None = None
    beside: str = ""
    """Further words by which it is found (code, province, name in the other language)."""
    note: str = ""
    """What stands in grey after the title."""
    keys: str = ""
    icon: str = ""
    marks: tuple[tuple[str, bool], ...] = ()
    """The title in pieces, each with whether it is what was looked for; empty: nothing is marked."""


class Rows(QAbstractListModel):
    """Entries and, before each group of them, a heading. Only what is seen is ever asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: list[Entry | Message] = []

    def show(self, groups: Iterable[tuple[Message, Sequence[Entry]]]) -> None:
        """Show other groups."""
        self.beginResetModel()
        self._rows = []
        for heading, entries in groups:
            if entries:
                self._rows += [heading, *entries]
        self.endResetModel()

    def entries(self) -> list[Entry]:
        """What is shown, without headings."""
        return [row for row in self._rows if isinstance(row, Entry)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == ENTRY:
            return row
        if isinstance(row, Message):
            shown = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return self._session.say(row).replace("&", "") if shown else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(
                    filter(None, (row.title, row.note, row.keys, self._session.say(row.section)))
                )
            case Qt.ItemDataRole.ToolTipRole:
                return row.note or row.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], Message):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowPainter(QStyledItemDelegate):
    """Paints headings in small letters, and entries with icon, title, note and keys in one line."""

    PAD = 10

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = isinstance(index.data(ENTRY), Message)
        return QSize(100, theme.grown(26 if heading else 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ENTRY)
        area = option.rect.adjusted(self.PAD, 0, -self.PAD, 0)
        painter.save()
        if isinstance(row, Message):
            self._paint_heading(painter, option.font, area, str(index.data()))
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if chosen:
                painter.setBrush(QColor(theme.colours().primary_soft))
                painter.setPen(QColor(theme.colours().primary))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.drawRoundedRect(option.rect.adjusted(2, 1, -3, -2), 5, 5)
            self._paint_entry(painter, option.font, area, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, font: QFont, area: QRect, text: str) -> None:
        small = QFont(font)
        small.setPixelSize(theme.grown(11))
        small.setBold(True)
        painter.setFont(small)
        painter.setPen(QColor(theme.colours().muted))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)

    def _paint_entry(self, painter: QPainter, font: QFont, area: QRect, row: Entry) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        metrics = painter.fontMetrics()
        size = theme.grown(16)
        if row.icon:
            picture = icons.pixmap(row.icon, theme.colours().muted, size)
            painter.drawPixmap(area.left(), area.top() + (area.height() - size) // 2, picture)
        area.setLeft(area.left() + size + 8)
        painter.setPen(QColor(theme.colours().muted))
        if row.keys:
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | middle, row.keys)
            area.setRight(area.right() - metrics.horizontalAdvance(row.keys) - 12)
        painter.setPen(QColor(theme.colours().text))
        area.setLeft(area.left() + draw_marked(painter, area, row.marks or ((row.title, False),)) + 12)
        if row.note and area.width() > theme.grown(40):
            painter.setPen(QColor(theme.colours().muted))
            note = metrics.elidedText(row.note, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, note)


def draw_marked(painter: QPainter, area: QRect, pieces: Sequence[tuple[str, bool]]) -> int:
    """Draw a text in pieces on one line, what was looked for in bold; how wide it came out."""
    usual, bold = QFont(painter.font()), QFont(painter.font())
    bold.setBold(True)
    at = area.left()
    for text, hit in pieces:
        painter.setFont(bold if hit else usual)
        metrics = painter.fontMetrics()
        room = area.right() - at
        if room <= 0:
            break
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(
            QRect(at, area.top(), room, area.height()),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
            shown,
        )
        at += metrics.horizontalAdvance(shown)
        if shown != text:
            break
    painter.setFont(usual)
    return at - area.left()


class SectionedList(QListView):
    """The list itself; the choice goes over headings."""

    def __init__(
        self, session: Session, parent: QWidget | None = None, painter: type[RowPainter] = RowPainter
    ) -> None:
        super().__init__(parent)
        self.rows = Rows(session)
        self.setModel(self.rows)
        self.setItemDelegate(painter(self))
        fade(self)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        session.look_changed.connect(self.viewport().update)

    def show_groups(self, groups: Iterable[tuple[Message, Sequence[Entry]]]) -> None:
        """Show other groups; the first entry is chosen."""
        self.rows.show(groups)
        self.scrollToTop()
        self.step(1, start=-1)

    def chosen(self) -> Entry | None:
        """The entry chosen now."""
        row = self.currentIndex().data(ENTRY) if self.currentIndex().isValid() else None
        return row if isinstance(row, Entry) else None

    def step(self, by: int, start: int | None = None) -> None:
        """Choose the next entry (or the one before), over headings; at an end nothing changes."""
        count = self.rows.rowCount()
        place = (self.currentIndex().row() if start is None else start) + (1 if by > 0 else -1)
        last = -1
        while 0 <= place < count and by:
            if isinstance(self.rows.index(place).data(ENTRY), Entry):
                last, by = place, by - (1 if by > 0 else -1)
            place += 1 if by > 0 else -1
        if last >= 0:
            self.setCurrentIndex(self.rows.index(last))
            if last == 1:
                self.scrollToTop()  # the first heading too

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.walk(event):
            super().keyPressEvent(event)

    def walk(self, event: QKeyEvent) -> bool:
        """Go up or down as a key says; whether it was such a key. The search line hands its keys here."""
        page = max(1, self.viewport().height() // max(1, theme.grown(32)) - 1)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        self.step(step)
        return True
