"""The keyboard of a grid is a spreadsheet's: movement, choice, filling; each piece of work one undo step."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QLineEdit

from desktop.ui.grid.delegate import CellDelegate
from desktop.ui.grid.editing import LongText, PickLine
from desktop.ui.grid.keys import KEYS

Key = Qt.Key
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def grid(desk):
    made = desk.visit("worksheet", "wishes").grid
    made.table.go((0, 0))
    made.table.paste("Satu\tAli\t100\tAir\tya\nDua\tBudi\t200\tUdara\ttidak\nTiga\tCici\t300\tAir\tya")
    desk.settle()
    made.table.setFocus()
    made.table.go((0, 0))
    return made


@pytest.fixture
def press(desk, grid):
    def key(which, *modifiers):
        held = Qt.KeyboardModifier.NoModifier
        for each in modifiers:
            held |= each
        desk.qtbot.keyClick(grid.table, which, held)
        desk.settle()
        return grid.table.spot()

    return key


def cost(desk):
    return [row.cells["cost"].value if "cost" in row.cells else None for row in desk.plan.rows["wishes"]]


def operations(desk):
    return len(desk.session.workspace.recent())


def test_arrows_edges_corners_and_pages(press):
    assert press(Key.Key_Right) == (0, 1)
    assert press(Key.Key_Down) == (1, 1)
    assert press(Key.Key_End) == (1, 4)
    assert press(Key.Key_Home) == (1, 0)
    assert press(Key.Key_Down, CONTROL) == (2, 0)
    assert press(Key.Key_Down, CONTROL) == (3, 0)
    assert press(Key.Key_Up, CONTROL) == (2, 0)
    assert press(Key.Key_End, CONTROL) == (2, 4)
    assert press(Key.Key_Home, CONTROL) == (0, 0)
    assert press(Key.Key_PageDown) == (3, 0)
    assert press(Key.Key_PageUp) == (0, 0)


def test_shift_extends_what_is_chosen_and_escape_lets_go(grid, press):
    press(Key.Key_Right, SHIFT)
    press(Key.Key_Down, CONTROL, SHIFT)
    (block,) = grid.table.blocks()
    assert (block.top, block.bottom, block.columns) == (0, 2, (0, 1))
    press(Key.Key_Left, SHIFT)
    assert grid.table.blocks()[0].columns == (0,)
    press(Key.Key_Escape)
    assert grid.table.blocks()[0].size == 1
    press(Key.Key_A, CONTROL)
    assert grid.table.blocks()[0].size == 15
    grid.table.go((1, 2))
    press(Key.Key_Space, CONTROL)
    assert grid.table.blocks()[0].columns == (2,)
    grid.table.go((1, 2))
    press(Key.Key_Space, SHIFT)
    assert (grid.table.blocks()[0].top, grid.table.blocks()[0].size) == (1, 5)


def test_tab_and_enter_walk_the_cells_and_tab_leaves_after_the_last(desk, grid, press):
    assert press(Key.Key_Tab) == (0, 1)
    assert press(Key.Key_Backtab, SHIFT) == (0, 0)
    assert press(Key.Key_Return) == (1, 0)
    assert press(Key.Key_Return, SHIFT) == (0, 0)
    grid.table.go((0, 4))
    assert press(Key.Key_Tab) == (1, 0)
    grid.table.go((3, 4))
    press(Key.Key_Tab)
    assert not grid.table.hasFocus()
    grid.table.setFocus()
    press(Key.Key_Tab, CONTROL)
    assert not grid.table.hasFocus()


def test_typing_replaces_f2_edits_and_escape_takes_back(desk, grid, press):
    grid.table.go((0, 2))
    desk.qtbot.keyClicks(grid.table, "5")
    editor = grid.table.findChild(QLineEdit)
    desk.qtbot.keyClicks(editor, "50")
    desk.qtbot.keyClick(editor, Key.Key_Return)
    desk.settle()
    assert cost(desk) == [550, 200, 300]
    assert grid.table.spot() == (1, 2)
    press(Key.Key_F2)
    editor = desk.window.focusWidget()
    assert editor.text() == "200"
    desk.qtbot.keyClicks(editor, "9")
    desk.qtbot.keyClick(editor, Key.Key_Escape)
    desk.settle()
    assert cost(desk) == [550, 200, 300]


def test_what_is_not_understood_stays_in_its_editor_and_is_said(desk, grid, press):
    grid.table.go((0, 2))
    press(Key.Key_F2)
    editor = desk.window.focusWidget()
    desk.qtbot.keyClicks(editor, "mahal")
    desk.qtbot.keyClick(editor, Key.Key_Return)
    desk.settle()
    assert desk.window.focusWidget() is editor
    assert editor.text() == "mahal"
    assert editor.property("invalid")
    assert "mahal" in grid._said.text()
    desk.qtbot.keyClick(editor, Key.Key_Escape)
    assert cost(desk) == [100, 200, 300]


def test_another_edit_elsewhere_does_not_touch_what_is_being_typed(desk, grid, press):
    grid.table.go((0, 2))
    press(Key.Key_F2)
    editor = desk.window.focusWidget()
    desk.qtbot.keyClicks(editor, "12")
    row = desk.plan.rows["wishes"][1].id
    desk.change(lambda op: op.cell(row, "cost", 7))
    grid.refresh()
    desk.qtbot.keyClicks(editor, "3")
    assert editor.text() == "123"


@pytest.mark.slow
def test_a_choice_is_found_by_typing_part_of_its_name(desk, grid, press):
    grid.table.go((0, 3))
    press(Key.Key_F2)
    editor = desk.window.focusWidget()
    assert isinstance(editor, PickLine)
    desk.qtbot.keyClicks(editor, "dar")
    desk.qtbot.keyClick(editor, Key.Key_Tab)
    desk.settle()
    assert desk.plan.rows["wishes"][0].cells["dim"].value == "udara"


def test_alt_enter_is_a_new_line_and_enter_writes(desk, grid):
    delegate = grid.table.itemDelegate()
    assert isinstance(delegate, CellDelegate)
    text = LongText(grid.table.viewport())
    text.setPlainText("satu")
    text.moveCursor(text.textCursor().MoveOperation.End)
    desk.qtbot.keyClick(text, Key.Key_Return, ALT)
    desk.qtbot.keyClicks(text, "dua")
    assert text.toPlainText() == "satu\ndua"


@pytest.mark.slow
def test_delete_fill_down_right_and_fill_all_are_one_operation_each(desk, grid, press):
    before = operations(desk)
    grid.table.choose((0, 2), (2, 2))
    press(Key.Key_Delete)
    assert cost(desk) == [None, None, None]
    grid.model.setData(grid.model.index(0, 2), "7")
    desk.settle()
    grid.table.choose((0, 2), (2, 2), cursor=(0, 2))
    press(Key.Key_D, CONTROL)
    assert cost(desk) == [7, 7, 7]
    grid.table.go((1, 1))
    press(Key.Key_R, CONTROL)
    assert desk.plan.rows["wishes"][1].cells["by"].value == "Dua"
    grid.table.choose((0, 2), (2, 2), cursor=(0, 2))
    press(Key.Key_F2)
    editor = desk.window.focusWidget()
    desk.qtbot.keyClicks(editor, "42")
    desk.qtbot.keyClick(editor, Key.Key_Return, CONTROL)
    desk.settle()
    assert cost(desk) == [42, 42, 42]
    assert operations(desk) == before + 5
    desk.window.commands.run("undo")
    desk.settle()
    assert cost(desk) == [7, 7, 7]


def test_a_single_cell_takes_over_what_stands_above_it(desk, grid, press):
    grid.table.go((1, 2))
    press(Key.Key_D, CONTROL)
    assert cost(desk) == [100, 100, 300]


@pytest.mark.slow
def test_rows_are_inserted_deleted_and_moved_by_keys(desk, grid, press):
    def wishes():
        return [
            row.cells["wish"].text.values["id"] if "wish" in row.cells else ""
            for row in desk.plan.rows["wishes"]
        ]

    grid.table.choose((1, 0), (2, 0))
    press(Key.Key_Plus, CONTROL)
    assert wishes() == ["Satu", "", "", "Dua", "Tiga"]
    grid.table.choose((1, 0), (2, 0))
    press(Key.Key_Minus, CONTROL)
    assert wishes() == ["Satu", "Dua", "Tiga"]
    grid.table.choose((1, 0), (2, 0))
    press(Key.Key_Up, ALT)
    assert wishes() == ["Dua", "Tiga", "Satu"]
    assert (grid.table.blocks()[0].top, grid.table.blocks()[0].bottom) == (0, 1)
    press(Key.Key_Down, ALT)
    assert wishes() == ["Satu", "Dua", "Tiga"]
    grid.model.sort(0, Qt.SortOrder.DescendingOrder)
    grid.table.go((1, 0))
    press(Key.Key_Up, ALT)
    assert "Tampilkan semua" in grid._said.text()


def test_copy_cut_and_paste_by_keys_repeat_over_a_larger_choice(desk, grid, press):
    grid.table.choose((0, 2), (0, 2))
    press(Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().mimeData().hasHtml()
    grid.table.choose((1, 2), (2, 2))
    press(Key.Key_V, CONTROL)
    assert cost(desk) == [100, 100, 100]
    grid.table.paste("1\n2")
    grid.table.choose((0, 2), (1, 2))
    press(Key.Key_X, CONTROL)
    assert cost(desk)[:2] == [None, None]
    grid.table.choose((0, 2), (2, 2))
    press(Key.Key_V, CONTROL)


def mouse(table, kind, point):
    left = Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind is QMouseEvent.Type.MouseButtonRelease else left
    spot = QPointF(point)
    return QMouseEvent(
        kind, spot, table.viewport().mapToGlobal(spot), left, held, Qt.KeyboardModifier.NoModifier
    )


def test_the_handle_goes_on_with_a_series(desk, grid):
    table = grid.table
    table.choose((0, 2), (1, 2), cursor=(0, 2))
    knob = table.handle.knob()
    assert not knob.isEmpty()
    below = QPoint(knob.center().x() - 12, table.visualRect(grid.model.index(2, 2)).center().y())
    table.mousePressEvent(mouse(table, QMouseEvent.Type.MouseButtonPress, knob.center()))
    table.mouseMoveEvent(mouse(table, QMouseEvent.Type.MouseMove, below))
    table.mouseReleaseEvent(mouse(table, QMouseEvent.Type.MouseButtonRelease, below))
    desk.settle()
    assert cost(desk) == [100, 200, 300]
    grid.model.write([(2, 2, "")])
    grid.model.write([(1, 2, "150")])
    desk.settle()
    table.choose((0, 2), (1, 2), cursor=(0, 2))
    table.mousePressEvent(mouse(table, QMouseEvent.Type.MouseButtonPress, table.handle.knob().center()))
    table.mouseMoveEvent(mouse(table, QMouseEvent.Type.MouseMove, below))
    table.mouseReleaseEvent(mouse(table, QMouseEvent.Type.MouseButtonRelease, below))
    desk.settle()
    assert cost(desk) == [100, 150, 200]


def test_the_menu_offers_what_the_keys_do_and_every_key_is_told(desk, grid):
    menu = grid.table.menu()
    texts = [action.text() for action in menu.actions()]
    for keys in ("Ctrl+X", "Ctrl+C", "Ctrl+V", "Ctrl+D", "Ctrl+R", "Ctrl++", "Ctrl+-", "Alt+Up", "Alt+Down"):
        assert any(text.endswith(keys) for text in texts), keys
    menu.close()
    said = [desk.session.say(what) for _, what in KEYS]
    assert len(set(said)) == len(KEYS)


def test_typing_into_a_cell_that_is_only_shown_is_answered(desk, grid, monkeypatch):
    told = []
    desk.session.told.connect(lambda message: told.append(message.id))
    monkeypatch.setattr(grid.table.cells, "flags", lambda _index: Qt.ItemFlag.ItemIsEnabled)
    desk.qtbot.keyClick(grid.table, Key.Key_A)
    assert told == ["ui.grid.locked"]
    desk.qtbot.keyClick(grid.table, Key.Key_Down)
    assert told == ["ui.grid.locked"]
