"""The editor of chapters: keys, lists, tables, references and pasting as people know them from Word."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.base import richtext
from desktop.base.richtext import Kind
from desktop.ui.editor import document, footnotes, pasting, references, room
from desktop.ui.editor.anchors import id_of

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
ITEM = "chapter.A.start"


@pytest.fixture
def page(desk):
    return desk.visit("chapter", "A.start")


@pytest.fixture
def editor(page):
    made = page.bindings[0].editor
    made.edit.setFocus()
    return made


def blocks(desk):
    desk.session.drafts.flush()
    return richtext.parse(desk.plan.answer(ITEM).text.values.get("id", ""))


def kinds(desk):
    return [(block.kind.value, block.text) for block in blocks(desk)]


def write(desk, html, language="id"):
    desk.change(lambda op: op.answer_text(ITEM, language, richtext.normalise(html)))


def press(desk, editor, key, modifiers=Qt.KeyboardModifier.NoModifier):
    desk.qtbot.keyClick(editor.edit, key, modifiers)


def typed(desk, editor, text):
    desk.qtbot.keyClicks(editor.edit, text)


# -- structure --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("- butir", ("li", "butir")),
        ("* butir", ("li", "butir")),
        ("1. langkah", ("li", "langkah")),
        ("## Judul", ("h2", "Judul")),
        ("a - b", ("p", "a - b")),
        ("2. bukan", ("p", "2. bukan")),
    ],
)
def test_a_few_signs_at_the_start_make_lists_and_headings(desk, editor, letters, expected):
    typed(desk, editor, letters)
    assert kinds(desk) == [expected]


def test_enter_after_a_heading_goes_on_with_a_paragraph(desk, editor):
    press(desk, editor, Qt.Key.Key_2, CTRL | ALT)
    typed(desk, editor, "Judul")
    press(desk, editor, Qt.Key.Key_Return)
    typed(desk, editor, "isi")
    assert kinds(desk) == [("h2", "Judul"), ("p", "isi")]
    assert not blocks(desk)[1].runs[0].bold


def test_tab_nests_an_item_and_enter_on_an_empty_one_comes_out_again(desk, editor):
    typed(desk, editor, "1. satu")
    press(desk, editor, Qt.Key.Key_Return)
    press(desk, editor, Qt.Key.Key_Tab)
    typed(desk, editor, "di dalam")
    press(desk, editor, Qt.Key.Key_Return)
    press(desk, editor, Qt.Key.Key_Return)
    typed(desk, editor, "dua")
    press(desk, editor, Qt.Key.Key_Return)
    press(desk, editor, Qt.Key.Key_Return)
    typed(desk, editor, "sesudah")
    assert [(b.kind.value, b.depth, b.ordered, b.text) for b in blocks(desk)] == [
        ("li", 1, True, "satu"),
        ("li", 2, True, "di dalam"),
        ("li", 1, True, "dua"),
        ("p", 0, False, "sesudah"),
    ]


def test_a_list_goes_on_counting_after_what_is_nested_in_it(qapp):
    stored = richtext.normalise("<ol><li>a</li></ol>\n<ol><ol><li>b</li></ol></ol>\n<ol><li>c</li></ol>")
    shown = QTextDocument()
    document.load(shown, stored)
    first, last = shown.findBlockByNumber(0), shown.findBlockByNumber(2)
    assert first.textList() == last.textList()
    assert first.textList().itemNumber(last) == 1


def test_several_paragraphs_become_one_list_and_paragraphs_again(desk, editor):
    write(desk, "<p>a</p>\n<p>b</p>")
    editor.edit.selectAll()
    press(desk, editor, Qt.Key.Key_7, CTRL | SHIFT)
    assert [(b.kind.value, b.ordered) for b in blocks(desk)] == [("li", True), ("li", True)]
    editor.edit.selectAll()
    editor.tools.set_list(ordered=True)
    assert kinds(desk) == [("p", "a"), ("p", "b")]


def test_shortcuts_of_the_text_go_before_those_of_the_window(desk, editor):
    press(desk, editor, Qt.Key.Key_I, CTRL)
    typed(desk, editor, "miring")
    press(desk, editor, Qt.Key.Key_I, CTRL)
    press(desk, editor, Qt.Key.Key_Period, CTRL)
    typed(desk, editor, "2")
    runs = blocks(desk)[0].runs
    assert [(run.text, run.italic, run.raised) for run in runs] == [("miring", True, ""), ("2", False, "sup")]


def test_formatting_is_cleared_but_the_kind_of_paragraph_stays(desk, editor):
    write(desk, "<h2>Judul <i>miring</i></h2>")
    editor.edit.selectAll()
    press(desk, editor, Qt.Key.Key_Space, CTRL)
    (block,) = blocks(desk)
    assert block.kind is Kind.H2
    assert [run.italic for run in block.runs] == [False]


# -- tables -----------------------------------------------------------------------------------------
def test_a_table_is_filled_with_the_tab_key_and_grows_at_its_end(desk, editor):
    press(desk, editor, Qt.Key.Key_T, CTRL | SHIFT)
    for number in range(10):
        typed(desk, editor, str(number))
        press(desk, editor, Qt.Key.Key_Tab)
    (table,) = [block for block in blocks(desk) if block.kind is Kind.TABLE]
    assert table.text.replace("\t", " ").splitlines() == ["0 1 2", "3 4 5", "6 7 8", "9  "]
    press(desk, editor, Qt.Key.Key_Backtab)
    assert editor.edit.textCursor().selectedText() == "9"


def test_rows_and_columns_are_added_and_removed_where_the_cursor_is(desk, editor):
    write(desk, "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>")
    editor.edit.moveCursor(QTextCursor.MoveOperation.Start)
    press(desk, editor, Qt.Key.Key_Down)
    for what in ("row_below", "column_right", "remove_row"):
        editor.tools.change_table(what)
    (table,) = blocks(desk)
    assert [len(row) for row in table.rows] == [3, 3]
    editor.tools.change_table("remove_table")
    assert kinds(desk) == []


def test_every_deed_of_a_table_is_in_its_menu(desk, editor, monkeypatch):
    from desktop.ui.fields import editor as fields_editor

    seen = []
    monkeypatch.setattr(
        fields_editor, "show_menu", lambda menu, where: seen.extend(a.text() for a in menu.actions())
    )
    editor.tools.table_menu()
    editor.tools.table_menu()
    assert "Tambah baris di bawah" in seen


# -- pasting ----------------------------------------------------------------------------------------
def paste(editor, html="", text=""):
    data = QMimeData()
    if html:
        data.setHtml(html)
    data.setText(text or "x")
    editor.edit.insertFromMimeData(data)


def test_cells_of_excel_become_a_table_and_fill_one_that_is_there(desk, editor):
    excel = (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body><table><!--StartFragment-->"
        "<tr><td style='color:red'>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>"
        "<!--EndFragment--></table></body></html>"
    )
    paste(editor, excel)
    assert [b.kind for b in blocks(desk)] == [Kind.TABLE]
    editor.edit.moveCursor(QTextCursor.MoveOperation.Start)
    press(desk, editor, Qt.Key.Key_Down)
    press(desk, editor, Qt.Key.Key_Tab)
    paste(editor, "<table><tr><td>8</td></tr><tr><td>9</td></tr><tr><td>10</td></tr></table>")
    (table,) = blocks(desk)
    assert table.text.splitlines() == ["1\t8", "3\t9", "\t10"]


def test_one_pasted_line_goes_into_the_sentence(desk, editor):
    typed(desk, editor, "awal akhir")
    cursor = editor.edit.textCursor()
    cursor.setPosition(5)
    editor.edit.setTextCursor(cursor)
    paste(editor, "<p><b>tengah</b> </p>")
    assert kinds(desk) == [("p", "awal tengahakhir")]


@pytest.mark.slow
def test_more_than_anybody_copies_comes_without_its_looks(desk, editor, monkeypatch):
    """The window stood still for minutes over what a web page had put on the clipboard."""
    monkeypatch.setattr(pasting, "_MOST_TAGS", 3)
    paste(editor, "<p><b>tebal</b></p>", "polos")
    assert editor.edit.toPlainText().endswith("polos")
    assert "tebal" not in editor.edit.toPlainText()
    monkeypatch.setattr(pasting, "_MOST_TAGS", 1_000)
    monkeypatch.setattr(pasting, "_MOST_SHOWN", 10)
    paste(editor, "<table><tr>" + "<td>x</td>" * 20 + "</tr></table>", "lagi")
    assert editor.edit.toPlainText().endswith("lagi")


@pytest.mark.slow
def test_a_long_list_counts_on_and_a_huge_table_stands_as_paragraphs(desk, editor, monkeypatch):
    """Each item looked through all before it, each cell cost more than the last: minutes for a chapter."""
    monkeypatch.setattr(document, "MOST_ITEMS", 3)
    monkeypatch.setattr(room, "MOST_CELLS", 6)
    paste(editor, "<ol>" + "".join(f"<li>butir {n}</li>" for n in range(8)) + "</ol>")
    text = editor.edit.document()
    lists = {text.findBlockByNumber(n).textList() for n in range(8)}
    assert sorted((one.format().start(), one.count()) for one in lists) == [(1, 3), (4, 3), (7, 2)]
    assert [(b.kind, b.ordered, b.text) for b in blocks(desk)] == [
        (Kind.LI, True, f"butir {n}") for n in range(8)
    ]
    before = richtext.normalise("<table>" + "<tr><td>a</td><td>b</td></tr>" * 4 + "</table><p>akhir</p>")
    editor.show_value(before)
    assert editor.edit.isReadOnly()
    assert "a" in editor.edit.toPlainText()
    assert editor.value() == before, "it is kept as it is"
    assert not editor.beyond.isHidden()
    assert "tabel" in editor.beyond.text()
    editor.lock(locked=False)
    assert editor.edit.isReadOnly()
    editor.show_value("<p>biasa</p>")
    assert not editor.edit.isReadOnly()
    assert editor.beyond.isHidden()


@pytest.mark.slow
def test_many_ordinary_tables_stay_tables(desk, editor):
    """Forty of them were more than was laid out, and the last seven were stored as paragraphs."""
    table = "<table>" + ("<tr>" + "<td>isi</td>" * 12 + "</tr>") * 25 + "</table>"
    before = richtext.normalise((table + "<p>teks</p>") * 40)
    shown = QTextDocument()
    document.load(shown, before)
    assert document.store(shown, before) == before


def test_pasted_paragraphs_stand_between_what_was_before_and_after(desk, editor):
    typed(desk, editor, "awalakhir")
    cursor = editor.edit.textCursor()
    cursor.setPosition(4)
    editor.edit.setTextCursor(cursor)
    paste(editor, "<h2>Judul</h2><p>isi</p>")
    assert kinds(desk) == [("p", "awal"), ("h2", "Judul"), ("p", "isi"), ("p", "akhir")]


def test_what_is_copied_can_be_pasted_the_same(desk, editor):
    write(desk, "<h2>Judul</h2>\n<ul><li>satu <b>dua</b></li></ul>")
    editor.edit.selectAll()
    data = editor.edit.createMimeDataFromSelection()
    assert "<h2>Judul</h2>" in data.html()
    assert "<li>satu <b>dua</b></li>" in data.html()


# -- caret, undo, ids -------------------------------------------------------------------------------
def test_the_caret_stays_where_it_is_when_the_text_is_laid_anew(desk, editor):
    write(desk, "<p>satu dua</p>\n<p>tiga empat</p>")
    cursor = editor.edit.textCursor()
    cursor.setPosition(14)
    editor.edit.setTextCursor(cursor)
    stored = desk.plan.answer(ITEM).text.values["id"]
    write(desk, "<p>sebuah paragraf baru</p>\n" + stored)
    assert editor.edit.textCursor().block().text() == "tiga empat"
    assert editor.edit.textCursor().positionInBlock() == 5


def test_undo_of_the_document_brings_the_text_back_and_keeps_the_caret(desk, editor):
    write(desk, "<p>satu</p>")
    editor.edit.moveCursor(QTextCursor.MoveOperation.End)
    typed(desk, editor, " dua")
    desk.session.drafts.flush()
    desk.session.undo()
    desk.settle()
    assert editor.edit.toPlainText() == "satu"
    assert editor.edit.textCursor().position() == 4


def test_blocks_keep_their_ids_when_others_are_written_between_them(desk, editor):
    write(desk, "<p>satu</p>\n<p>dua</p>")
    before = [block.id for block in blocks(desk)]
    cursor = editor.edit.textCursor()
    cursor.setPosition(4)
    editor.edit.setTextCursor(cursor)
    press(desk, editor, Qt.Key.Key_Return)
    typed(desk, editor, "baru")
    after = blocks(desk)
    desk.settle()
    assert [after[0].id, after[2].id] == before
    assert id_of(editor.edit.document().findBlockByNumber(1)) == after[1].id


@pytest.mark.slow
def test_a_block_that_is_split_at_its_start_keeps_its_id(desk, editor):
    write(desk, "<p>satu dua</p>")
    (before,) = blocks(desk)
    editor.edit.moveCursor(QTextCursor.MoveOperation.Start)
    press(desk, editor, Qt.Key.Key_Return)
    press(desk, editor, Qt.Key.Key_Up)
    typed(desk, editor, "x")
    after = blocks(desk)
    assert [block.text for block in after] == ["x", "satu dua"]
    assert after[1].id == before.id


def test_dressing_a_text_is_no_edit(desk, editor):
    write(desk, "<p>kabupten</p>")
    editor.dressing.rehighlight()
    assert not editor.pending


# -- references -------------------------------------------------------------------------------------
@pytest.fixture
def programme(desk):
    return desk.change(lambda op: op.insert("programme", title={"id": "Layanan izin"}))


def reference(desk, name, words="kata lama"):
    write(desk, f'<p>Lihat <a href="ref:programme/{name}">{words}</a> ini</p>')


def wait_for_names(desk, editor, text):
    desk.qtbot.waitUntil(lambda: editor.edit.toPlainText() == text, timeout=4000)


@pytest.mark.slow
def test_a_reference_reads_what_it_leads_to_now_and_that_is_no_edit(desk, editor, programme):
    reference(desk, programme)
    wait_for_names(desk, editor, "Lihat Layanan izin ini")
    stored = desk.plan.answer(ITEM).text.values["id"]
    desk.change(lambda op: op.write("programme", programme, "title", "id", "Izin sehari"))
    wait_for_names(desk, editor, "Lihat Izin sehari ini")
    assert not editor.pending
    assert editor.value() == stored


@pytest.mark.slow
def test_a_reference_is_deleted_and_stepped_over_as_a_whole(desk, editor, programme):
    reference(desk, programme)
    wait_for_names(desk, editor, "Lihat Layanan izin ini")
    cursor = editor.edit.textCursor()
    cursor.setPosition(10)
    editor.edit.setTextCursor(cursor)
    typed(desk, editor, "!")
    assert editor.edit.toPlainText() == "Lihat Layanan izin! ini"
    press(desk, editor, Qt.Key.Key_Backspace)
    press(desk, editor, Qt.Key.Key_Backspace)
    assert editor.edit.toPlainText() == "Lihat  ini"


def test_a_reference_is_picked_by_typing_an_at_sign(desk, editor, programme, monkeypatch):
    def choose(dialog):
        dialog.edit.setText("layanan")
        assert dialog.list.count() == 1
        dialog._take()
        return True

    monkeypatch.setattr(references.Picker, "exec", choose)
    typed(desk, editor, "Lihat @")
    typed(desk, editor, " dan")
    (block,) = blocks(desk)
    assert [(run.text, run.href) for run in block.runs] == [
        ("Lihat ", ""),
        ("Layanan izin", f"ref:programme/{programme}"),
        (" dan", ""),
    ]


def test_a_mail_address_offers_no_references(desk, editor, monkeypatch):
    monkeypatch.setattr(references.Picker, "exec", lambda _dialog: pytest.fail("asked"))
    typed(desk, editor, "surel@contoh.go.id")
    assert kinds(desk) == [("p", "surel@contoh.go.id")]


@pytest.mark.slow
def test_following_a_reference_goes_there(desk, editor, programme):
    reference(desk, programme)
    editor.edit.moveCursor(QTextCursor.MoveOperation.Start)
    cursor = editor.edit.textCursor()
    cursor.setPosition(8)
    editor.edit.setTextCursor(cursor)
    press(desk, editor, Qt.Key.Key_Return, CTRL)
    desk.settle()
    assert desk.window.workbench.stop.page == "programmes"


def test_a_dead_reference_keeps_its_words(desk, editor):
    reference(desk, "hilang", "Program lama")
    assert editor.edit.toPlainText() == "Lihat Program lama ini"
    assert editor._label_of("ref:programme/hilang") is None


# -- links ------------------------------------------------------------------------------------------
def test_a_link_is_set_on_what_is_chosen_and_ends_with_it(desk, editor, monkeypatch):
    from desktop.ui.editor import linking

    def fill(dialog):
        dialog.address.setText("contoh.go.id")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(linking.LinkDialog, "exec", fill)
    typed(desk, editor, "laman")
    editor.edit.selectAll()
    press(desk, editor, Qt.Key.Key_K, CTRL | SHIFT)
    typed(desk, editor, " kami")
    (block,) = blocks(desk)
    assert [(run.text, run.href) for run in block.runs] == [("laman", "https://contoh.go.id"), (" kami", "")]


def test_enter_puts_a_link_in_and_does_not_leave(desk, editor):
    from desktop.ui.editor.linking import LinkDialog

    dialog = LinkDialog(desk.window, desk.session.speaker, "laman", "")
    dialog.open()
    desk.settle()
    desk.qtbot.keyClicks(dialog.address, "contoh.go.id")
    desk.qtbot.keyClick(dialog.address, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Accepted
    dialog.deleteLater()


# -- toolbar ----------------------------------------------------------------------------------------
def test_what_does_not_fit_on_the_toolbar_is_in_its_menu(desk, editor):
    bar = editor.tools.bar
    bar.resize(200, bar.height())
    shown = [name for name, button in bar.buttons.items() if button.isVisible()]
    assert len(shown) < len(bar.buttons)
    menu = bar.menu()
    names = [action.text() for action in menu.actions()]
    assert "Beri catatan" in names
    assert "Superskrip" in names
    menu.close()


def test_the_keyboard_reaches_the_toolbar(desk, editor):
    press(desk, editor, Qt.Key.Key_F10, ALT)
    assert editor.tools.kind.hasFocus()


def test_a_locked_text_takes_no_key(desk, editor):
    write(desk, "<p>tetap</p>")
    editor.lock(locked=True)
    press(desk, editor, Qt.Key.Key_B, CTRL)
    press(desk, editor, Qt.Key.Key_8, CTRL | SHIFT)
    typed(desk, editor, "x")
    assert editor.value() == desk.plan.answer(ITEM).text.values["id"]


# -- finding on the page ----------------------------------------------------------------------------
def test_words_are_found_on_the_page_and_the_keyboard_walks_over_them(desk, page, editor):
    write(desk, "<p>kota satu</p>\n<p>kota dua, Kota tiga</p>")
    press(desk, editor, Qt.Key.Key_F, CTRL)
    bar = page.find_bar
    assert bar.edit.hasFocus()
    desk.qtbot.keyClicks(bar.edit, "kota")
    assert bar.said.text() == "3 kemunculan"
    desk.qtbot.keyClick(bar.edit, Qt.Key.Key_Return)
    desk.qtbot.keyClick(bar.edit, Qt.Key.Key_Return)
    assert bar.said.text() == "2 dari 3"
    assert editor.edit.textCursor().block().text() == "kota dua, Kota tiga"
    desk.qtbot.keyClick(bar.edit, Qt.Key.Key_Return, SHIFT)
    assert bar.said.text() == "1 dari 3"
    desk.qtbot.keyClick(bar.edit, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert editor.edit.hasFocus()
    assert not editor.pending


# -- footnotes --------------------------------------------------------------------------------------
NOTED = "<p>Naik<fn>BPS, <i>Lampung</i> 2024</fn> dan turun<fn>Bappeda</fn>.</p>"


def answer_notes(monkeypatch, words, *, remove=False):
    from desktop.ui.editor import noting

    asked = []

    def fill(dialog):
        asked.append(footnotes.plain(dialog.words()))
        dialog.edit.selectAll()
        dialog.edit.insertPlainText(words)
        if remove:
            dialog._remove()
        else:
            dialog.accept()
        return dialog.result()

    monkeypatch.setattr(noting.NoteDialog, "exec", fill)
    return asked


def signs(editor):
    return footnotes.places(editor.edit.document())


@pytest.mark.slow
def test_a_footnote_is_put_behind_the_words_by_its_key_and_undone_in_one_step(desk, editor, monkeypatch):
    write(desk, "<p>Jumlah penduduk naik.</p>")
    before = desk.plan.answer(ITEM).text.values["id"]
    answer_notes(monkeypatch, "BPS 2025")
    cursor = editor.edit.textCursor()
    cursor.setPosition(len("Jumlah penduduk"))
    editor.edit.setTextCursor(cursor)
    press(desk, editor, Qt.Key.Key_N, CTRL | SHIFT)
    typed(desk, editor, " ini")
    (block,) = blocks(desk)
    assert [(run.text, run.raised) for run in block.runs] == [
        ("Jumlah penduduk", ""), ("BPS 2025", "fn"), (" ini naik.", ""),
    ]  # fmt: skip
    desk.session.undo()
    desk.settle()
    assert desk.plan.answer(ITEM).text.values["id"] == before
    assert signs(editor) == []


def test_footnotes_are_told_changed_stepped_over_and_deleted_as_one_letter(desk, editor, monkeypatch):
    write(desk, NOTED)
    stored = editor.value()
    assert stored == desk.plan.answer(ITEM).text.values["id"], "showing footnotes changes nothing"
    first, second = signs(editor)
    assert editor.edit.note_said(first) == "Catatan kaki 1: BPS, Lampung 2024"
    assert editor.edit.note_said(second) == "Catatan kaki 2: Bappeda"
    asked = answer_notes(monkeypatch, "Diskominfo")
    cursor = editor.edit.textCursor()
    cursor.setPosition(second + 1)
    editor.edit.setTextCursor(cursor)
    press(desk, editor, Qt.Key.Key_Return, CTRL)
    assert asked == ["Bappeda"]
    assert blocks(desk)[0].text.endswith("turunDiskominfo.")
    cursor.setPosition(first + 1)
    editor.edit.setTextCursor(cursor)
    press(desk, editor, Qt.Key.Key_Backspace)
    assert [len(runs) for runs in richtext.footnotes(editor.value())] == [1]
    assert editor.edit.note_said(signs(editor)[0]) == "Catatan kaki 1: Diskominfo"


def test_a_click_on_the_number_opens_the_footnote_and_enter_where_it_is_chosen(desk, editor, monkeypatch):
    write(desk, NOTED)
    asked = answer_notes(monkeypatch, "", remove=True)
    second = signs(editor)[1]
    around = QTextCursor(editor.edit.document())
    around.setPosition(second)
    left = editor.edit.cursorRect(around)
    middle = left.center() + QPoint(3, 0)
    assert footnotes.under(editor.edit, middle) == second
    desk.qtbot.mouseRelease(editor.edit.viewport(), Qt.MouseButton.RightButton, pos=middle)
    assert asked == []
    desk.qtbot.mouseClick(editor.edit.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert asked == ["Bappeda"]
    first = signs(editor)
    assert len(first) == 1
    editor.edit.setTextCursor(footnotes.letter(editor.edit.document(), first[0]))
    press(desk, editor, Qt.Key.Key_Return)
    assert blocks(desk)[0].text == "Naik dan turun."


def test_footnotes_are_copied_and_no_mark_or_link_takes_them_away(desk, editor, monkeypatch):
    write(desk, NOTED)
    editor.edit.selectAll()
    editor.tools._clear()
    press(desk, editor, Qt.Key.Key_B, CTRL)
    made = editor.edit.createMimeDataFromSelection()
    assert made.text() == "Naik [BPS, Lampung 2024] dan turun [Bappeda]."
    editor.edit.moveCursor(QTextCursor.MoveOperation.End)
    editor.edit.insertFromMimeData(made)
    assert [footnotes.plain(each) for each in richtext.footnotes(editor.value())] == [
        "BPS, Lampung 2024", "Bappeda", "BPS, Lampung 2024", "Bappeda",
    ]  # fmt: skip


def test_two_footnotes_at_one_place_stay_two_and_headings_have_none(desk, editor, monkeypatch):
    answer_notes(monkeypatch, "satu")
    typed(desk, editor, "Kata")
    press(desk, editor, Qt.Key.Key_N, CTRL | SHIFT)
    answer_notes(monkeypatch, "dua")
    press(desk, editor, Qt.Key.Key_N, CTRL | SHIFT)
    assert [footnotes.plain(each) for each in richtext.footnotes(editor.value())] == ["dua"], "it was at one"
    cursor = editor.edit.textCursor()
    footnotes.put(cursor, [richtext.Run("tiga")], document.letter_format(0))
    assert [footnotes.plain(each) for each in richtext.footnotes(editor.value())] == ["dua", "tiga"]
    footnotes.remove(editor.edit.document(), signs(editor)[0])
    assert [(run.text, run.raised) for run in blocks(desk)[0].runs] == [("Kata", ""), ("tiga", "fn")]
    press(desk, editor, Qt.Key.Key_2, CTRL | ALT)
    cursor = editor.edit.textCursor()
    cursor.setPosition(2)
    editor.edit.setTextCursor(cursor)
    press(desk, editor, Qt.Key.Key_N, CTRL | SHIFT)
    assert len(signs(editor)) == 1
