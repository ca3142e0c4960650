"""Small lists of programmes in all the shapes that people send, and a workspace to take them over into."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from openpyxl import Workbook

from desktop.guideline import bundled_bytes
from desktop.workspace import Author, Workspace

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT / "resources" / "demo" / "programmes.csv"
DECISIONS = ROOT / "resources" / "demo" / "decisions.json"


def new_workspace(path):
    """A workspace of the region that the lists are about."""
    return Workspace.create(
        path,
        region="18.07",
        first_year=2026,
        last_year=2030,
        pack=bundled_bytes("smart-city-2021"),
        author=Author("Sari", "secretary"),
        title={"id": "Masterplan"},
    )


def csv_file(folder, rows, *, name="list.csv", delimiter=",", encoding="utf-8"):
    """A CSV file of these rows."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path = folder / name
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def xlsx_file(folder, rows, *, merges=(), name="list.xlsx", sheet="Program", more=None):
    """A workbook with these rows on one sheet, some cells merged, and further sheets."""
    book = Workbook()
    first = book.active
    first.title = sheet
    for row in rows:
        first.append(row)
    for area in merges:
        first.merge_cells(area)
    for title, content in (more or {}).items():
        other = book.create_sheet(title)
        for row in content:
            other.append(row)
    path = folder / name
    book.save(path)
    book.close()
    return path
