"""A form as plain text, question by question, to be copied into an online form."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit

from desktop.base import Language, Message
from desktop.exchange.copying import CopyText, copy_texts, whole
from desktop.exchange.counting import counted
from desktop.exchange.values import Option
from desktop.ui import theme, widgets
from desktop.ui.copied import Copied
from desktop.ui.fields.box import language_name
from desktop.ui.fields.picking import PickEditor
from desktop.ui.pages.page import Page
from desktop.ui.session import Session

LINES = 7
"""Lines of an answer shown at most without scrolling."""


class CopyCard(widgets.Card):
    """One question: its answer, its evidence, its length, and whether it was copied already."""

    def __init__(self, page: CopyPage, text: CopyText) -> None:
        session = page.session
        speaker = session.speaker
        super().__init__(speaker, text.question)
        self._page, self.text = page, text
        self.answer = QPlainTextEdit()
        self.answer.setReadOnly(True)
        self.answer.setTabChangesFocus(True)
        widgets.call(speaker, self.answer, text.question)
        self.add(self.answer)
        self._evidence = widgets.label(speaker, "", "muted", wrap=True)
        self.add(self._evidence)
        self._length = widgets.label(speaker, "", "muted", wrap=True)
        self.done = QCheckBox()
        speaker.tie(self.done, QCheckBox.setText, Message("ui.copy.done"))
        widgets.call(speaker, self.done, Message("ui.copy.done_what", question=text.question))
        self.done.clicked.connect(self._on_done)
        self.copy = widgets.button(speaker, Message("ui.copy.copy"), self.take, icon="copy")
        widgets.call(speaker, self.copy, Message("ui.copy.copy_what", question=text.question))
        self.add(widgets.line(self._length, 1, self.done, self.copy))
        self.show_text(text)

    def show_text(self, text: CopyText) -> None:
        """Show what is answered now."""
        self.text = text
        say = self._page.session.say
        shown = text.answer or say(Message("exchange.copy.none"))
        if shown != self.answer.toPlainText():
            self.answer.setPlainText(shown)
        lines = min(max(shown.count("\n") + len(shown) // 90 + 1, 1), LINES)
        self.answer.setFixedHeight(lines * self.answer.fontMetrics().lineSpacing() + 28)
        self.copy.setEnabled(bool(text.answer))
        self._evidence.setVisible(bool(text.evidence))
        self._evidence.setText(say(Message("exchange.copy.evidence", files="; ".join(text.evidence))))
        parts = [say(counted(words=text.words, characters=text.characters))]
        if text.max_words:
            parts.append(say(Message("ui.copy.most", words=text.max_words)))
        if text.answer and text.language not in {"", self._page.spoken.value}:
            name = language_name(Language(text.language)) if text.language in set(Language) else text.language
            parts.append(say(Message("ui.copy.foreign", language=name)))
        mark = self._page.mark_of(text)
        if mark and mark != text.fingerprint:
            parts.append(say(Message("ui.copy.changed")))
        theme.look(self._length, "warn" if mark and mark != text.fingerprint else "muted")
        self._length.setText(" · ".join(parts))
        self.done.setChecked(bool(mark) and mark == text.fingerprint)

    def take(self) -> None:
        """Put the answer on the clipboard, and mark it as copied."""
        QGuiApplication.clipboard().setText(self.text.answer)
        self._page.mark([self.text], copied=True)
        self._page.session.told.emit(Message("ui.copy.told", question=self.text.question))

    def _on_done(self) -> None:
        self._page.mark([self.text], copied=self.done.isChecked())


class CopyPage(Page):
    """The questions of a form in the order of the guideline."""

    reading = True

    def __init__(self, session: Session, ref: str) -> None:
        super().__init__(session, Message("ui.copy.purpose"))
        self._ref = ref
        self._copied = Copied()
        self.cards: list[CopyCard] = []
        speaker = session.speaker
        self.language = PickEditor(
            speaker, [Option(each.value, language_name(each)) for each in (session.source, session.second)]
        )
        self.language.show_value(session.source.value)
        self.language.setFixedWidth(theme.grown(200))
        widgets.call(speaker, self.language.inner, Message("ui.copy.language"))
        self.language.edited.connect(self.mark_stale)
        name = widgets.label(speaker, Message("ui.copy.language"), "field")
        name.setBuddy(self.language.inner)
        self.everything = widgets.button(
            speaker, Message("ui.copy.all"), self.take_all, icon="copy", look="primary"
        )
        self._count = widgets.label(speaker, "", "muted", wrap=True)
        self.add(widgets.line(name, self.language, self._count, 1, self.everything))
        self.grow(self._fill())

    @property
    def spoken(self) -> Language:
        """In which language answers are copied."""
        return Language(str(self.language.value() or self.session.source.value))

    def texts(self) -> tuple[CopyText, ...]:
        """What there is to copy."""
        return copy_texts(self.session.plan, self.session.pack, self._ref, self.spoken)

    def _fill(self) -> Iterator[None]:
        group = None
        for text in self.texts():
            if text.group != group:
                group = text.group
                self.add(widgets.label(self.session.speaker, group, "section", wrap=True))
            card = CopyCard(self, text)
            self.cards.append(card)
            self.add(card)
            yield
        self.body.addStretch(1)
        self._tell()

    def refresh(self) -> None:
        by_item = {each.item: each for each in self.texts()}
        for card in self.cards:
            card.show_text(by_item[card.text.item])
        self._tell()

    def _tell(self) -> None:
        texts = [card.text for card in self.cards if card.text.answer]
        copied = sum(self.mark_of(each) == each.fingerprint for each in texts)
        count = Message("ui.copy.count", copied=copied, answered=len(texts))
        self.session.speaker.tie(self._count, QLabel.setText, count)

    def has_findings(self) -> bool:
        return False

    def _name(self, text: CopyText) -> str:
        return f"{self.session.workspace.id}/{text.item}/{self.spoken.value}"

    def mark_of(self, text: CopyText) -> str:
        """The fingerprint of what was copied of a question, or nothing."""
        return self._copied.find(self._name(text))

    def mark(self, texts: list[CopyText], *, copied: bool) -> None:
        """Remember that questions were copied, or were not."""
        self._copied.keep({self._name(each): each.fingerprint if copied else "" for each in texts})
        self.refresh()

    def take_all(self) -> None:
        """Put every question with its answer on the clipboard."""
        self.complete()
        texts = self.texts()
        QGuiApplication.clipboard().setText(whole(texts, self.spoken))
        self.mark([each for each in texts if each.answer], copied=True)
        self.session.told.emit(Message("ui.copy.told_all", n=len(texts)))
