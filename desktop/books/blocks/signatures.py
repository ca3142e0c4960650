"""The boxes in which officials sign."""

from __future__ import annotations

from desktop.base import Message
from desktop.books.blocks.region import office_of
from desktop.books.composer import Composer
from desktop.books.document import Signatures, Signer
from desktop.guideline.pack import Block


def signatures(to: Composer, _block: Block) -> None:
    """One box for each role that the guideline wants to sign this book."""
    signers = tuple(_signer(to, role) for role in dict.fromkeys(to.book.signers))
    if signers:
        to.add(Signatures(signers, to.words.say(Message("books.signature.signed_by"))))


def _signer(to: Composer, role: str) -> Signer:
    known = to.guide.role(role)
    person = next((person for person in to.plan.people if person.role == role), None)
    office = to.words.local(known.label) if known else role
    if person is None:
        return Signer(role, office, to.words.say(Message("books.signature.no_name")))
    details = to.words.say(Message("books.signature.nip", nip=person.nip)) if person.nip else ""
    name = person.name or to.words.say(Message("books.signature.no_name"))
    return Signer(role, office_of(to, person), name, details)
