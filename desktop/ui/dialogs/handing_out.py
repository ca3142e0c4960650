"""*Bagikan ke OPD*: copies for agencies, mentors and others, chosen by ticking, made beside the window."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from desktop.base import Message
from desktop.base.placing import clear
from desktop.base.speech import file_size
from desktop.exchange.handing_out import (
    CHAT_LIMIT,
    HandedOut,
    called,
    expected_size,
    for_all_agencies,
    hand_out_job,
    remember_all,
)
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import ask_folder
from desktop.ui.fading import fade
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.helping.asking import offer_help
from desktop.ui.roles import ROLE_NAMES, Role
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.workspace.handing import given
from desktop.workspace.handouts import MadeFor

if TYPE_CHECKING:
    from collections.abc import Sequence

OTHERS = (Role.MENTOR, Role.ASSESSOR, Role.SECRETARY)
"""In what part somebody works who belongs to no agency."""
_WHOM = Qt.ItemDataRole.UserRole


class HandOut(Ask):
    """Whom copies are for and whether evidence goes along; then how large each became."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, Message("ui.handout.title"), Message("ui.handout.accept"), parent)
        offer_help(self, "together")
        self.setMinimumWidth(theme.grown(560))
        speaker = session.speaker
        self.made: list[HandedOut] = []
        self._folder: Path | None = None
        self._mark = secrets.token_hex(8)
        self.body.addWidget(widgets.label(speaker, Message("ui.handout.note"), "muted", wrap=True))
        self.people = QListWidget()
        fade(self.people)
        self.people.setMinimumHeight(theme.grown(190))
        self.people.itemChanged.connect(self._judge)
        self.field(Message("ui.handout.whom"), self.people)
        everybody = widgets.button(
            speaker, Message("ui.handout.all"), lambda: self._tick(ticked=True), look="quiet"
        )
        nobody = widgets.button(
            speaker, Message("ui.handout.none"), lambda: self._tick(ticked=False), look="quiet"
        )
        self._owner = parent
        self.workbooks = widgets.button(
            speaker, Message("ui.handout.workbooks"), self.make_workbooks, look="quiet"
        )
        self.body.addLayout(widgets.line(everybody, nobody, 1, self.workbooks))
        self._other(session)
        self.several = QCheckBox()
        speaker.tie(self.several, QCheckBox.setText, Message("ui.handout.several"))
        speaker.tie(self.several, QCheckBox.setToolTip, Message("ui.handout.several.hint"))
        self.body.addWidget(self.several)
        self.evidence = QCheckBox()
        speaker.tie(self.evidence, QCheckBox.setText, Message("ui.handout.evidence"))
        self.evidence.toggled.connect(self._weigh)
        self.body.addWidget(self.evidence)
        self._size = widgets.label(speaker, "", "muted", wrap=True)
        self.body.addWidget(self._size)
        self.runner = Runner(session)
        self.runner.ended.connect(self._judge)
        self.body.addWidget(self.runner)
        self._fill()
        self._weigh()
        self._judge()

    def _other(self, session: Session) -> None:
        """A line to add somebody who belongs to no agency."""
        speaker = session.speaker
        self.name = QLineEdit()
        widgets.call(speaker, self.name, Message("ui.handout.person"))
        speaker.tie(self.name, QLineEdit.setPlaceholderText, Message("ui.handout.person"))
        self.role = QuietCombo()
        for role in OTHERS:
            self.role.addItem(session.say(ROLE_NAMES[role]), role.value)
        widgets.call(speaker, self.role, Message("ui.who.role"))
        self.add = widgets.button(speaker, Message("ui.handout.add"), self.add_person, icon="plus")
        self.add.setEnabled(False)
        self.name.textChanged.connect(lambda text: self.add.setEnabled(bool(text.strip())))
        self.name.installEventFilter(self)
        self.body.addLayout(widgets.line(self.name, self.role, self.add))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the line of names adds the person; it does not make the copies yet."""
        if (
            watched is self.name
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.add_person()
            return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        before = self.session.attempt(lambda: given(self.session.workspace)) or []
        # newest first, so that the first of each is the last copy
        self._given = {each.agency: each.at for each in reversed(before) if each.kind == "copy"}
        for whom in for_all_agencies(self.session.plan):
            self._offer(whom, ticked=False)
        self.several.setVisible(any(whom.person for whom in self._listed()))

    def _offer(self, whom: MadeFor, *, ticked: bool) -> None:
        language = self.session.speaker.language.value
        name = called(self.session.plan, whom, language)
        if not whom.agency:
            name = f"{name} ({self.session.say(ROLE_NAMES[Role.of(whom.role)])})"
        elif whom.person:
            name = self.session.say(Message("ui.handout.by_name", agency=name, person=whom.person))
        at = self._given.get(whom.agency) if whom.agency else None
        if at is not None:
            name = self.session.say(Message("ui.handout.given", name=name, at=at.astimezone().date()))
        item = QListWidgetItem(name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setData(_WHOM, whom)
        self.people.addItem(item)
        if ticked:  # added just now, at the end of a long list
            self.people.scrollToItem(item)

    def add_person(self) -> None:
        """Put a mentor or another person on the list, ticked."""
        name = " ".join(self.name.text().split())
        if name:
            self._offer(MadeFor(role=str(self.role.currentData()), person=name), ticked=True)
            self.name.clear()
            self._judge()

    def _tick(self, *, ticked: bool) -> None:
        state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        for at in range(self.people.count()):
            self.people.item(at).setCheckState(state)

    def chosen(self) -> list[MadeFor]:
        """Whom copies are to be made for."""
        items = (self.people.item(at) for at in range(self.people.count()))
        found = [item.data(_WHOM) for item in items if item.checkState() is Qt.CheckState.Checked]
        open_ = self.several.isChecked()
        return [replace(each, person="") if open_ and each.agency else each for each in found]

    def _listed(self) -> list[MadeFor]:
        return [self.people.item(at).data(_WHOM) for at in range(self.people.count())]

    def _judge(self, *_: object) -> None:
        self.ok.setEnabled(bool(self.chosen()) and not self.runner.running)

    def _weigh(self, *_: object) -> None:
        """How large a copy will be, before one is made."""
        size = expected_size(self.session.workspace, evidence=self.evidence.isChecked())
        told = file_size(size, self.session.speaker.language)
        message = (
            Message("ui.handout.fits", size=told)
            if size <= CHAT_LIMIT
            else Message("ui.handout.too_large", size=told)
        )
        self.session.speaker.tie(self._size, QLabel.setText, message)

    def make_workbooks(self) -> None:
        """Workbooks instead of copies, for the agencies that are ticked (or for all, to be chosen there)."""
        from desktop.ui.dialogs.workbooks_out import hand_out_workbooks

        ticked = [whom.agency for whom in self.chosen() if whom.agency]
        self.reject()
        hand_out_workbooks(self._owner, self.session, ticked)

    # -- making them ---------------------------------------------------------------------------------
    def accept(self) -> None:
        """The button makes the copies, and closes when they are made."""
        if self.made:
            super().accept()
            return
        folder = ask_folder(self, self.session, Message("ui.handout.folder"))
        if folder is not None:
            self.make(folder)

    def make(self, folder: Path) -> None:
        """Make the copies chosen, in a process of their own."""
        people, evidence = self.chosen(), self.evidence.isChecked()
        self._folder = folder

        def begin() -> None:
            snapshot = self.runner.snapshot()
            giver = self.session.author()
            about = (snapshot, folder, people, giver, evidence, self._mark)
            self.runner.start(self._done, hand_out_job, *about)

        self.session.attempt(begin)
        self._judge()

    def _done(self, made: Sequence[HandedOut]) -> None:
        session, folder = self.session, self._folder
        evidence = self.evidence.isChecked()
        session.attempt(lambda: remember_all(session.workspace, made, evidence=evidence))
        self.made = list(made)
        self.show_made()
        session.told.emit(Message("exchange.handout.made", n=len(made)))
        if folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def show_made(self) -> None:
        """In place of the question what was made: each file with its size, and if a message carries it."""
        widgets.empty(self.body)
        speaker = self.session.speaker
        for each in self.made:
            size = file_size(each.size, speaker.language)
            told = (
                Message("ui.handout.made_fits", file=each.path.name, size=size)
                if each.fits_chat
                else Message("ui.handout.made_large", file=each.path.name, size=size)
            )
            icon, role = ("circle-check", "good") if each.fits_chat else ("hard-drive", "warn")
            text = widgets.label(speaker, told, wrap=True)
            self.body.addLayout(widgets.line(widgets.picture(icon, role, 18), text, 1, spacing=10))
        speaker.tie(self.ok, QPushButton.setText, Message("ui.back.close"))
        self.ok.setEnabled(True)
        self.buttons.removeButton(self.buttons.button(QDialogButtonBox.StandardButton.Cancel))
        self.shrink()

    def done(self, result: int) -> None:
        """Leaving stops what is being made; whole copies stay, half ones go."""
        if self.runner.running:
            self.runner.stop()
            if self._folder is not None:
                clear(self._folder, self._mark)
        super().done(result)


def hand_out(parent: QWidget, session: Session) -> None:
    """Ask for whom, and make the copies."""
    session.drafts.flush()
    HandOut(session, parent).exec()
