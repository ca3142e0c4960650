"""The table of every grid: cells by keyboard and mouse as in a spreadsheet, over any model of cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QMenu, QTableView, QWidget

from desktop.base.speech import date
from desktop.ui.fading import fade
from desktop.ui.grid import menus
from desktop.ui.grid.blocks import Block, Hands
from desktop.ui.grid.cells import CellModel
from desktop.ui.grid.clipboard import from_mime, read_block
from desktop.ui.grid.delegate import CellDelegate
from desktop.ui.grid.differing import DifferingCells
from desktop.ui.grid.handle import Handle
from desktop.ui.grid.head import ColumnHeads
from desktop.ui.grid.keyboard import Keyboard
from desktop.ui.grid.moving import Spot, Steps
from desktop.ui.session import Session
from desktop.ui.tracing import Subject

Flag = QItemSelectionModel.SelectionFlag


class CellTable(QTableView):
    """Selection, clipboard and the handle for series, over a :class:`CellModel`."""

    opened = Signal(QModelIndex)
    """Enter or a double click on a row, where rows are opened rather than edited."""
    column_menu = Signal(int, QPoint)
    """Somebody asks for what can be done with a column."""

    def __init__(self, session: Session, model: CellModel) -> None:
        super().__init__()
        self.keyboard = Keyboard(self)
        self.session = session
        self.cells = model
        self.hands = Hands(model)
        self.handle = Handle(self)
        self.differing = DifferingCells(self)
        self.opens = False
        """Whether Enter opens the row."""
        self.rows_deleted: Callable[[], object] | None = None
        """How rows are deleted where that asks first."""
        self.setModel(model)
        self.heads = ColumnHeads(model, self)
        self.setHorizontalHeader(self.heads)
        self.heads.wanted.connect(self.column_menu)
        self.steps = Steps(model, self.shown_columns)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setTabKeyNavigation(False)
        fade(self)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setHighlightSections(False)
        self._anchor: Spot | None = None
        self._after: tuple[int, int] | None = None
        self.selectionModel().currentChanged.connect(self._on_current)
        session.look_changed.connect(self.viewport().update)

    # -- what is chosen -------------------------------------------------------------------------
    def shown_columns(self) -> list[int]:
        """The columns on screen, in their order."""
        heads = self.heads
        order = (heads.logicalIndex(place) for place in range(heads.count()))
        return [column for column in order if not heads.isSectionHidden(column)]

    def spot(self) -> Spot | None:
        """The cursor: its row, and its place among the columns shown."""
        index = self.currentIndex()
        shown = self.shown_columns()
        if not index.isValid() or index.column() not in shown:
            return None
        return index.row(), shown.index(index.column())

    def blocks(self) -> list[Block]:
        """What is chosen, as rectangles; the cursor alone where nothing is."""
        shown = self.shown_columns()
        by_rows: dict[tuple[int, int], set[int]] = {}
        for each in self.selectionModel().selection().toList():
            by_rows.setdefault((each.top(), each.bottom()), set()).update(
                range(each.left(), each.right() + 1)
            )
        blocks = [
            Block(top, bottom, tuple(column for column in shown if column in columns))
            for (top, bottom), columns in sorted(by_rows.items())
        ]
        merged: list[Block] = []
        for block in blocks:
            if merged and merged[-1].columns == block.columns and merged[-1].bottom + 1 == block.top:
                merged[-1] = Block(merged[-1].top, block.bottom, block.columns)
            elif block.columns:
                merged.append(block)
        index = self.currentIndex()
        if not merged and index.isValid():
            merged = [Block(index.row(), index.row(), (index.column(),))]
        return merged

    def chosen_rows(self) -> list[int]:
        """The rows with a chosen cell."""
        return sorted({row for block in self.blocks() for row in block.rows})

    def choose(self, one: Spot, other: Spot, *, cursor: Spot | None = None) -> None:
        """Choose everything between two cells; the cursor goes to one of them."""
        shown = self.shown_columns()
        top, bottom = sorted((one[0], other[0]))
        left, right = sorted((one[1], other[1]))
        chosen = QItemSelection()
        for column in shown[left : right + 1]:
            chosen.append(
                QItemSelectionRange(self.cells.index(top, column), self.cells.index(bottom, column))
            )
        at = cursor or other
        index = self.cells.index(at[0], shown[at[1]])
        self.selectionModel().select(chosen, Flag.ClearAndSelect)
        anchor = self._anchor
        self.selectionModel().setCurrentIndex(index, Flag.NoUpdate)
        self._anchor = anchor
        self.scrollTo(index)

    def extend(self, spot: Spot, target: Spot) -> None:
        """Choose on to another cell, from where choosing began or else from the cursor."""
        anchor = self._anchor or spot
        self.choose(anchor, target)
        self._anchor = anchor

    def go(self, spot: Spot) -> None:
        """Put the cursor on a cell and choose it alone."""
        shown = self.shown_columns()
        if not shown or not 0 <= spot[0] < self.cells.rowCount():
            return
        index = self.cells.index(spot[0], shown[min(max(spot[1], 0), len(shown) - 1)])
        self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect)
        self._anchor = spot
        self.scrollTo(index)

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        shown = self.shown_columns()
        if now.isValid() and now.column() in shown:
            self._anchor = (now.row(), shown.index(now.column()))

    def selectAll(self) -> None:
        shown, rows = self.shown_columns(), self.cells.rowCount()
        if shown and rows:
            last = rows - 2 if rows > 1 and self.cells.fresh(rows - 1) else rows - 1
            self.choose((0, 0), (last, len(shown) - 1), cursor=self.spot() or (0, 0))

    # -- keys -----------------------------------------------------------------------------------
    def event(self, event: QEvent) -> bool:
        if self.keyboard.claims(event):
            event.accept()
            return True
        leaves = self.keyboard.leaves(event)
        if leaves is not None:
            return bool(QWidget.focusNextPrevChild(self, leaves))
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from cell to cell; after the last one it leaves the table."""
        spot = self.spot()
        target = self.steps.neighbour(spot, 1 if forward else -1) if spot is not None else None
        if target is None or self.opens:
            return bool(QWidget.focusNextPrevChild(self, forward))
        self.go(target)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keyboard.press(event):
            super().keyPressEvent(event)

    # -- after editing --------------------------------------------------------------------------
    def go_after(self, down: int, right: int) -> None:
        """Where the cursor goes when the editor that is open closes."""
        self._after = (down, right)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        ends = QAbstractItemDelegate.EndEditHint
        step = {ends.EditNextItem: 1, ends.EditPreviousItem: -1}.get(hint, 0)
        after, self._after = self._after, None
        super().closeEditor(editor, ends.RevertModelCache if hint is ends.RevertModelCache else ends.NoHint)
        spot = self.spot()
        if spot is None or hint is ends.RevertModelCache:
            return
        if step:
            target = self.steps.neighbour(spot, step)
            if target is not None:
                self.go(target)
        elif after is not None:
            if spot[0] + after[0] >= self.cells.rowCount():
                self.look_again()  # the row just begun has an empty one below it now
            self.go((min(max(0, spot[0] + after[0]), self.cells.rowCount() - 1), spot[1] + after[1]))

    def look_again(self) -> None:
        """Show rows that were made by what was just written."""

    def fill_chosen(self, text: str) -> None:
        """Write what was typed into every chosen cell (Ctrl+Enter)."""
        self.hands.fill(self.blocks(), text)

    # -- work on cells --------------------------------------------------------------------------
    @property
    def changeable(self) -> bool:
        """Whether anything may be written."""
        return not self.cells.shut

    def copy(self) -> None:
        """Copy the chosen block for a spreadsheet."""
        data = self.hands.copied(self.blocks())
        if data is not None:
            QGuiApplication.clipboard().setMimeData(data)

    def paste_clipboard(self) -> int:
        """Paste what other programs or this one copied."""
        return self.paste_block(from_mime(QGuiApplication.clipboard().mimeData()))

    def paste(self, text: str) -> int:
        """Paste tab-separated text; how many cells were understood."""
        return self.paste_block(read_block(text)) if text else 0

    def paste_block(self, rows: list[list[str]]) -> int:
        """Paste rows of cells with their corner at the cursor, or all over what is chosen."""
        shown = self.shown_columns()
        if not rows or not self.changeable or not shown:
            return 0
        index = self.currentIndex()
        there = index.isValid() and index.column() in shown
        corner = (index.row(), index.column()) if there else (max(0, self.cells.rowCount() - 1), shown[0])
        return self.hands.paste(rows, corner, self.blocks() if there else [], shown)

    def clear(self) -> None:
        """Empty the chosen cells."""
        if self.changeable:
            self.hands.clear(self.blocks())

    def fill_down(self) -> None:
        """Fill the chosen cells of each column with what stands in the topmost."""
        if self.changeable:
            self.hands.fill_down(self.blocks())

    def fill_right(self) -> None:
        """Fill the chosen cells of each row with what stands in the leftmost."""
        if self.changeable:
            self.hands.fill_right(self.blocks(), self.shown_columns())

    def put_today(self) -> None:
        """Write the present day, or year, into the chosen cells that take one."""
        today = dt.datetime.now().astimezone().date()
        texts = {"date": date(today, self.session.speaker.language), "year": str(today.year)}
        cells = [
            (row, column, texts[kind])
            for block in self.blocks()
            for row in block.rows
            for column in block.columns
            if (kind := self.cells.kind(column)) in texts and self.cells.editable(row, column)
        ]
        if cells and self.changeable:
            self.cells.write(cells)

    # -- work on rows and columns ---------------------------------------------------------------
    def choose_rows(self) -> None:
        """Choose the whole rows of what is chosen."""
        rows, spot = self.chosen_rows(), self.spot()
        if rows and spot is not None:
            self.choose((rows[0], 0), (rows[-1], len(self.shown_columns()) - 1), cursor=spot)

    def choose_columns(self) -> None:
        """Choose the whole columns of what is chosen."""
        shown, spot = self.shown_columns(), self.spot()
        chosen = [shown.index(column) for block in self.blocks() for column in block.columns]
        if chosen and spot is not None:
            self.choose((0, min(chosen)), (self.cells.rowCount() - 1, max(chosen)), cursor=spot)

    def insert_rows(self) -> None:
        """Add as many rows as are chosen, above them."""
        if not self.cells.may_insert:
            return
        rows = [row for row in self.chosen_rows() if not self.cells.fresh(row)]
        self.cells.insert_rows(rows[0] if rows else None, max(1, len(rows)))

    def delete_rows(self) -> None:
        """Delete the chosen rows."""
        if self.rows_deleted is not None:
            self.rows_deleted()
        elif self.changeable:
            self.cells.delete_rows(self.chosen_rows())

    def move_rows(self, step: int) -> None:
        """Move the chosen rows up or down by one."""
        rows, spot = self.chosen_rows(), self.spot()
        if spot is None or not self.changeable or not self.cells.move_rows(rows, step):
            return
        self.moved.emit()
        self.go((spot[0] + step, spot[1]))
        if len(rows) > 1:
            last = len(self.shown_columns()) - 1
            self.choose((rows[0] + step, 0), (rows[-1] + step, last), cursor=(spot[0] + step, spot[1]))

    moved = Signal()
    """Rows stand in another order; whoever shows them reads them again at once."""

    def subject(self) -> Subject | None:
        """The current cell, as something whose history can be told."""
        return self.cells.subject(self.currentIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the chosen cells; also by the menu key."""
        self.menu().exec(event.globalPos())

    def menu(self) -> QMenu:
        """The menu of the chosen cells."""
        return menus.of_cells(self)

    # -- the handle for series ------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.handle.paint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.handle.pressed(event):
            return
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if index.isValid() and self.cells.skips(index.row()):
            self.cells.fold(index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.handle.moved(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self.handle.released():
            super().mouseReleaseEvent(event)
