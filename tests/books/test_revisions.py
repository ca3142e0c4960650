"""The comparison of revisions on paper: marks that need no colour, sums, and every change in its chapter."""

import pytest

from desktop.base import Language, LocalText
from desktop.base.richtext import Run
from desktop.books.document import Heading, Paragraph, Table, Tag, text_of
from desktop.books.revisions import Change, Money, Said, Sum, file_name
from desktop.books.revisions.compose import FEW, compose_revisions
from desktop.books.revisions.marking import AROUND, marked
from desktop.guideline import load_pack
from desktop.guideline.lookup import bundled_bytes
from desktop.guideline.pack import PageRef
from tests.books import plans

PACK = load_pack(bundled_bytes("smart-city-2021"))
LONG = "Satu kalimat yang tetap. " * 20


def kinds(runs):
    return [("gone" if run.strike else "new" if run.underline else "same", run.text.strip()) for run in runs]


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("Warga antre pagi hari.", "Warga antre sore hari.",
         [("same", "Warga antre"), ("gone", "pagi"), ("new", "sore"), ("same", "hari.")]),
        ("Satu dua tiga.", "Lain sama sekali isinya.",
         [("gone", "Satu dua tiga."), ("new", "Lain sama sekali isinya.")]),
        ("Tetap.", "Tetap. Baru.", [("same", "Tetap."), ("new", "Baru.")]),
        ("Tetap. Lama.", "Tetap.", [("same", "Tetap."), ("gone", "Lama.")]),
        ("Kepala\nIsi satu.", "Kepala\nIsi dua.",
         [("same", "Kepala Isi"), ("gone", "satu."), ("new", "dua.")]),
    ],
)  # fmt: skip
def test_sentences_are_struck_or_underlined_alike_ones_word_by_word(before, after, wanted):
    joined: list[tuple[str, str]] = []
    for kind, text in kinds(marked(before, after)):
        if text and joined and joined[-1][0] == kind:
            joined[-1] = (kind, f"{joined[-1][1]} {text}")
        elif text:
            joined.append((kind, text))
    assert [(kind, " ".join(text.split())) for kind, text in joined] == wanted


def test_marks_are_seen_without_colour_and_what_stayed_is_cut():
    runs = marked(LONG + "Lama.", LONG + "Baru.")
    assert all(run.bold for run in runs if run.underline)
    same = next(run.text for run in runs if not run.strike and not run.underline)
    assert same.startswith("…")
    assert len(same) <= AROUND + 5


def test_texts_beyond_measure_are_shown_by_their_beginnings():
    before, after = "Ya. " * 30_000, "Tidak. " * 30_000
    struck, _, added = marked(before, after)
    assert (struck.strike, added.underline) == (True, True)
    assert len(struck.text) + len(added.text) < 1_000


CHANGES = (
    Change("changed", PageRef(page="chapter", ref="I.1"), "", "", "Pendahuluan",
           (Said("", "Warga antre pagi hari di kantor dan pulang pada siang hari tanpa hasil apa pun.",
                 "Warga antre sore hari di kantor dan pulang pada siang hari tanpa hasil apa pun."),)),
    Change("added", PageRef(page="programmes", ref="new"), "living", "program “Baru”", "program",
           (Said("judul", "", "Baru"), Said("tahun", "", "2027"))),
    Change("removed", PageRef(page="programmes", ref="old"), "living", "program “Lama”", "program",
           tuple(Said(f"isian {n}", "isi", "") for n in range(FEW + 3))),
    Change("changed", None, "", "", "lain", (Said("tahun", "2026", "2027"),)),
)  # fmt: skip
BARU = LocalText({"id": "Baru"})
MONEY = (Money("Anggaran", (Sum("2026", 10, 5), Sum("2027", 0, 7)), (Sum(BARU, 0, 2),)),)


@pytest.fixture(scope="module")
def made():
    facts = [("Semula", "a"), ("Menjadi", "b")]
    return {each: compose_revisions(plans.plan(), PACK, each, facts, CHANGES, MONEY) for each in Language}


def test_changes_stand_in_their_chapters_counted_through(made):
    for document in made.values():
        headings = [each.text for each in document.elements if isinstance(each, Heading)]
        assert len(headings) == 3  # two books, and what stands in none
        minor = [
            text_of(e.line)
            for e in document.elements
            if isinstance(e, Paragraph) and e.style == "minor_heading"
        ]
        assert [each.split()[0] for each in minor[:2]] == ["1", "2.4"]
        rows = [
            row
            for each in document.elements
            if isinstance(each, Table) and not each.number and each.columns[0].title
            for row in each.rows
            if row.kind == "body"
        ]
        assert [text_of(row.cells[0]) for row in rows] == ["1", "2", "3", "4"]
        tags = [part.text for row in rows for part in row.cells[1] if isinstance(part, Tag)]
        assert len(set(tags)) == 3


def test_programmes_of_one_name_are_two_and_the_numbers_of_a_table_ascend():
    page = PageRef(page="programmes", ref="x")
    changes = [
        Change("changed", page, "living", "program “Jalan”", name, (Said("judul", "a", "b"),), owner)
        for name, owner in (("satu", "p1"), ("dua", "p2"), ("tiga", "p1"))
    ]
    made = compose_revisions(plans.plan(), PACK, Language.ID, [], changes, ())
    tables = [each for each in made.elements if isinstance(each, Table) and not each.number]
    rows = next(each.rows for each in tables if each.rows[0].kind == "group")
    told = [text_of(row.cells[2] if row.kind == "body" else row.cells[0]) for row in rows]
    assert told == ["program “Jalan”", "satu", "tiga", "program “Jalan”", "dua"]
    assert [text_of(row.cells[0]) for row in rows if row.kind == "body"] == ["1", "2", "3"]


def test_of_what_is_gone_only_the_first_fields_are_told(made):
    text = "\n".join(
        text_of(row.cells[-1])
        for each in made[Language.EN].elements
        if isinstance(each, Table)
        for row in each.rows
    )
    assert "and 3 more fields" in text
    assert f"isian {FEW}" not in text


def test_money_stands_before_and_after_with_the_signed_difference(made):
    by_year = list(made[Language.ID].tables)[1]
    cells = [[text_of(cell) for cell in row.cells] for row in by_year.rows]
    assert cells == [
        ["2026", "10", "5", "−5"], ["2027", "0", "7", "+7"], ["Jumlah", "10", "12", "+2"],
    ]  # fmt: skip


def test_a_name_that_is_not_translated_is_marked(made):
    names = [text_of(list(made[each].tables)[2].rows[0].cells[0]) for each in Language]
    assert names == ["Baru", "Baru [Indonesian text]"]


def test_short_values_are_before_and_after(made):
    (row,) = [
        row for each in made[Language.ID].elements if isinstance(each, Table)
        for row in each.rows if text_of(row.cells[0]) == "4" and len(row.cells) == 4
    ]  # fmt: skip
    struck, arrow, new = row.cells[-1][-3:]
    assert isinstance(struck, Run)
    assert (struck.strike, struck.text, arrow.text, new.text) == (True, "2026", " → ", "2027")


def test_states_that_say_the_same_say_so():
    document = compose_revisions(plans.plan(), PACK, Language.EN, [], (), ())
    said = [text_of(each.line) for each in document.elements if isinstance(each, Paragraph)]
    assert said == ["Both states say the same."]
    assert file_name(Language.EN) == "perbandingan-revisi.en.pdf"
