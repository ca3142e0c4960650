"""What can be looked at page by page: a PDF or a picture. Everything here is called by the darkroom alone.

The files are those of others, so a process with limits reads them (:mod:`desktop.ui.viewer.looks`).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import mimetypes
import os
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from desktop.base import Cancelled, Message, RancangError, bounded
from desktop.base.errors import FileProblem
from desktop.ui.viewer.darkroom import still_wanted
from desktop.ui.viewer.looks import MOST, PdfLook, PictureLook

if TYPE_CHECKING:
    from PIL import Image

    from desktop.base.bounded.child import Child
    from desktop.base.bounded.kept import Kept

LARGEST = 1 << 30
"""Bytes of a file that is shown; what is larger would fill the memory."""
PICTURES = frozenset(
    {"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp", "image/x-ms-bmp"}
)
_PROBLEMS = {
    "locked": Message("ui.viewer.locked"),
    "broken": Message("ui.viewer.broken"),
    "broken_page": Message("ui.viewer.broken_page"),
    "huge": Message("ui.viewer.huge"),
    "other_kind": Message("ui.viewer.other_kind"),
}


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


def opened(data: bytes, media_type: str, *, ours: bool = False) -> Paper:
    """Open a file by what it is, not by what it is called; ``ours`` is a book printed here.

    Raises CannotShow.
    """
    if not data:
        raise CannotShow(Message("ui.viewer.empty"))
    if b"%PDF-" in data[:1024]:
        return PdfPaper(data, bounded.OURS if ours else bounded.THEIRS)
    if media_type in PICTURES or media_type.startswith("image/"):
        return PicturePaper(data)
    raise CannotShow(Message("ui.viewer.other_kind"))


def fitting(scale: float, size: tuple[float, float]) -> float:
    """The scale at which a page is drawn so that it does not outgrow the memory of a small laptop."""
    pixels = max(size[0] * size[1], 1.0) * scale * scale
    return scale if pixels <= MOST else scale * (MOST / pixels) ** 0.5


class _Laid:
    """The bytes of a file as a file that nobody else changes; gone when it is closed or forgotten."""

    def __init__(self, data: bytes) -> None:
        self.sha256 = hashlib.sha256(data).hexdigest()
        self._lock, self._readers, self._closed = threading.Lock(), 0, False
        try:
            number, self._path = tempfile.mkstemp(prefix="rancang-")
            self._away = weakref.finalize(self, _away, self._path)
            with os.fdopen(number, "wb") as file:
                file.write(data)
        except OSError as error:
            raise FileProblem.from_os(error, tempfile.gettempdir()) from error

    @contextlib.contextmanager
    def read(self) -> Iterator[str]:
        """Where it lies, as long as it is read: a file in use is deleted by no system. Raises Cancelled."""
        with self._lock:
            if self._closed:
                raise Cancelled  # nobody waits for it any more
            self._readers += 1
        try:
            yield self._path
        finally:
            with self._lock:
                self._readers -= 1
            self._go()

    def close(self) -> None:
        """Let it go, as soon as nobody reads it."""
        with self._lock:
            self._closed = True
        self._go()

    def _go(self) -> None:
        if self._closed and not self._readers:
            self._away()


def _away(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)  # noqa: PTH108 - at the end of the program pathlib may be gone


_RAN_OUT: dict[tuple[str, str, int], float] = {}
"""At which scale something ran out of its limits since the window was opened: by fingerprint, kind, page."""


def _asked(
    look: PdfLook | PictureLook,
    what: tuple[str, str, int],
    scale: float = 1.0,
    kept: Kept[Child] = bounded.THEIRS,
) -> Mapping[str, Any]:
    """What comes of it; what ran out once is not tried again, unless it is less than half of that.

    Raises CannotShow, Cancelled.
    """
    if scale > _RAN_OUT.get(what, float("inf")) / 2:
        raise CannotShow(Message("ui.viewer.too_much"))
    try:
        return bounded.ask(look, "", still_wanted, kept)
    except bounded.Unfinished as error:
        if error.why == "crash":
            raise CannotShow(Message("ui.viewer.broken")) from error
        _RAN_OUT[what] = min(scale, _RAN_OUT.get(what, scale))
        raise CannotShow(Message("ui.viewer.too_much")) from error


def _refuse(answer: Mapping[str, Any]) -> None:
    if "bad" in answer:
        raise CannotShow(_PROBLEMS.get(str(answer["bad"]), Message("ui.viewer.broken")))


def _page(answer: Mapping[str, Any]) -> QImage:
    """A page that was drawn; Qt believes what it is told of a size, so that is looked at first."""
    (width, height, stride), data = answer["size"], answer["data"]
    if not 0 < width * 4 <= stride or not 0 < stride * height <= len(data):
        raise ValueError(width, height, stride)
    return QImage(data, width, height, stride, QImage.Format.Format_RGB32).copy()


def _picture(answer: Mapping[str, Any]) -> Image.Image:
    """A picture that was read; Pillow refuses what is too short for its size."""
    from PIL import Image

    width, height = answer["size"]
    if answer["mode"] not in {"RGB", "RGBA"} or not 0 < width * height <= MOST * 1.1:
        raise ValueError(answer["mode"], width, height)
    return Image.frombytes(answer["mode"], (width, height), answer["data"])


def _as_image(picture: Image.Image) -> QImage:
    """A picture as Qt paints it."""
    rgba = picture.convert("RGBA")
    return QImage(rgba.tobytes(), rgba.width, rgba.height, QImage.Format.Format_RGBA8888).copy()


class PdfPaper:
    """A PDF, drawn by pdfium."""

    has_text = True

    def __init__(self, data: bytes, kept: Kept[Child] = bounded.THEIRS) -> None:
        """``kept`` is who draws it."""
        self._laid, self._kept = _Laid(data), kept
        try:
            found = self._asked(PdfLook("", "sizes"))
        except BaseException:  # a person who gives up as well; raised again
            self.close()
            raise
        self.sizes: tuple[tuple[float, float], ...] = tuple((float(w), float(h)) for w, h in found["sizes"])

    def _asked(self, look: PdfLook) -> Mapping[str, Any]:
        kind = "text" if look.what == "find" else look.what
        with self._laid.read() as path:
            what = self._laid.sha256, kind, look.page
            found = _asked(replace(look, path=path), what, look.scale, self._kept)
        _refuse(found)
        return found

    def draw(self, page: int, scale: float, turn: int) -> QImage:
        """Raises CannotShow for a page that is damaged."""
        scale = fitting(scale, self.sizes[page])
        return _page(self._asked(PdfLook("", "draw", page, scale, turn)))

    def text(self, page: int, area: QRectF | None = None) -> str:
        height, within = self.sizes[page][1], None
        if area is not None:
            within = (area.left(), height - area.bottom(), area.right(), height - area.top())
        found = self._asked(PdfLook("", "text", page, area=within))
        return str(found["text"]).replace("\r\n", "\n")

    def find(self, page: int, words: str) -> tuple[Found, ...]:
        height = self.sizes[page][1]
        found = self._asked(PdfLook("", "find", page, words=words))
        return tuple(
            Found(
                page,
                tuple(
                    QRectF(left, height - top, right - left, top - bottom) for left, bottom, right, top in one
                ),
            )
            for one in found["found"]
        )

    def close(self) -> None:
        self._laid.close()


@dataclass(frozen=True, slots=True)
class Glance:
    """A small picture, and what a photo says about itself."""

    picture: QImage | None
    taken: dt.date | None = None
    place: tuple[float, float] | None = None


def glance(data: bytes, edge: int) -> Glance:
    """A picture at most so many pixels long. Raises CannotShow where that takes too long or too much."""
    found = _looked(data, edge)
    picture = None if "bad" in found else _as_image(_picture(found))
    taken = dt.date.fromisoformat(found["taken"]) if found["taken"] else None
    place = found["place"]
    return Glance(picture, taken, (float(place[0]), float(place[1])) if place else None)


def _looked(data: bytes, edge: int = 0) -> Mapping[str, Any]:
    """A picture, at most so many pixels long; 0: as many as are drawn. Raises CannotShow, Cancelled."""
    laid = _Laid(data)
    try:
        with laid.read() as path:
            return _asked(PictureLook(path, edge), (laid.sha256, "picture", 0), float(edge or MOST))
    finally:
        laid.close()


class PicturePaper:
    """A picture, read once at a size that fits the memory."""

    has_text = False

    def __init__(self, data: bytes) -> None:
        found = _looked(data)
        _refuse(found)
        (width, height), (wide, high) = found["whole"], found["size"]
        self._picture = _picture(found)
        turned = (wide > high) != (width > height)
        whole = (float(height), float(width)) if turned else (float(width), float(height))
        self.sizes: tuple[tuple[float, float], ...] = (whole,)

    def draw(self, page: int, scale: float, turn: int) -> QImage:
        del page
        wanted = max(self.sizes[0]) * min(fitting(scale, self.sizes[0]), 1.0)
        picture = self._picture.copy()
        if wanted < max(picture.size):
            picture.thumbnail((max(1, round(wanted)),) * 2, reducing_gap=2.0)
        if turn % 360:
            picture = picture.rotate(-turn, expand=True)
        return _as_image(picture)

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


def from_file(path: Path, *, ours: bool = False) -> Paper:
    """Open a file on disk; ``ours`` is a book printed here. Raises CannotShow, FileProblem."""
    from desktop.base.ordinary import read_ordinary

    data = read_ordinary(path, LARGEST, name=path.name)
    return opened(data, mimetypes.guess_type(path.name)[0] or "", ours=ours)
