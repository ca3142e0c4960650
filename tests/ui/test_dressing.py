"""Light and dark: chosen or the computer's, at once, everywhere, with nothing lost that is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.theme import Theme


def rest(desk):
    desk.qtbot.waitUntil(desk.window.updatesEnabled)
    desk.settle()


def strongest(button):
    """The colour of an icon: that of its most opaque pixel."""
    picture = button.icon().pixmap(32, 32).toImage()
    points = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return max((picture.pixelColor(*point) for point in points), key=QColor.alpha).name()


@pytest.mark.slow
def test_another_theme_is_worn_at_once_by_palette_sheet_and_icons(desk):
    desk.visit("form", "town")
    next_button = desk.window.workbench.header.next
    assert strongest(next_button) == theme.LIGHT.on_primary
    desk.session.remember(theme=Theme.DARK)
    rest(desk)
    assert theme.colours() is theme.DARK
    assert QApplication.palette().color(QPalette.ColorRole.Base).name() == theme.DARK.card
    assert theme.DARK.card in desk.window.styleSheet()
    assert strongest(next_button) == theme.DARK.on_primary
    desk.session.remember(theme=Theme.LIGHT)
    rest(desk)
    assert strongest(next_button) == theme.LIGHT.on_primary


def test_the_computers_choice_is_followed_while_none_is_made(desk, monkeypatch):
    monkeypatch.setattr(theme, "wanted", lambda _app, _theme: theme.DARK)
    QApplication.instance().styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    rest(desk)
    assert theme.colours() is theme.DARK


@pytest.mark.slow
def test_what_is_typed_stays_through_a_change_of_looks(desk):
    page = desk.visit("form", "town")
    editor = desk.box(page, "mayor").bindings[0].editor.inner
    desk.type_into(editor, "Ratna")
    desk.session.remember(theme=Theme.DARK, text_percent=150)
    rest(desk)
    assert editor.text() == "Ratna"
    assert editor.hasFocus()
    desk.leave_field()
    assert desk.plan.answer("town.mayor").text.values.get("id", "") or desk.plan.answer("town.mayor").value


@pytest.mark.slow
def test_pages_out_of_view_go_but_not_those_that_hold_unwritten_input(desk):
    desk.visit("agencies")
    page = desk.visit("form", "town")
    desk.visit("evidence")
    bench = desk.window.workbench
    kept = len(bench._pages)
    assert kept >= 3
    desk.session.remember(text_percent=130)
    rest(desk)
    assert len(bench._pages) == 1
    assert bench.current is not page


def test_the_window_is_painted_again_even_when_dressing_fails(desk, monkeypatch):
    def broken(*_):
        raise RuntimeError("no style sheet")

    monkeypatch.setattr(theme, "wear", broken)
    with desk.qtbot.captureExceptions() as caught:
        desk.session.remember(theme=Theme.DARK)
        desk.settle()
        rest(desk)
    assert [str(value) for _, value, _ in caught] == ["no style sheet"]
    assert desk.window.updatesEnabled()


@pytest.fixture(autouse=True)
def light_again(desk):
    yield
    desk.monkeypatch.undo()
    theme.apply(QApplication.instance(), theme.LIGHT)
