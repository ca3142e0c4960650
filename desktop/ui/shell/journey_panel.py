"""The journey at the left: stages, their pages, and how far each of them is."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from desktop.base import Message
from desktop.ui import icons, theme, widgets
from desktop.ui.fading import fade
from desktop.ui.journey import Journey, Leg, Stop, describe
from desktop.ui.pages.directory import KINDS
from desktop.ui.session import Session

STOP = Qt.ItemDataRole.UserRole
MARK = Qt.ItemDataRole.UserRole + 1
LEG = Qt.ItemDataRole.UserRole + 2
NEW = Qt.ItemDataRole.UserRole + 3
"""How many new things of others stand on a page."""
LEAST = 160
"""Pixels the journey keeps at least."""
Index: TypeAlias = QModelIndex | QPersistentModelIndex


class StopPainter(QStyledItemDelegate):
    """Paints a stage or a stop: icon, name on as many lines as it needs, and the mark of how far it is."""

    PAD = 8
    """Room above and below the words, in pixels."""

    @staticmethod
    def _mark() -> int:
        """Room for the mark at the right; both grow with the letters."""
        return theme.grown(30)

    def _width(self) -> int:
        view = self.parent()
        return view.viewport().width() if isinstance(view, QAbstractItemView) else 200

    def _icon(self) -> int:
        """Room for the icon at the left."""
        view = self.parent()
        return (view.iconSize().width() if isinstance(view, QAbstractItemView) else 17) + 13

    def _font(self, option: QStyleOptionViewItem, index: Index) -> QFont:
        font = QFont(option.font)
        if index.data(LEG) is not None:
            font.setPixelSize(theme.grown(11))
            font.setBold(True)
        return font

    def _words(self, index: Index) -> int:
        """Pixels there are for the words."""
        return self._width() - self._icon() - (self._mark() if index.data(MARK) is not None else self.PAD)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = QFontMetrics(self._font(option, index))
        room = QRect(0, 0, self._words(index), 10_000)
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data()))
        return QSize(self._width(), max(theme.grown(32), needed.height() + 2 * self.PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        area, colours = option.rect, theme.colours()
        head, chosen = index.data(LEG) is not None, bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setFont(self._font(option, index))
        painter.setPen(
            QColor(colours.side_strong if chosen else colours.side_muted if head else colours.side_text)
        )
        words = QRect(area.left() + self._icon(), area.top(), self._words(index), area.height())
        how = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(words, how, str(index.data()))
        mark = index.data(MARK)
        if isinstance(mark, QPixmap):
            size = mark.deviceIndependentSize().toSize()
            middle = area.right() - self._mark() // 2 - 1
            painter.drawPixmap(middle - size.width() // 2, area.center().y() - size.height() // 2, mark)
        if index.data(NEW):
            self._paint_dot(painter, area)
        painter.restore()

    def _paint_dot(self, painter: QPainter, area: QRect) -> None:
        """A dot at the icon: something here is new since the person was last here."""
        size = theme.grown(7, at_most=10)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().side_open))
        painter.drawEllipse(
            area.left() + self._icon() - 13 - size // 2, area.center().y() - size - 3, size, size
        )

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""  # painted here, because style sheets neither wrap nor leave room for the mark


class JourneyTree(QTreeWidget):
    """The tree; another width means other lines."""

    def __init__(self) -> None:
        super().__init__()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.show_current)
        fade(self, "side")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self._soon.start()

    def show_soon(self) -> None:
        """The same once the lines have found their heights."""
        self._soon.start()

    def show_current(self) -> None:
        """Keep the chosen stop in view, as a whole."""
        item = self.currentItem()
        if item is not None:
            self.scrollToItem(item)


class JourneyPanel(QWidget):
    """A list of stops under their stages; choosing one goes there."""

    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._journey: Journey | None = None
        self._unfolded: set[Leg] = set()
        self.setProperty("look", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(LEAST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 14, 8, 12)
        layout.setSpacing(8)
        layout.addLayout(self._brand())
        layout.addWidget(self._tree(), 1)
        session.speaker.changed.connect(self.speak)
        session.look_changed.connect(self.speak)
        session.report_changed.connect(self.mark)
        from desktop.ui.newness import newness_of  # slow to load, and needed only once a document is open

        self._newness = newness_of(session)
        self._newness.changed.connect(self.mark)

    def _brand(self) -> QVBoxLayout:
        box = widgets.column(margins=(6, 0, 4, 2), spacing=0)
        box.addWidget(widgets.label(self._session.speaker, "Rancang", "brand"))
        self._place = widgets.blank()
        self._place.setProperty("look", "brand-sub")
        self._place.setWordWrap(True)
        box.addWidget(self._place)
        return box

    def _tree(self) -> JourneyTree:
        tree = JourneyTree()
        tree.setProperty("look", "journey")
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setIndentation(0)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        tree.setItemDelegate(StopPainter(tree))
        tree.currentItemChanged.connect(self._on_current)
        tree.itemClicked.connect(self._on_clicked)
        tree.itemExpanded.connect(self._on_folded)
        tree.itemCollapsed.connect(self._on_folded)
        widgets.call(self._session.speaker, tree, Message("ui.journey.name"))
        self.tree = tree
        return tree

    def show_journey(self, journey: Journey) -> None:
        """Show the stages of another guideline."""
        self._journey = journey
        self.speak()
        self.mark()

    def speak(self) -> None:
        """Write everything anew, in the present language."""
        if self._journey is None or not self._session.is_open:
            return
        now = self.current()
        self.tree.blockSignals(True)
        self.tree.clear()
        self.tree.setIconSize(QSize(self._icon(), self._icon()))
        for leg in (*self._journey.legs, self._journey.advanced):
            self._add_leg(self._journey, leg)
        self.tree.blockSignals(False)
        self._place.setText(describe(self._session.plan))
        if now is not None:
            self.point_at(now)
        self.mark()

    def _icon(self) -> int:
        return theme.grown(17, at_most=26)

    def _add_leg(self, journey: Journey, leg: Leg) -> None:
        if not self._session.say(leg.title):
            # pages about the work as a whole stand by themselves over the stages
            for stop in leg.stops:
                self.tree.addTopLevelItem(self._item(journey, stop))
            return
        name = self._session.say(leg.title)
        head = QTreeWidgetItem([name.upper()])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        head.setToolTip(0, name)
        head.setData(0, LEG, leg)
        self.tree.addTopLevelItem(head)
        for stop in leg.stops:
            head.addChild(self._item(journey, stop))
        self._fold(head, unfolded=leg in self._unfolded)

    def _item(self, journey: Journey, stop: Stop) -> QTreeWidgetItem:
        title = self._session.say(journey.title(stop))
        item = QTreeWidgetItem([title])
        item.setIcon(0, icons.icon(KINDS[stop.page].icon, "side_text", self._icon()))
        item.setToolTip(0, title)
        item.setData(0, STOP, stop)
        return item

    def heads(self) -> list[QTreeWidgetItem]:
        """The items that are stages."""
        return [item for item in self._tops() if item.data(0, LEG) is not None]

    def _tops(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _fold(self, head: QTreeWidgetItem, *, unfolded: bool) -> None:
        head.setExpanded(unfolded)
        sign = "chevron-down" if unfolded else "chevron-right"
        head.setIcon(0, icons.icon(sign, "side_muted", 13))

    def _on_clicked(self, item: QTreeWidgetItem) -> None:
        if item.data(0, LEG) is not None:
            item.setExpanded(not item.isExpanded())

    def _on_folded(self, item: QTreeWidgetItem) -> None:
        leg = item.data(0, LEG)
        if item.isExpanded():
            self._unfolded.add(leg)
        else:
            self._unfolded.discard(leg)
        self._fold(item, unfolded=item.isExpanded())

    def items(self) -> list[QTreeWidgetItem]:
        """The items that are stops."""
        by_themselves = [item for item in self._tops() if item.data(0, STOP) is not None]
        return by_themselves + [item for head in self.heads() for item in children(head)]

    def current(self) -> Stop | None:
        """The chosen stop."""
        item = self.tree.currentItem()
        return item.data(0, STOP) if item is not None else None

    def point_at(self, stop: Stop) -> None:
        """Show which stop the window is at, without going anywhere."""
        self.tree.blockSignals(True)
        for item in self.items():
            if item.data(0, STOP) == stop:
                leg = self._journey.leg_of(stop) if self._journey is not None else None
                if leg is not None and leg not in self._unfolded:
                    # One stage at a time, unless the person unfolds more.
                    self._unfolded = {leg}
                    for head in self.heads():
                        self._fold(head, unfolded=head.data(0, LEG) == leg)
                self.tree.setCurrentItem(item)
                self.tree.executeDelayedItemsLayout()
                self.tree.scrollToItem(item)
                self.tree.show_soon()
                break
        else:
            self.tree.setCurrentItem(None)  # type: ignore[call-overload]
        self.tree.blockSignals(False)

    def mark(self) -> None:
        """Show beside each stop whether something mandatory is open there."""
        self._mark_new()
        report = self._session.report
        if report is None or self._journey is None:
            return
        plan = self._session.plan
        still = [self._journey.home_of(finding.page.page, finding.page.ref) for finding in report.mandatory]
        for head in self.heads():
            open_here = 0
            for item in children(head):
                stop = item.data(0, STOP)
                if KINDS[stop.page].filled_in:
                    count = still.count(stop)
                    open_here += count
                    self._mark(item, count, untouched=not count and self._journey.untouched(stop, plan))
            if any(KINDS[stop.page].filled_in for stop in head.data(0, LEG).stops):
                self._mark(head, open_here)

    def _mark(self, item: QTreeWidgetItem, count: int, *, untouched: bool = False) -> None:
        name, role = ("circle-dashed", "side_open") if count else ("circle-check", "side_done")
        # A tick says that something is done; where nothing is asked and nothing begun, nothing is said.
        mark = None if untouched else icons.pixmap(name, theme.colours()[role], theme.grown(15, at_most=22))
        item.setData(0, MARK, mark)
        message = Message("ui.journey.open", n=count) if count else Message("ui.journey.complete")
        state = self._session.say(Message("ui.journey.untouched") if untouched else message)
        new = item.data(0, NEW)
        if new:
            state = f"{state}, {self._session.say(Message('ui.news.here', n=new))}"
        item.setToolTip(0, f"{item.text(0)} ({state})")
        item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, state)

    def _mark_new(self) -> None:
        """A dot where others wrote since the person was last here, and at the stages that hold such pages."""
        if self._journey is None or not self._session.is_open:
            return
        found = self._newness.stops(self._journey)
        for item in self.items():
            self._set_new(item, found[item.data(0, STOP)])
        for head in self.heads():
            self._set_new(head, sum(child.data(0, NEW) or 0 for child in children(head)))

    def _set_new(self, item: QTreeWidgetItem, count: int) -> None:
        if (item.data(0, NEW) or 0) != count:
            item.setData(0, NEW, count)
            said = self._session.say(Message("ui.news.here", n=count)) if count else ""
            item.setToolTip(0, f"{item.text(0)} ({said})" if said else item.text(0))
            item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, said)

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        stop = item.data(0, STOP) if item is not None else None
        if stop is not None:
            self.chosen.emit(stop)


def children(head: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """The items below a stage."""
    found = (head.child(row) for row in range(head.childCount()))
    return [item for item in found if item is not None]
