"""Texts with headings, lists, tables and emphasis: a small HTML subset, read and written canonically.

Blocks are ``p h1..h4 li table``, inline marks ``b i u s sub sup fn a br``; ``fn`` holds the words of a
footnote where its mark belongs. The canonical form has one block on each line, every line readable on its
own (a list item carries its own list tags), every block with a stable ``id``: comments stay where they are,
and two people's changes can be compared line by line.

Reading never fails: what is not markup of the subset is text. The reader is our own, because the library's
changes between Python versions and copies at work on different computers must read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any

from desktop.base.richtext.blocks import MAX_DEPTH, Block, Kind, Run, clean
from desktop.base.richtext.reading import Reader
from desktop.base.richtext.writing import editor_html, keep_ids, line, with_ids

__all__ = [
    "MAX_DEPTH",
    "Block",
    "Kind",
    "Run",
    "editor_html",
    "footnotes",
    "from_plain",
    "is_blank",
    "keep_ids",
    "normalise",
    "parse",
    "plain_text",
    "rewritten",
    "sanitise",
    "serialise",
    "with_ids",
    "word_count",
]


def parse(source: str) -> tuple[Block, ...]:
    """The blocks of a stored text. Never raises; blocks without an id, or with one used before, get one."""
    return tuple(with_ids(Reader(pasted=False).read(source)))


def rewritten(source: str, before: str) -> str:
    """A text that was written anew, with the ids its paragraphs had.

    Comments stay where they are, and two people who each write it anew differ only where their words do.
    """
    fresh = [replace(block, id="") for block in parse(source)]
    return serialise(keep_ids(fresh, parse(before)))


def serialise(blocks: Iterable[Block]) -> str:
    """The canonical text: one block on each line. ``parse`` reads back equal blocks."""
    return "\n".join(line(block) for block in with_ids(blocks))


def normalise(source: str) -> str:
    """The canonical form of a stored text; applying it twice changes nothing more."""
    return serialise(parse(source))


def sanitise(source: str) -> str:
    """Pasted HTML (Word, Excel, a browser) as a canonical text.

    Scripts, styles and unknown tags go, their readable text stays; blanks collapse as a browser would
    show them, and empty paragraphs go.
    """
    blocks = Reader(pasted=True).read(source)
    return serialise(block for block in blocks if block.text.strip())


def from_plain(text: str) -> str:
    """Plain text as a canonical text: each line that is not blank becomes a paragraph."""
    lines = (clean(part).strip() for part in re.split(r"[\n\r\x0b\x0c\x85\u2028\u2029]+", text))
    return serialise(Block(Kind.P, runs=(Run(part),)) for part in lines if part)


def plain_text(source: str) -> str:
    """A stored text without any marks, one block on each line; footnotes in brackets where they belong."""
    blocks = parse(source)
    if "<fn>" in source:
        blocks = tuple(replace(block, **_bracketed(block)) for block in blocks)
    return "\n".join(block.text for block in blocks)


def _bracketed(block: Block) -> dict[str, Any]:
    """The runs of a block with its footnotes readable in the line."""
    return {
        "runs": _told(block.runs),
        "rows": tuple(tuple(_told(cell) for cell in row) for row in block.rows),
    }


def _told(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    told: list[Run] = []
    for noted, stretch in groupby(runs, key=lambda run: run.raised == "fn"):
        words = tuple(stretch)
        told += (Run(" ["), *words, Run("]")) if noted else words
    return tuple(told)


def footnotes(source: str) -> tuple[tuple[Run, ...], ...]:
    """The words of each footnote of a stored text, in order; those in which nothing readable is are none."""
    if "<fn>" not in source:
        return ()
    found = []
    for block in parse(source):
        for runs in (block.runs, *(cell for row in block.rows for cell in row)):
            for noted, stretch in groupby(runs, key=lambda run: run.raised == "fn"):
                words = tuple(stretch)
                if noted and any(run.text.strip() for run in words):
                    found.append(words)
    return tuple(found)


def word_count(source: str) -> int:
    """How many words a reader would count: stretches with at least one letter or digit."""
    return sum(1 for word in plain_text(source).split() if any(map(str.isalnum, word)))


def is_blank(source: str) -> bool:
    """Whether nothing readable is written."""
    return not plain_text(source).strip()
