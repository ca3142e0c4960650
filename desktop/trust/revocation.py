"""Revocation lists (CRL, RFC 5280, 5 and 6.3): what an issuer withdrew, when and why.

A list is only asked about certificates of the very key that signed it. What a list may say that this
program does not follow (a delta to another list, entries of other issuers, unknown critical extensions)
makes it unusable, and that is said instead of half believed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.base import Message
from desktop.trust.certificate import MALFORMED, common_name, folded, holder
from desktop.trust.list_file import BadList, split_lists

CLOCK_DIFFERENCE = dt.timedelta(minutes=10)
"""How far two computers' clocks may be apart before a time counts as impossible."""

_HASHES = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
_FOREIGN_ENTRY = bytes.fromhex("0603551d1d")
"""The object identifier of *certificate issuer*, by which an entry speaks for another issuer."""

_CRITICAL = bytes.fromhex("0101ff04")
"""*Critical*, and the value that follows: written so in every extension that has to be understood."""

_LIST_EXTENSIONS = frozenset(
    {x509.AuthorityKeyIdentifier.oid, x509.CRLNumber.oid, x509.IssuingDistributionPoint.oid}
)
_ENTRY_EXTENSIONS = frozenset({x509.CRLReason.oid, x509.InvalidityDate.oid})

_FLAGS = x509.ReasonFlags
_STOLEN = frozenset({_FLAGS.key_compromise, _FLAGS.ca_compromise, _FLAGS.aa_compromise})
"""With these the key was in other hands, perhaps long before anybody noticed: no date saves a signature."""

_ORDERLY = frozenset(
    {_FLAGS.unspecified, _FLAGS.affiliation_changed, _FLAGS.superseded, _FLAGS.cessation_of_operation}
)
"""If one is stated, what a timestamp authority made before stays good (RFC 3161, 4)."""

_REASONS = {
    _FLAGS.key_compromise: Message("trust.reason.key_compromise"),
    _FLAGS.ca_compromise: Message("trust.reason.ca_compromise"),
    _FLAGS.aa_compromise: Message("trust.reason.ca_compromise"),
    _FLAGS.affiliation_changed: Message("trust.reason.affiliation_changed"),
    _FLAGS.superseded: Message("trust.reason.superseded"),
    _FLAGS.cessation_of_operation: Message("trust.reason.cessation_of_operation"),
    _FLAGS.certificate_hold: Message("trust.reason.certificate_hold"),
    _FLAGS.privilege_withdrawn: Message("trust.reason.privilege_withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One entry of a list."""

    moment: dt.datetime
    """From when on (UTC): the date of revocation, or the earlier date since when it is in doubt."""
    reason: x509.ReasonFlags
    strange: str = ""
    """The rule in it that would have to be understood and is not known (its object identifier)."""

    given: bool = True
    """Whether a reason is stated at all."""

    @property
    def stolen(self) -> bool:
        """Whether the key may have been in other hands before."""
        return self.reason in _STOLEN

    @property
    def orderly(self) -> bool:
        """Whether a timestamp authority was given up for a reason that leaves its earlier work good."""
        return self.given and self.reason in _ORDERLY

    @property
    def why(self) -> Message:
        """The reason in words."""
        return _REASONS.get(self.reason, Message("trust.reason.unspecified"))


class RevocationList:
    """One list, parsed once; what was asked before is remembered. Raises :class:`BadList` when made."""

    def __init__(self, der: bytes, file: str = "") -> None:
        self.file = file
        try:
            self._crl = x509.load_der_x509_crl(der)
            self.issuer = self._crl.issuer
            extensions = self._crl.extensions
            self.this_update = self._crl.last_update_utc
            self.next_update = self._crl.next_update_utc
            algorithm = self._crl.signature_hash_algorithm
            # All eight bits of the last byte count; with fewer, another list would be as good.
            whole = der.endswith(b"\0" + self._crl.signature)
        except MALFORMED as error:
            raise BadList(Message("trust.crl.unreadable", file=file)) from error
        if not whole:
            raise BadList(Message("trust.crl.unreadable", file=file))
        if not isinstance(algorithm, _HASHES):
            raise BadList(Message("trust.crl.hash", file=file, hash=algorithm.name if algorithm else "?"))
        self._scope = _scope(extensions, file)
        if _FOREIGN_ENTRY in der:
            raise BadList(Message("trust.crl.indirect", file=file))
        # More critical words than the list itself has: some entry has one (or a number looks like it).
        own = sum(one.critical for one in extensions)
        self._rules_in_entries = der.count(_CRITICAL) > own
        self._signed: dict[bytes, bool] = {}
        self._entries: dict[int, Withdrawal | None] = {}

    def __len__(self) -> int:
        return len(self._crl)

    @cached_property
    def issuer_name(self) -> str:
        """Who issued it, as people say it."""
        return common_name(self.issuer)

    @cached_property
    def _issuer(self) -> tuple[frozenset[tuple[str, str]], ...]:
        return folded(self.issuer)

    def named(self, authority: x509.Certificate) -> bool:
        """Whether the list is in this authority's name, in whatever letters it is written."""
        return self.issuer == authority.subject or self._issuer == folded(authority.subject)

    def signed_by(self, authority: x509.Certificate) -> bool:
        """Whether this authority's key really signed the list."""
        try:
            key = authority.public_key()
            if not self.named(authority) or not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
                return False
            print_ = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            if print_ not in self._signed:
                self._signed[print_] = self._crl.is_signature_valid(key)
        except (*MALFORMED, UnsupportedAlgorithm):
            return False
        return self._signed[print_]

    def covers(self, certificate: x509.Certificate) -> bool:
        """Whether the list speaks of certificates of this kind (of authorities, or of others)."""
        if self._scope is None or not (
            self._scope.only_contains_user_certs or self._scope.only_contains_ca_certs
        ):
            return True
        return self._scope.only_contains_ca_certs == is_authority(certificate)

    def vouches_for(self, certificate: x509.Certificate, authority: x509.Certificate) -> bool:
        """Whether a certificate that is not in the list is not withdrawn: the list is about all such ones.

        A list of some reasons, or of one of several parts, says nothing of a certificate by its silence; and
        one by somebody who may not make lists, or with an entry that has to be understood and is not, about
        whomever, proves nothing good (RFC 5280, 5.3). Who has expired is dropped from the lists.
        """
        if self.this_update > certificate.not_valid_after_utc:
            return False
        entry = self.entry(certificate.serial_number)
        if not _may_sign_lists(authority) or (entry is not None and entry.strange):
            return False
        if self._rules_in_entries:
            return False
        scope = self._scope
        if scope is None or (scope.full_name is None and scope.relative_name is None):
            return scope is None or scope.only_some_reasons is None
        if scope.only_some_reasons is not None or scope.full_name is None:
            return False
        try:
            points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
        except (x509.ExtensionNotFound, *MALFORMED):
            return False
        return any(name in scope.full_name for point in points for name in point.full_name or ())

    def entry(self, serial: int) -> Withdrawal | None:
        """What the list says of this certificate of its issuer; None when it is not in it."""
        if serial not in self._entries:
            found = self._crl.get_revoked_certificate_by_serial_number(serial)
            self._entries[serial] = None if found is None else _withdrawal(found)
        return self._entries[serial]

    def outdated(self, now: dt.datetime) -> bool:
        """Whether a newer list should be there by now; one that names no day for that is good for its own."""
        return (self.next_update or self.this_update) < now


def _scope(extensions: x509.Extensions, file: str) -> x509.IssuingDistributionPoint | None:
    """For which certificates a list was made. Raises :class:`BadList` for what cannot be followed."""
    scope: x509.IssuingDistributionPoint | None = None
    for one in extensions:
        if one.oid == x509.DeltaCRLIndicator.oid:
            raise BadList(Message("trust.crl.delta", file=file))
        if isinstance(one.value, x509.IssuingDistributionPoint):
            scope = one.value
        elif one.critical and one.oid not in _LIST_EXTENSIONS:
            raise BadList(Message("trust.crl.critical", file=file, oid=one.oid.dotted_string))
    if scope is not None and (scope.indirect_crl or scope.only_contains_attribute_certs):
        raise BadList(Message("trust.crl.indirect", file=file))
    return scope


def _withdrawal(found: x509.RevokedCertificate) -> Withdrawal:
    moment, reason, given = found.revocation_date_utc, _FLAGS.unspecified, False
    try:
        for one in found.extensions:
            if isinstance(one.value, x509.CRLReason):
                reason, given = one.value.reason, True
            elif isinstance(one.value, x509.InvalidityDate):
                moment = min(moment, one.value.invalidity_date_utc)
            elif one.critical and one.oid not in _ENTRY_EXTENSIONS:
                return Withdrawal(moment, reason, one.oid.dotted_string)
    except MALFORMED:
        return Withdrawal(moment, reason, "?")
    return Withdrawal(moment, reason, given=given)


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether a certificate says that it may issue others."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, *MALFORMED):
        return False


def read_lists(data: bytes, file: str) -> tuple[RevocationList, ...]:
    """The lists in a file, DER or one or more PEM blocks. Raises :class:`BadList`."""
    return tuple(RevocationList(one, file) for one in split_lists(data, file))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the lists say of one certificate: a fault that ends its path, or notes for the reader."""

    fault: Message | None = None
    notes: tuple[Message, ...] = ()
    stolen: bool = False
    """Whether the fault is that the key was in other hands."""


@dataclass(frozen=True, slots=True)
class Asked:
    """When the question is asked: the claimed moment, the present, and the proven time if there is one."""

    moment: dt.datetime
    now: dt.datetime
    proven: dt.datetime | None = None
    """By when the signature existed for certain (a timestamp); without it a claimed time saves nothing."""
    in_force: dt.datetime | None = None
    """When a list should not have been outdated: the present, unless it came with the signature."""
    clock: bool = False
    """Whether it is about a timestamp authority."""
    said: dt.datetime | None = None
    """When it was made by its own word; the moment unless given."""


def standing(
    certificate: x509.Certificate,
    authority: x509.Certificate,
    lists: Sequence[RevocationList],
    namesakes: Iterable[x509.Certificate],
    asked: Asked,
    good: Sequence[dt.datetime] = (),
) -> Standing:
    """What ``lists`` say of a certificate that ``authority`` issued.

    ``namesakes`` are other believed certificates of the authority's name: a list that one of them signed
    belongs to another generation and is no reason for a note, unless it names this very certificate.
    ``good``: when the issuer said otherwise that it is good.
    """
    named = [one for one in lists if one.named(authority)]
    if not named:
        return Standing()
    notes: list[Message] = []
    own = [one for one in named if one.signed_by(authority)]
    others = tuple(namesakes)
    theirs = [one for one in named if one not in own and any(one.signed_by(other) for other in others)]
    if len(own) + len(theirs) < len(named):
        notes.append(Message("trust.crl.forged", issuer=holder(authority)))
    if any(one.entry(certificate.serial_number) is not None for one in theirs):
        # RFC 5280, 6.3.3 f, lets an authority sign its lists with another of its keys.
        told = {"issuer": holder(authority), "holder": holder(certificate)}
        notes.append(Message("trust.crl.other_key_listed", **told))
    if own and not _may_sign_lists(authority):
        notes.append(_void(certificate, authority, own))
        own = []
    own = sorted((one for one in own if one.covers(certificate)), key=lambda one: one.this_update)
    there = [one for one in own if one.this_update <= asked.now + CLOCK_DIFFERENCE]
    if len(there) < len(own):
        notes.append(Message("trust.crl.future", issuer=holder(authority), moment=own[-1].this_update))
    # Only the silence of a list about all certificates of this kind says anything.
    whole = [one for one in there if one.vouches_for(certificate, authority)]
    if there and (newest := (whole or there)[-1]).outdated(asked.in_force or asked.now):
        moment = newest.next_update or newest.this_update
        notes.append(Message("trust.crl.outdated", issuer=holder(authority), moment=moment))
    for one in own:
        entry = one.entry(certificate.serial_number)
        if entry is None:
            continue
        lifted = let_in_again(certificate, authority, entry, one.this_update, there, good)
        if lifted is not None:
            notes += suspended(certificate, entry, lifted, asked)
            continue
        if entry.strange:
            # RFC 5280, 5.3: such a list must not be used to determine a status. Its issuer names this very
            # certificate in it, so the status is not "good" (X.509 takes it as withdrawn), whenever it was.
            told = {"holder": holder(certificate), "oid": entry.strange}
            return Standing(Message("trust.crl.entry", **told), tuple(notes))
        said = weigh(certificate, entry, asked)
        notes += said.notes
        if said.fault is not None:
            return Standing(said.fault, tuple(notes), said.stolen)
    return Standing(None, tuple(dict.fromkeys(notes)))


def let_in_again(
    certificate: x509.Certificate,
    authority: x509.Certificate,
    entry: Withdrawal,
    said_at: dt.datetime,
    lists: Iterable[RevocationList],
    good: Iterable[dt.datetime] = (),
) -> dt.datetime | None:
    """When who was suspended by that word was seen to be let in again; None for every other withdrawal.

    The ``authority``'s next whole list (of its own ``lists``) is silent about them, or an answer is ``good``.
    """
    if entry.reason is not _FLAGS.certificate_hold:
        return None
    silent = (
        one.this_update
        for one in lists
        if one.vouches_for(certificate, authority) and one.entry(certificate.serial_number) is None
    )
    return min((one for one in (*silent, *good) if one > said_at), default=None)


def suspended(
    certificate: x509.Certificate, entry: Withdrawal, lifted: dt.datetime, asked: Asked
) -> tuple[Message, ...]:
    """A note for a signature that says of itself, or cannot disprove, that it is of that time."""
    before = asked.proven is not None and asked.proven < entry.moment
    if before or (asked.said or asked.moment) >= lifted:
        return ()
    name = holder(certificate)
    return (Message("trust.path.was_suspended", holder=name, moment=entry.moment, lifted=lifted),)


def _void(
    certificate: x509.Certificate, authority: x509.Certificate, own: Iterable[RevocationList]
) -> Message:
    """A list whose signer may not make lists decides nothing (RFC 5280, 6.3.3 f); what it says is told."""
    entries = (one.entry(certificate.serial_number) for one in own if one.covers(certificate))
    if any(entry is not None for entry in entries):
        return Message("trust.crl.not_allowed_listed", issuer=holder(authority), holder=holder(certificate))
    return Message("trust.crl.not_allowed", issuer=holder(authority))


def weigh(certificate: x509.Certificate, entry: Withdrawal, asked: Asked) -> Standing:
    """What a withdrawal means for a signature: its end, or no more than a note when it came too late."""
    if asked.clock and not entry.orderly:
        void = Message(
            "trust.path.clock_revoked", holder=holder(certificate), moment=entry.moment, reason=entry.why
        )
        return Standing(void, stolen=True)
    if asked.proven is not None and asked.proven < entry.moment and not entry.stolen:
        since = Message(
            "trust.path.revoked_since",
            holder=holder(certificate), moment=entry.moment, reason=entry.why, proven=asked.proven,
        )  # fmt: skip
        return Standing(None, (since,))
    return Standing(_fault(certificate, entry, asked), stolen=entry.stolen)


def _fault(certificate: x509.Certificate, entry: Withdrawal, asked: Asked) -> Message:
    name = holder(certificate)
    if asked.moment < entry.moment and not entry.stolen:
        # Without a timestamp nobody can show that a signature is older than the withdrawal.
        return Message("trust.path.revoked_unproven", holder=name, moment=entry.moment, reason=entry.why)
    return Message("trust.path.revoked", holder=name, moment=entry.moment, reason=entry.why)


def _may_sign_lists(authority: x509.Certificate) -> bool:
    try:
        return authority.extensions.get_extension_for_class(x509.KeyUsage).value.crl_sign
    except x509.ExtensionNotFound:
        return True
