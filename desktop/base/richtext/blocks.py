"""What a text is made of: blocks of runs, free of characters that cannot be printed or stored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from operator import attrgetter

MAX_DEPTH = 6
"""How deep lists may nest; deeper items are kept at this depth."""
MAX_COLUMNS = 50
"""How wide a table may be; the text of further cells joins the last one."""


class Kind(StrEnum):
    """What a block is."""

    P = "p"
    H1 = "h1"
    H2 = "h2"
    H3 = "h3"
    H4 = "h4"
    LI = "li"
    TABLE = "table"

    @property
    def heading_level(self) -> int:
        """1 to 4 for headings, else 0."""
        return int(self.value[1]) if self.value[0] == "h" else 0


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. A line break is a newline in the text."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    raised: str = ""
    """``sub``, ``sup``, ``fn`` (the words of a footnote, where its mark belongs) or nothing."""
    href: str = ""
    """``http(s):``, ``mailto:`` or a reference inside the books, ``ref:kind/id``."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table. ``depth`` counts from 1 and only for list items."""

    kind: Kind
    id: str = ""
    runs: tuple[Run, ...] = ()
    depth: int = 0
    ordered: bool = False
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()

    @property
    def text(self) -> str:
        """The block without marks; table cells are separated by tabs, rows by line breaks."""
        if self.kind is Kind.TABLE:
            return "\n".join("\t".join(text_of(cell).replace("\n", " ") for cell in row) for row in self.rows)
        return text_of(self.runs)


def text_of(runs: Iterable[Run]) -> str:
    """The text of runs without their marks."""
    return "".join(run.text for run in runs)


_marks = attrgetter(*(each.name for each in fields(Run) if each.name != "text"))
"""Everything of a run but its text (a chapter has thousands of runs)."""


def joined(runs: Iterable[Run]) -> list[Run]:
    """Runs with cleaned texts, the empty ones dropped, equal neighbours joined."""
    # texts of neighbours are put together once: one after the other each would be written over and over
    result: list[tuple[Run, list[str]]] = []
    for run in runs:
        text, href = clean(run.text), link(run.href)
        if text != run.text or href != run.href:
            run = replace(run, text=text, href=href)  # noqa: PLW2901 - the clean one
        if result and _marks(result[-1][0]) == _marks(run):
            result[-1][1].append(text)
        elif run.text:
            result.append((run, [text]))
    return [run if len(texts) == 1 else replace(run, text="".join(texts)) for run, texts in result]


_UNWRITABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\r\u2028\u2029\x85\x0b\x0c]")


def clean(text: str) -> str:
    """Without what cannot be printed, stored or sent; every kind of line break is a newline."""
    return _UNWRITABLE.sub("", _BREAKS.sub("\n", text))


def link(href: str) -> str:
    """The address if it leads to a page, a mailbox or a place in the books; else nothing."""
    if not href:
        return ""
    href = re.sub(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]+", "", href)
    return href if re.match(r"(?i)(https?://|mailto:|ref:)[^<>\"]", href) else ""
