"""The fields of first-class rows on the command line: what each is called and what it can be answered by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import LocalText, Message
from desktop.exchange.values import Option, options
from desktop.guideline.pack import Field, FieldType

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan import Plan

TABLE_NAMES = {
    "plan": Message("cli.table.plan"),
    "agency": Message("cli.table.agency"),
    "person": Message("cli.table.person"),
    "programme": Message("cli.table.programme"),
    "programme_agency": Message("cli.table.programme_agency"),
    "budget_line": Message("cli.table.budget_line"),
    "indicator": Message("cli.table.indicator"),
    "target": Message("cli.table.target"),
    "activity": Message("cli.table.activity"),
    "risk": Message("cli.table.risk"),
    "evidence": Message("cli.table.evidence"),
    "claim": Message("cli.table.claim"),
    "answer": Message("cli.table.answer"),
    "row": Message("cli.table.row"),
    "cell": Message("cli.table.cell"),
    "set_aside": Message("cli.table.set_aside"),
    "comment": Message("cli.table.comment"),
    "deadline": Message("cli.table.deadline"),
}
"""What one row of each table is called."""

_NAMES = {
    "acting": Message("cli.field.acting"),
    "after": Message("cli.field.after"),
    "agency": Message("cli.field.agency"),
    "area": Message("cli.field.area"),
    "baseline": Message("cli.field.baseline"),
    "baseline_year": Message("cli.field.baseline_year"),
    "author": Message("cli.field.author"),
    "before": Message("cli.field.before"),
    "body": Message("cli.field.body"),
    "budget": Message("cli.field.budget"),
    "caption": Message("cli.field.caption"),
    "ceiling": Message("cli.field.ceiling"),
    "code": Message("cli.field.code"),
    "dimension": Message("cli.field.dimension"),
    "direction": Message("cli.field.direction"),
    "due": Message("cli.field.due"),
    "end_year": Message("cli.field.end_year"),
    "first_year": Message("cli.field.first_year"),
    "head": Message("cli.field.head"),
    "impact": Message("cli.field.impact"),
    "indicative": Message("cli.field.indicative"),
    "indicator": Message("cli.table.indicator"),
    "last_year": Message("cli.field.last_year"),
    "lead": Message("cli.field.lead"),
    "likelihood": Message("cli.field.likelihood"),
    "mitigation": Message("cli.field.mitigation"),
    "name": Message("cli.field.name"),
    "nip": Message("cli.field.nip"),
    "note": Message("cli.field.note"),
    "office": Message("cli.field.office"),
    "origin": Message("cli.field.origin"),
    "output": Message("cli.field.output"),
    "owner": Message("cli.field.owner"),
    "programme": Message("cli.table.programme"),
    "quick_win": Message("cli.field.quick_win"),
    "realised": Message("cli.field.realised"),
    "reason": Message("cli.field.reason"),
    "region": Message("cli.field.region"),
    "role": Message("cli.field.role"),
    "served": Message("cli.field.served"),
    "service": Message("cli.field.service"),
    "short_name": Message("cli.field.short_name"),
    "sort": Message("cli.field.sort"),
    "source": Message("cli.field.source"),
    "start_year": Message("cli.field.start_year"),
    "state": Message("cli.field.state"),
    "status": Message("cli.field.status"),
    "sub_dimension": Message("cli.field.sub_dimension"),
    "target": Message("cli.table.target"),
    "technology": Message("cli.field.technology"),
    "title": Message("cli.field.title"),
    "total_budget": Message("cli.field.total_budget"),
    "unit": Message("cli.field.unit"),
    "value": Message("cli.field.value"),
    "year": Message("cli.field.year"),
}

_TYPES: dict[str, FieldType] = {
    "acting": "choice",
    "area": "choice",
    "baseline": "decimal",
    "baseline_year": "year",
    "budget": "rupiah",
    "ceiling": "rupiah",
    "dimension": "dimension",
    "direction": "choice",
    "due": "date",
    "end_year": "year",
    "first_year": "year",
    "impact": "choice",
    "indicative": "rupiah",
    "last_year": "year",
    "likelihood": "choice",
    "quick_win": "boolean",
    "role": "choice",
    "size": "integer",
    "state": "choice",
    "start_year": "year",
    "sub_dimension": "sub_dimension",
    "total_budget": "rupiah",
    "year": "year",
}
_TYPES_IN: dict[tuple[str, str], FieldType] = {
    ("budget_line", "source"): "choice",
    ("budget_line", "realised"): "rupiah",
    ("comment", "role"): "text",
    ("target", "realised"): "decimal",
    ("target", "target"): "decimal",
}

_DIRECTIONS = (
    Option("up", Message("cli.choice.up")),
    Option("down", Message("cli.choice.down")),
    Option("keep", Message("cli.choice.keep")),
)
_ACTING = (Option("plt", Message("cli.choice.plt")), Option("pj", Message("cli.choice.pj")))
_LEVELS = (
    Option("low", Message("cli.choice.low")),
    Option("medium", Message("cli.choice.medium")),
    Option("high", Message("cli.choice.high")),
)

STATES = (
    Option("open", Message("cli.choice.open")),
    Option("done", Message("cli.choice.done")),
    Option("declined", Message("cli.choice.declined")),
)


class TableFields:
    """The fields of first-class tables as a guideline's own fields: typed, named, with their options.

    A worksheet bound to a table has the last word about the choices of its columns.
    """

    def __init__(self, plan: Plan, pack: Pack) -> None:
        self._plan = plan
        self._pack = pack

    def field(self, table: str, name: str) -> Field:
        """A register of a table as a field."""
        for sheet in self._pack.worksheets:
            if sheet.binding == table:
                for column in sheet.columns:
                    if column.id == name:
                        return column
        kind = _TYPES_IN.get((table, name)) or _TYPES.get(name) or "text"
        return Field(id=name, label=LocalText({"id": name}), type=kind, translated=False)

    def options(self, table: str, name: str) -> tuple[Option, ...]:
        """What the field can be answered by, where it is answered by picking."""
        field = self.field(table, name)
        if field.type != "choice" or field.choices:
            return options(field, self._plan, self._pack)
        match name:
            case "direction":
                return _DIRECTIONS
            case "acting":
                return _ACTING
            case "state":
                return STATES
            case "likelihood" | "impact":
                return _LEVELS
            case "role":
                return tuple(Option(role.id, role.label) for role in self._pack.roles)
            case "area":
                return tuple(Option(area.id, area.label) for area in self._pack.planning.action_areas)
            case _:
                return tuple(Option(fund.id, fund.label) for fund in self._pack.planning.funding)


def field_name(table: str, name: str) -> Message | str:
    """What a field is called, to stand inside a sentence."""
    if (table, name) == ("budget_line", "source"):
        return Message("cli.field.funding")
    if (table, name) == ("comment", "owner"):
        return Message("cli.field.action_owner")
    return _NAMES.get(name, name)
