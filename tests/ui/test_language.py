"""The window speaks Indonesian or English at any moment, wholly: no word of the other language is left."""

import re

import msgspec
import pytest
from babel.messages.pofile import read_po
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QMessageBox,
    QTableView,
    QTabWidget,
    QWidget,
)  # fmt: skip

from desktop.base import Language, LocalText, Message, render
from desktop.base.resources import catalogue_file
from desktop.ui.journey import Stop

pytestmark = pytest.mark.uncounted

ADVANCED = (Stop("history"), Stop("settings"))


def catalogue(language):
    """Our own sentences by id, without those that have parameters."""
    with catalogue_file(language, "rancang", ".po").open("rb") as file:
        entries = read_po(file, locale=language)
    texts = {}
    for entry in entries:
        text = entry.string if isinstance(entry.string, str) else ""
        if isinstance(entry.id, str) and entry.id and text and "{" not in text:
            texts[entry.id] = text
    return texts


@pytest.fixture(scope="module")
def foreign():
    """For each language, what is said only in the other one."""
    indonesian, english = catalogue(Language.ID), catalogue(Language.EN)
    return {
        Language.ID: set(english.values()) - set(indonesian.values()),
        Language.EN: set(indonesian.values()) - set(english.values()),
    }


def spoken(window):
    """Every text a person can see or hear now, with who says it."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() and not isinstance(widget, QMenu):
            continue  # speaks again when it is seen
        name = f"{type(widget).__name__} {widget.accessibleName()}"
        yield name, widget.toolTip()
        yield name, widget.accessibleName()
        match widget:
            case QLabel() | QAbstractButton():
                yield name, widget.text()
            case QLineEdit():
                yield name, widget.placeholderText()
            case QComboBox():
                yield from ((name, widget.itemText(row)) for row in range(widget.count()))
            case QListWidget():
                yield from ((name, widget.item(row).text()) for row in range(widget.count()))
            case QTabWidget():
                yield from ((name, widget.tabText(place)) for place in range(widget.count()))
            case QTableView():
                yield from ((name, text) for text in headings(widget))
            case QMenu():
                yield name, widget.title()
    for action in window.findChildren(QAction):
        yield "action", action.text()
    yield "window", window.windowTitle()


def headings(table):
    from PySide6.QtCore import Qt

    model = table.model()
    for orientation, count in (
        (Qt.Orientation.Horizontal, model.columnCount()), (Qt.Orientation.Vertical, model.rowCount()),
    ):  # fmt: skip
        for section in range(count):
            yield str(model.headerData(section, orientation) or "")


def written(desk):
    """What the guideline and the plan say themselves, in whatever language they have."""
    texts = set()

    def walk(value):
        match value:
            case LocalText():
                texts.update(value.texts.values())
            case str():
                texts.add(value)
            case tuple() | list():
                for each in value:
                    walk(each)
            case dict():
                walk(list(value.values()))
            case msgspec.Struct():
                walk([getattr(value, name) for name in value.__struct_fields__])

    walk(desk.session.pack)
    return texts


def everywhere(desk):
    """Every place of the window, one after the other."""
    bench = desk.window.workbench
    for stop in (*bench.journey.stops, *ADVANCED):
        desk.visit(stop.page, stop.ref)
        yield stop
    programme = desk.plan.programmes[0].id
    desk.visit("programmes", programme)
    yield Stop("programmes", programme)


def fill(op):
    agency = op.insert("agency", name={"id": "Dinas Air", "en": "Water Office"})
    programme = op.insert(
        "programme",
        title={"id": "Air bersih", "en": "Clean water"},
        dimension="air",
        lead=agency,
        quick_win=True,
    )
    op.insert(
        "indicator", programme=programme, name={"id": "Kebocoran"}, unit="%", direction="down", baseline="4.5"
    )
    op.attach(b"%PDF-1.4 x", name="sk.pdf", media_type="application/pdf", caption={"id": "SK"})
    op.insert("activity", programme=programme, title={"id": "Pipa"})


@pytest.mark.slow
@pytest.mark.parametrize("language", [pytest.param(Language.ID, marks=pytest.mark.slow), Language.EN])
def test_every_place_speaks_one_language_after_switching_from_the_other(desk, foreign, language):
    desk.change(fill)
    other = Language.EN if language is Language.ID else Language.ID
    desk.window.speak_language(other)
    for _ in everywhere(desk):
        pass  # pages that were made in the other language have to speak again
    desk.window.speak_language(language)
    heard, content = set(), written(desk)
    for stop in everywhere(desk):
        for who, text in spoken(desk.window):
            plain = text.replace("&", "")
            assert plain not in foreign[language] - content, f"{stop}: {who} says {text!r}"
            assert not re.fullmatch(
                r"(ui|base|checks|workspace|exchange|submission|books)\.[a-z_.]+.*", plain
            ), text
            heard.add(plain)
    assert render(Message("ui.header.next"), language) in heard
    assert len(heard) > 300


@pytest.mark.slow
def test_switching_keeps_the_place_and_what_is_typed(desk):
    page = desk.visit("form", "town")
    desk.type_into(desk.box(page, "cash").bindings[0].editor.inner, "1500000")
    desk.window.workbench.header.languages[Language.EN].click()
    desk.settle()
    assert desk.window.workbench.current is page
    assert desk.box(page, "cash").bindings[0].editor.inner.text() == "1,500,000"
    assert desk.plan.answer("town.cash").value == 1_500_000
    assert desk.session.settings.language is Language.EN


@pytest.mark.slow
def test_a_text_the_pack_lacks_in_english_is_shown_in_indonesian(desk):
    desk.window.speak_language(Language.EN)
    page = desk.visit("form", "town")
    assert desk.box(page, "founded")._name.text() == "Hari jadi"


@pytest.mark.slow
def test_qts_own_dialogs_speak_indonesian(desk):
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
    texts = {button.text().replace("&", "") for button in buttons.buttons()}
    assert texts == {"Batal", "Simpan"}
    box = QMessageBox(desk.window)
    box.setDetailedText("x")
    assert any("Rincian" in button.text() for button in box.buttons())
    menu = desk.window.start.new.name.createStandardContextMenu()
    assert "Tempel" in " ".join(action.text() for action in menu.actions())
    desk.window.speak_language(Language.EN)
    menu = desk.window.start.new.name.createStandardContextMenu()
    assert "Paste" in " ".join(action.text() for action in menu.actions()).replace("&", "")


@pytest.mark.slow
def test_a_widget_that_is_gone_is_not_spoken_to(desk):
    before = len(desk.session.speaker._ties)
    label = QLabel()
    desk.session.speaker.tie(label, QLabel.setText, Message("ui.header.next"))
    assert label.text() == "Lanjut"
    del label
    desk.window.speak_language(Language.EN)
    assert len(desk.session.speaker._ties) <= before
    assert QApplication.activeModalWidget() is None
