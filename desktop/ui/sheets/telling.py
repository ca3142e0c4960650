"""What is told below a worksheet: how its marks spread over the dimensions, what a strategy is made of."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from desktop.base import Message
from desktop.base.message import Param
from desktop.checks.marks import mapped
from desktop.guideline.pack import Worksheet
from desktop.ui import theme, widgets
from desktop.ui.grid.view import Grid
from desktop.ui.session import Session

PAIRS = {
    "so": ("strengths", "opportunities"),
    "wo": ("weaknesses", "opportunities"),
    "st": ("strengths", "threats"),
    "wt": ("weaknesses", "threats"),
}
"""Which two columns a strategy column is made of where it does not say so: by the end of its id (``_so``)."""


class MarkLine(QWidget):
    """How many rows of the mapping support each dimension, and which dimension none does."""

    def __init__(self, session: Session, sheet: Worksheet) -> None:
        super().__init__()
        self._session, self._sheet = session, sheet
        self.told = widgets.label(session.speaker, "", "muted", wrap=True)
        self.missing = widgets.label(session.speaker, "", "bad", wrap=True)
        box = widgets.column(spacing=2)
        box.addWidget(self.told)
        box.addWidget(self.missing)
        self.setLayout(box)

    def refresh(self) -> None:
        """Count anew."""
        found = mapped(self._session.plan, self._session.pack, self._sheet)
        self.setVisible(found is not None and found.rows > 0)
        if found is None or not found.rows:
            return
        said: Param = ""
        for each in found.counts:
            part = Message("ui.marks.one", dimension=each.dimension.name, n=each.rows)
            said = Message("ui.marks.and", one=said, other=part) if said else part
        self._session.speaker.tie(self.told, QLabel.setText, Message("ui.marks.told", counts=said))
        without: Param = ""
        for dimension in found.without:
            without = (
                Message("ui.sheet.and", one=without, other=dimension.name) if without else dimension.name
            )
        self.missing.setVisible(bool(without))
        if without:
            sentence = Message("ui.marks.without", dimensions=without)
            self._session.speaker.tie(self.missing, QLabel.setText, sentence)


def has_strategies(sheet: Worksheet) -> bool:
    """Whether a worksheet has columns for strategies that are made of two others."""
    return any(pair_of(sheet, column.id) for column in sheet.columns)


def pair_of(sheet: Worksheet, column: str) -> tuple[str, str] | None:
    """The two columns a strategy column is made of, if it is one."""
    asked = next((each for each in sheet.columns if each.id == column), None)
    if asked is not None and asked.made_of:
        return asked.made_of[0], asked.made_of[1]
    stem, _, end = column.rpartition("_")
    pair = PAIRS.get(end.casefold()) if stem else None
    known = {each.id for each in sheet.columns}
    return pair if pair is not None and set(pair) <= known else None


class PairCard(QWidget):
    """Beside the strategy that is written: the strengths or weaknesses, and the opportunities or threats."""

    def __init__(self, session: Session, sheet: Worksheet, grid: Grid) -> None:
        super().__init__()
        self._session, self._sheet, self._grid = session, sheet, grid
        self.note = widgets.label(session.speaker, Message("ui.tows.note"), "muted", wrap=True)
        self.sides = (self._side(), self._side())
        line = widgets.line(spacing=theme.PAD)
        for _, _, side in self.sides:
            line.addWidget(side, 1)
        box = widgets.column(spacing=4)
        box.addWidget(self.note)
        box.addLayout(line)
        self.setLayout(box)
        grid.table.selectionModel().currentChanged.connect(lambda *_: self.refresh())

    def _side(self) -> tuple[QLabel, QLabel, QWidget]:
        name = widgets.label(self._session.speaker, "", "field")
        text = widgets.label(self._session.speaker, "", wrap=True)
        side, box = QWidget(), widgets.column(spacing=2)
        box.addWidget(name)
        box.addWidget(text)
        box.addStretch(1)
        side.setLayout(box)
        return name, text, side

    def refresh(self) -> None:
        """Show the pair of the strategy under the cursor."""
        index, model = self._grid.table.currentIndex(), self._grid.model
        field = model.field_at(index.column()) if index.isValid() else None
        pair = pair_of(self._sheet, field.id) if field is not None else None
        row = model.rows[index.row()] if pair is not None and index.row() < len(model.rows) else None
        shown = pair is not None and row is not None and not row.heading
        self.note.setVisible(not shown)
        columns = {each.id: each for each in self._sheet.columns}
        for side, name in zip(self.sides, pair or ("", ""), strict=True):
            side[2].setVisible(shown)
            if not shown or row is None:
                continue
            words = row.texts[name].read(model.language) if name in row.texts else ""
            self._session.speaker.tie(side[0], QLabel.setText, columns[name].label)
            self._session.speaker.tie(side[1], QLabel.setText, words.strip() or Message("ui.tows.empty"))
