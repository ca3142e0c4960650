"""An answer from a conversation is pasted into a text field, with who said it, when and where."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu

from desktop.base import richtext
from desktop.ui.dialogs import quoting
from desktop.ui.dialogs.quoting import QuoteDialog
from desktop.ui.fields import editor as editors
from desktop.ui.fields.box import FieldBox
from desktop.ui.grid.table import CellTable
from desktop.ui.journey import Journey
from desktop.ui.questions import chapter_field
from desktop.ui.registers import AnswerRegister
from desktop.workspace.provenance import Manner
from tests.exchange.agency_workbook.books import LABEL

SAID = "[09.15, 20/11/2026] Bu Rina: Air bersih sampai rumah."


@pytest.fixture
def box(desk):
    """The field of the public service of a programme."""
    with desk.session.workspace.operation(LABEL) as op:
        wells = op.insert("programme", title={"id": "Sumur"}, service={"id": "Air."})
    page = desk.visit("programmes", wells)
    found = [each for each in page.findChildren(FieldBox) if each.field.id == "service"]
    return found[0]


def menu_of(box, monkeypatch):
    shown = []
    monkeypatch.setattr(editors, "show_menu", lambda menu, _where: shown.extend(menu.actions()))
    box.bindings[0].editor._open_menu(QMenu(box), QPoint())
    return [action.text() for action in shown if action.text()]


@pytest.mark.slow
def test_the_menu_of_a_text_offers_it(desk, box, monkeypatch):
    assert "Tempel jawaban dari percakapan…" in menu_of(box, monkeypatch)
    years = next(each for each in box.window().findChildren(FieldBox) if each.field.type == "year")
    assert "Tempel jawaban dari percakapan…" not in menu_of(years, monkeypatch)


@pytest.mark.slow
def test_what_was_said_is_read_from_the_clipboard_and_written_with_its_source(desk, box, monkeypatch):
    QApplication.clipboard().setText(SAID)
    seen = []

    def answer(dialog):
        seen.append(
            (dialog.said.toPlainText(), dialog.who.text(), dialog.day.text(), dialog.app.currentText())
        )
        assert dialog.below.isChecked()
        return QuoteDialog.DialogCode.Accepted

    monkeypatch.setattr(QuoteDialog, "exec", answer)
    box.bindings[0].editor.quote_wanted.emit()
    desk.settle()
    assert seen == [("Air bersih sampai rumah.", "Bu Rina", "20 November 2026", "WhatsApp")]
    (programme,) = desk.session.plan.programmes
    assert programme.service.values["id"] == "Air.\nAir bersih sampai rumah."
    register = ("programme", programme.id, "service")
    told = desk.session.workspace.provenance([register])[register]
    assert (told.manner, told.detail) == (Manner.QUOTED, "WhatsApp, Bu Rina, 20 November 2026")
    desk.session.undo()
    assert desk.session.plan.programmes[0].service.values["id"] == "Air."


@pytest.mark.slow
def test_nothing_is_pasted_without_words_or_a_name(desk, box, qtbot):
    QApplication.clipboard().setText("")
    dialog = QuoteDialog(desk.session, box.field, "", desk.window)
    qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled()
    dialog.said.setPlainText("Tiga loket")
    assert not dialog.ok.isEnabled()
    dialog.who.setText("Bu Rina")
    assert dialog.ok.isEnabled()
    dialog.day.setText("kemarin dulu")
    assert not dialog.ok.isEnabled()
    assert quoting.KIND == "quote"


@pytest.fixture
def chapter(desk):
    """A chapter of two paragraphs, as an agency has it on its page."""
    text = '<p id="satu">Air <b>bersih</b>.</p>\n<p id="dua">Sampai rumah.</p>'
    desk.change(lambda op: op.answer_text("chapter.A.start", "id", text))
    field = chapter_field(Journey(desk.session.pack).within("A.start")[0])
    box = FieldBox(desk.session, field, AnswerRegister(field, "chapter.A.start"))
    desk.qtbot.addWidget(box)
    return box, text


@pytest.mark.parametrize("below", [True, False])
def test_a_text_keeps_its_paragraphs_and_below_them_its_marks(desk, chapter, monkeypatch, below):
    box, text = chapter
    QApplication.clipboard().setText("[09.15, 20/11/2026] Bu Rina: Sampai kebun.")

    def answer(dialog):
        dialog.below.setChecked(below)
        return QuoteDialog.DialogCode.Accepted

    monkeypatch.setattr(QuoteDialog, "exec", answer)
    box.bindings[0].editor.quote_wanted.emit()
    desk.settle()
    written = desk.plan.answer("chapter.A.start").text.values["id"]
    assert richtext.plain_text(written).endswith("Sampai kebun.")
    assert written.startswith(f"{text}\n<p id=" if below else '<p id="satu">Sampai kebun.')


def test_a_cell_of_a_worksheet_takes_it_too(desk, monkeypatch):
    page = desk.visit("worksheet", "wishes")
    table = page.findChildren(CellTable)[0]
    QApplication.clipboard().setText(SAID)
    monkeypatch.setattr(QuoteDialog, "exec", lambda _dialog: QuoteDialog.DialogCode.Accepted)
    wish, cost = (
        next(
            table.cells.index(table.cells.rowCount() - 1, column)
            for column in range(table.cells.columnCount())
            if table.cells.column_key(column) == name
        )
        for name in ("wish", "cost")
    )
    table.setCurrentIndex(cost)
    assert "Tempel jawaban dari percakapan…" not in [each.text() for each in table.menu().actions()]
    table.setCurrentIndex(wish)
    action = next(each for each in table.menu().actions() if each.text() == "Tempel jawaban dari percakapan…")
    action.trigger()
    desk.settle()
    (row,) = desk.session.plan.rows["wishes"]
    assert row.cells["wish"].text.values["id"] == "Air bersih sampai rumah."
    (change,) = desk.session.workspace.recent(1)
    assert change.kind == "quote"
