"""What is proven of a signature beyond its own words: when it existed, and what was revoked by then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from cryptography import x509

from desktop.base import Message
from desktop.base.plain import within_quotes
from desktop.submission.refusal import Refused
from desktop.trust.anchors import Anchors
from desktop.trust.certificate import der, fingerprint, grouped, holder, is_test, issuer, limits_of, valid_at
from desktop.trust.cms import BadCms
from desktop.trust.path import NoPath, find_path
from desktop.trust.revocation import CLOCK_DIFFERENCE
from desktop.trust.timestamps import OtherImprint, Timestamp, read_timestamp

Level: TypeAlias = Literal["t", "lt"]
"""How much is added: a timestamp, or also answers about revocation (the levels B-T and B-LT)."""

LATE = dt.timedelta(days=1)
"""How long after the claimed time a timestamp may come before people are told."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is attached to a signature: timestamps that hold over it, and what helps to believe."""

    stamps: tuple[Timestamp, ...] = ()
    certificates: tuple[x509.Certificate, ...] = ()
    answers: tuple[bytes, ...] = ()
    """OCSP responses."""
    lists: tuple[bytes, ...] = ()
    """Revocation lists."""

    def __bool__(self) -> bool:
        return bool(self.stamps or self.certificates or self.answers or self.lists)


NOTHING = Evidence()


@dataclass(frozen=True, slots=True)
class Proof:
    """A time at which the signature existed, by the word of an authority we believe."""

    moment: dt.datetime
    authority: str
    test: bool


def sound_stamp(token: bytes, digest_of: Callable[[str], bytes], name: str) -> Timestamp:
    """A timestamp that holds over the content; ``name`` is the file it is in. Raises :class:`Refused`."""
    try:
        return read_timestamp(token, digest_of)
    except OtherImprint as error:
        raise Refused(Message("submission.timestamp.imprint", name=name)) from error
    except BadCms as error:
        raise Refused(Message("submission.timestamp.bad", name=name, reason=error.message)) from error


@dataclass(frozen=True, slots=True)
class Proven:
    """The earliest proof, if there is one, and what had to be used for it."""

    proof: Proof | None
    used: frozenset[bytes]
    """Certificates (DER) in the paths of the authorities."""
    notes: tuple[Message, ...]
    proofs: tuple[Proof, ...] = ()
    """All of them."""
    turns: tuple[dt.datetime, ...] = ()
    """When any of it may be told otherwise."""


def prove(evidence: Evidence, anchors: Anchors, now: dt.datetime) -> Proven:
    """Judge the timestamps. Raises :class:`Refused` (codes ``timestamp.*``) for one that cannot be right.

    Whoever carries a file can lay one into it, or take it out, and what leads to the clock's root as well. So
    one that nobody is believed for is worth what none is, whatever is wrong with its clock or with the way.
    """
    proofs: list[Proof] = []
    used: set[bytes] = set()
    notes: list[Message] = []
    turns: list[dt.datetime] = []
    for stamp in evidence.stamps:
        authority = within_quotes(holder(stamp.certificate))
        others = (*stamp.others, *evidence.certificates)
        # An authority that was given up later did its work until then; one whose key was stolen never did
        # (RFC 3161, 4).
        path = find_path(
            stamp.certificate, others, anchors, stamp.moment, now=now, proven=stamp.moment, timestamping=True
        )
        if isinstance(path, NoPath):
            notes.append(_proves_nothing(stamp, path, authority))
            used |= {der(one) for one in stamp.others}
            continue
        test = path.test or is_test(stamp.certificate)
        if stamp.moment > now + CLOCK_DIFFERENCE and test:
            # anybody can have asked a clock for training: that proves nothing, and speaks against nobody
            notes.append(Message("submission.note.test_clock", authority=authority))
            used |= {der(one) for one in stamp.others}
            turns.append(stamp.moment - CLOCK_DIFFERENCE)
            continue
        if stamp.moment > now + CLOCK_DIFFERENCE:
            raise Refused(Message("submission.timestamp.future", authority=authority, moment=stamp.moment))
        used |= {der(one) for one in path.certificates}
        notes += path.notes
        turns += limits_of(path.certificates)
        if path.anchor.passing and not path.test:
            shown = grouped(fingerprint(path.anchor.certificate))
            told = {
                "authority": authority,
                "root": within_quotes(holder(path.anchor.certificate)),
                "sha256": shown,
            }
            notes.append(Message("submission.note.passing_clock", **told))
        if not all(valid_at(one, now) for one in path.certificates):
            # Whoever has its key by now can make a stamp of any moment while it was valid; nobody would list
            # an ended certificate any more.
            notes.append(
                Message(
                    "submission.note.clock_expired_since",
                    authority=authority, moment=stamp.moment,
                )
            )  # fmt: skip
        proofs.append(Proof(stamp.moment, authority, test))
    return Proven(earliest(proofs), frozenset(used), tuple(notes), tuple(proofs), tuple(turns))


def _proves_nothing(stamp: Timestamp, path: NoPath, authority: str) -> Message:
    """Why nobody is believed for it."""
    if path.message.id == "trust.path.unknown":
        by = within_quotes(issuer(stamp.certificate))
        return Message("submission.note.timestamp_unknown", authority=authority, issuer=by)
    # what the certificate itself shows is told the same wherever it is read
    return Message("submission.note.timestamp_void", authority=authority, reason=path.message)


def earliest(proofs: Iterable[Proof]) -> Proof | None:
    """The earliest proof; one of a test authority only where there is no other."""
    return min(proofs, key=lambda one: (one.test, one.moment), default=None)
