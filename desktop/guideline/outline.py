"""A pack as an outline a person can read: what it asks, part by part, with what is unverified marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from desktop.base import Message
from desktop.guideline.pack import (
    Book,
    Chapter,
    Dimension,
    Form,
    Pack,
    Part,
    Rule,
    Session,
    Worksheet,
)
from desktop.guideline.parts import title_of, unverified


class Line(NamedTuple):
    """One line of the outline; ``level`` 0 is a heading."""

    level: int
    message: Message
    id: str = ""
    verified: bool = True


def outline(pack: Pack) -> Iterator[Line]:
    """Dimensions, bodies, forms, worksheets, planning, books with chapters, sessions, rules, legal basis."""
    writer = _Writer(pack)
    for name, entries in _sections(pack):
        if not entries:
            continue
        yield Line(0, Message(f"guideline.outline.{name}", n=len(entries)), name)
        for entry in entries:
            yield from writer.lines(entry)


def _sections(pack: Pack) -> Iterator[tuple[str, tuple[Part, ...]]]:
    for name in ("dimensions", "figures", "bodies", "roles", "signing", "selection", "forms", "worksheets"):
        yield name, getattr(pack, name)
    for name in ("terms", "funding", "action_areas", "extra_fields"):
        yield name, getattr(pack.planning, name)
    yield "quick_win", pack.planning.quick_win.aspects if pack.planning.quick_win else ()
    for name in ("books", "sessions", "stages", "rules", "legal"):
        yield name, getattr(pack, name)


class _Writer:
    """Writes the lines of one pack, knowing which parts no source confirms."""

    def __init__(self, pack: Pack) -> None:
        self._doubtful = {id(found.part) for found in unverified(pack)}

    def lines(self, entry: Part) -> Iterator[Line]:
        """An entry and what is told of its inside."""
        yield self._line(1, entry, _extra(entry))
        match entry:
            case Dimension():
                yield from (self._line(2, sub) for sub in entry.sub_dimensions)
            case Book():
                yield from self._chapters(entry.chapters)
            case Session():
                yield from (self._line(2, output) for output in entry.outputs)

    def _chapters(self, chapters: tuple[Chapter, ...], number: str = "", level: int = 2) -> Iterator[Line]:
        for place, chapter in enumerate(chapters, 1):
            here = f"{number}{place}"
            yield self._line(level, chapter, Message("guideline.outline.number", number=here))
            yield from self._chapters(chapter.chapters, f"{here}.", level + 1)

    def _line(self, level: int, part: Part, extra: Message | None = None) -> Line:
        said = Message("guideline.outline.entry", title=title_of(part))
        if isinstance(part, Rule):
            said = Message(
                "guideline.outline.rule", check=part.check, list=Message(f"guideline.list.{part.list}")
            )
        elif extra is not None:
            said = Message("guideline.outline.entry_with", title=title_of(part), extra=extra)
        sure = id(part) not in self._doubtful
        marked = said if sure else Message("guideline.outline.unverified", entry=said)
        return Line(level, marked, str(getattr(part, "id", "")), sure)


def _extra(part: Part) -> Message | None:
    """How much a form or worksheet asks and from whom; what kind of book it is."""
    match part:
        case Form():
            return Message("guideline.outline.fields", n=len(list(part.fields)))
        case Worksheet():
            return Message(f"guideline.outline.columns_{part.scope}", n=len(part.columns))
        case Book():
            return Message(f"guideline.book.{part.kind}", code=part.code)
    return None
