"""Places where something is shown over a page, whatever they call themselves."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from desktop.submission.pdf.fields import StampBox, field_names, shown_boxes, with_fields
from desktop.submission.pdf.widgets import check_widgets
from desktop.submission.refusal import Refused
from tests.submission.making import draw_pdf


def with_field(**values: Any) -> pikepdf.Pdf:
    document = pikepdf.open(io.BytesIO(draw_pdf(1)))
    field = document.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, T=String("x"), Rect=Array([9, 9, 99, 99]))
    )
    for key, one in values.items():
        field[f"/{key}"] = one
    document.pages[0].obj.Annots = Array([field])
    document.Root.AcroForm = Dictionary(Fields=Array([field]))
    return document


@pytest.mark.parametrize("kind", [Name.Sig, String("/Sig"), Name.Tx])
def test_every_place_counts_whatever_it_calls_itself(kind: Any) -> None:
    target = io.BytesIO()
    with_field(FT=kind).save(target)
    assert len(shown_boxes(target)) == 1


def test_a_text_is_no_kind() -> None:
    signed = {"V": Dictionary(Type=Name.Sig)}
    check_widgets(with_field(FT=Name.Sig, **signed), "x")
    for values in ({"FT": String("/Sig")}, {"FT": Name.Sig, "Subtype": String("/Widget")}):
        with pytest.raises(Refused):
            check_widgets(with_field(**values, **signed), "x")


def test_a_field_that_nobody_has_signed_has_a_look_of_nothing() -> None:
    """Without one MuPDF writes into it that somebody is to sign there."""
    check_widgets(with_field(FT=Name.Sig, Rect=Array([0, 0, 0, 0])), "x")
    with pytest.raises(Refused):
        check_widgets(with_field(FT=Name.Sig), "x")


def test_a_clock_has_no_place_on_a_page() -> None:
    stamp = Dictionary(Type=Name.DocTimeStamp)
    check_widgets(with_field(FT=Name.Sig, V=stamp, Rect=Array([0, 0, 0, 0])), "x")
    with pytest.raises(Refused):
        check_widgets(with_field(FT=Name.Sig, V=stamp), "x")


def test_a_field_that_shows_nothing_is_a_field_too() -> None:
    """Of an official without a box it was said that a document written anew had lost her place."""
    fields = {"bupati": StampBox(0, 300, 100, 500, 170), "sekda": None}
    data = io.BytesIO(with_fields(draw_pdf(), fields, "buku.pdf"))
    assert field_names(data) == {"bupati", "sekda"}
    assert [name for name, _ in shown_boxes(data)] == ["bupati"]
