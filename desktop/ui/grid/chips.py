"""Chips in a table: a short state in its colour, and never by colour alone (the words say it)."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from desktop.ui import theme

TONES = {
    "good": ("good_soft", "good"),
    "moderate": ("warn_soft", "warn"),
    "poor": ("bad_soft", "bad"),
    "info": ("primary_soft", "primary_dark"),
}

_ROUND, _BESIDE = 18, 10
"""Pixels a chip has beside its words, and a cell beside its chip."""


def chip_font(font: QFont) -> QFont:
    """The letters of a chip."""
    made = QFont(font)
    made.setPixelSize(theme.grown(theme.TypeScale().small))
    made.setBold(True)
    return made


def chip_width(font: QFont, text: str) -> int:
    """How wide a cell has to be to show a chip to its end."""
    return QFontMetrics(chip_font(font)).horizontalAdvance(text) + _ROUND + _BESIDE + 1


def paint_chip(painter: QPainter, rect: QRect, font: QFont, text: str, tone: str) -> None:
    """Draw a chip at the left of a cell; words that do not fit end in dots."""
    soft, strong = (theme.colours()[role] for role in TONES[tone])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    small = chip_font(font)
    painter.setFont(small)
    metrics = QFontMetrics(small)
    high = metrics.height() + 5
    width = min(metrics.horizontalAdvance(text) + _ROUND, rect.width() - _BESIDE)
    box = QRectF(rect.x() + 6, rect.center().y() - high / 2 + 0.5, width, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(soft))
    painter.drawRoundedRect(box, high / 2, high / 2)
    painter.setPen(QColor(strong))
    said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(width) - 14))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)
    painter.restore()
