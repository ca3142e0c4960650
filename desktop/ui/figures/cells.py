"""Measures by years as cells: values or their sources, with the change against the year before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from desktop.base import Language, LocalText, Message, RancangError, clock
from desktop.base.ids import derived_id
from desktop.checks.figures import parts_of
from desktop.checks.offers import figure_value
from desktop.exchange.values import NotUnderstood, Option, options, parse, show
from desktop.guideline.pack import Field, FieldType, Measure
from desktop.ui import theme
from desktop.ui.differing.badge import NAME
from desktop.ui.grid.cells import REMARK, CellModel, CellTexts, Index, Role
from desktop.ui.grid.source import TableField
from desktop.ui.session import Session
from desktop.ui.tracing import Record, Subject
from desktop.workspace.organisation import Figure
from desktop.workspace.plan import Value

VALUES, SOURCES = "value", "source"
PAST = 5
"""Years shown up to the present one, whether or not anything is stated for them."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Key = tuple[str, int]
"""A measure and a year."""


class Line(NamedTuple):
    """A row of the matrix: a measure, or a heading over the next ones."""

    heading: LocalText
    measure: Measure | None


def field_of(measure: Measure) -> Field:
    """A measure as a field, to be read, written and shown like every other."""
    kind: FieldType = measure.type
    return Field(
        id=measure.id, label=measure.label, type=kind, unit=measure.unit, choices=measure.choices,
        help=measure.help, required=measure.required, evidence=measure.evidence,
    )  # fmt: skip


def row_of(measure: str, year: int) -> str:
    """The row of a figure, known before it is written."""
    return derived_id("figure", measure, str(year))


class FiguresModel(CellModel):
    """Measures as rows under their headings, years as columns; the last column is the change."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.shown = VALUES
        """Whether values or their sources are shown and edited."""
        self.lines: list[Line] = []
        self.years: list[int] = []
        self.more: set[int] = set()
        """Years somebody asked for that nothing is stated for yet."""
        self._figures: dict[Key, Figure] = {}
        self._wrong: dict[Key, Message] = {}
        self.refresh()
        session.speaker.changed.connect(self._say_again)
        session.look_changed.connect(self._say_again)

    # -- reading --------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read measures and figures again."""
        if not self.session.is_open:
            return
        pack, plan = self.session.pack, self.session.plan
        lines: list[Line] = []
        heading = LocalText()
        for measure in pack.figures:
            if measure.group and measure.group != heading:
                heading = measure.group
                lines.append(Line(heading, None))
            lines.append(Line(LocalText(), measure))
        known = {measure.id for measure in pack.figures}
        this = clock.now().year
        stated = {each.year for each in plan.figures if each.measure in known}
        years = sorted({*range(this - PAST + 1, this + 1), *stated, *self.more})
        changed = (lines, years) != (self.lines, self.years)
        if changed:
            self.beginResetModel()
        self.lines, self.years = lines, years
        self._figures = {(each.measure, each.year): each for each in plan.figures}
        self._wrong = {}
        for whole, year, parts in parts_of(pack.figures, plan.figures):
            said = decimal(whole.value)
            if said is not None and sum(parts, Decimal()) > said:
                self._wrong[whole.measure, year] = Message("ui.figures.parts_exceed")
        if changed:
            self.endResetModel()
        self._say_again()

    def _say_again(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def show(self, what: str) -> None:
        """Show and edit values, or sources."""
        self.beginResetModel()
        self.shown = what
        self.endResetModel()

    def add_year(self, year: int) -> None:
        """Show one more year."""
        self.more.add(year)
        self.refresh()

    def measure_at(self, row: int) -> Measure | None:
        """The measure of a row; None for a heading."""
        return self.lines[row].measure if 0 <= row < len(self.lines) else None

    def place_of(self, measure: str, year: int) -> tuple[int, int] | None:
        """Row and column of a figure."""
        row = next(
            (at for at, each in enumerate(self.lines) if each.measure and each.measure.id == measure), -1
        )
        return (row, self.years.index(year)) if row >= 0 and year in self.years else None

    def figure_at(self, row: int, column: int) -> Figure | None:
        """The figure of a cell, if one is stated."""
        measure = self.measure_at(row)
        if measure is None or column >= len(self.years):
            return None
        return self._figures.get((measure.id, self.years[column]))

    def series(self, measure: Measure) -> list[tuple[int, Decimal]]:
        """The numbers of a measure by year, earliest first."""
        found = (
            (year, decimal(each.value)) for (name, year), each in self._figures.items() if name == measure.id
        )
        return sorted((year, amount) for year, amount in found if amount is not None)

    def value_at(self, row: int, column: int) -> Value:
        """What stands in a cell, typed."""
        figure, measure = self.figure_at(row, column), self.measure_at(row)
        if figure is None or measure is None:
            return None
        return figure.source or None if self.shown == SOURCES else figure_value(measure, figure.value)

    # -- the change against the year before -----------------------------------------------------
    def change(self, measure: Measure) -> tuple[str, str]:
        """How the newest number differs from the one before it, and whether that is good or bad."""
        series = self.series(measure)
        if measure.type == "choice" or len(series) < 2:
            return "", ""
        (_, before), (_, now) = series[-2:]
        difference = now - before
        language = self.session.speaker.language
        sign = "+" if difference > 0 else "\N{MINUS SIGN}" if difference < 0 else "\N{PLUS-MINUS SIGN}"
        if measure.type in {"integer", "rupiah"} and before:
            percent = (abs(difference) * 100 / abs(before)).quantize(Decimal("0.1"))
            said = f"{sign}{show('decimal', f'{percent:f}', language)}%"
        else:
            said = f"{sign}{show('decimal', f'{abs(difference):f}', language)}"
        if not difference or not measure.better:
            return said, ""
        return said, "good" if (difference > 0) == (measure.better == "up") else "bad"

    # -- for the table --------------------------------------------------------------------------
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self.years) + 1

    def kind(self, column: int) -> str:
        del column
        return "text" if self.shown == SOURCES else "decimal"

    def kind_at(self, row: int, column: int) -> str:
        measure = self.measure_at(row)
        return measure.type if measure is not None and self.shown == VALUES else self.kind(column)

    def choices(self, row: int, column: int) -> Sequence[Option]:
        del column
        measure = self.measure_at(row)
        return options(field_of(measure), self.session.plan, self.session.pack) if measure else ()

    def locked(self, column: int) -> bool:
        return column >= len(self.years)

    def skips(self, row: int) -> bool:
        return self.measure_at(row) is None

    def heading_spans(self) -> list[int]:
        return [row for row, each in enumerate(self.lines) if each.measure is None]

    def figure(self, row: int, column: int) -> Decimal | None:
        value = self.value_at(row, column)
        return decimal(str(value)) if value is not None and self.shown == VALUES else None

    def writes_number(self, column: int, number: Decimal) -> str:
        del column
        return show("decimal", f"{number:f}", self.session.speaker.language)

    def reads_number(self, column: int, text: str) -> Decimal | None:
        del column
        try:
            value = parse("decimal", text, english=self._english)
        except NotUnderstood:
            return None
        return None if value is None else decimal(str(value))

    @property
    def _english(self) -> bool:
        return self.session.speaker.language is Language.EN

    def _said(self, row: int, column: int) -> str:
        measure = self.measure_at(row)
        if measure is None:
            return ""
        if column >= len(self.years):
            return self.change(measure)[0]
        value = self.value_at(row, column)
        kind = self.kind_at(row, column)
        return show(kind, value, self.session.speaker.language, self.choices(row, column))

    def remark(self, row: int, column: int) -> Message | None:
        """What is wrong with a cell: parts above their whole, a value without a source."""
        measure, figure = self.measure_at(row), self.figure_at(row, column)
        if measure is None or figure is None:
            return None
        wrong = self._wrong.get((measure.id, self.years[column]))
        if wrong is None and figure.value.strip() and not figure.source.strip():
            wrong = Message("ui.figures.no_source")
        return wrong

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        measure = self.measure_at(row)
        match role:
            case Role.DisplayRole | Role.EditRole:
                return self._said(row, column)
            case Role.TextAlignmentRole:
                numbers = measure is not None and measure.type != "choice" and self.shown == VALUES
                return RIGHT if numbers or column >= len(self.years) else LEFT
            case Role.BackgroundRole if measure is None or column >= len(self.years):
                return QColor(theme.colours().sunken)
            case Role.ForegroundRole if measure is not None and column >= len(self.years):
                return QColor(theme.colours()[self.change(measure)[1] or "label"])
            case Role.FontRole if measure is not None and measure.part_of:
                font = QFont(theme.FAMILY)
                font.setPixelSize(theme.grown(13))
                font.setItalic(True)
                return font
            case Role.ToolTipRole | Role.AccessibleDescriptionRole:
                wrong = self.remark(row, column)
                if wrong is None and self.session.plan.conflicts and self.differing(index) is not None:
                    wrong = NAME
                return self.session.say(wrong) if wrong else None
            case Role.AccessibleTextRole:
                said = self._said(row, column) or self.session.say(Message("ui.grid.blank"))
                return f"{self.session.say(self.cell_name(row, column))}: {said}"
            case _ if role == REMARK:
                return self.remark(row, column)
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if role == Role.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return RIGHT if self.shown == VALUES or section >= len(self.years) else LEFT
        if role not in {Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole}:
            return None
        say = self.session.say
        if orientation is Qt.Orientation.Horizontal:
            return (
                str(self.years[section]) if section < len(self.years) else say(Message("ui.figures.change"))
            )
        line = self.lines[section]
        if line.measure is None:
            return say(line.heading)
        if role == Role.ToolTipRole and line.measure.help:
            return say(line.measure.help)
        return self.name(line.measure)

    def name(self, measure: Measure) -> str:
        """A measure with its unit, a star where it is required."""
        say = self.session.say
        unit = say(measure.unit) or {"rupiah": "Rp", "percent": "%"}.get(measure.type, "")
        name = say(measure.label) + (" *" if measure.required else "")
        return f"{name} ({unit})" if unit else name

    def flags(self, index: Index) -> Qt.ItemFlag:
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        fixed = self.skips(index.row()) or self.locked(index.column()) or self.session.read_only
        return shown if fixed else shown | Qt.ItemFlag.ItemIsEditable

    def subject(self, index: Index) -> Subject | None:
        measure = self.measure_at(index.row()) if index.isValid() else None
        if measure is None or self.locked(index.column()):
            return None
        year = self.years[index.column()]
        label = Message("ui.figures.at", measure=measure.label, year=str(year))
        if self.shown == SOURCES:
            field: Field = TableField(id="source", label=LocalText(), said=Message("ui.figures.source"))
        else:
            field = field_of(measure)
        record = Record("figure", row_of(measure.id, year), self.shown)
        return Subject(label, field, (record,), tuple(self.choices(index.row(), index.column())))

    # -- writing --------------------------------------------------------------------------------
    def _understand(self, row: int, column: int, text: str) -> Value:
        return parse(self.kind_at(row, column), text, self.choices(row, column), english=self._english)

    def understands(self, row: int, column: int, text: str) -> bool:
        try:
            self._understand(row, column, text)
        except NotUnderstood as problem:
            self.tell([(row, column, problem.message)])
            return False
        return True

    def write(self, cells: CellTexts) -> int:
        wanted: list[tuple[Key, Value]] = []
        problems: list[tuple[int, int, Message]] = []
        for row, column, text in cells:
            measure = self.measure_at(row)
            if measure is None or self.locked(column):
                continue
            try:
                value = self._understand(row, column, text)
            except NotUnderstood as error:
                problems.append((row, column, error.message))
                continue
            if value != self.value_at(row, column):
                wanted.append(((measure.id, self.years[column]), value))
        self.tell(problems)
        if wanted and not self._put(wanted):
            return 0
        return len(cells) - len(problems)

    def _put(self, wanted: Iterable[tuple[Key, Value]]) -> bool:
        """Write cells as one operation; a figure without value and source goes."""
        if self.session.read_only:
            return False
        found = list(wanted)
        try:
            with self.session.change(Message("ui.op.figures", n=len(found))) as operation:
                for (measure, year), value in found:
                    said = "" if value is None else str(value)
                    now = self._figures.get((measure, year))
                    other = (now.value if self.shown == SOURCES else now.source) if now else ""
                    if said or other:
                        operation.put("figure", measure=measure, year=year, **{self.shown: said})
                    elif now is not None:
                        operation.delete("figure", now.id)
        except RancangError as error:
            self.session.failed.emit(error.message)
            return False
        self.refresh()
        return True


def decimal(text: str) -> Decimal | None:
    """A number that travels as text."""
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None
