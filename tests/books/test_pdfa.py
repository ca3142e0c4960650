"""PDF/A: conforming, the same bytes twice, and a refusal that says why."""

from __future__ import annotations

import datetime as dt
import io
import time
from pathlib import Path

import pytest

from desktop.base.resources import resource
from desktop.books.pdfa import NotArchivable, check_pdfa, to_pdfa

MOMENT = dt.datetime(2026, 11, 24, 3, 4, 5, tzinfo=dt.UTC)


def draw(font: str | None = "Uji", pages: int = 2) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if font:
        pdfmetrics.registerFont(TTFont(font, str(resource("fonts", "NotoSans-Regular.ttf"))))
    target = io.BytesIO()
    canvas = Canvas(target, initialFontName=font or "Helvetica", lang="id-ID", invariant=1)
    canvas.setTitle("Buku I")
    for number in range(pages):
        canvas.setFont(font or "Helvetica", 12)
        canvas.drawString(60, 700, f"Halaman {number + 1} – Kabupaten")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def test_conforms_and_is_the_same_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    first = to_pdfa(draw(), MOMENT)
    monkeypatch.setenv("TZ", "Asia/Jayapura")
    time.tzset()
    try:
        second = to_pdfa(draw(), MOMENT)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert check_pdfa(first) == ()
    assert first == second


def test_moment_and_title_are_in_the_metadata() -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(to_pdfa(draw(), MOMENT))) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20261124030405")
        assert str(document.docinfo["/Title"]) == "Buku I"
        assert "/Author" not in document.docinfo
        packet = document.Root.Metadata.read_bytes()
    assert b"2026-11-24T03:04:05+00:00</xmp:MetadataDate>" in packet
    assert b"anonymous" not in packet


def test_raw_output_is_not_pdfa() -> None:
    assert check_pdfa(draw())


def test_a_font_that_is_not_embedded_is_refused() -> None:
    with pytest.raises(NotArchivable) as caught:
        to_pdfa(draw(font=None))
    assert caught.value.message.id == "books.pdfa.refused"


def test_damaged_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotArchivable):
        to_pdfa(b"%PDF-1.7 nothing")
