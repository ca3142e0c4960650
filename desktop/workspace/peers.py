"""What the other copies are known to have: so that only what is new has to be sent, and nothing is missed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desktop.base.canonical import canonical_text
from desktop.workspace import handouts, tables
from desktop.workspace.handouts import Vouched

if TYPE_CHECKING:
    from desktop.workspace.incoming import Incoming
    from desktop.workspace.journal import Journal

_THERE = "giver_heads"
"""The newest change sets that whoever gave us this copy is known to have (beyond those it was made of)."""


class Past:
    """The change sets here and what each rests on."""

    def __init__(self, journal: Journal) -> None:
        found = journal.connection.exec_driver_sql("SELECT id, parents FROM sync_txn").all()
        self.parents: dict[str, tuple[str, ...]] = {name: tuple(json.loads(said)) for name, said in found}

    def until(self, heads: Iterable[str]) -> set[str]:
        """These change sets and all they rest on; what is not here is left out."""
        seen: set[str] = set()
        todo = [head for head in heads if head in self.parents]
        while todo:
            at = todo.pop()
            if at not in seen:
                seen.add(at)
                todo += [parent for parent in self.parents.get(at, ()) if parent not in seen]
        return seen

    def newest(self, among: set[str]) -> tuple[str, ...]:
        """Those of a set that no other of it rests on."""
        named = {parent for each in among for parent in self.parents[each]}
        return tuple(sorted(among - named))


def known_there(journal: Journal, past: Past) -> set[str]:
    """The change sets that everybody who might get our changes has; empty where nothing is known.

    From a copy made for somebody changes go to whoever gave it; from where the copies were given they go
    to all of them, so that what the last of them lacks is still among it.
    """
    whom = handouts.made_for(journal)
    if whom is not None:
        return past.until([*whom.heads, *giver_heads(journal)])
    given = [past.until(each.heads) for each in handouts.handouts(journal) if each.kind == "copy"]
    return set.intersection(*given) if given else set()


def giver_heads(journal: Journal) -> tuple[str, ...]:
    """What the giver of this copy is known to have by now."""
    with contextlib.suppress(ValueError, TypeError):
        said = json.loads(journal.meta(_THERE, "[]"))
        return tuple(str(each) for each in said)
    return ()


def whose(journal: Journal, incoming: Incoming) -> Incoming:
    """A file with its sender as our own file knows them: for whom a copy was made that was given from here.

    A copy that came back once with what it was given as stays that one's.
    """
    said = incoming.sender
    copies = [given for given in handouts.handouts(journal) if given.kind == "copy"]
    # the number is the file's own word; which copy it is that has come back before, it is not
    by_copy = [given for given in copies if said.replica and said.replica in given.copies]
    for given in by_copy or [given for given in copies if given.id == said.handout]:
        known = replace(
            said, agency=given.agency, role=given.role or said.role, person=given.person, handout=given.id
        )
        return replace(incoming, sender=known, vouched=Vouched.KNOWN)
    theirs = bool(said.agency) and any(given.agency == said.agency for given in copies)
    return replace(incoming, vouched=Vouched.DOUBTFUL if theirs else Vouched.OWN_WORD)


def learn(journal: Journal, incoming: Incoming, past: Past) -> None:
    """Remember what a file that was brought back says its copy has; ``past`` knows it already."""
    heads = tuple(head for head in incoming.heads if head in past.parents)
    if not heads:
        return
    for given in handouts.handouts(journal):
        if given.id == incoming.sender.handout:
            facts = handouts.with_copy(given, incoming.sender.replica)
            handouts.update(journal, given.id, heads=_joined(past, given.heads, heads), facts=facts)
    if handouts.made_for(journal) is not None and _from_giver(journal, incoming):
        known = _joined(past, giver_heads(journal), heads)
        journal.set_meta(_THERE, canonical_text(list(known)))


def _joined(past: Past, before: Iterable[str], now: Iterable[str]) -> tuple[str, ...]:
    """An older file may come late: what was known to be there stays known."""
    return past.newest(past.until([*before, *now]))


def _from_giver(journal: Journal, incoming: Incoming) -> bool:
    if not incoming.sender.handout:
        return True
    parent = sa.select(tables.replica.c.parent).where(tables.replica.c.id == journal.meta("replica"))
    given_by = journal.connection.execute(parent).scalar()
    return bool(given_by) and given_by == incoming.sender.replica
