"""What a person types as a value: given directly, from a file or from standard input; NAME=VALUE words."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

from desktop.base import Message, RancangError
from desktop.base.ordinary import read_ordinary

_MOST = 16 << 20
"""Bytes of a text that somebody gives; the longest answer has a thousandth of that."""


class NotText(RancangError):
    """What was read is no text (UTF-8)."""

    def __init__(self, source: str) -> None:
        super().__init__(Message("cli.not_text", source=source))


class BadAssignment(RancangError):
    """A word is not of the form name=value."""

    def __init__(self, word: str) -> None:
        super().__init__(Message("cli.bad_assignment", word=word))


def read_text(value: str) -> str:
    """A value given directly, from a file (``@name``), or from standard input (``-``).

    Raises FileProblem, NotText.
    """
    if value == "-":
        try:
            return checked(sys.stdin.read(), "-")
        except UnicodeDecodeError as error:
            raise NotText("-") from error
    if value.startswith("@"):
        return text_file(Path(value[1:]))
    return checked(value, value)


def text_file(path: Path) -> str:
    """The text in a file; a byte-order mark is no part of it. Raises FileProblem, NotText."""
    try:
        return checked(
            read_ordinary(path, _MOST).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"),
            path.name,
        )
    except UnicodeDecodeError as error:
        raise NotText(path.name) from error


def checked(text: str, source: str) -> str:
    """The text itself, when it is one: no control characters, no half characters. Raises NotText."""
    if any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\t\n\r" for letter in text):
        raise NotText(source)
    return text


def assignments(pairs: list[str]) -> list[tuple[str, str]]:
    """``name=value`` words taken apart. Raises BadAssignment, FileProblem, NotText."""
    out = []
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign or not name.strip():
            raise BadAssignment(pair)
        out.append((name.strip(), read_text(text)))
    return out
