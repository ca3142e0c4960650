"""Who speaks in a letter: the identity of each signer, and in a memorandum the two parties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.base.speech import weekday
from desktop.books.blocks.signatures import holder, said, signer_of
from desktop.books.composer import Composer
from desktop.books.document import Line
from desktop.guideline.pack import Block, Meaning, Role

BLANK = "……………………"
"""Stands where something is still to be filled in by hand."""
ADDRESS: dict[str, Meaning] = {"region": "address_region", "ministry": "address_ministry"}
NAME: dict[str, Meaning] = {"region": "name_region", "ministry": "name_ministry"}


def parties(to: Composer, block: Block) -> None:
    """The opening of a letter: when and where, then each signer with name, office, number and address.

    ``ref`` names a form: what its questions ``say`` of date and place, of the number, address and name of
    each party is used where they ask it (party: ``region`` or ``ministry``).
    """
    memorandum = to.book.kind == "memorandum"
    if memorandum:
        _numbers(to, block.ref)
    _opening(to, block.ref, memorandum=memorandum)
    for place, party in enumerate(_parties(to), 1):
        if memorandum:
            to.minor(to.words.say(Message("books.party.ordinal", number=str(place))))
        for role in party:
            to.facts(_facts(to, role, block.ref))
        if memorandum:
            to.paragraph(Run(to.words.say(_on_behalf(to, party[0], block.ref, place))))
    if memorandum:
        to.paragraph(Run(to.words.say(Message("books.party.agree"))))
    elif to.book.kind == "statement":
        to.paragraph(Run(to.words.say(Message("books.party.states"))))


def _parties(to: Composer) -> list[tuple[Role, ...]]:
    """The signers' roles, the region's first; a letter of one party is its first signer's."""
    roles = [role for role in map(to.guide.role, dict.fromkeys(to.book.signers)) if role is not None]
    if to.book.kind != "memorandum":
        return [(roles[0],)] if roles else []
    found = [tuple(role for role in roles if role.party == party) for party in ("region", "ministry")]
    return [party for party in found if party]


def _numbers(to: Composer, form: str) -> None:
    say = to.words.say
    for party, message in (
        ("region", Message("books.party.number_region", number=said(to, form, "number_region") or BLANK)),
        (
            "ministry",
            Message("books.party.number_ministry", number=said(to, form, "number_ministry") or BLANK),
        ),
    ):
        if party == "region" or any(role.party == party for role in to.pack.roles):
            to.paragraph(Run(say(message)))


def _opening(to: Composer, form: str, *, memorandum: bool) -> None:
    if not memorandum:
        to.paragraph(Run(to.words.say(Message("books.party.signed_below"))))
        return
    place = said(to, form, "place") or BLANK
    try:
        day = dt.date.fromisoformat(said(to, form, "date"))
    except ValueError:
        to.paragraph(Run(to.words.say(Message("books.party.some_day", day=BLANK, place=place))))
        return
    name = weekday(day, to.words.language)
    to.paragraph(Run(to.words.say(Message("books.party.on_day", weekday=name, day=day, place=place))))


def _facts(to: Composer, role: Role, form: str) -> Iterator[tuple[str, Line]]:
    say, signer, person = to.words.say, signer_of(to, role.id), holder(to, role.id)
    named = (person is not None and person.name) or (to.whose is not None and to.whose.head)
    yield say(Message("books.people.name")), (Run(signer.name if named else BLANK),)
    yield say(Message("books.people.office")), (Run(signer.office),)
    if person is not None and person.nip:
        yield say(Message("books.people.nip")), (Run(person.nip),)
    if to.whose is not None:
        yield say(Message("books.people.agency")), (Run(to.agency(to.whose.id)),)
    address = said(to, form, ADDRESS[role.party])
    if address or to.book.kind == "memorandum":
        yield say(Message("books.party.address")), (Run(address or BLANK),)


def _on_behalf(to: Composer, role: Role, form: str, place: int) -> Message:
    name = said(to, form, NAME[role.party])
    if not name and role.party == "region":
        name = to.words.say(Message("books.letterhead.government", region=to.plan.region.name))
    if place == 1:
        return Message("books.party.first", whom=name or BLANK)
    return Message("books.party.second", whom=name or BLANK)
