"""Timestamps (RFC 3161): a token that proves that something existed at a time, read strictly.

Whether the authority that made it is believed is asked elsewhere (:func:`desktop.trust.path.find_path`,
``timestamping``); getting one is :mod:`desktop.trust.timeservice`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from asn1crypto import algos, cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from desktop.base import Message
from desktop.trust.certificate import MALFORMED, der, order_chain, written_tightly
from desktop.trust.cms import BadCms, CheckedSigner, check_named, check_signer, signed_data

MAXIMUM_TOKEN = 1 << 16
"""Bytes of a token with its certificates."""

ACCURACY = dt.timedelta(minutes=10)
"""How far off an authority may say that its clock is; real ones say a minute at most."""

_IMPRINTS = ("sha256", "sha384", "sha512")


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A token whose signature holds and which is about what was asked."""

    moment: dt.datetime
    """When it existed at the latest (UTC)."""
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    policy: str
    nonce: int | None
    token: bytes


class OtherImprint(BadCms):
    """A sound token about something else."""

    def __init__(self) -> None:
        super().__init__(Message("trust.timestamp.imprint"))


def read_timestamp(token: bytes, digest_of: Callable[[str], bytes]) -> Timestamp:
    """Check a token over the content whose digest ``digest_of("sha256")`` gives.

    Raises :class:`OtherImprint` when it is about something else, :class:`BadCms` for all that is not a
    sound token.
    """
    if len(token) > MAXIMUM_TOKEN:
        raise BadCms(Message("trust.cms.malformed"))
    try:
        return _read(token, digest_of)
    except MALFORMED as error:
        raise BadCms(Message("trust.cms.malformed")) from error


def _read(token: bytes, digest_of: Callable[[str], bytes]) -> Timestamp:
    signer, _, info = _opened(token)
    imprint = info["message_imprint"]
    name = str(imprint["hash_algorithm"]["algorithm"].native)
    if name not in _IMPRINTS:
        raise BadCms(Message("trust.cms.algorithm", algorithm=name))
    if imprint["hashed_message"].native != digest_of(name):
        raise OtherImprint
    moment = info["gen_time"].native
    if moment.tzinfo is None:
        raise BadCms(Message("trust.cms.malformed"))
    _check_accuracy(info["accuracy"].native or {})
    if any(one["critical"].native for one in info["extensions"] or ()):
        raise BadCms(Message("trust.cms.malformed"))
    nonce = info["nonce"].native
    return Timestamp(
        moment.astimezone(dt.UTC),
        signer.certificate,
        signer.others,
        str(info["policy"].dotted),
        nonce if nonce is None else int(nonce),
        token,
    )


def _check_accuracy(said: Mapping[str, int | None]) -> None:
    """A time that may be years off (RFC 3161, 2.4.2: accuracy) proves none."""
    units = ((1_000_000, "seconds"), (1_000, "millis"), (1, "micros"))
    if sum((said.get(name) or 0) * unit for unit, name in units) > ACCURACY.total_seconds() * 1_000_000:
        raise BadCms(Message("trust.timestamp.vague"))


def _opened(token: bytes) -> tuple[CheckedSigner, bytes, Any]:
    """The signer, the bytes that were signed, and what they say."""
    content = signed_data(token, "tst_info")
    # whole, also where it was written in pieces (BER)
    inside = content["encap_content_info"]["content"]
    statement = bytes(inside) if isinstance(inside, cms.ParsableOctetString) else b""
    signer = check_signer(content, "tst_info", lambda name: hashlib.new(name, statement).digest())
    _check_bound(signer)
    info = tsp.TSTInfo.load(statement, strict=True)
    if info["version"].native != "v1":
        raise BadCms(Message("trust.cms.malformed"))
    return signer, statement, info


def _check_bound(signer: CheckedSigner) -> None:
    """The authority's certificate is named in what it signed (RFC 3161, 2.4.2; RFC 5816).

    The first form names it by SHA-1, and many authorities still write only that one. It is let through
    here alone: passing off another certificate would take a second preimage, and the certificate has
    to be one that the path accepts besides.
    """
    leaf = der(signer.certificate)
    first, second = (
        signer.attributes.get(name) for name in ("signing_certificate", "signing_certificate_v2")
    )
    if first is None and second is None:
        raise BadCms(Message("trust.timestamp.unbound"))
    if second is not None:
        named = second["certs"][0]
        algorithm: algos.DigestAlgorithm = named["hash_algorithm"]
        name = str(algorithm["algorithm"].native)
        if name not in _IMPRINTS:
            raise BadCms(Message("trust.cms.algorithm", algorithm=name))
        if named["cert_hash"].native != hashlib.new(name, leaf).digest():
            raise BadCms(Message("trust.cms.other_certificate"))
    for one in (first, second):
        if one is not None:
            check_named(one["certs"][0], signer.certificate)
    if (
        first is not None
        and first["certs"][0]["cert_hash"].native != hashlib.sha1(leaf, usedforsecurity=False).digest()
    ):
        raise BadCms(Message("trust.cms.other_certificate"))


def plain_token(token: bytes, between: tuple[x509.Certificate, ...] = ()) -> bytes:
    """The token in the one form our packages keep: all that is signed, and the certificates in between.

    What its signature does not protect (further certificates, unsigned attributes, ways to write the
    same) is left out or written in one way, so that no bit of it could be another. ``between``: what leads
    to the root, instead of what came with it. Raises :class:`BadCms`.
    """
    try:
        return _plain(token, between)
    except MALFORMED as error:
        raise BadCms(Message("trust.cms.malformed")) from error


def _plain(token: bytes, between: tuple[x509.Certificate, ...]) -> bytes:
    signer, statement, _ = _opened(token)
    leaf = asn1_x509.Certificate.load(der(signer.certificate))
    chain = [
        one
        for one in order_chain(signer.certificate, between or signer.others)
        if one.issuer != one.subject and written_tightly(one)
    ]
    elliptic = isinstance(signer.certificate.public_key(), ec.EllipticCurvePublicKey)
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": {"issuer_and_serial_number": {"issuer": leaf.issuer, "serial_number": leaf.serial_number}},
            "digest_algorithm": {"algorithm": signer.digest},
            "signed_attrs": cms.CMSAttributes.load(signer.info["signed_attrs"].untag().dump()),
            "signature_algorithm": {"algorithm": f"{signer.digest}_ecdsa" if elliptic else "rsassa_pkcs1v15"},
            "signature": signer.info["signature"].native,
        }
    )
    content = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [{"algorithm": signer.digest}],
            "encap_content_info": {
                "content_type": "tst_info",
                "content": cms.ParsableOctetString(statement),
            },
            "certificates": [leaf, *(asn1_x509.Certificate.load(der(one)) for one in chain)],
            "signer_infos": [info],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": content}).dump())
