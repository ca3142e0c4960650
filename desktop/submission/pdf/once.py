"""What was found out of a document in this process is said again of the same bytes.

Whoever signs has a package looked at before and after, and all of it but one document is as it was; packages
of one region have most of theirs in common.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO, Generic, TypeVar

_HELD = 16 << 20
"""Bytes of a document that is held whole; what is larger is read from its file, every time."""
_MOST = 256
T = TypeVar("T")


class Once(Generic[T]):
    """One question about documents, and what was answered; no refusal is kept, nor any other error."""

    def __init__(self, keeps: Callable[[T], bool]) -> None:
        """``keeps``: whether an answer may be said again. Want of memory may make a document seem worse."""
        self._keeps = keeps
        self._known: dict[tuple[object, ...], T] = {}

    def ask(self, file: BinaryIO, about: tuple[object, ...], look: Callable[[BinaryIO], T]) -> T:
        """What ``look`` answers of a file; ``about`` is all it goes by besides."""
        file.seek(0)
        data = file.read(_HELD + 1)
        if len(data) > _HELD:
            return look(file)
        # of what is held here, so that nobody exchanges it between its sum and its look
        key = (hashlib.sha256(data).digest(), *about)
        if key in self._known:
            return self._known[key]
        found = look(BytesIO(data))
        if self._keeps(found):
            while len(self._known) >= _MOST:
                self._known.pop(next(iter(self._known)), None)
            self._known[key] = found
        return found
