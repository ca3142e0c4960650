"""What is done to evidence of others in a process with limits: pages and pictures made into plain pixels.

Knows nothing of Qt, which that process need not load. A PDF of three kilobytes can draw for ever, and a
picture of a hundred fill the memory; what comes back is sizes, words and pixels.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from desktop.base.bounded import Limits
from desktop.base.pdfium import PDFIUM

if TYPE_CHECKING:
    from PIL import Image

    from desktop.base.jobs import Report

MOST = 16_000_000
"""Pixels drawn of one page at most; beyond that a page is shown larger than it is drawn."""
MOST_PAGES = 50_000
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
PAGE = Limits(6.0, 500 << 20)
"""For one page; a scanned plan of a town on A0 takes a second and half of it."""
PICTURE = Limits(15.0, 1 << 30)
_PASSWORD = 4
"""pdfium's FPDF_ERR_PASSWORD."""
Bad = Literal["locked", "broken", "broken_page", "huge", "other_kind"]


class _Cannot(Exception):
    def __init__(self, why: Bad) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class PdfLook:
    """One thing that is asked of a PDF."""

    path: str
    what: Literal["sizes", "draw", "text", "find"]
    page: int = 0
    scale: float = 1.0
    turn: int = 0
    area: tuple[float, float, float, float] | None = None
    """Left, bottom, right and top as a PDF counts them."""
    words: str = ""
    limits: Limits = PAGE

    def run(self, report: Report) -> Mapping[str, Any]:  # noqa: ARG002 - a page is done at once
        """Sizes of pages; pixels; words; or rectangles for each place found."""
        import pypdfium2

        with PDFIUM:
            try:
                document = pypdfium2.PdfDocument(Path(self.path))
            except pypdfium2.PdfiumError as error:
                locked = getattr(error, "err_code", None) == _PASSWORD
                return {"bad": "locked" if locked else "broken"}
            try:
                return self._of(document)
            except pypdfium2.PdfiumError:
                return {"bad": "broken_page" if self.what != "sizes" else "broken"}
            finally:
                document.close()

    def _of(self, document: Any) -> Mapping[str, Any]:
        if self.what == "sizes":
            count = min(len(document), MOST_PAGES)
            sizes = [document.get_page_size(number) for number in range(count)]
            return {"sizes": sizes} if sizes else {"bad": "broken"}
        sheet = document[self.page]
        try:
            if self.what == "draw":
                return self._drawn(sheet)
            texts = sheet.get_textpage()
            try:
                return self._found(texts) if self.what == "find" else self._read(texts)
            finally:
                texts.close()
        finally:
            sheet.close()

    def _drawn(self, sheet: Any) -> Mapping[str, Any]:
        bitmap = sheet.render(scale=self.scale, rotation=self.turn % 360, prefer_bgrx=True)
        try:
            size = [bitmap.width, bitmap.height, bitmap.stride]
            return {"size": size, "data": bytes(bitmap.buffer)}
        finally:
            bitmap.close()

    def _read(self, texts: Any) -> Mapping[str, Any]:
        found = texts.get_text_range() if self.area is None else texts.get_text_bounded(*self.area)
        return {"text": str(found)}

    def _found(self, texts: Any) -> Mapping[str, Any]:
        found = []
        searcher = texts.search(self.words, match_case=False, match_whole_word=False)
        while (place := searcher.get_next()) is not None:
            found.append([texts.get_rect(number) for number in range(texts.count_rects(*place))])
        searcher.close()
        return {"found": found}


@dataclass(frozen=True, slots=True)
class PictureLook:
    """A picture, the right way up, at most so many pixels long (0: as many as are drawn)."""

    path: str
    edge: int = 0
    limits: Limits = PICTURE

    def run(self, report: Report) -> Mapping[str, Any]:  # noqa: ARG002 - a picture is done at once
        """Its whole size, what it says of itself, and its pixels as RGB or RGBA."""
        from desktop.exchange.photos import facts_of

        data = Path(self.path).read_bytes()
        facts = facts_of(data)
        told = {
            "taken": facts.taken.date().isoformat() if facts is not None and facts.taken is not None else "",
            "place": facts.place if facts is not None else None,
        }
        try:
            picture = open_picture(data)
            whole = picture.size
            most = max(whole) * min(1.0, (MOST / max(whole[0] * whole[1], 1)) ** 0.5)
            made = _upright(picture, self.edge or round(most))
        except _Cannot as error:
            return {**told, "bad": error.why}
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - the pixels are read here: truncated or garbled in any way
            return {**told, "bad": "broken"}
        return {**told, "whole": whole, "mode": made.mode, "size": made.size, "data": made.tobytes()}


def open_picture(data: bytes) -> Image.Image:
    """A picture, its pixels not read yet."""
    from PIL import Image

    from desktop.books.photos import MOST_PIXELS, costly

    Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _Cannot("huge") from error
    except Exception as error:  # Pillow names no set of failures for a hostile file, and readers differ
        raise _Cannot("other_kind") from error
    if costly(picture, data):
        raise _Cannot("huge")
    return picture


def _upright(picture: Image.Image, edge: int) -> Image.Image:
    """Read a picture, at most so many pixels long, the right way up, in colours a screen shows."""
    from PIL import ImageOps

    picture.thumbnail((edge, edge), reducing_gap=2.0)
    made = ImageOps.exif_transpose(picture)
    if made.mode in {"I", "I;16", "F"}:
        made = made.convert("I").point(lambda value: value / 256).convert("L")
    return made.convert("RGBA" if "A" in made.mode or "transparency" in made.info else "RGB")
