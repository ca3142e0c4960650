"""What somebody else wrote, within a sentence of the program's: between quotation marks, and short.

Whoever seals a package writes offices and names into it, and whoever makes a certificate the name in that.
Without marks his sentence would go on as a verdict's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate

from desktop.base import Language, Message, render
from desktop.base.message import Param
from desktop.base.plain import within_quotes

SHOWN = 80
"""Letters of one text of somebody else's."""
_END = 16
"""Of these as many are its end: there names of files differ."""
_UNITS = re.compile(r"U\+[0-9A-F]{4,6}|.")
"""What is not cut: half the number of a letter is another letter's."""
_PLACE = "\N{REPLACEMENT CHARACTER}"
_NOBODY = frozenset({"", "-", "\N{EN DASH}", "\N{EM DASH}"})
_PEOPLE = frozenset(
    {
        *("role", "roles", "office", "other", "label", "labels"),
        *("holder", "issuer", "authority", "root", "person", "names", "plan", "before", "after"),
    }
)
"""Places in sentences of verdicts where people and offices are told as a package or certificate says."""
_LONG = frozenset({"said", "file", "files", "name", "document"})
"""Where what is told is itself what is odd, or must be found again by it."""
_PATH = re.compile(r"[A-Za-z0-9._/-]+")
"""Paths as sealing makes them can be read as nothing else."""


def bounded(text: str, most: int = SHOWN) -> str:
    """A text of somebody else's on one line, short, without what could end a quotation."""
    text = within_quotes(text)
    if len(text) <= most:
        return text
    units = _UNITS.findall(text)
    begins, ends = _filled(units, most - _END - 1), _filled(reversed(units), _END)
    return "".join((*begins, "\N{HORIZONTAL ELLIPSIS}", *reversed(ends)))


def _filled(units: Iterable[str], most: int) -> list[str]:
    """As many of these as have room."""
    ends = accumulate(map(len, units := list(units)))
    return [one for one, end in zip(units, ends, strict=True) if end <= most]


def quoted(text: str, most: int = SHOWN) -> Message:
    """The same between quotation marks."""
    return Message("submission.letter.quoted", text=bounded(text, most))


def quoted_once(message: Message, key: str, text: str, most: int = SHOWN) -> Param:
    """A text for a place of a sentence, between quotation marks once: many sentences have them already."""
    told = message.with_named(
        lambda name, value: _PLACE if name == key else value if isinstance(value, int) else ""
    )
    has_marks = f"\u201c{_PLACE}\u201d" in render(told, Language.ID)
    return bounded(text, most) if has_marks else quoted(text, most)


def as_said(message: Message) -> Message:
    """A reason such as a person reads it: people, offices and unusual paths in quotation marks.

    What the guideline at hand calls an office is a text in several languages, and stands as it is.
    """

    def told(key: str, value: Param) -> Param:
        if isinstance(value, Message):
            return as_said(value)
        if isinstance(value, str) and key in _PEOPLE and value not in _NOBODY:
            return quoted_once(message, key, value)
        if isinstance(value, str) and key in _LONG and not _PATH.fullmatch(value) and value not in _NOBODY:
            return quoted_once(message, key, value, 4 * SHOWN)
        return value

    return message.with_named(told)
