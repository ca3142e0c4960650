"""Answers from a conversation: heads of messages are read and taken off, the source is told in words."""

from __future__ import annotations

import pytest

from desktop.base import Language
from desktop.exchange.quoting import KIND, Quote, label, recognise
from desktop.workspace.provenance import Manner
from tests.exchange.agency_workbook.books import LABEL


@pytest.mark.parametrize(
    "head",
    ["[09.15, 20/11/2026] Bu Rina: ", "[20/11/26 09.15.10] Bu Rina: ", "20/11/26 09.15 - Bu Rina: "],
)
def test_what_whatsapp_copies_is_recognised(head):
    found = recognise(f"{head}Ada 3 loket.\n{head}Buka jam 8.\nDan hari Sabtu.")
    assert found == Quote("Ada 3 loket.\nBuka jam 8.\nDan hari Sabtu.", "Bu Rina", "2026-11-20", "WhatsApp")


def test_the_words_of_others_are_left_as_they_are():
    found = recognise("[09.15, 20/11/2026] Bu Rina: Ada 3.\n[09.16, 20/11/2026] Pak Edi: Salah, 4.")
    assert found.text == "Ada 3.\n[09.16, 20/11/2026] Pak Edi: Salah, 4."


@pytest.mark.parametrize("text", ["", "Tiga loket: dua di depan", "[12] catatan", "[99.99, 99/99/2026] A: x"])
def test_what_is_no_message_stays_a_text(text):
    found = recognise(text)
    assert found.day == ""
    assert found.text == (text if "99" not in text else "x")


def test_the_source_in_words():
    quote = Quote("x", "Bu Rina", "2026-11-20", "WhatsApp")
    assert quote.source(Language.ID) == "WhatsApp, Bu Rina, 20 November 2026"
    assert Quote("x", "Bu Rina").source(Language.EN) == "Bu Rina"


def test_where_it_comes_from_is_told_and_typing_over_it_too(workspace):
    item = "statement.place"
    with workspace.operation(label("Tempat", "WhatsApp, Bu Rina, 20 November 2026"), kind=KIND) as op:
        answer = op.answer_text(item, "id", "Pringsewu")
        programme = op.insert("programme", title={"id": "Sumur"})
    registers = [("answer", answer, "value"), ("programme", programme, "title")]
    told = workspace.provenance(registers)
    assert [told[each].manner for each in registers] == [Manner.QUOTED, Manner.QUOTED]
    assert told[registers[0]].detail == "WhatsApp, Bu Rina, 20 November 2026"
    assert told[registers[0]].message.params["source"] == told[registers[0]].detail
    with workspace.operation(LABEL) as op:
        op.answer_text(item, "id", "Pagelaran")
    assert workspace.provenance(registers)[registers[0]].manner is Manner.TYPED
    workspace.undo()
    assert workspace.provenance(registers)[registers[0]].manner is Manner.QUOTED
