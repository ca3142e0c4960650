"""Where files begin to be looked for, and where backups are kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desktop.base import Message
from desktop.base.paths import folder, home
from desktop.base.settable import FOLDER_TITLES, change
from desktop.base.speech import moment
from desktop.ui import widgets
from desktop.ui.dialogs.files import ask_folder
from desktop.ui.pages.settings.parts import SettingsCard
from desktop.ui.session import Session
from desktop.ui.settings import Purpose


class PlaceField(QWidget):
    """A folder: typed or chosen, or none."""

    def __init__(self, card: SettingsCard, name: str, empty: Message) -> None:
        super().__init__()
        self._session, self._name = card.session, name
        speaker = card.session.speaker
        self.path = QLineEdit()
        speaker.tie(self.path, QLineEdit.setPlaceholderText, empty)
        self.path.editingFinished.connect(lambda: self.take(self.path.text()))
        self.choose = widgets.button(speaker, Message("ui.settings.choose"), self._choose, icon="folder-open")
        self.forget = widgets.tool(speaker, Message("ui.settings.forget"), "x", lambda: self.take(""))
        row = widgets.line(self.path, self.choose, self.forget)
        row.setStretch(0, 1)
        self.setLayout(row)
        self.setFocusProxy(self.path)

    def take(self, path: str) -> None:
        """Use this folder from now on; one that is not there is refused with a sentence."""
        if path != self.value():
            changed = self._session.attempt(lambda: change(self._session.settings, self._name, path))
            if changed is not None:
                self._session.remember(folders=changed.folders, backup_place=changed.backup_place)
        self.refresh()

    def value(self) -> str:
        """What is set now."""
        from desktop.base.settable import SETTABLE

        return SETTABLE[self._name].read(self._session.settings)

    def refresh(self) -> None:
        """Show what is set now."""
        if not self.path.hasFocus() or self.path.text() != self.value():
            self.path.setText(self.value())
        self.path.setToolTip(self.value())
        self.forget.setEnabled(bool(self.value()))

    def _choose(self) -> None:
        path = ask_folder(self, self._session, Message("ui.settings.choose"), Purpose.DOCUMENTS)
        if path is not None:
            self.take(str(path))


class FoldersCard(SettingsCard):
    """In which folder each kind of file dialog begins."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, Message("ui.settings.folders"), Message("ui.settings.folders.note"))
        self.places: list[PlaceField] = []
        for purpose in FOLDER_TITLES:
            name = f"folder-{purpose.value}"
            place = PlaceField(self, name, Message("ui.settings.folder.last"))
            self.places.append(place)
            self.field(name, place)
            widgets.call(session.speaker, place.path, FOLDER_TITLES[purpose])

    def refresh(self) -> None:
        for place in self.places:
            place.refresh()


class BackupsCard(SettingsCard):
    """Where backups are kept on this computer, and a second place of the person's own choice."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, Message("ui.settings.backups"), Message("ui.settings.backups.note"))
        speaker = session.speaker
        self.here = widgets.label(speaker, self._here, "muted", wrap=True)
        show: QPushButton = widgets.button(
            speaker, Message("ui.settings.show_folder"), self._show, look="quiet"
        )
        row = widgets.line(self.here, show)
        row.setStretch(0, 1)
        self.add(row)
        self.place = PlaceField(self, "backup-place", Message("ui.settings.no_second"))
        self.field("backup-place", self.place)
        widgets.call(speaker, self.place.path, Message("base.setting.backup_place"))
        self.state = widgets.label(speaker, self._state, "muted", wrap=True)
        self.add(self.state)

    def _here(self) -> Message:
        return Message("ui.settings.backups.here", path=str(home() / "backups"))

    def _state(self) -> Message:
        """Whether the second place is there, and what of the open document lies there."""
        from desktop.workspace.backup import listed_second

        place = self.session.settings.backup_place
        if not place:
            return Message("ui.settings.second.none")
        if not Path(place).is_dir():
            return Message("ui.settings.second.away")
        saved = listed_second(self.session.workspace.id) if self.session.is_open else []
        if not saved:
            return Message("ui.settings.second.there")
        return Message("ui.settings.second.newest", at=moment(saved[0].at, self.session.speaker.language))

    def _show(self) -> None:
        place = self.session.attempt(lambda: folder("backups"))
        if place is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))

    def refresh(self) -> None:
        self.place.refresh()
        for label, say in ((self.here, self._here), (self.state, self._state)):
            self.session.speaker.tie(label, type(label).setText, partial(say))
