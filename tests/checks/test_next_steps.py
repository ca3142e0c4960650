"""What now? Each kind of work has its turn, the most useful first, and says why it is there."""

import datetime as dt
from dataclasses import replace

import pytest

from desktop.base import Language, render
from desktop.checks import check
from desktop.checks.due import Due, Owners, due_dates
from desktop.checks.next_steps import Sealed, Viewpoint, is_new, next_steps, own_agency
from desktop.guideline.pack import PageRef, Stage
from desktop.workspace.plan import Comment, Deadline, Duty, OpenConflict, Person, Place, Suggestion, Text
from tests.checks.build import AGENCY, PACK, local, plan, programme, replace_pack, rules, with_answers

TODAY = dt.date(2027, 2, 15)
RULES = rules("programme_complete", "required_answers", "open_conflicts")


def steps(made, pack=RULES, agency="", packages=()):
    return next_steps(made, pack, check(made, pack), Viewpoint(TODAY, agency, packages))


def kinds(found):
    return [step.kind for step in found]


def said(step, language=Language.ID):
    return render(step.message, language), render(step.reason, language)


def remark(**changes):
    values = {
        "id": "c1", "place": Place("programme", "p1", "service"), "block": "", "quote": "",
        "body": "Sebutkan siapa yang dilayani.", "author": "Rina", "role": "mentor",
        "at": "2027-01-01T00:00:00+00:00", "state": "open", "parent": "", "owner": "", "due": "", **changes,
    }  # fmt: skip
    return Comment(**values)


def lacking(**changes):
    """A programme of which much is missing."""
    return programme(served=Text(), service=Text(), before=Text(), **changes)


def test_a_complete_plan_is_to_be_sealed_then_signed_and_sealed_again_when_it_changed():
    (seal,) = steps(plan())
    assert (seal.kind, seal.page) == ("seal", "package")
    (sign,) = steps(plan(), packages=(Sealed("paket.asice", waiting=("Ibu Sekda", "Pak Kadis")),))
    assert sign.kind == "sign"
    assert said(sign) == (
        "Mintakan tanda tangan Ibu Sekda",
        "2 tanda tangan belum dibubuhkan pada “paket.asice”",
    )
    (again,) = steps(plan(), packages=(Sealed("paket.asice", outdated=True, waiting=("Ibu Sekda",)),))
    assert again.kind == "seal_again"
    assert steps(plan(), packages=(Sealed("paket.asice"),)) == ()


def test_the_page_with_most_mandatory_remarks_comes_first_and_leads_to_its_first_field():
    made = plan(programmes=(programme(id="p0", served=Text()), lacking(id="p1")))
    first, second = steps(made)
    assert (first.kind, first.page, first.ref) == ("mandatory", "programmes", "p1")
    assert first.place.field == "service"
    assert said(first)[1] == "Halaman dengan catatan wajib terbanyak"
    assert "3 catatan wajib" in said(first)[0]
    assert second.ref == "p0"
    assert said(second)[0] == render(check(made, RULES).of("mandatory")[0].message, Language.ID)


def test_overdue_comes_before_everything_and_is_not_said_twice():
    made = plan(
        programmes=(programme(id="p0", served=Text()), lacking(id="p1")),
        deadlines=(Deadline("d1", "programmes", "p0", "", "2027-02-01", ""),),
    )
    first, second = steps(made)
    assert (first.kind, first.ref) == ("late", "p0")
    assert said(first)[1] == "Lewat tenggat 1 Februari 2027"
    assert (second.kind, second.ref) == ("mandatory", "p1")


def test_a_deadline_that_is_near_lifts_its_page_over_a_fuller_one():
    made = plan(
        programmes=(programme(id="p0", served=Text()), lacking(id="p1")),
        deadlines=(Deadline("d1", "programmes", "p0", "", "2027-02-20", ""),),
    )
    first = steps(made)[0]
    assert first.ref == "p0"
    assert said(first)[1] == "Tenggat 20 Februari 2027 sudah dekat"


def test_every_kind_has_its_turn_before_the_second_of_any():
    made = plan(
        programmes=(programme(id="p0", served=Text()), lacking(id="p1")),
        conflicts=(OpenConflict("programme", "p1", "value", "status"),),
        comments=(remark(), remark(id="c2", parent="c1"), remark(id="c3", state="done")),
    )
    assert kinds(steps(made)) == ["mandatory", "differing", "comment", "mandatory"]
    differing, comment = steps(made)[1:3]
    assert (differing.page, differing.place.row) == ("differing", "p1")
    assert said(comment)[0] == "Tanggapi catatan Rina: Sebutkan siapa yang dilayani."


def test_an_agreed_action_past_its_day_is_overdue():
    made = plan(comments=(remark(due="2027-02-01", owner=AGENCY.id),))
    first = steps(made)[0]
    assert first.kind == "late"
    assert said(first)[1] == f"Lewat tenggat 1 Februari 2027 ({AGENCY.short_name})"
    assert kinds(steps(made)).count("comment") == 0, "it is not said a second time"


def test_a_comment_about_what_is_gone_leads_nowhere_and_stays_out():
    made = plan(comments=(remark(place=Place("programme", "gone", "title")),))
    assert "comment" not in kinds(steps(made))


def test_a_stage_nobody_began_is_offered_with_its_first_page():
    stages = (
        Stage(id="s1", title=local("Profil"), pages=(PageRef(page="form", ref="profile"),)),
        Stage(id="s2", title=local("Analisis"), pages=(PageRef(page="worksheet", ref="swot"),)),
        Stage(id="s3", title=local("Buku"), pages=(PageRef(page="chapter", ref="I"), PageRef(page="books"))),
    )
    pack = replace_pack(RULES, stages=stages)
    assert "stage" not in kinds(steps(plan(), pack))
    (begin,) = [each for each in steps(plan(rows={}), pack) if each.kind == "stage"]
    assert (begin.page, begin.ref) == ("worksheet", "swot")
    assert "Analisis" in said(begin)[0]
    unwritten = with_answers(without=("chapter.I.1",))
    assert [each.ref for each in steps(unwritten, pack) if each.kind == "stage"] == ["I"]


def test_what_is_weak_waits_until_nothing_blocks():
    pack = rules(("programme_complete", {}, "weak"))
    made = plan(programmes=(lacking(),))
    found = steps(made, pack)
    assert kinds(found) == ["seal", "weak"]
    both = rules(
        ("programme_complete", {}, "weak"), ("programme_complete", {"fields": ["code"]}, "mandatory")
    )
    uncoded = plan(programmes=(lacking(code=""),))
    assert kinds(steps(uncoded, both)) == ["mandatory"]


def test_an_agency_sees_its_own_part_first():
    own = programme(id="p0", served=Text(), lead=AGENCY.id)
    others = lacking(id="p1", lead="other")
    made = plan(programmes=(own, others))
    assert [each.ref for each in steps(made)][:2] == ["p1", "p0"]
    assert [each.ref for each in steps(made, agency=AGENCY.id)][:2] == ["p0", "p1"]


def test_the_agency_of_a_person_is_found_by_their_name_or_its_own():
    made = plan(people=(Person("m", "Budi Santoso", Text(), "", AGENCY.id, "", ""),))
    assert own_agency(made, " budi santoso ") == AGENCY.id
    assert own_agency(made, AGENCY.short_name) == AGENCY.id
    assert own_agency(made, "Siapa") == ""
    assert own_agency(made, "") == ""


def test_a_document_with_nothing_in_it_is_new():
    assert is_new(plan(programmes=(), agencies=(), answers={}, rows={}, evidence=()))
    assert not is_new(plan())


@pytest.mark.parametrize(
    ("due", "state"),
    [
        ("2027-02-14", Due.LATE),
        ("2027-02-15", Due.SOON),
        ("2027-03-01", Due.SOON),
        ("2027-03-02", Due.AHEAD),
    ],
)
def test_how_a_deadline_stands(due, state):
    made = plan(programmes=(lacking(),), deadlines=(Deadline("d1", "programmes", "p1", "", due, ""),))
    (found,) = due_dates(made, RULES, check(made, RULES), TODAY)
    assert found.state is state
    assert len(found.open) == 3
    done = plan(deadlines=made.deadlines)
    assert due_dates(done, RULES, check(done, RULES), TODAY)[0].state is Due.DONE


def test_what_an_agency_has_not_begun_or_has_to_mend_is_not_done():
    pack = rules("programme_complete")
    made = plan(answers={}, deadlines=(Deadline("d1", "chapter", "I.1", AGENCY.id, "2027-02-01", ""),))

    def state(said="", note=""):
        duty = Duty("u1", "chapter", "I.1", AGENCY.id, "", said, "", "", note)
        given = replace(made, duties=(duty,))
        assert not [step for step in steps(given, pack) if step.kind == "late"]
        return due_dates(given, pack, check(given, pack), TODAY)[0].state

    assert due_dates(made, pack, check(made, pack), TODAY)[0].state is Due.DONE
    assert state() is Due.LATE
    assert state("sent") is Due.DONE
    assert state("returned", "Mohon ditambah.") is Due.LATE


@pytest.mark.parametrize(
    ("page", "ref", "agency", "count"),
    [
        ("", "", "", 3),
        ("checks", "", "", 3),
        ("programmes", "", "", 3),
        ("programmes", "p9", "", 0),
        ("evidence", "", "", 0),
        ("chapter", "I", "", 0),
        ("", "", AGENCY.id, 3),
        ("", "", "other", 0),
    ],
)
def test_what_is_open_of_a_deadline_is_what_its_page_and_agency_have_open(page, ref, agency, count):
    made = plan(
        programmes=(lacking(lead=AGENCY.id),),
        deadlines=(Deadline("d1", page, ref, agency, "2027-02-01", ""),),
    )
    (found,) = due_dates(made, RULES, check(made, RULES), TODAY)
    assert len(found.open) == count


def test_a_deadline_of_a_book_covers_its_chapters():
    made = with_answers(
        without=("chapter.I.1",), deadlines=(Deadline("d1", "chapter", "I", "", "2027-02-01", ""),)
    )
    pack = rules("chapter_written")
    (found,) = due_dates(made, pack, check(made, pack), TODAY)
    assert found.state is Due.LATE


def test_findings_know_whom_they_concern():
    made = plan(programmes=(lacking(lead=AGENCY.id, supporting=("b",)),))
    owners = Owners(made, PACK)
    assert {owners.of(finding) for finding in check(made, RULES).mandatory} == {frozenset({AGENCY.id, "b"})}


def test_what_agencies_owe_and_what_was_suggested_lead_to_their_pages():
    waiting = Suggestion(
        "s1", Place("programme", "p1", "service"), "", "Air", "", "Rina", "mentor", "", "open", "", "", ""
    )
    deadlines = (Deadline("d1", "", "", AGENCY.id, "2027-01-31", ""),)
    made = plan(programmes=(lacking(id="p1", lead=AGENCY.id),), suggestions=(waiting,), deadlines=deadlines)
    found = {step.kind: step for step in steps(made)}
    assert (found["owed"].page, found["suggestion"].page) == ("duties", "comments")
    assert said(found["owed"])[0].endswith("perangkat daerah lewat tenggat")
    assert said(found["suggestion"])[0] == "1 saran menunggu jawaban"
    # an agency has its own page for what it owes, and answers no suggestion
    assert not {"owed", "suggestion"} & set(kinds(steps(made, agency=AGENCY.id)))
    answered = plan(suggestions=(replace(waiting, state="accepted"),))
    assert "suggestion" not in kinds(steps(answered))
