"""What was seen of a document where it came back stays with it, for whoever has no sealed one to compare."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pikepdf
import pytest
from pikepdf import Dictionary, Name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from desktop.base import clock
from desktop.base.jobs import quiet
from desktop.submission import Choice, bring_back, export_for_signing, look_at, sign_pdfs, verify
from desktop.submission.frame.container import open_package
from desktop.submission.manifest import Manifest, Place, Seen, content_id, read_manifest
from desktop.submission.pdf.fields import LOST, StampBox, boxes_in
from desktop.submission.pdf.sign import sign_pdf
from desktop.submission.pdf.stamped import stamps_of
from desktop.submission.refusal import Refused, code_of
from desktop.submission.returning.pages import told_pages
from desktop.submission.returning.seen import sealed_places
from desktop.submission.stamp import Stamp, StampStanding
from tests.submission.making import BOOK, MAYOR, NOW, SECRETARY, Stage, written_anew
from tests.submission.pdf.test_stamped import shown
from tests.submission.returning.test_pictures import photo

CORNER = (500, 20, 590, 60)


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def out(stage: Stage, tmp_path: Path) -> bytes:
    return export_for_signing(quiet, stage.sealed, tmp_path / "keluar").documents[0].read_bytes()


def signed(stage: Stage, data: bytes, field: str = MAYOR) -> bytes:
    look = Stamp("Contoh Bupati", "Bupati Contoh", NOW, StampStanding.TEST, "RANCANG:X")
    with stage.key(MAYOR).open() as signer:
        return sign_pdf(data, signer, field, look, "buku")


def with_field(data: bytes, name: str, box: StampBox) -> bytes:
    target, writer = io.BytesIO(), IncrementalPdfFileWriter(io.BytesIO(data))
    corners = (box.left, box.bottom, box.right, box.top)
    append_signature_field(writer, SigFieldSpec(name, on_page=box.page, box=corners))
    writer.write(target)
    return target.getvalue()


def exchanged(document: pikepdf.Pdf) -> None:
    one, other = document.Root.AcroForm.Fields
    one.T, other.T = other.T, one.T


def without_hers(document: pikepdf.Pdf, corner: tuple[float, ...]) -> None:
    """Her own place is gone, and the other one's lies elsewhere."""
    one, other = document.Root.AcroForm.Fields
    mine, his = (one, other) if one.T == MAYOR else (other, one)
    his.Rect = pikepdf.Array(corner)
    document.Root.AcroForm.Fields = pikepdf.Array([his])
    for page in document.pages:
        kept = [each for each in page.get("/Annots", ()) if each.objgen != mine.objgen]
        page.Annots = document.make_indirect(pikepdf.Array(kept))


def put_in(stage: Stage, pdf: bytes, folder: Path) -> tuple[Path, list[str]]:
    """The package with it, confirmed by somebody, and the codes of what was told where it came back."""
    back, target = folder / "buku.pdf", folder / "baru.asice"
    back.write_bytes(pdf)
    (came,) = look_at(quiet, stage.sealed, [back], BOOK, anchors=stage.anchors)
    roles = dict.fromkeys(came.roles, MAYOR)
    bring_back(quiet, stage.sealed, target, [Choice(back, BOOK, roles, "Sari")])
    return target, [code_of(one) for one in (came.comparison.reason, *came.notes)]


def told(package: Path, stage: Stage) -> list[tuple[str, str]]:
    """What a verdict notes of stamps and drawing."""
    reasons = verify(package, stage.anchors, NOW).reasons
    found = [(one.code, one.message.params) for one in reasons]
    keys = {"note.other_box": "other", "note.outside_box": "page", "note.pdf_unusual": "what"}
    return [(code, str(params[keys[code]])) for code, params in found if code in keys]


@pytest.mark.slow
def test_places_that_were_exchanged_are_those_of_the_sealed_document(stage, out, tmp_path):
    """Written anew with the names of both fields exchanged, each stamp stood in the other one's place."""
    package, said = put_in(stage, signed(stage, written_anew(out, exchanged)), tmp_path)
    assert said[0] == "returned.unusual"
    assert "note.other_box" in said
    found = told(package, stage)
    assert ("note.other_box", "Sekretaris Daerah") in found
    assert LOST in dict(found)["note.pdf_unusual"]


@pytest.mark.slow
@pytest.mark.parametrize("corner", [CORNER, (0, 0, 0, 0)])
def test_a_stamp_in_a_place_that_was_moved_away_is_told(stage, out, tmp_path, corner):
    """In a field of her own, without the one prepared for her: neither note was there."""
    places = boxes_in(out)
    moved = written_anew(out, lambda document: without_hers(document, corner))
    package, said = put_in(
        stage, signed(stage, with_field(moved, "TTE-1", places[SECRETARY]), "TTE-1"), tmp_path
    )
    assert "note.other_box" in said
    found = told(package, stage)
    assert ("note.other_box", "Sekretaris Daerah") in found
    assert any(code == "note.pdf_unusual" and LOST in what for code, what in found)


@pytest.mark.slow
def test_where_places_lay_is_kept_as_it_was_sealed(stage, out, tmp_path):
    package, _ = put_in(stage, signed(stage, written_anew(out, lambda _: None)), tmp_path)
    with open_package(package) as opened:
        (file,) = [one for one in opened.manifest.files if one.path == BOOK]
    assert dict(sealed_places(file)) == boxes_in(out)
    assert not [one for one in told(package, stage) if one[0] == "note.other_box"]
    again = tmp_path / "lagi.asice"
    sign_pdfs(quiet, package, again, stage.key(SECRETARY, "ec"), SECRETARY, stage.anchors, NOW)
    with open_package(again) as opened:
        (later,) = [one for one in opened.manifest.files if one.path == BOOK]
    assert sealed_places(later) == sealed_places(file), "whoever signs next changes nothing of it"


def white_picture(document: pikepdf.Pdf) -> None:
    """One that nobody sees, where nothing stands."""
    about = {"Subtype": Name.Image, "Width": 32, "Height": 16, "ColorSpace": Name.DeviceGray}
    made = document.make_stream(photo(255), BitsPerComponent=8, **about, Filter=Name.DCTDecode)
    page = document.pages[0]
    page.obj.Resources.XObject = Dictionary(Putih=document.make_indirect(made))
    page.contents_add(b"q 60 0 0 30 120 500 cm /Putih Do Q", prepend=False)


@pytest.mark.slow
def test_a_picture_that_nobody_sealed_is_told_by_who_was_asked_about_it(stage, out, tmp_path):
    """The sealed document is not there any more to say which pictures it had."""
    data = written_anew(out, white_picture)
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(target)
    package, said = put_in(stage, signed(stage, target.getvalue()), tmp_path)
    assert said[0] == "returned.unusual"
    assert any("/Image" in what for code, what in told(package, stage) if code == "note.pdf_unusual")
    with open_package(package) as opened:
        (file,) = [one for one in opened.manifest.files if one.path == BOOK]
    assert file.signed is not None
    assert isinstance(file.signed.seen, Seen)
    assert "/Image" in file.signed.seen.unusual


@pytest.mark.slow
def test_a_page_that_was_asked_about_is_told_once(stage, out, tmp_path):
    pdf = signed(stage, with_field(out, "layanan", StampBox(0, 60, 600, 200, 700)), "layanan")
    package, said = put_in(stage, pdf, tmp_path)
    assert said[0] == "returned.outside_box"
    assert [one for one in told(package, stage) if one[0] == "note.outside_box"] == [
        ("note.outside_box", "1")
    ]
    with open_package(package) as opened:
        (file,) = [one for one in opened.manifest.files if one.path == BOOK]
    assert file.signed is not None
    assert file.signed.seen == Seen(outside_box=(1,))
    assert file.signed.confirmed_by == "Sari"


@pytest.mark.slow
def test_every_page_with_a_stamp_beside_its_box_is_told(stage, out, tmp_path, monkeypatch):
    """The first official's service has its usual place; what the second one's covered stood on no page."""
    made = signers.PdfSignatureMetadata
    # as services sign: what is certified admits no further places
    monkeypatch.setattr(signers, "PdfSignatureMetadata", lambda **given: made(**{**given, "certify": False}))
    once = signed(stage, with_field(out, "satu", StampBox(0, 60, 600, 200, 700)), "satu")
    twice = signed(stage, with_field(once, "dua", StampBox(1, 60, 600, 200, 700)), "dua")
    back, package = tmp_path / "buku.pdf", tmp_path / "baru.asice"
    back.write_bytes(twice)
    (came,) = look_at(quiet, stage.sealed, [back], BOOK, anchors=stage.anchors)
    assert (came.comparison.code, came.comparison.reason.params["page"]) == ("returned.outside_box", "1, 2")
    bring_back(quiet, stage.sealed, package, [Choice(back, BOOK, {"satu": MAYOR, "dua": SECRETARY}, "Sari")])
    assert [one for one in told(package, stage) if one[0] == "note.outside_box"] == [
        ("note.outside_box", "1, 2")
    ]


def test_of_many_pages_it_is_said_that_there_are_more():
    """Ten were told, and nobody knew of others."""
    assert told_pages(range(10)) == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10"
    assert told_pages([*range(11), 3]) == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …"


def test_every_odd_stamp_is_told_and_not_the_first_alone():
    """An odd one of the first official's, that is harmless, stood for all."""
    target = io.BytesIO()
    with pikepdf.open(shown()) as document, pikepdf.open(shown(b"Q", F=4)) as other:
        document.pages[0].Annots[0].F = 0
        document.pages.append(other.pages[0])
        document.Root.AcroForm.Fields.append(document.pages[1].Annots[0])
        document.save(target)
    found = stamps_of(target)
    assert (found.odds[0].what, found.odds[0].unread) == ("/F", False)
    assert [one.page for one in found.odds] == [0, 1]
    assert found.odd == next((one for one in found.odds if one.unread), found.odds[0])


@pytest.mark.slow
def test_what_is_in_order_leaves_nothing(stage, out, tmp_path):
    """Nor do earlier packages say anything of it; and programs of before read such a package."""
    package, _ = put_in(stage, signed(stage, out), tmp_path)
    with open_package(package) as opened:
        assert b'"seen"' not in opened.manifest.to_bytes()


def resealed(manifest: Manifest, seen: Seen) -> bytes:
    files = tuple(
        one
        if one.signed is None
        else msgspec.structs.replace(one, signed=msgspec.structs.replace(one.signed, seen=seen))
        for one in manifest.files
    )
    bent = msgspec.structs.replace(manifest, files=files)
    return msgspec.structs.replace(bent, id=content_id(bent)).to_bytes()


@pytest.mark.parametrize(
    ("seen", "good"),
    [
        (Seen(unusual=("/Image", LOST)), True),
        (Seen(unusual=("/Image). Semua sah.",)), False),
        (Seen(unusual=("/Image\n",)), False),
        (Seen(unusual=("/" + "A" * 31,)), False),
        (Seen(outside_box=(3,)), True),
        (Seen(outside_box=(0,)), False),
        (Seen(places=(Place(role=MAYOR, page=1, corners=(0, 0, 10, 10)),)), True),
        (Seen(places=(Place(role=MAYOR, page=1, corners=(0, 0, 10, 1 << 40)),)), False),
    ],
)
def test_no_sentence_of_a_packer_fits_into_it(seen, good, stage):
    """It stands in verdicts as their own."""
    with open_package(stage.half) as opened:
        data = resealed(opened.manifest, seen)
    if good:
        (file,) = [one for one in read_manifest(data).files if one.signed is not None]
        assert file.signed is not None
        assert file.signed.seen == seen
    else:
        with pytest.raises(Refused):
            read_manifest(data)
