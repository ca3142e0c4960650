"""Lists whose rows wrap: to the end of what stands in them, with a tick or without."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from desktop.ui import whole_rows

SAID = "Dinas Komunikasi dan Informatika\nSatu pintu untuk semua aplikasi perangkat daerah, dengan satu akun"


def cut(shown):
    """The rows of a list, not scrolled, that its edge goes through, and those whose names do not fit."""
    edge, style, found = shown.viewport().height(), shown.style(), []
    for row in range(shown.count()):
        place = shown.visualItemRect(shown.item(row))
        if place.top() < edge <= place.bottom():
            found.append(f"{row} is cut")
        option = QStyleOptionViewItem()
        shown.initViewItemOption(option)
        shown.itemDelegate().initStyleOption(option, shown.indexFromItem(shown.item(row)))
        option.rect = place
        words = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, shown)
        lines = shown.fontMetrics().boundingRect(words, Qt.TextFlag.TextWordWrap, shown.item(row).text())
        if lines.height() > words.height():
            found.append(f"{row} is not read to the end")
    return found


@pytest.mark.parametrize("ticked", [True, False])
def test_rows_are_as_high_as_what_stands_in_them(qtbot, qapp, ticked):
    """Qt forgot the tick and the style's padding: the last words of a suggestion were three dots."""
    shown = QListWidget()
    qtbot.addWidget(shown)
    whole_rows.wrapping(shown)
    for letters in range(10, len(SAID), 4):
        item = QListWidgetItem(SAID[:letters], shown)
        if ticked:
            item.setCheckState(Qt.CheckState.Checked)
    shown.show()
    for width in (160, 233, 400, 560):
        shown.resize(width, 200)
        shown.setFixedHeight(whole_rows.fitting(whole_rows.heights(shown), 60, 200))
        qapp.processEvents()
        whole_rows.heights(shown)
        assert cut(shown) == []


def test_of_the_heights_of_a_list_the_one_that_fits():
    assert whole_rows.fitting([30, 60, 90], 40, 0) == 60
    assert whole_rows.fitting([30, 60, 90], 40, 89) == 60
    assert whole_rows.fitting([30, 60, 90], 40, 500) == 90
    assert whole_rows.fitting([30], 40, 500) == 30
    assert whole_rows.fitting([], 40, 500) == 40


@pytest.fixture
def letters(qapp):
    """Letters of the size that all others are measured by."""
    before, now = qapp.font(), QFont(qapp.font())
    now.setPixelSize(13)
    qapp.setFont(now)
    yield
    qapp.setFont(before)


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize("ticked", [True, False])
@pytest.mark.parametrize("bold", [True, False])
def test_branches_are_as_high_as_what_stands_in_them_and_no_higher(qtbot, ticked, bold):
    tree = QTreeWidget()
    qtbot.addWidget(tree)
    tree.setHeaderHidden(True)
    whole_rows.wrapping_tree(tree)
    tree.resize(300, 600)
    top = QTreeWidgetItem(tree, ["pendek"])
    below = QTreeWidgetItem(top, [SAID.replace("\n", " ")])
    for item in (top, below):
        if ticked:
            item.setCheckState(0, Qt.CheckState.Checked)
        font = item.font(0)
        font.setBold(bold)
        item.setFont(0, font)
    tree.expandAll()
    tree.show()
    qtbot.waitExposed(tree)
    line = tree.fontMetrics().height()
    assert line < tree.visualItemRect(top).height() < 2 * line
    place = tree.visualItemRect(below)
    metrics = QFontMetrics(below.font(0))
    room = place.width() - (30 if ticked else 8)
    words = metrics.boundingRect(QRect(0, 0, room, 0), Qt.TextFlag.TextWordWrap, below.text(0))
    assert words.height() <= place.height() <= words.height() + 2 * line
