"""From a field to the page that shows it, and what pages are called."""

import pytest

from desktop.base import Language
from desktop.base.ids import derived_id
from desktop.base.speech import value_text
from desktop.checks import check
from desktop.checks.places import PAGES, agency_name, page_of, title_of_page
from desktop.guideline import Guideline
from desktop.guideline.pack import PageRef
from desktop.workspace.plan import Comment, Deadline, OpenConflict, Place
from desktop.workspace.registers import TABLES
from tests.checks.build import AGENCY, PACK, plan, rules

GUIDE = Guideline(PACK)
FIXED = derived_id("row", "readiness", "hr", "")


@pytest.mark.parametrize(
    ("place", "page"),
    [
        (Place("plan", "x", "title"), PageRef(page="profile")),
        (Place("agency", AGENCY.id, "name"), PageRef(page="agencies")),
        (Place("evidence", "e1"), PageRef(page="evidence")),
        (Place("programme", "p1", "service"), PageRef(page="programmes", ref="p1")),
        (Place("programme", "gone", "service"), None),
        (Place("answer", item="profile.about"), PageRef(page="form", ref="profile")),
        (Place("answer", item="chapter.I.1"), PageRef(page="chapter", ref="I.1")),
        (Place("answer", item="chapter.IX"), None),
        (Place("answer", item="programme.place", scope="p1"), PageRef(page="programmes", ref="p1")),
        (Place("answer", item="programme.place", scope="gone"), None),
        (Place("cell", "r1", "rating"), PageRef(page="worksheet", ref="readiness")),
        (Place("cell", FIXED, "rating", item="readiness.rating"), PageRef(page="worksheet", ref="readiness")),
        (Place("cell", "gone", "rating"), None),
        (Place("indicator", "gone"), None),
        (Place("nothing", "x"), None),
    ],
)
def test_the_page_of_a_field(place, page):
    assert page_of(plan(), GUIDE, place) == page


def test_parts_of_a_programme_are_on_its_page():
    made = plan()
    programme = made.programmes[0]
    for table, parts in (("budget_line", programme.budget), ("indicator", programme.indicators)):
        for part in parts:
            assert page_of(made, GUIDE, Place(table, part.id)) == PageRef(page="programmes", ref="p1")


@pytest.mark.parametrize(
    ("page", "ref", "title"),
    [
        ("", "", "Seluruh dokumen"),
        ("form", "profile", PACK.forms[0].title.read(Language.ID)),
        ("form", "gone", "gone"),
        ("worksheet", "swot", PACK.worksheets[1].title.read(Language.ID)),
        ("worksheet", "gone", "gone"),
        ("chapter", "I", PACK.books[0].title.read(Language.ID)),
        ("chapter", "gone", "gone"),
        ("programmes", "", "Program"),
        ("programmes", "gone", "Program"),
        ("evidence", "", "Bukti dukung"),
        ("what is that", "", "what is that"),
    ],
)
def test_what_a_page_is_called(page, ref, title):
    assert value_text(title_of_page(plan(), GUIDE, page, ref), Language.ID) == title


def test_a_chapter_is_called_by_number_and_title():
    told = value_text(title_of_page(plan(), GUIDE, "chapter", "I.1.1"), Language.ID)
    assert told.endswith("1.1 Metode")
    assert value_text(title_of_page(plan(), GUIDE, "programmes", "p1"), Language.EN)


def test_every_page_without_a_title_of_its_own_has_a_name():
    for page in PAGES:
        if page not in {"form", "worksheet", "chapter"}:
            assert value_text(title_of_page(plan(), GUIDE, page, ""), Language.EN) != page


def test_whose_a_deadline_is():
    assert value_text(agency_name(plan(), ""), Language.ID) == "semua perangkat daerah"
    assert agency_name(plan(), AGENCY.id) == AGENCY.short_name


def test_differing_comments_and_deadlines_are_named_where_they_belong():
    remark = Comment(
        "c1", Place("programme", "p1", "title"), "", "", "?", "Rina", "mentor", "", "open", "", "", ""
    )
    made = plan(
        comments=(remark,),
        deadlines=(Deadline("d1", "evidence", "", "", "2027-01-31", ""),),
        conflicts=(
            OpenConflict("comment", "c1", "value", "state"),
            OpenConflict("deadline", "d1", "value", "due"),
        ),
    )
    first, second = check(made, rules("open_conflicts")).findings
    assert first.page == PageRef(page="programmes", ref="p1")
    assert "Rina" in value_text(first.message, Language.ID)
    assert "Bukti dukung" in value_text(second.message, Language.ID)


def test_whatever_differs_is_never_named_by_its_table():
    support = derived_id("programme_agency", "p1", AGENCY.id)
    open_ones = [OpenConflict("programme_agency", support, "delete-edit", "")]
    open_ones += [OpenConflict(table, "gone", "delete-edit", "") for table in TABLES]
    for found in check(plan(conflicts=tuple(open_ones)), rules("open_conflicts")).findings:
        for language in Language:
            said = value_text(found.message, language)
            assert "_" not in said
            assert "()" not in said
    (first, *_) = check(plan(conflicts=tuple(open_ones[:1])), rules("open_conflicts")).findings
    assert first.page == PageRef(page="programmes", ref="p1")
