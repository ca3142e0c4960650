"""The place at a field for its evidence: files dropped or chosen, and what is already there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.dialogs.files import ask_open_many
from desktop.ui.evidence import key, supports
from desktop.ui.files.intake import Intake, local_files
from desktop.ui.files.model import kind_icon
from desktop.ui.roles import REVIEWERS
from desktop.ui.session import Session
from desktop.workspace.plan import EvidenceFile, Place

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation


class EvidenceSlot(QFrame):
    """Shows the files claimed for one place; takes new ones by dialog or drag and drop."""

    def __init__(
        self,
        session: Session,
        place: Place,
        *,
        required: bool,
        before: Callable[[Operation], object] | None = None,
        only_read: bool = False,
    ) -> None:
        """``before`` makes the row the place is in, inside the same operation, where it may not exist yet.

        ``only_read``: what it is about is another office's, and only looked at.
        """
        super().__init__()
        self._before, self._only_read = before, only_read
        self._session = session
        self._place = place
        self._shown: tuple[EvidenceFile, ...] | None = None
        self.setProperty("look", "drop")
        self.setAcceptDrops(True)
        layout = widgets.column(margins=(8, 4, 8, 4), spacing=2)
        self.setLayout(layout)
        speaker = session.speaker
        hint = Message("ui.evidence.required") if required else Message("ui.evidence.optional")
        self.add = widgets.button(
            speaker, Message("ui.evidence.add"), self._choose, icon="paperclip", look="quiet"
        )
        layout.addLayout(widgets.line(self.add, widgets.label(speaker, hint, "muted"), 1))
        self._files = widgets.column(spacing=0)
        layout.addLayout(self._files)

    @property
    def _closed(self) -> bool:
        return self._session.read_only or self._only_read

    def refresh(self) -> None:
        """Show which files support this field now."""
        self.add.setEnabled(not self._closed)
        self.add.setVisible(self._session.role not in REVIEWERS)
        mine = supports(self._session.plan, self._place)
        if mine == self._shown:
            return
        self._shown = mine
        widgets.empty(self._files)
        speaker = self._session.speaker
        for file in mine:
            look = partial(self._look_inside, file)
            name = widgets.button(speaker, file.name, look, icon=kind_icon(file.media_type), look="quiet")
            speaker.tie(name, QPushButton.setToolTip, Message("ui.files.open"))
            remove = widgets.tool(
                speaker,
                Message("ui.evidence.unclaim", file=file.name),
                "x",
                partial(self._unclaim, file),
            )
            remove.setEnabled(not self._closed)
            self._files.addLayout(widgets.line(name, remove, 1))

    def _look_inside(self, file: EvidenceFile) -> None:
        from desktop.ui.files.viewing import look_at

        mine = list(self._shown or ())
        if file in mine:
            look_at(self._session, mine, mine.index(file), self)

    def _choose(self) -> None:
        kept = self._session.plan.evidence
        if not kept:
            self._from_disk()
            return
        menu = QMenu(self)
        menu.addAction(self._session.say(Message("ui.evidence.from_disk")), self._from_disk)
        menu.addSeparator()
        for file in kept[:30]:
            if file not in (self._shown or ()):
                menu.addAction(file.name, partial(self._claim, file))
        menu.exec(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _from_disk(self) -> None:
        self.take(ask_open_many(self, self._session, Message("ui.evidence.choose")))

    def take(self, paths: list[Path]) -> None:
        """Keep files as evidence and claim them for this field."""
        Intake.of(self._session).take(paths, self._place, self._before)

    def _claim(self, file: EvidenceFile) -> None:
        def work() -> None:
            with self._session.change(Message("ui.op.claim", file=file.name)) as operation:
                if self._before is not None:
                    self._before(operation)
                operation.claim(file.id, self._place)

        self._session.attempt(work)

    def _unclaim(self, file: EvidenceFile) -> None:
        def work() -> None:
            with self._session.change(Message("ui.op.unclaim", file=file.name)) as operation:
                for place in file.claims:
                    if key(place) == key(self._place):
                        operation.unclaim(file.id, place)

        self._session.attempt(work)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self._closed:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(local_files(event.mimeData()))
