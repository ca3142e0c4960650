"""As a mentor would: open, see what changed, comment five times, print the visit record."""

import pikepdf
import pytest

from desktop.base import Message, richtext
from desktop.ui import comments
from desktop.ui.reviewing import visits
from desktop.workspace import Author, Workspace
from tests.reviewers import make_for

SAID = ("Layanannya apa?", "Sumbernya?", "Halaman ini baik.", "Bab ini terlalu pendek.", "Secara umum siap.")


@pytest.fixture
def says(monkeypatch):
    """What is written into the next comment dialogs, one after the other, the first as an agreed action."""
    left = list(SAID)

    def fill(dialog):
        dialog.body.setPlainText(left.pop(0))
        if len(left) == len(SAID) - 1:
            dialog.owner.setCurrentIndex(1)
            dialog.due.setText("1 Maret 2027")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(comments.CommentDialog, "exec", fill)
    return left


@pytest.mark.slow
def test_a_visit_from_opening_to_the_printed_record(desk, says, monkeypatch, tmp_path):
    desk.change(lambda op: op.insert("agency", name={"id": "Dinas Air"}, short_name="AIR"))
    html = richtext.normalise("<p>Kota di tepi sungai</p>")
    desk.change(lambda op: op.answer_text("chapter.A.start", "id", html))
    path = desk.session.workspace.path
    desk.session.leave()
    # the mentor was here before; the team went on; the copy comes again
    with Workspace.open(path, author=Author("Rina", "mentor")) as workspace:
        from desktop.exchange.newness import mark_seen

        mark_seen(workspace)
    with Workspace.open(path, author=Author("Sari", "secretary")) as workspace:
        with workspace.operation(Message("workspace.label.resolve")) as op:
            op.answer("town.mayor", "Budi")
        make_for(workspace, "mentor")
    desk.session.remember(name="Rina", role="mentor")
    # open, and see what changed
    desk.session.open(path)
    desk.settle()
    page = desk.window.workbench.current
    page.finish()
    page.changes.first.click()
    desk.settle()
    # comment five times: at the field, at words, at a page, at a heading of the book, on everything
    form = desk.window.workbench.current
    form.complete()
    desk.box(form, "mayor").spoken.review.remark.click()
    side = desk.visit("chapter", "A.start").sides[0]
    side.editor.edit.setTextCursor(side.editor.edit.document().find("tepi sungai"))
    side.review.remark.click()
    desk.window.workbench.header.remarks.click()
    desk.session.remember(view="book")
    desk.visit("chapter", "A.start").remarks.click()
    desk.session.remember(view="fields")
    home = desk.visit("review")
    home.open.whole.click()
    desk.settle()
    assert not says
    assert [each.body for each in desk.plan.comments] == list(SAID)
    assert desk.plan.comments[1].quote == "tepi sungai"

    # the visit, and its record on paper
    def visit(dialog):
        dialog.place.setText("Aula Bappeda")
        dialog.came.setPlainText("Budi")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(visits.VisitDialog, "exec", visit)
    home.visits.new.click()
    desk.settle()
    card = home.visits.record
    card.print("record")
    desk.qtbot.waitUntil(lambda: card.made is not None, timeout=60_000)
    with pikepdf.open(card.made) as pdf:
        assert len(pdf.pages) >= 1
    assert desk.said == []
