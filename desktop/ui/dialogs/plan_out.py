"""The whole plan for a spreadsheet: as one Excel workbook that comes back, or as a folder of CSV files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.base import Language, Message, RancangError
from desktop.base.written import Decision, as_decided, chosen
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import ask_folder, ask_save
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.helping.asking import offer_help
from desktop.ui.over import when_free
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.exchange.agency_workbook import MadeWorkbook
    from desktop.exchange.plan_workbook.making import Wanted
    from desktop.exchange.plan_workbook.tables import WrittenTable

WORKBOOK = "workbook"
"""The form that comes back; the others are what parts the cells of CSV."""


def export_plan(parent: QWidget, session: Session) -> None:
    """Ask in which form and where to, and write it."""
    dialog = PlanOut(session, parent)
    dialog.exec()
    dialog.deleteLater()


class PlanOut(Ask):
    """In which form, in which language, with translations or without; then where to."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, Message("ui.plan_out.title"), Message("ui.plan_out.accept"), parent)
        offer_help(self, "spreadsheets")
        speaker, say = session.speaker, session.say
        self.setMinimumWidth(theme.grown(520))
        self.body.addWidget(widgets.label(speaker, Message("ui.plan_out.note"), "muted", wrap=True))
        self.form = QuietCombo()
        for name, said in (
            (WORKBOOK, Message("ui.plan_out.xlsx")),
            ("semicolon", Message("ui.plan_out.csv_semicolon")),
            ("comma", Message("ui.plan_out.csv_comma")),
        ):
            self.form.addItem(say(said), name)
        self.field(Message("ui.plan_out.form"), self.form)
        self.language = QuietCombo()
        for each, said in (
            (Language.ID, Message("ui.language.id")),
            (Language.EN, Message("ui.language.en")),
        ):
            self.language.addItem(say(said), each.value)
        self.language.setCurrentIndex(self.language.findData(speaker.language.value))
        self.field(Message("ui.plan_out.language"), self.language)
        self.translations = QCheckBox()
        self.translations.setChecked(True)
        speaker.tie(self.translations, QCheckBox.setText, Message("ui.plan_out.translations"))
        self.body.addWidget(self.translations)
        self.runner = Runner(session)
        self.body.addWidget(self.runner)
        self.runner.ended.connect(self._look)
        self.buttons.accepted.disconnect(self.accept)
        self.buttons.accepted.connect(self.choose)

    @property
    def wanted(self) -> Wanted:
        """What was chosen."""
        from desktop.exchange.plan_workbook.making import Wanted

        return Wanted(str(self.language.currentData()), translations=self.translations.isChecked())

    def _look(self) -> None:
        self.ok.setEnabled(not self.runner.running)

    def choose(self) -> None:
        """Ask where to, and begin."""
        from desktop.exchange.plan_workbook.making import file_name

        name = file_name(self.session.plan, Language(self.wanted.language))
        title = Message("ui.plan_out.title")
        if self.form.currentData() == WORKBOOK:
            target = ask_save(self, self.session, title, f"{name}.xlsx", Message("ui.files.workbooks"))
            if target is not None:
                self.write_workbook(target)
            return
        folder = ask_folder(self, self.session, title)
        if folder is not None:
            self.write_tables(folder / name)

    def write_workbook(self, target: Path) -> None:
        """Write the workbook in a process of its own; what is told when it is there."""
        from desktop.exchange.agency_workbook.making import giver
        from desktop.exchange.plan_workbook.making import check_target, export

        there = chosen(target)

        def begin() -> None:
            check_target(target)
            snapshot = self.runner.snapshot()
            gives = giver(self.session.workspace)
            given = (export, snapshot, target, gives, self.wanted)
            self.runner.start(self._on_workbook, as_decided, there, *given)

        self.session.attempt(begin)
        self._look()

    def write_tables(self, folder: Path) -> None:
        """Write the CSV files into a folder, the same way."""
        from desktop.exchange.plan_workbook.tables import export_tables, table_names

        separator, wanted = str(self.form.currentData()), self.wanted
        names = table_names(self.session.plan, self.session.pack, wanted) if folder.is_dir() else ()

        def begin(decision: Decision) -> None:
            snapshot = self.runner.snapshot()
            given = (export_tables, snapshot, folder, wanted, separator)
            self.runner.start(self._on_tables, as_decided, decision, *given)

        when_free(self, self.session, self.runner, [folder / name for name in names], begin)
        self._look()

    def _on_workbook(self, made: MadeWorkbook) -> None:
        from desktop.exchange.plan_workbook.making import remember

        try:
            remember(self.session.workspace, made)
        except RancangError as error:
            self.session.failed.emit(error.message)
            return
        self.session.told.emit(Message("ui.plan_out.made", file=made.path.name, n=made.rows))
        self.accept()

    def _on_tables(self, written: tuple[WrittenTable, ...]) -> None:
        folder = written[0].path.parent if written else Path()
        said = Message("ui.plan_out.made_tables", n=len(written), folder=folder.name)
        self.session.told.emit(said)
        if written:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        self.accept()

    def reject(self) -> None:
        self.runner.stop()
        super().reject()
