"""The plan as ``data.json`` tells it: what can be printed again from a package, without its workspace.

What stays at home (remarks, deadlines, scores of others, names of citizens) is empty here, and so is what
only the workspace's own pages need; the documents of a package print nothing of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, TypeVar

from desktop.workspace.apart import SetAside
from desktop.workspace.hearing import Input, Stakeholder
from desktop.workspace.organisation import Attendance, Body, Decree, Figure, Meeting, Member, SessionOutput
from desktop.workspace.plan import (
    Activity,
    Agency,
    Answer,
    BudgetLine,
    Ceiling,
    Cell,
    EvidenceFile,
    GuidelineRef,
    Indicator,
    Person,
    Place,
    Plan,
    Programme,
    Region,
    Risk,
    Row,
    SubActivity,
    Target,
    Text,
    Value,
)
from desktop.workspace.plan_data_bodies import MeetingPart
from desktop.workspace.plan_data_form import ActivityPart, Data, IndicatorPart, ProgrammePart, WorksheetPart
from desktop.workspace.plan_data_part import Part
from desktop.workspace.plan_data_part import Value as DataValue

R = TypeVar("R")


def plan_from_data(data: Data) -> Plan:
    """The plan that gives exactly these data again (:func:`desktop.workspace.plan_data.plan_data`).

    Raises ValueError where a moment is none.
    """
    return Plan(
        workspace=data.workspace.id,
        head=data.workspace.head,
        changed_at=dt.datetime.fromisoformat(data.workspace.changed_at),
        region=_row(Region, data.region),
        first_year=data.plan.first_year,
        last_year=data.plan.last_year,
        title=_text(data.plan.title),
        source_language=data.workspace.source_language,
        guideline=_row(GuidelineRef, data.guideline),
        example=data.workspace.example,
        agencies=tuple(_rows(Agency, data.agencies)),
        people=tuple(_rows(Person, data.people)),
        programmes=tuple(_programme(one, order) for one, order in _ordered(data.programmes)),
        answers={
            (one.item, one.scope): Answer(one.item, one.scope, _value(one.value), _text(one.text), one.origin)
            for one in data.answers
        },
        rows={one.worksheet: tuple(_worksheet(one)) for one in data.worksheets},
        evidence=tuple(
            _row(EvidenceFile, one, present=True, claims=tuple(_rows(Place, one.claims)))
            for one in data.evidence
        ),
        set_aside={one.finding: _row(SetAside, one) for one in data.set_aside},
        conflicts=(),
        figures=tuple(_rows(Figure, data.figures)),
        decrees=tuple(_rows(Decree, data.decrees)),
        bodies=tuple(_row(Body, one, members=tuple(_rows(Member, one.members))) for one in data.bodies),
        meetings=tuple(_meeting(one, order) for one, order in _ordered(data.meetings)),
        outputs=tuple(_rows(SessionOutput, data.outputs)),
        stakeholders=tuple(_rows(Stakeholder, data.stakeholders)),
        inputs=tuple(_rows(Input, data.inputs)),
    )


def _programme(one: ProgrammePart, order: str) -> Programme:
    return _row(
        Programme,
        one,
        order,
        budget=tuple(_rows(BudgetLine, one.budget)),
        indicators=tuple(_indicator(each, at) for each, at in _ordered(one.indicators)),
        activities=tuple(_activity(each, at) for each, at in _ordered(one.activities)),
        risks=tuple(_rows(Risk, one.risks)),
        ceilings=tuple(_rows(Ceiling, one.ceilings)),
    )


def _indicator(one: IndicatorPart, order: str) -> Indicator:
    targets = tuple(
        Target("", each.year, _number(each.target), _number(each.realised)) for each in one.targets
    )
    return _row(Indicator, one, order, baseline=_number(one.baseline), targets=targets)


def _activity(one: ActivityPart, order: str) -> Activity:
    return _row(Activity, one, order, sub_activities=tuple(_rows(SubActivity, one.sub_activities)))


def _meeting(one: MeetingPart, order: str) -> Meeting:
    return _row(Meeting, one, order, attendance=tuple(_rows(Attendance, one.attendance)))


def _worksheet(one: WorksheetPart) -> Iterator[Row]:
    for row, order in _ordered(one.rows):
        cells = {each.column: Cell(_value(each.value), _text(each.text)) for each in row.cells}
        yield Row(row.id, one.worksheet, row.agency, row.fixed, order, cells)


def _ordered(parts: Iterable[R]) -> Iterator[tuple[R, str]]:
    """Each with its place among its like, as rows of a workspace have one."""
    return ((part, f"{number:06d}") for number, part in enumerate(parts))


def _rows(kind: type[R], parts: Iterable[Part]) -> Iterator[R]:
    return (_row(kind, part, order) for part, order in _ordered(parts))


def _row(kind: type[R], part: Part, order: str = "", **more: object) -> R:
    """A row from the part that has its names; what the data leave out is empty."""
    given = dict(more)
    rows: Any = kind
    for field in fields(rows):
        if field.name in given:
            continue
        if field.name in part.__struct_fields__:
            found = getattr(part, field.name)
            given[field.name] = _text(found) if field.type == "Text" else found
        elif field.type == "str":
            given[field.name] = order if field.name == "order" else ""
    return kind(**given)


def _text(values: Mapping[str, str]) -> Text:
    return Text(dict(values))


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _value(value: DataValue) -> Value:
    return tuple(value) if isinstance(value, list) else value
