"""Icons: one open set (Lucide), drawn in the colour of the place where they stand."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.base.resources import resource

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


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """The same as an icon for buttons, menus and items."""
    return QIcon(pixmap(name, colour, size))


SPACE = 5
"""Pixels between an icon and the words of its button (style sheets cannot set it)."""


def spaced(name: str, colour: str, size: int = 16) -> QIcon:
    """An icon with room at its right, for buttons with words."""
    wide = QPixmap(round((size + SPACE) * RATIO), round(size * RATIO))
    wide.fill(Qt.GlobalColor.transparent)
    wide.setDevicePixelRatio(RATIO)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, pixmap(name, colour, size))
    painter.end()
    return QIcon(wide)
