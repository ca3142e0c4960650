"""Whose pack is it? The signature inside a pack file, judged: one of six answers with its reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.base.quoting import bounded

if TYPE_CHECKING:
    from cryptography import x509

    from desktop.guideline.loading import PackFile
    from desktop.trust.anchors import Anchors

CLOCK_DIFFERENCE = dt.timedelta(minutes=10)
"""How far two computers' clocks may be apart before a signature counts as made in the future."""


class Standing(StrEnum):
    """What the signature of a pack is worth, from best to worst; a broken one raises instead."""

    BUNDLED = "bundled"
    """It came with the program and is as trustworthy as that."""
    TRUSTED = "trusted"
    """Signed, and an authority we believe vouches for the signer."""
    SIGNED = "signed"
    """Signed; nobody has judged yet by whom, for that needs the cryptography library."""
    UNKNOWN = "unknown"
    """Signed, and unchanged since; but nobody we believe vouches for the signer."""
    TEST = "test"
    """Signed with a test identity, which proves nothing."""
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who issued a pack file, as far as its signature tells."""

    standing: Standing
    holder: str = ""
    organisation: str = ""
    signed_at: dt.datetime | None = None
    """When the signer says it was signed."""
    until: dt.datetime | None = None
    """Until when the signer's certificate is valid (UTC)."""
    ended: bool = False
    """Whether that time, or an issuer's, is over: then the moment of signing is the signer's word only."""
    doubt: Message | None = None
    """What whoever relies on it should know: an outdated revocation list, one that cannot be read."""

    @property
    def message(self) -> Message:
        """The sentence about it: who signed, until when, or that nobody did."""
        who = bounded(self.holder)
        if self.organisation and self.organisation != self.holder:
            who = f"{who} ({bounded(self.organisation)})"
        if self.until is None:
            return Message(f"guideline.standing.{self.standing.value}")
        return Message(f"guideline.standing.{self.standing.value}", who=who, until=self.until.date())

    @property
    def warning(self) -> Message | None:
        """What a person must be told before the pack is installed; None for what came with the program.

        An authority vouches for persons and their names. Whether a signer speaks for the issuer that a pack
        names, nobody here knows.
        """
        if self.standing is Standing.TRUSTED and self.ended:
            return Message("guideline.warning.ended", who=bounded(self.holder))
        if self.standing is Standing.TRUSTED and self.doubt is not None:
            return Message("guideline.warning.doubt", who=bounded(self.holder), reason=self.doubt)
        if self.standing is Standing.BUNDLED:
            return None
        return Message(f"guideline.warning.{self.standing.value}", who=bounded(self.holder))


BUNDLED = Provenance(Standing.BUNDLED)
UNSIGNED = Provenance(Standing.UNSIGNED)
UNJUDGED = Provenance(Standing.SIGNED)


class BrokenSignature(RancangError):
    """The signature does not fit the pack (something was changed), or its certificate forbids it."""

    exit_code = 1

    def __init__(self, reason: Message) -> None:
        super().__init__(Message("guideline.signature.broken", reason=reason))


def provenance(
    opened: PackFile, anchors: Anchors | None = None, now: dt.datetime | None = None
) -> Provenance:
    """What the signature of a pack file is worth; the path is judged at the time it claims.

    ``anchors`` are those of this computer unless given. Raises :class:`BrokenSignature`: for a signature
    that does not hold, one from the future, and one by a signer whom a known authority disowns (withdrawn,
    expired when signing, not meant for documents).
    """
    if opened.signature is None:
        return UNSIGNED
    from desktop.base import clock
    from desktop.trust import NoPath, find_path, load_anchors
    from desktop.trust.certificate import is_test, valid_at

    moment = now or clock.now()
    certificate, others, claimed = _read(opened)
    if claimed is not None and claimed > moment + CLOCK_DIFFERENCE:
        raise BrokenSignature(Message("trust.time.future", moment=claimed))
    anchors = anchors or load_anchors()
    path = find_path(certificate, others, anchors, claimed or moment, now=moment)
    if not isinstance(path, NoPath):
        ended = not all(valid_at(one, moment) for one in path.certificates)
        said = _said(Standing.TEST if path.test else Standing.TRUSTED, certificate, claimed, ended=ended)
        # a list that is outdated, or that cannot be read, may be the one that withdraws the signer
        return replace(said, doubt=next(iter((*path.notes, *anchors.problems)), None))
    if path.known:
        raise BrokenSignature(path.message)
    return _said(Standing.TEST if is_test(certificate) else Standing.UNKNOWN, certificate, claimed)


def _said(
    standing: Standing, certificate: x509.Certificate, claimed: dt.datetime | None, *, ended: bool = False
) -> Provenance:
    from desktop.trust.certificate import holder, organisation

    until = certificate.not_valid_after_utc
    return Provenance(standing, holder(certificate), organisation(certificate), claimed, until, ended)


def _read(
    opened: PackFile,
) -> tuple[x509.Certificate, tuple[x509.Certificate, ...], dt.datetime | None]:
    """Signer, other certificates and claimed time of a signature that fits. Raises BrokenSignature."""
    import hashlib

    from desktop.trust.cms import BadCms, read_cms

    try:
        read = read_cms(opened.signature or b"", lambda name: hashlib.new(name, opened.signed).digest())
    except BadCms as error:
        raise BrokenSignature(error.message) from error
    return read.certificate, read.others, read.claimed_at
