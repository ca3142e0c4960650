"""Several programs draw the first page of many documents, and what they draw is held against each other."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter

DOTS = 72
_CELL = 3
"""Points of a side of what is compared: programs smooth edges differently."""
_SECONDS = 20

MUPDF = """
import sys, pymupdf
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)
for path in sys.argv[1:]:
    try:
        with pymupdf.open(path) as d:
            d[0].get_pixmap(dpi=72, annots=True).save(path + ".mupdf.png")
    except Exception as error:
        sys.stderr.write(path + repr(error))
"""
PDFIUM = """
import sys, pypdfium2
for path in sys.argv[1:]:
    try:
        with pypdfium2.PdfDocument(path) as d:
            d.init_forms()
            d[0].render(scale=1).to_pil().convert("RGB").save(path + ".pdfium.png")
    except Exception as error:
        sys.stderr.write(path + repr(error))
"""

Pictures = dict[str, Image.Image | None]


def _from_stdout(*command: str) -> Image.Image | None:
    with contextlib.suppress(subprocess.TimeoutExpired, OSError, ValueError):
        made = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        if made.stdout:
            return Image.open(io.BytesIO(made.stdout)).convert("RGB")
    return None


def _from_file(path: Path) -> Image.Image | None:
    try:
        return Image.open(path).convert("RGB")
    except OSError:
        return None


def _run(*command: str, cwd: str | None = None) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired, OSError):
        subprocess.run(command, capture_output=True, timeout=2 * _SECONDS, check=False, cwd=cwd)


class Readers:
    """Those that are here; MuPDF and pdf.js lie where ``RANCANG_MUPDF`` and ``RANCANG_PDFJS`` say."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._mupdf = os.environ.get("RANCANG_MUPDF", "")
        self._pdfjs = os.environ.get("RANCANG_PDFJS", "")
        if self._pdfjs:
            self._script = Path(self._pdfjs) / "many.mjs"
            self._script.write_text((Path(__file__).parent / "many.mjs").read_text("utf-8"), "utf-8")

    def draw(self, documents: Sequence[bytes]) -> list[Pictures]:
        """The first page of each, by program; None where one gives it up."""
        paths = [self._folder / f"{at}.pdf" for at in range(len(documents))]
        for path, data in zip(paths, documents, strict=True):
            for old in self._folder.glob(f"{path.name}.*"):
                old.unlink()
            path.write_bytes(data)
        found: list[Pictures] = [{} for _ in documents]
        self._one_by_one(paths, "pdfium", sys.executable, "-c", PDFIUM)
        self._take(found, paths, "pdfium")
        if shutil.which("pdftoppm"):
            for path, pictures in zip(paths, found, strict=True):
                pictures["poppler"] = _from_stdout(
                    "pdftoppm", "-q", "-r", str(DOTS), "-singlefile", str(path)
                )
                pictures["cairo"] = _from_stdout(
                    "pdftocairo", "-q", "-png", "-r", str(DOTS), "-singlefile", str(path), "-"
                )
        if shutil.which("gs"):
            self._ghostscript(paths)
            self._take(found, paths, "gs")
        if self._mupdf:
            self._one_by_one(paths, "mupdf", self._mupdf, "-W", "ignore", "-c", MUPDF)
            self._take(found, paths, "mupdf")
        if self._pdfjs:
            self._one_by_one(paths, "pdfjs", "node", str(self._script), cwd=self._pdfjs)
            self._take(found, paths, "pdfjs")
        return found

    def _ghostscript(self, paths: Sequence[Path]) -> None:
        each = [
            part
            for path in paths
            for part in ("-c", f"<</OutputFile ({path}.gs.png)>> setpagedevice", "-f", str(path))
        ]
        common = [
            "gs",
            *["-q", "-dNOPAUSE", "-dBATCH", "-dNOSAFER", "-sDEVICE=png16m", "-dLastPage=1"],
            f"-r{DOTS}",
        ]
        common += ["-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"]
        _run(*common, f"-sOutputFile={self._folder}/none.png", *each)
        for path in paths:
            # what one document leaves behind may keep it from the next
            if not Path(f"{path}.gs.png").exists():
                _run(*common, f"-sOutputFile={path}.gs.png", "-f", str(path))

    @staticmethod
    def _one_by_one(paths: Sequence[Path], program: str, *command: str, cwd: str | None = None) -> None:
        """All at once, and those left over by themselves: one that ends the program takes others with it."""
        left = list(map(str, paths))
        while left:
            _run(*command, *left, cwd=cwd)
            # the first that has no picture is the one that the program ended with
            left = [one for one in left if not Path(f"{one}.{program}.png").exists()][1:]

    def _take(self, found: list[Pictures], paths: Sequence[Path], program: str) -> None:
        for path, pictures in zip(paths, found, strict=True):
            pictures[program] = _from_file(Path(f"{path}.{program}.png"))


def text_of(data: bytes, folder: Path) -> dict[str, str]:
    """The letters of the first page by program, sorted: programs have their own order of lines."""
    import pypdfium2

    path = folder / "text.pdf"
    path.write_bytes(data)
    found: dict[str, str] = {}
    opened: Any = pypdfium2.PdfDocument
    with contextlib.suppress(pypdfium2.PdfiumError), opened(data) as document:
        found["pdfium"] = document[0].get_textpage().get_text_bounded()
    if shutil.which("pdftotext"):
        command = ["pdftotext", "-q", "-l", "1", str(path), "-"]
        with contextlib.suppress(subprocess.TimeoutExpired):
            made = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
            found["poppler"] = made.stdout.decode("utf-8", "replace")
    # at the end of a line some take a hyphen for the line's and not the word's
    return {
        program: "".join(sorted("".join(text.split()).replace("-", ""))) for program, text in found.items()
    }


Boxes = Sequence[tuple[float, float, float, float]]


def cells(picture: Image.Image | None, boxes: Boxes = ()) -> Image.Image | None:
    """The picture in coarse cells, white in the boxes."""
    if picture is None:
        return None
    height = picture.height
    if boxes:
        picture = picture.copy()
        for left, below, right, above in boxes:
            area = (left - 3, height - above - 3, right + 3, height - below + 3)
            ImageDraw.Draw(picture).rectangle(area, fill="white")
    return picture.reduce(_CELL)


def apart(one: Image.Image | None, other: Image.Image | None) -> Image.Image | None:
    """How far each cell is apart; None for pictures of two sizes, or where only one is there."""
    if one is None or other is None or abs(one.width - other.width) > 1 or abs(one.height - other.height) > 1:
        return None
    size = (min(one.width, other.width), min(one.height, other.height))
    red, green, blue = ImageChops.difference(one.crop((0, 0, *size)), other.crop((0, 0, *size))).split()
    return ImageChops.lighter(red, ImageChops.lighter(green, blue))


@dataclass(frozen=True)
class Shades:
    """A picture in grey, and the lightest and darkest that lies beside each point."""

    itself: Image.Image
    lightest: Image.Image
    darkest: Image.Image


def shades(picture: Image.Image, area: tuple[int, int, int, int]) -> Shades:
    grey = picture.crop(area).convert("L")
    return Shades(grey, grey.filter(ImageFilter.MaxFilter(3)), grey.filter(ImageFilter.MinFilter(3)))


def unexplained(one: Shades, other: Shades) -> Image.Image:
    """How much of each is nowhere beside the same place in the other: edges are smoothed as programs like."""
    two = (
        ImageChops.lighter(
            ImageChops.subtract(each.itself, with_.lightest), ImageChops.subtract(with_.darkest, each.itself)
        )
        for each, with_ in ((one, other), (other, one))
    )
    return ImageChops.lighter(*two)


def most(difference: Image.Image | None, least: int) -> int:
    """How many cells are further apart than that."""
    if difference is None:
        return 1 << 20
    return sum(difference.histogram()[least + 1 :])
