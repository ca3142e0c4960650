"""What a verdict will note of a package once documents that came back lie in it, and who issued what.

The judge of verification itself is asked, of the package as it will be. So what a verdict notes is told where
a document comes back as well, and nobody puts it together a second time; but for what a person is asked about
there in other words, or will have said.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from desktop.base import Message, clock
from desktop.base.ids import new_id
from desktop.submission.before import LOOKING, Before, Found, Noted, ask_before
from desktop.submission.frame.container import OpenPackage
from desktop.submission.issuers import Issued
from desktop.submission.judging import WHOM
from desktop.submission.manifest import Expected, Grade, PackedFile, RoleField
from desktop.submission.mark import mark_of
from desktop.submission.pdf.fields import field_name
from desktop.submission.plainly import plain_message
from desktop.submission.quoting import as_said
from desktop.submission.refusal import Refused, code_of
from desktop.submission.returning.arrived import Arrived
from desktop.submission.returning.comparing import Looker
from desktop.submission.returning.returned import Comparison, Returned
from desktop.submission.returning.seen import seen_of, signed_line, within_box

_ASKED_ABOUT = {
    "note.outside_box": "returned.outside_box",
    "note.within_box": "returned.within_box",
    "note.pdf_unusual": "returned.unusual",
}
"""What a person is asked about in other words; the whole sentence stands there."""
_FOLLOWS = "unbelieved."
"""What comes of that somebody is not believed, which stands beside the signer."""
_BY_A_PERSON = "note.same_pages"
"""What a verdict tells by the word of whoever compares the pages, who has not said it yet."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One document that came back, as far as it is known what it is."""

    file: PackedFile
    pdf: Path
    """A copy of it that nobody else changes."""
    now: tuple[int, str]
    """Its bytes and their SHA-256."""
    comparison: Comparison
    roles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one document before it is put in."""

    notes: tuple[Message, ...] = ()
    issued: Mapping[str, Issued] = field(default_factory=dict)
    """By signature field."""
    refused: Message | None = None
    """Why every verification would refuse the package with it."""


def told_of(looker: Looker, source: OpenPackage, arrivals: Sequence[Arrival]) -> tuple[Told, ...]:
    """What is told of each, in their order. Raises Cancelled."""
    if not arrivals:
        return ()
    open_ = new_id()
    try:
        before = frozenset(map(repr, _ask(looker, source, (), open_).notes))
    except Refused:
        # that it cannot be used as it is is said where somebody works on it
        return tuple(Told() for _ in arrivals)
    found: dict[int, Told] = {}
    for batch in _batches(arrivals):
        found |= _told(looker, source, batch, before, open_)
    return tuple(found[place] for place in range(len(arrivals)))


_Batch = Sequence[tuple[int, Arrival]]


def _batches(arrivals: Sequence[Arrival]) -> Iterator[_Batch]:
    """Of several files for one document each is looked at; as many documents at once as can be."""
    left = list(enumerate(arrivals))
    while left:
        first = {one.file.path: (place, one) for place, one in reversed(left)}
        batch = sorted(first.values(), key=lambda pair: pair[0])
        yield batch
        left = [pair for pair in left if pair not in batch]


def _told(
    looker: Looker, source: OpenPackage, batch: _Batch, before: frozenset[str], open_: str
) -> dict[int, Told]:
    arrived = [one for _, one in batch]
    try:
        found = _ask(looker, source, arrived, open_)
    except Refused as error:
        if len(batch) == 1:
            return {batch[0][0]: Told(refused=as_said(plain_message(error.message)))}
        # one of them is to blame, and the others are as good as they were
        alone = (_told(looker, source, [pair], before, open_) for pair in batch)
        return {place: told for each in alone for place, told in each.items()}
    fresh = [one for one in found.notes if repr(one) not in before]
    paths = {one.file.path for one in arrived}

    def notes(one: Arrival) -> Iterator[Message]:
        # what is told of none of them may be of each
        own = (note for note in fresh if note.file == one.file.path or note.file not in paths)
        return (note.message for note in own if not _is_told_otherwise(note, one.comparison))

    return {place: Told(tuple(notes(one)), _issued(one, found, open_)) for place, one in batch}


def _is_told_otherwise(note: Noted, answer: Comparison) -> bool:
    """Whether it is told beside the signer, or a person is asked about it."""
    code = code_of(note.message)
    if code in WHOM or code == _BY_A_PERSON or code.startswith(_FOLLOWS):
        return True
    asked = [one for one in (answer.reason, *answer.more) if code_of(one) == _ASKED_ABOUT.get(code)]
    return any(note.what in str(one.params.get("what", "")) for one in asked)


def _issued(one: Arrival, found: Found, open_: str) -> Mapping[str, Issued]:
    roles = _roles(one, open_)
    return {each: found.issued.get((one.file.path, role), Issued()) for each, role in roles.items()}


def _roles(one: Arrival, open_: str) -> dict[str, str]:
    """Whose each signature will be: where nobody knows, the official's whose field it is, or nobody's."""
    prepared = {field_name(each.role): each.role for each in one.file.signers}
    return {each: role or prepared.get(each, f"{open_}-{each}") for each, role in one.roles.items()}


def _ask(looker: Looker, source: OpenPackage, arrivals: Sequence[Arrival], open_: str) -> Found:
    """What is found out of the package with these documents in it. Raises Refused, Cancelled."""
    arrived = tuple(Arrived(_line(one, open_), one.pdf) for one in arrivals)
    size = source.size + sum(one.now[0] for one in arrivals)
    mark, limits = mark_of(os.fstat(source.file.fileno())), LOOKING.of(size)
    path, now = source.path.absolute(), clock.now()
    look = Before(looker.believed, path, mark, now, limits, contents=False, arrived=arrived, open_=open_)
    return ask_before(looker, look)


def _line(one: Arrival, open_: str) -> PackedFile:
    """The document's line in the manifest as it will be."""
    roles = _roles(one, open_)
    fields = tuple(RoleField(role=role, field=each, how="elsewhere") for each, role in roles.items())
    grade: Grade = "same-bytes" if one.comparison.grade is Returned.SAME_BYTES else "same-pages"
    seen = seen_of(one.comparison, one.file)
    line = signed_line(one.file, one.now, fields, grade, within_box=within_box(one.comparison), seen=seen)
    nobody = tuple(Expected(role=role) for role in roles.values() if role.startswith(open_))
    return msgspec.structs.replace(line, signers=(*line.signers, *nobody))
