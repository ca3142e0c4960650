"""A file replaced by an older copy in the file manager: the window offers what was lost, and never blocks."""

import shutil
from dataclasses import replace

import pytest

from desktop.base import Message
from desktop.ui.dialogs import bring_back, older
from desktop.workspace import Workspace, remembered
from desktop.workspace.remembered import leave, older_than_remembered

LABEL = Message("ui.op.add_programme")


@pytest.fixture
def replaced(empty_desk):
    """The file of the window was worked on twice, and the state of the first time put back by hand."""
    desk = empty_desk
    desk.begin()
    desk.session.leave()
    old = desk.path.with_name("old.rancang")
    shutil.copy(desk.path, old)
    with Workspace.open(desk.path) as workspace:
        with workspace.operation(LABEL) as op:
            op.insert("programme", title={"id": "Sumur warga"})
        leave(workspace)
    shutil.copy(old, desk.path)
    return desk


@pytest.mark.parametrize("answer", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_what_an_older_copy_lacks_is_offered_with_one_click(replaced, monkeypatch, answer):
    asked = []
    monkeypatch.setattr(older, "confirm", lambda *what, **_how: asked.append(what[2]) or answer)
    replaced.window.open_path(replaced.path)
    assert [(each.id, each.params["n"]) for each in asked] == [("ui.older.here", 1)]
    assert len(replaced.session.plan.programmes) == int(answer)
    replaced.session.leave()
    asked.clear()
    replaced.window.open_path(replaced.path)
    assert len(asked) == int(not answer)


@pytest.mark.slow
def test_without_a_backup_it_is_said(replaced, monkeypatch):
    monkeypatch.setattr(older, "confirm", lambda *_what: pytest.fail("nothing to ask"))
    with Workspace.open(replaced.path) as workspace:
        for saved in workspace.backups():
            if saved.reason == "close":
                saved.path.unlink()
    replaced.window.open_path(replaced.path)
    assert [message.id for message in replaced.said] == ["ui.older.nowhere"]


def test_closing_the_window_keeps_what_was_written(empty_desk):
    desk = empty_desk
    desk.begin()
    with desk.session.change(LABEL) as op:
        op.insert("programme", title={"id": "Sumur warga"})
    desk.window.close()
    with Workspace.open(desk.path, read_only=True) as workspace:
        newest = workspace.backups()[0]
        assert (newest.reason, newest.head) == ("close", workspace.head[:12])


@pytest.mark.slow
def test_what_was_perhaps_never_here_is_looked_at_before_it_comes(replaced, monkeypatch):
    """Of another's copy, one click brought in what nobody had taken over."""
    asked, shown = [], []
    monkeypatch.setattr(older, "confirm", lambda *what, **_how: bool(asked.append(what[2]) or True))
    monkeypatch.setattr(bring_back, "bring_back_paths", lambda *what: shown.append(what[2]))
    found = older_than_remembered

    def with_others(workspace):
        return replace(found(workspace), others=3)

    monkeypatch.setattr(remembered, "older_than_remembered", with_others)
    replaced.window.open_path(replaced.path)
    assert [(each.id, each.params["known"], each.params["others"]) for each in asked] == [
        ("ui.older.others", 1, 3)
    ]
    assert len(shown) == 1
    assert replaced.session.plan.programmes == ()
