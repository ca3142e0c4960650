"""Excel workbooks for agencies that install nothing: which agencies, into which folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.base import LocalText, Message, RancangError
from desktop.ui import theme, widgets
from desktop.ui.beside import Beside
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import ask_folder
from desktop.ui.dialogs.reading import ReadingPage
from desktop.ui.fields.ticking import TickList
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.exchange.agency_workbook import MadeWorkbook


def hand_out_workbooks(parent: QWidget, session: Session, agencies: Sequence[str] = ()) -> None:
    """Ask for whom and where, make them, say where they lie. ``agencies`` are ticked; without any, all."""
    dialog = WorkbooksOut(session, parent, agencies)
    dialog.exec()
    made = dialog.made
    dialog.deleteLater()
    if made:
        folder = made[0].path.parent
        told = Message("ui.workbooks.made", n=len(made), folder=folder.name or str(folder))
        session.told.emit(told)


class WorkbooksOut(Ask):
    """A list of the agencies, all of them chosen; the workbooks are written beside the window."""

    def __init__(self, session: Session, parent: QWidget, agencies: Sequence[str] = ()) -> None:
        super().__init__(session, Message("ui.workbooks.title"), Message("ui.workbooks.make"), parent)
        offer_help(self, "agency-workbooks")
        speaker = session.speaker
        self.setMinimumWidth(theme.grown(560))
        self.made: tuple[MadeWorkbook, ...] = ()
        self._beside = Beside(self)
        self.body.addWidget(widgets.label(speaker, Message("ui.workbooks.note"), "muted", wrap=True))
        # one that ceased to be has nobody to fill it in
        there = [each for each in session.plan.agencies if not each.until]
        named = [(each.id, LocalText(dict(each.name.values)) or each.short_name) for each in there]
        self.list = TickList(session, named, agencies or [each.id for each in there])
        self.list.setMinimumHeight(theme.grown(240))
        self.field(Message("ui.workbooks.for_whom"), self.list)
        every = widgets.button(
            speaker, Message("ui.workbooks.all"), lambda: self.list.tick_all(on=True), look="quiet"
        )
        none = widgets.button(
            speaker, Message("ui.workbooks.none"), lambda: self.list.tick_all(on=False), look="quiet"
        )
        self.body.addLayout(widgets.line(every, none, 1))
        self.reading = ReadingPage(speaker)
        self.reading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.reading.hide()
        self.body.addWidget(self.reading)
        self.buttons.accepted.disconnect(self.accept)
        self.buttons.accepted.connect(self.choose)
        self.list.itemChanged.connect(self._look)
        self._look()

    @property
    def chosen(self) -> list[str]:
        """The ids of the agencies that are ticked."""
        return self.list.ticked()

    def _look(self, *_: object) -> None:
        self.ok.setEnabled(bool(self.chosen) and not self._beside.running)

    def choose(self) -> None:
        """Ask for the folder and begin."""
        folder = ask_folder(self, self.session, Message("ui.workbooks.folder"))
        if folder is not None:
            self.make(folder)

    def make(self, folder: Path) -> None:
        """Write the workbooks into a folder, beside the window; closing the dialog gives it up."""
        from desktop.exchange.agency_workbook.making import giver, write_all

        session, chosen = self.session, self.chosen
        session.drafts.flush()
        plan, pack, gives = session.plan, session.pack, giver(session.workspace)
        self.reading.wait(Message("ui.job.starting"))
        self.reading.show()
        self._beside.start(
            lambda report: write_all(report, plan, pack, gives, chosen, folder),
            self._on_made,
            self._on_failed,
            self.reading.progress,
        )
        self._look()

    def _on_made(self, made: tuple[MadeWorkbook, ...]) -> None:
        from desktop.exchange.agency_workbook.making import remember_made

        try:
            remember_made(self.session.workspace, made)
        except RancangError as error:
            self._on_failed(error.message)
            return
        self.made = made
        self.accept()

    def _on_failed(self, message: Message) -> None:
        self.reading.hide()
        self.session.failed.emit(message)
        self._look()

    def done(self, result: int) -> None:
        self._beside.stop()
        super().done(result)
