"""Pictures in a Word file: charts and codes as crisp PNG, from the drawings that a PDF takes as they are."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from desktop.base.pdfium import PDFIUM
from desktop.books.docx.xml import Xml, attribute

if TYPE_CHECKING:
    from PIL.Image import Image
    from reportlab.graphics.shapes import Drawing

DOTS = 200
"""Pixels an inch."""
_COLOURS = 128
_EMU = 12_700
"""In a point."""


def png_of(drawing: Drawing) -> bytes:
    """A drawing as PNG, in few colours: charts have no more."""
    return png_of_page(_pdf(drawing))


def _pdf(drawing: Drawing) -> bytes:
    from reportlab.graphics import renderPDF

    target = io.BytesIO()
    renderPDF.drawToFile(drawing, target, showBoundary=0)
    return target.getvalue()


def png_of_page(pdf: bytes, dots: int = DOTS) -> bytes:
    """The first page of a PDF as PNG."""
    import pypdfium2 as pdfium

    with PDFIUM:
        document = pdfium.PdfDocument(pdf)
        try:
            picture: Image = document[0].render(scale=dots / 72).to_pil().convert("RGB")
        finally:
            document.close()
    from PIL import Image as Pictures

    few = picture.quantize(_COLOURS, method=Pictures.Quantize.FASTOCTREE, dither=Pictures.Dither.NONE)
    target = io.BytesIO()
    few.save(target, "PNG", compress_level=6, dpi=(dots, dots))
    return target.getvalue()


def qr_drawing(text: str, side: float) -> Drawing:
    """A QR code as a drawing."""
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing

    widget: Any = QrCodeWidget(text, barLevel="M", barWidth=side, barHeight=side, barBorder=1)
    made = Drawing(side, side)
    made.add(widget)
    return made


def inline(relation: str, number: int, size: tuple[float, float], description: str) -> Xml:
    """A picture in a line, ``size`` in points; ``description`` is told to who cannot see it."""
    across, down = (round(each * _EMU) for each in size)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{down}"/>{_named(number, description)}'
        f"{_graphic(relation, number, across, down)}</wp:inline></w:drawing></w:r>"
    )


def behind(relation: str, number: int, size: tuple[float, float], description: str) -> Xml:
    """A picture behind the text, from the upper left corner of the page on."""
    across, down = (round(each * _EMU) for each in size)
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="0" '
        'behindDoc="1" locked="1" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{across}" cy="{down}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f"{_named(number, description)}{_graphic(relation, number, across, down)}"
        "</wp:anchor></w:drawing></w:r>"
    )


def _named(number: int, description: str) -> Xml:
    named = f'id="{number}" name="Rancang {number}" descr={attribute(description)}'
    return f"<wp:docPr {named}/><wp:cNvGraphicFramePr/>"


def _graphic(relation: str, number: int, across: int, down: int) -> Xml:
    kind = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return (
        f'<a:graphic><a:graphicData uri="{kind}"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="Rancang {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )
