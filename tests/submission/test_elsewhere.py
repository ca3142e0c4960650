"""What goes out to be signed elsewhere: the documents as they are, a cover sheet, the boxes for programs."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from desktop.base import Language, render
from desktop.base.jobs import quiet
from desktop.base.pdfium import PDFIUM
from desktop.books.pdfa import check_pdfa
from desktop.submission import StampBox, export_for_signing, seal
from desktop.submission.elsewhere import BOXES, COVER
from desktop.submission.pdf.fields import boxes_in, with_fields
from desktop.submission.placeholder import SIGNS, sign_in, signs_for
from desktop.submission.replaced import replaced
from tests.submission import tamper
from tests.submission.making import BOOK, MAYOR, SECRETARY, Stage, book_signers, draw_pdf, seal_input

BOXES_ASKED = {MAYOR: StampBox(1, 60, 300, 300, 370), SECRETARY: StampBox(1, 320, 300, 540, 370)}


def text_of(data: bytes) -> str:
    with PDFIUM, pdfium.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_only_what_waits_goes_out_as_it_is(stage: Stage, tmp_path: Path) -> None:
    out = export_for_signing(quiet, stage.half, tmp_path / "a")
    assert [path.relative_to(tmp_path / "a").as_posix() for path in out.documents] == [BOOK]
    assert out.documents[0].read_bytes() == tamper.read(stage.half)[0][BOOK]
    assert export_for_signing(quiet, stage.half, tmp_path / "b", MAYOR).files == ()
    assert export_for_signing(quiet, stage.signed, tmp_path / "c").files == ()
    assert not (tmp_path / "b").exists()
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize("language", list(Language))
def test_the_cover_sheet_says_who_signs_what_and_where(
    stage: Stage, tmp_path: Path, language: Language
) -> None:
    out = export_for_signing(quiet, stage.sealed, tmp_path, MAYOR, language.value)
    assert out.cover == tmp_path / COVER[language.value]
    data = out.cover.read_bytes()
    text = " ".join(text_of(data).split())
    for said in ("Contoh Bupati", "Bupati Contoh", "Kabupaten Contoh", "Buku I", "x 60, y 300", " # "):
        assert said in text
    assert "Contoh Sekda" not in text
    assert check_pdfa(data) == ()
    again = export_for_signing(quiet, stage.sealed, tmp_path / "again", MAYOR, language.value)
    assert again.cover is not None
    assert again.cover.read_bytes() == data


@pytest.mark.parametrize("language", list(Language))
def test_the_cover_sheet_says_what_the_package_replaces(tmp_path: Path, language: Language) -> None:
    """Whoever signs with a key here is told before it; who signed elsewhere, as most do, was told nothing."""
    for place, previous in enumerate(("", "0123456789abcdef" * 4)):
        package = tmp_path / f"{place}.asice"
        seal(quiet, seal_input(previous=previous), package)
        out = export_for_signing(quiet, package, tmp_path / str(place), MAYOR, language.value)
        assert out.cover is not None
        said = render(replaced(previous), language)
        assert "".join(said.split()) in "".join(text_of(out.cover.read_bytes()).split())
        assert check_pdfa(out.cover.read_bytes()) == ()


def test_the_boxes_for_programs(stage: Stage, tmp_path: Path) -> None:
    out = export_for_signing(quiet, stage.sealed, tmp_path)
    assert out.boxes == tmp_path / BOXES
    (document,) = json.loads(out.boxes.read_text("utf-8"))["documents"]
    mayor, secretary = document["signatures"]
    assert (mayor["page"], mayor["x"], mayor["y"], mayor["width"], mayor["height"]) == (2, 60, 300, 240, 70)
    assert (mayor["tag"], secretary["tag"]) == ("#", "$")


def test_signers_stand_in_the_order_in_which_the_guideline_lets_them_sign(tmp_path: Path) -> None:
    mayor, secretary = book_signers()
    steps = (replace(mayor, step=5), replace(secretary, step=4))
    files = tuple(replace(one, signers=steps) if one.path == BOOK else one for one in seal_input().files)
    seal(quiet, seal_input(files=files), tmp_path / "paket.asice")
    out = export_for_signing(quiet, tmp_path / "paket.asice", tmp_path / "keluar", "", "id")
    assert out.boxes is not None
    assert out.cover is not None
    (document,) = json.loads(out.boxes.read_text("utf-8"))["documents"]
    assert [each["role"] for each in document["signatures"]] == [SECRETARY, MAYOR]
    text = text_of(out.cover.read_bytes())
    told = [at.start() for at in re.finditer("Contoh Sekda|Contoh Bupati", text)]
    assert [text[at : at + 12] for at in told] == ["Contoh Sekda", "Contoh Bupat"] * 2


def test_each_box_has_a_sign_of_its_own_that_services_find() -> None:
    data = with_fields(draw_pdf(), BOXES_ASKED, "buku")
    assert data == with_fields(draw_pdf(), BOXES_ASKED, "buku")
    found = boxes_in(data)
    assert found == BOXES_ASKED
    assert [sign_in(data, found[role]) for role in (MAYOR, SECRETARY)] == ["#", "$"]
    assert text_of(data).count("#") == 1


def test_a_sign_that_the_text_uses_is_passed_over() -> None:
    once = with_fields(draw_pdf(), BOXES_ASKED, "buku")
    assert signs_for(once, [MAYOR, SECRETARY]) == {MAYOR: SIGNS[2], SECRETARY: SIGNS[3]}
    assert signs_for(once, []) == {}


def test_more_signers_than_signs() -> None:
    roles = [f"role{number}" for number in range(len(SIGNS) + 2)]
    boxes = {role: StampBox(0, 20, 20 + 40 * at, 200, 50 + 40 * at) for at, role in enumerate(roles)}
    data = with_fields(draw_pdf(), dict(boxes), "buku")
    with pikepdf.open(io.BytesIO(data)) as document:
        assert len(document.Root.AcroForm.Fields) == len(roles)
    found = [sign_in(data, box) for box in boxes_in(data).values()]
    assert sorted(filter(None, found)) == sorted(SIGNS)
    assert found.count("") == 2
