"""Before letters and receipts are written: whose they are, whom to answer, and which key signs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QWidget

from desktop.base import Message
from desktop.submission.register.letters import Desk
from desktop.ui import widgets
from desktop.ui.background import beside
from desktop.ui.dialogs.ask import Ask, ask_password
from desktop.ui.dialogs.files import Purpose, ask_folder, ask_open
from desktop.ui.fields.editors import DateEditor
from desktop.ui.flow import Flow
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.trust import KeySource


class PostingDialog(Ask):
    """Office, contact, day and number; for receipts also the key, which may be left out."""

    def __init__(
        self,
        session: Session,
        parent: QWidget,
        *,
        signs: bool,
        about: Message | None = None,
        shared: bool = False,
    ) -> None:
        """``about`` says what is going to be signed; ``shared``: several regions name an unknown issuer."""
        title = Message("ui.posting.receipts") if signs else Message("ui.posting.letters")
        super().__init__(session, title, Message("ui.posting.accept"), parent)
        offer_help(self, "desk")
        self.widen(520)
        self.key: KeySource | None = None
        self.office, self.contact, self.number = (QLineEdit() for _ in range(3))
        self.answer_by = DateEditor(session.speaker)
        self.unknown = QCheckBox()
        session.speaker.tie(self.unknown, QCheckBox.setText, Message("ui.posting.ask_unknown"))
        if about is not None:
            self.body.addWidget(widgets.label(session.speaker, about, wrap=True))
        self.field(Message("ui.posting.office"), self.office)
        self.field(Message("ui.posting.number"), self.number)
        if not signs:
            self.field(Message("ui.posting.contact"), self.contact)
            name = Message("ui.posting.answer_by")
            label = widgets.label(session.speaker, name, "field")
            label.setBuddy(self.answer_by.inner)
            widgets.call(session.speaker, self.answer_by.inner, name)
            self.body.addWidget(label)
            self.body.addWidget(self.answer_by)
            self.body.addWidget(self.unknown)
            self.unknown.setVisible(shared)
            return
        speaker = session.speaker
        self.signer = widgets.label(speaker, Message("ui.posting.no_key"), "muted", wrap=True)
        self.body.addWidget(self.signer)
        self.known = widgets.column(spacing=4)
        self.body.addLayout(self.known)
        file = widgets.button(speaker, Message("ui.posting.p12"), self._choose_file, icon="signature")
        token = widgets.button(speaker, Message("ui.posting.token"), self._choose_token)
        self.body.addLayout(Flow(file, token))

    def _choose_file(self) -> None:
        path = ask_open(self, self.session, Message("ui.package.key"), Message("ui.files.keys"), Purpose.KEYS)
        password = ask_password(self, self.session, path.name) if path is not None else None
        if path is not None and password is not None:
            from desktop.trust import P12Key

            self._hold(P12Key(path, password))

    def _choose_token(self) -> None:
        from desktop.ui.dialogs.token import ask_token

        key = ask_token(self, self.session)
        if key is not None:
            self._hold(key)

    def _hold(self, key: KeySource) -> None:
        """Say whose key it is and what is to be known of it; one that cannot be used is told and not held."""
        from desktop.base import clock
        from desktop.submission.register.posting import KnownKey, known_of
        from desktop.trust import load_anchors

        def work() -> KnownKey:
            return known_of(key, load_anchors(), clock.now())

        # a token may think about it for a second
        found = self.session.attempt(lambda: beside(work))
        if found is None:
            return
        self.key = found
        speaker = self.session.speaker
        speaker.tie(self.signer, QLabel.setText, Message("ui.posting.signer", holder=found.holder))
        widgets.empty(self.known)
        for each in found.told:
            self.known.addWidget(widgets.label(speaker, each, "warn", wrap=True))

    def desk(self) -> Desk:
        """What was filled in. Raises NotUnderstood."""
        day = self.answer_by.value()
        answer_by = dt.date.fromisoformat(str(day)) if day else None
        return Desk(
            self.office.text().strip(), self.contact.text().strip(), answer_by, self.number.text().strip(),
            language=self.session.speaker.language, ask_unknown=self.unknown.isChecked(),
        )  # fmt: skip


def ask_desk(
    parent: QWidget, session: Session, *, signs: bool, about: Message | None = None, shared: bool = False
) -> tuple[Desk, Path, KeySource | None] | None:
    """Whose letters, which folder, and the key; None when the person gave up."""
    dialog = PostingDialog(session, parent, signs=signs, about=about, shared=shared)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    desk = session.attempt(dialog.desk)
    folder = ask_folder(parent, session, Message("ui.posting.folder")) if desk is not None else None
    return None if desk is None or folder is None else (desk, folder, dialog.key)
