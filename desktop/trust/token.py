"""Keys on a token or smart card (PKCS#11): the private key never leaves it.

A key and its certificate belong together by CKA_ID; labels are for people and may differ.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import Message, RancangError

if TYPE_CHECKING:
    import pkcs11
    from cryptography import x509

    from desktop.trust.signer import Signer


class TokenProblem(RancangError):
    """The token, its driver or its PIN did not let us in; the sentence says which and what to do."""


@dataclass(frozen=True, slots=True)
class TokenCertificate:
    """A certificate found on a token, and the hexadecimal CKA_ID that finds its key."""

    token: str
    label: str
    key_id: str
    certificate_der: bytes = field(repr=False)

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate itself."""
        from cryptography import x509

        return x509.load_der_x509_certificate(self.certificate_der)


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key on a token: the driver library, the PIN, and whatever of token, label or id tells it apart.

    ``chain`` are further certificates (DER) for tokens that carry only the signer's own.
    """

    library: Path
    pin: str = field(repr=False)
    token: str = ""
    label: str = ""
    key_id: str = ""
    chain: tuple[bytes, ...] = ()

    @contextmanager
    def open(self) -> Iterator[Signer]:
        """Log in and find key and certificate. Raises :class:`TokenProblem`."""
        with _said(self.library), _session(self.library, self.token, self.pin) as session:
            yield _find(session, self)


@dataclass(frozen=True, slots=True)
class _TokenSigner:
    """A key on a token with an open session; see :class:`desktop.trust.signer.Signer`."""

    key: Any
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    library: Path

    def sign(self, data: bytes) -> bytes:
        """Let the token sign."""
        import pkcs11
        from pkcs11.util.ec import encode_ecdsa_signature

        with _said(self.library):
            if self.key.key_type == pkcs11.KeyType.RSA:
                return bytes(self.key.sign(data, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))
            # Few tokens hash for ECDSA themselves; every one signs a digest.
            raw = self.key.sign(hashlib.sha256(data).digest(), mechanism=pkcs11.Mechanism.ECDSA)
            return bytes(encode_ecdsa_signature(raw))


def certificates_on(library: Path, token: str = "") -> tuple[TokenCertificate, ...]:
    """What can be seen without a PIN on every token (or the one named). Raises :class:`TokenProblem`."""
    import pkcs11

    found: list[TokenCertificate] = []
    with _said(library):
        for slot in pkcs11.lib(str(library)).get_slots(token_present=True):
            here = slot.get_token()
            if not here.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED or (token and here.label != token):
                continue
            with here.open() as session:
                found.extend(_certificates(session, here.label))
    return tuple(found)


def _certificates(session: pkcs11.Session, token: str) -> Iterator[TokenCertificate]:
    import pkcs11

    attribute = pkcs11.Attribute
    for one in session.get_objects({attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}):
        yield TokenCertificate(token, one[attribute.LABEL], one[attribute.ID].hex(), one[attribute.VALUE])


@contextmanager
def _session(library: Path, token: str, pin: str) -> Iterator[pkcs11.Session]:
    import pkcs11

    driver = pkcs11.lib(str(library))
    wanted = {"token_label": token} if token else {"token_flags": pkcs11.TokenFlag.TOKEN_INITIALIZED}
    session = driver.get_token(**wanted).open(user_pin=pin)
    try:
        yield session
    finally:
        # A token pulled out meanwhile cannot be logged out of; what mattered has been said already.
        with contextlib.suppress(pkcs11.PKCS11Error):
            session.close()


def _find(session: pkcs11.Session, wanted: TokenKey) -> _TokenSigner:
    import pkcs11
    from cryptography import x509

    from desktop.trust.certificate import order_chain

    attribute = pkcs11.Attribute
    keys = {
        key[attribute.ID]: key
        for key in session.get_objects({attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY})
    }
    present = list(_certificates(session, session.token.label))
    usable = [one for one in present if bytes.fromhex(one.key_id) in keys]
    chosen = [
        one
        for one in usable
        if (not wanted.key_id or one.key_id == wanted.key_id.lower())
        and (not wanted.label or one.label == wanted.label)
    ]
    if not chosen:
        raise TokenProblem(Message("trust.token.no_key", token=session.token.label))
    if len(chosen) > 1:
        names = ", ".join(f"{one.label} ({one.key_id})" for one in chosen)
        raise TokenProblem(Message("trust.token.several_keys", token=session.token.label, keys=names))
    leaf = chosen[0].certificate
    others = [one.certificate for one in present if one is not chosen[0]]
    others += [x509.load_der_x509_certificate(one) for one in wanted.chain]
    return _TokenSigner(
        keys[bytes.fromhex(chosen[0].key_id)], leaf, order_chain(leaf, tuple(others)), wanted.library
    )


@contextmanager
def _said(library: Path) -> Iterator[None]:
    """Turn the driver's typed but wordless errors into sentences."""
    import pkcs11

    try:
        yield
    except pkcs11.PKCS11Error as error:
        raise TokenProblem(_sentence(error, library)) from error


def _sentence(error: pkcs11.PKCS11Error, library: Path) -> Message:  # noqa: PLR0911 - one line for each kind
    import pkcs11

    match error:
        case pkcs11.PinIncorrect() | pkcs11.PinInvalid() | pkcs11.PinLenRange():
            return Message("trust.token.wrong_pin")
        case pkcs11.PinLocked():
            return Message("trust.token.pin_locked")
        case pkcs11.PinExpired() | pkcs11.UserPinNotInitialized():
            return Message("trust.token.pin_expired")
        case pkcs11.NoSuchToken() | pkcs11.TokenNotPresent() | pkcs11.DeviceRemoved():
            return Message("trust.token.absent")
        case (
            pkcs11.SlotIDInvalid()
            | pkcs11.SessionHandleInvalid()
            | pkcs11.SessionClosed()
            | pkcs11.UserNotLoggedIn()
        ):
            return Message("trust.token.absent")
        case pkcs11.TokenNotRecognised():
            return Message("trust.token.not_recognised")
        case pkcs11.MultipleTokensReturned():
            return Message("trust.token.several_tokens")
        case pkcs11.MechanismInvalid() | pkcs11.MechanismParamInvalid() | pkcs11.FunctionNotSupported():
            return Message("trust.token.mechanism")
        case pkcs11.FunctionCancelled() | pkcs11.FunctionRejected():
            return Message("trust.token.cancelled")
        case _ if type(error) is pkcs11.PKCS11Error:
            # Only a library that could not be loaded raises the base class itself.
            return Message("trust.token.library", library=str(library))
        case _:
            return Message("trust.token.failed", reason=type(error).__name__)
