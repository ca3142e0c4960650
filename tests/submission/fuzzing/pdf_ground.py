"""Small documents of one page to make mutants of: sealed, with stamps, and written anew by a service."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Name

from desktop.base.resources import resource
from desktop.books.pdfa import to_pdfa
from desktop.submission.pdf.fields import StampBox, with_fields
from tests.submission.golden_sheet import KEPT
from tests.submission.hostile.ground import ISSUER, RATNA
from tests.submission.hostile.pdfs import signed
from tests.submission.making import CHANGED, MAYOR, SECRETARY
from tests.submission.pdf.bending import AS_IT_IS
from tests.submission.tamper import read

BOXES = {MAYOR: StampBox(0, 60, 120, 260, 190), SECRETARY: StampBox(0, 320, 120, 520, 190)}


class State(StrEnum):
    """How far a document has come, which says by which rules it is judged."""

    SEALED = "sealed"
    """As our writer writes it."""
    STAMPED = "stamped"
    """Sealed and signed; what an official puts into his box is his own."""
    LATER = "later"
    """The same with a revision of anybody, before, between or behind the signatures."""
    ANEW = "anew"
    """Written once more by a service that signs."""


@dataclass(frozen=True)
class Document:
    """One to make mutants of."""

    name: str
    state: State
    data: bytes
    sealed: bytes
    """What it has to show, if it is written anew."""


def drawn() -> bytes:
    """A page with what our books have: two fonts, a photo, a code of squares, a table, a curve, a link."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from desktop.books.photos import scaled

    for name, file in (("Uji", "NotoSans-Regular.ttf"), ("Tebal", "NotoSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", file))))
    photo = io.BytesIO()
    picture = Image.linear_gradient("L").resize((240, 160)).convert("RGB")
    picture.paste((200, 40, 40), (60, 40, 120, 120))
    picture.save(photo, "PNG")
    made = scaled(photo.getvalue, 180, 120)
    assert made is not None
    target = io.BytesIO()
    canvas = Canvas(target, initialFontName="Uji", lang="id-ID", invariant=1)
    canvas.setTitle("Buku I")
    canvas.setFont("Tebal", 16)
    canvas.drawString(60, 770, "Rencana Induk Kota Cerdas")
    canvas.setFont("Uji", 10)
    for row in range(8):
        canvas.drawString(
            60, 740 - 16 * row, f"Program {row + 1}: Rp {row * 137 + 500} juta – tahun 202{row}"
        )
    canvas.drawImage(ImageReader(io.BytesIO(made.jpeg)), 330, 620, 180, 120)
    for at in range(64):
        if at * 7 % 5 < 2:
            canvas.rect(60 + 8 * (at % 8), 520 + 8 * (at // 8), 8, 8, stroke=0, fill=1)
    canvas.setLineWidth(0.5)
    for up in range(500, 581, 20):
        canvas.line(180, up, 500, up)
    for across in range(180, 501, 80):
        canvas.line(across, 500, across, 580)
    canvas.setFillColorRGB(0.2, 0.5, 0.8)
    canvas.rect(181, 541, 78, 18, stroke=0, fill=1)
    canvas.setStrokeColorRGB(0.8, 0.3, 0.1)
    canvas.setLineWidth(1.5)
    canvas.bezier(180, 400, 260, 480, 380, 380, 500, 470)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(60, 360, "Rincian pada rencana.example.id")
    canvas.linkURL("https://rencana.example.id/", (60, 355, 240, 372), relative=0)
    canvas.showPage()
    canvas.save()
    return to_pdfa(target.getvalue(), CHANGED)


def cut(data: bytes, page: int) -> bytes:
    """One page of a sealed document, written as our writer writes."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        if "/Outlines" in document.Root:
            del document.Root.Outlines
        for at in reversed(range(len(document.pages))):
            if at != page % len(document.pages):
                del document.pages[at]
        annotations = document.pages[0].obj.get("/Annots")
        if annotations is not None:
            links = [one for one in annotations if one.Subtype != "/Link" or "/A" in one]
            document.pages[0].obj.Annots = Array(links)
            if not links:
                del document.pages[0].obj["/Annots"]
        document.save(target, **AS_IT_IS)
    return target.getvalue()


def kept(path: str) -> bytes:
    """A sealed document of the kept package."""
    files, manifest = read(KEPT / "sheet.asice")
    (size,) = (one.size for one in manifest.files if one.path == path)
    return files[path][:size]


def anew(data: bytes, **options: Any) -> bytes:
    """Written by qpdf as other programs call it."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(target, **options)
    return target.getvalue()


def stamps(document: pikepdf.Pdf) -> list[Any]:
    """The places of signatures on the page."""
    return [one for one in document.pages[0].obj.get("/Annots", ()) if one.get("/Subtype") == Name.Widget]


@cache
def _page() -> bytes:
    return with_fields(drawn(), dict(BOXES), "buku")


def _both() -> bytes:
    return signed(signed(_page(), MAYOR), SECRETARY)


def service_stamp() -> bytes:
    """A page with what services put into a stamp: letters, a picture that is seen through, a photo, lines."""
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Uji", str(resource("fonts", "NotoSans-Regular.ttf"))))
    mark = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    ImageDraw.Draw(mark).ellipse((2, 2, 38, 38), fill=(20, 80, 160, 200))
    photo = io.BytesIO()
    Image.linear_gradient("L").resize((40, 40)).convert("RGB").save(photo, "JPEG")
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(200, 70), invariant=1)
    canvas.drawImage(ImageReader(mark), 4, 20, 40, 40, mask="auto")
    canvas.drawImage(ImageReader(io.BytesIO(photo.getvalue())), 160, 30, 30, 30)
    canvas.setFont("Uji", 8)
    canvas.drawString(50, 50, "Ditandatangani secara elektronik")
    canvas.setFont("Helvetica", 8)
    canvas.drawString(50, 36, "RATNA, Bupati Contoh")
    canvas.setDash(3, 2)
    canvas.rect(1, 1, 198, 68)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _by_service() -> bytes:
    """The first signature by pyHanko itself, as a service uses it."""
    import asyncio
    import tempfile
    from pathlib import Path

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.stamp import StaticStampStyle

    from desktop.submission.pdf.sign import _Key

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stamp.pdf"
        path.write_bytes(service_stamp())
        style = StaticStampStyle.from_pdf_file(str(path))
        metadata = signers.PdfSignatureMetadata(field_name=MAYOR, md_algorithm="sha256")
        signer = signers.PdfSigner(metadata, _Key(RATNA.signer(ISSUER)), stamp_style=style)
        signing = signer.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(_page())))
        return signed(bytes(asyncio.run(signing).getvalue()), SECRETARY)


def _book(page: int) -> bytes:
    return cut(kept("books/look.id.pdf"), page)


def _sheet() -> bytes:
    return kept("approval/lembar-pengesahan.id.pdf")


_MADE: dict[str, tuple[State, Callable[[], bytes], Callable[[], bytes]]] = {
    "page": (State.SEALED, _page, bytes),
    "book": (State.SEALED, lambda: _book(2), bytes),
    "code": (State.SEALED, lambda: _book(-1), bytes),
    "sheet": (State.SEALED, _sheet, bytes),
    "stamps": (State.STAMPED, _both, _page),
    "service": (State.STAMPED, _by_service, _page),
    "later": (State.LATER, _both, _page),
    "anew": (State.ANEW, lambda: anew(_page()), _page),
    "anew-sheet": (State.ANEW, lambda: anew(_sheet()), _sheet),
}
NAMES = tuple(_MADE)


@cache
def ground(name: str) -> Document:
    """A document by name."""
    state, make, sealed = _MADE[name]
    return Document(name, state, make(), sealed())


HARMLESS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": anew,
    "objects in streams": lambda data: anew(data, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "no streams of objects": lambda data: anew(data, object_stream_mode=pikepdf.ObjectStreamMode.disable),
    "linearised": lambda data: anew(data, linearize=True),
    "spelled out": lambda data: anew(data, qdf=True),
    "unpacked": lambda data: anew(
        data, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False
    ),
    "packed once more": lambda data: anew(
        data, recompress_flate=True, stream_decode_level=pikepdf.StreamDecodeLevel.generalized
    ),
    "lines apart": lambda data: anew(data, normalize_content=True),
}
"""What programs do to a file that they only save; none of it is to change what is said of it."""
