"""The soft mark beside a field: where its value comes from, told on a closer look and never louder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.session import Session
from desktop.workspace.provenance import Manner, Provenance, newest

if TYPE_CHECKING:
    from desktop.ui.tracing import Record

LOOKS = {
    Manner.TYPED: ("pen-line", Message("ui.from.typed")),
    Manner.COMPUTED: ("calculator", Message("ui.from.computed")),
    Manner.IMPORTED: ("import", Message("ui.from.imported")),
    Manner.MOVED: ("archive-restore", Message("ui.from.moved")),
    Manner.CARRIED: ("archive-restore", Message("ui.from.carried")),
    Manner.QUOTED: ("message-square", Message("ui.from.quoted")),
    Manner.SUGGESTED: ("sparkles", Message("ui.from.suggested")),
    Manner.EXAMPLE: ("flag", Message("ui.from.example")),
}
"""Icon and word of each manner."""


class Marked(Protocol):
    """A field that shows where its value comes from."""

    def records(self) -> tuple[Record, ...]:
        """The registers of the journal behind it; none while there is nothing to tell."""

    def show_provenance(self, told: Provenance | None) -> None:
        """Show where the newest of them comes from."""


def tell(session: Session, marked: Iterable[Marked]) -> None:
    """Mark all fields of a page: the journal is asked once."""
    if not session.is_open:
        return
    wanted = {each: each.records() for each in marked}
    registers = {(one.table, one.row, one.field) for records in wanted.values() for one in records}
    found = session.workspace.provenance(registers) if registers else {}
    for each, records in wanted.items():
        each.show_provenance(newest(found.get((one.table, one.row, one.field)) for one in records))


def origin(session: Session, records: tuple[Record, ...]) -> Message | None:
    """Where the value behind some registers comes from, in a sentence; None while nothing was written."""
    if not session.is_open or not records:
        return None
    found = session.workspace.provenance((each.table, each.row, each.field) for each in records)
    told = newest(found.values())
    return told.message if told is not None else None


class ProvenanceMark(QWidget):
    """A small muted icon; its word shows while the field has the focus or the mouse is over it."""

    def __init__(self, session: Session, confirm: Callable[[], object]) -> None:
        super().__init__()
        self._session = session
        self._press = confirm
        self.told: Provenance | None = None
        self.confirm: QPushButton | None = None
        """Made when a value is first only suggested."""
        self._held = False
        self._picture = widgets.picture("pen-line", "muted", 13)
        self.word = widgets.label(session.speaker, "", "muted")
        self._row = widgets.line(self.word, self._picture, spacing=4)
        self.setLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.word.hide()
        self.hide()

    def show_told(self, told: Provenance | None) -> None:
        """Show another origin, or none."""
        self.setVisible(told is not None)
        if told == self.told:
            return
        self.told = told
        if told is None:
            return
        icon, word = LOOKS[told.manner]
        widgets.show_picture(self._picture, icon, "muted", 13)
        speaker = self._session.speaker
        speaker.tie(self.word, QLabel.setText, word)
        speaker.tie(self, QWidget.setToolTip, told.message)
        speaker.tie(self, QWidget.setAccessibleName, told.message)
        suggested = told.manner is Manner.SUGGESTED and not self._session.read_only
        if suggested and self.confirm is None:
            self.confirm = widgets.button(
                speaker, Message("ui.from.confirm"), self._press, icon="check", look="quiet"
            )
            self._row.addWidget(self.confirm)
        if self.confirm is not None:
            self.confirm.setVisible(suggested)
        self._show_word()

    def hold(self, *, held: bool) -> None:
        """Whether the field has the focus or the mouse."""
        self._held = held
        self._show_word()

    def _show_word(self) -> None:
        loud = self.told is not None and self.told.manner is Manner.SUGGESTED
        self.word.setVisible(self._held or loud)
