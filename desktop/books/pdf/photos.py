"""Photos as they stand on a page."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.platypus import Flowable, Image

from desktop.books.photos import scaled


def photo(read: Callable[[], bytes], room: float, height: float) -> Flowable | None:
    """A picture within ``room`` by ``height`` points; None for what cannot be shown."""
    made = scaled(read, room, height)
    if made is None:
        return None
    return Image(io.BytesIO(made.jpeg), made.width, made.height, lazy=0, hAlign="LEFT")
