"""The region's own list of nomenclature codes: what is there, taken in from a workbook, looked through."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QListWidget, QProgressBar, QWidget

from desktop.base import Message
from desktop.ui import inside, theme, widgets
from desktop.ui.beside import Beside
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import ask_open
from desktop.ui.fading import fade
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.exchange.code_lists import CodeListRead

TOLD = 6
"""Rows left out that are told by name."""


def show_codes(parent: QWidget, session: Session) -> None:
    """Show the list; taking another one in and removing it are one change each."""
    dialog = CodesDialog(session, parent)
    dialog.exec()
    dialog.deleteLater()


class CodesDialog(Ask):
    """A line to search by, what was found, and buttons to take a list in or to do without."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, Message("ui.codes.title"), Message("ui.codes.import"), parent)
        offer_help(self, "programmes")
        speaker = session.speaker
        self.setMinimumWidth(theme.grown(620))
        self._beside = Beside(self)
        self.state = widgets.label(speaker, "", wrap=True)
        self.body.addWidget(self.state)
        self.body.addWidget(widgets.label(speaker, Message("ui.codes.note"), "muted", wrap=True))
        self.search = QLineEdit()
        inside.clearing(speaker, self.search)
        speaker.tie(self.search, QLineEdit.setPlaceholderText, Message("ui.codes.search_hint"))
        self.field(Message("ui.codes.search"), self.search)
        self.search.textEdited.connect(self._look_up)
        self.found = QListWidget()
        fade(self.found)
        self.found.setMinimumHeight(theme.grown(220))
        widgets.call(speaker, self.found, Message("ui.codes.found"))
        self.body.addWidget(self.found)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        widgets.call(speaker, self.bar, Message("ui.job.progress"))
        self.bar.hide()
        self.body.addWidget(self.bar)
        self.remarks = widgets.label(speaker, "", "warn", wrap=True)
        self.remarks.hide()
        self.body.addWidget(self.remarks)
        self.remove = widgets.button(speaker, Message("ui.codes.remove"), self.remove_list, icon="trash-2")
        self.buttons.addButton(self.remove, QDialogButtonBox.ButtonRole.ResetRole)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        speaker.tie(cancel, _named, Message("ui.codes.close"))
        self.buttons.accepted.disconnect(self.accept)
        self.buttons.accepted.connect(self.choose)
        self.finished.connect(lambda _how: self._beside.stop())
        session.codes.changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Say which list is there, and offer what can be done."""
        session = self.session
        if not session.is_open:
            return
        plan, codes = session.plan, session.codes.list
        if plan.codes:
            said = Message("ui.codes.own", file=plan.nomenclature_name, codes=len(codes))
        elif plan.nomenclature:
            said = Message("ui.codes.away", file=plan.nomenclature_name)
        else:
            said = Message("ui.codes.samples", codes=len(codes))
        session.speaker.tie(self.state, QLabel.setText, said)
        self.ok.setEnabled(not session.read_only and not self._beside.running)
        self.remove.setVisible(bool(plan.nomenclature) and not session.read_only)
        self._look_up(self.search.text())

    def _look_up(self, typed: str) -> None:
        self.found.clear()
        codes = self.session.codes
        found = codes.search(typed) if typed.strip() else codes.list.entries[:30]
        self.found.addItems([f"{entry.code}   {entry.title}" for entry in found])

    def choose(self) -> None:
        """Choose a file and take it in."""
        path = ask_open(self, self.session, Message("ui.codes.import"), Message("ui.files.tables"))
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a list beside the window; closing the dialog gives it up."""
        from desktop.exchange.code_lists import read_code_list

        self.bar.show()
        self.remarks.hide()
        self._beside.start(
            lambda report: read_code_list(path, report), self._take, self._refuse, lambda *_: None
        )
        self.ok.setEnabled(False)

    def _take(self, read: CodeListRead) -> None:
        session = self.session
        self.bar.hide()
        label = Message("exchange.codes.label", file=read.file, codes=len(read.entries))

        def work() -> None:
            with session.change(label) as operation:
                operation.take_codes(read.entries, read.file)

        session.attempt(work)
        said = [session.say(remark) for remark in read.remarks[:TOLD]]
        if len(read.remarks) > TOLD:
            said.append(session.say(Message("ui.codes.more", n=len(read.remarks) - TOLD)))
        self.remarks.setText("\n".join(said))
        self.remarks.setVisible(bool(said))
        session.told.emit(Message("ui.codes.taken", file=read.file, codes=len(read.entries)))
        self.show_state()

    def _refuse(self, message: Message) -> None:
        self.bar.hide()
        self.session.speaker.tie(self.remarks, QLabel.setText, message)
        self.remarks.show()
        self.ok.setEnabled(not self.session.read_only)

    def remove_list(self) -> None:
        """Do without the list, as one operation; undo brings it back."""
        session = self.session

        def work() -> None:
            with session.change(Message("ui.op.remove_codes")) as operation:
                operation.take_codes((), "")

        session.attempt(work)
        self.show_state()


def _named(button: QWidget, name: str) -> None:
    button.setText(name)  # type: ignore[attr-defined]  # the Cancel button has a text
