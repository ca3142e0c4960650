"""The journey at the left: stages, their pages, and how far each of them is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from desktop.base import Message
from desktop.ui import icons, theme, widgets
from desktop.ui.journey import FIRST, Journey, Leg, Stop, describe
from desktop.ui.pages.directory import KINDS
from desktop.ui.session import Session

STOP = Qt.ItemDataRole.UserRole
MARK = Qt.ItemDataRole.UserRole + 1
LEG = Qt.ItemDataRole.UserRole + 2


class MarkDelegate(QStyledItemDelegate):
    """Paints a stop and, at the right, the mark that says how far it is."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        mark = index.data(MARK)
        super().paint(painter, option, index)
        if isinstance(mark, QPixmap):
            area = option.rect
            painter.drawPixmap(area.right() - 24, area.center().y() - 7, mark)

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.data(MARK) is not None:
            # Long titles end before the mark.
            metrics, width = option.fontMetrics, option.rect.width() - 68
            option.text = metrics.elidedText(option.text, Qt.TextElideMode.ElideRight, width)


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
        self._fit()
        session.settings_changed.connect(self._fit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 14, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(self._brand())
        layout.addWidget(self._tree(), 1)
        session.speaker.changed.connect(self.speak)
        session.look_changed.connect(self.speak)
        session.report_changed.connect(self.mark)

    def _fit(self) -> None:
        self.setFixedWidth(theme.grown(theme.SIDEBAR, at_most=320))

    def _brand(self) -> QVBoxLayout:
        box = widgets.column(margins=(6, 0, 4, 2), spacing=0)
        box.addWidget(widgets.label(self._session.speaker, "Rancang", "brand"))
        self._place = QLabel()
        self._place.setProperty("look", "brand-sub")
        self._place.setWordWrap(True)
        box.addWidget(self._place)
        return box

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setProperty("look", "journey")
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setIndentation(0)
        tree.setIconSize(QSize(17, 17))
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        tree.setItemDelegate(MarkDelegate(tree))
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
        for leg in (*self._journey.legs, self._journey.advanced):
            self._add_leg(self._journey, leg)
        self.tree.blockSignals(False)
        self._place.setText(describe(self._session.plan))
        if now is not None:
            self.point_at(now)
        self.mark()

    def _add_leg(self, journey: Journey, leg: Leg) -> None:
        if leg.stops == (Stop(FIRST),):
            # Home stands by itself over the stages
            self.tree.addTopLevelItem(self._item(journey, leg.stops[0]))
            return
        name = self._session.say(leg.title)
        head = QTreeWidgetItem([name.upper()])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = self.tree.font()
        font.setPixelSize(11)
        font.setBold(True)
        head.setFont(0, font)
        head.setForeground(0, QBrush(QColor(theme.colours().side_muted)))
        head.setToolTip(0, name)
        head.setData(0, LEG, leg)
        self.tree.addTopLevelItem(head)
        for stop in leg.stops:
            head.addChild(self._item(journey, stop))
        self._fold(head, unfolded=leg in self._unfolded)

    def _item(self, journey: Journey, stop: Stop) -> QTreeWidgetItem:
        title = self._session.say(journey.title(stop))
        item = QTreeWidgetItem([title])
        item.setIcon(0, icons.icon(KINDS[stop.page].icon, "side_text", 17))
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
                self.tree.scrollToItem(item)
                break
        else:
            self.tree.setCurrentItem(None)  # type: ignore[call-overload]
        self.tree.blockSignals(False)

    def mark(self) -> None:
        """Show beside each stop whether something mandatory is open there."""
        report = self._session.report
        if report is None or self._journey is None:
            return
        still = [self._journey.home_of(finding.page.page, finding.page.ref) for finding in report.mandatory]
        for head in self.heads():
            open_here = 0
            for item in children(head):
                stop = item.data(0, STOP)
                if KINDS[stop.page].filled_in:
                    count = still.count(stop)
                    open_here += count
                    self._mark(item, count)
            if any(KINDS[stop.page].filled_in for stop in head.data(0, LEG).stops):
                self._mark(head, open_here)

    def _mark(self, item: QTreeWidgetItem, count: int) -> None:
        name, role = ("circle-dashed", "side_open") if count else ("circle-check", "side_done")
        item.setData(0, MARK, icons.pixmap(name, theme.colours()[role], 15))
        state = self._session.say(
            Message("ui.journey.open", n=count) if count else Message("ui.journey.complete")
        )
        item.setToolTip(0, f"{item.text(0)} ({state})")
        item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, state)

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        stop = item.data(0, STOP) if item is not None else None
        if stop is not None:
            self.chosen.emit(stop)


def children(head: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """The items below a stage."""
    found = (head.child(row) for row in range(head.childCount()))
    return [item for item in found if item is not None]
