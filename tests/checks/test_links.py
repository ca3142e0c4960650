from desktop.checks import check
from tests.checks.build import answer, found, plan, rules, text, with_answers

RULE = ("programme_answered", {"extra": ("place",)})


def test_a_programme_without_its_link_is_told():
    (finding,) = check(plan(), rules(RULE)).findings
    assert (finding.place.item, finding.place.scope) == ("programme.place", "p1")
    assert finding.page.ref == "p1"


def test_an_answer_is_enough_and_a_dash_is_none():
    answered = with_answers(answer("programme.place", words=text("Labuhan Maringgai"), scope="p1"))
    assert found(answered, RULE) == []
    dash = with_answers(answer("programme.place", words=text("-"), scope="p1"))
    assert found(dash, RULE) == ["checks.programme_answered"]
