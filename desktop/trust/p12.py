"""Key files (.p12, .pfx): a wrong password, a damaged file and a file without a key are told apart."""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from desktop.base import Message, RancangError
from desktop.trust.certificate import MALFORMED, order_chain
from desktop.trust.signer import SoftSigner

MAXIMUM_SIZE = 1 << 20
"""Bytes; a key file is a few kilobytes."""


class WrongPassword(RancangError):
    """The password does not open the key file."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("trust.p12.wrong_password", file=file))


class DamagedKeyFile(RancangError):
    """The file is not a key file, or is cut or altered."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("trust.p12.damaged", file=file))


class NoPrivateKey(RancangError):
    """The file holds certificates only: somebody exported it without the key."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("trust.p12.no_key", file=file))


class UnknownKeyKind(RancangError):
    """The file's key or encryption is of a kind that documents are not signed with here."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("trust.p12.kind", file=file))


def load_p12(data: bytes, password: str, file: str) -> SoftSigner:
    """The key, its certificate and the chain in a .p12 file; ``file`` is its name, for the sentences.

    Raises :class:`WrongPassword`, :class:`DamagedKeyFile`, :class:`NoPrivateKey`, :class:`UnknownKeyKind`.
    """
    if len(data) > MAXIMUM_SIZE:
        raise DamagedKeyFile(file)
    loaded = _load(data, password, file)
    if loaded.key is None or loaded.cert is None:
        raise NoPrivateKey(file)
    if not isinstance(loaded.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise UnknownKeyKind(file)
    try:
        leaf = loaded.cert.certificate
        others = tuple(one.certificate for one in loaded.additional_certs)
        return SoftSigner(loaded.key, leaf, order_chain(leaf, others))
    except MALFORMED as error:
        raise DamagedKeyFile(file) from error


def _load(data: bytes, password: str, file: str) -> pkcs12.PKCS12KeyAndCertificates:
    # An empty password and none at all are two things in PKCS#12; people cannot know which it is.
    try:
        attempts = [password.encode()] if password else [b"", None]
    except UnicodeEncodeError:
        # Half a character, which nobody's password holds; the error itself would carry the password on.
        raise WrongPassword(file) from None
    failure: ValueError | None = None
    for attempt in attempts:
        try:
            return pkcs12.load_pkcs12(data, attempt)
        except UnsupportedAlgorithm as error:
            raise UnknownKeyKind(file) from error
        except ValueError as error:
            failure = error
    if "password" in str(failure).lower():
        raise WrongPassword(file) from failure
    raise DamagedKeyFile(file) from failure
