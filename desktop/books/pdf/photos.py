"""Photos as they stand on a page: scaled beside the layout, on the other cores of the computer."""

from __future__ import annotations

import hashlib
import io
import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self, cast

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from desktop.base import RancangError
from desktop.books.document import Pictures
from desktop.books.photos import Scaled, scaled

_WAITING = 8
"""So many photos wait for being scaled at most: each holds what the camera wrote."""


class Photos:
    """Hands out photos of one book; what reads them is only ever asked in the thread of the layout."""

    def __init__(self, read: Pictures | None) -> None:
        self.read = read
        """Hands out what the camera wrote."""
        self._pool = ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1))
        self._waiting: deque[Future[Scaled | None]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What is not begun is left undone."""
        self._pool.shutdown(cancel_futures=True)

    def photo(self, sha256: str, room: float, height: float) -> Flowable | None:
        """A picture within ``room`` by ``height`` points; None for what is not at hand.

        What turns out to be no picture takes no room.
        """
        if self.read is None:
            return None
        try:
            data = self.read(sha256)
        except (RancangError, OSError):
            return None
        while len(self._waiting) >= _WAITING:
            self._waiting.popleft().result()
        made = self._pool.submit(_scaled, data, room, height)
        self._waiting.append(made)
        return _Photo(made.result)


def _scaled(data: bytes, room: float, height: float) -> Scaled | None:
    return scaled(lambda: data, room, height)


class _Jpeg:
    """What ReportLab asks of a picture, whose bytes it shall take as they are.

    Its own reader would open the photo again, and keep every pixel of it until the book is finished.
    """

    def __init__(self, jpeg: bytes) -> None:
        self._jpeg = jpeg

    def __str__(self) -> str:
        """By this name ReportLab knows that it has the picture already."""
        return hashlib.sha256(self._jpeg).hexdigest()

    def jpeg_fh(self) -> io.BytesIO:
        """The file."""
        return io.BytesIO(self._jpeg)


def draw_jpeg(canvas: Canvas, made: Scaled, x: float, y: float) -> None:
    """Draw a scaled picture with its lower left corner at a place."""
    canvas.drawImage(cast(Any, _Jpeg(made.jpeg)), x, y, made.width, made.height)


class _Photo(Flowable):
    """A scaled photo at the left; nothing where it cannot be shown."""

    def __init__(self, made: Callable[[], Scaled | None]) -> None:
        super().__init__()
        self._made = made

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """As large as it was scaled."""
        made = self._made()
        self.width, self.height = (made.width, made.height) if made is not None else (0.0, 0.0)
        return self.width, self.height

    def draw(self) -> None:
        """The picture alone."""
        made = self._made()
        if made is not None:
            draw_jpeg(self.canv, made, 0, 0)
