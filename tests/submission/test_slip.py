"""The region's own record of a package: one page, and it says no more than is known."""

from __future__ import annotations

import hashlib

import pypdfium2 as pdfium
import pytest

from desktop.base import Language
from desktop.base.errors import FileProblem
from desktop.base.fingerprint import groups_of
from desktop.base.jobs import quiet
from desktop.books.document import Paragraph, Table, text_of
from desktop.books.pdfa import check_pdfa
from desktop.guideline import bundled, load_pack
from desktop.submission import PackageUnusable, SealFile, SealSigner, seal, sign_container, verify
from desktop.submission.slip import compose_slip, read_standing, slip_name, write_slip
from desktop.submission.verdict_paper import write_verdicts
from desktop.trust import Anchors
from tests.submission import tamper
from tests.submission.making import MAYOR, NOW, seal_input


def said(package, anchors, language=Language.ID) -> str:
    document = compose_slip(read_standing(quiet, package, anchors, NOW), language)
    lines = [document.cover.title]
    for element in document.elements:
        if isinstance(element, Table):
            lines += [" | ".join(map(text_of, row.cells)) for row in element.rows]
        elif isinstance(element, Paragraph):
            lines.append(text_of(element.line))
    return "\n".join(lines)


@pytest.mark.parametrize("language", list(Language))
def test_a_signed_package_is_recorded_on_one_page(stage, tmp_path, language) -> None:
    target = tmp_path / "bukti.pdf"
    assert write_slip(quiet, stage.signed, target, stage.anchors, NOW, language.value) == target
    assert check_pdfa(target.read_bytes()) == ()
    with pdfium.PdfDocument(target.read_bytes()) as pdf:
        assert len(pdf) == 1
        page = " ".join(pdf[0].get_textpage().get_text_range().split())
    digest = hashlib.sha256(stage.signed.read_bytes()).hexdigest()
    assert " ".join(groups_of(digest)[:8]) in page
    assert "Contoh Bupati" in page


def test_who_signed_and_who_is_missing(stage) -> None:
    half, signed = said(stage.half, stage.anchors), said(stage.signed, stage.anchors)
    assert "Tanda Bukti Penguncian" in half
    assert (
        "“Contoh Bupati” (Uji, tidak tersertifikasi) – “Bupati Contoh” | “Contoh Sekda” – “Sekretaris Daerah”"
        in half
    )
    assert "belum ditandatangani; ditunggu \u201cContoh Tim" in half
    assert "Tanda Bukti Paket Siap Kirim" in signed
    assert "ditandatangani oleh \u201cContoh Tim" in signed
    assert "Record of a Package Ready to Send" in said(stage.signed, stage.anchors, Language.EN)


def test_what_was_refused_says_so_and_names_nobody_it_does_not_know(stage) -> None:
    told = said(stage.signed, Anchors())
    assert "Ditolak" in told
    # whom the manifest expected, not whom a certificate names
    assert "“Contoh Bupati” – “Bupati Contoh”" in told


def test_who_closed_it_unasked_is_not_whom_it_waits_for(stage, tmp_path) -> None:
    other = tmp_path / "other.asice"
    sign_container(quiet, stage.half, other, stage.key(MAYOR), MAYOR, stage.anchors, NOW, other_holder=True)
    told = said(other, stage.anchors)
    assert "Tanda Bukti Penguncian" in told
    assert "keseluruhan ditandatangani oleh \u201cContoh Bupati\u201d (Tidak diminta oleh paket" in told
    assert "masih ditunggu dari \u201cContoh Tim" in told


def test_who_closed_what_is_refused_is_not_said_as_a_fact(stage) -> None:
    told = said(stage.signed, Anchors())
    assert "Tanda Bukti Penguncian" in told
    assert "Paket memuat tanda tangan atas keseluruhannya, tetapi" in told
    assert "ditandatangani oleh" not in told


def test_what_a_package_replaces_is_told(stage, tmp_path) -> None:
    import msgspec

    def follow(manifest):
        return msgspec.structs.replace(manifest, previous="ab" * 32)

    again = tamper.forge(stage.sealed, tmp_path / "next.asice", lambda _: None, follow)
    assert " ".join(["abab"] * 8) in said(again, stage.anchors)
    assert "Menggantikan" in said(again, stage.anchors)
    assert "Menggantikan" not in said(stage.sealed, stage.anchors)


def test_documents_in_two_languages_say_which_in_words(stage) -> None:
    from dataclasses import replace

    import msgspec

    what, pack = read_standing(quiet, stage.half, stage.anchors, NOW), load_pack(bundled()[0].path)
    book = next(each for each in pack.books if each.submitted and not each.per)
    signed = next(each for each in what.manifest.files if each.signers)
    paths = [f"books/{book.id}.{code}.pdf" for code in ("id", "en")]
    files = tuple(msgspec.structs.replace(signed, path=path) for path in paths)
    named = msgspec.structs.replace(what.manifest.guideline, id=pack.pack.id, version=pack.pack.version)
    manifest = msgspec.structs.replace(what.manifest, files=files, guideline=named)
    document = compose_slip(replace(what, manifest=manifest, pack=pack), Language.ID)
    rows = [
        text_of(row.cells[0]) for each in document.elements if isinstance(each, Table) for row in each.rows
    ]
    title = book.title.read("id")
    assert rows[-2:] == [f"{title} (bahasa Indonesia)", f"{title} (bahasa Inggris)"]
    nobody = tuple(msgspec.structs.replace(each, signers=()) for each in files)
    manifest = msgspec.structs.replace(manifest, files=nobody)
    document = compose_slip(replace(what, manifest=manifest, pack=pack), Language.ID)
    lines = [text_of(each.line) for each in document.elements if isinstance(each, Paragraph)]
    assert any(f"{title} (bahasa Indonesia, –; bahasa Inggris, –)" in line for line in lines)
    # what a guideline says that lies in the package alone is the sealer's word
    other = msgspec.structs.replace(named, version="0.0.1")
    strange = msgspec.structs.replace(manifest, files=files, guideline=other)
    document = compose_slip(replace(what, manifest=strange, pack=pack), Language.ID)
    rows = [
        text_of(row.cells[0]) for each in document.elements if isinstance(each, Table) for row in each.rows
    ]
    assert rows[-1] == f"\u201c{title}\u201d (bahasa Inggris)"


def test_a_letter_is_no_approval_sheet_and_nobody_s_name_a_sentence_of_ours(stage, tmp_path) -> None:
    """A letter of role approval was the sheet, and an office said that nobody is waited for any more."""
    office = "lengkap; tidak ada lagi yang ditunggu. Disetujui Menteri"
    letter = SealFile(
        "surat/pinjaman.pdf", "application/pdf", "approval", b"%PDF-1.7",
        (SealSigner(MAYOR, "sudah", office),), placed=True,
    )  # fmt: skip
    package = tmp_path / "surat.asice"
    seal(quiet, seal_input(files=(letter,)), package)
    told = said(package, stage.anchors)
    assert "“surat/pinjaman.pdf” |" in told
    assert f"“sudah” – “{office}”" in told
    assert "Lembar Pengesahan" not in told


def test_what_is_no_package_of_ours_is_not_recorded(tmp_path) -> None:
    junk = tmp_path / "junk.asice"
    junk.write_bytes(b"PK\x03\x04 junk")
    with pytest.raises(PackageUnusable, match=r"junk\.asice|unusable"):
        write_slip(quiet, junk, tmp_path / "x.pdf", Anchors(), NOW, "id")
    assert not (tmp_path / "x.pdf").exists()
    assert slip_name(junk) == "junk-tanda-bukti.pdf"


def test_more_than_any_package_of_ours_has_is_counted(stage, tmp_path) -> None:
    """A stranger's small package of ten thousand names kept the printing busy for minutes."""
    signers = tuple(SealSigner(f"r{number}", f"Nama {number}", f"Kantor {number}") for number in range(40))
    files = tuple(
        SealFile(f"books/{number:03d}.pdf", "application/pdf", "book", b"%PDF-1.7", signers, placed=True)
        for number in range(150)
    )
    package = tmp_path / "besar.asice"
    seal(quiet, seal_input(files=files), package)
    told = said(package, stage.anchors)
    assert told.count(".pdf\u201d | ") == 100
    assert "… dan 28 lainnya" in told
    assert "… dan 50 lainnya" in told
    assert "“Nama 11” – “Kantor 11”" in told
    assert "“Nama 12”" not in told


def test_a_signed_pdf_is_never_written_over(stage, tmp_path) -> None:
    target = tmp_path / "tanda-terima.pdf"
    target.write_bytes(b"%PDF-1.7 /ByteRange [0 1 2 3]")
    before = target.read_bytes()
    with pytest.raises(FileProblem):
        write_slip(quiet, stage.signed, target, stage.anchors, NOW, "id")
    verdict = verify(stage.signed, stage.anchors, NOW)
    with pytest.raises(FileProblem):
        write_verdicts(target, [verdict], Language.ID)
    assert target.read_bytes() == before
