"""The fields of first-class rows on the command line: what each is called and what it can be answered by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import LocalText, Message
from desktop.exchange.values import Option, options
from desktop.guideline.pack import Field, FieldType
from desktop.workspace.choices import CHOICES, choice_name

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan import Plan

TABLE_NAMES = {
    "activity": Message("cli.table.activity"),
    "agency": Message("cli.table.agency"),
    "answer": Message("cli.table.answer"),
    "attendance": Message("cli.table.attendance"),
    "body": Message("cli.table.body"),
    "budget_line": Message("cli.table.budget_line"),
    "cell": Message("cli.table.cell"),
    "claim": Message("cli.table.claim"),
    "comment": Message("cli.table.comment"),
    "deadline": Message("cli.table.deadline"),
    "decree": Message("cli.table.decree"),
    "duty": Message("cli.table.duty"),
    "evidence": Message("cli.table.evidence"),
    "figure": Message("cli.table.figure"),
    "indicator": Message("cli.table.indicator"),
    "initial": Message("cli.table.initial"),
    "input": Message("cli.table.input"),
    "input_programme": Message("cli.table.input_programme"),
    "meeting": Message("cli.table.meeting"),
    "member": Message("cli.table.member"),
    "person": Message("cli.table.person"),
    "plan": Message("cli.table.plan"),
    "programme": Message("cli.table.programme"),
    "programme_agency": Message("cli.table.programme_agency"),
    "risk": Message("cli.table.risk"),
    "row": Message("cli.table.row"),
    "rpjmd_ceiling": Message("cli.table.rpjmd_ceiling"),
    "score": Message("cli.table.score"),
    "session_output": Message("cli.table.session_output"),
    "set_aside": Message("cli.table.set_aside"),
    "stakeholder": Message("cli.table.stakeholder"),
    "sub_activity": Message("cli.table.sub_activity"),
    "suggestion": Message("cli.table.suggestion"),
    "target": Message("cli.table.target"),
}
"""What one row of each table is called."""

_NAMES = {
    "acting": Message("cli.field.acting"),
    "activity": Message("cli.table.activity"),
    "after": Message("cli.field.after"),
    "agency": Message("cli.field.agency"),
    "agenda": Message("cli.field.agenda"),
    "amount": Message("cli.field.amount"),
    "answer": Message("cli.field.answer"),
    "answered_at": Message("cli.field.answered_at"),
    "answered_by": Message("cli.field.answered_by"),
    "answered_on": Message("cli.field.answered_on"),
    "area": Message("cli.field.area"),
    "at": Message("cli.field.at"),
    "author": Message("cli.field.author"),
    "base": Message("cli.field.base"),
    "baseline": Message("cli.field.baseline"),
    "baseline_year": Message("cli.field.baseline_year"),
    "before": Message("cli.field.before"),
    "body": Message("cli.field.body"),
    "budget": Message("cli.field.budget"),
    "by": Message("cli.field.by"),
    "caption": Message("cli.field.caption"),
    "ceiling": Message("cli.field.ceiling"),
    "channel": Message("cli.field.channel"),
    "code": Message("cli.field.code"),
    "contact": Message("cli.field.contact"),
    "content": Message("cli.field.content"),
    "contact_person": Message("cli.field.contact_person"),
    "date": Message("cli.field.date"),
    "decision": Message("cli.field.decision"),
    "decree": Message("cli.table.decree"),
    "dimension": Message("cli.field.dimension"),
    "direction": Message("cli.field.direction"),
    "done_on": Message("cli.field.done_on"),
    "due": Message("cli.field.due"),
    "evidence": Message("cli.table.evidence"),
    "end": Message("cli.field.end"),
    "end_year": Message("cli.field.end_year"),
    "finding": Message("cli.field.finding"),
    "first_year": Message("cli.field.first_year"),
    "head": Message("cli.field.head"),
    "impact": Message("cli.field.impact"),
    "indicative": Message("cli.field.indicative"),
    "indicator": Message("cli.table.indicator"),
    "input": Message("cli.table.input"),
    "institution": Message("cli.field.institution"),
    "interest": Message("cli.field.interest"),
    "item": Message("cli.field.item"),
    "kind": Message("cli.field.kind"),
    "last_year": Message("cli.field.last_year"),
    "lead": Message("cli.field.lead"),
    "leader": Message("cli.field.leader"),
    "likelihood": Message("cli.field.likelihood"),
    "measure": Message("cli.field.measure"),
    "meeting": Message("cli.table.meeting"),
    "mitigation": Message("cli.field.mitigation"),
    "name": Message("cli.field.name"),
    "nip": Message("cli.field.nip"),
    "nomenclature_name": Message("cli.field.nomenclature_name"),
    "note": Message("cli.field.note"),
    "number": Message("cli.field.number"),
    "office": Message("cli.field.office"),
    "origin": Message("cli.field.origin"),
    "output": Message("cli.field.output"),
    "outsider": Message("cli.field.outsider"),
    "owner": Message("cli.field.owner"),
    "page": Message("cli.field.page"),
    "person": Message("cli.table.person"),
    "place": Message("cli.field.place"),
    "position": Message("cli.field.position"),
    "present": Message("cli.field.present"),
    "programme": Message("cli.table.programme"),
    "proposed": Message("cli.field.proposed"),
    "quick_win": Message("cli.field.quick_win"),
    "realised": Message("cli.field.realised"),
    "reason": Message("cli.field.reason"),
    "region": Message("cli.field.region"),
    "result": Message("cli.field.result"),
    "role": Message("cli.field.role"),
    "scope": Message("cli.field.scope"),
    "served": Message("cli.field.served"),
    "service": Message("cli.field.service"),
    "session": Message("cli.field.session"),
    "short_name": Message("cli.field.short_name"),
    "signed_by": Message("cli.field.signed_by"),
    "signer": Message("cli.field.signer"),
    "since": Message("cli.field.since"),
    "sort": Message("cli.field.sort"),
    "source": Message("cli.field.source"),
    "stakeholder": Message("cli.table.stakeholder"),
    "step": Message("cli.field.step"),
    "start": Message("cli.field.start"),
    "start_year": Message("cli.field.start_year"),
    "state": Message("cli.field.state"),
    "status": Message("cli.field.status"),
    "sub_dimension": Message("cli.field.sub_dimension"),
    "successor": Message("cli.field.successor"),
    "taken_on": Message("cli.field.taken_on"),
    "target": Message("cli.table.target"),
    "task": Message("cli.field.task"),
    "technology": Message("cli.field.technology"),
    "title": Message("cli.field.title"),
    "total_budget": Message("cli.field.total_budget"),
    "unit": Message("cli.field.unit"),
    "until": Message("cli.field.until"),
    "valid_until": Message("cli.field.valid_until"),
    "value": Message("cli.field.value"),
    "year": Message("cli.field.year"),
}

NAMED = frozenset(_NAMES)
"""Registers that have a name for people."""
BOOKKEEPING = frozenset({("duty", "content"), ("initial", "content")})
"""Registers with the program's own notes (a fingerprint): where changes are told, nobody is shown them."""

_TYPES: dict[str, FieldType] = {
    "acting": "choice",
    "amount": "rupiah",
    "answered_on": "date",
    "area": "choice",
    "baseline": "decimal",
    "baseline_year": "year",
    "budget": "rupiah",
    "ceiling": "rupiah",
    "channel": "choice",
    "date": "date",
    "decision": "choice",
    "dimension": "dimension",
    "direction": "choice",
    "done_on": "date",
    "due": "date",
    "end": "date",
    "end_year": "year",
    "first_year": "year",
    "impact": "choice",
    "indicative": "rupiah",
    "last_year": "year",
    "likelihood": "choice",
    "outsider": "boolean",
    "position": "choice",
    "present": "boolean",
    "quick_win": "boolean",
    "role": "choice",
    "since": "date",
    "size": "integer",
    "start": "date",
    "start_year": "year",
    "state": "choice",
    "sub_dimension": "sub_dimension",
    "taken_on": "date",
    "total_budget": "rupiah",
    "until": "date",
    "valid_until": "date",
    "year": "year",
}
_TYPES_IN: dict[tuple[str, str], FieldType] = {
    ("budget_line", "source"): "choice",
    ("budget_line", "realised"): "rupiah",
    ("body", "dimension"): "dimension",
    ("comment", "role"): "text",
    ("decree", "kind"): "choice",
    ("meeting", "kind"): "choice",
    ("score", "by"): "choice",
    ("person", "task"): "choice",
    ("stakeholder", "kind"): "choice",
    ("target", "realised"): "decimal",
    ("target", "target"): "decimal",
}

_DIRECTIONS = (
    Option("up", Message("cli.choice.up")),
    Option("down", Message("cli.choice.down")),
    Option("keep", Message("cli.choice.keep")),
)
_ACTING = (
    Option("plt", Message("cli.choice.plt")),
    Option("plh", Message("cli.choice.plh")),
    Option("pj", Message("cli.choice.pj")),
)
_LEVELS = (
    Option("low", Message("cli.choice.low")),
    Option("medium", Message("cli.choice.medium")),
    Option("high", Message("cli.choice.high")),
)

STATES = (
    Option("open", Message("cli.choice.open")),
    Option("answered", Message("cli.choice.answered")),
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
        if self._declared(table, name):
            kind = "choice"
        return Field(id=name, label=LocalText({"id": name}), type=kind, translated=False)

    def _declared(self, table: str, name: str) -> tuple[Option, ...]:
        """What the guideline itself lists for registers that keep one of its ids; nothing for all others."""
        match table, name:
            case "figure", "measure":
                return tuple(Option(each.id, each.label) for each in self._pack.figures)
            case "body", "body":
                return tuple(Option(each.id, each.name) for each in self._pack.bodies)
            case (("meeting" | "session_output"), "session"):
                return tuple(Option(each.id, each.title) for each in self._pack.sessions)
            case "session_output", "output":
                return tuple(Option(o.id, o.label) for each in self._pack.sessions for o in each.outputs)
            case _:
                return ()

    def options(self, table: str, name: str) -> tuple[Option, ...]:
        """What the field can be answered by, where it is answered by picking."""
        field = self.field(table, name)
        if field.type != "choice" or field.choices:
            return options(field, self._plan, self._pack)
        if (table, name) in CHOICES:
            return tuple(Option(each, choice_name(table, each)) for each in CHOICES[table, name])
        declared = self._declared(table, name)
        if declared:
            return declared
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
    if name == "by" and table in {"duty", "initial"}:
        return Message("cli.field.given_by")
    if name == "body" and table in {"member", "meeting"}:
        return TABLE_NAMES["body"]
    return _NAMES.get(name, name)
