"""Both languages side by side: what changed since the translation, and that it is still right."""

import pytest
from PySide6.QtWidgets import QLabel

from desktop.base import richtext
from desktop.guideline.foreword import forewords

ITEM = "chapter.A.start"


@pytest.fixture
def page(desk):
    desk.session.remember(second_language=True)
    desk.change(lambda op: op.answer_text(ITEM, "id", richtext.normalise("<p>Kota kecil di tepi sungai</p>")))
    desk.change(lambda op: op.answer_text(ITEM, "en", richtext.normalise("<p>A small town by the river</p>")))
    yield desk.visit("chapter", "A.start")
    desk.session.remember(second_language=False)


@pytest.mark.slow
def test_a_stale_translation_says_what_changed_in_its_source(desk, page):
    english = page.sides[1]
    assert not english.stale.isVisible()
    stored = desk.plan.answer(ITEM).text.values["id"]
    desk.change(lambda op: op.answer_text(ITEM, "id", stored.replace("kecil", "besar")))
    assert english.stale.isVisible()
    shown = english.changed.text()
    assert "<s " in shown
    assert "kecil" in shown
    assert "besar" in shown


@pytest.mark.slow
def test_still_right_is_one_change_and_takes_the_mark_away(desk, page):
    stored = desk.plan.answer(ITEM).text.values["id"]
    desk.change(lambda op: op.answer_text(ITEM, "id", stored.replace("kecil", "besar")))
    before = desk.plan.answer(ITEM).text.values["en"]
    page.sides[1].still_right()
    desk.settle()
    assert not page.sides[1].stale.isVisible()
    assert desk.plan.answer(ITEM).text.values["en"] == before
    desk.session.undo()
    desk.settle()
    assert page.sides[1].stale.isVisible()


@pytest.mark.slow
def test_both_sides_scroll_together(desk, page):
    long = richtext.normalise("\n".join(f"<p>Paragraf {n} dengan beberapa kata</p>" for n in range(60)))
    desk.change(lambda op: op.answer_text(ITEM, "id", long))
    desk.change(lambda op: op.answer_text(ITEM, "en", long))
    one, other = (side.editor.edit.verticalScrollBar() for side in page.sides)
    one.setValue(one.maximum() // 2)
    assert abs(other.value() - one.value()) < 40


@pytest.mark.slow
def test_guidance_is_folded_and_that_is_remembered(desk, page):
    page._fold()
    assert not desk.session.settings.guidance_shown
    page._fold()
    assert desk.session.settings.guidance_shown

    def heads():
        return {each.text() for each in page._guide.findChildren(QLabel)}

    assert "Petunjuk pedoman" in heads()
    before = next(each for _, each in forewords(desk.session.pack))
    page.show_chapter(before)
    assert "Tentang kata pengantar" in heads(), "no guideline asks for it"
    assert "Petunjuk pedoman" not in heads()
