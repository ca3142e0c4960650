"""One figure in full: its source, its evidence, what its parts come to, and how it went over the years."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QLabel

from desktop.base import LocalText, Message, Rupiah
from desktop.checks.figures import parts_of
from desktop.guideline.pack import Measure
from desktop.ui import theme, widgets
from desktop.ui.fields.box import FieldBox
from desktop.ui.fields.evidence_slot import EvidenceSlot
from desktop.ui.figures.cells import FiguresModel, decimal, row_of
from desktop.ui.figures.trend import Trend
from desktop.ui.flow import Pair
from desktop.ui.grid.source import TableField
from desktop.ui.session import Session
from desktop.ui.tracing import Record
from desktop.workspace.operation import Operation
from desktop.workspace.plan import Place, Plan, Text, Value

SOURCE = Message("ui.figures.source")


@dataclass(frozen=True, slots=True)
class SourceRegister:
    """Where one figure comes from; the figure is made when that is written first."""

    measure: str
    year: int

    @property
    def label(self) -> LocalText | Message:
        return SOURCE

    def value(self, plan: Plan) -> Value:
        row = row_of(self.measure, self.year)
        return next((each.source or None for each in plan.figures if each.id == row), None)

    def text(self, plan: Plan) -> Text:
        del plan
        return Text()

    def put(self, operation: Operation, value: Value) -> None:
        operation.put("figure", measure=self.measure, year=self.year, source=value)

    def write(self, operation: Operation, language: str, text: str) -> None:
        del language
        self.put(operation, text)

    def is_at(self, place: Place) -> bool:
        return place.table == "figure" and place.row == row_of(self.measure, self.year)

    def place(self) -> Place:
        return Place("figure", row_of(self.measure, self.year), "source")

    def records(self, session: Session) -> tuple[Record, ...]:
        del session
        return (Record("figure", row_of(self.measure, self.year), "source"),)


class FigureDetail(widgets.Card):
    """What stands below the matrix for the cell with the cursor."""

    def __init__(self, session: Session, model: FiguresModel) -> None:
        super().__init__(session.speaker)
        self._session, self._model = session, model
        self.title = widgets.label(session.speaker, "", "section", wrap=True)
        self.add(self.title)
        self._compared = widgets.label(session.speaker, "", "muted", wrap=True)
        self._help = widgets.label(session.speaker, "", "muted", wrap=True)
        self.trend = Trend(session)
        self._left = widgets.column(spacing=theme.GAP)
        body = widgets.line(spacing=theme.PAD)
        body.addLayout(self._left, 1)
        body.addWidget(self.trend)
        self.add(self._help)
        self.add(body)
        self.add(self._compared)
        self.box: FieldBox | None = None
        self.slot: EvidenceSlot | None = None
        self._at: tuple[str, int] | None = None
        self.show_cell(None, 0)

    def show_cell(self, measure: Measure | None, year: int) -> None:
        """Show the figure of a measure in a year; none says what to do."""
        speaker = self._session.speaker
        at = (measure.id, year) if measure is not None else None
        if at != self._at or measure is None:
            self._at = at
            widgets.empty(self._left)
            self.box = self.slot = None
            if measure is None:
                speaker.tie(self.title, QLabel.setText, Message("ui.figures.choose"))
            else:
                self._make(measure, year)
        self._help.setVisible(measure is not None and bool(measure.help))
        self.trend.setVisible(False)
        self._compared.hide()
        if measure is not None:
            speaker.tie(self._help, QLabel.setText, measure.help)
            self.trend.show_points(self._model.series(measure) if measure.type != "choice" else ())
            self._compare(measure, year)

    def _make(self, measure: Measure, year: int) -> None:
        session = self._session
        said = Message("ui.figures.at", measure=measure.label, year=str(year))
        session.speaker.tie(self.title, QLabel.setText, said)
        field = TableField(
            id="source", label=LocalText(), type="text", translated=False, said=SOURCE,
            said_example=Message("ui.figures.source_example"),
        )  # fmt: skip
        self.box = FieldBox(session, field, SourceRegister(measure.id, year))
        both = Pair(self.box)
        self._left.addWidget(both)
        if measure.evidence != "none":
            place = Place("figure", row_of(measure.id, year), "value")

            def ensure(operation: Operation) -> object:
                return operation.put("figure", measure=measure.id, year=year)

            self.slot = EvidenceSlot(session, place, required=measure.evidence == "required", before=ensure)
            self.slot.refresh()
            both.add(self.slot)

    def _compare(self, measure: Measure, year: int) -> None:
        """The parts of a whole against it, also when one of the parts is shown."""
        plan, pack = self._session.plan, self._session.pack
        wanted = {measure.part_of, measure.id}
        for whole, of, parts in parts_of(pack.figures, plan.figures):
            said = decimal(whole.value)
            if whole.measure not in wanted or of != year or not said:
                continue
            total = sum(parts)
            name = next(each for each in pack.figures if each.id == whole.measure)
            money = name.type == "rupiah"
            message = Message(
                "ui.figures.parts_over" if total > said else "ui.figures.parts",
                measure=name.label,
                sum=Rupiah(int(total)) if money else total,
                whole=Rupiah(int(said)) if money else said,
            )
            theme.look(self._compared, "bad" if total > said else "muted")
            self._session.speaker.tie(self._compared, QLabel.setText, message)
            self._compared.show()

    def refresh(self) -> None:
        """Show the plan as it is now."""
        if self.box is not None:
            self.box.refresh()
        if self.slot is not None:
            self.slot.refresh()
