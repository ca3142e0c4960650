"""Signing: file or token, RSA or elliptic, in which order, and documents that come back from elsewhere."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509

from desktop.base.jobs import Done, Failed, Job, quiet
from desktop.books.pdfa import check_pdfa
from desktop.submission import (
    NeedsConfirmation,
    NothingToSign,
    NotTheSameDocument,
    PackageUnusable,
    SealFile,
    SealSigner,
    VerdictKind,
    WrongCertificate,
    bring_back_pdf,
    export_for_signing,
    seal,
    sign_container,
    sign_pdfs,
    verify,
)
from desktop.submission.pdf.sign import CannotSignPdf, sign_pdf
from desktop.submission.pdf.stamped import Stamps, stamps_of
from desktop.submission.stamp import Stamp, StampStanding
from desktop.trust import Anchors, KeyUnfit, P12Key, TokenKey, WrongPassword
from tests import softhsm
from tests.submission import tamper
from tests.submission.making import BOOK, MAYOR, NOW, SECRETARY, TEAM, Stage, draw_pdf, seal_input, seal_named
from tests.submission.register.many import Opened
from tests.trust import pki

FORMS = ("/AcroForm", "/Perms")
"""pikepdf's validator does not know forms at all; everything else it says counts."""


def archival(data: bytes) -> list[str]:
    return [finding for finding in check_pdfa(data) if not any(f" {key}:" in finding for key in FORMS)]


def test_documents_stay_archival_and_earlier_bytes_stay(stage) -> None:
    books = [tamper.read(path)[0][BOOK] for path in (stage.sealed, stage.half, stage.signed)]
    assert [archival(book) for book in books] == [[], [], []]
    assert books[2].startswith(books[1])
    assert books[1].startswith(books[0])
    assert stamps_of(io.BytesIO(books[2])) == Stamps()
    with pikepdf.open(io.BytesIO(books[2])) as document:
        # The secretary's key is elliptic; pyHanko alone would have made this PDF 2.0.
        assert document.pdf_version < "2.0"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Attribute's length must be")
def test_who_has_many_titles_closes_a_package_too(tmp_path, monkeypatch) -> None:
    """X.520 has room for 64 letters; authorities write more, and documents are signed so."""
    holder = "Prof. Dr. Ir. H. Muhammad Abdurrahman Wahyudiningrat Kusumanegara, S.T., M.T., M.Sc."
    monkeypatch.setattr(pki, "name", lambda common: x509.Name(
        [x509.NameAttribute(x509.NameOID.COMMON_NAME, common, _validate=False)]
    ))  # fmt: skip
    root = pki.make("Root", ca=True)
    who, path = pki.make(holder, root), tmp_path / "a.asice"
    seal(quiet, seal_named({MAYOR: holder, SECRETARY: holder, TEAM: holder}), path)
    anchors = pki.believe(root)
    for role in (MAYOR, SECRETARY):
        sign_pdfs(quiet, path, path, Opened(who), role, anchors, NOW)
    sign_container(quiet, path, path, Opened(who), TEAM, anchors, NOW)
    assert verify(path, anchors, NOW).kind is VerdictKind.VALID_WITH_NOTES, "one person for all"


def test_with_a_token(stage, tmp_path) -> None:
    with stage.key(MAYOR).open() as rsa, stage.key(TEAM, "ec").open() as ec:
        softhsm.make_token("Paket")
        softhsm.put("Paket", rsa, "01", "bupati", tmp_path)
        softhsm.put("Paket", ec, "02", "tim", tmp_path)
        chains = {one: tuple(pki.der(c) for c in signer.chain) for one, signer in (("rsa", rsa), ("ec", ec))}

    def key(label: str, kind: str) -> TokenKey:
        return TokenKey(softhsm.library(), softhsm.PIN, "Paket", label, chain=chains[kind])

    path = tmp_path / "token.asice"
    sign_pdfs(quiet, stage.sealed, path, key("bupati", "rsa"), MAYOR, stage.anchors, NOW)
    sign_pdfs(quiet, path, path, key("tim", "ec"), SECRETARY, stage.anchors, NOW, other_holder=True)
    sign_container(quiet, path, path, key("tim", "ec"), TEAM, stage.anchors, NOW)
    verdict = verify(path, stage.anchors, NOW)
    assert verdict.kind is VerdictKind.VALID_WITH_NOTES
    assert [one.holder for one in verdict.signatures] == ["Contoh Tim", "Contoh Bupati", "Contoh Tim"]
    assert "note.stamp_letters" not in {one.code for one in verdict.reasons}


@pytest.mark.slow
def test_as_a_job_in_a_process_of_its_own(stage, tmp_path) -> None:
    target = tmp_path / "job.asice"
    job = Job(sign_container, stage.sealed, target, stage.key(TEAM), TEAM, stage.anchors, NOW)
    news = []
    deadline = time.monotonic() + 300
    while not any(isinstance(one, Done | Failed) for one in news):
        news += job.poll()
        assert time.monotonic() < deadline
    assert isinstance(news[-1], Done), news[-1]
    assert verify(target, stage.anchors, NOW).kind is VerdictKind.INCOMPLETE


def test_what_cannot_be_signed(stage, tmp_path) -> None:
    target = tmp_path / "x.asice"

    def sign(package: Path, role: str, key: object = None) -> None:
        sign_pdfs(quiet, package, target, key or stage.key(MAYOR), role, stage.anchors, NOW)

    with pytest.raises(NothingToSign):
        sign(stage.sealed, "nobody")
    with pytest.raises(NothingToSign):
        sign(stage.half, MAYOR)
    with pytest.raises(WrongPassword):
        sign(stage.sealed, MAYOR, P12Key(stage.rsa.signers[MAYOR].path, "salah"))
    broken = tmp_path / "broken.asice"
    broken.write_bytes(stage.sealed.read_bytes()[:-1])
    with pytest.raises(PackageUnusable):
        sign(broken, MAYOR)
    changed = bytearray(stage.sealed.read_bytes())
    changed[changed.index(b"rancang-data")] ^= 1
    broken.write_bytes(changed)
    with pytest.raises(PackageUnusable):
        sign(broken, MAYOR)
    with pytest.raises(KeyUnfit):
        sign_container(quiet, stage.sealed, target, stage.key(TEAM), TEAM, stage.anchors, NOW + 900 * pki.DAY)
    wanted = SealSigner(TEAM, certificate="0" * 64)
    seal(quiet, seal_input(files=seal_input().files[1:], signers=(wanted,)), broken)
    with pytest.raises(WrongCertificate):
        sign_container(quiet, broken, target, stage.key(TEAM), TEAM, stage.anchors, NOW)
    assert not target.exists()
    assert not list(tmp_path.glob(".*.part"))


def test_signing_in_place_leaves_the_old_file_when_it_fails(stage, tmp_path) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes(stage.half.read_bytes())
    before = path.read_bytes()

    def interrupt(done: int, total: int, message: object) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sign_container(interrupt, path, path, stage.key(TEAM), TEAM, stage.anchors, NOW)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["x.asice"]


# ------------------------------------------------------------------------ signed elsewhere, brought back


def stamp(name: str = "Contoh Bupati") -> Stamp:
    return Stamp(name, "Bupati Contoh", NOW, StampStanding.TEST, "RANCANG:UJI")


@pytest.fixture
def outside(stage: Stage, tmp_path: Path) -> Path:
    """The book as it was handed out for signing."""
    (path,) = export_for_signing(quiet, stage.sealed, tmp_path / "keluar").documents
    assert path.read_bytes() == tamper.read(stage.sealed)[0][BOOK]
    return path


def back(stage: Stage, tmp_path: Path, data: bytes, confirmed_by: str = "", package: Path | None = None):
    pdf, target = tmp_path / "kembali.pdf", tmp_path / "back.asice"
    pdf.write_bytes(data)
    bring_back_pdf(quiet, package or stage.sealed, target, BOOK, pdf, MAYOR, confirmed_by)
    return verify(target, stage.anchors, NOW), target


@pytest.mark.slow
def test_the_same_bytes_plus_a_signature(stage, tmp_path, outside) -> None:
    with stage.key(MAYOR).open() as signer:
        signed = sign_pdf(outside.read_bytes(), signer, MAYOR, stamp(), "buku")
    verdict, target = back(stage, tmp_path, signed)
    assert verdict.kind is VerdictKind.SEALED
    assert [(one.file, one.role) for one in verdict.signatures] == [(BOOK, MAYOR)]
    sign_pdfs(quiet, target, target, stage.key(SECRETARY), SECRETARY, stage.anchors, NOW)
    sign_container(quiet, target, target, stage.key(TEAM), TEAM, stage.anchors, NOW)
    assert verify(target, stage.anchors, NOW).kind is VerdictKind.VALID_WITH_NOTES


def remote(data: bytes, signer, *, text: str = "", box=(70, 310, 290, 360), inside: bool = True) -> bytes:
    """As a remote service does it: writes the file anew, draws into the page, signs in a field of its own."""
    import asyncio

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field

    from desktop.submission.pdf.sign import _Key

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        if inside:
            left, bottom, right, top = box
            drawing = f"q 0 0 0 rg {left} {bottom} {right - left} {top - bottom} re f Q".encode()
            document.pages[-1].contents_add(document.make_stream(drawing))
        if text:
            document.pages[0].contents_add(document.make_stream(text.encode()))
        document.save(out)
    writer = IncrementalPdfFileWriter(io.BytesIO(out.getvalue()))
    append_signature_field(writer, SigFieldSpec("TTE1"))
    metadata = signers.PdfSignatureMetadata(
        field_name="TTE1", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    made = signers.PdfSigner(metadata, _Key(signer))

    class Fixed(signers.PdfSigner):
        def init_signing_session(self, pdf_out, existing_fields_only=False):
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = NOW
            return session

    made.__class__ = Fixed
    return asyncio.run(made.async_sign_pdf(writer)).getvalue()


@pytest.mark.slow
def test_written_anew_with_the_same_pages_needs_a_person(stage, tmp_path, outside) -> None:
    with stage.key(MAYOR).open() as signer:
        signed = remote(outside.read_bytes(), signer)
    with pytest.raises(NeedsConfirmation):
        back(stage, tmp_path, signed)
    verdict, target = back(stage, tmp_path, signed, "Sari, Sekretaris")
    assert verdict.kind is VerdictKind.SEALED
    noted = next(reason for reason in verdict.reasons if reason.code == "note.same_pages")
    assert noted.message.params["person"] == "Sari, Sekretaris"
    assert [one.role for one in verdict.signatures] == [MAYOR]
    file = next(one for one in tamper.read(target)[1].files if one.path == BOOK)
    assert file.signed.grade == "same-pages"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": "q 1 0 0 rg 100 600 50 20 re f Q"}, "submission.returned.page"),
        ({"box": (70, 310, 400, 360)}, "submission.returned.page"),
    ],
    ids=["elsewhere on a page", "beyond the box"],
)
def test_another_document_is_refused_and_says_where(stage, tmp_path, outside, change, reason) -> None:
    with stage.key(MAYOR).open() as signer:
        signed = remote(outside.read_bytes(), signer, **change)
    with pytest.raises(NotTheSameDocument) as caught:
        back(stage, tmp_path, signed, "Sari")
    assert caught.value.message.params["reason"].id == reason


@pytest.mark.slow
def test_other_returns_that_are_refused(stage, tmp_path, outside) -> None:
    def reason(data: bytes, package: Path | None = None) -> str:
        with pytest.raises(NotTheSameDocument) as caught:
            back(stage, tmp_path, data, "Sari", package)
        told = caught.value.message.params["reason"]
        assert "Error" not in str(told.params), "no name of an exception is told to anybody"
        return told.id

    sealed = outside.read_bytes()
    assert reason(sealed) == "submission.returned.unsigned"
    assert reason(b"bukan pdf") == "submission.returned.unreadable"
    from tests.submission.making import draw_pdf

    with stage.key(MAYOR).open() as signer:
        assert reason(remote(draw_pdf(3), signer)) == "submission.returned.page_new"
        signed = sign_pdf(sealed, signer, MAYOR, stamp(), "buku")
    assert reason(signed + b"\n% lagi") == "submission.pdf.after_end"
    by_secretary = tmp_path / "sekda.asice"
    sign_pdfs(quiet, stage.sealed, by_secretary, stage.key(SECRETARY), SECRETARY, stage.anchors, NOW)
    with stage.key(MAYOR).open() as signer:
        book = tamper.read(by_secretary)[0][BOOK]
        assert reason(signed, by_secretary) in {
            "submission.returned.signatures_lost",
            "submission.returned.unsigned",
        }
        assert book


def test_a_pdf_without_the_field_cannot_be_signed(stage) -> None:
    with stage.key(MAYOR).open() as signer:
        for data in (tamper.read(stage.half)[0][BOOK], b"bukan pdf"):
            with pytest.raises(CannotSignPdf):
                sign_pdf(data, signer, MAYOR, stamp(), "buku")


def test_an_invisible_signature_where_no_box_was_declared(stage, tmp_path) -> None:
    from tests.submission.making import draw_pdf

    path = tmp_path / "x.asice"
    book = SealFile("surat.pdf", "application/pdf", "commitment", draw_pdf(1), (SealSigner(MAYOR),))
    seal(quiet, seal_input(files=(book,), signers=()), path)
    sign_pdfs(quiet, path, path, stage.key(MAYOR), MAYOR, stage.anchors, NOW)
    assert archival(tamper.read(path)[0]["surat.pdf"]) == []
    assert [one.role for one in verify(path, stage.anchors, NOW).signatures] == [MAYOR]


def test_strangers_are_not_certified(stage) -> None:
    verdict = verify(stage.signed, Anchors(), NOW)
    assert verdict.reasons[0].code == "signature.unknown"


def test_a_document_with_two_faces_is_neither_signed_nor_sent_out(stage, tmp_path) -> None:
    """The verifier would refuse it afterwards; then the official's signature stands under it already."""
    from tests.submission.hostile.pdfhidden import hidden

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(draw_pdf())) as document:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))
        document.save(out)
    whole = seal_input()
    beside = hidden(b"%d 0 obj\n")(tamper.read(stage.sealed)[0][BOOK])
    for data, code in ((out.getvalue(), "pdf.active"), (beside, "pdf.hidden")):
        package = tmp_path / "x.asice"
        signers, placed = whole.files[0].signers, data is beside
        book = SealFile(BOOK, "application/pdf", "book", data, signers, placed=placed)
        seal(quiet, seal_input(files=(book, *whole.files[1:])), package)
        there, key, role = (quiet, package, package), stage.key, (stage.anchors, NOW)
        for attempt, arguments in (
            (sign_pdfs, (*there, key(MAYOR), MAYOR, *role)),
            (sign_container, (*there, key(TEAM), TEAM, *role)),
            (export_for_signing, (quiet, package, tmp_path / "keluar")),
        ):
            with pytest.raises(PackageUnusable) as refused:
                attempt(*arguments)
            assert refused.value.message.params["reason"].id == f"submission.{code}"
    assert not (tmp_path / "keluar").exists()
