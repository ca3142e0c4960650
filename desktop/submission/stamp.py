"""The visible signature: who, in what office, when, and a QR. Never BSrE's mark, for we are not BSrE.

Drawn with ReportLab so that it stays PDF/A: embedded font, QR as vector squares, no transparency.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, render
from desktop.base.language import Language
from desktop.base.resources import resource

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_REGULAR, _BOLD = "RancangStamp", "RancangStampBold"

LARGEST, SMALLEST, LEADING = 8.0, 4.0, 1.25
"""Points of type, and the distance of lines in multiples of it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a visible signature says; ``code`` is what the QR holds."""

    name: str
    office: str
    moment: dt.datetime
    test: bool
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
    side = min(height - 6, width / 3)
    draw_qr(canvas, stamp.code, 3, (height - side) / 2, side)
    _write(canvas, _lines(stamp), (side + 8, 4, width - side - 12, height - 8))
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _lines(stamp: Stamp) -> list[tuple[str, str]]:
    """Font and text of each line. The documents' own language is Indonesian, whoever signs."""
    language = Language.ID
    lines = [(_REGULAR, render(Message("submission.stamp.signed"), language))]
    if stamp.office:
        lines.append((_REGULAR, stamp.office))
    lines.append((_BOLD, stamp.name))
    when = Message("submission.stamp.moment", moment=stamp.moment, zone=_zone(stamp.moment))
    lines.append((_REGULAR, render(when, language)))
    if stamp.test:
        lines.append((_BOLD, render(Message("submission.stamp.test"), language)))
    return lines


def _zone(moment: dt.datetime) -> str:
    """The Indonesian time zone that this computer keeps, else the distance from UTC."""
    offset = moment.astimezone().utcoffset() or dt.timedelta()
    hours = offset.total_seconds() / 3600
    return {7.0: "WIB", 8.0: "WITA", 9.0: "WIT", 0.0: "UTC"}.get(hours, f"UTC{hours:+g}")


def _write(canvas: Canvas, lines: list[tuple[str, str]], box: tuple[float, float, float, float]) -> None:
    """Write the lines as large as the box allows, at most 8 points; long ones are wrapped, never cut."""
    left, bottom, width, height = box
    size = LARGEST
    wrapped = _wrapped(lines, size, width)
    while size > SMALLEST and len(wrapped) * size * LEADING > height:
        size -= 0.25
        wrapped = _wrapped(lines, size, width)
    top = bottom + (height + len(wrapped) * size * LEADING) / 2
    canvas.setFillColorRGB(0, 0, 0)
    for number, (font, line) in enumerate(wrapped, 1):
        canvas.setFont(font, size)
        canvas.drawString(left, top - number * size * LEADING + size * 0.25, line)


def _wrapped(lines: list[tuple[str, str]], size: float, width: float) -> list[tuple[str, str]]:
    from reportlab.lib.utils import simpleSplit

    return [(font, part) for font, line in lines for part in simpleSplit(line, font, size, width)]


@cache
def _fonts() -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in ((_REGULAR, "NotoSans-Regular.ttf"), (_BOLD, "NotoSans-Bold.ttf")):
        registerFont(TTFont(name, str(Path(resource("fonts", file)))))
