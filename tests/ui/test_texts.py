"""Chapters and other long texts: what the editor shows is what is stored, and stored is only the subset."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.base import Language, richtext
from desktop.ui.editor import document

SAMPLES = [
    "<p>satu paragraf</p>",
    "<h1>Judul</h1>\n<p>isi</p>",
    "<h3>Kecil</h3>\n<p>dengan <b>tebal</b>, <i>miring</i> dan <u>garis</u></p>",
    "<p>H<sub>2</sub>O dan m<sup>2</sup> serta <s>coret</s></p>",
    "<ul><li>satu</li></ul>\n<ul><li>dua</li></ul>",
    "<ol><li>pertama</li></ol>\n<ol><ol><li>di dalam</li></ol></ol>\n<ol><li>kedua</li></ol>",
    "<ul><li>butir</li></ul>\n<ol><li>angka</li></ol>\n<p>sesudah</p>",
    "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td><b>d</b></td></tr></table>",
    '<p>tautan <a href="https://example.org/a?b=1&amp;c=2">di sini</a></p>',
    "<p>a &lt; b &amp; c &gt; d</p>",
    "<p>baris<br/>baru</p>",
    "<p>dua  spasi   tetap</p>",
]


@pytest.mark.parametrize("text", SAMPLES)
def test_what_is_loaded_is_stored_back_the_same(qapp, text):
    stored = richtext.normalise(text)
    shown = QTextDocument()
    document.load(shown, stored)
    assert document.store(shown, stored) == stored


def test_a_changed_block_keeps_its_id_and_so_do_the_others(qapp):
    stored = richtext.normalise("<p>satu</p>\n<p>dua</p>\n<p>tiga</p>")
    before = richtext.parse(stored)
    shown = QTextDocument()
    document.load(shown, stored)
    cursor = QTextCursor(shown.findBlockByNumber(1))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    cursor.insertText(" berubah")
    after = richtext.parse(document.store(shown, stored))
    assert [block.id for block in after] == [block.id for block in before]
    assert after[1].text == "dua berubah"


def test_blank_is_nothing(qapp):
    shown = QTextDocument()
    document.load(shown, "")
    assert document.store(shown, "") == ""


@pytest.fixture
def chapter(desk):
    return desk.visit("chapter", "A.start")


def editor(page, place=0):
    return page.bindings[place].editor


def test_typing_commits_like_any_field_and_counts_words(desk, chapter):
    desk.type_into(editor(chapter).edit, "Kota di tepi sungai besar")
    desk.leave_field()
    assert (
        richtext.plain_text(desk.plan.answer("chapter.A.start").text.values["id"])
        == "Kota di tepi sungai besar"
    )
    assert any("5 dari paling sedikit 5 kata" in label.text() for label in labels(chapter))


def labels(page):
    from PySide6.QtWidgets import QLabel

    return page.findChildren(QLabel)


def test_toolbar_and_keys_make_headings_lists_tables_and_emphasis(desk, chapter):
    edit = editor(chapter).edit
    edit.setFocus()
    editor(chapter).tools.kind.setCurrentIndex(1)
    editor(chapter).tools.kind.activated.emit(1)
    desk.qtbot.keyClicks(edit, "Judul")
    desk.qtbot.keyClick(edit, Qt.Key.Key_Return)
    editor(chapter).tools.kind.setCurrentIndex(0)
    editor(chapter).tools.kind.activated.emit(0)
    desk.qtbot.keyClick(edit, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.keyClicks(edit, "tebal")
    desk.qtbot.keyClick(edit, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.keyClick(edit, Qt.Key.Key_Return)
    editor(chapter).tools.set_list(ordered=False)
    desk.qtbot.keyClicks(edit, "butir")
    desk.session.drafts.flush()
    blocks = richtext.parse(desk.plan.answer("chapter.A.start").text.values["id"])
    assert [(block.kind.value, block.text) for block in blocks] == [
        ("h1", "Judul"),
        ("p", "tebal"),
        ("li", "butir"),
    ]
    assert blocks[1].runs[0].bold
    editor(chapter).tools.insert_table()
    desk.session.drafts.flush()
    assert any(block.kind is richtext.Kind.TABLE for block in richtext.parse(editor(chapter).value()))


def test_pasted_html_comes_clean(desk, chapter):
    data = QMimeData()
    data.setHtml('<div style="color:red" onclick="x()"><script>alert(1)</script><b>Dari</b> Word</div>')
    editor(chapter).edit.insertFromMimeData(data)
    desk.session.drafts.flush()
    editor(chapter).edited.emit()
    desk.session.drafts.flush()
    stored = desk.plan.answer("chapter.A.start").text.values["id"]
    assert "script" not in stored
    assert "style" not in stored
    assert "<b>Dari</b> Word" in stored


def test_a_change_elsewhere_does_not_disturb_what_is_being_typed(desk, chapter):
    desk.type_into(editor(chapter).edit, "Sedang")
    desk.change(lambda op: op.answer_text("chapter.A.start", "id", '<p id="z">lain</p>'))
    assert editor(chapter).edit.toPlainText() == "Sedang"


@pytest.mark.slow
def test_both_languages_stand_side_by_side_and_a_stale_translation_is_marked(desk, chapter):
    desk.session.remember(second_language=True)
    desk.settle()
    desk.type_into(editor(chapter).edit, "Halo")
    desk.leave_field()
    desk.type_into(editor(chapter, 1).edit, "Hello")
    desk.leave_field()
    assert not chapter._warnings["en"].isVisible()
    desk.type_into(editor(chapter).edit, " semua")
    desk.leave_field()
    assert chapter._warnings["en"].isVisible()
    assert richtext.plain_text(desk.plan.answer("chapter.A.start").text.values["en"]) == "Hello"


def test_sections_of_a_chapter_are_chosen_beside_it(desk):
    page = desk.visit("chapter", "A.ready")
    assert [page._list.item(row).text() for row in range(page._list.count())] == ["Kesiapan", "Harapan"]
    page.open_ref("A.ready.wish")
    desk.type_into(editor(page).edit, "Taman")
    desk.window.speak_language(Language.EN)
    desk.settle()
    assert richtext.plain_text(desk.plan.answer("chapter.A.ready.wish").text.values["id"]) == "Taman"
    assert page._list.item(1).text() == "Wishes"


@pytest.mark.slow
def test_a_finding_about_a_section_leads_to_it(desk):
    desk.change(lambda op: op.answer_text("chapter.A.ready.wish", "id", '<p id="a">-</p>'))
    finding = next(each for each in desk.check().findings if each.place.item == "chapter.A.ready.wish")
    desk.visit("profile")
    desk.window.workbench.show_finding(finding)
    desk.settle()
    page = desk.window.workbench.current
    assert page._now.id == "A.ready.wish"
    assert editor(page).edit.hasFocus()
