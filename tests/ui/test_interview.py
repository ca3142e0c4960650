"""One question at a time: nothing typed is lost, the keyboard is enough, and it goes on where it stopped."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.base import Language
from desktop.ui.journey import Stop
from desktop.ui.pages.interview import InterviewPage
from desktop.ui.views import View, offered

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def asked(desk):
    desk.visit("form", "town")
    desk.window.commands.run("view-interview")
    desk.settle()
    page = desk.window.workbench.current
    assert isinstance(page, InterviewPage)
    return page


def inner(page):
    return page.boxes[0].bindings[0].editor.inner


def words(page):
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


@pytest.mark.slow
def test_which_pages_have_which_views(desk):
    pack = desk.session.pack
    everything = (View.FIELDS, View.INTERVIEW, View.BOOK)
    assert offered(pack, Stop("form", "town")) == (*everything, View.COPY)
    assert offered(pack, Stop("chapter", "A.start")) == everything
    assert offered(pack, Stop("worksheet", "ready")) == everything
    assert offered(pack, Stop("worksheet", "wishes")) == (View.FIELDS, View.BOOK)
    assert View.INTERVIEW in offered(pack, Stop("programmes"))
    assert offered(pack, Stop("settings")) == (View.FIELDS,)


@pytest.mark.slow
def test_the_switch_is_on_each_of_these_pages_and_is_remembered(desk):
    page = desk.visit("form", "town")
    page.switch.buttons[View.INTERVIEW].click()
    desk.settle()
    assert isinstance(desk.window.workbench.current, InterviewPage)
    assert isinstance(desk.visit("worksheet", "ready"), InterviewPage)
    assert not isinstance(desk.visit("worksheet", "wishes"), InterviewPage)
    assert not isinstance(desk.visit("settings"), InterviewPage)
    from desktop.ui.settings import SettingsFile

    assert SettingsFile().value.view == "interview"
    desk.visit("form", "town").switch.buttons[View.FIELDS].click()
    desk.settle()
    assert not isinstance(desk.window.workbench.current, InterviewPage)
    assert desk.window.workbench.current.switch.buttons[View.FIELDS].isChecked()


def test_enter_writes_the_answer_and_asks_the_next_question(desk, asked):
    assert "1 dari 14" in words(asked)
    assert QApplication.focusWidget() is inner(asked)
    desk.qtbot.keyClicks(inner(asked), "Ibu Ratna")
    desk.qtbot.keyClick(inner(asked), Qt.Key.Key_Return)
    desk.settle()
    assert desk.plan.answer("town.mayor").value == "Ibu Ratna"
    assert asked.question.field.id == "trees"
    assert "2 dari 14 · 1 terjawab" in words(asked)
    assert QApplication.focusWidget() is inner(asked)


def test_keys_go_forth_and_back_and_to_what_is_still_open(desk, asked):
    desk.change(lambda op: op.answer("town.trees", 5))
    desk.qtbot.keyClick(inner(asked), Qt.Key.Key_Return, CTRL)
    assert asked.question.field.id == "trees"
    desk.qtbot.keyClick(inner(asked), Qt.Key.Key_Left, ALT)
    assert asked.question.field.id == "mayor"
    desk.qtbot.keyClick(inner(asked), Qt.Key.Key_J, CTRL)
    assert asked.question.field.id == "rain"
    desk.qtbot.keyClick(inner(asked), Qt.Key.Key_Right, ALT)
    assert asked.question.field.id == "cash"
    assert not asked.back_button.isHidden()
    asked.go_to(0)
    assert not asked.back_button.isEnabled()


def test_what_is_not_understood_stays_and_is_said(desk, asked):
    asked.go_to(1)
    desk.qtbot.keyClicks(inner(asked), "banyak")
    desk.qtbot.keyClick(inner(asked), Qt.Key.Key_Return)
    assert asked.question.field.id == "trees"
    assert "banyak" in asked.boxes[0]._said.text()
    inner(asked).clear()
    asked.next()
    assert asked.question.field.id == "rain"


def test_why_and_example_are_shown_and_never_filled_in(desk, asked):
    place = next(at for at, each in enumerate(asked._asked) if each.field.id == "words")
    asked.go_to(place)
    desk.settle()
    example = desk.session.say(asked.question.example)
    assert example in words(asked)
    assert inner(asked).toPlainText() == ""
    assert desk.plan.answer("town.words").text.values == {}


@pytest.mark.slow
def test_it_goes_on_where_the_person_stopped(desk, asked):
    asked.go_to(6)
    desk.session.leave()
    desk.session.open(desk.path)
    page = desk.visit("form", "town")
    assert page is not asked
    assert page.question.field.id == "census"


def test_at_the_end_what_is_open_is_one_press_away(desk, asked):
    asked.go_to(len(asked._asked))
    desk.settle()
    assert asked.question is None
    assert "14 pertanyaan yang kosong" in words(asked)
    asked.next()
    desk.settle()
    assert desk.window.workbench.stop == desk.window.workbench.journey.after(Stop("form", "town"))


def test_a_finding_leads_to_its_question(desk, asked):
    report = desk.check()
    finding = [each for each in report.findings if each.place.item.startswith("town.")][-1]
    name = finding.place.item.removeprefix("town.")
    desk.window.workbench.show_finding(finding)
    desk.settle()
    assert desk.window.workbench.current is asked
    assert asked.question.field.id == name
    assert asked.boxes[0]._said.isVisible()


def test_the_rows_of_the_guideline_are_asked_cell_by_cell(desk):
    desk.session.remember(view="interview")
    page = desk.visit("worksheet", "ready")
    assert [each.key for each in page._asked[:3]] == [
        "ready.left.level",
        "ready.left.state",
        "ready.right.level",
    ]
    page.go_to(1)
    desk.settle()
    assert "Tangan kiri" in words(page)
    binding = page.boxes[0].bindings[0]
    desk.type_into(binding.editor.inner, "kuat")
    page.next()
    (row,) = desk.plan.rows["ready"]
    assert row.fixed == "left"
    assert "kuat" in str(row.cells["state"])
    assert page.question.key == "ready.right.level"


def test_a_chapter_is_asked_for_its_text_with_guidance_and_word_count(desk):
    desk.session.remember(view="interview")
    page = desk.visit("chapter", "A.start")
    assert "Ceritakan kota ini." in words(page)
    desk.type_into(inner(page), "Kota di tepi laut")
    assert "4 dari paling sedikit 5 kata" in words(page)
    page.next()
    assert "Kota di tepi laut" in desk.plan.answer("chapter.A.start").text.values["id"]


@pytest.mark.slow
def test_a_programme_is_asked_through_and_another_can_be_chosen(desk):
    first, second = (
        desk.change(lambda op, t=t: op.insert("programme", title={"id": t}, origin="typed"))
        for t in ("Satu", "Dua")
    )
    desk.session.remember(view="interview")
    desk.session.show("programmes", second)
    desk.settle()
    page = desk.window.workbench.current
    assert page.shown == second
    assert inner(page).text() == "Dua"
    page.go_to(next(at for at, each in enumerate(page._asked) if each.field.id == "service"))
    desk.settle()
    assert "layanan publik" in words(page)
    desk.type_into(inner(page), "Air bersih")
    page.open_ref(first)
    desk.settle()
    changed = next(each for each in desk.plan.programmes if each.id == second)
    assert changed.service.values["id"] == "Air bersih"
    assert page.place == 0
    desk.session.remember(view="fields")
    desk.settle()
    assert desk.window.workbench.current.shown == first


def test_without_programmes_it_says_what_to_do(desk):
    desk.session.remember(view="interview")
    page = desk.visit("programmes")
    assert "Belum ada program" in words(page)
    assert not page.next_button.isEnabled()


@pytest.mark.slow
def test_it_speaks_both_languages_and_fits_at_150_percent(desk, asked):
    desk.session.remember(text_percent=150)
    for language, word in ((Language.EN, "Skip"), (Language.ID, "Lewati")):
        desk.window.speak_language(language)
        desk.settle()
        assert asked.skip_button.text() == word
        for button in (asked.back_button, asked.skip_button, asked.next_button, asked.open):
            assert button.width() >= button.minimumSizeHint().width()
        assert asked._foot.geometry().bottom() <= asked.height()


@pytest.mark.slow
def test_a_read_only_plan_can_be_read_question_by_question(desk):
    from desktop.workspace import Workspace

    path = desk.session.workspace.path
    desk.session.leave()
    desk.session.adopt(Workspace.open(path, read_only=True))
    desk.session.remember(view="interview")
    page = desk.visit("form", "town")
    assert inner(page).isReadOnly()
    page.next()
    assert page.place == 1
