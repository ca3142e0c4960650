"""A field as pages show it: name, editor in one or two languages, help, evidence and what the checks say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.base import Language, LocalText, Message
from desktop.exchange.values import Option, options
from desktop.guideline.pack import Field
from desktop.ui import theme, widgets
from desktop.ui.fields.binding import Binding
from desktop.ui.fields.editor import Editor
from desktop.ui.fields.editors import editor_for
from desktop.ui.fields.evidence_slot import EvidenceSlot
from desktop.ui.fields.picking import ChoicesEditor, PickEditor
from desktop.ui.grid.source import name_of
from desktop.ui.registers import Register
from desktop.ui.session import Session
from desktop.ui.speaker import Speech
from desktop.ui.tracing import Subject
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.checks import Report


class FieldBox(QWidget):
    """One question with everything that belongs to it."""

    def __init__(
        self,
        session: Session,
        field: Field,
        register: Register,
        *,
        dimension_of: str = "",
        note: Message | None = None,
    ) -> None:
        """``note`` is a sentence of help for fields that no pack describes."""
        super().__init__()
        self._session = session
        self.field = field
        self.register = register
        self._dimension_of = dimension_of
        """The programme whose dimension narrows the sub-dimensions offered, if any."""
        self.bindings: list[Binding] = []
        self._second: QWidget | None = None
        self.stale: QLabel | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._layout = widgets.column(spacing=4)
        self.setLayout(self._layout)
        self._layout.addLayout(self._head())
        if field.help or note is not None:
            self._layout.addWidget(widgets.label(session.speaker, note or field.help, "muted", wrap=True))
        self._add_editors()
        self._said = widgets.label(session.speaker, "", "bad", wrap=True)
        self._said.hide()
        self._layout.addWidget(self._said)
        self.slot: EvidenceSlot | None = None
        if field.evidence != "none":
            self.slot = EvidenceSlot(session, register.place(), required=field.evidence == "required")
            self._layout.addWidget(self.slot)
        self.refresh()

    def _head(self) -> QHBoxLayout:
        speaker = self._session.speaker
        name = widgets.label(speaker, self._title, "field", wrap=True)
        name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._name = name
        head = widgets.line(name, spacing=4)
        if self.field.why or self.field.example:
            info = widgets.tool(
                speaker, Message("ui.field.about", field=name_of(self.field)), "lightbulb", self._toggle_about
            )
            head.addWidget(info, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _title(self) -> LocalText | Message:
        if not self.field.required:
            return name_of(self.field)
        return Message("ui.field.required", field=name_of(self.field))

    def _add_editors(self) -> None:
        session = self._session
        if not self.field.bilingual:
            self._bind(self._editor(), "")
            return
        self._bind(self._editor(), session.source.value)

    def _make_second(self) -> QWidget:
        """The editor of the second language: made when it is first wanted, for most never want it."""
        session = self._session
        second = QWidget()
        box = widgets.column(spacing=3)
        second.setLayout(box)
        self.stale = widgets.label(session.speaker, Message("ui.field.stale"), "warn", wrap=True)
        box.addLayout(widgets.line(widgets.label(session.speaker, self._second_name, "muted"), self.stale, 1))
        self._layout.insertWidget(self._layout.indexOf(self.bindings[0].editor) + 1, second)
        self._bind(self._editor(), session.second.value, box)
        return second

    def _second_name(self) -> Message:
        return language_name(self._session.second)

    def _editor(self) -> Editor:
        return editor_for(self.field.type, self._session.speaker, self._options())

    def _options(self) -> tuple[Option, ...]:
        dimension = ""
        if self._dimension_of:
            found = next((p for p in self._session.plan.programmes if p.id == self._dimension_of), None)
            dimension = found.dimension if found else ""
        return options(self.field, self._session.plan, self._session.pack, dimension)

    def _bind(self, editor: Editor, language: str, into: QBoxLayout | None = None) -> None:
        binding = Binding(self._session, self.register, editor, language)
        binding.refused.connect(self._on_refused)
        self.bindings.append(binding)
        editor.about = self.subject
        editor.history_wanted.connect(self._session.history_wanted)
        self._name_editor(editor, language)
        if not self.bindings[:-1]:
            self._name.setBuddy(editor.inner)
        target = self._layout if into is None else into
        target.addWidget(editor)

    def _name_editor(self, editor: Editor, language: str) -> None:
        speaker = self._session.speaker
        speech: Speech
        if language and language != self._session.source.value:
            speech = Message(
                "ui.field.in_language", field=name_of(self.field), language=language_name(Language(language))
            )
        else:
            speech = name_of(self.field)
        speaker.tie(editor, Editor.name, speech)

    def subject(self) -> Subject:
        """The field as something whose history can be told."""
        return Subject(name_of(self.field), self.field, self.register.records(self._session), self._options())

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the plan as it is now."""
        for binding in self.bindings:
            if isinstance(binding.editor, PickEditor):
                binding.editor.offer(self._options(), boolean=self.field.type == "boolean")
            elif isinstance(binding.editor, ChoicesEditor):
                binding.editor.offer(self._options())
            binding.refresh()
        self._show_second()
        if self.slot is not None:
            self.slot.refresh()
        if self._session.report is not None:
            self.show_findings(self._session.report)

    def _show_second(self) -> None:
        wanted = self.field.bilingual and self._session.settings.second_language
        if wanted and self._second is None:
            self._second = self._make_second()
            self.bindings[-1].refresh()
        if self._second is not None and self.stale is not None:
            self._second.setVisible(wanted)
            text = self.register.text(self._session.plan)
            self.stale.setVisible(text.stale(self._session.second.value, self._session.source.value))

    def show_findings(self, report: Report) -> None:
        """Say below the editor what the checks say about it."""
        if any(binding.dirty for binding in self.bindings):
            return
        mine = next((each for each in report.findings if self.is_at(each.place)), None)
        if mine is None:
            self._said.hide()
            return
        theme.look(self._said, {"mandatory": "bad", "weak": "warn"}.get(mine.list, "muted"))
        self._session.speaker.tie(self._said, QLabel.setText, mine.message)
        self._said.show()

    def _on_refused(self, message: Message | None) -> None:
        self._said.setVisible(message is not None)
        if message is not None:
            theme.look(self._said, "bad")
            self._session.speaker.tie(self._said, QLabel.setText, message)

    def is_at(self, place: Place) -> bool:
        """Whether a finding's place means this field."""
        return self.register.is_at(place)

    def take_focus(self, language: str = "") -> None:
        """Put the cursor into it (into its second language where that is meant)."""
        if self.field.bilingual and language == self._session.second.value:
            self._session.remember(second_language=True)
            self._show_second()
        wanted = next((each for each in self.bindings if each.language == language), self.bindings[0])
        wanted.editor.inner.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_about(self) -> None:
        if getattr(self, "_about", None) is None:
            self._about = self._make_about()
            self._layout.insertWidget(1, self._about)
            return
        self._about.setVisible(self._about.isHidden())

    def _make_about(self) -> QWidget:
        made = widgets.Card(self._session.speaker)
        for title, text in (
            (Message("ui.field.why"), self.field.why),
            (Message("ui.field.example"), self.field.example),
        ):
            if text:
                made.add(widgets.label(self._session.speaker, title, "field"))
                made.add(widgets.label(self._session.speaker, text, "muted", wrap=True))
        return made


def language_name(language: Language) -> Message:
    """What a language is called."""
    return Message("ui.language.id") if language is Language.ID else Message("ui.language.en")
