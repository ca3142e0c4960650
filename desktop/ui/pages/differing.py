"""Fields that people filled differently (*isian berbeda*): what competes, in words, and how it is settled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base import Language, LocalText, Message
from desktop.base.canonical import canonical_text
from desktop.exchange.values import NotUnderstood
from desktop.ui import theme, widgets
from desktop.ui.fields.box import language_name
from desktop.ui.fields.editor import Editor
from desktop.ui.fields.editors import editor_for
from desktop.ui.grid.source import name_of
from desktop.ui.session import Session
from desktop.ui.tracing import Known, field_of, offered_for, spell, trace

if TYPE_CHECKING:
    from desktop.base.canonical import Json
    from desktop.workspace.merge import Conflict
    from desktop.workspace.resolving import Choice


class DifferingCard(widgets.Card):
    """Hidden while nothing differs."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.differing.title"), Message("ui.differing.note"))
        self._session = session
        self._box = widgets.column(spacing=12)
        self.add(self._box)
        self._shown: tuple[Conflict, ...] | None = None
        self.entries: list[Settling] = []
        session.speaker.changed.connect(self._forget)

    def _forget(self) -> None:
        self._shown = None

    def refresh(self) -> None:
        """Show what differs now; what somebody is typing stays while nothing else came."""
        conflicts = tuple(self._session.workspace.conflicts())
        self.setVisible(bool(conflicts))
        if conflicts == self._shown:
            return
        self._shown = conflicts
        widgets.empty(self._box)
        self.entries = []
        for conflict in conflicts:
            made = Settling(self._session, conflict)
            self.entries.append(made)
            self._box.addWidget(made)


class Settling(QWidget):
    """One field or row that people changed differently, with every way to settle it."""

    def __init__(self, session: Session, conflict: Conflict) -> None:
        super().__init__()
        self._session, self.conflict = session, conflict
        self.choices: list[Choice] = session.workspace.choices(conflict)
        self.known: Known = trace(session, conflict.table, conflict.row, conflict.field)
        self.editor: Editor | None = None
        layout = widgets.column(spacing=4)
        self.setLayout(layout)
        self._layout = layout
        name: Message | LocalText = self.known.title
        if self.known.language:
            language = language_name(Language(self.known.language))
            name = Message("ui.field.in_language", field=name, language=language)
        layout.addWidget(widgets.label(session.speaker, name, "field", wrap=True))
        if conflict.kind == "value":
            self._show_values()
        else:
            self._show_row()
        self._said = widgets.label(session.speaker, "", "bad", wrap=True)
        self._said.hide()
        layout.addWidget(self._said)
        layout.addWidget(widgets.rule())

    # -- a field --------------------------------------------------------------------------------
    def values(self) -> dict[str, list[Choice]]:
        """The competing values, each with those who wrote it."""
        found: dict[str, list[Choice]] = {}
        for choice in self.choices:
            found.setdefault("" if choice.deletes else canonical_text(choice.value), []).append(choice)
        return found

    def _show_values(self) -> None:
        speaker = self._session.speaker
        for group in self.values().values():
            value = None if group[0].deletes else group[0].value
            said = spell(self._session, self.known.field, value, self.known.offered)
            words = widgets.column(spacing=0)
            words.addWidget(widgets.label(speaker, said, wrap=True))
            for choice in group:
                who = Message("ui.differing.by", author=choice.author, when=choice.when)
                words.addWidget(widgets.label(speaker, who, "muted", wrap=True))
            take = self._button(Message("ui.differing.take"), partial(self.settle, value))
            widgets.call(speaker, take, Message("ui.differing.take_what", value=said[:80]))
            self._layout.addLayout(_beside(words, take))
        other = self._button(Message("ui.differing.other"), self.write_another, look="quiet")
        self._layout.addLayout(widgets.line(other, 1))

    def write_another(self) -> None:
        """Offer an editor for a value that nobody wrote yet."""
        if self.editor is not None:
            self.editor.inner.setFocus()
            return
        speaker = self._session.speaker
        self.editor = editor_for(self.known.field.type, speaker, self.known.offered)
        speaker.tie(self.editor, Editor.name, self.known.title)
        standing = self.choices[-1]
        if not standing.deletes:
            value = standing.value
            self.editor.show_value(tuple(map(str, value)) if isinstance(value, list) else value)
        use = self._button(Message("ui.differing.use"), self.settle_by_typed)
        self._layout.insertWidget(self._layout.count() - 2, self.editor)
        self._layout.insertLayout(self._layout.count() - 2, widgets.line(use, 1))
        self.editor.inner.setFocus()

    def settle_by_typed(self) -> None:
        """Settle by what was typed."""
        if self.editor is None:
            return
        try:
            value = self.editor.value()
        except NotUnderstood as problem:
            theme.mark(self.editor.inner, invalid=True)
            self._session.speaker.tie(self._said, type(self._said).setText, problem.message)
            self._said.show()
            return
        self.settle(sorted(value) if isinstance(value, tuple) else value)

    def settle(self, value: Json) -> None:
        """Settle the field by a value."""
        self._session.attempt(lambda: self._session.workspace.resolve(self.conflict, value))

    # -- a row ----------------------------------------------------------------------------------
    def _show_row(self) -> None:
        """Somebody deleted what another one still worked on, or what other entries belong to."""
        speaker = self._session.speaker
        for message in self.sentences():
            self._layout.addWidget(widgets.label(speaker, message, wrap=True))
        keep = self._button(Message("ui.differing.keep"), partial(self.decide, keep=True))
        delete = self._button(Message("ui.differing.delete"), partial(self.decide, keep=False))
        self._layout.addLayout(widgets.line(keep, delete, 1))

    def sentences(self) -> list[Message]:
        """Who deleted, and who changed what."""
        said = []
        for choice in self.choices:
            if choice.deletes:
                said.append(Message("ui.differing.deleted", author=choice.author, when=choice.when))
            else:
                said.append(Message("ui.differing.changed", author=choice.author, when=choice.when))
        said += self._edits()
        if self.conflict.kind == "deleted-parent":
            said.append(Message("ui.differing.parts"))
        return list(dict.fromkeys(said))

    def _edits(self) -> list[Message]:
        """What the others wrote meanwhile, field by field."""
        session, conflict = self._session, self.conflict
        when = {choice.when for choice in self.choices if not choice.deletes}
        said = []
        for entry in session.workspace.history(conflict.table, conflict.row):
            name = entry.field.partition(":")[0]
            if entry.when not in when or not name or name in {"sort", "origin"}:
                continue
            if conflict.table in {"answer", "cell"}:
                field, offered = self.known.field, self.known.offered
            else:
                field = field_of(conflict.table, name)
                offered = offered_for(session, conflict.table, field)
            value = spell(session, field, entry.after, offered)
            said.append(Message("ui.differing.wrote", field=name_of(field), value=value))
        return said[:6]

    def decide(self, *, keep: bool) -> None:
        """Keep or delete the row."""
        if not keep and self.conflict.kind == "deleted-parent":
            # What still belongs to it would bring it back again: it goes with all its parts.
            self._session.attempt(self._delete_with_parts)
            return
        self._session.attempt(lambda: self._session.workspace.resolve(self.conflict, keep=keep))

    def _delete_with_parts(self) -> None:
        label = Message("ui.op.delete_row", what=self.known.title)
        with self._session.change(label) as operation:
            operation.delete(self.conflict.table, self.conflict.row)

    def _button(self, name: Message, press: Callable[[], object], look: str = "") -> QWidget:
        made = widgets.button(self._session.speaker, name, press, look=look)
        made.setEnabled(not self._session.read_only)
        return made


def _beside(words: QVBoxLayout, button: QWidget) -> QHBoxLayout:
    row = widgets.line()
    row.addLayout(words, 1)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return row
