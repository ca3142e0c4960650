"""What can be set, by the names that the command line uses too, and what each is called."""

from __future__ import annotations

from desktop.base import Message
from desktop.base.settable import SETTABLE

SETTINGS: dict[str, Message] = {
    **{name: each.title for name, each in SETTABLE.items()},
    "guidelines": Message("ui.guidelines"),
    "anchors": Message("ui.settings.anchors"),
}
"""By name, in the order of the page; the palette leads to each."""
