"""What changed in a text, seen without colour too: struck is gone, bold and underlined is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.base.richtext import Run
from desktop.base.worddiff import Piece, changes, compare
from desktop.workspace.sentences import beyond_measure, tokens

AROUND = 90
"""Letters that are shown of what stayed before and after a change."""
_CUT = 400
"""Letters that are shown of a text too long to be compared."""
_ALIKE = 0.4
"""Share of a sentence that must have stayed for it to be told word by word."""


def gone(text: str) -> Run:
    """Words that are no longer there."""
    return Run(text, strike=True)


def new(text: str) -> Run:
    """Words that were not there."""
    return Run(text, bold=True, underline=True)


def marked(before: str, after: str) -> tuple[Run, ...]:
    """A text with its changes, sentence by sentence; what stayed is shown around them only."""
    one, other = tokens(before), tokens(after)
    if beyond_measure(one, other):  # nobody waits for that, and nobody reads it
        return gone(f"{before[:_CUT]}…"), Run(" "), new(f"{after[:_CUT]}…")
    return tuple(_runs(list(_pieces(one, other))))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    bare = [[each.strip() for each in side] for side in (before, after)]
    for op, i1, i2, j1, j2 in changes(bare[0], bare[1]):
        old, later = "".join(before[i1:i2]), "".join(after[j1:j2])
        if op == "equal":
            yield Piece("same", later)
        elif old and later and _alike(words := compare(old, later), max(len(old), len(later))):
            yield from words
        else:
            yield from (Piece(kind, text) for kind, text in (("gone", old), ("new", later)) if text)


def _alike(pieces: Iterable[Piece], length: int) -> bool:
    return sum(len(each.text) for each in pieces if each.kind == "same") >= _ALIKE * length


def _runs(pieces: list[Piece]) -> Iterator[Run]:
    for place, piece in enumerate(pieces):
        text = piece.text
        if piece.kind == "gone":
            yield gone(text)
        elif piece.kind == "new":
            # a new sentence stands apart from the one struck before it
            apart = place and pieces[place - 1].kind == "gone" and not pieces[place - 1].text[-1:].isspace()
            if apart and not text[:1].isspace():
                yield Run(" ")
            yield new(text)
        else:
            yield Run(_around(text, first=not place, last=place + 1 == len(pieces)))


def _around(text: str, *, first: bool, last: bool) -> str:
    """What stayed, without its middle where it is long; of the beginning and the end only what is near."""
    head = "" if first else text[:AROUND]
    tail = "" if last else text[-AROUND:]
    if len(text) <= len(head) + len(tail) + 20:
        return text
    head = head.rsplit(" ", 1)[0] if head else ""
    tail = tail.split(" ", 1)[-1] if tail else ""
    return f"{head} … {tail}" if head and tail else f"{head} …" if head else f"… {tail}"
