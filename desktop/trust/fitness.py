"""Before signing: is this the right key, whose is it, and will others accept it? Signing checks nothing."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cryptography import x509

from desktop.base import Message, RancangError
from desktop.trust.anchors import Anchors
from desktop.trust.certificate import (
    MALFORMED,
    commits,
    holder,
    is_test,
    issuer,
    meant_for_documents,
    order_chain,
    self_issued,
    valid_at,
    weakness,
    well_formed,
)
from desktop.trust.path import NoPath, TrustPath, find_path
from desktop.trust.person import same_person
from desktop.trust.signer import Signer, fits

SOON = dt.timedelta(days=30)
"""A certificate that ends within this time is noted."""


class Grade(StrEnum):
    """How much a check's answer matters."""

    GOOD = "good"
    NOTE = "note"
    """Sign if you like, but know this."""
    CONFIRM = "confirm"
    """Only when somebody says that it is meant so."""
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


class OtherHolder(RancangError):
    """The certificate is not that of the person expected, and nobody said that this is meant so."""

    exit_code = 1

    def __init__(self, holder: str, person: str) -> None:
        super().__init__(Message("trust.examine.not_agreed", holder=holder, person=person))


def examine(signer: Signer, anchors: Anchors, now: dt.datetime, person: str = "") -> tuple[KeyCheck, ...]:
    """Every check before signing: name, key, validity, usage, strength, chain, path with revocation lists.

    ``person`` is the name of whoever is expected to sign; empty when nobody is named. Of a certificate that
    cannot be read nothing else is looked at.
    """
    if not _is_readable(signer.certificate):
        told = Message("trust.path.malformed", holder=holder(signer.certificate))
        return (KeyCheck("form", Grade.STOP, told),)
    checks = [_key(signer), _validity(signer, now), _usage(signer), _strength(signer)]
    if person:
        checks.insert(0, _name(signer, person))
    checks += _path(signer, anchors, now)
    return tuple(checks)


def require_fit(
    signer: Signer, anchors: Anchors, now: dt.datetime, person: str = "", *, other_holder: bool = False
) -> tuple[KeyCheck, ...]:
    """As :func:`examine`; raises :class:`KeyUnfit` when a check says stop.

    Somebody else's certificate raises :class:`OtherHolder` unless ``other_holder`` says that it is meant so.
    """
    checks = examine(signer, anchors, now, person)
    for check in checks:
        if check.grade is Grade.STOP:
            raise KeyUnfit(check.message)
    if not other_holder and any(check.grade is Grade.CONFIRM for check in checks):
        raise OtherHolder(holder(signer.certificate), person)
    return checks


def _is_readable(certificate: x509.Certificate) -> bool:
    """Whether what is asked of it further down can be answered; somebody may have bent it."""
    try:
        certificate.extensions  # noqa: B018 - read on being asked for
        certificate.public_key()
        commits(certificate)
        meant_for_documents(certificate)
        is_test(certificate)
    except MALFORMED:
        return False
    return well_formed(certificate)


def _name(signer: Signer, person: str) -> KeyCheck:
    name = holder(signer.certificate)
    if same_person(person, name):
        return KeyCheck("name", Grade.GOOD, Message("trust.examine.name", holder=name))
    return KeyCheck("name", Grade.CONFIRM, Message("trust.examine.other_name", holder=name, person=person))


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


def _path(signer: Signer, anchors: Anchors, now: dt.datetime) -> Iterator[KeyCheck]:
    """Whether it leads to somebody we believe, whether it was revoked, and whether the chain goes along."""
    leaf = signer.certificate
    path = find_path(leaf, signer.chain, anchors, now)
    if isinstance(path, NoPath) and path.known:
        yield KeyCheck("path", Grade.STOP, path.message)
    elif is_test(leaf) or (isinstance(path, TrustPath) and path.test):
        yield KeyCheck("path", Grade.NOTE, Message("trust.examine.test"))
    elif isinstance(path, NoPath):
        # The receiver may know an issuer that this computer does not, so this stops nobody.
        yield KeyCheck("path", Grade.NOTE, Message("trust.examine.uncertified", issuer=issuer(leaf)))
    else:
        yield KeyCheck("path", Grade.GOOD, Message("trust.examine.certified", issuer=issuer(leaf)))
    if isinstance(path, TrustPath):
        for note in path.notes:
            yield KeyCheck("revocation", Grade.NOTE, note)
    for problem in anchors.problems:
        # a kept list that cannot be read may be the one that withdraws the key
        yield KeyCheck("revocation", Grade.NOTE, problem)
    yield _chain(signer, path)


def _chain(signer: Signer, path: TrustPath | NoPath) -> KeyCheck:
    """Receivers know roots; whatever lies between has to come along with the signature."""
    top = (signer.certificate, *order_chain(signer.certificate, signer.chain))[-1]
    if isinstance(path, TrustPath) or self_issued(top):
        return KeyCheck("chain", Grade.GOOD, Message("trust.examine.chain"))
    return KeyCheck("chain", Grade.NOTE, Message("trust.examine.chain_ends", issuer=issuer(top)))
