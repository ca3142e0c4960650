"""Evidence on its way out of the program: copies, numbered folders, files called after what they prove."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.base.placing import put
from desktop.base.written import Decision, as_decided
from desktop.exchange.evidence_export import export_files, export_names
from desktop.exchange.evidence_folders import folder_names, save_folders
from desktop.ui.dialogs.evidence_export import ask_export
from desktop.ui.dialogs.files import Purpose, ask_folder
from desktop.ui.files.model import Files
from desktop.ui.files.viewing import save_copy
from desktop.ui.over import when_free
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
        session, language = self._session, self._session.speaker.language

        def done(count: int) -> None:
            session.told.emit(Message("ui.files.saved", n=count))
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

        names = folder_names(session.plan, session.pack, language)
        self._write(done, target, names, save_folders, language.value)

    def export_all(self) -> None:
        """Export evidence as files called after what they prove, with an index and perhaps ZIP parts."""
        if self._runner.running:
            return
        wanted = ask_export(self._session, self._parent)
        if wanted is None:
            return
        target = wanted.target

        def done(made: tuple[int, int, int, int]) -> None:
            written, left_out, parts, missing = made
            said = Message("ui.export.done", n=written, parts=parts, left_out=left_out, missing=missing)
            self._session.told.emit(said)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

        session, language = self._session, self._session.speaker.language
        names = export_names(session.plan, session.pack, language, wanted.caps)
        self._write(done, target, names, export_files, language.value, wanted.caps)

    def _write(
        self,
        done: Callable[[Any], object],
        target: Path,
        names: Sequence[str],
        work: Callable[..., Any],
        *arguments: object,
    ) -> None:
        """Write files of these names into a folder, once it is asked about what lies there already."""

        def begin(decision: Decision) -> None:
            snapshot = self._runner.snapshot()
            self._runner.start(done, as_decided, decision, work, snapshot, target, *arguments)

        places = [target / name for name in names]
        when_free(self._parent, self._session, self._runner, places, begin)
