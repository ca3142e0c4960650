"""The team's page of who owes what: given out, narrowed, returned, approved, reminded of, written about."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop.base import Language, Message, render
from desktop.checks.owing import _NAMES
from desktop.ui.dialogs.succession import AgencyFollows, PersonFollows
from desktop.ui.duties.assigning import AssignDialog
from desktop.ui.duties.reminding import ReminderDialog
from desktop.ui.duties.source import Shown
from desktop.ui.pages import duties as page_of_duties


@pytest.fixture
def town(desk):
    """Two agencies, one of which wished for something and sent it."""

    def fill(op):
        air = op.insert("agency", name={"id": "Dinas Air"}, short_name="AIR")
        op.insert("agency", name={"id": "Dinas Tanah"}, short_name="TANAH")
        row = op.add_row("wishes", agency=air)
        op.cell_text(row, "wish", "id", "Sumur")
        op.insert("person", name="Budi", agency=air, task="contact")
        op.deadline("2020-01-31", agency=air)
        return air

    desk.air = desk.change(fill)
    return desk


def shown(page):
    return [(row.values["agency"], row.values["part"], row.values["state"]) for row in page.grid.model.rows]


def choose(page, *places):
    table = page.grid.table
    table.clearSelection()
    table.choose((places[0], 0), (places[-1], 0))


def test_every_part_stands_with_its_state_person_and_day(town):
    page = town.visit("duties")
    assert shown(page) == [("AIR", "Keinginan", "diisi"), ("TANAH", "Keinginan", "belum diisi")] or shown(
        page
    )
    row = page.grid.model.rows[0]
    assert row.values["due"] == "2020-01-31"
    assert "1 lewat tenggat" in page.count.text()


def test_parts_are_narrowed_to_what_is_overdue(town):
    page = town.visit("duties")
    page.narrow(Shown.LATE)
    assert [agency for agency, *_ in shown(page)] == ["AIR"]
    page.narrow(Shown.NOT_OURS)
    assert shown(page) == []


def test_several_are_given_out_at_once_and_taken_back_as_one_step(town):
    page = town.visit("duties")
    both = [each.id for each in town.plan.agencies]
    page.give([("form", "town"), ("form", "oath")], both, "", "2099-01-31")
    town.settle()
    assert len(town.plan.duties) == 4
    assert len(town.plan.deadlines) == 5
    town.session.undo()
    town.settle()
    assert town.plan.duties == ()


def test_a_sent_part_is_returned_with_a_note_or_approved(town, monkeypatch):
    page = town.visit("duties")
    choose(page, 0)
    page.approve()
    town.settle()
    assert [each.id for each in town.said] == ["exchange.duty.not_there.approved"]
    town.change(lambda op: op.duty("worksheet", "wishes", town.air, state="sent"))
    choose(page, 0)
    monkeypatch.setattr(page_of_duties, "ask_why", lambda *_: "Sebutkan tempatnya")
    page.give_back()
    town.settle()
    (duty,) = town.plan.duties
    assert (duty.state, duty.note, duty.by) == ("returned", "Sebutkan tempatnya", "Sari")


def test_day_and_person_are_typed_right_in_the_table(town):
    page = town.visit("duties")
    source, row = page.source, page.grid.model.rows[0]
    columns = {each.id: each for each in source.columns()}
    assert [option.label for option in source.options(columns["person"], row)] == ["Budi"]
    budi = town.plan.people[0].id
    town.change(lambda op: source.write(op, row, columns["person"], budi, ""))
    town.change(lambda op: source.write(op, row, columns["due"], "2099-12-31", ""))
    assert town.plan.duties[0].person == budi
    assert page.grid.model.rows[0].values["due"] == "2099-12-31"
    town.change(lambda op: source.write(op, page.grid.model.rows[0], columns["due"], None, ""))
    assert page.grid.model.rows[0].values["due"] == "2020-01-31"
    assert source.locked(columns["state"])


def test_the_dialog_waits_for_a_page_and_an_agency(town):
    dialog = AssignDialog(town.session, town.window)
    assert not dialog.ok.isEnabled()
    from PySide6.QtCore import Qt

    for ticks in (dialog.pages, dialog.agencies):
        ticks.item(0).setCheckState(Qt.CheckState.Checked)
    assert dialog.ok.isEnabled()
    places, agencies, person, due = dialog.values()
    assert (len(places), len(agencies), person, due) == (1, 1, "", "")
    assert not dialog.pages.horizontalScrollBar().isVisibleTo(dialog)
    assert dialog.pages.item(0).toolTip() == dialog.pages.item(0).text()
    dialog.deleteLater()


def test_a_reminder_is_copied_in_either_language(town):
    page = town.visit("duties")
    parts = page_of_duties.by_agency(page._meant())
    dialog = ReminderDialog(town.session, parts, town.window)
    assert dialog.text.toPlainText().startswith("Yth. Bapak/Ibu Budi (Dinas Air),")
    dialog.language.setCurrentIndex(dialog.language.findData("en"))
    dialog.show_text()
    dialog.copy()
    assert QApplication.clipboard().text().startswith("Dear Budi")
    dialog.deleteLater()


@pytest.mark.slow
def test_official_notes_are_written_for_all_that_are_late(town, tmp_path, qtbot):
    page = town.visit("duties")
    page.narrow(Shown.LATE)
    target = tmp_path / "nota"
    page.write_to(target, tuple(page_of_duties.by_agency(page._meant())))
    qtbot.waitUntil(lambda: not page.runner.running, timeout=30_000)
    assert [each.name for each in target.iterdir()] == ["nota-dinas-air.id.docx"]


def test_an_office_is_renamed_and_somebody_replaced_from_the_list(town, monkeypatch):
    page = town.visit("agencies")
    table = page.grids[0].table
    table.choose((0, 0), (0, 0))

    def named(self):
        self.name.setText("Dinas PU")
        return self.DialogCode.Accepted

    monkeypatch.setattr(AgencyFollows, "exec", named)
    page.rename()
    town.settle()
    new = next(each for each in town.plan.agencies if each.name.read("id") == "Dinas PU")
    assert town.plan.agency(town.air).successor == new.id
    assert town.plan.people[0].agency == new.id

    def replaced(self):
        self.name.setText("Citra")
        return self.DialogCode.Accepted

    monkeypatch.setattr(PersonFollows, "exec", replaced)
    page.grids[1].table.choose((0, 0), (0, 0))
    page.replace_person()
    town.settle()
    assert {each.name for each in town.plan.people if not each.successor} == {"Citra"}


def test_without_a_row_chosen_nothing_is_asked(town):
    page = town.visit("agencies")
    page.grids[0].table.clearSelection()
    page.grids[0].table.setCurrentIndex(page.grids[0].model.index(-1, -1))
    page.rename()
    assert all(not each.successor for each in town.plan.agencies)


@pytest.mark.slow
def test_the_report_for_a_successor_is_written_from_the_list(town, tmp_path, qtbot):
    page = town.visit("agencies")
    target = tmp_path / "serah.pdf"
    page.report_to(target, town.air, town.plan.people[0].id)
    qtbot.waitUntil(lambda: not page.runner.running, timeout=30_000)
    assert target.read_bytes().startswith(b"%PDF")


def test_what_changed_since_it_was_sent_fits_its_column_is_explained_and_can_be_approved(town):
    town.change(lambda op: op.duty("worksheet", "wishes", town.air, state="sent", content="another"))
    page = town.visit("duties")
    row, state = page.grid.model.rows[0], page.source.columns()[2]
    assert (row.values["state"], state.id) == ("dikirim", "state")
    assert page.source.remark(row, state).id == "ui.duties.moved"
    for language in Language:
        for said in (*_NAMES.values(), Message("checks.owing.changed")):
            assert page.grid.fontMetrics().horizontalAdvance(render(said, language)) + 24 <= state.wide
    choose(page, 0)
    page.approve()
    town.settle()
    (duty,) = town.plan.duties
    assert duty.state == "approved"
    assert page.source.remark(page.grid.model.rows[0], state) is None
