"""The main window: start screen or journey, and what holds them together."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenuBar, QStackedWidget

from desktop.base import Language, Message
from desktop.ui import actions
from desktop.ui.commands import Commands
from desktop.ui.dialogs.ask import confirm, tell
from desktop.ui.dialogs.older import offer_lost
from desktop.ui.dialogs.rescue import offer_backups
from desktop.ui.dropping import Dropping
from desktop.ui.pages.directory import KINDS
from desktop.ui.pages.start import StartPage
from desktop.ui.second_place import SecondPlace
from desktop.ui.session import Session
from desktop.ui.shell.aside import Aside
from desktop.ui.shell.status import Status
from desktop.ui.shell.workbench import Workbench
from desktop.ui.tracing import Subject

FRAME = 40
"""Pixels a window's own title bar needs beyond its content."""


def fitting(wanted: QSize, available: QSize) -> QSize:
    """The size at which the whole window, its title bar and status line included, is on the screen."""
    return QSize(min(wanted.width(), available.width()), min(wanted.height(), available.height() - FRAME))


class MainWindow(QMainWindow):
    """Frame, menus and status line around the start screen and the workbench."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session: Session = session
        self.resize(fitting(QSize(1280, 760), self.screen().availableSize()))
        self.setMinimumSize(980, 560)
        self.setAcceptDrops(True)
        session.ask_to_leave = self._close_anyway
        self.commands = Commands(self)
        self.workbench: Workbench | None = None
        self._stack = QStackedWidget()
        self.start = StartPage(session, self)
        self._stack.addWidget(self.start)
        self.setCentralWidget(self._stack)
        self.start.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._aside: Aside | None = None
        self.second_place = SecondPlace(session)
        self.commands.add(actions.EVERYTHING)
        bar = QMenuBar()
        self.commands.fill(bar)
        self.setMenuBar(bar)
        self.setStatusBar(Status(session))
        self.dropping = Dropping(self)
        session.opened.connect(self._on_opened)
        session.closed.connect(self._on_closed)
        session.moved.connect(self._on_moved)
        session.changed.connect(lambda _changes: self.refresh_commands())
        session.failed.connect(lambda message: tell(self, session, message))
        session.history_wanted.connect(self._show_history)
        session.settings_changed.connect(self.refresh_commands)
        session.summing_up.told.connect(self.start.refresh_row)
        session.speaker.changed.connect(self._speak)
        self._speak()

    # -- what it shows --------------------------------------------------------------------------
    def _on_opened(self) -> None:
        if self.workbench is not None:
            self._stack.removeWidget(self.workbench)
            self.workbench.deleteLater()
        self.workbench = Workbench(self.session, self.commands)
        self._stack.addWidget(self.workbench)
        self._stack.setCurrentWidget(self.workbench)
        self.workbench.begin()
        self._speak()

    def _on_closed(self) -> None:
        self._stack.setCurrentWidget(self.start)
        if self.workbench is not None:
            self._stack.removeWidget(self.workbench)
            self.workbench.deleteLater()
            self.workbench = None
        self.start.refresh()
        self._speak()

    def _on_moved(self) -> None:
        if self.workbench is not None:
            self.workbench.renew()
        self._speak()

    def refresh_commands(self) -> None:
        """Ask every command whether it can be given now."""
        self.commands.refresh()

    def _speak(self) -> None:
        title = "Rancang"
        if self.session.is_open:
            plan = self.session.plan
            title = f"{plan.title.read(self.session.source) or plan.region.name} \N{EM DASH} Rancang"
        self.setWindowTitle(title)
        self.refresh_commands()

    def speak_language(self, language: Language) -> None:
        """Speak another language from now on; what is typed is written first."""
        self.session.drafts.flush()
        self.session.remember(language=language)
        self.session.speaker.switch(language)

    def _show_history(self, subject: Subject | None) -> None:
        from desktop.ui.dialogs.field_history import show_history

        show_history(self, self.session, subject)

    def show_page(self, page: str, ref: str = "") -> None:
        """Go to a page; without a document only to those that need none."""
        if self.session.is_open:
            self.session.show(page, ref)
        elif KINDS[page].anytime:
            if self._aside is None:
                self._aside = Aside(self.session)
                self._aside.back_wanted.connect(self._leave_aside)
                self._stack.addWidget(self._aside)
            self._stack.setCurrentWidget(self._aside)
            self._aside.show_page(page, ref)

    @property
    def aside_page(self) -> str:
        """The page that is shown without a document; empty where there is none."""
        return self._aside.name if self._aside is not None and self._aside.isVisible() else ""

    def _leave_aside(self) -> None:
        self._stack.setCurrentWidget(self.start)
        self.start.refresh()

    def begin(self) -> None:
        """Begin a new document: ask for region, years, guideline and person."""
        if not self.session.may_leave():
            return
        self._stack.setCurrentWidget(self.start)
        self.start.show_new()

    def begin_region(self, code: str) -> None:
        """Begin a new document for a region."""
        self.begin()
        if not self.session.is_open:
            self.start.new.picker.choose(code)

    # -- opening --------------------------------------------------------------------------------
    def open_path(self, path: Path) -> None:
        """Open a workspace; in use elsewhere it is offered to read only, unreadable its backups are."""
        from desktop.base.errors import FileProblem
        from desktop.workspace.errors import DamagedFile, FileTooNew, InUse, NotAWorkspace

        def work() -> None:
            try:
                self.session.open(path)
            except InUse as busy:
                if confirm(self, self.session, busy.message, Message("ui.open.read_only")):
                    self.session.open(path, read_only=True)
            except (DamagedFile, FileTooNew, NotAWorkspace, FileProblem) as problem:
                if not offer_backups(self, self.session, path, problem.message):
                    raise

        if self.session.may_leave():
            self.session.attempt(work)
            offer_lost(self, self.session)
            self._ask_who()

    def _ask_who(self) -> None:
        """In a copy made for several people whoever opens it first says who is working."""
        from desktop.workspace import opening

        if self.session.is_open and opening.asks_who(self.session.workspace):
            from desktop.ui.dialogs.who import ask_who

            ask_who(self, self.session)

    def receive(self, paths: list[Path]) -> None:
        """Do with files of any kind what they are for."""
        self.dropping.receive(paths)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.dropping.watch()

    # -- closing and keys -----------------------------------------------------------------------
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session.opening or not self.session.may_leave():
            event.ignore()
            return
        self.second_place.stop()
        self.session.keep()
        self.session.leave()
        event.accept()

    def _close_anyway(self) -> bool:
        return confirm(
            self, self.session, Message("ui.close.unwritten"), Message("ui.close.anyway"), careful=True
        )
