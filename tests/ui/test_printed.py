"""The chapter as it will be printed: numbers as in the book, texts edited in place, parts that lead home."""

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.base import Language
from desktop.books.compose import compose
from desktop.books.document import Figure, Heading, Table
from desktop.ui import theme
from desktop.ui.journey import Stop
from desktop.ui.pages import printed
from desktop.ui.pages.printed import PrintedPage
from desktop.ui.printed.chapters import part_of
from desktop.ui.printed.columns import shares_of
from desktop.ui.printed.markup import EDIT, Markup
from tests.effort import steps
from tests.ui.keys import too_dear

PART = 100_000
"""Lines of the program between two looks at the clock."""


@pytest.fixture
def book(desk):
    desk.change(fill)
    desk.session.remember(view="book")
    return shown(desk, "chapter", "A.start")


def fill(op):
    op.answer("town.mayor", "Ibu Ratna")
    op.answer("town.trees", 1200)
    op.answer_text("chapter.A.start", "id", '<p id="a">Kota di tepi laut.</p><p id="b">Warganya nelayan.</p>')
    row = op.fixed_row("ready", "left")
    op.cell_text(row, "state", "id", "Kuat", policy="text")
    op.insert("programme", title={"id": "Air bersih"}, dimension="udara", origin="typed")


def shown(desk, page, ref=""):
    made = desk.visit(page, ref)
    assert isinstance(made, PrintedPage)
    ready(desk, made)
    return made


def ready(desk, page):
    desk.settle()
    desk.qtbot.waitUntil(lambda: not page.working, timeout=10_000)
    desk.settle()


def text(page):
    return "\n".join(piece.toPlainText() for piece in page.sheet.pieces)


def number_of(page, item):
    return next(n for n, source in enumerate(page._markup.spots) if source.place.item == item)


def test_it_shows_the_chapter_with_its_numbers_tables_and_texts(desk, book):
    said = text(book)
    assert "1  Permulaan" in said
    assert "Kota di tepi laut." in said
    assert "Ibu Ratna" in said
    assert "1.200" in said
    assert "Tabel 1" in said
    document = compose(desk.plan, desk.session.pack, "look", Language.ID, draft=True)
    tables = [
        each for each in part_of(document.elements, "A.ready") if isinstance(each, Table) and each.number
    ]
    later = shown(desk, "chapter", "A.ready")
    assert f"Tabel {tables[0].number}" in text(later)
    assert "2.1  Harapan" in text(later)


def test_a_form_and_a_worksheet_show_the_chapter_they_are_printed_in(desk, book):
    assert "Ibu Ratna" in text(shown(desk, "form", "town"))
    assert "Kuat" in text(shown(desk, "worksheet", "ready"))


def test_a_text_is_edited_where_it_stands_and_leaving_writes_one_operation(desk, book):
    before = desk.session.workspace.position
    link = f"{EDIT}{number_of(book, 'chapter.A.start')}"
    piece, area = book.sheet.area(link)
    QTest.mouseClick(
        piece.viewport(), Qt.MouseButton.LeftButton, pos=piece.area(link).topLeft() + QPoint(30, 8)
    )
    desk.settle()
    assert book.editor is not None
    assert book.editor.geometry().intersects(area)
    assert QApplication.focusWidget() is book.editor.editor.inner
    desk.qtbot.keyClicks(book.editor.editor.inner, "Lama sekali. ")
    desk.qtbot.keyClick(book.editor.editor.inner, Qt.Key.Key_Escape)
    ready(desk, book)
    assert book.editor is None
    assert desk.session.workspace.position == before + 1
    assert "Lama sekali. Kota" in desk.plan.answer("chapter.A.start").text.values["id"]
    assert "Lama sekali. Kota" in text(book)
    desk.window.commands.run("undo")
    ready(desk, book)
    assert "Lama sekali" not in text(book)


def test_enter_opens_the_field_the_keyboard_is_on_and_escape_leads_back_to_it(desk, book):
    link = f"{EDIT}{number_of(book, 'town.mayor')}"
    piece, _ = book.sheet.area(link)
    assert piece.find_link(link)
    desk.qtbot.keyClick(piece, Qt.Key.Key_Return)
    desk.settle()
    desk.qtbot.keyClicks(book.editor.editor.inner, "Bpk. ")
    desk.qtbot.keyClick(book.editor.editor.inner, Qt.Key.Key_Escape)
    ready(desk, book)
    assert desk.plan.answer("town.mayor").value.count("Bpk.") == 1
    assert QApplication.focusWidget() in book.sheet.pieces


def test_what_is_not_understood_stays_open_and_is_said(desk, book):
    book.edit(number_of(book, "town.trees"))
    inner = book.editor.editor.inner
    inner.selectAll()
    desk.qtbot.keyClicks(inner, "banyak")
    desk.qtbot.keyClick(inner, Qt.Key.Key_Escape)
    assert book.editor is not None
    assert "banyak" in book.editor.said.text()
    inner.selectAll()
    desk.qtbot.keyClicks(inner, "7")
    book.leave_editor()
    ready(desk, book)
    assert desk.plan.answer("town.trees").value == 7


def test_clicking_elsewhere_leaves_the_editor(desk, book):
    book.edit(number_of(book, "town.mayor"))
    desk.qtbot.keyClicks(book.editor.editor.inner, "Dr. ")
    book.chapters.setFocus()
    ready(desk, book)
    assert book.editor is None
    assert "Dr." in desk.plan.answer("town.mayor").value


@pytest.mark.slow
def test_cells_of_rows_the_guideline_wrote_are_filled_in_place(desk, book):
    page = shown(desk, "worksheet", "ready")
    spots = page._markup.spots
    number = next(n for n, each in enumerate(spots) if each.fixed == "right" and each.place.field == "state")
    page.edit(number)
    desk.qtbot.keyClicks(page.editor.editor.inner, "Lemah")
    page.leave_editor()
    ready(desk, page)
    row = next(each for each in desk.plan.rows["ready"] if each.fixed == "right")
    assert "Lemah" in str(row.cells["state"])
    assert "Lemah" in text(page)


@pytest.mark.slow
def test_programmes_are_edited_in_place_too(desk, book):
    page = shown(desk, "chapter", "B.plan")
    spots = page._markup.spots
    number = next(
        n for n, each in enumerate(spots) if each.place.table == "programme" and each.place.field == "title"
    )
    page.edit(number)
    inner = page.editor.editor.inner
    inner.selectAll()
    desk.qtbot.keyClicks(inner, "Air minum")
    page.leave_editor()
    ready(desk, page)
    assert desk.plan.programmes[0].title.values["id"] == "Air minum"


def test_every_spot_of_the_book_knows_its_field(desk, book):
    from desktop.ui.printed.spots import spot_of

    for ref in ("A.start", "A.ready", "B.plan", "B.money", "B.oath"):
        document = compose(
            desk.plan, desk.session.pack, "look" if ref[0] == "A" else "do", Language.ID, draft=True
        )
        markup = Markup(document.labels, lambda source: source.page)
        list(markup.parts(part_of(document.elements, ref)))
        for source in markup.spots:
            spot = spot_of(desk.session, source)
            assert spot is not None, source
            assert desk.session.say(spot.register.label)
            spot.register.value(desk.plan)
            spot.register.text(desk.plan)


@pytest.mark.slow
def test_generated_parts_say_where_they_come_from_and_lead_there(desk, book):
    page = shown(desk, "chapter", "A.ready")
    assert "Berasal dari: Lembar Siap" in text(page)
    piece = next(each for each in page.sheet.pieces if "page:worksheet/ready" in each.html)
    piece.pressed.emit("page:worksheet/ready")
    desk.settle()
    assert desk.window.workbench.stop == Stop("worksheet", "ready")
    assert not isinstance(desk.window.workbench.current, PrintedPage)


def test_an_edit_elsewhere_redraws_only_the_pieces_it_touches(desk, book):
    marks = {}
    for piece in book.sheet.pieces:
        real = piece.show_html
        piece.show_html = lambda html, width, p=piece, r=real: (marks.setdefault(id(p), 1), r(html, width))
    desk.change(lambda op: op.answer_text("chapter.A.ready", "id", '<p id="x">Lain.</p>'))
    ready(desk, book)
    assert marks == {}
    desk.change(lambda op: op.answer("town.mayor", "Bapak Budi"))
    ready(desk, book)
    assert len(marks) == 1
    assert "Bapak Budi" in text(book)


@pytest.mark.slow
def test_it_reads_in_both_languages_of_the_plan_and_edits_the_one_it_shows(desk, book):
    book.languages[Language.EN].click()
    ready(desk, book)
    assert "The beginning" in text(book)
    assert "Table 1" in text(book)
    book.edit(number_of(book, "chapter.A.start"))
    desk.qtbot.keyClicks(book.editor.editor.inner, "A town by the sea.")
    book.leave_editor()
    ready(desk, book)
    values = desk.plan.answer("chapter.A.start").text.values
    assert "A town by the sea." in values["en"]
    assert "Kota di tepi laut." in values["id"]
    assert "A town by the sea." in text(book)


def test_another_chapter_of_the_book_is_chosen_from_the_list(desk, book):
    place = book.chapters.findData("A.end")
    book.chapters.setCurrentIndex(place)
    book.chapters.activated.emit(place)
    ready(desk, book)
    assert "3  Catatan" in text(book)


def test_a_finding_leads_to_its_text(desk, book):
    from desktop.workspace.plan import Place

    desk.window.workbench.visit(Stop("form", "town"), Place("answer", item="town.census"))
    page = desk.window.workbench.current
    ready(desk, page)
    assert QApplication.focusWidget() in page.sheet.pieces
    assert QApplication.focusWidget().textCursor().hasSelection()


def test_empty_texts_have_a_place_where_they_are_written(desk):
    desk.session.remember(view="book")
    page = shown(desk, "chapter", "A.start")
    page.edit(number_of(page, "chapter.A.start"))
    desk.qtbot.keyClicks(page.editor.editor.inner, "Mulai.")
    page.leave_editor()
    ready(desk, page)
    assert "Mulai." in desk.plan.answer("chapter.A.start").text.values["id"]


@pytest.mark.slow
def test_nothing_opens_in_a_plan_that_is_only_read(desk):
    from desktop.workspace import Workspace

    path = desk.session.workspace.path
    desk.session.leave()
    desk.session.adopt(Workspace.open(path, read_only=True))
    desk.session.remember(view="book")
    page = shown(desk, "form", "town")
    page.edit(0)
    assert page.editor is None


@pytest.mark.slow
def test_charts_come_without_waiting_and_in_the_colours_of_the_theme(desk, book):
    desk.change(lambda op: op.cell(op.fixed_row("ready", "left"), "level", "s3"))
    page = shown(desk, "chapter", "A.ready")
    assert page.sheet.pictures
    (light,) = page.sheet.pictures.values()
    desk.session.remember(theme=theme.Theme.DARK)
    ready(desk, page)
    (dark,) = page.sheet.pictures.values()
    assert light != dark
    assert dark.pixelColor(1, 1).alpha() == 0
    assert theme.DARK.text in page.sheet.pieces[0].html


def test_letters_grow_smaller_before_words_of_many_columns_are_broken(desk):
    from desktop.base.richtext import Run
    from desktop.books.document import Column, Labels, Row
    from desktop.ui.printed.columns import CELL, SMALLEST, fit_of

    def table(columns):
        row = Row(tuple((Run("Kehidupan"),) for _ in range(columns)))
        return Table(1, "Lebar", tuple(Column("Kehidupan") for _ in range(columns)), (row,))

    assert fit_of(table(3)).letters == CELL
    assert SMALLEST <= fit_of(table(9)).letters < CELL
    assert fit_of(table(30)).letters == SMALLEST
    labels = Labels("", "", "", "Tabel", "Gambar", "", "", "")
    (part,) = Markup(labels, lambda _: "").parts([table(9)])
    assert part.count("font-size:12px") == 1  # the caption's


def test_long_tables_come_in_pieces_with_the_same_columns(desk):
    from desktop.base.richtext import Run
    from desktop.books.document import Column, Labels, Row

    rows = tuple(Row(((Run(f"baris {n}"),), (Run("1.000.000"),))) for n in range(40))
    table = Table(1, "Panjang", (Column("Nama"), Column("Jumlah", "right", 0)), rows)
    labels = Labels("", "", "", "Tabel", "Gambar", "", "", "")
    parts = list(Markup(labels, lambda _: "").parts([table]))
    assert len(parts) == 3
    assert sum(part.count("baris") for part in parts) == 40
    assert parts[0].count("<th") == 2
    assert parts[1].count("<th") == 0
    assert sum(shares_of(table)) <= 100
    assert shares_of(table)[1] >= 10


def test_a_part_ends_where_the_next_chapter_of_its_level_begins():
    made = tuple(
        Heading(level, "", name, f"chapter/{name}")
        for level, name in ((1, "a"), (2, "b"), (2, "c"), (1, "d"))
    )
    assert [each.text for each in part_of(made, "a")] == ["a", "b", "c"]
    assert [each.text for each in part_of(made, "b")] == ["b"]
    assert not any(isinstance(each, Figure) for each in part_of(made, "x"))


@pytest.mark.slow
def test_composing_is_cut_into_small_parts(desk, book, monkeypatch):
    """Milliseconds: tests/bench/bench_frames.py."""
    parts, go_on = [], book._go_on
    # whenever it looks, its time is over
    monkeypatch.setattr(printed, "monotonic", lambda: next(seconds))
    seconds = itertools.count()
    book._timer.timeout.disconnect()
    book._timer.timeout.connect(lambda: parts.append(steps(go_on)))
    book.sheet.forget()
    book.refresh()
    ready(desk, book)
    assert len(parts) > 10
    assert max(parts) < PART


@pytest.mark.slow
def test_a_key_in_place_costs_little(desk, book):
    """Milliseconds: tests/bench/bench_frames.py."""
    book.edit(number_of(book, "chapter.A.start"))
    assert too_dear(book.editor.editor.inner, "abcdefghi " * 3) == []
    book.leave_editor()
    ready(desk, book)
