"""Makes workbooks as they come out of SIPD: the flat list of accounts, and the report of a Renja."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

FLAT = (
    "NO", "TAHUN", "KODE URUSAN", "NAMA URUSAN", "KODE SKPD", "NAMA SKPD", "KODE SUB UNIT", "NAMA SUB UNIT",
    "KODE BIDANG URUSAN", "NAMA BIDANG URUSAN", "KODE PROGRAM", "NAMA PROGRAM", "KODE KEGIATAN",
    "NAMA KEGIATAN", "KODE SUB KEGIATAN", "NAMA SUB KEGIATAN", "KODE SUMBER DANA", "NAMA SUMBER DANA",
    "KODE REKENING", "NAMA REKENING", "PAGU", "REALISASI",
)  # fmt: skip
KOMINFO = ("2.16.2.20.2.21.01.0000", "Dinas Komunikasi dan Informatika")
HEALTH = ("1.02.0.00.0.00.01.0000", "Dinas Kesehatan")
APPS = ("2.16.03", "PROGRAM PENGELOLAAN APLIKASI INFORMATIKA")
EGOV = ("2.16.03.2.02", "Pengelolaan E-government di Lingkup Pemerintah Daerah Kabupaten/Kota")
SUPPORT = ("X.XX.01", "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA")
RUNNING = ("X.XX.01.2.01", "Perencanaan, Penganggaran, dan Evaluasi Kinerja Perangkat Daerah")
PLANS = ("X.XX.01.2.01.0001", "Penyusunan Dokumen Perencanaan Perangkat Daerah")
MILLION = 1_000_000


def flat(folder: Path) -> Path:
    """A row for every account of every sub-activity; two of them with the same amount."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Rekap"
    sheet.append(["PEMERINTAH KABUPATEN PRINGSEWU"])
    sheet.append(["LAPORAN RINCIAN BELANJA SIPD"])
    sheet.append([])
    sheet.append(FLAT)
    promotion = ("2.16.03.2.02.0035", "Koordinasi dan Fasilitasi Promosi Literasi SPBE")
    centre = ("2.16.03.2.02.0036", "Penyelenggaraan Pusat Kendali")
    money, transfer = ("1.1.01", "Pendapatan Asli Daerah"), ("1.2.01", "Dana Alokasi Umum")
    lines = [
        (KOMINFO, APPS, EGOV, promotion, money, ("5.1.02.01.01.0024", "Alat Tulis"), 100, 40),
        (KOMINFO, APPS, EGOV, promotion, money, ("5.1.02.01.01.0025", "Kertas dan Cover"), 100, 60),
        (KOMINFO, APPS, EGOV, promotion, transfer, ("5.1.02.02.01.0003", "Honorarium Narasumber"), 50, 0),
        (KOMINFO, APPS, EGOV, centre, money, ("5.2.02.10.01.0002", "Modal Komputer"), 300, 300),
        (KOMINFO, SUPPORT, RUNNING, PLANS, money, ("5.1.02.01.01.0024", "Alat Tulis"), 10, 10),
        (HEALTH, SUPPORT, RUNNING, PLANS, money, ("5.1.02.01.01.0024", "Alat Tulis"), 20, 15),
    ]
    for number, (who, programme, activity, sub, source, account, pagu, spent) in enumerate(lines, 1):
        affair = programme[0][:1], "URUSAN PEMERINTAHAN"
        field = programme[0][:4], "BIDANG"
        parts = (affair, who, who, field, programme, activity, sub, source, account)
        cells = [cell for part in parts for cell in part]
        sheet.append([number, 2026, *cells, pagu * MILLION, spent * MILLION])
    path = folder / "sipd-rekap.xlsx"
    book.save(path)
    return path


def report(folder: Path) -> Path:
    """The report of a Renja: five columns of codes, indicators of three levels beside sub-activities."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Renja"
    sheet.append(["INPUT RENJA DINAS KOMUNIKASI DAN INFORMATIKA"])
    sheet.append(["TAHUN ANGGARAN 2026 KABUPATEN PRINGSEWU"])
    top = {
        "A3:E5": "Kode", "F3:F5": "Urusan/ Bidang Urusan Pemerintahan Daerah Dan Program/ Kegiatan",
        "G3:I3": "Indikator Kinerja", "J3:O3": "Rencana Tahun 2026", "P3:P5": "Catatan Penting",
        "Q3:S3": "Prakiraan Maju Rencana Tahun 2027", "G4:G5": "Capaian Program",
        "H4:H5": "Keluaran Sub Kegiatan", "I4:I5": "Hasil Kegiatan", "J4:J5": "Lokasi Output Kegiatan",
        "K4:M4": "Target Capaian Kinerja", "N4:N5": "Pagu Indikatif (Rp.)", "O4:O5": "Sumber Dana",
        "Q4:R4": "Target Capaian Kinerja", "S4:S5": "Kebutuhan Dana/\nPagu Indikatif (Rp.)",
        "K5": "Program", "L5": "Keluaran Sub Kegiatan", "M5": "Hasil Kegiatan", "Q5": "Tolok Ukur",
        "R5": "Target",
    }  # fmt: skip
    for area, text in top.items():
        sheet[area.partition(":")[0]] = text
        if ":" in area:
            sheet.merge_cells(area)

    def heading(row: int, codes: tuple[str, ...], title: str, now: str, then: str) -> None:
        for column, code in enumerate(codes, 1):
            sheet.cell(row, column, code)
        sheet.cell(row, 6, title)
        sheet.merge_cells(start_row=row, start_column=6, end_row=row, end_column=13)
        sheet.cell(row, 14, now)
        sheet.cell(row, 19, then)

    heading(
        6, ("2",), "URUSAN PEMERINTAHAN WAJIB YANG TIDAK BERKAITAN DENGAN PELAYANAN DASAR", "700.000.000", ""
    )
    heading(7, ("2", "16"), "URUSAN PEMERINTAHAN BIDANG KOMUNIKASI DAN INFORMATIKA", "700.000.000", "")
    heading(8, ("2", "16", "03"), APPS[1], "700.000.000", "750.000.000")
    heading(9, ("2", "16", "03", "2.02"), EGOV[1], "700.000.000", "750.000.000")
    subs = [
        ("0035", "Koordinasi dan Fasilitasi Promosi Literasi SPBE",
         "Jumlah dokumen promosi\nJumlah peserta", "12 Dokumen\n200 Orang", "400.000.000", "420.000.000"),
        ("0036", "Penyelenggaraan Pusat Kendali", "Jumlah laporan", "4 Laporan",
         "300.000.000", "330.000.000"),
    ]  # fmt: skip
    for row, (code, title, output, target, now, then) in enumerate(subs, 10):
        cells = [
            "2", "16", "03", "2.02", code, title, "Indeks SPBE", output, "Persentase layanan daring",
            "Kab. Pringsewu, Semua Kecamatan", "3,2 Indeks", target, "85,5 %", now, None, None,
            "Indeks SPBE", "3,4", then,
        ]  # fmt: skip
        for column, cell in enumerate(cells, 1):
            sheet.cell(row, column, cell)
    sheet.cell(12, 1, "TOTAL")
    sheet.merge_cells("A12:M12")
    sheet.cell(12, 14, "700.000.000")
    sheet.cell(12, 19, "750.000.000")
    path = folder / "sipd-renja.xlsx"
    book.save(path)
    return path
