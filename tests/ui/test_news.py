"""What is new since a person was here: on home, on its page, as dots beside pages and programmes."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.base import Message
from desktop.exchange.newness import last_seen
from desktop.ui.newness import newness_of
from desktop.ui.pages import news
from desktop.ui.shell.journey_panel import NEW
from desktop.workspace import Author, Workspace

LABEL = Message("ui.op.add_programme")


@pytest.fixture
def visited(desk, monkeypatch, tmp_path):
    """A document that Sari left, into which Budi's work came when she is back."""
    desk.row = desk.change(lambda op: op.insert("programme", title={"id": "Sumur warga"}))
    copy = tmp_path / "salinan.rancang"
    shutil.copy(desk.path, copy)
    with monkeypatch.context() as other:
        other.setenv("RANCANG_HOME", str(tmp_path / "home of Budi"))
        with Workspace.open(copy, author=Author("Budi")) as theirs, theirs.operation(LABEL) as op:
            op.set("programme", desk.row, service={"id": "Air bersih lewat pipa"})
            op.insert("programme", title={"id": "Jembatan gantung"})
    desk.session.workspace.bring_back(copy)
    desk.newness = newness_of(desk.session)
    desk.newness.finish()
    desk.settle()
    return desk


def entries(page):
    return [entry.title for entry in page.list.rows.entries()]


@pytest.mark.slow
def test_what_came_in_is_listed_with_the_way_to_it_until_it_was_seen(visited):
    page = visited.visit("news")
    visited.qtbot.waitUntil(lambda: len(entries(page)) == 2)
    assert "Budi" in page.count.text()
    row = next(n for n, title in enumerate(entries(page)) if "Sumur warga" in title)
    page.list.step(1, start=0)
    while page.list.chosen().title != entries(page)[row]:
        page.list.step(1)
    assert "Air bersih" in page.words.text()
    assert page.more.isHidden()
    visited.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    visited.settle()
    assert visited.window.workbench.stop.page == "programmes"
    page = visited.visit("news")
    page.done.click()
    visited.settle()
    assert entries(page) == []
    assert not page.done.isEnabled()
    assert page.card.isHidden()


@pytest.mark.slow
def test_what_is_left_is_offered_where_a_group_just_fits(visited, monkeypatch):
    """Both new things stand in groups of one; the first fills all the room there is."""
    monkeypatch.setattr(news, "FEW", 1)
    page = visited.visit("news")
    visited.qtbot.waitUntil(lambda: len(entries(page)) == 1)
    assert page.more.isVisible()
    page.more.click()
    visited.qtbot.waitUntil(lambda: len(entries(page)) == 2)
    assert page.more.isHidden()


@pytest.mark.slow
def test_the_way_to_what_has_no_words_is_no_wider_than_its_words(visited):
    page = visited.visit("news")
    visited.qtbot.waitUntil(lambda: len(entries(page)) == 2)
    while "Jembatan gantung" not in page.list.chosen().title:
        page.list.step(1)
    visited.settle()
    assert page.list.chosen().title.startswith("Program “")
    assert page.words.isHidden()
    assert page.go_button.width() == page.go_button.sizeHint().width()


@pytest.mark.slow
def test_dots_stand_beside_pages_and_programmes(visited):
    panel = visited.window.workbench.panel
    marked = {item.text(0) for item in panel.items() if item.data(0, NEW)}
    assert marked == {"Program"}
    head = next(head for head in panel.heads() if head.data(0, NEW))
    assert head.data(0, NEW) == 2
    item = next(item for item in panel.items() if item.data(0, NEW))
    assert "2 hal baru" in item.data(0, Qt.ItemDataRole.AccessibleDescriptionRole)
    source = visited.visit("programmes").list.source
    line = next(each for each in source.rows(visited.plan) if each.key == visited.row)
    from desktop.ui.pages.programme_list import COLUMNS

    code, title = COLUMNS[0], COLUMNS[1]
    assert source.news(line, title).params["n"] == 1
    assert source.news(line, code) is None
    visited.newness.seen()
    assert not any(item.data(0, NEW) for item in panel.items())
    assert source.news(line, title) is None


@pytest.mark.slow
def test_home_tells_it_and_leads_there(visited):
    home = visited.visit("home")
    home.finish()
    words = [label.text() for label in home.news.findChildren(QLabel)]
    assert any("2 hal baru" in text for text in words)


@pytest.mark.slow
def test_own_work_is_no_news_and_leaving_counts_as_having_seen(visited):
    visited.newness.seen()
    visited.change(lambda op: op.insert("programme", title={"id": "Punya sendiri"}))
    visited.newness.finish()
    assert not visited.newness.things.things
    workspace = visited.session.workspace
    heads = workspace._journal.newest()
    identity, path = workspace.id, visited.path
    visited.session.leave()
    with Workspace.open(path, author=Author("Sari"), read_only=True) as again:
        assert again.id == identity
        assert set(heads) <= set(last_seen(again) or ())


@pytest.mark.slow
def test_it_is_worked_out_beside_the_window_when_something_comes_in(visited):
    visited.newness.seen()
    with Workspace.open(visited.path, author=Author("x"), read_only=True) as peek:
        assert peek.id
    visited.session.workspace.author = Author("Ani")
    visited.change(lambda op: op.insert("programme", title={"id": "Dari Ani"}))
    visited.session.workspace.author = Author("Sari")
    visited.newness.look()
    visited.qtbot.waitUntil(lambda: len(visited.newness.things.things) == 1)
    assert visited.newness.things.people == (("Ani", 1),)
