"""F1 helps with the page in view; help is searched, followed, and stays open beside the work."""

from PySide6.QtCore import QUrl

from desktop.base import Language
from desktop.ui.helping.window import HelpWindow


def opened(desk):
    desk.window.commands.run("help")
    desk.settle()
    return desk.window.findChild(HelpWindow)


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


def test_words_are_searched_and_the_first_topic_opens_with_enter(desk):
    there = opened(desk)
    there.search.setText("cadangan")
    assert there.list.count() >= 1
    there.search.returnPressed.emit()
    assert there._topic == "backups"
    there.search.setText("xyzxyz")
    assert there.list.item(0).data(0) == desk.session.say(there_is_nothing())


def there_is_nothing():
    from desktop.base import Message

    return Message("ui.help.nothing")


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


def test_help_speaks_the_language_of_the_window(desk):
    there = opened(desk)
    indonesian = there.text.toPlainText()
    desk.window.commands.run("language-en")
    assert there.text.toPlainText() != indonesian
