"""Timestamps: added to a signed package when somebody asks for it, never by themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit

from desktop.base import Message, clock
from desktop.base.settable import change
from desktop.ui import theme, widgets
from desktop.ui.dialogs.several import tell_all
from desktop.ui.pages.settings.names import SETTINGS
from desktop.ui.pages.settings.online import NAME
from desktop.ui.pages.settings.parts import WIDE
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission import Extended
    from desktop.trust import Anchors, TimeService


class StampCard(widgets.Card):
    """Which service is asked, how much is added, and the button that asks."""

    def __init__(
        self,
        session: Session,
        runner: Runner,
        anchors: Callable[[], Anchors | None],
        verify: Callable[[Path], object],
    ) -> None:
        """``verify`` is told the package that got its timestamps."""
        super().__init__(session.speaker, Message("ui.package.stamp"), Message("ui.package.stamp.note"))
        self.session, self.runner = session, runner
        self._anchors, self._verify = anchors, verify
        self.package: Path | None = None
        speaker = session.speaker
        self.address = QLineEdit()
        speaker.tie(self.address, QLineEdit.setPlaceholderText, Message("ui.settings.online.none"))
        widgets.call(speaker, self.address, SETTINGS[NAME])
        self.address.setMaximumWidth(theme.grown(WIDE))
        self.address.editingFinished.connect(self._on_address)
        name = widgets.label(speaker, SETTINGS[NAME], "field", wrap=True)
        name.setBuddy(self.address)
        self.add(name)
        self.add(self.address)
        self.answers = QCheckBox()
        speaker.tie(self.answers, QCheckBox.setText, Message("ui.package.stamp.answers"))
        self.add(self.answers)
        self.press = widgets.button(speaker, Message("ui.package.stamp.add"), self.stamp, icon="clock")
        self.add(widgets.line(self.press, 1))
        session.settings_changed.connect(self.refresh)
        self.refresh()

    def hold(self, package: Path) -> None:
        """Work on this package from now on."""
        self.package = package
        self.refresh()

    def service(self) -> TimeService | None:
        """The service that is set on this computer; None (and a sentence) where there is none."""
        from desktop.trust import time_service

        return self.session.attempt(lambda: time_service(self.session.settings.timestamp_service))

    def refresh(self) -> None:
        """Show whom the button asks."""
        address = self.session.settings.timestamp_service
        if not self.address.hasFocus():
            self.address.setText(address)
        self.press.setEnabled(bool(address) and self.package is not None)

    def _on_address(self) -> None:
        address = self.address.text()
        if address.strip() != self.session.settings.timestamp_service:
            changed = self.session.attempt(lambda: change(self.session.settings, NAME, address))
            if changed is not None:
                self.session.remember(timestamp_service=changed.timestamp_service)
        self.refresh()

    def stamp(self) -> None:
        """Ask for the timestamps; the package changes only when all of them are there and hold."""
        if self.package is None or not self.runner.free():
            return
        service, anchors = self.service(), self._anchors()
        if service is None or anchors is None:
            return
        from desktop.submission import extend

        level = "lt" if self.answers.isChecked() else "t"
        self.runner.start(
            self._on_stamped, extend, self.package, self.package, service, level, anchors, clock.now()
        )

    def _on_stamped(self, done: Extended) -> None:
        tell_all(self, self.session, Message("ui.package.stamp.noted", n=len(done.notes)), done.notes)
        told = Message("ui.package.stamp.done", n=len(done.stamped))
        if done.kept is not None:
            self.session.told.emit(Message("ui.package.kept", done=told, file=done.kept.name))
        elif not done.notes:
            self.session.told.emit(told)
        self._verify(done.path)
