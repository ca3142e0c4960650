"""The single values a page can show and write: answers, columns of rows, cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from desktop.base import LocalText, Message
from desktop.base.ids import derived_id
from desktop.guideline.pack import Field
from desktop.ui.tracing import Record, item_records
from desktop.workspace.plan import Cell, Place, Plan, Text, Value

if TYPE_CHECKING:
    from desktop.ui.session import Session
    from desktop.workspace.operation import Operation


class Register(Protocol):
    """One value of the plan that an editor can be bound to."""

    @property
    def label(self) -> LocalText | Message:
        """What it is called, for the history entry and the undo button."""

    def value(self, plan: Plan) -> Value:
        """What is answered, for values of no language."""

    def text(self, plan: Plan) -> Text:
        """What is written, for texts."""

    def put(self, operation: Operation, value: Value) -> None:
        """Answer it."""

    def write(self, operation: Operation, language: str, text: str) -> None:
        """Write its text in one language."""

    def is_at(self, place: Place) -> bool:
        """Whether a finding's place means this."""

    def place(self) -> Place:
        """Where it is, for evidence."""

    def records(self, session: Session) -> tuple[Record, ...]:
        """The journal's registers behind it, for its history."""


@dataclass(frozen=True, slots=True)
class AnswerRegister:
    """The answer to an item of the guideline, for the region or for one row (``scope``)."""

    field: Field
    item: str
    scope: str = ""

    @property
    def label(self) -> LocalText:
        return self.field.label

    def value(self, plan: Plan) -> Value:
        return plan.answer(self.item, self.scope).value

    def text(self, plan: Plan) -> Text:
        return plan.answer(self.item, self.scope).text

    def put(self, operation: Operation, value: Value) -> None:
        operation.answer(self.item, value, scope=self.scope, policy=self.field.policy)

    def write(self, operation: Operation, language: str, text: str) -> None:
        operation.answer_text(self.item, language, text, scope=self.scope, policy=self.field.policy)

    def is_at(self, place: Place) -> bool:
        return place.item == self.item and place.scope == self.scope

    def place(self) -> Place:
        return Place("answer", item=self.item, scope=self.scope)

    def records(self, session: Session) -> tuple[Record, ...]:
        return item_records(session, "answer", self.item, self.scope)


@dataclass(frozen=True, slots=True)
class RowRegister:
    """One column of one row of a first-class table (``programme``, ``agency``, ``plan``, ...)."""

    table: str
    row: str
    field: str
    label: LocalText | Message

    def _now(self, plan: Plan) -> Any:
        found = find(plan, self.table, self.row)
        return None if found is None else getattr(found, self.field)

    def value(self, plan: Plan) -> Value:
        now = self._now(plan)
        if isinstance(now, Decimal):
            return f"{now:f}"
        return now if isinstance(now, str | int | bool | tuple) else None

    def text(self, plan: Plan) -> Text:
        now = self._now(plan)
        return now if isinstance(now, Text) else Text()

    def put(self, operation: Operation, value: Value) -> None:
        operation.set(self.table, self.row, **{self.field: value})

    def write(self, operation: Operation, language: str, text: str) -> None:
        operation.write(self.table, self.row, self.field, language, text)

    def is_at(self, place: Place) -> bool:
        return place.table == self.table and place.row == self.row and place.field == self.field

    def place(self) -> Place:
        return Place(self.table, self.row, self.field)

    def records(self, session: Session) -> tuple[Record, ...]:
        del session
        return (Record(self.table, self.row, self.field),)


@dataclass(frozen=True, slots=True)
class CellRegister:
    """One cell of a worksheet. A row that the guideline wrote (``fixed``) is made when it is first filled."""

    field: Field
    sheet: str
    row: str
    fixed: str = ""
    agency: str = ""

    @classmethod
    def of_fixed(cls, field: Field, sheet: str, fixed: str, agency: str = "") -> CellRegister:
        """The cell of one of the guideline's own rows, whose id every copy derives alike."""
        return cls(field, sheet, derived_id("row", sheet, fixed, agency), fixed, agency)

    @property
    def label(self) -> LocalText:
        return self.field.label

    def _cell(self, plan: Plan) -> Cell | None:
        row = next((each for each in plan.rows.get(self.sheet, ()) if each.id == self.row), None)
        return row.cells.get(self.field.id) if row is not None else None

    def value(self, plan: Plan) -> Value:
        cell = self._cell(plan)
        return cell.value if cell is not None else None

    def text(self, plan: Plan) -> Text:
        cell = self._cell(plan)
        return cell.text if cell is not None else Text()

    def ensure(self, operation: Operation) -> str:
        """The row, made if it is not in the workspace yet."""
        if self.fixed:
            return operation.fixed_row(self.sheet, self.fixed, agency=self.agency)
        return self.row

    def put(self, operation: Operation, value: Value) -> None:
        operation.cell(self.ensure(operation), self.field.id, value, policy=self.field.policy)

    def write(self, operation: Operation, language: str, text: str) -> None:
        operation.cell_text(self.ensure(operation), self.field.id, language, text, policy=self.field.policy)

    def is_at(self, place: Place) -> bool:
        return place.table == "cell" and place.row == self.row and place.field == self.field.id

    def place(self) -> Place:
        return Place("cell", self.row, self.field.id)

    def records(self, session: Session) -> tuple[Record, ...]:
        return item_records(session, "cell", self.row, self.field.id)


_ROWS: dict[str, Callable[[Plan], Iterable[Any]]] = {
    "programme": lambda plan: plan.programmes,
    "agency": lambda plan: plan.agencies,
    "person": lambda plan: plan.people,
    "indicator": lambda plan: (each for programme in plan.programmes for each in programme.indicators),
    "activity": lambda plan: (each for programme in plan.programmes for each in programme.activities),
    "sub_activity": lambda plan: (
        sub
        for programme in plan.programmes
        for activity in programme.activities
        for sub in activity.sub_activities
    ),
    "risk": lambda plan: (each for programme in plan.programmes for each in programme.risks),
    "evidence": lambda plan: plan.evidence,
    "figure": lambda plan: plan.figures,
    "decree": lambda plan: plan.decrees,
    "body": lambda plan: plan.bodies,
    "member": lambda plan: (each for body in plan.bodies for each in body.members),
    "meeting": lambda plan: plan.meetings,
    "attendance": lambda plan: (each for meeting in plan.meetings for each in meeting.attendance),
    "session_output": lambda plan: plan.outputs,
    "stakeholder": lambda plan: plan.stakeholders,
    "input": lambda plan: plan.inputs,
    "score": lambda plan: plan.scores,
}


def find(plan: Plan, table: str, row: str) -> Any:
    """The row of a first-class table in the plan, or None."""
    if table == "plan":
        return plan
    rows = _ROWS[table](plan) if table in _ROWS else ()
    return next((each for each in rows if each.id == row), None)
