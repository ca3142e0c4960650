"""Asking for whom sheets are written, and showing what a returned one brings before it is taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from desktop.base import Message
from desktop.exchange.input_sheets import Returned, Said, Standing
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.fields.box import language_name
from desktop.ui.flow import Flow
from desktop.ui.hearing.sources import said_of
from desktop.ui.helping.asking import offer_help
from desktop.ui.registers import find
from desktop.ui.session import Session
from desktop.ui.whole_rows import wrapping

if TYPE_CHECKING:
    from desktop.workspace import Plan

STANDINGS = {
    Standing.NEW: Message("ui.sheets.new"),
    Standing.CHANGED: Message("ui.sheets.changed"),
    Standing.SAME: Message("ui.sheets.same"),
}
ANYBODY = "*"
"""Stands for the sheet that anybody may fill in."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What shall be written, for whom."""

    answers: bool
    stakeholders: tuple[str, ...]
    blank: bool
    languages: tuple[str, ...]
    formats: tuple[str, ...]

    def names(self, plan: Plan) -> tuple[str, ...]:
        """What the files will be called."""
        from desktop.exchange.input_sheets.writing import answer_names, sheet_names

        shared = (plan, self.languages, self.formats, self.stakeholders)
        return answer_names(*shared) if self.answers else sheet_names(*shared, blank=self.blank)

    def work(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """The job that writes it, and its arguments behind snapshot and folder."""
        from desktop.exchange.input_sheets.writing import write_answers, write_sheets

        shared = (self.languages, self.formats, self.stakeholders)
        return (write_answers, shared) if self.answers else (write_sheets, (*shared, self.blank))


class SendSheets(Ask):
    """For whom (everybody at first), in which languages, as which files."""

    def __init__(self, session: Session, parent: QWidget, *, answers: bool) -> None:
        title = Message("ui.sheets.answers") if answers else Message("ui.sheets.send")
        super().__init__(session, title, Message("ui.sheets.go"), parent)
        offer_help(self, "stakeholders")
        self._answers = answers
        speaker = session.speaker
        note = Message("ui.sheets.answers_note") if answers else Message("ui.sheets.note")
        self.body.addWidget(widgets.label(speaker, note, "muted", wrap=True))
        self.people = QListWidget()
        self.people.setMinimumHeight(theme.grown(170))
        self.field(Message("ui.sheets.who"), self.people)
        for value, name in self._offered():
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setCheckState(Qt.CheckState.Checked if value != ANYBODY else Qt.CheckState.Unchecked)
            self.people.addItem(item)
        if self.people.count():
            self.people.setCurrentRow(0)
        self.languages = {each: self._tick(language_name(each)) for each in (session.source, session.second)}
        self.languages[session.source].setChecked(True)
        self.formats = {
            "docx": self._tick(Message("ui.sheets.docx")),
            "pdf": self._tick(Message("ui.sheets.pdf")),
        }
        self.formats["docx"].setChecked(True)
        for ticks in (self.languages, self.formats):
            self.body.addLayout(Flow(*ticks.values(), spacing=14))
        self.people.itemChanged.connect(lambda _item: self._allow())
        self._allow()

    def _tick(self, name: Message) -> QCheckBox:
        tick = QCheckBox()
        self.session.speaker.tie(tick, QCheckBox.setText, name)
        tick.clicked.connect(lambda _on: self._allow())
        return tick

    def _offered(self) -> Iterator[tuple[str, str]]:
        plan = self.session.plan
        said = {each.stakeholder for each in plan.inputs}
        for each in plan.stakeholders:
            if each.name.strip() and (not self._answers or each.id in said):
                yield each.id, each.name
        if not self._answers:
            yield ANYBODY, self.session.say(Message("ui.sheets.anybody"))

    def _ticked(self) -> list[str]:
        items = (self.people.item(row) for row in range(self.people.count()))
        return [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]

    def _allow(self) -> None:
        ticked = all(
            any(tick.isChecked() for tick in kind.values()) for kind in (self.languages, self.formats)
        )
        self.ok.setEnabled(bool(self._ticked()) and ticked)

    def chosen(self) -> Sending:
        """What shall be written."""
        people = self._ticked()
        return Sending(
            answers=self._answers,
            stakeholders=tuple(each for each in people if each != ANYBODY),
            blank=ANYBODY in people,
            languages=tuple(each.value for each, tick in self.languages.items() if tick.isChecked()),
            formats=tuple(each for each, tick in self.formats.items() if tick.isChecked()),
        )


class ReturnedSheet(Ask):
    """What a sheet brings, line by line; what is ticked is taken in."""

    def __init__(self, session: Session, returned: Returned, parent: QWidget) -> None:
        accept = Message("ui.sheets.take_in")
        super().__init__(session, Message("ui.sheets.returned", file=returned.file), accept, parent)
        offer_help(self, "inputs")
        self.setMinimumWidth(theme.grown(640))
        self._returned = returned
        speaker = session.speaker
        self.body.addWidget(widgets.label(speaker, self._from(), wrap=True))
        counts = {each.value: len(returned.of(each)) for each in Standing}
        self.body.addWidget(widgets.label(speaker, Message("ui.sheets.counts", **counts), "muted", wrap=True))
        self.lines = QListWidget()
        wrapping(self.lines)
        self.lines.setMinimumHeight(theme.grown(220))
        for each in returned.said:
            self.lines.addItem(self._line(each))
        self.lines.itemChanged.connect(lambda _item: self._allow())
        self.field(Message("ui.sheets.lines"), self.lines)
        if self.lines.count():
            self.lines.setCurrentRow(0)
        self._allow()

    def _from(self) -> Message:
        found = find(self.session.plan, "stakeholder", self._returned.stakeholder)
        name = found.name if found is not None else self._returned.speaker
        if found is None:
            return Message("ui.sheets.from_unknown", who=name or "?")
        return Message("ui.sheets.from", who=name)

    def _line(self, each: Said) -> QListWidgetItem:
        say = self.session.say
        head = say(
            Message(
                "ui.sheets.line", standing=STANDINGS[each.standing], about=said_of(self.session, each.item)
            )
        )
        parts = [head, each.text]
        if each.before:
            parts.append(say(Message("ui.sheets.before", text=each.before)))
        if each.doubt is not None:
            parts.append(say(each.doubt))
        item = QListWidgetItem("\n".join(parts))
        new = each.standing is not Standing.SAME
        if not new:
            item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
        else:
            item.setCheckState(Qt.CheckState.Checked)
        return item

    def _allow(self) -> None:
        self.ok.setEnabled(bool(self.chosen()))

    def chosen(self) -> list[Said]:
        """What was left ticked."""
        pairs = zip(self._returned.said, range(self.lines.count()), strict=True)
        return [
            each
            for each, row in pairs
            if each.standing is not Standing.SAME
            and self.lines.item(row).checkState() is Qt.CheckState.Checked
        ]
