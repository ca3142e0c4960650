"""What can be looked at page by page: a PDF or a picture. Everything here is called by the darkroom alone."""

from __future__ import annotations

import io
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from desktop.base import Message, RancangError
from desktop.base.pdfium import PDFIUM

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 1 << 30
"""Bytes of a file that is shown; what is larger would fill the memory."""
MOST = 16_000_000
"""Pixels drawn of one page at most; beyond that a page is shown larger than it is drawn."""
PICTURES = frozenset(
    {"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp", "image/x-ms-bmp"}
)
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
_PASSWORD = 4
"""pdfium's FPDF_ERR_PASSWORD."""


class CannotShow(RancangError):
    """A file that this viewer cannot show, with what to do instead."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a page where the words searched for stand, in points from its upper left corner."""

    page: int
    areas: tuple[QRectF, ...]


class Paper(Protocol):
    """An open file."""

    sizes: tuple[tuple[float, float], ...]
    """Width and height of each page, in points (of a picture: in pixels)."""
    has_text: bool

    def draw(self, page: int, scale: float, turn: int) -> QImage:
        """A page, ``scale`` pixels for each point, turned by so many degrees clockwise."""

    def text(self, page: int, area: QRectF | None = None) -> str:
        """The text of a page, or of a part of it."""

    def find(self, page: int, words: str) -> tuple[Found, ...]:
        """Where words stand in a page."""

    def close(self) -> None:
        """Let the file go."""


def opened(data: bytes, media_type: str) -> Paper:
    """Open a file by what it is, not by what it is called. Raises CannotShow."""
    if not data:
        raise CannotShow(Message("ui.viewer.empty"))
    if b"%PDF-" in data[:1024]:
        return PdfPaper(data)
    if media_type in PICTURES or media_type.startswith("image/"):
        return PicturePaper(data)
    raise CannotShow(Message("ui.viewer.other_kind"))


def fitting(scale: float, size: tuple[float, float]) -> float:
    """The scale at which a page is drawn so that it does not outgrow the memory of a small laptop."""
    pixels = max(size[0] * size[1], 1.0) * scale * scale
    return scale if pixels <= MOST else scale * (MOST / pixels) ** 0.5


class PdfPaper:
    """A PDF, drawn by pdfium."""

    has_text = True

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        with PDFIUM:
            try:
                self._document = pypdfium2.PdfDocument(data)
                self.sizes = tuple(self._document.get_page_size(n) for n in range(len(self._document)))
            except pypdfium2.PdfiumError as error:
                locked = getattr(error, "err_code", None) == _PASSWORD
                raise CannotShow(
                    Message("ui.viewer.locked") if locked else Message("ui.viewer.broken")
                ) from error
            if not self.sizes:
                raise CannotShow(Message("ui.viewer.broken"))

    def draw(self, page: int, scale: float, turn: int) -> QImage:
        """Raises CannotShow for a page that is damaged."""
        import pypdfium2

        with PDFIUM:
            try:
                sheet = self._document[page]
            except pypdfium2.PdfiumError as error:
                raise CannotShow(Message("ui.viewer.broken_page")) from error
            bitmap = sheet.render(
                scale=fitting(scale, self.sizes[page]), rotation=turn % 360, prefer_bgrx=True
            )
            image = QImage(
                bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            ).copy()
            bitmap.close()
            sheet.close()
        return image

    def _texts(self, page: int) -> tuple[Any, Any]:
        sheet = self._document[page]
        return sheet, sheet.get_textpage()

    def text(self, page: int, area: QRectF | None = None) -> str:
        with PDFIUM:
            sheet, texts = self._texts(page)
            if area is None:
                found = texts.get_text_range()
            else:
                height = self.sizes[page][1]
                found = texts.get_text_bounded(
                    area.left(), height - area.bottom(), area.right(), height - area.top()
                )
            texts.close()
            sheet.close()
        return str(found).replace("\r\n", "\n")

    def find(self, page: int, words: str) -> tuple[Found, ...]:
        found: list[Found] = []
        height = self.sizes[page][1]
        with PDFIUM:
            sheet, texts = self._texts(page)
            searcher = texts.search(words, match_case=False, match_whole_word=False)
            while (place := searcher.get_next()) is not None:
                areas = []
                for n in range(texts.count_rects(*place)):
                    left, bottom, right, top = texts.get_rect(n)
                    areas.append(QRectF(left, height - top, right - left, top - bottom))
                found.append(Found(page, tuple(areas)))
            searcher.close()
            texts.close()
            sheet.close()
        return tuple(found)

    def close(self) -> None:
        with PDFIUM:
            self._document.close()


class PicturePaper:
    """A picture, read once at a size that fits the memory."""

    has_text = False

    def __init__(self, data: bytes) -> None:
        picture = open_picture(data)
        self.sizes: tuple[tuple[float, float], ...] = ((float(picture.width), float(picture.height)),)
        try:
            edge = max(picture.size) * min(1.0, (MOST / max(picture.width * picture.height, 1)) ** 0.5)
            self._picture = upright(picture, round(edge))
        except Exception as error:  # the pixels are read here: truncated or garbled in any way
            raise CannotShow(Message("ui.viewer.broken")) from error
        if (self._picture.width > self._picture.height) != (self.sizes[0][0] > self.sizes[0][1]):
            self.sizes = (self.sizes[0][::-1],)

    def draw(self, page: int, scale: float, turn: int) -> QImage:
        del page
        wanted = max(self.sizes[0]) * min(fitting(scale, self.sizes[0]), 1.0)
        picture = self._picture.copy()
        if wanted < max(picture.size):
            picture.thumbnail((max(1, round(wanted)),) * 2, reducing_gap=2.0)
        if turn % 360:
            picture = picture.rotate(-turn, expand=True)
        return as_image(picture)

    def text(self, page: int, area: QRectF | None = None) -> str:
        """A picture has none."""
        del page, area
        return ""

    def find(self, page: int, words: str) -> tuple[Found, ...]:
        """Nor anything to be found."""
        del page, words
        return ()

    def close(self) -> None:
        self._picture.close()


def open_picture(data: bytes) -> Image.Image:
    """A picture, its pixels not read yet. Raises CannotShow."""
    from PIL import Image

    from desktop.books.photos import MOST_PIXELS

    Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())
    try:
        picture = Image.open(io.BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise CannotShow(Message("ui.viewer.huge")) from error
    except Exception as error:  # Pillow names no set of failures for a hostile file, and readers differ
        raise CannotShow(Message("ui.viewer.other_kind")) from error
    most = MOST_PIXELS["JPEG" if picture.format in {"JPEG", "MPO"} else "PNG"]
    if picture.width * picture.height > most:
        raise CannotShow(Message("ui.viewer.huge"))
    return picture


def upright(picture: Image.Image, edge: int) -> Image.Image:
    """Read a picture, at most so many pixels long, the right way up, in colours a screen shows."""
    from PIL import ImageOps

    picture.thumbnail((edge, edge), reducing_gap=2.0)
    made = ImageOps.exif_transpose(picture)
    if made.mode in {"I", "I;16", "F"}:
        made = made.convert("I").point(lambda value: value / 256).convert("L")
    return made.convert("RGBA" if "A" in made.mode or "transparency" in made.info else "RGB")


def as_image(picture: Image.Image) -> QImage:
    """A picture as Qt paints it."""
    rgba = picture.convert("RGBA")
    data = rgba.tobytes("raw", "BGRA")
    return QImage(data, rgba.width, rgba.height, QImage.Format.Format_ARGB32).copy()


def from_file(path: Path) -> Paper:
    """Open a file on disk. Raises CannotShow, FileProblem."""
    from desktop.base.ordinary import read_ordinary

    data = read_ordinary(path, LARGEST, name=path.name)
    return opened(data, mimetypes.guess_type(path.name)[0] or "")
