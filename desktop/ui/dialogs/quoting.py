"""Paste an answer from a conversation into a text field: what was said, by whom, when, in which app."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLineEdit, QPlainTextEdit, QWidget

from desktop.base import Message, clock, richtext
from desktop.exchange.quoting import APPS, KIND, Quote, recognise
from desktop.exchange.quoting import label as quoted
from desktop.exchange.values import NotUnderstood, parse, show
from desktop.ui import theme
from desktop.ui.dialogs.ask import Ask
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.grid.source import name_of
from desktop.ui.helping.asking import offer_help

if TYPE_CHECKING:
    from desktop.guideline.pack import Field
    from desktop.ui.fields.binding import Binding
    from desktop.ui.grid.table import CellTable
    from desktop.ui.session import Session


def quote_into(parent: QWidget, session: Session, binding: Binding, field: Field) -> None:
    """Ask for the answer and its source, write it as one operation that tells where it comes from."""
    session.drafts.flush()
    stands = _stands(session, binding)
    told = ask_quote(parent, session, field, stands)
    if told is not None:
        quote, below = told
        write_quote(session, binding, field, quote, put_down(field, stands, quote.text, below=below))


def quote_cell(table: CellTable) -> None:
    """The same for the current cell of a grid."""
    session, index = table.session, table.currentIndex()
    session.drafts.flush()
    field = table.cells.quotable(index.row(), index.column())
    if field is None:
        return
    stands = table.cells.text(index.row(), index.column())
    told = ask_quote(table, session, field, stands)
    if told is not None:
        quote, below = told
        text = f"{stands.rstrip()}\n{quote.text}" if below else quote.text  # a cell keeps bare words
        label = quoted(name_of(field), quote.source(session.source))
        table.cells.quote(index.row(), index.column(), text, label)


def ask_quote(parent: QWidget, session: Session, field: Field, before: str) -> tuple[Quote, bool] | None:
    """What was said, and whether it goes below what stands there; None when the person changed their mind."""
    dialog = QuoteDialog(session, field, before, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    quote, below = dialog.quote, dialog.below.isChecked()
    dialog.deleteLater()
    return (quote, below) if accepted else None


def put_down(field: Field, stands: str, said: str, *, below: bool) -> str:
    """What a field says when something that was said is written into it.

    Below a text with marks nothing of it changes; in its place the paragraphs stay the ones they are, so
    that remarks and other people's changes still meet them.
    """
    if field.type != "rich_text":
        return f"{stands.rstrip()}\n{said}" if below else said
    new = richtext.from_plain(said)
    if not below:
        return richtext.rewritten(new, stands)
    fresh = (replace(block, id="") for block in richtext.parse(new))
    return richtext.serialise([*richtext.parse(stands), *fresh])


def write_quote(session: Session, binding: Binding, field: Field, quote: Quote, value: str) -> None:
    """Write what was said, with its source."""
    label = quoted(name_of(field), quote.source(session.source))

    def work() -> None:
        with session.change(label, kind=KIND) as operation:
            if binding.language:
                binding.register.write(operation, binding.language, value)
            else:
                binding.register.put(operation, value)

    session.attempt(work)


def _stands(session: Session, binding: Binding) -> str:
    """What stands in the field now, as it is kept."""
    if binding.language:
        return binding.register.text(session.plan).values.get(binding.language) or ""
    return str(binding.register.value(session.plan) or "")


class QuoteDialog(Ask):
    """What lies on the clipboard is read already: who said it and when are filled in where it tells."""

    def __init__(self, session: Session, field: Field, before: str, parent: QWidget) -> None:
        title = Message("ui.quote.title", field=name_of(field))
        super().__init__(session, title, Message("ui.quote.accept"), parent)
        offer_help(self, "agency-workbooks")
        speaker = session.speaker
        self.said = QPlainTextEdit()
        self.said.setTabChangesFocus(True)
        self.said.setMinimumHeight(theme.grown(120))
        self.field(Message("ui.quote.text"), self.said)
        self.who = QLineEdit()
        self.field(Message("ui.quote.who"), self.who)
        self.day = QLineEdit()
        self.field(Message("ui.quote.when"), self.day)
        self.app = QuietCombo()
        self.app.setEditable(True)
        self.app.addItems(APPS)
        self.field(Message("ui.quote.app"), self.app)
        self.below = QCheckBox()
        speaker.tie(self.below, QCheckBox.setText, Message("ui.quote.below"))
        self.below.setChecked(bool(before.strip()))
        self.below.setVisible(bool(before.strip()))
        self.body.addWidget(self.below)
        for signal in (self.said.textChanged, self.who.textChanged, self.day.textChanged):
            signal.connect(self._look)
        self.paste(QApplication.clipboard().text())

    def paste(self, text: str) -> None:
        """Take what was copied in a conversation."""
        found = recognise(text)
        self.said.setPlainText(found.text)
        self.who.setText(found.who)
        self.day.setText(
            show(
                "date",
                found.day or clock.today(self.session.plan.region.code).isoformat(),
                self.session.speaker.language,
            )
        )
        self.app.setCurrentText(found.app or APPS[0])
        self._look()

    def _day(self) -> str | None:
        """The day as it is kept; None where what is written is none."""
        try:
            return str(parse("date", self.day.text()) or "")
        except NotUnderstood:
            return None

    @property
    def quote(self) -> Quote:
        """What was said, by whom, when and where."""
        said = self.said.toPlainText().strip()
        return Quote(said, self.who.text().strip(), self._day() or "", self.app.currentText().strip())

    def _look(self) -> None:
        day = self._day()
        theme.mark(self.day, invalid=day is None)
        self.ok.setEnabled(
            bool(self.said.toPlainText().strip() and self.who.text().strip()) and day is not None
        )
