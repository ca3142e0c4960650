"""A workbook that came back is merged against what it was handed out with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from desktop.base import Language, render
from desktop.exchange.agency_workbook import OpenDoubts, Proposal, compare, make, read, take_over
from desktop.exchange.agency_workbook.doubts import LEAVE
from desktop.workspace.plan import Plan
from tests.exchange.agency_workbook.books import FIRST, Book, filled

WISHES = "worksheet.wishes"


def proposal_of(region: Any, book: Book) -> Proposal:
    return compare(region.workspace, read(book.save()))


def wish(region: Any, number: int) -> str:
    return wishes(region)[region.rows[number]]


def wishes(region: Any) -> dict[str, str]:
    rows = region.workspace.plan().rows["wishes"]
    return {row.id: row.cells["wish"].text.values.get("id", "") for row in rows}


def programme(plan: Plan, key: str) -> Any:
    return next(each for each in plan.programmes if each.id == key)


@pytest.mark.slow
def test_what_nobody_touched_says_nothing(region: Any, book: Book) -> None:
    found = proposal_of(region, book)
    assert found.is_empty
    assert not found.notes


def test_an_untouched_stale_cell_never_overwrites_a_newer_value(region: Any, book: Book) -> None:
    filled(region.workspace, lambda op: op.cell_text(region.rows[0], "wish", "id", "Ditulis kemudian"))
    filled(region.workspace, lambda op: op.set("programme", region.programme, total_budget=900))
    book.put(WISHES, book.row(WISHES, region.rows[1]), "wish", "Diubah OPD")
    taken = take_over(region.workspace, read(book.save()))
    assert (taken.values, taken.differing) == (1, 0)
    assert wish(region, 0) == "Ditulis kemudian"
    assert wish(region, 1) == "Diubah OPD"
    assert programme(region.workspace.plan(), region.programme).total_budget == 900
    assert not region.workspace.conflicts()


def test_what_only_they_changed_is_taken_everywhere(region: Any, book: Book) -> None:
    book.put("programme", book.row("programme", region.programme), "service", "Izin terbit dalam sejam.")
    book.put("programme", book.row("programme", region.programme), "total_budget", "Rp 1.250.000")
    money = book.row("budget", f"{region.programme}.purse")
    book.put("budget", money, "indicative:2026", 2000)
    book.put("budget", money, "indicative:2027", "1,5 juta")
    row = book.row("indicator", region.indicator)
    book.put("indicator", row, "target:2027", 4.25)
    book.put("indicator", row, "target:2028", "5,5")
    taken = take_over(region.workspace, read(book.save()))
    made = programme(region.workspace.plan(), region.programme)
    assert taken.values == 6
    assert made.service.values["id"] == "Izin terbit dalam sejam."
    assert made.total_budget == 1_250_000
    assert {line.year: line.indicative for line in made.budget} == {2026: 2000, 2027: 1_500_000}
    assert {each.year: str(each.target) for each in made.indicators[0].targets} == {2027: "4.25", 2028: "5.5"}


def test_what_both_changed_stands_side_by_side(region: Any, book: Book) -> None:
    filled(region.workspace, lambda op: op.set("programme", region.programme, total_budget=900))
    book.put("programme", book.row("programme", region.programme), "total_budget", 700)
    taken = take_over(region.workspace, read(book.save()))
    assert (taken.values, taken.differing) == (0, 1)
    (conflict,) = region.workspace.conflicts()
    assert (conflict.table, conflict.field) == ("programme", "total_budget")
    sides = {(side.author, side.value) for side in region.workspace.choices(conflict)}
    assert sides == {("Sari", 900), ("Dinas Kominfo", 700)}
    again = take_over(region.workspace, read(book.path))
    assert again.is_empty or len(region.workspace.choices(region.workspace.conflicts()[0])) == 2


def test_texts_that_both_changed_in_other_sentences_merge(region: Any, book: Book) -> None:
    filled(
        region.workspace,
        lambda op: op.write(
            "programme", region.programme, "service", "id", "Izin usaha terbit sehari. Gratis."
        ),
    )
    book.put(
        "programme",
        book.row("programme", region.programme),
        "service",
        "Mulai 2026. Izin usaha terbit sehari.",
    )
    take_over(region.workspace, read(book.save()))
    service = programme(region.workspace.plan(), region.programme).service.values["id"]
    assert service == "Mulai 2026. Izin usaha terbit sehari. Gratis."


def test_the_same_on_both_sides_is_no_difference(region: Any, book: Book) -> None:
    filled(region.workspace, lambda op: op.set("programme", region.programme, total_budget=700))
    book.put("programme", book.row("programme", region.programme), "total_budget", 700)
    assert proposal_of(region, book).is_empty


def test_two_that_wrote_into_an_empty_cell_both_stay(region: Any, book: Book) -> None:
    filled(region.workspace, lambda op: op.cell(region.rows[2], "by", "Server"))
    book.put(WISHES, book.row(WISHES, region.rows[2]), "by", "Pelatihan")
    taken = take_over(region.workspace, read(book.save()))
    assert taken.differing == 1
    (conflict,) = region.workspace.conflicts()
    assert {side.value for side in region.workspace.choices(conflict)} == {"Server", "Pelatihan"}


@pytest.mark.slow
def test_an_open_difference_is_not_settled_by_accident(region: Any, book: Book) -> None:
    filled(region.workspace, lambda op: op.set("programme", region.programme, total_budget=900))
    book.put("programme", book.row("programme", region.programme), "total_budget", 700)
    take_over(region.workspace, read(book.save()))
    later = Book(make(region.workspace, region.agency, region.folder / "lagi.xlsx").path)
    later.put("programme", later.row("programme", region.programme), "total_budget", 650)
    take_over(region.workspace, read(later.save()))
    sides = {side.value for side in region.workspace.choices(region.workspace.conflicts()[0])}
    assert {900, 650} & sides
    assert 900 in sides or 700 in sides


def test_renamed_sheets_and_sorted_rows_are_the_same_rows(region: Any, book: Book) -> None:
    book.sort(WISHES, "wish")
    book.put(WISHES, book.row(WISHES, region.rows[1]), "by", "Jaringan")
    book.sheet(WISHES).title = "Masalah kami"
    found = proposal_of(region, book)
    assert [(each.key, each.value) for each in found.taken] == [(region.rows[1], "Jaringan")]
    assert not found.doubts


def test_rows_sorted_without_their_keys_are_noticed(region: Any, book: Book) -> None:
    book.sort(WISHES, "wish", hidden=False)
    top = book.get(WISHES, FIRST, "wish")
    assert top == "Masalah nomor 3"
    book.put(WISHES, FIRST, "by", "Untuk nomor tiga")
    returned = read(book.save())
    found = compare(region.workspace, returned)
    (doubt,) = found.doubts
    assert doubt.kind == "shuffled"
    with pytest.raises(OpenDoubts):
        take_over(region.workspace, returned)
    assert take_over(region.workspace, returned, skip_doubts=True).is_empty
    taken = take_over(region.workspace, returned, answers={doubt.id: "contents"})
    assert taken.values == 1
    rows = {row.id: row for row in region.workspace.plan().rows["wishes"]}
    assert rows[region.rows[3]].cells["by"].value == "Untuk nomor tiga"
    assert wishes(region) == {row: f"Masalah nomor {n}" for n, row in enumerate(region.rows)}


@pytest.mark.slow
def test_inserted_rows_become_new_rows_and_come_only_once(region: Any, book: Book) -> None:
    page = book.sheet(WISHES)
    page.insert_rows(FIRST + 1)
    book.put(WISHES, FIRST + 1, "wish", "Masalah baru")
    below, text = book.free(WISHES), "Kalimat yang sama. " * 20
    book.put(WISHES, below, "wish", "Masalah di bawah")
    book.put(WISHES, below, "by", f"{text}Sepuluh juta.")
    returned = read(book.save())
    told = [render(each.message, Language.ID) for each in compare(region.workspace, returned).new_rows]
    assert any("Kalimat yang sama." in each for each in told), "what a new row says is shown"
    taken = take_over(region.workspace, returned)
    assert taken.rows == 2
    assert sorted(wishes(region).values())[:2] == ["Masalah baru", "Masalah di bawah"]
    assert all(row.agency == region.agency for row in region.workspace.plan().rows["wishes"])
    again = take_over(region.workspace, returned)
    assert again.is_empty
    assert len(wishes(region)) == 6
    # two long texts are not two equal beginnings
    book.put(WISHES, below, "by", f"{text}Sepuluh MILIAR.")
    (doubt,) = compare(region.workspace, read(book.save())).doubts
    (change,) = doubt.choice("update").effects
    handed, came, here = change.told
    assert "juta" in handed
    assert "MILIAR" in came
    assert "juta" in here


def test_a_new_row_that_comes_back_changed_is_asked(region: Any, book: Book) -> None:
    row = book.free(WISHES)
    book.put(WISHES, row, "wish", "Masalah baru")
    book.put(WISHES, row, "by", "Satu")
    take_over(region.workspace, read(book.save()))
    book.put(WISHES, row, "by", "Dua")
    returned = read(book.save())
    (doubt,) = compare(region.workspace, returned).doubts
    assert doubt.kind == "again"
    taken = take_over(region.workspace, returned, answers={doubt.id: "update"})
    assert (taken.values, taken.rows) == (1, 0)
    assert len(wishes(region)) == 5


def test_missing_rows_are_asked_and_kept(region: Any, book: Book) -> None:
    book.sheet(WISHES).delete_rows(book.row(WISHES, region.rows[1]))
    returned = read(book.save())
    (doubt,) = compare(region.workspace, returned).doubts
    assert (doubt.kind, doubt.default) == ("missing", LEAVE)
    take_over(region.workspace, returned, answers={doubt.id: LEAVE})
    assert len(wishes(region)) == 4
    assert take_over(region.workspace, returned, answers={doubt.id: "delete"}).dropped == 1
    assert len(wishes(region)) == 3


@pytest.mark.slow
def test_copied_rows_are_asked_only_where_they_say_something_new(region: Any, book: Book) -> None:
    page, source = book.sheet(WISHES), book.row(WISHES, region.rows[0])
    for copy in (book.free(WISHES), book.free(WISHES) + 1):
        for at in range(1, page.max_column + 1):
            cell: Any = page.cell(copy, at)
            cell.value = page.cell(source, at).value
    assert proposal_of(region, book).is_empty
    book.put(WISHES, book.free(WISHES) - 1, "wish", "Salinan yang diubah")
    (doubt,) = proposal_of(region, book).doubts
    assert doubt.kind == "new"
    taken = take_over(region.workspace, read(book.path), answers={doubt.id: "new"})
    assert taken.rows == 1
    assert wish(region, 0) == "Masalah nomor 0"


def test_deleted_columns_and_sheets_are_said_and_lose_nothing(region: Any, book: Book) -> None:
    book.sheet(WISHES).delete_cols(book.at(WISHES, "wish"))
    del book.book[book.sheet("programme").title]
    found = proposal_of(region, book)
    assert not found.effects
    assert {note.id.rpartition(".")[2] for note in found.notes} == {"columns_gone", "sheet_gone"}


def test_a_row_deleted_here_is_asked_and_comes_back_as_a_difference(region: Any, book: Book) -> None:
    filled(region.workspace, lambda op: op.delete("row", region.rows[2]))
    book.put(WISHES, book.row(WISHES, region.rows[2]), "wish", "Masih penting")
    returned = read(book.save())
    (doubt,) = compare(region.workspace, returned).doubts
    assert doubt.kind == "gone"
    take_over(region.workspace, returned, answers={doubt.id: LEAVE})
    assert region.rows[2] not in wishes(region)
    take_over(region.workspace, returned, answers={doubt.id: "back"})
    assert wish(region, 2) == "Masih penting"
    assert {conflict.kind for conflict in region.workspace.conflicts()} <= {"delete-edit", "deleted-parent"}


def test_a_programme_deleted_here_comes_back_with_an_answer_alone(region: Any, book: Book) -> None:
    filled(region.workspace, lambda op: op.delete("programme", region.programme))
    book.put("programme", book.row("programme", region.programme), "programme.place", "Pasar lama")
    returned = read(book.save())
    gone = [doubt for doubt in compare(region.workspace, returned).doubts if doubt.kind == "gone"]
    assert len(gone) == 1
    take_over(region.workspace, returned, answers={gone[0].id: "back"}, skip_doubts=True)
    plan = region.workspace.plan()
    assert programme(plan, region.programme).title.values["id"] == "Layanan satu pintu"
    assert plan.answer("programme.place", region.programme).text.values["id"] == "Pasar lama"


def test_values_that_do_not_fit_are_asked_with_what_fits(region: Any, book: Book) -> None:
    row = book.row("indicator", region.indicator)
    book.put("indicator", row, "target:2027", "1.234")
    book.put("indicator", row, "direction", "makin renda makin baik")
    book.put("indicator", row, "baseline_year", "tahun lalu")
    book.put("programme", book.row("programme", region.programme), "total_budget", "=1/0")
    doubts = {doubt.where.cell: doubt for doubt in proposal_of(region, book).doubts}
    assert {doubt.kind for doubt in doubts.values()} == {"value"}
    assert len(doubts) == 4
    ambiguous = next(each for each in doubts.values() if len(each.choices) == 3)
    assert [choice.label for choice in ambiguous.choices][:2] == ["1.234", "1,234"]
    answers = {doubt.id: doubt.choices[0].id for doubt in doubts.values()}
    taken = take_over(region.workspace, read(book.path), answers=answers)
    assert taken.values == 2
    assert programme(region.workspace.plan(), region.programme).indicators[0].direction == "down"


def test_dates_and_numbers_written_as_text_are_read(region: Any, book: Book) -> None:
    book.put("indicator", book.row("indicator", region.indicator), "baseline", "7,5")
    book.put("programme", book.row("programme", region.programme), "start_year", "2026")
    book.put("programme", book.row("programme", region.programme), "total_budget", "500")
    assert proposal_of(region, book).is_empty
    book.put("programme", book.row("programme", region.programme), "end_year", dt.date(2028, 1, 1))
    assert [doubt.kind for doubt in proposal_of(region, book).doubts] == ["value"]


def test_new_programmes_activities_and_money_find_each_other(region: Any, book: Book) -> None:
    book.put("programme", book.free("programme"), "title", "Program baru")
    row = book.free("activity")
    book.put("activity", row, "programme", "Program baru")
    book.put("activity", row, "title", "Kegiatan baru")
    row = book.free("budget")
    book.put("budget", row, "programme", "Layanan satu pintu")
    book.put("budget", row, "source", "Sumbangan")
    book.put("budget", row, "indicative:2027", 250)
    row = book.free("indicator")
    book.put("indicator", row, "name", "Indikator tanpa program")
    returned = read(book.save())
    found = compare(region.workspace, returned)
    (doubt,) = [each for each in found.doubts if each.kind == "whose"]
    answers = {each.id: each.default for each in found.doubts} | {doubt.id: region.programme}
    taken = take_over(region.workspace, returned, answers=answers)
    plan = region.workspace.plan()
    made = next(each for each in plan.programmes if each.title.values["id"] == "Program baru")
    assert made.lead == region.agency
    assert [each.title.values["id"] for each in made.activities] == ["Kegiatan baru"]
    old = programme(plan, region.programme)
    assert len(old.indicators) == 2
    assert taken.rows == 4 - (0 if "gift" in {line.source for line in old.budget} else 1)


def test_a_total_under_the_table_is_no_row(region: Any, book: Book) -> None:
    book.put(WISHES, book.free(WISHES), "wish", "JUMLAH")
    (doubt,) = proposal_of(region, book).doubts
    assert doubt.default == LEAVE


@pytest.mark.slow
def test_an_older_hand_out_is_held_against_what_it_was(region: Any, book: Book) -> None:
    filled(region.workspace, lambda op: op.set("programme", region.programme, total_budget=900))
    newer = Book(make(region.workspace, region.agency, region.folder / "baru.xlsx").path)
    newer.put("programme", newer.row("programme", region.programme), "total_budget", 950)
    take_over(region.workspace, read(newer.save()))
    book.put("programme", book.row("programme", region.programme), "start_year", 2027)
    taken = take_over(region.workspace, read(book.save()))
    made = programme(region.workspace.plan(), region.programme)
    assert taken.values == 1
    assert (made.total_budget, made.start_year) == (950, 2027)
    assert not region.workspace.conflicts()


def test_each_workbook_is_one_operation_of_its_agency(region: Any, book: Book) -> None:
    book.put("programme", book.row("programme", region.programme), "start_year", 2027)
    take_over(region.workspace, read(book.save()))
    (change, *_) = region.workspace.recent(1)
    assert (change.author, change.role, change.kind) == ("Dinas Kominfo", "agency", "import")
    register = ("programme", region.programme, "start_year")
    assert region.workspace.provenance([register])[register].detail == "buku.xlsx"
    region.workspace.undo()
    assert programme(region.workspace.plan(), region.programme).start_year == 2026


def test_what_was_handed_out_is_known_without_the_hidden_sheet(region: Any, book: Book) -> None:
    del book.book["rancang"]
    del book.book["rancang-daftar"]
    book.put("programme", book.row("programme", region.programme), "start_year", 2027)
    assert [each.value for each in proposal_of(region, book).taken] == [2027]


@pytest.mark.slow
def test_a_lost_key_row_is_known_by_its_keys_and_headings(region: Any, book: Book) -> None:
    page = book.sheet(WISHES)
    name = page.title
    book.put(WISHES, book.row(WISHES, region.rows[0]), "by", "Jaringan")
    page.delete_rows(1)
    found = proposal_of(region, book)
    assert [each.value for each in found.taken] == ["Jaringan"]
    book.book[name].delete_cols(1)
    found = proposal_of(region, book)
    assert {doubt.kind for doubt in found.doubts} == {"sheet", "unkeyed"}
    assert [each.value for each in found.taken] == ["Jaringan"]
    assert take_over(region.workspace, read(book.path), skip_doubts=True).is_empty


def test_a_workbook_given_out_of_another_copy_is_read_by_its_own_paper(
    region: Any, book: Book, tmp_path: Path
) -> None:
    from desktop.workspace import tables
    from desktop.workspace.filled_elsewhere import remembering

    with remembering(region.workspace) as journal:
        journal.connection.execute(tables.handout.delete())
    filled(region.workspace, lambda op: op.set("programme", region.programme, total_budget=900))
    book.put("programme", book.row("programme", region.programme), "total_budget", 700)
    taken = take_over(region.workspace, read(book.save()))
    assert taken.differing == 1


@pytest.mark.slow
def test_undo_takes_a_workbook_back_and_says_what_stays_beside(region: Any, book: Book) -> None:
    filled(region.workspace, lambda op: op.set("programme", region.programme, total_budget=900))
    before = region.workspace.plan()
    book.put("programme", book.row("programme", region.programme), "total_budget", 700)
    book.put("programme", book.row("programme", region.programme), "start_year", 2027)
    book.put(WISHES, book.free(WISHES), "wish", "Baru")
    take_over(region.workspace, read(book.save()))
    assert len(region.workspace.conflicts()) == 1
    done = region.workspace.undo()
    assert done is not None
    assert len(done.left_alone) == 1, "what differs is settled by people, not by undo"
    assert len(region.workspace.conflicts()) == 1
    after = region.workspace.plan()
    assert after.rows == before.rows
    assert programme(after, region.programme).start_year == 2026
    region.workspace.redo()
    assert programme(region.workspace.plan(), region.programme).start_year == 2027
    region.workspace.self_check()


@pytest.mark.slow
def test_a_copy_of_the_workspace_agrees_on_what_stood_beside(
    region: Any, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from desktop.workspace import Author, Workspace

    copy = tmp_path / "salinan.rancang"
    shutil.copy(region.workspace.path, copy)
    filled(region.workspace, lambda op: op.set("programme", region.programme, total_budget=900))
    book.put("programme", book.row("programme", region.programme), "total_budget", 700)
    take_over(region.workspace, read(book.save()))
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "rumah lain"))
    with Workspace.open(copy, author=Author("Budi")) as other:
        other.bring_back(region.workspace.path)
        assert other.head == region.workspace.head
        assert other.conflicts() == region.workspace.conflicts()
        # where it is known what was handed out, the same workbook has nothing left to bring
        assert compare(other, read(book.path)).taken == ()
