"""Answers of an authority about one certificate (OCSP, RFC 6960), and what they say of a whole path.

An answer is believed only when signed by the issuer of the certificate, or by whom the issuer lets answer.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from asn1crypto import ocsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from desktop.base import Message
from desktop.trust.certificate import (
    MALFORMED,
    der,
    holder,
    issued_by,
    meant_for_answers,
    valid_at,
    weakness,
    well_formed,
)
from desktop.trust.list_file import BadList
from desktop.trust.revocation import (
    CLOCK_DIFFERENCE,
    Asked,
    RevocationList,
    Standing,
    Withdrawal,
    is_authority,
    let_in_again,
    standing,
    suspended,
    weigh,
)
from desktop.trust.signer import fits

MAXIMUM_ANSWER = 1 << 16
"""Bytes of an answer about one certificate."""
FRESH = dt.timedelta(days=1)
"""How much older than a signature an answer or list about its signer may be."""
_DIGESTS = ("sha256", "sha384", "sha512")
_HASHES = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
_KEYS: dict[str, type] = {"rsa": rsa.RSAPublicKey, "ecdsa": ec.EllipticCurvePublicKey}
_NAMED_BY: dict[str, Callable[[bytes], Any]] = {
    # Only to say which certificate is meant; most services know no other way (RFC 5019, 2.1.1).
    "sha1": lambda data: hashlib.sha1(data, usedforsecurity=False),
    "sha256": hashlib.sha256,
}


class BadAnswer(Exception):
    """An answer or list that proves nothing; carries the sentence."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one certificate, and when."""

    withdrawal: Withdrawal | None
    """None where it is good."""
    said_at: dt.datetime
    until: dt.datetime | None
    responder: x509.Certificate | None
    """Who answered for the issuer; None where it was the issuer itself."""

    def covers(self, moment: dt.datetime) -> bool:
        """Whether it says something of ``moment``: said afterwards, or before and still in force then."""
        return self.said_at >= moment or (self.until is not None and self.until >= moment)


def read_answer(data: bytes, certificate: x509.Certificate, issuer: x509.Certificate) -> Answer | None:
    """What an OCSP response says; None when it is about another certificate. Raises :class:`BadAnswer`."""
    try:
        return _answer(data, certificate, issuer)
    except MALFORMED as error:
        raise BadAnswer(Message("trust.revocation.malformed")) from error


def about_one(data: bytes, certificate: x509.Certificate) -> bool:
    """Whether a response is about the certificate by its own words, whoever issued that and signed this."""
    try:
        if len(data) > MAXIMUM_ANSWER:
            return False
        responses = _basic(data)["tbs_response_data"]["responses"]
        return len(responses) == 1 and _names(responses[0]["cert_id"], certificate)
    except (BadAnswer, *MALFORMED):
        return False


def _answer(data: bytes, certificate: x509.Certificate, issuer: x509.Certificate) -> Answer | None:
    if len(data) > MAXIMUM_ANSWER:
        raise BadAnswer(Message("trust.revocation.malformed"))
    basic = _basic(data)
    said = basic["tbs_response_data"]
    if len(said["responses"]) != 1:
        raise BadAnswer(Message("trust.revocation.malformed"))
    answer = said["responses"][0]
    if not _means(answer["cert_id"], certificate, issuer):
        return None
    moment = said["produced_at"].native
    responder = _responder(basic, issuer, moment)
    extensions = (*(said["response_extensions"] or ()), *(answer["single_extensions"] or ()))
    if any(one["critical"].native for one in extensions):
        raise BadAnswer(Message("trust.revocation.malformed"))
    status = answer["cert_status"]
    if status.name == "unknown":
        raise BadAnswer(Message("trust.revocation.not_known", holder=holder(certificate)))
    return Answer(
        _withdrawal(status.chosen) if status.name == "revoked" else None,
        answer["this_update"].native,
        answer["next_update"].native,
        responder,
    )


def _withdrawal(revoked: Any) -> Withdrawal:
    reason = revoked["revocation_reason"].native
    known = getattr(x509.ReasonFlags, str(reason), x509.ReasonFlags.unspecified)
    return Withdrawal(revoked["revocation_time"].native, known, given=reason is not None)


def _basic(data: bytes) -> Any:
    response = ocsp.OCSPResponse.load(data, strict=True)
    status = str(response["response_status"].native)
    if status != "successful":
        raise BadAnswer(Message("trust.revocation.declined", status=status))
    content = response["response_bytes"]
    if content["response_type"].native != "basic_ocsp_response":
        raise BadAnswer(Message("trust.revocation.malformed"))
    return ocsp.BasicOCSPResponse.load(bytes(content["response"].contents), strict=True)


def _means(cert_id: Any, certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether an answer is about this certificate."""
    digest = _named_by(cert_id)
    own = asn1_x509.Certificate.load(der(issuer))
    return bool(
        cert_id["serial_number"].native == certificate.serial_number
        and cert_id["issuer_name_hash"].native == digest(own.subject.dump()).digest()
        and cert_id["issuer_key_hash"].native == digest(bytes(own.public_key["public_key"])).digest()
    )


def _names(cert_id: Any, certificate: x509.Certificate) -> bool:
    """The same where its issuer's certificate is not at hand."""
    issuer = asn1_x509.Certificate.load(der(certificate)).issuer.dump()
    return bool(
        cert_id["serial_number"].native == certificate.serial_number
        and cert_id["issuer_name_hash"].native == _named_by(cert_id)(issuer).digest()
    )


def _named_by(cert_id: Any) -> Callable[[bytes], Any]:
    name = str(cert_id["hash_algorithm"]["algorithm"].native)
    if name not in _NAMED_BY:
        raise BadAnswer(Message("trust.cms.algorithm", algorithm=name))
    return _NAMED_BY[name]


def _responder(basic: Any, issuer: x509.Certificate, moment: dt.datetime) -> x509.Certificate | None:
    """Who signed an answer: the issuer itself (None) or somebody with its leave."""
    if _signed_by(basic, issuer):
        return None
    for one in list(basic["certs"] or ())[:5]:
        candidate = x509.load_der_x509_certificate(one.dump())
        if (
            _signed_by(basic, candidate)
            and issued_by(candidate, issuer)
            and isinstance(candidate.signature_hash_algorithm, _HASHES)
            and meant_for_answers(candidate)
            and well_formed(candidate)
            and valid_at(candidate, moment)
        ):
            return candidate
    raise BadAnswer(Message("trust.revocation.signature"))


def _signed_by(basic: Any, certificate: x509.Certificate) -> bool:
    digest, _, kind = str(basic["signature_algorithm"]["algorithm"].native).partition("_")
    key = certificate.public_key()
    if digest not in _DIGESTS or kind not in _KEYS or not isinstance(key, _KEYS[kind]) or weakness(key):
        return False
    return fits(key, basic["signature"].native, basic["tbs_response_data"].dump(), digest)


def plain_answer(data: bytes, issuer: x509.Certificate) -> bytes:
    """An OCSP response in the one form our packages keep: with the certificate it needs, and no other.

    Raises :class:`BadAnswer`.
    """
    try:
        basic = _basic(data)
        responder = _responder(basic, issuer, basic["tbs_response_data"]["produced_at"].native)
        values = {
            "tbs_response_data": ocsp.ResponseData.load(basic["tbs_response_data"].dump()),
            "signature_algorithm": {"algorithm": basic["signature_algorithm"]["algorithm"].native},
            "signature": basic["signature"].native,
        }
        if responder is not None:
            values["certs"] = [asn1_x509.Certificate.load(der(responder))]
        content = ocsp.BasicOCSPResponse(values)
        response = {"response_type": "basic_ocsp_response", "response": content}
        return bytes(ocsp.OCSPResponse({"response_status": "successful", "response_bytes": response}).dump())
    except MALFORMED as error:
        raise BadAnswer(Message("trust.revocation.malformed")) from error


@dataclass(frozen=True, slots=True)
class ChainStatus:
    """What a heap of answers and lists says about a path."""

    fault: Message | None
    """The first certificate that was withdrawn in time to matter."""
    notes: tuple[Message, ...]
    complete: bool
    """Whether each certificate below the anchor is known to be good at the moment."""
    used: frozenset[bytes]
    """The answers and lists that said something, and the certificates (DER) they needed."""
    problems: tuple[Message, ...]
    """Why others were not believed."""


@dataclass(slots=True)
class ReadLists:
    """The lists of one place, read once for all signatures that they came with: they may be large."""

    came: tuple[bytes, ...] = ()
    read: list[tuple[bytes, RevocationList]] = field(default_factory=list)
    problems: list[Message] = field(default_factory=list)

    def of(self, lists: tuple[bytes, ...]) -> ReadLists:
        """These, or the ones of before where they are the same."""
        if lists != self.came:
            self.came, self.read, self.problems = lists, [], []
            for data in lists:
                try:
                    self.read.append((data, RevocationList(data)))
                except BadList as error:
                    self.problems.append(error.message)
        return self


@dataclass(slots=True)
class _Heap:
    """Answers and lists being looked through.

    All that is said of one certificate is weighed together, with what is at hand: whoever attaches the true
    word of a day on which somebody was suspended does not take away that he was let in again.
    """

    asked: Asked
    lists: Sequence[RevocationList] = ()
    """Those at hand, beside what is attached."""
    notes: list[Message] = field(default_factory=list)
    problems: list[Message] = field(default_factory=list)
    used: set[bytes] = field(default_factory=set)
    fault: Message | None = None

    def shows(
        self,
        certificate: x509.Certificate,
        issuer: x509.Certificate,
        answers: Sequence[bytes],
        lists: Sequence[tuple[bytes, RevocationList]],
    ) -> bool:
        """Whether any of it shows the certificate to be good."""
        attached = {data: one for data, one in lists if one.signed_by(issuer) and one.covers(certificate)}
        self.used |= attached.keys()
        at_hand = (one for one in self.lists if one.signed_by(issuer) and one.covers(certificate))
        own = (*attached.values(), *at_hand)
        read = [one for one in (self._read(data, certificate, issuer) for data in answers) if one is not None]
        # who has ended is not asked about any more (RFC 6960, 4.4.4): "good" says nothing then
        latest = min(self.asked.now + CLOCK_DIFFERENCE, certificate.not_valid_after_utc)
        sound = [one for one in read if one.withdrawal is None and not self._withdrawn(one.responder, issuer)]
        since = [one.said_at for one in sound if one.said_at <= latest]
        good = [self._answered(one, since, own, certificate, issuer) for one in read]
        good += [self._listed(one, since, own, certificate, issuer) for one in attached.values()]
        return any(good)

    def _read(self, data: bytes, certificate: x509.Certificate, issuer: x509.Certificate) -> Answer | None:
        """An answer about the certificate by whom it may be given."""
        try:
            answer = read_answer(data, certificate, issuer)
        except BadAnswer as error:
            self.problems.append(error.message)
            return None
        if answer is not None:
            self.used |= {data} if answer.responder is None else {data, der(answer.responder)}
        return answer

    def _answered(
        self,
        answer: Answer,
        since: Sequence[dt.datetime],
        own: Iterable[RevocationList],
        certificate: x509.Certificate,
        issuer: x509.Certificate,
    ) -> bool:
        if answer.withdrawal is not None:
            latest = self.asked.now + CLOCK_DIFFERENCE
            known = [one for one in own if one.this_update <= latest]
            again = let_in_again(certificate, issuer, answer.withdrawal, answer.said_at, known, since)
            if again is not None:
                self.notes += suspended(certificate, answer.withdrawal, again, self.asked)
                return False
            return self._weighed(weigh(certificate, answer.withdrawal, self.asked))
        if answer.responder is not None and self._withdrawn(answer.responder, issuer):
            self.problems.append(Message("trust.revocation.responder", holder=holder(answer.responder)))
            return False
        covers = answer.covers(self.asked.moment)
        return covers and self._in_time(certificate, answer.said_at)

    def _listed(
        self,
        one: RevocationList,
        since: Sequence[dt.datetime],
        own: Sequence[RevocationList],
        certificate: x509.Certificate,
        issuer: x509.Certificate,
    ) -> bool:
        good = self._weighed(standing(certificate, issuer, own, (), self.asked, since))
        in_force = one.this_update >= self.asked.moment or not one.outdated(self.asked.moment)
        in_time = in_force and self._in_time(certificate, one.this_update)
        return good and in_time and one.vouches_for(certificate, issuer)

    def _withdrawn(self, responder: x509.Certificate | None, issuer: x509.Certificate) -> bool:
        """Whether a list at hand names who answers for the issuer: whoever has that key answers anything."""
        if responder is None:
            return False
        named = (one for one in self.lists if one.entry(responder.serial_number) is not None)
        return any(one.signed_by(issuer) for one in named)

    def _in_time(self, certificate: x509.Certificate, said_at: dt.datetime) -> bool:
        """Whether what was said then is not too early (nor too late) to show that somebody is good.

        A list in force when the signature was made may be weeks older, and the signer withdrawn in
        between: about signers it has to be of that day at least. Lists about authorities are made once
        or twice a year, so there it has to do that they were in force (EN 319 102-1, 5.2.5).
        """
        if said_at > self.asked.now + CLOCK_DIFFERENCE:
            self.problems.append(Message("trust.revocation.future", moment=said_at))
            return False
        if said_at > certificate.not_valid_after_utc:
            return False
        if said_at < self.asked.moment - FRESH and not is_authority(certificate):
            self.problems.append(Message("trust.revocation.older", moment=said_at))
            return False
        return True

    def _weighed(self, said: Standing) -> bool:
        self.notes += said.notes
        self.fault = self.fault or said.fault
        return said.fault is None


def chain_status(
    chain: tuple[x509.Certificate, ...],
    answers: tuple[bytes, ...],
    lists: tuple[bytes, ...],
    asked: Asked,
    at_hand: Sequence[RevocationList] = (),
    before: ReadLists | None = None,
) -> ChainStatus:
    """Judge a path (leaf first, anchor last) by what is attached to a signature.

    Unless it is ``asked`` with a proven time, a withdrawal counts whenever it came; ``at_hand`` are lists
    that did not come with the signature, ``before`` those that did with another one.
    """
    heap = _Heap(replace(asked, in_force=asked.moment), at_hand)
    complete = True
    attached = (ReadLists() if before is None else before).of(lists)
    heap.problems += attached.problems
    for certificate, issuer in pairwise(chain):
        complete = heap.shows(certificate, issuer, answers, attached.read) and complete
    return ChainStatus(
        heap.fault,
        tuple(dict.fromkeys(heap.notes)),
        complete and heap.fault is None,
        frozenset(heap.used),
        tuple(dict.fromkeys(heap.problems)),
    )
