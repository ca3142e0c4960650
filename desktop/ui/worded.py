"""What is said of an official's name, office or number while it is typed."""

from __future__ import annotations

from desktop.base import Message
from desktop.workspace.appellations import is_name, is_number, is_office


def worded(field: str, text: str) -> Message | None:
    """What is to be said of a name, an office or a number that reads as none: verdicts will tell it."""
    match field:
        case "name" if not is_name(text):
            return Message("ui.person.no_name")
        case "office" if not is_office(text):
            return Message("ui.person.no_office")
        case "nip" if not is_number(text):
            return Message("ui.person.no_number")
        case _:
            return None
