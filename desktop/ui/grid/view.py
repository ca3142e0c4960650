"""The grid as people handle it: keys like in a spreadsheet, a bar of tools, a line for what was refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QMenu, QTableView, QToolButton, QWidget

from desktop.base import Language, Message
from desktop.ui import widgets
from desktop.ui.fields.box import language_name
from desktop.ui.grid.clipboard import read_block, write_block
from desktop.ui.grid.delegate import CellDelegate
from desktop.ui.grid.model import NUMBERS, GridModel
from desktop.ui.grid.source import GridSource
from desktop.ui.session import Session
from desktop.ui.speaker import Speech
from desktop.ui.tracing import Subject
from desktop.workspace.plan import Place

ROW_HEIGHT, TALLEST = 34, 130
FITTED = 300
"""Up to how many rows heights follow the text (fitting 10,000 rows takes 1.5 s)."""


class GridTable(QTableView):
    """The table itself, with keys and clipboard."""

    def __init__(self, model: GridModel) -> None:
        super().__init__()
        self.setModel(model)
        self.grid = model
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setAlternatingRowColors(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(True)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setVisible(not model.source.labelled)
        self.verticalHeader().setMinimumWidth(34)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(70)
        head.setStretchLastSection(True)
        self._widths_set = False
        self._chosen = False
        self._natural: list[int] = []
        head.sectionResized.connect(self._on_section)

    def set_widths(self) -> None:
        """Give columns widths that fit their kind; later it is the person's."""
        if self._widths_set:
            return
        self._widths_set = True
        if self.grid.source.labelled:
            self.setColumnWidth(0, 230)
        wide = {
            "long_text": 240,
            "rich_text": 240,
            "text": 170,
            "rupiah": 140,
            "choice": 140,
            "boolean": 90,
            "year": 80,
        }
        for place, field in enumerate(self.grid.fields):
            width = wide.get(field.type, 100 if field.type in NUMBERS else 150)
            heading = str(self.grid.headerData(place + self.grid.first, Qt.Orientation.Horizontal))
            needed = self.horizontalHeader().fontMetrics().horizontalAdvance(heading) + 26
            self.setColumnWidth(place + self.grid.first, max(width, min(needed, 220)))
        self._natural = [self.columnWidth(place) for place in range(self.grid.columnCount() - 1)]
        last = self.grid.fields[-1]
        self._natural.append(wide.get(last.type, 100))
        self._spread()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        """Give room that is left to the columns of text, unless the person chose widths."""
        if not self._widths_set or self._chosen:
            return
        wordy = [
            place + self.grid.first
            for place, field in enumerate(self.grid.fields)
            if field.type in {"long_text", "rich_text", "text"}
        ]
        head = self.horizontalHeader()
        used = sum(self._natural)
        spare = self.viewport().width() - used
        for place, width in enumerate(self._natural):
            more = spare // len(wordy) if spare > 0 and place in wordy else 0
            if place < len(self._natural) - 1 or more:
                head.resizeSection(place, width + more)
        if spare > 0:
            self.fit_rows()

    def _on_section(self, _section: int, _old: int, _new: int) -> None:
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._chosen = True

    def fit_rows(self) -> None:
        """Let rows be as tall as their text, within reason."""
        spans = [row for row, each in enumerate(self.grid.rows) if each.heading]
        self.clearSpans()
        for row in spans:
            self.setSpan(row, 0, 1, self.grid.columnCount())
        if len(self.grid.rows) > FITTED:
            return
        long = any(field.type in {"long_text", "rich_text", "text"} for field in self.grid.fields)
        if not long and not self.grid.source.labelled:
            return
        for row in range(len(self.grid.rows)):
            self.setRowHeight(row, min(max(self.sizeHintForRow(row) + 8, ROW_HEIGHT), TALLEST))

    # -- keys -----------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        standard = QKeySequence.StandardKey
        if event.matches(standard.Copy):
            self.copy()
        elif event.matches(standard.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.matches(standard.Cut):
            self.copy()
            self.clear()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.clear()
        elif event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.fill_down()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        index = self.currentIndex()
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    # -- history and menu -----------------------------------------------------------------------
    def subject(self) -> Subject | None:
        """The current cell, as something whose history can be told."""
        return self.grid.subject(self.currentIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the chosen cells; also by the menu key."""
        self.menu().exec(event.globalPos())

    def menu(self) -> QMenu:
        """The menu of the chosen cells."""
        session, made = self.grid.session, QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        changes = not session.read_only
        clipboard = QGuiApplication.clipboard()
        for name, work, allowed in (
            (Message("ui.grid.copy"), self.copy, True),
            (Message("ui.grid.paste"), lambda: self.paste(clipboard.text()), changes),
            (Message("ui.grid.clear"), self.clear, changes),
        ):
            action = made.addAction(session.say(name))
            action.setEnabled(allowed)
            action.triggered.connect(partial(_run, work))
        made.addSeparator()
        history = made.addAction(session.say(Message("ui.command.field_history")))
        history.setEnabled(self.subject() is not None)
        history.triggered.connect(lambda: session.history_wanted.emit(self.subject()))
        return made

    def selected(self) -> list[QModelIndex]:
        """The chosen cells, row by row."""
        return sorted(self.selectedIndexes(), key=lambda index: (index.row(), index.column()))

    def chosen_rows(self) -> list[int]:
        """The rows with a chosen cell."""
        return sorted({index.row() for index in self.selectedIndexes()})

    def copy(self) -> None:
        """Copy the chosen block for a spreadsheet."""
        cells = self.selected()
        if not cells:
            return
        columns = range(min(c.column() for c in cells), max(c.column() for c in cells) + 1)
        wanted = {(c.row(), c.column()) for c in cells}
        block = [
            [str(self.grid.index(row, col).data() or "") if (row, col) in wanted else "" for col in columns]
            for row in self.chosen_rows()
        ]
        QGuiApplication.clipboard().setText(write_block(block))

    def paste(self, text: str) -> int:
        """Paste a block with its corner at the current cell; one value fills all chosen cells."""
        if not text or self.grid.session.read_only:
            return 0
        block = read_block(text)
        corner = self.currentIndex()
        row, column = (
            (corner.row(), corner.column())
            if corner.isValid()
            else (len(self.grid.rows) - 1, self.grid.first)
        )
        if len(block) == 1 and len(block[0]) == 1:
            cells = [(index.row(), index.column(), block[0][0]) for index in self.selected()]
            cells = cells or [(row, column, block[0][0])]
        else:
            rows = self._targets(row, len(block))
            cells = [
                (rows[down], column + right, cell)
                for down, line in enumerate(block[: len(rows)])
                for right, cell in enumerate(line)
                if column + right < self.grid.columnCount()
            ]
        return self.grid.write(cells)

    def _targets(self, start: int, count: int) -> list[int]:
        """The rows a block of ``count`` lines falls on: headings are skipped, new rows follow the last."""
        rows: list[int] = []
        row = max(start, 0)
        while len(rows) < count:
            if row >= len(self.grid.rows) and not self.grid.source.may_add:
                break
            if row >= len(self.grid.rows) or not self.grid.rows[row].heading:
                rows.append(row)
            row += 1
        return rows

    def clear(self) -> None:
        """Empty the chosen cells."""
        if not self.grid.session.read_only:
            self.grid.write(
                [(index.row(), index.column(), "") for index in self.selected() if self._real(index)]
            )

    def _real(self, index: QModelIndex) -> bool:
        return not self.grid.rows[index.row()].fresh

    def fill_down(self) -> None:
        """Fill the chosen cells of each column with what stands in the topmost."""
        cells = self.selected()
        top = {index.column(): str(index.data() or "") for index in reversed(cells)}
        first = {index.column(): index.row() for index in reversed(cells)}
        wanted = [
            (i.row(), i.column(), top[i.column()])
            for i in cells
            if i.row() != first[i.column()] and self._real(i)
        ]
        if wanted and not self.grid.session.read_only:
            self.grid.write(wanted)


def _run(work: Callable[[], object], _checked: bool = False) -> None:
    work()


class Grid(QWidget):
    """Tools, table and the line below."""

    language_chosen = Signal(str)

    def __init__(self, session: Session, source: GridSource, name: Speech) -> None:
        super().__init__()
        self.session = session
        self.model = GridModel(session, source)
        self.model.setParent(self)
        self.table = GridTable(self.model)
        widgets.call(session.speaker, self.table, name)
        layout = widgets.column(spacing=6)
        self.setLayout(layout)
        self.tools = widgets.line(spacing=2)
        layout.addLayout(self.tools)
        layout.addWidget(self.table, 1)
        self._said = widgets.label(session.speaker, "", "bad", wrap=True)
        self._said.hide()
        layout.addWidget(self._said)
        self._edits: list[QToolButton] = []
        self._languages: dict[str, QToolButton] = {}
        self._fill_tools()
        self.model.refused.connect(self._on_refused)
        self.model.modelReset.connect(self._on_reset)
        self.model.rowsInserted.connect(lambda *_: self.table.fit_rows())

    def _fill_tools(self) -> None:
        speaker, source = self.session.speaker, self.model.source
        if source.may_add:
            self._tool(Message("ui.grid.add"), "plus", self.add)
            self._tool(Message("ui.grid.delete"), "trash-2", self.delete)
        if source.may_move:
            self._tool(Message("ui.grid.up"), "arrow-up", lambda: self.move_by(-1))
            self._tool(Message("ui.grid.down"), "arrow-down", lambda: self.move_by(1))
        self._tool(Message("ui.grid.fill"), "chevron-down", self.table.fill_down)
        self.tools.addWidget(widgets.label(speaker, Message("ui.grid.hint"), "muted"))
        self.tools.addStretch(1)
        if any(field.bilingual for field in source.columns()):
            for language in (self.session.source, self.session.second):
                self._languages[language.value] = self._language(language)

    def _tool(self, name: Message, icon: str, press: object) -> None:
        made = widgets.tool(self.session.speaker, name, icon, press)  # type: ignore[arg-type]
        self._edits.append(made)
        self.tools.addWidget(made)

    def _language(self, language: Language) -> QToolButton:
        made = QToolButton()
        made.setProperty("look", "segment")
        made.setCheckable(True)
        made.setChecked(language.value == self.model.language)
        made.setText(language.value.upper())
        name = Message("ui.grid.language", language=language_name(language))
        self.session.speaker.tie(made, QToolButton.setToolTip, name)
        widgets.call(self.session.speaker, made, name)
        made.clicked.connect(lambda: self.write_in(language.value))
        self.tools.addWidget(made)
        return made

    def write_in(self, language: str) -> None:
        """Show and edit the texts of one language of the plan."""
        self.model.speak_in(language)
        for code, made in self._languages.items():
            made.setChecked(code == language)

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the plan as it is now."""
        corner = self.table.currentIndex()
        spot = (corner.row(), corner.column()) if corner.isValid() else None
        self.model.refresh()
        self.table.set_widths()
        self.table.fit_rows()
        for made in self._edits:
            made.setEnabled(not self.session.read_only)
        for made in self._languages.values():
            made.setVisible(self.session.settings.second_language)
        if spot is not None and not self.table.currentIndex().isValid():
            index = self.model.index(min(spot[0], len(self.model.rows) - 1), spot[1])
            self.table.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.SelectCurrent
            )

    def _on_reset(self) -> None:
        self.table.fit_rows()

    def _on_refused(self, message: Message | None) -> None:
        self._said.setVisible(message is not None)
        if message is not None:
            self.session.speaker.tie(self._said, QLabel.setText, message)

    # -- tools ----------------------------------------------------------------------------------
    def add(self) -> None:
        """Add a row where the cursor is, or at the end."""
        index = self.table.currentIndex()
        here = index.row() if index.isValid() and self.model.rows[index.row()].key else None
        if self.model.source.may_move or here is None:
            self.model.add_row(here)
        else:
            self.model.add_row(None)

    def delete(self) -> None:
        """Delete the chosen rows."""
        self.model.delete_rows(self.table.chosen_rows())

    def move_by(self, step: int) -> None:
        """Move the current row up or down."""
        index = self.table.currentIndex()
        if index.isValid() and self.model.move_row_by(index.row(), step):
            self.refresh()
            moved = self.model.index(index.row() + step, index.column())
            self.table.setCurrentIndex(moved)

    def point_at(self, place: Place) -> bool:
        """Put the cursor on the cell a finding is about; whether it is in this grid."""
        for row, each in enumerate(self.model.rows):
            if each.heading:
                continue
            for column, field in enumerate(self.model.fields):
                if self.model.source.is_at(place, each, field):
                    if place.language and field.bilingual and place.language != self.model.language:
                        self.write_in(place.language)
                    index = self.model.index(row, column + self.model.first)
                    self.table.setCurrentIndex(index)
                    self.table.scrollTo(index)
                    self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                    return True
        return False
