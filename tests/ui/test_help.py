"""F1 helps with the page in view; help is searched, followed, and stays open beside the work."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPlainTextEdit

from desktop.base import Language, Message, manual
from desktop.ui.dialogs import ask
from desktop.ui.helping import asking
from desktop.ui.helping.asking import offer_help, show_help_in
from desktop.ui.helping.window import HelpWindow

ROOT = Path(__file__).resolve().parents[2]
BASES = {"Ask", "Shown"}
"""Dialogs that others are made of."""


def opened(desk):
    desk.window.commands.run("help")
    desk.settle()
    return desk.window.findChild(HelpWindow)


@pytest.mark.slow
def test_f1_shows_the_topic_of_the_page(desk):
    desk.visit("checks")
    there = opened(desk)
    assert there.isVisible()
    assert there._topic == "checks"
    desk.visit("evidence")
    assert opened(desk) is there
    assert there._topic == "evidence"


def test_the_start_screen_has_help_too(empty_desk):
    assert opened(empty_desk)._topic == "start"
    empty_desk.window.commands.run("new")
    assert opened(empty_desk)._topic == "new-document"


@pytest.mark.slow
def test_words_are_searched_and_the_first_topic_opens_with_enter(desk):
    there = opened(desk)
    there.search.setText("cadangan")
    assert there.list.count() >= 1
    there.search.returnPressed.emit()
    assert there._topic == "backups"
    there.search.setText("xyzxyz")
    assert there.list.item(0).data(0) == desk.session.say(there_is_nothing())


def there_is_nothing():
    return Message("ui.help.nothing")


@pytest.mark.slow
def test_links_lead_to_topics_pages_and_commands(desk):
    there = opened(desk)
    before = there._topic
    there._follow(QUrl("help:backups"))
    assert there._topic == "backups"
    there.back()
    assert there._topic == before
    there._follow(QUrl("go:evidence"))
    desk.settle()
    assert desk.window.workbench.stop.page == "evidence"
    there._follow(QUrl("do:language-en"))
    assert desk.session.speaker.language is Language.EN
    assert there.windowTitle() == "Help for Rancang"


@pytest.mark.slow
def test_help_speaks_the_language_of_the_window(desk):
    there = opened(desk)
    indonesian = there.text.toPlainText()
    desk.window.commands.run("language-en")
    assert there.text.toPlainText() != indonesian


@pytest.mark.slow
def test_f1_in_a_dialog_shows_the_topic_about_it_in_front_of_it(desk, monkeypatch):
    dialog = ask.Ask(desk.session, Message("ui.aside.title"), Message("ui.aside.accept"), desk.window)
    offer_help(dialog, "checks")
    edit = QPlainTextEdit()
    dialog.field(Message("ui.aside.reason"), edit)
    dialog.open()
    desk.settle()
    there = show_help_in(dialog)
    assert there.isVisible()
    assert there.parentWidget() is dialog, "a window of the main window would be kept waiting"
    assert there._topic == "checks"
    assert show_help_in(dialog) is there

    told = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    there._follow(QUrl("go:evidence"))
    assert told == [desk.session.say(Message("ui.help.dialog_first"))]
    there._follow(QUrl("help:backups"))
    assert there._topic == "backups"
    dialog.reject()
    assert opened(desk) is not there, "the help of a dialog is not that of the window"


def test_f1_is_a_key_of_the_dialog(desk, monkeypatch):
    asked = []
    monkeypatch.setattr(asking, "show_help_in", lambda dialog: asked.append(dialog.property(asking.TOPIC)))
    dialog = ask.Ask(desk.session, Message("ui.aside.title"), Message("ui.aside.accept"), desk.window)
    offer_help(dialog, "start")
    offer_help(dialog, "import")
    edit = QPlainTextEdit()
    dialog.field(Message("ui.aside.reason"), edit)
    dialog.open()
    edit.setFocus()
    desk.settle()
    QTest.keyClick(edit, Qt.Key.Key_F1)
    assert asked == ["import"]
    dialog.reject()


@pytest.mark.slow
def test_every_dialog_of_ours_has_its_topic():
    known = {each for group in manual.groups() for each in group.topics}
    silent, wrong = [], []
    for path in sorted((ROOT / "desktop" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name not in BASES:
                bases = {ast.unparse(base) for base in node.bases}
                if bases & {"QDialog", *BASES} and "offer_help(self" not in ast.unparse(node):
                    silent.append(node.name)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "offer_help":
                topic = node.args[1]
                if isinstance(topic, ast.Constant) and topic.value not in known:
                    wrong.append(topic.value)
    assert silent == []
    assert wrong == []


@pytest.mark.slow
def test_a_code_of_the_verifier_is_shown_from_its_heading(desk):
    there = opened(desk)
    there.show_topic("codes", "pdf.changed_after")
    assert there._topic == "codes"
    assert there.text.textCursor().block().text() == "pdf.changed_after"
    there.show_topic("codes", "no.such")
    assert there._topic == "codes"
