"""Evidence with fingerprints, and what was set aside with which reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.base.speech import file_size
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Photo, Row
from desktop.books.words import EMPTY, listed
from desktop.guideline.pack import Block
from desktop.workspace.emblem import is_emblem, shows_only_emblem
from desktop.workspace.plan import EvidenceFile, Place

_PICTURES = frozenset({"image/jpeg", "image/png"})
FINGERPRINT = 12
"""How many hexadecimal letters of a SHA-256 are printed: enough to compare by eye."""


def evidence(to: Composer, _block: Block) -> None:
    """Every evidence file: what it is, what it supports, its fingerprint."""
    say = to.words.say
    columns = (
        Column(say(Message("books.number")), "right", 0),
        Column(say(Message("books.evidence.file")), width=1.7),
        Column(say(Message("books.evidence.supports")), width=1.9),
        Column(say(Message("books.evidence.size")), "right", 0),
        Column("SHA-256", width=0),
    )
    rows = [_row(to, number, file) for number, file in enumerate(to.plan.evidence, 1)]
    if not rows:
        to.note(Message("books.evidence.none"))
        return
    to.table(say(Message("books.evidence.caption")), columns, rows, target="table/evidence")
    for number, file in enumerate(to.plan.evidence, 1):
        if file.present and file.media_type in _PICTURES and not shows_only_emblem(file):
            _photo(to, number, file)


def _photo(to: Composer, number: int, file: EvidenceFile) -> None:
    """A picture with its number in the list, what it shows, and when it was taken."""
    say = to.words.say
    caption = to.words.text(file.caption) or file.name
    short = say(Message("books.evidence.short", number=str(number)))
    day = _day(file.taken_on)
    taken = say(Message("books.evidence.taken", date=day)) if day is not None else ""
    to.figure(f"{caption} ({short})", Photo(file.sha256), description=taken)


def _day(stated: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(stated)
    except ValueError:
        return None


def _row(to: Composer, number: int, file: EvidenceFile) -> Row:
    caption = to.words.text(file.caption)
    name: Line = (Run(file.name or EMPTY),)
    if caption and caption != file.name:
        name = (Run(caption), Run("\n"), Run(file.name, italic=True), *to.words.foreign(file.caption))
    # by their words: the order in which they were claimed says nothing, and is not handed in
    supports = listed(in_order(_claim(to, claim) for claim in file.claims))
    return Row((
        (Run(str(number)),),
        name,
        (Run(supports),),
        (Run(file_size(file.size, to.words.language)),),
        (Run(file.sha256[:FINGERPRINT]),),
    ))  # fmt: skip


def in_order(names: Iterable[str]) -> list[str]:
    """Each name once, in an order that is the same in every process, also of names equal but for capitals."""
    return sorted(set(names), key=lambda each: (each.casefold(), each))


def _claim(to: Composer, claim: Place) -> str:
    if is_emblem(claim):
        return to.words.say(Message("books.evidence.emblem"))
    row = claim.row or claim.scope
    programme = next((p for p in to.plan.programmes if p.id in {row, claim.scope}), None)
    title = to.words.local(to.guide.title_of(claim.item)) if claim.item else ""
    if programme is not None:
        return ": ".join(filter(None, (to.programme_title(programme), title)))
    agency = to.plan.agency(row) if row else None
    return title or (to.agency(agency.id) if agency else "")


def set_aside(to: Composer, _block: Block) -> None:
    """Every finding that was set aside, with the reason and who gave it."""
    say = to.words.say
    entries = sorted(to.plan.set_aside.values(), key=lambda entry: entry.finding)
    if not entries:
        to.note(Message("books.set_aside.none"))
        return
    columns = (
        Column(say(Message("books.set_aside.finding")), width=1.8),
        Column(say(Message("books.set_aside.reason")), width=1.8),
        Column(say(Message("books.set_aside.author")), width=0.8),
    )
    rows = []
    for entry in entries:
        message = to.findings.get(entry.finding)
        finding = say(message) if message else entry.finding
        rows.append(Row(((Run(finding),), (Run(entry.reason or EMPTY),), (Run(entry.author or EMPTY),))))
    to.table(say(Message("books.set_aside.caption")), columns, rows, target="table/set_aside")
