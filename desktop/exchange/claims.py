"""What evidence can be claimed for: every field the guideline asks and every programme, to be searched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.message import Param
from desktop.base.speech import value_text
from desktop.checks.application import SIGNED
from desktop.checks.evidence import claims_something
from desktop.checks.reading import reading_of
from desktop.checks.spots import SESSIONS, BoundSpot, CellSpot, ChapterSpot, ProgrammeAnswerSpot, Spot, called
from desktop.checks.spots import named as titled
from desktop.guideline.pack import PageRef
from desktop.workspace.emblem import EMBLEM
from desktop.workspace.plan import Place, Plan

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace.operation import Operation

_PAGES = {
    "figures": PageRef(page="figures"),
    "decrees": PageRef(page="decrees"),
    "bodies": PageRef(page="bodies"),
    "sessions": PageRef(page="sessions"),
    "inputs": PageRef(page="inputs"),
}
WHOLE = frozenset({"figure", "decree", "body", "meeting", "session_output", "input"})
"""Tables whose rows are claimed as a whole, whichever field of them is named."""
FOUND = 60
"""How many a search offers at most; who sees so many types on."""


@dataclass(frozen=True, slots=True)
class Claimable:
    """Something evidence may support: where it is, what it is called, on which page it stands."""

    place: Place
    where: Param
    page: PageRef
    programme: str = ""
    """The programme it belongs to, if any."""
    wanted: bool = False
    """Whether the guideline asks for evidence there."""
    untouched: tuple[str, str, str] | None = None
    """Worksheet, fixed row and agency of a row of the guideline that nobody has written in yet."""
    short: Param = ""
    """The item in few words, as a file is called after it."""
    agency: str = ""
    """The agency it belongs to, if it belongs to one."""

    def claim(self, operation: Operation, evidence: str) -> None:
        """Say that a piece of evidence supports it."""
        self.prepare(operation)
        operation.claim(evidence, self.place)

    def prepare(self, operation: Operation) -> None:
        """Make the row it is in, where the guideline's own row is not there yet."""
        if self.untouched is not None:
            sheet, fixed, agency = self.untouched
            operation.fixed_row(sheet, fixed, agency=agency)


_NAMED = Message("exchange.evidence.emblem")
_EMBLEM = Claimable(EMBLEM, _NAMED, PageRef(page="profile"), short=_NAMED)
"""The one thing that is claimed for the plan as a whole."""


def key(place: Place) -> tuple[str, ...]:
    """What makes two places the same, whatever the language (as the checks see it)."""
    if place.table == "answer" or not place.row:
        return (place.table, place.item, place.scope)
    if place.table in WHOLE:
        return (place.table, place.row, "")
    return (place.table, place.row, place.field)


def claimables(plan: Plan, pack: Pack) -> tuple[Claimable, ...]:
    """Everything evidence may support, in the guideline's order; programmes first."""
    reading = reading_of(plan, pack)
    found = [*_programmes(plan), *_rows(plan, pack), *_commitments(plan, pack)]
    found += [
        replace(_claimable(asked.spot), wanted=asked.field.evidence != "none") for asked in reading.asked
    ]
    found += [_claimable(spot) for spot in reading.chapters]
    return tuple({key(each.place): each for each in reversed(found)}.values())[::-1]


def _programmes(plan: Plan) -> list[Claimable]:
    return [
        Claimable(
            Place("programme", each.id),
            Message("exchange.evidence.programme", programme=called(each.title)),
            PageRef(page="programmes", ref=each.id),
            each.id,
            short=called(each.title),
            agency=each.lead,
        )
        for each in plan.programmes
    ]


def _rows(plan: Plan, pack: Pack) -> list[Claimable]:
    """What has rows of its own: figures, decrees, bodies, meetings, outputs of sessions, input."""
    measures = {each.id: each.label for each in pack.figures}
    bodies = {each.id: each.name for each in pack.bodies}
    outputs = {(session.id, each.id): each.label for session in pack.sessions for each in session.outputs}
    of: list[tuple[str, str, str, Param]] = []
    for figure in plan.figures:
        name = Message("exchange.evidence.figure", measure=measures.get(figure.measure) or figure.measure,
                       year=str(figure.year))  # fmt: skip
        of.append(("figure", figure.id, "figures", name))
    for decree in plan.decrees:
        name = Message("exchange.evidence.decree", number=decree.number or "-", title=titled(decree.title))
        of.append(("decree", decree.id, "decrees", name))
    of += [
        ("body", each.id, "bodies", bodies.get(each.body) or titled(each.name, each.body))
        for each in plan.bodies
    ]
    of += [("meeting", each.id, "sessions", titled(each.title, each.start)) for each in plan.meetings]
    for output in plan.outputs:
        known = outputs.get((output.session, output.output))
        of.append(("session_output", output.id, "sessions", known or output.output))
    of += [("input", each.id, "inputs", titled(each.body)) for each in plan.inputs]
    return [Claimable(Place(table, row), name, _PAGES[page], short=name) for table, row, page, name in of]


def _commitments(plan: Plan, pack: Pack) -> list[Claimable]:
    """The signed sheets of the agencies, where the guideline has such sheets."""
    if not any(book.per == "agency" and book.kind == "commitment" for book in pack.books):
        return []
    return [
        Claimable(
            Place("agency", each.id, SIGNED),
            name := Message("exchange.evidence.commitment", agency=each.short_name or titled(each.name)),
            SESSIONS,
            short=name,
            agency=each.id,
        )
        for each in plan.agencies
    ]


def _claimable(spot: Spot) -> Claimable:
    place = spot.place()
    programme = ""
    if isinstance(spot, ProgrammeAnswerSpot):
        programme = spot.programme.id
    elif not isinstance(spot, CellSpot | ChapterSpot):
        programme = getattr(getattr(spot, "programme", None), "id", "")
    untouched = None
    if isinstance(spot, CellSpot) and spot.row is None and spot.fixed is not None:
        untouched = spot.worksheet.id, spot.fixed.id, spot.agency
    return Claimable(
        replace(place, language=""),
        spot.where(),
        spot.page,
        programme,
        untouched=untouched,
        short=_short(spot),
        agency=_agency(spot),
    )


def _short(spot: Spot) -> Param:
    """A field in few words: its question, for a row of a worksheet the row it stands in."""
    match spot:
        case ChapterSpot():
            return spot.chapter.title
        case CellSpot():
            return spot.fixed.label if spot.fixed else Message(
                "exchange.evidence.row", worksheet=spot.worksheet.title, number=str(spot.number)
            )  # fmt: skip
        case BoundSpot():
            return titled(spot.title)
        case _:
            field = getattr(spot, "field", None)
            return field.label if field is not None else spot.where()


def _agency(spot: Spot) -> str:
    """The agency that a field belongs to: its row's, or the one that leads its programme."""
    if isinstance(spot, CellSpot):
        return spot.row.agency if spot.row is not None else spot.agency
    programme = getattr(spot, "programme", None)
    return programme.lead if programme is not None else ""


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something claimed without a file behind it; ``required`` where the guideline insists on one."""

    claim: Claimable
    required: bool


def unsupported(plan: Plan, pack: Pack) -> tuple[Unsupported, ...]:
    """What is claimed and has no evidence: first where the guideline requires it, then where it may have it.

    "No" claims nothing (facts.md 0.5: answers without valid and complete evidence are faulted most).
    """
    reading = reading_of(plan, pack)
    found: dict[tuple[str, ...], Unsupported] = {}
    for asked in reading.asked:
        if asked.field.evidence == "none" or not claims_something(asked, reading.source):
            continue
        place = asked.place(reading.source)
        if not reading.has_evidence(place):
            required = asked.field.evidence == "required"
            found.setdefault(key(place), Unsupported(_claimable(asked.spot), required))
    measures = {each.id: each.evidence for each in pack.figures}
    proven = {key(claim) for file in plan.evidence for claim in file.claims}
    for each in _rows(plan, pack):
        if key(each.place) not in proven:
            level = _level(plan, each.place, measures)
            if level != "none":
                found.setdefault(key(each.place), Unsupported(each, level == "required"))
    return tuple(sorted(found.values(), key=lambda each: not each.required))


def _level(plan: Plan, place: Place, measures: Mapping[str, str]) -> str:
    """Whether a row of its own wants evidence: what was decreed, held or done must be shown."""
    match place.table:
        case "figure":
            figure = next(each for each in plan.figures if each.id == place.row)
            return measures.get(figure.measure, "optional") if figure.value else "none"
        case "decree":
            decree = next(each for each in plan.decrees if each.id == place.row)
            return "required" if decree.state == "issued" else "none"
        case "meeting":
            meeting = next(each for each in plan.meetings if each.id == place.row)
            return "optional" if meeting.result else "none"
        case "session_output":
            output = next(each for each in plan.outputs if each.id == place.row)
            return "required" if output.state == "done" else "none"
        case _:
            return "none"


def named(plan: Plan, pack: Pack) -> Callable[[Place], Claimable | None]:
    """Finds what a claim is about; None for what is no longer there (or only a newer guideline knows)."""
    claims = [claim for file in plan.evidence for claim in file.claims]
    wanted, rows = {key(claim) for claim in claims}, {claim.row for claim in claims if claim.table == "row"}
    own = (_EMBLEM, *_programmes(plan), *_rows(plan, pack), *_commitments(plan, pack))
    by_key = {key(each.place): each for each in own if key(each.place) in wanted}
    reading = reading_of(plan, pack)
    # Thousands of cells, and few of them claimed: names are made for those alone.
    for spot in (*(asked.spot for asked in reading.asked), *reading.chapters) if wanted else ():
        place = spot.place()
        if key(place) in wanted:
            by_key.setdefault(key(place), _claimable(spot))
        if place.table == "cell" and place.row in rows:
            by_key.setdefault(key(Place("row", place.row)), _claimable(spot))
    return lambda place: by_key.get(key(place))


def search(all_of_them: tuple[Claimable, ...], words: str) -> tuple[Claimable, ...]:
    """Those whose name in any language has every word typed; where evidence is asked for comes first."""
    parts = words.casefold().split()

    def fits(each: Claimable) -> bool:
        named = " ".join(value_text(each.where, language) for language in Language).casefold()
        return all(part in named for part in parts)

    found = (each for each in all_of_them if not parts or fits(each))
    return tuple(sorted(found, key=lambda each: not (each.wanted or each.place.table == "programme")))[:FOUND]
