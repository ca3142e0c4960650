"""What stakeholders said and what they were answered; sheets out and back in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop.base import Message
from desktop.base.written import Decision, as_decided
from desktop.exchange.input_sheets import Returned, SheetFile
from desktop.ui import widgets
from desktop.ui.dialogs.files import ask_folder, ask_open
from desktop.ui.flow import Flow
from desktop.ui.hearing.filters import InputFilters
from desktop.ui.hearing.form import InputForm
from desktop.ui.hearing.list import InputList
from desktop.ui.hearing.sheets import ReturnedSheet, Sending, SendSheets
from desktop.ui.over import when_free
from desktop.ui.pages.page import Page
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.workspace.plan import Place


class InputsPage(Page):
    """Filters and list above, the chosen input with its answer below."""

    purpose = Message("ui.inputs.purpose")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        self.send = widgets.button(speaker, Message("ui.sheets.send"), self.send_sheets, icon="file-text")
        self.take = widgets.button(speaker, Message("ui.sheets.take"), self.take_sheet, icon="file-up")
        self.answers = widgets.button(speaker, Message("ui.sheets.answers"), self.send_answers, icon="reply")
        self.add(Flow(self.send, self.take, self.answers))
        self.runner = Runner(session)
        self.add(self.runner)
        self.inputs = InputList(session, note=Message("ui.input.note"), made=self._adopt)
        self.filters = InputFilters(session, self.inputs.narrow)
        self.inputs.card.body.insertWidget(2, self.filters)
        self.add(self.inputs)
        self.body.addStretch(1)
        self._waiting: list[Path] = []

    def _adopt(self, form: InputForm | None) -> None:
        self.boxes = form.boxes if form is not None else []

    def refresh(self) -> None:
        self.filters.refresh()
        self.inputs.refresh()
        self.take.setEnabled(not self.session.read_only)

    def take_focus(self) -> None:
        self.inputs.grid.table.setFocus()

    def open_ref(self, ref: str) -> None:
        """Show the inputs about a programme or chapter."""
        if ref:
            self.filters.show_about(ref)

    def point_at(self, place: Place) -> bool:
        found = self.inputs.point_at(place)
        if found is None and place.table == "input":
            self.filters.clear()
            found = self.inputs.point_at(place)
        if found is not None:
            self.reveal(found)
        return found is not None

    # -- sheets out -------------------------------------------------------------------------------
    def send_sheets(self) -> None:
        """Choose for whom, in which language and form, and where to; then write them beside the window."""
        self._send(SendSheets(self.session, self, answers=False))

    def send_answers(self) -> None:
        """The same for the lists of answers."""
        self._send(SendSheets(self.session, self, answers=True))

    def _send(self, dialog: SendSheets) -> None:
        self.session.drafts.flush()
        if self.runner.running or not dialog.exec():
            return
        folder = ask_folder(self, self.session, Message("ui.sheets.where"))
        if folder is not None:
            self.write_files(dialog.chosen(), folder)

    def write_files(self, sending: Sending, folder: Path) -> None:
        """Write what was chosen into a folder."""
        work, arguments = sending.work()

        def begin(decision: Decision) -> None:
            given = (work, self.runner.snapshot(), folder, *arguments)
            self.runner.start(self._on_written, as_decided, decision, *given)

        places = [folder / name for name in sending.names(self.session.plan)]
        when_free(self, self.session, self.runner, places, begin)

    def _on_written(self, files: tuple[SheetFile, ...]) -> None:
        if not files:
            self.session.told.emit(Message("ui.sheets.nothing"))
            return
        folder = files[0].path.parent
        self.session.told.emit(Message("ui.sheets.written", n=len(files), folder=str(folder)))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    # -- sheets back in ---------------------------------------------------------------------------
    def take_sheet(self) -> None:
        """Choose a sheet that came back."""
        path = ask_open(self, self.session, Message("ui.sheets.take"), Message("ui.sheets.kinds"))
        if path is not None:
            self.receive([path])

    def receive(self, paths: list[Path]) -> None:
        """Read sheets that came back, one after the other; each is shown before anything is written."""
        self._waiting += paths
        self._read_next()

    def _read_next(self) -> None:
        if self.runner.running or not self._waiting:
            return
        path = self._waiting.pop(0)
        snapshot = self.session.attempt(self.runner.snapshot)
        if snapshot is not None:
            from desktop.exchange.input_sheets.reading import read_returned

            self.runner.start(self._on_read, read_returned, snapshot, path)

    def _on_read(self, returned: Returned) -> None:
        dialog = ReturnedSheet(self.session, returned, self)
        if dialog.exec():
            from desktop.exchange.input_sheets import take_in

            wanted = dialog.chosen()
            made = self.session.attempt(lambda: take_in(self.session.workspace, returned, wanted))
            if made:
                self.session.told.emit(Message("ui.sheets.taken", n=made))
        self._read_next()
