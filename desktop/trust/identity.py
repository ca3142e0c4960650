"""A test identity: a root, an issuer and signers that everybody can see are not certified.

For the demo, for training and for tests. Its signatures are never more than valid with notes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desktop.base.placing import put
from desktop.trust.certificate import TEST_MARK, TEST_POLICY

_Key: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_CRL_ADDRESS = "http://uji.invalid/uji.crl"
"""pdfsig calls a chain good only with a CRL distribution point; the address leads nowhere on purpose."""


@dataclass(frozen=True, slots=True)
class TestSigner:
    """One made-up official and the key file made for them."""

    __test__ = False  # pytest would take the name for a test class

    role: str
    name: str
    path: Path
    password: str


@dataclass(frozen=True, slots=True)
class TestIdentity:
    """Where the root lies (for ``--trust``) and the signers by role."""

    __test__ = False

    root: Path
    intermediate: Path
    signers: Mapping[str, TestSigner]


def make_test_identity(
    folder: Path,
    roles: Mapping[str, str],
    password: str = "uji",  # noqa: S107 - protects nothing: the identity proves nothing
    *,
    now: dt.datetime,
    algorithm: Literal["rsa", "ec"] = "rsa",
) -> TestIdentity:
    """Make root, issuer and one .p12 for each role (``{"mayor": "Nama Contoh"}``) in ``folder``.

    Valid from a day before ``now`` for two years, as officials' certificates are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    start, day = now - dt.timedelta(days=1), dt.timedelta(days=1)
    root_key, issuer_key = _new_key(algorithm), _new_key(algorithm)
    root = _issue("Root UJI", root_key, None, (start, start + 3650 * day), authority=True)
    issuer = _issue("Penerbit UJI", issuer_key, (root, root_key), (start, start + 3000 * day), authority=True)
    put(folder / "uji-root.pem", root.public_bytes(Encoding.PEM))
    put(folder / "uji-penerbit.pem", issuer.public_bytes(Encoding.PEM))
    signers: dict[str, TestSigner] = {}
    for role, name in roles.items():
        key = _new_key(algorithm)
        leaf = _issue(name, key, (issuer, issuer_key), (start, start + 730 * day), authority=False)
        path = folder / f"uji-{role}.p12"
        put(
            path,
            pkcs12.serialize_key_and_certificates(
                role.encode(), key, leaf, [issuer, root], BestAvailableEncryption(password.encode())
            ),
        )
        signers[role] = TestSigner(role, name, path, password)
    return TestIdentity(folder / "uji-root.pem", folder / "uji-penerbit.pem", signers)


def _new_key(algorithm: Literal["rsa", "ec"]) -> _Key:
    if algorithm == "rsa":
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.SECP256R1())


def _subject(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, TEST_MARK),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _issue(
    name: str,
    key: _Key,
    parent: tuple[x509.Certificate, _Key] | None,
    validity: tuple[dt.datetime, dt.datetime],
    *,
    authority: bool,
) -> x509.Certificate:
    """One certificate; without ``parent`` it signs itself."""
    subject, parent_key = _subject(name), parent[1] if parent else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(parent[0].subject if parent else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(validity[0])
        .not_valid_after(validity[1])
        .add_extension(x509.BasicConstraints(authority, 0 if authority and parent else None), critical=True)
        .add_extension(_usage(authority=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(parent_key.public_key()), critical=False
        )
        .add_extension(x509.CertificatePolicies([x509.PolicyInformation(TEST_POLICY, None)]), critical=False)
    )
    if not authority:
        address = x509.UniformResourceIdentifier(_CRL_ADDRESS)
        point = x509.DistributionPoint([address], None, None, None)
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        ).add_extension(x509.CRLDistributionPoints([point]), critical=False)
    return builder.sign(parent_key, hashes.SHA256())


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
