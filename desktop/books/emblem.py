"""The region's emblem as books and letters show it."""

from __future__ import annotations

from functools import partial

from desktop.books.document import Photo, Pictures
from desktop.books.photos import Scaled, scaled
from desktop.workspace import emblem
from desktop.workspace.plan import Plan

_DOTS, _QUALITY = 300, 92
"""Finer than a photo: an emblem is lines and small letters."""


def emblem_of(plan: Plan) -> Photo | None:
    """The emblem of the plan's region, if it has one whose bytes are here."""
    found = emblem.emblem(plan)
    return Photo(found.sha256) if found is not None and found.present else None


def drawn(photo: Photo | None, pictures: Pictures | None, room: float, height: float) -> Scaled | None:
    """The emblem within ``room`` by ``height`` points; None where there is none, or it cannot be shown."""
    if photo is None or pictures is None:
        return None
    return scaled(partial(pictures, photo.sha256), room, height, dots=_DOTS, quality=_QUALITY)
