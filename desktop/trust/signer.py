"""A key that signs: what PDF, XML and detached signatures need of it, wherever it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt

    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

    from desktop.trust.anchors import Anchors
    from desktop.trust.p12 import Process


class Signer(Protocol):
    """An opened key with its certificate; everything is signed with SHA-256."""

    @property
    def certificate(self) -> x509.Certificate:
        """The signer's own certificate."""

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """The certificates above it, in order, as far as they are known."""

    def sign(self, data: bytes) -> bytes:
        """RSASSA-PKCS1-v1_5, or ECDSA as DER (the form of CMS), over SHA-256 of ``data``."""


class KeySource(Protocol):
    """Where a key lies; picklable, so that a job can open it in its own process."""

    def open(self) -> AbstractContextManager[Signer]:
        """The signer for as long as the ``with`` lasts. Raises a RancangError that names the remedy."""


@dataclass(frozen=True, slots=True)
class SoftSigner:
    """A private key in memory, from a .p12 file."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    def sign(self, data: bytes) -> bytes:
        """See :class:`Signer`."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))


@dataclass(frozen=True, slots=True)
class P12Key:
    """A key in a .p12 (.pfx) file and the password that opens it."""

    path: Path
    password: str = field(repr=False)

    @contextmanager
    def open(self, begun: Process | None = None) -> Iterator[Signer]:
        """Load the file. Raises what :func:`desktop.trust.p12.load_p12` raises, or FileProblem."""
        from desktop.base.errors import FileProblem
        from desktop.base.ordinary import open_ordinary
        from desktop.trust.p12 import MAXIMUM_SIZE, load_p12

        try:
            with open_ordinary(self.path) as file:
                data = file.read(MAXIMUM_SIZE + 1)
        except OSError as error:
            raise FileProblem.from_os(error, str(self.path)) from error
        yield load_p12(data, self.password, self.path.name, begun)


@dataclass(frozen=True, slots=True)
class _Accompanied:
    """A key with more above its certificate than it carries itself."""

    inner: Signer
    chain: tuple[x509.Certificate, ...]

    @property
    def certificate(self) -> x509.Certificate:
        """See :class:`Signer`."""
        return self.inner.certificate

    def sign(self, data: bytes) -> bytes:
        """See :class:`Signer`."""
        return self.inner.sign(data)


def accompanied(signer: Signer, anchors: Anchors, now: dt.datetime) -> Signer:
    """With the issuers kept here that a key does not carry: receivers know roots alone.

    What leads to a root that is believed here goes along; where nothing does, whatever leads on.
    """
    from desktop.trust.certificate import order_chain
    from desktop.trust.path import TrustPath, find_lent_path

    carried = signer.chain
    path = find_lent_path(signer.certificate, carried, anchors, now)
    if isinstance(path, TrustPath):
        between = path.certificates[1:-1]
        return signer if set(between) <= set(carried) else _Accompanied(signer, between)
    longer = order_chain(signer.certificate, (*carried, *anchors.leading), now)
    is_more = len(longer) > len(carried) and longer[: len(carried)] == carried
    return _Accompanied(signer, longer) if is_more else signer


@contextmanager
def opened_with_issuers(
    opening: Callable[[], AbstractContextManager[Signer]], anchors: Anchors, now: dt.datetime
) -> Iterator[Signer]:
    """What opening a key gives, accompanied. Raises what opening it raises."""
    with opening() as opened:
        yield accompanied(opened, anchors, now)


@contextmanager
def under_way(key: KeySource, *, worth: bool) -> Iterator[Callable[[], AbstractContextManager[Signer]]]:
    """What opens the key; where that is ``worth`` it, what takes time before that is begun already.

    Nobody is asked for anything yet, and nothing of the key is read. Raises FileProblem.
    """
    if not worth or not isinstance(key, P12Key):
        yield key.open
        return
    from desktop.trust.p12 import begun_before

    with begun_before() as begun:
        yield partial(key.open, begun)


def xml_signature(signer: Signer, data: bytes) -> bytes:
    """The signature as XMLDSig wants it: RSA as it is, ECDSA as r||s of fixed length (RFC 6931)."""
    from cryptography.hazmat.primitives.asymmetric import ec, utils

    signature, key = signer.sign(data), signer.certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return signature
    r, s = utils.decode_dss_signature(signature)
    width = (key.key_size + 7) // 8
    return r.to_bytes(width, "big") + s.to_bytes(width, "big")


def fits(key: CertificatePublicKeyTypes, signature: bytes, data: bytes, digest: str = "sha256") -> bool:
    """Whether a PKCS#1 v1.5 or DER-encoded ECDSA signature over ``data`` was made by ``key``'s owner."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    known: dict[str, hashes.HashAlgorithm] = {
        "sha256": hashes.SHA256(),
        "sha384": hashes.SHA384(),
        "sha512": hashes.SHA512(),
    }
    algorithm = known[digest]
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), algorithm)
            return True
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(algorithm))
            return True
    except InvalidSignature:
        return False
    return False


def xml_fits(key: CertificatePublicKeyTypes, signature: bytes, data: bytes, digest: str = "sha256") -> bool:
    """As :func:`fits`, for the form of XMLDSig; an ECDSA value of another length fits nothing."""
    from cryptography.hazmat.primitives.asymmetric import ec, utils

    if isinstance(key, ec.EllipticCurvePublicKey):
        width = (key.key_size + 7) // 8
        if len(signature) != 2 * width:
            return False
        r, s = int.from_bytes(signature[:width], "big"), int.from_bytes(signature[width:], "big")
        signature = utils.encode_dss_signature(r, s)
    return fits(key, signature, data, digest)
