"""A font that has all of ASCII, and writes it without looking up letter by letter where each one stands."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase.ttfonts import TTFont


class QuickFont(TTFont):
    """ReportLab puts ASCII at its own codes into the first part of a font; what else there is follows."""

    def splitString(self, text: str | bytes, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802 - ReportLab's name
        """A text in pieces, each from one part of the font: the part, and the codes in it."""
        if isinstance(text, str) and text.isascii() and text.isprintable() and doc in self.state:
            return [(0, text.encode("ascii"))] if text else []
        found: list[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return found
