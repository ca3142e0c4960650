"""Photos on entry: upright, scaled, with their date; the place only where it is wanted, the rest never."""

import datetime as dt
import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from desktop.base import bounded
from desktop.exchange import photos_apart
from desktop.exchange.photos import PhotoProblem, Wishes, facts_of, is_photo, prepare

MARK = (200, 30, 40)
"""The colour of the corner that was up and left before the camera was turned."""
SERIAL = "SERIAL-998877"
TURNS = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}
"""Where the corner of the stored picture is seen once upright, by EXIF orientation (TIFF 6.0)."""
when = dt.datetime.fromisoformat
MORNING = when("2026-03-12T08:00:00")
QUICK = settings(max_examples=25)


def photo(size=(300, 200), *, form="JPEG", orientation=1, taken=None, place=None, **kept):
    """A photo as a camera writes it, its upper left corner marked."""
    picture = Image.new("RGB", size, (30, 90, 160))
    picture.paste(MARK, (0, 0, size[0] // 3, size[1] // 3))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Kamera"
    inner = exif.get_ifd(0x8769)
    inner[0xA431] = SERIAL
    if taken is not None:
        inner[0x9003] = f"{taken:%Y:%m:%d %H:%M:%S}"
    if place is not None:
        gps = exif.get_ifd(0x8825)
        for value, tag, sides in ((place[0], 1, "NS"), (place[1], 3, "EW")):
            gps[tag] = sides[value < 0]
            whole = abs(value)
            gps[tag + 1] = (float(int(whole)), float(int(whole * 60 % 60)), whole * 3600 % 60)
    out = io.BytesIO()
    picture.save(out, form, exif=exif, **kept)
    return out.getvalue()


@pytest.fixture
def kept(tmp_path):
    """Write a file and prepare it."""

    def do(data, name="foto.jpg", **wishes):
        path = tmp_path / name
        path.write_bytes(data)
        made = prepare(path, Wishes(**wishes))
        return made, made.data if isinstance(made.data, bytes) else made.data.read_bytes()

    return do


moments = st.datetimes(when("1990-01-01"), when("2099-12-31")).map(
    lambda moment: moment.replace(microsecond=0)
)
places = st.tuples(st.floats(-89, 89), st.floats(-179, 179)).filter(lambda at: min(map(abs, at)) > 0.01)


@QUICK
@given(
    st.sampled_from(sorted(TURNS)),
    moments,
    places,
    st.booleans(),
    st.sampled_from(("JPEG", "PNG")),
    st.data(),
)
def test_whatever_the_camera_wrote(tmp_path_factory, orientation, taken, place, wanted, form, data):
    edge = data.draw(st.sampled_from((120, 2000)))
    path = tmp_path_factory.mktemp("photo") / "IMG.jpg"
    path.write_bytes(photo(form=form, orientation=orientation, taken=taken, place=place))
    made = prepare(path, Wishes(edge, place=wanted))
    facts = facts_of(made.data)
    # date kept, place only where wanted, serial number and maker gone
    assert facts.taken == taken
    if wanted:
        assert facts.place == pytest.approx(place, abs=1e-4)
    else:
        assert facts.place is None
    assert SERIAL.encode() not in made.data
    assert b"Kamera" not in made.data
    # upright and never larger
    upright = (200, 300) if orientation >= 5 else (300, 200)
    assert (facts.width, facts.height) == tuple(min(1, edge / 300) * side for side in upright)
    seen = Image.open(io.BytesIO(made.data)).convert("RGB")
    right, low = TURNS[orientation]
    corner = (seen.width - 6 if right else 5, seen.height - 6 if low else 5)
    assert seen.getpixel(corner) == pytest.approx(MARK, abs=30)
    # and the same photo is the same evidence
    assert prepare(path, Wishes(edge, place=wanted)).sha256 == made.sha256


def test_what_was_prepared_once_is_left_as_it_is(kept):
    made, data = kept(photo((3000, 2000), taken=MORNING, place=(-5.1, 105.2)))
    again, same = kept(data)
    assert same == data
    assert again.sha256 == made.sha256


def test_the_caption_to_begin_with_tells_the_date_in_both_languages(kept):
    made, _ = kept(photo(taken=MORNING))
    assert made.caption() == {"id": "Foto, 12 Maret 2026", "en": "Photo, 12 March 2026"}
    assert kept(photo())[0].caption() == {}


def test_a_photo_that_says_nothing_and_fits_keeps_its_bytes(kept):
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "green").save(out, "JPEG")
    made, data = kept(out.getvalue())
    assert data == out.getvalue()
    assert not made.reduced


@pytest.mark.slow
def test_a_large_photo_becomes_small_and_says_so(kept):
    noise = Image.effect_noise((3200, 2400), 60).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=92)
    made, data = kept(out.getvalue())
    assert made.reduced
    assert len(data) == made.size < made.size_before == len(out.getvalue())
    assert Image.open(io.BytesIO(data)).size == (2000, 1500)
    assert (made.facts.width, made.facts.height) == (3200, 2400)


def test_originals_are_kept_to_the_byte_where_that_is_wanted(kept):
    data = photo((3000, 2000), place=(-5.1, 105.2))
    made, same = kept(data, original=True)
    assert same == data
    assert made.facts.place == pytest.approx((-5.1, 105.2), abs=1e-3)


def test_comments_and_xmp_with_the_place_go_as_well(kept):
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>exif:GPSLatitude 5,6S</x:xmpmeta>"
    _, data = kept(photo(comment=b"Rumah Bu Sari", xmp=xmp))
    assert b"Rumah" not in data
    assert b"GPSLatitude" not in data


def test_a_foreign_colour_space_is_brought_home(kept):
    picture = Image.new("RGB", (2400, 1200), (250, 20, 20))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = io.BytesIO()
    picture.save(out, "JPEG", icc_profile=lab)
    _, data = kept(out.getvalue())
    seen = Image.open(io.BytesIO(data))
    assert "icc_profile" not in seen.info
    assert seen.getpixel((50, 50)) == pytest.approx((250, 20, 20), abs=8)
    cmyk = io.BytesIO()
    Image.new("CMYK", (2400, 1200), (0, 200, 200, 10)).save(cmyk, "JPEG")
    assert Image.open(io.BytesIO(kept(cmyk.getvalue())[1])).mode == "RGB"


def test_transparent_and_grey_pictures_stay_so(kept):
    out = io.BytesIO()
    Image.new("RGBA", (2400, 1200), (10, 20, 30, 0)).save(out, "PNG")
    seen = Image.open(io.BytesIO(kept(out.getvalue(), "peta.png")[1]))
    assert (seen.mode, seen.size) == ("RGBA", (2000, 1000))
    grey = io.BytesIO()
    Image.new("L", (2400, 1200), 90).save(grey, "JPEG")
    assert Image.open(io.BytesIO(kept(grey.getvalue())[1])).mode == "L"


# -- hostile ---------------------------------------------------------------------------------------


def test_the_name_does_not_decide_what_a_file_is(kept):
    made, _ = kept(photo(), "surat.pdf")
    assert (made.name, made.media_type) == ("surat.jpg", "image/jpeg")
    made, data = kept(b"%PDF-1.7 ...", "foto.jpg")
    assert (made.media_type, data) == ("application/pdf", b"%PDF-1.7 ...")
    made, data = kept(b"<svg onload='alert(1)'/>", "peta.svg")
    assert (made.media_type, data) == ("image/svg+xml", b"<svg onload='alert(1)'/>")


def bomb(width, height):
    """A PNG of a few hundred bytes that says it is as large as a wall."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("kosong.jpg", b"", "empty"),
        ("kosong.pdf", b"", "empty"),
        ("bom.png", bomb(60_000, 60_000), "huge"),
        ("besar.png", bomb(9_000, 9_000), "huge"),
        ("putus.jpg", photo((600, 400))[:2000], "broken"),
        ("putus.png", photo((600, 400), form="PNG")[:-40], "broken"),
        ("kepala.jpg", b"\xff\xd8\xff", "broken"),
        ("iphone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", "heic"),
    ],
)
def test_what_cannot_be_a_photo_is_refused_with_a_sentence(kept, name, data, why):
    with pytest.raises(PhotoProblem) as told:
        kept(data, name)
    assert told.value.why == why
    assert told.value.message.params["file"] == name
    if data:
        assert kept(data, name, original=True)[1] == data


@QUICK
@given(st.binary(max_size=400), st.sampled_from((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"")))
def test_any_bytes_are_kept_or_refused(tmp_path_factory, rest, head):
    path = tmp_path_factory.mktemp("any") / "x.jpg"
    path.write_bytes(head + rest)
    try:
        made = prepare(path)
    except PhotoProblem:
        return
    assert made.data == path or is_photo(made.data)


@QUICK
@given(st.data())
def test_a_photo_with_any_byte_changed_is_kept_or_refused(tmp_path_factory, data):
    good = bytearray(photo((64, 48), taken=MORNING, place=(-5.1, 105.2)))
    good[data.draw(st.integers(3, len(good) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("hurt") / "x.jpg"
    path.write_bytes(good)
    try:
        made = prepare(path)
    except PhotoProblem:
        return
    told = facts_of(made.data if isinstance(made.data, bytes) else made.data.read_bytes())
    assert told is None or told.place is None


def test_what_is_more_work_than_any_photo_is_refused(kept):
    """One line of pixels takes as much memory as a hundred lines of a hundredth; a scan costs 182 bytes."""
    for width, height in ((1, 40_000), (40_000, 1)):
        with pytest.raises(PhotoProblem) as told:
            kept(bomb(width, height), "foto.png")
        assert told.value.why == "huge"
    data = photo(progressive=True)
    last = data[data.rindex(b"\xff\xda") : -2]
    assert kept(data[:-2] + last * 40 + data[-2:])[0].media_type == "image/jpeg"
    for many in (last * 200, b"\xff\xfe\x00\x02" * 20_000, b"\xff\x01" * 20_000):
        with pytest.raises(PhotoProblem) as told:
            kept(data[:-2] + many + data[-2:])
        assert told.value.why == "huge"


def test_a_telephones_film_behind_a_photo_and_previews_in_its_head_are_no_scans(kept):
    """In eight megabytes of anything the two signs that begin one stand a hundred times by chance."""
    data, chance = photo(), b"\xff\xda\x00\x08" * 200
    for whole in (data + chance, data[:2] + b"\xff\xe1\x03\x22" + chance + data[2:]):
        assert kept(whole)[0].media_type == "image/jpeg"


@pytest.mark.slow
def test_photos_are_made_ready_in_a_process_with_limits(kept, tmp_path, monkeypatch, read_apart):
    data = photo((2_400, 1_800), taken=when("2026-03-12"))
    made, _ = kept(data)
    assert made.facts.taken.year == 2026
    monkeypatch.setattr(photos_apart, "COST", bounded.Limits(0.004))
    with pytest.raises(bounded.Unfinished):
        kept(photo((6_000, 4_000)))
    crash = bounded.Unfinished("foto.jpg", "crash", bounded.Limits())

    def fallen(*_):
        raise crash

    monkeypatch.setattr(bounded, "ask", fallen)
    with pytest.raises(PhotoProblem) as told:
        kept(data)
    assert told.value.why == "broken"
    whole, _ = kept(data, original=True)
    assert whole.data.read_bytes() == data
    for answer in ({"bad": "nonsense"}, {"data": b"x"}):
        monkeypatch.setattr(bounded, "ask", lambda *_, answer=answer: answer)
        with pytest.raises(PhotoProblem):
            kept(data)
