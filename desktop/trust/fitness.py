"""Before signing: is this the right key, and will others accept it? Signing itself checks nothing."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from enum import StrEnum

from desktop.base import Message, RancangError
from desktop.trust.anchors import Anchors
from desktop.trust.certificate import (
    commits,
    holder,
    is_test,
    issuer,
    meant_for_documents,
    valid_at,
    weakness,
)
from desktop.trust.path import NoPath, find_path
from desktop.trust.signer import Signer, fits

SOON = dt.timedelta(days=30)


class Grade(StrEnum):
    """How much a check's answer matters."""

    GOOD = "good"
    NOTE = "note"
    """Sign if you like, but know this."""
    STOP = "stop"
    """A signature with this key would be refused everywhere."""


@dataclass(frozen=True, slots=True)
class KeyCheck:
    """One thing that was looked at before signing."""

    code: str
    grade: Grade
    message: Message


class KeyUnfit(RancangError):
    """The key must not be used; carries the first reason."""

    def __init__(self, reason: Message) -> None:
        super().__init__(Message("trust.examine.unfit", reason=reason))


def examine(signer: Signer, anchors: Anchors, now: dt.datetime) -> tuple[KeyCheck, ...]:
    """Every check before signing: key, validity, usage, purpose, strength, path, test identity."""
    return (
        _key(signer),
        _validity(signer, now),
        _usage(signer),
        _strength(signer),
        _path(signer, anchors, now),
    )


def require_fit(signer: Signer, anchors: Anchors, now: dt.datetime) -> tuple[KeyCheck, ...]:
    """As :func:`examine`; raises :class:`KeyUnfit` when a check says stop."""
    checks = examine(signer, anchors, now)
    for check in checks:
        if check.grade is Grade.STOP:
            raise KeyUnfit(check.message)
    return checks


def _key(signer: Signer) -> KeyCheck:
    probe = secrets.token_bytes(32)
    if fits(signer.certificate.public_key(), signer.sign(probe), probe):
        return KeyCheck("key", Grade.GOOD, Message("trust.examine.key_fits"))
    return KeyCheck(
        "key", Grade.STOP, Message("trust.examine.key_differs", holder=holder(signer.certificate))
    )


def _validity(signer: Signer, now: dt.datetime) -> KeyCheck:
    certificate = signer.certificate
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if valid_at(certificate, now):
        if end - now < SOON:
            return KeyCheck("validity", Grade.NOTE, Message("trust.examine.expires_soon", end=end))
        return KeyCheck("validity", Grade.GOOD, Message("trust.examine.valid_until", end=end))
    if now > end:
        return KeyCheck("validity", Grade.STOP, Message("trust.examine.expired", end=end))
    return KeyCheck("validity", Grade.STOP, Message("trust.examine.not_yet", start=start))


def _usage(signer: Signer) -> KeyCheck:
    if not commits(signer.certificate):
        return KeyCheck("usage", Grade.STOP, Message("trust.examine.usage"))
    if not meant_for_documents(signer.certificate):
        return KeyCheck("usage", Grade.STOP, Message("trust.examine.purpose"))
    return KeyCheck("usage", Grade.GOOD, Message("trust.examine.usage_good"))


def _strength(signer: Signer) -> KeyCheck:
    weak = weakness(signer.certificate.public_key())
    if weak is not None:
        return KeyCheck("strength", Grade.STOP, weak)
    return KeyCheck("strength", Grade.GOOD, Message("trust.examine.strong"))


def _path(signer: Signer, anchors: Anchors, now: dt.datetime) -> KeyCheck:
    if is_test(signer.certificate):
        return KeyCheck("path", Grade.NOTE, Message("trust.examine.test"))
    path = find_path(signer.certificate, signer.chain, anchors, now)
    if isinstance(path, NoPath):
        # The receiver may know an issuer that this computer does not, so this stops nobody.
        return KeyCheck(
            "path", Grade.NOTE, Message("trust.examine.uncertified", issuer=issuer(signer.certificate))
        )
    if path.test:
        return KeyCheck("path", Grade.NOTE, Message("trust.examine.test"))
    return KeyCheck("path", Grade.GOOD, Message("trust.examine.certified", issuer=issuer(signer.certificate)))
