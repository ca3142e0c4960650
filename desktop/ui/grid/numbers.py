"""The numbers in a grid: read out of cells and typed texts, and written as they would be typed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.base import Language
from desktop.exchange.values import NotUnderstood, parse, show
from desktop.ui.grid.cells import NUMBERS
from desktop.ui.grid.ordering import number_key

if TYPE_CHECKING:
    from desktop.ui.grid.model import GridModel
    from desktop.workspace.plan import Value


class Numbers:
    """The numbers of a :class:`GridModel`."""

    def __init__(self, model: GridModel) -> None:
        self._model = model

    def within(self, rows: range, columns: Sequence[int]) -> tuple[int, list[Decimal | int]]:
        """How many cells of a block are filled, and the numbers in it."""
        model = self._model
        lines = [model.rows[row] for row in rows if not model.rows[row].heading]
        texts = [model.said(line)[0] for line in lines]
        filled, numbers = 0, list[Decimal | int]()
        for column in columns:
            filled += sum(1 for each in texts if each[column])
            field = model.field_at(column)
            if field is not None and field.type in NUMBERS:
                values = (model.value_at(line, field) for line in lines)
                numbers += [
                    found
                    for value in values
                    if value is not None and (found := number_key(value)) is not None
                ]
        return filled, numbers

    def at(self, row: int, column: int) -> Decimal | None:
        """The number in a cell."""
        field, line = self._model.field_at(column), self._model.rows[row]
        if field is None or line.heading or field.type not in NUMBERS:
            return None
        return _decimal(self._model.value_at(line, field))

    def written(self, column: int, number: Decimal) -> str:
        """A number as it would be typed into a column."""
        kind = self._model.kind(column)
        value: Value = f"{number:f}" if kind in {"decimal", "percent"} else int(number)
        return show(kind, value, self._model.session.speaker.language)

    def read(self, column: int, text: str) -> Decimal | None:
        """The number a text means in a column."""
        english = self._model.session.speaker.language is Language.EN
        try:
            return _decimal(parse(self._model.kind(column), text, english=english))
        except NotUnderstood:
            return None


def _decimal(value: Value) -> Decimal | None:
    found = None if value is None else number_key(value)
    return None if found is None else Decimal(found)
