"""A workspace with one agency, a programme of it, and a few rows of worksheets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.exchange.agency_workbook import make
from desktop.workspace import Author, Workspace
from tests.exchange.agency_workbook.books import LABEL, Book, agency_pack


@pytest.fixture(scope="session")
def pack_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The tiny guideline, whose sheet of fixed rows is filled in by each agency."""
    return agency_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def region(tmp_path: Path, pack_bytes: bytes) -> Iterator[Any]:
    """A workspace with what an agency's workbook can hold."""
    with Workspace.create(
        tmp_path / "daerah.rancang",
        region="18.07",
        first_year=2026,
        last_year=2030,
        pack=pack_bytes,
        author=Author("Sari", "secretary"),
        title={"id": "Masterplan"},
    ) as workspace:
        made = SimpleNamespace(workspace=workspace, folder=tmp_path)
        with workspace.operation(LABEL) as op:
            made.agency = op.insert("agency", name={"id": "Dinas Kominfo"}, short_name="Diskominfo")
            made.other = op.insert("agency", name={"id": "Dinas Kesehatan"}, short_name="Dinkes")
            made.programme = op.insert(
                "programme",
                title={"id": "Layanan satu pintu"},
                lead=made.agency,
                service={"id": "Izin usaha terbit sehari."},
                start_year=2026,
                total_budget=500,
            )
            op.put("budget_line", programme=made.programme, year=2026, source="purse", indicative=1000)
            made.indicator = op.insert(
                "indicator", programme=made.programme, name={"id": "Lama izin"}, baseline="7.5"
            )
            op.put("target", indicator=made.indicator, year=2027, target="3.5")
            made.rows = [op.add_row("wishes", agency=made.agency) for _ in range(4)]
            for number, row in enumerate(made.rows):
                op.cell_text(row, "wish", "id", f"Masalah nomor {number}")
        yield made


@pytest.fixture
def book(region: Any) -> Book:
    """The workbook of its agency, handed out."""
    return Book(make(region.workspace, region.agency, region.folder / "buku.xlsx").path)
