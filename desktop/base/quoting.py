"""What somebody else wrote, to stand between quotation marks of the program's: short, and ending none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate

from desktop.base.language import LocalText
from desktop.base.plain import within_quotes

SHOWN = 80
"""Letters of one text of somebody else's."""
_END = 16
"""Of these as many are its end: there names of files differ."""
_UNITS = re.compile(r"U\+[0-9A-F]{4,6}|.")
"""What is not cut: half the number of a letter is another letter's."""


def bounded(text: str, most: int = SHOWN) -> str:
    """A text of somebody else's on one line, short, without what could end a quotation."""
    text = within_quotes(text)
    if len(text) <= most:
        return text
    units = _UNITS.findall(text)
    begins, ends = _filled(units, most - _END - 1), _filled(reversed(units), _END)
    return "".join((*begins, "\N{HORIZONTAL ELLIPSIS}", *reversed(ends)))


def bounded_each(text: LocalText, most: int = SHOWN) -> LocalText:
    """The same in every language."""
    return LocalText({language: bounded(said, most) for language, said in text.texts.items()})


def _filled(units: Iterable[str], most: int) -> list[str]:
    """As many of these as have room."""
    ends = accumulate(map(len, units := list(units)))
    return [one for one, end in zip(units, ends, strict=True) if end <= most]
