"""Wording the drafts: each part with its words, the team's or the template's, and back to the template."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget

from desktop.base import Language, Message, render
from desktop.books.wording import LEFT_OUT, NAMES, PARTS, PLACES, Part, borrowed, templates
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask, fit
from desktop.ui.dialogs.scrolled import Scrolled
from desktop.ui.fields.box import language_name
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.flow import Flow
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session
from desktop.workspace.plan import Text
from desktop.workspace.wording import worded, write

_FEWEST, _MOST = 2, 8
"""Lines an editor is high; what is no list may be of one line."""


class PartEditor(QWidget):
    """One part: its name, whose words stand there, the words, and the way back."""

    def __init__(
        self,
        session: Session,
        part: Part,
        template: str,
        text: str,
        told: Callable[[], None],
        language: Language,
        other: str = "",
    ) -> None:
        """``language`` is that of the words: what is filled in is called in it, too.

        ``other``: what is printed from another language while nothing was worded in this one.
        """
        super().__init__()
        speaker = session.speaker
        self.part, self.template, self.other = part, template, other
        self._speaker = speaker
        self._language = language
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        text = text or other or template
        self.edit.setPlainText("" if text == LEFT_OUT else text)
        name = widgets.label(speaker, part.label, "field")
        name.setBuddy(self.edit)
        widgets.call(speaker, self.edit, part.label)
        self.state: QLabel = widgets.label(speaker, "", "muted")
        self.back: QPushButton = widgets.button(
            speaker, Message("ui.wording.back"), self.reset, icon="rotate-cw", look="quiet"
        )
        widgets.call(speaker, self.back, Message("ui.wording.back_what", part=part.label))
        box = widgets.column(spacing=4)
        box.addLayout(widgets.line(name, self.state, 1, self.back))
        box.addWidget(self.edit)
        hint = self._hint()
        if hint is not None:
            box.addWidget(widgets.label(speaker, hint, "muted", wrap=True))
        self.setLayout(box)
        self.edit.textChanged.connect(self._judge)
        self.edit.textChanged.connect(told)
        self._judge()

    def _hint(self) -> Message | None:
        if self.part.places:
            names = ", ".join(f"{{{render(PLACES[each], self._language)}}}" for each in self.part.places)
            return Message("ui.wording.places", places=names)
        return Message("ui.wording.lines") if self.part.lines else None

    @property
    def text(self) -> str:
        """What the team words itself; empty where the template stands, or the words of another language."""
        text = self.edit.toPlainText().strip()
        if not text and (self.template or self.other):
            text = LEFT_OUT
        return "" if text == (self.other or self.template.strip()) else text

    def reset(self) -> None:
        """Back to the template's wording."""
        self.edit.setPlainText(self.template)

    def _judge(self) -> None:
        lines = self.edit.document().blockCount() + len(self.edit.toPlainText()) // 90
        lines = max(_FEWEST if self.part.lines else 1, min(_MOST, lines))
        high = QFontMetrics(self.edit.font()).lineSpacing() * lines + theme.grown(28)
        if high != self.edit.height():
            self.edit.setFixedHeight(high)
        text = self.text or self.other
        own = bool(text) and text != self.template.strip()
        state = Message("ui.wording.own") if own else Message("ui.wording.template")
        if text == LEFT_OUT:
            state = Message("ui.wording.left_out")
        elif own and not self.text:
            state = Message("ui.wording.borrowed")
        self._speaker.tie(self.state, QLabel.setText, state)
        self.back.setVisible(own)


class WordingDialog(Ask):
    """The parts of the draft that is chosen, in one language; all that was changed is one operation."""

    def __init__(self, session: Session, parent: QWidget, document: str = "decree") -> None:
        super().__init__(session, Message("ui.wording.title"), Message("ui.wording.accept"), parent)
        offer_help(self, "decrees")
        fit(self, parent, 820, 640, least=560)
        speaker = session.speaker
        self.body.addWidget(widgets.label(speaker, Message("ui.wording.note"), "muted", wrap=True))
        self.document, self.language = QuietCombo(), QuietCombo()
        for each, name in NAMES.items():
            self.document.addItem(session.say(name), each)
        for language in (session.source, session.second):
            self.language.addItem(session.say(language_name(language)), language.value)
        self.document.setCurrentIndex(self.document.findData(document))
        head = []
        for combo, called in (
            (self.document, Message("ui.wording.document")),
            (self.language, Message("ui.record.language")),
        ):
            widgets.call(speaker, combo, called)
            label = widgets.label(speaker, called, "field")
            label.setBuddy(combo)
            head += [label, combo]
            combo.activated.connect(lambda _row: self.show_parts())
        self.body.addLayout(Flow(*head))
        self.area = Scrolled()
        self.body.addWidget(self.area, 1)
        self.editors: list[PartEditor] = []
        self.changed: dict[tuple[str, str, str], str] = {}
        """By document, part and language what is to be written."""
        self._shown = ("", "")
        self.show_parts()

    def show_parts(self) -> None:
        """The parts of the document and language chosen; what was changed in others waits."""
        document, language = str(self.document.currentData()), str(self.language.currentData())
        plan = self.session.plan
        given = templates(plan, self.session.pack, document, Language(language))
        self._shown = document, language
        self.editors = []
        widgets.empty(self.area.box)
        for part in PARTS[document]:
            words = dict(worded(plan, document, part.id).values)
            words |= {key[2]: text for key, text in self.changed.items() if key[:2] == (document, part.id)}
            editor = PartEditor(
                self.session, part, given[part.id], words.get(language, ""), partial(self._note, part.id),
                Language(language), borrowed(Text(words), language, plan.source_language),
            )  # fmt: skip
            self.editors.append(editor)
            self.area.box.addWidget(editor)
        self.area.box.addStretch(1)

    def _note(self, part: str) -> None:
        """Keep what a part says now, unless that is what stands there anyway."""
        editor = next((each for each in self.editors if each.part.id == part), None)
        if editor is None:
            return
        document, language = self._shown
        kept = worded(self.session.plan, document, part).values.get(language, "")
        if editor.text == kept.strip():
            self.changed.pop((document, part, language), None)
        else:
            self.changed[document, part, language] = editor.text


def edit_wording(session: Session, parent: QWidget, document: str = "decree") -> None:
    """Let a person word the drafts; everything that was changed is one operation."""
    dialog = WordingDialog(session, parent, document)
    if dialog.exec() == WordingDialog.DialogCode.Accepted:
        write_wording(session, dialog.changed)


def write_wording(session: Session, changed: dict[tuple[str, str, str], str]) -> None:
    """Write what was changed."""
    if not changed:
        return
    names = {document for document, _, _ in changed}
    label = Message("ui.op.wording", document=NAMES[next(iter(names))])
    if len(names) > 1:
        label = Message("ui.op.wordings")

    def work() -> None:
        with session.change(label) as operation:
            for (document, part, language), text in changed.items():
                write(operation, document, part, language, text)

    session.attempt(work)
