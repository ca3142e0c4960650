"""The service test: a programme that names only technology is told so.

A smart city is about serving the public better; network, technology and applications are only the
enabler (the movement's own principle, facts.md 1.1). So every programme has to name a service it
improves and whom it serves, and a process that is different afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from desktop.base import Message
from desktop.base.resources import resource
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule
from desktop.checks.spots import ProgrammeSpot, called
from desktop.checks.words import bare, plain, says_nothing
from desktop.guideline.pack import Rule
from desktop.workspace.plan import Programme, Text

_SHORTEST_STEM = 3


@check_rule("service_test")
def service_test(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """A programme names a service, not only a tool, and its process is not the same before and after.

    Judged is the text of the field *service*; where that says nothing, the title, unless somebody served
    is named. The vocabularies are data (resources/checks/service-words.json), Indonesian and English.
    """
    for programme in reading.plan.programmes:
        title = called(programme.title)
        service = _text(programme.service, reading.source)
        if service and only_technology(service):
            spot = ProgrammeSpot(programme, "service")
            message = Message("checks.service.field", programme=title, text=plain(service).strip())
            yield Hit(message, spot.place(reading.source), spot.page, "service")
        elif not service and only_technology(
            f"{_text(programme.title, reading.source)} . {_text(programme.served, reading.source)}"
        ):
            spot = ProgrammeSpot(programme, "title")
            message = Message("checks.service.title", programme=title)
            yield Hit(message, spot.place(reading.source), spot.page, "title")
        if _same_process(programme, reading.source):
            spot = ProgrammeSpot(programme, "after")
            message = Message("checks.service.same_process", programme=title)
            yield Hit(message, spot.place(reading.source), spot.page, "process")


def _text(text: Text, source: str) -> str:
    written = text.read(source)
    return "" if says_nothing(written) else written


def _same_process(programme: Programme, source: str) -> bool:
    before, after = _text(programme.before, source), _text(programme.after, source)
    return bool(before and after) and bare(plain(before)) == bare(plain(after))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words and phrases by what they name; ``stems`` are beginnings that any ending may follow."""

    phrases: dict[tuple[str, ...], str]
    stems: dict[str, str]
    longest: int
    widest: int
    """Letters of the longest beginning: a word may be as long as it likes."""

    def kinds(self, text: str) -> set[str]:
        """Which kinds of words a text has; of overlapping entries the longest counts."""
        tokens = bare(plain(text)).split()
        found: set[str] = set()
        position = 0
        while position < len(tokens):
            kind, length = self._at(tokens, position)
            if kind:
                found.add(kind)
            position += length
        return found

    def _at(self, tokens: list[str], position: int) -> tuple[str, int]:
        for length in range(min(self.longest, len(tokens) - position), 0, -1):
            kind = self._phrase(tokens[position : position + length])
            if kind:
                return kind, length
        return "", 1

    def _phrase(self, tokens: list[str]) -> str:
        kind = self.phrases.get(tuple(tokens))
        if kind:
            return kind
        *first, last = tokens
        head = " ".join([*first, ""]) if first else ""
        for end in range(min(len(last), self.widest), _SHORTEST_STEM - 1, -1):
            kind = self.stems.get(head + last[:end])
            if kind:
                return kind
        return ""


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with the program, all languages together: titles mix them freely."""
    data = json.loads(resource("checks", "service-words.json").read_text("utf-8"))
    phrases: dict[tuple[str, ...], str] = {}
    stems: dict[str, str] = {}
    for kind in ("technology", "service", "people"):
        for entries in data[kind].values():
            for entry in entries:
                words = bare(entry)
                if entry.endswith("*"):
                    stems[words] = kind
                else:
                    phrases[tuple(words.split())] = kind
    longest = max([len(words) for words in phrases] + [stem.count(" ") + 1 for stem in stems])
    return Vocabulary(phrases, stems, longest, max(map(len, stems)))


@lru_cache(maxsize=4_000)
def only_technology(text: str) -> bool:
    """Whether a text names technology, and neither a service nor anybody served."""
    return vocabulary().kinds(text) == {"technology"}
