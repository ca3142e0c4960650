"""Makes workbooks as regional planning offices have them, in the layouts of the government's forms.

``python tests/data/planning/tables.py FOLDER`` writes all of them; tests make the ones they need.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

MILLION = 1_000_000
SUBJECTS = (
    "Pelayanan Kesehatan", "Pengelolaan Pendidikan", "Penyelenggaraan Jalan", "Pengelolaan Persampahan",
    "Pengembangan Pariwisata", "Penanggulangan Bencana", "Pengelolaan Informasi Publik", "Pelayanan Perizinan",
    "Ketahanan Pangan", "Pemberdayaan UMKM",
)  # fmt: skip


def save(book: Workbook, folder: Path, name: str) -> Path:
    """Write a workbook into a folder."""
    path = folder / name
    book.save(path)
    book.close()
    return path


def _sheet(title: str):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    return book, sheet


def rpjmd(folder: Path) -> Path:
    """Tabel 7.1 of an RPJMD: code over three columns, header on three rows, thousands of rupiah, a total."""
    book, sheet = _sheet("Tabel 7.1")
    sheet.append(["Tabel 7.1"])
    sheet.append(["Indikasi Rencana Program Prioritas yang Disertai Kebutuhan Pendanaan"])
    sheet.append(["RPJMD Kabupaten Pringsewu Tahun 2026-2030 (dalam ribuan rupiah)"])
    sheet.append([])
    years = range(2026, 2031)
    top = ["Kode", None, None, "Bidang Urusan Pemerintahan dan Program Prioritas Pembangunan",
           "Indikator Kinerja Program (outcome)", "Satuan", "Kondisi Kinerja Awal RPJMD (Tahun 2025)",
           "Capaian Kinerja Program dan Kerangka Pendanaan", *[None] * 11, "Perangkat Daerah Penanggung Jawab"]  # fmt: skip
    second = [None] * 7 + [cell for year in years for cell in (f"Tahun {year}", None)]
    second += ["Kondisi Kinerja pada akhir periode RPJMD", None, None]
    third = [None] * 7 + ["Target", "Rp"] * 6 + [None]
    for row in (top, second, third):
        sheet.append(row)
    for area in ("A5:C7", "D5:D7", "E5:E7", "F5:F7", "G5:G7", "H5:S5", "T5:T7"):
        sheet.merge_cells(area)
    for column in range(8, 20, 2):
        sheet.merge_cells(start_row=6, start_column=column, end_row=6, end_column=column + 1)
    sheet.append([f"({number})" for number in range(1, 21)])
    data = [
        (1, None, None, "URUSAN PEMERINTAHAN WAJIB YANG BERKAITAN DENGAN PELAYANAN DASAR"),
        (1, "02", None, "URUSAN PEMERINTAHAN BIDANG KESEHATAN"),
        (1, "02", "02", "PROGRAM PEMENUHAN UPAYA KESEHATAN PERORANGAN", "Angka Kematian Ibu", "per 100.000 KH", 120,
         [110, 100, 95, 90, 85], [5_000_000, 5_500_000, 6_000_000, 6_500_000, 7_000_000], "Dinas Kesehatan"),
        (1, "02", "03", "PROGRAM PENINGKATAN KAPASITAS SUMBER DAYA MANUSIA KESEHATAN",
         "Persentase tenaga kesehatan tersertifikasi", "Persen", "78,5", ["80", "82,5", "85", "87,5", "90"],
         [1_000_000, 1_100_000, 1_200_000, 1_300_000, 1_400_000], "Dinas Kesehatan"),
        (1, "03", None, "URUSAN PEMERINTAHAN BIDANG PEKERJAAN UMUM DAN PENATAAN RUANG"),
        (1, "03", "10", "PROGRAM PENYELENGGARAAN JALAN", "Persentase jalan mantap", "%", 61.2,
         [63, 65, 68, 71, 75], [20_000_000, 21_000_000, 22_000_000, 23_000_000, 24_000_000], "Dinas PUPR"),
    ]  # fmt: skip
    sums = [0] * 5
    for entry in data:
        if len(entry) == 4:
            sheet.append(list(entry))
            continue
        *names, indicator, unit, baseline, targets, money, agency = entry
        sums = [one + other for one, other in zip(sums, money, strict=True)]
        cells = [cell for pair in zip(targets, money, strict=True) for cell in pair]
        sheet.append([*names, indicator, unit, baseline, *cells, targets[-1], sum(money), agency])
    last = [cell for each in sums for cell in (None, each)]
    sheet.append(["JUMLAH", *[None] * 6, *last, None, sum(sums)])
    row = sheet.max_row
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=7)
    return save(book, folder, "rpjmd-tabel-7-1.xlsx")


_T_C_27 = ["Tujuan", "Sasaran", "Kode", "Program, Kegiatan, dan Sub Kegiatan",
           "Indikator Kinerja Tujuan, Sasaran, Program (outcome) dan Kegiatan (output)", "Satuan",
           "Data Capaian pada Tahun Awal Perencanaan (2025)", "Target Kinerja Program dan Kerangka Pendanaan",
           *[None] * 11, "Unit Kerja Perangkat Daerah Penanggung Jawab", "Lokasi"]  # fmt: skip


def _head_27(sheet, row: int) -> None:
    years = range(2026, 2031)
    second = (
        [None] * 7
        + [cell for year in years for cell in (year, None)]
        + ["Kondisi Kinerja pada Akhir Renstra"]
    )
    third = [None] * 7 + ["Target", "Rp"] * 6
    for at, cells in enumerate((_T_C_27, second, third)):
        for column, cell in enumerate(cells, 1):
            sheet.cell(row + at, column, cell)
    for column in (*range(1, 8), 20, 21):
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + 2, end_column=column)
    sheet.merge_cells(start_row=row, start_column=8, end_row=row, end_column=19)
    for column in range(8, 20, 2):
        sheet.merge_cells(start_row=row + 1, start_column=column, end_row=row + 1, end_column=column + 1)
    for column in range(1, 22):
        sheet.cell(row + 3, column, column)


def renstra(folder: Path, programmes: int = 6, *, name: str = "renstra-t-c-27.xlsx", page: int = 18) -> Path:
    """Tabel T-C.27 of a Renstra: goals merged down, codes to sub-activities, headers on every page, subtotals."""
    book, sheet = _sheet("T-C.27")
    for title in ("Tabel T-C.27", "Rencana Program, Kegiatan, dan Pendanaan", "Perangkat Daerah : Dinas Kesehatan",
                  "Kabupaten Pringsewu Tahun 2026-2030"):  # fmt: skip
        sheet.append([title])
    _head_27(sheet, 6)
    row = 10
    sheet.cell(row, 3, "1.02")
    sheet.cell(row, 4, "URUSAN PEMERINTAHAN BIDANG KESEHATAN")
    row += 1
    first, printed = row, 0

    def line(code, title, indicator, unit, base, targets, money, unit_kerja="", place="") -> None:
        nonlocal row, printed
        if printed and printed % page == 0:
            _head_27(sheet, row)
            row += 4
        printed += 1
        cells = [code, title, indicator, unit, base]
        cells += [cell for pair in zip(targets, money, strict=True) for cell in pair]
        cells += [targets[-1], sum(filter(None, money)) if any(money) else None, unit_kerja, place]
        for column, cell in enumerate(cells, 3):
            if cell not in (None, ""):
                sheet.cell(row, column, cell)
        row += 1

    total = [0] * 5
    for number in range(1, programmes + 1):
        subject = SUBJECTS[number % len(SUBJECTS)]
        code = f"1.02.{number:02}"
        money = [number * 100 * MILLION + year * 10 * MILLION for year in range(5)]
        half = [each // 2 for each in money]
        total = [one + other for one, other in zip(total, money, strict=True)]
        line(code, f"Program {subject} {number}", f"Persentase layanan {number}", "Persen", 50 + number % 40,
             [60, 65, 70, 75, 80], money)  # fmt: skip
        line(None, None, f"Indeks kepuasan layanan {number}", "Indeks", "3,1", ["3,2", "3,3", "3,4", "3,5", "3,6"],
             [None] * 5)  # fmt: skip
        for part in (1, 2):
            activity = f"{code}.2.{part:02}"
            line(activity, f"Kegiatan {part} {subject} {number}", f"Jumlah dokumen {part}", "Dokumen", 1,
                 [2, 3, 4, 5, 6], half, "Bidang Yankes", "Kec. Pringsewu")  # fmt: skip
            line(f"{activity}.0001", f"Subkegiatan {part} {subject} {number}", "Jumlah laporan", "Laporan", 1,
                 [1, 1, 1, 1, 1], half)  # fmt: skip
    sheet.cell(first, 1, "Meningkatnya derajat kesehatan")
    sheet.cell(first, 2, "Menurunnya angka kematian")
    for column in (1, 2):
        sheet.merge_cells(start_row=first, start_column=column, end_row=first + 5, end_column=column)
    sheet.cell(row, 4, "JUMLAH")
    for at, amount in enumerate(total):
        sheet.cell(row, 9 + 2 * at, amount)
    return save(book, folder, name)


def renstra_2025(folder: Path) -> Path:
    """The form of Inmendagri 2/2025, one sheet for each agency, outcomes on rows of their own, and a summary."""
    book = Workbook()
    cover = book.active
    cover.title = "Sampul"
    cover.append(["RENCANA STRATEGIS PERANGKAT DAERAH"])
    for number, agency in enumerate(
        ("Dinas Kesehatan", "Dinas Pendidikan", "Dinas Komunikasi dan Informatika"), 1
    ):
        sheet = book.create_sheet(agency[:31])
        sheet.append([f"RENSTRA {agency.upper()} TAHUN 2025-2029"])
        sheet.append([])
        sheet.append(["BIDANG URUSAN/ PROGRAM/ OUTCOME/ KEGIATAN/ SUBKEGIATAN/ OUTPUT", "INDIKATOR OUTCOME/ OUTPUT",
                      "BASELINE TAHUN 2024", "TARGET DAN PAGU INDIKATIF TAHUN", *[None] * 7, "KETERANGAN"])  # fmt: skip
        sheet.append([None, None, None, "2026", None, "2027", None, "2028", None, "2029", None, None])
        sheet.append([None, None, None, *["TARGET", "PAGU"] * 4, None])
        for area in ("A3:A5", "B3:B5", "C3:C5", "D3:K3", "D4:E4", "F4:G4", "H4:I4", "J4:K4", "L3:L5"):
            sheet.merge_cells(area)
        sheet.append([f"({column:02})" for column in range(1, 13)])
        urusan = f"{number + 1}.{number:02}"
        money = [number * 1000 * MILLION * year for year in (1, 2, 3, 4)]
        pairs = [cell for each in money for cell in (None, each)]
        sheet.append([f"{urusan} - URUSAN PEMERINTAHAN BIDANG {agency[6:].upper()}", None, None, *pairs])
        sheet.append([f"{urusan}.01 - PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH", None, None, *pairs])
        sheet.append(["Meningkatnya tata kelola perangkat daerah", "Nilai SAKIP", "70,5",
                      "71", None, "72", None, "73", None, "74", None, "Sasaran RPJMD"])  # fmt: skip
        sheet.append(
            [f"{urusan}.01.2.01 - Perencanaan, Penganggaran, dan Evaluasi Kinerja", None, None, *pairs]
        )
        sheet.append(
            ["Tersusunnya dokumen perencanaan", "Jumlah dokumen", 6, 6, None, 6, None, 6, None, 7, None]
        )
    return save(book, folder, "renstra-2025-per-opd.xlsx")


def renja(folder: Path) -> Path:
    """Tabel T-C.33 of a Renja: one year with place and source of money, and the forecast for the next."""
    book, sheet = _sheet("T-C.33")
    sheet.append(
        ["Rumusan Rencana Program dan Kegiatan Perangkat Daerah Tahun 2026 dan Prakiraan Maju Tahun 2027"]
    )
    sheet.append(["Nama Perangkat Daerah: Dinas Lingkungan Hidup"])
    sheet.append([])
    sheet.append(["Kode", "Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan",
                  "Indikator Kinerja Program/Kegiatan", "Rencana Tahun 2026 (Tahun Rencana)", None, None, None,
                  "Catatan Penting", "Prakiraan Maju Rencana Tahun 2027", None])  # fmt: skip
    sheet.append([None, None, None, "Lokasi", "Target Capaian Kinerja", "Kebutuhan Dana/Pagu Indikatif (Rp)",
                  "Sumber Dana", None, "Target Capaian Kinerja", "Kebutuhan Dana/Pagu Indikatif (Rp)"])  # fmt: skip
    for area in ("A4:A5", "B4:B5", "C4:C5", "D4:G4", "H4:H5", "I4:J4"):
        sheet.merge_cells(area)
    sheet.append([f"({column})" for column in range(1, 11)])
    sheet.append(["2", "URUSAN WAJIB BUKAN PELAYANAN DASAR"])
    sheet.append(["2.11", "BIDANG LINGKUNGAN HIDUP", None, None, None, "Rp 7.500.000.000,00", None, None, None,
                  "Rp 8.000.000.000,00"])  # fmt: skip
    sheet.append(["2.11.11", "PROGRAM PENGELOLAAN PERSAMPAHAN", "Persentase sampah tertangani", None, "75 %",
                  "Rp 7.500.000.000,00", "APBD Kabupaten/Kota", "Prioritas", "80 %", "Rp 8.000.000.000,00"])  # fmt: skip
    sheet.append(["2.11.11.2.01", "Pengelolaan Sampah", "Jumlah armada", "Kec. Gadingrejo", "12 unit",
                  "Rp 7.500.000.000,00", "APBD Kabupaten/Kota", "-", "15 unit", "Rp 8.000.000.000,00"])  # fmt: skip
    sheet.append([])
    sheet.append(
        [None, "TOTAL", None, None, None, "Rp 7.400.000.000,00", None, None, None, "Rp 8.000.000.000,00"]
    )
    return save(book, folder, "renja-t-c-33.xlsx")


def dpa(folder: Path) -> Path:
    """A DPA list: the code over five columns, agencies as headings, accounts of expenditure below."""
    book, sheet = _sheet("DPA")
    sheet.append(["REKAPITULASI DPA SKPD"])
    sheet.append(["TAHUN ANGGARAN 2026"])
    sheet.append(["Urusan/ Bidang/ Program/ Kegiatan/ Sub Kegiatan", None, None, None, None, "Uraian",
                  "Pagu Anggaran", "Sumber Dana"])  # fmt: skip
    sheet.cell(3, 1).value = "Kode"
    sheet.merge_cells("A3:E3")
    sheet.append([None, None, None, None, None, "DINAS KOMUNIKASI DAN INFORMATIKA", 900 * MILLION])
    sheet.append(["2", "16", "02", None, None, "PROGRAM PENGELOLAAN INFORMASI DAN KOMUNIKASI PUBLIK", 500 * MILLION,
                  "APBD"])  # fmt: skip
    sheet.append(["2", "16", "02", "2.01", None, "Pengelolaan Informasi Publik", 500 * MILLION, "APBD"])
    sheet.append(
        ["2", "16", "02", "2.01", "0005", "Pengelolaan Media Komunikasi Publik", 500 * MILLION, "APBD"]
    )
    sheet.append(["5", "1", "02", "01", "0024", "Belanja Alat Tulis Kantor", 500 * MILLION])
    sheet.append(
        ["2", "16", "03", None, None, "PROGRAM PENGELOLAAN APLIKASI INFORMATIKA", 400 * MILLION, "APBD"]
    )
    sheet.append([None, None, None, None, None, "DINAS KESEHATAN", 100 * MILLION])
    sheet.append(["1", "02", "02", None, None, "PROGRAM PEMENUHAN UPAYA KESEHATAN", 100 * MILLION, "DAK"])
    sheet.append([None, None, None, None, None, "JUMLAH TOTAL", 1000 * MILLION])
    return save(book, folder, "dpa-2026.xlsx")


def indented(folder: Path) -> Path:
    """No codes: programmes in bold on grey, activities pushed to the right; numbers as text."""
    book, sheet = _sheet("Program")
    sheet.append(["No", "Program/Kegiatan", "Indikator", "Satuan", "Kondisi Awal 2025", "Target 2026", "Pagu 2026 (Rp)",
                  "OPD"])  # fmt: skip
    rows = [
        (1, "Pengelolaan Informasi Publik", "Indeks keterbukaan", "Indeks", "70,25", "75,5", "1.234.567.890,00", "Diskominfo"),
        (None, "Penyediaan konten", "Jumlah konten", "Konten", "-", "120", "1.000.000.000,00", None),
        (None, "Pengelolaan media", "Jumlah media", "Media", "-", "4", "234.567.890,00", None),
        (2, "Pelayanan Perizinan Terpadu", "Waktu pelayanan izin", "Hari", "10", "5", "Rp 1,2 M", "DPMPTSP"),
        (None, "Layanan keliling", "Jumlah lokasi", "Lokasi", "2", "6", "Rp 1,2 M", None),
    ]  # fmt: skip
    grey = PatternFill("solid", fgColor="DDDDDD")
    for number, title, *rest in rows:
        sheet.append([number, title, *rest])
        cell = sheet.cell(sheet.max_row, 2)
        if number:
            cell.font, cell.fill = Font(bold=True), grey
        else:
            cell.alignment = Alignment(indent=2)
    return save(book, folder, "tanpa-kode.xlsx")


def columns(folder: Path) -> Path:
    """Programme, activity and sub-activity in columns of their own, the wider ones merged down."""
    book, sheet = _sheet("Matriks")
    sheet.append(["MATRIKS PROGRAM SMART CITY"])
    sheet.append(
        ["No", "Program", "Kegiatan", "Sub Kegiatan", "Perangkat Daerah", "2026", None, "2027", None]
    )
    sheet.append([None, None, None, None, None, "Target", "Anggaran", "Target", "Anggaran"])
    for area in ("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:G2", "H2:I2"):
        sheet.merge_cells(area)
    sheet.append([1, "Program Kota Aman", "Pemantauan Kota", "Pemasangan CCTV", "Satpol PP", 10, 300 * MILLION, 20,
                  400 * MILLION])  # fmt: skip
    sheet.append([None, None, None, "Ruang kendali", None, 1, 700 * MILLION, 1, 100 * MILLION])
    sheet.append([None, None, "Patroli", "Patroli malam", None, 30, 50 * MILLION, 30, 60 * MILLION])
    sheet.append([2, "Program Warga Sehat", "Telemedisin", "Klinik daring", "Dinas Kesehatan", 4, 500 * MILLION, 8,
                  600 * MILLION])  # fmt: skip
    for area in ("A4:A6", "B4:B6", "C4:C5", "E4:E6"):
        sheet.merge_cells(area)
    return save(book, folder, "matriks.xlsx")


def counted_years(folder: Path) -> Path:
    """A plain list under headings of agencies, with *Tahun ke-1* instead of years, in millions."""
    book, sheet = _sheet("Daftar")
    sheet.append(["DAFTAR PROGRAM UNGGULAN (dalam juta rupiah)"])
    sheet.append(["No", "Nama Program", "Pagu Indikatif", None, None])
    sheet.append([None, None, "Tahun ke-1", "Tahun ke-2", "Tahun ke-3"])
    for area in ("A2:A3", "B2:B3", "C2:E2"):
        sheet.merge_cells(area)
    sheet.append([None, "DINAS SOSIAL"])
    sheet.append([1, "Program Perlindungan Sosial", 1500, 1600, 1700.5])
    sheet.append([2, "Program Pemberdayaan Sosial", 500, "-", 700])
    sheet.append([None, "Jumlah", 2000, 1600, 2400.5])
    sheet.append([None, "DINAS PARIWISATA"])
    sheet.append([3, "Program Pemasaran Pariwisata", 250, 250, 250])
    sheet.append([None, "Jumlah", 250, 250, 999])
    return save(book, folder, "tahun-ke.xlsx")


def hidden(folder: Path) -> Path:
    """Hidden rows and columns, a formula never counted, and one that failed."""
    book, sheet = _sheet("Program")
    sheet.append(["Program", "OPD", "Pagu 2026", "Pagu 2027", "Catatan"])
    sheet.append(["Program Satu", "Dinas X", 500 * MILLION, 600 * MILLION, "lama"])
    sheet.append(["Program Dua", "Dinas X", "=C2*2", 700 * MILLION, None])
    sheet.append(["Program Tiga", "Dinas Y", 300 * MILLION, 100 * MILLION, "baru"])
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    return save(book, folder, "tersembunyi.xlsx")


def opendocument(folder: Path) -> Path:
    """The same kind of list as OpenDocument, as LibreOffice writes it."""
    rows = (("Program", "OPD", "Pagu 2026"), ("Program Layanan Digital", "Dinas Kominfo", 750 * MILLION))
    cells = "".join(
        "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
            if isinstance(cell, int)
            else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        ) + "</table:table-row>"
        for row in rows
    )  # fmt: skip
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Daftar">{cells}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    path = folder / "daftar.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


# ---- hostile ----------------------------------------------------------------------------------------
def bomb(folder: Path) -> Path:
    """A small file that unpacks to half a gigabyte."""
    book, sheet = _sheet("Program")
    sheet.append(["Program"])
    path = save(book, folder, "bom.xlsx")
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings2.xml", "w") as member,
    ):
        for _ in range(512):
            member.write(bytes(1024 * 1024))
    return path


def lying_bomb(folder: Path) -> Path:
    """The same, with a directory that says it is small."""
    path = bomb(folder)
    data = path.read_bytes()
    size = (512 * 1024 * 1024).to_bytes(4, "little")
    path = folder / "bom-berbohong.xlsx"
    path.write_bytes(data.replace(size, (1000).to_bytes(4, "little")))
    return path


def protected(folder: Path) -> Path:
    """The outside of a workbook behind a password: an OLE file with an encrypted package in it."""
    path = folder / "berkata-sandi.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(1024)
    )
    return path


def macros(folder: Path) -> Path:
    """A workbook with macros: read like any other; nothing in it is run."""
    path = dpa(folder)
    made = folder / "makro.xlsm"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == "[Content_Types].xml":
                data = data.replace(
                    b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
                ).replace(
                    b"application/vnd.openxmlformats-officedocument.ms-excel", b"application/vnd.ms-excel"
                )
            new.writestr(member, data)
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub Auto_Open")
    return made


def endless(folder: Path) -> Path:
    """A used range of all 1,048,576 rows: a stray blank in the last cell that a sheet can have."""
    book, sheet = _sheet("Program")
    sheet.append(["Program", "Pagu 2026"])
    sheet.append(["Program Satu", 500 * MILLION])
    sheet["XFD1048576"] = "x"
    sheet["B1048576"].fill = PatternFill("solid", fgColor="FFFF00")
    return save(book, folder, "tanpa-ujung.xlsx")


def large(folder: Path, sheets: int = 20, rows: int = 5000) -> Path:
    """A province's workbook: 20 agencies with 5,000 rows each."""
    book = Workbook(write_only=True)
    for number in range(sheets):
        sheet = book.create_sheet(f"Dinas {number + 1}")
        sheet.append(
            [
                "Kode",
                "Program/Kegiatan",
                "Indikator",
                "Satuan",
                *[f"Pagu {year}" for year in range(2026, 2031)],
            ]
        )
        for row in range(rows):
            code = f"1.{number + 1:02}.{row // 100 + 1:02}"
            code += f".2.{row % 100:02}" if row % 100 else ""
            sheet.append(
                [
                    code,
                    f"Program {row}",
                    f"Indikator {row}",
                    "Persen",
                    *[row * 1000 + year for year in range(5)],
                ]
            )
    return save(book, folder, "besar.xlsx")


ALL = (
    rpjmd, renstra, renstra_2025, renja, dpa, indented, columns, counted_years, hidden, opendocument,
    protected, macros, endless,
)  # fmt: skip


if __name__ == "__main__":
    for make in ALL:
        sys.stdout.write(f"{make(Path(sys.argv[1]))}\n")
