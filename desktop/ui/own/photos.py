"""The place of a part for its evidence: photos attached with one press or dropped, and those there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton, QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.dialogs.files import ask_open_many
from desktop.ui.files.intake import Intake, local_files
from desktop.ui.files.model import kind_icon
from desktop.ui.flow import Flow
from desktop.ui.session import Session
from desktop.workspace.plan import EvidenceFile, Place

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

Aim = tuple[Place, Callable[["Operation"], object] | None]
"""What a file is attached to, and what makes the row it is in where that is not written yet."""


class PhotoBox(QFrame):
    """Files of evidence for one part; ``aim`` says what the next ones are for, ``mine`` which are there."""

    def __init__(
        self,
        session: Session,
        aim: Callable[[], Aim | None],
        mine: Callable[[], tuple[EvidenceFile, ...]],
        ours: Callable[[], Callable[[Place], bool]],
    ) -> None:
        """``ours`` tells which claims of a file belong to this part."""
        super().__init__()
        self._session, self._aim, self._mine, self._ours = session, aim, mine, ours
        self._shown: tuple[EvidenceFile, ...] | None = None
        self.removers: list[QToolButton] = []
        """One for each file shown, in their order."""
        self.setProperty("look", "drop")
        self.setAcceptDrops(True)
        layout = widgets.column(margins=(8, 6, 8, 6), spacing=4)
        self.setLayout(layout)
        speaker = session.speaker
        self.add = widgets.button(speaker, Message("ui.own.photo"), self.choose, icon="image")
        self._hint = widgets.label(speaker, Message("ui.own.photo.hint"), "muted", wrap=True)
        layout.addLayout(widgets.line(self.add, self._hint, 1))
        self._files = Flow(spacing=2)
        layout.addLayout(self._files)

    def refresh(self) -> None:
        """Show which files are there now."""
        self.add.setEnabled(not self._session.read_only)
        for each in self.removers:
            each.setEnabled(not self._session.read_only)
        mine = self._mine()
        if mine == self._shown:
            return
        self._shown = mine
        widgets.empty(self._files)
        self.removers = []
        for number, file in enumerate(mine):
            look = partial(self._look_inside, number)
            name = widgets.button(
                self._session.speaker, file.name, look, icon=kind_icon(file.media_type), look="quiet"
            )
            self._session.speaker.tie(name, QPushButton.setToolTip, Message("ui.files.open"))
            off = widgets.tool(
                self._session.speaker,
                Message("ui.own.photo.remove", file=file.name),
                "x",
                partial(self.remove, file.id),
            )
            off.setEnabled(not self._session.read_only)
            self.removers.append(off)
            both = QWidget()
            both.setLayout(widgets.line(name, off, spacing=0))
            self._files.addWidget(both)
        hint = Message("ui.own.photo.there", n=len(mine)) if mine else Message("ui.own.photo.hint")
        self._session.speaker.tie(self._hint, QLabel.setText, hint)

    def choose(self) -> None:
        """Let the person choose photos or other files; what is typed is written first."""
        self._session.drafts.flush()
        if self._aim() is None:
            self._session.failed.emit(Message("ui.own.photo.nothing_yet"))
            return
        self.take(ask_open_many(self, self._session, Message("ui.own.photo.choose")))

    def take(self, paths: list[Path]) -> None:
        """Keep files as evidence of this part."""
        aim = self._aim()
        if aim is None:
            self._session.failed.emit(Message("ui.own.photo.nothing_yet"))
            return
        place, before = aim
        Intake.of(self._session).take(paths, place, before)

    def remove(self, evidence: str) -> None:
        """Take a file off this part; nothing is asked, for it can be undone.

        One that supports something else as well stays there.
        """
        session = self._session
        if session.read_only:
            return
        session.drafts.flush()
        file = next((each for each in self._mine() if each.id == evidence), None)
        if file is None:
            return
        ours = self._ours()
        here = [claim for claim in file.claims if ours(claim)]

        def work() -> bool:
            with session.change(Message("ui.op.take_off", file=file.name)) as operation:
                if len(here) == len(file.claims):
                    operation.delete("evidence", file.id)
                else:
                    for claim in here:
                        operation.unclaim(file.id, claim)
            return True

        if session.attempt(work):
            self.add.setFocus()
            session.told.emit(Message("ui.own.photo.removed", file=file.name))

    def _look_inside(self, number: int) -> None:
        from desktop.ui.files.viewing import look_at

        look_at(self._session, list(self._shown or ()), number, self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self._session.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(local_files(event.mimeData()))
