"""The tables of the import dialog: the rows as they will be, and many questions answered at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableView, QWidget

from desktop.base import Message
from desktop.base.speech import number
from desktop.exchange import ImportPreview, Question
from desktop.exchange.drafts import IndicatorDraft, Planned, ProgrammeDraft
from desktop.exchange.flat import rupiah_for
from desktop.exchange.holding import STATES, State
from desktop.exchange.questions import LATER
from desktop.ui import theme, widgets
from desktop.ui.fading import fade
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.session import Session
from desktop.ui.speaker import Speech

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TEXTS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_STEP = "\N{NO-BREAK SPACE}" * 5
"""How far an activity stands to the right of its programme."""
_FIRST = 4
"""The first column with an amount."""
_HELD = ("programme", "what", "old", "new", "last")
_CELL = ("sheet", "column", "row", "header", "text")
CERTAINTY = {
    "": Message("ui.import.certainty.none"),
    "stated": Message("ui.import.certainty.stated"),
    "likely": Message("ui.import.certainty.likely"),
    "weak": Message("ui.import.certainty.weak"),
    "remembered": Message("ui.import.certainty.remembered"),
}


class _Model(QAbstractTableModel):
    """What both tables have in common: lines of texts below heads."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self.heads: list[Speech] = []
        self.numbers: frozenset[int] = frozenset()

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        return len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Horizontal and section < len(self.heads):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.session.say(self.heads[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _NUMBERS if section in self.numbers else _TEXTS
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.text(index.row(), index.column()).strip() or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBERS if index.column() in self.numbers else _TEXTS
        return None

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        raise NotImplementedError


class RowsModel(_Model):
    """Programmes and their activities as they will stand in the plan."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._rows: list[Planned] = []
        self._years: list[int] = []
        self._states: Mapping[str, State] = {}
        self._factor = 1

    def show_preview(
        self, preview: ImportPreview, factor: int, states: Mapping[str, State] | None = None
    ) -> None:
        """Show another reading of the file; ``factor`` is how many rupiah its amounts are counted in.

        ``states`` are what the programmes are to the plan.
        """
        self.beginResetModel()
        self._states = states or {}
        self._factor = factor
        self._rows = [row for draft in preview.programmes for row in (draft, *draft.activities)]
        self._years = sorted({year for draft in preview.programmes for year, _, _ in draft.amounts})
        self.heads = [
            Message("ui.import.head.state"),
            Message("ui.import.head.code"),
            Message("ui.import.head.title"),
            Message("ui.import.head.agency"),
            *(Message("ui.import.head.budget", year=str(year)) for year in self._years),
            Message("ui.import.head.indicator"),
            Message("ui.import.head.row"),
        ]
        self.numbers = frozenset(range(_FIRST, _FIRST + len(self._years)))
        self.endResetModel()

    def count(self, factor: int) -> None:
        """Show the amounts in another unit."""
        self._factor = factor
        self.layoutChanged.emit()

    def rowCount(self, _parent: Index = _NOWHERE) -> int:
        return len(self._rows)

    def text(self, row: int, column: int) -> str:
        planned = self._rows[row]
        language = self.session.speaker.language
        match column:
            case 0:
                state = self._states.get(planned.key) if isinstance(planned, ProgrammeDraft) else None
                return self.session.say(STATES[state]) if state else ""
            case 1:
                return planned.code
            case 2:
                return planned.title if isinstance(planned, ProgrammeDraft) else f"{_STEP}{planned.title}"
            case 3:
                return planned.agency
            case _ if column - _FIRST < len(self._years):
                amount = rupiah_for(planned, self._years[column - _FIRST], self._factor)
                return number(int(amount), language) if amount else ""
            case _ if column - _FIRST == len(self._years):
                return "; ".join(self._indicator(each) for each in planned.indicators.values())
            case _:
                return ", ".join(map(str, planned.rows[:3])) + ("…" if len(planned.rows) > 3 else "")

    def _indicator(self, draft: IndicatorDraft) -> str:
        language = self.session.speaker.language
        figures = [draft.baseline, *(value for _, value in sorted(draft.targets.items()))]
        said = [number(value, language) for value in figures if value is not None]
        unit = f" {draft.unit}" if draft.unit else ""
        if len(said) > 1:
            return f"{draft.name}: {said[0]} → {said[-1]}{unit}"
        return f"{draft.name}: {said[0]}{unit}" if said else draft.name


class _Asked(NamedTuple):
    """A question with the words that tell it from the others of its kind."""

    question: Question
    about: str


class AnswersModel(_Model):
    """Questions of one kind, one in a row, with the answer chosen and how certain the suggestion was."""

    def __init__(self, session: Session, parent: QWidget, answers: dict[str, str]) -> None:
        super().__init__(session, parent)
        self.answers = answers
        self.rows: list[_Asked] = []

    def ask(self, questions: list[Question], about: Message, answer: Message) -> None:
        """Ask these."""
        self.beginResetModel()
        self.rows = [_Asked(question, self._about(question)) for question in questions]
        self.heads = [about, answer, Message("ui.import.head.certainty")]
        self.endResetModel()

    def _about(self, question: Question) -> str:
        params = question.message.params
        if question.kind == "cells":
            return self.session.say(Message("ui.import.cell", **{name: params[name] for name in _CELL}))
        if question.kind == "held" and "last" not in params:
            return self.session.say(
                Message("ui.import.held_away", **{name: params[name] for name in _HELD[:2]})
            )
        if question.kind == "held":
            return self.session.say(Message("ui.import.held_value", **{name: params[name] for name in _HELD}))
        parts = [str(params[name]) for name in ("indicator", "programme", "header") if name in params]
        return " – ".join(parts)

    def rowCount(self, _parent: Index = _NOWHERE) -> int:
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        question, about = self.rows[row]
        if column == 0:
            return about
        answer = self.answers.get(question.id, "")
        if column == 1:
            label = next((each.label for each in question.options if each.id == answer), None)
            return self.session.say(label or Message("ui.value.none"))
        if answer == LATER or not question.suggestion:
            return self.session.say(CERTAINTY[""])
        if answer != question.suggestion:
            return self.session.say(Message("ui.import.certainty.yours"))
        if question.kind == "mapping" and not question.certainty:
            return self.session.say(CERTAINTY[""])  # nobody knows what this column says
        certainty = question.certainty or "likely"
        told = question.required or certainty == "remembered" or question.kind == "again"
        return self.session.say(CERTAINTY[certainty if told else "stated"])

    def answer(self, rows: list[int], answer: str) -> None:
        """The same answer to several questions."""
        for row in rows:
            self.answers[self.rows[row].question.id] = answer
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 2))


_TALLEST = 10_000
_ANSWER = 230
"""The least width of the column of answers; long ones take what the questions leave, or two fifths."""
_CERTAINTY = 140


class FittingTable(QTableView):
    """A table whose columns are fitted anew whenever it is given another width."""

    def __init__(self, fit: Callable[[], object]) -> None:
        super().__init__()
        self._fit = fit

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()


class Batch(QWidget):
    """Many questions of one kind: a table, and below it the answer for the rows that are chosen."""

    def __init__(
        self,
        session: Session,
        answers: dict[str, str],
        changed: Callable[[str], object],
        words: tuple[str, str, str],
        note: Message | None = None,
        lines: int = 1,
    ) -> None:
        """``lines`` is how many lines a question may take."""
        super().__init__()
        self._session, self._lines = session, lines
        self._changed = changed
        self._words = words
        layout = widgets.column(spacing=6)
        self.setLayout(layout)
        self.model = AnswersModel(session, self, answers)
        title, about, _ = words
        self.table = quieten(session, Message(title), self.model, FittingTable(self._fit))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setWordWrap(lines > 1)
        self.table.verticalHeader().setDefaultSectionSize(theme.grown(12 + 18 * lines))
        self.combo: QComboBox = QuietCombo()
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(36)
        name = widgets.label(session.speaker, Message("ui.import.answer_chosen"), "field")
        name.setBuddy(self.combo)
        widgets.call(session.speaker, self.combo, Message("ui.import.answer_chosen"))
        layout.addWidget(widgets.label(session.speaker, Message(title), "section", wrap=True))
        said = note or Message("ui.import.batch_note")
        layout.addWidget(widgets.label(session.speaker, said, "muted", wrap=True))
        layout.addWidget(self.table)
        answer = widgets.line(name, self.combo)
        answer.setStretchFactor(self.combo, 1)
        layout.addLayout(answer)
        layout.setStretchFactor(self.table, 1)
        self.combo.activated.connect(self._on_answer)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self._about = about
        self._same = True
        """Whether all questions have the same answers."""

    def ask(self, questions: list[Question]) -> None:
        """Ask these; the first is chosen."""
        _, about, answer = self._words
        self.model.ask(questions, Message(about), Message(answer))
        self._same = len({id(question.options) for question in questions}) <= 1
        self._offer(questions[:1])
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        self._fit()
        header.resizeSection(2, theme.grown(_CERTAINTY))
        self.setVisible(bool(questions))
        if questions:
            self.table.selectRow(0)

    def _fit(self) -> None:
        """Long answers are read without being pointed at, where there is room."""
        needed = self.table.sizeHintForColumn(1) + theme.grown(12)
        whole = self.table.viewport().width()
        spare = whole - self.table.sizeHintForColumn(0) - theme.grown(12 + _CERTAINTY)
        wide = max(theme.grown(_ANSWER), min(needed, max(whole * 2 // 5, spare)))
        self.table.horizontalHeader().resizeSection(1, wide)
        if self._lines > 1:
            # the first column gets its width only after this
            QTimer.singleShot(0, self, self._heighten)
        self._fit_height()

    def _heighten(self) -> None:
        """Every line of a question is read, however large the letters."""
        metrics, down = self.table.fontMetrics(), self.table.verticalHeader()
        wraps = Qt.TextFlag.TextWordWrap
        for row in range(len(self.model.rows)):
            rooms = ((self.table.columnWidth(column) - theme.grown(26), column) for column in (0, 1))
            needed = (
                metrics.boundingRect(0, 0, wide, _TALLEST, wraps, self.model.text(row, column)).height()
                for wide, column in rooms
            )
            down.resizeSection(row, max(*needed, down.defaultSectionSize() // 2) + theme.grown(12))
        self._fit_height()

    def _fit_height(self) -> None:
        header, down = self.table.horizontalHeader(), self.table.verticalHeader()
        rows = len(self.model.rows)
        shown = [down.sectionSize(row) for row in range(min(rows, 9 if self._lines == 1 else 5))]
        room = header.sizeHint().height() + 2 * self.table.frameWidth()
        self.table.setFixedHeight(room + (sum(shown) or down.defaultSectionSize()))

    @property
    def chosen(self) -> list[int]:
        """The rows that are chosen."""
        return [index.row() for index in self.table.selectionModel().selectedRows()]

    def _offer(self, questions: list[Question]) -> None:
        """Offer the answers that all these questions have."""
        offered = questions[0].options if questions else ()
        shared = [each for each in offered if all(each.id in _ids(question) for question in questions[1:])]
        self.combo.clear()
        self.combo.addItem(self._session.say(Message("ui.value.none")), "")
        for option in shared:
            self.combo.addItem(self._session.say(option.label), option.id)

    def _on_selected(self) -> None:
        rows = self.chosen
        if rows and not self._same:
            self._offer([self.model.rows[row].question for row in rows])
        answers = {self.model.answers.get(self.model.rows[row].question.id, "") for row in rows}
        self.combo.setEnabled(bool(rows))
        self.combo.setCurrentIndex(self.combo.findData(answers.pop()) if len(answers) == 1 else -1)

    def _on_answer(self, row: int) -> None:
        chosen = self.chosen
        self.model.answer(chosen, str(self.combo.itemData(row) or ""))
        self._changed(self.model.rows[chosen[0]].question.id if chosen else "")


def _ids(question: Question) -> set[str]:
    return {option.id for option in question.options}


_Table = TypeVar("_Table", bound=QTableView)


def quieten(session: Session, name: Message, model: QAbstractItemModel, made: _Table) -> _Table:
    """Make a table a quiet one: only read, rows of one height, chosen as a whole, Tab leaves it."""
    widgets.call(session.speaker, made, name)
    made.setModel(model)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setTabKeyNavigation(False)
    made.setWordWrap(False)
    made.setAlternatingRowColors(True)
    made.setShowGrid(False)
    made.verticalHeader().hide()
    fade(made)
    made.verticalHeader().setDefaultSectionSize(theme.grown(30))
    made.horizontalHeader().setHighlightSections(False)
    made.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    return made
