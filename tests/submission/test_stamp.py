"""The visible stamp: what it says, that it never says more than is known, and that it fits its box."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2 as pdfium
import pytest

from desktop.base import LocalText
from desktop.base.fingerprint import qr_text
from desktop.submission.stamp import Stamp, StampStanding, draw_stamp, standing_of
from desktop.trust import make_test_identity
from desktop.trust.anchors import Anchor, AnchorClass, AnchorKind, Anchors
from desktop.trust.certificate import der
from tests.trust import pki

NOW = pki.NOW
LONG = "Dr. Ir. Raden Mas Haji Muhammad Abdurrahman Wahyudiningrat Kusumonegoro, S.H., M.Hum., M.T."
OFFICE = "Plt. Kepala Badan Perencanaan Pembangunan, Riset dan Inovasi Daerah Kabupaten Kepulauan Siau"


def stamp(**changes: object) -> Stamp:
    made = Stamp("Andi Contoh", "Pj. Bupati Contoh", NOW, StampStanding.TEST, qr_text("ab" * 32))
    return replace(made, **changes)


def words(data: bytes) -> str:
    with pdfium.PdfDocument(data) as document:
        return "".join(document[0].get_textpage().get_text_range().split())


@pytest.mark.parametrize(
    ("standing", "says"),
    [
        (StampStanding.CERTIFIED, "TTE tersertifikasi"),
        (StampStanding.UNCERTIFIED, "TTE tidak tersertifikasi"),
        (StampStanding.TEST, "UJI – TTE tidak tersertifikasi"),
    ],
)
def test_office_name_time_zone_and_worth(standing: StampStanding, says: str) -> None:
    said = words(draw_stamp(stamp(standing=standing), 212, 76))
    for part in ("Pj. Bupati Contoh", "Andi Contoh", "24 November 2026", says):
        assert part.replace(" ", "") in said
    assert any(zone in said for zone in ("WIB", "WITA", "WIT", "UTC"))
    # nobody's mark: no authority is named, and no picture is drawn
    assert not any(mark in said.upper() for mark in ("BSRE", "BSSN", "BALAISERTIFIKASI"))
    with pikepdf.open(io.BytesIO(draw_stamp(stamp(standing=standing), 212, 76))) as document:
        assert not document.pages[0].get_images()


@pytest.mark.parametrize("size", [(212, 76), (120, 60), (90, 30), (60, 18), (40, 12), (20, 400), (300, 10)])
@pytest.mark.parametrize("name", ["Andi Contoh", LONG, "A" * 90])
def test_everything_fits_into_any_box(size: tuple[float, float], name: str) -> None:
    data = draw_stamp(stamp(name=name, office=OFFICE), *size)
    said = words(data)
    assert name.replace(" ", "") in said
    assert OFFICE.replace(" ", "") in said
    with pdfium.PdfDocument(data) as document:
        text = document[0].get_textpage()
        for place in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(place)
            assert left >= 0
            assert bottom > -0.6
            assert right <= size[0] + 0.5
            assert top <= size[1] + 0.5


def test_certified_is_said_of_a_national_anchor_that_was_kept_and_of_nothing_else(tmp_path) -> None:
    root = pki.make("Akar Negara", ca=True)
    leaf = pki.make("Andi Contoh", root)
    national = pki.believe(root)

    def standing(anchors: Anchors) -> StampStanding:
        return standing_of(leaf.certificate, (), anchors, NOW)

    assert standing(national) is StampStanding.CERTIFIED
    own = Anchor(der(root.certificate), AnchorKind.OWN, "national/akar.pem", LocalText())
    assert standing(Anchors((own,))) is StampStanding.CERTIFIED
    assert standing(Anchors()) is StampStanding.UNCERTIFIED
    assert standing(Anchors((replace(own, purpose=AnchorClass.TIMESTAMP),))) is StampStanding.UNCERTIFIED
    test = replace(own, kind=AnchorKind.TEST, purpose=AnchorClass.TEST)
    assert standing(Anchors((test,))) is StampStanding.TEST
    stranger = pki.make("Akar Lain", ca=True)
    assert standing(pki.believe(stranger)) is StampStanding.UNCERTIFIED
    # believed for this call only (--trust): nobody compared and kept it
    file = tmp_path / "akar.der"
    file.write_bytes(der(root.certificate))
    assert standing(Anchors().plus(file)) is StampStanding.UNCERTIFIED


def test_a_test_identity_is_told_even_to_who_knows_no_root(tmp_path) -> None:
    identity = make_test_identity(tmp_path, {"mayor": "Contoh"}, now=NOW)
    from desktop.trust.p12 import load_p12

    signer = identity.signers["mayor"]
    certificate = load_p12(signer.path.read_bytes(), signer.password, signer.path.name).certificate
    assert standing_of(certificate, (), Anchors(), NOW) is StampStanding.TEST
