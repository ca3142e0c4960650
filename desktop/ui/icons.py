"""Icons: one open set (Lucide), drawn in a colour of the theme and drawn again when the theme changes."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.base.resources import resource
from desktop.ui import theme

RATIO = 2.0
"""Pixels drawn per pixel shown, so that icons stay crisp at 200 %."""


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int = 18) -> QPixmap:
    """The icon ``name`` in ``colour``, ``size`` pixels wide."""
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    picture = QPixmap(round(size * RATIO), round(size * RATIO))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size * RATIO, size * RATIO))
    painter.end()
    picture.setDevicePixelRatio(RATIO)
    return picture


def icon(name: str, role: str, size: int = 18) -> QIcon:
    """An icon in a role of the theme (``text``, ``primary``, ...); pale where its button is disabled."""
    made = QIcon(pixmap(name, theme.colours()[role], size))
    made.addPixmap(pixmap(name, theme.colours().hint, size), QIcon.Mode.Disabled)
    return made


SPACE = 5
"""Pixels between an icon and the words of its button (style sheets cannot set it)."""


def spaced(name: str, role: str, size: int = 16) -> QIcon:
    """An icon with room at its right, for buttons with words."""
    made = QIcon(_with_room(pixmap(name, theme.colours()[role], size)))
    made.addPixmap(_with_room(pixmap(name, theme.colours().hint, size)), QIcon.Mode.Disabled)
    return made


def _with_room(drawn: QPixmap) -> QPixmap:
    wide = QPixmap(drawn.width() + round(SPACE * RATIO), drawn.height())
    wide.fill(Qt.GlobalColor.transparent)
    wide.setDevicePixelRatio(RATIO)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return wide


W = TypeVar("W", bound=QObject)
_ties: dict[tuple[int, str], tuple[weakref.ref[QObject], Callable[[Any], object]]] = {}


def tie(widget: W, put: Callable[[W], object], part: str = "") -> None:
    """Draw now, and again whenever the theme changes; tying the same ``part`` again replaces it.

    ``put(widget)`` sets the icon; Python icon engines, which would make this needless, crash in
    PySide6 6.11 (their clones are collected while Qt still holds them).
    """
    _ties[id(widget), part] = (weakref.ref(widget), put)
    put(widget)


def forget_gone() -> None:
    """Forget what is gone."""
    for key, (reference, _put) in list(_ties.items()):
        widget = reference()
        if widget is None or not shiboken6.isValid(widget):
            del _ties[key]


def recolour() -> None:
    """Draw everything tied again; what is gone is forgotten."""
    forget_gone()
    for reference, put in list(_ties.values()):
        widget = reference()
        if widget is not None and shiboken6.isValid(widget):
            put(widget)
