from desktop.checks import check
from desktop.workspace.plan import Person
from tests.checks.build import answer, found, plan, rules, text, with_answers


def test_body_meetings():
    rule = ("body_meetings", {"body": "council", "item": "profile.meetings"})
    assert found(plan(), rule) == []
    assert found(with_answers(answer("profile.meetings", value=0)), rule) == ["checks.body.meetings"]
    assert found(with_answers(without=["profile.meetings"]), rule) == ["checks.body.meetings"]
    assert found(plan(), ("body_meetings", {"body": "council", "item": "profile.meetings", "min": 4})) == [
        "checks.body.meetings"
    ]


def test_body_outsiders():
    rule = ("body_outsiders", {"body": "council", "item": "profile.outsiders"})
    assert found(plan(), rule) == []
    assert found(with_answers(answer("profile.outsiders", value=0)), rule) == ["checks.body.outsiders"]
    assert found(with_answers(without=["profile.outsiders"]), rule) == ["checks.body.outsiders"]


def test_role_named():
    assert found(plan(), "role_named") == ["checks.role_named"]
    head = Person("x", "Siti", text("Bupati"), "head", "", "", "")
    assert found(plan(people=(head,)), "role_named") == []
    (finding,) = check(plan(), rules("role_named")).findings
    assert finding.page.page == "agencies"
