"""Whom the desk writes to: which regions are asked, and which package of each gets a receipt.

The list of a window tells the same before anything is written, so nothing here draws letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.submission.register.entry import Entry
from desktop.submission.register.succession import foremost
from desktop.submission.verdict import VerdictKind
from desktop.workspace.regions import region_named


def by_region(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """What came in, by the code of its region; what no known region sent is left out."""
    found: dict[str, list[Entry]] = {}
    for one in entries:
        # what a refused package says its region is may be anything, and becomes the name of a file
        if region_named(one.region) is not None:
            found.setdefault(one.region, []).append(one)
    return {code: tuple(about) for code, about in found.items()}


def wants_letter(about: Sequence[Entry]) -> bool:
    """Whether a region has to be asked: nothing of it counts, or two things contradict each other."""
    return bool(told_of(about)) and _is_open(about)


def told_of(about: Iterable[Entry]) -> list[Entry]:
    """What a letter is about: what lies there and was read here; others may have written anything else."""
    return [one for one in about if not one.vanished and one.proven]


def untold_of(about: Sequence[Entry]) -> list[Entry]:
    """What lies there and no letter to a region that has to be asked tells of, as it was read elsewhere."""
    return [one for one in about if not one.vanished and not one.proven] if _is_open(about) else []


def _is_open(about: Sequence[Entry]) -> bool:
    # what counts may have gone from the folder; the region has handed it in all the same
    counting = next((one for one in about if one.current), None)
    return counting is None or bool(counting.rivals)


def refused_beside(entries: Iterable[Entry]) -> int:
    """Beside what counts of how many regions another package lies refused: that may be the region's own.

    Anybody can make what is refused, so it counts for nothing, and no region is asked; but the desk hears of
    it. What is the same package as the one that counts, or came before it, was sent anew since; so was what
    cannot be read at all.
    """
    return sum(
        _has_refused_beside(one, about)
        for about in by_region(entries).values()
        for one in about
        if one.current
    )


def _has_refused_beside(counting: Entry, about: Iterable[Entry]) -> bool:
    by_id = {one.id: one for one in about}
    known, before = set[str](), by_id.pop(counting.id, None)
    while before is not None:
        known.add(before.package)
        before = by_id.pop(before.follows, None)
    refused = (one for one in told_of(about) if one.result == VerdictKind.REFUSED.value)
    return any(one.package and one.package not in known for one in refused)


def of_no_region(entries: Iterable[Entry]) -> int:
    """How much lies there that tells no known region: it is in no region's figures, and nobody is asked."""
    return sum(region_named(one.region) is None and not one.vanished for one in entries)


def receipt_of(about: Sequence[Entry]) -> Entry | None:
    """The package of a region that a receipt is given for: what counts, else a genuine incomplete one."""
    counting = next((one for one in about if one.current), None)
    genuine = [one for one in about if one.genuine and not one.accepted]
    return counting or (foremost(genuine) if genuine else None)


def to_look_at(entries: Iterable[Entry]) -> int:
    """Of how many regions a person has to look at what counts, or gets a receipt."""
    given = map(receipt_of, by_region(entries).values())
    return sum(one is not None and one.to_look_at for one in given)
