"""How wide columns are, which are shown and in what order; a person's choice is remembered by table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QGuiApplication

from desktop.ui import theme
from desktop.ui.grid.cells import NUMBERS, TONE, Role
from desktop.ui.grid.chips import chip_width

if TYPE_CHECKING:
    from desktop.ui.grid.table import CellTable

WIDE = {
    "long_text": 220, "rich_text": 220, "text": 150, "rupiah": 128, "choice": 120, "boolean": 76, "year": 66,
    "": 210, "agency": 140, "dimension": 130, "sub_dimension": 150, "programme": 170, "choices": 150,
    "date": 120, "row": 200,
}  # fmt: skip
WORDY = frozenset({"long_text", "rich_text", "text", "programme", "row", ""})
"""Columns that take the room that is left."""
YIELDING = WORDY | {"agency", "dimension", "sub_dimension", "choices", "person"}
"""Columns whose text may wrap earlier where room is short."""
LEAST, MOST = 48, 620
ASKED = 400
"""Rows that are read for a column's own width; more would take too long."""
READ, WORD, NAME = 60, 190, 300
"""Rows read for their longest words, and the most room (at 100 %) one word, and one name, is given."""
SAVE_AFTER = 700
"""Milliseconds without a change of widths before they are kept."""


class Widths(QObject):
    """Gives columns their widths, and keeps what the person made of them."""

    def __init__(self, table: CellTable, name: str) -> None:
        super().__init__(table)
        self._table, self._name = table, name
        self._set = False
        self._own: dict[str, int] = {}
        self._natural: dict[int, int] = {}
        self._words: dict[int, int] = {}
        self._names: dict[int, int] = {}
        """How wide columns of names are in which none wraps."""
        self._working = False
        self._save = QTimer(self, singleShot=True, interval=SAVE_AFTER)
        self._save.timeout.connect(self.keep)
        heads = table.heads
        heads.sectionResized.connect(self._on_resized)
        heads.sectionMoved.connect(lambda *_: self._touched())
        heads.sectionHandleDoubleClicked.connect(self.fit)

    # -- remembered -----------------------------------------------------------------------------
    def _remembered(self) -> dict[str, Any]:
        found = self._table.session.settings.tables.get(self._name)
        return found if isinstance(found, dict) else {}

    def keep(self) -> None:
        """Remember widths, hidden columns and order."""
        self._save.stop()
        if not self._name or not self._set:
            return
        heads, cells = self._table.heads, self._table.cells
        keys = [cells.column_key(column) for column in range(heads.count())]
        order = [keys[heads.logicalIndex(place)] for place in range(heads.count())]
        value = {
            "widths": dict(self._own),
            "hidden": [key for column, key in enumerate(keys) if heads.isSectionHidden(column)],
            "order": order if order != keys else [],
        }
        session = self._table.session
        if value != self._remembered():
            session.remember(tables={**session.settings.tables, self._name: value})

    def _touched(self) -> None:
        if not self._working and self._name:
            self._save.start()

    def begin(self) -> None:
        """Lay the columns out once there is something to show; later calls change nothing."""
        if self._set or not self._table.heads.count():
            return
        known = self._remembered()
        widths = known.get("widths")
        self._own = {str(key): int(wide) for key, wide in widths.items()} if isinstance(widths, dict) else {}
        self._set = True
        self._working = True
        heads, cells = self._table.heads, self._table.cells
        keys = [cells.column_key(column) for column in range(heads.count())]
        order = [key for key in known.get("order") or [] if key in keys]
        for place, key in enumerate(order):
            heads.moveSection(heads.visualIndex(keys.index(key)), place)
        hidden = [key for key in known.get("hidden") or cells.rarely_shown() if key in keys]
        if len(hidden) < len(keys):
            for key in hidden:
                heads.hideSection(keys.index(key))
        self._working = False
        self.lay_out()

    def again(self) -> None:
        """Other columns than before, or letters of another size: lay out anew."""
        if self._set:
            self.lay_out()

    def reset(self) -> None:
        """Columns as they come: all shown, in their own order and widths."""
        heads = self._table.heads
        self._working = True
        self._own.clear()
        keys = [self._table.cells.column_key(column) for column in range(heads.count())]
        for column in range(heads.count()):
            heads.moveSection(heads.visualIndex(column), column)
            heads.setSectionHidden(column, keys[column] in self._table.cells.rarely_shown())
        self._working = False
        self.lay_out()
        self.keep()

    # -- laying out -----------------------------------------------------------------------------
    def lay_out(self) -> None:
        """Natural widths by kind, the person's own where there are some; wordy columns take what is left."""
        cells, heads = self._table.cells, self._table.heads
        natural = {}
        for column in range(heads.count()):
            own = self._own.get(cells.column_key(column))
            kind = cells.kind(column)
            wide = theme.grown(cells.wide(column) or WIDE.get(kind, 92 if kind in NUMBERS else 130))
            self._words[column] = 0 if kind in NUMBERS else self._longest_word(column)
            named = kind == "choice" or kind in YIELDING - WORDY
            self._names[column] = self._longest_name(column) if named else 0
            least = max(heads.needed_width(column, lines=2), self._words[column])
            natural[column] = theme.grown(own) if own else max(wide, least)
        self._natural = natural
        self.spread()

    def _longest_word(self, column: int) -> int:
        """How wide the longest word of the first rows is: narrower, it would lose its last letters.

        A chip is one word: it never goes on to a second line.
        """
        cells, metrics = self._table.cells, QFontMetrics(self._table.font())
        words, chips = set[str](), set[str]()
        for row in range(min(cells.rowCount(), READ)):
            index = cells.index(row, column)
            text = "" if cells.skips(row) else str(index.data(Role.DisplayRole) or "")
            if text and index.data(TONE):
                chips.add(text)
            else:
                words.update(text.split())
        longest = max((metrics.horizontalAdvance(word) for word in words), default=0) + 22
        widest = max((chip_width(self._table.font(), chip) for chip in chips), default=0)
        return min(max(longest, widest), theme.grown(WORD))

    def _longest_name(self, column: int) -> int:
        """How wide the longest text of the first rows is, within reason."""
        cells, metrics = self._table.cells, QFontMetrics(self._table.font())
        rows = (row for row in range(min(cells.rowCount(), READ)) if not cells.skips(row))
        texts = (str(cells.index(row, column).data(Role.DisplayRole) or "") for row in rows)
        longest = max((metrics.horizontalAdvance(text) for text in texts), default=0) + 22
        return min(longest, theme.grown(NAME))

    def spread(self) -> None:
        """Give room that is left to the columns of text, unless the person chose their widths."""
        if not self._set:
            return
        cells, heads = self._table.cells, self._table.heads
        shown = self._table.shown_columns()
        free = [column for column in shown if cells.column_key(column) not in self._own]
        wordy = [column for column in free if cells.kind(column) in WORDY and not cells.wide(column)]
        if not wordy and len(free) == len(shown):
            # every text has a width of its own: half a screen beside them would stay empty
            wordy = [column for column in free if cells.kind(column) in WORDY] or [
                column for column in free if cells.kind(column) in YIELDING
            ]
        used = sum(self._natural.get(column, heads.sectionSize(column)) for column in shown)
        spare = self._table.viewport().width() - used
        # Where little is lacking the wordy columns give, so that nothing scrolls sideways.
        yielding = (
            column
            for column in shown
            if cells.kind(column) in YIELDING
            and not (cells.kind(column) == "text" and cells.wide(column))
            and cells.column_key(column) not in self._own
        )
        rooms = {column: max(0, self._natural.get(column, 0) - self._least(column)) for column in yielding}
        give = sum(rooms.values()) if spare < 0 else 0
        # Where much is left, names stand on one line before texts get longer ones.
        longer = {
            column: max(0, self._names.get(column, 0) - self._natural.get(column, 0))
            for column in free
            if column not in wordy
        }
        if not 0 < sum(longer.values()) <= spare // 2:
            longer = {}
        spare -= sum(longer.values())
        self._working = True
        for column in shown:
            wide = self._natural.get(column)
            if wide is None:
                continue
            wide += longer.get(column, 0)
            if column in wordy and spare > 0:
                wide += spare // len(wordy)
            elif give and column in rooms:
                room = rooms[column]
                wide -= min(room, -(spare * room) // give + 1)
            if heads.sectionSize(column) != wide:
                heads.resizeSection(column, wide)
        self._working = False

    def _least(self, column: int) -> int:
        wordy = self._table.cells.kind(column) in WORDY and not self._table.cells.wide(column)
        least = max(self._table.heads.needed_width(column, lines=3), self._words.get(column, 0))
        return max(theme.grown(110 if wordy else 106), least)

    def fit(self, column: int) -> None:
        """As wide as what stands in a column needs (a double click between two heads)."""
        cells, table = self._table.cells, self._table
        metrics = QFontMetrics(table.font())
        rows = min(cells.rowCount(), ASKED)
        start = max(0, min(table.rowAt(0), cells.rowCount() - rows))
        longest = 0
        for row in range(start, start + rows):
            if not cells.skips(row):
                text = str(cells.index(row, column).data(Role.DisplayRole) or "")
                longest = max(longest, *(metrics.horizontalAdvance(line) for line in text.split("\n")))
        wide = max(longest + 20, table.heads.needed_width(column, lines=2), LEAST)
        self._own[cells.column_key(column)] = round(
            min(wide, theme.grown(MOST)) / max(0.1, theme.grown(100) / 100)
        )
        self.lay_out()
        self._touched()

    def _on_resized(self, column: int, _old: int, new: int) -> None:
        if self._working or not QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton or not new:
            return
        growth = max(0.1, theme.grown(100) / 100)
        key = self._table.cells.column_key(column)
        self._own[key] = round(new / growth)
        self._natural[column] = new
        self._touched()

    # -- hiding ---------------------------------------------------------------------------------
    def show_column(self, column: int, *, shown: bool) -> bool:
        """Show or hide a column; the last one stays."""
        heads = self._table.heads
        if not shown and self._table.shown_columns() == [column]:
            return False
        heads.setSectionHidden(column, not shown)
        self.spread()
        self._touched()
        return True

    def move_column(self, column: int, place: int) -> None:
        """Put a column at another place among all columns."""
        heads = self._table.heads
        heads.moveSection(heads.visualIndex(column), min(max(0, place), heads.count() - 1))
