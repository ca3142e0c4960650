"""A small plan's package in every state, made once for the whole test run."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pikepdf

from desktop.base.jobs import quiet
from desktop.base.resources import resource
from desktop.books.pdfa import to_pdfa
from desktop.submission import SealFile, SealInput, SealSigner, StampBox, seal, sign_container, sign_pdfs
from desktop.trust import Anchors, P12Key, TestIdentity, make_test_identity

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
CHANGED = NOW - dt.timedelta(hours=2)
BOOK, DATA, PHOTO = "buku/Buku I – Analisis.pdf", "data.json", "bukti/foto & peta.jpg"
MAYOR, SECRETARY, TEAM = "mayor", "secretary", "team"
OFFICES = {MAYOR: "Bupati Contoh", SECRETARY: "Sekretaris Daerah", TEAM: "Sekretaris Tim Pelaksana"}


@cache
def draw_pdf(pages: int = 2) -> bytes:
    """A PDF/A of a few lines."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Uji", str(resource("fonts", "NotoSans-Regular.ttf"))))
    target = io.BytesIO()
    canvas = Canvas(target, initialFontName="Uji", lang="id-ID", invariant=1)
    canvas.setTitle("Buku I")
    for number in range(pages):
        canvas.setFont("Uji", 12)
        canvas.drawString(60, 700, f"Halaman {number + 1} – Kabupaten Contoh")
        canvas.showPage()
    canvas.save()
    return to_pdfa(target.getvalue(), CHANGED)


def written_anew(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """As another program writes a document, after this change."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        document.save(target)
    return target.getvalue()


def unseen_words(words: str, x: float, y: float, shown: str = "") -> bytes:
    """A page with words that nobody sees and every program finds."""
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    if shown:
        canvas.drawString(60, 700, shown)
    unseen = canvas.beginText(x, y)
    unseen.setTextRenderMode(3)
    unseen.textOut(words)
    canvas.drawText(unseen)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def book_signers() -> tuple[SealSigner, ...]:
    return (
        SealSigner(MAYOR, "Contoh Bupati", OFFICES[MAYOR], box=StampBox(1, 60, 300, 300, 370)),
        SealSigner(SECRETARY, "Contoh Sekda", OFFICES[SECRETARY], box=StampBox(1, 320, 300, 540, 370)),
    )


def seal_input(**changes: object) -> SealInput:
    values: dict[str, object] = {
        "region_code": "18.07",
        "region_name": "Kabupaten Contoh",
        "first_year": 2026,
        "last_year": 2030,
        "guideline_id": "id.go.smartcity",
        "guideline_version": "2023",
        "workspace": "0" * 32,
        "head": "a" * 64,
        "changed_at": CHANGED,
        "files": (
            SealFile(BOOK, "application/pdf", "book", draw_pdf(), book_signers()),
            SealFile(DATA, "application/json", "data", b'{"format":"rancang-data"}'),
            SealFile(PHOTO, "image/jpeg", "evidence", bytes(range(256)) * 8),
        ),
        "signers": (SealSigner(TEAM, "Contoh Tim", OFFICES[TEAM]),),
        "notes": ("contoh",),
        **changes,
    }
    return SealInput(**values)


def seal_named(names: Mapping[str, str], **changes: object) -> SealInput:
    """The same package, waiting for these people by role; for nobody by name where none is given."""

    def named(signers: tuple[SealSigner, ...]) -> tuple[SealSigner, ...]:
        return tuple(replace(one, name=names.get(one.role, "")) for one in signers)

    made = seal_input(**changes)
    files = tuple(replace(one, signers=named(one.signers)) for one in made.files)
    return replace(made, files=files, signers=named(made.signers))


@dataclass(frozen=True)
class Stage:
    """Everything a test of the package needs."""

    folder: Path
    rsa: TestIdentity
    ec: TestIdentity
    anchors: Anchors
    sealed: Path
    half: Path
    """The mayor has signed the book, nobody the container."""
    signed: Path
    """Everybody has signed."""

    def key(self, role: str, kind: str = "rsa") -> P12Key:
        signer = (self.rsa if kind == "rsa" else self.ec).signers[role]
        return P12Key(signer.path, signer.password)


def make_stage(folder: Path) -> Stage:
    roles = {MAYOR: "Contoh Bupati", SECRETARY: "Contoh Sekda", TEAM: "Contoh Tim"}
    rsa = make_test_identity(folder / "rsa", roles, now=NOW)
    ec = make_test_identity(folder / "ec", roles, now=NOW, algorithm="ec")
    anchors = Anchors().plus(rsa.root, ec.root)
    sealed, half, both, signed = (folder / f"{name}.asice" for name in ("sealed", "half", "both", "signed"))
    stage = Stage(folder, rsa, ec, anchors, sealed, half, signed)
    seal(quiet, seal_input(), sealed)
    sign_pdfs(quiet, sealed, half, stage.key(MAYOR), MAYOR, anchors, NOW)
    sign_pdfs(quiet, half, both, stage.key(SECRETARY, "ec"), SECRETARY, anchors, NOW)
    sign_container(quiet, both, signed, stage.key(TEAM), TEAM, anchors, NOW)
    return stage
