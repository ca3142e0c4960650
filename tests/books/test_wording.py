"""The team's own wording of drafts: part by part, in either language, and back to the template."""

from dataclasses import replace

import pytest

from desktop.base import Language, Message
from desktop.books.document import Callout, Heading, Paragraph, Signatures, Table, Tag, text_of
from desktop.books.legal.decree import compose_decree
from desktop.books.legal.regulation import compose_regulation
from desktop.books.notes import Facts, compose_note
from desktop.books.record import compose_attendance, compose_record
from desktop.books.wording import LEFT_OUT, NAMES, PARTS, label_of, templates
from desktop.guideline import load_pack
from desktop.guideline.lookup import bundled_bytes
from desktop.workspace.organisation import Meeting
from desktop.workspace.plan import Answer, Text
from desktop.workspace.plan_data import plan_data
from desktop.workspace.wording import all_worded, item, write
from tests.books import plans

PACK = load_pack(bundled_bytes("smart-city-2021"))
MEETING = Meeting(
    "m1",
    "meeting",
    "",
    "",
    Text({"id": "Rapat awal"}),
    "2026-05-12",
    "",
    "Aula",
    "Sari",
    Text(),
    Text(),
    (),
    "a",
)


def worded(document, **parts):
    """A plan whose drafts the team worded: by part the text, or by language."""
    plan = plans.plan()
    answers = dict(plan.answers)
    for part, text in parts.items():
        values = text if isinstance(text, dict) else {"id": text}
        name = item(document, part)
        answers[name, ""] = Answer(name, "", None, Text(values), "typed")
    return replace(plan, answers=answers, meetings=(MEETING,))


def said(document):
    for element in document.all:
        match element:
            case Paragraph() if element.style != "note":
                yield text_of(element.line)
            case Heading():
                yield element.text
            case Table():
                yield from (" ".join(map(text_of, row.cells)) for row in element.rows)
            case Callout():
                yield from map(text_of, element.lines)


def decree(language=Language.ID, **parts):
    return "\n".join(said(compose_decree(worded("decree", **parts), PACK, language)))


def test_lines_are_lettered_and_numbered_and_what_was_changed_is_said_to_the_bureau():
    text = decree(why="bahwa satu;\nbahwa dua;", bases="UU Nomor 1;", number="NOMOR 7 TAHUN 2026")
    assert "Menimbang : a. bahwa satu;" in text
    assert "  b. bahwa dua;" in text
    assert "Mengingat : 1. UU Nomor 1; [diperiksa Bagian Hukum]" in text
    assert "NOMOR 7 TAHUN 2026" in text
    assert "diubah tim: Nomor, Menimbang, Mengingat." in text
    assert "perlu diselenggarakan pembangunan smart city" not in text
    text = decree(tasks="Dewan mengarahkan.\nTim melaksanakan.")
    assert "KEDUA : Tugas sebagaimana dimaksud dalam diktum KESATU meliputi:\na. Dewan" in text
    assert "\nb. Tim melaksanakan. [diperiksa Bagian Hukum]\nKETIGA :" in text
    assert "a. Dewan mengarahkan." in decree(tasks="Dewan mengarahkan.", dictum2=LEFT_OUT, dictum1=LEFT_OUT)
    assert "diubah tim" not in decree()


def test_decisions_are_counted_with_those_added_and_without_those_left_out():
    text = decree(more="Menugaskan Sekda.\nMenugaskan Bappeda.", dictum3=LEFT_OUT)
    order = ["KESATU", "KEDUA", "KETIGA : Biaya", "KEEMPAT : Menugaskan Sekda.",
             "KELIMA : Menugaskan Bappeda.", "KEENAM : Keputusan ini mulai berlaku"]  # fmt: skip
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert "KETUJUH" not in text


def test_copies_are_left_out_and_further_paragraphs_stand_before_the_signature():
    made = compose_decree(worded("decree", copies=LEFT_OUT, free="Satu alinea."), PACK, Language.ID)
    kinds = [type(each) for each in made.elements]
    free = next(
        n for n, e in enumerate(made.elements) if isinstance(e, Paragraph) and "Satu" in text_of(e.line)
    )
    assert free < kinds.index(Signatures)
    assert "Tembusan:" not in "\n".join(said(made))


def test_wording_of_one_language_is_marked_in_the_other_and_numbers_stay_alike():
    plan = worded("decree", why="bahwa satu;", number="NOMOR 7", more={"id": "Tiga.", "en": "Three."})
    one, other = (compose_decree(plan, PACK, each) for each in Language)
    assert [type(e) for e in one.elements] == [type(e) for e in other.elements]
    text = "\n".join(said(other))
    assert "a. bahwa satu; [Indonesian text]" in text
    assert "NOMOR 7 [Indonesian text]" in text
    assert "FIFTH : Three." in text
    assert "Three. [" not in text


def test_a_regulation_counts_articles_that_were_added():
    plan = worded("regulation", more="Ditinjau setiap tiga tahun.", article2="Satu ayat saja.")
    made = compose_regulation(plan, PACK, Language.ID)
    headings = [each.text for each in made.elements if isinstance(each, Heading)]
    assert [each for each in headings if each.startswith("Pasal")] == [f"Pasal {n}" for n in range(1, 11)]
    assert any(each.number == "VII" for each in made.headings)
    text = "\n".join(said(made))
    assert text.index("Ditinjau setiap tiga tahun.") < text.index("Peraturan Bupati ini mulai berlaku")
    assert "(1) Satu ayat" not in text


def test_a_note_and_a_record_fill_in_what_differs_from_one_to_the_next():
    plan = worded("note", opening="Untuk {daerah} kami minta {lain}:", copies="Inspektur")
    agency = plan.agencies[0].id
    text = "\n".join(said(compose_note(plan, PACK, agency, (), Language.ID, Facts())))
    assert f"Untuk {plan.region.name} kami minta {{lain}}:" in text
    assert "1. Inspektur" in text
    plan = worded("record", opening="Hari {hari} ({tanggal}) di {place}: {nama}.", closing="Demikian.")
    made = compose_record(plan, PACK, "m1", Language.ID)
    text = "\n".join(said(made))
    assert "Hari Selasa (12 Mei 2026) di Aula: Rapat awal." in text
    assert "Demikian." in text
    plan = worded("attendance", free="Mohon diisi huruf cetak.")
    assert "Mohon diisi huruf cetak." in "\n".join(said(compose_attendance(plan, PACK, "m1", Language.ID)))


@pytest.mark.parametrize("document", list(PARTS))
@pytest.mark.parametrize("language", list(Language))
def test_the_template_is_there_whatever_was_worded_and_worded_alike_changes_nothing(document, language):
    plain = templates(plans.plan(), PACK, document, language)
    assert list(plain) == [part.id for part in PARTS[document]]
    changed = worded(document, **dict.fromkeys(plain, "Lain."))
    assert templates(changed, PACK, document, language) == plain
    if document in {"decree", "regulation"}:
        compose = compose_decree if document == "decree" else compose_regulation
        same = worded(document, **{part: {language.value: text} for part, text in plain.items() if text})
        one, other = (list(said(compose(plan, PACK, language))) for plan in (plans.plan(), same))
        assert [each for each in other if "diubah tim" not in each and "worded itself" not in each] == one


def test_parts_have_names_and_wording_stays_at_home():
    for document, parts in PARTS.items():
        assert document in NAMES
        assert len({part.id for part in parts}) == len(parts)
        assert all(label_of(document, part.id) for part in parts)
    assert label_of("decree", "nothing") is None
    assert plan_data(worded("decree", why="bahwa satu;")) == plan_data(
        replace(plans.plan(), meetings=(MEETING,))
    )


def test_wording_is_an_ordinary_operation_that_can_be_undone(tmp_path):
    from desktop.guideline import write_pack
    from desktop.workspace import Author, Workspace
    from tests.books.test_compose import DATA

    with Workspace.create(
        tmp_path / "a.rancang", region="18.07", first_year=2026, last_year=2030,
        pack=write_pack(DATA / "tiny-pack"), author=Author("Sari", "team"),
    ) as workspace:  # fmt: skip
        with workspace.operation(Message("books.room")) as operation:
            write(operation, "decree", "why", "id", " bahwa satu; ")
        assert [(d, p, t.read("id")) for d, p, t in all_worded(workspace.plan())] == [
            ("decree", "why", "bahwa satu;")
        ]
        with workspace.operation(Message("books.room")) as operation:
            write(operation, "decree", "why", "id", "")
        assert list(all_worded(workspace.plan())) == []
        workspace.undo()
        assert len(list(all_worded(workspace.plan()))) == 1


def test_a_mark_follows_only_what_is_not_in_this_language():
    line = compose_decree(worded("decree", dictum1={"en": "One."}), PACK, Language.ID)
    tags = [
        part.text for each in line.elements if isinstance(each, Table)
        for row in each.rows for cell in row.cells for part in cell if isinstance(part, Tag)
    ]  # fmt: skip
    assert "teks Inggris" in tags
