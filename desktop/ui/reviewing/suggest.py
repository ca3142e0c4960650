"""*Sarankan*: write in a copy of a field what should stand there, and why; the field itself stays."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from desktop.base import LocalText, Message
from desktop.exchange.values import NotUnderstood, Option
from desktop.guideline.pack import Field
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.fields.editor import Editor
from desktop.ui.fields.editors import editor_for
from desktop.ui.helping.asking import offer_help
from desktop.ui.reviewing.diff import DiffLabel
from desktop.ui.session import Session
from desktop.workspace.plan import Place, Suggestion, Value
from desktop.workspace.suggesting import Standing, value_at


@dataclass(frozen=True, slots=True)
class Asked:
    """A field something can be suggested for."""

    place: Place
    field: Field
    name: LocalText | Message
    options: tuple[Option, ...] = ()


class SuggestDialog(Ask):
    """A copy of what stands there, to be written anew, and the reason."""

    def __init__(self, session: Session, asked: Asked, now: Value, parent: QWidget) -> None:
        title = Message("ui.suggestion.title", field=asked.name)
        super().__init__(session, title, Message("ui.suggestion.keep"), parent)
        offer_help(self, "review")
        self.setMinimumWidth(theme.grown(620))
        self.now = now
        speaker = session.speaker
        self.body.addWidget(widgets.label(speaker, Message("ui.suggestion.note"), "muted", wrap=True))
        self.editor: Editor = _editor(session, asked)
        self.editor.show_value(now)
        self.field(Message("ui.suggestion.should"), self.editor)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(theme.grown(64))
        self.field(Message("ui.suggestion.reason"), self.reason)
        self.said = widgets.label(speaker, "", "bad", wrap=True)
        self.said.hide()
        self.body.addWidget(self.said)
        self.editor.inner.setFocus(Qt.FocusReason.OtherFocusReason)

    def proposed(self) -> Value:
        """What is written in the copy. Raises NotUnderstood."""
        return self.editor.value()

    def accept(self) -> None:
        """What is not understood, or says nothing new, is told and not kept."""
        try:
            same = self.proposed() == self.now or (self.proposed() or None) == (self.now or None)
        except NotUnderstood as problem:
            self._complain(problem.message)
            return
        if same:
            self._complain(Message("ui.suggestion.same"))
            return
        super().accept()

    def _complain(self, message: Message) -> None:
        self.session.speaker.tie(self.said, QLabel.setText, message)
        self.said.show()


class ManualDialog(Ask):
    """Both changed the same sentence: what stood there, what stands there, what is proposed; write it."""

    def __init__(self, session: Session, asked: Asked, found: Standing, parent: QWidget) -> None:
        super().__init__(session, Message("ui.suggestion.manual"), Message("ui.suggest.accept"), parent)
        offer_help(self, "review")
        self.setMinimumWidth(theme.grown(640))
        speaker, suggestion = session.speaker, found.suggestion
        self.body.addWidget(widgets.label(speaker, Message("ui.suggestion.manual.note"), "muted", wrap=True))
        for name, value in (
            (Message("ui.suggestion.now"), found.now),
            (Message("ui.suggestion.proposed"), suggestion.proposed),
        ):
            shown = DiffLabel(session)
            shown.show_values(suggestion.base, value)
            label = widgets.label(speaker, name, "field")
            label.setBuddy(shown)
            self.body.addWidget(label)
            self.body.addWidget(shown)
        self.editor: Editor = _editor(session, asked)
        self.editor.show_value(found.outcome)
        self.field(Message("ui.suggestion.should"), self.editor)


def _editor(session: Session, asked: Asked) -> Editor:
    made = editor_for(asked.field.type, session.speaker, asked.options)
    made.serve(session, asked.place.language)
    return made


def suggest(parent: QWidget, session: Session, asked: Asked) -> None:
    """Ask for a suggestion and keep it beside the field as one change."""
    if session.locked:
        return
    session.drafts.flush()
    dialog = SuggestDialog(session, asked, value_at(session.workspace, asked.place), parent)
    if not dialog.exec():
        return
    proposed, reason = dialog.proposed(), dialog.reason.toPlainText().strip()

    def keep() -> None:
        with session.change(Message("ui.op.suggest")) as operation:
            operation.suggest(asked.place, dialog.now, proposed, session.author(), reason=reason)

    session.attempt(keep)


def in_language(asked: Asked, language: str) -> Asked:
    """The same field in one language of its text."""
    return replace(asked, place=replace(asked.place, language=language)) if asked.field.bilingual else asked


def manual(parent: QWidget, session: Session, asked: Asked, found: Standing) -> Value | None:
    """What a person writes where both changed the same sentence; None when they gave up."""
    dialog = ManualDialog(session, asked, found, parent)
    if not dialog.exec():
        return None
    try:
        return dialog.editor.value() or ""
    except NotUnderstood as problem:
        session.failed.emit(problem.message)
        return None


def is_about(place: Place, suggestion: Suggestion) -> bool:
    """Whether a suggestion is about a place, in any language of it."""
    there = suggestion.place
    if place.table == "answer" or there.table == "answer":
        return (place.table, place.item, place.scope) == (there.table, there.item, there.scope)
    return (place.table, place.row, place.field) == (there.table, there.row, there.field)
