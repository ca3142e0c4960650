"""Key files (.p12, .pfx): a wrong password, a damaged file and a file without a key are told apart."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

from desktop.base import Message, RancangError, clock
from desktop.base.errors import FileProblem
from desktop.base.jobs import command_of
from desktop.trust.certificate import MALFORMED, order_chain
from desktop.trust.signer import SoftSigner

MAXIMUM_SIZE = 1 << 20
"""Bytes; a key file is a few kilobytes."""

SECONDS = 10.0
"""Of the processor, for opening one; the usual 2,048 to 600,000 rounds of stretching take less than one."""
_CLOCK = 3.0
"""Times as much may pass by the clock."""
ARGUMENT = "--open-key-file"
"""What the program is called with to become that process."""
USED_UP = {-getattr(signal, name) for name in ("SIGPROF", "SIGKILL") if hasattr(signal, name)}
"""How it ends when its time is used up."""
_LARGEST_KEY = 16384
"""Bits; signing with a longer one takes minutes, and nothing could end it."""


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


class KeyFileTooMuch(RancangError):
    """Opening the file takes more work than any key file needs: somebody made it so, or it is damaged."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("trust.p12.too_much", file=file, seconds=round(SECONDS)))


_PROBLEMS: Mapping[bytes, Callable[[str], RancangError]] = {
    b"wrong": WrongPassword,
    b"damaged": DamagedKeyFile,
    b"no key": NoPrivateKey,
    b"kind": UnknownKeyKind,
    b"too much": KeyFileTooMuch,
}


Process: TypeAlias = "subprocess.Popen[bytes]"


def load_p12(data: bytes, password: str, file: str, begun: Process | None = None) -> SoftSigner:
    """The key, its certificate and the chain in a .p12 file; ``file`` is its name, for the sentences.

    How often the password is stretched is the file's word, and nothing ends that work once it has begun. So
    it is done in a process with limits, which hands over what lay in the file; nothing of the file is read
    here. ``begun``: that process, where it was begun before. Raises :class:`WrongPassword`,
    :class:`DamagedKeyFile`, :class:`NoPrivateKey`, :class:`UnknownKeyKind`, :class:`KeyFileTooMuch`.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    if len(data) > MAXIMUM_SIZE:
        raise DamagedKeyFile(file)
    try:
        secret = password.encode()
    except UnicodeEncodeError:
        # Half a character, which nobody's password holds; the error itself would carry the password on.
        raise WrongPassword(file) from None
    said, *found = apart(secret, data, begun)
    if said in _PROBLEMS:
        raise _PROBLEMS[said](file)
    try:
        private, leaf, *chain = found
        # looked at in that process, as far as a long one may take
        key = load_der_private_key(private, None, unsafe_skip_rsa_key_validation=True)
        first, *above = map(x509.load_der_x509_certificate, (leaf, *chain))
    except (*MALFORMED, ValueError, TypeError) as error:
        # it says what no process of ours would say
        raise DamagedKeyFile(file) from error
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise UnknownKeyKind(file)
    return SoftSigner(key, first, tuple(above))


def begin() -> Process:
    """The process that opens a key file; it waits to be told which. Raises FileProblem."""
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        return subprocess.Popen(
            command_of("desktop.trust.key_process", ARGUMENT),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=hidden,
        )
    except OSError as error:
        raise FileProblem.from_os(error, sys.executable) from error


@contextmanager
def begun_before() -> Iterator[Process]:
    """That process begun while there is other work to do; it is gone at the end, asked or not."""
    child = begin()
    with child:
        try:
            yield child
        finally:
            child.kill()


def apart(password: bytes, data: bytes, begun: Process | None = None) -> list[bytes]:
    """What :func:`unfold` says in a process of its own, which ends in time whatever the file asks for."""
    # one that was begun may be gone, for a reason that has nothing to do with the file
    child = begin() if begun is None or begun.poll() is not None else begun
    with child:
        try:
            # through the pipe: others can read what a process is called with
            told, _ = child.communicate(
                joined([str(SECONDS).encode(), password, data]), timeout=SECONDS * _CLOCK
            )
        except subprocess.TimeoutExpired:
            child.kill()
            return [b"too much"]
        except BaseException:  # whoever gives up, in whatever way, leaves no process at work; raised again
            child.kill()
            raise
    if child.returncode in USED_UP:
        return [b"too much"]
    try:
        return parted(told) or [b"damaged"]
    except ValueError:
        return [b"damaged"]


def unfold(password: bytes, data: bytes) -> list[bytes]:
    """What is wrong with a key file, or ``b"key"``, the key and the certificates, leaf first, as DER."""
    try:
        loaded = _load(data, password)
    except UnsupportedAlgorithm:
        return [b"kind"]
    except ValueError as error:
        return [b"wrong" if "password" in str(error).lower() else b"damaged"]
    except MemoryError:
        return [b"too much"]
    if loaded.key is None or loaded.cert is None:
        return [b"no key"]
    if not isinstance(loaded.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        return [b"kind"]
    if loaded.key.key_size > _LARGEST_KEY:
        return [b"kind"]
    try:
        leaf = loaded.cert.certificate
        others = tuple(one.certificate for one in loaded.additional_certs)
        chain = order_chain(leaf, others, clock.now())
        private = loaded.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return [b"key", private, *(one.public_bytes(Encoding.DER) for one in (leaf, *chain))]
    except MALFORMED:
        return [b"damaged"]


def _load(data: bytes, password: bytes) -> pkcs12.PKCS12KeyAndCertificates:
    # An empty password and none at all are two things in PKCS#12; people cannot know which it is.
    attempts = [password] if password else [b"", None]
    failure = ValueError()
    for attempt in attempts:
        try:
            return pkcs12.load_pkcs12(data, attempt)
        except ValueError as error:
            failure = error
    raise failure


def joined(pieces: Iterable[bytes]) -> bytes:
    """Pieces as they travel between the two processes: each after its length."""
    return b"".join(len(one).to_bytes(4, "big") + one for one in pieces)


def parted(data: bytes) -> list[bytes]:
    """The pieces that :func:`joined` made one of. Raises ValueError."""
    pieces = []
    while data:
        length = int.from_bytes(data[:4], "big")
        if len(data) < 4 + length:
            raise ValueError(length)
        pieces.append(data[4 : 4 + length])
        data = data[4 + length :]
    return pieces
