"""Everything can be reached and understood without sight of the screen and without a mouse."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.shell.palette import Palette
from tests.measuring import unnamed
from tests.ui.test_language import everywhere, fill

pytestmark = pytest.mark.uncounted


def test_everything_that_takes_the_focus_has_a_name(desk):
    desk.change(fill)
    desk.session.remember(second_language=True)
    for stop in everywhere(desk):
        assert list(unnamed(desk.window)) == [], stop


def test_the_start_screen_has_names_too(empty_desk):
    assert list(unnamed(empty_desk.window)) == []
    empty_desk.window.commands.run("new")
    assert list(unnamed(empty_desk.window)) == []


def test_tab_goes_round_every_page_and_never_gets_stuck(desk):
    desk.change(fill)
    for stop in everywhere(desk):
        page = desk.window.workbench.current
        wanted = {
            widget
            for widget in page.findChildren(QWidget)
            if isinstance(widget, QLineEdit | QComboBox | QAbstractButton)
            and widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
        }
        desk.window.workbench.header.next.setFocus()
        reached = set()
        for _ in range(250):
            desk.window.focusNextChild()
            reached.add(QApplication.focusWidget())
        missed = [f"{type(widget).__name__} {widget.accessibleName()}" for widget in wanted - reached]
        assert missed == [], stop


def luminance(colour):
    parts = [value / 255 for value in QColor(colour).getRgb()[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


GROUNDS = {
    "card": "text label muted hint primary good warn bad",
    "ground": "text muted good warn",
    "side": "side_text side_muted",
    "side_chosen": "side_text",
    "primary": "on_primary",
    "primary_soft": "primary_dark",
    "good_soft": "good",
    "warn_soft": "warn",
    "bad_soft": "bad",
}
PAIRS = [(text, ground) for ground, texts in GROUNDS.items() for text in texts.split()]


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_words_stand_out_from_what_is_behind_them(colours, text, ground):
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5


class Watcher(QObject):
    """Notes every window that appears."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


@pytest.mark.slow
def test_no_part_flashes_up_as_a_window_of_its_own(empty_desk):
    desk, watcher = empty_desk, Watcher()
    QApplication.instance().installEventFilter(watcher)
    try:
        desk.begin()
        desk.change(fill)
        for _ in everywhere(desk):
            pass
        desk.session.remember(second_language=True)
        for _ in everywhere(desk):
            pass
    finally:
        QApplication.instance().removeEventFilter(watcher)
    assert watcher.seen == []


def test_the_journey_is_walked_by_keyboard_and_says_how_far_each_step_is(desk):
    panel = desk.window.workbench.panel
    panel.tree.setFocus()
    start = panel.current()
    panel.tree.setCurrentItem(panel.heads()[0])
    desk.qtbot.keyClick(panel.tree, Qt.Key.Key_Right)
    desk.qtbot.keyClick(panel.tree, Qt.Key.Key_Down)
    desk.settle()
    assert panel.current() != start
    assert desk.window.workbench.stop == panel.current()
    town = next(item for item in panel.items() if item.text(0) == "Data Kota")
    assert "catatan Wajib" in town.data(0, Qt.ItemDataRole.AccessibleDescriptionRole)


@pytest.mark.slow
def test_the_palette_finds_pages_commands_and_programmes(desk, monkeypatch):
    desk.change(fill)
    shown = []

    def answer(self):
        desk.qtbot.keyClicks(self.search, "air bersih")
        shown.append([entry.title for entry in self.list.rows.entries()])
        desk.qtbot.keyClick(self.search, Qt.Key.Key_Return)
        return self.result()

    monkeypatch.setattr(Palette, "exec", answer)
    desk.window.commands.run("palette")
    desk.settle()
    # what the checks, which run beside, have found about it may follow
    assert shown[0][0] == "Air bersih"
    assert desk.window.workbench.current.shown == desk.plan.programmes[0].id


def test_every_command_has_its_own_keys(desk):
    keys = [
        shortcut.toString()
        for command in desk.window.commands
        for shortcut in desk.window.commands.action(command.id).shortcuts()
    ]
    assert len(keys) == len(set(keys)) > 12


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_what_is_ticked_for_good_is_seen_to_be(qtbot, colours):
    """A mark on a ground of its own colour looked like none (the plan's own language, where it is sealed)."""
    tick = QCheckBox()
    tick.setStyleSheet(theme.style_sheet(colours, theme.TypeScale()))
    tick.setEnabled(False)
    qtbot.addWidget(tick)

    def middle() -> QColor:
        picture = tick.grab().toImage()
        # the corner of the box within its frame, where neither frame nor mark is
        return picture.pixelColor(6, picture.height() // 2 - 5)

    empty = middle()
    tick.setChecked(True)
    full = middle()
    assert abs(full.lightness() - empty.lightness()) > 60


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_what_is_ticked_in_part_is_told_from_what_is_ticked(qtbot, colours):
    """A box filled with colour and without any mark said nothing."""
    tree = QTreeWidget()
    tree.setStyleSheet(theme.style_sheet(colours, theme.TypeScale()))
    tree.setHeaderHidden(True)
    qtbot.addWidget(tree)
    for state in (Qt.CheckState.Checked, Qt.CheckState.PartiallyChecked):
        row = QTreeWidgetItem(tree, [""])
        row.setCheckState(0, state)

    def colours_of(row: int) -> set[str]:
        place = tree.visualItemRect(tree.topLevelItem(row))
        picture = tree.grab(place.adjusted(2, 2, 0, -2)).toImage()
        middle = picture.height() // 2
        return {picture.pixelColor(x, middle).name() for x in range(24)}

    tree.resize(200, 120)
    tree.show()
    mark = "#ffffff" if colours is theme.LIGHT else "#0c1624"
    assert mark in colours_of(1)
