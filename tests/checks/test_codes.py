from dataclasses import replace

from desktop.base import Language, render
from desktop.checks import check
from desktop.workspace.nomenclature import CodeList, Entry
from desktop.workspace.plan import SubActivity
from tests.checks.build import activity, found, plan, programme, rules, text

LIST = CodeList("sipd.xlsx", "ab", CodeList.of((Entry("2.16.03", "Program"),))._data)


def sub(code="", **changes):
    made = SubActivity("s1", code, text("Promosi literasi"), text(""), "a1", 2026, 2026, None, "")
    return replace(made, **changes)


def coded(programme_code, activity_code="", sub_code=""):
    made = activity(code=activity_code, sub_activities=(sub(sub_code),))
    return plan(programmes=(programme(code=programme_code, activities=(made,)),))


def test_the_form_of_every_code_is_judged():
    assert found(coded("2.16.03", "", "2.16.03.2.02.0035"), "code_form") == []
    findings = check(coded("2.16.3", "2.16.03.2", "2.16.03.2.02.35"), rules("code_form")).findings
    assert [(each.place.table, each.place.field) for each in findings] == [
        ("programme", "code"), ("activity", "code"), ("sub_activity", "code"),
    ]  # fmt: skip
    assert {each.page.ref for each in findings} == {"p1"}
    for language in Language:
        assert "2.16.3" in render(findings[0].message, language)


def test_a_code_names_what_it_stands_beside():
    assert found(coded("2.16.03", "", "2.16.03.2.02.0035"), "code_level") == []
    made = coded("2.16.03.2.02.0035", "2.16.03", "2.16.03")
    assert found(made, "code_level") == ["checks.code_level"] * 3


def test_a_code_lies_under_the_one_above():
    assert found(coded("2.16.03", "2.16.03.2.02", "2.16.03.2.02.0035"), "code_within") == []
    assert found(coded("2.16.03", "", "2.16.03.2.02.0035"), "code_within") == []
    assert found(coded("", "", "2.16.03.2.02.0035"), "code_within") == []
    assert (
        found(coded("2.16.03", "2.16.02.2.02", "2.16.03.2.02.0035"), "code_within")
        == ["checks.code_within"] * 2
    )


def test_a_code_that_the_list_does_not_have():
    made = coded("2.16.03", "2.16.03.2.02")
    assert found(made, "code_listed") == []
    assert found(replace(made, codes=LIST), "code_listed") == ["checks.code_listed"]
    lost = CodeList("sipd.xlsx", "ab", b"")
    assert found(replace(made, codes=lost), "code_listed") == []
