"""One case on a card: the sides with who and when, what was before, and every way to settle it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.base import Message
from desktop.base.canonical import canonical_text
from desktop.exchange.values import NotUnderstood
from desktop.ui import theme, widgets
from desktop.ui.differing.money import MoneyTable
from desktop.ui.differing.saying import WORDY, by, name_case, plain, row_sentences, value
from desktop.ui.differing.sentences import SentenceChooser
from desktop.ui.fields.editor import Editor
from desktop.ui.fields.editors import editor_for
from desktop.ui.kinds import TABLES
from desktop.ui.reviewing.diff import DiffLabel
from desktop.workspace.cases import LETTERS
from desktop.workspace.entitled import decision
from desktop.workspace.resolving import Decision

if TYPE_CHECKING:
    from desktop.base.canonical import Json
    from desktop.ui.session import Session
    from desktop.workspace.cases import Case, Side

BESIDE = 3
"""So many short sides stand beside each other; more, and long ones, below each other."""


class CaseCard(QWidget):
    """Everything about one case; ``settle`` takes the decisions, ``go`` leads to the field."""

    def __init__(
        self,
        session: Session,
        case: Case,
        settle: Callable[[list[Decision]], object],
        go: Callable[[], object] | None = None,
        why_not: Message | None = None,
    ) -> None:
        super().__init__()
        self._session, self.case, self._settle = session, case, settle
        self.why_not = why_not
        self.known, self.title = name_case(session, case)
        self.editor: Editor | None = None
        self.chooser: SentenceChooser | None = None
        self.takes: list[QWidget] = []
        """The buttons that settle by one side, in the order of the sides."""
        speaker = session.speaker
        self._layout = widgets.column(spacing=12)
        self.setLayout(self._layout)
        head = widgets.line(widgets.label(speaker, self.title, "section", wrap=True), 1)
        if go is not None:
            open_ = widgets.button(speaker, Message("ui.differing.go"), go, icon="arrow-right", look="quiet")
            head.addWidget(open_, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(head)
        if why_not is not None:
            note = widgets.line(widgets.picture("lock", "warn", 15))
            note.addWidget(widgets.label(speaker, why_not, "warn", wrap=True), 1)
            self._layout.addLayout(note)
        if case.whole_row:
            self._show_row()
        else:
            self._show_values()
        self._said = widgets.label(speaker, "", "bad", wrap=True)
        self._said.hide()
        self._layout.addWidget(self._said)

    @property
    def may(self) -> bool:
        """Whether whoever works here may settle it."""
        return self.why_not is None and not self._session.read_only

    # -- a field --------------------------------------------------------------------------------
    def _show_values(self) -> None:
        case, session = self.case, self._session
        columns = [self._base(), *(self._side(n, side) for n, side in enumerate(case.sides))]
        if len(case.sides) < BESIDE and not self._wordy():
            row = widgets.line(spacing=12)
            for each in columns:
                row.addWidget(each, 1)
            self._layout.addLayout(row)
        else:
            for each in columns:
                self._layout.addWidget(each)
        if case.money is not None:
            self._layout.addWidget(MoneyTable(session, case.money))
        if case.text is not None:
            title = Message("ui.differing.by_sentence", n=len(case.text.clashes))
            self._layout.addWidget(widgets.label(session.speaker, title, "section", wrap=True))
            self.chooser = SentenceChooser(session, case.text)
            self.chooser.setEnabled(self.may)
            self.chooser.refresh()
            self.chooser.chosen.connect(self.settle)
            self._layout.addWidget(self.chooser)
        self.other = self._button(Message("ui.differing.other"), self.write_another, look="quiet")
        self._layout.addLayout(widgets.line(self.other, 1))

    def _wordy(self) -> bool:
        """Whether it is a text that wants the whole width."""
        texts = [side.value for side in self.case.sides if isinstance(side.value, str)]
        return any(len(text) > 2 * WORDY for text in texts)

    def _base(self) -> QWidget:
        """What stood there before they parted, in grey."""
        session, case = self._session, self.case
        frame, inside = _frame()
        inside.addWidget(widgets.label(session.speaker, Message("ui.differing.base"), "muted"))
        said = value(session, self.known, case.base)
        inside.addWidget(widgets.label(session.speaker, said, "muted", wrap=True))
        inside.addStretch(1)
        return frame

    def _side(self, place: int, side: Side) -> QWidget:
        session, case, speaker = self._session, self.case, self._session.speaker
        frame, inside = _frame()
        letter = widgets.label(speaker, LETTERS[place])
        widgets.chip(letter, "info")
        head = widgets.line(letter, spacing=6)
        if not side.deletes and canonical_text(side.value) == canonical_text(case.shown):
            shown = widgets.label(speaker, Message("ui.differing.shown"))
            widgets.chip(shown, "good")
            head.addWidget(shown)
        head.addStretch(1)
        inside.addLayout(head)
        inside.addWidget(self._said_by(side))
        for writer in side.writers:
            inside.addWidget(widgets.label(speaker, by(session, writer), "muted", wrap=True))
        inside.addStretch(1)
        said = "" if side.deletes else value(session, self.known, side.value)
        name = Message("ui.differing.take", letter=LETTERS[place])
        take = self._button(name, partial(self.take, place))
        about = Message("ui.differing.take_what", letter=LETTERS[place], value=said[:80])
        widgets.call(speaker, take, about)
        self.takes.append(take)
        inside.addLayout(widgets.line(take, 1))
        return frame

    def _said_by(self, side: Side) -> QLabel:
        """The value of a side; what it changed in a text is marked."""
        session = self._session
        if side.deletes:
            return widgets.label(session.speaker, Message("ui.differing.deletes"), wrap=True)
        before, after = plain(self.known, self.case.base), plain(self.known, side.value)
        if before and after and max(len(before), len(after)) > WORDY:
            made = DiffLabel(session)
            made.show_values(self.case.base, side.value)
            return made
        return widgets.label(session.speaker, value(session, self.known, side.value), "field", wrap=True)

    def take(self, place: int) -> None:
        """Settle by one side. In a text this is its words where sentences clash; the rest stays merged."""
        if self.may and 0 <= place < len(self.case.sides):
            self._settle([decision(self.case, place)])

    def write_another(self) -> None:
        """Offer an editor for a value that nobody wrote yet."""
        if not self.may or self.case.whole_row:
            return
        if self.editor is not None:
            self.editor.inner.setFocus()
            return
        speaker = self._session.speaker
        self.editor = editor_for(self.known.field.type, speaker, self.known.offered)
        speaker.tie(self.editor, Editor.name, self.known.title)
        shown = self.case.shown
        self.editor.show_value(tuple(map(str, shown)) if isinstance(shown, list) else shown)
        use = self._button(Message("ui.differing.use"), self.settle_by_typed)
        place = self._layout.indexOf(self._said)
        self._layout.insertWidget(place, self.editor)
        self._layout.insertLayout(place + 1, widgets.line(use, 1))
        self.editor.inner.setFocus()

    def settle_by_typed(self) -> None:
        """Settle by what was typed."""
        if self.editor is None:
            return
        try:
            typed = self.editor.value()
        except NotUnderstood as problem:
            theme.mark(self.editor.inner, invalid=True)
            self._session.speaker.tie(self._said, QLabel.setText, problem.message)
            self._said.show()
            return
        self.settle(sorted(typed) if isinstance(typed, tuple) else typed)

    def settle(self, what: Json) -> None:
        """Settle the field by a value."""
        if self.may:
            self._settle([Decision(self.case.conflict, what)])

    # -- a row ----------------------------------------------------------------------------------
    def _show_row(self) -> None:
        """Somebody deleted what another one still worked on, or what other entries belong to."""
        speaker, case = self._session.speaker, self.case
        for message in row_sentences(self._session, case):
            self._layout.addWidget(widgets.label(speaker, message, wrap=True))
        if case.conflict.kind == "deleted-parent":
            self._layout.addWidget(widgets.label(speaker, Message("ui.differing.parts"), wrap=True))
        delete = Message("ui.differing.delete")
        if case.hangs:
            parts = ", ".join(self._session.say(_counted(table, n)) for table, n in case.hangs)
            along = Message("ui.differing.hangs", parts=parts)
            self._layout.addWidget(widgets.label(speaker, along, "warn", wrap=True))
            delete = Message("ui.differing.delete_all")
        keep = self._button(Message("ui.differing.keep"), partial(self.decide, keep=True), look="primary")
        gone = self._button(delete, partial(self.decide, keep=False))
        self.takes = [keep, gone]
        self._layout.addLayout(widgets.line(keep, gone, 1))

    def decide(self, *, keep: bool) -> None:
        """Keep or delete the row, with everything that belongs to it."""
        if self.may:
            self._settle([Decision(self.case.conflict, keep=keep)])

    # -- pieces ---------------------------------------------------------------------------------
    def take_focus(self) -> None:
        """Put the keyboard on the first thing that can be done."""
        for each in (*self.takes, *self.findChildren(QWidget)):
            if each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
                each.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _button(self, name: Message, press: Callable[[], object], look: str = "") -> QWidget:
        made = widgets.button(self._session.speaker, name, press, look=look)
        made.setEnabled(self.may)
        if self.why_not is not None:
            self._session.speaker.tie(made, QWidget.setToolTip, self.why_not)
        return made


def _frame() -> tuple[QFrame, QVBoxLayout]:
    made = QFrame()
    made.setProperty("look", "sheet")
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    inside = widgets.column(margins=(12, 10, 12, 10), spacing=6)
    made.setLayout(inside)
    return made, inside


def _counted(table: str, n: int) -> Message:
    return Message("ui.differing.counted", count=str(n), kind=TABLES.get(table, Message("ui.table.other")))
