import csv
import json
from decimal import Decimal

import pytest

from desktop.base import Language, render
from desktop.exchange import (
    apply_import,
    decided_answers,
    open_questions,
    preview_programmes,
    read_decisions,
    refine,
    suggested_answers,
)
from desktop.exchange.programmes import NoProgrammes, OtherRegions, agreed
from desktop.exchange.questions import Unanswered, UnknownAnswer
from tests.exchange.lists import DECISIONS, REAL, csv_file, xlsx_file


def look(workspace, path, decisions=None):
    return preview_programmes(path, workspace.plan(), workspace.pack(), decisions)


def take(workspace, path, **more):
    """Import with every suggestion agreed to, and these answers of one's own."""
    preview = look(workspace, path)
    return apply_import(workspace, preview, {**suggested_answers(preview.questions), **more})


def only(workspace):
    (programme,) = workspace.plan().programmes
    return programme


def targets(indicator):
    return {target.year: str(target.target) for target in indicator.targets}


def real_rows():
    return list(csv.DictReader(REAL.read_text("utf-8").splitlines()))


# ---- the real list ---------------------------------------------------------------------------------
@pytest.fixture
def taken(workspace):
    decisions = read_decisions(DECISIONS)
    preview = look(workspace, REAL, decisions)
    report = apply_import(workspace, preview, decided_answers(preview.questions, decisions, "decisions.json"))
    return workspace, preview, report


def test_the_real_list_is_taken_over_whole(taken):
    workspace, preview, report = taken
    assert (report.new, report.agencies, report.budget_lines, report.indicators, report.targets) == (
        11,
        9,
        55,
        11,
        55,
    )
    assert report.problems == ()
    assert preview.other_regions == {"Kota Bogor": 14, "Kabupaten Sumbawa": 1, "Kabupaten Konawe Selatan": 1}
    plan = workspace.plan()
    assert len(plan.programmes) == 11
    stated = [int(row["budget_idr_as_in_source"]) for row in real_rows() if row["region_code"] == "18.07"]
    assert sum(line.indicative for programme in plan.programmes for line in programme.budget) == sum(stated)


def test_the_real_figures_are_exact(taken):
    workspace, _, _ = taken
    roads = next(p for p in workspace.plan().programmes if "Jalan" in p.title.read("id"))
    assert {line.year: line.indicative for line in roads.budget}[2026] == 305_689_779_000
    assert {line.source for line in roads.budget} == {"apbd"}
    assert (roads.start_year, roads.end_year, roads.dimension, roads.sub_dimension) == (
        2026,
        2030,
        "living",
        "mobility",
    )
    assert roads.origin == "imported"
    assert "RPJMD 2025-2029" in roads.source
    farming = next(p for p in workspace.plan().programmes if "Pertanian" in p.title.read("id"))
    assert farming.indicators[0].baseline == Decimal("-5.7")
    mothers = next(p for p in workspace.plan().programmes if "Kartu Sehat" in p.title.read("id"))
    assert mothers.indicators[0].direction == "down"
    assert targets(mothers.indicators[0])[2030] == "78"
    assert not any(programme.quick_win for programme in workspace.plan().programmes)


def test_importing_again_changes_nothing(taken):
    workspace, _, _ = taken
    head = workspace.head
    report = take(workspace, REAL, quick_win="no")
    assert (report.new, report.updated) == (0, 11)
    assert workspace.head == head


@pytest.mark.slow
def test_an_import_is_one_undoable_change_with_a_backup_before(taken):
    workspace, _, report = taken
    assert report.backup is not None
    assert report.backup.path.is_file()
    (latest, *_) = workspace.recent(1)
    assert latest.kind == "import"
    workspace.undo()
    assert workspace.plan().programmes == ()
    assert workspace.plan().agencies == ()
    workspace.redo()
    assert len(workspace.plan().programmes) == 11


def test_the_unit_is_asked_with_what_each_answer_would_mean(workspace):
    preview = look(workspace, REAL)
    unit = next(question for question in preview.questions if question.kind == "unit")
    assert unit.required
    assert unit.suggestion == "rupiah"
    hint = render(unit.hint, Language.ID)
    assert "Rp539.632.687.000 " in hint
    assert "Rp539.632.687.000.000" in hint


def test_nothing_is_written_before_the_open_points_are_settled(workspace):
    preview = look(workspace, REAL)
    head = workspace.head
    with pytest.raises(Unanswered) as error:
        apply_import(workspace, preview, {})
    assert len(error.value.questions) == len(open_questions(preview.questions, {})) == 24
    assert workspace.head == head
    with pytest.raises(UnknownAnswer):
        apply_import(workspace, preview, {**suggested_answers(preview.questions), "rupiah_unit": "dollars"})
    assert workspace.head == head


def test_every_question_reads_in_both_languages(workspace):
    preview = look(workspace, REAL)
    for language in Language:
        for question in preview.questions:
            sentences = [render(question.message, language)]
            sentences += [render(question.hint, language)] if question.hint else []
            assert not any("exchange." in sentence or "{" in sentence for sentence in sentences)


# ---- again, after people have worked on it ---------------------------------------------------------
HEADER = ["Program", "OPD", "Tahun", "Indikator", "Satuan", "Kondisi awal", "Target", "Pagu"]


def rows(*lines):
    return [HEADER, *[list(line) for line in lines]]


def test_an_update_changes_figures_and_leaves_peoples_words(workspace, tmp_path):
    first = rows(("Layanan A", "Dinas X", "2026", "Indeks", "poin", "1", "2", "1000000000"))
    take(workspace, csv_file(tmp_path, first))
    programme = only(workspace)
    from desktop.base import Message

    with workspace.operation(Message("x")) as op:
        op.write("programme", programme.id, "service", "id", "Ditulis tim")
        op.set("programme", programme.id, dimension="society", sub_dimension="learning")
    second = rows(
        ("LAYANAN A", "Dinas X", "2026", "indeks", "poin", "1", "3", "2000000000"),
        ("Layanan A", "Dinas X", "2027", "Indeks", "poin", "1", "4", "2500000000"),
    )
    report = take(workspace, csv_file(tmp_path, second, name="second.csv"))
    assert (report.new, report.updated) == (0, 1)
    programme = only(workspace)
    assert programme.title.read("id") == "Layanan A"
    assert programme.service.read("id") == "Ditulis tim"
    assert (programme.dimension, programme.sub_dimension) == ("society", "learning")
    assert {line.year: line.indicative for line in programme.budget} == {2026: 2 * 10**9, 2027: 25 * 10**8}
    assert len(programme.indicators) == 1
    assert targets(programme.indicators[0]) == {2026: "3", 2027: "4"}


def test_agencies_are_found_by_name_or_short_name(workspace, tmp_path):
    from desktop.base import Message

    with workspace.operation(Message("x")) as op:
        known = op.insert(
            "agency", name={"id": "Dinas Komunikasi dan Informatika"}, short_name="Dinas Kominfo"
        )
    take(workspace, csv_file(tmp_path, rows(("Layanan A", "DINAS KOMINFO", "2026", "", "", "", "", ""))))
    assert only(workspace).lead == known
    assert len(workspace.plan().agencies) == 1


# ---- nasty lists -----------------------------------------------------------------------------------
def test_decimal_commas_and_unknown_baselines(workspace, tmp_path):
    made = rows(
        ("Layanan A", "Dinas X", "2026", "Indeks", "", "N/A", "4,14", "1.234.567.890,50"),
        ("Layanan A", "Dinas X", "2027", "Indeks", "", "N/A", "32,66 %", "Rp 2,5 miliar"),
    )
    report = take(workspace, csv_file(tmp_path, made, delimiter=";", encoding="cp1252"), rupiah_unit="rupiah")
    assert report.problems == ()
    programme = only(workspace)
    assert programme.indicators[0].baseline is None
    assert targets(programme.indicators[0]) == {2026: "4.14", 2027: "32.66"}
    assert programme.indicators[0].unit == "%"
    assert {line.year: line.indicative for line in programme.budget} == {
        2026: 1_234_567_891,
        2027: 2_500_000_000,
    }


def test_thousands_of_rupiah_are_multiplied_and_amounts_with_their_own_scale_are_not(workspace, tmp_path):
    made = rows(
        ("Layanan A", "", "2026", "", "", "", "", "539632"),
        ("Layanan A", "", "2027", "", "", "", "", "1,2 miliar"),
    )
    take(workspace, csv_file(tmp_path, made), rupiah_unit="thousand")
    assert {line.year: line.indicative for line in only(workspace).budget} == {
        2026: 539_632_000,
        2027: 1_200_000_000,
    }


def test_several_indicators_in_one_cell(workspace, tmp_path):
    made = rows(
        ("Layanan A", "", "2026", "IKM\nIndeks SPBE", "Indeks\nPoin", "91,81\n2,68", "91,91\n3", "10")
    )
    report = take(workspace, csv_file(tmp_path, made))
    assert report.problems == ()
    first, second = only(workspace).indicators
    assert (first.name.read("id"), first.unit, first.baseline) == ("IKM", "Indeks", Decimal("91.81"))
    assert (second.name.read("id"), second.unit, targets(second)) == ("Indeks SPBE", "Poin", {2026: "3"})


def test_a_name_broken_into_lines_is_one_indicator(workspace, tmp_path):
    made = rows(("Layanan A", "", "2026", "Persentase anak usia\nsekolah", "%", "90", "91", ""))
    take(workspace, csv_file(tmp_path, made))
    (indicator,) = only(workspace).indicators
    assert indicator.name.read("id") == "Persentase anak usia sekolah"


def test_values_that_do_not_match_the_indicators_are_refused_with_their_place(workspace, tmp_path):
    made = rows(("Layanan A", "", "2026", "IKM\nIndeks SPBE", "", "1\n2\n3", "4\n5", ""))
    report = take(workspace, csv_file(tmp_path, made))
    (problem,) = report.problems
    assert (problem.row, problem.column, problem.taken) == (2, "F", False)
    assert "IKM" not in render(problem.message, Language.ID)
    assert "1 / 2 / 3" in render(problem.message, Language.ID)
    assert [targets(indicator) for indicator in only(workspace).indicators] == [{2026: "4"}, {2026: "5"}]


def test_what_cannot_be_read_is_refused_cell_by_cell(workspace, tmp_path):
    made = rows(
        ("Layanan A", "", "2026", "Indeks", "", "baik", "#DIV/0!", "sekitar 5"),
        ("Layanan A", "", "dua ribu", "Indeks", "", "", "<1", "7"),
        ("Jumlah", "", "", "", "", "", "", "99"),
    )
    report = take(workspace, csv_file(tmp_path, made))
    assert [(p.row, p.column, p.message.id.rpartition(".")[2], p.taken) for p in report.problems] == [
        (2, "H", "no_number", False),
        (2, "F", "no_number", False),
        (2, "G", "formula_error", False),
        (3, "C", "no_year", False),
        (3, "H", "no_year_for", False),
        (3, "G", "bound", True),
        (3, "G", "no_year_for", False),
    ]
    for language in Language:
        for problem in report.problems:
            assert "exchange." not in render(problem.message, language)
    assert only(workspace).budget == ()


def test_a_date_where_a_number_belongs(workspace, tmp_path):
    import datetime as dt

    made = rows(("Layanan A", "", 2026, "Indeks", "", 1.5, dt.date(2026, 2, 1), 5e9))
    report = take(workspace, xlsx_file(tmp_path, made))
    assert [problem.message.id for problem in report.problems] == ["exchange.import.date_not_number"]
    assert only(workspace).indicators[0].baseline == Decimal("1.5")
    assert only(workspace).budget[0].indicative == 5 * 10**9


def test_a_workbook_with_merged_cells_and_years_in_the_header(workspace, tmp_path):
    made = [
        ["LAMPIRAN PROGRAM PRIORITAS (dalam jutaan rupiah)"],
        ["No", "Program", "OPD", "Indikator", "Kondisi Awal 2025", "Target", None, "Pagu", None],
        [None, None, None, None, None, 2026, 2027, 2026, 2027],
        [1, "Layanan A", "Dinas X", "Indeks satu", 1, 2, 3, 1500, 1600],
        [None, None, None, "Indeks dua", 10, 20, 30, None, None],
        [2, "Layanan B", "Dinas X", "Indeks tiga", 5, 6, 7, 800, 900.5],
    ]
    merges = ["B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:G2", "H2:I2", "B4:B5", "H4:H5", "I4:I5"]
    preview = look(workspace, xlsx_file(tmp_path, made, merges=merges))
    unit = next(question for question in preview.questions if question.kind == "unit")
    assert unit.suggestion == "million"
    report = apply_import(workspace, preview, suggested_answers(preview.questions) | later(preview))
    assert report.problems == ()
    first, second = workspace.plan().programmes
    assert [indicator.baseline_year for indicator in first.indicators] == [2025, 2025]
    assert targets(first.indicators[1]) == {2026: "20", 2027: "30"}
    assert {line.year: line.indicative for line in first.budget} == {2026: 1_500_000_000, 2027: 1_600_000_000}
    assert second.budget[1].indicative == 900_500_000


def later(preview):
    """Every dimension that nothing speaks for is decided later."""
    return {q.id: "later" for q in preview.questions if q.kind == "dimension" and not q.suggestion}


def test_blank_cells_below_mean_what_stands_above(workspace, tmp_path):
    made = rows(
        ("Layanan A", "Dinas X", "2026", "Indeks", "%", "1", "2", "5"),
        ("", "", "2027", "", "", "", "3", "6"),
        ("Layanan B", "", "2026", "", "", "", "", "7"),
    )
    take(workspace, csv_file(tmp_path, made), **{"dimension:layanan b": "later"})
    first, second = workspace.plan().programmes
    assert targets(first.indicators[0]) == {2026: "2", 2027: "3"}
    assert second.lead == ""
    assert second.indicators == ()


def test_a_file_without_programmes_names_what_it_found(workspace, tmp_path):
    path = csv_file(tmp_path, [["Nama", "Alamat"]])
    with pytest.raises(NoProgrammes) as error:
        look(workspace, path)
    assert '"Nama", "Alamat"' in render(error.value.message, Language.ID)


def test_a_list_of_another_region_is_refused(workspace, tmp_path):
    path = csv_file(
        tmp_path, [["kode daerah", "daerah", "program"], ["32.71", "Kota Bogor", "Bogor Berlari"]]
    )
    with pytest.raises(OtherRegions):
        look(workspace, path)


def test_an_unknown_column_may_be_explained(workspace, tmp_path):
    made = [["Program", "Yang diuntungkan", "Kosong"], ["Layanan A", "Nelayan kecil", ""]]
    preview = look(workspace, csv_file(tmp_path, made))
    known, column = [question for question in preview.questions if question.kind == "mapping"]
    assert (known.id, known.suggestion, known.certainty) == ("column:program", "programme", "stated")
    assert (column.id, column.suggestion, column.required) == ("column:yang diuntungkan", "ignore", False)
    answers = {**suggested_answers(preview.questions), column.id: "served", "dimension:layanan a": "later"}
    refined = refine(preview, answers, workspace.plan(), workspace.pack())
    assert refined.programmes[0].texts["served"] == "Nelayan kecil"
    apply_import(workspace, preview, answers)
    assert only(workspace).served.read("id") == "Nelayan kecil"


def test_numbers_that_read_in_two_ways_are_asked_about(workspace, tmp_path):
    made = rows(("Layanan A", "", "2026", "Produksi", "ton", "1.234", "1.500", ""))
    preview = look(workspace, csv_file(tmp_path, made))
    (style,) = [question for question in preview.questions if question.kind == "numbers"]
    assert style.required
    answers = suggested_answers(preview.questions) | later(preview)
    apply_import(workspace, preview, {**answers, "number_style": "comma"})
    assert only(workspace).indicators[0].baseline == Decimal(1234)
    apply_import(workspace, preview, {**answers, "number_style": "point"})
    assert only(workspace).indicators[0].baseline == Decimal("1.234")
    ground = workspace.plan(), workspace.pack()
    read = agreed(preview, {}, *ground)
    assert read.programmes[0].indicators["produksi"].baseline == 1234, "what is shown is what is written"
    assert [question for question in read.questions if question.kind == "numbers"] == [style], "still asked"
    other = agreed(read, {"number_style": "point"}, *ground)
    assert other.programmes[0].indicators["produksi"].baseline == Decimal("1.234")
    assert refine(preview, {"number_style": "?"}, *ground) is preview


def test_amounts_are_not_read_as_the_indices_beside_them_are_written(workspace, tmp_path):
    """A clear 2.75 in a column of values says nothing of an amount of 1.250, and the other way round."""
    made = [
        ["Program", "Indikator", "Target 2026", "Pagu 2026 (juta)"],
        ["A", "Indeks SPBE", "2.75", "1.250"],
        ["B", "Indeks", "3.5", "12.500"],
    ]
    ground = workspace.plan(), workspace.pack()
    preview = look(workspace, csv_file(tmp_path, made))
    (style,) = [each for each in preview.questions if each.kind == "numbers"]
    assert (style.suggestion, style.required) == ("comma", True), "amounts are grouped in threes"
    assert not any(draft.amounts for draft in preview.programmes)

    def amounts(answer):
        read = agreed(preview, answer, *ground)
        return [amount.value for draft in read.programmes for (amount,) in draft.amounts.values()]

    assert amounts({}) == [1250, 12500]
    assert amounts({"number_style": "point"}) == [Decimal("1.25"), Decimal("12.5")]
    made[1][2], made[2][2] = "2.750", "3.505"  # now neither is told
    preview = look(workspace, csv_file(tmp_path, made))
    asked = {each.id: each for each in preview.questions if each.kind == "numbers"}
    assert set(asked) == {"number_style", "number_style:values"}
    read = agreed(preview, {"number_style:values": "point"}, *ground)
    assert read.programmes[0].indicators["indeks spbe"].targets == {2026: Decimal("2.75")}
    assert amounts({"number_style:values": "point"}) == [1250, 12500]
    # who says it once, as a decisions file does, says it of both
    once = refine(preview, {"number_style": "comma"}, *ground)
    assert once.programmes[0].indicators["indeks spbe"].targets == {2026: 2750}
    assert [each.required for each in once.questions if each.kind == "numbers"] == [True, False]
    made[1][3], made[2][3] = "Rp1.250.000.000", "Rp12.500.000.000"
    preview = look(workspace, csv_file(tmp_path, made))
    (style,) = [each for each in preview.questions if each.kind == "numbers"]
    assert (style.id, style.suggestion) == ("number_style", "comma"), "the amounts suggest it"


def test_a_report_of_what_was_spent(workspace, tmp_path):
    """As they come in: heads and sums letter by letter, what is left, shares, a number of agencies."""
    made = [
        ["LAPORAN REALISASI TAHUN 2026"],
        ["No.", "P R O G R A M", "PAGU", "REALISASI", "%", "SISA PAGU", "SERAPAN OPD", "Target 2026"],
        ["1", "Layanan A", "1000000000", "400000000", "40", "600000000", "12", "5"],
        ["2", "Layanan B", "3000000000", "-", "0", "3000000000", "7", "6"],
        ["", "J U M L A H", "4000000000", "400000000", "10", "3600000000", "", ""],
    ]
    preview = agreed(look(workspace, csv_file(tmp_path, made)), {}, workspace.plan(), workspace.pack())
    assert [(each.title, each.agency) for each in preview.programmes] == [
        ("Layanan A", ""),
        ("Layanan B", ""),
    ]
    amounts = [
        {figure: [amount.value for amount in found] for (_, _, figure), found in each.amounts.items()}
        for each in preview.programmes
    ]
    assert amounts == [{"indicative": [10**9], "realised": [4 * 10**8]}, {"indicative": [3 * 10**9]}]
    assert [each.agrees for each in preview.stated] == [True]
    assert [each.column for each in preview.left] == ["E", "F", "G", "H"], "told, where nothing else is"


def test_a_dash_names_no_programme(workspace, tmp_path):
    made = [["Program", "Pagu 2026"], ["A", "1000000000"], ["-", "5"], ["2", "6"]]
    preview = look(workspace, csv_file(tmp_path, made))
    assert [each.title for each in preview.programmes] == ["A"]
    assert [each.row for each in preview.refused] == [3, 4]
    assert sum(map(len, preview.programmes[0].amounts.values())) == 1
    made = [["Uraian", "", "Pagu 2026"], ["-", "Layanan A", 10**9], ["•", "Layanan B", 10**9]]
    preview = look(workspace, xlsx_file(tmp_path, made, merges=["A1:B1"]))
    assert [each.title for each in preview.programmes] == ["Layanan A", "Layanan B"]


def test_a_column_without_letters_names_nothing(workspace, tmp_path):
    made = [["Nama Unggulan", "Yang mengurus", "%"], ["Taman baca", "Dinas X", "8,1"], ["Posyandu", "Y", "0"]]
    preview = look(workspace, csv_file(tmp_path, made))
    (asked,) = [each for each in preview.questions if each.kind == "naming"]
    assert [each.id for each in asked.options] == ["nama unggulan", "yang mengurus"]
    assert agreed(preview, {}, workspace.plan(), workspace.pack()).programmes == ()


def test_the_same_amount_beside_every_indicator_counts_once(workspace, tmp_path):
    made = rows(
        ("Layanan A", "", "2026", "Satu", "", "1", "2", "5000000000"),
        ("", "", "2026", "Dua", "", "1", "2", "5000000000"),
    )
    take(workspace, csv_file(tmp_path, made), **{"dimension:layanan a": "later"})
    assert only(workspace).budget[0].indicative == 5 * 10**9


@pytest.mark.parametrize(("answer", "amount"), [("sum", 8 * 10**9), ("first", 5 * 10**9)])
def test_different_amounts_for_the_same_year_are_asked_about(workspace, tmp_path, answer, amount):
    made = rows(
        ("Layanan A", "", "2026", "Satu", "", "1", "2", "5000000000"),
        ("", "", "2026", "Dua", "", "1", "2", "3000000000"),
    )
    take(workspace, csv_file(tmp_path, made), several_amounts=answer, **{"dimension:layanan a": "later"})
    assert only(workspace).budget[0].indicative == amount


def test_the_lists_words_for_sources_of_money(workspace, tmp_path):
    made = [
        ["Program", "Tahun", "Sumber Dana", "Pagu"],
        ["Layanan A", "2026", "APBD Kabupaten/Kota", "1000000000"],
        ["Layanan A", "2026", "Uang dari langit", "2000000000"],
    ]
    preview = look(workspace, csv_file(tmp_path, made))
    known, unknown = [question for question in preview.questions if question.kind == "funding"]
    assert (known.suggestion, known.required, unknown.required) == ("apbd", False, True)
    answers = {**suggested_answers(preview.questions), **later(preview), unknown.id: "csr"}
    possible = {option.id for option in unknown.options}
    answers[unknown.id] = next(each for each in sorted(possible) if each != "apbd")
    apply_import(workspace, preview, answers)
    assert {line.source for line in only(workspace).budget} == {"apbd", answers[unknown.id]}


@pytest.mark.parametrize("other", [1, 2])
def test_money_of_two_sources_that_mean_one_adds_up(workspace, tmp_path, other):
    made = [["Program", "Tahun", "Sumber Dana", "Pagu"], ["A", "2026", "DAU", "1000000000"]]
    take(
        workspace,
        csv_file(tmp_path, [*made, ["A", "2026", "DAK", f"{other}000000000"]]),
        **{"funding:dau": "apbd", "funding:dak": "apbd", "dimension:a": "later"},
    )
    assert {line.source: line.indicative for line in only(workspace).budget} == {"apbd": (1 + other) * 10**9}


def test_the_same_title_of_two_agencies_makes_two_programmes(workspace, tmp_path):
    made = [["Program", "OPD"], ["Program Penunjang", "Dinas X"], ["Program Penunjang", "Dinas Y"]]
    path = csv_file(tmp_path, made)
    preview = look(workspace, path)
    apply_import(workspace, preview, later(preview) | suggested_answers(preview.questions))
    assert [p.title.read("id") for p in workspace.plan().programmes] == [
        "Program Penunjang (Dinas X)",
        "Program Penunjang (Dinas Y)",
    ]
    again = look(workspace, path)
    assert again.new == ()


def test_quick_win_marks(workspace, tmp_path):
    said = ("ya", "-", "Program Percepatan", "Bukan quick win", "Non-Quick Win", "Tidak termasuk percepatan")
    made = [
        ["Program", "Quick Win", "Tahun"],
        *([f"Layanan {at}", kind, "2026"] for at, kind in enumerate(said)),
    ]
    preview = look(workspace, csv_file(tmp_path, made))
    mark = next(question for question in preview.questions if question.kind == "quick_win")
    assert mark.suggestion == "yes"
    apply_import(workspace, preview, later(preview) | suggested_answers(preview.questions))
    assert [p.quick_win for p in workspace.plan().programmes] == [True, False, True, *[False] * 3]


def test_a_span_of_years_dates_the_programme(workspace, tmp_path):
    made = [["Program", "Tahun"], ["Layanan A", "2026-2028"], ["Layanan B", "2027-"]]
    preview = look(workspace, csv_file(tmp_path, made))
    apply_import(workspace, preview, later(preview) | suggested_answers(preview.questions))
    first, second = workspace.plan().programmes
    assert (first.start_year, first.end_year) == (2026, 2028)
    assert second.start_year == 2027


def test_amounts_beyond_all_measure(workspace, tmp_path):
    from desktop.exchange.amounts import AmountTooLarge

    made = rows(("Layanan A", "", 2026, "Indeks", "", 1e300, 2, 1e300))
    report = take(workspace, xlsx_file(tmp_path, made), **{"dimension:layanan a": "later"})
    assert [problem.message.id for problem in report.problems] == ["exchange.import.no_number"] * 2
    head = workspace.head
    wrong_unit = rows(("Layanan B", "", "2026", "", "", "", "", "539632687000"))
    with pytest.raises(AmountTooLarge):
        take(
            workspace,
            csv_file(tmp_path, wrong_unit),
            rupiah_unit="million",
            **{"dimension:layanan b": "later"},
        )
    assert workspace.head == head


# ---- decisions files -------------------------------------------------------------------------------
def written(folder, content):
    path = folder / "decisions.json"
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_a_decisions_file_is_checked_against_the_list(workspace, tmp_path):
    from desktop.exchange.decisions import BrokenDecisions, UnusedDecision

    decisions = read_decisions(written(tmp_path, {"programmes": {"Program Lain": {"dimension": "living"}}}))
    preview = look(workspace, REAL, decisions)
    with pytest.raises(UnusedDecision) as error:
        decided_answers(preview.questions, decisions, "decisions.json")
    assert "Program Lain" in render(error.value.message, Language.EN)
    for wrong in ({"rupiah_unit": {"answer": "dollar"}}, {"unknown": 1}, []):
        with pytest.raises(BrokenDecisions):
            read_decisions(written(tmp_path, wrong))


def test_single_programmes_may_be_left_out_or_decided_apart(workspace, tmp_path):
    made = rows(
        ("Layanan A", "", "2026", "Satu", "", "1", "2", "5000"),
        ("Layanan B", "", "2026", "Dua", "", "1", "2", "5000000"),
    )
    decisions = read_decisions(
        written(
            tmp_path,
            {
                "rupiah_unit": {"answer": "thousand"},
                "programmes": {
                    "Layanan A": {
                        "dimension": "living",
                        "rupiah_unit": "million",
                        "quick_win": True,
                        "indicators": {"Satu": {"direction": "down"}},
                    },
                    "layanan b": {"leave_out": True},
                },
            },
        )
    )
    preview = look(workspace, csv_file(tmp_path, made), decisions)
    apply_import(workspace, preview, decided_answers(preview.questions, decisions))
    programme = only(workspace)
    assert (programme.budget[0].indicative, programme.quick_win) == (5_000_000_000, True)
    assert programme.indicators[0].direction == "down"


def test_the_published_schema_is_the_one_in_use():
    import jsonschema

    from desktop.exchange.decisions import make_schema, schema_text
    from tests.exchange.lists import ROOT

    assert (ROOT / "resources/schemas/import-decisions.schema.json").read_text("utf-8") == schema_text()
    jsonschema.Draft202012Validator(make_schema()).validate(json.loads(DECISIONS.read_text("utf-8")))
