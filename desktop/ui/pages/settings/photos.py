"""What happens to photos on entry."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from desktop.base import Message
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.files.intake import DROP, KEEP
from desktop.ui.pages.settings.parts import SettingsCard
from desktop.ui.pages.settings.person import fill
from desktop.ui.session import Session

PLACES = {
    "": Message("ui.files.place_ask"),
    KEEP: Message("ui.files.place_keep"),
    DROP: Message("ui.files.place_drop"),
}


class PhotosCard(SettingsCard):
    """Whether places stay in photos, and whether photos are kept to the byte."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, Message("ui.files.photos"), Message("ui.files.photos_note"))
        self.place = QuietCombo()
        self.place.activated.connect(
            lambda _row: session.remember(photo_place=str(self.place.currentData() or ""))
        )
        self.original = QCheckBox()
        session.speaker.tie(self.original, QCheckBox.setText, Message("ui.files.original_on"))
        self.original.clicked.connect(lambda on: session.remember(photo_original=bool(on)))
        self.field("photo-place", self.place)
        self.field("photo-original", self.original)

    def refresh(self) -> None:
        fill(self, self.place, PLACES, self.session.settings.photo_place)
        self.original.setChecked(self.session.settings.photo_original)
