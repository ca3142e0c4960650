"""Writes one list of programmes as other programs do; run as a script, it makes the files beside it.

LibreOffice and xlsxwriter are needed for that alone: the tests read what they wrote.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

TITLES = ("RENCANA PROGRAM KABUPATEN PRINGSEWU", "(dalam ribuan rupiah)")
HEADS = (
    ("No", "Program", "Perangkat Daerah", "Indikator", "Satuan", "Kondisi Awal 2025", "Target", None, "Pagu",
     None, "Waktu Pelaksanaan"),
    (None, None, None, None, None, None, 2026, 2027, 2026, 2027, None),
)  # fmt: skip
MERGES = ("A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:E5", "F4:F5", "G4:H4", "I4:J4", "K4:K5")
ROWS: tuple[tuple[Any, ...], ...] = (
    (1, "Adminduk “Sehari Jadi”", "Dinas Dukcapil", "1. Indeks kepuasan – layanan\n2. Cakupan KTP-el",
     "poin\npersen", "81,5\n98,25", "82\n98,5", "83\n99", 1_500_000, 1_650_000.5,
     "Januari 2026 – Desember 2027"),
    (2, "Kafé Baca Desa", "Dinas Perpustakaan", "Jumlah pengunjung", "orang", "N/A", 1250, 1500, 350_000, "-",
     dt.date(2026, 3, 15)),
    (3, "Air Bersih Perdesaan", "Dinas PUPR", "Cakupan air bersih", "%", 0.785, 0.8, 0.825, 2_500_000, 0,
     2026),
)  # fmt: skip
PERCENTS = ("F8", "G8", "H8")
"""Cells that are shown as per cent."""
DATE = "K7"


def rows() -> list[tuple[Any, ...]]:
    """Titles, a blank row, heads and lines."""
    return [*((title,) for title in TITLES), (), *HEADS, *ROWS]


def by_openpyxl(path: Path) -> Path:
    """As openpyxl writes it."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Rencana"
    for row in rows():
        sheet.append(row)
    for area in MERGES:
        sheet.merge_cells(area)
    for cell in PERCENTS:
        sheet[cell].number_format = "0.0%"
    book.save(path)
    book.close()
    return path


def by_xlsxwriter(path: Path) -> Path:
    """As xlsxwriter writes it: texts in a table of their own, styles of its own, nothing shared."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Rencana")
    percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "dd/mm/yyyy"})
    bold = book.add_format({"bold": True, "align": "center"})
    for row, cells in enumerate(rows()):
        for column, cell in enumerate(cells):
            name = f"{chr(65 + column)}{row + 1}"
            if name in PERCENTS:
                sheet.write_number(row, column, cell, percent)
            elif isinstance(cell, dt.date):
                sheet.write_datetime(row, column, dt.datetime.combine(cell, dt.time()), day)
            elif cell is not None:
                sheet.write(row, column, cell)
    for area in MERGES:
        first = area.partition(":")[0]
        value = rows()[int(first[1:]) - 1][ord(first[0]) - 65]
        sheet.merge_range(area, value, bold)
    book.close()
    return path


def by_calc(source: Path, kind: str, folder: Path) -> Path:
    """As LibreOffice Calc saves a workbook."""
    office = shutil.which("soffice") or shutil.which("libreoffice") or "soffice"
    with tempfile.TemporaryDirectory() as own:
        home = f"-env:UserInstallation={Path(own).as_uri()}"
        command = [office, home, "--headless", "--convert-to", kind, "--outdir", str(folder), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.{kind}"


def as_text(cell: Any, *, english: bool = False) -> str:
    """A cell as an Indonesian, or an English, spreadsheet writes it into CSV."""
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, float) and cell < 1:
        return f"{cell * 100:g}%".replace(".", "." if english else ",")
    if isinstance(cell, int | float) and cell > 9999:
        said = f"{cell:,.10g}" if isinstance(cell, int) else f"{cell:,}"
        return said if english else said.translate(str.maketrans(",.", ".,"))
    return str(cell)


def by_csv(path: Path, *, delimiter: str, encoding: str, english: bool = False) -> Path:
    """As CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    for row in rows():
        cells = [as_text(cell, english=english) for cell in row]
        writer.writerow(cells + [""] * (11 - len(cells)))
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def main(folder: Path) -> None:
    """Write all that the tests read."""
    by_xlsxwriter(folder / "xlsxwriter.xlsx")
    with tempfile.TemporaryDirectory() as own:
        source = by_openpyxl(Path(own) / "calc.xlsx")
        for kind in ("ods", "xls", "xlsx"):
            by_calc(source, kind, folder)


if __name__ == "__main__":
    main(Path(__file__).parent if len(sys.argv) < 2 else Path(sys.argv[1]))
