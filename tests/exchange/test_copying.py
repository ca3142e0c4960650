"""Answers as plain text for an online form."""

import pytest

from desktop.base import Language, Message
from desktop.exchange.copying import UnknownForm, copy_texts, whole
from desktop.guideline import bundled_bytes
from desktop.workspace import Author, Workspace
from desktop.workspace.plan import Place


@pytest.fixture
def region(tmp_path):
    with Workspace.create(
        tmp_path / "a.rancang", region="18.07", first_year=2026, last_year=2030,
        pack=bundled_bytes("smart-city-2021"), author=Author("Rina"), title={"id": "Rencana"},
    ) as workspace:  # fmt: skip
        with workspace.operation(Message("exchange.room")) as op:
            op.answer_text("commitment.statement", "id", "Kami siap.\n\nSelalu. ")
            op.answer("commitment.presented_by_head", True)
            op.answer("commitment.date", "2026-06-01")
            file = op.attach(b"%PDF-1.4", name="nota.pdf", media_type="application/pdf")
            op.claim(file, Place("answer", item="commitment.memorandum"))
        yield workspace


def texts(region, form="commitment", language=Language.ID):
    return {each.item: each for each in copy_texts(region.plan(), region.pack(), form, language)}


def test_every_question_has_its_answer_as_a_person_reads_it(region):
    found = texts(region)
    assert list(found) == [
        f"commitment.{name}" for name in ("statement", "place", "date", "presented_by_head", "memorandum")
    ]
    assert found["commitment.statement"].answer == "Kami siap.\n\nSelalu."
    assert found["commitment.date"].answer == "1 Juni 2026"
    assert found["commitment.presented_by_head"].answer == "Ya"
    assert found["commitment.place"].answer == ""


def test_words_and_characters_are_counted(region):
    found = texts(region)["commitment.statement"]
    assert (found.words, found.characters) == (3, 19)


def test_evidence_stands_with_its_number_and_file(region):
    assert texts(region)["commitment.memorandum"].evidence == ("Bukti 1 – nota.pdf",)
    assert "Evidence: Evidence 1 – nota.pdf" in texts(region, language=Language.EN)[
        "commitment.memorandum"
    ].block(Language.EN)


def test_a_text_in_another_language_says_which(region):
    assert texts(region, language=Language.EN)["commitment.statement"].language == "id"


def test_the_fingerprint_changes_with_the_answer(region):
    before = texts(region)["commitment.statement"].fingerprint
    with region.operation(Message("exchange.room")) as op:
        op.answer_text("commitment.statement", "id", "Kami sangat siap.")
    assert texts(region)["commitment.statement"].fingerprint != before


def test_all_of_it_has_headings_and_blanks_are_told(region):
    text = whole(tuple(texts(region).values()), Language.ID)
    assert text.startswith("ISI PERNYATAAN\n\nBunyi pernyataan\nKami siap.")
    assert "Tempat\n(belum dijawab)" in text


def test_a_form_nobody_knows_is_told(region):
    with pytest.raises(UnknownForm):
        copy_texts(region.plan(), region.pack(), "nothing", Language.ID)
