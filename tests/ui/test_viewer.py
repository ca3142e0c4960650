"""The viewer: pages turned, zoomed, rotated, searched and copied, while the window goes on."""

import hashlib
import io
import threading
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from PIL import Image
from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop.base import Cancelled, Message, bounded
from desktop.base.bounded import Limits
from desktop.ui.viewer import darkroom, papers, thumbs
from desktop.ui.viewer.darkroom import LATER, SOON, Darkroom, Table, still_wanted
from desktop.ui.viewer.looks import PdfLook
from desktop.ui.viewer.papers import CannotShow, opened
from desktop.ui.viewer.viewer import Viewer
from tests.effort import steps


def a_pdf(pages=3, size=(300, 400)):
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for number in range(pages):
        canvas.drawString(40, 350, f"Halaman nomor {number + 1}")
        canvas.drawString(40, 100, "Desa Sukamaju" if number % 2 else "Kota Raya")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture(size, form="JPEG", **kept):
    out = io.BytesIO()
    Image.new("RGB", size, (200, 40, 40)).save(out, form, **kept)
    return out.getvalue()


@pytest.fixture
def viewer(desk, qtbot):
    made = Viewer(desk.session)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    yield made
    made.close_file()
    qtbot.waitUntil(lambda: not Darkroom.of(desk.session).busy)


@pytest.fixture
def show(desk, viewer):
    """Open bytes and wait until the first page is drawn (or the reason is told)."""

    def do(data, name="berkas.pdf"):
        path = desk.folder / name
        path.write_bytes(data)
        viewer.open(path)
        desk.qtbot.waitUntil(lambda: viewer.sheet.image is not None or viewer.problem is not None)
        return viewer

    return do


def drawn(desk, viewer):
    desk.qtbot.waitUntil(lambda: not Darkroom.of(desk.session).busy)
    return viewer.sheet.image


def test_pages_are_turned_by_buttons_keys_and_the_strip(desk, show):
    viewer = show(a_pdf(3))
    assert viewer.pages == 3
    assert viewer._where.text() == "Halaman 1 dari 3"
    viewer.forth.click()
    assert viewer.page == 1
    viewer.area.setFocus()
    for key, page in (
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 2),
        (Qt.Key.Key_Left, 1),
    ):
        desk.qtbot.keyClick(viewer.area, key)
        assert viewer.page == page
    assert viewer.strip.isVisible()
    viewer.strip.setCurrentIndex(viewer.strip.pages.index(2))
    assert viewer.page == 2
    assert not viewer.forth.isEnabled()
    drawn(desk, viewer)
    assert "Halaman nomor 3" in viewer.sheet.accessibleDescription()


@pytest.mark.slow
def test_zoom_fits_grows_and_rotates(desk, show):
    viewer = show(a_pdf(1))
    assert viewer.sheet.width() == pytest.approx(viewer.area.viewport().width(), abs=4)
    viewer.fit()
    assert viewer.sheet.height() <= viewer.area.viewport().height()
    before = viewer.sheet.width()
    viewer.area.setFocus()
    desk.qtbot.keyClick(viewer.area, Qt.Key.Key_Plus)
    assert viewer.sheet.width() > before
    for _ in range(40):
        viewer.zoom(1.5)
    image = drawn(desk, viewer)
    assert image.width() * image.height() <= 16_100_000, "never drawn larger than the memory bears"
    for _ in range(60):
        viewer.zoom(0.5)
    viewer.fit()
    viewer.rotate()
    image = drawn(desk, viewer)
    assert image.width() > image.height()


@pytest.mark.slow
def test_words_are_found_on_every_page_and_gone_to(desk, show):
    viewer = show(a_pdf(5))
    viewer._show_search()
    desk.qtbot.keyClicks(viewer.search.words, "desa")
    desk.qtbot.waitUntil(lambda: len(viewer.search.hits) == 2)
    desk.qtbot.waitUntil(lambda: viewer.page == 1)
    assert viewer.search._told.text() == "1 dari 2"
    viewer.search.next_hit(1)
    assert viewer.page == 3
    viewer.search.next_hit(1)
    assert viewer.page == 1
    drawn(desk, viewer)
    area = viewer.sheet.area_of(viewer.search.hits[0].areas[0]).toRect()
    assert viewer.sheet.rect().contains(area)
    viewer.search.words.setText("tidakada")
    viewer.search.next_hit(1)
    desk.qtbot.waitUntil(lambda: viewer.search._told.text() == "Tidak ditemukan")
    viewer.search.end()
    assert not viewer.search.isVisible()


def test_marked_text_is_copied_else_the_page(desk, show):
    viewer = show(a_pdf(1))
    clipboard = QApplication.clipboard()
    viewer.copy()
    desk.qtbot.waitUntil(lambda: "Kota Raya" in clipboard.text())
    assert "Halaman nomor 1" in clipboard.text()
    zoom = viewer.sheet.width() / 300
    start = QRectF(30 * zoom, 280 * zoom, 1, 1).center().toPoint()
    end = QRectF(200 * zoom, 320 * zoom, 1, 1).center().toPoint()
    desk.qtbot.mousePress(viewer.sheet, Qt.MouseButton.LeftButton, pos=start)
    desk.qtbot.mouseMove(viewer.sheet, end)
    desk.qtbot.mouseRelease(viewer.sheet, Qt.MouseButton.LeftButton, pos=end)
    assert viewer.sheet.mark is not None
    viewer.copy()
    desk.qtbot.waitUntil(lambda: clipboard.text().strip() == "Kota Raya")


def test_a_photo_is_upright_and_copied_as_a_picture(desk, show):
    exif = Image.Exif()
    exif[0x0112] = 6
    viewer = show(picture((400, 200), exif=exif), "foto.jpg")
    image = viewer.sheet.image
    assert image.height() > image.width()
    assert QColor(image.pixel(5, 5)).red() > 150
    viewer.copy()
    assert not QApplication.clipboard().image().isNull()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 rusak", "broken"),
        (b"PK\x03\x04", "other_kind"),
        (picture((500, 300))[:1500], "broken"),
    ],
)
def test_what_cannot_be_shown_says_what_to_do(desk, show, data, reason):
    viewer = show(data, "foto.jpg" if data.startswith(b"\xff") else "berkas.pdf")
    assert viewer.problem.id == f"ui.viewer.{reason}"
    assert viewer._told.isVisible()
    # and the next file is shown as if nothing had been
    assert show(a_pdf(1), "baik.pdf").problem is None


def test_a_locked_pdf_says_so(desk, show):
    with pikepdf.open(io.BytesIO(a_pdf(1))) as document:
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert show(out.getvalue()).problem.id == "ui.viewer.locked"


def test_a_wall_in_a_small_file_is_refused():
    head = picture((8, 8), "PNG")
    wall = head[:16] + (60_000).to_bytes(4, "big") * 2 + head[24:]
    with pytest.raises(CannotShow) as told:
        opened(wall, "image/png")
    assert told.value.message.id in {"ui.viewer.huge", "ui.viewer.other_kind"}


@pytest.mark.slow
def test_large_files_are_opened_and_drawn_beside_the_window(desk, viewer, monkeypatch):
    """Milliseconds: tests/bench/bench_frames.py."""
    threads = {}
    for kind in (papers.PdfPaper, papers.PicturePaper):
        for name in ("__init__", "draw", "text"):
            real = getattr(kind, name)

            def noted(*about, real=real, name=f"{kind.__name__}.{name}"):
                threads.setdefault(name, set()).add(threading.current_thread())
                return real(*about)

            monkeypatch.setattr(kind, name, noted)
    for name, data in large_files():
        path = desk.folder / name
        path.write_bytes(data)
        viewer.sheet.show_image(None)
        QApplication.processEvents()  # what is left of opening the window
        viewer.open(path)
        turns = []
        while viewer.sheet.image is None and viewer.problem is None:
            turns.append(steps(QApplication.processEvents))
        desk.qtbot.waitUntil(lambda: not Darkroom.of(desk.session).busy)
        assert viewer.problem is None
        assert max(turns) < 40_000, name
    assert len(threads) == 6
    assert not any(threading.current_thread() in each for each in threads.values()), threads


def large_files():
    """A document of many large pages and a large photo."""
    yield "tebal.pdf", a_pdf(300, (595, 842))
    yield "besar.jpg", picture((8160, 6120))


def test_whoever_has_turned_on_does_not_wait_for_the_pages_before(desk, show):
    viewer = show(a_pdf(40))
    for _ in range(39):
        viewer.turn(1)
    drawn(desk, viewer)
    assert viewer.page == 39
    assert "nomor 40" in viewer.sheet.accessibleDescription()


def test_closing_the_document_lets_everything_go(desk, show):
    viewer = show(a_pdf(3))
    desk.session.leave()
    assert viewer.pages == 0
    assert not Darkroom.of(desk.session).busy


def test_what_could_not_be_read_just_now_is_looked_at_again(desk):
    """Only what was looked at is kept: a file that another program holds has no look yet."""
    from desktop.workspace.errors import MissingBlob

    def held(sha256):
        raise MissingBlob(sha256)

    file = SimpleNamespace(sha256="a" * 64)
    assert thumbs._look_at(file, held) == thumbs.NOTHING
    assert thumbs._look_at(file, lambda _: picture((30, 20))).picture is not None
    assert thumbs._look_at(file, held).picture is not None, "kept now"
    broken = SimpleNamespace(sha256="b" * 64)
    assert thumbs._look_at(broken, lambda _: b"%PDF-1.7 broken") == thumbs.NOTHING
    assert thumbs._look_at(broken, held) == thumbs.NOTHING


FOREVER = Path(__file__).parents[1] / "data" / "foreign" / "forms.pdf"
"""Ten forms within each of ten forms, twelve deep: a million million rectangles in three kilobytes."""


@pytest.mark.slow
def test_a_pdf_that_draws_for_ever_is_told(desk, show, monkeypatch, read_apart):
    """It filled the memory of the window itself, by a small picture already, at each start."""
    monkeypatch.setattr(papers, "PdfLook", partial(PdfLook, limits=Limits(0.2, 500 << 20)))
    viewer = show(FOREVER.read_bytes())
    assert viewer.problem.id == "ui.viewer.too_much"
    assert viewer._told.isVisible()
    file = SimpleNamespace(sha256="c" * 64)
    assert thumbs._look_at(file, lambda _: FOREVER.read_bytes()) == thumbs.NOTHING
    monkeypatch.setattr(
        bounded, "ask", lambda *_: pytest.fail("it is not tried again while the window lives")
    )
    with pytest.raises(CannotShow):
        papers._asked(PdfLook("", "draw"), (hashlib.sha256(FOREVER.read_bytes()).hexdigest(), "draw", 0))


def test_what_ran_out_once_is_not_tried_again_but_much_smaller(monkeypatch):
    asked = []

    def ask(look, *_):
        asked.append(look.what)
        if look.what == "sizes":
            return {"sizes": [[300, 400]] * 2}
        raise bounded.Unfinished("", "crash" if look.page else "time", look.limits)

    monkeypatch.setattr(bounded, "ask", ask)
    for _ in range(2):
        paper = papers.PdfPaper(b"%PDF- seen twice")
        for look, *about in (
            (paper.draw, 0, 1.0, 0),
            (paper.draw, 0, 3.0, 90),
            (paper.draw, 0, 0.4, 0),
            (paper.text, 0),
            (paper.find, 0, "x"),
            (paper.draw, 1, 1.0, 0),
        ):
            with pytest.raises(CannotShow) as told:
                look(*about)
            assert told.value.message.id in {"ui.viewer.too_much", "ui.viewer.broken"}
        paper.close()
    # what fell over may have done so for another reason
    assert asked == ["sizes", "draw", "draw", "text", "draw", "sizes", "draw"]


def test_a_file_lies_there_as_long_as_it_is_read():
    laid = papers._Laid(b"x")
    with laid.read() as path:
        with laid.read():
            laid.close()
        assert Path(path).exists()
        with pytest.raises(Cancelled), laid.read():
            pass
    assert not Path(path).exists()


def test_a_page_holds_up_nothing_but_itself(desk, monkeypatch):
    """Everything waited in one line: six seconds for one hostile page, and books and charts with it."""
    monkeypatch.setattr(darkroom, "_PATIENCE", 0.02)
    room, hold, drawn = Darkroom.of(desk.session), threading.Event(), []
    for what, urgency, table in (
        ("hostile", darkroom.NOW, None),
        ("another page", darkroom.NOW, None),
        ("hostile small", SOON, None),
        ("another small", LATER, None),
        ("book", darkroom.NOW, Table.OURS),
        ("photo", darkroom.NOW, Table.INTAKE),
    ):
        work = partial(hold.wait, 60) if "hostile" in what else list
        room.ask(desk.session, work, lambda _, what=what: drawn.append(what), urgency=urgency, table=table)
    try:
        desk.qtbot.waitUntil(lambda: len(drawn) == 4)
        assert not any("hostile" in each for each in drawn)
    finally:
        hold.set()
    desk.qtbot.waitUntil(lambda: not room.busy)
    assert len(drawn) == 6


@pytest.mark.slow
def test_our_books_are_drawn_by_a_process_of_their_own(desk, qtbot, monkeypatch):
    asked = []

    def ask(look, _file, _report, kept):
        asked.append((look.what, kept, threading.current_thread()))
        return look.run(_report)

    monkeypatch.setattr(bounded, "ask", ask)
    path = desk.folder / "buku.pdf"
    path.write_bytes(a_pdf(2))
    for ours in (True, False):
        made = Viewer(desk.session, ours=ours)
        qtbot.addWidget(made)
        made.resize(900, 600)
        made.show()
        made.open(path)
        qtbot.waitUntil(lambda made=made: made.sheet.image is not None)
        made._show_search()
        made.search.words.setText("Desa")
        qtbot.waitUntil(lambda made=made: len(made.search.hits) == 1)
        made.copy()
        made.close_file()
        qtbot.waitUntil(lambda: not Darkroom.of(desk.session).busy)
    ours = [each for each in asked if each[1] is bounded.OURS]
    theirs = [each for each in asked if each[1] is bounded.THEIRS]
    assert {each[0] for each in ours} == {each[0] for each in theirs} == {"sizes", "draw", "text", "find"}
    assert not {each[2] for each in ours} & {each[2] for each in theirs}


def test_what_a_process_draws_is_looked_at_before_it_is_believed(monkeypatch):
    for answer in (
        {"size": [10, 10, 40], "data": b"x"},
        {"size": [10, 10, 4], "data": bytes(400)},
        {"size": [-1, 10], "data": bytes(400)},
        {"size": [10], "data": b""},
        {},
    ):
        monkeypatch.setattr(bounded, "ask", lambda *_, answer=answer: {"sizes": [[3, 4]], **answer})
        paper = papers.PdfPaper(b"%PDF-")
        with pytest.raises((ValueError, KeyError)):
            paper.draw(0, 1.0, 0)
        paper.close()
    monkeypatch.setattr(bounded, "ask", lambda *_: {"bad": "nonsense"})
    with pytest.raises(CannotShow) as told:
        papers.PicturePaper(b"x")
    assert told.value.message.id == "ui.viewer.broken"


def test_what_nobody_waits_for_any_more_is_ended(qtbot, monkeypatch):
    still_wanted(0, 0, Message("ui.viewer.opening"))
    errand = darkroom.Errand(QObject(), list, list, None)
    monkeypatch.setattr(darkroom._HERE, "errand", errand, raising=False)
    monkeypatch.setattr(darkroom._HERE, "since", 0.0, raising=False)
    still_wanted(0, 0, Message("ui.viewer.opening"))
    errand.give_up()
    with pytest.raises(Cancelled):
        still_wanted(0, 0, Message("ui.viewer.opening"))
