"""What a grid writes: cells that were typed or pasted, rows added, deleted, moved; each one operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from desktop.base import Language, Message, RancangError
from desktop.base.speech import number
from desktop.exchange.quoting import KIND
from desktop.exchange.values import TEXTS, NotUnderstood, parse
from desktop.guideline.pack import Field
from desktop.ui.grid.cells import NUMBERS, SUMMED, CellTexts
from desktop.ui.grid.ordering import number_key
from desktop.ui.grid.source import GridRow
from desktop.workspace.plan import Value

if TYPE_CHECKING:
    from desktop.ui.grid.model import GridModel
    from desktop.workspace.operation import Operation


class Writing:
    """The writing side of a :class:`GridModel`."""

    def __init__(self, model: GridModel) -> None:
        self._model = model

    @property
    def _rows(self) -> Sequence[GridRow]:
        return self._model.rows

    def _line(self, row: int) -> GridRow:
        return self._rows[row] if row < len(self._rows) else GridRow("", fresh=True)

    # -- cells ----------------------------------------------------------------------------------
    def write(self, cells: CellTexts) -> int:
        """Fill cells; rows beyond the last are added. What is not understood is left out and told."""
        model = self._model
        if model.shut:
            return 0
        wanted: list[tuple[int, Field, Value]] = []
        problems: list[tuple[int, int, Message]] = []
        # What a row will hold matters to what else it can hold (a sub-dimension of the dimension pasted).
        coming: dict[int, GridRow] = {}
        for row, column, text in sorted(cells, key=lambda cell: cell[0]):
            field = model.field_at(column)
            if field is None or model.source.locked(field) or not self._writable(row):
                continue
            line = coming.get(row) or self._line(row)
            try:
                value = self._understand(line, field, text)
            except NotUnderstood as problem:
                problems.append((row, column, problem.message))
                continue
            if line.fresh and value is None:
                continue
            if row >= len(self._rows) or value != model.value_at(self._rows[row], field):
                wanted.append((row, field, value))
                coming[row] = replace(line, values={**line.values, field.id: value})
        model.tell(problems)
        if not wanted:
            return 0 if problems else len(cells)
        return len(cells) - len(problems) if self._commit(wanted) else 0

    def _understand(self, line: GridRow, field: Field, text: str) -> Value:
        english = self._model.session.speaker.language is Language.EN
        return parse(field.type, text, self._model.source.options(field, line), english=english)

    def understands(self, row: int, column: int, text: str) -> bool:
        """Whether a text can be written into a cell; why not is told."""
        field = self._model.field_at(column)
        if field is None or row < 0:
            return True
        try:
            self._understand(self._line(row), field, text)
        except NotUnderstood as problem:
            self._model.tell([(row, column, problem.message)])
            return False
        return True

    def _writable(self, row: int) -> bool:
        if row < len(self._rows):
            return not self._rows[row].heading and not self._model.source.others(self._rows[row])
        return self._model.grows

    def _commit(self, wanted: list[tuple[int, Field, Value]]) -> bool:
        model = self._model
        label = Message("ui.op.cells", sheet=_title(model), n=len(wanted))
        by_row: dict[int, dict[str, Value]] = {}
        for row, field, value in wanted:
            by_row.setdefault(row, {})[field.id] = value

        def work(operation: Operation) -> None:
            made: dict[int, GridRow] = {}
            for row, field, value in wanted:
                line = made.get(row) or self._line(row)
                if line.fresh:
                    line = GridRow(model.source.add(operation, "", by_row[row]))
                made[row] = line
                language = model.language if field.bilingual else ""
                model.source.write(operation, line, field, value, language)

        return self._attempt(label, work)

    # -- from a conversation --------------------------------------------------------------------
    def quotable(self, row: int, column: int) -> Field | None:
        """The field of a cell of words that may be written."""
        field = self._model.field_at(column)
        if field is None or field.type not in TEXTS or self._model.source.locked(field) or row < 0:
            return None
        return field if self._writable(row) and not self._model.shut else None

    def quote(self, row: int, column: int, text: str, label: Message) -> bool:
        """Write what was said elsewhere, as one operation of its own kind."""
        field = self.quotable(row, column)
        if field is None:
            return False
        line, source = self._line(row), self._model.source
        language = self._model.language if field.bilingual else ""

        def work(operation: Operation) -> None:
            there = GridRow(source.add(operation, "", {field.id: text})) if line.fresh else line
            source.write(operation, there, field, text, language)

        return self._attempt(label, work, kind=KIND)

    # -- rows -----------------------------------------------------------------------------------
    def insert_rows(self, before: int | None, count: int) -> bool:
        """Add empty rows before another one, or at the end."""
        source = self._model.source
        if not self._model.grows:
            return False
        key = self._rows[before].key if before is not None and before < len(self._rows) else ""
        key = key if source.may_move and self._model.order.sorted_by is None else ""
        label = Message("ui.op.add_row", sheet=_title(self._model))

        def work(operation: Operation) -> None:
            for _ in range(max(1, count)):
                source.add(operation, key, {})

        return self._attempt(label, work)

    def delete_rows(self, rows: Sequence[int]) -> bool:
        """Delete rows; fixed rows, headings and rows of others stay."""
        source = self._model.source
        going = [self._rows[row] for row in rows if row < len(self._rows)]
        going = [row for row in going if row.key and not (row.fixed or row.heading or source.others(row))]
        if not going or not source.may_add:
            return False
        label = Message("ui.op.delete_rows", sheet=_title(self._model), n=len(going))

        def work(operation: Operation) -> None:
            for row in going:
                source.delete(operation, row)

        return self._attempt(label, work)

    def move_rows(self, rows: Sequence[int], step: int) -> bool:
        """Move neighbouring rows up (-1) or down (1): the row they pass goes to their other side."""
        model = self._model
        if not model.may_move or not rows:
            return False
        if not model.order.plain:
            model.refused.emit(Message("ui.grid.no_move"))
            return False
        top, bottom = min(rows), max(rows)
        passed = top - 1 if step < 0 else bottom + 1
        if passed < 0 or passed >= len(self._rows):
            return False
        touched = [*range(top, bottom + 1), passed]
        if not all(self._rows[row].key and not self._rows[row].fixed for row in touched):
            return False
        if any(model.source.others(self._rows[row]) for row in touched):
            return False
        after = bottom + 1 if step < 0 else top
        before = self._rows[after].key if after < len(self._rows) else ""
        label = Message("ui.op.move_row", sheet=_title(model))
        passing = self._rows[passed]
        return self._attempt(label, lambda operation: model.source.move(operation, passing, before))

    def _attempt(self, label: Message, work: Callable[[Operation], object], *, kind: str = "edit") -> bool:
        session = self._model.session
        if self._model.shut:
            return False
        try:
            with session.change(label, kind=kind) as operation:
                work(operation)
        except RancangError as error:
            session.failed.emit(error.message)
            return False
        return True

    # -- the foot -------------------------------------------------------------------------------
    def totals(self, rows: list[GridRow]) -> list[str]:
        """Sums of numbers, counts of the rest; the first column says how many rows there are."""
        model, say = self._model, self._model.session.say
        language = model.session.speaker.language
        columns = list(zip(*(model.said(row)[0] for row in rows), strict=True))
        out = []
        for column in range(model.columnCount()):
            field = model.field_at(column)
            if column == 0:
                out.append(say(Message("ui.grid.n_rows", n=len(rows))))
            elif field is not None and field.type in SUMMED and model.source.adds_up(field):
                out.append(number(_sum([row.values.get(field.id) for row in rows]), language))
            elif field is None or field.type not in NUMBERS:
                filled = sum(map(bool, columns[column])) if columns else 0
                out.append(say(Message("ui.grid.n_filled", n=filled)) if filled else "")
            else:
                out.append("")
        return out


def _sum(values: list[Value]) -> int | Decimal:
    whole = sum(value for value in values if isinstance(value, int))
    parts = (number_key(value) for value in values if isinstance(value, str))
    total = sum((part for part in parts if part is not None), Decimal(whole))
    return int(total) if total == int(total) else total


def _title(model: GridModel) -> Any:
    title = model.source.title
    return title() if callable(title) else title
