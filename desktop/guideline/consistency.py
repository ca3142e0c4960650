"""What types cannot say about a pack: ids that are unique, references that exist, figures that agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from desktop.base import Message
from desktop.guideline.broken import Fault
from desktop.guideline.field_rules import field_faults
from desktop.guideline.ground_rules import ground_faults, page_faults
from desktop.guideline.mapping_rules import mapping_faults
from desktop.guideline.names import Names, names_of, walk
from desktop.guideline.pack import Block, Field, Pack
from desktop.guideline.remarks import exists, fault, not_empty, unique, usable_pattern
from desktop.guideline.rules import PROGRAMME_FIELDS, rule_faults
from desktop.guideline.signing_rules import signing_faults

RESERVED = frozenset({"chapter", "programme", "quick_win", "evaluation"})
"""First parts of item ids that no form and no worksheet may take."""

POINTING = frozenset({
    "form", "worksheet", "recap", "bodies", "sessions", "text", "parties", "signatures", "dimensions",
    "programmes", "indicators", "quick_wins", "budget", "roadmap", "activities",
})  # fmt: skip
"""What a chapter can show one of: the others show all there is."""

_MAX_LEVELS = 4
"""Headings go to the fourth level on paper and in Word."""


def faults(pack: Pack) -> Iterator[Fault]:
    """Everything in a pack that is well typed and still wrong, in file order."""
    names = names_of(pack)
    yield from _info(pack)
    yield from _dimensions(pack)
    yield from _forms(pack)
    yield from _worksheets(pack, names)
    yield from field_faults(pack, names)
    yield from _readiness(pack, names)
    yield from _planning(pack)
    yield from _books(pack, names)
    yield from _lists(pack)
    yield from _evaluation(pack)
    yield from _stages(pack, names)
    yield from ground_faults(pack, names)
    yield from signing_faults(pack, names)
    yield from mapping_faults(pack, names)
    yield from rule_faults(pack, names)


def _info(pack: Pack) -> Iterator[Fault]:
    info = pack.pack
    if info.format < 1:
        problem = Message("guideline.problem.out_of_range")
        yield fault("pack.format", problem, Message("guideline.remedy.out_of_range"))
    if not 1 <= info.min_years <= info.max_years:
        shortest, longest = str(info.min_years), str(info.max_years)
        problem = Message("guideline.problem.years_order", shortest=shortest, longest=longest)
        yield fault("pack.max_years", problem, Message("guideline.remedy.years_order"))
    if "id" not in info.languages:
        yield fault(
            "pack.languages",
            Message("guideline.problem.no_indonesian"),
            Message("guideline.remedy.no_indonesian"),
        )


def _dimensions(pack: Pack) -> Iterator[Fault]:
    yield from not_empty("dimensions", pack.dimensions)
    yield from unique((f"dimensions[{index}].id", item.id) for index, item in enumerate(pack.dimensions))
    yield from unique(
        (f"dimensions[{outer}].sub_dimensions[{index}].id", item.id)
        for outer, dimension in enumerate(pack.dimensions)
        for index, item in enumerate(dimension.sub_dimensions)
    )


def _forms(pack: Pack) -> Iterator[Fault]:
    yield from unique((f"forms[{index}].id", form.id) for index, form in enumerate(pack.forms))
    for index, form in enumerate(pack.forms):
        yield from _free_name(f"forms[{index}].id", form.id)
        places = [
            (f"forms[{index}].groups[{group}].fields[{place}]", item)
            for group, part in enumerate(form.groups)
            for place, item in enumerate(part.fields)
        ]
        yield from not_empty(f"forms[{index}].groups", places)
        yield from _fields(places)


def _worksheets(pack: Pack, names: Names) -> Iterator[Fault]:
    for index, sheet in enumerate(pack.worksheets):
        key = f"worksheets[{index}]"
        yield from _free_name(f"{key}.id", sheet.id)
        if sheet.id in names.forms:
            problem = Message("guideline.problem.form_and_worksheet", name=sheet.id)
            yield fault(f"{key}.id", problem, Message("guideline.remedy.duplicate_id"))
        yield from not_empty(f"{key}.columns", sheet.columns)
        yield from _fields([(f"{key}.columns[{place}]", item) for place, item in enumerate(sheet.columns)])
        yield from unique((f"{key}.groups[{place}].id", item.id) for place, item in enumerate(sheet.groups))
        yield from unique(
            (f"{key}.fixed_rows[{place}].id", item.id) for place, item in enumerate(sheet.fixed_rows)
        )
        groups = {group.id for group in sheet.groups} | {""}
        for place, row in enumerate(sheet.fixed_rows):
            yield from exists(
                f"{key}.fixed_rows[{place}].group", row.group, groups, Message("guideline.kind.row_group")
            )
        if sheet.binding and sheet.fixed_rows:
            problem = Message("guideline.problem.bound_rows")
            yield fault(f"{key}.fixed_rows", problem, Message("guideline.remedy.bound_rows"))
        if not (sheet.free_rows or sheet.fixed_rows or sheet.binding):
            problem = Message("guideline.problem.no_rows")
            yield fault(f"{key}.free_rows", problem, Message("guideline.remedy.no_rows"))
        if sheet.term:
            yield from exists(f"{key}.term", sheet.term, names.terms, Message("guideline.kind.term"))
    yield from unique((f"worksheets[{index}].id", sheet.id) for index, sheet in enumerate(pack.worksheets))


def _free_name(key: str, name: str) -> Iterator[Fault]:
    if name in RESERVED:
        problem = Message("guideline.problem.reserved_id", name=name)
        yield fault(key, problem, Message("guideline.remedy.duplicate_id"))


def _fields(places: list[tuple[str, Field]]) -> Iterator[Fault]:
    yield from unique((f"{key}.id", item.id) for key, item in places)
    for key, item in places:
        chosen = item.type in {"choice", "choices"}
        if chosen and not item.choices:
            yield fault(
                f"{key}.choices",
                Message("guideline.problem.no_choices"),
                Message("guideline.remedy.no_choices"),
            )
        if item.choices and not chosen:
            problem = Message("guideline.problem.choices_unused", type=item.type)
            yield fault(f"{key}.type", problem, Message("guideline.remedy.choices_unused"))
        yield from unique(
            (f"{key}.choices[{place}].id", choice.id) for place, choice in enumerate(item.choices)
        )
        if item.max_words and item.min_words > item.max_words:
            problem = Message("guideline.problem.words_order")
            yield fault(f"{key}.max_words", problem, Message("guideline.remedy.words_order"))


def _readiness(pack: Pack, names: Names) -> Iterator[Fault]:
    if pack.readiness is None:
        return
    sheet = names.worksheets.get(pack.readiness.worksheet)
    if sheet is None:
        yield from exists(
            "readiness.worksheet",
            pack.readiness.worksheet,
            names.worksheets,
            Message("guideline.kind.worksheet"),
        )
        return
    columns = {column.id: column for column in sheet.columns}
    for name, column in (("rating", pack.readiness.rating), ("condition", pack.readiness.condition)):
        yield from exists(f"readiness.{name}", column, columns, Message("guideline.kind.column"))
    rating = columns.get(pack.readiness.rating)
    if rating and (rating.type != "choice" or any(choice.score is None for choice in rating.choices)):
        problem = Message("guideline.problem.rating_scores", name=rating.id)
        yield fault("readiness.rating", problem, Message("guideline.remedy.rating_scores"))


def _planning(pack: Pack) -> Iterator[Fault]:
    planning = pack.planning
    yield from not_empty("planning.funding", planning.funding)
    for name in ("terms", "funding", "action_areas"):
        yield from unique(
            (f"planning.{name}[{i}].id", item.id) for i, item in enumerate(getattr(planning, name))
        )
    for index in range(1, len(planning.terms)):
        if planning.terms[index].years <= planning.terms[index - 1].years:
            problem = Message("guideline.problem.terms_order")
            yield fault(f"planning.terms[{index}].years", problem, Message("guideline.remedy.terms_order"))
    yield from _fields(
        [(f"planning.extra_fields[{i}]", item) for i, item in enumerate(planning.extra_fields)]
    )
    for index, item in enumerate(planning.extra_fields):
        if item.id in PROGRAMME_FIELDS:
            problem = Message("guideline.problem.reserved_id", name=item.id)
            yield fault(
                f"planning.extra_fields[{index}].id", problem, Message("guideline.remedy.duplicate_id")
            )
    if planning.quick_win:
        aspects = planning.quick_win.aspects
        yield from not_empty("planning.quick_win.aspects", aspects)
        yield from _fields([(f"planning.quick_win.aspects[{i}]", item) for i, item in enumerate(aspects)])
    for index, pattern in enumerate(planning.code_patterns):
        yield from usable_pattern(f"planning.code_patterns[{index}]", pattern)


def _books(pack: Pack, names: Names) -> Iterator[Fault]:
    yield from not_empty("books", pack.books)
    yield from unique((f"books[{index}].id", book.id) for index, book in enumerate(pack.books))
    yield from unique((f"books[{index}].code", book.code) for index, book in enumerate(pack.books))
    places = [
        place
        for index, book in enumerate(pack.books)
        for place in walk(book.chapters, f"books[{index}].chapters")
    ]
    yield from unique((f"{key}.id", chapter.id) for key, _, chapter in places)
    for index, book in enumerate(pack.books):
        yield from not_empty(f"books[{index}].chapters", book.chapters)
        if book.per == "agency" and (book.submitted or not book.signers):
            key, missing = f"books[{index}]", "submitted" if book.submitted else "signers"
            problem = Message("guideline.problem.per_agency", key=missing)
            yield fault(f"{key}.{missing}", problem, Message("guideline.remedy.per_agency", key=missing))
        for place, role in enumerate(book.signers):
            yield from exists(
                f"books[{index}].signers[{place}]", role, names.roles, Message("guideline.kind.role")
            )
    there = _there(pack)
    for key, level, chapter in places:
        if level > _MAX_LEVELS:
            yield fault(key, Message("guideline.problem.too_deep"), Message("guideline.remedy.flatten"))
        for place, block in enumerate(chapter.blocks):
            yield from _block(f"{key}.blocks[{place}]", block, names)
            if not there.get(block.show, True):
                problem = Message("guideline.problem.nothing_to_show", show=block.show)
                remedy = Message("guideline.remedy.nothing_to_show", file=_HELD[block.show])
                yield fault(f"{key}.blocks[{place}].show", problem, remedy)


_HELD = {
    "quick_wins": "planning.json (quick_win)", "readiness_radar": "readiness.json",
    "readiness_shares": "readiness.json", "assessment": "readiness.json", "bodies": "bodies.json",
    "sessions": "sessions.json", "figures": "figures.json",
}  # fmt: skip
"""Where it is said what such a block shows."""


def _there(pack: Pack) -> dict[str, bool]:
    """Whether a guideline has what a block would show."""
    rated = pack.readiness is not None
    return {
        "quick_wins": pack.planning.quick_win is not None, "readiness_radar": rated,
        "readiness_shares": rated, "assessment": rated or pack.evaluation is not None,
        "bodies": bool(pack.bodies), "sessions": bool(pack.sessions), "figures": bool(pack.figures),
    }  # fmt: skip


def _block(key: str, block: Block, names: Names) -> Iterator[Fault]:
    match block.show:
        case "form":
            yield from exists(f"{key}.ref", block.ref, names.forms, Message("guideline.kind.form"))
        case "worksheet":
            yield from exists(f"{key}.ref", block.ref, names.worksheets, Message("guideline.kind.worksheet"))
        case "recap":
            merged = {
                sheet.id for sheet in names.worksheets.values() if sheet.scope == "agency" and sheet.recap
            }
            yield from exists(f"{key}.ref", block.ref, merged, Message("guideline.kind.recap"))
        case "bodies" if block.ref:
            yield from exists(f"{key}.ref", block.ref, names.bodies, Message("guideline.kind.body"))
        case "sessions" if block.ref:
            yield from exists(f"{key}.ref", block.ref, names.sessions, Message("guideline.kind.session"))
        case "text" if block.ref:
            yield from exists(f"{key}.ref", block.ref, names.chapters, Message("guideline.kind.chapter"))
        case "parties" | "signatures" if block.ref:
            yield from exists(f"{key}.ref", block.ref, names.forms, Message("guideline.kind.form"))
        case "dimensions" | "programmes" | "indicators" | "quick_wins" | "budget" | "roadmap" if block.ref:
            yield from exists(f"{key}.ref", block.ref, names.dimensions, Message("guideline.kind.dimension"))
        case "activities" if block.ref:
            yield from exists(f"{key}.ref", block.ref, names.areas, Message("guideline.kind.area"))
        case _ if block.ref and block.show not in POINTING:
            problem = Message("guideline.problem.ref_unused", show=block.show)
            yield fault(f"{key}.ref", problem, Message("guideline.remedy.ref_unused"))


def _lists(pack: Pack) -> Iterator[Fault]:
    for name in ("roles", "signing", "bodies", "sessions", "selection", "legal", "stages", "rules"):
        yield from unique((f"{name}[{index}].id", item.id) for index, item in enumerate(getattr(pack, name)))
    for index, basis in enumerate(pack.legal):
        if basis.issued and not _is_day(basis.issued):
            problem = Message("guideline.problem.day", value=basis.issued[:40])
            yield fault(f"legal[{index}].issued", problem, Message("guideline.remedy.day"))


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _evaluation(pack: Pack) -> Iterator[Fault]:
    evaluation = pack.evaluation
    if evaluation is None:
        return
    places = [
        (f"evaluation.sections[{index}].fields[{place}]", item)
        for index, section in enumerate(evaluation.sections)
        for place, item in enumerate(section.fields)
    ]
    yield from _fields(places)
    sections = {section.id for section in evaluation.sections if section.id}
    cohorts = {cohort.id for cohort in evaluation.cohorts}
    for cohort, weights in evaluation.weights.items():
        key = f"evaluation.weights.{cohort}"
        if cohorts:
            yield from exists(key, cohort, cohorts, Message("guideline.kind.cohort"))
        for section in weights:
            yield from exists(f"{key}.{section}", section, sections, Message("guideline.kind.section"))
        if sum(weights.values()) != 100 or min(weights.values()) < 0:
            problem = Message("guideline.problem.weights", total=str(sum(weights.values())))
            yield fault(key, problem, Message("guideline.remedy.weights"))


def _stages(pack: Pack, names: Names) -> Iterator[Fault]:
    there = _there(pack)
    for index, stage in enumerate(pack.stages):
        for place, page in enumerate(stage.pages):
            yield from page_faults(f"stages[{index}].pages[{place}]", page, names, books=True)
            if not there.get(page.page, True):
                problem = Message("guideline.problem.nothing_on_page", page=page.page)
                remedy = Message("guideline.remedy.nothing_to_show", file=_HELD[page.page])
                yield fault(f"stages[{index}].pages[{place}].page", problem, remedy)
