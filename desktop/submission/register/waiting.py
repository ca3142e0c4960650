"""What waits for the desk: what it has to deal with itself, and the loose files beside that.

A region that sent a package which this computer cannot read yet, or in an archive, is not asked to prepare,
seal and sign one because a covering letter came with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.submission.register.reading import Told
from desktop.submission.register.running_out import LIMITS
from desktop.submission.register.unknown_issuers import is_for_the_desk
from desktop.submission.verdict import Weight
from desktop.workspace.regions import region_named

if TYPE_CHECKING:
    from desktop.submission.register.entry import Entry

_OURS = frozenset(
    {
        *("unsigned.package", "unsigned.packed", "unsigned.unreadable"),
        *("manifest.newer", "missing.data_newer", "note.guideline_unknown", "register.not_yet"),
    }
)
"""Reasons that are the desk's own to deal with: it has the thing, and needs a newer program or a guideline,
has to take it out of an archive, or could not read it. No region is asked for any of it."""
TOO_LARGE = "submission.register.too_large"
"""Why a file was not read, where that is the file's own fault."""
ASK = "unsigned.ask"
"""The code that reminds the desk of asking a region; no letter has it."""
_LOOSE = "unsigned."
WAITS = "register.waits"
_WAITS = Told(Weight.NOTE.value, WAITS, Message("submission.register.waits"))
_WEIGHTS = frozenset({Weight.MISSING.value, Weight.REFUSAL.value})


def wrong_with(one: Entry) -> list[Told]:
    """What is missing or wrong, without what is only noted."""
    return [each for each in one.reasons if each.weight in _WEIGHTS and each.code != ASK]


def is_ours(one: Entry, told: Told) -> bool:
    """Whether it is the desk's to deal with this first; of what lies in one folder with such all is."""
    if told.code.startswith(_LOOSE) and (own_of(one) or any(each.code == WAITS for each in one.reasons)):
        return True
    return _is_own(one, told)


def own_of(one: Entry) -> Told | None:
    """The first reason of what is no package by which the desk has to deal with it itself."""
    loose = (each for each in one.reasons if each.code.startswith(_LOOSE))
    return next((each for each in loose if _is_own(one, each)), None)


def with_waiting(found: Iterable[Entry]) -> Iterator[Entry]:
    """The same entries; of loose files it is noted that what they lie beside waits for the desk."""
    found = tuple(_without(one, WAITS) for one in found)
    here = (one for one in found if not one.vanished and one.proven and region_named(one.region) is not None)
    waiting = frozenset(each for one in here if _waits(one) for each in _places(one))
    for one in found:
        if own_of(one):
            yield _without(one, ASK)
        elif any(each.code.startswith(_LOOSE) for each in one.reasons) and not waiting.isdisjoint(
            _places(one)
        ):
            yield replace(one, reasons=(*_without(one, ASK).reasons, _WAITS))
        else:
            yield one


def _places(one: Entry) -> frozenset[tuple[str, str]]:
    """Where it lies, of which region: a folder that was handed in stands for all that lies in it."""
    lies = (place for path in (one.path, *one.copies) for place in (path, str(Path(path).parent)))
    return frozenset((one.region, place) for place in lies)


def _without(one: Entry, code: str) -> Entry:
    return replace(one, reasons=tuple(each for each in one.reasons if each.code != code))


def _waits(one: Entry) -> bool:
    """Whether all that is wrong with it is the desk's own affair."""
    wrong = wrong_with(one)
    return bool(wrong) and not one.accepted and all(is_ours(one, each) for each in wrong)


def _is_own(one: Entry, told: Told) -> bool:
    if told.message.id in LIMITS:
        # until it was read with more of both
        return one.ran_out
    return (told.code in _OURS and told.message.id != TOO_LARGE) or is_for_the_desk(one, told)
