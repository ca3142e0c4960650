"""Each rule of a guideline the code has never seen speaks of one plan and is silent about another."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from desktop.base import clock
from desktop.checks import check
from desktop.guideline import open_pack, write_pack
from desktop.workspace import Author, Workspace
from desktop.workspace.operation import Operation
from tests.filling import LABEL, fill

pytestmark = pytest.mark.uncounted

OTHER = Path(__file__).parents[1] / "data" / "other-pack"
RULES = open_pack(OTHER).pack.rules
NEVER = frozenset({"plan_years"})
"""A plan of other years than the guideline's cannot be made at all."""


def fired(path: Path) -> set[str]:
    """The checks that found something."""
    with Workspace.open(path, read_only=True) as workspace:
        report = check(workspace.plan(), workspace.pack())
    return {found.check for found in (*report.mandatory, *report.weak, *report.hints)}


def spoil(op: Operation) -> None:
    """Everything wrong that the rules of this guideline look for."""
    agency = op.insert("agency", code="1", name={"id": "Dinas"})
    wrong = op.insert(
        "programme", origin="typed", title={"id": "Aplikasi"}, service={"id": "Aplikasi"}, code="X",
        dimension="hulu", lead=agency, quick_win=True, start_year=2026, end_year=2031,
    )  # fmt: skip
    op.insert("programme", origin="typed", title={"id": "Tanpa apa-apa"})
    op.insert("activity", programme=wrong, area="rawat", title={"id": "Rawat"}, budget=100)
    for number in range(6):
        op.insert("activity", programme=wrong, area="tanam", title={"id": f"Tanam {number}"})
    op.insert("budget_line", programme=wrong, year=2026, source="kas-kabupaten", indicative=100)
    excerpt = op.add_row("petik-rencana")
    op.cell_text(excerpt, "sasaran-daerah", "id", "Sampah berkurang", policy="conflict")
    op.cell(excerpt, "cap-sisa", value=True)
    op.answer("programme.petikan", excerpt, scope=wrong)
    step = op.add_row("jejak-tahap", agency=agency)
    op.cell(step, "tahun-tanam", 2032)
    rated = op.fixed_row("tingkat-hijau", "tutupan")
    op.cell(rated, "jenjang", "wilis-lima")
    op.insert("score", item="tingkat-hijau.jenjang", scope=rated, by="assessor", value="wilis-satu", note="x")
    op.insert("person", name="Lama", role="ketua-majelis", since="2015-01-01", until="2016-01-01")
    op.answer("potret.jumlah-desa", 1)
    op.answer("potret.tipe-lahan", "sawah-basah")
    op.answer("evaluation.nilai-hulu", 5)
    op.answer_text("potret.kisah", "id", "-")
    op.answer_text("ikrar-hijau.bunyi", "id", "-")
    op.answer_text("chapter.akar.mula", "id", "<p>Ceritakan kabupaten dari hulu ke pesisir.</p>")
    for measure, value in (("luas-hijau", "5"), ("belanja-semua", "5"), ("belanja-hijau", "7")):
        op.insert("figure", measure=measure, year=2025, value=value, source="x")
    body = op.insert("body", body="majelis-hijau")
    for days in (1, 30):
        held = (clock.today() - dt.timedelta(days=days)).isoformat()
        op.insert("meeting", kind="meeting", body=body, title={"id": "Rapat"}, start=held, end=held)
    stakeholder = op.insert("stakeholder", name="PT", kind="industry")
    op.insert("input", stakeholder=stakeholder, date="2026-01-01", channel="letter", body={"id": "Usul"})
    op.insert("session_output", session="kelas-benih", output="peta-jadi", state="open", due="2020-01-01")


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict[str, set[str]]:
    folder = tmp_path_factory.mktemp("rules")
    fill(folder / "full.rancang", write_pack(OTHER))
    for name in ("empty", "wrong"):
        made = Workspace.create(
            folder / f"{name}.rancang", region="18.07", first_year=2026, last_year=2032,
            pack=write_pack(OTHER), author=Author("Sari"),
        )  # fmt: skip
        with made as workspace:
            if name == "wrong":
                with workspace.operation(LABEL) as op:
                    spoil(op)
    return {name: fired(folder / f"{name}.rancang") for name in ("full", "empty", "wrong")}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_speaks_of_one_plan_and_is_silent_about_another(found, rule) -> None:
    speaks = {name for name, checks in found.items() if rule.check in checks}
    assert speaks != set(found)
    assert bool(speaks) is (rule.check not in NEVER)
