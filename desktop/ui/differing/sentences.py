"""A text put together sentence by sentence: for each clash one side, both, as it was, or own words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QPlainTextEdit, QToolButton, QWidget

from desktop.base import Message, RancangError, textdiff
from desktop.ui import theme, widgets
from desktop.ui.reviewing.diff import painted_values
from desktop.workspace.cases import LETTERS
from desktop.workspace.clashing import BOTH, Pick, words_of

if TYPE_CHECKING:
    from desktop.ui.session import Session
    from desktop.workspace.clashing import Clash, Clashing

AT_ONCE = 60
"""Clashes shown; a text with more is rather taken as a whole."""


class Choice(QWidget):
    """One clash: what stood there, and the ways to settle it."""

    changed = Signal()

    def __init__(self, session: Session, clash: Clash) -> None:
        super().__init__()
        self._session, self.clash = session, clash
        speaker = session.speaker
        layout = self._layout = widgets.column(spacing=4)
        self.setLayout(layout)
        title = Message("ui.differing.sentence", number=str(clash.number))
        layout.addWidget(widgets.label(speaker, title, "field"))
        base = words_of(clash.base)
        before = Message("ui.differing.before", value=base) if base else Message("ui.differing.before_none")
        layout.addWidget(widgets.label(speaker, before, "muted", wrap=True))
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        for place, option in enumerate(clash.options):
            words = words_of(option)
            name = Message("ui.differing.take", letter=LETTERS[place])
            nothing = session.say(Message("ui.differing.nothing"))
            shown = painted_values(clash.base, option, session.say, whole=True) if words else nothing
            _, spoken = textdiff.sides(textdiff.compared(clash.base, option, session.say))
            self._offer(f"side{place}", name, shown, spoken if words else nothing)
        self._more = widgets.line(1)
        layout.addLayout(self._more)
        self._offer("both", Message("ui.differing.both"), "", "")
        self._offer("own", Message("ui.differing.own_words"), "", "")
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.grown(64))
        self.words.setPlainText(max((words_of(each) for each in clash.options), key=len, default=""))
        widgets.call(speaker, self.words, Message("ui.differing.own_words"))
        self.words.textChanged.connect(self.changed)
        self.words.hide()
        layout.addWidget(self.words)
        if clash.preselected is not None:
            self.buttons["both"].setChecked(True)
            layout.addWidget(widgets.label(speaker, Message("ui.differing.appended"), "muted", wrap=True))
        self._group.buttonToggled.connect(self._on_toggled)

    def _offer(self, key: str, name: Message, shown: str, spoken: str) -> None:
        speaker = self._session.speaker
        button = QToolButton()
        button.setProperty("look", "segment")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        speaker.tie(button, QToolButton.setText, name)
        about = Message("ui.differing.sentence_choice", choice=name, number=str(self.clash.number))
        widgets.call(speaker, button, about)
        self._group.addButton(button)
        self.buttons[key] = button
        if not shown:
            self._more.insertWidget(self._more.count() - 1, button)
            return
        row = widgets.line(spacing=10)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        words = QLabel(shown)
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setWordWrap(True)
        row.addWidget(words, 1)
        button.setAccessibleDescription(spoken)
        self._layout.addLayout(row)

    def _on_toggled(self, _button: object, checked: bool) -> None:
        if checked:
            own = self.buttons["own"].isChecked()
            self.words.setVisible(own)
            if own:
                self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit()

    def pick(self) -> Pick | None:
        """What is chosen, or None."""
        chosen = next((key for key, button in self.buttons.items() if button.isChecked()), "")
        match chosen:
            case "":
                return None
            case "both":
                return BOTH
            case "own":
                return Pick("own", words=self.words.toPlainText())
            case _:
                return Pick("side", int(chosen.removeprefix("side")))


class SentenceChooser(QWidget):
    """All clashes of a text, and below them the text that the choices make."""

    chosen = Signal(str)
    """The assembled text, when a person takes it."""

    def __init__(self, session: Session, clashing: Clashing) -> None:
        super().__init__()
        self._session, self._clashing = session, clashing
        speaker = session.speaker
        layout = widgets.column(spacing=12)
        self.setLayout(layout)
        self.choices: list[Choice] = []
        for clash in clashing.clashes[:AT_ONCE]:
            made = Choice(session, clash)
            made.changed.connect(self.refresh)
            self.choices.append(made)
            layout.addWidget(made)
            layout.addWidget(widgets.rule())
        self.result = widgets.label(speaker, "", "muted", wrap=True)
        self.said = widgets.label(speaker, "", "bad", wrap=True)
        self.use = widgets.button(
            speaker, Message("ui.differing.use_text"), self.take, icon="check", look="primary"
        )
        layout.addWidget(self.result)
        layout.addWidget(self.said)
        layout.addLayout(widgets.line(self.use, 1))
        self.refresh()

    def picks(self) -> dict[int, Pick]:
        """What is chosen so far, by number of the clash."""
        found = ((each.clash.number, each.pick()) for each in self.choices)
        return {number: pick for number, pick in found if pick is not None}

    def refresh(self) -> None:
        """Show the text that the choices make; the button waits until it can be made."""
        text: str | None = None
        problem: Message | None = None
        if len(self.picks()) == len(self._clashing.clashes):
            try:
                text = self._clashing.assemble(self.picks())
            except RancangError as error:
                problem = error.message
        left = len(self._clashing.clashes) - len(self.picks())
        shown = Message("ui.differing.sentences_left", n=left)
        if text is not None:
            plain = textdiff.written_out(text, self._session.say) if self._clashing.rich else text
            shown = Message("ui.differing.result", text=plain)
        self.result.setVisible(problem is None)
        self._session.speaker.tie(self.result, QLabel.setText, shown)
        self.said.setVisible(problem is not None)
        if problem is not None:
            self._session.speaker.tie(self.said, QLabel.setText, problem)
        self.use.setEnabled(text is not None and self.isEnabled())

    def take(self) -> None:
        """Hand the assembled text on."""
        self._session.attempt(partial(self._take))

    def _take(self) -> None:
        self.chosen.emit(self._clashing.assemble(self.picks()))
