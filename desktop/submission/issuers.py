"""What this computer knows of whoever issued a certificate: anybody can make one in an official's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop.base import Message
from desktop.submission.refusal import code_of
from desktop.submission.verdict import SignatureReport

_UNKNOWN = "signature.unknown"
WITHDRAWN = frozenset({"trust.path.revoked", "trust.path.revoked_unproven", "trust.path.key_stolen"})
"""Why no certificate of that holder counts, by its issuer's own word."""


class Known(StrEnum):
    """How far a signature is believed here."""

    BELIEVED = "believed"
    TEST = "test"
    """By a test identity's root."""
    WITHDRAWN = "withdrawn"
    NOT_BELIEVED = "not-believed"
    """Whoever issued the certificate is known, but something about it is wrong."""
    NOT_KNOWN = "not-known"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Issued:
    """What is known of the certificate of one signature, and why no more."""

    known: Known = Known.NOT_ASKED
    why: Message | None = None
    own_stamp: bool = False
    """As of a report: whether the signature shows anything in a box."""

    def said(self, issuer: str) -> Message:
        """Who issued it and what is known of that, for a sentence about the signer."""
        match self.known:
            case Known.BELIEVED:
                return Message("submission.issuer.believed", issuer=issuer)
            case Known.TEST:
                return Message("submission.issuer.test", issuer=issuer)
            case Known.WITHDRAWN:
                return Message("submission.issuer.withdrawn", issuer=issuer)
            case Known.NOT_BELIEVED:
                return Message("submission.issuer.not_believed", issuer=issuer)
            case Known.NOT_KNOWN:
                return Message("submission.issuer.not_known", issuer=issuer)
        return Message("submission.issuer.not_asked", issuer=issuer)

    def to_json(self) -> dict[str, Any]:
        """A JSON object that :meth:`from_json` reads back."""
        why = None if self.why is None else self.why.to_json()
        return {"known": self.known.value, "why": why, "own_stamp": self.own_stamp}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Issued:
        """Read what :meth:`to_json` wrote. Raises ValueError, TypeError, LookupError for anything else."""
        why = data["why"]
        told = None if why is None else Message.from_json(why)
        return cls(Known(data["known"]), told, own_stamp=data["own_stamp"] is True)


def issued(report: SignatureReport, doubt: Message | None) -> Issued:
    """Of a signature that was judged; ``doubt``: why it is not believed."""
    return Issued(_known(report, doubt), doubt, report.own_stamp)


def _known(report: SignatureReport, doubt: Message | None) -> Known:
    if doubt is None:
        return Known.TEST if report.test else Known.BELIEVED
    if code_of(doubt) == _UNKNOWN:
        return Known.NOT_KNOWN
    why = doubt.params.get("reason")
    withdrawn = isinstance(why, Message) and why.id in WITHDRAWN
    return Known.WITHDRAWN if withdrawn else Known.NOT_BELIEVED
