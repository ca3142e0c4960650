"""Keys on a token or smart card (PKCS#11): the private key never leaves it.

A key and its certificate belong together by CKA_ID; labels are for people and may differ.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import Message, RancangError, clock
from desktop.base.ordinary import check_room

if TYPE_CHECKING:
    import pkcs11
    from cryptography import x509

    from desktop.trust.signer import Signer


class TokenProblem(RancangError):
    """The token, its driver or its PIN did not let us in; the sentence says which and what to do."""


class PinState(StrEnum):
    """How many tries a token still gives, as far as it says."""

    FINE = "fine"
    LOW = "low"
    """A wrong PIN was typed before."""
    FINAL = "final"
    """One more wrong PIN locks the token."""
    LOCKED = "locked"

    @property
    def warning(self) -> Message | None:
        """What to say before a PIN is typed."""
        return {
            PinState.FINE: None,
            PinState.LOW: Message("trust.token.pin_low"),
            PinState.FINAL: Message("trust.token.pin_final"),
            PinState.LOCKED: Message("trust.token.pin_locked"),
        }[self]


@dataclass(frozen=True, slots=True)
class TokenCertificate:
    """A certificate found on a token, and the hexadecimal CKA_ID that finds its key."""

    token: str
    label: str
    key_id: str
    certificate_der: bytes = field(repr=False)
    pin: PinState = PinState.FINE

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

    key: Any = field(repr=False)
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
        for slot in _loaded(library).get_slots(token_present=True):
            here = slot.get_token()
            if not here.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED or (token and here.label != token):
                continue
            with here.open() as session:
                found.extend(_certificates(session, here))
    return tuple(found)


def _certificates(session: pkcs11.Session, token: pkcs11.Token) -> Iterator[TokenCertificate]:
    import pkcs11

    from desktop.trust.certificate import MALFORMED

    attribute, pin = pkcs11.Attribute, _pin_state(token)
    for one in session.get_objects({attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}):
        # A token may carry certificates of other kinds, damaged ones, or such that name no key; they are
        # nobody's to sign with.
        with contextlib.suppress(*MALFORMED, pkcs11.AttributeTypeInvalid):
            found = TokenCertificate(
                token.label, one[attribute.LABEL], one[attribute.ID].hex(), one[attribute.VALUE], pin
            )
            found.certificate.subject  # noqa: B018 - read to see whether it can be
            yield found


def _pin_state(token: pkcs11.Token) -> PinState:
    import pkcs11

    flag = pkcs11.TokenFlag
    for each, state in (
        (flag.USER_PIN_LOCKED, PinState.LOCKED),
        (flag.USER_PIN_FINAL_TRY, PinState.FINAL),
        (flag.USER_PIN_COUNT_LOW, PinState.LOW),
    ):
        if token.flags & each:
            return state
    return PinState.FINE


@contextmanager
def _session(library: Path, wanted_token: str, pin: str) -> Iterator[pkcs11.Session]:
    import pkcs11

    token = _token(library, wanted_token)
    if _pin_state(token) is PinState.LOCKED:
        # Another try could not help, and on some tokens makes it worse.
        raise TokenProblem(Message("trust.token.pin_locked"))
    try:
        session = token.open(user_pin=pin)
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange) as error:
        raise TokenProblem(_wrong_pin(library, wanted_token)) from error
    try:
        yield session
    finally:
        # A token pulled out meanwhile cannot be logged out of; what mattered has been said already.
        with contextlib.suppress(pkcs11.PKCS11Error):
            session.close()


def _loaded(library: Path) -> Any:
    """The driver. Raises FileProblem for what is no file."""
    import pkcs11

    # loading a pipe would wait for ever; a name without a folder is looked for by the system itself
    check_room(library)
    return pkcs11.lib(str(library))


def _token(library: Path, label: str) -> pkcs11.Token:
    import pkcs11

    wanted = {"token_label": label} if label else {"token_flags": pkcs11.TokenFlag.TOKEN_INITIALIZED}
    found: pkcs11.Token = _loaded(library).get_token(**wanted)
    return found


def _wrong_pin(library: Path, label: str) -> Message:
    """What to say of a wrong PIN, with the tries that are left where the token tells them."""
    import pkcs11

    try:
        state = _pin_state(_token(library, label))
    except pkcs11.PKCS11Error:
        state = PinState.FINE
    return {
        PinState.FINE: Message("trust.token.wrong_pin"),
        PinState.LOW: Message("trust.token.wrong_pin_low"),
        PinState.FINAL: Message("trust.token.wrong_pin_final"),
        PinState.LOCKED: Message("trust.token.pin_locked"),
    }[state]


def pin_warning(library: Path, token: str = "") -> Message | None:
    """What to say of a token before its PIN is typed; None when there is nothing to say."""
    import pkcs11

    try:
        return _pin_state(_token(library, token)).warning
    except pkcs11.PKCS11Error:
        # Whatever is wrong is said when it is opened.
        return None


def _find(session: pkcs11.Session, wanted: TokenKey) -> _TokenSigner:
    import pkcs11
    from cryptography import x509

    from desktop.trust.certificate import order_chain

    attribute = pkcs11.Attribute
    keys = {}
    for key in session.get_objects({attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY}):
        with contextlib.suppress(pkcs11.AttributeTypeInvalid):  # one that no certificate can name
            keys[key[attribute.ID]] = key
    present = list(_certificates(session, session.token))
    usable = [one for one in present if bytes.fromhex(one.key_id) in keys]
    chosen = [
        one
        for one in usable
        if (not wanted.key_id or one.key_id == wanted.key_id.lower())
        and (not wanted.label or one.label == wanted.label)
    ]
    if not keys:
        raise TokenProblem(Message("trust.token.empty", token=session.token.label))
    if not usable:
        raise TokenProblem(Message("trust.token.no_certificate", token=session.token.label))
    if not chosen:
        raise TokenProblem(Message("trust.token.no_key", token=session.token.label))
    if len({one.key_id for one in chosen}) == 1:
        # a card that was renewed keeps the certificates of before on the same key
        chosen = [_newest(chosen)]
    if len(chosen) > 1:
        names = ", ".join(f"{one.label} ({one.key_id})" for one in chosen)
        raise TokenProblem(Message("trust.token.several_keys", token=session.token.label, keys=names))
    leaf = chosen[0].certificate
    others = [one.certificate for one in present if one is not chosen[0]]
    others += [x509.load_der_x509_certificate(one) for one in wanted.chain]
    return _TokenSigner(
        keys[bytes.fromhex(chosen[0].key_id)],
        leaf,
        order_chain(leaf, tuple(others), clock.now()),
        wanted.library,
    )


def _newest(certificates: Sequence[TokenCertificate]) -> TokenCertificate:
    """Of several certificates of one key the one in force today, and of those the one made last."""
    today = clock.now()

    def standing(one: TokenCertificate) -> tuple[bool, dt.datetime]:
        found = one.certificate
        in_force = found.not_valid_before_utc <= today <= found.not_valid_after_utc
        return in_force, found.not_valid_before_utc

    return max(certificates, key=standing)


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
            | pkcs11.ObjectHandleInvalid()
            | pkcs11.KeyHandleInvalid()
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
