"""Signing elsewhere (a remote signing service): PDFs go out, and signed ones come back into the package."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.base import LocalText, Message
from desktop.guideline.lookup import package_books, package_signers
from desktop.ui import widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import ask_folder, ask_open
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.helping.asking import offer_help
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission import Exported, Signed


class Returned(Ask):
    """Which document came back, signed by whom, and whether somebody compared the pages."""

    def __init__(self, session: Session, pdf: Path, parent: QWidget) -> None:
        super().__init__(
            session, Message("ui.elsewhere.title", file=pdf.name), Message("ui.elsewhere.accept"), parent
        )
        offer_help(self, "signing-elsewhere")
        self.document, self.role, self.compared = QuietCombo(), QuietCombo(), QCheckBox()
        for book in package_books(session.pack):
            if package_signers(session.pack, book):
                inside = f"books/{book.id}.{session.source.value}.pdf"
                self.document.addItem(session.say(book.title), inside)
                if Path(inside).name == pdf.name:
                    self.document.setCurrentIndex(self.document.count() - 1)
        self.document.activated.connect(lambda _row: self._offer_roles())
        self.field(Message("ui.elsewhere.document"), self.document)
        self.field(Message("ui.elsewhere.role"), self.role)
        session.speaker.tie(self.compared, QCheckBox.setText, Message("ui.elsewhere.compared"))
        self.body.addWidget(self.compared)
        self._offer_roles()

    def suggest(self, inside: str) -> None:
        """Choose the document that the PDF seems to be."""
        if self.document.findData(inside) < 0:
            self.document.addItem(inside, inside)
        self.document.setCurrentIndex(self.document.findData(inside))
        self._offer_roles()

    def _offer_roles(self) -> None:
        pack, inside = self.session.pack, str(self.document.currentData())
        labels = {role.id: role.label for role in pack.roles}
        book = next((each for each in pack.books if inside.startswith(f"books/{each.id}.")), None)
        self.role.clear()
        for role in package_signers(pack, book) if book else ():
            self.role.addItem(self.session.say(labels.get(role, LocalText({"id": role}))), role)


class Elsewhere(QWidget):
    """Two buttons below the signers."""

    def __init__(self, session: Session, runner: Runner, signed: Callable[[Signed], object]) -> None:
        super().__init__()
        self._session, self._runner, self._signed = session, runner, signed
        self.package: Path | None = None
        speaker = session.speaker
        out = widgets.button(speaker, Message("ui.elsewhere.export"), self._choose_folder, icon="upload")
        back = widgets.button(speaker, Message("ui.elsewhere.return"), self._choose_pdf, icon="download")
        self.setLayout(widgets.line(out, back, 1))

    def _choose_folder(self) -> None:
        path = ask_folder(self, self._session, Message("ui.elsewhere.export"))
        if path is not None:
            self.export(path)

    def export(self, folder: Path, role: str = "") -> None:
        """Write the PDFs that wait for a signature into a folder."""
        from desktop.submission import export_for_signing

        if self.package is not None and not self._runner.running:
            arguments = (self.package, folder, role, self._session.speaker.language.value)
            self._runner.start(self._on_exported, export_for_signing, *arguments)

    def _on_exported(self, exported: Exported) -> None:
        self._session.told.emit(Message("ui.elsewhere.exported", n=len(exported.documents)))

    def _choose_pdf(self) -> None:
        path = ask_open(self, self._session, Message("ui.elsewhere.return"), Message("ui.files.pdf"))
        if path is not None:
            self.offer(path)

    def offer(self, pdf: Path, inside: tuple[str, ...] = ()) -> None:
        """Ask which document a signed PDF is; ``inside`` are those it may be, the surest first."""
        dialog = Returned(self._session, pdf, self)
        if inside:
            dialog.suggest(inside[0])
        if dialog.exec():
            confirmed = self._session.settings.name if dialog.compared.isChecked() else ""
            self.take_back(pdf, str(dialog.document.currentData()), str(dialog.role.currentData()), confirmed)

    def take_back(self, pdf: Path, inside: str, role: str, confirmed_by: str = "") -> None:
        """Put a PDF signed elsewhere in the place of the sealed one; refused when it is another document."""
        from desktop.submission import bring_back_pdf

        if self.package is not None and not self._runner.running:
            arguments = (self.package, self.package, inside, pdf, role, confirmed_by)
            self._runner.start(self._signed, bring_back_pdf, *arguments)
