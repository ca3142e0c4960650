import pytest

from desktop.exchange.columns import Role, role_of
from desktop.exchange.header import find_header
from desktop.exchange.table import Table


@pytest.mark.parametrize(
    ("header", "role", "year"),
    [
        ("programme", Role.PROGRAMME, None),
        ("PROGRAM PRIORITAS", Role.PROGRAMME, None),
        ("owner_opd", Role.AGENCY, None),
        ("OPD Penanggung Jawab", Role.AGENCY, None),
        ("budget_idr_as_in_source", Role.BUDGET, None),
        ("Pagu Indikatif (Rp)", Role.BUDGET, None),
        ("Pagu Indikatif 2027 (Rp juta)", Role.BUDGET, 2027),
        ("Target 2026", Role.TARGET, 2026),
        ("2026 Target", Role.TARGET, 2026),
        ("Kondisi Awal (2024)", Role.BASELINE, 2024),
        ("dimension_as_in_source", Role.DIMENSION, None),
        ("Target 2025-2029", None, None),
        ("2026", None, 2026),
        ("Tahun 2026", None, 2026),
        ("Warna favorit", None, None),
        ("", None, None),
    ],
)
def test_what_a_header_says(header, role, year):
    found = role_of(header)
    assert found == (role, year) or (role is None and year is None and found[0] is None)


def sheet(*rows):
    return Table("Program", tuple(tuple(row) for row in rows))


def roles(header):
    return [(column.role.value, column.year) for column in header.columns]


def test_the_header_is_found_below_titles_and_column_numbers_are_passed_over():
    header = find_header(
        sheet(
            ["RENCANA PROGRAM PRIORITAS"],
            ["Kabupaten Uji", "", ""],
            [],
            ["No", "Program", "OPD", "Tahun", "Pagu (ribu rupiah)"],
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            ["1", "Layanan A", "Dinas X", "2026", "5"],
        ),
        {},
    )
    assert header.first_row == 5
    assert [column.role for column in header.columns][1:] == [
        Role.PROGRAMME,
        Role.AGENCY,
        Role.YEAR,
        Role.BUDGET,
    ]
    assert "ribu rupiah" in header.above


def test_a_header_on_two_rows():
    header = find_header(
        sheet(
            ["Program", "Indikator", "Target", "", "Pagu Indikatif", ""],
            ["", "", "2026", "2027", "2026", "2027"],
            ["Layanan A", "Indeks", "1", "2", "3", "4"],
        ),
        {},
    )
    assert roles(header)[2:] == [("target", 2026), ("target", 2027), ("budget", 2026), ("budget", 2027)]
    assert header.first_row == 2


def test_a_header_on_three_rows_with_merged_cells():
    header = find_header(
        sheet(
            [
                "Program",
                "Indikator",
                "Target Kinerja dan Pagu",
                "Target Kinerja dan Pagu",
                "Target Kinerja dan Pagu",
            ],
            ["Program", "Indikator", "2026", "2026", "2027"],
            ["Program", "Indikator", "K", "Rp", "K"],
            ["Layanan A", "Indeks", "1", "2", "3"],
        ),
        {},
    )
    assert roles(header)[2:] == [("target", 2026), ("budget", 2026), ("target", 2027)]
    assert header.first_row == 3


def test_a_sheet_without_programmes_has_no_header():
    assert find_header(sheet(["Nama", "Alamat"], ["A", "B"]), {}) is None


def test_a_person_may_say_what_a_column_is():
    made = sheet(["Nama Kegiatan Unggulan", "OPD"], ["A", "Dinas X"])
    header = find_header(made, {"nama kegiatan unggulan": Role.PROGRAMME})
    assert header.columns[0].role is Role.PROGRAMME


@pytest.mark.parametrize("odd", ["²", "①", "٣", "9" * 5000])
def test_digits_that_are_no_numbers_do_not_bring_the_reader_down(odd):
    """Found by chance: a raised two counts as a digit, and is no number."""
    header = find_header(sheet(["Program", "Tahun", "Pagu"], [odd, odd, odd]), {})
    assert [column.role for column in header.columns] == [Role.PROGRAMME, Role.YEAR, Role.BUDGET]
