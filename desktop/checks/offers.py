"""What a plan already says that a form asks again: newest figures, decrees, members and meetings counted.

A question whose answer stands elsewhere is not asked twice: while nobody answers it in the form, the
checks and books read the answer from there, and the form offers to take it over. Which question is meant
the guideline says: a measure by its ``item``, a body by the rules ``body_decree``, ``body_outsiders``,
``body_meetings`` and ``body_last_meeting``, the regulation of the masterplan by ``plan_regulation``. The
fields beside it that are called the same with ``_year``, ``_source``, ``_date`` or ``_number`` at the end
get the year, the source, the day or the number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.base import Message
from desktop.guideline.pack import Field, Measure, Pack, Rule
from desktop.workspace.organisation import Body, Decree, Figure, Meeting
from desktop.workspace.plan import Place, Plan, Text, Value, text_hash

IN_FORCE = frozenset({"issued"})
REGULATIONS = frozenset({"perkada", "perda"})
"""The legal forms by which a masterplan becomes binding."""
DAYS_OF_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer that the plan has elsewhere."""

    item: str
    value: Value
    text: Text
    kind: Literal["carry", "compute"]
    """Whether it is carried over from another place, or worked out."""
    source: Message
    """Where it comes from, to stand inside a sentence."""
    place: Place
    """The row it comes from, whose evidence supports it too."""
    page: str
    """The page of the journey where that is filled in."""

    @property
    def blank(self) -> bool:
        """Whether it offers nothing."""
        return self.value in (None, "", ()) and not self.text


def offers(plan: Plan, pack: Pack, today: dt.date) -> Mapping[str, Offer]:
    """By item of a form: what can be taken over. Of several offers the first stands."""
    found: dict[str, Offer] = {}
    for offer in _Offering(plan, pack, today).all():
        if not offer.blank:
            found.setdefault(offer.item, offer)
    return found


_BESIDE = ("", "_year", "_source", "_date", "_number")
_ASKED_BY = frozenset(
    {"body_decree", "body_outsiders", "body_meetings", "body_last_meeting", "plan_regulation"}
)


def offerable(pack: Pack) -> frozenset[str]:
    """Every question of a form that some plan may answer elsewhere."""
    items = {measure.item for measure in pack.figures if measure.item}
    items |= {str(rule.params.get("item") or "") for rule in pack.rules if rule.check in _ASKED_BY}
    return frozenset(f"{item}{beside}" for item in items for beside in _BESIDE)


def newest(plan: Plan, measure: str) -> Figure | None:
    """The newest stated figure of a measure."""
    stated = [each for each in plan.figures if each.measure == measure and each.value.strip()]
    return max(stated, key=lambda each: each.year, default=None)


def figure_value(measure: Measure, value: str) -> Value:
    """A figure as its measure's type; None where it is none of it."""
    value = value.strip()
    if measure.type in {"integer", "rupiah"}:
        return int(value) if value.removeprefix("-").isdecimal() else None
    return value or None


def outsiders(body: Body) -> int:
    """How many members come from outside the regional government."""
    return sum(1 for member in body.members if member.outsider and (member.person or member.name.strip()))


def meetings_of(plan: Plan, rows: frozenset[str], today: dt.date) -> tuple[Meeting, ...]:
    """The meetings that bodies held in the year up to a day, earliest first."""
    first = (today - dt.timedelta(days=DAYS_OF_A_YEAR)).isoformat()
    return tuple(
        each for each in plan.meetings if each.body in rows and first <= each.start <= today.isoformat()
    )


def rows_of(plan: Plan, body: str) -> tuple[Body, ...]:
    """A body of the guideline as the region has set it up; working groups are several."""
    return tuple(each for each in plan.bodies if each.body == body)


def decree_of(plan: Plan, body: Body) -> Decree | None:
    """The decree that sets a body up."""
    return next((each for each in plan.decrees if each.id == body.decree), None)


def regulation(plan: Plan) -> Decree | None:
    """The regulation of the masterplan: a regulation that sets up no body; one in force goes first."""
    taken = {body.decree for body in plan.bodies}
    found = [
        each
        for each in plan.decrees
        if each.kind in REGULATIONS and each.id not in taken and each.state != "repealed"
    ]
    return min(found, key=lambda each: each.state not in IN_FORCE, default=None)


class _Offering:
    """Makes the offers of one plan."""

    def __init__(self, plan: Plan, pack: Pack, today: dt.date) -> None:
        self._plan, self._pack, self._today = plan, pack, today
        self._fields = {f"{form.id}.{field.id}": field for form in pack.forms for field in form.fields}

    def all(self) -> Iterator[Offer]:
        for measure in self._pack.figures:
            if measure.item:
                yield from self._figure(measure)
        for rule in self._pack.rules:
            item = rule.params.get("item")
            if isinstance(item, str):
                yield from self._asked_by(rule, item)

    def _asked_by(self, rule: Rule, item: str) -> Iterator[Offer]:
        match rule.check:
            case "body_decree":
                yield from self._decree(rule, item)
            case "body_outsiders":
                yield from self._outsiders(rule, item)
            case "body_meetings":
                yield from self._meetings(rule, item)
            case "body_last_meeting":
                yield from self._last_meeting(rule, item)
            case "plan_regulation":
                yield from self._regulation(item)

    def _offer(
        self, item: str, said: Value, kind: Literal["carry", "compute"], source: Message,
        place: Place, page: str,
    ) -> Iterator[Offer]:  # fmt: skip
        """One offer, if the guideline asks such a question and the value fits it."""
        field = self._fields.get(item)
        if field is None or said in (None, "") or not _fits(field, said):
            return
        if field.bilingual:
            yield Offer(
                item, None, _same_everywhere(str(said), self._plan, self._pack), kind, source, place, page
            )
        else:
            yield Offer(item, said, Text(), kind, source, place, page)

    def _figure(self, measure: Measure) -> Iterator[Offer]:
        figure = newest(self._plan, measure.id)
        if figure is None:
            return
        place = Place("figure", figure.id, "value")
        source = Message("checks.offer.figure", measure=measure.label, year=str(figure.year))
        for item, said in (
            (measure.item, figure_value(measure, figure.value)),
            (f"{measure.item}_year", figure.year),
            (f"{measure.item}_source", figure.source),
        ):
            yield from self._offer(item, said, "carry", source, place, "figures")

    def _rows(self, rule: Rule) -> tuple[Body, ...]:
        return rows_of(self._plan, str(rule.params.get("body") or ""))

    def _decree(self, rule: Rule, item: str) -> Iterator[Offer]:
        found = (decree_of(self._plan, body) for body in self._rows(rule))
        decree = next((each for each in found if each is not None), None)
        if decree is not None:
            yield from self._of_decree(decree, item, decree.number, f"{item}_date", decree.date)

    def _of_decree(self, decree: Decree, *said: str) -> Iterator[Offer]:
        source = Message("checks.offer.decree", decree=decree_name(decree))
        place = Place("decree", decree.id)
        for item, value in zip(said[::2], said[1::2], strict=True):
            yield from self._offer(item, value, "carry", source, place, "decrees")

    def _outsiders(self, rule: Rule, item: str) -> Iterator[Offer]:
        rows = self._rows(rule)
        if any(body.members for body in rows):
            n = sum(map(outsiders, rows))
            members = sum(len(body.members) for body in rows)
            source = Message("checks.offer.members", n=members)
            yield from self._offer(item, n, "compute", source, Place("body", rows[0].id), "bodies")

    def _meetings(self, rule: Rule, item: str) -> Iterator[Offer]:
        ids = frozenset(body.id for body in self._rows(rule))
        if any(each.body in ids for each in self._plan.meetings):
            held = meetings_of(self._plan, ids, self._today)
            source = Message("checks.offer.meetings")
            place = Place("meeting", held[-1].id) if held else Place("body", min(ids))
            yield from self._offer(item, len(held), "compute", source, place, "bodies")

    def _last_meeting(self, rule: Rule, item: str) -> Iterator[Offer]:
        ids = frozenset(body.id for body in self._rows(rule))
        held = [each for each in self._plan.meetings if each.body in ids and each.start]
        held = [each for each in held if each.start <= self._today.isoformat()]
        if held:
            last, source = held[-1], Message("checks.offer.meetings")
            yield from self._offer(item, last.start, "carry", source, Place("meeting", last.id), "bodies")

    def _regulation(self, item: str) -> Iterator[Offer]:
        decree = regulation(self._plan)
        if decree is not None:
            state = {"issued": "issued", "drafted": "draft"}.get(decree.state, "none")
            yield from self._of_decree(
                decree, item, state, f"{item}_number", decree.number, f"{item}_date", decree.date
            )


def decree_name(decree: Decree) -> str:
    """A decree as a sentence names it: its number, else its title."""
    return decree.number.strip() or next(filter(None, decree.title.values.values()), "")


def _fits(field: Field, said: Value) -> bool:
    """Whether a value can be the answer to a question as it is."""
    if field.bilingual:
        return isinstance(said, str)
    match field.type:
        case "choice":
            return said in {choice.id for choice in field.choices}
        case "integer" | "rupiah" | "year":
            return isinstance(said, int) and not isinstance(said, bool)
        case "decimal" | "percent" | "date" | "text":
            return isinstance(said, str)
        case "boolean":
            return isinstance(said, bool)
        case _:
            return False


def _same_everywhere(said: str, plan: Plan, pack: Pack) -> Text:
    """Numbers of decrees and names of sources are the same in every language."""
    made = text_hash(said)
    languages = pack.pack.languages
    return Text(
        dict.fromkeys(languages, said), {each: made for each in languages if each != plan.source_language}
    )
