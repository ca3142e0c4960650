"""What somebody else wrote, made harmless to show: one line, no commands for a terminal, no turned writing.

Names of files, offices and certificates come from whoever made them. A line end in one could pretend to be
another line of the answer; marks that reverse the writing could make a name look like another.
"""

from __future__ import annotations

import unicodedata

from desktop.base.language import LocalText
from desktop.base.message import Message, Param

_SPACES = frozenset({"Cc", "Zl", "Zp"})
_NOTHING = frozenset({"Cf", "Co", "Cn", "Cs"})


def plain(text: str) -> str:
    """The text on one line, without what cannot be seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_sign(sign) for sign in text)


def plain_lines(text: str) -> str:
    """The same for a text that may have several lines and tabs of its own."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign if sign in "\n\t" else _sign(sign) for sign in text)


def _sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    return " " if kind in _SPACES else "" if kind in _NOTHING else sign


def plain_message(message: Message) -> Message:
    """The same message with plain words in it."""
    return message.with_params(_param)


def _param(value: Param) -> Param:
    match value:
        case str():
            return plain(value)
        case Message():
            return plain_message(value)
        case LocalText():
            return LocalText({language: plain(text) for language, text in value.texts.items()})
        case _:
            return value
