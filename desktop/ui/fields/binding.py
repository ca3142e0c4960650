"""Ties one editor to one value of the workspace: shows it, and writes what is typed as one operation."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.base import LocalText, Message, RancangError
from desktop.exchange.values import NotUnderstood
from desktop.ui import theme
from desktop.ui.fields.editor import Editor
from desktop.ui.registers import Register
from desktop.ui.session import Session
from desktop.workspace.plan import Value


class Binding(QObject):
    """One register, one language (or none), one editor. Writes when the focus leaves or the person pauses."""

    refused = Signal(object)
    """What stands in the editor is not understood: the :class:`Message`, or None when it is again."""
    written = Signal()

    def __init__(self, session: Session, register: Register, editor: Editor, language: str = "") -> None:
        super().__init__(editor)
        self._session = session
        self.register = register
        self.editor = editor
        self.language = language
        self._dirty = False
        self._seen: int | None = None
        editor.serve(session, language)
        editor.edited.connect(self._on_edited)
        editor.left.connect(self.commit)

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not written yet."""
        return self._dirty

    @dirty.setter
    def dirty(self, dirty: bool) -> None:
        self._dirty = self.editor.pending = dirty

    def refresh(self) -> None:
        """Show what the plan says, unless something is typed that is not written yet."""
        self.editor.lock(locked=self._session.shut(self.register.place()))
        if not self.dirty:
            self.editor.show_value(self._stored())

    def _stored(self) -> Value:
        plan = self._session.plan
        if self.language:
            return self.register.text(plan).values.get(self.language) or None
        return self.register.value(plan)

    def _on_edited(self) -> None:
        if self._session.shut(self.register.place()):
            return
        if not self.dirty:
            self.dirty = True
            self._seen = self._session.workspace.position
        self._session.drafts.touch(self)

    def commit(self) -> bool:
        """Write what is typed as one operation; whether nothing is left unwritten."""
        if not self.dirty:
            return True
        try:
            value = self.editor.value()
        except NotUnderstood as problem:
            self._refuse(problem)
            return False
        self._settle()
        if (value or None) == (self._stored() or None) and not isinstance(value, bool | int):
            return True
        if value == self._stored():
            return True
        try:
            self._write(value)
        except RancangError as error:
            self.dirty = True
            self._session.drafts.keep(self)
            self._session.failed.emit(error.message)
            return False
        self.written.emit()
        return True

    def _write(self, value: Value) -> None:
        label = Message("ui.op.fill", field=self.register.label)
        with self._session.change(label, seen=self._seen) as operation:
            if self.language:
                self.register.write(operation, self.language, str(value or ""))
            else:
                self.register.put(operation, value)

    def _refuse(self, problem: NotUnderstood) -> None:
        theme.mark(self.editor.inner, invalid=True)
        self.refused.emit(problem.message)

    def _settle(self) -> None:
        self.dirty = False
        theme.mark(self.editor.inner, invalid=False)
        self.refused.emit(None)
        self._session.drafts.settle(self)

    def label(self) -> LocalText | Message:
        """What the value is called."""
        return self.register.label
