"""What others wrote since somebody was last here: net, placed, by agency and programme."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.base import Message
from desktop.exchange.authors import Authors
from desktop.exchange.newness import last_seen, mark_seen, what_is_new
from desktop.workspace import Author, Place, Workspace, since, story

LABEL = Message("workspace.label.resolve")


@pytest.fixture
def apart(workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with workspace.operation(LABEL) as op:
        health = op.insert("agency", code="1.02", name={"id": "Dinas Kesehatan"}, short_name="Dinkes")
        op.insert("person", name="Budi Santoso", agency=health)
        row = op.insert("programme", code="P1", title={"id": "Layanan"}, lead=health)
    copy = tmp_path / "copy.rancang"
    shutil.copy(workspace.path, copy)
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home of Budi"))
    with Workspace.open(copy, author=Author("budi  santoso", "agency")) as theirs:
        yield workspace, theirs, row, health


def test_nobody_was_here_before(workspace) -> None:
    assert last_seen(workspace) is None
    assert what_is_new(workspace, last_seen(workspace)).first
    mark_seen(workspace)
    assert last_seen(workspace) == since.heads(workspace)
    assert not what_is_new(workspace, last_seen(workspace)).things


def test_what_others_wrote_is_told_net_with_the_way_to_it(apart) -> None:
    mine, theirs, row, health = apart
    mark_seen(mine)
    for words in ("Satu", "Dua"):
        with theirs.operation(LABEL) as op:
            op.set("programme", row, service={"id": words})
    with theirs.operation(LABEL) as op:
        op.put("budget_line", programme=row, year=2026, source="apbd", indicative=7)
        op.comment(Place("programme", row, "title", "id"), "Bagus", theirs.author)
        op.answer("profile.area", "12")
    with mine.operation(LABEL) as op:
        op.set("programme", row, status="plan")
    mine.bring_back(theirs.path)
    new = what_is_new(mine, last_seen(mine))
    assert new.people == (("budi  santoso", 3),)
    by = {(each.table, each.field): each for each in new.things}
    assert set(by) == {("programme", "service:id"), ("budget_line", ""), ("comment", ""), ("answer", "value")}
    changed = by["programme", "service:id"]
    assert (changed.what, changed.before, changed.after) == ("changed", (), "Dua")
    assert (changed.page.page, changed.page.ref) == ("programmes", row)
    assert (changed.place.table, changed.place.row, changed.place.field) == ("programme", row, "service")
    assert changed.place.language == "id"
    assert (changed.agency, changed.programme) == (health, row)
    assert by["comment", ""].place == Place("programme", row, "title", "id")
    assert by["budget_line", ""].what == "new"
    assert new.programmes[row] == 3
    assert new.pages["programmes", row] == 3
    assert set(new.grouped()) == {(health, row), (health, "")}
    mark_seen(mine)
    assert not what_is_new(mine, last_seen(mine)).things


def test_what_came_and_went_is_nothing_and_what_went_is_told(apart) -> None:
    mine, theirs, row, _ = apart
    mark_seen(mine)
    with theirs.operation(LABEL) as op:
        other = op.insert("programme", title={"id": "Lain"})
        op.set("programme", row, status="run")
    with theirs.operation(LABEL) as op:
        op.delete("programme", other)
        op.set("programme", row, status=None)
    with theirs.operation(LABEL) as op:
        op.delete("programme", row)
    mine.bring_back(theirs.path)
    (gone,) = what_is_new(mine, last_seen(mine)).things
    assert (gone.what, gone.table, gone.row, gone.page) == ("deleted", "programme", row, None)
    assert gone.facts["title"]["id"] == "Layanan"


def test_an_authors_agency(apart) -> None:
    mine, theirs, _, health = apart
    with theirs.operation(LABEL) as op:
        op.answer("profile.area", "12")
    theirs.author = Author("Rina", "agency")
    with theirs.operation(LABEL) as op:
        op.answer("profile.area", "13")
    theirs.author = Author("Dr. Tamu", "mentor")
    with theirs.operation(LABEL) as op:
        op.comment(Place("plan", field="title"), "Bagus", theirs.author)
    mine.bring_back(theirs.path)
    known = Authors(mine.plan(), story.hands(mine))
    hands = {each.author: each for each in story.hands(mine).hands}
    there = hands["Rina"].replica
    assert known.agency("Budi Santoso") == health
    assert known.agency("dinkes") == health
    assert known.agency("Sari", "secretary", hands["Sari"].replica) == ""
    assert known.agency("Dr. Tamu", "mentor", there) == ""
    assert known.agency("Rina", "agency", there) == "", "a mentor wrote in that copy too: no way to tell"
    assert known.of_agency(health) == {"budi  santoso"}


def test_namesakes_of_two_agencies_are_told_apart_by_their_copies(apart) -> None:
    mine, *_ = apart
    given = (("Siti", "health"), ("siti ", "social"), ("Rina", "health"), ("Rina", "health"))
    known = Authors(mine.plan(), story.Hands((), "hub", None, given, {}, {"a": "health", "b": "social"}))
    assert known.agency("Siti", "agency", "a") == "health"
    assert known.agency("Siti", "agency", "b") == "social"
    assert known.agency("Siti", "agency", "c") == ""
    assert known.agency("Rina", "agency", "c") == "health"
