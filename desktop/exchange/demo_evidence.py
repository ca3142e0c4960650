"""The demo region's evidence files, made from texts: letters as PDF and one sketch as PNG.

Every page says that it is an example. Equal texts give equal bytes, so the demo's hashes do not wander.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.base.pdfium import PDFIUM
from desktop.base.resources import resource

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_REGULAR, _BOLD = "RancangDemo", "RancangDemoBold"
_MARGIN = 64.0
"""Points (1/72 inch) on each side of a letter's text."""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file to attach: its name, what it is, its caption by language, its day."""

    name: str
    data: bytes
    media_type: str
    caption: Mapping[str, str]
    taken_on: str
    """The day it shows (ISO 8601)."""


def evidence_files(content: Mapping[str, Any]) -> Iterator[EvidenceFile]:
    """The files that ``resources/demo/evidence.json`` describes, each with its mark as an example."""
    mark: str = content["mark"]
    for entry in content["files"]:
        if "labels" in entry:
            data, media_type = _picture(entry["title"], entry["labels"], mark), "image/png"
        else:
            data = _letter(entry["title"], entry["paragraphs"], mark, content["closing"])
            media_type = "application/pdf"
        yield EvidenceFile(entry["name"], data, media_type, entry["caption"], entry["taken_on"])


def _canvas(target: io.BytesIO, size: tuple[float, float], title: str) -> Canvas:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name, file in ((_REGULAR, "NotoSans-Regular.ttf"), (_BOLD, "NotoSans-Bold.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(resource("fonts", file))))
    canvas = Canvas(target, pagesize=size, invariant=1, lang="id-ID", initialFontName=_REGULAR)  # type: ignore[arg-type] # the stubs call a name a number
    canvas.setTitle(title)
    canvas.setAuthor("Rancang")
    return canvas


def _letter(title: str, paragraphs: Sequence[str], mark: str, closing: Sequence[str]) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import simpleSplit

    target = io.BytesIO()
    width, height = A4
    canvas = _canvas(target, A4, title)
    y = height - _MARGIN
    canvas.setFont(_BOLD, 9)
    canvas.setFillGray(0.35)
    canvas.drawString(_MARGIN, y, mark)
    canvas.setFillGray(0)
    y -= 40
    for text, font, size, gap in [(title, _BOLD, 15, 16), *((text, _REGULAR, 11, 10) for text in paragraphs)]:
        canvas.setFont(font, size)
        for line in simpleSplit(text, font, size, width - 2 * _MARGIN):
            canvas.drawString(_MARGIN, y, line)
            y -= size * 1.45
        y -= gap
    canvas.setFont(_REGULAR, 10)
    for index, line in enumerate(closing):
        canvas.drawString(_MARGIN, y - 24 - 15 * index, line)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _picture(title: str, labels: Sequence[str], mark: str) -> bytes:
    """Boxes in a row joined by arrows, drawn as a page and then turned into pixels."""
    target = io.BytesIO()
    width, height = 150.0 * len(labels) + 40, 190.0
    canvas = _canvas(target, (width, height), title)
    canvas.setFont(_BOLD, 14)
    canvas.drawString(20, height - 32, title)
    for index, label in enumerate(labels):
        x = 20 + 150.0 * index
        canvas.setFillColorRGB(0.89, 0.94, 0.93)
        canvas.roundRect(x, 66, 118, 62, 8, stroke=1, fill=1)
        canvas.setFillGray(0)
        canvas.setFont(_REGULAR, 12)
        canvas.drawCentredString(x + 59, 92, label)
        if index + 1 < len(labels):
            canvas.line(x + 122, 97, x + 144, 97)
            canvas.line(x + 138, 101, x + 144, 97)
            canvas.line(x + 138, 93, x + 144, 97)
    canvas.setFont(_REGULAR, 9)
    canvas.drawString(20, 28, mark)
    canvas.showPage()
    canvas.save()
    return _pixels(target.getvalue())


def _pixels(page: bytes) -> bytes:
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(page)
        try:
            image = document[0].render(scale=2).to_pil()
        finally:
            document.close()
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
