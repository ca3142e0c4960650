"""What changed in a text as the terminal shows it: ``[-gone-] {+new+}`` among the words that stayed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.base.textdiff import sides
from desktop.base.worddiff import compare, excerpt
from desktop.cli.naming import LONGEST

if TYPE_CHECKING:
    from desktop.base.textdiff import Say
    from desktop.base.worddiff import Piece

_MARKS = {"gone": "[-{}-]", "new": "{{+{}+}}"}
_LIKE_MARKS = re.compile(r"(?<=\[)(?=-)|(?<=-)(?=\])|(?<=\{)(?=\+)|(?<=\+)(?=\})")


def on_a_line(pieces: Iterable[Piece], say: Say) -> str:
    """Pieces of a comparison on one line; what a text itself writes like our marks is not read as one."""
    return " ".join("".join(_said(each, say) for each in pieces).split())


def on_paper(pieces: Iterable[Piece], say: Say) -> list[Run]:
    """The same for a page: what went is struck out, what came is bold."""
    return [
        Run(f" ({say(Message('base.textdiff.more', n=int(piece.text)))})", italic=True)
        if piece.kind == "more"
        else Run(piece.text, bold=piece.kind == "new", strike=piece.kind == "gone")
        for piece in pieces
    ]


def apart(values: Sequence[str]) -> list[str]:
    """Values that are held against each other, each on one line.

    Of long ones only what differs, with the words around it: beginnings that are alike tell nothing.
    """
    lines = [" ".join(value.split()) for value in values]
    if max(map(len, lines), default=0) <= LONGEST:
        return lines
    said = []
    for line in lines:
        other = next((each for each in lines if each and each != line), "")
        _, mine = sides(excerpt(compare(f"{other} ", f"{line} "))) if line and other else ("", line)
        said.append(mine or line)
    return said


def _said(piece: Piece, say: Say) -> str:
    if piece.kind == "more":
        return f" ({say(Message('base.textdiff.more', n=int(piece.text)))})"
    text = _LIKE_MARKS.sub(" ", piece.text)
    inner = text.strip()
    if piece.kind == "same" or not inner:
        return text
    return f"{_MARKS[piece.kind].format(inner)}{' ' if text[-1].isspace() else ''}"
