"""Whom the desk writes to: which regions are asked, and which package of each gets a receipt.

The list of a window tells the same before anything is written, so nothing here draws letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.submission.register.entry import Basis, Entry
from desktop.submission.register.heard import arrived, places_of, whose
from desktop.submission.register.reading import Told
from desktop.submission.register.replacing import has_newer_or_refused, replaced_by, was_signed_later
from desktop.submission.register.succession import foremost
from desktop.submission.register.waiting import is_ours, wrong_with
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
    """Whether a region has to be asked: nothing of it counts, or two things contradict each other.

    Where all there is to do is the desk's own, there is nothing to ask (:func:`left_to_desk`).
    """
    here = told_of(about)
    return bool(here) and _is_open(about) and (any(one.rivals for one in here) or bool(asked_of(here).about))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a letter asks, and how many of the things it is about need nothing more of the region."""

    about: tuple[tuple[Entry, tuple[Told, ...]], ...]
    """Each thing with what is missing or wrong; what the region itself lacks no other crowds out."""
    replaced: int
    """Things whose place the region's newest package takes: earlier ones of the same people."""
    ours: int
    """Things that the desk itself has to deal with."""


def asked_of(here: Sequence[Entry]) -> Asked:
    """What to ask a region for of what it sent: what is missing or wrong, and nothing that the desk has."""
    first = _foremost(here)
    replaced = replaced_by(first, here) if first is not None else frozenset()
    about, ours = [], 0
    for one in _in_order(here, first):
        if one.accepted or one.id in replaced:
            continue
        wrong = wrong_with(one)
        asked = tuple(each for each in wrong if not is_ours(one, each))
        if asked:
            about.append((one, asked))
        elif wrong:
            ours += 1
    return Asked(tuple(about), len(replaced), ours)


def _in_order(here: Sequence[Entry], first: Entry | None) -> list[Entry]:
    """What stands for the region, the newest thing, the newest of each person's and of each fault; then all.

    So nobody's many crowd out what one other lacks.
    """
    newest = sorted(here, key=lambda one: (arrived(one), one.signed_at), reverse=True)
    heads: dict[object, int] = {}
    for one in newest:
        codes = frozenset(each.code for each in one.reasons)
        if not one.accepted:
            heads.setdefault(whose(places_of(one)) if one.basis is Basis.SIGNED else codes, one.id)
    leading = {*heads.values()}
    return sorted(
        newest,
        key=lambda one: (
            one is not first, one is not newest[0], one.id not in leading, one.basis is not Basis.SIGNED,
        ),
    )  # fmt: skip


def _foremost(here: Sequence[Entry]) -> Entry | None:
    """The package of a region that stands for it: what counts, else the newest that somebody vouches for."""
    counting = next((one for one in here if one.current), None)
    genuine = [one for one in here if one.basis is Basis.SIGNED]
    return counting or (foremost(genuine) if genuine else None)


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
    """Beside what counts of how many regions something lies that may be the region's own, or its newest.

    Anybody can make what is refused, so it counts for nothing, and no region is asked; but the desk hears of
    it, and of all that came later and does not count: what is incomplete, cut off, an archive, a link.
    """
    return sum(
        has_newer_or_refused(one, told_of(about))
        or any(was_signed_later(each, one) for each in about if each.proven)
        for about in by_region(entries).values()
        for one in about
        if one.current
    )


def left_to_desk(entries: Iterable[Entry]) -> int:
    """Of how many regions of which nothing counts something is for the desk itself to deal with."""
    return sum(_is_open(about) and asked_of(told_of(about)).ours > 0 for about in by_region(entries).values())


def of_no_region(entries: Iterable[Entry]) -> int:
    """How much lies there that tells no known region: it is in no region's figures, and nobody is asked."""
    return sum(region_named(one.region) is None and not one.vanished for one in entries)


def receipt_of(about: Sequence[Entry]) -> Entry | None:
    """The package of a region that a receipt is given for: what counts, else a genuine incomplete one.

    Where the desk cannot check that for want of the very guideline that it asks for, the receipt waits.
    """
    first = _first_of(about)
    return None if first is None or first.awaited else first


def _first_of(about: Sequence[Entry]) -> Entry | None:
    counting = next((one for one in about if one.current), None)
    genuine = [one for one in about if one.genuine and not one.accepted]
    return counting or (foremost(genuine) if genuine else None)


def to_look_at(entries: Iterable[Entry]) -> int:
    """Of how many regions a person has to look at what counts, or gets a receipt now or later."""
    first = map(_first_of, by_region(entries).values())
    return sum(one is not None and one.to_look_at for one in first)
