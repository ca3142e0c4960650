"""Figures, bodies, decrees and officials: filled by keyboard and by pasting, each step one operation."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.base import clock
from desktop.checks.offers import newest
from desktop.exchange import demo
from desktop.guideline import bundled_bytes
from desktop.ui.bodies.sources import body_key
from desktop.ui.figures.cells import row_of
from desktop.workspace import Author, Workspace
from desktop.workspace.plan import Place

THIS = clock.now().year
LAST = THIS - 1


@pytest.fixture
def begun(empty_desk):
    """A new document of the guideline in force."""
    path = empty_desk.folder / "daerah.rancang"
    workspace = Workspace.create(
        path, region="18.07", first_year=2026, last_year=2030, pack=bundled_bytes(demo.GUIDELINE),
        author=Author("Sari", "secretary"), title={"id": "Rencana"},
    )  # fmt: skip
    empty_desk.session.adopt(workspace)
    empty_desk.settle()
    return empty_desk


def operations(desk):
    return len(desk.session.workspace.recent(500))


def figures(desk):
    return {(each.measure, each.year): (each.value, each.source) for each in desk.session.plan.figures}


# ---- figures ----


def paste_at(page, measure, year, text):
    row, column = page.model.place_of(measure, year)
    page.table.setCurrentIndex(page.model.index(row, column))
    page.table.paste(text)


@pytest.mark.slow
def test_a_block_from_excel_is_one_operation_and_rows_that_are_headings_are_stepped_over(begun):
    page = begun.visit("figures")
    before = operations(begun)
    paste_at(page, "population", LAST, "1.090.000\t1.100.000\n5.300,5\t")
    assert figures(begun) == {
        ("population", LAST): ("1090000", ""),
        ("population", THIS): ("1100000", ""),
        ("area", LAST): ("5300.5", ""),
    }  # fmt: skip
    assert operations(begun) == before + 1
    begun.session.undo()
    assert figures(begun) == {}


@pytest.mark.slow
def test_sources_are_filled_in_the_same_table(begun):
    page = begun.visit("figures")
    paste_at(page, "hdi", LAST, "72,1")
    page.show_mode("source")
    paste_at(page, "hdi", LAST, "BPS")
    assert figures(begun) == {("hdi", LAST): ("72.1", "BPS")}
    page.show_mode("value")
    row, column = page.model.place_of("hdi", LAST)
    assert page.model.text(row, column) == "72,1"
    paste_at(page, "hdi", LAST, "")
    assert figures(begun) == {("hdi", LAST): ("72.1", "BPS")}, "nothing was pasted"


@pytest.mark.slow
def test_a_choice_is_read_by_its_name_and_what_is_none_is_told(begun):
    page = begun.visit("figures")
    paste_at(page, "fiscal_capacity", LAST, "Rendah")
    assert figures(begun) == {("fiscal_capacity", LAST): ("low", "")}
    paste_at(page, "fiscal_capacity", LAST, "Lumayan")
    assert figures(begun) == {("fiscal_capacity", LAST): ("low", "")}
    assert page.refused.isVisible()


@pytest.mark.slow
def test_emptying_a_figure_without_a_source_takes_it_away(begun):
    page = begun.visit("figures")
    paste_at(page, "hdi", LAST, "72,1")
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert figures(begun) == {}


@pytest.mark.slow
def test_another_year_and_the_change_against_the_one_before(begun):
    page = begun.visit("figures")
    page.year.setText("2011")
    page.add_year()
    assert page.model.years[0] == 2011
    paste_at(page, "poverty", LAST, "13,5\t13,0")
    measure = page.model.measure_at(page.model.place_of("poverty", LAST)[0])
    assert page.model.change(measure) == ("\N{MINUS SIGN}0,5", "good")
    page.year.setText("dua")
    page.add_year()
    assert page.refused.isVisible()


@pytest.mark.slow
def test_parts_above_their_whole_are_marked_and_told_below(begun):
    page = begun.visit("figures")
    paste_at(page, "spending", THIS, "100\n60\n50")
    row, column = page.model.place_of("spending", THIS)
    assert page.model.remark(row, column).id == "ui.figures.parts_exceed"
    page.table.setCurrentIndex(page.model.index(row, column))
    begun.settle()
    assert "110" in page.detail._compared.text()


@pytest.mark.slow
def test_a_finding_about_a_figure_leads_to_its_cell(begun):
    begun.visit("figures")
    paste_at(begun.visit("figures"), "apbd", LAST, "5")
    finding = next(each for each in begun.check().findings if each.check == "figure_source")
    begun.session.show(finding.page.page, finding.page.ref, finding.place)
    begun.settle()
    page = begun.window.workbench.current
    assert page.model.shown == "source"
    assert (
        page.model.figure_at(page.table.currentIndex().row(), page.table.currentIndex().column()) is not None
    )


# ---- offers ----


@pytest.mark.slow
def test_a_form_offers_the_newest_figure_and_one_click_takes_it_with_year_and_source(begun):
    page = begun.visit("figures")
    paste_at(page, "population", LAST, "1.090.000\t1.100.000")
    page.show_mode("source")
    paste_at(page, "population", THIS, "BPS")
    form = begun.visit("form", "profile")
    box = next(each for each in form.boxes if each.field.id == "population")
    assert box.offered.isVisible()
    before = operations(begun)
    box.offered.take.click()
    begun.settle()
    plan = begun.session.plan
    assert plan.answer("profile.population").value == 1100000
    assert plan.answer("profile.population_year").value == THIS
    assert plan.answer("profile.population_source").text.read("id") == "BPS" or (
        plan.answer("profile.population_source").value == "BPS"
    )
    assert operations(begun) == before + 1
    assert not box.offered.isVisible()
    told = begun.session.workspace.provenance(
        (each.table, each.row, each.field) for each in box.register.records(begun.session)
    )
    assert {each.manner.value for each in told.values()} == {"carried"}


# ---- bodies ----


def members(desk, body="council"):
    found = next((each for each in desk.session.plan.bodies if each.body == body), None)
    return [(each.name, each.person, each.outsider) for each in found.members] if found else []


@pytest.mark.slow
def test_a_list_of_members_is_pasted_and_known_people_are_tied(begun):
    person = begun.change(lambda op: op.insert("person", name="Ani Wijaya", office={"id": "Sekda"}))
    page = begun.visit("bodies")
    table = page.detail.members.table
    table.go((0, 0))
    before = operations(begun)
    table.paste("Ketua\tani wijaya\t\t\tTidak\nAnggota\tBudi\tDosen\tUniversitas\tYa")
    begun.settle()
    assert members(begun) == [("", person, False), ("Budi", "", True)]
    assert operations(begun) == before + 1
    assert page.detail.members.model.text(0, 2) == "Sekda", "the office stands there without being typed"
    assert len(page._standings[body_key("council", "")].missing) == 2, "decree and meetings"


@pytest.mark.slow
def test_members_move_to_another_body_by_keyboard(begun):
    page = begun.visit("bodies")
    page.detail.members.table.go((0, 0))
    page.detail.members.table.paste("Ketua\tAni\nAnggota\tBudi")
    begun.settle()
    page.detail.members.table.go((1, 1))
    before = operations(begun)
    menu = page.detail.open_move()
    action = next(each for each in menu.actions() if "Tim Pelaksana" in each.text())
    action.trigger()
    menu.close()
    begun.settle()
    assert [name for name, *_ in members(begun)] == ["Ani"]
    assert [name for name, *_ in members(begun, "team")] == ["Budi"]
    assert operations(begun) == before + 1
    begun.session.undo()
    assert [name for name, *_ in members(begun)] == ["Ani", "Budi"]


@pytest.mark.slow
def test_meetings_of_a_body_are_listed_and_counted_for_the_form(begun):
    page = begun.visit("bodies")
    table = page.detail.meetings.table
    table.go((0, 0))
    table.paste(f"{clock.today().isoformat()}\tRapat pertama")
    (meeting,) = begun.session.plan.meetings
    assert (meeting.kind, meeting.body) == ("meeting", body_key("council", ""))
    assert begun.session.offers["bodies.council_meetings"].value == 1


@pytest.mark.slow
def test_somebody_is_put_in_charge_of_a_dimension_in_place_of_another(begun):
    begun.change(lambda op: [op.insert("person", name=name) for name in ("Ani", "Budi")])
    page = begun.visit("bodies")
    page.choose("charge")
    table = page.charge.table
    dimension = begun.session.pack.dimensions[0].id
    for name in ("Ani", "Budi"):
        table.go((0, 1))
        table.paste(name)
        assert [each.name for each in begun.session.plan.people if each.dimension == dimension] == [name]


@pytest.mark.slow
def test_findings_about_bodies_lead_to_them(begun):
    begun.visit("bodies")
    finding = next(each for each in begun.check().findings if each.check == "dimension_person")
    begun.session.show(finding.page.page, finding.page.ref, finding.place)
    begun.settle()
    assert begun.window.workbench.current.charge is not None
    page = begun.window.workbench.current
    assert page.point_at(Place("body", body_key("team", ""), "members"))
    assert (page.detail.body, page.detail.dimension) == ("team", "")


# ---- decrees ----


@pytest.mark.slow
def test_a_decree_serves_bodies_and_the_form_offers_its_number(begun):
    page = begun.visit("decrees")
    table = page.grid.table
    table.go((0, 0))
    table.paste(
        "SK\t188/1/2026\t2026-01-15\tPembentukan Dewan\t\t\tDewan Smart City; Tim Pelaksana Smart City"
    )
    begun.settle()
    (decree,) = begun.session.plan.decrees
    assert (decree.number, decree.state, decree.kind) == ("188/1/2026", "issued", "sk")
    assert {each.body for each in begun.session.plan.bodies if each.decree == decree.id} == {
        "council",
        "team",
    }
    assert begun.session.offers["bodies.council_decree_date"].value == "2026-01-15"
    table.go((0, 6))
    table.paste("Dewan Smart City")
    assert {each.body for each in begun.session.plan.bodies if each.decree == decree.id} == {"council"}


@pytest.mark.slow
def test_the_scan_of_the_chosen_decree_is_attached_below(begun, tmp_path):
    decree = begun.change(lambda op: op.insert("decree", kind="sk", number="1", state="issued"))
    page = begun.visit("decrees")
    page.take_focus()
    begun.settle()
    file = begun.change(lambda op: op.attach(b"%PDF-1.4", name="sk.pdf", media_type="application/pdf"))
    begun.change(lambda op: op.claim(file, Place("decree", decree)))
    begun.settle()
    assert page.slot is not None
    assert [each.name for each in page.slot._shown] == ["sk.pdf"]


# ---- officials ----


@pytest.mark.slow
def test_current_and_former_officials_are_told_apart(begun):
    begun.change(
        lambda op: [
            op.insert("person", name="Ani", role="head_of_region", until="2020-12-31"),
            op.insert("person", name="Budi", role="head_of_region", since="2021-01-01"),
            op.insert("person", name="Cici", role="head_of_region"),
        ]
    )
    page = begun.visit("agencies")
    grid = page.grids[1]
    tenures = [row.values["tenure"] for row in grid.model.rows[:3]]
    assert tenures == ["former", "current", "current"]
    role = next(each for each in grid.model.fields if each.id == "role")
    assert [bool(grid.model.source.remark(row, role)) for row in grid.model.rows[:3]] == [False, True, True]
    assert "office_current" in {each.check for each in begun.check().findings}


@pytest.mark.slow
def test_a_code_of_another_form_is_marked(begun):
    begun.change(lambda op: [op.insert("agency", code=code, name={"id": code}) for code in ("2.16", "KOM")])
    grid = begun.visit("agencies").grids[0]
    code = grid.model.fields[0]
    assert [bool(grid.model.source.remark(row, code)) for row in grid.model.rows[:2]] == [False, True]


@pytest.mark.slow
def test_the_newest_figure_is_the_one_of_the_latest_year(begun):
    page = begun.visit("figures")
    paste_at(page, "hdi", LAST, "72\t73")
    assert newest(begun.session.plan, "hdi").id == row_of("hdi", THIS)
