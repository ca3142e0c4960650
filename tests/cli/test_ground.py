"""``figure`` and ``bodies``: figures stated and listed, bodies with what they lack."""

from desktop.workspace import Workspace


def figures(path):
    with Workspace.open(path, read_only=True) as workspace:
        return {(each.measure, each.year): (each.value, each.source) for each in workspace.plan().figures}


def test_a_figure_is_stated_by_name_and_listed(call, smart):
    call.ok("figure", smart, "population", "2025", "1.100.000", "--source", "BPS", language="id")
    call.ok("figure", smart, "Audit opinion of the Supreme Audit Agency (BPK)", "2024", "wtp")
    assert figures(smart) == {("population", 2025): ("1100000", "BPS"), ("audit_opinion", 2024): ("wtp", "")}
    assert "1,100,000 (BPS)" in call.ok("figure", smart).out
    (only,) = call.ok("figure", smart, "population", json=True).records
    assert (only["year"], only["value"], only["source"]) == (2025, "1100000", "BPS")
    assert call.ok("figure", smart, "population", "2020").out == ""


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
