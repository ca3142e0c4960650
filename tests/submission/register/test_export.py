"""What is handed on as Excel and CSV: typed, complete, and nothing a spreadsheet would compute."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import datetime as dt
import gc
import shutil
import sqlite3
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from desktop.base import Language
from desktop.base.errors import FileProblem
from desktop.base.jobs import quiet
from desktop.base.written import InTheWay, careful
from desktop.submission import container_hash
from desktop.submission.due import ZONE
from desktop.submission.register.addressees import of_no_region
from desktop.submission.register.export import write_csv, write_xlsx
from desktop.submission.register.run import receive
from desktop.submission.register.sheets import sheets
from desktop.submission.register.store import Register
from tests.submission.register.many import NOW, Country


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    country = Country(tmp_path_factory.mktemp("country") / "inbox")
    country.good("18.07", 1, country.inbox / "a.asice")
    country.late("35.07", 2, country.inbox / "b.asice")
    (country.inbox / "=HYPERLINK(35.73);=1+1,x_x000A_y.pdf").write_bytes(b"%PDF-1.7 x")
    path = country.inbox.parent / "meja.sqlite"
    receive(quiet, path, [country.inbox], country.keys.anchors, 1, NOW)
    with Register(path, read_only=True) as opened:
        yield opened


def test_a_workbook_with_typed_cells(register, tmp_path):
    book = load_workbook(write_xlsx(register, tmp_path / "x.xlsx", Language.ID))
    assert book.sheetnames == [
        "Kiriman", "Alasan", "Penanda tangan", "Program", "Anggaran", "Kesiapan", "Indikator",
    ]  # fmt: skip
    page = book["Kiriman"]
    head = [cell.value for cell in page[1]]
    first = dict(zip(head, page[2], strict=True))
    assert first["Kode daerah"].value == "18.07"
    assert first["Tahun awal"].value == 2026
    assert first["Indikatif (Rp)"].value == 3 * 2_500_000
    assert first["Indikatif (Rp)"].number_format == "#,##0"
    assert isinstance(first["Ditandatangani (WIB)"].value, dt.datetime)
    assert first["Dibaca di komputer ini (WIB)"].value == NOW.astimezone(ZONE).replace(tzinfo=None)
    assert first["Dibaca menurut baris dari tempat lain (WIB)"].value is None
    assert isinstance(first["Kesiapan"].value, (int, float))
    programmes = book["Program"]
    assert programmes.max_row == 1 + 3 + 4
    titles = [row[6] for row in programmes.iter_rows(min_row=2)]
    assert {cell.data_type for cell in titles} == {"s"}
    assert all(cell.value.startswith("=Program") and cell.quotePrefix for cell in titles)


def test_nothing_in_a_workbook_is_a_formula(register, tmp_path):
    book = load_workbook(write_xlsx(register, tmp_path / "x.xlsx", Language.EN))
    for page in book:
        for row in page.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    head, *rows = book["Submissions"].iter_rows(values_only=True)
    names = [str(row[head.index("File")]) for row in rows]
    assert any(name.endswith("x_x005F_x000A_y.pdf") for name in names), "as a workbook writes that it is none"


def test_csv_keeps_text_as_text(register, tmp_path):
    files = write_csv(register, tmp_path, Language.EN)
    assert len(files) == 7
    # nor where another sign parts the cells
    assert ";'=1+1,x" in (tmp_path / "packages.csv").read_text(encoding="utf-8")
    with (tmp_path / "programmes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["Programme"].startswith("'=Program") for row in rows)
    assert rows[0]["Total budget (Rp)"] == "2500000", "what is printed, not what is stated beside it"


def test_csv_for_excel_begins_with_its_mark(register, tmp_path):
    (path,) = write_csv(register, tmp_path / "daftar.csv", Language.ID, excel=True)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfKode daerah;Daerah;")
    assert data.count(b"\r\n") == 4


def test_one_file_in_the_way_leaves_every_list_as_it_was(register, tmp_path, recwarn):
    """Half of the tables new and half old is no list; and a workbook that is begun in vain complains."""
    (tmp_path / "budgets.csv").write_text("punya,orang\n1,2\n", "utf-8")
    book = Workbook()
    book.active.append(["punya orang"])
    book.save(tmp_path / "x.xlsx")
    with careful("receive"):
        with pytest.raises(InTheWay):
            write_csv(register, tmp_path, Language.ID)
        with pytest.raises(InTheWay):
            write_xlsx(register, tmp_path / "x.xlsx", Language.ID)
    gc.collect()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["budgets.csv", "x.xlsx"]
    assert [str(each.message) for each in recwarn] == []


@pytest.fixture
def figured(register, tmp_path):
    """The same with figures of its indicators, as somebody else's register may have any."""
    path = tmp_path / "lain.sqlite"
    shutil.copyfile(register.path, path)
    figures = ("12.345", "0.004", "1E+99999999999", "1e-99999", "NaN", "3")
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        for no, (which,) in enumerate(connection.execute("SELECT rowid FROM indicator").fetchall()):
            told = figures[no % len(figures)]
            connection.execute("UPDATE indicator SET baseline=? WHERE rowid=?", (told, which))
    with Register(path, read_only=True) as opened:
        yield opened


def test_decimals_have_the_mark_of_the_place_where_they_are_opened(figured, tmp_path):
    for excel, mark, point in ((True, ";", ","), (False, ",", ".")):
        write_csv(figured, tmp_path, Language.EN, excel=excel)
        with (tmp_path / "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
            told = {row["Baseline"] for row in csv.DictReader(file, delimiter=mark)}
        # what has more places than any figure is none
        assert told == {f"12{point}345", f"0{point}004", "", "3"}


def test_a_workbook_shows_all_places_of_a_decimal(figured, tmp_path):
    page = load_workbook(write_xlsx(figured, tmp_path / "x.xlsx", Language.EN))["Indicators"]
    at = [cell.value for cell in page[1]].index("Baseline")
    told = [row[at] for row in page.iter_rows(min_row=2)]
    assert {cell.value for cell in told} == {12.345, 0.004, None, 3}
    assert {cell.number_format for cell in told} == {"General"}


def test_one_region_alone(register, tmp_path):
    (path,) = write_csv(register, tmp_path / "daftar.csv", Language.ID, "35.07")
    assert path.read_bytes().count(b"\r\n") == 2


@pytest.mark.slow
def test_a_list_replaces_a_list_and_nothing_else(register, tmp_path):
    package = next(register.path.parent.joinpath("inbox").glob("a.asice"))
    taken = {each: each.read_bytes() for each in (register.path, package)}
    disguised = tmp_path / "paket.csv"
    disguised.write_bytes(package.read_bytes())
    link = tmp_path / "tautan.csv"
    link.symlink_to(register.path)
    for target in (register.path, package, disguised, link, tmp_path):
        with pytest.raises(FileProblem):
            write_xlsx(register, target, Language.ID)
        if target != tmp_path:
            with pytest.raises(FileProblem):
                write_csv(register, target, Language.ID)
    assert {each: each.read_bytes() for each in taken} == taken
    for _ in range(2):
        write_xlsx(register, tmp_path / "x.xlsx", Language.ID)
        write_csv(register, tmp_path / "x.csv", Language.ID)
        write_csv(register, tmp_path / "x.csv", Language.ID, excel=True)
    (tmp_path / "semua").mkdir()
    for _ in range(2):
        assert len(write_csv(register, tmp_path / "semua", Language.ID)) == 7


def test_who_signs_under_the_name_of_a_region_stands_with_what_that_is_worth(desk):
    """Of a refused package nobody is named: it only claims the region, and who signs it as whom."""
    desk.signed("18.07", 1, desk.inbox / "a.asice")
    desk.region_differs("18.08", 2, desk.inbox / "b.asice")
    desk.read()
    found = desk.listed()
    assert (found["b.asice"].result, found["b.asice"].region) == ("refused", "18.08")
    assert found["b.asice"].signers == ()
    with Register(desk.register, read_only=True) as opened:
        (signers,) = (each for each in sheets(opened, Language.EN) if each.file == "signers")
    assert {tuple(row[:5]) for row in signers.rows} == {
        ("18.07", "Kabupaten Lampung Timur", "by its signatures", "Valid", "yes"),
    }


def test_what_tells_no_region_is_counted_and_stands_in_the_lists_as_that(desk, tmp_path):
    """A package that was cut off on its way: refused, nobody's, and so in no figure of any region."""
    desk.signed("18.07", 1, desk.inbox / "a.asice")
    desk.cut_off("18.08", 2, desk.inbox / "b.asice")
    desk.read()
    found = desk.listed()
    assert (found["b.asice"].result, found["b.asice"].region, found["b.asice"].basis) == ("refused", "", "")
    gone = dataclasses.replace(found["b.asice"], vanished=True)
    unlisted = dataclasses.replace(found["a.asice"], region="99.99")
    for about, count in (
        (found.values(), 1),
        ([gone, found["a.asice"]], 0),
        ([unlisted, found["b.asice"]], 2),
    ):
        assert of_no_region(about) == count
    with Register(desk.register, read_only=True) as opened:
        book = load_workbook(write_xlsx(opened, tmp_path / "x.xlsx", Language.ID))
        for name in ("Kiriman", "Alasan"):
            head, *rows = book[name].iter_rows(values_only=True)
            told = [dict(zip(head, row, strict=True)) for row in rows]
            regions = {each["Daerah"] for each in told if str(each["Berkas"]).endswith("b.asice")}
            assert regions == {"daerah tidak diketahui"}
        write_csv(opened, tmp_path / "x.csv", Language.EN)
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["Region code"], row["Region"], row["Verdict"]) for row in csv.DictReader(file)] == [
            ("18.07", "Kabupaten Lampung Timur", "Valid"),
            ("", "region not known", "Refused"),
        ]


def test_every_list_says_which_rows_are_of_what_counts(desk):
    """All that was ever accepted stood in lists of figures alike: what was superseded, rivals, practice."""
    first = desk.inbox / "a.asice"
    desk.signed("18.07", 1, first)
    desk.signed("18.07", 2, desk.inbox / "b.asice", previous=container_hash(first))
    desk.trial("18.07", 3, desk.inbox / "latihan.asice")
    desk.read()
    with Register(desk.register, read_only=True) as opened:
        found = {each.file: list(each.rows) for each in sheets(opened, Language.EN)}
        heads = [each.columns[:5] for each in sheets(opened, Language.EN)]
    assert len(set(heads)) == 1
    for name in ("programmes", "budgets", "readiness", "indicators"):
        marked = {(Path(str(row[-1])).name, row[3], row[4]) for row in found[name]}
        assert marked == {
            ("a.asice", "Valid", ""),
            ("b.asice", "Valid", "yes, look at it"),
            ("latihan.asice", "Valid with notes", ""),
        }, name
