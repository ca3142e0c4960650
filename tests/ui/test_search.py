"""The search across everything in the window: made beside it, kept up to date, every result at its place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit

from desktop.exchange.searching.asking import understood
from desktop.ui.searching import point_to, searching_of
from desktop.ui.shell.palette import Palette, open_palette
from desktop.workspace.plan import Place


def fill(operation):
    words = {"title": {"id": "Sumur warga"}, "service": {"id": "Air bersih"}}
    row = operation.insert("programme", code="1.02", **words)
    operation.attach(b"%PDF-1", name="SK-tim.pdf", media_type="application/pdf", caption={"id": "Keputusan"})
    operation.comment(Place("programme", row, "service", "id"), "Sebut jamnya", desk_author())
    return row


def desk_author():
    from desktop.workspace import Author

    return Author("Prof. Hasan", "mentor")


@pytest.fixture
def page(desk):
    desk.row = desk.change(fill)
    found = desk.visit("search")
    desk.qtbot.waitUntil(lambda: found.searching.complete)
    return found


def titles(page):
    return [entry.title for entry in page.list.rows.entries()]


@pytest.mark.slow
def test_typing_finds_by_kind_and_enter_goes_to_the_field(desk, page):
    assert page.list.isHidden()  # a box with nothing in it says nothing
    desk.type_into(page.words, "air ber")
    assert page.list.isVisible()
    assert titles(page) == ["Air bersih"]
    assert page.said.text() == "1 hasil"
    entry = page.list.chosen()
    assert [piece for piece, hit in entry.marks if hit] == ["Air", "bersih"]
    desk.qtbot.keyClick(page.words, Qt.Key.Key_Return)
    desk.settle()
    bench = desk.window.workbench
    assert bench.stop.page == "programmes"
    focus = QApplication.focusWidget()
    assert focus.textCursor().selectedText() == "Air"


@pytest.mark.slow
def test_what_is_written_later_is_found_and_what_goes_is_not(desk, page):
    page.words.setText("jembatan")
    assert titles(page) == []
    assert "tidak ditemukan" in page.said.text()
    row = desk.change(lambda op: op.insert("programme", title={"id": "Jembatan gantung"}))
    desk.qtbot.waitUntil(lambda: titles(page) == ["Jembatan gantung"])
    desk.change(lambda op: op.delete("programme", row))
    desk.qtbot.waitUntil(lambda: titles(page) == [])


def test_what_comes_while_the_index_is_made_is_in_it_too(desk):
    from desktop.workspace import Changes

    searching = searching_of(desk.session)
    searching.begin()
    assert not searching.complete
    desk.change(lambda op: op.insert("programme", title={"id": "Jembatan gantung"}))
    searching._on_changed(Changes(frozenset({("", "")}), ""))  # and nobody knows what else
    searching.finish()
    assert searching.complete
    assert searching.find("jembatan", per_kind=9).total == 1


@pytest.mark.slow
def test_a_file_a_comment_and_the_guideline_lead_to_their_places(desk, page):
    for typed, stop in (("sk tim", "evidence"), ("jamnya", "programmes")):
        page.words.setText(typed)
        page.take()
        desk.settle()
        assert desk.window.workbench.stop.page == stop
    words = desk.session.pack.worksheets[0].title.read(desk.session.source)
    page.words.setText(f'"{words}"')
    page.kind.setCurrentIndex(page.kind.count() - 1)
    page.look()
    page.take()
    assert desk.window.workbench.stop.page == "worksheet"


@pytest.mark.slow
def test_a_word_of_a_chapter_is_marked_in_its_text(desk, page):
    guide = desk.session.pack
    chapter = next(each for book in guide.books for each in book.chapters if each.written)
    text = "<p>Sungai meluap.</p><p>Pasar ramai dan jembatan rusak.</p>"
    desk.change(lambda op: op.answer_text(f"chapter.{chapter.id}", "id", text))
    page.searching.finish()
    page.words.setText("jembatan rus")
    assert titles(page) == ["Sungai meluap. Pasar ramai dan jembatan rusak."]
    page.take()
    desk.settle()
    assert desk.window.workbench.stop.page == "chapter"
    assert QApplication.focusWidget().textCursor().selectedText() == "jembatan"


@pytest.mark.slow
def test_the_palette_lists_what_is_within_the_document_too(desk, page, monkeypatch):
    shown = []

    def answer(self):
        self.search.setText("air bersih")
        shown.extend(self.list.rows.entries())
        desk.qtbot.keyClick(self.search, Qt.Key.Key_Return)
        return self.result()

    monkeypatch.setattr(Palette, "exec", answer)
    open_palette(desk.window)
    desk.settle()
    assert [entry.title for entry in shown] == ["Air bersih"]
    assert desk.window.workbench.stop.page == "programmes"
    assert not any(each.startswith("result:") for each in desk.session.settings.recent_choices)


def test_nothing_is_made_before_somebody_searches_and_nothing_stays_after(desk):
    desk.visit("programmes")
    searching = searching_of(desk.session)
    assert not searching.complete
    assert searching is searching_of(desk.session)
    searching.begin()
    desk.session.leave()
    assert searching.find("sumur", per_kind=3).total == 0


def test_a_file_that_cannot_be_read_is_a_sentence(desk, page, monkeypatch):
    from desktop.base.errors import FileProblem
    from desktop.workspace import texts

    def gone(_path):
        raise FileProblem.from_os(FileNotFoundError(2, "gone"), "kota.rancang")

    monkeypatch.setattr(texts.file, "connect", lambda path, **_how: gone(path))
    desk.change(lambda op: op.insert("programme", title={"id": "Lain"}))
    desk.qtbot.waitUntil(lambda: "tidak dapat dibaca" in page.said.text())


def test_words_are_marked_in_the_field_that_has_the_keyboard(qtbot):
    asked = understood("cafe ram")
    line, text = QLineEdit("Pasar Café ramai"), QTextEdit("Satu. Pasar Café ramai")
    qtbot.addWidget(line)
    qtbot.addWidget(text)
    assert point_to(line, asked)
    assert line.selectedText() == "Café"
    assert point_to(text, asked)
    assert text.textCursor().selectedText() == "Café"
    assert point_to(text, asked, "Satu")
    assert text.textCursor().selectedText() == "Satu"
    assert not point_to(text, understood("jembatan"))
    assert not point_to(None, asked)
