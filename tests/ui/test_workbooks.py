"""Agency workbooks in the window: made for agencies, brought back with a preview, asked about, taken over."""

from __future__ import annotations

import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.exchange.agency_workbook import make
from desktop.exchange.arrival import Kind, look
from desktop.ui.dialogs import bring_back, workbooks_in, workbooks_out, workbooks_told
from desktop.ui.dialogs.handing_out import HandOut
from desktop.ui.dialogs.workbooks_in import ASKED, SEEN, TAKING, WorkbooksIn
from desktop.ui.dialogs.workbooks_out import WorkbooksOut
from tests.exchange.agency_workbook.books import LABEL, Book

WISHES = "worksheet.wishes"


@pytest.fixture
def town(desk):
    """Two agencies, the first with a programme."""
    with desk.session.workspace.operation(LABEL) as op:
        desk.water = op.insert("agency", name={"id": "Dinas Air"}, short_name="AIR")
        desk.land = op.insert("agency", name={"id": "Dinas Tanah"}, short_name="TANAH")
        desk.wells = op.insert("programme", title={"id": "Sumur"}, lead=desk.water, total_budget=5)
    desk.settle()
    return desk


@pytest.fixture
def book(town):
    return Book(make(town.session.workspace, town.water, town.folder / "air.xlsx").path)


def opened(town, qtbot, *paths):
    dialog = WorkbooksIn(town.session, list(paths), town.window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: not dialog.busy)
    return dialog


@pytest.mark.slow
def test_workbooks_are_made_for_those_that_are_ticked(town, qtbot):
    dialog = WorkbooksOut(town.session, town.window)
    qtbot.addWidget(dialog)
    assert dialog.chosen == [town.water, town.land]
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.chosen == [town.land]
    dialog.make(town.folder / "keluar")
    qtbot.waitUntil(lambda: bool(dialog.made))
    assert [each.path.name for each in dialog.made] == ["Buku kerja TANAH.xlsx"]
    assert look(dialog.made[0].path).kind is Kind.WORKBOOK
    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.ok.isEnabled()


@pytest.mark.slow
def test_the_command_says_where_they_lie(town, qtbot, monkeypatch):
    told = []
    town.session.told.connect(told.append)

    def choose(dialog):
        dialog.make(town.folder / "keluar")
        qtbot.waitUntil(lambda: bool(dialog.made))
        return 1

    monkeypatch.setattr(WorkbooksOut, "exec", choose)
    workbooks_out.hand_out_workbooks(town.window, town.session)
    assert [(each.id, each.params["n"]) for each in told] == [("ui.workbooks.made", 2)]


@pytest.mark.slow
def test_a_workbook_is_seen_asked_about_and_taken(town, qtbot, book):
    book.put(WISHES, book.free(WISHES), "wish", "Sumur kedua")
    row = book.row("programme", town.wells)
    book.put("programme", row, "start_year", 2028)
    book.put("programme", row, "total_budget", "kira-kira")
    dialog = opened(town, qtbot, book.save())
    assert dialog.pages.currentIndex() == SEEN
    assert "1 isian, 1 baris baru, dan 1 pertanyaan" in dialog.seen.text()
    head = town.session.workspace.head
    dialog.go_on()
    assert dialog.pages.currentIndex() == ASKED
    assert len(dialog.asking.combos) == 1
    assert town.session.workspace.head == head
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == TAKING)
    assert "Dinas Air: 1 isian dan 1 baris baru" in dialog.outcome.text()
    assert town.session.plan.programmes[0].start_year == 2028
    assert [each.author for each in town.session.workspace.recent(1)] == ["Dinas Air"]
    dialog.copy.click()
    assert "Dinas Air: 1 isian" in QApplication.clipboard().text()
    dialog.go_on()
    assert dialog.result() == 1


@pytest.mark.slow
def test_an_answer_about_a_whole_sheet_is_looked_at_again(town, qtbot, book):
    for words in ("Satu", "Dua", "Tiga"):
        with town.session.workspace.operation(LABEL) as op:
            row = op.add_row("wishes", agency=town.water)
            op.cell_text(row, "wish", "id", words)
    later = Book(make(town.session.workspace, town.water, town.folder / "lagi.xlsx").path)
    later.sort(WISHES, "wish", hidden=False)
    dialog = opened(town, qtbot, later.save())
    dialog.go_on()
    (combo,) = dialog.asking.combos.values()
    assert combo.currentData() == "contents"
    combo.setCurrentIndex(combo.findData("keys"))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.pages.currentIndex() == ASKED
    assert sum(len(each.taken) for each in dialog.looked.proposals) >= 2
    # what the answer changed was on no page, and the next button took it
    dialog.go_on()
    assert dialog.pages.currentIndex() == SEEN
    assert "“Satu” menjadi “Tiga”" in dialog.seen.text()
    dialog.go_on()
    assert dialog.pages.currentIndex() == ASKED
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == TAKING)


@pytest.mark.slow
def test_an_answer_says_below_it_all_that_it_does(town, qtbot, book):
    row, free = book.row("programme", town.wells), book.free("programme")
    page = book.sheet("programme")
    for at in range(1, page.max_column + 1):
        if page.cell(row, at).data_type != "f":
            page.cell(free, at).value = page.cell(row, at).value
    book.put("programme", free, "title", "Mobil dinas bupati")
    book.put("programme", free, "technology", f"Mesin {'dan roda ' * 60}TANPA LELANG")
    dialog = opened(town, qtbot, book.save())
    dialog.go_on()
    (combo,) = dialog.asking.combos.values()

    def shown():
        labels = dialog.asking.findChildren(QLabel)
        return "\n".join(each.text() for each in labels if not each.isHidden())

    assert combo.currentData() == "new"
    assert "Mobil dinas bupati" in shown()
    assert "TANPA LELANG" in shown()
    combo.setCurrentIndex(combo.findData("leave"))
    combo.activated.emit(combo.currentIndex())
    assert "Mobil dinas bupati" not in shown()


@pytest.mark.slow
def test_of_very_many_questions_some_are_asked_and_the_others_left_out(town, qtbot, book, monkeypatch):
    """Thousands of copied rows: the window stood still for twenty seconds, and longer at the next page."""
    monkeypatch.setattr(workbooks_told, "ASKED", 3)
    row, first, page = book.row("programme", town.wells), book.free("programme"), book.sheet("programme")
    for number in range(8):
        for at in range(1, page.max_column + 1):
            if page.cell(row, at).data_type != "f":
                page.cell(first + number, at).value = page.cell(row, at).value
        book.put("programme", first + number, "title", f"Salinan {number}")
    dialog = opened(town, qtbot, book.save())
    assert len(dialog.looked.doubts) == 8
    dialog.go_on()
    assert len(dialog.asking.combos) == 3
    assert any("5 " in each.text() for each in dialog.asking.findChildren(QLabel))
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == TAKING)
    assert len(town.session.plan.programmes) == 4
    again = opened(town, qtbot, book.path)
    assert len(again.looked.doubts) == 5, "the next ones are asked then"


@pytest.mark.slow
def test_damaged_ones_are_told_and_evidence_is_added(town, qtbot, book):
    row = book.row("programme", town.wells)
    book.put("programme", row, "evidence:", "sk.pdf")
    good = book.save(town.folder / "masuk.xlsx")
    bad = town.folder / "rusak.xlsx"
    bad.write_bytes(good.read_bytes()[:500])
    dialog = opened(town, qtbot, good, bad)
    assert "“rusak.xlsx” rusak" in dialog.seen.text()
    dialog.show()
    dialog.resize(600, 500)
    QApplication.processEvents()
    tree = dialog.seen.tree
    first, last = tree.topLevelItem(0), tree.topLevelItem(1)
    assert tree.visualItemRect(first).height() >= 2 * tree.fontMetrics().height()
    assert tree.visualItemRect(last).top() >= tree.visualItemRect(first).bottom()
    assert "tidak ikut dikirim" in dialog.seen.text()
    bukti = town.folder / "bukti"
    bukti.mkdir()
    (bukti / "SK.pdf").write_bytes(b"%PDF-1.4 sk")
    dialog.add_evidence(bukti)
    qtbot.waitUntil(lambda: not dialog.busy)
    assert "1 berkas" in dialog.seen.text()
    dialog.take_over()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == TAKING)
    assert [file.name for file in town.session.plan.evidence] == ["SK.pdf"]


@pytest.mark.slow
def test_closing_the_dialog_takes_nothing(town, qtbot, book):
    book.put(WISHES, book.free(WISHES), "wish", "Sumur kedua")
    head = town.session.workspace.head
    dialog = WorkbooksIn(town.session, [book.save()], town.window)
    qtbot.addWidget(dialog)
    dialog.reject()
    assert town.session.workspace.head == head


@pytest.mark.slow
def test_files_that_are_dropped_are_received_with_their_photos(town, book, monkeypatch):
    seen = []
    monkeypatch.setattr(workbooks_in, "receive_paths", lambda _window, _session, paths: seen.append(paths))
    photo = town.folder / "foto.pdf"
    photo.write_bytes(b"%PDF-1.4 foto")
    town.window.dropping.receive([book.path, photo])
    assert seen == [[book.path, photo]]


@pytest.mark.slow
def test_the_hand_out_dialog_leads_to_workbooks_for_those_that_are_ticked(town, monkeypatch):
    seen = []
    monkeypatch.setattr(WorkbooksOut, "exec", lambda dialog: seen.append(dialog.chosen) or 0)
    dialog = HandOut(town.session, town.window)
    dialog.workbooks.click()
    assert seen == [[town.water, town.land]]
    dialog = HandOut(town.session, town.window)
    dialog.people.item(1).setCheckState(Qt.CheckState.Checked)
    dialog.workbooks.click()
    assert seen[1:] == [[town.land]]


@pytest.mark.slow
def test_bringing_back_takes_workbooks_among_other_files(town, book, monkeypatch):
    other = town.folder / "rekan.rancang"
    seen = []
    monkeypatch.setattr(bring_back, "ask_open_many", lambda *_: [book.path, other])
    monkeypatch.setattr(bring_back, "bring_back_paths", lambda _parent, _session, paths: seen.append(paths))
    monkeypatch.setattr(workbooks_in, "receive_paths", lambda _parent, _session, paths: seen.append(paths))
    bring_back.bring_back_file(town.window, town.session)
    assert seen == [[book.path], [other]]


@pytest.mark.slow
def test_a_zip_that_was_dropped_is_received_with_the_workbook_in_it(town, qtbot, book, monkeypatch):
    book.put(WISHES, book.free(WISHES), "wish", "Sumur kedua")
    book.save()
    path = town.folder / "kiriman.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(book.path, "air.xlsx")
    seen = []
    monkeypatch.setattr(workbooks_in, "receive_paths", lambda _window, _session, paths: seen.append(paths))
    town.window.dropping.receive([path])
    assert seen == [[path]]
    dialog = opened(town, qtbot, path)
    assert "Dinas Air: 1 baris baru" in dialog.seen.text()
    unpacked = dialog.looked.books[0].path
    assert unpacked.exists()
    dialog.reject()
    assert not unpacked.exists()
