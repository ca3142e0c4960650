"""What the rows of a grid say and are sorted by, read once and kept until a row changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from desktop.exchange.values import GONE_ROW, PICKED, Option, show, spoken
from desktop.guideline.pack import Field
from desktop.ui.grid.cells import NUMBERS
from desktop.ui.grid.ordering import number_key, text_key
from desktop.ui.grid.source import FRESH, GridRow

if TYPE_CHECKING:
    from desktop.ui.grid.model import GridModel


_SLICE = 100
"""Rows read ahead at once."""


class Reading:
    """Texts and keys of a :class:`GridModel`'s rows."""

    def __init__(self, model: GridModel) -> None:
        self._model = model
        self._said: dict[str, tuple[GridRow, tuple[str, ...], str]] = {}
        self._keys: dict[int, dict[str, tuple[GridRow, Any]]] = {}
        self._labels: dict[str, dict[str, Option]] = {}

    def knows(self, row: GridRow) -> bool:
        """Whether a row's texts have been read."""
        known = self._said.get(row.identity)
        return known is not None and known[0] is row

    def renew(self, fields: tuple[Field, ...]) -> None:
        """Before rows are read again: what values are called may have changed, and with it what rows say."""
        labels, self._labels = self._labels, {}
        if any(labels[field.id] != self.labels(field) for field in fields if field.id in labels):
            self.forget()

    def forget(self) -> None:
        """Read everything anew when it is asked for."""
        self._said.clear()
        self._keys.clear()

    def labels(self, field: Field) -> dict[str, Option]:
        """What the values of a picked column are called, read once per refresh."""
        known = self._labels.get(field.id)
        if known is None:
            known = {each.value: each for each in self._model.source.options(field, FRESH)}
            self._labels[field.id] = known
        return known

    def display(self, row: GridRow, field: Field) -> str:
        """What a cell says."""
        instead = self._model.source.says(row, field)
        return self._model.session.say(instead) if instead is not None else self.typed(row, field)

    def typed(self, row: GridRow, field: Field) -> str:
        """What stands in a cell, as it would be typed."""
        value = self._model.value_at(row, field)
        if value is None or value == ():
            return ""
        language = self._model.session.speaker.language
        if field.type in PICKED:
            wanted = str(value).lower() if isinstance(value, bool) else str(value)
            found = self.labels(field).get(wanted)
            if found is None and field.type == "row":
                return spoken(GONE_ROW, language)
            return spoken(found.label, language) if found else wanted
        if field.type == "choices":
            return show(field.type, value, language, self.labels(field).values())
        return show(field.type, value, language)

    def said(self, row: GridRow) -> tuple[tuple[str, ...], str]:
        """A row's texts by model column, and all of them folded together (kept until the row changes)."""
        known = self._said.get(row.identity)
        if known is not None and known[0] is row:
            return known[1], known[2]
        texts = [self._model.session.say(row.label)] if self._model.labelled else []
        texts += [self.display(row, field) for field in self._model.fields]
        made = (row, tuple(texts), "\n".join(texts).casefold())
        self._said[row.identity] = made
        return made[1], made[2]

    def sort_key(self, row: GridRow, column: int) -> Any:
        """What a row is sorted by in a column; None for an empty cell (kept until the row changes)."""
        keys = self._keys.setdefault(column, {})
        known = keys.get(row.identity)
        if known is not None and known[0] is row:
            return known[1]
        made = self._make_key(row, column)
        keys[row.identity] = (row, made)
        return made

    def _make_key(self, row: GridRow, column: int) -> Any:
        field = self._model.field_at(column)
        if field is None:
            return text_key(self._model.session.say(row.label))
        if field.type in NUMBERS:
            value = self._model.value_at(row, field)
            return None if value is None else number_key(value)
        if field.type == "date":
            return self._model.value_at(row, field) or None
        if field.type == "choice":
            places = list(self.labels(field))
            value = str(self._model.value_at(row, field) or "")
            if places:
                return places.index(value) if value in places else None
        text = self.said(row)[0][column]
        return text_key(text) if text else None


class Ahead:
    """Reads texts in small slices while nobody does anything, so that the first filter is quick."""

    def __init__(self, model: GridModel) -> None:
        self._model = model
        self._timer = QTimer(model, interval=0)
        self._timer.timeout.connect(self._read)

    def start(self) -> None:
        """Begin, or go on with rows that came in meanwhile."""
        self._timer.start()

    def _read(self) -> None:
        done, reading = 0, self._model.reading
        for row in self._model.order.everything:
            if not row.heading and not reading.knows(row):
                reading.said(row)
                for column in range(self._model.columnCount()):
                    reading.sort_key(row, column)
                done += 1
                if done >= _SLICE:
                    return
        self._timer.stop()
