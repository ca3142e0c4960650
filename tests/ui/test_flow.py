"""Layouts that give way before anything is cut, and what follows the letters when they change."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desktop.base import Language, Message
from desktop.books.document import Column, Row, Table
from desktop.ui.dialogs.ask import Ask
from desktop.ui.flow import Flow, Pair
from desktop.ui.printed.columns import shares_of


def shown(qtbot, layout, width):
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.setLayout(layout)
    holder.resize(width, 200)
    holder.show()
    return holder


def button(text):
    made = QPushButton(text)
    made.setFixedSize(100, 30)
    return made


@pytest.mark.slow
def test_what_does_not_fit_goes_on_to_the_next_line(desk, qtbot):
    one, other, last = button("a"), button("b"), button("c")
    flow = Flow(one, other, 1, last, spacing=10)
    holder = shown(qtbot, flow, 500)
    assert one.y() == other.y() == last.y()
    assert last.geometry().right() == 499
    flow.setGeometry(QRect(0, 0, 250, 100))
    assert one.y() == other.y() < last.y()
    assert flow.heightForWidth(250) == 70
    assert flow.heightForWidth(500) == 30
    assert holder.isVisible()


def test_a_line_of_text_is_never_narrower_than_what_it_asks_for(desk, qtbot):
    words, press = QLineEdit(), button("a")
    words.setPlaceholderText("Saring menurut nama")
    flow = Flow(words, press)
    flow.grow(words)
    holder = shown(qtbot, flow, 600)
    assert words.width() == 600 - 100 - flow.spacing()
    flow.setGeometry(QRect(0, 0, 200, 100))
    assert words.y() < press.y()
    assert holder.width() > words.width() > words.fontMetrics().horizontalAdvance(words.placeholderText())


def test_hidden_things_take_no_room(desk, qtbot):
    one, other = button("a"), button("b")
    flow = Flow(one, other, spacing=10)
    holder = shown(qtbot, flow, 400)
    one.hide()
    flow.setGeometry(QRect(0, 0, 400, 100))
    assert other.x() == 0
    assert holder.isVisible()


def test_a_pair_stands_below_each_other_where_it_is_narrow(desk, qtbot):
    one, other = QLineEdit(), QLineEdit()
    pair = Pair(one, other)
    qtbot.addWidget(pair)
    pair.resize(900, 120)
    pair.show()
    desk.settle()
    assert one.y() == other.y()
    pair.resize(400, 120)
    desk.settle()
    assert one.y() < other.y()


@pytest.mark.slow
def test_the_button_of_a_question_keeps_its_words_in_another_language(desk):
    dialog = Ask(desk.session, Message("ui.aside.title"), Message("ui.aside.accept"), desk.window)
    dialog.show()
    desk.window.speak_language(Language.EN)
    desk.settle()
    assert dialog.ok.text() == desk.session.say(Message("ui.aside.accept"))
    dialog.close()
    dialog.deleteLater()


@pytest.mark.slow
def test_the_header_is_as_low_as_before_after_large_letters(desk, qtbot):
    header = desk.window.workbench.header
    before = header.height()
    desk.session.remember(text_percent=200)
    qtbot.waitUntil(lambda: header.height() > before)
    desk.session.remember(text_percent=100)
    qtbot.waitUntil(lambda: header.height() == before)


def test_no_word_of_a_printed_table_is_broken_and_the_table_is_as_wide_as_the_text():
    from desktop.base.richtext import Run

    heads = (
        "Nama",
        "Jenis",
        "Dimensi",
        "Perangkat daerah pemilik",
        "Layanan yang diperbaiki",
        "Terintegrasi?",
    )
    cells = ("Formulir lapangan", "Aplikasi", "Smart Governance", "Dinas Informatika", "Penanganan", "Ya")
    row = Row(tuple((Run(cell),) for cell in cells))
    table = Table(1, "Inventaris", tuple(Column(head, width=1) for head in heads), (row,))
    shares = shares_of(table)
    assert sum(shares) == 100
    longest = [
        max(len(word) for word in (*head.split(), *cell.split()))
        for head, cell in zip(heads, cells, strict=True)
    ]
    assert all(share >= letters for share, letters in zip(shares, longest, strict=True))


@pytest.mark.slow
def test_a_page_behind_a_tab_is_as_high_as_its_wrapped_lines_need(desk, qtbot):
    from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout

    from desktop.ui.flow import Tall

    tabs, inside = QTabWidget(), Tall()
    qtbot.addWidget(tabs)
    box = QVBoxLayout(inside)
    for _ in range(5):
        label = QLabel("Belum diisi: jumlah penduduk pada isian profil daerah. " * 3)
        label.setWordWrap(True)
        box.addWidget(label)
    tabs.addTab(inside, "Wajib")
    tabs.resize(300, 200)
    tabs.show()
    desk.settle()
    labels = inside.findChildren(QLabel)
    assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)


@pytest.mark.slow
def test_no_finding_is_squeezed_whatever_the_size_of_the_letters(desk, qtbot):
    from PySide6.QtWidgets import QLabel

    desk.session.remember(text_percent=150)
    desk.check()
    page = desk.visit("checks")
    qtbot.wait(50)
    labels = [each for each in page.findChildren(QLabel) if each.isVisible() and each.wordWrap()]
    assert labels
    assert not [each.text() for each in labels if each.height() + 2 < each.heightForWidth(each.width())]
