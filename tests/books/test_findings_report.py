"""The findings report: every finding once, in the chapter that prints it, with who owes it."""

import datetime as dt
import itertools
from dataclasses import replace

import msgspec
import pytest

from desktop.base import Language
from desktop.base.jobs import quiet
from desktop.books.document import Callout, Heading, Paragraph, Table, Tag, Tone, text_of
from desktop.books.findings import file_name, write_findings
from desktop.books.findings.compose import compose_findings
from desktop.books.homes import Homes
from desktop.checks import check
from desktop.guideline import Guideline, load_pack, write_pack
from desktop.guideline.lookup import bundled_bytes
from desktop.guideline.pack import PageRef
from desktop.workspace import Author, Workspace
from desktop.workspace.plan import SetAside
from tests.books import plans
from tests.books.test_compose import DATA

PACK = load_pack(bundled_bytes("smart-city-2021"))
TODAY = dt.date(2026, 11, 29)


@pytest.fixture(scope="module")
def plan():
    """A plan with one finding set aside."""
    made = plans.plan()
    first = next(each for each in check(made, PACK).findings if each.may_set_aside)
    return replace(made, set_aside={first.key: SetAside("s1", first.key, "Sudah dibahas", "Sari")})


@pytest.fixture(scope="module")
def reports(plan):
    found = check(plan, PACK)
    return found, {each: compose_findings(plan, PACK, found, each, TODAY) for each in Language}


def cells(document):
    return [
        [text_of(cell) for cell in row.cells]
        for each in document.elements
        if isinstance(each, Table) and not each.number and each.columns[0].title
        for row in each.rows
    ]


def test_every_finding_stands_once_counted_through_and_alike_in_both_languages(reports):
    found, made = reports
    count = len(found.findings) + len(found.set_aside)
    for document in made.values():
        assert [row[0] for row in cells(document)] == [str(n) for n in range(1, count + 1)]
    one, other = made.values()
    assert [type(each) for each in one.elements] == [type(each) for each in other.elements]


def test_sums_stand_at_the_head_and_are_those_of_the_checks(reports):
    found, made = reports
    document = made[Language.EN]
    assert isinstance(document.elements[0], Callout)
    by_chapter = next(document.tables)
    total = [text_of(cell) for cell in by_chapter.rows[-1].cells]
    wanted = [len(found.mandatory), len(found.weak), len(found.hints), len(found.set_aside)]
    assert total[1:] == [str(each) if each else "–" for each in wanted]
    books = [text_of(row.cells[0]) for row in by_chapter.rows if row.kind == "group"]
    headings = [each.text for each in document.elements if isinstance(each, Heading)]
    assert headings == [*books, "Set aside with a reason"]


def test_what_was_set_aside_stands_last_with_its_reason(reports):
    _, made = reports
    *_, last = cells(made[Language.ID])
    assert last[-2:] == ["Sudah dibahas", "Sari"]


def test_grades_are_words_and_a_text_that_is_not_translated_is_marked(plan, reports):
    _, made = reports
    rows = [row for each in made[Language.EN].elements if isinstance(each, Table) for row in each.rows]
    tags = [part for row in rows for cell in row.cells for part in cell if isinstance(part, Tag)]
    assert {"Mandatory", "To be improved"} <= {each.text for each in tags}
    assert any(each.tone is Tone.SOFT and each.text == "Indonesian text" for each in tags)


def test_a_programme_is_owed_by_who_leads_it_and_printed_with_its_dimension(plan, reports):
    _, made = reports
    programme = plan.programmes[0]
    homes = Homes(plan, Guideline(PACK))
    home = homes.of(PageRef(page="programmes", ref=programme.id))
    assert home is not None
    assert home.book == "II"
    assert homes.of(PageRef(page="form", ref="questionnaire")).book == "application"
    assert homes.of(PageRef(page="package")) is None
    owners = {row[4] for row in cells(made[Language.ID]) if len(row) == 5}
    lead = plan.agency(programme.lead)
    assert any(owner.startswith(lead.short_name) for owner in owners)


def test_two_books_of_one_title_stay_two(plan, reports):
    _, made = reports
    title = PACK.books[0].title
    named = msgspec.structs.replace(
        PACK, books=tuple(msgspec.structs.replace(each, title=title) for each in PACK.books)
    )
    document = compose_findings(plan, named, check(plan, named), Language.ID, TODAY)
    numbers = [each.number for each in document.elements if isinstance(each, Heading)]
    assert numbers == [each.number for each in made[Language.ID].elements if isinstance(each, Heading)]
    assert cells(document)[-1][0] == cells(made[Language.ID])[-1][0]
    assert [row[0] for row in cells(document)] == [row[0] for row in cells(made[Language.ID])]


def test_a_reason_is_said_once_where_it_is_the_same(reports):
    _, made = reports
    for each in made[Language.ID].elements:
        if isinstance(each, Table) and not each.number and len(each.columns) == 5:
            said = [text_of(row.cells[2]).partition("\n")[2] for row in each.rows]
            assert all(one != other or not one for one, other in itertools.pairwise(said))


def test_a_plan_without_findings_says_so(plan):
    nothing = replace(check(plan, PACK), findings=(), set_aside=())
    document = compose_findings(plan, PACK, nothing, Language.ID, TODAY)
    (callout,) = [each for each in document.elements if isinstance(each, Callout)]
    assert callout.tone is Tone.GOOD
    assert not list(document.tables)
    assert "Tidak ada" in text_of([e for e in document.elements if isinstance(e, Paragraph)][-1].line)


def test_it_is_written_in_each_form_by_its_name(tmp_path):
    path = tmp_path / "a.rancang"
    Workspace.create(
        path, region="18.07", first_year=2026, last_year=2030,
        pack=write_pack(DATA / "tiny-pack"), author=Author("Sari", "team"),
    ).close()  # fmt: skip
    for ending, head in (("pdf", b"%PDF"), ("html", b"<!DOCTYPE html"), ("docx", b"PK")):
        target = tmp_path / file_name(Language.ID, ending)
        assert write_findings(quiet, path, target, "id", TODAY.isoformat()) == target
        assert target.read_bytes()[:20].lower().startswith(head.lower())
