"""The boxes in which officials sign."""

from __future__ import annotations

import datetime as dt

from desktop.base import Message
from desktop.books.blocks.region import office_of
from desktop.books.composer import Composer
from desktop.books.document import Signatures, Signer
from desktop.guideline.meanings import item_saying
from desktop.guideline.pack import Block, Meaning
from desktop.guideline.signing import package_books, sheet_signers
from desktop.workspace import offices
from desktop.workspace.plan import Person


def signatures(to: Composer, block: Block) -> None:
    """One box for each role that the guideline wants to sign this book.

    ``ref`` names a form; what it says of place and date stands over the boxes, where it is filled in.
    """
    signers = tuple(signer_of(to, role) for role in dict.fromkeys(to.book.signers))
    if signers:
        to.add(Signatures(signers, _where_and_when(to, block.ref)))


def _where_and_when(to: Composer, form: str) -> str:
    try:
        day = to.words.date(dt.date.fromisoformat(said(to, form, "date")))
    except ValueError:
        day = ""
    found = ", ".join(part for part in (said(to, form, "place"), day) if part)
    return found or to.words.say(Message("books.signature.signed_by"))


def said(to: Composer, form: str, meaning: Meaning) -> str:
    """What a form says of it, as text; empty where it says nothing or does not ask."""
    item = item_saying(to.pack, form, meaning)
    if not item:
        return ""
    answer = to.plan.answer(item)
    return to.words.text(answer.text) or (answer.value if isinstance(answer.value, str) else "")


def holder(to: Composer, role: str) -> Person | None:
    """Who holds an office. In an agency's copy the first signer's is held at that agency."""
    own = to.whose is not None and to.book.signers[:1] == (role,)
    return offices.holder(to.plan, role, to.today, to.whose.id if own and to.whose is not None else "")


def signer_of(to: Composer, role: str) -> Signer:
    """The office and the person who signs in it; a statement's signer has room for a duty stamp."""
    known = to.guide.role(role)
    person = holder(to, role)
    office = to.words.local(known.label) if known else role
    stamped = to.book.kind == "statement"
    nobody = to.words.say(Message("books.signature.no_name"))
    instead = to.words.say(Message("books.signature.by_sheet")) if by_sheet(to, role) else ""
    if person is None and to.whose is not None and to.book.signers[:1] == (role,):
        office = to.words.say(Message("books.signature.agency_head", agency=to.agency(to.whose.id)))
        return Signer(role, office, to.whose.head or nobody, duty_stamp=stamped)
    if person is None:
        return Signer(role, office, nobody, duty_stamp=stamped, instead=instead)
    details = to.words.say(Message("books.signature.nip", nip=person.nip)) if person.nip else ""
    return Signer(role, office_of(to, person), person.name or nobody, details, stamped, instead)


def by_sheet(to: Composer, role: str) -> bool:
    """Whether a role approves this document with the approval sheet: only what goes into the package."""
    submitted = any(book.id == to.book.id for book in package_books(to.pack))
    return submitted and role in sheet_signers(to.pack)
