"""What types cannot say about a pack: ids that are unique, references that exist, figures that agree."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from desktop.base import Message
from desktop.guideline.broken import Fault
from desktop.guideline.pack import Block, Chapter, Field, Pack, ParamValue, Worksheet
from desktop.guideline.rules import CHECKS, PARAMS, PROGRAMME_FIELDS, REQUIRED, ParamKind

RESERVED = frozenset({"chapter", "programme", "quick_win", "evaluation"})
"""First parts of item ids that no form and no worksheet may take."""

_MAX_LEVELS = 4
"""Headings go to the fourth level on paper and in Word."""

# A pattern is a person's list of digits and dots: without unbounded or repeated groups it cannot run away.
_SAFE_PATTERN = re.compile(
    r"(?:\\[d.]|[A-Za-z0-9._|^$?-]|\[[A-Za-z0-9._-]+\]|\{\d{1,2}(?:,\d{1,2})?\}|\((?:\?:)?|\)(?![?{]))*"
)


@dataclass(slots=True)
class _Names:
    """Every id a reference may mean, by kind."""

    roles: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    worksheets: dict[str, Worksheet] = field(default_factory=dict)
    dimensions: set[str] = field(default_factory=set)
    chapters: set[str] = field(default_factory=set)
    books: set[str] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)


def faults(pack: Pack) -> Iterator[Fault]:
    """Everything in a pack that is well typed and still wrong, in file order."""
    names = _names(pack)
    yield from _info(pack)
    yield from _dimensions(pack)
    yield from _forms(pack)
    yield from _worksheets(pack, names)
    yield from _readiness(pack, names)
    yield from _planning(pack)
    yield from _books(pack, names)
    yield from _lists(pack)
    yield from _evaluation(pack)
    yield from _stages(pack, names)
    yield from _rules(pack, names)


def walk(chapters: Iterable[Chapter], key: str) -> Iterator[tuple[str, int, Chapter]]:
    """Every chapter with its key in the pack and its level (1 = chapter), in reading order."""
    for index, chapter in enumerate(chapters):
        here = f"{key}[{index}]"
        yield here, here.count(".chapters["), chapter
        yield from walk(chapter.chapters, f"{here}.chapters")


def _names(pack: Pack) -> _Names:
    names = _Names(
        roles={role.id for role in pack.roles},
        forms={form.id for form in pack.forms},
        worksheets={sheet.id: sheet for sheet in pack.worksheets},
        dimensions={dimension.id for dimension in pack.dimensions},
        chapters={chapter.id for book in pack.books for _, _, chapter in walk(book.chapters, "")},
        books={book.id for book in pack.books},
        terms={term.id for term in pack.planning.terms},
    )
    names.items = {f"{form.id}.{item.id}" for form in pack.forms for item in form.fields}
    names.items |= {f"{sheet.id}.{item.id}" for sheet in pack.worksheets for item in sheet.columns}
    names.items |= {f"chapter.{chapter}" for chapter in names.chapters}
    names.items |= {f"programme.{extra.id}" for extra in pack.planning.extra_fields}
    if pack.planning.quick_win:
        names.items |= {f"quick_win.{aspect.id}" for aspect in pack.planning.quick_win.aspects}
    return names


# ---- single remarks ----


def _fault(key: str, problem: Message, remedy: Message) -> Fault:
    return Fault(f"{re.split(r'[.[]', key, maxsplit=1)[0]}.json", key, problem, remedy)


def _unique(keys: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """``keys``: pairs of a key in the pack and the id that stands there."""
    first: dict[str, str] = {}
    for key, name in keys:
        if name in first:
            problem = Message("guideline.problem.duplicate_id", name=name, first=first[name])
            yield _fault(key, problem, Message("guideline.remedy.duplicate_id"))
        first.setdefault(name, key)


def _exists(key: str, name: str, known: Collection[str], kind: Message) -> Iterator[Fault]:
    if name not in known:
        problem = Message("guideline.problem.unknown_reference", kind=kind, name=name)
        near = difflib.get_close_matches(name, sorted(known), n=1)
        if near:
            yield _fault(key, problem, Message("guideline.remedy.did_you_mean", name=near[0]))
        else:
            yield _fault(key, problem, Message("guideline.remedy.declare", kind=kind))


def _not_empty(key: str, values: Collection[object]) -> Iterator[Fault]:
    if not values:
        yield _fault(key, Message("guideline.problem.empty_list"), Message("guideline.remedy.empty_list"))


# ---- one file each ----


def _info(pack: Pack) -> Iterator[Fault]:
    info = pack.pack
    if info.format < 1:
        problem = Message("guideline.problem.out_of_range")
        yield _fault("pack.format", problem, Message("guideline.remedy.out_of_range"))
    if not 1 <= info.min_years <= info.max_years:
        shortest, longest = str(info.min_years), str(info.max_years)
        problem = Message("guideline.problem.years_order", shortest=shortest, longest=longest)
        yield _fault("pack.max_years", problem, Message("guideline.remedy.years_order"))
    if "id" not in info.languages:
        yield _fault(
            "pack.languages",
            Message("guideline.problem.no_indonesian"),
            Message("guideline.remedy.no_indonesian"),
        )


def _dimensions(pack: Pack) -> Iterator[Fault]:
    yield from _not_empty("dimensions", pack.dimensions)
    yield from _unique((f"dimensions[{index}].id", item.id) for index, item in enumerate(pack.dimensions))
    yield from _unique(
        (f"dimensions[{outer}].sub_dimensions[{index}].id", item.id)
        for outer, dimension in enumerate(pack.dimensions)
        for index, item in enumerate(dimension.sub_dimensions)
    )


def _forms(pack: Pack) -> Iterator[Fault]:
    yield from _unique((f"forms[{index}].id", form.id) for index, form in enumerate(pack.forms))
    for index, form in enumerate(pack.forms):
        yield from _free_name(f"forms[{index}].id", form.id)
        places = [
            (f"forms[{index}].groups[{group}].fields[{place}]", item)
            for group, part in enumerate(form.groups)
            for place, item in enumerate(part.fields)
        ]
        yield from _not_empty(f"forms[{index}].groups", places)
        yield from _fields(places)


def _worksheets(pack: Pack, names: _Names) -> Iterator[Fault]:
    for index, sheet in enumerate(pack.worksheets):
        key = f"worksheets[{index}]"
        yield from _free_name(f"{key}.id", sheet.id)
        if sheet.id in names.forms:
            problem = Message("guideline.problem.form_and_worksheet", name=sheet.id)
            yield _fault(f"{key}.id", problem, Message("guideline.remedy.duplicate_id"))
        yield from _not_empty(f"{key}.columns", sheet.columns)
        yield from _fields([(f"{key}.columns[{place}]", item) for place, item in enumerate(sheet.columns)])
        yield from _unique((f"{key}.groups[{place}].id", item.id) for place, item in enumerate(sheet.groups))
        yield from _unique(
            (f"{key}.fixed_rows[{place}].id", item.id) for place, item in enumerate(sheet.fixed_rows)
        )
        groups = {group.id for group in sheet.groups} | {""}
        for place, row in enumerate(sheet.fixed_rows):
            yield from _exists(
                f"{key}.fixed_rows[{place}].group", row.group, groups, Message("guideline.kind.row_group")
            )
        if sheet.binding and sheet.fixed_rows:
            problem = Message("guideline.problem.bound_rows")
            yield _fault(f"{key}.fixed_rows", problem, Message("guideline.remedy.bound_rows"))
        if not (sheet.free_rows or sheet.fixed_rows or sheet.binding):
            problem = Message("guideline.problem.no_rows")
            yield _fault(f"{key}.free_rows", problem, Message("guideline.remedy.no_rows"))
        if sheet.term:
            yield from _exists(f"{key}.term", sheet.term, names.terms, Message("guideline.kind.term"))
    yield from _unique((f"worksheets[{index}].id", sheet.id) for index, sheet in enumerate(pack.worksheets))


def _free_name(key: str, name: str) -> Iterator[Fault]:
    if name in RESERVED:
        problem = Message("guideline.problem.reserved_id", name=name)
        yield _fault(key, problem, Message("guideline.remedy.duplicate_id"))


def _fields(places: list[tuple[str, Field]]) -> Iterator[Fault]:
    yield from _unique((f"{key}.id", item.id) for key, item in places)
    for key, item in places:
        chosen = item.type in {"choice", "choices"}
        if chosen and not item.choices:
            yield _fault(
                f"{key}.choices",
                Message("guideline.problem.no_choices"),
                Message("guideline.remedy.no_choices"),
            )
        if item.choices and not chosen:
            problem = Message("guideline.problem.choices_unused", type=item.type)
            yield _fault(f"{key}.type", problem, Message("guideline.remedy.choices_unused"))
        yield from _unique(
            (f"{key}.choices[{place}].id", choice.id) for place, choice in enumerate(item.choices)
        )
        if item.max_words and item.min_words > item.max_words:
            problem = Message("guideline.problem.words_order")
            yield _fault(f"{key}.max_words", problem, Message("guideline.remedy.words_order"))


def _readiness(pack: Pack, names: _Names) -> Iterator[Fault]:
    if pack.readiness is None:
        return
    sheet = names.worksheets.get(pack.readiness.worksheet)
    if sheet is None:
        yield from _exists(
            "readiness.worksheet",
            pack.readiness.worksheet,
            names.worksheets,
            Message("guideline.kind.worksheet"),
        )
        return
    columns = {column.id: column for column in sheet.columns}
    for name, column in (("rating", pack.readiness.rating), ("condition", pack.readiness.condition)):
        yield from _exists(f"readiness.{name}", column, columns, Message("guideline.kind.column"))
    rating = columns.get(pack.readiness.rating)
    if rating and (rating.type != "choice" or any(choice.score is None for choice in rating.choices)):
        problem = Message("guideline.problem.rating_scores", name=rating.id)
        yield _fault("readiness.rating", problem, Message("guideline.remedy.rating_scores"))


def _planning(pack: Pack) -> Iterator[Fault]:
    planning = pack.planning
    yield from _not_empty("planning.funding", planning.funding)
    for name in ("terms", "funding", "action_areas"):
        yield from _unique(
            (f"planning.{name}[{i}].id", item.id) for i, item in enumerate(getattr(planning, name))
        )
    for index in range(1, len(planning.terms)):
        if planning.terms[index].years <= planning.terms[index - 1].years:
            problem = Message("guideline.problem.terms_order")
            yield _fault(f"planning.terms[{index}].years", problem, Message("guideline.remedy.terms_order"))
    yield from _fields(
        [(f"planning.extra_fields[{i}]", item) for i, item in enumerate(planning.extra_fields)]
    )
    for index, item in enumerate(planning.extra_fields):
        if item.id in PROGRAMME_FIELDS:
            problem = Message("guideline.problem.reserved_id", name=item.id)
            yield _fault(
                f"planning.extra_fields[{index}].id", problem, Message("guideline.remedy.duplicate_id")
            )
    if planning.quick_win:
        aspects = planning.quick_win.aspects
        yield from _not_empty("planning.quick_win.aspects", aspects)
        yield from _fields([(f"planning.quick_win.aspects[{i}]", item) for i, item in enumerate(aspects)])
    for index, pattern in enumerate(planning.code_patterns):
        yield from _pattern(f"planning.code_patterns[{index}]", pattern)


def _books(pack: Pack, names: _Names) -> Iterator[Fault]:
    yield from _not_empty("books", pack.books)
    yield from _unique((f"books[{index}].id", book.id) for index, book in enumerate(pack.books))
    yield from _unique((f"books[{index}].code", book.code) for index, book in enumerate(pack.books))
    places = [
        place
        for index, book in enumerate(pack.books)
        for place in walk(book.chapters, f"books[{index}].chapters")
    ]
    yield from _unique((f"{key}.id", chapter.id) for key, _, chapter in places)
    for index, book in enumerate(pack.books):
        yield from _not_empty(f"books[{index}].chapters", book.chapters)
        for place, role in enumerate(book.signers):
            yield from _exists(
                f"books[{index}].signers[{place}]", role, names.roles, Message("guideline.kind.role")
            )
    for key, level, chapter in places:
        if level > _MAX_LEVELS:
            yield _fault(key, Message("guideline.problem.too_deep"), Message("guideline.remedy.flatten"))
        for place, block in enumerate(chapter.blocks):
            yield from _block(f"{key}.blocks[{place}]", block, names)


def _block(key: str, block: Block, names: _Names) -> Iterator[Fault]:
    match block.show:
        case "form":
            yield from _exists(f"{key}.ref", block.ref, names.forms, Message("guideline.kind.form"))
        case "worksheet":
            yield from _exists(f"{key}.ref", block.ref, names.worksheets, Message("guideline.kind.worksheet"))
        case "dimensions" | "programmes" | "indicators" | "quick_wins" | "budget" | "roadmap" if block.ref:
            yield from _exists(f"{key}.ref", block.ref, names.dimensions, Message("guideline.kind.dimension"))


def _lists(pack: Pack) -> Iterator[Fault]:
    for name in ("roles", "bodies", "sessions", "selection", "legal", "stages", "rules"):
        yield from _unique((f"{name}[{index}].id", item.id) for index, item in enumerate(getattr(pack, name)))
    for index, basis in enumerate(pack.legal):
        if basis.issued and not _is_day(basis.issued):
            problem = Message("guideline.problem.day", value=basis.issued[:40])
            yield _fault(f"legal[{index}].issued", problem, Message("guideline.remedy.day"))


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
            yield from _exists(key, cohort, cohorts, Message("guideline.kind.cohort"))
        for section in weights:
            yield from _exists(f"{key}.{section}", section, sections, Message("guideline.kind.section"))
        if sum(weights.values()) != 100 or min(weights.values()) < 0:
            problem = Message("guideline.problem.weights", total=str(sum(weights.values())))
            yield _fault(key, problem, Message("guideline.remedy.weights"))


def _stages(pack: Pack, names: _Names) -> Iterator[Fault]:
    known: dict[str, tuple[Collection[str], Message]] = {
        "form": (names.forms, Message("guideline.kind.form")),
        "worksheet": (names.worksheets, Message("guideline.kind.worksheet")),
        "chapter": (names.chapters, Message("guideline.kind.chapter")),
    }
    for index, stage in enumerate(pack.stages):
        for place, page in enumerate(stage.pages):
            if page.page in known:
                ids, kind = known[page.page]
                yield from _exists(f"stages[{index}].pages[{place}].ref", page.ref, ids, kind)


def _rules(pack: Pack, names: _Names) -> Iterator[Fault]:
    for index, rule in enumerate(pack.rules):
        key = f"rules[{index}]"
        yield from _exists(f"{key}.check", rule.check, CHECKS, Message("guideline.kind.check"))
        needed = REQUIRED.get(rule.check)
        if needed and not needed & rule.params.keys():
            name = min(needed)
            problem = Message("guideline.problem.key_missing", key=name)
            yield _fault(f"{key}.params", problem, Message("guideline.remedy.key_missing", key=name))
        for name, value in rule.params.items():
            here = f"{key}.params.{name}"
            yield from _exists(here, name, PARAMS, Message("guideline.kind.parameter"))
            if name in PARAMS:
                yield from _param(here, value, PARAMS[name], names)


def _param(key: str, value: ParamValue, kind: ParamKind, names: _Names) -> Iterator[Fault]:
    known: dict[str, tuple[Collection[str], Message]] = {
        "item": (names.items, Message("guideline.kind.item")),
        "form": (names.forms, Message("guideline.kind.form")),
        "worksheet": (names.worksheets, Message("guideline.kind.worksheet")),
        "chapter": (names.chapters, Message("guideline.kind.chapter")),
        "book": (names.books, Message("guideline.kind.book")),
        "dimension": (names.dimensions, Message("guideline.kind.dimension")),
        "field": (PROGRAMME_FIELDS, Message("guideline.kind.column")),
    }
    match kind, value:
        case "value", _:
            fits = True
        case "flag", _:
            fits = isinstance(value, bool)
        case "count", _:
            fits = type(value) is int and value >= 0
        case _, str() | tuple():
            fits = True
            for one in (value,) if isinstance(value, str) else value:
                if kind == "pattern":
                    yield from _pattern(key, one)
                else:
                    yield from _exists(key, one, *known[kind])
        case _:
            fits = False
    if not fits:
        yield _fault(key, Message("guideline.problem.out_of_range"), Message("guideline.remedy.out_of_range"))


def _pattern(key: str, pattern: str) -> Iterator[Fault]:
    """A code pattern must be a regular expression that is quick on every text."""
    usable = len(pattern) <= 200 and _SAFE_PATTERN.fullmatch(pattern) is not None
    try:
        re.compile(pattern)
    except re.error:
        usable = False
    if not usable:
        problem = Message("guideline.problem.pattern", pattern=pattern[:80])
        yield _fault(key, problem, Message("guideline.remedy.pattern"))
