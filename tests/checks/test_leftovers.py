"""What fell away in a move is named as long as it has no place; a plan that never moved is not bothered."""

from __future__ import annotations

import pytest

from desktop.checks import check
from desktop.workspace import Author, Workspace
from desktop.workspace.moving.applying import move
from tests.workspace.moving_packs import NEW, OLD
from tests.workspace.test_moving import edit, fill


@pytest.fixture
def workspace(tmp_path):
    with Workspace.create(
        tmp_path / "a.rancang", region="18.07", first_year=2026, last_year=2030, pack=OLD, author=Author("S")
    ) as made:
        yield made


def told(workspace):
    return [each for each in check(workspace.plan(), workspace.pack()).hints if each.check == "leftovers"]


def test_it_fires_while_something_has_no_place(workspace):
    edit(workspace, fill)
    move(workspace, NEW)
    (finding,) = told(workspace)
    assert finding.page.page == "leftover"
    assert int(finding.message.params["n"]) > 5
    workspace.undo()
    assert not told(workspace)


def test_it_is_silent_where_nothing_fell_away_and_after_the_way_back(workspace):
    assert not told(workspace)
    move(workspace, NEW)
    assert not told(workspace)
    move(workspace, OLD)
    edit(workspace, fill)
    move(workspace, NEW)
    assert told(workspace)
    move(workspace, OLD)
    assert not told(workspace)
