"""Books as PDF, as web pages and for Word: which form, and where it is read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices

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
