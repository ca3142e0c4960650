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


def test_the_recap_groups_rows_by_agency_and_tells_who_wrote_nothing(smart):
    page = smart.visit("worksheet", "rpjmd")
    assert page._agencies.agency == ALL
    assert [label for _, label in lines(page)] == ["Dinkes: 1 baris", "Dinkes"]
    assert "Dinas Air" in page._agencies.told.text()
    page.show_agency(smart.water)
    assert lines(page) == []
    assert page._agencies.told.isHidden()


def test_a_new_row_in_an_agencys_form_is_the_agencys(smart):
    page = smart.visit("worksheet", "rpjmd")
    page.show_agency(smart.water)
    page.grid.model.write([(0, 0, "Misi air")])
    assert [row.agency for row in smart.plan.rows["rpjmd"]] == [smart.health, smart.water]


def test_under_each_of_the_guidelines_rows_stand_the_regions_answer_and_the_agencies(smart):
    page = smart.visit("worksheet", "readiness")
    (first, own, theirs, second, *_) = lines(page)
    assert first == (True, "Sumber daya manusia: 1 Buruk")
    assert [own[1], theirs[1]] == ["Daerah", "Dinkes"]
    assert second[0]


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


def test_the_part_shown_last_is_remembered_and_an_agencys_person_sees_their_own_first(smart):
    page = smart.visit("worksheet", "rpjmd")
    chooser = page._agencies
    chooser.combo.setCurrentIndex(chooser.combo.findData(smart.water))
    chooser.combo.activated.emit(chooser.combo.currentIndex())
    assert smart.session.settings.tables["shown:rpjmd"] == {"agency": smart.water}
    smart.change(lambda op: op.insert("person", name="Sari", agency=smart.health))
    smart.session.remember(role="agency")
    assert smart.visit("worksheet", "gap_indicator")._agencies.agency == smart.health


def test_regions_rows_of_older_files_are_shown_without_headings(smart):
    smart.change(lambda op: op.cell_text(op.add_row("targets"), "target", "id", "Sasaran"))
    assert lines(smart.visit("worksheet", "targets")) == [
        (False, smart.session.say(Message("ui.sheet.whole_region")))
    ]
