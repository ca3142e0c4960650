"""The book that printing is measured with: 20 chapters, 120 tables of 20 rows, 12 charts, 100 photos.

The tree is the same for every printer: ours takes it as it is, others what is written of it (HTML, DOCX,
Typst's own language).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from desktop.base import Language
from desktop.base.richtext import Run
from desktop.books.compose import compose
from desktop.books.document import Column, Document, Element, Figure, Heading, Paragraph, Photo, Row, Table
from desktop.books.photos import scaled
from tests.books import plans
from tests.books.test_chart_laws import PRINTED

CHAPTERS, SECTIONS, PARAGRAPHS, ROWS, PHOTOS, CHARTS = 20, 6, 3, 20, 100, 12
SAID = """
program daerah layanan publik pemerintah kabupaten data infrastruktur kecamatan anggaran indikator sasaran
strategi tata kelola integrasi sistem informasi masyarakat pelaksanaan pemantauan evaluasi perencanaan
prioritas pembangunan berkelanjutan keamanan jaringan pelatihan aparatur kerja sama pendanaan tahun capaian
target risiko mitigasi dokumen pedoman standar mutu waktu biaya kualitas kinerja pemberdayaan penyelenggaraan
"""
WORDS = SAID.split()
COLUMNS = (
    Column("Kode", width=0),
    Column("Program", width=3.0),
    Column("Perangkat daerah", width=2.0),
    Column("Tahun", "center", 0),
    Column("Pagu (Rp)", "right", 0),
    Column("Keadaan", width=0),
)


def book() -> Document:
    """The whole tree, the same at every call."""
    made = compose(plans.plan(), plans.pack(), "everything", Language.ID, draft=False)
    return replace(
        made,
        elements=tuple(_elements(random.Random(7))),
        moment=dt.datetime(2026, 11, 24, tzinfo=dt.UTC),
        watermark=None,
        notices=(),
    )


def _elements(rng: random.Random) -> Iterator[Element]:
    tables = photos = drawn = figures = 0
    for chapter in range(1, CHAPTERS + 1):
        yield Heading(1, str(chapter), _said(rng, 3), f"bab-{chapter}")
        for section in range(1, SECTIONS + 1):
            yield Heading(2, f"{chapter}.{section}", _said(rng, 4), f"bab-{chapter}-{section}")
            for _ in range(PARAGRAPHS):
                yield Paragraph((Run(_said(rng, 80) + "."),))
            tables += 1
            yield _table(rng, tables)
            if section < SECTIONS and photos < PHOTOS:
                photos, figures = photos + 1, figures + 1
                yield Figure(figures, "Dokumentasi kegiatan", Photo(str(photos)), f"gambar-{figures}")
            if section == 3 and drawn < CHARTS:
                drawn, figures = drawn + 1, figures + 1
                chart = PRINTED[drawn % len(PRINTED)]
                yield Figure(figures, _said(rng, 5), chart, f"gambar-{figures}")


def _table(rng: random.Random, number: int) -> Table:
    rows = tuple(
        Row(
            tuple(
                (Run(text),)
                for text in (
                    f"P-{number:03d}-{place:02d}",
                    _said(rng, 6),
                    rng.choice(["Diskominfo", "Dinas Kesehatan", "Bappeda", "Dinas PUPR"]),
                    str(2026 + place % 5),
                    f"{rng.randint(1, 99) * 125_000_000:,}".replace(",", "."),
                    rng.choice(["Siap", "Tinjau", "Konsep"]),
                )
            )
        )
        for place in range(ROWS)
    )
    return Table(number, _said(rng, 5), COLUMNS, rows, f"tabel-{number}")


def _said(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words)).capitalize()


def photo(place: int, across: int) -> bytes:
    """A picture as a camera has it, with light and grain, so many pixels wide."""
    from PIL import Image, ImageDraw

    rng = random.Random(place)
    coarse = Image.effect_noise((100, 62), 60).resize((across, across * 3 // 4), Image.Resampling.BICUBIC)
    picture = coarse.convert("RGB")
    draw, unit = ImageDraw.Draw(picture), across // 8
    for _ in range(12):
        x, y = rng.randint(0, unit * 7), rng.randint(0, unit * 5)
        box = (x, y, x + rng.randint(unit // 3, unit * 2), y + rng.randint(unit // 3, unit))
        draw.rectangle(box, fill=tuple(rng.randint(0, 255) for _ in range(3)))
    grain = Image.effect_noise(picture.size, 14).convert("RGB")
    target = io.BytesIO()
    Image.blend(picture, grain, 0.12).save(target, "JPEG", quality=85)
    return target.getvalue()


def write_photos(folder: Path, across: int) -> None:
    """A hundred photos as the evidence keeps them."""
    folder.mkdir(exist_ok=True)
    for place in range(1, PHOTOS + 1):
        (folder / f"{place}.jpg").write_bytes(photo(place, across))


def scale_photos(source: Path, folder: Path) -> None:
    """The same photos as they stand on paper: what a printer that scales none itself is given."""
    folder.mkdir(exist_ok=True)
    for path in source.iterdir():
        made = scaled(path.read_bytes, 471.0, 270.0)
        if made is None:
            raise ValueError(path)
        (folder / path.name).write_bytes(made.jpeg)


def pictures(folder: Path) -> Callable[[str], bytes]:
    """What hands a writer the photos of a folder."""
    return lambda name: (folder / f"{name}.jpg").read_bytes()


def fingerprint(data: bytes) -> str:
    """A short name of some bytes."""
    return hashlib.sha256(data).hexdigest()[:12]
