"""Answers that came in a conversation: what was pasted, who said it, when, and in which application."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from desktop.base import Language, Message
from desktop.base.message import Param
from desktop.base.speech import date

APPS = ("WhatsApp", "Telegram", "SMS", "Signal", "Teams", "Zoom")
"""Applications offered by name; any other can be written."""
KIND = "quote"
"""The kind of change set whose values somebody said elsewhere."""
_DAY = r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{2,4})"
_TIME = r"\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[AP]M)?"
_HEADS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^\[{_TIME},\s*{_DAY}\]\s*(?P<who>[^:\n]{{1,60}}):\s",
        rf"^\[{_DAY}[, ]+\s*{_TIME}\]\s*(?P<who>[^:\n]{{1,60}}):\s",
        rf"^{_DAY}[, ]+\s*{_TIME}\s+-\s+(?P<who>[^:\n]{{1,60}}):\s",
    )
)
"""How WhatsApp writes a copied message: on the desktop, on an iPhone, in an exported conversation."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Something that was said in a conversation."""

    text: str
    who: str = ""
    day: str = ""
    """When it was said (ISO 8601), or empty."""
    app: str = ""

    def source(self, language: Language) -> str:
        """Where it comes from, in words: application, person, day."""
        try:
            said = date(dt.date.fromisoformat(self.day), language) if self.day else ""
        except ValueError:
            said = self.day
        return ", ".join(part.strip() for part in (self.app, self.who, said) if part.strip())


def recognise(pasted: str) -> Quote:
    """What was pasted, without the line heads that a chat application writes before each message.

    Who said the first of them, and when, is taken from its head; further heads of the same person go too.
    """
    text = pasted.replace("\u200e", "").replace("\r\n", "\n").strip()
    quote = Quote(text)
    kept = []
    for line in text.split("\n"):
        head = next((found for pattern in _HEADS if (found := pattern.match(line + " "))), None)
        who = " ".join(head["who"].split()) if head is not None else ""
        if head is not None and (not quote.who or who == quote.who):
            if not quote.who:
                quote = replace(quote, who=who, day=_day(head), app="WhatsApp")
            kept.append(line[head.end() :].strip() if head.end() <= len(line) else "")
        else:
            kept.append(line)
    return replace(quote, text="\n".join(kept).strip())


def _day(head: re.Match[str]) -> str:
    year = int(head["year"])
    try:
        return dt.date(year + 2000 if year < 100 else year, int(head["month"]), int(head["day"])).isoformat()
    except ValueError:
        return ""


def label(what: Param, source: str) -> Message:
    """What the history says of it; the provenance of the value reads the source from here."""
    return Message("exchange.quoting.label", what=what, source=source)
