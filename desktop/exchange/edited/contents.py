"""What a Word file says: its paragraphs and tables in order, each with the text of the plan it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.returnable import Slip

ParaKind: TypeAlias = Literal["heading", "minor", "p", "li", "caption", "remark", "contents"]
REFERENCE = "ref:#"
"""How the address of a reference begins whose mark is known, before it is known what it leads to."""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; ``level`` is that of a heading or list item, from 1."""

    kind: ParaKind
    runs: tuple[Run, ...]
    mark: str = ""
    """Of the text it stands in; empty outside of all."""
    level: int = 0
    ordered: bool = False
    authors: tuple[str, ...] = ()
    """Who changed it while changes were tracked."""

    @property
    def text(self) -> str:
        """Without marks."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    runs: tuple[Run, ...]
    mark: str = ""

    @property
    def text(self) -> str:
        """Without marks."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    rows: tuple[tuple[Cell, ...], ...]
    mark: str = ""


Item: TypeAlias = Para | Grid


@dataclass(frozen=True, slots=True)
class Said:
    """A comment in the file: who says what about which words."""

    author: str
    at: str
    """ISO, as the file claims; empty where it does not."""
    body: str
    mark: str
    quote: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole file."""

    file: str
    slip: Slip | None
    items: tuple[Item, ...]
    said: tuple[Said, ...] = ()
    lost: tuple[Message, ...] = ()
    """What stands in it and can be carried nowhere."""
    changed_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By mark who changed the text while changes were tracked."""
    saved_by: str = ""
    """Who saved the file last, where that is not who made it."""

    @property
    def marked(self) -> bool:
        """Whether any text of a plan is marked."""
        return any(mark for mark, _ in self.parts())

    def parts(self) -> Iterator[tuple[str, Item | Cell]]:
        """Everything that a mark can belong to, in order."""
        for item in self.items:
            if isinstance(item, Grid) and not item.mark:
                yield from ((cell.mark, cell) for row in item.rows for cell in row)
            else:
                yield item.mark, item


@dataclass(slots=True)
class Losses:
    """Counts what cannot be carried, kind by kind."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str) -> None:
        """One more of a kind."""
        self.counts[kind] = self.counts.get(kind, 0) + 1

    def told(self) -> tuple[Message, ...]:
        """A sentence for each kind."""
        return tuple(Message(f"exchange.edited.lost.{kind}", n=count) for kind, count in self.counts.items())
