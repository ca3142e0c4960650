"""When a package was signed, and for which office each signature says to be.

An office is the package's word where it asks for the signature, and stands in quotation marks. Over the
package anybody can lay one of his own and write any office into it: that is told as the signer's own claim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from desktop.base import Message
from desktop.submission.quoting import MOST, bounded, quoted
from desktop.submission.verdict import UNASKED, SignatureReport


def signed_as(one: SignatureReport) -> Message | str:
    """The office, or what the signer claims; an empty text where nothing is said."""
    office = one.office or one.role
    if office and not one.asked and not one.file:
        return Message("submission.signer.claims", office=bounded(office))
    return quoted(office, MOST) if office else ""


class _Signer(Protocol):
    """A signature as a verdict has it, or a register."""

    @property
    def holder(self) -> str: ...
    @property
    def asked(self) -> bool: ...
    @property
    def test(self) -> bool: ...


def signer_marks(signer: _Signer) -> tuple[Message, ...]:
    """What keeps somebody from being a signer like all others: nobody had asked, or it is for practice."""
    marks = []
    if not signer.asked:
        marks.append(UNASKED)
    if signer.test:
        marks.append(Message("submission.anchor.test"))
    return tuple(marks)


def marked_holder(signer: _Signer) -> Message:
    """The name in the certificate, with that in brackets."""
    marks, name = signer_marks(signer), quoted(signer.holder)
    if not marks:
        return name
    if len(marks) == 1:
        return Message("submission.signer.marked", holder=name, mark=marks[0])
    return Message("submission.signer.marked_twice", holder=name, mark=marks[0], other=marks[1])


SHOWN_IN_BOX = Message("submission.signer.own_stamp")
"""What is said beside a signature that shows something in a box on a page."""
OWN_STAMPS = Message("submission.signer.own_stamps")
"""What is said once below a list of signatures with such: a fact, which changes no verdict."""


class _Shown(Protocol):
    @property
    def own_stamp(self) -> bool: ...


def stamps_told(signatures: Iterable[_Shown]) -> tuple[Message, ...]:
    """The sentence on what signatures show in their boxes, where any of them shows anything."""
    return (OWN_STAMPS,) if any(one.own_stamp for one in signatures) else ()


def signed_when(signatures: Iterable[SignatureReport], *, nobody_asked: bool = False) -> dt.datetime | None:
    """When the last of those who were asked had signed; None where no signature says a time.

    Anybody can add a signature over a package that was sent, under any role and of any day: beside one that
    was asked for it changes nothing. Where nobody who was asked has closed it, the first counts who did, for
    an office that the guideline knows if there is one. So in one place: a second one, by the number that each
    signs itself, makes nothing later and nothing earlier. Where ``nobody_asked`` for anybody, in a container
    of another program, which numbers as it likes, each certificate is a place of its own, whatever it claims.
    """
    found = list(signatures)
    closing = [one for one in found if not one.file]
    # beside somebody real whoever only trains says nothing, in whatever name
    closing = [one for one in closing if not one.test] or closing
    asked = [one for one in closing if one.asked]
    first_one = ([one for one in closing if one.office] or closing)[:1]
    heard = closing if nobody_asked else asked or first_one
    first: dict[tuple[str, str], dt.datetime] = {}
    for one in heard:
        moment, place = one.signed_at, ("", one.certificate if nobody_asked else one.role)
        if moment is not None:
            before = first.setdefault(place, moment)
            first[place] = min(before, moment) if nobody_asked else before
    around = [*first.values()] if asked else []
    for one in found:
        moment = one.signed_at
        if one.file and moment is not None:
            if one.claimed_at is None and one.stamped_at is None:
                # all that is proven is the stamp over what covers it, and it was there before that was signed
                moment = min([moment, *around])
            first.setdefault((one.file, one.role), moment)
    return max(first.values(), default=None)
