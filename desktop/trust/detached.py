"""A signature beside a file (guideline packs, review files): CMS, so that any tool can check it."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from desktop.base import Message, RancangError
from desktop.trust.anchors import Anchors
from desktop.trust.certificate import holder
from desktop.trust.cms import BadCms, read_cms, write_cms
from desktop.trust.path import NoPath, find_path
from desktop.trust.revocation import CLOCK_DIFFERENCE
from desktop.trust.signer import Signer


class NotSignedByAnyoneKnown(RancangError):
    """A detached signature that does not hold, or whose owner nobody we believe vouches for."""

    exit_code = 1

    def __init__(self, reason: Message) -> None:
        super().__init__(Message("trust.detached.refused", reason=reason))


@dataclass(frozen=True, slots=True)
class Detached:
    """Who signed a file, and when they say they did."""

    holder: str
    claimed_at: dt.datetime | None
    test: bool


def sign_detached(data: bytes, signer: Signer, moment: dt.datetime) -> bytes:
    """The signature (DER) over ``data``; the data itself is not in it."""
    return write_cms(signer, hashlib.sha256(data).digest(), moment)


def verify_detached(data: bytes, signature: bytes, anchors: Anchors, now: dt.datetime) -> Detached:
    """Who signed ``data``; the path is judged at the claimed time. Raises :class:`NotSignedByAnyoneKnown`."""
    try:
        read = read_cms(signature, lambda name: hashlib.new(name, data).digest())
    except BadCms as error:
        raise NotSignedByAnyoneKnown(error.message) from error
    moment = read.claimed_at or now
    if moment > now + CLOCK_DIFFERENCE:
        raise NotSignedByAnyoneKnown(Message("trust.time.future", moment=moment))
    path = find_path(read.certificate, read.others, anchors, moment, now=now)
    if isinstance(path, NoPath):
        raise NotSignedByAnyoneKnown(path.message)
    return Detached(holder(read.certificate), read.claimed_at, path.test)
