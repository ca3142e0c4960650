"""PDFs that come back from a signing service: told apart, compared page by page, put in all or none."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from pyhanko.sign.fields import MDPPerm

from desktop.base import clock
from desktop.base.jobs import quiet
from desktop.submission import (
    Choice,
    NeedsConfirmation,
    NotTheSameDocument,
    TwoVersions,
    WhoSigned,
    bring_back,
    draw_pairs,
    export_for_signing,
    look_at,
    verify,
)
from desktop.submission.before import notes_before
from desktop.submission.pdf import sign
from desktop.submission.pdf.fields import LOST, StampBox, boxes_in, shown_boxes, with_fields
from desktop.submission.pdf.sign import sign_pdf
from desktop.submission.quoting import as_said, quoted
from desktop.submission.returning.archival import no_longer_archival
from desktop.submission.returning.beside_pages import hidden_content
from desktop.submission.returning.bringing import ClosesTooEarly
from desktop.submission.returning.pages import Kind, compare_pages, draw_page
from desktop.submission.returning.returned import Returned, compare
from desktop.submission.stamp import Stamp, StampStanding
from desktop.submission.verdict import VerdictKind
from desktop.trust.anchors import Anchors
from tests.submission import tamper
from tests.submission.making import BOOK, MAYOR, NOW, SECRETARY, Stage, draw_pdf, unseen_words, written_anew
from tests.submission.test_signing import archival
from tests.trust import pki

PNG = b"\x89PNG\r\n\x1a\n"


def stamp(name: str = "Contoh Bupati") -> Stamp:
    return Stamp(name, "Bupati Contoh", NOW, StampStanding.TEST, "RANCANG:X")


@pytest.fixture
def out(stage: Stage, tmp_path: Path) -> Path:
    return export_for_signing(quiet, stage.sealed, tmp_path / "keluar").documents[0]


def signed(stage: Stage, data: bytes, role: str) -> bytes:
    with stage.key(role if role in {MAYOR, SECRETARY} else MAYOR).open() as signer:
        return sign_pdf(data, signer, role, stamp(), "buku")


def drawn_over(data: bytes, content: bytes, page: int = 0) -> bytes:
    """The PDF written anew with something more on a page."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.pages[page].contents_add(content, prepend=False)
        document.save(target)
    return target.getvalue()


def rewritten(data: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(target, linearize=True)
    return target.getvalue()


def boxes() -> list[StampBox]:
    return [StampBox(1, 60, 300, 300, 370), StampBox(1, 320, 300, 540, 370)]


def test_a_file_is_told_by_its_bytes_and_its_signers_by_the_field(stage, out, tmp_path) -> None:
    back = tmp_path / "unduhan (3).pdf"
    back.write_bytes(signed(stage, out.read_bytes(), MAYOR))
    (came,) = look_at(quiet, stage.sealed, [back])
    assert (came.document, dict(came.roles), came.ready) == (BOOK, {MAYOR: MAYOR}, True)
    assert [one.holder for one in came.comparison.signatures] == ["Contoh Bupati"]
    target = tmp_path / "baru.asice"
    done = bring_back(quiet, stage.sealed, target, [Choice(back, came.document, came.roles)])
    assert done.files == (BOOK,)
    assert verify(target, stage.anchors, NOW).kind is VerdictKind.SEALED


@pytest.mark.slow
def test_whose_certificate_it_is_is_told_with_who_issued_it(stage, out, tmp_path) -> None:
    """Anybody can make one in an official's name; who signed next heard of it from the verdict alone."""
    root = pki.make("Balai Sertifikasi Elektronik", ca=True)
    made = pki.make("Contoh Bupati", root)
    back, target = tmp_path / out.name, tmp_path / "baru.asice"
    back.write_bytes(sign_pdf(out.read_bytes(), made.signer(root), MAYOR, stamp(), "buku"))
    (came,) = look_at(quiet, stage.sealed, [back])
    (signature,) = came.comparison.signatures
    assert (signature.holder, signature.issuer) == ("Contoh Bupati", "Balai Sertifikasi Elektronik")
    bring_back(quiet, stage.sealed, target, [Choice(back, came.document, came.roles)])
    assert verify(target, pki.believe(root), NOW).kind is not VerdictKind.REFUSED

    def told(anchors) -> list[str]:
        return [one.id for one in notes_before(quiet, target, anchors, NOW)]

    assert "submission.signature.unknown" in told(pki.believe(pki.make("Induk lain", ca=True)))
    for anchors in (pki.believe(root), Anchors()):
        assert "submission.signature.unknown" not in told(anchors), "nobody is believed here, or they are"


def test_who_signs_next_is_told_of_a_certificate_that_was_withdrawn(stage, out, tmp_path) -> None:
    """Whoever has a stolen key signed first; the next one's look was given no lists."""
    root = pki.make("Induk", ca=True, start=NOW - 900 * pki.DAY)
    made = pki.make("Contoh Bupati", root, start=NOW - 400 * pki.DAY)
    crl = pki.withdrawing(root, made)
    back, target = tmp_path / out.name, tmp_path / "baru.asice"
    back.write_bytes(sign_pdf(out.read_bytes(), made.signer(root), MAYOR, stamp(), "buku"))
    bring_back(quiet, stage.sealed, target, [Choice(back, BOOK, {MAYOR: MAYOR})])
    anchors = pki.believe(root, crls=(crl,))
    assert "submission.signature.untrusted" in {one.id for one in notes_before(quiet, target, anchors, NOW)}


@pytest.mark.slow
def test_two_people_in_one_file_come_back_together(stage, out, tmp_path) -> None:
    once, twice = tmp_path / "satu.pdf", tmp_path / "dua.pdf"
    once.write_bytes(signed(stage, out.read_bytes(), MAYOR))
    twice.write_bytes(signed(stage, once.read_bytes(), SECRETARY))
    came = look_at(quiet, stage.sealed, [once, twice])
    assert [set(one.roles.values()) for one in came] == [{MAYOR}, {MAYOR, SECRETARY}]
    target = tmp_path / "baru.asice"
    bring_back(quiet, stage.sealed, target, [Choice(one.pdf, one.document, one.roles) for one in came])
    verdict = verify(target, stage.anchors, NOW)
    assert {one.role for one in verdict.signatures} == {MAYOR, SECRETARY}


def test_who_allows_no_signature_after_theirs_signs_last(stage, out, tmp_path, monkeypatch) -> None:
    """It came in without a word, nobody else could sign ever after, and nobody said why."""
    metadata = sign.signers.PdfSignatureMetadata
    closing = partial(metadata, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    with monkeypatch.context() as patch:
        patch.setattr(sign, "signers", SimpleNamespace(PdfSignatureMetadata=closing))
        closed = signed(stage, out.read_bytes(), MAYOR)
    back = tmp_path / "tertutup.pdf"
    back.write_bytes(closed)
    (came,) = look_at(quiet, stage.sealed, [back])
    assert (came.ready, came.comparison.grade) == (False, Returned.SAME_BYTES)
    assert came.closed is not None
    choice = Choice(back, BOOK, came.roles)
    with pytest.raises(ClosesTooEarly) as told:
        bring_back(quiet, stage.sealed, tmp_path / "x.asice", [choice])
    assert told.value.message == came.closed
    assert told.value.message.params["others"] == quoted("Sekretaris Daerah")
    with pytest.raises(sign.ClosedPdf):
        signed(stage, closed, SECRETARY)
    last = [one for one in came.waiting if one.role == MAYOR]
    assert replace(came, waiting=tuple(last)).closed is None, "who is last may close it"


@pytest.mark.slow
def test_two_versions_of_one_document_are_not_chosen_between(stage, out, tmp_path) -> None:
    one, other = tmp_path / "satu.pdf", tmp_path / "lain.pdf"
    one.write_bytes(signed(stage, out.read_bytes(), MAYOR))
    other.write_bytes(signed(stage, out.read_bytes(), SECRETARY))
    came = look_at(quiet, stage.sealed, [one, other])
    before = stage.sealed.read_bytes()
    choices = [Choice(each.pdf, each.document, each.roles) for each in came]
    with pytest.raises(TwoVersions):
        bring_back(quiet, stage.sealed, tmp_path / "baru.asice", choices)
    assert stage.sealed.read_bytes() == before
    assert not (tmp_path / "baru.asice").exists()


def test_one_bad_file_keeps_all_out(stage, out, tmp_path) -> None:
    good, bad = tmp_path / "satu.pdf", tmp_path / "scan.pdf"
    good.write_bytes(signed(stage, out.read_bytes(), MAYOR))
    bad.write_bytes(draw_pdf(1))
    came = look_at(quiet, stage.sealed, [good, bad])
    assert came[1].document == ""
    choices = [Choice(each.pdf, each.document, each.roles) for each in came]
    with pytest.raises(NotTheSameDocument):
        bring_back(quiet, stage.sealed, tmp_path / "baru.asice", choices)
    assert not (tmp_path / "baru.asice").exists()


def test_a_signature_nobody_knows_is_asked_about(stage, out, tmp_path) -> None:
    back = tmp_path / "buku.pdf"
    data = out.read_bytes()
    # a service that adds a field of its own name, by somebody of another name
    with_field = with_fields(draw_pdf(), {"ttd-1": boxes()[0]}, "buku")
    assert boxes_in(with_field) == {"ttd-1": boxes()[0]}
    back.write_bytes(signed(stage, data, MAYOR))
    (came,) = look_at(quiet, stage.sealed, [back])
    with pytest.raises(WhoSigned):
        bring_back(quiet, stage.sealed, tmp_path / "baru.asice", [Choice(back, BOOK, {})])
    assert came.ready


def test_somebody_else_in_the_officials_place_is_asked_about(stage, out, tmp_path) -> None:
    back = tmp_path / "buku.pdf"
    with stage.key(SECRETARY).open() as signer:
        back.write_bytes(sign_pdf(out.read_bytes(), signer, MAYOR, stamp(), "buku"))
    (came,) = look_at(quiet, stage.sealed, [back])
    assert (dict(came.roles), came.ready) == ({MAYOR: ""}, False)
    with pytest.raises(WhoSigned):
        bring_back(quiet, stage.sealed, tmp_path / "baru.asice", [Choice(back, BOOK, came.roles)])
    bring_back(quiet, stage.sealed, tmp_path / "baru.asice", [Choice(back, BOOK, {MAYOR: MAYOR})])


@pytest.mark.parametrize("kept", [True, False])
def test_a_link_that_is_gone_from_a_file_written_anew_is_told_and_holds_nobody_up(stage, kept) -> None:
    """It was the same pages without a word: they look the same, and a click does nothing more."""

    def linked(document: pikepdf.Pdf) -> None:
        there = pikepdf.Array([document.pages[1].obj, pikepdf.Name.Fit])
        about = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Link, "F": 4, "Dest": there}
        link = document.make_indirect(pikepdf.Dictionary(Rect=[0, 0, 9, 9], Border=[0, 0, 0], **about))
        document.pages[0].Annots = pikepdf.Array([link])

    def without(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        page.Annots = pikepdf.Array([one for one in page.Annots if kept or one.Subtype != "/Link"])

    sealed = with_fields(written_anew(draw_pdf(), linked), {MAYOR: boxes()[0]}, "buku")
    found = compare(sealed, signed(stage, written_anew(sealed, without), MAYOR), "buku")
    assert (found.grade, found.code, found.more) == (Returned.SAME_PAGES, "returned.same_pages", ())
    told = [each.params["pages"] for each in found.also if each.id == "submission.returned.links_gone"]
    assert told == ([] if kept else ["1"])


@pytest.mark.slow
def test_written_anew_waits_for_a_person(stage, out, tmp_path) -> None:
    back = tmp_path / out.name
    back.write_bytes(signed(stage, rewritten(out.read_bytes()), MAYOR))
    (came,) = look_at(quiet, stage.sealed, [back])
    assert (came.comparison.confirm, came.ready) == (True, False)
    target = tmp_path / "baru.asice"
    with pytest.raises(NeedsConfirmation):
        bring_back(quiet, stage.sealed, target, [Choice(back, BOOK, came.roles)])
    bring_back(quiet, stage.sealed, target, [Choice(back, BOOK, came.roles, "Sari")])
    verdict = verify(target, stage.anchors, NOW)
    assert "note.same_pages" in {reason.code for reason in verdict.reasons}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"q 0.5 g 60 650 200 12 re f Q", Kind.LOOK),
        (b"q 0.94 g 60 600 200 12 re f Q", Kind.LOOK),  # pale grey: hardly seen on a screen, but there
        (b"q 60 250 240 60 re S Q", Kind.LOOK),
    ],
)
def test_what_is_drawn_outside_the_boxes_is_found(content: bytes, kind: Kind) -> None:
    sealed = with_fields(draw_pdf(), {MAYOR: boxes()[0]}, "buku")
    (found,) = compare_pages(sealed, drawn_over(sealed, content, 1), boxes())
    assert (found.page, found.kind) == (2, kind)
    assert found.area is not None


def test_words_that_are_only_read_out_are_compared_too() -> None:
    sealed = draw_pdf()
    with pikepdf.open(io.BytesIO(sealed)) as document:
        font = next(iter(document.pages[0].Resources.Font))
        code = b"<00010002>"
    hidden = b"BT " + font.encode() + b" 12 Tf 3 Tr 60 500 Td " + code + b" Tj ET"
    found = compare_pages(sealed, drawn_over(sealed, hidden), [])
    assert [one.kind for one in found] in ([Kind.TEXT], [])


@pytest.mark.slow
def test_what_another_program_may_draw_otherwise_is_told(stage, out) -> None:
    """A picture of two widths is nothing here, and something elsewhere."""
    sealed = out.read_bytes()
    picture = b"q 0 0 0 0 0 0 cm BI /W 1 /Width 9 /H 1 /BPC 8 /CS /G ID a EI Q"
    for data, code in ((rewritten(sealed), "same_pages"), (drawn_over(sealed, picture), "unusual")):
        found = compare(sealed, signed(stage, data, MAYOR), "buku")
        assert (found.grade, found.confirm, found.code) == (Returned.SAME_PAGES, True, f"returned.{code}")


def test_pages_added_and_gone() -> None:
    two, three = draw_pdf(2), draw_pdf(3)
    assert [one.kind for one in compare_pages(two, three, [])] == [Kind.NEW]
    assert [one.kind for one in compare_pages(three, two, [])] == [Kind.GONE]


def test_hidden_content_is_named() -> None:
    sealed = draw_pdf()

    def changed(change) -> bytes:
        return written_anew(sealed, change)

    def script(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))

    def note(document: pikepdf.Pdf) -> None:
        annotation = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[0, 0, 1, 1], F=32
        )
        document.pages[1].Annots = pikepdf.Array([document.make_indirect(annotation)])

    def inside(document: pikepdf.Pdf) -> None:
        document.attachments["x.txt"] = b"x"

    assert hidden_content(sealed, changed(lambda _: None)) is None
    for change, part in ((script, "active"), (note, "annotation"), (inside, "active")):
        message = hidden_content(sealed, changed(change))
        assert message is not None
        assert message.id == f"submission.returned.{part}"


@pytest.mark.slow
def test_both_pages_are_drawn_for_a_persons_eyes(stage, out, tmp_path) -> None:
    back = tmp_path / out.name
    changed = drawn_over(out.read_bytes(), b"q 0.5 g 60 650 200 12 re f Q")
    back.write_bytes(signed(stage, changed, MAYOR))
    (came,) = look_at(quiet, stage.sealed, [back])
    assert came.comparison.grade.value == "different"
    assert [one.page for one in came.comparison.pages] == [1]
    (pair,) = draw_pairs(quiet, stage.sealed, came.document, back, came.comparison.pages, 300)
    assert pair.before.startswith(PNG)
    assert pair.after.startswith(PNG)
    assert pair.before != pair.after


@pytest.mark.slow
def test_a_stamp_outside_its_box_waits_for_a_person(stage, out, tmp_path) -> None:
    """The bytes are the same, but what the signature shows may cover a figure on the page."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    writer = IncrementalPdfFileWriter(io.BytesIO(out.read_bytes()))
    append_signature_field(writer, SigFieldSpec("layanan", on_page=0, box=(60, 600, 200, 700)))
    target = io.BytesIO()
    writer.write(target)
    back = tmp_path / "buku.pdf"
    back.write_bytes(signed(stage, target.getvalue(), "layanan"))
    (came,) = look_at(quiet, stage.sealed, [back])
    assert came.comparison.grade.value == "same-bytes"
    assert came.comparison.confirm
    assert came.comparison.reason.id == "submission.returned.outside_box"
    assert [one.page for one in came.comparison.pages] == [1]
    package = tmp_path / "baru.asice"
    with pytest.raises(NeedsConfirmation):
        bring_back(quiet, stage.sealed, package, [Choice(back, BOOK, came.roles)])
    bring_back(quiet, stage.sealed, package, [Choice(back, BOOK, {"layanan": MAYOR}, "Sari")])
    (note,) = [one for one in verify(package, stage.anchors, NOW).reasons if one.code == "note.outside_box"]
    assert note.message.params["page"] == "1"


def by_a_service(stage: Stage, data: bytes, style: object = None) -> bytes:
    """Signed by pyHanko as it comes, like a service that appends; without ``style`` in a field of its own."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner

    held = stage.rsa.signers[MAYOR]
    signer = SimpleSigner.load_pkcs12(str(held.path), passphrase=held.password.encode())
    assert signer is not None
    metadata = PdfSignatureMetadata(field_name=MAYOR if style is not None else "layanan")
    made = PdfSigner(metadata, signer, stamp_style=style).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)))
    return bytes(made.getvalue())


def a_stamp(folder: Path, *, embedded: bool) -> object:
    """With letters that are in the file, or in the font that the service takes for granted."""
    from pyhanko.stamp import StaticStampStyle, TextStampStyle

    if not embedded:
        return TextStampStyle(stamp_text="Ditandatangani secara elektronik: %(signer)s")
    (folder / "cap.pdf").write_bytes(draw_pdf(1))
    return StaticStampStyle.from_pdf_file(str(folder / "cap.pdf"), border_width=0)


@pytest.mark.slow
@pytest.mark.parametrize("visible", ["no", "embedded", "taken for granted"])
def test_what_a_service_signs_is_still_for_archives_or_told_and_never_refused(
    stage, out, tmp_path, visible
) -> None:
    style = None if visible == "no" else a_stamp(tmp_path, embedded=visible == "embedded")
    back, target = tmp_path / "kembali.pdf", tmp_path / "baru.asice"
    back.write_bytes(by_a_service(stage, out.read_bytes(), style))
    (came,) = look_at(quiet, stage.sealed, [back])
    assert came.comparison.grade is Returned.SAME_BYTES
    told = [one for one in came.notes if one.id == "submission.returned.not_archival"]
    assert [one.params["what"] for one in told] == ["/Font"] * (visible == "taken for granted")
    choice = Choice(back, BOOK, came.roles, "Sari", came.sha256)
    assert bring_back(quiet, stage.sealed, target, [choice]).files == (BOOK,)
    brought = tamper.read(target)[0][BOOK]
    assert archival(brought) == []
    assert verify(target, stage.anchors, clock.now()).kind is not VerdictKind.REFUSED


def test_a_file_written_anew_without_what_archives_ask_for_is_told(stage, out) -> None:
    def bare(document: pikepdf.Pdf) -> None:
        del document.Root.OutputIntents
        del document.Root.Metadata

    data = by_a_service(stage, written_anew(out.read_bytes(), bare))
    assert archival(data)
    less = no_longer_archival(out.read_bytes(), data)
    assert less is not None
    assert less.params["what"] == "/Metadata, /OutputIntents"
    kept = by_a_service(stage, written_anew(out.read_bytes(), lambda _: None))
    assert archival(kept) == []
    assert no_longer_archival(out.read_bytes(), kept) is None


@pytest.mark.slow
def test_who_has_a_key_here_leaves_room_for_a_service_with_a_field_of_its_own(stage, out) -> None:
    """The first signature certified the document, after which most services may add none."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    writer, target = (
        IncrementalPdfFileWriter(io.BytesIO(signed(stage, out.read_bytes(), MAYOR))),
        io.BytesIO(),
    )
    append_signature_field(writer, SigFieldSpec("layanan", on_page=0, box=(60, 600, 200, 700)))
    writer.write(target)
    with stage.key(SECRETARY).open() as signer:
        both = sign_pdf(target.getvalue(), signer, "layanan", stamp(), "buku")
    found = compare(out.read_bytes(), both, "buku", signers=2)
    assert (found.code, found.grade) == ("returned.outside_box", Returned.SAME_BYTES)
    assert [one.field for one in found.signatures] == [MAYOR, "layanan"]


@pytest.mark.slow
def test_a_stamp_in_the_place_of_another_official_is_told(stage, out, tmp_path) -> None:
    """Above the printed name of who signs without a look stood what somebody else has drawn."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    box = boxes_in(out.read_bytes())[SECRETARY]
    half = (box.left, (box.bottom + box.top) / 2, box.right, box.top)
    writer, target = IncrementalPdfFileWriter(io.BytesIO(out.read_bytes())), io.BytesIO()
    append_signature_field(writer, SigFieldSpec("layanan", on_page=box.page, box=half))
    writer.write(target)
    back, package = tmp_path / "buku.pdf", tmp_path / "baru.asice"
    back.write_bytes(signed(stage, target.getvalue(), "layanan"))
    (came,) = look_at(quiet, stage.sealed, [back])
    bring_back(quiet, stage.sealed, package, [Choice(back, BOOK, {"layanan": MAYOR}, "Sari")])
    verdict = verify(package, stage.anchors, NOW)
    (note,) = [one for one in verdict.reasons if one.code == "note.other_box"]
    assert came.roles == {"layanan": MAYOR}
    assert came.ready
    assert came.notes == (as_said(note.message, verdict.package),)
    assert note.message.params["page"] == str(box.page + 1)
    assert note.message.params["office"] != note.message.params["other"]


@pytest.mark.parametrize("over", [False, True])
def test_whose_service_made_a_field_in_his_own_place_troubles_nobody_after_him(
    stage, out, tmp_path, *, over: bool
) -> None:
    """The second document was asked about as shown outside of its box; but not over the first one's stamp."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    boxes = dict(shown_boxes(io.BytesIO(out.read_bytes())))

    def added(data: bytes, name: str, role: str) -> bytes:
        writer, target, box = IncrementalPdfFileWriter(io.BytesIO(data)), io.BytesIO(), boxes[role]
        inside = (box.left + 3, box.bottom + 3, box.right - 3, box.top - 3)
        append_signature_field(writer, SigFieldSpec(name, on_page=box.page, box=inside))
        writer.write(target)
        return target.getvalue()

    def by_service(data: bytes, name: str, key: str) -> bytes:
        with stage.key(key).open() as signer:
            return sign_pdf(data, signer, name, stamp(), "buku")

    back, package = tmp_path / out.name, tmp_path / "baru.asice"
    first = by_service(added(out.read_bytes(), "SigBupati", MAYOR), "SigBupati", MAYOR)
    back.write_bytes(first)
    bring_back(quiet, stage.sealed, package, [Choice(back, BOOK, {"SigBupati": MAYOR})])
    back.write_bytes(
        by_service(added(first, "SigSekda", MAYOR if over else SECRETARY), "SigSekda", SECRETARY)
    )
    (came,) = look_at(quiet, package, [back])
    asked = "returned.outside_box" if over else "returned.same_bytes"
    assert (came.comparison.code, came.comparison.confirm) == (asked, over)


@pytest.mark.parametrize("anew", [False, True])
def test_what_the_first_ones_service_made_is_asked_about_once(stage, out, tmp_path, *, anew: bool) -> None:
    """It signed elsewhere, or in a field of its own in his place of what it wrote anew; a person said yes."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    box = dict(shown_boxes(io.BytesIO(out.read_bytes())))[MAYOR]
    inside = (box.left + 3, box.bottom + 3, box.right - 3, box.top - 3)

    def by_service(data: bytes, name: str, key: str) -> bytes:
        with stage.key(key).open() as signer:
            return sign_pdf(data, signer, name, stamp(), "buku")

    before = written_anew(out.read_bytes(), lambda _: None) if anew else out.read_bytes()
    writer, target = IncrementalPdfFileWriter(io.BytesIO(before)), io.BytesIO()
    place = inside if anew else (60, 100, 270, 160)
    append_signature_field(writer, SigFieldSpec("SigBupati", on_page=box.page, box=place))
    writer.write(target)
    back, package = tmp_path / out.name, tmp_path / "baru.asice"
    back.write_bytes(by_service(target.getvalue(), "SigBupati", MAYOR))
    (came,) = look_at(quiet, stage.sealed, [back])
    assert came.comparison.confirm
    answer = Choice(back, BOOK, {"SigBupati": MAYOR}, confirmed_by="Tim", sha256=came.sha256)
    bring_back(quiet, stage.sealed, package, [answer])
    back.write_bytes(by_service(back.read_bytes(), SECRETARY, SECRETARY))
    (came,) = look_at(quiet, package, [back])
    assert (came.comparison.code, came.comparison.confirm, came.ready) == ("returned.same_bytes", False, True)


@pytest.mark.slow
def test_a_later_stamp_over_the_text_of_what_was_written_anew_is_told(
    stage, out, tmp_path, monkeypatch
) -> None:
    """Both who confirmed the pages and who confirmed the stamp stay named; the second replaces nobody."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    # as services sign: what is certified admits no further places
    made = signers.PdfSignatureMetadata
    monkeypatch.setattr(signers, "PdfSignatureMetadata", lambda **given: made(**{**given, "certify": False}))
    once, twice, package = tmp_path / out.name, tmp_path / "dua.pdf", tmp_path / "baru.asice"
    anew = io.BytesIO()
    with pikepdf.open(io.BytesIO(out.read_bytes())) as document:
        document.save(anew, linearize=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    once.write_bytes(signed(stage, anew.getvalue(), MAYOR))
    bring_back(quiet, stage.sealed, package, [Choice(once, BOOK, {MAYOR: MAYOR}, "Sari")])
    before = verify(package, stage.anchors, NOW)
    assert "note.outside_box" not in {reason.code for reason in before.reasons}
    inside = tmp_path / "dalam.asice"
    twice.write_bytes(signed(stage, once.read_bytes(), SECRETARY))
    bring_back(quiet, package, inside, [Choice(twice, BOOK, {SECRETARY: SECRETARY}, "Sari")])
    assert "note.outside_box" not in {one.code for one in verify(inside, stage.anchors, NOW).reasons}
    writer, more = IncrementalPdfFileWriter(io.BytesIO(once.read_bytes())), io.BytesIO()
    append_signature_field(writer, SigFieldSpec("lagi", on_page=0, box=(60, 600, 200, 700)))
    writer.write(more)
    with stage.key(SECRETARY).open() as signer:
        twice.write_bytes(sign_pdf(more.getvalue(), signer, "lagi", stamp(), "buku"))
    bring_back(quiet, package, package, [Choice(twice, BOOK, {"lagi": SECRETARY}, "Budi")])
    told = {reason.code: reason.message.params for reason in verify(package, stage.anchors, NOW).reasons}
    assert told["note.same_pages"]["person"] == "Sari; Budi"
    assert told["note.outside_box"]["page"] == "1"


def without_box(data: bytes, role: str, *, moved: bool = False) -> bytes:
    """The PDF written anew without somebody's place, or with it elsewhere."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        (gone,) = [one for one in document.Root.AcroForm.Fields if str(one.T) == role]
        if moved:
            gone.Rect = pikepdf.Array([60, 100, 300, 170])
        else:
            others = [one for one in document.Root.AcroForm.Fields if one.objgen != gone.objgen]
            document.Root.AcroForm.Fields = pikepdf.Array(others)
            for page in document.pages:
                kept = [one for one in page.get("/Annots", ()) if one.objgen != gone.objgen]
                page.Annots = document.make_indirect(pikepdf.Array(kept))
        document.save(target)
    return target.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("moved", [False, True])
def test_a_document_written_anew_keeps_the_places_of_others(stage, out, tmp_path, *, moved: bool) -> None:
    """Without her place nobody said that his stamp lay above the second official's printed name."""
    back, package = tmp_path / out.name, tmp_path / "baru.asice"
    back.write_bytes(signed(stage, without_box(out.read_bytes(), SECRETARY, moved=moved), MAYOR))
    (came,) = look_at(quiet, stage.sealed, [back])
    assert (came.comparison.grade, came.comparison.confirm) == (Returned.SAME_PAGES, True)
    said = [came.comparison.reason, *came.comparison.more]
    (lost,) = [one for one in said if one.id == "submission.returned.unusual"]
    assert lost.params["what"].split(", ")[0] == LOST
    assert (came.comparison.code == "returned.outside_box") == moved
    bring_back(quiet, stage.sealed, package, [Choice(back, BOOK, {MAYOR: MAYOR}, "Sari")])
    told = [one.message for one in verify(package, stage.anchors, NOW).reasons]
    assert any(one.id == "submission.note.pdf_unusual" and one.params["what"] == LOST for one in told)


@pytest.mark.slow
def test_a_document_written_anew_with_all_places_has_lost_none(stage, out, tmp_path) -> None:
    back, package = tmp_path / out.name, tmp_path / "baru.asice"
    back.write_bytes(signed(stage, rewritten(out.read_bytes()), MAYOR))
    bring_back(quiet, stage.sealed, package, [Choice(back, BOOK, {MAYOR: MAYOR}, "Sari")])
    told = {one.message.params.get("what") for one in verify(package, stage.anchors, NOW).reasons}
    assert LOST not in told


@pytest.mark.parametrize("box", [(200, 700, 60, 600), (60, 700, 200, 600)])
def test_corners_in_another_order_hide_no_stamp(stage, out, box) -> None:
    """A rectangle may be given by any two corners (ISO 32000-1, 7.9.5); readers show it all the same."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    writer = IncrementalPdfFileWriter(io.BytesIO(out.read_bytes()))
    append_signature_field(writer, SigFieldSpec("layanan", on_page=0, box=(60, 600, 200, 700)))
    field = writer.root["/AcroForm"]["/Fields"][-1]
    field["/Rect"] = generic.ArrayObject(generic.NumberObject(value) for value in box)
    target = io.BytesIO()
    writer.write(target)
    found = compare(out.read_bytes(), signed(stage, target.getvalue(), "layanan"), "buku")
    assert (found.grade, found.confirm) == (Returned.SAME_BYTES, True)
    assert [one.page for one in found.pages] == [1]


def test_every_place_of_a_field_counts() -> None:
    """A field shown twice, whose kind stands in the field above."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(draw_pdf())) as document:
        field = document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("ttd")))
        for page in document.pages:
            widget = pikepdf.Dictionary(Subtype=pikepdf.Name.Widget, Parent=field, Rect=[9, 9, 1, 1])
            page.Annots = pikepdf.Array([document.make_indirect(widget)])
        field.Kids = pikepdf.Array([page.Annots[0] for page in document.pages])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        document.save(target)
    places = [("ttd", StampBox(page, 1, 1, 9, 9)) for page in (0, 1)]
    assert list(shown_boxes(target.getvalue())) == places


@pytest.mark.parametrize("colour", [b"0 0.51 0 rg", b"0.299 g"])
def test_colours_of_the_same_grey_are_told_apart(colour: bytes) -> None:
    """A red figure made green is another figure."""
    sealed = draw_pdf()
    red, other = (drawn_over(sealed, b"q %s 60 400 90 50 re f Q" % one) for one in (b"1 0 0 rg", colour))
    assert [one.kind for one in compare_pages(red, other, [])] == [Kind.LOOK]


def test_letters_in_another_order_are_other_words() -> None:
    """Small or unseen letters look the same; read out they say something else."""
    made = [unseen_words(words, 60, 500) for words in ("budi bayar siti", "siti bayar budi")]
    for around in ([], [StampBox(0, 300, 300, 400, 400)]):
        assert [one.kind for one in compare_pages(*made, around)] == [Kind.TEXT]
    assert [one.kind for one in compare_pages(*made, [StampBox(0, 50, 480, 300, 520)])] == [Kind.BOX]


@pytest.mark.slow
def test_a_page_that_claims_to_be_enormous_is_drawn_in_bounds() -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(draw_pdf())) as document:
        document.pages[0].MediaBox = [0, 0, 1, 14400]
        document.pages[1].MediaBox = [0, 0, 14400, 14400]
        document.save(target)
    for page in (1, 2):
        assert draw_page(target.getvalue(), page, 900).startswith(PNG)
    assert [one.kind for one in compare_pages(draw_pdf(), target.getvalue(), [])] == [Kind.SIZE, Kind.SIZE]
    assert compare_pages(target.getvalue(), target.getvalue(), []) == ()


def _outline(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("a.exe"))
    item = document.make_indirect(pikepdf.Dictionary(Title=pikepdf.String("klik"), A=action))
    document.Root.Outlines = document.make_indirect(pikepdf.Dictionary(First=item, Last=item, Count=1))


def _file(document: pikepdf.Pdf) -> None:
    inside = pikepdf.Dictionary(F=document.make_stream(b"MZ"))
    document.Root.AF = pikepdf.Array([pikepdf.Dictionary(F=pikepdf.String("a.exe"), EF=inside)])


def _enlarged(document: pikepdf.Pdf) -> None:
    document.pages[0].UserUnit = 10


def _numbered(document: pikepdf.Pdf) -> None:
    document.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(St=7)])


def _titled(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Buku lain"


def _field(document: pikepdf.Pdf) -> None:
    field = document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("x")))
    document.Root.AcroForm.Fields.append(field)


def _clicked(document: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))
    document.pages[1].Annots[0].A = script


def _chained(document: pikepdf.Pdf) -> None:
    link = document.pages[0].Annots[0]
    link.A.Next = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))


def _led_elsewhere(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots[0].A.URI = pikepdf.String("http://127.0.0.1/lain")


def test_an_outline_without_headings_is_none() -> None:
    """As pypdf writes it, whatever it writes."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(draw_pdf())) as document:
        assert "/Outlines" not in document.Root
        document.Root.Outlines = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
        document.save(target)
    assert hidden_content(draw_pdf(), target.getvalue()) is None


@pytest.mark.parametrize(
    "change",
    [_outline, _file, _enlarged, _numbered, _titled, _field, _clicked, _chained, _led_elsewhere],
)
def test_what_no_page_shows_is_compared(change) -> None:
    first = io.BytesIO()
    with pikepdf.open(io.BytesIO(with_fields(draw_pdf(), {MAYOR: boxes()[0]}, "buku"))) as document:
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("http://127.0.0.1/"))
        link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(link)])
        document.save(first)
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(first.getvalue())) as document:
        change(document)
        document.save(target)
    assert hidden_content(first.getvalue(), rewritten(first.getvalue())) is None
    assert hidden_content(first.getvalue(), target.getvalue()) is not None
