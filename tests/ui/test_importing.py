"""Last year's Excel into the plan in three steps: found, open, taken over; given up at any time."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.base import Message
from desktop.ui.dialogs import importing
from desktop.ui.dialogs.importing import FOUND, OPEN, TAKING, ImportDialog
from tests.data.planning import tables
from tests.exchange.lists import csv_file, xlsx_file


@pytest.fixture
def shown(desk, qtbot):
    """Opens the dialog for a file and waits until it is read."""
    made = []

    def show(path):
        dialog = ImportDialog(desk.session, path, desk.window)
        made.append(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.preview is not None, timeout=30_000)
        return dialog

    yield show
    for dialog in made:
        dialog.reject()
        dialog.deleteLater()


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def column(dialog, number):
    model = dialog.found.model
    return [model.text(row, number).strip() for row in range(model.rowCount())]


@pytest.mark.slow
def test_a_renstra_is_shown_as_it_will_be_then_taken_over_as_one_change(desk, shown, qtbot):
    dialog = shown(tables.renstra(desk.folder))
    assert dialog.pages.currentIndex() == FOUND
    assert dialog.found.table.hasFocus()
    assert "Renstra" in dialog.found.summary.text()
    assert column(dialog, 2)[:3] == [
        "Program Pengelolaan Pendidikan 1",
        "Kegiatan 1 Pengelolaan Pendidikan 1",
        "Kegiatan 2 Pengelolaan Pendidikan 1",
    ]
    assert column(dialog, 4)[0] == "100.000.000"
    assert not dialog.back.isVisible()
    dialog.ok.click()
    assert dialog.pages.currentIndex() == OPEN
    assert set(dialog.asking.combos) == {"rupiah_unit", "funding", "activities"}
    assert next(iter(dialog.asking.combos.values())).hasFocus()
    dialog.ok.click()
    assert dialog.pages.currentIndex() == TAKING
    assert any("6 program baru" in text for text in texts(dialog.taking))
    assert dialog.ok.text() == "Masukkan 6 program"
    before = desk.plan
    dialog.ok.click()
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=30_000)
    assert (dialog.report.new, dialog.report.activities) == (6, 12)
    assert len(desk.plan.programmes) == 6
    desk.session.undo()
    assert desk.plan.programmes == before.programmes
    assert desk.plan.agencies == before.agencies


@pytest.mark.slow
def test_the_unit_changes_the_amounts_before_ones_eyes(desk, shown):
    dialog = shown(tables.rpjmd(desk.folder))
    assert column(dialog, 4)[0] == "5.000.000.000"
    dialog.answer("rupiah_unit", "million")
    assert column(dialog, 4)[0] == "5.000.000.000.000"
    assert "Rp146.000.000.000.000" in dialog.found.summary.text()


@pytest.mark.slow
def test_amounts_that_name_their_own_unit_are_shown_as_they_are(desk, shown):
    rows = [["Program", "Pagu 2027"], ["Layanan A", "1,5 miliar"], ["Layanan B", "250000"]]
    dialog = shown(csv_file(desk.folder, rows))
    dialog.answer("rupiah_unit", "thousand")
    assert column(dialog, 4) == ["1.500.000.000", "250.000.000"]
    assert "Rp1.750.000.000" in dialog.found.summary.text()


@pytest.mark.slow
def test_sums_that_differ_and_what_is_left_are_told_with_their_cells(desk, shown):
    dialog = shown(tables.renja(desk.folder))
    assert any("selisih Rp100.000.000" in text for text in texts(dialog.found))
    assert not dialog.found.left.isVisible()
    dialog.found.show_left.click()
    assert dialog.found.left.isVisible()
    assert "Kolom H" in dialog.found.left.item(0).text()
    desk.settle()
    page, listed = dialog.found, dialog.found.left.geometry()
    assert listed.bottom() <= page.verticalScrollBar().value() + page.viewport().height(), "all of it is seen"


@pytest.mark.slow
def test_sheets_are_chosen_and_read_again(desk, shown, qtbot):
    dialog = shown(tables.renstra_2025(desk.folder))
    assert dialog.found.sheets.count() == 3
    dialog.found.sheets.item(0).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    assert len(dialog.preview.programmes) == 2
    for row in (1, 2):
        dialog.found.sheets.item(row).setCheckState(Qt.CheckState.Unchecked)
        qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    assert sum(sheet.chosen for sheet in dialog.preview.sheets) == 1


@pytest.mark.slow
def test_an_answer_that_changes_the_reading_reads_again_and_stays_on_the_step(desk, shown, qtbot):
    dialog = shown(tables.indented(desk.folder))
    assert len(dialog.preview.programmes) == 2
    dialog.ok.click()
    combo = dialog.asking.combos["levels"]
    combo.setCurrentIndex(combo.findData("flat"))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    assert dialog.pages.currentIndex() == OPEN
    assert len(dialog.preview.programmes) == 5


@pytest.mark.slow
def test_amounts_that_read_in_two_ways_are_shown_as_they_are_taken(desk, shown, qtbot):
    """What is suggested for the reading is read so at once, and what that asks is asked at once."""
    dialog = shown(csv_file(desk.folder, [["Program", "Pagu 2026"], ["A", "1.250"], ["B", "2.500"]]))
    assert column(dialog, 4) == ["1.250", "2.500"]
    dialog.ok.click()
    assert set(dialog.asking.combos) >= {"number_style", "rupiah_unit", "funding"}
    dialog.answer("number_style", "point")
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    assert column(dialog, 4) == ["1", "2"]
    dialog.answer("number_style", "comma")
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    dialog.answer("rupiah_unit", "million")
    for each in dialog.preview.questions:
        if not dialog.answers[each.id]:
            dialog.answer(each.id, each.options[0].id)
    dialog.ok.click()
    dialog.ok.click()
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=30_000)
    assert [p.budget[0].indicative for p in desk.plan.programmes] == [1_250_000_000, 2_500_000_000]


@pytest.mark.slow
def test_what_nobody_answered_follows_the_sheets_that_are_read(desk, shown, qtbot):
    plain = [["Program", "Pagu 2026"], ["A", 5_000_000_000]]
    dialog = shown(
        xlsx_file(
            desk.folder,
            plain,
            more={"Lain": [["Dalam ribuan rupiah"], ["Program", "Pagu 2026"], ["B", 7_000_000]]},
        )
    )
    assert dialog.found.sheets.count() == 2
    dialog.found.sheets.item(0).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    assert dialog.answers["rupiah_unit"] == "thousand"
    dialog.found.sheets.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    dialog.found.sheets.item(1).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    assert dialog.answers["rupiah_unit"] == "rupiah"
    dialog.answer("rupiah_unit", "million")
    dialog.found.sheets.item(1).setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    assert dialog.answers["rupiah_unit"] == "million", "what somebody said stays"


@pytest.mark.slow
def test_several_programmes_get_a_dimension_at_once_by_keyboard(desk, shown):
    dialog = shown(tables.renstra(desk.folder))
    dialog.ok.click()
    batch = dialog.asking.batches["dimension"]
    batch.table.setFocus()
    desk.qtbot.keyClick(batch.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(batch.chosen) == 6
    batch.combo.setCurrentIndex(2)
    batch.combo.activated.emit(2)
    wanted = batch.combo.itemData(2)
    given = {dialog.answers[row.question.id] for row in batch.model.rows}
    assert given == {wanted}
    desk.qtbot.keyClick(batch.table, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not batch.table


@pytest.mark.slow
def test_a_doubtful_cell_is_decided_and_the_list_is_read_again(desk, shown, qtbot):
    rows = [
        ["Program", "Indikator", "Target 2026", "Pagu 2026"],
        ["Layanan A", "1. IKM\n2. SPBE", "80", "1000000000"],
        ["Layanan B", "Literasi", "70", "1000000000\n500000000"],
    ]
    dialog = shown(csv_file(desk.folder, rows))
    dialog.ok.click()
    batch = dialog.asking.batches["cells"]
    assert [batch.model.text(row, 0) for row in range(2)] == [
        "list C2 (Target 2026): 80",
        "list D3 (Pagu 2026): 1000000000 / 500000000",
    ]
    assert [batch.combo.itemData(row) for row in range(batch.combo.count())] == ["", "leave", "all"]
    batch.combo.setCurrentIndex(2)
    batch.combo.activated.emit(2)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    assert dialog.pages.currentIndex() == OPEN
    assert "SPBE: 80" in column(dialog, 5)[0]
    batch.table.selectRow(1)
    assert [batch.combo.itemData(row) for row in range(batch.combo.count())] == ["", "leave", "sum", "first"]


@pytest.mark.slow
def test_anybodys_table_is_explained_known_again_and_forgotten(desk, shown, qtbot):
    rows = [["Nama Unggulan", "Yang mengurus"], ["Taman baca", "Dinas X"], ["Posyandu digital", "Dinas Y"]]
    dialog = shown(csv_file(desk.folder, rows))
    assert dialog.pages.currentIndex() == OPEN
    combo = dialog.asking.combos["programme_column"]
    assert not dialog.ok.isEnabled()
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    batch = dialog.asking.batches["mapping"]
    batch.table.selectRow(1)
    batch.combo.setCurrentIndex(batch.combo.findData("agency"))
    batch.combo.activated.emit(batch.combo.currentIndex())
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)
    assert column(dialog, 3) == ["Dinas X", "Dinas Y"]
    dialog.ok.click()
    dialog.ok.click()
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=30_000)
    again = shown(csv_file(desk.folder, rows, name="lagi.csv"))
    assert column(again, 3) == ["Dinas X", "Dinas Y"]
    assert again.found.forget.isVisible()
    assert again.asking.batches["mapping"].model.text(1, 2) == "seperti terakhir kali"
    again.ok.click()
    again.ok.click()
    assert next(text for text in texts(again.taking) if "program" in text) == (
        "2 program sudah ada di dokumen ini; tidak ada angka atau nama yang berubah."
    )
    assert again.ok.text() == "Tidak ada yang dimasukkan", "it offered to bring in 2 programmes"
    assert not again.ok.isEnabled()
    assert again.ok.toolTip() in texts(again.taking)
    again.found.forget.click()
    qtbot.waitUntil(lambda: not again.busy, timeout=30_000)
    assert again.preview.programmes == ()
    assert not again.found.forget.isVisible()


@pytest.mark.slow
def test_a_missing_answer_holds_the_last_step_back_and_is_told(desk, shown):
    rows = [
        ["Program", "Tahun", "Sumber Dana", "Pagu"],
        ["Layanan A", "2027", "Uang dari langit", "1000000000"],
    ]
    dialog = shown(csv_file(desk.folder, rows))
    dialog.ok.click()
    combo = dialog.asking.combos["funding:uang dari langit"]
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    assert not dialog.ok.isEnabled()
    assert "1" in dialog.asking.state.text()
    assert dialog.ok.toolTip()


@pytest.mark.slow
def test_a_newer_file_shows_what_changes(desk, shown, qtbot):
    old = [["Program", "OPD", "Pagu 2027"], ["Layanan A", "Dinas X", "1000000000"]]
    importing_all(shown(csv_file(desk.folder, old)), qtbot)
    new = [["Program", "OPD", "Pagu 2027"], ["Layanan A", "Dinas X", "1500000000"]]
    dialog = shown(csv_file(desk.folder, new, name="baru.csv"))
    dialog.ok.click()
    dialog.ok.click()
    assert dialog.taking.changes.count() == 1
    assert dialog.ok.text() == "Perbarui 1 program"
    assert "dari Rp1.000.000.000 menjadi Rp1.500.000.000" in dialog.taking.changes.item(0).text()


@pytest.mark.slow
def test_what_the_team_and_the_list_changed_is_decided_in_the_last_step(desk, shown, qtbot):
    from desktop.base import Message

    head = ["Program", "OPD", "Pagu 2026", "Pagu 2027", "Pagu 2028"]
    old = [head, ["Layanan A", "Dinas X", "1000000000", "1000000000", "1000000000"]]
    importing_all(shown(csv_file(desk.folder, old)), qtbot)
    with desk.session.change(Message("x")) as op:
        for line in desk.plan.programmes[0].budget[:2]:
            op.set("budget_line", line.id, indicative=7 * 10**8)
    new = [
        head,
        ["Layanan A", "Dinas X", "1000000000", "1200000000", "1300000000"],
        ["Layanan B", "", "", "", ""],
    ]
    dialog = shown(csv_file(desk.folder, new, name="baru.csv"))
    assert column(dialog, 0) == ["diragukan", "baru"]
    dialog.ok.click()
    dialog.ok.click()
    assert dialog.pages.currentIndex() == TAKING
    said = [dialog.taking.changes.item(row).text() for row in range(dialog.taking.changes.count())]
    assert ["2028" in said[0], "tetap Rp700.000.000" in said[1], len(said)] == [True, True, 2]
    batch = dialog.taking.held
    assert batch.model.text(0, 0) == (
        "Layanan A: pagu indikatif 2027. Di sini Rp700.000.000, dalam daftar Rp1.200.000.000,"
        " impor terakhir Rp1.000.000.000."
    )
    assert not dialog.ok.isEnabled()
    assert dialog.ok.toolTip()
    batch.combo.setCurrentIndex(batch.combo.findData("list"))
    batch.combo.activated.emit(batch.combo.currentIndex())
    assert dialog.ok.text() == "Masukkan 1 program, perbarui 1"
    assert "1.200.000.000" in batch.model.text(0, 1)
    dialog.ok.click()
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=30_000)
    assert [line.indicative for line in desk.plan.programmes[0].budget] == [7 * 10**8, 12 * 10**8, 13 * 10**8]


def importing_all(dialog, qtbot):
    for _ in range(3):
        dialog.ok.click()
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=30_000)


@pytest.mark.slow
def test_reading_and_taking_over_can_be_given_up(desk, shown, qtbot):
    head = desk.session.workspace.head
    dialog = ImportDialog(desk.session, tables.renstra(desk.folder, 40, name="besar.xlsx"), desk.window)
    dialog.show()
    assert dialog.busy
    dialog.reject()
    assert not dialog.busy
    dialog.deleteLater()
    dialog = shown(desk.folder / "besar.xlsx")
    dialog.ok.click()
    dialog.ok.click()
    dialog.ok.click()
    assert dialog.busy
    dialog.reject()
    assert desk.session.workspace.head == head
    assert desk.plan.programmes == ()


@pytest.mark.slow
def test_what_precedes_the_writing_is_done_beside_the_window(desk, shown, qtbot, monkeypatch):
    """Holding the list against the plan and the backup: the window paints, and Cancel is heard meanwhile."""
    import threading

    from desktop.workspace import keeping

    usual, threads, going_on = keeping.back_up_beside, [], threading.Event()

    def slow(report, *about):
        threads.append(threading.current_thread())
        going_on.wait(20)
        return usual(report, *about)

    monkeypatch.setattr(keeping, "back_up_beside", slow)
    head, saved = desk.session.workspace.head, desk.session.workspace.backups()
    for given_up in (True, False):
        dialog = shown(tables.renstra(desk.folder))
        dialog.ok.click()
        dialog.ok.click()
        dialog.ok.click()
        wanted = 1 if given_up else 2
        qtbot.waitUntil(lambda wanted=wanted: len(threads) == wanted, timeout=30_000)
        assert dialog.busy
        assert dialog.pages.currentWidget() is dialog.reading
        if given_up:
            dialog.reject()
            going_on.set()
            threads[0].join(30)
            assert (desk.session.workspace.head, desk.session.workspace.backups()) == (head, saved)
            assert desk.plan.programmes == ()
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=30_000)
    assert threading.main_thread() not in threads
    assert desk.session.workspace.backups()[0].name == dialog.report.backup.name
    assert len(desk.plan.programmes) == 6


@pytest.mark.slow
def test_what_the_team_deleted_is_shown_and_stays_away(desk, shown, qtbot):
    rows = [["Program", "OPD", "Pagu 2026"], ["Layanan A", "Dinas X", 10**9], ["Layanan B", "Dinas X", 10**9]]
    for _ in range(2):
        dialog = shown(xlsx_file(desk.folder, rows))
        dialog.ok.click()
        for each in dialog.preview.questions:
            if not dialog.answers[each.id]:
                dialog.answer(each.id, each.options[0].id)
        dialog.ok.click()
        if len(desk.plan.programmes) == 1:
            break
        dialog.ok.click()
        qtbot.waitUntil(lambda dialog=dialog: dialog.report is not None, timeout=30_000)
        with desk.session.change(Message("x")) as op:
            op.delete("programme", desk.plan.programmes[1].id)
    assert column(dialog, 0) == ["sama", "dihapus tim"]
    batch = dialog.asking.batches["again"]
    assert (batch.model.text(0, 0), batch.model.text(0, 1)) == ("Layanan B", "Tidak, biarkan terhapus")
    assert any("1 program yang dihapus tim" in text for text in texts(dialog.taking))
    assert dialog.ok.text() == "Tidak ada yang dimasukkan"
    dialog.back.click()
    batch.combo.setCurrentIndex(batch.combo.findData("again"))
    batch.combo.activated.emit(batch.combo.currentIndex())
    dialog.ok.click()
    assert column(dialog, 0) == ["sama", "baru"]
    assert dialog.ok.text() == "Masukkan 1 program"


def test_rows_copied_in_a_spreadsheet_are_imported_like_a_file(desk, shown, qtbot, monkeypatch):
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QGuiApplication

    made = []
    monkeypatch.setattr(importing, "import_path", lambda parent, session, handed: made.append(handed))
    QGuiApplication.clipboard().setText("hanya satu baris")
    importing.import_pasted(desk.window, desk.session)
    assert [message.id for message in desk.said] == ["ui.import.nothing_copied"]
    copied = QMimeData()
    copied.setText('Program\tIndikator\tTarget 2026\r\nTaman baca\t"1. IKM\n2. SPBE"\t"80\n3"\r\n')
    QGuiApplication.clipboard().setMimeData(copied)
    importing.import_pasted(desk.window, desk.session)
    dialog = shown(made[0])
    assert "Papan klip" in dialog.windowTitle()
    assert column(dialog, 2) == ["Taman baca"]
    assert column(dialog, 4) == ["IKM: 80; SPBE: 3"]


def test_our_own_workbook_comes_back_as_one(desk, monkeypatch):
    from desktop.exchange import arrival
    from desktop.ui.dialogs import workbooks_in

    received = []
    monkeypatch.setattr(
        workbooks_in, "receive_paths", lambda _parent, _session, paths: received.append(paths)
    )
    path = xlsx_file(desk.folder, [["Program"], ["A"]])
    told = arrival.Arrival(path, arrival.Kind.WORKBOOK)
    monkeypatch.setattr(arrival, "look", lambda _path, **_how: told)
    importing.import_path(desk.window, desk.session, path)
    assert received == [[path]]


@pytest.mark.slow
def test_every_control_has_a_name_in_both_languages(desk, shown):
    from desktop.base import Language

    dialog = shown(tables.renstra_2025(desk.folder))
    for language in Language:
        desk.session.speaker.switch(language)
        desk.settle()
        controls = [dialog.found.table, dialog.found.sheets, dialog.found.left, dialog.taking.changes]
        controls += [batch.table for batch in dialog.asking.batches.values()]
        controls += [batch.combo for batch in dialog.asking.batches.values()]
        controls += [dialog.taking.held.table, dialog.taking.held.combo, *dialog.asking.combos.values()]
        assert all(control.accessibleName() for control in controls)
        assert not [text for text in texts(dialog) if "ui." in text or "exchange." in text]


def test_a_broken_file_ends_with_a_sentence(desk):
    path = desk.folder / "rusak.xlsx"
    path.write_bytes(b"PK\x03\x04")
    importing.import_path(desk.window, desk.session, path)
    assert [message.id for message in desk.said] == ["exchange.table.unreadable"]
