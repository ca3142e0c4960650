"""A PDF that was signed elsewhere finds the document it was, by its bytes and else by its name."""

from desktop.submission.returning.recognising import documents_like
from tests.submission import tamper
from tests.submission.making import BOOK, PHOTO


def test_a_signed_pdf_is_known_by_its_first_bytes_whatever_it_is_called(stage, tmp_path):
    pdf = tmp_path / "unduhan (3).pdf"
    pdf.write_bytes(tamper.read(stage.half)[0][BOOK])
    assert documents_like(stage.sealed, pdf) == (BOOK,)
    pdf.write_bytes(tamper.read(stage.signed)[0][BOOK])
    assert documents_like(stage.sealed, pdf) == documents_like(stage.half, pdf) == (BOOK,)


def test_written_anew_it_is_known_by_its_name_only(stage, tmp_path):
    pdf = tmp_path / "Buku I – Analisis_signed.pdf"
    pdf.write_bytes(b"%PDF-1.7 ditulis ulang oleh layanan lain")
    assert documents_like(stage.sealed, pdf) == (BOOK,)


def test_nothing_fits_another_pdf_the_same_unsigned_one_or_no_package(stage, tmp_path):
    pdf = tmp_path / "lain.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    assert documents_like(stage.sealed, pdf) == ()
    pdf.write_bytes(tamper.read(stage.sealed)[0][BOOK])
    assert documents_like(stage.sealed, pdf) == ()
    assert documents_like(pdf, pdf) == ()
    assert documents_like(stage.sealed, tmp_path / PHOTO) == ()
