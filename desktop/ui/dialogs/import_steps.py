"""The three steps of an import: what was found, what is open, and what taking it over will do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QWidget,
)  # fmt: skip

from desktop.base import Message
from desktop.exchange import ImportPreview, Question
from desktop.exchange.amounts import Figures
from desktop.exchange.counting import counted
from desktop.exchange.holding import Held, gone_sentence, kept_sentence
from desktop.exchange.programmes import known_by
from desktop.exchange.questions import LATER
from desktop.exchange.telling import factor_of, left_over, sheet_sentence, summary, sums
from desktop.ui import theme, widgets
from desktop.ui.dialogs.import_tables import Batch, FittingTable, RowsModel, quieten
from desktop.ui.dialogs.scrolled import Scrolled
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.session import Session
from desktop.ui.whole_rows import wrapping

BATCHES = {
    "cells": ("ui.import.cells", "ui.import.head.cell", "ui.import.head.meaning"),
    "again": ("ui.import.again", "ui.import.head.programme", "ui.import.head.again"),
    "dimension": ("ui.import.dimensions", "ui.import.head.programme", "ui.import.head.dimension"),
    "direction": ("ui.import.directions", "ui.import.head.indicator", "ui.import.head.direction"),
    "mapping": ("ui.import.columns", "ui.import.head.column", "ui.import.head.says"),
}
"""Kinds of questions that come in hundreds: their heading, and the names of the first two columns."""
HELD = ("ui.import.held", "ui.import.head.value", "ui.import.head.right")
"""The heading over values that both the list and the team changed, and the names of the first two columns."""
SUMS = 10
"""How many sums are told one by one before the rest is only counted."""
_TITLES = 2
"""The column of the programmes' names."""
TOLD = 400
"""How many differences and cells are listed; more are only counted."""


class FoundPage(Scrolled):
    """The sheets, the rows as they will be, and what was noticed while reading."""

    def __init__(
        self, session: Session, choose: Callable[[list[str]], object], forget: Callable[[], object]
    ) -> None:
        super().__init__()
        self._session = session
        self._choose = choose
        speaker = session.speaker
        self.summary = widgets.label(speaker, "", "purpose", wrap=True)
        self._sheets_name = widgets.label(speaker, Message("ui.import.sheets"), "field", wrap=True)
        self.sheets = QListWidget()
        widgets.call(speaker, self.sheets, Message("ui.import.sheets"))
        self._sheets_name.setBuddy(self.sheets)
        self.sheets.itemChanged.connect(self._on_sheet)
        self.model = RowsModel(session, self)
        self.table = quieten(session, Message("ui.import.rows"), self.model, FittingTable(self._spread))
        self.table.setMinimumHeight(theme.grown(190))
        self.notes = widgets.column(spacing=4)
        self.show_left = widgets.button(speaker, Message("ui.import.left", n=0), self._on_left, look="quiet")
        self.forget = widgets.button(speaker, Message("ui.import.forget"), forget, look="quiet")
        self.left = QListWidget()
        wrapping(self.left)
        self.left.setMinimumHeight(theme.grown(150))
        widgets.call(speaker, self.left, Message("ui.import.left_name"))
        self.left.hide()
        for part in (self.summary, self._sheets_name, self.sheets):
            self.box.addWidget(part)
        self.box.addWidget(self.table, 1)
        self.box.addLayout(self.notes)
        self.box.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(self.show_left, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(self.left)

    def show_preview(self, preview: ImportPreview, answers: dict[str, str], held: Held) -> None:
        """Show what a reading of the file gave, and what it is to the plan."""
        self.model.show_preview(preview, factor_of(preview, answers), held.states)
        self._show_sheets(preview)
        self.forget.setVisible(preview.recalled is not None)
        self._show_columns()
        self.count(preview, answers)
        left = list(left_over(preview))
        self.left.clear()
        self.left.addItems([self._session.say(message) for message in left[:TOLD]])
        self.left.hide()
        self.show_left.setVisible(bool(left))
        speaker = self._session.speaker
        speaker.tie(self.show_left, type(self.show_left).setText, Message("ui.import.left", n=len(left)))

    def count(self, preview: ImportPreview, answers: dict[str, str]) -> None:
        """Say the sums, in the unit that is chosen."""
        speaker = self._session.speaker
        self.model.count(factor_of(preview, answers))
        speaker.tie(self.summary, QLabel.setText, summary(preview, answers))
        widgets.empty(self.notes)
        for region, rows in preview.other_regions.items():
            self._note(Message("ui.import.other", n=rows, region=region), "info", "muted")
        for message in preview.notes:
            self._note(message, "info", "muted")
        told = list(sums(preview, answers))
        if len(told) > SUMS:
            told = [*told[:SUMS], Message("ui.import.more_sums", n=len(told) - SUMS)]
        for message in told:
            agrees = message.id == "exchange.sums.agree"
            self._note(message, "circle-check" if agrees else "triangle-alert", "good" if agrees else "warn")

    def _note(self, message: Message, icon: str, look: str) -> None:
        text = widgets.label(self._session.speaker, message, look, wrap=True)
        self.notes.addLayout(widgets.line(widgets.picture(icon, look, 16), text, 1))

    def _show_sheets(self, preview: ImportPreview) -> None:
        self.sheets.blockSignals(True)
        self.sheets.clear()
        for sheet in preview.sheets:
            item = QListWidgetItem(self._session.say(sheet_sentence(sheet)))
            item.setData(Qt.ItemDataRole.UserRole, sheet.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if sheet.chosen else Qt.CheckState.Unchecked)
            self.sheets.addItem(item)
        self.sheets.blockSignals(False)
        several = len(preview.sheets) > 1
        self.sheets.setVisible(several)
        self._sheets_name.setVisible(several)
        self.sheets.setFixedHeight(theme.grown(34) * min(len(preview.sheets), 4) + 6)

    def _show_columns(self) -> None:
        header = self.table.horizontalHeader()
        last = self.model.columnCount() - 1
        widths = {
            0: (90, 200),
            1: (100, 100),
            2: (300, 300),
            3: (150, 240),
            last - 1: (120, 300),
            last: (80, 80),
        }
        for column in range(last + 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            least, most = (theme.grown(each) for each in widths.get(column, (124, 124)))
            wide = self.table.sizeHintForColumn(column) + theme.grown(8) if least < most else least
            header.resizeSection(column, max(least, min(wide, most)))
        self._spread()

    def _spread(self) -> None:
        """Titles are the longest: they take the room that the others leave."""
        header = self.table.horizontalHeader()
        free = self.table.viewport().width() - header.length()
        if free > 0 and self.model.columnCount():
            header.resizeSection(_TITLES, header.sectionSize(_TITLES) + free)

    def _on_sheet(self) -> None:
        items = [self.sheets.item(row) for row in range(self.sheets.count())]
        chosen = [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]
        if chosen:
            self._choose(chosen)
        else:
            # A list of nothing is no list: the last one stays.
            self.sheets.blockSignals(True)
            items[max(0, self.sheets.currentRow())].setCheckState(Qt.CheckState.Checked)
            self.sheets.blockSignals(False)

    def _on_left(self) -> None:
        self.left.setVisible(not self.left.isVisible())
        if self.left.isVisible():
            self.left.setFocus()
            # only when it has its place
            once = Qt.ConnectionType.SingleShotConnection
            self.verticalScrollBar().rangeChanged.connect(self._see_left, once)

    def _see_left(self) -> None:
        if self.left.isVisible():
            self.ensureVisible(0, self.left.geometry().bottom(), 0, 4)


class OpenPage(Scrolled):
    """The questions: those about the whole list one by one, those about programmes in tables."""

    def __init__(
        self,
        session: Session,
        answers: dict[str, str],
        answered: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._session = session
        self._answers = answers
        self._answered = answered
        self.combos: dict[str, QComboBox] = {}
        self.state = widgets.label(session.speaker, "", "purpose", wrap=True)
        self._asked = widgets.column(spacing=6)
        self.batches = {kind: Batch(session, answers, answered, words) for kind, words in BATCHES.items()}
        self.box.addWidget(self.state)
        self.box.addLayout(self._asked)
        for batch in self.batches.values():
            self.box.addWidget(batch)
        self.box.addStretch(1)

    @property
    def first(self) -> QWidget:
        """Where the keyboard begins."""
        single = next(iter(self.combos.values()), None)
        return single or next(
            (batch.table for batch in self.batches.values() if batch.model.rows),
            self.batches["dimension"].table,
        )

    def ask(self, preview: ImportPreview) -> None:
        """Ask what this reading of the file leaves open."""
        widgets.empty(self._asked)
        self.combos = {}
        for question in preview.questions:
            if question.kind not in BATCHES:
                self._ask(question)
        for kind, batch in self.batches.items():
            batch.ask([question for question in preview.questions if question.kind == kind])

    def tell(self, missing: int) -> None:
        """Say how many answers are still missing."""
        message = Message("ui.import.open", n=missing) if missing else Message("ui.import.all_answered")
        self._session.speaker.tie(self.state, QLabel.setText, message)

    def _ask(self, question: Question) -> None:
        speaker = self._session.speaker
        name = widgets.label(speaker, question.message, "field", wrap=True)
        combo = QuietCombo()
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.addItem(self._session.say(Message("ui.value.none")), "")
        for option in question.options:
            combo.addItem(self._session.say(option.label), option.id)
        combo.setCurrentIndex(max(0, combo.findData(self._answers.get(question.id, ""))))
        combo.activated.connect(lambda _row, question=question: self._on_answer(question))
        name.setBuddy(combo)
        widgets.call(speaker, combo, question.message)
        self.combos[question.id] = combo
        self._asked.addWidget(name)
        self._asked.addWidget(combo)
        if question.hint is not None:
            self._asked.addWidget(widgets.label(speaker, question.hint, "muted", wrap=True))

    def _on_answer(self, question: Question) -> None:
        self._answers[question.id] = str(self.combos[question.id].currentData() or "")
        self._answered(question.id)


class TakingPage(Scrolled):
    """What will be new, what will change, what is doubtful, and that it can be undone."""

    def __init__(self, session: Session, answers: dict[str, str], answered: Callable[[str], object]) -> None:
        super().__init__()
        self._session = session
        self.new = 0
        """How many programmes it would add."""
        self.held = Batch(session, answers, answered, HELD, Message("ui.import.held_note"), lines=2)
        self.lines = widgets.column(spacing=8)
        self.changes = QListWidget()
        wrapping(self.changes)
        self._changes_name = widgets.label(session.speaker, Message("ui.import.changes"), "field")
        self._changes_name.setBuddy(self.changes)
        widgets.call(session.speaker, self.changes, Message("ui.import.changes"))
        self.box.addLayout(self.lines)
        self.box.addWidget(self.held)
        self.box.addWidget(self._changes_name)
        self.box.addWidget(self.changes, 1)
        self.box.addStretch(0)

    def show_preview(self, preview: ImportPreview, answers: dict[str, str], held: Held) -> None:
        """Tell what taking the list over will do."""
        plan, speaker = self._session.plan, self._session.speaker
        given = {key: value for key, value in answers.items() if value}
        known = known_by(preview, given, plan)
        wanted, figures = preview.wanted(given), Figures(given)
        new = [draft for draft in wanted if draft.key not in known]
        self.new = len(new)
        widgets.empty(self.lines)
        says = [("plus", Message("ui.import.will_add", n=len(new)))] if new or not known else []
        activities = sum(len(figures.activities(draft)) for draft in new)
        indicators = sum(len(draft.indicators) for draft in new)
        if activities or indicators:
            what = counted(activities=activities, indicators=indicators)
            says.append(("list", Message("ui.import.with_them", n=len(new), what=what)))
        if held.changed:
            of, changes = {each.programme.id for each in held.changed}, counted(changes=len(held.changed))
            says.append(("pen-line", Message("ui.import.will_update", n=len(of), changes=changes)))
        elif known:
            says.append(("circle-check", Message("ui.import.as_it_is", n=len(known))))
        if held.kept:
            says.append(("users", Message("ui.import.will_keep", n=len(held.kept))))
        if left := len(preview.programmes) - len(wanted):
            says.append(("users", Message("ui.import.will_leave", n=left)))
        if held.gone:
            says.append(("info", Message("ui.import.gone", n=len(held.gone))))
        if held.doubtful:
            says.append(("triangle-alert", Message("ui.import.doubtful", n=len(held.doubtful))))
        if preview.new_agencies:
            names = ", ".join(preview.new_agencies[:12])
            says.append(
                (
                    "building-2",
                    Message("ui.import.will_add_agencies", n=len(preview.new_agencies), names=names),
                )
            )
        undecided = sum(
            given.get(each.id, LATER) == LATER for each in preview.questions if each.kind == "dimension"
        )
        if undecided:
            says.append(("circle-dashed", Message("ui.import.undecided", n=undecided)))
        nothing = not (new or held.changed or held.doubtful or preview.new_agencies)
        says.append(
            ("info", Message("ui.import.nothing_to_do"))
            if nothing
            else ("undo-2", Message("ui.import.one_change"))
        )
        for icon, message in says:
            text = widgets.label(speaker, message, wrap=True)
            self.lines.addLayout(widgets.line(widgets.picture(icon, "primary", 18), text, 1))
        self.changes.clear()
        told = [*(change.message for change in held.changed), *map(kept_sentence, held.kept)]
        told += map(gone_sentence, held.gone)
        self.changes.addItems([self._session.say(message) for message in told[:TOLD]])
        self.changes.setVisible(bool(told))
        self._changes_name.setVisible(bool(told))
        self.held.ask(list(held.questions))
