"""Signing elsewhere (a remote signing service): PDFs go out, and signed ones come back into the package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.base.written import Decision, as_decided
from desktop.ui import widgets
from desktop.ui.dialogs.files import ask_folder, ask_open_many
from desktop.ui.dialogs.returned import ForWhom, ReturnedPdfs, waiting_people
from desktop.ui.over import ask_over
from desktop.ui.pages.another import asked_id, may_be_another
from desktop.ui.pages.knowing import Knowing
from desktop.ui.pages.reopening import may_reopen
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.ui.standings import Known, Standings

if TYPE_CHECKING:
    from desktop.submission import Came, Exported, Signed
    from desktop.submission.elsewhere import Lying
    from desktop.trust import Anchors


class Elsewhere(QWidget):
    """Two buttons below the signers."""

    def __init__(
        self,
        session: Session,
        runner: Runner,
        anchors: Callable[[], Anchors | None],
        signed: Callable[[Signed], object],
    ) -> None:
        super().__init__()
        self._session, self._runner, self._anchors, self._signed = session, runner, anchors, signed
        self._knowing = Knowing(self, session, runner)
        self.package: Path | None = None
        speaker = session.speaker
        out = widgets.button(speaker, Message("ui.elsewhere.export"), self._choose_folder, icon="upload")
        back = widgets.button(speaker, Message("ui.elsewhere.return"), self._choose_pdfs, icon="download")
        self.setLayout(widgets.line(out, back, 1))

    def _choose_folder(self) -> None:
        """Ask for whom and where, once it is known who is waited for."""
        if self.package is not None:
            self._knowing.once([self.package], partial(self._ask_for_whom, self.package))

    def _ask_for_whom(self, package: Path) -> None:
        answer = Standings.of(self._session).ask(package, self)
        if package != self.package or not isinstance(answer, Known):
            return
        if not may_be_another(self, self._session, package, answer.standing):
            return
        identity = asked_id(answer.standing)
        dialog = ForWhom(self._session, waiting_people(self._session, answer.standing), self)
        if not dialog.exec():
            return
        path = ask_folder(self, self._session, Message("ui.elsewhere.export"))
        if path is not None:
            self.export(path, str(dialog.role.currentData()), identity)

    def export(self, folder: Path, role: str = "", identity: str = "") -> None:
        """Write the PDFs that wait for a signature, with their cover sheet, into a folder.

        What lies there under their names and is somebody's is asked about first. ``identity``: of the package
        that may go out.
        """
        from desktop.submission.elsewhere import lying_there

        if self.package is not None and self._runner.free():
            given = (self.package, folder, role, self._session.speaker.language.value)
            self._runner.start(partial(self._export, given, identity), lying_there, *given)

    def _export(self, given: tuple[Path, Path, str, str], identity: str, there: Lying) -> None:
        from desktop.submission import export_for_signing

        decision = ask_over(self, self._session, there.lost) if there.lost else Decision()
        if decision is not None:
            decision = replace(decision, replace=(*decision.replace, *there.known))
            self._runner.start(self._on_exported, as_decided, decision, export_for_signing, *given, identity)

    def _on_exported(self, exported: Exported) -> None:
        count = len(exported.documents)
        told = Message("ui.elsewhere.exported", n=count) if count else Message("cli.sign.nothing_waits")
        self._session.told.emit(told)

    def _choose_pdfs(self) -> None:
        paths = ask_open_many(self, self._session, Message("ui.elsewhere.return"), Message("ui.files.pdf"))
        if paths:
            self.offer(paths)

    def offer(self, pdfs: Sequence[Path]) -> None:
        """Look at signed PDFs, and ask what only a person can say before they go in."""
        from desktop.submission import look_at

        if self.package is not None and self._runner.free():
            self._runner.start(self._on_looked, look_at, self.package, tuple(pdfs))

    def _on_looked(self, came: tuple[Came, ...]) -> None:
        if self.package is None:
            return
        dialog = ReturnedPdfs(self._session, self.package, came, self)
        if not dialog.exec():
            return
        answer = Standings.of(self._session).ask(self.package, self)
        if isinstance(answer, Known) and not may_reopen(self, self._session, answer.standing):
            return
        from desktop.submission import bring_back

        agreed = isinstance(answer, Known) and answer.standing is not None and answer.standing.closed
        work = partial(bring_back, reopen=agreed, anchors=self._anchors())
        self._runner.start(self._signed, work, self.package, self.package, tuple(dialog.choices()))
