"""Reads the answers and the rows of worksheets, and after an edit those again that it touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from desktop.base.ids import derived_id
from desktop.workspace import records
from desktop.workspace.plan import Answer, Cell, Row
from desktop.workspace.reading.stored import Stored


class Answers:
    """The answers as they were read last, by item and scope."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._kept: dict[tuple[str, str], Answer] = {}

    def read(self) -> dict[tuple[str, str], Answer]:
        """All of them."""
        self._kept = {}
        self._take(self._stored.all("answer"), None)
        return self._kept

    def again(self, ids: set[str]) -> dict[tuple[str, str], Answer]:
        """Those answers again whose rows an edit touched; the plan handed out before keeps its own."""
        owners = self._stored.owners
        among = {owners["answer", each] for each in ids if ("answer", each) in owners}
        among |= {(each.item, each.scope or "") for each in self._stored.all("answer", "id", ids)}
        self._kept = {key: each for key, each in self._kept.items() if key not in among}
        self._take(self._stored.all("answer", "item", {item for item, _ in among}), among)
        return self._kept

    def _take(self, found: list[Any], among: set[tuple[str, str]] | None) -> None:
        grouped: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for record in found:
            key = (record.item, record.scope or "")
            if among is None or key in among:
                self._stored.owners["answer", record.id] = key
                grouped[key].append(record)
        for key, records_of in grouped.items():
            origin = next((r.origin for r in records_of if r.origin), "") or ""
            self._kept[key] = Answer(*key, *records.value_and_text(records_of), origin)


class SheetRows:
    """The rows of worksheets, with their cells as they were read last."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._cells: dict[str, dict[str, Cell]] = {}

    def read(self) -> dict[str, tuple[Row, ...]]:
        """All of them, by worksheet."""
        self._cells = {}
        self._take(None)
        return self._assembled()

    def again(self, cells: set[str]) -> dict[str, tuple[Row, ...]]:
        """The rows again, with those cells that an edit touched."""
        among = self._stored.owners_of("cell", cells, "row")
        for row in among:
            self._cells.pop(row, None)
        if among:
            self._take(among)
        return self._assembled()

    def _take(self, among: set[str] | None) -> None:
        cells: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for record in self._stored.all("cell", "row", among):
            self._stored.owners["cell", record.id] = record.row
            cells[record.row][record.column].append(record)
        for row, columns in cells.items():
            self._cells[row] = {
                column: Cell(*records.value_and_text(found)) for column, found in columns.items()
            }

    def _assembled(self) -> dict[str, tuple[Row, ...]]:
        out: dict[str, list[Row]] = defaultdict(list)
        for record in self._stored.all("row"):
            out[record.worksheet].append(
                Row(
                    record.id,
                    record.worksheet,
                    record.agency or "",
                    record.fixed or "",
                    record.sort or "",
                    self._cells.get(record.id, {}),
                )
            )
        return {worksheet: tuple(_each_once(rows)) for worksheet, rows in out.items()}


def _each_once(rows: Sequence[Row]) -> Iterator[Row]:
    """A row of the guideline's stands once for each agency; another one is a row that somebody added.

    A copy of a stranger's may bring such: nothing that it says is lost, and everybody reads the same.
    """
    own: dict[tuple[str, str], str] = {}
    for row in rows:
        place = row.fixed, row.agency
        if row.fixed and (place not in own or row.id == derived_id("row", row.worksheet, *place)):
            own[place] = row.id
    for row in rows:
        added = row.fixed and own[row.fixed, row.agency] != row.id
        yield replace(row, fixed="") if added else row
