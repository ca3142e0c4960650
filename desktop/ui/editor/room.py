"""How much of a text is laid out in the editor; what is beyond that is shown as words, and kept as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.base.richtext import Block, Kind, Run

MOST_CELLS = 50_000
"""Cells of a text that are laid out: ten seconds' work. A chapter has some thousand."""


def beyond_room(stored: str) -> bool:
    """Whether a text has more cells than are laid out here: it is shown as words then, only to be read."""
    return stored.count("<td") > MOST_CELLS


def words_alone(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with each row of a table as a paragraph."""
    for block in blocks:
        for row in block.rows:
            yield Block(Kind.P, runs=tuple(run for cell in row for run in (*cell, Run("  "))))
        if not block.rows:
            yield block
