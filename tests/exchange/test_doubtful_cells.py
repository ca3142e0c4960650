"""Cells that can be meant in several ways: a person decides, and nothing is taken before."""

from decimal import Decimal

import pytest
from openpyxl import Workbook

from desktop.exchange import apply_import, preview_programmes, refine, suggested_answers
from desktop.exchange.several import split
from desktop.exchange.when import when
from tests.exchange.lists import csv_file

HEAD = ["Program", "Indikator", "Satuan", "Kondisi awal 2025", "Target 2026", "Pagu 2026"]


def look(ground, path, answers=None):
    preview = preview_programmes(path, *ground)
    return refine(preview, answers or {}, *ground)


def indicators(preview):
    return {
        each.name: (each.unit, each.baseline, each.targets.get(2026))
        for draft in preview.programmes
        for each in draft.indicators.values()
    }


def doubts(preview):
    return {each.id: each for each in preview.questions if each.kind == "cells"}


@pytest.mark.parametrize(
    ("text", "parts", "sure"),
    [
        ("1. Indeks SPBE\n2. Kepuasan\nmasyarakat", ["Indeks SPBE", "Kepuasan masyarakat"], True),
        ("1. Indeks SPBE 2. Kepuasan", ["Indeks SPBE", "Kepuasan"], True),
        ("a) 70\nb) 80", ["70", "80"], True),
        ("- 70\n- 80", ["70", "80"], True),
        ("-\n80", ["-", "80"], False),
        ("IKM\n\nSPBE", ["IKM", "SPBE"], False),
        ("1.70", ["1.70"], False),
        ("1. Satu", ["1. Satu"], False),
        ("Tahap 1. 2. 3.", ["Tahap 1. 2. 3."], False),
        ("", [], False),
    ],
)
def test_what_a_cell_lists(text, parts, sure):
    assert split(text) == (parts, sure)


def test_numbered_indicators_get_the_values_that_are_numbered_the_same(ground, tmp_path):
    rows = [HEAD, ["A", "1. IKM 2. Indeks SPBE", "Poin", "1. 80 2. 2,5", "1. 82\n2. 2,6", "1000"]]
    preview = look(ground, csv_file(tmp_path, rows))
    assert indicators(preview) == {
        "IKM": ("Poin", Decimal(80), Decimal(82)),
        "Indeks SPBE": ("Poin", Decimal("2.5"), Decimal("2.6")),
    }
    assert doubts(preview) == {}
    assert preview.problems == ()


def test_a_gap_between_lines_is_a_value_not_known(ground, tmp_path):
    rows = [HEAD, ["A", "IKM\nSPBE\nLiterasi", "", "80\n\n3", "-\n2,6\n4", ""]]
    assert indicators(look(ground, csv_file(tmp_path, rows))) == {
        "IKM": ("", Decimal(80), None),
        "SPBE": ("", None, Decimal("2.6")),
        "Literasi": ("", Decimal(3), Decimal(4)),
    }


@pytest.mark.parametrize(
    ("answer", "given"), [("", [None, None]), ("leave", [None, None]), ("first", [Decimal(1), Decimal(2)])]
)
def test_more_values_than_indicators_are_a_persons_to_decide(ground, tmp_path, answer, given):
    path = csv_file(tmp_path, [HEAD, ["A", "1. IKM\n2. SPBE", "", "1\n2\n3", "4\n5", "6"]])
    question = "lines:list!D2"
    preview = look(ground, path, {question: answer})
    assert set(doubts(preview)) == {question}
    assert doubts(preview)[question].required
    assert [baseline for _, baseline, _ in indicators(preview).values()] == given
    assert [each.message.id for each in preview.refused] == (
        [] if answer == "first" else ["exchange.import.lines"]
    )


def test_what_was_decided_about_a_cell_is_taken_over(workspace, tmp_path):
    path = csv_file(tmp_path, [HEAD, ["A", "1. IKM\n2. SPBE", "", "1\n2\n3", "4\n5", "6"]])
    preview = look((workspace.plan(), workspace.pack()), path)
    answers = {**suggested_answers(preview.questions), "lines:list!D2": "first"}
    assert apply_import(workspace, preview, answers).answers["lines:list!D2"] == "first"
    (programme,) = workspace.plan().programmes
    assert [each.baseline for each in programme.indicators] == [1, 2]
    assert [each.targets[0].target for each in programme.indicators] == [4, 5]


def test_one_value_beside_numbered_indicators_may_count_for_all(ground, tmp_path):
    path = csv_file(tmp_path, [HEAD, ["A", "1. IKM\n2. SPBE", "", "", "4", "6"]])
    assert [target for _, _, target in indicators(look(ground, path)).values()] == [None, None]
    preview = look(ground, path, {"lines:list!E2": "all"})
    assert [target for _, _, target in indicators(preview).values()] == [4, 4]


@pytest.mark.parametrize(("answer", "amount"), [("leave", None), ("sum", 1_500_000_000), ("first", 10**9)])
def test_several_amounts_in_one_cell(ground, tmp_path, answer, amount):
    path = csv_file(tmp_path, [HEAD, ["A", "IKM", "", "", "4", "1.000.000.000\n500.000.000"]])
    preview = look(ground, path, {"lines:list!F2": answer})
    amounts = [each.value for draft in preview.programmes for made in draft.amounts.values() for each in made]
    assert amounts == ([] if amount is None else [amount])


# ---- decimal signs ---------------------------------------------------------------------------------
def test_each_column_is_written_in_its_own_way(ground, tmp_path):
    rows = [
        HEAD,
        ["A", "IKM", "", "81,5", "2.345", "1,234,567,890.00"],
        ["B", "SPBE", "", "1.234", "2.5", "2,000"],
    ]
    preview = look(ground, csv_file(tmp_path, rows))
    assert indicators(preview)["SPBE"] == ("", Decimal(1234), Decimal("2.5"))
    assert indicators(preview)["IKM"] == ("", Decimal("81.5"), Decimal("2.345"))
    assert "number_style" not in {each.id for each in preview.questions}
    assert [each.value for draft in preview.programmes for (each,) in draft.amounts.values()] == [
        Decimal(1234567890), 2000,
    ]  # fmt: skip


@pytest.mark.parametrize(("answer", "value"), [("", None), ("comma", 1234), ("point", Decimal("1.234"))])
def test_in_a_column_written_in_both_ways_single_numbers_are_asked_about(ground, tmp_path, answer, value):
    rows = [
        HEAD,
        ["A", "IKM", "", "", "81,5", ""],
        ["B", "SPBE", "", "", "2.5", ""],
        ["C", "Literasi", "", "", "1.234", ""],
    ]
    path = csv_file(tmp_path, rows)
    preview = look(ground, path, {"number:list!E4": answer})
    asked = doubts(preview)
    assert set(asked) == {"number:list!E4"}
    assert [option.label.params["value"] for option in asked["number:list!E4"].options] == [
        1234, Decimal("1.234"),
    ]  # fmt: skip
    assert indicators(preview)["Literasi"][2] == value
    assert bool(preview.refused) is (answer == "")


def test_amounts_with_commas_in_a_file_of_semicolons_are_asked_about(ground, tmp_path):
    """Such a file is Indonesian, but no amount has three decimals; nor is a value told by it then."""
    rows = [HEAD, ["A", "IKM", "", "2,750", "", "26,260"], ["B", "SPBE", "", "3,5", "", "1,980"]]
    preview = look(ground, csv_file(tmp_path, rows, delimiter=";"))
    (asked,) = [each for each in preview.questions if each.kind == "numbers"]
    assert asked.suggestion == "point"
    assert not any(draft.amounts for draft in preview.programmes)
    assert indicators(preview)["IKM"][1] == Decimal("2.75")
    rows[2][5] = "1,5"
    told = look(ground, csv_file(tmp_path, rows, delimiter=";"))
    assert not [each for each in told.questions if each.kind == "numbers"]
    rows[1][5], rows[2][3:] = "Rp26,260,000,000.00", ["3", "", "1,000,000,000"]
    preview = look(ground, csv_file(tmp_path, rows, delimiter=";"))
    (asked,) = [each for each in preview.questions if each.kind == "numbers"]
    assert asked.suggestion == "point"


def test_what_is_not_known_and_what_is_nought_are_kept_apart(ground, tmp_path):
    unknown = ["-", "N/A", "n.a.", "…", "tidak ada", "", "belum tersedia"]
    rows = [HEAD, *([f"P{at}", f"I{at}", "", text, "0", "0"] for at, text in enumerate(unknown))]
    preview = look(ground, csv_file(tmp_path, rows))
    assert set(indicators(preview).values()) == {("", None, Decimal(0))}
    assert all(amount.value == 0 for draft in preview.programmes for (amount,) in draft.amounts.values())
    (note,) = [each for each in preview.notes if each.id == "exchange.note.unknown"]
    assert note.params["n"] == 6


def test_numbers_shown_as_per_cent_are_what_people_see(ground, tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(HEAD)
    for row in (["A", "IKM", "", 0.785, 1, 5e9], ["B", "SPBE", "", 0.07, "85%", 5e9]):
        sheet.append(row)
    for row, form in ((2, "0.0%"), (3, '0.00" dari "%')):
        sheet.cell(row, 4).number_format = form
        sheet.cell(row, 5).number_format = "0%"
    path = tmp_path / "persen.xlsx"
    book.save(path)
    assert indicators(look(ground, path)) == {
        "IKM": ("%", Decimal("78.5"), Decimal(100)),
        "SPBE": ("%", Decimal(7), Decimal(85)),
    }


# ---- years and dates -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", 2026, 2026),
        (Decimal(2026), 2026, 2026),
        (Decimal(46023), 2026, 2026),
        ("Januari 2026", 2026, 2026),
        ("Jan - Des 2026", 2026, 2026),
        ("Triwulan II 2026", 2026, 2026),
        ("TA 2026", 2026, 2026),
        ("15/03/2026", 2026, 2026),
        ("15 March 2026", 2026, 2026),
        ("2026-03-15 00:00:00", 2026, 2026),
        ("12 Agustus 2025 s.d. 3 Juni 2027", 2025, 2027),
        ("2026–2028", 2026, 2028),
        ("2026-28", 2026, 2028),
        ("2026, 2027, 2028", 2026, 2028),
        ("2018-", 2018, None),
        ("2018 - sekarang", 2018, None),
    ],
)
def test_years_in_words_dates_and_spans(text, first, last):
    found = when(text)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "26", "12 bulan", "2028-2026", "dua ribu", Decimal(12), "2026 unit", True, None]
)
def test_what_names_no_year(text):
    assert when(text) is None


def test_months_and_days_date_figures_and_programmes(ground, tmp_path):
    head = ["Program", "Waktu Pelaksanaan", "Indikator", "Target", "Pagu", "Tahun mulai", "Tahun selesai"]
    rows = [
        head,
        ["A", "Januari 2026", "IKM", "80", "1000000000", "", ""],
        ["B", "46388", "SPBE", "3", "1000000000", "", ""],
        ["C", "", "", "", "", "Maret 2026", "12 Agustus 2026 - 3 Juni 2028"],
    ]
    preview = look(ground, csv_file(tmp_path, rows))
    first, second, third = preview.programmes
    assert (first.years, second.years) == ([2026], [2027])
    assert (third.start_year, third.end_year) == (2026, 2028)
    assert [each.message.id for each in preview.problems] == ["exchange.import.serial"]
    assert preview.refused == ()
