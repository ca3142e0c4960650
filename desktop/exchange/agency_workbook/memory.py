"""What is known of a workbook that came back: what it was handed out with, and what it brought before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from desktop.base import Language, Message, RancangError
from desktop.base.canonical import Json
from desktop.exchange.agency_workbook.reading import Returned
from desktop.exchange.agency_workbook.slip import Base, unpack

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace import Workspace
    from desktop.workspace.handouts import Handout
    from desktop.workspace.plan import Plan


class ForeignWorkbook(RancangError):
    """A workbook of another document."""

    def __init__(self, file: str, name: str, *, whole: bool) -> None:
        message = Message("exchange.agency_book.foreign", file=file, agency=name or "?")
        super().__init__(Message("exchange.plan_book.foreign", file=file, plan=name) if whole else message)


class NothingToGoBy(RancangError):
    """A workbook that lost what it was handed out with, and nobody here remembers it."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.agency_book.nothing_to_go_by", file=file))


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of a hand-out."""

    handout: str
    agency: str
    name: str
    language: Language
    heads: tuple[str, ...]
    base: Base
    added: Mapping[str, tuple[str, Mapping[str, Json]]] = field(default_factory=dict)
    """Rows that came with it before: sheet and values, by the id they got."""
    seen: frozenset[str] = frozenset()
    """Fingerprints of the files that came back of it."""
    remembered: bool = True
    """Whether this copy handed it out; otherwise all of it is what the workbook says of itself."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A workspace as it stands: everything a workbook is held against, free to be read in any thread."""

    workspace: str
    plan: Plan
    pack: Pack
    handouts: Mapping[str, Handout]
    """The workbooks that this copy handed out, by their id."""
    change_sets: frozenset[str]


def standing(workspace: Workspace) -> Standing:
    """A workspace as it stands now."""
    from desktop.workspace.filled_elsewhere import change_sets
    from desktop.workspace.handing import given

    books = {each.id: each for each in given(workspace) if each.kind == "workbook"}
    return Standing(workspace.id, workspace.plan(), workspace.pack(), books, change_sets(workspace))


def recall(stands: Standing, returned: Returned) -> Memory:
    """What is known here of a workbook, else what it says itself. Raises ForeignWorkbook, NothingToGoBy."""
    slip = returned.slip
    if slip is not None and slip.workspace != stands.workspace:
        raise ForeignWorkbook(returned.file, slip.name, whole=not slip.agency)
    known = stands.handouts.get(returned.handout)
    own = slip.base if slip is not None else None
    if known is not None:
        base = unpack(str(known.facts.get("values") or ""), str(known.facts.get("sha256") or "")) or own
        if base is not None:
            language = slip.language if slip is not None else Language(stands.plan.source_language)
            name = str(known.facts.get("name") or (slip.name if slip is not None else ""))
            return Memory(
                known.id, known.agency, name, language, _heads(known), base,
                _added(known.facts), seen=frozenset(map(str, known.facts.get("seen") or ())),
            )  # fmt: skip
    if slip is None or own is None:
        raise NothingToGoBy(returned.file)
    return Memory(
        slip.handout, slip.agency, slip.name, slip.language, slip.heads, own, remembered=False
    )  # fmt: skip


def _heads(known: Handout) -> tuple[str, ...]:
    """What the workbook was made from; what is known to be elsewhere by now may be more."""
    said = known.facts.get("heads")
    return tuple(map(str, said)) if isinstance(said, list) else known.heads


def _added(facts: Mapping[str, Any]) -> dict[str, tuple[str, Mapping[str, Json]]]:
    found = facts.get("added")
    if not isinstance(found, dict):
        return {}
    return {
        str(key): (str(each[0]), dict(each[1]))
        for key, each in found.items()
        if isinstance(each, list) and len(each) == 2 and isinstance(each[1], dict)
    }


def note(workspace: Workspace, memory: Memory, returned: Returned, added: Mapping[str, Any]) -> None:
    """Remember that a workbook came back and which rows it brought, where this copy handed it out."""
    from desktop.workspace.filled_elsewhere import remembering
    from desktop.workspace.handing import given
    from desktop.workspace.handouts import update

    known = next((each for each in given(workspace) if each.id == memory.handout), None)
    if known is None:
        return
    facts = dict(known.facts)
    facts["seen"] = sorted({*map(str, facts.get("seen") or ()), returned.sha256})
    facts["added"] = {
        **{key: [sheet, dict(values)] for key, (sheet, values) in _added(known.facts).items()},
        **{key: [sheet, dict(values)] for key, (sheet, values) in added.items()},
    }
    with remembering(workspace) as journal:
        update(journal, known.id, heads=known.heads, facts=facts)
