"""The built-in help: topics in both languages, in groups, found by words.

A topic is a Markdown file ``resources/help/<language>/<topic>.md`` whose first line is its title. Its links
lead to another topic (``help:import``), to a page (``go:evidence``) or give a command (``do:import``).
A room above may add a topic that is made of its own tables (:func:`provide`); that one is never out of date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from desktop.base.errors import RancangError
from desktop.base.language import Language, LocalText
from desktop.base.message import Message
from desktop.base.resources import resource

LINK = re.compile(r"\[([^\]]+)\]\((help|go|do):([\w.-]+)\)")
_MARKS = re.compile(r"[*_`#>|]+|^\s*[-\d]+[.)]?\s", re.MULTILINE)
_AROUND = 60
"""Characters shown around the first word found."""


class NoSuchTopic(RancangError):
    """Help was asked about something it has no topic for."""

    exit_code = 2

    def __init__(self, topic: str) -> None:
        super().__init__(Message("base.help.no_topic", topic=topic))


@dataclass(frozen=True, slots=True)
class Group:
    """Topics that belong together, in reading order."""

    title: LocalText
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of the help, in one language."""

    id: str
    title: str
    text: str
    """Markdown, the title included."""

    @property
    def plain(self) -> str:
        """The text without marks and links, as a person reads it."""
        return _MARKS.sub("", LINK.sub(r"\1", self.text)).strip()

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Where its links lead: kind (``help``, ``go``, ``do``) and name."""
        return tuple((kind, name) for _, kind, name in LINK.findall(self.text))


@dataclass(frozen=True, slots=True)
class Found:
    """A topic that holds the words looked for, and the place where."""

    topic: Topic
    around: str


_MADE: dict[str, tuple[str, Callable[[Language], str]]] = {}
"""Topics that are no files: the topic they follow, and what writes them."""


def provide(name: str, after: str, make: Callable[[Language], str]) -> None:
    """Add a topic that ``make`` writes (Markdown, its first line the title) behind another one."""
    _MADE[name] = (after, make)
    groups.cache_clear()
    topic.cache_clear()


def provided() -> frozenset[str]:
    """The topics that are no files."""
    return frozenset(_MADE)


@cache
def groups() -> tuple[Group, ...]:
    """The table of contents."""
    listed = json.loads(resource("help", "contents.json").read_text("utf-8"))
    return tuple(Group(LocalText(each["title"]), tuple(_with_made(each["topics"]))) for each in listed)


def _with_made(names: list[str]) -> Iterator[str]:
    for name in names:
        yield name
        yield from (made for made, (after, _) in _MADE.items() if after == name)


@cache
def topic(name: str, language: Language) -> Topic:
    """One topic. Raises NoSuchTopic."""
    known = {each for group in groups() for each in group.topics}
    if name not in known:
        raise NoSuchTopic(name)
    if name in _MADE:
        text = _MADE[name][1](language)
    else:
        text = resource("help", language.value, f"{name}.md").read_text("utf-8")
    return Topic(name, text.partition("\n")[0].lstrip("# ").strip(), text)


def topics(language: Language) -> Iterator[Topic]:
    """Every topic, in reading order."""
    for group in groups():
        for name in group.topics:
            yield topic(name, language)


def search(words: str, language: Language) -> list[Found]:
    """The topics that hold all the words, or their beginnings: those with them in the title first."""
    wanted = words.casefold().split()
    ranked: list[tuple[int, int, Found]] = []
    for place, each in enumerate(topics(language)):
        plain, title = each.plain, each.title.casefold()
        text = plain.casefold()
        if not wanted or not all(word in text for word in wanted):
            continue
        in_title = sum(word in title for word in wanted)
        often = sum(text.count(word) for word in wanted)
        ranked.append((-in_title * 1000 - often, place, Found(each, _around(plain, wanted[0]))))
    return [found for *_, found in sorted(ranked, key=lambda entry: entry[:2])]


def _around(text: str, word: str) -> str:
    body = text.partition("\n")[2] or text
    at = max(0, body.casefold().find(word))
    begin = body.rfind(" ", 0, max(0, at - _AROUND)) + 1
    end = body.find(" ", at + len(word) + _AROUND)
    cut = " ".join(body[begin : end if end > 0 else len(body)].split())
    return ("\N{HORIZONTAL ELLIPSIS}" if begin else "") + cut + ("\N{HORIZONTAL ELLIPSIS}" if end > 0 else "")
