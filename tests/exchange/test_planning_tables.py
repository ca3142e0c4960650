"""The government's planning tables as offices have them: each gives the rows that a person would read."""

import csv
import io
from decimal import Decimal

import pytest

from desktop.base import Language, Message, render
from desktop.exchange import apply_import, preview_programmes, refine, suggested_answers
from desktop.exchange.programmes import changes_of, import_steps
from desktop.exchange.reading import NoSuchSheet
from desktop.exchange.table import NotATable, ProtectedTable, TableTooLarge, read_tables
from desktop.exchange.telling import left_over, sums, told
from tests.data.planning import tables
from tests.effort import steps
from tests.exchange.lists import csv_file, new_workspace, xlsx_file

MILLION = 10**6


def look(workspace, path, **more):
    return preview_programmes(path, workspace.plan(), workspace.pack(), **more)


def take(workspace, preview, **more):
    later = {each.id: "later" for each in preview.questions if each.kind == "dimension"}
    return apply_import(workspace, preview, {**later, **suggested_answers(preview.questions), **more})


def named(preview, title):
    return next(draft for draft in preview.programmes if title.casefold() in draft.title.casefold())


def budget(programme):
    return {line.year: line.indicative or line.ceiling for line in programme.budget}


# ---- the layouts -----------------------------------------------------------------------------------
def test_rpjmd_with_split_codes_merged_headers_and_a_total(workspace, tmp_path):
    preview = look(workspace, tables.rpjmd(tmp_path))
    (sheet,) = preview.sheets
    assert (sheet.kind, sheet.told, sheet.programmes, sheet.activities) == ("rpjmd", "codes", 3, 0)
    assert preview.problems == ()
    assert [draft.code for draft in preview.programmes] == ["1.02.02", "1.02.03", "1.03.10"]
    unit = next(question for question in preview.questions if question.id == "rupiah_unit")
    assert unit.suggestion == "thousand"
    assert len(preview.stated) == 5
    assert all(each.agrees for each in preview.stated)
    take(workspace, preview)
    first = workspace.plan().programmes[0]
    assert budget(first) == {
        2026: 5 * 10**9,
        2027: 55 * 10**8,
        2028: 6 * 10**9,
        2029: 65 * 10**8,
        2030: 7 * 10**9,
    }
    assert first.total_budget == 30 * 10**9
    (indicator,) = first.indicators
    assert (indicator.unit, indicator.baseline, indicator.baseline_year) == (
        "per 100.000 KH",
        Decimal(120),
        2025,
    )
    assert {target.year: target.target for target in indicator.targets}[2030] == 85
    assert first.origin == "imported"
    assert first.source == "rpjmd-tabel-7-1.xlsx, lembar “Tabel 7.1”, baris 11"


def test_renstra_with_activities_goals_and_headers_on_every_page(workspace, tmp_path):
    preview = look(workspace, tables.renstra(tmp_path))
    (sheet,) = preview.sheets
    assert (sheet.kind, sheet.agency, sheet.programmes, sheet.activities) == (
        "renstra",
        "Dinas Kesehatan",
        6,
        12,
    )
    assert preview.problems == ()
    assert [(left.column, left.header) for left in preview.left] == [("A", "Tujuan"), ("B", "Sasaran")]
    assert all(each.agrees for each in preview.stated)
    assert preview.new_agencies == ("Dinas Kesehatan",)
    report = take(workspace, preview)
    assert (report.new, report.activities, report.agencies, report.indicators) == (6, 12, 1, 12)
    programme = workspace.plan().programmes[0]
    assert [each.name.read("id") for each in programme.indicators] == [
        "Persentase layanan 1",
        "Indeks kepuasan layanan 1",
    ]
    activity = programme.activities[0]
    assert activity.budget == sum(50 * MILLION + year * 5 * MILLION for year in range(5))
    assert (activity.start_year, activity.end_year, activity.lead) == (2026, 2030, "")
    output = activity.output.read("id")
    assert "Jumlah dokumen 1 (2026: 2;" in output
    assert "Lokasi: Kec. Pringsewu" in output
    assert "Unit pelaksana: Bidang Yankes" in output
    parts = activity.sub_activities
    assert [each.title.read("id") for each in parts] == [
        part.title for part in preview.programmes[0].activities[0].activities
    ]
    assert parts[0].code == preview.programmes[0].activities[0].activities[0].code
    assert (parts[0].start_year, parts[0].end_year) == (2026, 2030)
    again = look(workspace, tables.renstra(tmp_path))
    take(workspace, again)
    assert workspace.plan().programmes[0].activities[0].sub_activities == parts


@pytest.mark.parametrize(("answer", "titles"), [("sub_activity", "Subkegiatan"), ("none", "")])
def test_which_parts_become_activities_is_a_persons_choice(workspace, tmp_path, answer, titles):
    preview = look(workspace, tables.renstra(tmp_path, 1))
    take(workspace, preview, activities=answer)
    (programme,) = workspace.plan().programmes
    assert bool(titles) == bool(programme.activities)
    assert all(each.title.read("id").startswith(titles) for each in programme.activities)


def test_one_sheet_for_each_agency_and_outcomes_on_rows_of_their_own(workspace, tmp_path):
    path = tables.renstra_2025(tmp_path)
    preview = look(workspace, path)
    assert [sheet.name for sheet in preview.sheets][:2] == ["Dinas Kesehatan", "Dinas Pendidikan"]
    assert preview.other_sheets == ("Sampul",)
    assert preview.new_agencies == ("Dinas Kesehatan", "Dinas Pendidikan", "DINAS KOMUNIKASI DAN INFORMATIKA")
    assert len({draft.key for draft in preview.programmes}) == 3
    draft = preview.programmes[0]
    assert (draft.code, draft.agency) == ("2.01.01", "Dinas Kesehatan")
    (indicator,) = draft.indicators.values()
    assert (indicator.name, indicator.baseline, indicator.targets[2029]) == (
        "Nilai SAKIP",
        Decimal("70.5"),
        74,
    )
    assert draft.activities[0].details == ["Tersusunnya dokumen perencanaan"]
    assert [problem.message.id for problem in preview.problems] == ["exchange.import.detail"] * 3
    one = look(workspace, path, sheets=["Dinas Pendidikan"])
    assert [draft.agency for draft in one.programmes] == ["Dinas Pendidikan"]
    assert [sheet.chosen for sheet in one.sheets] == [False, True, False]
    both = refine(one, {}, workspace.plan(), workspace.pack(), sheets=["Dinas Kesehatan", "Dinas Pendidikan"])
    assert len(both.programmes) == 2
    with pytest.raises(NoSuchSheet):
        look(workspace, path, sheets=["Sampul"])


def test_the_same_title_of_another_agency_is_another_programme(workspace, tmp_path):
    path = tables.renstra_2025(tmp_path)
    take(workspace, look(workspace, path, sheets=["Dinas Kesehatan"]))
    preview = look(workspace, path, sheets=["Dinas Pendidikan"])
    assert preview.known == {}
    take(workspace, preview)
    assert len({programme.lead for programme in workspace.plan().programmes}) == 2


def test_renja_with_its_forecast_and_a_total_that_does_not_agree(workspace, tmp_path):
    preview = look(workspace, tables.renja(tmp_path))
    (sheet,) = preview.sheets
    assert (sheet.kind, sheet.agency, sheet.programmes, sheet.activities) == (
        "renja",
        "Dinas Lingkungan Hidup",
        1,
        1,
    )
    draft = preview.programmes[0]
    assert {year: str(amounts[0].value) for (year, _, _), amounts in draft.amounts.items()} == {
        2026: "7500000000.00",
        2027: "8000000000.00",
    }
    (wrong,) = [each for each in preview.stated if not each.agrees]
    said = [render(message, Language.ID) for message in sums(preview, {})]
    assert wrong.row == 12
    assert "Rp7.400.000.000, jumlah barisnya Rp7.500.000.000, selisih Rp100.000.000" in said[-1]
    left = [render(message, Language.ID) for message in left_over(preview)]
    assert left == ["Kolom H (“Catatan Penting”) di lembar “T-C.33” tidak diambil: 2 isian, baris 9–10."]


def test_dpa_with_split_codes_headings_of_agencies_and_accounts(workspace, tmp_path):
    preview = look(workspace, tables.dpa(tmp_path))
    assert [(d.code, d.agency) for d in preview.programmes] == [
        ("2.16.02", "DINAS KOMUNIKASI DAN INFORMATIKA"),
        ("2.16.03", "DINAS KOMUNIKASI DAN INFORMATIKA"),
        ("1.02.02", "DINAS KESEHATAN"),
    ]
    assert all(each.agrees for each in preview.stated)
    assert [note.id for note in preview.notes] == ["exchange.note.accounts"]
    year = next(question for question in preview.questions if question.id == "year")
    assert (year.suggestion, year.required) == ("2026", False)
    take(workspace, preview)
    line = workspace.plan().programmes[0].budget[0]
    assert (line.year, line.ceiling, line.indicative) == (2026, 500 * MILLION, None)


def test_bold_and_indented_rows_are_levels_only_when_somebody_agrees(workspace, tmp_path):
    preview = look(workspace, tables.indented(tmp_path))
    (sheet,) = preview.sheets
    assert (sheet.told, sheet.programmes, sheet.activities) == ("looks", 2, 3)
    asked = next(question for question in preview.questions if question.kind == "levels")
    assert asked.required
    hint = render(asked.hint, Language.ID)
    assert "program “Pengelolaan Informasi Publik”; kegiatan “Penyediaan konten”" in hint
    money = {
        draft.title: [a.value for v in draft.amounts.values() for a in v] for draft in preview.programmes
    }
    assert money == {
        "Pengelolaan Informasi Publik": [Decimal("1234567890.00")],
        "Pelayanan Perizinan Terpadu": [Decimal(1_200_000_000)],
    }
    flat = refine(preview, {"levels": "flat"}, workspace.plan(), workspace.pack())
    assert len(flat.programmes) == 5


def test_every_other_row_grey_is_no_level(workspace, tmp_path):
    from openpyxl import load_workbook
    from openpyxl.styles import PatternFill

    path = xlsx_file(tmp_path, [["Program", "OPD"], *[[f"Layanan {n}", "Dinas X"] for n in range(6)]])
    book = load_workbook(path)
    for row in range(2, 8, 2):
        book.active.cell(row, 1).fill = PatternFill("solid", fgColor="EEEEEE")
    book.save(path)
    assert len(look(workspace, path).programmes) == 6


def test_programmes_and_activities_in_columns_of_their_own(workspace, tmp_path):
    preview = look(workspace, tables.columns(tmp_path))
    assert [(draft.title, draft.summed) for draft in preview.programmes] == [
        ("Program Kota Aman", True),
        ("Program Warga Sehat", True),
    ]
    safe = preview.programmes[0]
    assert [(a.title, [s.title for s in a.activities]) for a in safe.activities] == [
        ("Pemantauan Kota", ["Pemasangan CCTV", "Ruang kendali"]),
        ("Patroli", ["Patroli malam"]),
    ]
    take(workspace, preview)
    assert budget(workspace.plan().programmes[0]) == {2026: 1050 * MILLION, 2027: 560 * MILLION}


def test_counted_years_are_asked_about_and_sums_stand_below_each_agency(workspace, tmp_path):
    preview = look(workspace, tables.counted_years(tmp_path))
    assert [draft.agency for draft in preview.programmes] == [
        "DINAS SOSIAL",
        "DINAS SOSIAL",
        "DINAS PARIWISATA",
    ]
    asked = next(question for question in preview.questions if question.id == "first_year")
    assert (asked.suggestion, asked.required) == ("2026", True)
    assert [(each.row, each.year) for each in preview.stated if not each.agrees] == [(10, 2028)]
    take(workspace, preview, first_year="2027")
    assert budget(workspace.plan().programmes[0]) == {
        2027: 1500 * MILLION,
        2028: 1600 * MILLION,
        2029: 1700_500_000,
    }


def test_hidden_rows_and_columns_are_asked_about_and_formulas_never_counted_are_told(workspace, tmp_path):
    preview = look(workspace, tables.hidden(tmp_path))
    asked = next(question for question in preview.questions if question.kind == "hidden")
    assert render(asked.message, Language.EN) == (
        "This file hides 1 row and 1 column. Should what is hidden be read too?"
    )
    (problem,) = preview.problems
    assert (problem.row, problem.column, problem.message.id) == (3, "C", "exchange.import.uncounted")
    without = refine(preview, {"hidden": "leave"}, workspace.plan(), workspace.pack())
    assert [draft.title for draft in without.programmes] == ["Program Satu", "Program Dua"]
    assert {year for draft in without.programmes for year in draft.years} == {2026}


def test_years_outside_the_plan_are_kept_and_told(workspace, tmp_path):
    path = csv_file(
        tmp_path, [["Program", "Pagu 2025", "Pagu 2026"], ["Layanan A", "1000000000", "2000000000"]]
    )
    preview = look(workspace, path)
    (note,) = preview.notes
    assert render(note, Language.ID).startswith("Tahun 2025 di luar masa masterplan (2026–2030)")
    take(workspace, preview)
    assert budget(workspace.plan().programmes[0]) == {2025: 10**9, 2026: 2 * 10**9}


def test_an_indicator_that_begins_with_jumlah_is_no_total(workspace, tmp_path):
    """Its row was passed over as a sum: most indicators of output begin with *Jumlah*."""
    rows = [
        ["Program", "Indikator", "Target 2026"],
        ["Layanan A", "Indeks", "1"],
        ["", "Jumlah laporan", "5"],
    ]
    preview = look(workspace, csv_file(tmp_path, rows))
    assert [each.name for each in preview.programmes[0].indicators.values()] == ["Indeks", "Jumlah laporan"]


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ";"), ("cp1252", "\t"), ("utf-16", ";")])
def test_a_planning_table_as_text(workspace, tmp_path, encoding, delimiter):
    rows = [
        ["RENSTRA 2026-2030", "", ""],
        ["Kode", "Program/Kegiatan", "Pagu 2026"],
        ["1.02.02", "Program Layanan é", "1.234.567.890,00"],
        ["1.02.02.2.01", "Kegiatan Satu", "-"],
    ]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path = tmp_path / "renstra.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    preview = look(workspace, path)
    draft = preview.programmes[0]
    assert (draft.title, [a.title for a in draft.activities]) == ("Program Layanan é", ["Kegiatan Satu"])
    ((amount,),) = draft.amounts.values()
    assert amount.value == Decimal("1234567890.00")


def test_opendocument_and_macros_are_read_like_any_other(workspace, tmp_path):
    (draft,) = look(workspace, tables.opendocument(tmp_path)).programmes
    assert (draft.title, draft.agency) == ("Program Layanan Digital", "Dinas Kominfo")
    assert len(look(workspace, tables.macros(tmp_path)).programmes) == 3


def test_an_old_workbook_is_read(workspace):
    """``lama.xls`` was written in the format of Excel 97."""
    from tests.exchange.lists import ROOT

    preview = look(workspace, ROOT / "tests/data/planning/lama.xls")
    assert [draft.title for draft in preview.programmes] == ["Program Kota Aman", "Program Warga Sehat"]
    assert "exchange.note.old_file" in {note.id for note in preview.notes}


# ---- hostile ---------------------------------------------------------------------------------------
def test_a_sheet_whose_cells_lie_a_million_rows_apart_is_read_at_once(tmp_path):
    (table,) = read_tables(tables.endless(tmp_path))
    assert len(table.rows) == 2
    assert table.strayed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "error"),
    [(tables.bomb, TableTooLarge), (tables.lying_bomb, NotATable), (tables.protected, ProtectedTable)],
)
def test_hostile_files_are_refused_with_a_sentence(workspace, tmp_path, make, error):
    with pytest.raises(error) as raised:
        look(workspace, make(tmp_path))
    for language in Language:
        said = render(raised.value.message, language)
        assert "exchange." not in said
        assert ".xlsx" in said


# ---- again -----------------------------------------------------------------------------------------
def test_a_renamed_programme_without_a_code_is_asked_about(workspace, tmp_path):
    first = [
        ["Program", "OPD", "Pagu 2026"],
        ["Layanan Adminduk Digital Terpadu", "Dinas Dukcapil", "1000000000"],
    ]
    take(workspace, look(workspace, csv_file(tmp_path, first)))
    (programme,) = workspace.plan().programmes
    second = [["Program", "OPD", "Pagu 2026"], ["Layanan Adminduk Digital", "Dinas Dukcapil", "1500000000"]]
    preview = look(workspace, csv_file(tmp_path, second, name="baru.csv"))
    asked = next(question for question in preview.questions if question.kind == "match")
    assert (asked.suggestion, asked.required) == (programme.id, True)
    changed = [
        render(each.message, Language.ID)
        for each in changes_of(preview, {asked.id: programme.id}, workspace.plan())
    ]
    old = "Layanan Adminduk Digital Terpadu"
    assert changed == [
        f"{old}: nama program dari “{old}” menjadi “Layanan Adminduk Digital”",
        f"{old}: pagu indikatif 2026 dari Rp1.000.000.000 menjadi Rp1.500.000.000",
    ]
    report = take(workspace, preview)
    assert (report.new, report.updated) == (0, 1)
    (programme,) = workspace.plan().programmes
    assert programme.title.read("id") == "Layanan Adminduk Digital"
    assert budget(programme) == {2026: 15 * 10**8}


def test_a_renamed_programme_may_be_a_new_one(workspace, tmp_path):
    first = [["Program", "OPD"], ["Layanan Adminduk Digital Terpadu", "Dinas Dukcapil"]]
    take(workspace, look(workspace, csv_file(tmp_path, first)))
    second = [["Program", "OPD"], ["Layanan Adminduk Digital", "Dinas Dukcapil"]]
    preview = look(workspace, csv_file(tmp_path, second))
    asked = next(question for question in preview.questions if question.kind == "match")
    report = take(workspace, preview, **{asked.id: "new"})
    assert (report.new, report.updated) == (1, 0)


def test_a_planning_table_imported_again_changes_nothing_and_a_newer_one_only_what_differs(
    workspace, tmp_path
):
    take(workspace, look(workspace, tables.renstra(tmp_path)))
    head = workspace.head
    again = look(workspace, tables.renstra(tmp_path))
    assert again.new == ()
    assert changes_of(again, {}, workspace.plan()) == ()
    report = take(workspace, again)
    assert (report.new, report.updated, workspace.head) == (0, 6, head)


def test_agencies_are_known_with_the_regions_name_behind_and_asked_about_when_spelt_otherwise(
    workspace, tmp_path
):
    with workspace.operation(Message("x")) as op:
        health = op.insert("agency", name={"id": "Dinas Kesehatan"}, short_name="Dinkes")
        works = op.insert("agency", name={"id": "Dinas Pekerjaan Umum dan Penataan Ruang"}, short_name="")
    rows = [
        ["Program", "OPD"],
        ["Layanan A", "Dinas Kesehatan Kabupaten Pringsewu"],
        ["Layanan B", "Dinas Pekerjaan Umum & Penataan Ruang"],
    ]
    preview = look(workspace, csv_file(tmp_path, rows))
    (asked,) = [question for question in preview.questions if question.kind == "agency"]
    assert asked.suggestion == works
    take(workspace, preview)
    assert [programme.lead for programme in workspace.plan().programmes] == [health, works]


def test_taking_over_can_be_given_up_half_way(workspace, tmp_path):
    preview = look(workspace, tables.renstra(tmp_path))
    later = {each.id: "later" for each in preview.questions if each.kind == "dimension"}
    head = workspace.head
    steps = import_steps(workspace, preview, {**later, **suggested_answers(preview.questions)})
    assert next(steps) == (0, 6)
    assert next(steps) == (1, 6)
    steps.close()
    assert workspace.head == head
    assert workspace.plan().programmes == ()


def test_everything_that_is_told_reads_in_both_languages(workspace, tmp_path):
    for make in tables.ALL:
        if make is tables.protected:
            continue
        preview = look(workspace, make(tmp_path))
        said = [*told(preview, {}), *(question.message for question in preview.questions)]
        said += [question.hint for question in preview.questions if question.hint]
        for language in Language:
            for message in said:
                text = render(message, language)
                assert "exchange." not in text
                assert "{" not in text


@pytest.mark.slow
def test_four_times_as_many_programmes_take_some_four_times_as_long(tmp_path):
    """Seconds for 300: tests/bench/bench_rooms.py."""
    (read, taken), (read_more, taken_more) = (renstra_taken(tmp_path / str(many), many) for many in (15, 60))
    assert read_more < 6 * read
    assert taken_more < 6 * taken


def renstra_taken(folder, many):
    """Steps of reading and of taking over a table of so many programmes."""
    folder.mkdir()
    path, found = tables.renstra(folder, many), []
    with new_workspace(folder / "region.rancang") as workspace:
        read = steps(lambda: found.append(look(workspace, path)))
        taken = steps(lambda: found.append(take(workspace, found[0], activities="none")))
    assert found[1].new == many
    return read, taken


@pytest.mark.slow
@pytest.mark.parametrize("make", [tables.rpjmd, tables.renstra, tables.renja, tables.dpa, tables.columns])
@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_what_libreoffice_writes_of_it_says_the_same(workspace, tmp_path, make, kind):
    import shutil
    import subprocess

    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: its files could not be read back")
    path, out = make(tmp_path), tmp_path / "out"
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [office, home, "--headless", "--convert-to", kind, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    written = look(workspace, out / f"{path.stem}.{kind}")
    wanted = look(workspace, path)
    assert [draft.title for draft in written.programmes] == [draft.title for draft in wanted.programmes]
    assert [draft.amounts.keys() for draft in written.programmes] == [
        draft.amounts.keys() for draft in wanted.programmes
    ]


def test_who_signed_below_the_sum_is_no_number_and_told_once(workspace, tmp_path):
    rows = [
        ["Kode", "Program dan Kegiatan", "Indikator", "Pagu 2026 (Rp)", "Pagu 2027 (Rp)"],
        ["2.16.01", "Program Pendaftaran Penduduk", "Cakupan KTP elektronik", 500, 600],
        ["2.16.01.2.01", "Pelayanan KTP keliling", "Jumlah desa", 500, 600],
        [None, "JUMLAH", None, 500, 600],
        [None, None, None, None, "Sukadana, 12 Maret 2025"],
        [None, None, None, None, "Kepala Dinas,"],
        [None, None, None, None, "NIP 19680412 199303 1 008"],
    ]
    preview = look(workspace, xlsx_file(tmp_path, rows))
    assert preview.problems == ()
    said = [render(message, Language.ID) for message in told(preview, {})]
    assert any("3 baris di bawah tabel (baris 5–7)" in each for each in said)


def test_the_pagu_of_an_rpjmd_is_also_its_ceiling_unless_a_person_says_no(workspace, tmp_path):
    path = tmp_path / "rpjmd.csv"
    rows = ["Dokumen;Program;Perangkat Daerah;Pagu 2026;Pagu 2027"]
    rows += ["RPJMD 2025-2029;Program Air;Dinas PUPR;100;200"]
    path.write_text(chr(10).join(rows), encoding="utf-8")
    preview = look(workspace, path)
    asked = next(question for question in preview.questions if question.id == "rpjmd_ceiling")
    assert (asked.suggestion, asked.required) == ("yes", False)
    take(workspace, preview, rupiah_unit="million")
    (programme,) = workspace.plan().programmes
    assert [(each.year, each.amount) for each in programme.ceilings] == [
        (2026, 100 * MILLION), (2027, 200 * MILLION),
    ]  # fmt: skip
    workspace.undo()
    take(workspace, look(workspace, path), rupiah_unit="million", rpjmd_ceiling="no")
    assert workspace.plan().programmes[0].ceilings == ()
    path.write_text(chr(10).join(rows).replace("RPJMD 2025-2029", "Renja"), encoding="utf-8")
    assert all(question.id != "rpjmd_ceiling" for question in look(workspace, path).questions)


def test_a_column_that_refers_to_a_document_makes_no_list_of_it(workspace, tmp_path):
    """Else its amounts would be kept as what the RPJMD allows."""
    rows = [["Program", "Sasaran RPJMD", "Pagu 2026"], ["Program Kota Aman", "Aman", 500 * MILLION]]
    preview = look(workspace, xlsx_file(tmp_path, rows))
    assert [sheet.kind for sheet in preview.sheets] == ["list"]
    assert not [each for each in preview.questions if each.id == "rpjmd_ceiling"]
    preview = look(workspace, xlsx_file(tmp_path, [["Indikasi program RPJMD 2026-2030"], *rows]))
    assert [sheet.kind for sheet in preview.sheets] == ["rpjmd"]


def test_codes_and_amounts_in_cells_merged_over_several_columns_count_once(workspace, tmp_path):
    rows = [
        ["Kode", "", "", "Program/Kegiatan", "Pagu 2026", ""],
        ["1.01.02", "", "", "Program Kota Aman", 400 * MILLION, ""],
        ["1.01.02.2.01", "", "", "Kegiatan Pemantauan", 400 * MILLION, ""],
        ["1.01.02", "2.01", "0001", "Penyediaan kamera", 400 * MILLION, ""],
    ]
    merged = [f"{first}{row}:{last}{row}" for row in (1, 2, 3) for first, last in (("A", "C"), ("E", "F"))]
    preview = look(workspace, xlsx_file(tmp_path, rows, merges=merged))
    (programme,) = preview.programmes
    (activity,) = programme.activities
    codes = [programme.code, activity.code, activity.activities[0].code]
    assert codes == ["1.01.02", "1.01.02.2.01", "1.01.02.2.01.0001"]
    assert [len(each) for each in activity.amounts.values()] == [1]


@pytest.mark.parametrize("column", [0, 1])
def test_a_sum_may_be_named_where_codes_stand(workspace, tmp_path, column):
    rows = [
        ["Kode", "Program/Kegiatan", "Pagu 2026"],
        ["1.01.02", "Program Kota Aman", 500 * MILLION],
        ["1.01.02.2.01", "Kegiatan Pemantauan", 500 * MILLION],
        ["", "", 400 * MILLION],
    ]
    rows[-1][column] = "JUMLAH"
    preview = look(workspace, xlsx_file(tmp_path, rows))
    assert preview.problems == ()
    assert [(each.row, each.stated.value, each.counted) for each in preview.stated] == [
        (4, 400 * MILLION, 500 * MILLION)
    ]


def test_an_activity_with_a_ceiling_in_one_year_and_a_budget_in_another_has_both(workspace, tmp_path):
    rows = [
        ["Kode", "Program/Kegiatan", "Pagu DPA 2026", "Pagu Indikatif 2027"],
        ["1.01.02", "Program Kota Aman", None, None],
        ["1.01.02.2.01", "Kegiatan Pemantauan", 100 * MILLION, 500 * MILLION],
    ]
    preview = look(workspace, xlsx_file(tmp_path, rows))
    assert {figure for _, _, figure in preview.programmes[0].amounts} == {"ceiling", "indicative"}
    take(workspace, preview)
    (activity,) = workspace.plan().programmes[0].activities
    assert (activity.budget, activity.start_year, activity.end_year) == (600 * MILLION, 2026, 2027)


def test_a_programme_that_states_one_year_says_nothing_of_the_others(workspace, tmp_path):
    """What its activities cost in the years that it leaves blank is part of its budget, and told."""
    rows = [
        ["Kode", "Program/Kegiatan", "Pagu 2026", "Pagu 2027"],
        ["1.01.02", "Program Kota Aman", 400 * MILLION, None],
        ["1.01.02.2.01", "Kegiatan Pemantauan", 100 * MILLION, 500 * MILLION],
        ["1.01.02.2.02", "Kegiatan Patroli", 300 * MILLION, 500 * MILLION],
    ]
    preview = look(workspace, xlsx_file(tmp_path, [*rows]))
    (draft,) = preview.programmes
    assert draft.summed
    take(workspace, preview)
    assert budget(workspace.plan().programmes[0]) == {2026: 400 * MILLION, 2027: 1000 * MILLION}
