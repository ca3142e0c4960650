"""A plan's workbook that comes back, however it was edited: new, changed, the same, doubtful."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from desktop.exchange import arrival
from desktop.exchange.agency_workbook import Proposal, compare, read, suggested, take_over
from desktop.exchange.agency_workbook.memory import ForeignWorkbook, NothingToGoBy
from desktop.exchange.agency_workbook.reading import NotOurs
from desktop.exchange.agency_workbook.slip import SHEET
from desktop.exchange.plan_workbook.making import KEPT
from desktop.workspace import Author, Workspace
from desktop.workspace.handing import given
from tests.exchange.agency_workbook.books import LABEL, Book, filled
from tests.exchange.plan_workbook.conftest import out


def looked(region: Any, book: Book) -> Proposal:
    return compare(region.workspace, read(book.save()))


def taken(region: Any, book: Book, **answers: str) -> Any:
    returned = read(book.save())
    proposal = compare(region.workspace, returned)
    given = suggested([proposal])
    for doubt in proposal.doubts:
        given[doubt.id] = answers.get(doubt.kind, given[doubt.id])
    return take_over(region.workspace, returned, answers=given)


def programme(region: Any) -> Any:
    return next(each for each in region.workspace.plan().programmes if each.id == region.programme)


def test_untouched_it_says_nothing(region: Any, book: Book) -> None:
    proposal = looked(region, book)
    assert proposal.is_empty
    assert not proposal.notes
    assert proposal.same == sum(len(book.keys(sheet.id)) - headings(book, sheet.id)
                                for sheet in proposal.sheets.values())  # fmt: skip
    assert arrival.look(book.path).kind is arrival.Kind.WORKBOOK


def headings(book: Book, sheet: str) -> int:
    return book.keys(sheet).count("-")


def test_what_they_changed_is_taken_as_one_operation(region: Any, book: Book) -> None:
    row = book.row("programme", region.programme)
    book.put("programme", row, "title", "Layanan terpadu")
    book.put("programme", row, "title@en", "Joint service")
    book.put("programme", row, "start_year", "2027")
    book.put("programme", row, "total_budget", "Rp 1.250.000,00")
    book.put("programme", row, "supporting", None)
    book.put("budget", book.row("budget", f"{region.programme}.purse"), "ceiling:2028", 70)
    book.put("rpjmd_ceiling", book.row("rpjmd_ceiling", region.programme), "amount:2030", 90)
    book.put("indicator", book.row("indicator", region.indicator), "realised:2027", "2,5")
    book.put("sub_activity", book.row("sub_activity", region.sub), "budget", 250)
    book.put("risk", book.row("risk", region.risk), "likelihood", "tinggi")
    book.put("figure", book.row("figure", "people"), "value:2026", "1.060.000")
    book.put("figure", book.row("figure", "opinion"), "value:2025", "WDP")
    book.put("answers.forms", book.row("answers.forms", "town.tools"), "value", "Jala; Cangkul")
    book.put("answers.forms", book.row("answers.forms", "town.founded"), "value", "28 April 1999")
    book.put("answers.forms", book.row("answers.forms", "town.words"), "value@en", "Welcome")
    book.put("answers.evaluation", book.row("answers.evaluation", "evaluation.rule"), "value", 4)
    book.put("worksheet.ready", book.row("worksheet.ready", region.left), "level", "Tingkat 5")
    book.put("person", book.row("person", region.person), "agency", "Dinas Kesehatan")
    book.put("agency", book.row("agency", region.other), "until", "31/12/2030")
    before, steps = region.workspace.plan(), len(region.workspace.journal.ids())
    done = taken(region, book)
    assert (done.values, done.rows, done.differing, done.left) == (19, 0, 0, ())
    plan, now = region.workspace.plan(), programme(region)
    assert (now.title.values, now.start_year) == ({"id": "Layanan terpadu", "en": "Joint service"}, 2027)
    assert not now.title.stale("en", "id"), "a translation in the same workbook is of the new text"
    assert (now.total_budget, now.supporting, now.budget[1].ceiling) == (1250000, (), 70)
    assert [each.amount for each in now.ceilings] == [2000, 90]
    assert str(now.indicators[0].targets[0].realised) == "2.5"
    assert now.activities[0].sub_activities[0].budget == 250
    assert now.risks[0].likelihood == "high"
    figures = {(each.measure, each.year): each.value for each in plan.figures}
    assert figures["people", 2026] == "1060000"
    assert figures["opinion", 2025] == "wdp"
    assert plan.answer("town.tools").value == ("hoe", "net")
    assert plan.answer("town.founded").value == "1999-04-28"
    assert plan.answer("town.words").text.values["en"] == "Welcome"
    assert plan.answer("evaluation.rule").value == 4
    assert plan.rows["ready"][0].cells["level"].value == "s5"
    assert plan.people[0].agency == region.other
    assert next(each for each in plan.agencies if each.id == region.other).until == "2030-12-31"
    assert len(region.workspace.journal.ids()) == steps + 1
    region.workspace.undo()
    undone = region.workspace.plan()
    assert undone.programmes == before.programmes
    assert undone.answers == before.answers
    assert (undone.rows, undone.agencies, undone.people) == (before.rows, before.agencies, before.people)
    assert region.workspace.author.name == "Sari"


def test_rows_are_added_each_below_another_new_one(region: Any, book: Book) -> None:
    book.put("agency", book.free("agency"), "name", "Dinas Baru")
    row = book.free("programme")
    book.put("programme", row, "title", "Program baru")
    book.put("programme", row, "lead", "Dinas Baru")
    row = book.free("activity")
    book.put("activity", row, "programme", "Program baru")
    book.put("activity", row, "title", "Kegiatan baru")
    row = book.free("sub_activity")
    book.put("sub_activity", row, "activity", "Kegiatan baru")
    book.put("sub_activity", row, "title", "Sub baru")
    row = book.free("budget")
    book.put("budget", row, "programme", "Program baru")
    book.put("budget", row, "source", next(iter(choices(book, "budget", "source"))))
    book.put("budget", row, "indicative:2027", 5)
    row = book.free("worksheet.wishes")
    book.put("worksheet.wishes", row, "*agency", "Dinas Kesehatan")
    book.put("worksheet.wishes", row, "wish", "Harapan baru")
    # whoever reads the sheets in another order
    book.book.move_sheet(book.sheet("sub_activity"), -3)
    book.book.move_sheet(book.sheet("agency"), -9)
    done = taken(region, book)
    assert (done.rows, done.left) == (6, ())
    plan = region.workspace.plan()
    made = next(each for each in plan.programmes if each.title.values == {"id": "Program baru"})
    fresh = next(each for each in plan.agencies if each.name.values == {"id": "Dinas Baru"})
    assert made.lead == fresh.id
    assert made.activities[0].sub_activities[0].title.values == {"id": "Sub baru"}
    assert made.budget[0].indicative == 5
    assert plan.rows["wishes"][-1].agency == region.other
    again = compare(region.workspace, read(book.path))
    assert again.is_empty, "the same workbook a second time brings nothing"


def choices(book: Book, sheet: str, column: str) -> list[str]:
    page, at = book.sheet(sheet), book.at(sheet, column)
    cell = page.cell(book.first(sheet), at)
    return [str(cell.value)]


def test_what_was_heard_comes_in_as_rows(region: Any, book: Book) -> None:
    row = book.free("stakeholder")
    book.put("stakeholder", row, "name", "Kampus Baru")
    book.put("stakeholder", row, "kind", "Akademisi")
    row = book.free("input")
    book.put("input", row, "stakeholder", "Kampus Baru")
    book.put("input", row, "body", "Libatkan mahasiswa")
    row = book.free("decree")
    book.put("decree", row, "title", "Dewan Smart City")
    book.put("decree", row, "date", "3 Mei 2026")
    done = taken(region, book)
    assert (done.rows, done.left) == (3, ())
    plan = region.workspace.plan()
    campus = next(each for each in plan.stakeholders if each.name == "Kampus Baru")
    assert campus.kind == "academia"
    assert plan.inputs[-1].stakeholder == campus.id
    assert plan.decrees[-1].date == "2026-05-03"


@pytest.mark.slow
def test_deleted_rows_are_asked_about(region: Any, book: Book) -> None:
    book.sheet("worksheet.wishes").delete_rows(book.row("worksheet.wishes", region.rows[1]))
    book.sheet("risk").delete_rows(book.row("risk", region.risk))
    (one, other) = looked(region, book).doubts
    assert {one.kind, other.kind} == {"missing"}
    assert {one.default, other.default} == {"leave"}
    done = taken(region, book, missing="delete")
    assert done.dropped == 2
    assert len(region.workspace.plan().rows["wishes"]) == 3
    assert not programme(region).risks


@pytest.mark.slow
def test_what_changed_here_since_stands_beside_it(region: Any, book: Book) -> None:
    """Three ways: the exported value is in the workbook, so only what both changed differs."""
    filled(
        region.workspace,
        lambda op: op.set("programme", region.programme, title={"id": "Judul di sini"}, start_year=2029),
    )
    row = book.row("programme", region.programme)
    book.put("programme", row, "title", "Judul di Excel")
    book.put("programme", row, "end_year", 2030)
    proposal = looked(region, book)
    assert [each.column for each in proposal.differing] == ["title"]
    assert proposal.differing[0].told == ("Layanan satu pintu", "Judul di Excel", "Judul di sini")
    taken(region, book)
    now = programme(region)
    assert (now.start_year, now.end_year) == (2029, 2030), "what was not touched stays as it is here"
    (conflict,) = region.workspace.conflicts()
    assert {side.value for side in region.workspace.choices(conflict)} == {"Judul di sini", "Judul di Excel"}


def test_a_set_merges_by_what_was_added_and_taken_out(region: Any, book: Book) -> None:
    third = filled(region.workspace, lambda op: op.insert("agency", name={"id": "Dinas Ketiga"}))
    filled(
        region.workspace,
        lambda op: op.put("programme_agency", programme=region.programme, agency=third),
    )
    book.put(
        "programme", book.row("programme", region.programme), "supporting", "Dinas Kesehatan; Dinas Kominfo"
    )
    taken(region, book)
    assert set(programme(region).supporting) == {third, region.other, region.agency}


def test_sorted_renamed_and_reordered_it_is_known(region: Any, book: Book) -> None:
    book.sort("worksheet.wishes", "wish")
    book.sheet("worksheet.wishes").title = "Lembar kami"
    book.sheet("programme").title = "Daftar"
    book.book.move_sheet(book.sheet("worksheet.wishes"), -5)
    book.put("worksheet.wishes", book.row("worksheet.wishes", region.rows[2]), "cost", 77)
    proposal = looked(region, book)
    assert not proposal.doubts
    assert [(each.key, each.value) for each in proposal.effects] == [(region.rows[2], 77)]  # type: ignore[union-attr]


def test_sums_that_were_typed_over_say_nothing(region: Any, book: Book) -> None:
    row = book.row("budget", f"{region.programme}.purse")
    book.put("budget", row, "=indicative", 999)
    book.put("budget", book.first("budget") - 2, "indicative:2026", 12345)
    assert looked(region, book).is_empty


@pytest.mark.slow
def test_what_cannot_be_certain_is_asked(region: Any, book: Book) -> None:
    row = book.row("programme", region.programme)
    book.put("programme", row, "dimension", "Dimensi yang tidak ada")
    book.put("programme", row, "start_year", "tahun depan")
    book.put("answers.forms", book.row("answers.forms", "town.green"), "value", 0.5)
    book.put("answers.forms", book.row("answers.forms", "town.founded"), "value", "entah")
    proposal = looked(region, book)
    assert not proposal.effects
    assert [each.kind for each in proposal.doubts] == ["value"] * 4
    percent = next(
        each for each in proposal.doubts if "answers" not in each.where.cell and len(each.choices) == 3
    )
    assert [choice.id for choice in percent.choices] == ["value1", "value2", "leave"]
    assert taken(region, book).values == 0


def test_choices_are_known_by_their_names_in_both_languages(region: Any, book: Book) -> None:
    book.put("answers.forms", book.row("answers.forms", "town.mood"), "value", "Glad")
    book.put("risk", book.row("risk", region.risk), "impact", "HIGH")
    assert {each.value for each in looked(region, book).taken} == {"glad", "high"}


def test_formulas_in_place_of_values_count_as_what_they_show(region: Any, book: Book) -> None:
    """A formula that was never counted is asked; what a spreadsheet counted is its value."""
    book.put("budget", book.row("budget", f"{region.programme}.purse"), "ceiling:2026", "=1+1")
    (doubt,) = looked(region, book).doubts
    assert doubt.kind == "value"
    assert {choice.id for choice in doubt.choices} == {"leave"}


@pytest.mark.slow
def test_without_its_keys_rows_are_known_by_what_they_say(region: Any, book: Book) -> None:
    """The same row many times over is as many rows."""

    def more(op: Any) -> None:
        for number in range(40):
            row = op.add_row("wishes", agency=region.agency)
            op.cell_text(row, "wish", "id", "Sama" if number < 30 else f"Lain {number}")
            op.cell(row, "cost", 5)

    filled(region.workspace, more)
    book = Book(out(region.workspace, region.folder / "tanpa kunci.xlsx"))
    book.put("worksheet.wishes", book.first("worksheet.wishes") + 1, "by", "Kami")
    book.sheet("worksheet.wishes").delete_cols(1)
    returned = read(book.save())
    proposal = compare(region.workspace, returned)
    assert {each.kind for each in proposal.doubts} == {"sheet", "unkeyed"}
    assert [(each.key, each.value) for each in proposal.taken] == [(region.rows[1], "Kami")]
    assert not proposal.new_rows


def test_another_workspace_is_refused(region: Any, book: Book, plan_pack: bytes) -> None:
    other = region.folder / "lain.rancang"
    with (
        Workspace.create(
            other, region="18.07", first_year=2026, last_year=2030, pack=plan_pack, author=Author("Sari"),
            title={"id": "Lain"},
        ) as workspace,
        pytest.raises(ForeignWorkbook) as told,
    ):  # fmt: skip
        compare(workspace, read(book.save()))
    assert told.value.message.id == "exchange.plan_book.foreign"


def test_without_the_hidden_sheet_the_workspace_remembers(region: Any, book: Book) -> None:
    book.put("programme", book.row("programme", region.programme), "end_year", 2030)
    del book.book[SHEET]
    proposal = looked(region, book)
    assert [each.column for each in proposal.taken] == ["end_year"]


@pytest.mark.slow
def test_without_anything_to_go_by_it_says_so(region: Any, book: Book) -> None:
    del book.book[SHEET]
    for page in book.book:
        cell = page.cell(1, 1)
        if str(cell.value or "").startswith("rancang-workbook"):
            cell.value = str(cell.value).replace(str(cell.value).split(":")[1], "0" * 32)
    with pytest.raises(NothingToGoBy):
        looked(region, book)
    plain = openpyxl.Workbook()
    plain.save(region.folder / "kosong.xlsx")
    with pytest.raises(NotOurs):
        read(region.folder / "kosong.xlsx")


@pytest.mark.slow
def test_an_export_made_while_only_reading_comes_back_too(region: Any, exported: Any) -> None:
    """Nothing was remembered then: the workbook says itself what it was exported with."""
    with Workspace.open(exported.file, author=Author("Tamu"), read_only=True) as reading:
        out(reading, region.folder / "tamu.xlsx")
    book = Book(region.folder / "tamu.xlsx")
    book.put("programme", book.row("programme", region.programme), "end_year", 2030)
    proposal = looked(region, book)
    assert [each.column for each in proposal.taken] == ["end_year"]
    assert proposal.notes


@pytest.mark.slow
def test_old_exports_are_remembered_without_their_values(region: Any, book: Book) -> None:
    for number in range(KEPT):
        out(region.workspace, region.folder / f"{number}.xlsx")
    known = [bool(each.facts["values"]) for each in given(region.workspace)]
    assert known == [True] * KEPT + [False]
    book.put("programme", book.row("programme", region.programme), "end_year", 2030)
    assert [each.column for each in looked(region, book).taken] == ["end_year"], "the workbook knows them"


def test_years_of_the_plan_that_went_away_are_left(region: Any, book: Book) -> None:
    from desktop.workspace.registers import PLAN_ROW

    filled(region.workspace, lambda op: op.set("plan", PLAN_ROW, last_year=2029))
    book.put("budget", book.row("budget", f"{region.programme}.purse"), "ceiling:2030", 5)
    book.put("budget", book.row("budget", f"{region.programme}.purse"), "ceiling:2029", 6)
    assert [each.column for each in looked(region, book).taken] == ["ceiling:2029"]


@pytest.mark.slow
def test_a_plan_without_rows_is_exported_too(tmp_path: Any, plan_pack: bytes) -> None:
    with Workspace.create(
        tmp_path / "kosong.rancang", region="18.07", first_year=2026, last_year=2030, pack=plan_pack,
        author=Author("Sari"), title={},
    ) as workspace:  # fmt: skip
        path = out(workspace, tmp_path / "kosong.xlsx")
        book = Book(path)
        book.put("programme", book.free("programme"), "title", "Yang pertama")
        returned = read(book.save())
        assert compare(workspace, replace(returned)).new_rows
        take_over(workspace, returned)
        assert workspace.plan().programmes[0].title.values == {"id": "Yang pertama"}
        assert LABEL
