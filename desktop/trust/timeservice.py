"""Asking an authority for a timestamp (RFC 3161) and believing nothing of its answer unchecked."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from asn1crypto import cms, core, tsp
from cryptography import x509

from desktop.base import Message
from desktop.trust.anchors import Anchors
from desktop.trust.certificate import MALFORMED, issuer
from desktop.trust.cms import BadCms
from desktop.trust.online import Limits, NoAnswer, Question, ask, host_of
from desktop.trust.path import NoPath, find_lent_path
from desktop.trust.revocation import CLOCK_DIFFERENCE
from desktop.trust.timestamps import OtherImprint, Timestamp, plain_token, read_timestamp


class _Response(core.Sequence):  # type: ignore[misc]
    """TimeStampResp; asn1crypto's own knows none without a token, which is how requests are rejected."""

    _fields = [  # noqa: RUF012 - asn1crypto's way to declare a structure
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


@dataclass(frozen=True, slots=True)
class TimeService:
    """An authority's address, and what is asked of its answers; picklable."""

    address: str
    policy: str = ""
    """The policy (OID) its tokens must name; any, where none is said."""
    limits: Limits = field(default_factory=Limits)


def request_timestamp(
    service: TimeService, digest: bytes, anchors: Anchors, now: dt.datetime, tick: Callable[[], None]
) -> Timestamp:
    """A token over the SHA-256 ``digest`` by an authority of ``anchors``. Raises :class:`NoAnswer`.

    ``tick`` is called while waiting and may raise to give up.
    """
    host = host_of(service.address)
    nonce = secrets.randbits(64)
    values: dict[str, object] = {
        "version": "v1",
        "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest},
        "nonce": nonce,
        "cert_req": True,
    }
    if service.policy:
        values["req_policy"] = service.policy
    question = Question(
        service.address,
        tsp.TimeStampReq(values).dump(),
        "application/timestamp-query",
        ("application/timestamp-reply",),
    )
    token = _token(ask(question, tick, service.limits), host)
    stamp = _read(token, digest, host)
    if stamp.nonce != nonce:
        raise NoAnswer(Message("trust.timestamp.nonce", host=host))
    if service.policy and stamp.policy != service.policy:
        raise NoAnswer(Message("trust.timestamp.policy", host=host, policy=stamp.policy))
    if abs(stamp.moment - now) > CLOCK_DIFFERENCE:
        raise NoAnswer(Message("trust.timestamp.clock", host=host, moment=stamp.moment, now=now))
    between = _check_authority(stamp, anchors, host)
    return replace(stamp, others=between, token=plain_token(token, between)) if between else stamp


def _token(answer: bytes, host: str) -> bytes:
    """The token in an answer that grants one."""
    try:
        response = _Response.load(answer, strict=True)
        status = response["status"]["status"].native
        token = response["time_stamp_token"]
        if status in {"granted", "granted_with_mods"} and token.native is not None:
            return bytes(token.dump())
        texts = " ".join(response["status"]["status_string"].native or ())
        failure = response["status"]["fail_info"].native or ()
    except MALFORMED as error:
        raise NoAnswer(Message("trust.timestamp.garbage", host=host)) from error
    reason = texts or ", ".join(sorted(map(str, failure))) or str(status)
    raise NoAnswer(Message("trust.timestamp.rejected", host=host, reason=reason[:200]))


def _read(token: bytes, digest: bytes, host: str) -> Timestamp:
    try:
        return read_timestamp(token, lambda name: digest if name == "sha256" else b"")
    except OtherImprint as error:
        raise NoAnswer(Message("trust.timestamp.other", host=host)) from error
    except BadCms as error:
        raise NoAnswer(Message("trust.timestamp.bad", host=host, reason=error.message)) from error


def _check_authority(stamp: Timestamp, anchors: Anchors, host: str) -> tuple[x509.Certificate, ...]:
    """What leads to its root, kept here or not: all of it goes along. Raises :class:`NoAnswer`."""
    path = find_lent_path(stamp.certificate, stamp.others, anchors, stamp.moment, timestamping=True)
    if isinstance(path, NoPath):
        if path.known:
            raise NoAnswer(Message("trust.timestamp.untrusted", host=host, reason=path.message))
        raise NoAnswer(Message("trust.timestamp.unknown", host=host, issuer=issuer(stamp.certificate)))
    return path.certificates[1:-1]
