"""The editor of a nomenclature code: found by code or by words, with what the list calls it below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from desktop.base import LocalText, Message
from desktop.ui import widgets
from desktop.ui.codes import CodeCompleter
from desktop.ui.fields.box import FieldBox
from desktop.ui.fields.editors import LineEditor
from desktop.ui.grid.source import TableField
from desktop.ui.registers import RowRegister, find
from desktop.workspace.plan import Plan, Text, Value

if TYPE_CHECKING:
    from desktop.ui.session import Session
    from desktop.workspace.operation import Operation


@dataclass(frozen=True, slots=True)
class CodeRegister(RowRegister):
    """The code of a row: where the row has no title yet, the list's own title comes with it."""

    session: Session

    def put(self, operation: Operation, value: Value) -> None:
        RowRegister.put(self, operation, value)
        title = title_for(self.session, self.table, self.row, str(value or ""))
        if title:
            operation.write(self.table, self.row, "title", self.session.source.value, title)


def title_for(session: Session, table: str, row: str, code: str) -> str:
    """The list's title for a code, where the row has no title yet; else nothing."""
    if _has_title(session.plan, table, row):
        return ""
    return session.codes.list.title(code)


def _has_title(plan: Plan, table: str, row: str) -> bool:
    found = find(plan, table, row)
    title = getattr(found, "title", Text())
    return bool(title)


class CodeBox(FieldBox):
    """The field of a code; below it what the list calls the code, to be taken as title."""

    def __init__(self, session: Session, table: str, row: str, label: Message) -> None:
        field = TableField(id="code", label=LocalText(), type="code", translated=False, said=label)  # type: ignore[arg-type]
        self._table, self._row = table, row
        self._named: QLabel | None = None
        register = CodeRegister(table, row, "code", label, session)
        super().__init__(session, field, register, note=Message("ui.programme.code.help"))
        editor = self.bindings[0].editor
        assert isinstance(editor, LineEditor)  # noqa: S101 - what "code" makes
        completer = CodeCompleter(session, editor.edit, table)
        completer.activated.connect(lambda _code: editor.edited.emit())
        self.completer = completer
        self._foot = QWidget()
        line = widgets.line(spacing=6)
        self._foot.setLayout(line)
        self._named = widgets.label(session.speaker, "", "muted", wrap=True)
        self.take = widgets.button(
            session.speaker, Message("ui.programme.code.take"), self.take_title, look="quiet"
        )
        line.addWidget(self._named, 1)
        line.addWidget(self.take)
        self._layout.addWidget(self._foot)
        session.codes.changed.connect(self.show_name)
        self.show_name()

    def refresh(self) -> None:
        super().refresh()
        if self._named is not None:
            self.show_name()

    def show_name(self) -> None:
        """Say what the list calls the code that stands there."""
        if not self._session.is_open:
            return
        found = find(self._session.plan, self._table, self._row)
        title = self._session.codes.list.title(found.code) if found is not None else ""
        self._foot.setVisible(bool(title))
        if not title or self._named is None:
            return
        self._session.speaker.tie(
            self._named, QLabel.setText, Message("ui.programme.code.named", title=title)
        )
        now = found.title.values.get(self._session.source.value, "")
        self.take.setVisible(now != title and not self._session.read_only)

    def take_title(self) -> None:
        """Take the list's title, as one operation."""
        session, table, row = self._session, self._table, self._row
        found = find(session.plan, table, row)
        title = session.codes.list.title(found.code) if found is not None else ""

        def work() -> None:
            label = Message("ui.op.fill", field=Message("ui.programme.title"))
            with session.change(label) as operation:
                operation.write(table, row, "title", session.source.value, title)

        session.drafts.flush()
        session.attempt(work)
