"""Keys that belong to a place and not to the window: inside tables and texts. The cheat sheet tells them."""

from __future__ import annotations

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
NOTES: dict[Message, tuple[KeyNote, ...]] = {
    TABLES: (
        KeyNote("Return F2", Message("ui.keys.table.edit")),
        KeyNote("Tab Shift+Tab", Message("ui.keys.table.cell")),
        KeyNote("Shift+Up Shift+Down", Message("ui.keys.table.select")),
        KeyNote("Ctrl+C", Message("ui.keys.table.copy")),
        KeyNote("Ctrl+V", Message("ui.keys.table.paste")),
        KeyNote("Del", Message("ui.keys.table.clear")),
        KeyNote("Esc", Message("ui.keys.table.leave")),
    ),
    TEXTS: (
        KeyNote("Ctrl+B", Message("ui.keys.text.bold")),
        KeyNote("Ctrl+I", Message("ui.keys.text.italic")),
        KeyNote("Ctrl+U", Message("ui.keys.text.underline")),
    ),
    EVERYWHERE: (
        KeyNote("Tab Shift+Tab", Message("ui.keys.field")),
        KeyNote("F10", Message("ui.keys.menu")),
        KeyNote("Esc", Message("ui.keys.close")),
    ),
}
"""By place. Whoever gives keys to a table or an editor adds a line here."""
