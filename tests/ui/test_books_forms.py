"""Books as PDF, as web pages and for Word: which form, and where it is read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices

from desktop.ui import whole_rows
from tests.ui.test_whole_rows import cut

WAIT = 60_000


def printed(desk, page):
    page.print()
    desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=WAIT)
    desk.settle()
    assert desk.said == []


def test_a_book_is_written_in_each_form_that_is_ticked(desk, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    page = desk.visit("books")
    for row in range(page.books.count()):
        page.books.item(row).setCheckState(Qt.CheckState.Checked if row == 0 else Qt.CheckState.Unchecked)
    assert [tick.isChecked() for tick in page.formats.values()] == [True, False, False]
    page.formats["html"].setChecked(True)
    page.formats["docx"].setChecked(True)
    printed(desk, page)
    assert [file.format for file in page.printed] == ["pdf", "html", "docx"]
    assert page.printed[1].path.read_bytes().startswith(b"<!DOCTYPE html>")
    assert page.printed[2].path.read_bytes().startswith(b"PK")
    assert not page.outside.isVisibleTo(page)
    for _ in range(12):
        page.books.addItem(page.books.item(0).clone())
    desk.window.resize(1000, 560)
    page.refresh()
    desk.settle()
    # in a low window what does not fit is scrolled to: nothing stands on something else
    below = next(iter(page._languages.values()))
    edges = [
        each.mapTo(page, each.rect().topLeft()).y() for each in (below, page.make, page.list, page.folder)
    ]
    assert page.books.mapTo(page, page.books.rect().bottomLeft()).y() < edges[0]
    assert edges == sorted(edges)
    assert page.folder.mapTo(page._left, page.folder.rect().bottomLeft()).y() < page._left.height()
    page.list.setCurrentRow(1)
    assert "HTML" in page.list.item(1).text()
    assert page.outside.isVisibleTo(page)
    page.outside.click()
    assert opened == [str(page.printed[1].path)]
    page.formats["pdf"].setChecked(False)
    page.formats["html"].setChecked(False)
    page.formats["docx"].setChecked(False)
    page.print()
    assert not page.runner.running
    page.preview.close_file()


LONG = "KP. Lembar Komitmen Perangkat Daerah untuk Gerakan Menuju 100 Smart City, dalam Bahasa Indonesia"


@pytest.mark.slow
@pytest.mark.parametrize("percent", [100, 150])
def test_lists_of_books_end_below_a_book_and_names_are_read_to_the_end(desk, percent):
    """At 1920 by 1080 the last one was cut in half, with room below it: names that wrap are higher."""
    desk.session.remember(text_percent=percent)
    page = desk.visit("books")
    for _ in range(8):
        page.books.addItem(page.books.item(0).clone())
    for size in ((1280, 720), (1366, 768), (1600, 900), (1920, 1080)):
        desk.window.resize(*size)
        for printed in (False, True):
            page.list.clear()
            page.list.addItems([LONG[: 20 + 9 * row] for row in range(9 * printed)])
            page.list.setVisible(printed)
            for row in range(page.books.count()):
                page.books.item(row).setText(LONG[: 20 + 7 * row])
            page._fit_books()
            desk.settle()
            page._fit_books()
            assert cut(page.books) == []
            assert not printed or cut(page.list) == []
            if (percent, size, printed) == (100, (1920, 1080), False):
                assert page.books.height() == whole_rows.heights(page.books)[-1], "all that there is room for"
    desk.session.remember(text_percent=100)
