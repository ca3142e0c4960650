"""How much of a plan is certainly not answered, worked out from the data in a package alone.

The manifest states how many mandatory findings were open; that is the word of whoever sealed. All of them
cannot be found again without the workspace, by another version of the program, on another day. What can be
is the least there must have been: required questions and chapters for which there is no word at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base import Language
from desktop.base.plain import plain
from desktop.guideline.pack import Pack
from desktop.workspace.plan_data_form import Data

if TYPE_CHECKING:
    from desktop.workspace import Plan

_WHOLE = frozenset({"required_answers", "chapter_written"})
"""The checks that nothing yields to and that look at nothing but the answer itself."""


@dataclass(frozen=True, slots=True)
class Least:
    """How many mandatory findings there were at the least: still open, and set aside with a reason."""

    open: int
    aside: int


def unanswered(data: Data, pack: Pack, *, words: bool = True) -> Least:
    """How many mandatory findings there were for certain when the data were written.

    Left out are questions that the plan may answer elsewhere (figures, bodies, decrees), and worksheets.
    An answer of any word counts, so that no later list of words that say nothing changes the verdict on
    an earlier package. ``words``: it takes a letter or figure in a language of the program, given where
    it is asked, and a dash is no reason to set something aside; of the first packages anything anywhere
    counted.
    """
    from msgspec import structs

    from desktop.checks.offers import offerable
    from desktop.checks.reading import Reading
    from desktop.checks.registry import known_checks
    from desktop.checks.words import is_reason

    if words:
        said = frozenset(_answered(data, pack))
        there = tuple(one for one in data.answers if (one.item, one.scope) in said)
        data = structs.replace(data, answers=there)
    else:
        said = frozenset(
            (one.item, "")
            for one in data.answers
            if one.value not in (None, "", []) or any(one.text.values())
        )
    elsewhere = offerable(pack)
    narrowed = structs.replace(pack, worksheets=(), figures=())
    reading = Reading(plan_of(data), narrowed, dt.date(data.plan.first_year, 1, 1))
    says = is_reason if words else str.strip
    aside = {one.finding for one in data.set_aside if says(one.reason)}
    found = {
        hit.key(rule.id)
        for rule in pack.rules
        if rule.list == "mandatory" and rule.check in _WHOLE
        for hit in known_checks()[rule.check].run(reading, rule)
        if (hit.place.item, hit.place.scope if words else "") not in said and hit.place.item not in elsewhere
    }
    return Least(len(found - aside), len(found & aside))


def _answered(data: Data, pack: Pack) -> Iterator[tuple[str, str]]:
    """Where there is a word: a letter or figure in a language we read, yes or no where that is asked."""
    from desktop.guideline import Guideline

    guideline = Guideline(pack)
    for one in data.answers:
        if isinstance(one.value, bool):
            field = guideline.field(one.item)
            if field is not None and field.type == "boolean":
                yield one.item, one.scope
            continue
        said = [*(one.value if isinstance(one.value, list) else [one.value])]
        said += [one.text.get(language, "") for language in Language]
        if any(_says(str(each)) for each in said if each is not None):
            yield one.item, one.scope


def _says(text: str) -> bool:
    """Whether there is anything to be seen, beside the marks of a text: a letter, a figure, a unit's sign.

    Never less than what the checks of the workspace take for an answer.
    """
    from desktop.checks import words

    said = words.plain(text)
    return any((sign.isalnum() or words.is_symbol(sign)) and bool(plain(sign).strip()) for sign in said)


def plan_of(data: Data) -> Plan:
    """As much of the plan as can be read from its data without its tables: answers and rows."""
    from desktop.workspace.plan import Answer, Cell, GuidelineRef, Plan, Region, Row, Text

    def value(found: object) -> object:
        return tuple(found) if isinstance(found, list) else found

    guideline, region = data.guideline, data.region
    return Plan(
        workspace=data.workspace.id,
        head=data.workspace.head,
        changed_at=dt.datetime.fromtimestamp(0, dt.UTC),
        region=Region(region.code, region.name, region.kind, region.province),
        first_year=data.plan.first_year,
        last_year=data.plan.last_year,
        title=Text(data.plan.title),
        source_language=data.workspace.source_language,
        guideline=GuidelineRef(guideline.id, guideline.version, guideline.sha256),
        example=data.workspace.example,
        agencies=(),
        people=(),
        programmes=(),
        answers={
            (one.item, one.scope): Answer(one.item, one.scope, value(one.value), Text(one.text), one.origin)  # type: ignore[arg-type]
            for one in data.answers
        },
        rows={
            sheet.worksheet: tuple(
                Row(
                    row.id, sheet.worksheet, row.agency, row.fixed, f"{place:06d}",
                    {one.column: Cell(value(one.value), Text(one.text)) for one in row.cells},  # type: ignore[arg-type]
                )
                for place, row in enumerate(sheet.rows)
            )
            for sheet in data.worksheets
        },
        evidence=(),
        set_aside={},
        conflicts=(),
    )  # fmt: skip
