"""Blocks become text again: canonical lines with ids, or nested HTML for an editor."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from desktop.base.richtext.blocks import MAX_DEPTH, Block, Kind, Run, joined
from desktop.base.worddiff import changes


def line(block: Block) -> str:
    """One block as one line of the canonical form, readable on its own."""
    attribute = f' id="{block.id}"'
    if block.kind is not Kind.LI:
        return _plain_block(block, attribute)
    tag = "ol" if block.ordered else "ul"
    depth = min(max(block.depth, 1), MAX_DEPTH)
    return f"<{tag}>" * depth + f"<li{attribute}>{_inline(block.runs)}</li>" + f"</{tag}>" * depth


def _plain_block(block: Block, attribute: str) -> str:
    if block.kind is Kind.TABLE:
        cells = ("".join(f"<td>{_inline(cell)}</td>" for cell in row) for row in block.rows)
        return f"<table{attribute}>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    return f"<{block.kind}{attribute}>{_inline(block.runs)}</{block.kind}>"


def _inline(runs: Iterable[Run]) -> str:
    return "".join(_run(run) for run in joined(runs))


def _run(run: Run) -> str:
    text = html.escape(run.text, quote=False).replace("\n", "<br/>")
    marks = (run.raised, "s" * run.strike, "u" * run.underline, "i" * run.italic, "b" * run.bold)
    for tag in filter(None, marks):
        text = f"<{tag}>{text}</{tag}>"
    return f'<a href="{html.escape(run.href)}">{text}</a>' if run.href else text


def editor_html(blocks: Sequence[Block]) -> str:
    """The same blocks as ordinary nested HTML, as an editor or a browser wants lists (no ids)."""
    parts: list[str] = []
    lists: list[str] = []
    for block in blocks:
        depth = block.depth if block.kind is Kind.LI else 0
        tag = "ol" if block.ordered else "ul"
        while len(lists) > depth or (lists and len(lists) == depth and lists[-1] != tag):
            parts.append(f"</li></{lists.pop()}>")
        if depth and len(lists) == depth:
            parts.append("</li>")
        while len(lists) < depth:
            parts.append(f"<{tag}>" if len(lists) == depth - 1 else f"<{tag}><li>")
            lists.append(tag)
        if depth:
            parts.append(f"<li>{_inline(block.runs)}")
        else:
            parts.append(_plain_block(block, ""))
    parts.extend(f"</li></{tag}>" for tag in reversed(lists))
    return "".join(parts)


def with_ids(blocks: Iterable[Block], reserved: Iterable[str] = ()) -> Iterator[Block]:
    """Every block with an id of its own, derived from what it says, so that copies agree on it."""
    listed = list(blocks)
    seen: set[str] = set()
    taken = {block.id for block in listed} | set(reserved)
    turns: dict[str, int] = {}
    for block in listed:
        if block.id in seen or not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", block.id):
            block = replace(block, id=_fresh_id(block, taken, turns))  # noqa: PLW2901 - the same block, with its id
            taken.add(block.id)
        seen.add(block.id)
        yield block


def _fresh_id(block: Block, taken: set[str], turns: dict[str, int]) -> str:
    """``turns``: how many names were tried for blocks that say the same; the next begins where they ended."""
    content = _plain_block(replace(block, kind=Kind.P) if block.kind is Kind.LI else block, "")
    said = f"{block.kind} {content}"
    turn = turns.get(said, 0)
    while True:
        name = sha256(f"{block.kind}{turn}{content}".encode()).hexdigest()[:8]
        if name not in taken:
            turns[said] = turn + 1
            return name
        turn += 1


def keep_ids(new: Sequence[Block], old: Sequence[Block]) -> tuple[Block, ...]:
    """Give edited blocks, which an editor hands back without ids, the ids they had before.

    Unchanged blocks keep theirs; a changed block takes that of the block it stands in for.
    """
    before, after = [replace(block, id="") for block in old], [replace(block, id="") for block in new]
    result = list(after)
    for op, i1, i2, j1, j2 in changes(before, after):
        if op in {"equal", "replace"}:
            for i, j in zip(range(i1, i2), range(j1, j2), strict=False):
                result[j] = replace(after[j], id=old[i].id)
    return tuple(with_ids(result, reserved={block.id for block in old}))
