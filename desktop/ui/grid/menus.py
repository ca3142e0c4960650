"""The menu of chosen cells: everything the keys do, with the keys beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop.base import Message
from desktop.ui.reviewing.cells import better, remark

if TYPE_CHECKING:
    from desktop.ui.grid.table import CellTable

Entry = tuple[Message, str, Callable[[], object], bool]


def of_cells(table: CellTable) -> QMenu:
    """The menu of the chosen cells."""
    session, cells = table.session, table.cells
    made = QMenu(table)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    changes = table.changeable
    groups: list[list[Entry]] = [
        [
            (Message("ui.grid.cut"), "Ctrl+X", partial(_cut, table), changes),
            (Message("ui.grid.copy"), "Ctrl+C", table.copy, True),
            (Message("ui.grid.paste"), "Ctrl+V", table.paste_clipboard, changes),
            (Message("ui.grid.clear"), "Del", table.clear, changes),
        ],
        [
            (Message("ui.grid.fill"), "Ctrl+D", table.fill_down, changes),
            (Message("ui.grid.fill_right"), "Ctrl+R", table.fill_right, changes),
        ],
    ]
    if cells.may_insert:
        rows: list[Entry] = [
            (Message("ui.grid.insert"), "Ctrl++", table.insert_rows, True),
            (Message("ui.grid.delete"), "Ctrl+-", table.delete_rows, True),
        ]
        if cells.may_move:
            rows += [
                (Message("ui.grid.up"), "Alt+Up", lambda: table.move_rows(-1), True),
                (Message("ui.grid.down"), "Alt+Down", lambda: table.move_rows(1), True),
            ]
        groups.append(rows)
    spoken = table.subject() is not None and not session.locked
    groups.append(
        [
            (Message("ui.review.remark"), "Ctrl+Alt+C", partial(remark, table), spoken),
            (Message("ui.review.suggest"), "Ctrl+Alt+U", partial(better, table), spoken),
        ]
    )
    for group in groups:
        for name, keys, work, allowed in group:
            action = made.addAction(f"{session.say(name)}\t{keys}")
            action.setEnabled(allowed)
            action.triggered.connect(partial(_run, work))
        made.addSeparator()
    here = table.currentIndex()
    if cells.quotable(here.row(), here.column()) is not None:
        said = made.addAction(session.say(Message("ui.quote.menu")))
        said.triggered.connect(partial(_quote, table))
    history = made.addAction(session.say(Message("ui.command.field_history")))
    history.setEnabled(table.subject() is not None)
    history.triggered.connect(lambda: session.history_wanted.emit(table.subject()))
    row = _programme(table)
    if row:
        past = made.addAction(session.say(Message("ui.past.of_programme")))
        past.triggered.connect(lambda: session.show("history", row))
    if table.differing.at(table.currentIndex()) is not None:
        sides = made.addAction(session.say(Message("ui.differing.open_sides")))
        sides.triggered.connect(lambda: table.differing.open(table.currentIndex()))
    return made


def _programme(table: CellTable) -> str:
    """The programme on whose line the cursor is, in the list of programmes."""
    from desktop.ui.grid.model import GridModel

    cells, here = table.cells, table.currentIndex()
    if not isinstance(cells, GridModel) or not here.isValid() or cells.level() != "programme":
        return ""
    return cells.rows[here.row()].key


def _quote(table: CellTable, _checked: bool = False) -> None:
    from desktop.ui.dialogs.quoting import quote_cell

    quote_cell(table)


def _cut(table: CellTable) -> None:
    table.copy()
    table.clear()


def _run(work: Callable[[], object], _checked: bool = False) -> None:
    work()
