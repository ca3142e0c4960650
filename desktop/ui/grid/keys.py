"""The keys of every table, for the cheat sheet: what is pressed and what it does."""

from __future__ import annotations

from desktop.base import Message

KEYS = (
    ("F2", Message("ui.keys.edit")),
    ("Enter / Shift+Enter", Message("ui.keys.enter")),
    ("Tab / Shift+Tab", Message("ui.keys.tab")),
    ("Ctrl+Tab", Message("ui.keys.leave")),
    ("Alt+Enter", Message("ui.keys.newline")),
    ("Esc", Message("ui.keys.cancel")),
    ("Ctrl+Arrow", Message("ui.keys.edge")),
    ("Shift+Arrow", Message("ui.keys.extend")),
    ("Ctrl+Shift+Arrow", Message("ui.keys.extend_edge")),
    ("Ctrl+Home / Ctrl+End", Message("ui.keys.corners")),
    ("Ctrl+A", Message("ui.keys.all")),
    ("Ctrl+Space / Shift+Space", Message("ui.keys.whole")),
    ("Ctrl+C / Ctrl+X / Ctrl+V", Message("ui.keys.clipboard")),
    ("Del", Message("ui.keys.clear")),
    ("Ctrl+D / Ctrl+R", Message("ui.keys.fill")),
    ("Ctrl+Enter", Message("ui.keys.fill_all")),
    ("Ctrl+;", Message("ui.keys.today")),
    ("Ctrl++ / Ctrl+-", Message("ui.keys.rows")),
    ("Alt+Up / Alt+Down", Message("ui.keys.move")),
    ("Ctrl+Shift+L", Message("ui.keys.filter")),
    ("Ctrl+F", Message("ui.keys.search")),
    ("Left / Right", Message("ui.keys.fold")),
)
"""Keys and what they do, in the order of use."""
