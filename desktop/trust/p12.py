"""Key files (.p12, .pfx): a wrong password, a damaged file and a file without a key are told apart."""

from __future__ import annotations

from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from desktop.base import Message, RancangError
from desktop.trust.certificate import MALFORMED, order_chain
from desktop.trust.signer import SoftSigner

MAXIMUM_SIZE = 1 << 20
"""Bytes; a key file is a few kilobytes."""

MOST_ROUNDS = 10_000_000
"""Of stretching the password, in all parts together: some seconds; usual files have 2,048 to 600,000."""


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
    _check_rounds(data, file)
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


def _check_rounds(data: bytes, file: str) -> None:
    """Not more work than a minute before the password is known to be right or wrong: nothing can stop it.

    What lies within an encrypted part is not seen. Raises :class:`DamagedKeyFile`, :class:`UnknownKeyKind`.
    """
    from asn1crypto import pkcs12 as form

    rounds = 0
    try:
        found = form.Pfx.load(data)
        if found["mac_data"].native is not None:
            rounds += int(found["mac_data"]["iterations"].native)
        for part in found.authenticated_safe:
            kind, content = part["content_type"].native, part["content"]
            if kind == "encrypted_data":
                rounds += _rounds(content["encrypted_content_info"]["content_encryption_algorithm"])
            elif kind == "data":
                for bag in form.SafeContents.load(content.native):
                    if bag["bag_id"].native == "pkcs8_shrouded_key_bag":
                        rounds += _rounds(bag["bag_value"]["encryption_algorithm"])
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise DamagedKeyFile(file) from error
    if rounds > MOST_ROUNDS:
        raise UnknownKeyKind(file)


def _rounds(algorithm: Any) -> int:
    """How often one part has the password stretched."""
    told = algorithm["parameters"]
    if algorithm["algorithm"].native == "pbes2":
        function = told["key_derivation_func"]
        if function["algorithm"].native != "pbkdf2":
            return MOST_ROUNDS + 1
        return int(function["parameters"]["iteration_count"].native)
    return int(told["iterations"].native)
