"""The roadmap as a table whose second column is time: bars that are moved and stretched by mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
)  # fmt: skip

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.fading import fade
from desktop.ui.roadmap.lanes import LABEL, YEARS, Lane, Lanes
from desktop.ui.roadmap.painting import LOW, LanePainter, Scale, YearHead, high
from desktop.ui.session import Session

GRIP = 7
"""Pixels at the ends of a bar by which it is stretched."""
PAUSE = 700
"""Milliseconds after the last key before what was moved is written: several presses are one change."""

FITTED = 400
"""Up to how many rows heights follow the names."""

_HELD = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta})


class Chart(QTableView):
    """Rows and time. A click on a bar goes there; dragging it, or arrows, change its years."""

    def __init__(self, session: Session, only: str = "") -> None:
        super().__init__()
        self._session = session
        self._only = only
        self.lanes = Lanes(session, only)
        self.setModel(self.lanes)
        self.setItemDelegate(LanePainter(session, self))
        self._head = head = YearHead(session, self)
        self.setHorizontalHeader(head)
        head.setSectionResizeMode(LABEL, QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(YEARS, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.grown(LOW))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        fade(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        widgets.call(session.speaker, self, Message("ui.page.roadmap"))
        self._grabbed: tuple[Lane, str, int, tuple[int, int]] | None = None
        self._pressed = QPoint()
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self.write_moved)
        session.look_changed.connect(self._on_look)
        session.closed.connect(self.forget_moved)

    def refresh(self) -> None:
        """Read the plan again; the row stays chosen."""
        lane = self.lane()
        self.lanes.refresh()
        self._head.fit()
        self._fit_rows()
        if lane is not None and self.lane() is None:
            self.choose(lane.id)

    def _fit_rows(self) -> None:
        """Names are read to their end, and those of groups go on above the years."""
        down, lanes = self.verticalHeader(), self.lanes.lanes
        self.clearSpans()
        for row, each in enumerate(lanes):
            if each.kind == "group":
                self.setSpan(row, LABEL, 1, YEARS + 1)
            if len(lanes) <= FITTED:
                down.resizeSection(row, high(each, self.font(), self.columnWidth(LABEL)))
        if self._only:
            # Beside its programme it is as high as its rows, up to a few.
            rows = sum(down.sectionSize(row) for row in range(min(len(lanes), 6)))
            self.setFixedHeight(self._head.height() + (rows or theme.grown(LOW)) + 6)

    def choose(self, row_id: str) -> None:
        """Choose a row."""
        row = next((n for n, each in enumerate(self.lanes.lanes) if each.id == row_id), -1)
        if row >= 0:
            self.setCurrentIndex(self.lanes.index(row, LABEL))

    def lane(self) -> Lane | None:
        """The row chosen."""
        row = self.currentIndex().row()
        return self.lanes.lanes[row] if 0 <= row < len(self.lanes.lanes) else None

    def _on_look(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.grown(LOW))
        self._head.fit()
        self._fit_rows()
        self.viewport().update()

    # -- moving ---------------------------------------------------------------------------------
    def move_years(self, lane: Lane, start: int, end: int) -> None:
        """Move or stretch a row by so many years at each end; shown now, written after a pause."""
        if lane.kind == "group" or self._session.read_only:
            return
        plan = self._session.plan
        years = self.lanes.years_of(lane)
        if years is None:
            self._show_moved(lane, (plan.first_year, plan.first_year))
            return
        first, last = years[0] + start, years[1] + end
        if first > last or first < plan.first_year or last > plan.last_year:
            return
        self._show_moved(lane, (first, last))

    def _show_moved(self, lane: Lane, years: tuple[int, int]) -> None:
        self.lanes.shown = {key: value for key, value in self.lanes.shown.items() if key == lane.id}
        self.lanes.shown[lane.id] = years
        self.viewport().update()
        self._session.told.emit(Message("ui.roadmap.moving", name=lane.label, years=_said(years)))

    def write_moved(self) -> None:
        """Write what was moved as one operation."""
        self._later.stop()
        moved, self.lanes.shown = self.lanes.shown, {}
        for lane in self.lanes.lanes:
            years = moved.get(lane.id)
            if years is not None and years != (lane.start, lane.end):
                self._write(lane, years)
        if moved:
            # Not at the page's next look: a further key must begin where this one ended.
            self.lanes.refresh()
        self.viewport().update()

    def _write(self, lane: Lane, years: tuple[int, int]) -> None:
        def work() -> None:
            label = Message("ui.op.move_years", name=lane.label, years=_said(years))
            with self._session.change(label) as operation:
                operation.set(lane.kind, lane.id, start_year=years[0], end_year=years[1])

        self._session.attempt(work)

    def forget_moved(self) -> None:
        """Give up what is moved and not written."""
        self._later.stop()
        self._grabbed = None
        self.lanes.shown = {}
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        lane = self.lane()
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if lane is not None and event.key() in steps:
            step = steps[Qt.Key(event.key())]
            stretched = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if self.lanes.shown.keys() - {lane.id}:
                self.write_moved()
            self.move_years(lane, 0 if stretched else step, step)
            self._later.start()
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self.lanes.shown:
            self.forget_moved()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.write_moved()
            self._go(lane)
        elif event.key() in _HELD:
            super().keyPressEvent(event)
        else:
            self.write_moved()
            super().keyPressEvent(event)

    def focusOutEvent(self, event: object) -> None:
        self.write_moved()
        super().focusOutEvent(event)  # type: ignore[arg-type] # handed through as it came

    def _go(self, lane: Lane | None) -> None:
        if lane is not None and lane.programme:
            self._session.show("programmes", lane.programme)

    # -- the mouse ------------------------------------------------------------------------------
    def _under(self, at: QPoint) -> tuple[Lane, str, int] | None:
        """The bar at a place, which part of it, and the year there."""
        index = self.indexAt(at)
        if not index.isValid() or index.column() != YEARS:
            return None
        lane = self.lanes.lanes[index.row()]
        years = self.lanes.years_of(lane)
        rect = self.visualRect(index)
        scale = Scale(self._session, rect)
        if years is None or lane.kind == "group":
            return None
        bar = scale.bar(years, rect).adjusted(-2, -3, 2, 3)
        if not bar.contains(QPointF(at)):
            return None
        part = "middle"
        if at.x() < bar.left() + GRIP + 2:
            part = "start"
        elif at.x() > bar.right() - GRIP - 2:
            part = "end"
        return lane, part, scale.year_at(at.x())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position().toPoint()
        found = self._under(at) if event.button() is Qt.MouseButton.LeftButton else None
        if found is not None:
            years = self.lanes.years_of(found[0])
            self._pressed = at
            self._grabbed = (*found, years) if years is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._grabbed is None:
            found = self._under(at)
            shapes = {"start": Qt.CursorShape.SizeHorCursor, "end": Qt.CursorShape.SizeHorCursor}
            shape = shapes.get(found[1], Qt.CursorShape.PointingHandCursor) if found else None
            self.viewport().setCursor(Qt.CursorShape.ArrowCursor if shape is None else shape)
            return
        lane, part, year, (first, last) = self._grabbed
        if self._session.read_only or abs(at.x() - self._pressed.x()) < 4:
            return
        plan = self._session.plan
        row = self.visualRect(self.currentIndex().siblingAtColumn(YEARS))
        by = Scale(self._session, row).year_at(at.x()) - year
        if part == "middle":
            by = min(max(by, plan.first_year - first), plan.last_year - last)
            years = first + by, last + by
        elif part == "start":
            years = min(max(first + by, plan.first_year), last), last
        else:
            years = first, max(min(last + by, plan.last_year), first)
        self._show_moved(lane, years)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        grabbed, self._grabbed = self._grabbed, None
        if grabbed is None:
            return
        at = event.position().toPoint()
        if abs(at.x() - self._pressed.x()) < 4:
            self._go(grabbed[0])
        else:
            self.write_moved()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type] # handed through as it came
        wide = min(theme.grown(420), round(self.viewport().width() * 0.4))
        if wide != self.columnWidth(LABEL):
            self.setColumnWidth(LABEL, wide)
            self._fit_rows()


def _said(years: tuple[int, int]) -> str:
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"
