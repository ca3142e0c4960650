"""Find and replace in the window: listed by page, chosen one by one, replaced as one change."""

import pytest
from PySide6.QtCore import Qt

from desktop.base import richtext


@pytest.fixture
def page(desk):
    html = richtext.normalise("<p>Kota <b>tua</b> dan kota baru</p>")
    desk.change(lambda op: op.answer_text("chapter.A.start", "id", html))
    desk.change(lambda op: op.insert("programme", title={"id": "Taman kota"}))
    return desk.visit("finding")


def look(desk, page, words):
    page.words.setText(words)
    page.begin()
    desk.qtbot.waitUntil(lambda: page._work is None, timeout=30_000)


def test_the_line_has_the_keyboard_and_an_empty_page_says_what_to_do(desk, page):
    assert page.words.hasFocus()
    assert "Tulis kata" in page.said.text()


@pytest.mark.slow
def test_occurrences_are_listed_by_page_and_replaced_as_one_change(desk, page):
    look(desk, page, "kota")
    titles = [page.tree.topLevelItem(row).text(0) for row in range(page.tree.topLevelItemCount())]
    assert "Taman kota" in titles
    count = len(page.hits())
    page.new.setText("desa")
    page.replace_button.click()
    desk.settle()
    text = desk.plan.answer("chapter.A.start").text.values["id"]
    assert "<b>tua</b> dan desa baru" in text
    assert desk.plan.programmes[0].title.values["id"] == "Taman desa"
    assert desk.session.workspace.can_undo.params["n"] == count
    desk.session.undo()
    assert desk.plan.programmes[0].title.values["id"] == "Taman kota"


@pytest.mark.slow
def test_what_is_unticked_stays(desk, page):
    look(desk, page, "kota")
    parent = next(item for key, item in page._parents.items() if key[0] == "programmes")
    parent.setCheckState(0, Qt.CheckState.Unchecked)
    page.new.setText("desa")
    page.replace_button.click()
    assert desk.plan.programmes[0].title.values["id"] == "Taman kota"


@pytest.mark.slow
def test_enter_on_a_line_goes_to_its_field(desk, page):
    look(desk, page, "tua")
    parent = next(iter(page._parents.values()))
    page._go(parent.child(0))
    desk.settle()
    assert desk.window.workbench.stop.page == "chapter"


def test_a_broken_pattern_is_told_and_nothing_can_be_replaced(desk, page):
    page.pattern.setChecked(True)
    page.words.setText("(")
    page.begin()
    assert "(" in page.said.text()
    assert not page.replace_button.isEnabled()


def test_nothing_found_says_what_to_try(desk, page):
    look(desk, page, "zzz")
    assert "tidak ditemukan" in page.said.text()
