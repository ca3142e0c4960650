"""What changed in a text as the terminal shows it: ``[-gone-] {+new+}`` among the words that stayed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.base.textdiff import unturned

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
        else Run(unturned(piece.text), bold=piece.kind == "new", strike=piece.kind == "gone")
        for piece in pieces
    ]


def _said(piece: Piece, say: Say) -> str:
    if piece.kind == "more":
        return f" ({say(Message('base.textdiff.more', n=int(piece.text)))})"
    text = _LIKE_MARKS.sub(" ", unturned(piece.text))
    inner = text.strip()
    if piece.kind == "same" or not inner:
        return text
    return f"{_MARKS[piece.kind].format(inner)}{' ' if text[-1].isspace() else ''}"
