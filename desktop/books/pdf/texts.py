"""Paragraphs: what bears no mark is set as it is, without asking a parser what marks it bears."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

T = TypeVar("T", bound=Paragraph)

_MARKED = re.compile(r"[<&]|[^\S ]|  |^ | $|^$")
"""What a parser has to see: marks, spaces that are none or too many, nothing at all."""
_PLAIN = "plain_fragment"


def paragraph(markup: str, look: ParagraphStyle, kind: type[T]) -> T:
    """A paragraph of ``markup``, the same as ReportLab makes of it; nine of ten need no parser."""
    if _MARKED.search(markup):
        return kind(markup, look)
    return kind(markup, look, frags=[_fragment(look).clone(text=markup)])


def _fragment(look: ParagraphStyle) -> Any:
    """What ReportLab makes of a text without marks in this style; kept with the style."""
    known = vars(look)
    if _PLAIN not in known:
        (known[_PLAIN],) = Paragraph("x", look).frags
    return known[_PLAIN]
