"""Asking authorities for what makes a signature provable: a time, and whether certificates were good.

Answers about revocation come from the addresses that the certificates name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from desktop.base import Message
from desktop.trust.anchors import Anchors
from desktop.trust.answers import BadAnswer, chain_status, plain_answer
from desktop.trust.certificate import holder
from desktop.trust.list_file import MAXIMUM_LIST, BadList, split_lists
from desktop.trust.online import Limits, NoAnswer, Question, ask
from desktop.trust.revocation import Asked, RevocationList
from desktop.trust.timeservice import TimeService, request_timestamp
from desktop.trust.timestamps import Timestamp

_LIST_SIZE = min(MAXIMUM_LIST, 4 << 20)
"""Bytes of a list that goes into a package; a larger one belongs beside the anchors."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What shows a path to be good, or why that could not be had."""

    answers: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class Online:
    """Whom to ask, whom to believe, and how somebody gives up meanwhile."""

    service: TimeService
    anchors: Anchors
    now: dt.datetime
    tick: Callable[[], None]

    def stamp(self, digest: bytes) -> Timestamp:
        """A timestamp over a SHA-256. Raises :class:`NoAnswer`."""
        return request_timestamp(self.service, digest, self.anchors, self.now, self.tick)

    def status(self, chain: tuple[x509.Certificate, ...], proven: dt.datetime) -> Fetched:
        """What shows a path to be good at a proven time."""
        return fetch_status(chain, self.anchors.crls, proven, self.now, self.service.limits, self.tick)


def fetch_status(
    chain: tuple[x509.Certificate, ...],
    at_hand: tuple[bytes, ...],
    moment: dt.datetime,
    now: dt.datetime,
    limits: Limits,
    tick: Callable[[], None],
) -> Fetched:
    """Answers or lists for each certificate below the anchor: a list at hand, else what its issuer offers.

    ``moment`` is the proven time, ``now`` the present. The result is complete, or says what is missing and
    brings nothing.
    """
    answers: list[bytes] = []
    lists: list[bytes] = []
    for certificate, issuer in pairwise(chain):
        problem = Message("trust.revocation.no_address", holder=holder(certificate))
        for is_list, data in _offers(certificate, issuer, at_hand, limits, tick):
            if isinstance(data, Message):
                problem = data
                continue
            given: tuple[tuple[bytes, ...], tuple[bytes, ...]] = ((), (data,)) if is_list else ((data,), ())
            said = chain_status((certificate, issuer), *given, Asked(moment, now, moment))
            if said.complete:
                if data not in (lists if is_list else answers):
                    (lists if is_list else answers).append(data)
                break
            problem = said.fault or next(iter(said.problems), Message("trust.revocation.unused"))
            if said.fault is not None:
                return Fetched(problem=problem)
        else:
            return Fetched(problem=problem)
    return Fetched(tuple(answers), tuple(lists))


def _offers(
    certificate: x509.Certificate,
    issuer: x509.Certificate,
    at_hand: tuple[bytes, ...],
    limits: Limits,
    tick: Callable[[], None],
) -> Iterator[tuple[bool, bytes | Message]]:
    """Lists and answers one after another (whether it is a list), or why there is none."""
    for one in at_hand:
        if len(one) <= _LIST_SIZE:
            yield True, one
        elif _is_about(one, issuer):
            yield True, Message("trust.revocation.large", megabytes=_LIST_SIZE >> 20)
    for address in _ocsp_addresses(certificate):
        try:
            yield False, _answer(address, certificate, issuer, limits, tick)
        except (NoAnswer, BadAnswer) as error:
            yield False, error.message
    for address in _list_addresses(certificate):
        try:
            data = ask(Question(address), tick, replace(limits, size=_LIST_SIZE))
            yield True, split_lists(data, address)[0]
        except (NoAnswer, BadList) as error:
            yield True, error.message


def _is_about(data: bytes, issuer: x509.Certificate) -> bool:
    try:
        return RevocationList(data).named(issuer)
    except BadList:
        return False


def _answer(
    address: str,
    certificate: x509.Certificate,
    issuer: x509.Certificate,
    limits: Limits,
    tick: Callable[[], None],
) -> bytes:
    # SHA-1 only says which certificate is meant; many services know no other way (RFC 5019, 2.1.1).
    request = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1()).build()  # noqa: S303
    question = Question(
        address,
        request.public_bytes(Encoding.DER),
        "application/ocsp-request",
        ("application/ocsp-response",),
    )
    return plain_answer(ask(question, tick, limits), issuer)


def _ocsp_addresses(certificate: x509.Certificate) -> list[str]:
    try:
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except x509.ExtensionNotFound:
        return []
    wanted = AuthorityInformationAccessOID.OCSP
    return _web(one.access_location for one in access if one.access_method == wanted)


def _list_addresses(certificate: x509.Certificate) -> list[str]:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return []
    return _web(name for point in points for name in point.full_name or ())


def _web(names: Iterator[x509.GeneralName]) -> list[str]:
    """Addresses that can be asked (no directories), few at most."""
    found = [one.value for one in names if isinstance(one, x509.UniformResourceIdentifier)]
    return [one for one in found if one.startswith(("http://", "https://"))][:3]
