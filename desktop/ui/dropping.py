"""Files let go anywhere in the window: what will happen is shown while they hover, then done."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.session import Session
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.exchange.arrival import Arrival
    from desktop.exchange.receiving import Situation, Task
    from desktop.ui.fields.evidence_slot import EvidenceSlot
    from desktop.ui.window import MainWindow

ICONS = {
    "open": "folder-open",
    "bring-back": "combine",
    "verify": "shield-check",
    "guideline": "book-open",
    "return": "signature",
    "workbooks": "file-spreadsheet",
    "import": "file-up",
    "input-sheet": "message-square-check",
    "edited": "file-text",
    "start": "file-plus",
    "evidence": "paperclip",
}
"""What is done with files, by the deed's name."""
HOVERED = 60
"""Of so many files at most what they are is told while they hover; the rest is looked at when they fall."""


def situation(session: Session) -> Situation:
    """What is open, as :func:`desktop.exchange.receiving.decide` asks."""
    from desktop.exchange.receiving import Situation

    if not session.is_open:
        return Situation()
    return Situation(session.workspace.id, session.workspace.path, session.read_only)


def local_files(data: QMimeData) -> list[Path]:
    """The files of a drag; text, pictures from a browser and links have none."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


class Overlay(QWidget):
    """A veil over the window with a card that tells what will happen; the mouse goes through it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        # Without this the veil would catch the drag instead of the field below it.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = widgets.column(margins=(40, 40, 40, 40))
        self.setLayout(layout)
        self.card = QFrame()
        self.card.setProperty("look", "card")
        self.card.setMaximumWidth(theme.grown(620))
        self.lines = widgets.column(margins=(26, 22, 26, 22), spacing=12)
        self.card.setLayout(self.lines)
        layout.addStretch(1)
        layout.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.hide()

    def promise(self, tasks: Iterable[Task]) -> None:
        """Show what will happen with the files that hover."""
        widgets.empty(self.lines)
        speaker = self._session.speaker
        tasks = tuple(tasks)
        said = []
        if not all(task.refused for task in tasks):
            self.lines.addWidget(widgets.label(speaker, Message("exchange.receive.let_go"), "purpose"))
        for task in tasks:
            icon, role = ("info", "warn") if task.refused else (ICONS[task.deed.value], "primary")
            text = widgets.label(speaker, task.promise, "section", wrap=True)
            text.setMinimumWidth(theme.grown(420))
            row = widgets.line(widgets.picture(icon, role, 24), text, 1, spacing=14)
            self.lines.addLayout(row)
            said.append(self._session.say(task.promise))
        self.setAccessibleName(" ".join(said))
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(theme.colours().ground)
        veil.setAlpha(215)
        painter.fillRect(self.rect(), veil)
        pen = QPen(QColor(theme.colours().primary), 3, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().adjusted(14, 14, -14, -14), 14, 14)
        painter.end()


class Dropping(QObject):
    """Watches what is dragged over a window; what is no file (text in an editor) it leaves alone."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._overlay: Overlay | None = None
        self._tasks: tuple[Task, ...] = ()
        self._paths: list[Path] = []
        self._passing = False
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._do)

    @property
    def overlay(self) -> Overlay:
        """The veil, made when files first hover."""
        if self._overlay is None:
            self._overlay = Overlay(self._session, self._window)
        return self._overlay

    def watch(self) -> None:
        """Begin; the window has its frame on the screen now."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    # -- while files hover ----------------------------------------------------------------------
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take file drags for the whole window, before any editor sees them as text."""
        if self._passing:
            return False
        match event.type():
            case QEvent.Type.DragEnter | QEvent.Type.DragMove | QEvent.Type.Drop:
                return isinstance(event, QDropEvent) and self._dragged(watched, event)
            case QEvent.Type.DragLeave:
                self.overlay.hide()
        return False

    def _dragged(self, watched: QObject, event: QDropEvent) -> bool:
        paths = local_files(event.mimeData())
        if not paths:
            return False
        if QApplication.activeModalWidget() is not None:
            event.ignore()
            return True
        if event.type() == QEvent.Type.DragEnter or not self._tasks or paths != self._paths:
            self._paths, self._tasks = paths, self._decided(paths[:HOVERED], deep=False)
        slot = self._slot_at(event.position().toPoint())
        if slot is not None:
            # The field has its own place for evidence, and shows itself that the files fall there.
            self.overlay.hide()
            return False
        if self.overlay.isHidden():
            self._leave_below(watched)
            self.overlay.promise(self._tasks)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.overlay.hide()
            self._tasks = ()
            # The program the files come from waits until the drop is over: dialogs come after it.
            self._later.start()
        return True

    def _decided(self, paths: list[Path], *, deep: bool = True) -> tuple[Task, ...]:
        from desktop.exchange.arrival import gather
        from desktop.exchange.receiving import decide

        return decide(gather(paths, deep=deep), situation(self._session))

    def _slot_at(self, where: QPoint) -> EvidenceSlot | None:
        """The place for evidence under the mouse, where all that hovers is evidence."""
        from desktop.ui.fields.evidence_slot import EvidenceSlot

        if any(task.deed.value not in ("evidence", "return") for task in self._tasks):
            return None
        widget: QWidget | None = self._window.childAt(where)
        while widget is not None and not isinstance(widget, EvidenceSlot):
            widget = widget.parentWidget()
        return widget

    def _leave_below(self, watched: QObject) -> None:
        """Tell whatever was hovered over last that the files have moved on."""
        self._passing = True
        QApplication.sendEvent(watched, QDragLeaveEvent())
        self._passing = False

    # -- when they fall -------------------------------------------------------------------------
    def _do(self) -> None:
        paths, self._paths = self._paths, []
        self.receive(paths)

    def receive(self, paths: list[Path]) -> None:
        """Do with files what they are for: dropped, opened, or named when the program was started."""
        if not paths:
            return
        self._session.drafts.flush()
        self._open_theirs(paths)
        tasks = self._decided(paths)
        if not tasks:
            self._session.failed.emit(Message("exchange.receive.nothing"))
        for task in tasks:
            self._perform(task)

    def _open_theirs(self, paths: list[Path]) -> None:
        """A changes file opens the document it belongs to, where that was worked on here lately."""
        from desktop.exchange.arrival import Kind, gather

        if self._session.is_open:
            return
        found = gather(paths[:HOVERED], deep=False)
        whose = {each.workspace for each in found if each.kind is Kind.CHANGES and each.workspace}
        for recent in self._session.settings.recent:
            if recent.workspace in whose and Path(recent.path).is_file():
                self._window.open_path(Path(recent.path))
                return

    def _perform(self, task: Task) -> None:
        from desktop.exchange.receiving import Deed
        from desktop.ui.dialogs import arrived

        window, session = self._window, self._session
        match task.deed:
            case Deed.OPEN:
                self._open(task)
            case Deed.BRING_BACK:
                from desktop.ui.dialogs.bring_back import bring_back_paths

                bring_back_paths(window, session, task.paths)
            case Deed.VERIFY:
                for path in task.paths:
                    arrived.show_package(window, path)
            case Deed.GUIDELINE:
                arrived.show_guideline(window, task.paths[0])
            case Deed.RETURN:
                self._return(task.arrivals)
            case Deed.WORKBOOKS:
                from desktop.ui.dialogs.workbooks_in import receive_paths

                receive_paths(window, session, task.paths)
            case Deed.EDITED:
                from desktop.ui.dialogs.edited_in import receive_edited

                receive_edited(window, session, task.paths)
            case Deed.IMPORT | Deed.INPUT_SHEET:
                self._read_in(task)
            case Deed.START:
                window.start.start_from(task.paths)
            case Deed.EVIDENCE:
                self._keep(task.paths)
            case _:
                arrived.explain(window, task)

    def _read_in(self, task: Task) -> None:
        """Lists are imported; what input sheets bring is shown on the page of inputs."""
        from desktop.exchange.receiving import Deed

        if task.deed is Deed.IMPORT:
            from desktop.ui.dialogs.importing import import_path

            for path in task.paths:
                import_path(self._window, self._session, path)
            return
        from desktop.ui.pages.inputs import InputsPage

        self._session.show("inputs")
        bench = self._window.workbench
        page = bench.current if bench is not None else None
        if isinstance(page, InputsPage):
            page.receive(task.paths)

    def _open(self, task: Task) -> None:
        """Open the first; copies of the same document among the others are brought back into it."""
        first, *others = task.arrivals
        self._window.open_path(first.path)
        if not others or not self._session.is_open:
            return
        from desktop.exchange.receiving import Deed, decide

        for each in decide(others, situation(self._session)):
            if each.deed is Deed.BRING_BACK:
                self._perform(each)
            else:
                names = ", ".join(path.name for path in each.paths)
                self._session.told.emit(Message("exchange.receive.not_opened", files=names))

    def _return(self, arrivals: tuple[Arrival, ...]) -> None:
        """A signed PDF goes back into its package; any other signed PDF is evidence like every file."""
        from desktop.exchange.receiving import Deed, Task, decide
        from desktop.ui.dialogs import arrived

        others = [each for each in arrivals if not arrived.bring_signature_back(self._window, each.path)]
        for task in decide(others, situation(self._session)):
            if self._session.read_only:
                arrived.explain(self._window, Task(Deed.READ_ONLY, task.arrivals))
            else:
                self._keep(task.paths)

    def _keep(self, paths: list[Path]) -> None:
        """Keep files as evidence: of the field in view where it is clear which, else on the evidence page."""
        slot = self._slot_in_view()
        if slot is not None:
            slot.take(paths)
            return
        from desktop.ui.files.intake import Intake

        Intake.of(self._session).take(
            paths, done=lambda made: self._session.show("evidence", place=Place("evidence", row=made[-1]))
        )

    def _slot_in_view(self) -> EvidenceSlot | None:
        """The place for evidence of the field with the cursor, else the only one that is seen."""
        from desktop.ui.fields.evidence_slot import EvidenceSlot

        bench = self._window.workbench
        page = bench.current if bench is not None else None
        if page is None:
            return None
        seen = [each for each in page.findChildren(EvidenceSlot) if not each.visibleRegion().isEmpty()]
        widget: QWidget | None = self._window.focusWidget()
        while widget is not None and widget is not page:
            mine = [each for each in seen if widget.isAncestorOf(each)]
            if mine:
                return mine[0] if len(mine) == 1 else None
            widget = widget.parentWidget()
        return seen[0] if len(seen) == 1 else None
