"""What a text may refer to (``ref:kind/id``), and the references that lead nowhere any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.base import Message, richtext
from desktop.base.richtext import Run
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, narrowed
from desktop.guideline.pack import Block, Chapter, Pack, Rule
from desktop.workspace.plan import Plan
from desktop.workspace.row_names import find_row

PREFIX = "ref:"
SHOWN: Mapping[str, tuple[str, ...]] = {
    "agencies": ("table/agencies", "table/people"),
    "assessment": ("table/assessment",),
    "bodies": ("table/bodies", "table/members", "table/dimension_people"),
    "decrees": ("table/decrees",),
    "figures": ("table/figures",),
    "budget": (
        "table/budget",
        "table/budget/dimension",
        "table/budget/programme",
        "table/budget/ceiling",
        "table/budget/realised",
        "table/budget/agency",
        "table/budget/rpjmd",
        "table/budget/shares",
        "figure/budget",
        "figure/budget/dimension",
    ),
    "dimensions": ("figure/coverage",),
    "evidence": ("table/evidence",),
    "indicators": ("table/indicators", "figure/indicators"),
    "programmes": ("table/programmes",),
    "quick_wins": ("table/quick_wins",),
    "readiness_radar": ("figure/readiness",),
    "readiness_shares": ("table/readiness",),
    "recap": ("table/recap",),
    "roadmap": ("figure/roadmap", "table/roadmap", "table/roadmap/milestones"),
    "sessions": ("table/sessions", "table/outputs"),
    "set_aside": ("table/set_aside",),
    "activities": ("table/activities",),
    "risks": ("figure/risks", "table/risks"),
    "stakeholders": ("table/stakeholders", "table/consultations", "figure/participation"),
    "inputs": ("table/inputs",),
}
"""The tables and figures that a kind of block in a chapter may print (``books`` holds it to this)."""


def chapters(pack: Pack) -> Iterator[Chapter]:
    """Every chapter and section of every book."""

    def walk(inside: tuple[Chapter, ...]) -> Iterator[Chapter]:
        for chapter in inside:
            yield chapter
            yield from walk(chapter.chapters)

    for book in pack.books:
        yield from walk(book.chapters)


def live(plan: Plan, pack: Pack) -> frozenset[str]:
    """Everything a reference may lead to, as ``kind/id``."""
    found = {f"programme/{programme.id}" for programme in plan.programmes}
    found |= {f"quick_win/{each.id}" for each in plan.programmes if each.quick_win}
    found |= {f"indicator/{each.id}" for programme in plan.programmes for each in programme.indicators}
    found |= {f"dimension/{dimension.id}" for dimension in pack.dimensions}
    found |= {f"table/dimension/{dimension.id}" for dimension in pack.dimensions}
    found |= {f"figure/indicators/{dimension.id}" for dimension in pack.dimensions}
    found |= {f"form/{form.id}" for form in pack.forms}
    found |= {f"worksheet/{sheet.id}" for sheet in pack.worksheets}
    for chapter in chapters(pack):
        found.add(f"chapter/{chapter.id}")
        for block in chapter.blocks:
            found.update(_shown(block))
    return frozenset(found)


def _shown(block: Block) -> tuple[str, ...]:
    keys = SHOWN.get(block.show, ())
    return (*keys, *(f"{key}/{block.ref}" for key in keys)) if block.ref else keys


def references(source: str) -> Iterator[Run]:
    """The references in a stored text, in order, with the words they were written with."""
    if f'href="{PREFIX}' not in source:
        return
    for block in richtext.parse(source):
        for runs in (block.runs, *(cell for row in block.rows for cell in row)):
            yield from (run for run in runs if run.href.startswith(PREFIX))


@check_rule("reference_dead")
def reference_dead(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """No text refers to a programme, indicator, table or chapter that is gone, no field to a deleted row."""
    within, known = narrowed(rule), live(reading.plan, reading.pack)
    for written in reading.written:
        if not within(written.spot):
            continue
        for language, text in written.text.values.items():
            for number, run in enumerate(references(text)):
                if run.href.removeprefix(PREFIX) not in known:
                    message = Message("checks.reference.dead", where=written.spot.where(), text=run.text)
                    yield Hit(message, written.spot.place(language), written.spot.page, f"{number}")
    for asked in reading.asked:
        if asked.field.type not in {"row", "programme"} or not asked.value or not within(asked.spot):
            continue
        if asked.field.type == "programme":
            there = str(asked.value) in reading.programmes
            message = Message("checks.reference.programme_gone", where=asked.spot.where())
        else:
            there = find_row(reading.plan, asked.field.worksheet, str(asked.value)) is not None
            message = Message("checks.reference.row_gone", where=asked.spot.where())
        if not there:
            yield Hit(message, asked.spot.place(), asked.spot.page)
