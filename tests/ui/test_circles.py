"""Rows put under each other by two people: shown and settled in the window and by command like the rest."""

from __future__ import annotations

import pytest

from desktop.workspace import Workspace
from tests.cli.calling import Caller
from tests.ui.test_differing import apart, sides, words


@pytest.fixture
def circle(desk):
    """Two offices, each of which came after the other."""
    desk.change(lambda op: op.insert("agency", name={"id": "Dinas Air"}, short_name="AIR"))
    desk.change(lambda op: op.insert("agency", name={"id": "Dinas Tanah"}, short_name="TANAH"))
    air, earth = (agency.id for agency in desk.plan.agencies)
    page = apart(
        desk,
        lambda op: op.set("agency", air, successor=earth),
        lambda op: op.set("agency", earth, successor=air),
    )
    return desk, page


@pytest.mark.slow
def test_a_circle_is_shown_with_its_sides_and_settled(circle):
    desk, page = circle
    assert [each.kind for each in desk.session.workspace.conflicts()] == ["cycle"]
    said = " ".join(words(page.card))
    assert "Dinas Air" in said or "Dinas Tanah" in said
    assert None in sides(page)
    page.card.take(sides(page)[None])
    desk.settle()
    assert desk.session.workspace.conflicts() == []
    assert len([a for a in desk.plan.agencies if a.successor]) == 1


@pytest.mark.slow
def test_a_circle_is_listed_and_settled_by_command(circle, capsys):
    desk, _ = circle
    desk.session.leave()
    call = Caller(capsys)
    (record,) = call("conflicts", desk.path, json=True).records
    assert (record["kind"], record["conflict"], record["field"]) == ("conflict", "cycle", "successor")
    letter = "AB"[[choice["value"] for choice in record["choices"]].index(None)]
    (case,) = [one for one in call("resolve", desk.path, json=True).records if "key" in one]
    call.ok("resolve", desk.path, "--conflict", case["key"], "--take", letter)
    with Workspace.open(desk.path, read_only=True) as workspace:
        assert workspace.conflicts() == []
