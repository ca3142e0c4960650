"""Evidence as plain files: names that any upload takes, an index, caps, parts, and what has no file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop.base import Language, Message
from desktop.base.jobs import Cancelled, quiet
from desktop.exchange.claims import unsupported
from desktop.exchange.evidence_export import PART, Caps, Entry, _plain, export, in_parts
from desktop.guideline import bundled_bytes
from desktop.workspace import Author, Place, Workspace
from desktop.workspace.plan import EvidenceFile, Text

LABEL = Message("workspace.label.resolve")


@pytest.fixture
def workspace(tmp_path: Path):
    made = Workspace.create(
        tmp_path / "w.rancang",
        author=Author("Sari"),
        region="18.07",
        first_year=2026,
        last_year=2030,
        pack=bundled_bytes("smart-city-2021"),
        title={"id": "Rencana"},
    )
    with made.operation(LABEL) as op:
        agency = op.insert("agency", code="1", short_name="Diskominfo", name={"id": "Dinas Kominfo"})
        programme = op.insert("programme", title={"id": "Program Layanan: satu/dua"}, lead=agency)
        op.answer("bodies.council_decree", "188/2026")
        op.answer_text("questionnaire.applications", "id", "Ada 12 aplikasi layanan.")
        decree = op.insert("decree", kind="sk", number="188/2026", state="issued", title={"id": "SK Dewan"})
        scan = op.attach(b"%PDF scan", name="Pindaian SK.PDF", media_type="application/pdf",
                         caption={"id": "SK Dewan ditandatangani"}, taken_on="2026-02-01")  # fmt: skip
        op.claim(scan, Place("decree", decree, "number"))
        op.claim(scan, Place("answer", item="bodies.council_decree"))
        op.claim(scan, Place("programme", programme))
        op.attach(b"x" * 3_000_000, name="=cmd|besar.mp4", media_type="video/mp4")
    yield made
    made.close()


def rows(path: Path, sheet: int) -> list[tuple[object, ...]]:
    book = load_workbook(path)
    return list(book.worksheets[sheet].iter_rows(min_row=2, values_only=True))


def test_one_file_for_each_item_it_supports(workspace: Workspace, tmp_path: Path) -> None:
    made = export(quiet, workspace, tmp_path / "out", Language.ID, Caps())
    names = sorted(path.name for path in (tmp_path / "out" / "bukti").iterdir())
    assert "188-2026-SK-Dewan_Daerah_SK-Dewan-ditandatangani.pdf" in names
    assert "Layanan-satu-dua_Diskominfo_SK-Dewan-ditandatangani.pdf" in names
    assert len(names) == made.written == 4
    assert all(name.isascii() and len(name) <= 120 for name in names)
    same = (tmp_path / "out" / "bukti" / names[0]).read_bytes()
    assert same == b"%PDF scan"


def test_the_index_names_what_has_no_evidence_first(workspace: Workspace, tmp_path: Path) -> None:
    made = export(quiet, workspace, tmp_path, Language.ID, Caps())
    assert made.index.name == "Daftar bukti dukung.xlsx"
    missing, files = rows(made.index, 0), rows(made.index, 1)
    assert len(missing) == len(made.missing) == len(unsupported(workspace.plan(), workspace.pack()))
    assert any("Kuesioner" in str(row[2]) for row in missing)
    assert [row[0] for row in files] == [1, 1, 1, 2]
    assert {row[5] for row in files} == {"Pindaian SK.PDF", "=cmd|besar.mp4"}
    cell = load_workbook(made.index).worksheets[1]["F5"]
    assert (cell.value, cell.data_type) == ("=cmd|besar.mp4", "s"), "a name is never a formula"
    assert str(files[0][8])[:10] == "2026-02-01"
    english = export(quiet, workspace, tmp_path, Language.EN, Caps())
    assert english.index.name == "Evidence index.xlsx"


def test_too_large_is_left_out_and_said(workspace: Workspace, tmp_path: Path) -> None:
    made = export(quiet, workspace, tmp_path, Language.ID, Caps(file=1_000_000))
    assert [entry.left_out for entry in made.entries] == ["", "", "", "large"]
    assert made.written == 3
    assert "melebihi batas" in str(rows(made.index, 1)[3][11])


def test_parts_are_never_larger_than_the_limit(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.operation(LABEL) as op:
        for number in range(5):
            op.attach(bytes([number]) * 700_000, name=f"foto {number}.jpg", media_type="image/jpeg")
    made = export(quiet, workspace, tmp_path, Language.ID, Caps(part=1_500_000, zipped=True))
    assert len(made.parts) == 3
    assert all(part.stat().st_size <= 1_500_000 for part in made.parts)
    inside = [name for part in made.parts for name in zipfile.ZipFile(part).namelist()]
    alone = [path.name for path in (tmp_path / "bukti").iterdir()]
    assert len(inside) == len(set(inside)) == 8
    assert len(alone) == 1, "what no part can hold lies beside them"
    assert not list(tmp_path.glob("*.part"))


def test_stopping_leaves_no_half_part(workspace: Workspace, tmp_path: Path) -> None:
    def stop(done: int, _total: int, message: Message) -> None:
        if str(message.params.get("file", "")).endswith(".zip") and done:
            raise Cancelled

    with pytest.raises(Cancelled):
        export(stop, workspace, tmp_path, Language.ID, Caps(zipped=True))
    assert not [path for path in tmp_path.iterdir() if path.suffix in {".zip", ".part"}]


def test_what_is_not_here_is_said(workspace: Workspace, tmp_path: Path) -> None:
    from dataclasses import replace

    from desktop.exchange.evidence_export import entries

    plan = workspace.plan()
    plan = replace(plan, evidence=tuple(replace(each, present=False) for each in plan.evidence))
    found = entries(plan, workspace.pack(), Language.ID, Caps())
    assert {entry.left_out for entry in found} == {"absent"}
    assert {entry.name for entry in found} == {""}


def test_an_issued_decree_and_a_signed_output_want_a_file(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        op.insert("decree", kind="perda", number="2/2026", state="issued", title={"id": "Perda"})
        op.insert("decree", kind="perda", number="3/2026", state="planned", title={"id": "Nanti"})
        op.insert("session_output", session="bimtek-1", output="draft_book_1", state="done")
    wanted = [each for each in unsupported(workspace.plan(), workspace.pack()) if each.required]
    tables = [each.claim.place.table for each in wanted]
    assert tables.count("decree") == 1
    assert tables.count("session_output") == 1


@given(st.text(max_size=80))
def test_any_caption_becomes_a_name_for_any_computer(text: str) -> None:
    plain = _plain(text, 40)
    assert plain
    assert plain.isascii()
    assert len(plain) <= 40
    assert not set(plain) & set('<>:"/\\|?*_. \t\n')


@given(st.lists(st.integers(0, 20_000_000), max_size=40))
def test_parts_hold_everything_that_fits_once(sizes: list[int]) -> None:
    found = tuple(
        Entry(n, EvidenceFile(str(n), "", "", "", size, Text(), True, ()), f"{n}.pdf", "", "", "")
        for n, size in enumerate(sizes)
    )
    packed = in_parts(found, PART)
    assert [entry.number for entry in packed] == [entry.number for entry in found]
    loads: dict[int, int] = {}
    for entry in packed:
        if entry.part:
            loads[entry.part] = loads.get(entry.part, 0) + entry.file.size
        else:
            assert entry.file.size > PART - 2_000
    assert all(load <= PART for load in loads.values())
    assert sorted(loads) == list(range(1, len(loads) + 1))
