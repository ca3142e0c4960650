"""Evidence on its way out of the program: copies, numbered folders, files called after what they prove."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.base.placing import put
from desktop.exchange.evidence_export import export_files
from desktop.exchange.evidence_folders import save_folders
from desktop.ui.dialogs.evidence_export import ask_export
from desktop.ui.dialogs.files import Purpose, ask_folder
from desktop.ui.files.model import Files
from desktop.ui.files.viewing import save_copy
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.workspace.plan import EvidenceFile


class Outgoing:
    """Asks where to and writes; what takes long is a job of ``runner``."""

    def __init__(self, session: Session, model: Files, runner: Runner, parent: QWidget) -> None:
        self._session, self._model, self._runner, self._parent = session, model, runner, parent

    def save(self, chosen: list[EvidenceFile]) -> None:
        """Save copies of the files chosen: one where the person says, several into a folder."""
        files = [each for each in chosen if each.present]
        if len(files) == 1:
            save_copy(self._session, files[0], self._parent)
        elif files:
            title = Message("ui.evidence.save_as")
            target = ask_folder(self._parent, self._session, title, Purpose.EVIDENCE)
            if target is not None:
                self._session.attempt(lambda: self._save_several(files, target))

    def _save_several(self, files: list[EvidenceFile], target: Path) -> None:
        for file, path in zip(files, self._model.names_in(files, target), strict=True):
            put(path, self._session.workspace.evidence_bytes(file.sha256))
        self._session.told.emit(Message("ui.files.saved", n=len(files)))

    def save_all(self) -> None:
        """Save all evidence as plain numbered folders, with a list."""
        target = ask_folder(self._parent, self._session, Message("ui.files.save_folders"))
        if target is None or self._runner.running:
            return
        snapshot = self._session.attempt(self._runner.snapshot)
        if snapshot is not None:
            language = self._session.speaker.language.value

            def done(count: int) -> None:
                self._session.told.emit(Message("ui.files.saved", n=count))
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

            self._runner.start(done, save_folders, snapshot, target, language)

    def export_all(self) -> None:
        """Export evidence as files called after what they prove, with an index and perhaps ZIP parts."""
        if self._runner.running:
            return
        wanted = ask_export(self._session, self._parent)
        snapshot = self._session.attempt(self._runner.snapshot) if wanted is not None else None
        if wanted is None or snapshot is None:
            return
        target = wanted.target

        def done(made: tuple[int, int, int, int]) -> None:
            written, left_out, parts, missing = made
            said = Message("ui.export.done", n=written, parts=parts, left_out=left_out, missing=missing)
            self._session.told.emit(said)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

        language = self._session.speaker.language.value
        self._runner.start(done, export_files, snapshot, target, language, wanted.caps)
