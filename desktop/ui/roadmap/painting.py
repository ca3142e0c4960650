"""How the roadmap is painted: where years lie, the head with the terms, bars and milestones."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)  # fmt: skip

from desktop.base import Message
from desktop.checks.terms import spans
from desktop.ui import theme
from desktop.ui.roadmap.lanes import LABEL, YEARS, Lane, Lanes
from desktop.ui.session import Session

LOW = 30
"""Height of a row whose name stands on one line, in pixels at 100 %."""
INSETS = {"group": 10, "programme": 18, "activity": 34}
"""How far names stand in, so that they show what belongs to what."""
LINE = 22
"""Height of a line of the head, in pixels at 100 %."""


class Scale:
    """Where the years lie in the time column."""

    def __init__(self, session: Session, area: QRect) -> None:
        plan = session.plan
        self.first, self.last = plan.first_year, plan.last_year
        self._area = area
        self._step = area.width() / max(self.last - self.first + 1, 1)

    def left(self, year: int) -> float:
        """The left edge of a year."""
        return self._area.left() + (year - self.first) * self._step

    def year_at(self, x: float) -> int:
        """The year at a place."""
        return self.first + int((x - self._area.left()) // max(self._step, 1.0))

    def bar(self, years: tuple[int, int], row: QRect) -> QRectF:
        """The bar of some years within a row; empty where the plan does not reach so far."""
        start, end = max(years[0], self.first), min(years[1], self.last)
        if start > end:
            return QRectF()
        high = min(row.height(), theme.grown(LOW)) * 0.5
        left = self.left(start) + 3
        return QRectF(left, row.center().y() - high / 2 + 0.5, self.left(end + 1) - 3 - left, high)


class YearHead(QHeaderView):
    """Above the label its name; above time the years, and the guideline's terms over them."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self.setSectionsClickable(False)
        self.sectionResized.connect(self.fit)
        self.fit()

    def letters(self, *, bold: bool = False) -> QFont:
        """The head's own letters."""
        font = QFont(self.font())
        font.setPixelSize(theme.grown(11))
        font.setBold(bold)
        return font

    def lines(self) -> int:
        """On how many lines the terms stand: on one, or where that would cut any, each on its own."""
        if not self._session.is_open or self.count() <= YEARS:
            return 1
        terms = spans(self._session.plan, self._session.pack)
        scale = Scale(self._session, QRect(0, 0, self.sectionSize(YEARS), 0))
        metrics = QFontMetrics(self.letters())
        rooms = ((scale.left(last + 1) - scale.left(first) - 10, term) for term, first, last in terms)
        names = ((room, self._session.say(term.label)) for room, term in rooms)
        fits = all(metrics.horizontalAdvance(name.partition(" (")[0]) <= room for room, name in names)
        return 1 if fits else len(terms)

    def fit(self) -> None:
        """Be as high as the terms and the years need."""
        high = theme.grown(LINE) * (self.lines() + 1)
        if high != self.height():
            self.setFixedHeight(high)
            self.geometriesChanged.emit()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if logicalIndex != YEARS or not self._session.is_open:
            super().paintSection(painter, rect, logicalIndex)
            return
        colours, scale = theme.colours(), Scale(self._session, rect)
        painter.save()
        painter.fillRect(rect, QColor(colours.card))
        lines = self.lines()
        high = rect.height() / (lines + 1)
        painter.setFont(self.letters())
        for number, (term, first, last) in enumerate(spans(self._session.plan, self._session.pack)):
            left, right = scale.left(first), scale.left(last + 1)
            top = rect.top() + 2 + (number * high if lines > 1 else 0)
            area = QRectF(left + 1, top, right - left - 2, high - 3)
            painter.fillRect(area, QColor(colours.sunken if number % 2 else colours.primary_soft))
            painter.setPen(QColor(colours.label))
            self._name(painter, self._session.say(term.label), area, rect if lines > 1 else area.toRect())
        painter.setFont(self.letters(bold=True))
        painter.setPen(QColor(colours.label))
        for year in range(scale.first, scale.last + 1):
            wide = scale.left(year + 1) - scale.left(year)
            area = QRectF(scale.left(year), rect.top() + lines * high, wide, high)
            whole = painter.fontMetrics().horizontalAdvance(str(year)) < wide
            said = str(year) if whole else f"\N{RIGHT SINGLE QUOTATION MARK}{year % 100:02}"
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, said)
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    @staticmethod
    def _name(painter: QPainter, name: str, area: QRectF, within: QRect) -> None:
        """A term's name in the middle of its years, or as near to that as it is not cut."""
        said = called(name, painter.fontMetrics(), within.width() - 8)
        wide = painter.fontMetrics().horizontalAdvance(said) + 2
        left = area.center().x() - wide / 2
        left = max(within.left() + 4, min(left, within.right() - 3 - wide))
        place = QRectF(left, area.top(), wide, area.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, said)


def called(name: str, metrics: QFontMetrics, wide: int) -> str:
    """What a term is called where there is so much room: without what stands in brackets, rather than cut."""
    short = name.partition(" (")[0]
    for said in (name, short):
        if metrics.horizontalAdvance(said) <= wide:
            return said
    return metrics.elidedText(short, Qt.TextElideMode.ElideRight, wide)


WRAPPED = Qt.TextFlag.TextWordWrap


def letters(lane: Lane, like: QFont) -> QFont:
    """The letters of a row's name."""
    font = QFont(like)
    font.setPixelSize(theme.grown(12 if lane.kind == "activity" else 13))
    font.setBold(lane.kind == "group")
    return font


def high(lane: Lane, like: QFont, wide: int) -> int:
    """How high a row is in which a name is read to its end; a group's goes on above the years."""
    room = QRect(0, 0, max(wide - INSETS[lane.kind] - 8, 1), 0)
    words = QFontMetrics(letters(lane, like)).boundingRect(room, int(WRAPPED), lane.label)
    one = lane.kind == "group"
    return theme.grown(LOW) if one else max(theme.grown(LOW), words.height() + theme.grown(8))


class LanePainter(QStyledItemDelegate):
    """Paints one cell of the roadmap in the colours worn now."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        if not isinstance(model, Lanes):
            return
        lane, colours = model.lanes[index.row()], theme.colours()
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = (
            colours.primary_soft if chosen else (colours.sunken if lane.kind == "group" else colours.card)
        )
        painter.fillRect(rect, QColor(ground))
        if index.column() == LABEL:
            self._label(painter, rect, lane)
        else:
            self._time(painter, rect, lane, model)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if chosen and option.widget.hasFocus():
            painter.setPen(QPen(QColor(colours.primary), 2))
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _label(self, painter: QPainter, rect: QRect, lane: Lane) -> None:
        colours = theme.colours()
        painter.setFont(letters(lane, painter.font()))
        painter.setPen(QColor(colours.muted if lane.kind == "activity" else colours.text))
        area = rect.adjusted(INSETS[lane.kind], 0, -8, 0)
        text = lane.label
        if lane.kind == "group":
            text = f"{text} ({lane.count})"
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        metrics = painter.fontMetrics()
        if metrics.boundingRect(area, int(WRAPPED), text).height() > rect.height():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(flags | WRAPPED), text)

    def _time(self, painter: QPainter, rect: QRect, lane: Lane, model: Lanes) -> None:
        colours, scale = theme.colours(), Scale(self._session, rect)
        painter.setPen(QColor(colours.line))
        for year in range(scale.first, scale.last + 1):
            x = round(scale.left(year))
            painter.drawLine(x, rect.top(), x, rect.bottom())
        if lane.kind == "group":
            return
        years = model.years_of(lane)
        if years is None:
            painter.setPen(QColor(colours.warn))
            said = self._session.say(Message("ui.roadmap.set_years"))
            area = rect.adjusted(8, 0, -8, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
            return
        bar = scale.bar(years, rect)
        if bar.isEmpty():
            return
        thin = lane.kind == "activity"
        if thin:
            bar.adjust(0, bar.height() * 0.2, 0, -bar.height() * 0.2)
        fill = QColor(colours.edge if thin else colours.primary)
        if lane.example:
            painter.setBrush(QColor(colours.card))
            painter.setPen(QPen(fill, 1.4, Qt.PenStyle.DashLine))
        else:
            painter.setBrush(fill)
            painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(bar, 4, 4)
        if lane.id in model.shown:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.warn), 2))
            painter.drawRoundedRect(bar.adjusted(-2, -2, 2, 2), 5, 5)
        if lane.quick_win:
            self._diamond(painter, QPointF(bar.left() + 10, bar.center().y()), lane.example)

    @staticmethod
    def _diamond(painter: QPainter, middle: QPointF, example: bool) -> None:
        """The mark of a quick win, as in the books."""
        colours, size = theme.colours(), 6.0
        painter.setPen(QPen(QColor(colours.card), 1))
        painter.setBrush(QColor(colours.primary if example else colours.on_primary))
        x, y = middle.x(), middle.y()
        painter.drawPolygon(
            QPolygonF(
                [QPointF(x, y - size), QPointF(x + size, y), QPointF(x, y + size), QPointF(x - size, y)]
            )
        )
