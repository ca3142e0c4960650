"""What the program takes from a guideline is said by the guideline, whatever its ids are called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.base import Language, LocalText
from desktop.books.compose import compose
from desktop.books.document import Signatures, Table
from desktop.checks.offices import held_by_several
from desktop.exchange.growing import make_programme
from desktop.guideline import Pack, open_pack, write_pack
from desktop.guideline.meanings import item_saying, saying
from desktop.guideline.pack import Field
from desktop.ui.journey import Journey, Stop
from desktop.ui.sheets.telling import pair_of
from desktop.workspace import Plan, Workspace
from tests.filling import LABEL, fill

OTHER = Path(__file__).parents[1] / "data" / "other-pack"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return open_pack(OTHER).pack


@pytest.fixture
def path(tmp_path) -> Path:
    made = tmp_path / "hijau.rancang"
    fill(made, write_pack(OTHER))
    return made


def plan_of(path: Path) -> Plan:
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.plan()


def blocks(plan: Plan, pack: Pack, book: str, kind: type, agency: str = "") -> list[Any]:
    more = {"agency": agency} if agency else {}
    made = compose(plan, pack, book, Language.ID, draft=False, **more)
    return [block for block in made.elements if isinstance(block, kind)]


def test_a_field_says_it_or_is_called_so() -> None:
    plain = Field(id="date", label=LocalText({"id": "Tanggal"}))
    said = Field(id="hari", label=LocalText({"id": "Hari"}), says="date")
    assert saying((plain,), "date") is plain
    assert saying((plain, said), "date") is said
    assert saying((msgspec.structs.replace(plain, says="place"),), "date") is None


def test_a_letter_takes_place_and_day_from_the_questions_that_say_them(pack, path) -> None:
    assert item_saying(pack, "ikrar-hijau", "date") == "ikrar-hijau.hari-ikrar"
    assert item_saying(pack, "ikrar-hijau", "number_region") == ""
    assert item_saying(pack, "potret", "date") == ""
    with Workspace.open(path) as workspace, workspace.operation(LABEL) as op:
        op.answer("ikrar-hijau.kota-ikrar", "Sukadana")
        op.answer("ikrar-hijau.hari-ikrar", "2026-03-04")
    plan = plan_of(path)
    (signed,) = blocks(plan, pack, "lembar-ikrar", Signatures, plan.agencies[0].id)
    assert signed.place_label == "Sukadana, 4 Maret 2026"


def test_who_signs_each_agencys_copy_may_be_many(pack) -> None:
    assert held_by_several(pack) == {"pengampu-dinas"}


def test_a_strategy_is_made_of_the_columns_it_names(pack) -> None:
    sheet = next(each for each in pack.worksheets if each.id == "kekuatan-lahan")
    assert pair_of(sheet, "siasat-maju") == ("modal", "kesempatan")
    assert pair_of(sheet, "beban") is None


def test_a_row_becomes_a_programme_by_what_its_columns_say(pack, path) -> None:
    sheet = next(each for each in pack.worksheets if each.id == "harapan-desa")
    with Workspace.open(path) as workspace:
        with workspace.operation(LABEL) as op:
            row = op.add_row(sheet.id)
            op.cell_text(row, "harapan", "id", "Air untuk semua desa", policy="conflict")
            op.cell_text(row, "kesulitan", "id", "Warga membeli air", policy="text")
        found = next(each for each in workspace.plan().rows[sheet.id] if each.id == row)
        made = make_programme(workspace, sheet, found)
    programme = next(each for each in plan_of(path).programmes if each.id == made)
    assert programme.title.values["id"] == "Air untuk semua desa"
    assert programme.before.values["id"] == "Warga membeli air"


# -- one of several ----------------------------------------------------------------------------------
def targets(plan: Plan, pack: Pack, book: str) -> dict[str, Table]:
    return {table.target: table for table in blocks(plan, pack, book, Table) if table.target}


def test_a_chapter_shows_the_one_body_and_session_it_names(pack, path) -> None:
    found = targets(plan_of(path), pack, "buku-akar")
    assert len(found["table/bodies"].rows) == 6
    assert len(found["table/bodies/majelis-hijau"].rows) == 1
    assert len(found["table/sessions"].rows) == 2
    assert len(found["table/sessions/kelas-benih"].rows) == 1
    assert len(found["table/outputs/kelas-benih"].rows) == 2


def test_a_chapter_shows_the_money_and_the_roadmap_of_the_dimension_it_names(pack, path) -> None:
    found = targets(plan_of(path), pack, "buku-tajuk")
    assert len(found["table/budget/programme/daya"].rows) < len(found["table/budget/programme"].rows)
    assert "table/budget/dimension" in found
    assert "table/budget/dimension/daya" not in found
    assert len(found["table/roadmap/sisa"].rows) == 2
    assert len(found["table/roadmap"].rows) == 10
    assert len(found["table/activities/tanam"].rows) < len(found["table/activities"].rows)


# -- what a guideline does not know ------------------------------------------------------------------
def without_quick_wins(pack: Pack) -> Pack:
    def kept(chapter: Any) -> Any:
        own = tuple(block for block in chapter.blocks if block.show != "quick_wins")
        return msgspec.structs.replace(chapter, blocks=own, chapters=tuple(map(kept, chapter.chapters)))

    books = tuple(
        msgspec.structs.replace(book, chapters=tuple(map(kept, book.chapters))) for book in pack.books
    )
    planning = msgspec.structs.replace(pack.planning, quick_win=None, terms=())
    return msgspec.structs.replace(pack, books=books, planning=planning)


def test_without_quick_wins_and_terms_paper_shows_none(pack, path) -> None:
    bare, plan = without_quick_wins(pack), plan_of(path)
    assert any(each.quick_win for each in plan.programmes), "a mark from an earlier guideline is kept"
    assert len(targets(plan, pack, "buku-tajuk")["table/roadmap"].columns) == 5
    assert len(targets(plan, bare, "buku-tajuk")["table/roadmap"].columns) == 3


def test_without_quick_wins_and_sub_dimensions_nobody_is_asked_for_them(pack) -> None:
    from desktop.ui.pages.programme import BASICS, TIME, asked
    from desktop.ui.pages.programme_list import columns_of

    flat = tuple(msgspec.structs.replace(each, sub_dimensions=()) for each in pack.dimensions)
    bare = msgspec.structs.replace(without_quick_wins(pack), dimensions=flat)
    names = {field[0] for field in asked(bare, (*BASICS, *TIME))}
    assert {field[0] for field in (*BASICS, *TIME)} - names == {"quick_win", "sub_dimension"}
    assert {each.id for each in columns_of(pack)} - {each.id for each in columns_of(bare)} == {
        "quick_win",
        "sub_dimension",
    }


def test_what_no_stage_names_is_reachable_and_the_roadmap_stands_once(pack) -> None:
    stops = Journey(pack).stops
    assert stops.count(Stop("roadmap")) == 1
    bare = Journey(msgspec.structs.replace(pack, stages=())).stops
    assert {Stop("form", each.id) for each in pack.forms} <= set(bare)
    assert {Stop("worksheet", each.id) for each in pack.worksheets} <= set(bare)
    assert {Stop("chapter", "akar.mula"), Stop("chapter", "tajuk.program")} <= set(bare)
