"""A workspace with one agency, a programme of it, and a few rows of worksheets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.exchange.agency_workbook import make
from desktop.workspace import Author, Workspace
from tests.exchange.agency_workbook.books import LABEL, Book, agency_pack

SARI = Author("Sari", "secretary")


@pytest.fixture(scope="session")
def pack_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The tiny guideline, whose sheet of fixed rows is filled in by each agency."""
    return agency_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture(scope="session")
def handed_out(tmp_path_factory: pytest.TempPathFactory, pack_bytes: bytes) -> Any:
    """A workspace with what an agency’s workbook can hold, and that workbook: made once, then copied."""
    folder = tmp_path_factory.mktemp("handed-out")
    made = SimpleNamespace(file=folder / "daerah.rancang", book=folder / "buku.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(folder / "home"))
        with Workspace.create(
            made.file,
            region="18.07",
            first_year=2026,
            last_year=2030,
            pack=pack_bytes,
            author=SARI,
            title={"id": "Masterplan"},
        ) as workspace:
            _fill(workspace, made)
            make(workspace, made.agency, made.book)
    return made


def _fill(workspace: Workspace, made: Any) -> None:
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


@pytest.fixture
def region(tmp_path: Path, handed_out: Any) -> Iterator[Any]:
    """The workspace out of which a workbook was handed out."""
    shutil.copy(handed_out.file, tmp_path / "daerah.rancang")
    with Workspace.open(tmp_path / "daerah.rancang", author=SARI) as workspace:
        yield SimpleNamespace(**{**vars(handed_out), "workspace": workspace, "folder": tmp_path})


@pytest.fixture
def book(region: Any, handed_out: Any) -> Book:
    """The workbook of its agency, handed out."""
    shutil.copy(handed_out.book, region.folder / "buku.xlsx")
    return Book(region.folder / "buku.xlsx")
