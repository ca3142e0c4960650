"""A worksheet that agencies fill: whose part is shown, the recap of all, an answer taken for the region."""

import pytest

from desktop.base import Message
from desktop.guideline.lookup import bundled_bytes
from desktop.ui.grid.worksheets import ALL
from desktop.workspace import Author, Workspace


@pytest.fixture
def smart(desk):
    """The guideline of 2021-2023 with two agencies, one of which rated the first readiness item."""
    desk.session.remember(name="Sari")
    made = Workspace.create(
        desk.folder / "smart.rancang", region="18.07", first_year=2027, last_year=2031,
        title={"id": "Rencana"}, pack=bundled_bytes("smart-city-2021"), author=Author("Sari", "secretary"),
    )  # fmt: skip
    desk.session.adopt(made)

    def work(op):
        desk.health = op.insert("agency", name={"id": "Dinas Kesehatan"}, short_name="Dinkes")
        desk.water = op.insert("agency", name={"id": "Dinas Air"})
        row = op.fixed_row("readiness", "human_resources", agency=desk.health)
        op.cell(row, "rating", "poor")
        op.cell_text(op.add_row("rpjmd", agency=desk.health), "mission", "id", "Misi")

    desk.change(work)
    return desk


def lines(page):
    return [(each.heading, page.session.say(each.label)) for each in page.grid.model.rows if not each.fresh]


@pytest.mark.slow
def test_the_recap_groups_rows_by_agency_and_tells_who_wrote_nothing(smart):
    page = smart.visit("worksheet", "rpjmd")
    assert page._agencies.agency == ALL
    assert [label for _, label in lines(page)] == ["Dinkes: 1 baris", "Dinkes"]
    assert "Dinas Air" in page._agencies.told.text()
    page.show_agency(smart.water)
    assert lines(page) == []
    assert page._agencies.told.isHidden()


@pytest.mark.slow
def test_a_new_row_in_an_agencys_form_is_the_agencys(smart):
    page = smart.visit("worksheet", "rpjmd")
    page.show_agency(smart.water)
    page.grid.model.write([(0, 0, "Misi air")])
    assert [row.agency for row in smart.plan.rows["rpjmd"]] == [smart.health, smart.water]


@pytest.mark.slow
def test_under_each_of_the_guidelines_rows_stand_the_regions_answer_and_the_agencies(smart):
    page = smart.visit("worksheet", "readiness")
    (first, own, theirs, second, *_) = lines(page)
    assert first == (True, "Sumber daya manusia: 1 Buruk")
    assert [own[1], theirs[1]] == ["Daerah", "Dinkes"]
    assert second[0]


@pytest.mark.slow
def test_an_agencys_answer_is_taken_for_the_region_and_what_is_written_in_the_recap_is_the_regions(smart):
    page = smart.visit("worksheet", "readiness")
    assert not page._take.button.isEnabled()
    page.grid.table.setCurrentIndex(page.grid.model.index(2, 1))
    assert page._take.button.isEnabled()
    page._take.button.click()
    smart.settle()
    own = next(row for row in smart.plan.rows["readiness"] if not row.agency)
    assert own.cells["rating"].value == "poor"
    page.grid.model.write([(1, 2, "baik")])
    smart.settle()
    rows = {row.agency: row.cells["rating"].value for row in smart.plan.rows["readiness"]}
    assert rows == {"": "good", smart.health: "poor"}


@pytest.mark.slow
def test_the_part_shown_last_is_remembered_and_an_agencys_person_sees_their_own_first(smart):
    page = smart.visit("worksheet", "rpjmd")
    chooser = page._agencies
    chooser.combo.setCurrentIndex(chooser.combo.findData(smart.water))
    chooser.combo.activated.emit(chooser.combo.currentIndex())
    assert smart.session.settings.tables["shown:rpjmd"] == {"agency": smart.water}
    smart.change(lambda op: op.insert("person", name="Sari", agency=smart.health))
    smart.session.remember(role="agency")
    assert smart.visit("worksheet", "gap_indicator")._agencies.agency == smart.health


@pytest.mark.slow
def test_regions_rows_of_older_files_are_shown_without_headings(smart):
    smart.change(lambda op: op.cell_text(op.add_row("targets"), "target", "id", "Sasaran"))
    page = smart.visit("worksheet", "targets")
    assert (page._agencies.agency, lines(page)) == ("", [(False, "")])
    page.show_agency(ALL)
    assert lines(page) == [(False, smart.session.say(Message("ui.sheet.whole_region")))]


@pytest.mark.slow
def test_a_row_becomes_a_programme_and_then_leads_to_it(smart):
    row = smart.change(lambda op: op.add_row("inventory", agency=smart.health))
    smart.change(lambda op: op.cell(row, "name", "e-Izin"))
    page = smart.visit("worksheet", "inventory")
    page.show_agency(smart.health)
    page.grid.table.setCurrentIndex(page.grid.model.index(0, 0))
    assert page._grow.make.isEnabled()
    assert page._grow.go.isHidden()
    page._grow.make.click()
    smart.settle()
    (programme,) = smart.plan.programmes
    assert (programme.title.read("id"), programme.lead) == ("e-Izin", smart.health)
    assert page._grow.make.isHidden()
    page._grow.go.click()
    smart.settle()
    assert smart.window.workbench.stop.page == "programmes"


@pytest.mark.slow
def test_ticked_suggestions_are_written_as_one_change(smart, monkeypatch):
    from desktop.ui.sheets import suggesting

    smart.change(lambda op: op.cell(op.fixed_row("readiness", "human_resources"), "rating", "good"))
    smart.change(lambda op: op.cell(op.fixed_row("readiness", "budget"), "rating", "poor"))
    page = smart.visit("worksheet", "swot")
    shown = []

    def untick_first(dialog):
        shown.append([dialog.list.item(at).text() for at in range(dialog.list.count())])
        dialog.list.item(0).setCheckState(suggesting.Qt.CheckState.Unchecked)
        return True

    monkeypatch.setattr(suggesting.SuggestDialog, "exec", untick_first)
    page._suggest.click()
    smart.settle()
    assert len(shown[0]) == 2
    (row,) = smart.plan.rows["swot"]
    assert set(row.cells) == {"weaknesses"}


@pytest.mark.slow
def test_nothing_to_suggest_is_said(smart, monkeypatch):
    from desktop.ui.sheets import suggesting

    said = []
    monkeypatch.setattr(suggesting, "inform", lambda _parent, _session, message: said.append(message.id))
    smart.visit("worksheet", "roadmap_long")._suggest.click()
    assert said == ["ui.suggest.no_milestones"]


@pytest.mark.slow
def test_beside_a_strategy_stand_the_two_it_is_made_of(smart):
    def work(op):
        row = op.fixed_row("swot", "structure")
        op.cell_text(row, "strengths", "id", "Petugas terampil")

    smart.change(work)
    page = smart.visit("worksheet", "swot")
    (pair,) = page._told
    column = 1 + [each.id for each in page.grid.model.fields].index("strategy_so")
    page.grid.table.setCurrentIndex(page.grid.model.index(0, column))
    assert [side[1].text() for side in pair.sides] == ["Petugas terampil", "(belum diisi)"]
    page.grid.table.setCurrentIndex(page.grid.model.index(0, 1))
    assert pair.sides[0][2].isHidden()


@pytest.mark.slow
def test_marks_are_counted_below_the_mapping_and_a_dimension_is_taken_from_it(smart):
    def work(op):
        row = smart.plan.rows["rpjmd"][0].id
        op.cell(row, "governance", value=True)
        made = op.insert("programme", title={"id": "Jalan"}, dimension="living")
        op.answer("programme.rpjmd_target", row, scope=made)
        return made

    programme = smart.change(work)
    (marks,) = smart.visit("worksheet", "rpjmd")._told
    assert "Smart Governance (Tata Kelola Cerdas) 1" in marks.told.text()
    assert "Smart Branding" in marks.missing.text()
    page = smart.visit("programmes", programme)
    hint = page.form.marked
    assert list(hint.buttons) == ["governance"]
    hint.buttons["governance"].click()
    smart.settle()
    assert smart.plan.programmes[0].dimension == "governance"
    assert hint.isHidden()


@pytest.mark.slow
def test_a_column_that_is_worked_out_is_shown_and_not_typed(smart):
    page = smart.visit("worksheet", "gap_indicator")
    page.show_agency(smart.health)
    names = [each.id for each in page.grid.model.fields]
    page.grid.model.write([(0, names.index("existing"), "70,5"), (0, names.index("target"), "72")])
    smart.settle()
    gap = page.grid.model.index(0, names.index("gap"))
    assert gap.data() == "1,5"
    assert not page.grid.model.editable(0, names.index("gap"))
    page.grid.model.write([(0, names.index("gap"), "9")])
    assert "gap" not in smart.plan.rows["gap_indicator"][0].cells
