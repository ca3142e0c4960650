"""How evidence shall be exported: how large a file may be, and whether ZIP parts are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import ask_folder
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.helping.asking import offer_help

if TYPE_CHECKING:
    from desktop.exchange.evidence_export import Caps
    from desktop.ui.session import Session

CAPS = (0, 1, 2, 5, 10, 16)
"""Megabytes an upload form takes; 0 = any size."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where to, and how."""

    target: Path
    caps: Caps


class ExportDialog(Ask):
    """The two questions; the folder is asked afterwards by the computer's own dialog."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, Message("ui.export.title"), Message("ui.export.accept"), parent)
        offer_help(self, "evidence")
        speaker = session.speaker
        self.body.addWidget(widgets.label(speaker, Message("ui.export.note"), "muted", wrap=True))
        self.largest = QuietCombo()
        for size in CAPS:
            said = Message("ui.export.up_to", size=size) if size else Message("ui.export.any_size")
            self.largest.addItem(session.say(said), size)
        self.field(Message("ui.export.largest"), self.largest)
        self.zipped = QCheckBox()
        speaker.tie(self.zipped, QCheckBox.setText, Message("ui.export.zipped"))
        self.body.addWidget(self.zipped)

    def caps(self) -> Caps:
        """What was chosen."""
        from desktop.exchange.evidence_export import Caps

        return Caps(file=int(self.largest.currentData()) * 1_000_000, zipped=self.zipped.isChecked())


def ask_export(session: Session, parent: QWidget) -> Wanted | None:
    """Where evidence is exported and how; None when the person gave up."""
    dialog = ExportDialog(session, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    caps = dialog.caps()
    target = ask_folder(parent, session, Message("ui.export.title"))
    return Wanted(target, caps) if target is not None else None
