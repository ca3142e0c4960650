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
    from desktop.workspace import Workspace
    from desktop.workspace.handouts import Handout


class ForeignWorkbook(RancangError):
    """A workbook of another document."""

    def __init__(self, file: str, agency: str) -> None:
        super().__init__(Message("exchange.agency_book.foreign", file=file, agency=agency or "?"))


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
    here: bool = True
    """Whether this copy itself handed it out."""
    seen: frozenset[str] = frozenset()
    """Fingerprints of the files that came back of it."""


def recall(workspace: Workspace, returned: Returned) -> Memory:
    """What is known here of a workbook, else what it says itself. Raises ForeignWorkbook, NothingToGoBy."""
    slip = returned.slip
    if slip is not None and slip.workspace != workspace.id:
        raise ForeignWorkbook(returned.file, slip.name)
    known = handed_out(workspace, returned.handout)
    if known is not None:
        base = unpack(str(known.facts.get("values") or ""), str(known.facts.get("sha256") or ""))
        if base is not None or (slip is not None and slip.base is not None):
            language = slip.language if slip is not None else Language(workspace.source_language)
            name = str(known.facts.get("name") or (slip.name if slip is not None else ""))
            whole = base or (slip.base if slip is not None else None)
            if whole is not None:
                return Memory(
                    known.id, known.agency, name, language, _heads(known, slip.heads if slip else ()), whole,
                    _added(known.facts), here=True, seen=frozenset(map(str, known.facts.get("seen") or ())),
                )  # fmt: skip
    if slip is None or slip.base is None:
        raise NothingToGoBy(returned.file)
    return Memory(slip.handout, slip.agency, slip.name, slip.language, slip.heads, slip.base, here=False)


def handed_out(workspace: Workspace, handout: str) -> Handout | None:
    """The hand-out of a workbook, where this copy made it."""
    from desktop.workspace.filled_elsewhere import remembered

    return next(
        (each for each in remembered(workspace) if each.kind == "workbook" and each.id == handout), None
    )


def _heads(known: Handout, said: tuple[str, ...]) -> tuple[str, ...]:
    heads = known.facts.get("heads")
    return tuple(map(str, heads)) if isinstance(heads, list) else (known.heads or said)


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
    from desktop.workspace.handouts import update

    known = handed_out(workspace, memory.handout)
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
