"""Whether to believe a sound signature: its time, its certificate's path, and what has to be noted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from cryptography import x509

from desktop.base import Message
from desktop.submission.refusal import Refused
from desktop.submission.verdict import FileReport, PackageInfo, Reason, SignatureReport, Weight
from desktop.trust.anchors import Anchors
from desktop.trust.certificate import fingerprint, holder, issuer, organisation, plainly_named, valid_at
from desktop.trust.path import NoPath, TrustPath, find_path

CLOCK_DIFFERENCE = dt.timedelta(minutes=10)
"""How far two computers' clocks may be apart before a signature counts as made in the future."""


@dataclass(slots=True)
class Judge:
    """Collects the reasons and reports of one package; a refusal is raised."""

    anchors: Anchors
    now: dt.datetime
    reasons: list[Reason] = field(default_factory=list)
    reports: list[SignatureReport] = field(default_factory=list)
    files: list[FileReport] = field(default_factory=list)
    package: PackageInfo | None = None
    signed: bool = False
    """Whether the container itself is signed."""

    def note(self, message: Message) -> None:
        """Something the reader should know; said once."""
        self._add(Reason(Weight.NOTE, message))

    def missing(self, message: Message) -> None:
        """Something the guideline asks for."""
        self._add(Reason(Weight.MISSING, message))

    def _add(self, reason: Reason) -> None:
        if reason not in self.reasons:
            self.reasons.append(reason)

    def believe(
        self,
        certificate: x509.Certificate,
        others: tuple[x509.Certificate, ...],
        claimed_at: dt.datetime | None,
        *,
        file: str,
        role: str,
        timestamped: bool,
        office: str = "",
    ) -> TrustPath:
        """Accept the signature with its notes and return its path, or raise :class:`Refused`."""
        name = holder(certificate)
        if not plainly_named(certificate):
            raise Refused(Message("submission.signature.name", holder=ascii(name)[1:-1][:200]))
        moment = claimed_at or self.now
        if moment > self.now + CLOCK_DIFFERENCE:
            raise Refused(Message("submission.signature.future", holder=name, moment=moment))
        path = find_path(certificate, others, self.anchors, moment, now=self.now)
        if isinstance(path, NoPath):
            if path.known:
                raise Refused(Message("submission.signature.untrusted", holder=name, reason=path.message))
            raise Refused(Message("submission.signature.unknown", holder=name, reason=path.message))
        for note in path.notes:
            self.note(note)
        if path.test:
            self.note(Message("submission.note.test", holder=name))
        if not all(valid_at(one, self.now) for one in path.certificates):
            self.note(Message("submission.note.expired_since", holder=name, moment=moment))
        if claimed_at is None:
            self.note(Message("submission.note.no_time", holder=name))
        self.reports.append(
            SignatureReport(
                file,
                role,
                name,
                organisation(certificate),
                issuer(certificate),
                fingerprint(certificate),
                claimed_at,
                path.test,
                path.anchor.kind.value,
                timestamped,
                office,
                certificate.not_valid_before_utc,
                certificate.not_valid_after_utc,
            )
        )
        return path
