"""Comments: in the margin beside their words, on fields, on a page of their own; each step one change."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel

from desktop.base import richtext
from desktop.ui import comments
from desktop.workspace.plan import Place

ITEM = "chapter.A.start"


@pytest.fixture
def page(desk):
    html = richtext.normalise("<p>Kota di tepi sungai</p>\n<p>Warga berdagang</p>")
    desk.change(lambda op: op.answer_text(ITEM, "id", html))
    return desk.visit("chapter", "A.start")


@pytest.fixture
def side(page):
    page.sides[0].editor.edit.setFocus()
    return page.sides[0]


@pytest.fixture
def says(monkeypatch):
    def put(words, owner="", due=""):
        def fill(dialog):
            dialog.body.setPlainText(words)
            dialog.owner.setCurrentIndex(max(0, dialog.owner.findData(owner)))
            dialog.due.setText(due)
            dialog.accept()
            return dialog.result()

        monkeypatch.setattr(comments.CommentDialog, "exec", fill)

    return put


def choose(side, words):
    edit = side.editor.edit
    found = edit.document().find(words)
    edit.setTextCursor(found)


def remark(desk, side, says, words="Sumbernya?", quote="tepi sungai"):
    says(words)
    choose(side, quote)
    desk.qtbot.keyClick(
        side.editor.edit, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    desk.settle()
    return desk.plan.comments[-1]


def test_what_was_agreed_names_nobody_where_nobody_is_named(desk, side, says):
    says("Sumbernya?", due="31-12-2026")
    choose(side, "tepi sungai")
    desk.qtbot.keyClick(
        side.editor.edit, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    desk.settle()
    page = desk.visit("comments")
    texts = [each.text() for each in page.findChildren(QLabel)]
    assert "Tenggat tindak lanjut: 31 Desember 2026" in texts


def test_chosen_words_are_remarked_on_and_the_card_stands_beside_them(desk, side, says):
    made = remark(desk, side, says)
    assert (made.quote, made.body, made.place.item) == ("tepi sungai", "Sumbernya?", ITEM)
    assert made.block == richtext.parse(desk.plan.answer(ITEM).text.values["id"])[0].id
    assert side.margin.isVisible()
    ((card, _),) = side.margin.cards
    assert card.y() <= 30
    desk.session.undo()
    desk.settle()
    assert desk.plan.comments == ()
    assert not side.margin.isVisible()


def test_cards_stand_in_the_order_of_the_text(desk, side, says):
    remark(desk, side, says, "dua", "Warga")
    remark(desk, side, says, "satu", "Kota")
    ordered = sorted(side.margin.cards, key=lambda pair: pair[0].y())
    assert [card.thread_shown.first.body for card, _ in ordered] == ["satu", "dua"]
    assert ordered[1][0].y() >= ordered[0][0].y() + ordered[0][0].height()


def test_a_remark_follows_its_words_when_they_move(desk, side, says):
    remark(desk, side, says, quote="Warga")
    text = desk.plan.answer(ITEM).text.values["id"].splitlines()
    moved = richtext.serialise(richtext.parse("\n".join(reversed(text))))
    desk.change(lambda op: op.answer_text(ITEM, "id", moved))
    ((card, _),) = side.margin.cards
    assert card.y() < 30
    side.margin.reveal(card.thread_shown)
    assert side.editor.edit.textCursor().selectedText() == "Warga"


def test_a_remark_on_words_that_are_gone_says_so(desk, side, says):
    remark(desk, side, says, quote="Warga")
    desk.change(lambda op: op.answer_text(ITEM, "id", richtext.normalise("<p>Lain</p>")))
    desk.settle()
    assert len(side.margin.cards) == 1


def test_answer_done_and_open_again_are_one_change_each(desk, side, says):
    made = remark(desk, side, says)
    says("RPJMD halaman 4")
    comments.answer(side, desk.session, made.id)
    (thread,) = comments.threads(desk.plan)
    assert [each.body for each in thread.answers] == ["RPJMD halaman 4"]
    comments.settle(desk.session, made, "done")
    desk.settle()
    assert comments.threads(desk.plan)[0].first.state == "done"
    assert not side.margin.isVisible()
    desk.session.undo()
    assert comments.threads(desk.plan)[0].first.state == "open"


def test_an_agreed_action_has_an_owner_and_a_day(desk, side, says):
    agency = desk.change(lambda op: op.insert("agency", name={"id": "Dinas Air"}, short_name="AIR"))
    says("Kerjakan", owner=agency, due="1 Maret 2027")
    choose(side, "Kota")
    side.editor.want_comment()
    made = desk.plan.comments[-1]
    assert (made.owner, made.due) == (agency, "2027-03-01")


def test_an_empty_remark_is_not_kept(desk, side, says):
    says("   ")
    side.editor.want_comment()
    assert desk.plan.comments == ()


def test_the_keyboard_walks_from_comment_to_comment(desk, side, says):
    remark(desk, side, says, "satu", "Kota")
    remark(desk, side, says, "dua", "Warga")
    assert side.margin.step(1)
    assert desk.window.focusWidget().thread_shown.first.body == "satu"
    side.margin.step(1)
    assert desk.window.focusWidget().thread_shown.first.body == "dua"
    assert side.editor.edit.textCursor().selectedText() == "Warga"


def test_all_comments_are_on_one_page_narrowed_by_state_and_lead_back(desk, side, says):
    remark(desk, side, says)
    page = desk.visit("comments")
    assert len(page.cards) == 1
    page.filter.setCurrentIndex(page.filter.findData("done"))
    page.filter.activated.emit(1)
    assert page.cards == []
    page.filter.setCurrentIndex(page.filter.findData(""))
    page.refresh()
    from PySide6.QtWidgets import QPushButton

    page.cards[0].findChildren(QPushButton)[-1].click()
    desk.settle()
    assert desk.window.workbench.stop.page == "chapter"


def test_a_mark_on_a_field_counts_and_takes_remarks(desk, says):
    desk.visit("profile")
    mark = comments.CommentMark(desk.session, Place("plan", field="title"))
    desk.qtbot.addWidget(mark)
    says("Judul terlalu panjang")
    mark.open()
    mark.refresh()
    assert mark.text() == "1"
    assert "1 catatan" in mark.accessibleName()


def test_who_remarks_sees_what_it_will_be_about(desk, monkeypatch):
    shown = []
    monkeypatch.setattr(comments.CommentDialog, "exec", lambda dialog: shown.append(dialog) or 0)
    whole = Place("plan", desk.session.workspace.plan_row)
    for place in (whole, Place("plan", field="title")):
        comments.add(desk.window, desk.session, place)
    said = [[label.text() for label in dialog.findChildren(QLabel)] for dialog in shown]
    assert "Mengenai: Seluruh dokumen" in said[0]
    assert "Mengenai: Daerah dan masa rencana" in said[1]


def test_a_mentor_may_remark_where_nothing_may_be_written(desk, side, says):
    side.editor.lock(locked=True)
    made = remark(desk, side, says)
    assert made.body == "Sumbernya?"


def test_what_was_just_typed_has_a_block_to_be_remarked_on(desk, side, says):
    side.editor.edit.moveCursor(QTextCursor.MoveOperation.End)
    desk.qtbot.keyClick(side.editor.edit, Qt.Key.Key_Return)
    desk.qtbot.keyClicks(side.editor.edit, "Baru")
    says("Bagus")
    side.editor.want_comment()
    desk.settle()
    last = richtext.parse(desk.plan.answer(ITEM).text.values["id"])[-1]
    assert (last.text, desk.plan.comments[-1].block) == ("Baru", last.id)
