"""Photos on their way into the evidence: upright, small enough to mail, with their date, without the rest.

A camera writes more into a photo than the team means to hand in: where it was taken, the camera's serial
number, a second picture. The date always stays; the place only where it is wanted. Everything that is no
photo (PDF, spreadsheets, scans kept as they are) is never touched.
"""

from __future__ import annotations

import datetime as dt
import io
import mimetypes
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from desktop.base import Language, Message, RancangError
from desktop.base.errors import FileProblem
from desktop.base.jobs import Report, quiet
from desktop.base.ordinary import open_ordinary, read_ordinary
from desktop.base.speech import render
from desktop.books.photos import MOST_PIXELS, costly

if TYPE_CHECKING:
    from PIL import Image

EDGE = 2000
"""Pixels of the longer side of a photo that is kept: sharp on a printed page, about 400 kB."""
QUALITY = 85
LARGEST = 200_000_000
"""Bytes read for a photo; what is larger is no photo."""
_KINDS = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}
_ENDINGS = {"image/jpeg": (".jpg", ".jpeg", ".jpe"), "image/png": (".png",)}
_APPLE = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_EXIF, _GPS = 0x8769, 0x8825
_CHANGED_AT, _TAKEN_AT, _OFFSET, _ORIENTATION = 0x0132, 0x9003, 0x9011, 0x0112
_SILENT = frozenset(
    {
        "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "adobe", "adobe_transform",
        "progressive", "progression", "icc_profile", "exif", "srgb", "gamma", "chromaticity",
        "transparency", "interlace", "aspect", "background",
    }
)  # fmt: skip
"""What Pillow tells about a photo that only concerns its pixels."""
Refusal = Literal["empty", "broken", "heic", "huge"]


class PhotoProblem(RancangError):
    """A file that says it is a photo and cannot be taken in as one."""

    def __init__(self, why: Refusal, file: str) -> None:
        messages = {
            "empty": Message("exchange.photo.empty", file=file),
            "broken": Message("exchange.photo.broken", file=file),
            "heic": Message("exchange.photo.heic", file=file),
            "huge": Message("exchange.photo.huge", file=file),
        }
        super().__init__(messages[why])
        self.why = why


@dataclass(frozen=True, slots=True)
class Wishes:
    """What shall happen to photos."""

    edge: int = EDGE
    """Pixels of the longer side; smaller photos are never enlarged."""
    place: bool = False
    """Whether the place (GPS) stays in the photo."""
    original: bool = False
    """Whether the bytes are kept exactly as they are (scans, signed files)."""


AS_USUAL = Wishes()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a photo says about itself."""

    width: int
    height: int
    taken: dt.datetime | None = None
    """When it was taken, by the camera's own clock (no zone)."""
    place: tuple[float, float] | None = None
    """Latitude and longitude in degrees; None where the photo does not tell."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file as it will be kept."""

    name: str
    media_type: str
    data: Path | bytes
    """The file itself where nothing had to be done to it."""
    size: int
    """Bytes as it will be kept, and before."""
    size_before: int
    sha256: str = ""
    """Of the bytes as they will be kept, by which what is here already is recognised."""
    facts: Facts | None = None
    """Of the photo as it came; None where it is no photo."""

    @property
    def reduced(self) -> bool:
        """Whether it takes less room than before."""
        return self.size < self.size_before

    @property
    def taken_on(self) -> str:
        """The day a photo was taken, by the camera's own clock (ISO 8601); empty where nothing tells it."""
        taken = self.facts.taken if self.facts is not None else None
        return taken.date().isoformat() if taken is not None else ""

    def caption(self) -> Mapping[str, str]:
        """A caption to begin with, in both languages; empty where the file says nothing about itself."""
        if self.facts is None or self.facts.taken is None:
            return {}
        said = Message("exchange.photo.caption", date=self.facts.taken.date())
        return {language.value: render(said, language) for language in Language}


def prepare(path: Path, wishes: Wishes = AS_USUAL, report: Report = quiet) -> Prepared:
    """A file made ready to be kept; a photo in a process with limits.

    Raises PhotoProblem, FileProblem, Unfinished, Cancelled.
    """
    kept = _prepared(path, wishes, report)
    return replace(kept, sha256=_fingerprint(kept.data))


def _prepared(path: Path, wishes: Wishes, report: Report) -> Prepared:
    head, size = _head(path)
    if size == 0:
        raise PhotoProblem("empty", path.name)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    as_it_is = Prepared(path.name, sniffed(head) or kind, path, size, size)
    if not is_photo(head):
        if _is_apple(head) and not wishes.original:
            raise PhotoProblem("heic", path.name)
        return as_it_is
    if size > LARGEST:
        return as_it_is
    from desktop.exchange.photos_apart import made_apart

    return made_apart(as_it_is, _read(path), wishes, report)


def sniffed(head: bytes) -> str:
    """The media type that the first bytes of a file prove, whatever its name says; empty if unknown."""
    for start, kind in (
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"%PDF-", "application/pdf"),
    ):
        if head.startswith(start):
            return kind
    return "image/heic" if _is_apple(head) else ""


def is_photo(head: bytes) -> bool:
    """Whether a file begins as a photo that is scaled on entry."""
    return sniffed(head) in _ENDINGS


def _is_apple(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in _APPLE


def _head(path: Path) -> tuple[bytes, int]:
    try:
        with open_ordinary(path, name=path.name) as file:
            return file.read(16), os.fstat(file.fileno()).st_size
    except OSError as error:
        raise FileProblem.from_os(error, path.name) from error


def _fingerprint(data: Path | bytes) -> str:
    import hashlib

    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest()
    try:
        with open_ordinary(data, name=data.name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileProblem.from_os(error, data.name) from error


def _read(path: Path) -> bytes:
    return read_ordinary(path, LARGEST, name=path.name)


# ------------------------------------------------------------------------------------------- reading


def opened(data: bytes, name: str = "") -> Image.Image:
    """A picture with its size known and its pixels not read yet. Raises PhotoProblem."""
    from PIL import Image

    # Pillow's own limit would warn before it refuses; ours says at once what is too large.
    Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())
    try:
        picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoProblem("huge", name) from error
    except Exception as error:  # Pillow names no set of failures for a hostile file, and readers differ
        raise PhotoProblem("broken", name) from error
    if costly(picture, data):
        raise PhotoProblem("huge", name)
    return picture


def facts_of(data: bytes) -> Facts | None:
    """What a photo says about itself; None if it is none, or one that cannot be read."""
    try:
        picture = opened(data)
        turned = _exif(picture).get(_ORIENTATION) in {5, 6, 7, 8}
    except PhotoProblem:
        return None
    width, height = picture.size
    return Facts(*((height, width) if turned else (width, height)), _taken(picture), _place(picture))


def _exif(picture: Image.Image) -> Image.Exif:
    from PIL import Image

    try:
        return picture.getexif()
    except Exception:  # noqa: BLE001 - what the camera garbled is as good as absent
        return Image.Exif()


def _part(exif: Image.Exif, tag: int) -> dict[int, Any]:
    try:
        return dict(exif.get_ifd(tag))
    except Exception:  # noqa: BLE001 - garbled in any way, a part is as good as absent
        return {}


def _taken(picture: Image.Image) -> dt.datetime | None:
    exif = _exif(picture)
    for said in (_part(exif, _EXIF).get(_TAKEN_AT), exif.get(_CHANGED_AT)):
        try:
            return dt.datetime.strptime(str(said).strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - a camera's clock knows no zone
        except ValueError:
            continue
    return None


def _place(picture: Image.Image) -> tuple[float, float] | None:
    gps = _part(_exif(picture), _GPS)
    try:
        latitude = _degrees(gps[2], str(gps.get(1, "N")).startswith("S"))
        longitude = _degrees(gps[4], str(gps.get(3, "E")).startswith("W"))
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return None
    here = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0.0, 0.0)
    return (latitude, longitude) if here else None


def _degrees(parts: Any, negative: bool) -> float:  # noqa: FBT001 - south and west count downwards
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if negative else value


# -------------------------------------------------------------------------------------------- making


def made(as_it_is: Prepared, data: bytes, wishes: Wishes) -> Prepared:
    """The photo upright, scaled, with what may stay of its EXIF; as it is when nothing had to change."""
    picture = opened(data, as_it_is.name)
    kind = _KINDS[str(picture.format)]
    facts = facts_of(data)
    name = _named(as_it_is.name, kind)
    try:
        exif = _kept(picture, wishes, facts)
        if max(picture.size) <= wishes.edge and not _tells_more(picture, exif):
            return replace(as_it_is, name=name, media_type=kind, facts=facts)
        written = _written(opened(data, name), kind, wishes, exif)
    except PhotoProblem:
        raise
    except Exception as error:  # the pixels are read here: truncated or garbled in any way
        raise PhotoProblem("broken", as_it_is.name) from error
    return Prepared(name, kind, written, len(written), as_it_is.size, facts=facts)


def _tells_more(picture: Image.Image, kept: bytes) -> bool:
    """Whether a photo says anything besides its pixels and what may stay. Reads it to its end."""
    exif = picture.info.get("exif") or b""
    picture.load()
    exif = picture.info.get("exif") or exif
    return picture.format == "MPO" or exif != kept or bool(picture.info.keys() - _SILENT)


def _written(picture: Image.Image, kind: str, wishes: Wishes, exif: bytes) -> bytes:
    from PIL import Image, ImageOps

    upright = _exif(picture).get(_ORIENTATION, 1) in {0, 1}
    out = io.BytesIO()
    if picture.format == "JPEG" and upright and max(picture.size) <= wishes.edge:
        # Only what it tells is taken away: written again as finely as it was.
        profile = picture.info.get("icc_profile")
        picture.save(
            out, "JPEG", quality="keep", exif=exif, icc_profile=profile, comment=b"", xmp=b"", optimize=True
        )
        return out.getvalue()
    picture.thumbnail((wishes.edge, wishes.edge), Image.Resampling.LANCZOS, reducing_gap=3.0)
    made = _in_srgb(ImageOps.exif_transpose(picture), kind)
    made.info.clear()
    if kind == "image/png":
        made.save(out, "PNG", optimize=True, exif=exif)
    else:
        made.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True, exif=exif)
    return out.getvalue()


def _in_srgb(picture: Image.Image, kind: str) -> Image.Image:
    """The colours as every screen and printer understands them without a profile."""
    profile = picture.info.pop("icc_profile", None)
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    alpha = kind == "image/png" and picture.mode in {"RGBA", "LA", "PA"}
    wanted = "RGBA" if alpha else ("L" if picture.mode in {"L", "1", "I", "I;16", "F"} else "RGB")
    if profile and picture.mode in {"RGB", "CMYK"}:
        from PIL import ImageCms

        try:
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            made = ImageCms.profileToProfile(picture, theirs, ours, outputMode="RGB")
            picture = made or picture
        except ImageCms.PyCMSError:  # a profile nobody can read colours nothing
            pass
    if picture.mode == "I;16":
        picture = picture.point(lambda value: value / 256)
    return picture if picture.mode == wanted else picture.convert(wanted)


def _kept(picture: Image.Image, wishes: Wishes, facts: Facts | None) -> bytes:
    """The EXIF that stays: the date, and the place where it is wanted."""
    from PIL import Image

    before, kept = _exif(picture), Image.Exif()
    if facts is not None and facts.taken is not None:
        when = f"{facts.taken:%Y:%m:%d %H:%M:%S}"
        kept[_CHANGED_AT] = when
        kept.get_ifd(_EXIF)[_TAKEN_AT] = when
        offset = _part(before, _EXIF).get(_OFFSET)
        if isinstance(offset, str) and len(offset) <= 7:
            kept.get_ifd(_EXIF)[_OFFSET] = offset
    if wishes.place and facts is not None and facts.place is not None:
        there = kept.get_ifd(_GPS)
        for value, tag, sides in ((facts.place[0], 1, "NS"), (facts.place[1], 3, "EW")):
            there[tag] = sides[value < 0]
            there[tag + 1] = _sexagesimal(abs(value))
    return kept.tobytes() if len(kept) or kept.get_ifd(_GPS) else b""


def _sexagesimal(value: float) -> tuple[Any, Any, Any]:
    from PIL.TiffImagePlugin import IFDRational

    seconds = round(value * 3600 * 1000)
    degrees, rest = divmod(seconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return IFDRational(degrees, 1), IFDRational(minutes, 1), IFDRational(rest, 1000)


def _named(name: str, kind: str) -> str:
    """The name with an ending that tells the truth."""
    path = Path(name)
    endings = _ENDINGS[kind]
    return name if path.suffix.lower() in endings else f"{path.stem}{endings[0]}"
