"""Parts of files looked at as if each were a file of its own, and files as if several were one.

PDFs are read where they lie.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import accumulate
from typing import BinaryIO


class _Looking(io.RawIOBase):
    """So many bytes, read only, that lie somewhere else."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move within these bytes; before their beginning is an error."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError(offset)
        self._at = base + offset
        return self._at

    def _read(self, file: BinaryIO, at: int, buffer: memoryview, length: int) -> int:
        """Fill the buffer from a place of a file."""
        file.seek(at)
        data = file.read(length)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


class Window(_Looking):
    """``size`` bytes of ``file`` from ``start``; read only."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        super().__init__(size)
        self._file = file
        self._start = start

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as the window reaches."""
        length = min(len(buffer), max(0, self._size - self._at))
        return self._read(self._file, self._start + self._at, buffer, length) if length else 0


class Joined(_Looking):
    """Files one behind the other; read only."""

    def __init__(self, files: Sequence[tuple[BinaryIO, int]]) -> None:
        """``files``: each with its bytes."""
        super().__init__(sum(size for _, size in files))
        ends = tuple(accumulate(size for _, size in files))
        self._files = tuple((file, end - size, end) for (file, size), end in zip(files, ends, strict=True))

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as the file reaches in which the next byte lies."""
        for file, start, end in self._files:
            if start <= self._at < end:
                return self._read(file, self._at - start, buffer, min(len(buffer), end - self._at))
        return 0
