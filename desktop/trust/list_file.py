"""Files of revocation lists: one as it is (DER), or several blocks of text (PEM), none of them cut short."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from desktop.base import Message, RancangError

MAXIMUM_LIST = 32 << 20
"""Bytes of one list: more than half a million entries."""
_MARK = re.compile(rb"-----(BEGIN|END) ([A-Z0-9 ]{1,60})-----")
_LIST = b"X509 CRL"
_CUT = re.compile(rb"\0|(?:\A|[\r\n])[ \t]*+-")
"""What is left of a beginning or an end that was cut off, and what a full disk leaves."""


class BadList(RancangError):
    """A file that is no revocation list, or one that cannot be followed; the sentence says why."""


def split_lists(data: bytes, file: str) -> tuple[bytes, ...]:
    """The lists of a file as DER, not yet read. Raises :class:`BadList`."""
    if len(data) > MAXIMUM_LIST:
        raise BadList(Message("trust.crl.too_large", file=file, megabytes=MAXIMUM_LIST >> 20))
    if b"-----BEGIN" not in data:
        return (data,)
    try:
        ders = tuple(
            base64.b64decode(b"".join(text.split()), validate=True)
            for label, text in _blocks(data)
            if label == _LIST
        )
    except ValueError as error:
        raise BadList(Message("trust.crl.unreadable", file=file)) from error
    if not ders:
        raise BadList(Message("trust.crl.unreadable", file=file))
    return ders


def _blocks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every block of a PEM file; certificates and remarks may stand beside the lists.

    Raises ValueError where a block has no beginning or no end: a file that was cut short says less than the
    authority did.
    """
    at, open_ = 0, b""
    for mark in _MARK.finditer(data):
        kind, label = mark.groups()
        between, at = data[at : mark.start()], mark.end()
        strange = b"CRL" in label and label != _LIST
        if (kind == b"END") != bool(open_) or (open_ and label != open_) or strange:
            raise ValueError(label)
        if not open_ and _CUT.search(between):
            raise ValueError(between[:100])
        if open_:
            yield label, between
        open_ = b"" if open_ else label
    if open_ or _CUT.search(data, at):
        raise ValueError(open_)
