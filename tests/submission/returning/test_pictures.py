"""Pictures of what comes back: those that went out, or others."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

from desktop.submission.pdf.fields import StampBox
from desktop.submission.returning.pictures import strange_pictures

BOX = StampBox(0, 100, 100, 300, 200)


def photo(grey: int) -> bytes:
    target = io.BytesIO()
    Image.new("L", (32, 16), grey).save(target, "JPEG")
    return target.getvalue()


def page(*pictures: tuple[int, int], masked: bool = False, within: bool = False) -> bytes:
    """A sheet of paper with pictures of a grey, each at its height; ``within`` a form."""
    target = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        held: dict[str, Any] = {}
        drawn = b""
        about = {"Subtype": Name.Image, "Width": 32, "Height": 16, "ColorSpace": Name.DeviceGray}
        for at, (grey, height) in enumerate(pictures):
            made = document.make_stream(photo(grey), BitsPerComponent=8, **about, Filter=Name.DCTDecode)
            if masked:
                made.SMask = document.make_stream(bytes(512), BitsPerComponent=8, **about)
            held[f"/P{at}"] = made
            drawn += b"q 60 0 0 30 120 %d cm /P%d Do Q\n" % (height, at)
        lent = Dictionary(XObject=Dictionary(held))
        if within:
            form = document.make_stream(drawn, Subtype=Name.Form, BBox=[0, 0, 595, 842], Resources=lent)
            lent, drawn = Dictionary(XObject=Dictionary(F=form)), b"/F Do"
        document.pages[0].obj.Resources = lent
        document.pages[0].contents_add(drawn)
        document.save(target)
    return target.getvalue()


def test_pictures_that_were_sealed_are_known_wherever_they_stand() -> None:
    assert strange_pictures(page((90, 500)), page((90, 500)), ()) == ()
    assert strange_pictures(page((90, 500)), page((90, 400), within=True), ()) == ()


def test_another_picture_is_one() -> None:
    assert strange_pictures(page((90, 500)), page((90, 500), (91, 600)), (BOX,)) == (1,)
    assert strange_pictures(page(), page((90, 120), within=True), (BOX,)) == (1,)


def test_a_stamp_may_have_one_in_its_box() -> None:
    assert strange_pictures(page(), page((90, 120)), (BOX,)) == ()
    assert strange_pictures(page(), page((90, 180)), (BOX,)) == (1,)


def test_a_picture_behind_a_mask_is_another() -> None:
    assert strange_pictures(page((90, 500)), page((90, 500), masked=True), ()) == (1,)
