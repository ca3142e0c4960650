"""What counts where two drawings of a page are held against each other: pale letters, and what boxes hold."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw
from pyhanko import stamp as stamping
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field

from desktop.base.jobs import quiet
from desktop.submission import Choice, NeedsConfirmation, bring_back, export_for_signing, look_at, verify
from desktop.submission.pdf import sign as pdfsign
from desktop.submission.pdf.fields import LOST, StampBox, with_fields
from desktop.submission.returning import pages as pages_module
from desktop.submission.returning.drawn_apart import apart
from desktop.submission.returning.pages import Kind, compare_pages
from desktop.submission.returning.returned import Returned, compare
from desktop.submission.sheet.drawing import drawn_otherwise
from desktop.submission.stampplaces import drawn_into
from tests.submission.making import BOOK, MAYOR, NOW, SECRETARY, Stage, draw_pdf, unseen_words
from tests.submission.returning.test_bringing import boxes, drawn_over, rewritten, signed

IN_BOX = b"q BT 1 0 0 1 65 355 Tm /%s 9 Tf (Disetujui Rp 91 miliar) Tj ET Q"
"""Above the first official's name, in the page itself."""


def worded(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        font = next(iter(document.pages[1].Resources.Font)).removeprefix("/")
    return drawn_over(data, IN_BOX % font.encode(), 1)


def below(data: bytes, content: bytes) -> bytes:
    """Every page with something under all that it shows."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.contents_add(content, prepend=True)
        document.save(target)
    return target.getvalue()


def written_out(data: bytes) -> bytes:
    """Every page's content read and written again, as who cleans files does."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.contents_coalesce()
            content = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page))
            page.Contents = document.make_stream(content)
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


@pytest.mark.parametrize("grey", [b".953", b".98", b".988"])
def test_pale_letters_across_a_page_are_told(grey: bytes) -> None:
    """Seen by few on a screen, and by everybody in the dots of a printer."""
    sealed = draw_pdf()
    bars = b" ".join(b"%d 500 19 95 re" % left for left in range(60, 440, 38))
    found = compare_pages(sealed, below(sealed, b"q " + grey + b" g " + bars + b" f Q"), [])
    assert [(one.page, one.kind) for one in found] == [(1, Kind.LOOK), (2, Kind.LOOK)]
    area = found[0].area
    assert area is not None
    assert (round(area[0]), round(area[2])) == (60, 421)


def test_pale_letters_of_the_usual_size_are_told() -> None:
    sealed = draw_pdf()
    with pikepdf.open(io.BytesIO(sealed)) as document:
        font = next(iter(document.pages[0].Resources.Font)).encode()
    words = b"q .953 g BT 1 0 0 1 60 500 Tm " + font + b" 12 Tf (Halaman) Tj ET Q"
    found = compare_pages(sealed, drawn_over(sealed, words), [])
    assert [one.kind for one in found] == [Kind.LOOK]


def test_who_copies_pages_is_asked_about_nothing_more() -> None:
    sealed = with_fields(draw_pdf(), {MAYOR: boxes()[0], SECRETARY: boxes()[1]}, "buku")
    for copied in (rewritten(sealed), written_out(sealed)):
        assert compare_pages(sealed, copied, boxes()) == ()


def barred(left: int, bottom: int, pitch: float) -> bytes:
    """A black square below white bars with gaps, which pdfium rounds outwards and closes at some scales."""
    bars = b" ".join(
        b"%d %.2f 90 .68 re f" % (left - 2, bottom - 1 + at * pitch) for at in range(round(32 / pitch))
    )
    return b"q 0 g %d %d 30 30 re f 1 g %b Q" % (left, bottom, bars)


@pytest.mark.slow
@pytest.mark.parametrize("pitch", [0.93, 1.0])
def test_gaps_that_close_upright_are_seen_under_a_hairs_turn(pitch: float) -> None:
    sealed = draw_pdf()
    found = compare_pages(sealed, drawn_over(sealed, barred(90, 400, pitch)), [])
    assert [(one.page, one.kind) for one in found] == [(1, Kind.LOOK)]
    assert found[0].area is not None
    left, top, right, bottom = found[0].area
    assert 85 < left < 95
    assert 115 < right < 125
    assert 410 < top < 416
    assert 436 < bottom < 446
    (boxed,) = compare_pages(sealed, drawn_over(sealed, barred(90, 320, pitch), 1), boxes())
    assert (boxed.page, boxed.kind) == (2, Kind.BOX)
    told = with_fields(drawn_over(sealed, barred(90, 320, pitch), 1), {MAYOR: boxes()[0]}, "buku")
    assert drawn_into(told, {MAYOR}) == (1,)
    assert drawn_into(with_fields(sealed, {MAYOR: boxes()[0]}, "buku"), {MAYOR}) == ()
    # as an approval sheet is held against one that is composed again
    bars = io.BytesIO(drawn_over(sealed, barred(90, 400, pitch)))
    assert drawn_otherwise(bars, io.BytesIO(sealed), [], anew=True) == 0
    assert drawn_otherwise(io.BytesIO(rewritten(sealed)), io.BytesIO(sealed), [], anew=True) is None


def test_edges_that_moved_by_a_trifle_count_for_nothing() -> None:
    """As where numbers are rounded off; a tint over the same ground counts."""
    page = Image.new("RGB", (400, 400), "white")
    draw = ImageDraw.Draw(page)
    for line in range(20, 380, 16):
        draw.line((20, line, 380, line), fill=(120, 120, 120))
    moved = page.copy()
    for line in range(20, 380, 16):
        ImageDraw.Draw(moved).line((20, line, 380, line), fill=(123, 123, 123))
    assert apart(page, page) is None
    assert apart(page, moved) is None
    tinted = ImageChops.subtract(page, Image.new("RGB", page.size, (2, 2, 2)))
    assert apart(page, tinted) is not None
    assert apart(page, tinted, [(0, 0, 400, 400)]) is None
    letter = page.copy()
    ImageDraw.Draw(letter).rectangle((100, 100, 112, 112), fill=(251, 251, 251))
    found = apart(page, letter)
    assert found is not None
    assert found[:2] >= (100, 100)


@pytest.mark.slow
def test_what_the_page_itself_says_in_a_box_is_told() -> None:
    """Boxes were left out, whoever drew what stands in them; only what lies on the page is a stamp."""
    sealed = with_fields(draw_pdf(), {MAYOR: boxes()[0]}, "buku")
    picture = b"q 0.2 g 62 302 200 60 re f Q"
    for content in (picture, b"q 0.96 g 62 302 200 60 re f Q"):
        (found,) = compare_pages(sealed, drawn_over(sealed, content, 1), boxes())
        assert (found.page, found.kind) == (2, Kind.BOX)
        assert found.area is not None
    (found,) = compare_pages(sealed, drawn_over(sealed, picture, 0), boxes())
    assert (found.page, found.kind) == (1, Kind.LOOK)
    (found,) = compare_pages(sealed, worded(sealed), boxes())
    assert found.kind is Kind.BOX


def test_words_in_a_box_that_nobody_sees_are_told() -> None:
    made = [unseen_words(words, 70, 340, shown="Halaman") for words in ("", "Disetujui")]
    box = StampBox(0, 60, 300, 300, 370)
    assert [one.kind for one in compare_pages(*made, [box])] == [Kind.BOX]
    assert compare_pages(made[0], made[0], [box]) == ()


def test_what_lies_upon_a_page_does_not_stand_for_its_content() -> None:
    """A field that shows what was taken away below it looks like the page that was sealed."""
    drawing = b"q 0.2 g 60 500 200 60 re f Q"
    sealed = drawn_over(draw_pdf(), drawing)
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(draw_pdf())) as document:
        look = document.make_stream(b"0.2 g 0 0 200 60 re f", BBox=[0, 0, 200, 60])
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, F=4,
            T=pikepdf.String("x"), Rect=[60, 500, 260, 560], AP=pikepdf.Dictionary(N=look),
        )  # fmt: skip
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(field)])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[document.pages[0].Annots[0]])
        document.save(target)
    (found,) = compare_pages(sealed, target.getvalue(), [])
    assert (found.page, found.kind) == (1, Kind.LOOK)


def test_many_boxes_end_no_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_module, "MAXIMUM_DIFFERENCES", 1)
    sealed, drawing = draw_pdf(), b"q 0.2 g 62 302 200 60 re f Q"
    changed = drawn_over(drawn_over(sealed, drawing), drawing, 1)
    found = compare_pages(sealed, changed, [StampBox(0, 60, 300, 300, 370)])
    assert [one.kind for one in found] == [Kind.BOX, Kind.LOOK]


@pytest.fixture
def out(stage: Stage, tmp_path: Path) -> Path:
    return export_for_signing(quiet, stage.sealed, tmp_path / "keluar").documents[0]


@pytest.mark.slow
def test_words_of_a_carrier_in_an_officials_box_wait_for_a_person(stage, out, tmp_path) -> None:
    """Whoever carries a document writes above her name what she never said; it came in as the same pages."""
    back, target = tmp_path / out.name, tmp_path / "baru.asice"
    back.write_bytes(signed(stage, worded(out.read_bytes()), MAYOR))
    (came,) = look_at(quiet, stage.sealed, [back])
    answer = came.comparison
    assert (answer.grade, answer.confirm, came.ready) == (Returned.SAME_PAGES, True, False)
    assert answer.code == "returned.within_box"
    assert [(one.page, one.kind) for one in answer.pages] == [(2, Kind.BOX)]
    assert answer.pages[0].area is not None, "framed for whoever looks"
    with pytest.raises(NeedsConfirmation):
        bring_back(quiet, stage.sealed, target, [Choice(back, BOOK, came.roles)])
    bring_back(quiet, stage.sealed, target, [Choice(back, BOOK, came.roles, "Sari")])
    assert within_box(target, stage) == ["2"]


def within_box(package: Path, stage: Stage) -> list[str]:
    """The pages of which a verdict tells."""
    told = [one for one in verify(package, stage.anchors, NOW).reasons if one.code == "note.within_box"]
    return [str(one.message.params["pages"]) for one in told]


@pytest.mark.slow
@pytest.mark.parametrize("change", [worded, lambda data: drawn_over(data, b"q .97 g 70 310 90 40 re f Q", 1)])
def test_a_verdict_finds_by_itself_what_stands_in_a_box(stage, out, tmp_path, monkeypatch, change) -> None:
    """Whoever packs the document says nothing of it; of ours the boxes hold a label alone, and are white."""
    back, target = tmp_path / out.name, tmp_path / "baru.asice"
    back.write_bytes(signed(stage, change(out.read_bytes()), MAYOR))
    monkeypatch.setattr("desktop.submission.returning.seen.MAXIMUM_SIGNERS", 0)
    bring_back(quiet, stage.sealed, target, [Choice(back, BOOK, {MAYOR: MAYOR}, "Sari")])
    assert within_box(target, stage) == ["2"]


def without_fields(data: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        del document.Root.AcroForm
        for page in document.pages:
            if "/Annots" in page:
                del page.Annots
        document.save(target)
    return target.getvalue()


@pytest.mark.slow
def test_what_was_asked_where_a_document_lost_its_boxes_is_told_again(stage, out, tmp_path) -> None:
    """Nobody knows any more where they were, and who took it in was asked about these very words."""
    back, target = tmp_path / out.name, tmp_path / "baru.asice"
    lost = with_fields(without_fields(worded(out.read_bytes())), {MAYOR: None}, "buku")
    back.write_bytes(signed(stage, lost, MAYOR))
    (came,) = look_at(quiet, stage.sealed, [back])
    assert came.comparison.code == "returned.within_box"
    assert [one.id for one in came.comparison.more][:1] == ["submission.returned.unusual"], (
        "its places are lost"
    )
    bring_back(quiet, stage.sealed, target, [Choice(back, BOOK, {MAYOR: MAYOR}, "Sari")])
    assert within_box(target, stage) == ["2"]


@pytest.mark.slow
def test_a_copy_with_its_boxes_as_they_were_is_told_of_none(stage, out, tmp_path) -> None:
    back, target = tmp_path / out.name, tmp_path / "baru.asice"
    back.write_bytes(signed(stage, written_out(out.read_bytes()), MAYOR))
    bring_back(quiet, stage.sealed, target, [Choice(back, BOOK, {MAYOR: MAYOR}, "Sari")])
    assert within_box(target, stage) == []


def test_what_is_unusual_is_told_beside_what_stands_in_a_box(stage, out) -> None:
    picture = b"q 0 0 0 0 0 0 cm BI /W 1 /Width 9 /H 1 /BPC 8 /CS /G ID a EI Q"
    changed = drawn_over(worded(out.read_bytes()), picture)
    found = compare(out.read_bytes(), signed(stage, changed, MAYOR), "buku")
    assert found.code == "returned.within_box"
    assert [one.id for one in found.more][:1] == ["submission.returned.unusual"]


@pytest.mark.slow
def test_a_page_that_is_drawn_anew_is_told_whatever_is_seen_of_it(stage, out) -> None:
    """A closed line of two corners is a square for one program and a hair for all others."""
    line = b"q 0 g 90 400 9 9 re f 1 G 17 w 2 J 94 404 m 94.3 404 l s Q"
    assert compare_pages(out.read_bytes(), drawn_over(out.read_bytes(), line), []) == ()
    told = compare(out.read_bytes(), signed(stage, drawn_over(out.read_bytes(), line), MAYOR), "buku")
    assert (told.grade, told.code) == (Returned.SAME_PAGES, "returned.unusual")
    assert "/Contents" in str(told.reason.params["what"])
    copied = compare(out.read_bytes(), signed(stage, rewritten(out.read_bytes()), MAYOR), "buku")
    assert (copied.grade, copied.code) == (Returned.SAME_PAGES, "returned.same_pages")


def test_what_a_service_says_of_itself_is_asked_about(stage, out) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(out.read_bytes())) as document:
        document.docinfo["/Company"] = pikepdf.String("Balai Sertifikasi Elektronik")
        document.save(target)
    found = compare(out.read_bytes(), signed(stage, target.getvalue(), MAYOR), "buku")
    assert (found.grade, found.code) == (Returned.SAME_PAGES, "returned.unusual")
    assert found.reason.params["what"] == "/Info"


def in_a_field_of_its_own(data: bytes, stage: Stage, page: int, box: tuple[int, ...]) -> bytes:
    """Signed by a service that makes a field of its own, in which nothing is seen here."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    append_signature_field(writer, SigFieldSpec("layanan", on_page=page, box=box))
    about = signers.PdfSignatureMetadata("layanan", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    style = stamping.TextStampStyle(stamp_text=" ", background=None, border_width=0)
    with stage.key(MAYOR).open() as key:
        signer = pdfsign._ArchivalSigner(about, pdfsign._Key(key), stamp_style=style)
        signer.moment = NOW
        return bytes(asyncio.run(signer.async_sign_pdf(writer, existing_fields_only=True)).getvalue())


@pytest.mark.slow
def test_a_stamp_of_what_was_written_anew_stays_in_a_box_too(stage, out, tmp_path) -> None:
    """Here nothing is seen of it across the page; another program may show letters there."""
    back, target = tmp_path / out.name, tmp_path / "baru.asice"
    back.write_bytes(in_a_field_of_its_own(rewritten(out.read_bytes()), stage, 0, (70, 600, 290, 640)))
    (came,) = look_at(quiet, stage.sealed, [back])
    answer = came.comparison
    assert (answer.grade, answer.confirm, answer.code) == (Returned.SAME_PAGES, True, "returned.outside_box")
    assert [(one.page, one.kind) for one in answer.pages] == [(1, Kind.STAMP)]
    bring_back(quiet, stage.sealed, target, [Choice(back, BOOK, {"layanan": MAYOR}, "Sari")])
    assert "note.outside_box" in {one.code for one in verify(target, stage.anchors, NOW).reasons}


@pytest.mark.slow
@pytest.mark.parametrize("lost", [False, True])
def test_a_service_may_sign_in_a_field_of_its_own_in_the_box(stage, out, tmp_path, *, lost: bool) -> None:
    """Where it has left none of the sealed fields, nobody knows later where hers was."""
    data = without_fields(out.read_bytes()) if lost else rewritten(out.read_bytes())
    back, target = tmp_path / out.name, tmp_path / "baru.asice"
    back.write_bytes(in_a_field_of_its_own(data, stage, 1, (62, 302, 290, 368)))
    (came,) = look_at(quiet, stage.sealed, [back])
    reason = came.comparison.reason
    # a stamp with text, as every service's, is nothing unusual
    assert came.comparison.code == ("returned.unusual" if lost else "returned.same_pages")
    assert reason.params.get("what", "") == (LOST if lost else "")
    bring_back(quiet, stage.sealed, target, [Choice(back, BOOK, {"layanan": MAYOR}, "Sari")])
    assert "note.outside_box" not in {one.code for one in verify(target, stage.anchors, NOW).reasons}
