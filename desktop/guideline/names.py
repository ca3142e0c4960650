"""Every id in a pack that a reference may mean, by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from desktop.guideline.pack import Chapter, Field, Pack, Worksheet


@dataclass(slots=True)
class Names:
    """Every id a reference may mean, by kind."""

    roles: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    worksheets: dict[str, Worksheet] = field(default_factory=dict)
    dimensions: set[str] = field(default_factory=set)
    chapters: set[str] = field(default_factory=set)
    books: set[str] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    items: dict[str, Field | None] = field(default_factory=dict)
    aspects: set[str] = field(default_factory=set)
    extras: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)
    sessions: set[str] = field(default_factory=set)
    funding: set[str] = field(default_factory=set)


def walk(chapters: Iterable[Chapter], key: str) -> Iterator[tuple[str, int, Chapter]]:
    """Every chapter with its key in the pack and its level (1 = chapter), in reading order."""
    for index, chapter in enumerate(chapters):
        here = f"{key}[{index}]"
        yield here, here.count(".chapters["), chapter
        yield from walk(chapter.chapters, f"{here}.chapters")


def names_of(pack: Pack) -> Names:
    """Collect the ids of a pack."""
    aspects = pack.planning.quick_win.aspects if pack.planning.quick_win else ()
    names = Names(
        roles={role.id for role in pack.roles},
        forms={form.id for form in pack.forms},
        worksheets={sheet.id: sheet for sheet in pack.worksheets},
        dimensions={dimension.id for dimension in pack.dimensions},
        chapters={chapter.id for book in pack.books for _, _, chapter in walk(book.chapters, "")},
        books={book.id for book in pack.books},
        terms={term.id for term in pack.planning.terms},
        bodies={body.id for body in pack.bodies},
        aspects={aspect.id for aspect in aspects},
        extras={extra.id for extra in pack.planning.extra_fields},
        areas={area.id for area in pack.planning.action_areas},
        measures={measure.id for measure in pack.figures},
        sessions={session.id for session in pack.sessions},
        funding={source.id for source in pack.planning.funding},
    )
    names.items = {f"{form.id}.{item.id}": item for form in pack.forms for item in form.fields}
    names.items |= {f"{sheet.id}.{item.id}": item for sheet in pack.worksheets for item in sheet.columns}
    names.items |= {f"chapter.{chapter}": None for chapter in names.chapters}
    names.items |= {f"programme.{extra.id}": extra for extra in pack.planning.extra_fields}
    names.items |= {f"quick_win.{aspect.id}": aspect for aspect in aspects}
    for section in pack.evaluation.sections if pack.evaluation else ():
        names.items |= {f"evaluation.{item.id}": item for item in section.fields}
    return names
