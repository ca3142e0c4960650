"""Region and years told by a list itself."""

import pytest

from desktop.exchange.guessing import guess
from tests.exchange.lists import REAL, csv_file, xlsx_file


def quiet(*_):
    pass


def told(path):
    found = guess(quiet, path)
    return found.region, found.first_year, found.last_year


@pytest.mark.slow
def test_the_real_list_tells_both():
    assert told(REAL) == ("18.07", 2025, 2029)


@pytest.mark.parametrize(
    ("name", "rows", "region", "years"),
    [
        ("x.xlsx", [["PEMKAB LAMPUNG TIMUR"], ["RPJMD TAHUN 2025 - 2029"]], "18.07", (2025, 2029)),
        ("x.xlsx", [["Pemkot Bogor"], ["Program", 2027, 2028, 2029, 2030, 2031]], "32.71", (2027, 2031)),
        ("Renstra_Kab_Malang 2025-2029.xlsx", [["Program", "Pagu"]], "35.07", (2025, 2029)),
        ("x.xlsx", [["Dinas Kesehatan Kabupaten Nias Selatan"], ["Program"]], "12.14", (0, 0)),
        ("x.xlsx", [["Program", "Kondisi awal 2024", "Target 2025", "Target 2026"]], "", (2025, 2029)),
        ("x.xlsx", [["Program batu alam"], ["metro"]], "", (0, 0)),
        ("daftar program siak.xlsx", [["Program"]], "14.08", (0, 0)),
        ("x.xlsx", [["RPJMD 2025 s.d. 2029"], ["2016", "2024"]], "", (2025, 2029)),
    ],
)
def test_what_titles_heads_and_file_names_tell(tmp_path, name, rows, region, years):
    assert told(xlsx_file(tmp_path, rows, name=name)) == (region, *years)


def test_a_name_that_two_regions_share_is_only_looked_for(tmp_path):
    found = guess(quiet, csv_file(tmp_path, [["Program"], ["Air"]], name="program malang.csv"))
    assert (found.region, found.words) == ("", "malang")
