"""The visible signature: who, in what office, when, and a QR. Never an authority's mark, for we are none.

Drawn with ReportLab so that it stays PDF/A: embedded font, QR as vector squares, no transparency.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, render
from desktop.base.language import Language
from desktop.base.resources import resource
from desktop.base.speech import moment_in_zone

if TYPE_CHECKING:
    from cryptography import x509
    from reportlab.pdfgen.canvas import Canvas

    from desktop.trust.anchors import Anchors

_REGULAR, _BOLD = "RancangStamp", "RancangStampBold"

LARGEST, SMALLEST, LEADING = 8.0, 4.0, 1.25
"""Points of type, and the distance of lines in multiples of it."""
_TINIEST = 0.5
"""Smaller than legible, before a line would be cut."""


class StampStanding(StrEnum):
    """What the signature is worth by what this computer believes, in the words that are drawn."""

    CERTIFIED = "certified"
    UNCERTIFIED = "uncertified"
    TEST = "test"

    @property
    def message(self) -> Message:
        """The line that says so."""
        return {
            StampStanding.CERTIFIED: Message("submission.stamp.certified"),
            StampStanding.UNCERTIFIED: Message("submission.stamp.uncertified"),
            StampStanding.TEST: Message("submission.stamp.test"),
        }[self]


def standing_of(
    certificate: x509.Certificate, others: tuple[x509.Certificate, ...], anchors: Anchors, now: dt.datetime
) -> StampStanding:
    """*Certified* only for a path to a national anchor; a test identity is told, anything else is not."""
    from desktop.trust.certificate import is_test
    from desktop.trust.path import TrustPath, find_path

    if is_test(certificate):
        return StampStanding.TEST
    path = find_path(certificate, others, anchors.for_signers(), now)
    if not isinstance(path, TrustPath):
        return StampStanding.UNCERTIFIED
    if path.test:
        return StampStanding.TEST
    return StampStanding.CERTIFIED if path.certified else StampStanding.UNCERTIFIED


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a visible signature says; ``code`` is what the QR holds."""

    name: str
    office: str
    moment: dt.datetime
    standing: StampStanding
    code: str


def draw_stamp(stamp: Stamp, width: float, height: float) -> bytes:
    """A one-page PDF of this size in points, to be laid into the signature field."""
    from reportlab.lib.colors import black, white
    from reportlab.pdfgen.canvas import Canvas

    from desktop.books.pdf.qr import draw_qr

    _fonts()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(width, height), initialFontName=_REGULAR, invariant=1)  # type: ignore[arg-type]  # the stubs say float
    # Opaque: it may lie on a note that says who is to sign here.
    canvas.setFillColor(white)
    canvas.setStrokeColor(black)
    canvas.setLineWidth(0.5)
    canvas.rect(0.5, 0.5, width - 1, height - 1, fill=1)
    lines = _lines(stamp)
    side = min(height - 6, width / 3)
    margin = min(4.0, width / 12, height / 12)
    beside = (side + 8, 4, width - side - 12, height - 8)
    whole = (margin, margin, width - 2 * margin, height - 2 * margin)
    # In a box too small for both the words come first: a QR that leaves no room to read proves nothing.
    if side >= _SMALLEST_QR and _fitted(lines, beside, SMALLEST) is not None:
        draw_qr(canvas, stamp.code, 3, (height - side) / 2, side)
        _write(canvas, lines, beside)
    else:
        _write(canvas, lines, whole)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


_SMALLEST_QR = 24.0
"""Points: a smaller one cannot be read from paper."""


def _lines(stamp: Stamp) -> list[tuple[str, str]]:
    """Font and text of each line. The documents' own language is Indonesian, whoever signs."""
    language = Language.ID
    lines = [(_REGULAR, render(Message("submission.stamp.signed"), language))]
    if stamp.office:
        lines.append((_REGULAR, stamp.office))
    lines.append((_BOLD, stamp.name))
    lines.append((_REGULAR, moment_in_zone(stamp.moment, language)))
    worth = _REGULAR if stamp.standing is StampStanding.CERTIFIED else _BOLD
    lines.append((worth, render(stamp.standing.message, language)))
    return lines


_Box = tuple[float, float, float, float]
_Lines = list[tuple[str, str]]


def _write(canvas: Canvas, lines: _Lines, box: _Box) -> None:
    """Write the lines as large as the box allows, at most 8 points; long ones are wrapped, never cut."""
    left, bottom, width, height = box
    size, wrapped = _fitted(lines, box, _TINIEST) or (_TINIEST, _wrapped(lines, _TINIEST, width))
    top = bottom + (height + len(wrapped) * size * LEADING) / 2
    canvas.setFillColorRGB(0, 0, 0)
    for number, (font, line) in enumerate(wrapped, 1):
        canvas.setFont(font, size)
        canvas.drawString(left, top - number * size * LEADING + size * 0.25, line)


def _fitted(lines: _Lines, box: _Box, smallest: float) -> tuple[float, _Lines] | None:
    """The largest size of type at which the lines fit, wrapped; None when they do not at the smallest."""
    size = LARGEST
    while size >= smallest:
        wrapped = _wrapped(lines, size, box[2])
        if len(wrapped) * size * LEADING <= box[3]:
            return size, wrapped
        size -= 0.25
    return None


def _wrapped(lines: _Lines, size: float, width: float) -> _Lines:
    from reportlab.lib.utils import simpleSplit

    return [
        (font, part)
        for font, line in lines
        for words in simpleSplit(line, font, size, width)
        for part in _broken(words, font, size, width)
    ]


def _broken(text: str, font: str, size: float, width: float) -> list[str]:
    """A word longer than the line, broken where the line ends."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    parts = [""]
    for letter in text:
        if parts[-1] and stringWidth(parts[-1] + letter, font, size) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def regular_font() -> str:
    """The name under which ReportLab knows the upright letters, registered and ready."""
    _fonts()
    return _REGULAR


@cache
def _fonts() -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in ((_REGULAR, "NotoSans-Regular.ttf"), (_BOLD, "NotoSans-Bold.ttf")):
        registerFont(TTFont(name, str(Path(resource("fonts", file)))))
