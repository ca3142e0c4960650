"""Stakeholders, consultations and inputs: typed by keyboard, answered, traced, and sheets back in."""

from __future__ import annotations

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.base.jobs import quiet
from desktop.checks import check
from desktop.exchange import demo
from desktop.exchange.input_sheets import write_sheets
from desktop.guideline import bundled_bytes
from desktop.ui.dialogs import files
from desktop.ui.hearing.sheets import ANYBODY, ReturnedSheet, SendSheets
from desktop.ui.hearing.sources import Narrowed
from desktop.workspace import Author, Workspace
from desktop.workspace.plan import Place


@pytest.fixture
def town(empty_desk):
    """A document of the guideline in force with two stakeholders and a programme."""
    desk = empty_desk
    workspace = Workspace.create(
        desk.folder / "daerah.rancang", region="18.07", first_year=2026, last_year=2030,
        pack=bundled_bytes(demo.GUIDELINE), author=Author("Sari", "secretary"), title={"id": "Rencana"},
    )  # fmt: skip
    desk.session.adopt(workspace)

    def fill(op):
        op.insert("stakeholder", name="PT Maju", kind="industry")
        op.insert("stakeholder", name="Karang Taruna", kind="community")
        for title in ("Perizinan tanpa loket", "Pasar panen"):
            op.insert("programme", title={"id": title}, dimension="economy")

    desk.change(fill)
    return desk


def paste(table, text, at):
    table.go(at)
    table.paste(text)


def said(desk, **values):
    return desk.change(
        lambda op: op.insert("input", **{"decision": "open", "body": {"id": "Tambah"}, **values})
    )


# ---- the register --------------------------------------------------------------------------------------
@pytest.mark.slow
def test_the_register_is_pasted_from_excel(town):
    page = town.visit("stakeholders")
    paste(page.register.table, "Unila\tAkademisi\tRiset\tRina\t0812\nWarga RT 5\tWarga", (2, 0))
    town.settle()
    assert [(each.name, each.kind) for each in town.plan.stakeholders[2:]] == [
        ("Unila", "academia"),
        ("Warga RT 5", "citizen"),
    ]
    # who takes part is drawn below, and follows
    town.qtbot.waitUntil(lambda: "4" in page.chart.words.text())
    assert page.chart.isVisible()
    assert town.plan.stakeholders[2].contact == "0812"
    town.session.undo()
    assert len(town.plan.stakeholders) == 2


@pytest.mark.slow
def test_who_was_heard_is_counted(town):
    first = town.plan.stakeholders[0].id
    said(town, stakeholder=first)

    def consult(op):
        meeting = op.insert("meeting", kind="consultation", start="2026-02-03", title={"id": "FGD"})
        op.insert("attendance", meeting=meeting, name="Budi", institution="karang taruna", present=False)

    town.change(consult)
    page = town.visit("stakeholders")
    rows = {row.values["name"]: row for row in page.register.model.rows if row.key}
    assert [rows["PT Maju"].values[name] for name in ("invited", "attended", "said")] == [0, 0, 1]
    assert [rows["Karang Taruna"].values[name] for name in ("invited", "attended", "said")] == [1, 0, 0]
    source, column = page.register.model.source, page.register.model.fields[0]
    assert source.remark(rows["PT Maju"], column) is None
    assert source.remark(rows["Karang Taruna"], column) is not None


@pytest.mark.slow
def test_input_of_a_consultation_is_typed_below_it(town):
    made = town.change(
        lambda op: op.insert("meeting", kind="consultation", start="2026-02-03", title={"id": "FGD"})
    )
    page = town.visit("stakeholders")
    assert page.point_at(Place("meeting", made, "title"))
    town.settle()
    grid = page._inputs.grid
    paste(grid.table, "PT Maju\tJam layanan\nKarang Taruna\tRuang bermain", (0, 0))
    town.settle()
    assert [(each.meeting, each.date, each.channel) for each in town.plan.inputs] == [
        (made, "2026-02-03", "meeting"),
        (made, "2026-02-03", "meeting"),
    ]
    assert [each.body.read("id") for each in town.plan.inputs] == ["Jam layanan", "Ruang bermain"]


@pytest.mark.slow
def test_enter_goes_to_the_next_input(town):
    page = town.visit("inputs")
    table = page.inputs.grid.table
    table.setFocus()
    table.go((0, 1))
    for text in ("Satu", "Dua", "Tiga"):
        town.qtbot.keyClicks(table, text[:1])
        editor = town.window.focusWidget()
        town.qtbot.keyClicks(editor, text[1:])
        town.qtbot.keyClick(town.window.focusWidget(), Qt.Key.Key_Return)
        town.settle()
    assert [each.body.read("id") for each in town.plan.inputs] == ["Satu", "Dua", "Tiga"]


# ---- answering -----------------------------------------------------------------------------------------
@pytest.mark.slow
def test_a_decision_remembers_who_and_when(town):
    row = said(town)
    page = town.visit("inputs")
    assert page.point_at(Place("input", row, "decision"))
    box = next(box for box in page.boxes if box.field.id == "decision")
    box.bindings[0].editor.show_value("rejected")
    box.bindings[0].editor.edited.emit()
    box.bindings[0].commit()
    town.settle()
    (now,) = town.plan.inputs
    assert (now.decision, now.answered_by, bool(now.answered_on)) == ("rejected", "Sari", True)
    report = check(town.plan, town.session.pack)
    (finding,) = [each for each in report.mandatory if each.check == "input_reason"]
    assert page.point_at(finding.place)
    town.session.undo()
    (now,) = town.plan.inputs
    assert (now.decision, now.answered_by) == ("open", "")


@pytest.mark.slow
def test_programmes_are_added_and_taken_off_each_as_one_change(town):
    row = said(town)
    one, other = (each.id for each in town.plan.programmes)
    page = town.visit("inputs")
    assert page.point_at(Place("input", row, "programmes"))
    changed = page.inputs.form.changed
    changed.add(one)
    town.settle()
    changed.add(other)
    town.settle()
    assert set(town.plan.inputs[0].programmes) == {one, other}
    changed.remove(one)
    town.settle()
    assert town.plan.inputs[0].programmes == (other,)
    shown = next(r for r in page.inputs.grid.model.rows if r.key == row)
    assert shown.values["programmes"] == "Pasar panen"
    town.session.undo()
    assert set(town.plan.inputs[0].programmes) == {one, other}


@pytest.mark.slow
def test_a_programme_is_picked_by_typing_part_of_its_name(town):
    said(town)
    page = town.visit("inputs")
    assert page.point_at(Place("input", town.plan.inputs[0].id, "programmes"))
    pick = page.inputs.form.changed.pick
    town.qtbot.keyClicks(pick.inner, "panen")
    town.qtbot.keyClick(QApplication.activePopupWidget() or pick.inner, Qt.Key.Key_Tab)
    town.leave_field()
    assert town.plan.inputs[0].programmes == (town.plan.programmes[1].id,)


# ---- narrowing and finding -------------------------------------------------------------------------------
@pytest.mark.slow
def test_inputs_are_narrowed(town):
    first, second = (each.id for each in town.plan.stakeholders)
    programme = town.plan.programmes[0].id
    a = said(town, stakeholder=first, item=f"programme/{programme}")
    b = said(town, stakeholder=second, decision="accepted", item="chapter.II.4")
    c = said(town, item="dimension/economy")
    page = town.visit("inputs")

    def shown(**values):
        page.inputs.narrow(Narrowed(**values))
        return [row.key for row in page.inputs.grid.model.rows if row.key]

    assert shown() == [a, b, c]
    assert shown(decision="accepted") == [b]
    assert shown(stakeholder=first) == [a]
    assert shown(about="dimension/economy") == [a, c]
    assert shown(about="chapter.") == [b]
    assert shown(about=f"programme/{programme}") == [a]
    assert shown(about="plan") == []
    assert page.point_at(Place("input", b, "answer"))  # hidden by the filter, and shown all the same


@pytest.mark.slow
def test_new_rows_belong_to_what_is_shown(town):
    page = town.visit("inputs")
    second = town.plan.stakeholders[1].id
    page.filters.lists["stakeholder"].setCurrentIndex(page.filters.lists["stakeholder"].findData(second))
    page.filters.lists["stakeholder"].activated.emit(1)
    paste(page.inputs.grid.table, "Lampu jalan", (0, 1))
    town.settle()
    assert town.plan.inputs[0].stakeholder == second


@pytest.mark.slow
def test_a_programme_and_a_chapter_show_what_was_said_about_them(town):
    programme = town.plan.programmes[0].id
    row = said(town, item=f"programme/{programme}")
    said(town, item="chapter.II.4")
    page = town.visit("programmes", programme)
    page.complete()
    town.settle()
    form = page.form if hasattr(page, "form") else None
    assert form is not None
    assert form.heard.isVisibleTo(form)
    form.heard.more.click()
    town.settle()
    inputs = town.window.workbench.current
    assert [each.key for each in inputs.inputs.grid.model.rows if each.key] == [row]
    chapter = town.visit("chapter", "II.4")
    assert chapter.heard.isVisibleTo(chapter)
    chapter.heard.go.click()
    town.settle()
    assert town.window.workbench.current is inputs
    assert not town.visit("chapter", "II.5").heard.isVisibleTo(chapter)


# ---- sheets --------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_sheets_are_written_for_those_who_were_ticked(town, monkeypatch):
    page = town.visit("inputs")
    dialog = SendSheets(town.session, page, answers=False)
    assert [dialog.people.item(n).text() for n in range(3)] == [
        "PT Maju",
        "Karang Taruna",
        "Lembar umum, tanpa nama",
    ]
    dialog.people.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.people.item(2).setCheckState(Qt.CheckState.Checked)
    sending = dialog.chosen()
    assert (sending.stakeholders, sending.blank) == ((town.plan.stakeholders[1].id,), True)
    assert ANYBODY not in sending.stakeholders
    monkeypatch.setattr("desktop.ui.pages.inputs.QDesktopServices.openUrl", lambda _url: True)
    page.write_files(sending, town.folder / "keluar")
    town.qtbot.waitUntil(lambda: not page.runner.running, timeout=60_000)
    assert sorted(path.name for path in (town.folder / "keluar").iterdir()) == [
        "Lembar-Masukan-Karang-Taruna.id.docx",
        "Lembar-Masukan-Umum.id.docx",
    ]
    for row in range(3):
        dialog.people.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.ok.isEnabled()
    dialog.deleteLater()


@pytest.mark.slow
def test_a_sheet_let_go_on_the_window_is_shown_and_taken_in_as_one_change(town, monkeypatch):
    first = town.plan.stakeholders[0].id
    (one,) = write_sheets(quiet, town.path_of() if hasattr(town, "path_of") else town.session.workspace.path,
                          town.folder / "keluar", ("id",), ("docx",), (first,))  # fmt: skip
    document = docx.Document(str(one.path))
    for title, text in (("Pasar panen", "Dengan gudang"), ("Perizinan", "Tetap ada loket")):
        next(r for t in document.tables for r in t.rows if title in r.cells[1].text).cells[-1].text = text
    document.save(str(one.path))
    seen = []

    def answer(self):
        seen.append(self)
        self.lines.item(1).setCheckState(Qt.CheckState.Unchecked)
        return ReturnedSheet.DialogCode.Accepted

    monkeypatch.setattr(ReturnedSheet, "exec", answer)
    town.window.dropping.receive([one.path])
    page = town.window.workbench.current
    town.qtbot.waitUntil(lambda: bool(seen) and not page.runner.running, timeout=60_000)
    town.settle()
    (now,) = town.plan.inputs
    assert (now.stakeholder, now.channel) == (first, "form")
    town.session.undo()
    assert town.plan.inputs == ()
    assert not town.said


@pytest.mark.slow
def test_a_file_that_is_no_sheet_gets_a_sentence(town, monkeypatch):
    path = town.folder / "surat.docx"
    docx.Document().save(str(path))
    monkeypatch.setattr(files, "ask_open", lambda *_: path)
    page = town.visit("inputs")
    page.receive([path])
    town.qtbot.waitUntil(lambda: not page.runner.running, timeout=60_000)
    assert [message.id for message in town.said] == ["exchange.sheet.no_code"]
    assert town.plan.inputs == ()


@pytest.mark.slow
def test_findings_lead_to_the_register_and_the_inputs(town):
    row = said(town, stakeholder=town.plan.stakeholders[0].id)
    for finding in check(town.plan, town.session.pack).findings:
        if finding.page.page in {"stakeholders", "inputs"}:
            page = town.visit(finding.page.page)
            assert page.point_at(finding.place), finding.message
    assert row
