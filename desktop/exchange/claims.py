"""What evidence can be claimed for: every field the guideline asks and every programme, to be searched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.message import Param
from desktop.base.speech import value_text
from desktop.checks.reading import Reading
from desktop.checks.spots import CellSpot, ChapterSpot, ProgrammeAnswerSpot, Spot, called
from desktop.guideline.pack import PageRef
from desktop.workspace.plan import Place, Plan

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace.operation import Operation

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

    def claim(self, operation: Operation, evidence: str) -> None:
        """Say that a piece of evidence supports it."""
        if self.untouched is not None:
            sheet, fixed, agency = self.untouched
            operation.fixed_row(sheet, fixed, agency=agency)
        operation.claim(evidence, self.place)


def key(place: Place) -> tuple[str, ...]:
    """What makes two places the same, whatever the language (as the checks see it)."""
    if place.table == "answer" or not place.row:
        return (place.table, place.item, place.scope)
    return (place.table, place.row, place.field)


def claimables(plan: Plan, pack: Pack) -> tuple[Claimable, ...]:
    """Everything evidence may support, in the guideline's order; programmes first."""
    reading = Reading(plan, pack)
    found = _programmes(plan)
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
        )
        for each in plan.programmes
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
    return Claimable(replace(place, language=""), spot.where(), spot.page, programme, untouched=untouched)


def named(plan: Plan, pack: Pack) -> Callable[[Place], Claimable | None]:
    """Finds what a claim is about; None for what is no longer there (or only a newer guideline knows)."""
    claims = [claim for file in plan.evidence for claim in file.claims]
    wanted, rows = {key(claim) for claim in claims}, {claim.row for claim in claims if claim.table == "row"}
    by_key = {key(each.place): each for each in _programmes(plan) if key(each.place) in wanted}
    reading = Reading(plan, pack)
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
