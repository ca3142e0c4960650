"""The parts of one programme as grids: activities, the sub-activities of one of them, risks.

Columns that the guideline adds to its worksheets of activities and risks stand at the end; they are
answers about the row, as in the worksheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from desktop.base import LocalText, Message, Rupiah
from desktop.checks.action_plan import of_sub_activities
from desktop.checks.codes import forms_of
from desktop.guideline.pack import Choice, Field, Worksheet
from desktop.ui.grid.source import GridRow, TableField, column
from desktop.ui.grid.tables import BoundSource, TableSource
from desktop.ui.session import Session
from desktop.workspace.plan import Activity, Plan, Programme, Text, Value
from desktop.workspace.registers import TABLES

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

ACTIVITY = (
    column("code", Message("ui.activity.code"), "code", wide=112),
    column("title", Message("ui.activity.title"), translated=True, wide=190),
    column("output", Message("ui.activity.output"), translated=True, wide=150),
    column("lead", Message("ui.activity.lead"), "agency", wide=108),
    column("start_year", Message("ui.activity.start_year"), "year", wide=60),
    column("end_year", Message("ui.activity.end_year"), "year", wide=62),
    column("budget", Message("ui.activity.budget"), "rupiah", wide=116),
)
SUB_ACTIVITY = (
    column("code", Message("ui.activity.code"), "code", wide=134),
    column("title", Message("ui.sub_activity.title"), translated=True, wide=200),
    *ACTIVITY[2:],
)
RISK = (
    column("title", Message("ui.risk.title"), translated=True, wide=190),
    column("mitigation", Message("ui.risk.mitigation"), "long_text", translated=True, wide=210),
    column("owner", Message("ui.risk.owner"), "agency", wide=124),
)


class _Coded(TableSource):
    """Rows with a code: a code of the list brings its title along where the row has none."""

    level = ""

    def write(self, operation: Operation, row: GridRow, column: Field, value: Value, language: str) -> None:
        super().write(operation, row, column, value, language)
        source = self._session.source.value
        if column.id != "code" or not value or row.texts.get("title", Text()).values.get(source):
            return
        title = self._session.codes.list.title(str(value))
        key = self.ensure(operation, row)
        if title:
            operation.write(self._table, key, "title", source, title)

    def remark(self, row: GridRow, column: Field) -> Message | None:
        if column.id == "code":
            code = str(row.values.get("code") or "").strip()
            return forms_of(self._session.pack).wrong(code) if code else None
        return super().remark(row, column)


class _PartsOf(_Coded, BoundSource):
    """The rows of one programme, with the guideline's own columns after ours."""

    def __init__(self, session: Session, programme: str, table: str, columns: tuple[Field, ...]) -> None:
        sheet = next((each for each in session.pack.worksheets if each.binding == table), None)
        made = sheet or Worksheet(id=table, title=LocalText(), binding=table, columns=())  # type: ignore[arg-type]
        super().__init__(session, made)
        self.programme = programme
        extra = (each for each in made.columns if TABLES[table].register(each.id) is None)
        self._own = (*columns, *extra)
        self._columns = self._own
        self.name = f"of:{table}"
        self.may_move = True
        self._read = self._mine

    def _mine(self, plan: Plan) -> Iterable[Any]:
        found = next((each for each in plan.programmes if each.id == self.programme), None)
        return () if found is None else self.parts(found)

    def parts(self, programme: Programme) -> Iterable[Any]:
        """The rows of the programme."""
        raise NotImplementedError

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:
        del values
        key = operation.insert(self._table, programme=self.programme)
        if before:
            operation.move_row(key, before=before, table=self._table)
        return key


class ActivitySource(_PartsOf):
    """The activities of one programme (*rencana aksi*)."""

    level = "activity"

    def __init__(self, session: Session, programme: str) -> None:
        area = _choice("area", Message("ui.activity.area"), session.pack.planning.action_areas)
        super().__init__(session, programme, "activity", (*ACTIVITY[:2], area, *ACTIVITY[2:]))
        self.title = Message("ui.activity.card")

    def parts(self, programme: Programme) -> Iterable[Any]:
        return programme.activities

    def remark(self, row: GridRow, column: Field) -> Message | None:
        if column.id != "budget":
            return super().remark(row, column)
        activity = self._activity(row.key)
        whole, parts = (activity.budget, of_sub_activities(activity)) if activity else (None, None)
        if whole is None or parts is None or whole == parts:
            return None
        return Message("ui.activity.differs", parts=Rupiah(parts), whole=Rupiah(whole))

    def _activity(self, key: str) -> Activity | None:
        return next((each for each in self._mine(self._session.plan) if each.id == key), None)


class SubActivitySource(_Coded):
    """The sub-activities of the activity that is chosen above."""

    level = "sub_activity"

    def __init__(self, session: Session) -> None:
        self.activity = ""
        super().__init__(session, "sub_activity", Message("ui.sub_activity.card"), SUB_ACTIVITY, self._parts)

    def _parts(self, plan: Plan) -> Iterable[Any]:
        for programme in plan.programmes:
            for activity in programme.activities:
                if activity.id == self.activity:
                    return activity.sub_activities
        return ()

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:
        self._owner = {"activity": self.activity}
        return super().add(operation, before, values)


class RiskSource(_PartsOf):
    """The risks of one programme, each with what is done about it."""

    def __init__(self, session: Session, programme: str) -> None:
        sheet = next((each for each in session.pack.worksheets if each.binding == "risk"), None)
        scales = {each.id: each.choices for each in (sheet.columns if sheet else ())}
        rated = (
            _choice("likelihood", Message("ui.risk.likelihood"), scales.get("likelihood", ())),
            _choice("impact", Message("ui.risk.impact"), scales.get("impact", ())),
        )
        super().__init__(session, programme, "risk", (RISK[0], *rated, *RISK[1:]))
        self.title = Message("ui.risk.card")

    def parts(self, programme: Programme) -> Iterable[Any]:
        return programme.risks


def _choice(name: str, label: Message, choices: tuple[Choice, ...]) -> TableField:
    return TableField(
        id=name, label=LocalText(), type="choice", translated=False, said=label, choices=choices, wide=102
    )
