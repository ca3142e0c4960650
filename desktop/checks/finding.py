"""One remark of the checks (*catatan pemeriksaan*), and the three lists they make together."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from desktop.base import LocalText, Message
from desktop.guideline.pack import FindingList, PageRef
from desktop.workspace.plan import Place


@dataclass(frozen=True, slots=True)
class Hit:
    """What one rule saw at one place, before it is known to which list it belongs.

    ``aspect`` keeps two different remarks of one rule about the same place apart. ``about`` is what the
    remark is remembered by when that is wider than the place it points at (a whole worksheet, say).
    """

    message: Message
    place: Place
    page: PageRef
    aspect: str = ""
    about: Place | None = None

    def key(self, rule: str) -> str:
        """The same 16 letters in every run and on every computer, as long as rule and place are the same."""
        place = self.about or self.place
        where = (place.table, place.row, place.field, place.language, place.item, place.scope)
        parts = (rule, self.aspect, *where)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark: which rule of the guideline, in which list, about which field, and the sentence for it.

    ``page`` is the page of the journey where the field is: for programmes its ``ref`` is the programme's
    id. ``note`` is the reason that the guideline gives. ``may_set_aside`` is False for what can be settled
    but not excused (two people's differing entries).
    """

    rule: str
    check: str
    list: FindingList
    message: Message
    place: Place
    page: PageRef
    key: str
    note: LocalText = field(default_factory=LocalText)
    source: str = ""
    """Where the guideline has the rule from, if it says so."""
    may_set_aside: bool = True


@dataclass(frozen=True, slots=True)
class SetAsideFinding:
    """A finding put aside with the reason that the books print."""

    finding: Finding
    reason: str
    author: str


class State(StrEnum):
    """How far the plan is from being handed in, by its findings."""

    BLOCKED = "blocked"
    """Mandatory findings are open: books carry the draft mark, no package is sealed as complete."""
    WEAK = "weak"
    """Nothing blocks; something could be better."""
    CLEAN = "clean"
    """Neither mandatory nor weak findings are open."""


@dataclass(frozen=True)
class Report:
    """All findings of one run, the open ones apart from those set aside.

    A mandatory finding may be set aside too: it then no longer blocks, but its reason stands in the
    books and in the package, where the assessor reads it (:attr:`excused`).
    """

    findings: tuple[Finding, ...]
    set_aside: tuple[SetAsideFinding, ...] = ()

    @cached_property
    def _by_thing(self) -> Mapping[tuple[str, str], tuple[Finding, ...]]:
        found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in self.findings:
            found["item", finding.place.item].append(finding)
            found["row", finding.place.row].append(finding)
        return {key: tuple(each) for key, each in found.items()}

    def near(self, place: Place) -> tuple[Finding, ...]:
        """The open findings about the item or row at a place, in order; whoever asks looks closer.

        A page of a hundred fields asks for each, and a plan may have thousands of findings.
        """
        return self._by_thing.get(("item", place.item) if place.item else ("row", place.row), ())

    def of(self, which: FindingList) -> tuple[Finding, ...]:
        """The open findings of one list, in the guideline's order of rules."""
        return tuple(finding for finding in self.findings if finding.list == which)

    @property
    def mandatory(self) -> tuple[Finding, ...]:
        """*Wajib*: block the submission."""
        return self.of("mandatory")

    @property
    def weak(self) -> tuple[Finding, ...]:
        """*Perlu diperbaiki*: an assessor would fault them."""
        return self.of("weak")

    @property
    def hints(self) -> tuple[Finding, ...]:
        """*Saran*."""
        return self.of("hint")

    @property
    def excused(self) -> tuple[SetAsideFinding, ...]:
        """Mandatory findings that were set aside: printed first, since they would have blocked."""
        return tuple(entry for entry in self.set_aside if entry.finding.list == "mandatory")

    @property
    def counts(self) -> Mapping[FindingList, int]:
        """How many are open in each list."""
        return {"mandatory": len(self.mandatory), "weak": len(self.weak), "hint": len(self.hints)}

    @property
    def state(self) -> State:
        """Whether something blocks; books are a draft exactly while it does."""
        if self.mandatory:
            return State.BLOCKED
        return State.WEAK if self.weak else State.CLEAN

    @property
    def draft(self) -> bool:
        """Whether the books carry the DRAF mark."""
        return self.state is State.BLOCKED
