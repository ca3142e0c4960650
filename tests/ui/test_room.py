"""There is room on small screens and for large letters; and the keyboard goes where the eyes go."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.dialogs.ask import Ask
from desktop.ui.window import fitting


def test_the_window_fits_a_small_screen_with_its_title_bar_and_status_line():
    assert fitting(QSize(1280, 760), QSize(1280, 720)) == QSize(1280, 680)
    assert fitting(QSize(1280, 760), QSize(1920, 1080)) == QSize(1280, 760)
    assert fitting(QSize(1280, 760), QSize(1024, 768)).width() == 1024


@pytest.mark.slow
def test_a_dialog_that_grows_near_the_lower_edge_keeps_its_buttons_in_view(desk):
    dialog = Ask(desk.session, "Terima kembali", "Terima", desk.window)
    desk.qtbot.addWidget(dialog)
    dialog.show()
    room = dialog.screen().availableGeometry()
    dialog.move(dialog.x(), room.bottom() - dialog.frameGeometry().height())
    found = QWidget()
    found.setMinimumHeight(room.height() // 2)
    dialog.body.addWidget(found)
    desk.qtbot.waitUntil(lambda: dialog.height() > room.height() // 2)
    assert dialog.frameGeometry().bottom() <= room.bottom()
    assert dialog.ok.isVisible()


@pytest.fixture
def large(desk, qapp):
    theme.apply(qapp, theme.LIGHT, 150)
    desk.session.remember(text_percent=150)
    yield desk
    theme.apply(qapp, theme.LIGHT, 100)


@pytest.mark.slow
def test_large_letters_are_not_cut_in_header_and_list(large):
    large.change(
        lambda op: op.insert(
            "programme", title={"id": "Air"}, total_budget=628_313_262_000, start_year=2027, end_year=2030
        )
    )
    page = large.visit("programmes")
    header = large.window.workbench.header
    needed = header.title.fontMetrics().height() + header._crumb.fontMetrics().height()
    assert header.height() - 16 >= needed
    table = page.list.table
    for column in (7, 8):
        text = str(table.model().index(0, column).data())
        assert table.columnWidth(column) - 16 >= table.fontMetrics().horizontalAdvance(text), text


@pytest.mark.slow
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_a_long_title_stands_on_several_lines_and_is_never_cut(desk, percent):
    desk.session.remember(text_percent=percent)
    header = desk.window.workbench.header
    desk.visit("agencies")
    header.title.setText("Analisis kesenjangan dan keselarasan program dengan RPJMD kabupaten " * 2)
    desk.settle()
    assert header.title.height() >= header.title.heightForWidth(header.title.width())
    assert header.title.width() > 200
    assert desk.window.width() == 1280


@pytest.mark.slow
@pytest.mark.parametrize("command", ["go-programmes", "go-evidence", "go-books", "go-package", "go-history"])
def test_a_shortcut_takes_the_keyboard_to_the_page(desk, command):
    desk.change(lambda op: op.insert("programme", title={"id": "Air"}))
    desk.window.workbench.panel.tree.setFocus()
    desk.window.commands.run(command)
    desk.settle()
    assert desk.window.workbench.current.isAncestorOf(desk.window.focusWidget())


@pytest.mark.slow
def test_a_programme_is_reached_by_keys_alone(desk):
    programme = desk.change(lambda op: op.insert("programme", title={"id": "Air"}))
    desk.window.workbench.panel.tree.setFocus()
    desk.window.commands.run("go-programmes")
    desk.settle()
    desk.qtbot.keyClick(desk.window.focusWidget(), Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.workbench.current.shown == programme
