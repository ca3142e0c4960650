"""Places where something is shown over a page, whatever they call themselves."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from desktop.submission.pdf.fields import (
    StampBox,
    drawn_fields,
    field_names,
    shown_boxes,
    touching,
    with_fields,
)
from desktop.submission.pdf.stamp_owns import owned_by_stamps
from desktop.submission.pdf.widgets import _odd, check_widgets
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


@pytest.mark.parametrize(
    ("drawn", "more", "shows"),
    [
        (b"", {}, False),
        (b"\r\n % DSBlank\n", {}, False),
        (b"", {"MK": Dictionary(BC=Array([0]))}, False),
        (b"0 0 9 9 re f", {}, True),
        (b"/FRM Do", {"Rect": Array([0, 0, 0, 0])}, True),
        (b"%\r0 0 9 9 re f", {}, True),
        (b" " * 5000, {}, True),
        (None, {}, False),
        (None, {"MK": Dictionary(BC=Array([0]))}, True),
    ],
)
def test_what_shows_something_in_its_place_is_known(drawn: bytes | None, more: Any, shows: bool) -> None:
    target = io.BytesIO()
    document = with_field(FT=Name.Sig, **more)
    if drawn is not None:
        document.pages[0].Annots[0].AP = Dictionary(N=document.make_stream(drawn))
    document.save(target, compress_streams=False)
    assert drawn_fields(target) == ({"x"} if shows else frozenset())


@pytest.mark.parametrize("key", ["/D", "/R"])
def test_another_look_than_the_first_shows_something_too(key: str) -> None:
    target = io.BytesIO()
    document = with_field(FT=Name.Sig)
    document.pages[0].Annots[0].AP = Dictionary(N=document.make_stream(b""))
    document.pages[0].Annots[0].AP[key] = document.make_stream(b"0 0 9 9 re f")
    document.save(target)
    assert drawn_fields(target) == {"x"}


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


def below(name: str, *more: str) -> pikepdf.Pdf:
    """A document in which the field ``name`` lies below one called ``TTE``; and further ones, at the top."""
    document = with_field(FT=Name.Sig, T=String("TTE"))
    parent = document.Root.AcroForm.Fields[0]
    kid = document.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, T=String(name), Parent=parent, Rect=Array([9, 9, 99, 99])
        )
    )
    for key in ("/Type", "/Subtype", "/Rect"):
        del parent[key]
    parent.Kids = Array([kid])
    document.pages[0].obj.Annots = Array([kid])
    for one in more:
        made = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(one), Rect=Array([0, 0, 0, 0])
        )
        document.Root.AcroForm.Fields.append(document.make_indirect(made))
        document.pages[0].obj.Annots.append(document.Root.AcroForm.Fields[-1])
    return document


def test_a_field_below_another_one_has_the_name_of_both() -> None:
    """One that was called as another official's, below a field of its own, was taken for that official's."""
    target = io.BytesIO()
    below("sekda", "bupati").save(target)
    assert field_names(target) == {"TTE.sekda", "bupati"}
    ((name, place),) = shown_boxes(target)
    assert name == "TTE.sekda"
    assert list(touching([("sekda", place)], shown_boxes(target))) == [("TTE.sekda", "sekda", 0)]


def test_every_place_of_an_official_is_kept_for_her() -> None:
    """Of a field that is shown twice the last place alone was."""
    first, second = StampBox(0, 9, 9, 99, 99), StampBox(0, 9, 200, 99, 290)
    prepared = [("sekda", first), ("sekda", second)]
    for box in (first, second):
        assert list(touching(prepared, [("x", box)])) == [("x", "sekda", 0)]


@pytest.mark.parametrize(
    "name",
    [b"x\0", b"\xfe\xff\0x\0", b"\xef\xbb\xbfx\xff", b"x\xad", b"\xfe\xff\x20\x2e\0x", b""],
)
def test_the_name_of_a_field_is_one_to_everybody(name: bytes) -> None:
    with pytest.raises(Refused) as told:
        check_widgets(with_field(FT=Name.Sig, T=String(name), V=Dictionary(Type=Name.Sig)), "x")
    assert told.value.message.params["what"] == "/T"


@pytest.mark.parametrize("name", ["Tanda tangan 1", "ttd_pengirim", "Señor", "Ελλάδα"])
def test_names_that_services_give_are_plain(name: str) -> None:
    check_widgets(with_field(FT=Name.Sig, T=String(name), V=Dictionary(Type=Name.Sig)), "x")


def test_no_two_fields_have_one_name() -> None:
    """Whose place was protected depended on which of them came last."""
    signed = below("sekda", "sekda")
    signed.Root.AcroForm.Fields[0].Kids[0].V = Dictionary(Type=Name.Sig)
    check_widgets(signed, "x")
    signed.Root.AcroForm.Fields[1].T = String("TTE.sekda")
    with pytest.raises(Refused):
        check_widgets(signed, "x")
    with pytest.raises(Refused):
        check_widgets(below("sekda", "bupati", "bupati"), "x")


def test_nothing_below_a_signature_has_a_name_of_its_own() -> None:
    """A stamp in such a place was told as somebody else's, under whatever name it had."""
    signed = below("sekda")
    signed.Root.AcroForm.Fields[0].V = Dictionary(Type=Name.Sig)
    with pytest.raises(Refused) as told:
        check_widgets(signed, "x")
    assert told.value.message.params["what"] == "/T"


def test_a_signature_stands_in_a_field_with_a_name() -> None:
    """What has none is passed over by whoever reads the signatures, and shown by every program."""
    document = with_field(FT=Name.Sig, V=Dictionary(Type=Name.Sig))
    del document.Root.AcroForm.Fields[0]["/T"]
    with pytest.raises(Refused):
        check_widgets(document, "x")


def test_a_field_is_shown_on_one_page() -> None:
    """Listed by a later page too, it was taken to be there alone, and its place was free for others."""
    document = with_field(FT=Name.Sig, V=Dictionary(Type=Name.Sig))
    check_widgets(document, "x")
    document.add_blank_page()
    document.pages[1].Annots = Array([document.pages[0].Annots[0]])
    with pytest.raises(Refused) as told:
        check_widgets(document, "x")
    assert told.value.message.params["what"] == "/Annots"


def test_a_page_with_places_is_drawn_alike_where_nothing_lies_between_its_streams() -> None:
    """CUPS lays them together as they are before it prints; words at their seams would be others then."""
    from tests.submission.making import MAYOR, SECRETARY

    boxes = {MAYOR: StampBox(0, 60, 60, 160, 120), SECRETARY: StampBox(0, 200, 60, 300, 120)}
    with pikepdf.open(io.BytesIO(with_fields(draw_pdf(1), boxes, "buku"))) as document:
        page = document.pages[0].obj
        assert not page.Annots.is_indirect, "PDFBox gives the page anew with a list of its own"
        parts = [one.read_bytes() for one in page.Contents]
        assert len(parts) == 5
        printed = pikepdf.parse_content_stream(document.make_stream(b"".join(parts)))
        assert [str(one.operator) for one in printed] == [
            str(one.operator) for one in pikepdf.parse_content_stream(document.make_stream(b"\n".join(parts)))
        ]


@pytest.mark.parametrize("way", [Name.N, Name.I, Name.P, Name.T, String("/N"), Array([Name.N])])
def test_a_click_changes_nothing(way: Any) -> None:
    """iText says so of the fields that it makes; by any other way something else is shown then."""
    assert list(_odd(with_field(FT=Name.Sig, V=Dictionary(Type=Name.Sig), H=way))) == (
        [] if way == Name.N else ["/H"]
    )


@pytest.mark.parametrize("case", ["plain", "another", "unsigned", "on no page", "own letters"])
def test_what_a_stamp_draws_may_be_lent_to_the_whole_form(case: str) -> None:
    """iText does so, with the field too; anything else would lie there for whoever looks in the form.

    Printers are handed what it holds, and the stamps that are looked at are those on pages.
    """
    own, signed = case != "another", case != "unsigned"
    document = with_field(FT=Name.Sig, **({"V": Dictionary(Type=Name.Sig)} if signed else {}))
    form, other = (
        document.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        for _ in "12"
    )
    field = document.Root.AcroForm.Fields[0]
    look = Dictionary(XObject=Dictionary(FRM=form))
    field.AP = Dictionary(N=document.make_stream(b"/FRM Do", Subtype=Name.Form, Resources=look))
    lent = Dictionary(XObject=Dictionary(FRM=form if own else other))
    document.Root.AcroForm.DR = field.DR = lent
    assert form.objgen in owned_by_stamps(document)
    document.pages[0].Resources = lent
    assert (form.objgen in owned_by_stamps(document)) != own
    if case == "on no page":
        del document.pages[0].Annots
        assert "/AP /N" in list(_odd(document))
    if case == "own letters":
        font = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Uji))
        form.Resources = Dictionary(Font=Dictionary(F=font))
    assert any("/DR" in one for one in _odd(document)) == (case != "plain")
