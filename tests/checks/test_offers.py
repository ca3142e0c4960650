"""What stands elsewhere answers the question of a form, for checks, and is offered there."""

import datetime as dt

from desktop.checks.offers import offers
from desktop.checks.reading import Reading
from desktop.workspace.plan import Place
from tests.checks.build import answer, evidence, found, replace_pack, with_answers
from tests.checks.ground import body, decree, figure, meeting, member, pack

TODAY = dt.date(2026, 11, 24)
MEETINGS = ("body_meetings", {"body": "council", "item": "profile.meetings"})
OUTSIDERS = ("body_outsiders", {"body": "council", "item": "profile.outsiders"})
DECREE = ("body_decree", {"body": "council", "item": "profile.motto"})


def made(*rules, **changes):
    return Reading(with_answers(without=CLEARED, **changes), pack(*rules), TODAY)


CLEARED = ["profile.meetings", "profile.outsiders"]


def test_the_newest_figure_is_offered_where_the_form_asks_it():
    there = made(figures=(figure(year=2024, value="900"), figure(year=2025)))
    offer = there.offers["profile.meetings"]
    assert (offer.value, offer.kind, offer.place) == (1000, "carry", Place("figure", "people-2025", "value"))
    assert there.find("profile.meetings").value == 1000
    assert found_none(there)


def found_none(reading):
    return "profile.outsiders" not in reading.offers


def test_what_somebody_answered_is_never_replaced():
    own = with_answers(answer("profile.meetings", value=7), figures=(figure(),))
    assert Reading(own, pack(), TODAY).find("profile.meetings").value == 7


def test_members_and_meetings_are_counted():
    there = made(
        MEETINGS, OUTSIDERS,
        bodies=(body(members=[member(), member("m2", outsider=True), member("m3", name="", outsider=True)]),),
        meetings=(meeting(), meeting("t2", start="2025-11-23"), meeting("t3", start="2026-12-01")),
    )  # fmt: skip
    assert there.offers["profile.outsiders"].value == 1, "who has no name is nobody"
    assert there.offers["profile.meetings"].value == 1, "a year back and no day ahead"
    assert there.offers["profile.meetings"].kind == "compute"


def test_the_decree_is_offered_by_its_number():
    there = made(DECREE, bodies=(body(decree="d1"),), decrees=(decree(),))
    assert there.offers["profile.motto"].value == "188/1/2026"


def test_texts_of_two_languages_are_offered_in_both():
    reading = made(DECREE, bodies=(body(decree="d1"),), decrees=(decree(),))
    (form,) = reading.pack.forms
    changed = [
        replace_pack(each, translated=None) if each.id == "motto" else each for each in form.groups[0].fields
    ]
    group = replace_pack(form.groups[0], fields=tuple(changed))
    guideline = replace_pack(reading.pack, forms=(replace_pack(form, groups=(group,)),))
    offer = offers(reading.plan, guideline, TODAY)["profile.motto"]
    assert offer.value is None
    assert dict(offer.text.values) == {"id": "188/1/2026", "en": "188/1/2026"}
    assert not offer.text.stale("en", "id")


def test_bodies_need_no_second_entry():
    there = {
        "bodies": (body(decree="d1", members=[member(outsider=True)]),),
        "decrees": (decree(),),
        "meetings": (meeting(),),
    }
    assert found(with_answers(without=CLEARED, **there), MEETINGS, OUTSIDERS, DECREE) == []
    assert found(with_answers(without=CLEARED), MEETINGS, OUTSIDERS, DECREE) == [
        "checks.body.meetings", "checks.body.outsiders", "checks.body.decree",
    ]  # fmt: skip


def test_evidence_of_the_source_supports_the_answer():
    there = made(
        DECREE,
        bodies=(body(decree="d1"),),
        decrees=(decree(),),
        evidence=(evidence([Place("decree", "d1")]),),
    )
    assert there.has_evidence(Place("answer", item="profile.motto"))
    assert not there.has_evidence(Place("answer", item="profile.outsiders"))


def test_a_body_rests_on_a_decree_in_force():
    draft = with_answers(bodies=(body(decree="d1"),), decrees=(decree(state="drafted"),))
    assert found(draft, "body_decree") == ["checks.body.decree_open"]
    assert found(with_answers(), "body_decree") == ["checks.body.decree"]
    typed = with_answers(answer("profile.motto", value="188/9/2026"))
    assert found(typed, DECREE) == []


def test_a_body_that_never_met_is_told():
    rule = ("body_last_meeting", {"body": "council"})
    assert found(with_answers(bodies=(body(),)), rule) == ["checks.body.never_met"]
    assert found(with_answers(bodies=(body(),), meetings=(meeting(),)), rule) == []


def test_somebody_answers_for_each_dimension():
    from desktop.workspace.plan import Person, Text

    ani = Person("p1", "Ani", Text(), "", "", "", "", "", "", "governance")
    group = body("g1", "council", "mobility", members=[member(position="coordinator")])
    assert found(with_answers(), "dimension_person") == ["checks.dimension_person"] * 2
    assert found(with_answers(people=(ani,)), "dimension_person") == ["checks.dimension_person"]
    assert found(with_answers(people=(ani,), bodies=(group,)), "dimension_person") == []
