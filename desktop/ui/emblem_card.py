"""The region's emblem: shown, dropped or chosen, taken away; books and letters print it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QToolButton

from desktop.base import Message
from desktop.exchange.emblem import prepared, take
from desktop.exchange.photos import Prepared
from desktop.ui import theme, widgets
from desktop.ui.dialogs.files import Purpose, ask_open
from desktop.ui.fields.evidence_slot import EvidenceSlot
from desktop.ui.session import Session
from desktop.ui.viewer.darkroom import Darkroom, Table
from desktop.ui.viewer.thumbs import Thumbs
from desktop.workspace import emblem


class EmblemSlot(EvidenceSlot):
    """Takes one picture, by dialog or drop; what was there before goes."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, emblem.EMBLEM, required=False)
        self._session.speaker.tie(self.add, type(self.add).setText, Message("ui.emblem.choose"))
        for hint in self.findChildren(QLabel):
            hint.hide()  # that evidence may be attached is nothing to say of an emblem

    def refresh(self) -> None:
        super().refresh()
        for tool in self.findChildren(QToolButton):
            tool.hide()  # the card takes the emblem away as a whole

    def _choose(self) -> None:
        kinds = Message("ui.emblem.kinds")
        path = ask_open(self, self._session, Message("ui.emblem.choose"), kinds, Purpose.EVIDENCE)
        if path is not None:
            self.take([path])

    def take(self, paths: list[Path]) -> None:
        """Make the first file the emblem; it is looked into beside the window."""
        if not paths or self._session.read_only:
            return
        path = paths[0]
        Darkroom.of(self._session).ask(
            self,
            lambda: prepared(path),
            self._keep,
            failed=self._session.failed.emit,
            table=Table.INTAKE,
        )

    def _keep(self, picture: Prepared) -> None:
        session = self._session

        def work() -> None:
            with session.change(Message("exchange.emblem.taken")) as operation:
                take(operation, session.plan, picture)

        session.attempt(work)


class EmblemCard(widgets.Card):
    """The emblem and where it is printed."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.emblem.title"))
        self._session = session
        speaker = session.speaker
        self.picture = widgets.blank()
        self.picture.setFixedSize(theme.grown(84), theme.grown(84))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.slot = EmblemSlot(session)
        self.remove = widgets.button(
            speaker, Message("ui.emblem.remove"), self._remove, icon="trash-2", look="quiet"
        )
        side = widgets.column(spacing=6)
        side.addWidget(widgets.label(speaker, Message("ui.emblem.note"), "muted", wrap=True))
        side.addWidget(self.slot)
        side.addLayout(widgets.line(self.remove, 1))
        row = widgets.line(spacing=14)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(side, 1)
        self.add(row)
        self.several = widgets.label(speaker, "", "warn", wrap=True)
        self.add(self.several)
        self._thumbs = Thumbs.of(session)
        self._thumbs.ready.connect(self._show)

    def refresh(self) -> None:
        """Show the emblem as it is now."""
        self.slot.refresh()
        found = emblem.emblems(self._session.plan)
        self.remove.setVisible(bool(found))
        self.remove.setEnabled(not self._session.read_only)
        self.several.setVisible(len(found) > 1)
        if len(found) > 1:
            told = Message("exchange.emblem.several", file=found[-1].name)
            self._session.speaker.tie(self.several, QLabel.setText, told)
        self._show()

    def _show(self, _sha256: str = "") -> None:
        found = emblem.emblem(self._session.plan) if self._session.is_open else None
        small = self._thumbs.picture(found) if found is not None else None
        self._session.speaker.tie(self.picture, QLabel.setAccessibleName, _named(found is not None))
        self.picture.setVisible(found is not None)
        if small is None:
            self.picture.setPixmap(QPixmap())
            return
        ratio = self.picture.devicePixelRatioF()
        room = self.picture.contentsRect().size() * ratio
        shown = small.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        shown.setDevicePixelRatio(ratio)
        self.picture.setPixmap(shown)

    def _remove(self) -> None:
        session = self._session

        def work() -> None:
            with session.change(Message("exchange.emblem.removed")) as operation:
                emblem.remove(operation, session.plan)

        session.attempt(work)


def _named(there: bool) -> Message:
    return Message("ui.emblem.title") if there else Message("ui.emblem.none")
