"""The evidence page: files in by drop, dialog and slot; described, claimed, filtered, looked at, and out."""

import io
import threading
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.base import Message
from desktop.exchange.photos import facts_of
from desktop.ui.files import claiming, intake, outgoing, viewing
from desktop.ui.files.intake import Intake
from desktop.ui.files.model import CAPTION, CAPTION_TOO, CLAIMS, NAME, SIZE, TAKEN, Show
from desktop.ui.pages import evidence as evidence_page
from desktop.ui.viewer import thumbs
from desktop.ui.viewer.thumbs import Thumbs
from desktop.workspace import Place
from tests.effort import steps

GPS = {1: "S", 2: (5.0, 6.0, 7.0), 3: "E", 4: (105.0, 1.0, 2.0)}
TREES = Place("answer", item="town.trees")
LABEL = Message("workspace.label.resolve")


def photo(path, size=(2400, 1200), *, place=True, colour="teal"):
    """A photo as a telephone writes it."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:03:12 08:00:00"
    if place:
        exif.get_ifd(0x8825).update(GPS)
    made = Image.new("RGB", size, colour)
    made.paste(Image.effect_noise((600, 400), 90).convert("RGB"))
    made.save(path, exif=exif, quality=95)
    return path


def a_pdf(text="Surat keputusan", pages=1):
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for number in range(pages):
        canvas.drawString(80, 700, f"{text} {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def page(desk):
    return desk.visit("evidence")


@pytest.fixture
def give(desk, page):
    """Take files in and wait until they are kept."""

    def do(*files):
        page.take(list(files))
        desk.qtbot.waitUntil(lambda: not Intake.of(desk.session).busy)
        desk.settle()
        return desk.plan.evidence

    return do


@pytest.fixture
def letters(desk):
    made = []
    for name in ("sk.pdf", "perbup.pdf", "daftar.xlsx"):
        path = desk.folder / name
        path.write_bytes(a_pdf(name) if name.endswith("pdf") else b"PK\x03\x04 " + name.encode())
        made.append(path)
    return made


def drop(widget, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons = Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, *buttons)
    widget.dragEnterEvent(enter)
    assert enter.isAccepted()
    widget.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, *buttons))


# -- in --------------------------------------------------------------------------------------------


def test_several_files_dropped_are_one_operation(desk, page, letters):
    before = desk.session.workspace.position
    drop(page, *letters, desk.folder)
    desk.settle()
    assert [file.name for file in desk.plan.evidence] == ["sk.pdf", "perbup.pdf", "daftar.xlsx"]
    assert desk.session.workspace.position == before + 1
    assert [file.name for file in page.chosen()] == ["daftar.xlsx"]
    desk.session.undo()
    desk.settle()
    assert not desk.plan.evidence


@pytest.mark.slow
def test_files_dropped_at_a_field_support_it(desk, letters):
    town = desk.visit("form", "town")
    slot = desk.box(town, "trees").slot
    drop(slot, letters[0])
    desk.settle()
    (kept,) = desk.plan.evidence
    assert [claim.item for claim in kept.claims] == ["town.trees"]


@pytest.mark.slow
def test_photos_are_scaled_beside_the_window_and_get_a_caption(desk, page, give, monkeypatch):
    asked = []
    monkeypatch.setattr(intake, "ask_place", lambda _: asked.append(1))
    told = []
    desk.session.told.connect(told.append)
    first, second = give(photo(desk.folder / "IMG_1.jpg"), photo(desk.folder / "IMG_2.jpg", colour="navy"))
    assert asked == [1], "asked once, at the first photo with a place"
    assert desk.session.settings.photo_place == "drop"
    for kept in (first, second):
        facts = facts_of(desk.session.workspace.evidence_bytes(kept.sha256))
        assert (facts.width, facts.height, facts.place) == (2000, 1000, None)
        assert kept.caption.values == {"id": "Foto, 12 Maret 2026", "en": "Photo, 12 March 2026"}
    assert "2 foto diperkecil" in desk.session.say(told[-1])
    desk.qtbot.waitUntil(lambda: page.model.text(first, TAKEN) == "12 Maret 2026")


@pytest.mark.slow
def test_the_place_stays_in_photos_where_a_person_wants_it(desk, give, monkeypatch):
    monkeypatch.setattr(intake, "ask_place", lambda _: True)
    (kept,) = give(photo(desk.folder / "IMG_1.jpg"))
    assert desk.session.settings.photo_place == "keep"
    assert facts_of(desk.session.workspace.evidence_bytes(kept.sha256)).place is not None
    page = desk.window.workbench.current
    desk.qtbot.waitUntil(lambda: page.model.thumbs.seen(kept).place is not None)
    assert "-5.10" in page.detail._told.text()


@pytest.mark.slow
def test_originals_are_kept_where_that_is_ticked(desk, page, give):
    page.original.click()
    path = photo(desk.folder / "pindai.jpg")
    (kept,) = give(path)
    assert desk.session.workspace.evidence_bytes(kept.sha256) == path.read_bytes()


@pytest.mark.slow
def test_what_is_here_already_is_told_and_not_kept_twice(desk, page, give, letters):
    told = []
    desk.session.told.connect(told.append)
    give(letters[0])
    give(*letters)
    assert len(desk.plan.evidence) == 3
    assert "sudah ada" in desk.session.say(told[-1])
    history = desk.session.workspace.position
    give(letters[0])
    assert desk.session.workspace.position == history
    # at a field the file that is here is claimed
    Intake.of(desk.session).take([letters[0]], TREES)
    assert [claim.item for claim in desk.plan.evidence[0].claims] == ["town.trees"]


@pytest.mark.slow
def test_a_broken_photo_is_told_and_the_others_are_kept(desk, give, letters):
    bad = desk.folder / "putus.jpg"
    bad.write_bytes(photo(desk.folder / "ganz.jpg", (900, 600)).read_bytes()[:3000])
    kept = give(letters[0], bad, photo(desk.folder / "baik.jpg", place=False))
    assert [file.name for file in kept] == ["sk.pdf", "baik.jpg"]
    assert [message.id for message in desk.said] == ["exchange.photo.broken"]


@pytest.mark.slow
def test_taking_in_can_be_given_up(desk, page):
    page.take([photo(desk.folder / f"{n}.jpg", place=False) for n in range(4)])
    assert not page._under_way.isHidden()
    page.intake.stop()
    desk.settle()
    assert not desk.plan.evidence
    assert page._under_way.isHidden()


# -- described and claimed -------------------------------------------------------------------------


@pytest.mark.slow
def test_captions_are_edited_in_place_in_both_languages(desk, page, give, letters):
    give(letters[0])
    assert page.list.isColumnHidden(CAPTION_TOO)
    desk.session.remember(second_language=True)
    desk.settle()
    assert not page.list.isColumnHidden(CAPTION_TOO)
    assert page.model.setData(page.model.index(0, CAPTION), "SK Dewan")
    assert page.model.setData(page.model.index(0, CAPTION_TOO), "Decree")
    assert desk.plan.evidence[0].caption.values == {"id": "SK Dewan", "en": "Decree"}
    desk.session.undo()
    assert desk.plan.evidence[0].caption.values == {"id": "SK Dewan"}
    desk.settle()
    page.list.setCurrentIndex(page.model.index(0, CAPTION))
    desk.qtbot.keyClick(page.list, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    editor.selectAll()
    desk.qtbot.keyClicks(editor, "SK baru")
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.settle()
    assert desk.plan.evidence[0].caption.values["id"] == "SK baru"


@pytest.mark.slow
def test_files_are_claimed_by_search_and_the_link_leads_there(desk, page, give, letters, monkeypatch):
    programme = desk.change(lambda op: op.insert("programme", title={"id": "Sumur"}, start_year=2027))
    give(*letters[:2])
    page.list.selectAll()
    dialog = claiming.Claiming(desk.session, page)
    assert dialog.chosen(), "something is offered before anything is typed"
    desk.qtbot.keyClicks(dialog.words, "jumlah pohon")
    (trees,) = dialog.chosen()
    dialog.words.setText("sumur")
    found = {each.place.row for each in (dialog.list.item(n).data(0x100) for n in range(dialog.list.count()))}
    assert programme in found
    dialog.words.setText("tidak ada yang begini")
    assert not dialog.ok.isEnabled()
    dialog.deleteLater()
    history = desk.session.workspace.position
    monkeypatch.setattr(evidence_page, "ask_claims", lambda *_: [trees])
    page.claim()
    desk.settle()
    assert desk.session.workspace.position == history + 1
    assert [[claim.item for claim in file.claims] for file in desk.plan.evidence] == [["town.trees"]] * 2
    assert "Jumlah pohon" in page.model.text(desk.plan.evidence[0], CLAIMS)
    page.choose(desk.plan.evidence[0].id)
    ((_, found),) = page.model.claims_of(page.chosen()[0])
    page.detail._goer(found)()
    desk.settle()
    assert desk.window.workbench.stop.ref == "town"


def test_a_claim_for_a_row_nobody_wrote_in_makes_the_row(desk, page, give, letters, monkeypatch):
    give(letters[0])
    dialog = claiming.Claiming(desk.session, page)
    dialog.words.setText("lembar siap")
    chosen = dialog.chosen()[0]
    assert chosen.untouched is not None
    dialog.deleteLater()
    monkeypatch.setattr(evidence_page, "ask_claims", lambda *_: [chosen])
    page.claim()
    assert any(row.id == chosen.place.row for row in desk.plan.rows["ready"])


@pytest.mark.slow
def test_removing_asks_nothing_and_is_undone(desk, page, give, letters):
    give(*letters)
    page.list.selectAll()
    page.list.setFocus()
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    desk.settle()
    assert not desk.plan.evidence
    assert "Belum ada bukti dukung" in page.detail._box.itemAt(0).widget().text()
    desk.session.undo()
    desk.settle()
    assert len(desk.plan.evidence) == 3
    assert len(page.model.files) == 3


@pytest.mark.slow
def test_a_page_made_with_large_letters_gives_its_names_room_again(desk):
    from desktop.ui.files.table import FIXED

    desk.session.remember(text_percent=200)
    page = desk.visit("evidence")
    desk.session.remember(text_percent=100)
    desk.settle()
    for column, wide in FIXED.items():
        assert page.list.columnWidth(column) in {0, wide}


@pytest.mark.slow
def test_filters(desk, page, give, letters):
    give(*letters, photo(desk.folder / "taman.jpg", place=False))
    desk.change(lambda op: op.claim(desk.plan.evidence[0].id, TREES))
    for show, names in (
        (Show.LOOSE, ["perbup.pdf", "daftar.xlsx", "taman.jpg"]),
        (Show.UNNAMED, ["sk.pdf", "perbup.pdf", "daftar.xlsx"]),
        (Show.PHOTOS, ["taman.jpg"]),
        (Show.PDF, ["sk.pdf", "perbup.pdf"]),
        (Show.OTHERS, ["daftar.xlsx"]),
    ):
        page.show_only.setCurrentIndex(page.show_only.findData(show))
        page._narrow()
        assert [file.name for file in page.model.files] == names
    page.show_only.setCurrentIndex(0)
    page.filter.setText("pohon")
    assert [file.name for file in page.model.files] == ["sk.pdf"]
    page.filter.setText("maret 2026")
    assert [file.name for file in page.model.files] == ["taman.jpg"]
    # a finding's place is shown even when the filter hides it
    assert page.point_at(Place("evidence", desk.plan.evidence[1].id, "caption", "id"))
    assert [file.name for file in page.chosen()] == ["perbup.pdf"]


# -- looks -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_pictures_of_photos_and_pdfs_are_drawn_beside_the_window_and_kept(desk, page, give, letters):
    kept = give(letters[0], letters[2], photo(desk.folder / "a.jpg", place=False))
    thumbs = page.model.thumbs
    desk.qtbot.waitUntil(lambda: all(thumbs.picture(file) is not None for file in (kept[0], kept[2])))
    assert thumbs.seen(kept[0]).pages == 1
    assert thumbs.picture(kept[1]) is None, "a spreadsheet is shown by its icon"
    page.turn(1)
    desk.settle()
    assert not page.tiles.grab().isNull()
    # another session finds them on this computer
    thumbs._known.clear()
    thumbs.picture(kept[2])
    desk.qtbot.waitUntil(lambda: thumbs.picture(kept[2]) is not None)


def test_a_drawing_with_a_program_in_it_is_never_drawn(desk, page, give):
    path = desk.folder / "peta.svg"
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    (kept,) = give(path)
    assert page.model.thumbs.picture(kept) is None
    page.look_inside()
    desk.qtbot.waitUntil(lambda: page.viewing.viewer.problem is not None)
    assert page.viewing.viewer.problem.id == "ui.viewer.other_kind"
    page.viewing.close()


@pytest.mark.slow
def test_space_opens_the_viewer_and_it_goes_on_to_the_next_file(desk, page, give, letters):
    give(*letters)
    page.choose(desk.plan.evidence[0].id)
    page.list.setFocus()
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Space)
    viewing = page.viewing
    desk.qtbot.waitUntil(lambda: viewing.viewer.sheet.image is not None)
    assert viewing.windowTitle() == "sk.pdf"
    viewing.go(1)
    desk.qtbot.waitUntil(lambda: viewing.viewer.sheet.image is not None)
    assert viewing.file.name == "perbup.pdf"
    viewing.go(1)
    desk.qtbot.waitUntil(lambda: viewing.viewer.problem is not None)
    viewing.close()


def hundreds(op):
    """Three hundred small photos, each another file."""
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(picture, "PNG")
    for number in range(300):
        data = picture.getvalue() + bytes([number // 256, number % 256])
        op.attach(data, name=f"foto {number}.png", media_type="image/png", caption={"id": f"Foto {number}"})


@pytest.mark.slow
def test_of_three_hundred_files_only_those_in_sight_are_looked_at(desk, page, monkeypatch):
    """Milliseconds: tests/bench/bench_frames.py."""
    desk.change(hundreds)
    assert steps(page.refresh) < 150 * 300
    page.turn(1)
    desk.settle()
    asked, threads, look = [], set(), thumbs._look_at
    monkeypatch.setattr(
        thumbs, "_look_at", lambda *about: (threads.add(threading.current_thread()), look(*about))[1]
    )
    picture = Thumbs.picture
    monkeypatch.setattr(Thumbs, "picture", lambda own, file: (asked.append(file.name), picture(own, file))[1])
    bar = page.tiles.verticalScrollBar()
    for step in range(1, 11):
        asked.clear()
        bar.setValue(bar.maximum() * step // 10)
        assert steps(QApplication.processEvents) < 40_000
        assert 0 < len(set(asked)) < 30
    desk.qtbot.waitUntil(lambda: bool(threads))
    assert threading.current_thread() not in threads


# -- out -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_files_can_be_dragged_and_copied_out(desk, page, give, letters):
    give(*letters)
    page.list.selectAll()
    data = page.model.mimeData(page.list.selectionModel().selectedIndexes())
    paths = [url.toLocalFile() for url in data.urls()]
    assert [path.rpartition("/")[2] for path in paths] == ["sk.pdf", "perbup.pdf", "daftar.xlsx"]
    assert Path(paths[0]).read_bytes() == letters[0].read_bytes()
    page.copy()
    assert len(QApplication.clipboard().mimeData().urls()) == 3


def test_copies_are_saved_one_or_several(desk, page, give, letters, monkeypatch):
    give(*letters)
    page.choose(desk.plan.evidence[0].id)
    one = desk.folder / "salinan.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(one), ""))
    page.save()
    assert one.read_bytes() == letters[0].read_bytes()
    out = desk.folder / "keluar"
    out.mkdir()
    (out / "sk.pdf").write_bytes(b"milik orang lain")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    page.list.selectAll()
    page.save()
    assert sorted(path.name for path in out.iterdir()) == [
        "daftar.xlsx",
        "perbup.pdf",
        "sk (2).pdf",
        "sk.pdf",
    ]
    assert (out / "sk.pdf").read_bytes() == b"milik orang lain"


@pytest.mark.slow
def test_all_is_saved_as_numbered_folders(desk, page, give, letters, monkeypatch):
    give(*letters)
    out = desk.folder / "bernomor"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    monkeypatch.setattr(outgoing.QDesktopServices, "openUrl", lambda *_: True)
    page.outgoing.save_all()
    desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=20_000)
    assert (out / "01 Belum dikaitkan" / "001 sk.pdf").read_bytes() == letters[0].read_bytes()
    assert (out / "daftar.csv").exists()


@pytest.mark.slow
def test_every_column_speaks_and_nothing_is_editable_in_a_read_only_document(desk, page, give, letters):
    (kept,) = give(letters[0])
    assert page.model.spoken(kept).startswith("sk.pdf, PDF")
    for column in (NAME, CAPTION, CLAIMS, TAKEN, SIZE):
        assert page.model.headerData(column, Qt.Orientation.Horizontal)
    path = desk.path
    desk.session.leave()
    desk.session.open(path, read_only=True)
    desk.settle()
    page = desk.visit("evidence")
    assert not page.plus.isEnabled()
    assert not page.model.flags(page.model.index(0, CAPTION)) & Qt.ItemFlag.ItemIsEditable
    page.remove()
    page.take([letters[1]])
    assert len(desk.plan.evidence) == 1


@pytest.mark.slow
def test_what_shall_happen_to_photos_is_a_setting(desk):
    card = desk.visit("settings").photos
    assert card.place.currentText() == "Tanyakan saat foto pertama ditambahkan"
    desk.session.remember(photo_place="drop")
    desk.settle()
    assert card.place.currentText() == "Tanpa lokasi"
    card.place.setCurrentIndex(1)
    card.place.activated.emit(1)
    card.original.click()
    assert (desk.session.settings.photo_place, desk.session.settings.photo_original) == ("keep", True)


@pytest.mark.slow
@pytest.mark.parametrize("leave", ["escape", "frame"])
def test_the_window_to_look_in_closes(desk, page, give, letters, leave):
    give(letters[0])
    window = viewing.look_at(desk.session, desk.plan.evidence, 0, page)
    desk.settle()
    if leave == "escape":
        desk.qtbot.keyClick(window, Qt.Key.Key_Escape)
    else:
        window.close()
    assert not window.isVisible()
    desk.settle()


@pytest.mark.slow
def test_claims_without_evidence_stand_first_and_are_attached_from_there(desk, page, tmp_path, monkeypatch):
    with desk.session.change(LABEL) as operation:
        operation.answer("town.trees", 12)
    page.refresh()
    assert not page.missing.isHidden()
    page.missing.fold.click()
    texts = [page.missing.list.item(row).text() for row in range(page.missing.list.count())]
    at = next(row for row, each in enumerate(page.missing.found) if each.claim.place.item == "town.trees")
    assert page.missing.found[at].required
    assert "Wajib" in texts[at] or "Required" in texts[at]
    page.missing.list.setCurrentRow(at)
    path = tmp_path / "sk.pdf"
    path.write_bytes(a_pdf())
    monkeypatch.setattr(evidence_page, "ask_open_many", lambda *_: [path])
    page.missing.attach.click()
    desk.qtbot.waitUntil(lambda: not Intake.of(desk.session).busy)
    assert TREES in desk.session.plan.evidence[0].claims
    assert all(each.claim.place.item != "town.trees" for each in page.missing.found)
    desk.session.undo()
    assert not desk.session.plan.evidence


@pytest.mark.slow
def test_a_file_that_is_here_is_linked_to_what_has_none(desk, page, give, tmp_path):
    path = tmp_path / "sk.pdf"
    path.write_bytes(a_pdf())
    give(path)
    with desk.session.change(LABEL) as operation:
        operation.answer("town.trees", 12)
    page.refresh()
    page.missing.fold.click()
    at = next(row for row, each in enumerate(page.missing.found) if each.claim.place.item == "town.trees")
    page.missing.list.setCurrentRow(at)
    assert page.missing.link.isEnabled()
    page.missing.link.click()
    assert TREES in desk.session.plan.evidence[0].claims


@pytest.mark.slow
def test_the_days_of_a_file_are_written_beside_it(desk, page, give, tmp_path):
    give(photo(tmp_path / "foto.jpg", (300, 200), place=False))
    assert desk.session.plan.evidence[0].taken_on == "2026-03-12"
    assert [box.field.id for box in page.boxes] == ["caption", "taken_on", "valid_until"]
    assert page.point_at(Place("evidence", desk.session.plan.evidence[0].id, "valid_until"))
    with desk.session.change(LABEL) as operation:
        operation.set("evidence", desk.session.plan.evidence[0].id, valid_until="2020-01-31")
    page.show_only.setCurrentIndex(list(Show).index(Show.EXPIRED))
    page._narrow()
    assert len(page.model.files) == 1


@pytest.mark.slow
def test_export_asks_how_and_writes_beside_the_window(desk, page, give, tmp_path, monkeypatch):
    from desktop.exchange.evidence_export import Caps
    from desktop.ui.dialogs import evidence_export as dialog

    path = tmp_path / "sk.pdf"
    path.write_bytes(a_pdf())
    give(path)
    asked = dialog.ExportDialog(desk.session, page)
    desk.qtbot.addWidget(asked)
    asked.largest.setCurrentIndex(2)
    asked.zipped.setChecked(True)
    assert asked.caps() == Caps(file=2_000_000, zipped=True)
    out = tmp_path / "keluar"
    monkeypatch.setattr(outgoing, "ask_export", lambda *_: dialog.Wanted(out, asked.caps()))
    monkeypatch.setattr(outgoing.QDesktopServices, "openUrl", lambda _: True)
    page.export.click()
    desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=20_000)
    assert len(list(out.glob("bukti-*.zip"))) == 1
    assert len(list(out.glob("*.xlsx"))) == 1
