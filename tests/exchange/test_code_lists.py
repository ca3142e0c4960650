import csv
from dataclasses import replace

import openpyxl
import pytest

from desktop.exchange.code_lists import NoCodes, NoTitles, codes_at_hand, read_code_list
from desktop.guideline import bundled_bytes, load_pack
from desktop.workspace.nomenclature import CodeList, Entry
from tests.checks.build import plan


def sheet(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def read(path):
    found = read_code_list(path)
    return dict(found.entries), [remark.id for remark in found.remarks]


def test_one_column_of_codes(tmp_path):
    path = sheet(tmp_path / "sipd.xlsx", [
        ["DAFTAR NOMENKLATUR PROGRAM, KEGIATAN, DAN SUBKEGIATAN"],
        [],
        ["No", "Kode", "Nomenklatur", "Kinerja", "Satuan"],
        [1, "2", "URUSAN PEMERINTAHAN WAJIB", None, None],
        [2, 2.16, "BIDANG KOMUNIKASI DAN INFORMATIKA", None, None],
        [3, "2.16.03", "Program Pengelolaan Aplikasi Informatika", None, None],
        [4, "2.16.03.2.02", "Pengelolaan E-government", "Dokumen", "Dokumen"],
        [5, "2.16.03.2.02.0035", "Koordinasi dan Fasilitasi Promosi Literasi SPBE", "Orang", "Orang"],
    ])  # fmt: skip
    titles, remarks = read(path)
    assert list(titles) == ["2", "2.16", "2.16.03", "2.16.03.2.02", "2.16.03.2.02.0035"]
    assert titles["2.16.03.2.02"] == "Pengelolaan E-government"
    assert remarks == []
    assert read_code_list(path).levels == {
        "field": 1, "division": 1, "programme": 1, "activity": 1, "sub_activity": 1,
    }  # fmt: skip


def test_a_pair_for_each_level_in_every_row(tmp_path):
    path = tmp_path / "ekspor.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        write = csv.writer(file, delimiter=";").writerow
        write(["KODE PROGRAM", "NAMA PROGRAM", "KODE KEGIATAN", "NAMA KEGIATAN", "KODE SUB KEGIATAN",
               "NAMA SUB KEGIATAN"])  # fmt: skip
        for at in range(1, 5):
            write(["2.16.03", "Program Aplikasi", f"2.16.03.2.0{at}", f"Kegiatan {at} kota",
                   f"2.16.03.2.0{at}.0001", f"Subkegiatan {at} kota"])  # fmt: skip
    titles, remarks = read(path)
    assert len(titles) == 9
    assert titles["2.16.03.2.03.0001"] == "Subkegiatan 3 kota"
    assert remarks == []


def test_a_code_cut_over_columns(tmp_path):
    path = sheet(tmp_path / "kepmen.xlsx", [
        ["Urusan", "Bidang", "Program", "Kegiatan", "Sub", "Nomenklatur"],
        [2, None, None, None, None, "Urusan wajib nonpelayanan dasar"],
        [2, 16, None, None, None, "Bidang informatika"],
        [2, 16, 3, None, None, "Program Aplikasi"],
        [2, 16, 3, "2.02", None, "Pengelolaan E-government"],
        [2, 16, 3, "2.02", 35, "Promosi literasi"],
        [2, 16, 3, "2.10", "0036", "Lain lagi"],
        ["X", "XX", "01", 2.1, "0001", "Perencanaan perangkat daerah"],
    ])  # fmt: skip
    titles, remarks = read(path)
    assert list(titles) == [
        "2", "2.16", "2.16.03", "2.16.03.2.02", "2.16.03.2.02.0035", "2.16.03.2.10.0036",
        "X.XX.01.2.10.0001",
    ]  # fmt: skip
    assert remarks == ["exchange.codes.padded"]


def test_what_is_not_taken_is_told(tmp_path):
    rows = [[f"2.16.{at:02}", f"Program nomor {at}"] for at in range(1, 40)]
    rows += [["2.16.01", "Nama yang lain"], ["2.16.01", "PROGRAM NOMOR 1"], ["2.16.1.9", "Salah ketik"]]
    found = read_code_list(sheet(tmp_path / "a.xlsx", [["Kode", "Nama"], *rows]))
    assert dict(found.entries)["2.16.01"] == "Program nomor 1"
    assert [remark.id for remark in found.remarks] == ["exchange.codes.differs", "exchange.codes.form"]
    assert found.remarks[0].params["row"] == "41"
    many = [[f"2.16.{at}", f"Salah nomor {at}"] for at in range(1, 10)] * 3 + rows[:41] * 3
    told = read_code_list(sheet(tmp_path / "b.xlsx", [["Kode", "Nama"], *many])).remarks
    assert told[-1].id == "exchange.codes.more"
    assert len(told) == 21


def test_other_files_are_refused_with_a_sentence(tmp_path):
    with pytest.raises(NoCodes):
        read_code_list(sheet(tmp_path / "a.xlsx", [["Nama", "Jumlah"], ["Pasar", 12], ["Sekolah", 9]]))
    with pytest.raises(NoTitles):
        read_code_list(sheet(tmp_path / "b.xlsx", [["Kode"], ["2.16.01"], ["2.16.02"], ["2.16.03"]]))


@pytest.mark.slow
def test_tens_of_thousands_of_rows(tmp_path):
    path = tmp_path / "besar.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file).writerow
        write(["kode", "nama"])
        for at in range(20_000):
            write([f"{1 + at // 10_000}.{at // 1000 % 10:02}.{at // 100 % 10:02}.2.01.{at % 10_000:04}",
                   f"Subkegiatan nomor {at}"])  # fmt: skip
    assert len(read_code_list(path).entries) == 20_000


def test_without_a_list_the_samples_of_the_guideline_are_at_hand():
    pack = load_pack(bundled_bytes("smart-city-2021"))
    assert codes_at_hand(plan(), pack).title("2.16.03") == "Program Pengelolaan Aplikasi Informatika"
    own = CodeList.of((Entry("1.01.01", "Program sekolah"),), "own")
    assert codes_at_hand(replace(plan(), codes=own), pack) is own
