"""The cards of the interview: a question in large letters, what is open at the end, or nothing to ask yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QLineEdit

from desktop.base import LocalText, Message
from desktop.ui import theme, widgets
from desktop.ui.fields.box import FieldBox
from desktop.ui.questions import Question
from desktop.ui.session import Session
from desktop.ui.speaker import Speaker

OPEN = 12
"""How many open questions are listed at the end."""


class _BigCard(widgets.Card):
    """A card with room around few words."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__(speaker)
        self.body.setContentsMargins(30, 24, 30, 26)
        self.body.setSpacing(theme.GAP + 4)


class QuestionCard(_BigCard):
    """One question with why it is asked, its field (:attr:`box`) and an example; Enter calls ``done``."""

    def __init__(self, session: Session, question: Question, done: Callable[[], object]) -> None:
        super().__init__(session.speaker)
        speaker = session.speaker
        if question.group:
            self.add(widgets.label(speaker, question.group, "muted", wrap=True))
        title = question.title
        if question.field.required:
            title = Message("ui.field.required", field=title)
        name = widgets.label(speaker, title, "title", wrap=True)
        self.add(name)
        if question.note is not None:
            self.add(widgets.label(speaker, question.note, wrap=True))
        if question.why is not None:
            self.add(_aside(speaker, "lightbulb", Message("ui.field.why"), question.why))
        self.box = FieldBox(
            session, question.field, question.register, dimension_of=question.dimension_of, asked=True
        )
        name.setBuddy(self.box.bindings[0].editor.inner)
        for binding in self.box.bindings:
            inner = binding.editor.inner
            if isinstance(inner, QLineEdit):
                inner.returnPressed.connect(done)
        self.add(self.box)
        if question.example is not None:
            self.add(_aside(speaker, "text-quote", Message("ui.field.example"), question.example))


class EndCard(_BigCard):
    """After the last question: what is still open, each one press away."""

    def __init__(self, session: Session, asked: Sequence[Question], go_to: Callable[[int], object]) -> None:
        super().__init__(session.speaker)
        speaker, plan = session.speaker, session.plan
        missing = [place for place, each in enumerate(asked) if not each.answered(plan)]
        self.add(widgets.label(speaker, Message("ui.ask.end"), "title", wrap=True))
        told = Message("ui.ask.all_answered") if not missing else Message("ui.ask.open", n=len(missing))
        self.add(widgets.label(speaker, told, wrap=True))
        for place in missing[:OPEN]:
            question = asked[place]
            named = Message("ui.ask.open_one", group=question.group, field=question.title)
            title = named if question.group else question.title
            press = partial(go_to, place)
            self.add(widgets.button(speaker, title, press, icon="circle-dashed", look="quiet"))


class NothingCard(_BigCard):
    """There is nothing to ask about yet."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker)
        self.add(widgets.label(session.speaker, Message("ui.ask.no_programme"), "title", wrap=True))
        self.add(widgets.label(session.speaker, Message("ui.ask.no_programme.help"), wrap=True))


def _aside(speaker: Speaker, icon: str, title: Message, text: LocalText | Message) -> QFrame:
    made = QFrame()
    made.setProperty("look", "aside")
    box = widgets.column(margins=(12, 9, 12, 10), spacing=3)
    head = widgets.line(widgets.picture(icon, "primary", 14), widgets.label(speaker, title, "field"), 1)
    box.addLayout(head)
    box.addWidget(widgets.label(speaker, text, "muted", wrap=True))
    made.setLayout(box)
    return made
