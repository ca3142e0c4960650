"""The single remarks about a pack from which its consistency check is made."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator

from desktop.base import Message
from desktop.guideline.broken import Fault

_SAFE_PATTERN = re.compile(
    r"(?:\\[d.]|[A-Za-z0-9._|^$?-]|\[[A-Za-z0-9._-]+\]|\{\d{1,2}\}|\{\d,\d\}|\((?:\?:)?|\)(?![?{]))*"
)
_BRANCH = re.compile(r"\||(?<!\()\?|\{\d,\d\}")
_MAX_BRANCHES = 6
"""Each place where a pattern can go on in up to ten ways; six of them are at most a million ways."""


def fault(key: str, problem: Message, remedy: Message) -> Fault:
    """A fault in the file that the key begins with."""
    return Fault(f"{re.split(r'[.[]', key, maxsplit=1)[0]}.json", key, problem, remedy)


def unique(keys: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """No id stands twice among ``keys``: pairs of a key in the pack and the id that stands there."""
    first: dict[str, str] = {}
    for key, name in keys:
        if name in first:
            problem = Message("guideline.problem.duplicate_id", name=name, first=first[name])
            yield fault(key, problem, Message("guideline.remedy.duplicate_id"))
        first.setdefault(name, key)


def exists(key: str, name: str, known: Collection[str], kind: Message) -> Iterator[Fault]:
    """``name`` is one of ``known``; ``kind`` is what such a thing is called."""
    if name not in known:
        problem = Message("guideline.problem.unknown_reference", kind=kind, name=name)
        near = difflib.get_close_matches(name, sorted(known), n=1)
        if near:
            yield fault(key, problem, Message("guideline.remedy.did_you_mean", name=near[0]))
        else:
            yield fault(key, problem, Message("guideline.remedy.declare", kind=kind))


def not_empty(key: str, values: Collection[object]) -> Iterator[Fault]:
    """At least one value stands in the list."""
    if not values:
        yield fault(key, Message("guideline.problem.empty_list"), Message("guideline.remedy.empty_list"))


def usable_pattern(key: str, pattern: str) -> Iterator[Fault]:
    """A code pattern is a regular expression that is quick on every text, for packs come from anywhere.

    So nothing in it repeats without bound, no group repeats, and it branches a few times only.
    """
    if not (_quick(pattern) and _compiles(pattern)):
        problem = Message("guideline.problem.pattern", pattern=pattern[:80])
        yield fault(key, problem, Message("guideline.remedy.pattern"))


def _quick(pattern: str) -> bool:
    return (
        len(pattern) <= 200
        and _SAFE_PATTERN.fullmatch(pattern) is not None
        and len(_BRANCH.findall(pattern)) <= _MAX_BRANCHES
    )


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
