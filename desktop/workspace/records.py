"""From one record of a table to the frozen value that everybody reads; odd contents become empty ones."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal, InvalidOperation
from typing import Any

from desktop.workspace.plan import (
    Activity,
    Agency,
    BudgetLine,
    Ceiling,
    Comment,
    Deadline,
    Duty,
    EvidenceFile,
    Indicator,
    Initial,
    Person,
    Place,
    Programme,
    Risk,
    SubActivity,
    Suggestion,
    Target,
    Text,
    Value,
)

_DIGITS = 40
"""Letters of a figure that anybody could mean."""


def text(column: str | None) -> Text:
    """A bilingual column: JSON text by language, and beside it what each translation was made from."""
    stored: dict[str, str] = json.loads(column) if column else {}
    values = {key: text for key, text in stored.items() if ":" not in key}
    return Text(values, {key.partition(":")[0]: text for key, text in stored.items() if ":" in key})


def decimal(value: str | None) -> Decimal | None:
    """A figure kept as text; what is no figure is none."""
    try:
        number = Decimal(value) if value is not None and value.strip() else None
    except InvalidOperation:
        return None
    # "NaN" and "1e999999" are decimals to Python, and no figures to anybody
    return number if number is None or (number.is_finite() and abs(number.adjusted()) <= _DIGITS) else None


def value_of(column: str | None) -> Value:
    """An answer kept as JSON text."""
    value = json.loads(column) if column is not None else None
    return tuple(value) if isinstance(value, list) else value


def value_and_text(records: list[Any]) -> tuple[Value, Text]:
    """The records of one answer or cell: the value without a language, and the text in each."""
    value: Value = None
    texts: dict[str, str] = {}
    made_from: dict[str, str] = {}
    for record in records:
        stored = value_of(record.value)
        if not record.language:
            value = stored
        elif isinstance(stored, str):
            texts[record.language] = stored
            if record.of is not None:
                made_from[record.language] = record.of
    return value, Text(texts, made_from)


def agency(r: Any) -> Agency:
    """A record of table ``agency``."""
    return Agency(
        r.id,
        r.code or "",
        text(r.name),
        r.short_name or "",
        r.head or "",
        r.sort or "",
        day(r.until),
        r.successor or "",
    )


def person(r: Any) -> Person:
    """A record of table ``person``."""
    return Person(
        r.id,
        r.name or "",
        text(r.office),
        r.role or "",
        r.agency or "",
        r.nip or "",
        r.acting or "",
        day(r.since),
        day(r.until),
        r.dimension or "",
        r.successor or "",
        r.task if r.task in TASKS else "",
    )


def target(r: Any) -> Target:
    """A record of table ``target``."""
    return Target(r.id, r.year, decimal(r.target), decimal(r.realised))


def indicator(r: Any, targets: list[Target]) -> Indicator:
    """A record of table ``indicator`` with its targets by year."""
    return Indicator(
        r.id,
        text(r.name),
        r.unit or "",
        r.direction or "",
        decimal(r.baseline),
        r.baseline_year,
        r.source or "",
        tuple(sorted(targets, key=lambda one: one.year)),
        r.sort or "",
    )


def budget_line(r: Any) -> BudgetLine:
    """A record of table ``budget_line``."""
    return BudgetLine(r.id, r.year, r.source, r.indicative, r.ceiling, r.realised)


def sub_activity(r: Any) -> SubActivity:
    """A record of table ``sub_activity``."""
    return SubActivity(
        r.id,
        r.code or "",
        text(r.title),
        text(r.output),
        r.lead or "",
        r.start_year,
        r.end_year,
        r.budget,
        r.sort or "",
    )


def ceiling(r: Any) -> Ceiling:
    """A record of table ``rpjmd_ceiling``."""
    return Ceiling(r.id, r.year, r.amount, r.source or "")


def activity(r: Any, subs: list[SubActivity]) -> Activity:
    """A record of table ``activity`` with its sub-activities in order."""
    return Activity(
        r.id,
        r.area or "",
        text(r.title),
        text(r.output),
        r.lead or "",
        r.start_year,
        r.end_year,
        r.budget,
        r.sort or "",
        r.code or "",
        tuple(subs),
    )


def risk(r: Any) -> Risk:
    """A record of table ``risk``."""
    return Risk(
        r.id,
        text(r.title),
        r.likelihood or "",
        r.impact or "",
        text(r.mitigation),
        r.owner or "",
        r.sort or "",
    )


def programme(r: Any) -> Programme:
    """A record of table ``programme``, without what hangs on it."""
    return Programme(
        id=r.id,
        code=r.code or "",
        title=text(r.title),
        dimension=r.dimension or "",
        sub_dimension=r.sub_dimension or "",
        lead=r.lead or "",
        supporting=(),
        service=text(r.service),
        before=text(r.before),
        after=text(r.after),
        served=text(r.served),
        technology=text(r.technology),
        start_year=r.start_year,
        end_year=r.end_year,
        quick_win=bool(r.quick_win),
        status=r.status or "",
        total_budget=r.total_budget,
        origin=r.origin or "",
        source=r.source or "",
        order=r.sort or "",
        budget=(),
        indicators=(),
    )


def claim(r: Any) -> Place:
    """A record of table ``claim``: the place that the evidence supports."""
    return Place(r.table or "", r.row or "", r.field or "", "", r.item or "", r.scope or "")


def evidence(r: Any, *, present: bool, claims: list[Place]) -> EvidenceFile:
    """A record of table ``evidence``."""
    return EvidenceFile(
        r.id,
        r.sha256 or "",
        r.name or "",
        r.media_type or "",
        r.size or 0,
        text(r.caption),
        present,
        tuple(claims),
        day(r.taken_on),
        day(r.valid_until),
    )


TASKS = ("contact", "superior")
"""What a person does for an agency's part: fills it in, or approves it."""
DUTY_STATES = ("", "filled", "sent", "approved", "returned", "not_ours")
"""How far an agency is with what it owes."""
INITIAL_STATES = ("", "initialled", "returned")
"""Whether initials were given, or the papers came back without."""
SUGGESTION_STATES = ("open", "accepted", "declined")
"""What may become of a suggestion."""
STATES = ("open", "answered", "done", "declined")
"""What may become of a comment."""
UNSETTLED = ("open", "answered")
"""The states of a comment in which something is still to be done about it."""


def day(value: str | None) -> str:
    """A calendar day (ISO 8601); what is none is empty."""
    try:
        return dt.date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        return ""


def comment(r: Any) -> Comment:
    """A record of table ``comment``."""
    return Comment(
        id=r.id,
        place=Place(r.table or "", r.row or "", r.field or "", r.language or "", r.item or "", r.scope or ""),
        block=r.block or "",
        quote=r.quote or "",
        body=r.body or "",
        author=r.author or "",
        role=r.role or "",
        at=r.at or "",
        state=r.state if r.state in STATES else "open",
        parent=r.parent or "",
        owner=r.owner or "",
        due=day(r.due),
    )


def deadline(r: Any) -> Deadline:
    """A record of table ``deadline``."""
    return Deadline(r.id, r.page or "", r.ref or "", r.agency or "", day(r.due), r.note or "")


def duty(r: Any) -> Duty:
    """A record of table ``duty``."""
    return Duty(
        id=r.id,
        page=r.page or "",
        ref=r.ref or "",
        agency=r.agency or "",
        person=r.person or "",
        state=r.state if r.state in DUTY_STATES else "",
        by=r.by or "",
        at=r.at or "",
        note=r.note or "",
        content=r.content or "",
    )


def initial(r: Any) -> Initial:
    """A record of table ``initial``."""
    return Initial(
        id=r.id,
        step=r.step or "",
        agency=r.agency or "",
        state=r.state if r.state in INITIAL_STATES else "",
        by=r.by or "",
        office=r.office or "",
        at=day(r.at),
        note=r.note or "",
        evidence=r.evidence or "",
        content=r.content or "",
    )


def suggestion(r: Any) -> Suggestion:
    """A record of table ``suggestion``."""
    return Suggestion(
        id=r.id,
        place=Place(r.table or "", r.row or "", r.field or "", r.language or "", r.item or "", r.scope or ""),
        base=value_of(r.base),
        proposed=value_of(r.proposed),
        reason=r.reason or "",
        author=r.author or "",
        role=r.role or "",
        at=r.at or "",
        state=r.state if r.state in SUGGESTION_STATES else "open",
        answer=r.answer or "",
        answered_by=r.answered_by or "",
        answered_at=r.answered_at or "",
    )
