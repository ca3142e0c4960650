"""Tables and lists that go on below their end: no row there is cut in two."""

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, QStringListModel, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QListView, QTableView, QTreeView

from desktop.ui.fading import Fade, fade, part_shown


@pytest.fixture
def letters(qapp):
    """Letters of the size that all others are measured by."""
    before, now = qapp.font(), QFont(qapp.font())
    now.setPixelSize(13)
    qapp.setFont(now)
    yield
    qapp.setFont(before)


@pytest.fixture(params=[QTableView, QListView, QTreeView])
def view(request, qtbot, letters):
    made = request.param()
    qtbot.addWidget(made)
    model: QAbstractItemModel = QStringListModel([f"baris {row}" for row in range(40)], made)
    made.setModel(model)
    made.setVerticalScrollMode(made.ScrollMode.ScrollPerPixel)
    fade(made)
    made.resize(300, 205)
    made.show()
    qtbot.waitExposed(made)
    return made


def settled(view, qapp):
    for _ in range(3):
        view.viewport().repaint()
        qapp.processEvents()
    return next(each for each in view.findChildren(Fade) if each.below)


def bottom(view, row):
    return view.visualRect(view.model().index(row, 0)).bottom() + 1


def test_what_is_cut_fades_and_what_is_whole_does_not(view, qapp):
    veil, high = settled(view, qapp), view.viewport().height()
    edges = [bottom(view, row) for row in range(40)]
    last_whole = max(edge for edge in edges if edge <= high)
    assert last_whole <= high < edges[-1]
    assert part_shown(view) == pytest.approx(high - last_whole, abs=1)
    assert veil.isVisible() == (part_shown(view) > 1)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 7)
    veil = settled(view, qapp)
    assert veil.isVisible() == (part_shown(view) > 1)
    assert veil.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    view.scrollToBottom()
    assert not settled(view, qapp).isVisible()


def test_the_chosen_row_does_not_fade_even_where_it_is_cut(view, qapp):
    cut = view.indexAt(view.viewport().rect().bottomLeft() + QPoint(12, 0))
    assert part_shown(view) > 0
    view.setAutoScroll(False)
    view.setCurrentIndex(cut)
    assert not settled(view, qapp).isVisible()


def test_where_the_keyboard_is_nothing_fades(view, qapp):
    """A view scrolls until the chosen row is whole, and only a row that is cut has the veil."""
    for row in range(3, 12):
        view.setCurrentIndex(view.model().index(row, 0))
        veil = settled(view, qapp)
        if veil.isVisible():
            assert veil.geometry().top() >= view.viewport().geometry().top() + bottom(view, row) - 2


def test_above_too(view, qapp):
    veil = next(each for each in view.findChildren(Fade) if not each.below)
    settled(view, qapp)
    assert not veil.isVisible()
    view.verticalScrollBar().setValue((bottom(view, 1) + bottom(view, 2)) // 2)
    settled(view, qapp)
    assert veil.isVisible()
    assert veil.geometry().bottom() <= view.viewport().geometry().top() + bottom(view, 2)


def test_rows_cut_at_both_ends_are_not_painted_for_ever(view, qapp):
    """Each veil came to the front when the other had, and so on at every painting."""
    from PySide6.QtCore import QObject

    class Counting(QObject):
        paintings = 0

        def eventFilter(self, _watched, event):
            self.paintings += event.type() is event.Type.Paint
            return False

    view.verticalScrollBar().setValue((bottom(view, 1) + bottom(view, 2)) // 2)
    settled(view, qapp)
    assert [each.isVisible() for each in view.findChildren(Fade)].count(True) >= 1
    counting = Counting()
    view.viewport().installEventFilter(counting)
    for _ in range(50):
        qapp.processEvents()
    assert counting.paintings <= 2
