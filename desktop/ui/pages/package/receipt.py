"""The region's own record of the package at work, as a page to print or keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.base import Message, clock
from desktop.base.written import as_decided, chosen
from desktop.ui import widgets
from desktop.ui.dialogs.files import ask_save
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.trust import Anchors


class ReceiptLine(QWidget):
    """What it is for, and the button; nothing to press while there is no package."""

    def __init__(self, session: Session, runner: Runner, anchors: Callable[[], Anchors | None]) -> None:
        super().__init__()
        self.session, self.runner, self._anchors = session, runner, anchors
        self._package: Path | None = None
        speaker = session.speaker
        note = widgets.label(speaker, Message("ui.package.receipt.note"), "muted", wrap=True)
        self.button = widgets.button(
            speaker, Message("ui.package.receipt"), self._choose_target, icon="printer"
        )
        row = widgets.line(note, self.button)
        row.setStretch(0, 1)
        self.setLayout(row)
        self.setEnabled(False)

    def hold(self, package: Path) -> None:
        """Print the record of this package from now on."""
        self._package = package
        self.setEnabled(True)

    def _choose_target(self) -> None:
        from desktop.submission.slip import slip_name

        if self._package is None:
            return
        name = slip_name(self._package)
        kind = Message("ui.package.receipt.kind")
        target = ask_save(self, self.session, Message("ui.package.receipt"), name, kind)
        if target is not None:
            self.write(target)

    def write(self, target: Path) -> None:
        """Verify the package and write the page, in the language of the window."""
        from desktop.submission.slip import write_slip

        there, anchors = chosen(target), self._anchors()
        if self._package is None or anchors is None or not self.runner.free():
            return
        language = self.session.speaker.language.value
        given = (write_slip, self._package, target, anchors, clock.now(), language)
        self.runner.start(self._on_written, as_decided, there, *given)

    def _on_written(self, target: Path) -> None:
        self.session.told.emit(Message("ui.package.receipt.written", file=target.name))
