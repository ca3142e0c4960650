"""Whether to believe a sound signature: its time, its certificate's path, and what has to be noted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from cryptography import x509

from desktop.base import Message
from desktop.submission.proving import LATE, NOTHING, Evidence, Proof, Proven, earliest, prove
from desktop.submission.refusal import Refused
from desktop.submission.verdict import FileReport, PackageInfo, Reason, SignatureReport, Weight
from desktop.trust.anchors import Anchors
from desktop.trust.answers import ChainStatus, ReadLists, chain_status
from desktop.trust.certificate import (
    der,
    fingerprint,
    grouped,
    holder,
    issuer,
    limits_of,
    organisation,
    plainly_named,
    valid_at,
)
from desktop.trust.path import BEST, UNSAID, NoPath, TrustPath, find_lent_path
from desktop.trust.revocation import CLOCK_DIFFERENCE, Asked

MOST_OF_A_CODE = {Weight.NOTE: 20, Weight.MISSING: 1_000}
"""A manifest can ask for a million signatures, a signature claim a thousand offices; nobody reads on.

Each code has a bound of its own, so that nobody can crowd out what else there is to say."""
ONCE_A_DAY = dt.timedelta(days=1)
"""How long an answer holds at most that hangs on what day it is."""
WHOM = frozenset({"signature.unknown", "signature.untrusted"})
"""Refusals that hang on whom this computer believes, and on nothing else."""
CLOCK = frozenset({"signature.future", "timestamp.future"})
"""Refusals that hang on this computer's clock: where it goes right they may be none."""

_TO_COME = frozenset({"trust.revocation.future", "trust.crl.future"})
"""What is said of answers and lists that are made later than now."""


Clocks: TypeAlias = frozenset[tuple[dt.datetime, bool]]


@dataclass(frozen=True, slots=True)
class Belief:
    """Why a signature is believed, and what of all that came with it was needed for that."""

    path: TrustPath | None
    """None where that is left open (:class:`Undecided`)."""
    proof: Proof | None
    """Its own timestamp's word."""
    used: frozenset[bytes]
    """Certificates (DER), answers and lists."""
    problems: tuple[Message, ...]
    """Why attached answers and lists were not believed."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """On what one signature is believed."""

    path: TrustPath
    stamped: Proven
    proof: Proof | None
    """The time that helps, its own or that of what lies above it."""
    status: ChainStatus


@dataclass(slots=True)
class Judge:
    """Collects the reasons and reports of one package; a refusal is raised."""

    anchors: Anchors
    now: dt.datetime
    reasons: list[Reason] = field(default_factory=list)
    reports: list[SignatureReport] = field(default_factory=list)
    clocks: dict[int, Clocks] = field(default_factory=dict)
    """Of reports by their place all times of clocks over a signature that are believed: its own, and those of
    its document that came after it; and whether such a clock is for training."""
    files: list[FileReport] = field(default_factory=list)
    package: PackageInfo | None = None
    signed: bool = False
    """Whether the container itself is signed."""
    coming: tuple[str, bool] = ("", False)
    """For which role somebody is about to sign, and whether it is the package itself; empty if not known."""
    ahead: ClassVar[bool] = False
    """Whether somebody is about to sign the package."""
    doubts: dict[tuple[str, str], Message] = field(default_factory=dict)
    """By file and role why somebody is not believed, where that is left open."""
    until: dt.datetime | None = None
    """The first moment to come at which the answer may be another; None where none is known."""
    _lists: ReadLists = field(default_factory=ReadLists)
    """Those that came with the signature before."""
    _told: set[str] = field(default_factory=set)
    _counts: dict[str, int] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)
    """Where among the reasons it stands how many more of a code there are."""

    def __post_init__(self) -> None:
        # Whoever relies on a verdict has to know of each kept file that was not asked: it may have been the
        # list that withdraws the signer.
        for problem in self.anchors.problems:
            self.note(Message("submission.note.trust_unread", reason=problem))

    def note(self, message: Message) -> None:
        """Something the reader should know; said once."""
        self._add(Reason(Weight.NOTE, message))

    def missing(self, message: Message) -> None:
        """Something the guideline asks for."""
        self._add(Reason(Weight.MISSING, message))

    def turns(self, *moments: dt.datetime) -> None:
        """At one of these something that was asked may be answered otherwise."""
        known = () if self.until is None else (self.until,)
        self.until = min((one for one in (*known, *moments) if one >= self.now), default=None)

    def _add(self, reason: Reason) -> None:
        told = repr(reason)
        if told in self._told:
            return
        self._told.add(told)
        count = self._counts[reason.code] = self._counts.get(reason.code, 0) + 1
        most = MOST_OF_A_CODE[reason.weight]
        if count <= most:
            self.reasons.append(reason)
            return
        more = Reason(reason.weight, _more(reason, count - most))
        if count == most + 1:
            self._places[reason.code] = len(self.reasons)
            self.reasons.append(more)
        else:
            self.reasons[self._places[reason.code]] = more

    def believe(
        self,
        certificate: x509.Certificate,
        others: tuple[x509.Certificate, ...],
        claimed_at: dt.datetime | None,
        *,
        file: str,
        role: str,
        office: str = "",
        evidence: Evidence = NOTHING,
        above: Proof | None = None,
    ) -> Belief:
        """Accept the signature with its notes and say why, or raise :class:`Refused`.

        ``above`` is when something existed that was made over the signature.
        """
        name = holder(certificate)
        self._turns_with(claimed_at, evidence)
        try:
            found = self._ground(certificate, others, claimed_at, evidence, above)
        except Refused as error:
            # where no name may stand, it is told by these whose it is
            error.whose = {"certificate": fingerprint(certificate), "role": role, "document": file}
            raise
        self._tell(name, claimed_at, found)
        path, proof, own = found.path, found.proof, found.stamped.proof
        if own is not None and own.test and not path.test:
            # A training clock saves no signature that is more than a training one.
            own = None
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
                bool(evidence.stamps),
                office,
                certificate.not_valid_before_utc,
                certificate.not_valid_after_utc,
                proof.moment if proof is not None else None,
                proof.authority if proof is not None else "",
                proof is not None and found.status.complete,
                stamped_at=own.moment if own is not None else None,
                latest=max(
                    [certificate.not_valid_before_utc]
                    + [one.moment for one in found.stamped.proofs if path.test or not one.test]
                ),
            )
        )
        self.clocks[len(self.reports) - 1] = frozenset((one.moment, one.test) for one in found.stamped.proofs)
        used = found.stamped.used | found.status.used | {der(one) for one in path.certificates}
        return Belief(path, found.stamped.proof, used, found.status.problems)

    def _turns_with(self, claimed_at: dt.datetime | None, evidence: Evidence) -> None:
        """What lies in the future so far, and when the lists at hand run out."""
        to_come = [one.moment for one in evidence.stamps]
        to_come += [] if claimed_at is None else [claimed_at]
        for one in self.anchors.lists:
            self.turns(one.next_update or one.this_update)
            to_come.append(one.this_update)
        self.turns(*(one - CLOCK_DIFFERENCE for one in to_come if one > self.now))

    def _ground(
        self,
        certificate: x509.Certificate,
        others: tuple[x509.Certificate, ...],
        claimed_at: dt.datetime | None,
        evidence: Evidence,
        above: Proof | None,
    ) -> _Ground:
        """On what a signature can be believed. Raises :class:`Refused` where there is nothing."""
        name = holder(certificate)
        if not plainly_named(certificate):
            raise Refused(Message("submission.signature.name", holder=ascii(name)[1:-1][:200]))
        if claimed_at is not None and claimed_at > self.now + CLOCK_DIFFERENCE:
            raise Refused(Message("submission.signature.future", holder=name, moment=claimed_at))
        stamped = prove(evidence, self.anchors, self.now)
        self.turns(*stamped.turns)
        attached = (*others, *evidence.certificates)
        for one in (stamped.proof, above):
            if one is not None and one.test:
                # Anybody can attach a stamp: it says nothing of whose signature it is.
                self.note(Message("submission.note.test_clock", authority=one.authority))
        own, over = (self._heard(one, certificate, attached, claimed_at) for one in (stamped.proof, above))
        proof = self._in_time(certificate, claimed_at, own, over)
        path, proof = self._path_in_time(certificate, attached, claimed_at, proof, own=own)
        if proof is None and claimed_at is None:
            # it is asked whether it would hold today
            self.turns(self.now + ONCE_A_DAY)
        if isinstance(path, NoPath):
            if path.known:
                raise Refused(Message("submission.signature.untrusted", holder=name, reason=path.message))
            raise Refused(Message("submission.signature.unknown", holder=name, reason=path.message))
        proven = proof.moment if proof is not None else None
        asked = Asked(proven or claimed_at or self.now, self.now, proven, said=claimed_at or UNSAID)
        words = (evidence.answers, evidence.lists, asked)
        status = chain_status(path.certificates, *words, self.anchors.lists, self._lists)
        self.turns(*limits_of(path.certificates))
        if any(one.id in _TO_COME for one in (*status.notes, *status.problems)):
            self.turns(self.now + ONCE_A_DAY)
        if status.fault is not None:
            raise Refused(Message("submission.signature.untrusted", holder=name, reason=status.fault))
        return _Ground(path, stamped, proof, status)

    def _heard(
        self,
        proof: Proof | None,
        certificate: x509.Certificate,
        attached: tuple[x509.Certificate, ...],
        claimed_at: dt.datetime | None,
    ) -> Proof | None:
        """The proof, unless it is a training clock's word on what is more than training.

        That neither saves a signature nor speaks against it: anybody who carries it could have asked one.
        What the signature is, is asked without it: at its moment another issuer may be all that leads on.
        """
        if proof is None or not proof.test:
            return proof
        path, alone = (self._path(certificate, attached, claimed_at, one) for one in (proof, None))
        helps = isinstance(path, TrustPath) and path.test
        return proof if helps and (isinstance(alone, NoPath) or alone.test) else None

    def _tell(self, name: str, claimed_at: dt.datetime | None, found: _Ground) -> None:
        """What whoever relies on a believed signature should know."""
        path, proof = found.path, found.proof
        for note in (*found.stamped.notes, *path.notes, *found.status.notes):
            self.note(note)
        if path.anchor.passing and not path.test:
            root = path.anchor.certificate
            self.note(
                Message(
                    "submission.note.passing_anchor", root=holder(root), sha256=grouped(fingerprint(root))
                )
            )
        if path.test:
            self.note(Message("submission.note.test", holder=name))
        ended = next((one for one in path.certificates if not valid_at(one, self.now)), None)
        if proof is None and ended is not None:
            moment = claimed_at or self.now
            self.note(Message("submission.note.expired_since", holder=holder(ended), moment=moment))
        own = found.stamped.proof
        if claimed_at is None and (own is None or (own.test and not path.test)):
            # what lies above it says since when it is there, never in which order it came
            self.note(Message("submission.note.no_time", holder=name))
        elif claimed_at is None and own is not None:
            # nor does its own timestamp, which may have been added later
            self.note(Message("submission.note.only_stamped", holder=name, proven=own.moment))
        start = path.certificates[0].not_valid_before_utc
        if proof is not None and claimed_at is not None and claimed_at < start:
            told = {"claimed": claimed_at, "start": start, "proven": proof.moment}
            self.note(Message("submission.note.claim_impossible", holder=name, **told))

    def _path_in_time(
        self,
        certificate: x509.Certificate,
        attached: tuple[x509.Certificate, ...],
        claimed_at: dt.datetime | None,
        proof: Proof | None,
        *,
        own: Proof | None,
    ) -> tuple[TrustPath | NoPath, Proof | None]:
        """The path, and the proof that helps: one from after an issuer's end came too late as well.

        So did one at whose moment only somebody leads on who is believed for less.
        """
        path = self._path(certificate, attached, claimed_at, proof)
        if proof is None or (isinstance(path, TrustPath) and path.worth == BEST):
            return path, proof
        alone = self._path(certificate, attached, claimed_at, None)
        if isinstance(alone, NoPath) or (isinstance(path, TrustPath) and path.worth <= alone.worth):
            return path, proof
        if isinstance(path, TrustPath) and claimed_at is None:
            # asked of now, where whoever is worth more has come since: the clock's word is good all the same
            return alone, proof
        if proof is own:
            self.note(
                Message("submission.note.stamped_too_late", holder=holder(certificate), proven=proof.moment)
            )
        return alone, None

    def _path(
        self,
        certificate: x509.Certificate,
        attached: tuple[x509.Certificate, ...],
        claimed_at: dt.datetime | None,
        proof: Proof | None,
    ) -> TrustPath | NoPath:
        proven = proof.moment if proof is not None else None
        moment = proven or claimed_at or self.now
        said = claimed_at or UNSAID
        return find_lent_path(
            certificate, attached, self.anchors, moment, now=self.now, proven=proven, said=said
        )

    def _in_time(
        self,
        certificate: x509.Certificate,
        claimed_at: dt.datetime | None,
        own: Proof | None,
        above: Proof | None,
    ) -> Proof | None:
        """The proof that helps: one from while the certificate was valid, that the claim does not contradict.

        A timestamp that came too late takes nothing away: the signature is as good as without it.
        """
        name = holder(certificate)
        if own is not None:
            if claimed_at is not None and claimed_at > own.moment + CLOCK_DIFFERENCE:
                raise Refused(
                    Message("submission.timestamp.order", holder=name, claimed=claimed_at, proven=own.moment)
                )
            if not valid_at(certificate, own.moment):
                self.note(Message("submission.note.stamped_too_late", holder=name, proven=own.moment))
                own = None
            elif claimed_at is not None and own.moment - claimed_at > LATE:
                self.note(
                    Message(
                        "submission.note.stamped_later", holder=name, claimed=claimed_at, proven=own.moment
                    )
                )
        if above is not None and claimed_at is not None and claimed_at > above.moment + CLOCK_DIFFERENCE:
            # What was made over it was there before it.
            raise Refused(
                Message("submission.timestamp.order", holder=name, claimed=claimed_at, proven=above.moment)
            )
        found = [one for one in (own, above) if one is not None and valid_at(certificate, one.moment)]
        return earliest(found)


def _more(reason: Reason, n: int) -> Message:
    """How many more reasons of this one's code there are than those that are told."""
    if reason.weight is Weight.MISSING:
        return Message("submission.missing.more", n=n, code=reason.code)
    return Message("submission.note.more", n=n, code=reason.code)
