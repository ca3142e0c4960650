"""A field as pages show it: name, editor in one or two languages, help, evidence and what the checks say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.base import Language, LocalText, Message
from desktop.exchange.values import Option, options
from desktop.guideline.pack import Field
from desktop.ui import theme, widgets
from desktop.ui.fields.binding import Binding
from desktop.ui.fields.counting import WordCount, counted
from desktop.ui.fields.editor import Editor
from desktop.ui.fields.editors import editor_for
from desktop.ui.fields.evidence_slot import EvidenceSlot
from desktop.ui.fields.looking_up import LookUpEditor
from desktop.ui.fields.offered import Offered
from desktop.ui.fields.picking import ChoicesEditor, PickEditor
from desktop.ui.fields.provenance import ProvenanceMark
from desktop.ui.fields.quotable import offer_quote
from desktop.ui.fields.saying import About, Findings, example_of, why_of
from desktop.ui.fields.spoken import Spoken
from desktop.ui.foreign import mark as foreign_mark
from desktop.ui.grid.source import name_of
from desktop.ui.picks import picks
from desktop.ui.registers import AnswerRegister, CellRegister, Register, RowRegister
from desktop.ui.session import Session
from desktop.ui.speaker import Speech
from desktop.ui.tracing import Record, Subject
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.checks import Report
    from desktop.workspace.provenance import Provenance


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
        asked: bool = False,
    ) -> None:
        """``note`` is a sentence of help for fields that no pack describes.

        ``asked``: the question itself, its help and its example stand elsewhere, in large letters.
        """
        super().__init__()
        self._session = session
        self.field = field
        self.register = register
        self._dimension_of = dimension_of
        """The programme whose dimension narrows the sub-dimensions offered, if any."""
        self._note = note
        self._asked = asked
        self.bindings: list[Binding] = []
        self._second: QWidget | None = None
        self.stale: QLabel | None = None
        self._about: QWidget | None = None
        self._counts: list[WordCount] = []
        self.mark: ProvenanceMark | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._layout = widgets.column(spacing=4)
        self.setLayout(self._layout)
        self._head = self._make_head()
        self._layout.addLayout(self._head)
        if (field.help or note is not None) and not asked:
            self._layout.addWidget(widgets.label(session.speaker, note or field.help, "muted", wrap=True))
        self._findings = Findings(session.speaker)
        self._said = self._findings.first
        self._editors = widgets.column(spacing=4)
        self._layout.addLayout(self._editors)
        self._bind(self._editor(), session.source.value if field.bilingual else "", self._editors)
        self._layout.addWidget(self._findings)
        self.offered: Offered | None = None
        self.slot: EvidenceSlot | None = None
        if field.evidence != "none":
            before = register.ensure if isinstance(register, CellRegister) else None
            self.slot = EvidenceSlot(
                session, register.place(), required=field.evidence == "required", before=before
            )
            self._layout.addWidget(self.slot)
        self.spoken = Spoken(
            session, field, register, options=self._options, head=self._head, put=self._put_below
        )
        self.refresh()

    def _put_below(self, cards: QWidget) -> None:
        """What is suggested stands between the editors and what the checks say."""
        self._layout.insertWidget(self._layout.indexOf(self._findings), cards)

    def _make_head(self) -> QHBoxLayout:
        speaker = self._session.speaker
        head = widgets.line(spacing=4)
        if self._asked:
            head.addStretch(1)
            return head
        self._name = widgets.label(speaker, self._title, "field", wrap=True)
        self._name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head.addWidget(self._name)
        foreign = foreign_mark(speaker, self.field.label)
        if foreign is not None:
            head.addWidget(foreign, 0, Qt.AlignmentFlag.AlignVCenter)
        if not self.field.verified:
            from desktop.ui.unverified import mark

            head.addWidget(mark(speaker), 0, Qt.AlignmentFlag.AlignVCenter)
        if why_of(self.field) or example_of(self.field):
            about = Message("ui.field.about", field=name_of(self.field))
            info = widgets.tool(speaker, about, "lightbulb", self._toggle_about)
            head.addWidget(info, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _title(self) -> LocalText | Message:
        if not self.field.required:
            return name_of(self.field)
        return Message("ui.field.required", field=name_of(self.field))

    def _make_second(self) -> QWidget:
        """The editor of the second language: made when it is first wanted, for most never want it."""
        session = self._session
        second = QWidget()
        box = widgets.column(spacing=3)
        second.setLayout(box)
        self.stale = widgets.label(session.speaker, Message("ui.field.stale"), "warn", wrap=True)
        box.addLayout(widgets.line(widgets.label(session.speaker, self._second_name, "muted"), self.stale, 1))
        self._editors.addWidget(second)
        self._bind(self._editor(), session.second.value, box)
        return second

    def _second_name(self) -> Message:
        return language_name(self._session.second)

    def _editor(self) -> Editor:
        if self._asked and self.field.type == "rich_text":
            from desktop.ui.fields.richedit import RichEditor

            made = RichEditor(self._session.speaker)
            made.edit.setMinimumHeight(theme.grown(240))
            return made
        return editor_for(self.field.type, self._session.speaker, self._options())

    def _options(self) -> tuple[Option, ...]:
        if isinstance(self.register, RowRegister) and not self.field.choices:
            ours = picks(self._session, self.register.table, self.register.field)
            if ours:
                return ours
        dimension = ""
        if self._dimension_of:
            found = next((p for p in self._session.plan.programmes if p.id == self._dimension_of), None)
            dimension = found.dimension if found else ""
        return options(self.field, self._session.plan, self._session.pack, dimension)

    def _bind(self, editor: Editor, language: str, into: QBoxLayout) -> None:
        speaker = self._session.speaker
        binding = Binding(self._session, self.register, editor, language)
        binding.refused.connect(self._on_refused)
        self.bindings.append(binding)
        editor.about = self.subject
        editor.history_wanted.connect(self._session.history_wanted)
        offer_quote(self, self._session, binding, self.field)
        editor.entered.connect(self._on_entered)
        editor.left.connect(self._on_left)
        self._name_editor(editor, language)
        if not self.bindings[:-1] and not self._asked:
            self._name.setBuddy(editor.inner)
        speaker.tie(editor, Editor.describe, self._description)
        example = example_of(self.field)
        if example and not self._asked and self.field.type != "date":
            speaker.tie(editor, Editor.hint, Message("ui.field.example_hint", example=example))
        if self.field.unit:
            unit = widgets.label(speaker, self.field.unit, "muted")
            row = widgets.line(editor, unit, spacing=8)
            row.setStretch(0, 1)
            into.addLayout(row)
        else:
            into.addWidget(editor)
        if counted(self.field):
            count = WordCount(speaker, self.field, editor)
            self._counts.append(count)
            into.addWidget(count)

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

    def _description(self) -> str:
        """What a screen reader tells beyond the name: unit, help, remarks and where the value comes from."""
        say = self._session.say
        told = self.mark.told if self.mark is not None else None
        parts = [
            say(self.field.unit),
            say(self._note or self.field.help),
            "" if self.field.verified else say(Message("ui.unverified.field")),
            *self._findings.sentences(),
            say(told.message) if told is not None else "",
        ]
        return " ".join(part.strip() for part in parts if part.strip())

    def subject(self) -> Subject:
        """The field as something whose history can be told."""
        return Subject(name_of(self.field), self.field, self.register.records(self._session), self._options())

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the plan as it is now."""
        for binding in self.bindings:
            if isinstance(binding.editor, PickEditor):
                binding.editor.offer(self._options(), boolean=self.field.type == "boolean")
            elif isinstance(binding.editor, ChoicesEditor | LookUpEditor):
                binding.editor.offer(self._options())
            binding.refresh()
        self._show_second()
        self.spoken.refresh()
        for count in self._counts:
            count.count()
        self._show_offer()
        if self.slot is not None:
            self.slot.refresh()
        if self._session.report is not None:
            self.show_findings(self._session.report)

    def _show_offer(self) -> None:
        """Where the plan says elsewhere what is asked here, offer it; most questions never have that."""
        register = self.register
        if not isinstance(register, AnswerRegister) or register.scope:
            return
        if self.offered is None:
            if register.item not in self._session.offers:
                return
            self.offered = Offered(self._session, self.field, register.item)
            self._layout.insertWidget(self._layout.indexOf(self._findings), self.offered)
        self.offered.refresh()

    def _show_second(self) -> None:
        wanted = self.field.bilingual and self._session.settings.second_language
        if wanted and self._second is None:
            self._second = self._make_second()
            self.bindings[-1].refresh()
        if self._second is not None and self.stale is not None:
            self._second.setVisible(wanted)
            text = self.register.text(self._session.plan)
            self.stale.setVisible(text.stale(self._session.second.value, self._session.source.value))

    @property
    def answered(self) -> bool:
        """Whether the plan says something here."""
        plan = self._session.plan
        if self.field.bilingual:
            return bool(self.register.text(plan))
        return self.register.value(plan) not in (None, "", ())

    def show_findings(self, report: Report) -> None:
        """Say below the editor what the checks say about it."""
        if any(binding.dirty for binding in self.bindings):
            return
        self._findings.show_all(
            [each for each in report.near(self.register.place()) if self.is_at(each.place)]
        )
        self._describe()

    def _on_refused(self, message: Message | None) -> None:
        self._findings.refuse(message)
        self._describe()

    def _describe(self) -> None:
        for binding in self.bindings:
            binding.editor.describe(self._description())

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

    # -- where it comes from --------------------------------------------------------------------
    def records(self) -> tuple[Record, ...]:
        """The registers whose origin the mark tells; none while nothing is answered."""
        return self.register.records(self._session) if self.answered else ()

    def show_provenance(self, told: Provenance | None) -> None:
        """Mark softly where the value comes from."""
        if self.mark is None:
            if told is None:
                return
            self.mark = ProvenanceMark(self._session, self.confirm)
            at = self._head.count() if self._asked else 1
            self._head.insertWidget(at, self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self.mark.show_told(told)
        self._describe()

    def confirm(self) -> None:
        """Say that what was suggested is right: one operation."""
        told = self.mark.told if self.mark is not None else None
        if told is None:
            return
        session = self._session

        def work() -> None:
            plan = session.workspace.provenance(
                (each.table, each.row, each.field) for each in self.register.records(session)
            )
            label = Message("ui.op.confirm", field=name_of(self.field))
            with session.change(label) as operation:
                for (table, row, name), each in plan.items():
                    if each.manner == told.manner:
                        operation.confirm(table, row, name)

        session.drafts.flush()
        session.attempt(work)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hold(held=True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hold(held=any(each.editor.inner.hasFocus() for each in self.bindings))

    def _on_entered(self) -> None:
        self._hold(held=True)

    def _on_left(self) -> None:
        self._hold(held=self.underMouse())

    def _hold(self, *, held: bool) -> None:
        if self.mark is not None:
            self.mark.hold(held=held)

    # -- why and example ------------------------------------------------------------------------
    def _toggle_about(self) -> None:
        if self._about is None:
            self._about = About(self._session.speaker, self.field)
            self._layout.insertWidget(1, self._about)
            return
        self._about.setVisible(self._about.isHidden())


def language_name(language: Language) -> Message:
    """What a language is called."""
    return Message("ui.language.id") if language is Language.ID else Message("ui.language.en")
