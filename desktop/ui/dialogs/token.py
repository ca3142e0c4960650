"""Signing with a hardware token (PKCS#11): the driver, the certificate on the token, and its PIN."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.base import Message
from desktop.base.plain import plain
from desktop.base.speech import date
from desktop.ui import tokens, widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import Purpose, ask_open
from desktop.ui.helping.asking import offer_help
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.trust import TokenCertificate, TokenKey


class TokenDialog(Ask):
    """Choose a driver, a certificate and type the PIN; the PIN is kept nowhere."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, Message("ui.token.title"), Message("ui.token.accept"), parent)
        offer_help(self, "signing")
        speaker = session.speaker
        self.widen(560)
        self.body.addWidget(widgets.label(speaker, Message("ui.token.note"), "muted", wrap=True))
        self.library = QLineEdit(tokens.proposed(session.settings.token_library))
        self.library.setReadOnly(True)
        choose = widgets.button(speaker, Message("ui.token.choose"), self._choose, icon="folder-open")
        name = widgets.label(speaker, Message("ui.token.library"), "field")
        name.setBuddy(choose)
        widgets.call(speaker, self.library, Message("ui.token.library"))
        self.body.addWidget(name)
        self.body.addLayout(widgets.line(self.library, choose))
        self.again = widgets.button(speaker, Message("ui.token.read"), self.read, icon="search")
        self.body.addLayout(widgets.line(self.again, 1))
        self.runner = Runner(session)
        self.body.addWidget(self.runner)
        self.list = QListWidget()
        self.list.setMinimumHeight(110)
        self.list.currentRowChanged.connect(lambda _row: self._check())
        self.field(Message("ui.token.certificate"), self.list)
        self.found: tuple[TokenCertificate, ...] = ()
        self.state = widgets.label(speaker, Message("ui.token.not_read"), "muted", wrap=True)
        self.body.addWidget(self.state)
        self.chain: tuple[bytes, ...] = ()
        self.issuer = widgets.label(speaker, Message("ui.token.issuer.note"), "muted", wrap=True)
        issuer = widgets.button(speaker, Message("ui.token.issuer"), self._choose_issuer, look="quiet")
        self.body.addLayout(widgets.line(self.issuer, 1, issuer))
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.textChanged.connect(lambda _text: self._check())
        self.field(Message("ui.token.pin"), self.pin)
        self.tries = widgets.label(speaker, "", "warn", wrap=True)
        self.body.addWidget(self.tries)
        self._check()
        if self.library.text():
            self.read()

    def _choose(self) -> None:
        say = self.session.say
        start = str(Path(self.library.text()).parent) if self.library.text() else ""
        path, _ = QFileDialog.getOpenFileName(
            self, say(Message("ui.token.library")), start, say(Message("ui.files.drivers"))
        )
        if path:
            self.use(Path(path))

    def use(self, library: Path) -> None:
        """Use another driver from now on, and read what is on its tokens."""
        self.library.setText(str(library))
        self.session.remember(token_library=str(library))
        self.read()

    def _choose_issuer(self) -> None:
        path = ask_open(
            self, self.session, Message("ui.token.issuer"), Message("ui.files.certificates"), Purpose.KEYS
        )
        if path is not None:
            self.add_issuer(path)

    def add_issuer(self, file: Path) -> None:
        """Sign with these certificates too: many tokens carry only the signer's own."""
        from desktop.trust.authority_file import read_authorities
        from desktop.trust.certificate import der

        found = self.session.attempt(lambda: read_authorities(file))
        if found:
            self.chain += tuple(map(der, found))
            message = Message("ui.token.issuer.added", file=file.name)
            self.session.speaker.tie(self.issuer, type(self.issuer).setText, message)

    def read(self) -> None:
        """Read the certificates on the token that is plugged in now."""
        self._show(())
        if self.library.text() and not self.runner.running:
            self.runner.start(self._show, tokens.read_token, Path(self.library.text()))

    def _show(self, found: tuple[TokenCertificate, ...]) -> None:
        self.found = found
        self.list.clear()
        for each in found:
            certificate = each.certificate
            until = date(certificate.not_valid_after_utc.date(), self.session.speaker.language)
            words = Message(
                "ui.token.entry",
                holder=_holder(each),
                token=plain(each.token.strip() or each.label),
                until=until,
            )
            item = QListWidgetItem(self.session.say(words))
            item.setToolTip(self.session.say(words))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.state.setVisible(not found)
        self._check()

    def _check(self) -> None:
        self.again.setEnabled(bool(self.library.text()))
        row = self.list.currentRow()
        chosen = self.found[row] if 0 <= row < len(self.found) else None
        locked = chosen is not None and chosen.pin.value == "locked"
        self.pin.setEnabled(not locked)
        self.ok.setEnabled(chosen is not None and bool(self.pin.text()) and not locked)
        warning = chosen.pin.warning if chosen is not None else None
        self.tries.setVisible(warning is not None)
        self.session.speaker.tie(self.tries, QLabel.setText, warning or "")

    def key(self) -> TokenKey:
        """The chosen key."""
        from desktop.trust import TokenKey

        chosen = self.found[self.list.currentRow()]
        return TokenKey(
            Path(self.library.text()),
            self.pin.text(),
            token=chosen.token,
            key_id=chosen.key_id,
            chain=self.chain,
        )

    def done(self, result: int) -> None:
        self.runner.stop()
        super().done(result)


def _holder(found: TokenCertificate) -> str:
    from desktop.trust.certificate import holder

    return holder(found.certificate)


def ask_token(parent: QWidget, session: Session) -> TokenKey | None:
    """A key on a token; None when the person gave up."""
    dialog = TokenDialog(session, parent)
    return dialog.key() if dialog.exec() == TokenDialog.DialogCode.Accepted else None
