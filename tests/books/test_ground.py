"""Figures, bodies and decrees on paper, and the officials of the day of printing."""

import datetime as dt
from dataclasses import replace

import pytest

from desktop.base import Language
from desktop.books.blocks import BLOCKS
from desktop.books.composer import Composer
from desktop.books.document import Paragraph, Table, text_of
from desktop.checks.references import SHOWN
from desktop.guideline.pack import Block
from desktop.workspace.plan import Person, Text
from tests.checks.build import plan, text
from tests.checks.ground import body, decree, figure, meeting, member, pack


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setenv("RANCANG_NOW", dt.datetime(2026, 11, 24, tzinfo=dt.UTC).isoformat())


def printed(show, made, language=Language.EN, **more):
    guideline = pack(**more)
    to = Composer(made, guideline, guideline.books[0], language, {}, draft=False)
    BLOCKS[show](to, Block(show=show))
    return to.elements


def tables(show, made, language=Language.EN):
    found = [each for each in printed(show, made, language) if isinstance(each, Table)]
    assert {each.target for each in found} <= set(SHOWN[show])
    return {each.target: [[text_of(cell) for cell in row.cells] for row in each.rows] for each in found}


def test_figures_stand_by_year_with_their_source_money_in_millions():
    made = plan(
        figures=(
            figure(year=2025, value="900"), figure(year=2026), figure("money", value="2500000000"),
            figure("wages", value="1000000000", source=""),
        )
    )  # fmt: skip
    rows = tables("figures", made)["table/figures"]
    assert rows == [
        ["People", "900", "1,000", "BPS"],
        ["Budget (million rupiah)", "–", "2,500", "BPS"],
        ["Wages (million rupiah)", "–", "1,000", "–"],
    ]
    notes = [text_of(each.line) for each in printed("figures", made) if isinstance(each, Paragraph)]
    assert len(notes) == 1
    assert "40" in notes[0]


def test_only_the_newest_years_stand_beside_each_other():
    made = plan(figures=tuple(figure(year=year, value=str(year)) for year in range(2019, 2027)))
    (row,) = tables("figures", made)["table/figures"]
    assert row == ["People", "2,023", "2,024", "2,025", "2,026", "BPS"]


def test_bodies_with_their_decree_members_and_meetings():
    ani = Person("p1", "Ani", text("Sekda", "Secretary"), "", "a1", "", "", "", "", "governance")
    old = replace(ani, id="p2", name="Old", until="2020-01-01")
    members = [member(name="", person="p1"), member("m2", name="Budi", outsider=True)]
    made = plan(
        people=(ani, old), decrees=(decree(),), meetings=(meeting(),),
        bodies=(body(decree="d1", members=members),),
    )  # fmt: skip
    found = tables("bodies", made)
    assert found["table/bodies"] == [["Council", "188/1/2026", "2", "1", "1"]]
    assert [row[1:] for row in found["table/members"][1:]] == [
        ["Ani", "Secretary", "DPMPTSP"], ["Budi", "–", "– (from outside)"],
    ]  # fmt: skip
    assert found["table/dimension_people"] == [["Governance", "Ani (Secretary)"]]


def test_decrees_say_what_they_serve_and_when_they_expired():
    made = plan(
        decrees=(decree(until="2026-01-31"), decree("d2", kind="perkada", number="")),
        bodies=(body(decree="d1"),),
    )
    first, second = tables("decrees", made)["table/decrees"]
    assert first[1] == "188/1/2026, of 15 January 2026"
    assert "expired" in first[3]
    assert first[4] == "Council"
    assert second[4] == "Masterplan"


@pytest.mark.parametrize("show", ["figures", "bodies", "decrees"])
@pytest.mark.parametrize("language", Language)
def test_where_nothing_is_stated_a_note_says_so(show, language):
    assert tables(show, plan(), language) == {}
    assert [each for each in printed(show, plan(), language) if isinstance(each, Paragraph)]


def test_texts_without_words_are_dashes():
    made = plan(decrees=(replace(decree(), title=Text(), number="", date=""),))
    assert tables("decrees", made)["table/decrees"][0][1:3] == ["–", "–"]
