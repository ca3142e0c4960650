"""Who was heard stands in the books: alike in both languages, without contact data or citizens' names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.base import Language
from desktop.books.blocks.hearing import inputs, stakeholders
from desktop.books.composer import Composer
from desktop.books.document import Table, text_of
from desktop.books.docx import render_docx
from desktop.books.hearing.answers import compose_answers
from desktop.books.hearing.sheet import compose_sheet
from desktop.books.pdf import render_pdf
from desktop.guideline.pack import Block
from desktop.workspace.hearing import Input, Stakeholder
from desktop.workspace.organisation import Attendance, Meeting
from tests.books import plans
from tests.books.plans import text


@pytest.fixture
def plan():
    base = plans.plan()
    first, second = base.programmes[:2]
    holders = (
        Stakeholder("s1", "PT Maju", "industry", "Budi", "0812-3456", text("Gudang", "Storage"), "a"),
        Stakeholder("s2", "Rohmah Binti Salim", "citizen", "", "0813-9999", text("Pasar"), "b"),
    )
    said = (
        Input("i1", "s1", "m1", "", "2026-01-05", "meeting", f"programme/{first.id}",
              text("Gudang", "Storage"), "accepted", text("Ya", "Yes"), "Sari", "2026-01-09",
              (second.id, first.id), "a"),
        Input("i2", "s2", "", "", "2026-01-06", "form", "", text("Jam buka"), "rejected", text("Belum bisa"),
              "Sari", "2026-01-09", (), "b"),
        Input("i3", "", "", "Pak Joko", "2026-01-07", "other", "chapter.II.1", text("Bagus"), "open",
              text(""), "", "", (), "c"),
    )  # fmt: skip
    there = (Attendance("a1", "", "", "Budi", "", "PT Maju", True, "a"),)
    meeting = Meeting(
        "m1", "consultation", "", "", text("FGD I", "Consultation I"), "2026-01-05", "", "Aula", "",
        text(""), text("Satu masukan"), there, "a",
    )  # fmt: skip
    return replace(base, stakeholders=holders, inputs=said, meetings=(meeting,))


def tables(plan, language):
    to = Composer(plan, plans.pack(), plans.pack().books[0], language, {}, draft=False)
    stakeholders(to, Block(show="stakeholders"))
    inputs(to, Block(show="inputs"))
    return [element for element in to.elements if isinstance(element, Table)]


def rows(table):
    return [[text_of(cell) for cell in row.cells] for row in table.rows]


@pytest.mark.slow
def test_both_languages_have_the_same_tables(plan):
    one, other = tables(plan, Language.ID), tables(plan, Language.EN)
    assert [table.target for table in one] == ["table/stakeholders", "table/consultations", "table/inputs"]
    assert [table.number for table in one] == [table.number for table in other]
    assert [len(table.rows) for table in one] == [len(table.rows) for table in other] == [2, 1, 3]
    assert [row[0] for row in rows(one[2])] == [row[0] for row in rows(other[2])] == ["1", "2", "3"]
    assert rows(one[0])[0][4:] == ["1", "1"]


def test_decision_reason_and_trace_stand_beside_what_was_said(plan):
    first, second, third = rows(tables(plan, Language.ID)[2])
    titles = [p.title.read("id") for p in plan.programmes[:2]]
    assert first[2] == titles[0]
    assert "Diterima" in first[4]
    assert all(title in first[6] for title in titles)
    assert "Tidak diterima" in second[4]
    assert second[5].startswith("Belum bisa")
    assert "Belum dijawab" in third[4]


@pytest.mark.parametrize("language", list(Language))
def test_no_contact_and_no_name_of_a_citizen_is_printed(plan, language):
    said = repr([rows(table) for table in tables(plan, language)])
    for private in ("0812", "0813", "Budi", "Rohmah", "Joko"):
        assert private not in said
    assert ("Warga 1" if language is Language.ID else "Citizen 1") in said


def test_who_gave_no_input_and_an_empty_register_are_told():
    to = Composer(plans.empty_plan(), plans.pack(), plans.pack().books[0], Language.ID, {}, draft=False)
    stakeholders(to, Block(show="stakeholders"))
    inputs(to, Block(show="inputs"))
    assert not [element for element in to.elements if isinstance(element, Table)]
    assert len(to.elements) == 2


@pytest.mark.parametrize("language", list(Language))
def test_sheet_and_answers_as_pdf_and_docx(plan, language):
    pack = plans.pack()
    sheet = compose_sheet(plan, pack, language, plan.stakeholders[0], on_paper=True)
    assert sheet.document.running_foot == sheet.code
    answers = compose_answers(plan, pack, language, plan.stakeholders[1])
    (table,) = [element for element in answers.elements if isinstance(element, Table) and not element.plain]
    assert len(table.rows) == 1
    for document in (sheet.document, answers):
        assert render_pdf(document, archival=False).pdf.startswith(b"%PDF")
        assert render_docx(document).startswith(b"PK")


def test_a_sheet_of_an_empty_plan_can_be_made():
    sheet = compose_sheet(plans.empty_plan(), plans.pack(), Language.ID)
    assert render_docx(sheet.document, {"RancangInputSheet": sheet.code}).startswith(b"PK")
