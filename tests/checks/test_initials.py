"""The list of parafs: who gives which, how each stands, and what the checks say of those that are missing."""

import datetime as dt
from dataclasses import replace

import msgspec

from desktop.base import Language, render
from desktop.checks import check
from desktop.checks.initials import Standing, content_of, missing, parafs
from desktop.guideline import load_pack
from desktop.guideline.pack import Rule
from desktop.workspace.plan import Duty, Initial, Person, Text
from tests.checks.build import AGENCY, plan, programme
from tests.guideline.test_broken import packed, read
from tests.guideline.test_signing import STEPS, TINY, without_steps

TODAY = dt.date(2026, 11, 29)
PACK = load_pack(packed(read(TINY) | {"signing": STEPS}))
ELDER = Person("p1", "Wati", Text({"id": "Kepala Adat"}), "elder", "", "", "plh")
LEADING = plan(people=(ELDER,), programmes=(replace(programme(), lead=AGENCY.id),))


def initial(step="p", agency="", state="initialled", **said):
    return Initial(
        f"{step}{agency}", step, agency, state, "Wati", "Plh. Kepala Adat", "2026-11-28", "", "", **said
    )


def standing(made):
    return [(each.step.id, each.agency, each.standing) for each in parafs(made, PACK, TODAY)]


def test_one_official_gives_one_and_each_agency_that_leads_something_its_own():
    assert standing(LEADING) == [("p", "", Standing.WAITING), ("a", AGENCY.id, Standing.WAITING)]
    assert standing(replace(LEADING, programmes=())) == [("p", "", Standing.WAITING)]
    first, second = parafs(LEADING, PACK, TODAY)
    assert (first.expected, first.title("id"), first.number) == ("Wati", "Plh. Kepala Adat", 1)
    assert second.expected == AGENCY.head
    gone = replace(AGENCY, until="2026-01-01")
    assert standing(replace(LEADING, agencies=(gone,))) == [("p", "", Standing.WAITING)]


def test_a_guideline_without_initials_asks_for_none():
    assert parafs(LEADING, without_steps(TINY), TODAY) == ()


def test_how_each_stands():
    content = content_of(LEADING, PACK, AGENCY.id, TODAY)
    given = replace(LEADING, initials=(initial(), initial("a", AGENCY.id, content=content)))
    assert [each.standing for each in parafs(given, PACK, TODAY)] == [Standing.INITIALLED] * 2
    assert missing(parafs(given, PACK, TODAY)) == ()
    later = replace(given, initials=(initial(since=2), *given.initials[1:]))
    assert [each.standing for each in parafs(later, PACK, TODAY)] == [Standing.CHANGED, Standing.INITIALLED]
    other = replace(later.programmes[0], service=Text({"id": "Air bersih"}))
    after = (given.initials[0], replace(given.initials[1], since=1, touched=frozenset({"p1"})))
    changed = replace(given, programmes=(other,), initials=after)
    assert [each.standing for each in parafs(changed, PACK, TODAY)][1] == Standing.CHANGED
    back = replace(given, initials=(initial(state="returned"), initial("a", AGENCY.id, state="")))
    assert [each.standing for each in parafs(back, PACK, TODAY)] == [Standing.RETURNED, Standing.WAITING]


def test_the_head_of_an_agency_is_not_asked_anew_for_what_others_wrote():
    content = content_of(LEADING, PACK, AGENCY.id, TODAY)
    others = (*LEADING.programmes, replace(programme(), id="z", lead=""))
    given = replace(LEADING, programmes=others, initials=(initial("a", AGENCY.id, content=content, since=9),))
    assert standing(given)[1] == ("a", AGENCY.id, Standing.INITIALLED)


def test_what_is_missing_is_a_hint_once_the_first_paraf_is_given():
    def hits(made, **params):
        rule = Rule(id="r", check="initials", list="hint", params=params)
        pack = msgspec.structs.replace(PACK, rules=(rule,))
        return [finding.message.id for finding in check(made, pack).findings if finding.rule == "r"]

    assert hits(LEADING) == []
    assert hits(LEADING, always=True) == ["checks.initials.hint.waiting"] * 2
    begun = replace(LEADING, initials=(initial(since=1),))
    assert hits(begun) == ["checks.initials.hint.changed", "checks.initials.hint.waiting"]
    assert hits(replace(LEADING, initials=(initial(state="returned"),)))[0] == "checks.initials.hint.returned"


def test_whose_paraf_it_is_is_said_in_both_languages():
    first, second = parafs(LEADING, PACK, TODAY)
    assert render(first.message, Language.ID) == "Plh. Tetua"
    assert render(second.message, Language.ID).startswith("Kepala ")
    assert render(second.message, Language.EN).startswith("head of ")


def test_the_fingerprint_of_a_part_is_asked_for_only_where_somebody_may_have_written_in_it(monkeypatch):
    from desktop.checks import initials

    asked = []
    monkeypatch.setattr(initials._Contents, "of", lambda _self, agency: asked.append(agency) or "other")
    for touched, wanted in (((), 0), (("elsewhere",), 0), (("p1",), 1), (("",), 1)):
        given = initial("a", AGENCY.id, content="x", since=1, touched=frozenset(touched))
        asked.clear()
        standing(replace(LEADING, initials=(given,)))
        assert len(asked) == wanted, touched
    duty = Duty("d", "form", "profile", AGENCY.id, "", "", "", "", "")
    given = initial("a", AGENCY.id, content="x", since=1, touched=frozenset({"profile.about"}))
    assert standing(replace(LEADING, initials=(given,), duties=(duty,)))[1][2] is Standing.CHANGED
