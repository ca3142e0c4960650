"""How many of what, in words that either language inflects: ``3 programmes, 2 activities, and 1 target``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from desktop.base import Message

_WORDS: Mapping[str, Callable[[int], Message]] = {
    "programmes": lambda n: Message("exchange.count.programmes", n=n),
    "new": lambda n: Message("exchange.count.new", n=n),
    "known": lambda n: Message("exchange.count.known", n=n),
    "activities": lambda n: Message("exchange.count.activities", n=n),
    "sub_activities": lambda n: Message("exchange.count.sub_activities", n=n),
    "indicators": lambda n: Message("exchange.count.indicators", n=n),
    "targets": lambda n: Message("exchange.count.targets", n=n),
    "budget_lines": lambda n: Message("exchange.count.budget_lines", n=n),
    "values": lambda n: Message("exchange.count.values", n=n),
    "changes": lambda n: Message("exchange.count.changes", n=n),
    "entries": lambda n: Message("exchange.count.entries", n=n),
    "new_rows": lambda n: Message("exchange.count.new_rows", n=n),
    "differing": lambda n: Message("exchange.count.differing", n=n),
    "files": lambda n: Message("exchange.count.files", n=n),
    "doubts": lambda n: Message("exchange.count.doubts", n=n),
    "words": lambda n: Message("exchange.count.words", n=n),
    "characters": lambda n: Message("exchange.count.characters", n=n),
    "texts": lambda n: Message("exchange.count.texts", n=n),
    "comments": lambda n: Message("exchange.count.comments", n=n),
    "parts": lambda n: Message("exchange.count.parts", n=n),
    "sheet_rows": lambda n: Message("exchange.count.sheet_rows", n=n),
    "rows": lambda n: Message("exchange.count.rows", n=n),
    "columns": lambda n: Message("exchange.count.columns", n=n),
    "years": lambda n: Message("exchange.count.years", n=n),
}


def counted(**numbers: int) -> Message:
    """Several numbers in one list; what there is none of is not named, unless there is nothing at all."""
    parts = [_WORDS[name](n) for name, n in numbers.items() if n]
    return listed(parts or [_WORDS[name](0) for name in list(numbers)[:1]])


def span(first: int, last: int) -> Message:
    """Which rows: one, or from one to another."""
    if first == last:
        return Message("exchange.count.row_of", row=str(first))
    return Message("exchange.count.rows_of", first=str(first), last=str(last))


def listed(parts: Sequence[Message]) -> Message:
    """One, two, or more in a row."""
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        return Message("exchange.count.two", first=parts[0], last=parts[1])
    said = parts[0]
    for part in parts[1:-1]:
        said = Message("exchange.count.more", first=said, last=part)
    return Message("exchange.count.last", first=said, last=parts[-1])
