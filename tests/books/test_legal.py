"""Drafts for the legal bureau: the parts of a legal product, in both languages, of what the plan says."""

import io
from dataclasses import replace

import docx
import pytest

from desktop.base import Language
from desktop.base.jobs import quiet
from desktop.books.document import Callout, Heading, ListBlock, Paragraph, Signatures, Table, Tag, text_of
from desktop.books.docx import render_docx
from desktop.books.legal import KINDS, file_name, write_legal
from desktop.books.legal.decree import compose_decree
from desktop.books.legal.regulation import compose_regulation
from desktop.books.pdf import render_pdf
from desktop.guideline import load_pack
from desktop.guideline.lookup import bundled_bytes
from desktop.workspace import Author, Workspace
from desktop.workspace.organisation import Decree
from desktop.workspace.plan import Text
from tests.books import plans

PACK = load_pack(bundled_bytes("smart-city-2021"))
COMPOSE = {"decree": compose_decree, "regulation": compose_regulation}


def said(document):
    for element in document.all:
        match element:
            case Paragraph():
                yield text_of(element.line)
            case Heading():
                yield element.text
            case Table():
                yield from (" ".join(map(text_of, row.cells)) for row in element.rows)


@pytest.mark.parametrize("language", list(Language))
def test_a_decree_has_its_parts_in_their_order(language):
    made = compose_decree(plans.plan(), PACK, language)
    text = "\n".join(said(made))
    wanted = {
        Language.ID: (
            "NOMOR|TENTANG|Menimbang :|Mengingat :|MEMUTUSKAN:|Menetapkan : KEPUTUSAN BUPATI TENTANG|KESATU :"
            "|KEDUA :|KETIGA :|KEEMPAT :|KELIMA :|Tembusan:|Paraf koordinasi"
            "|LAMPIRAN KEPUTUSAN BUPATI LAMPUNG TIMUR\nNOMOR|SUSUNAN"
        ),
        Language.EN: (
            "NUMBER|ON|Considering :|Recalling :|HAS DECIDED:|Laying down : DECREE OF THE REGENT ON|FIRST :"
            "|SECOND :|THIRD :|FOURTH :|FIFTH :|Copies to:|Initials|ANNEX TO"
        ),
    }[language].split("|")
    places = []
    for words in wanted:
        places.append(text.index(words, places[-1] if places else 0))
    head = {Language.ID: "BUPATI LAMPUNG TIMUR", Language.EN: "REGENT OF LAMPUNG TIMUR"}
    assert made.letterhead[0] == head[language]
    signed = [e for e in made.elements if isinstance(e, Signatures)]
    assert [one.role for each in signed for one in each.signers] == ["head_of_region"] * 2  # the annex too
    assert all(made.on_right(each) for each in signed)
    assert signed[0].signers[0].office == f"{head[language]},"
    assert isinstance(made.elements[-1], Signatures)
    labelled = [e for e in made.elements if isinstance(e, Table) and e.clauses]
    assert len(labelled) == 2


@pytest.mark.parametrize("language", list(Language))
def test_a_regulation_counts_its_chapters_and_articles(language):
    made = compose_regulation(plans.plan(), PACK, language)
    headings = [e.text for e in made.headings]
    assert all(each.centred for each in made.headings)
    assert [e.number for e in made.headings if e.number] == ["I", "II", "III", "IV", "V", "VI"]
    article = "Pasal" if language is Language.ID else "Article"
    assert [h for h in headings if h.startswith(article)] == [f"{article} {n}" for n in range(1, 10)]
    assert len([h for h in headings if not h.startswith(article)]) == 6
    enacted, promulgated = [e for e in made.elements if isinstance(e, Signatures)]
    assert [each.signers[0].role for each in (enacted, promulgated)] == [
        "head_of_region",
        "regional_secretary",
    ]
    assert made.on_right(enacted)
    assert not made.on_right(promulgated)
    text = "\n".join(said(made))
    assert "2026" in text
    if language is Language.ID:
        assert promulgated.place_label.startswith("Diundangkan di ")
        assert promulgated.signers[0].office == "SEKRETARIS DAERAH KABUPATEN LAMPUNG TIMUR,"
        assert text.index("DENGAN RAHMAT TUHAN YANG MAHA ESA") < text.index("\nBUPATI LAMPUNG TIMUR,")
        assert "Dalam Peraturan Bupati ini yang dimaksud dengan:" in text
        terms = next(e for e in made.elements if isinstance(e, ListBlock))
        assert text_of(terms.items[2].line) == "Bupati adalah Bupati Lampung Timur."


def test_both_languages_have_the_same_shape():
    for compose in COMPOSE.values():
        one, other = (compose(plans.plan(), PACK, language) for language in Language)
        assert [type(e) for e in one.elements] == [type(e) for e in other.elements]


def test_laws_stand_before_what_they_rule_the_older_first_and_own_regulations_last():
    perda = Decree(
        "d1", "perda", "7 Tahun 2025", "2025-01-02", Text({"id": "RPJMD"}), "issued", "", "", "", "a"
    )
    planned = replace(perda, id="d2", number="9 Tahun 2026", state="planned")
    made = compose_decree(replace(plans.plan(), decrees=(perda, planned)), PACK, Language.ID)
    bases = [line for line in said(made) if line.strip().startswith((*"123456789", "Mengingat"))]
    titles = [line for line in bases if " Nomor " in line]
    order = ("Undang", "Pemerintah", "Presiden", "Daerah")
    ranks = [next(n for n, kind in enumerate(order) if kind in title.split(" Nomor ")[0]) for title in titles]
    assert ranks == sorted(ranks)
    assert "Peraturan Daerah Nomor 7 Tahun 2025 tentang RPJMD" in titles[-1]
    assert not any("9 Tahun 2026" in title for title in titles)


def test_what_the_bureau_has_to_check_is_marked_and_said_above():
    for compose in COMPOSE.values():
        made = compose(plans.plan(), PACK, Language.ID)
        assert isinstance(made.front[0], Callout)
        tables = [e for e in made.elements if isinstance(e, Table)]
        cells = [cell for table in tables for row in table.rows for cell in row.cells]
        assert any(isinstance(part, Tag) for cell in cells for part in cell)


def test_a_city_has_a_mayor():
    plan = plans.plan()
    plan = replace(plan, region=replace(plan.region, name="Kota Metro", kind="kota"))
    assert compose_decree(plan, PACK, Language.ID).letterhead[0] == "WALI KOTA METRO"


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_is_a_word_document_or_a_pdf(kind):
    made = COMPOSE[kind](plans.plan(), PACK, Language.ID)
    assert render_pdf(made, archival=False).pages >= 3
    read = docx.Document(io.BytesIO(render_docx(made)))
    words = "\n".join(p.text for p in read.paragraphs)
    assert "MEMUTUSKAN:" in words


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_draft_is_written_of_a_workspace(tmp_path, ending):
    path = tmp_path / "a.rancang"
    made = Workspace.create(
        path, region="18.07", first_year=2026, last_year=2030,
        pack=bundled_bytes("smart-city-2021"), author=Author("Sari", "team"),
    )  # fmt: skip
    made.close()
    target = tmp_path / file_name("regulation", Language.EN, ending)
    assert write_legal(quiet, path, target, "regulation", "en") == target
    assert target.stat().st_size > 5_000
