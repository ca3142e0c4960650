"""Keys that belong to a place and not to the window: inside tables and texts. The cheat sheet tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.base import Message


@dataclass(frozen=True, slots=True)
class KeyNote:
    """What keys do in one place; they are written as Qt writes them, alternatives with a blank between."""

    keys: str
    what: Message


TABLES = Message("ui.keys.tables")
TEXTS = Message("ui.keys.texts")
EVERYWHERE = Message("ui.keys.everywhere")


def _tables() -> Iterator[KeyNote]:
    from desktop.ui.grid.keys import KEYS

    for keys, what in KEYS:
        yield KeyNote(keys.replace(" / ", " "), what)


def _texts() -> Iterator[KeyNote]:
    from desktop.ui.fields.richtools import KEYS

    for keys, what in KEYS:
        yield KeyNote(keys, what)


def _everywhere() -> Iterator[KeyNote]:
    yield KeyNote("Tab Shift+Tab", Message("ui.keys.field"))
    yield KeyNote("F10", Message("ui.keys.menu"))
    yield KeyNote("Esc", Message("ui.keys.close"))


PLACES: dict[Message, Callable[[], Iterator[KeyNote]]] = {
    TABLES: _tables,
    TEXTS: _texts,
    EVERYWHERE: _everywhere,
}
"""By place. Tables and texts hold the lists of their keys; they are read when the sheet is shown."""
