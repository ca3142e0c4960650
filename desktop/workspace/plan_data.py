"""``data.json``: the whole plan in one canonical file, for registers and for the next revision.

Comments and deadlines are left out: they are the team's own talk and timetable, not part of what the
region submits, and whoever receives a package has no claim to them. So are an assessor's scores, which are
not the region's, how stakeholders can be reached, and the names of citizens and of others who spoke without
being registered (law 27 of 2022 on personal data).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

import msgspec

from desktop.base.canonical import canonical, moment_text
from desktop.base.fingerprint import content_fingerprint
from desktop.workspace.listening import spelled
from desktop.workspace.moving.slots import is_note
from desktop.workspace.plan import (
    Activity,
    Agency,
    EvidenceFile,
    Indicator,
    Person,
    Plan,
    Programme,
    Risk,
    Row,
    Text,
)
from desktop.workspace.plan import Value as PlanValue
from desktop.workspace.plan_data_bodies import (
    AttendancePart,
    BodyPart,
    DecreePart,
    InputPart,
    MeetingPart,
    MemberPart,
    OutputPart,
    StakeholderPart,
)
from desktop.workspace.plan_data_form import (
    ActivityPart,
    AgencyPart,
    AnswerPart,
    BudgetPart,
    CeilingPart,
    CellPart,
    ClaimPart,
    Data,
    EvidencePart,
    FigurePart,
    GuidelinePart,
    IndicatorPart,
    PersonPart,
    PlanPart,
    ProgrammePart,
    RegionPart,
    RiskPart,
    RowPart,
    SetAsidePart,
    SubActivityPart,
    TargetPart,
    WorksheetPart,
    WorkspacePart,
)
from desktop.workspace.plan_data_part import Part, Value
from desktop.workspace.wording import part_of

P = TypeVar("P", bound=Part)


def plan_data(plan: Plan) -> bytes:
    """The canonical bytes (RFC 8785) of ``data.json``; equal plans give equal bytes."""
    return canonical(msgspec.to_builtins(_data(plan)))


def plan_fingerprint(plan: Plan) -> str:
    """What stands on paper printed from this plan (see :mod:`desktop.base.fingerprint`)."""
    pinned = plan.guideline
    data = hashlib.sha256(plan_data(plan)).hexdigest()
    evidence = (file.sha256 for file in plan.evidence if file.present)
    return content_fingerprint(data, pinned.id, pinned.version, pinned.sha256, evidence)


def read_data(data: bytes) -> Data:
    """Read a ``data.json``. Raises msgspec.ValidationError for anything the schema does not allow."""
    return msgspec.json.decode(data, type=Data)


def _data(plan: Plan) -> Data:
    # notes on a move to another guideline and the wording of drafts are the workspace's own, not answers
    said = (each for each in plan.answers.values() if not is_note(each.item) and part_of(each.item) is None)
    answers = sorted(said, key=lambda answer: (answer.item, answer.scope))
    nameless = _nameless(plan)
    return Data(
        workspace=WorkspacePart(
            id=plan.workspace,
            head=plan.head,
            changed_at=moment_text(plan.changed_at.replace(microsecond=0)),
            source_language=plan.source_language,
            example=plan.example,
        ),
        region=RegionPart(
            code=plan.region.code, name=plan.region.name, kind=plan.region.kind, province=plan.region.province
        ),
        plan=PlanPart(title=_text(plan.title), first_year=plan.first_year, last_year=plan.last_year),
        guideline=GuidelinePart(
            id=plan.guideline.id, version=plan.guideline.version, sha256=plan.guideline.sha256
        ),
        agencies=tuple(_agency(one) for one in plan.agencies),
        people=tuple(_person(one) for one in plan.people),
        programmes=tuple(_programme(one) for one in plan.programmes),
        answers=tuple(
            AnswerPart(
                item=one.item,
                scope=one.scope,
                value=_value(one.value),
                text=_text(one.text),
                origin=one.origin,
            )
            for one in answers
        ),
        worksheets=tuple(
            WorksheetPart(worksheet=name, rows=tuple(_row(row) for row in rows))
            for name, rows in sorted(plan.rows.items())
        ),
        evidence=tuple(_evidence(one) for one in plan.evidence if one.present),
        set_aside=tuple(
            SetAsidePart(finding=one.finding, reason=one.reason, author=one.author)
            for one in sorted(plan.set_aside.values(), key=lambda one: one.finding)
        ),
        figures=_flat(FigurePart, plan.figures),
        decrees=_flat(DecreePart, plan.decrees),
        bodies=_flat(BodyPart, plan.bodies),
        meetings=_meetings(plan),
        outputs=_flat(OutputPart, plan.outputs),
        stakeholders=tuple(_known_by(each, nameless) for each in _flat(StakeholderPart, plan.stakeholders)),
        inputs=tuple(msgspec.structs.replace(each, author="") for each in _flat(InputPart, plan.inputs)),
    )


def _nameless(plan: Plan) -> dict[str, str]:
    """What citizens are called outside: by their place among the citizens registered (``#3``), by id."""
    citizens = (each.id for each in plan.stakeholders if each.kind == "citizen")
    return {each: f"#{number}" for number, each in enumerate(citizens, 1)}


def _known_by(part: StakeholderPart, nameless: Mapping[str, str]) -> StakeholderPart:
    """Citizens by their number: their names are no business of whoever receives the package."""
    return msgspec.structs.replace(part, name=nameless.get(part.id, part.name))


def _meetings(plan: Plan) -> tuple[MeetingPart, ...]:
    """Meetings; citizens on their lists stay nameless, and so do guests of consultations in no register.

    A citizen bears the number that the register of stakeholders gives, so that who was heard can be counted.
    """
    numbers = _nameless(plan)
    citizens = {spelled(each.name): numbers[each.id] for each in plan.stakeholders if each.id in numbers}
    citizens.pop("", None)
    registered = {spelled(each.name) for each in plan.stakeholders} - citizens.keys()

    def nameless(meeting: MeetingPart, line: AttendancePart) -> AttendancePart:
        if spelled(line.institution) in registered:
            return msgspec.structs.replace(line, name="") if spelled(line.name) in citizens else line
        number = citizens.get(spelled(line.institution)) or citizens.get(spelled(line.name))
        if number is not None:
            return msgspec.structs.replace(line, name=number, institution="")
        speaks_for = line.agency or line.office or line.institution or spelled(line.name) in registered
        if meeting.kind == "consultation" and not speaks_for:
            return msgspec.structs.replace(line, name="")
        return line

    return tuple(
        msgspec.structs.replace(each, attendance=tuple(nameless(each, line) for line in each.attendance))
        for each in _flat(MeetingPart, plan.meetings)
    )


def _flat(kind: type[P], rows: Iterable[Any]) -> tuple[P, ...]:
    """Rows whose part has the same names as they have: texts by language, their own parts likewise."""
    inner = {"members": MemberPart, "attendance": AttendancePart}

    def value(name: str, found: Any) -> Any:
        if isinstance(found, Text):
            return _text(found)
        return _flat(inner[name], found) if name in inner else found

    return tuple(
        kind(**{name: value(name, getattr(one, name)) for name in kind.__struct_fields__}) for one in rows
    )


def _text(text: Text) -> dict[str, str]:
    return {language: value for language, value in sorted(text.values.items()) if value.strip()}


def _number(value: Decimal | None) -> str | None:
    """Never scientific notation: ``1E+3`` would be another text for the same number."""
    return None if value is None else f"{value:f}"


def _value(value: PlanValue) -> Value:
    return list(value) if isinstance(value, tuple) else value


def _agency(one: Agency) -> AgencyPart:
    return AgencyPart(
        id=one.id, code=one.code, name=_text(one.name), short_name=one.short_name, head=one.head
    )


def _person(one: Person) -> PersonPart:
    return PersonPart(
        id=one.id,
        name=one.name,
        office=_text(one.office),
        role=one.role,
        agency=one.agency,
        nip=one.nip,
        acting=one.acting,
        since=one.since,
        until=one.until,
        dimension=one.dimension,
    )


def _programme(one: Programme) -> ProgrammePart:
    return ProgrammePart(
        id=one.id,
        code=one.code,
        title=_text(one.title),
        dimension=one.dimension,
        sub_dimension=one.sub_dimension,
        lead=one.lead,
        supporting=tuple(sorted(one.supporting)),
        service=_text(one.service),
        before=_text(one.before),
        after=_text(one.after),
        served=_text(one.served),
        technology=_text(one.technology),
        start_year=one.start_year,
        end_year=one.end_year,
        quick_win=one.quick_win,
        status=one.status,
        total_budget=one.total_budget,
        origin=one.origin,
        source=one.source,
        budget=tuple(
            BudgetPart(
                year=line.year,
                source=line.source,
                indicative=line.indicative,
                ceiling=line.ceiling,
                realised=line.realised,
            )
            for line in sorted(one.budget, key=lambda line: (line.year, line.source))
        ),
        indicators=tuple(_indicator(indicator) for indicator in one.indicators),
        activities=tuple(_activity(activity) for activity in one.activities),
        risks=tuple(_risk(risk) for risk in one.risks),
        ceilings=_flat(CeilingPart, one.ceilings),
    )


def _activity(one: Activity) -> ActivityPart:
    return ActivityPart(
        id=one.id,
        area=one.area,
        title=_text(one.title),
        output=_text(one.output),
        lead=one.lead,
        start_year=one.start_year,
        end_year=one.end_year,
        budget=one.budget,
        code=one.code,
        sub_activities=_flat(SubActivityPart, one.sub_activities),
    )


def _risk(one: Risk) -> RiskPart:
    return RiskPart(
        id=one.id,
        title=_text(one.title),
        likelihood=one.likelihood,
        impact=one.impact,
        mitigation=_text(one.mitigation),
        owner=one.owner,
    )


def _indicator(one: Indicator) -> IndicatorPart:
    return IndicatorPart(
        id=one.id,
        name=_text(one.name),
        unit=one.unit,
        direction=one.direction,
        baseline=_number(one.baseline),
        baseline_year=one.baseline_year,
        source=one.source,
        targets=tuple(
            TargetPart(year=target.year, target=_number(target.target), realised=_number(target.realised))
            for target in sorted(one.targets, key=lambda target: target.year)
        ),
    )


def _row(row: Row) -> RowPart:
    return RowPart(
        id=row.id,
        agency=row.agency,
        fixed=row.fixed,
        cells=tuple(
            CellPart(column=column, value=_value(cell.value), text=_text(cell.text))
            for column, cell in sorted(row.cells.items())
        ),
    )


def _evidence(one: EvidenceFile) -> EvidencePart:
    return EvidencePart(
        id=one.id,
        sha256=one.sha256,
        name=one.name,
        media_type=one.media_type,
        size=one.size,
        caption=_text(one.caption),
        claims=tuple(
            ClaimPart(table=claim.table, row=claim.row, field=claim.field, item=claim.item, scope=claim.scope)
            for claim in sorted(
                one.claims, key=lambda claim: (claim.table, claim.row, claim.field, claim.item)
            )
        ),
        taken_on=one.taken_on,
        valid_until=one.valid_until,
    )
