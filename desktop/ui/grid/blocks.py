"""What is done with blocks of cells: copy, paste, clear, fill down and right, continue a series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData

from desktop.ui.grid import clipboard, series
from desktop.ui.grid.cells import CellModel


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle on screen: rows, and columns in the order they are shown; both ends included."""

    top: int
    bottom: int
    columns: tuple[int, ...]

    @property
    def rows(self) -> range:
        """Its rows."""
        return range(self.top, self.bottom + 1)

    @property
    def size(self) -> int:
        """How many cells it has."""
        return len(self.rows) * len(self.columns)


Written = tuple[int, int, str]


class Hands:
    """Works on a model's cells by blocks; each piece of work is one operation."""

    def __init__(self, model: CellModel) -> None:
        self._model = model

    # -- clipboard ------------------------------------------------------------------------------
    def copied(self, blocks: Sequence[Block]) -> QMimeData | None:
        """The chosen cells for the clipboard; gaps between several blocks are empty cells."""
        if not blocks:
            return None
        model = self._model
        rows = list(range(min(b.top for b in blocks), max(b.bottom for b in blocks) + 1))
        rows = [
            row
            for row in rows
            if any(row in b.rows for b in blocks) and not (model.skips(row) or model.fresh(row))
        ]
        columns = list(dict.fromkeys(column for block in blocks for column in block.columns))
        single = len(blocks) == 1
        texts, numbers = [], []
        for row in rows:
            mine = [
                single or any(row in b.rows and column in b.columns for b in blocks) for column in columns
            ]
            texts.append(
                [model.text(row, col) if wanted else "" for col, wanted in zip(columns, mine, strict=True)]
            )
            figures = [
                model.figure(row, column) if wanted else None
                for column, wanted in zip(columns, mine, strict=True)
            ]
            numbers.append(["" if figure is None else f"{figure:f}" for figure in figures])
        return clipboard.to_mime(texts, numbers) if texts else None

    def paste(
        self, rows: list[list[str]], corner: tuple[int, int], blocks: Sequence[Block], shown: Sequence[int]
    ) -> int:
        """Paste as Excel does: at the corner, or repeated where the chosen block is a multiple of it.

        ``shown`` are the columns on screen, in their order. Rows that a heading takes are stepped over;
        rows are added where the table grows.
        """
        if not rows:
            return 0
        high, wide = len(rows), max(map(len, rows))
        if (high, wide) == (1, 1) and blocks:
            same = [
                (row, column, rows[0][0])
                for block in blocks
                for row in block.rows
                for column in block.columns
            ]
            return self._write(same)
        top, left = corner
        columns = list(shown[shown.index(left) :]) if left in shown else list(shown)
        width = 0
        if len(blocks) == 1:
            block = blocks[0]
            top, columns = block.top, list(shown[shown.index(block.columns[0]) :])
            there = [row for row in block.rows if not self._model.skips(row)]
            if len(there) % high == 0 and len(block.columns) % wide == 0:
                high, width = len(there), len(block.columns)
        cells: list[Written] = []
        for place, row in enumerate(self._targets(top, high)):
            line = rows[place % len(rows)]
            if width:
                given = [(right, right % wide) for right in range(width) if right % wide < len(line)]
            else:
                given = [(right, right) for right in range(min(len(line), len(columns)))]
            cells += [(row, columns[right], line[source]) for right, source in given]
        return self._write(cells)

    def _targets(self, start: int, count: int) -> list[int]:
        """The rows a block of ``count`` lines falls on: headings are skipped, new rows follow the last."""
        model, rows = self._model, list[int]()
        row, last = max(start, 0), self._model.rowCount()
        while len(rows) < count:
            if row >= last and not model.grows:
                break
            if not model.skips(row):
                rows.append(row)
            row += 1
        return rows

    # -- the same text, or nothing ----------------------------------------------------------------
    def clear(self, blocks: Sequence[Block]) -> int:
        """Empty the chosen cells."""
        return self.fill(blocks, "")

    def fill(self, blocks: Sequence[Block], text: str) -> int:
        """Write one text into every chosen cell."""
        cells = [
            (row, column, text)
            for block in blocks
            for row in block.rows
            for column in block.columns
            if text or not self._model.fresh(row)
        ]
        return self._write(cells)

    def fill_down(self, blocks: Sequence[Block]) -> int:
        """Fill each block from its topmost row; a single row takes over what stands above it."""
        model, cells = self._model, []
        for block in blocks:
            rows = [row for row in block.rows if not model.skips(row)]
            if len(rows) == 1:
                above = next((row for row in range(rows[0] - 1, -1, -1) if not model.skips(row)), None)
                rows = [above, *rows] if above is not None else []
            for column in block.columns:
                text = model.text(rows[0], column) if rows else ""
                cells += [(row, column, text) for row in rows[1:] if text or not model.fresh(row)]
        return self._write(cells)

    def fill_right(self, blocks: Sequence[Block], shown: Sequence[int]) -> int:
        """Fill each block from its leftmost column; a single column takes over what stands left of it."""
        model, cells = self._model, []
        for block in blocks:
            columns = list(block.columns)
            place = shown.index(columns[0])
            if len(columns) == 1 and place > 0:
                columns.insert(0, shown[place - 1])
            for row in block.rows:
                if model.skips(row) or model.fresh(row):
                    continue
                text = model.text(row, columns[0])
                cells += [(row, column, text) for column in columns[1:]]
        return self._write(cells)

    def continue_to(self, seed: Block, target: Block) -> int:
        """Go on from a block to a larger one that holds it: down, up, right or left."""
        cells: list[Written] = []
        if target.columns == seed.columns:
            backwards = target.top < seed.top
            ahead = [row for row in target.rows if row not in seed.rows and not self._model.skips(row)]
            ahead = list(reversed(ahead)) if backwards else ahead
            for column in seed.columns:
                given = [self._model.text(row, column) for row in seed.rows if not self._model.skips(row)]
                made = self._series(given, len(ahead), column, backwards=backwards)
                cells += [(row, column, text) for row, text in zip(ahead, made, strict=True)]
        else:
            backwards = target.columns[0] != seed.columns[0]
            further = [column for column in target.columns if column not in seed.columns]
            further = list(reversed(further)) if backwards else further
            for row in seed.rows:
                if self._model.skips(row):
                    continue
                given = [self._model.text(row, column) for column in seed.columns]
                made = self._series(given, len(further), seed.columns[-1], backwards=backwards)
                cells += [(row, column, text) for column, text in zip(further, made, strict=True)]
        return self._write(cells)

    def _series(self, given: list[str], count: int, column: int, *, backwards: bool) -> list[str]:
        model = self._model
        return series.continued(
            given, count, backwards=backwards, kind=model.kind(column),
            read=lambda text: model.reads_number(column, text),
            write=lambda number: model.writes_number(column, number),
        )  # fmt: skip

    def _write(self, cells: Sequence[Written]) -> int:
        model, last = self._model, self._model.rowCount()
        wanted = [
            cell
            for cell in cells
            if (cell[0] >= last and model.grows) or (cell[0] < last and model.editable(cell[0], cell[1]))
        ]
        return model.write(wanted) if wanted else 0
