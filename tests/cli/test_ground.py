"""``figure`` and ``bodies``: figures stated and listed, bodies with what they lack."""

import pytest

from desktop.workspace import Workspace


def figures(path):
    with Workspace.open(path, read_only=True) as workspace:
        return {(each.measure, each.year): (each.value, each.source) for each in workspace.plan().figures}


@pytest.mark.slow
def test_a_figure_is_stated_by_name_and_listed(call, smart):
    call.ok("figure", smart, "population", "2025", "1.100.000", "--source", "BPS", language="id")
    call.ok("figure", smart, "Audit opinion of the Supreme Audit Agency (BPK)", "2024", "wtp")
    assert figures(smart) == {("population", 2025): ("1100000", "BPS"), ("audit_opinion", 2024): ("wtp", "")}
    assert "1,100,000 (BPS)" in call.ok("figure", smart).out
    (only,) = call.ok("figure", smart, "population", json=True).records
    assert (only["year"], only["value"], only["source"]) == (2025, "1100000", "BPS")
    assert call.ok("figure", smart, "population", "2020").out == "No figure is stated yet.\n"
    assert call.ok("figure", smart, "population", "2020", json=True).records[:-1] == []
    assert "not a year" in call.fails("figure", smart, "population", "lately")


@pytest.mark.slow
def test_a_source_alone_is_added_and_an_empty_figure_goes(call, smart):
    call.ok("figure", smart, "hdi", "2025", "72.1")
    call.ok("figure", smart, "hdi", "2025", "--source", "BPS")
    assert figures(smart) == {("hdi", 2025): ("72.1", "BPS")}
    call.ok("figure", smart, "hdi", "2025", "", "--source", "")
    assert figures(smart) == {}


def test_what_is_no_figure_is_told_and_changes_nothing(call, smart):
    assert "asks for no figure" in call.fails("figure", smart, "happiness", "2025", "3")
    assert call.fails("figure", smart, "population", "2025", "many")
    assert call.fails("figure", smart, "population", "soon", "3")
    assert call.fails("figure", smart, "population", "--source", "BPS")
    assert figures(smart) == {}


@pytest.mark.slow
def test_bodies_are_listed_with_what_they_lack(call, smart):
    decree = call.ok("row", smart, "decree", "kind=sk", "number=188/1", "state=issued", json=True).record[
        "row"
    ]
    body = call.ok("row", smart, "body", "body=council", f"decree={decree}", json=True).record["row"]
    call.ok("row", smart, "member", f"body={body}", "name=Ani", "position=chair", "outsider=yes")
    records = call.ok("bodies", smart, json=True).records
    council = next(each for each in records if each["body"] == "council")
    assert (council["members"], council["outsiders"], len(council["missing"])) == (1, 1, 1)
    assert next(each["dimension"] for each in records if each["body"] == "working_group") == "governance"
    assert "meetings in 12 months" in call.ok("bodies", smart).out


def test_a_working_group_is_added_for_its_dimension_and_again_changed(call, smart):
    words = ("row", smart, "body", "body=working_group", "dimension=economy")
    first = call.ok(*words, "name=Pokja A", json=True).record["row"]
    assert call.ok(*words, "name=Pokja B", json=True).record["row"] == first


def test_what_the_guideline_does_not_know_is_no_row(call, smart):
    for words in (
        ("figure", "measure=nope", "year=2026"),
        ("body", "body=nope"),
        ("meeting", "kind=bimtek", "session=nope"),
        ("session_output", "session=nope", "output=draft_book_1"),
    ):
        assert "none of the choices" in call.fails("row", smart, *words)


def test_an_action_that_is_not_complete_points_to_its_own_help(call, smart):
    for verb, action in (("budget", "ceiling"), ("input", "answer"), ("stakeholder", "set")):
        assert f"rancang {verb} --help" in call.fails(verb, smart, action)


@pytest.mark.slow
def test_a_year_that_is_not_named_is_told(call, smart):
    programme = call.ok("programme", smart, "add", "title=Air", json=True).record["row"]
    for years in (" ", "-5", "--", "2026-"[1:]):
        call.fails("budget", smart, "spread", programme, "100", f"years={years}", "sources=apbd")
    assert "not an amount" in call.fails("budget", smart, "ceiling", programme, "2026=-5")
    for year in ("", " "):
        assert "not a year" in call.fails("figure", smart, "population", year, "5")
    assert figures(smart) == {}
