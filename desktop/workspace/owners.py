"""To which agency and programme a row belongs, as the plan stands: for lists, and for who may settle what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.base.canonical import Json
from desktop.base.ids import derived_id
from desktop.workspace.organisation import Attendance
from desktop.workspace.plan import Plan, Programme


@dataclass(frozen=True, slots=True)
class Belongs:
    """The ids of the agency and the programme a row belongs to; empty where it has none."""

    agency: str = ""
    programme: str = ""


NOBODY = Belongs()
_LANGUAGES = ("id", "en")


class Owners:
    """Answers for one state of the plan; rows that are in no picture of it are told by their registers."""

    def __init__(self, plan: Plan) -> None:
        self._answers: dict[str, str] = {}
        self._known: dict[str, Belongs] = {each.id: Belongs(each.id) for each in plan.agencies}
        self._known |= {each.id: Belongs(each.agency) for each in plan.people}
        self._known |= {row.id: Belongs(row.agency) for rows in plan.rows.values() for row in rows}
        for programme in plan.programmes:
            mine = Belongs(programme.lead, programme.id)
            self._known |= dict.fromkeys(_ids(programme), mine)

    def of(self, table: str, row: str, field: str, values: Mapping[str, Json]) -> Belongs:
        """Whose a register is; ``values`` are the row's registers. Who leads is nobody's own to say."""
        found = self._known.get(row) or self._told(values)
        if table == "programme" and field == "lead":
            return Belongs("", found.programme)
        return found

    def agency_of(self, row: str) -> str:
        """The agency a row of the plan belongs to, or empty."""
        return self._known.get(row, NOBODY).agency

    def programme_of(self, row: str, plan: Plan) -> str:
        """The programme a row of the plan belongs to, answers about it included; or empty."""
        if not self._answers:
            languages = ("", plan.source_language, *_LANGUAGES)
            self._answers = {
                derived_id("answer", item, scope, language): scope
                for item, scope in plan.answers
                if scope
                for language in languages
            } or {"": ""}
        return self._known.get(row, self._known.get(self._answers.get(row, ""), NOBODY)).programme

    def _told(self, values: Mapping[str, Json]) -> Belongs:
        for name in ("programme", "indicator", "activity", "row", "scope", "agency", "owner"):
            value = values.get(name)
            if isinstance(value, str) and value in self._known:
                return self._known[value]
        return NOBODY


def _ids(programme: Programme) -> Iterator[str]:
    """The programme and everything that is a part of it."""
    yield programme.id
    yield from (line.id for line in programme.budget)
    yield from (ceiling.id for ceiling in programme.ceilings)
    yield from (risk.id for risk in programme.risks)
    for indicator in programme.indicators:
        yield from (indicator.id, *(target.id for target in indicator.targets))
    for activity in programme.activities:
        yield from (activity.id, *(sub.id for sub in activity.sub_activities))


def home_of(plan: Plan, each: Attendance) -> str:
    """The agency somebody on a list came from: the one written there, else that of a person of the plan."""
    if each.agency or each.institution.strip():
        return each.agency
    person = next((one for one in plan.people if one.id == each.person), None)
    return person.agency if person is not None else ""
