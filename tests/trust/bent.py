"""Certificates that no careful authority makes: taken apart, changed, and signed again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asn1crypto import algos, keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from desktop.trust.certificate import der
from tests.trust.crls import tlv
from tests.trust.pki import Holder


def again(
    holder: Holder,
    key: Any,
    change: Callable[[Any], None] = lambda body: None,
    hash_: hashes.HashAlgorithm | None = None,
    outer: str = "",
    bend: Callable[[bytes], bytes] = lambda signed: signed,
) -> Holder:
    """The same certificate after ``change`` to its body, signed again with ``key`` and any hash.

    ``outer`` is the algorithm that stands beside the signature, where it differs from what was signed;
    ``bend`` changes the very bytes that are signed.
    """
    certificate = asn1.Certificate.load(der(holder.certificate))
    chosen = hash_ or hashes.SHA256()
    kind = "rsa" if isinstance(key, rsa.RSAPrivateKey) else "ecdsa"
    algorithm = {"algorithm": f"{chosen.name}_{kind}"}
    body = certificate["tbs_certificate"]
    body["signature"] = algorithm
    change(body)
    signed = bend(body.dump(force=True))
    if isinstance(key, rsa.RSAPrivateKey):
        value = key.sign(signed, padding.PKCS1v15(), chosen)
    else:
        value = key.sign(signed, ec.ECDSA(chosen))
    beside = algos.SignedDigestAlgorithm({"algorithm": outer} if outer else algorithm)
    whole = tlv(0x30, signed + beside.dump() + tlv(3, b"\0" + value))
    return Holder(x509.load_der_x509_certificate(whole), holder.key)


def unknown_curve(body: Any) -> None:
    """A key of a kind that no library knows."""
    body["subject_public_key_info"]["algorithm"]["parameters"] = keys.ECDomainParameters("named", "1.2.3.4")


def first_version(body: Any) -> None:
    """As certificates were before there were extensions."""
    body["version"] = "v1"
    body["extensions"] = None


def old_version(body: Any) -> None:
    """Extensions in a version that has none."""
    body["version"] = "v1"


def written_curve(body: Any) -> None:
    """P-256 by its parameters in place of its name."""
    prime = 2**256 - 2**224 + 2**192 + 2**96 - 1
    values = {
        "version": "ecdpVer1",
        "field_id": {"field_type": "prime_field", "parameters": prime},
        "curve": {
            "a": (prime - 3).to_bytes(32, "big"),
            "b": bytes.fromhex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
        },
        "base": bytes.fromhex(
            "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
            "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
        ),
        "order": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
        "cofactor": 1,
    }
    domain = keys.ECDomainParameters(name="specified", value=keys.SpecifiedECDomain(values))
    body["subject_public_key_info"]["algorithm"]["parameters"] = domain


def twice(body: Any) -> None:
    """One extension there two times."""
    extensions = body["extensions"]
    extensions.append(extensions[0].copy())


def nameless(signed: bytes) -> bytes:
    """An organisation (in subject and issuer) whose letters are no text."""
    return signed.replace(b"Contoh PKI", b"\xff\xfe\xfdtoh PKI")
