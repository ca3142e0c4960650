"""A workspace with something of everything that a plan's workbook holds, and that workbook."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.exchange.agency_workbook import writing
from desktop.exchange.agency_workbook.making import giver
from desktop.exchange.plan_workbook.making import Wanted, remember, write
from desktop.guideline import write_pack
from desktop.workspace import Author, Workspace
from tests.exchange.agency_workbook.books import LABEL, TINY, Book

SARI = Author("Sari", "secretary")
FIGURES = [
    {"id": "people", "label": {"id": "Penduduk", "en": "People"}, "type": "integer", "unit": {"id": "jiwa"}},
    {"id": "poor", "label": {"id": "Kemiskinan", "en": "Poverty"}, "type": "percent"},
    {"id": "purse", "label": {"id": "APBD"}, "type": "rupiah"},
    {
        "id": "opinion",
        "label": {"id": "Opini"},
        "type": "choice",
        "choices": [{"id": "wtp", "label": {"id": "WTP"}}, {"id": "wdp", "label": {"id": "WDP"}}],
    },
]
EVALUATION = {
    "scale_max": 4,
    "sections": [
        {
            "id": "base",
            "title": {"id": "Dasar", "en": "Base"},
            "fields": [{"id": "rule", "label": {"id": "Payung hukum"}, "type": "integer"}],
        }
    ],
}


@pytest.fixture(autouse=True)
def _few_free_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of a small workbook is rows that nobody filled in yet: three do as well, and sooner."""
    monkeypatch.setattr(writing, "FREE_ROWS", 3)


@pytest.fixture(scope="session")
def plan_pack(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The tiny guideline with figures and an evaluation; agencies fill in its sheet of fixed rows."""
    copy = shutil.copytree(TINY, tmp_path_factory.mktemp("pack") / "tiny")
    sheets = json.loads((copy / "worksheets.json").read_text("utf-8"))
    sheets[0]["scope"] = "agency"
    (copy / "worksheets.json").write_text(json.dumps(sheets), "utf-8")
    (copy / "figures.json").write_text(json.dumps(FIGURES), "utf-8")
    (copy / "evaluation.json").write_text(json.dumps(EVALUATION), "utf-8")
    return write_pack(copy)


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory, plan_pack: bytes) -> Any:
    """The workspace and its workbook: made once, then copied."""
    folder = tmp_path_factory.mktemp("exported")
    made = SimpleNamespace(file=folder / "daerah.rancang", book=folder / "rencana.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(folder / "home"))
        patch.setattr(writing, "FREE_ROWS", 3)
        with Workspace.create(
            made.file,
            region="18.07",
            first_year=2026,
            last_year=2030,
            pack=plan_pack,
            author=SARI,
            title={"id": "Masterplan"},
        ) as workspace:
            _fill(workspace, made)
            out(workspace, made.book)
    return made


def out(workspace: Workspace, target: Path, language: str = "id", *, translations: bool = True) -> Path:
    """Export the plan."""
    wanted = Wanted(language, translations=translations)
    remember(workspace, write(workspace.plan(), workspace.pack(), giver(workspace), target, wanted))
    return target


def _fill(workspace: Workspace, made: Any) -> None:
    with workspace.operation(LABEL) as op:
        made.agency = op.insert("agency", name={"id": "Dinas Kominfo"}, short_name="Diskominfo")
        made.other = op.insert("agency", name={"id": "Dinas Kesehatan"}, until="2029-12-31")
        made.person = op.insert("person", name="Budi", office={"id": "Kepala"}, agency=made.agency)
        made.programme = op.insert(
            "programme",
            title={"id": "Layanan satu pintu", "en": "One door"},
            lead=made.agency,
            service={"id": "Izin usaha terbit sehari."},
            start_year=2026,
            total_budget=500,
        )
        op.put("programme_agency", programme=made.programme, agency=made.other)
        op.put("budget_line", programme=made.programme, year=2026, source="purse", indicative=1000)
        op.put("rpjmd_ceiling", programme=made.programme, year=2026, amount=2000)
        made.indicator = op.insert(
            "indicator", programme=made.programme, name={"id": "Lama izin"}, baseline="7.5"
        )
        op.put("target", indicator=made.indicator, year=2027, target="3.5")
        made.activity = op.insert("activity", programme=made.programme, title={"id": "Loket"}, budget=300)
        made.sub = op.insert("sub_activity", activity=made.activity, title={"id": "Meja"}, budget=100)
        made.risk = op.insert("risk", programme=made.programme, title={"id": "Listrik padam"})
        made.rows = [op.add_row("wishes", agency=made.agency) for _ in range(4)]
        for number, row in enumerate(made.rows):
            op.cell_text(row, "wish", "id", f"Masalah nomor {number}")
            op.cell(row, "cost", 1000 * (number + 1))
        made.left = op.fixed_row("ready", "left", agency=made.agency)
        op.cell(made.left, "level", "s3")
        op.put("figure", measure="people", year=2025, value="1050000", source="BPS")
        op.put("figure", measure="poor", year=2025, value="12.5")
        op.put("figure", measure="opinion", year=2025, value="wtp")
        op.insert("decree", title={"id": "Tim Pelaksana"}, kind="sk", number="1/2026", date="2026-01-02")
        made.firm = op.insert("stakeholder", name="PT Air", kind="industry")
        op.insert("input", stakeholder=made.firm, body={"id": "Perbanyak loket"}, decision="open")
        op.answer("town.trees", 40)
        op.answer("town.tools", ["hoe"])
        op.answer("town.founded", "1999-04-27")
        op.answer_text("town.words", "id", "=Selamat datang di kota kami yang tenang")
        op.answer("evaluation.rule", 3)


@pytest.fixture
def region(tmp_path: Path, exported: Any) -> Iterator[Any]:
    """The workspace out of which the workbook was exported."""
    shutil.copy(exported.file, tmp_path / "daerah.rancang")
    with Workspace.open(tmp_path / "daerah.rancang", author=SARI) as workspace:
        yield SimpleNamespace(**{**vars(exported), "workspace": workspace, "folder": tmp_path})


@pytest.fixture
def book(region: Any, exported: Any) -> Book:
    """Its workbook."""
    shutil.copy(exported.book, region.folder / "rencana.xlsx")
    return Book(region.folder / "rencana.xlsx")
