"""The keyboard of a table: what each key does to its cells, as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.ui.grid.moving import KEYS

if TYPE_CHECKING:
    from desktop.ui.grid.table import CellTable

Key = Qt.Key
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Keyboard:
    """Answers the keys of a :class:`CellTable`."""

    def __init__(self, table: CellTable) -> None:
        self._table = table
        self._row_keys: dict[int, Callable[[], object]] = {
            Key.Key_Plus: table.insert_rows, Key.Key_Equal: table.insert_rows,
            Key.Key_Minus: table.delete_rows,
        }  # fmt: skip

    def claims(self, event: QEvent) -> bool:
        """Whether this is one of the table's own keys, which come before the window's shortcuts."""
        return (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._owns(event)
        )

    @staticmethod
    def leaves(event: QEvent) -> bool | None:
        """Whether Ctrl+Tab leaves the table forwards or backwards; None for any other key."""
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in {Key.Key_Tab, Key.Key_Backtab}
            and event.modifiers() & CONTROL
        ):
            return event.key() == Key.Key_Tab and not event.modifiers() & SHIFT
        return None

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key says; whether it meant anything here."""
        table, modifiers, key = self._table, event.modifiers(), event.key()
        control, shift, alt = (bool(modifiers & each) for each in (CONTROL, SHIFT, ALT))
        if alt and key in {Key.Key_Up, Key.Key_Down}:
            table.move_rows(-1 if key == Key.Key_Up else 1)
        elif key in KEYS and not alt:
            self._move(event, control=control, shift=shift)
        elif control and self._command(event, shift=shift):
            pass
        elif key in {Key.Key_Return, Key.Key_Enter}:
            self._enter(shift=shift)
        elif key == Key.Key_Space and shift:
            table.choose_rows()
        elif key in {Key.Key_Delete, Key.Key_Backspace}:
            table.clear()
        elif key == Key.Key_Escape:
            self._escape(event)
        else:
            self._explain_locked(event)
            return False
        return True

    def _owns(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & CONTROL)
        if event.key() in KEYS:
            # Ctrl+PgUp and Ctrl+PgDn turn the window's pages.
            return not (control and event.key() in {Key.Key_PageUp, Key.Key_PageDown})
        if event.modifiers() & ALT:
            return False
        own = {Key.Key_A, Key.Key_C, Key.Key_V, Key.Key_X, Key.Key_D, Key.Key_R, Key.Key_Semicolon,
               Key.Key_Space, Key.Key_Return, Key.Key_Enter, *self._row_keys}  # fmt: skip
        if control and event.modifiers() & SHIFT:
            return event.key() in {Key.Key_L, Key.Key_Plus, Key.Key_Equal}
        return control and event.key() in own

    def _explain_locked(self, event: QKeyEvent) -> None:
        """Typing into a cell that only shows something is answered, not swallowed."""
        table = self._table
        index, held = table.currentIndex(), event.modifiers() & (CONTROL | ALT)
        if not event.text().strip() or held or not index.isValid():
            return
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            shut = table.session.why_shut if table.cells.shut else table.cells.why_locked(index)
            table.session.told.emit(shut)

    def _command(self, event: QKeyEvent, *, shift: bool) -> bool:
        """Ctrl with a letter or sign; whether it meant anything."""
        table, standard, key = self._table, QKeySequence.StandardKey, event.key()
        works: dict[int, Callable[[], object]] = {
            Key.Key_D: table.fill_down, Key.Key_R: table.fill_right, Key.Key_Semicolon: table.put_today,
            Key.Key_Space: table.choose_columns, **self._row_keys,
        }  # fmt: skip
        if event.matches(standard.Copy):
            table.copy()
        elif event.matches(standard.Paste):
            table.paste_clipboard()
        elif event.matches(standard.Cut):
            table.copy()
            table.clear()
        elif event.matches(standard.SelectAll):
            table.selectAll()
        elif shift and key == Key.Key_L:
            index = table.currentIndex()
            table.column_menu.emit(max(0, index.column()), self._below(index))
        elif key in works and (not shift or key in self._row_keys):
            works[key]()
        else:
            return False
        return True

    def _below(self, index: QModelIndex) -> QPoint:
        heads = self._table.heads
        left = heads.sectionViewportPosition(max(0, index.column()))
        return heads.mapToGlobal(QPoint(max(0, left), heads.height()))

    def _move(self, event: QKeyEvent, *, control: bool, shift: bool) -> None:
        table = self._table
        spot = table.spot()
        if spot is None:
            table.go((0, 0))
            return
        if (
            not (control or shift)
            and event.key() in {Key.Key_Left, Key.Key_Right}
            and table.cells.skips(spot[0])
        ) and table.cells.fold(spot[0], closed=event.key() == Key.Key_Left):
            return
        page = max(1, table.viewport().height() // max(1, table.rowHeight(spot[0])) - 1)
        target = table.steps.target(event.key(), spot, control=control, page=page)
        if shift:
            table.extend(spot, target)
        else:
            table.go(target)

    def _enter(self, *, shift: bool) -> None:
        table = self._table
        index = table.currentIndex()
        if table.cells.skips(index.row()) and table.cells.fold(index.row()):
            return
        if table.opens and index.isValid():
            table.opened.emit(index)
            return
        spot = table.spot()
        if spot is not None:
            table.go((min(max(0, spot[0] + (-1 if shift else 1)), table.cells.rowCount() - 1), spot[1]))

    def _escape(self, event: QKeyEvent) -> None:
        spot = self._table.spot()
        blocks = self._table.blocks()
        if spot is not None and (len(blocks) > 1 or blocks[0].size > 1):
            self._table.go(spot)
        else:
            event.ignore()
