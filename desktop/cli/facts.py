"""Every row of a plan by table and id, as plain fields: what rows are found and named by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeAlias

from desktop.base.ids import derived_id
from desktop.workspace.plan import Text

if TYPE_CHECKING:
    from desktop.workspace.plan import Plan, Programme

Facts: TypeAlias = dict[tuple[str, str], dict[str, Any]]
"""Field values by (table, row); a text in several languages is a mapping of language to text."""


def facts_of(plan: Plan) -> Facts:
    """The rows of a plan, in the plan's order; also the answers and cells, whose ids are derived."""
    return dict(_all(plan))


def _all(plan: Plan) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    for agency in plan.agencies:
        yield ("agency", agency.id), _plain(agency)
    for person in plan.people:
        yield ("person", person.id), _plain(person)
    for programme in plan.programmes:
        yield ("programme", programme.id), _plain(programme)
        yield from _parts(programme)
    for file in plan.evidence:
        yield ("evidence", file.id), _plain(file)
        for claim in file.claims:
            keys = (claim.table, claim.row, claim.field, claim.item, claim.scope)
            row = derived_id("claim", file.id, *keys)
            named = {"table": claim.table, "row": claim.row, "field": claim.field}
            yield ("claim", row), {"evidence": file.id, **named, "item": claim.item, "scope": claim.scope}
    for aside in plan.set_aside.values():
        yield ("set_aside", aside.id), _plain(aside)
    about = ("table", "row", "field", "item", "scope")
    for comment in plan.comments:
        place = {name: getattr(comment.place, name) for name in about}
        yield ("comment", comment.id), {**_plain(comment), **place}
    for deadline in plan.deadlines:
        yield ("deadline", deadline.id), _plain(deadline)
    for duty in plan.duties:
        yield ("duty", duty.id), _plain(duty)
    for initial in plan.initials:
        yield ("initial", initial.id), _plain(initial)
    for suggestion in plan.suggestions:
        place = {name: getattr(suggestion.place, name) for name in about}
        yield ("suggestion", suggestion.id), {**_plain(suggestion), **place}
    yield from _ground(plan)
    yield from _written(plan)


def _ground(plan: Plan) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Figures, bodies, decrees, meetings and hearing, with what is part of them."""
    simple: dict[str, tuple[Any, ...]] = {
        "figure": plan.figures,
        "decree": plan.decrees,
        "body": plan.bodies,
        "meeting": plan.meetings,
        "session_output": plan.outputs,
        "stakeholder": plan.stakeholders,
        "input": plan.inputs,
        "score": plan.scores,
    }
    for table, rows in simple.items():
        for each in rows:
            yield (table, each.id), _plain(each)
    for body in plan.bodies:
        for member in body.members:
            yield ("member", member.id), {**_plain(member), "body": body.id}
    for meeting in plan.meetings:
        for one in meeting.attendance:
            yield ("attendance", one.id), {**_plain(one), "meeting": meeting.id}
    for heard in plan.inputs:
        for programme in heard.programmes:
            row = derived_id("input_programme", heard.id, programme)
            yield ("input_programme", row), {"input": heard.id, "programme": programme}


def _written(plan: Plan) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Answers, and rows of worksheets with their cells."""
    for answer in plan.answers.values():
        for language in ("", *answer.text.values):
            row = derived_id("answer", answer.item, answer.scope, language)
            yield ("answer", row), {"item": answer.item, "scope": answer.scope, "language": language}
    for rows in plan.rows.values():
        for number, each in enumerate(rows, 1):
            yield ("row", each.id), {**_plain(each), "number": number}
            for column, cell in each.cells.items():
                for language in ("", *cell.text.values):
                    row = derived_id("cell", each.id, column, language)
                    yield ("cell", row), {"row": each.id, "column": column, "language": language}


def _parts(programme: Programme) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    owner = {"programme": programme.id}
    for agency in programme.supporting:
        row = derived_id("programme_agency", programme.id, agency)
        yield ("programme_agency", row), {**owner, "agency": agency}
    for line in programme.budget:
        yield ("budget_line", line.id), {**_plain(line), **owner}
    for indicator in programme.indicators:
        yield ("indicator", indicator.id), {**_plain(indicator), **owner}
        for target in indicator.targets:
            yield ("target", target.id), {**_plain(target), "indicator": indicator.id}
    for activity in programme.activities:
        yield ("activity", activity.id), {**_plain(activity), **owner}
        for sub in activity.sub_activities:
            yield ("sub_activity", sub.id), {**_plain(sub), "activity": activity.id}
    for ceiling in programme.ceilings:
        yield ("rpjmd_ceiling", ceiling.id), {**_plain(ceiling), **owner}
    for risk in programme.risks:
        yield ("risk", risk.id), {**_plain(risk), **owner}


def _plain(record: Any) -> dict[str, Any]:
    """The fields of a row that are values, not other rows."""
    out: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, Text):
            out[field.name] = dict(value.values)
        elif not isinstance(value, tuple | dict):
            out[field.name] = value
    return out
