"""Our own way to ask a timestamp authority, as pyHanko wants one; nothing is believed unchecked."""

from __future__ import annotations

from collections.abc import Iterable

from asn1crypto import cms
from cryptography import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import TimeStamper

from desktop.base import Message
from desktop.trust.certificate import der
from desktop.trust.cms import BadCms
from desktop.trust.fetching import Online
from desktop.trust.online import NoAnswer, host_of
from desktop.trust.timestamps import plain_token

TOKEN = 16 << 10
"""Bytes of a timestamp with its certificates for which a PDF keeps room."""
_SIGNATURE = 4 << 10
"""Bytes of a signature and of what it signs of itself, without certificates."""

UNWRITABLE = (
    PdfError, SigningError,
    ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError, RecursionError,
)  # fmt: skip
"""What pyHanko raises where it writes on a document that is not as it expects one."""


def room(certificates: Iterable[x509.Certificate] = ()) -> int:
    """Hexadecimal letters kept free for a signature with these certificates and its timestamp."""
    return 2 * (TOKEN + _SIGNATURE + sum(len(der(one)) for one in certificates))


class Stamper(TimeStamper):
    """Asks once for each signature; pyHanko's trial request is spared by :func:`room`."""

    def __init__(self, online: Online) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._online = online

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:  # noqa: ARG002 - pyHanko's signature
        """A token over the digest; everything here is SHA-256. Raises NoAnswer.

        Only what is signed and the certificates in between: authorities may add a whole archive of lists,
        and the room for it is laid out before the token is known.
        """
        host = host_of(self._online.service.address)
        token = self._online.stamp(message_digest).token
        try:
            token = plain_token(token)
        except BadCms as error:
            raise NoAnswer(Message("trust.timestamp.bad", host=host, reason=error.message)) from error
        if len(token) > TOKEN:
            size, most = (f"{(bytes_ + 1023) >> 10}" for bytes_ in (len(token), TOKEN))
            raise NoAnswer(Message("submission.extend.token_large", host=host, kilobytes=size, most=most))
        return cms.ContentInfo.load(token)
