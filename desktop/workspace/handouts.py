"""What left this copy for somebody, and for whom this copy itself was made.

A handed-out file says for whom it is and has no identity of its own until it is opened elsewhere. What
was given is remembered in the file it came from; neither is a part of the journal, and neither is merged.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from desktop.base import clock
from desktop.base.canonical import canonical_text
from desktop.base.ids import new_id
from desktop.workspace import tables
from desktop.workspace.author import Author
from desktop.workspace.journal import Journal
from desktop.workspace.profile import device

KINDS = ("copy", "workbook", "changes")
"""What can leave: a copy of the whole file, a workbook for an agency, a file of changes."""
_MADE_FOR = "made_for"


class Vouched(StrEnum):
    """What is known here of whose copy a file comes from."""

    KNOWN = "known"
    """The copy was given from here: for whom, our own file says."""
    OWN_WORD = "own-word"
    """Nothing; the file says it of itself."""
    DOUBTFUL = "doubtful"
    """It says that it is a copy of somebody's to whom one was given from here, and is not that one."""


@dataclass(frozen=True, slots=True)
class MadeFor:
    """For whom a copy was made; opening it elsewhere then asks nothing that this says already."""

    role: str = ""
    """``agency``, ``mentor``, ``assessor``, ``secretary`` or empty."""
    agency: str = ""
    """The id of the agency, or empty."""
    person: str = ""
    """The name of the one person it is for; empty when several may work in it."""
    handout: str = ""
    """The id under which the giver remembers it."""
    heads: tuple[str, ...] = ()
    """The newest change sets of the giver when it was made."""
    given_by: str = ""
    given_on: str = ""
    """The giver's device: whoever looks into the copy there before it goes stays who they are."""


@dataclass(frozen=True, slots=True)
class Handout:
    """One thing that was given to somebody."""

    id: str
    kind: str
    agency: str
    person: str
    role: str
    file: str
    at: dt.datetime
    by: str
    heads: tuple[str, ...]
    """The newest change sets known to be there by now."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What else is to be remembered of it, as JSON."""

    @property
    def copies(self) -> tuple[str, ...]:
        """The copies (replicas) in which somebody worked on it, as far as they came back."""
        known = self.facts.get("copies")
        return tuple(str(each) for each in known) if isinstance(known, list) else ()


def made_for(journal: Journal) -> MadeFor | None:
    """For whom this copy was made; None when it was not made for anybody, or is where it came from."""
    return read_made_for(journal.meta(_MADE_FOR, "null"))


def read_made_for(text: str) -> MadeFor | None:
    """The same from what stands in the file; None where it is nothing of the kind."""
    with contextlib.suppress(ValueError, TypeError, AttributeError):
        said = json.loads(text)
        if isinstance(said, dict):
            texts = {name: str(said.get(name) or "") for name in ("role", "agency", "person", "handout")}
            heads = tuple(str(each) for each in said.get("heads") or ())
            return MadeFor(
                **texts,
                heads=heads,
                given_by=str(said.get("given_by") or ""),
                given_on=str(said.get("given_on") or ""),
            )
    return None


def make_for(journal: Journal, whom: MadeFor) -> None:
    """Write into a copy for whom it is, and take its identity: whoever opens it elsewhere gets a new one."""
    said = {name: getattr(whom, name) for name in ("role", "agency", "person", "handout", "given_by")}
    said["given_on"] = whom.given_on or device()
    journal.set_meta(_MADE_FOR, canonical_text({**said, "heads": list(whom.heads)}))
    journal.set_meta("device", "")


def remember(
    journal: Journal,
    *,
    kind: str,
    file: str,
    by: Author,
    whom: MadeFor,
    heads: tuple[str, ...],
    facts: Mapping[str, Any] | None = None,
) -> str:
    """Remember that something was given; its id is that of ``whom.handout`` where that is set."""
    identity = whom.handout or new_id()
    journal.connection.execute(
        tables.handout.insert().values(
            id=identity,
            kind=kind,
            agency=whom.agency,
            person=whom.person,
            role=whom.role,
            file=file,
            at=clock.now().isoformat(),
            by=by.name,
            heads=canonical_text(sorted(heads)),
            facts=canonical_text(dict(facts or {})),
        )
    )
    return identity


def update(journal: Journal, identity: str, *, heads: tuple[str, ...], facts: Mapping[str, Any]) -> None:
    """Say anew what is known to be there, and what else is remembered."""
    journal.connection.execute(
        tables.handout.update()
        .where(tables.handout.c.id == identity)
        .values(heads=canonical_text(sorted(heads)), facts=canonical_text(dict(facts)))
    )


def with_copy(given: Handout, replica: str) -> dict[str, Any]:
    """What is remembered of it, with a copy that came back."""
    return {**given.facts, "copies": sorted({*given.copies, replica} - {""})}


def handouts(journal: Journal) -> list[Handout]:
    """Everything that was given, newest first; a record that cannot be read is left out."""
    found = []
    query = sa.select(tables.handout).order_by(tables.handout.c.at.desc(), tables.handout.c.id)
    for r in journal.connection.execute(query):
        with contextlib.suppress(ValueError, TypeError):
            heads, facts = json.loads(r.heads), json.loads(r.facts)
            moment = dt.datetime.fromisoformat(r.at)
            found.append(
                Handout(
                    r.id, r.kind, r.agency, r.person, r.role, r.file, moment, r.by, tuple(heads), dict(facts)
                )
            )
    return found
