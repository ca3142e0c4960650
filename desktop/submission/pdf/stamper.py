"""Our own way to ask a timestamp authority, as pyHanko wants one; nothing is believed unchecked."""

from __future__ import annotations

from asn1crypto import cms
from pyhanko.sign.timestamps import TimeStamper

from desktop.trust.fetching import Online

ROOM = 2 * (16 << 10)
"""Hexadecimal letters kept free for a signature or token with its certificates."""


class Stamper(TimeStamper):
    """Asks once for each signature; pyHanko's trial request is spared by :data:`ROOM`."""

    def __init__(self, online: Online) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._online = online

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:  # noqa: ARG002 - pyHanko's signature
        """A token over the digest; everything here is SHA-256. Raises NoAnswer."""
        return cms.ContentInfo.load(self._online.stamp(message_digest).token)
