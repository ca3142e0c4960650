"""Import of programmes from a spreadsheet in three calm steps: what was found, what is open, take over."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QStackedWidget, QWidget

from desktop.base import Message, RancangError
from desktop.exchange.holding import Held, held_against
from desktop.exchange.list_memory import ListMemory
from desktop.ui import widgets
from desktop.ui.beside import Beside
from desktop.ui.dialogs.ask import Ask, fit
from desktop.ui.dialogs.reading import ReadingPage
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.base.jobs import Report
    from desktop.exchange import ImportPreview, ImportReport
    from desktop.exchange.programmes import Ready
    from desktop.exchange.table import Handed
    from desktop.workspace import Backup

READING, FOUND, OPEN, TAKING = range(4)
"""The pages: reading (also while something is done), and the three steps."""
TRAIL = {
    FOUND: Message("ui.import.trail1"),
    OPEN: Message("ui.import.trail2"),
    TAKING: Message("ui.import.trail3"),
}
NOTHING = Message("ui.import.take_nothing")
"""What the last step says where the list holds nothing that the plan has not."""
FEW = 40
"""From how many programmes of the plan on comparing them leaves the window's thread."""
SLICE = 0.03
"""Seconds of taking over at a time, so that the progress moves and *Cancel* is heard."""


def import_file(parent: QWidget, session: Session) -> None:
    """Choose a file, ask what it leaves open, take it over if accepted."""
    say = session.say
    path, _ = QFileDialog.getOpenFileName(
        parent, say(Message("ui.command.import")), "", say(Message("ui.files.tables"))
    )
    if path:
        import_path(parent, session, Path(path))


def import_pasted(parent: QWidget, session: Session) -> None:
    """The same for cells that were copied in a spreadsheet."""
    from desktop.exchange.table import Handed, block_of
    from desktop.ui.grid.clipboard import from_mime

    rows = from_mime(QGuiApplication.clipboard().mimeData())
    if len(rows) < 2:
        session.failed.emit(Message("ui.import.nothing_copied"))
        return
    name = session.say(Message("ui.import.clipboard"))
    try:
        handed = Handed(name, (block_of(rows, name),))
    except RancangError as error:
        session.failed.emit(error.message)
        return
    import_path(parent, session, handed)


def import_path(parent: QWidget, session: Session, path: Path | Handed) -> None:
    """The same for a file that is known, or for tables without one; our own workbook comes back as such."""
    from desktop.exchange.arrival import Kind, look

    if isinstance(path, Path) and look(path, deep=False).kind is Kind.WORKBOOK:
        from desktop.ui.dialogs.workbooks_in import receive_paths

        receive_paths(parent, session, [path])
        return
    dialog = ImportDialog(session, path, parent)
    dialog.exec()
    report = dialog.report
    dialog.deleteLater()
    if report is not None:
        session.told.emit(Message("ui.import.done", n=report.new, updated=report.updated))
        session.show("programmes")


class ImportDialog(Ask):
    """Reads beside the window, asks with suggestions chosen already, and takes over as one change."""

    def __init__(self, session: Session, path: Path | Handed, parent: QWidget) -> None:
        from desktop.ui.dialogs.import_steps import FoundPage, OpenPage, TakingPage

        super().__init__(
            session, Message("ui.import.title", file=path.name), Message("ui.import.next"), parent
        )
        offer_help(self, "import")
        self.preview: ImportPreview | None = None
        self.report: ImportReport | None = None
        self.answers: dict[str, str] = {}
        self._suggested: dict[str, str] = {}
        self._said: set[str] = set()
        self.held = Held()
        self._memory = ListMemory()
        self._path = path
        self._beside = Beside(self)
        self._steps: Generator[tuple[int, int], None, ImportReport] | None = None
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._take_on)
        fit(self, parent, 1240, 720, least=560)
        speaker = session.speaker
        self.trail = widgets.label(speaker, "", "muted", wrap=True)
        self.pages = QStackedWidget()
        self.reading = ReadingPage(speaker)
        self.found = FoundPage(session, self.choose_sheets, self.forget)
        self.asking = OpenPage(session, self.answers, self._on_answer)
        self.taking = TakingPage(session, self.answers, self._on_answer)
        for page in (self.reading, self.found, self.asking, self.taking):
            self.pages.addWidget(page)
        self.body.addWidget(self.trail)
        self.body.addWidget(self.pages, 1)
        self.back = widgets.button(speaker, Message("ui.import.back"), self._go_back)
        self.buttons.addButton(self.back, self.buttons.ButtonRole.ResetRole)
        self.buttons.accepted.disconnect(self.accept)
        self.buttons.accepted.connect(self.go_on)
        speaker.changed.connect(self._say_again)
        self._read()

    # -- reading -----------------------------------------------------------------------------------
    @property
    def busy(self) -> bool:
        """Whether something is being read or taken over."""
        return self._beside.running or self._steps is not None

    def _read(self) -> None:
        from desktop.exchange.programmes import read_beside

        session = self.session
        session.drafts.flush()
        about = self._path, session.workspace, session.plan, session.pack, self._memory
        self._wait(Message("ui.import.reading"))
        self._beside.start(
            lambda report: read_beside(report, *about), self._on_read, self._on_failed, self.reading.progress
        )

    def choose_sheets(self, names: list[str]) -> None:
        """Read other sheets of the file."""
        self._read_again(names)

    def forget(self) -> None:
        """Forget how lists of this shape were read, and read the file afresh."""
        if self.preview is not None:
            self._memory.forget(self.preview.heads)
            self.preview = None
            for each in (self.answers, self._suggested, self._said):
                each.clear()
            self._read()

    def _read_again(self, sheets: list[str] | None = None) -> None:
        from desktop.exchange.programmes import read_again

        if self.preview is None:
            return
        page = self.pages.currentIndex()
        said = {key: self.answers[key] for key in self.answers if self._is_said(key)}
        about = self.preview, said, self.session.plan, self.session.pack, sheets
        self._wait(Message("ui.import.reading"))
        self._beside.start(
            lambda report: read_again(report, *about),
            lambda again: self._on_read(again, page),
            lambda message: self._on_failed(message, page),
            self.reading.progress,
        )

    def _is_said(self, question: str) -> bool:
        """Whether an answer is a person's; the others follow what each reading suggests."""
        given = self.answers.get(question)
        return question in self._said or given != self._suggested.get(question)

    def _on_read(self, preview: ImportPreview, page: int = READING) -> None:
        from desktop.exchange import suggested_answers
        from desktop.exchange.questions import LATER

        self.preview = preview
        for question in preview.questions:
            chosen = suggested_answers([question]).get(question.id, "")
            if not chosen and any(option.id == LATER for option in question.options):
                chosen = LATER
            if not self._is_said(question.id):
                self.answers[question.id] = self._suggested[question.id] = chosen
        self.asking.ask(preview)
        if page == READING:
            # Where nobody knows which column names programmes there is nothing to show before that is said.
            page = FOUND if preview.programmes else OPEN
        self._compare(page)

    # -- against the plan --------------------------------------------------------------------------
    def _compare(self, page: int) -> None:
        """Hold the list against the plan with the answers so far, then go to a page."""
        preview, plan = self.preview, self.session.plan
        if preview is None:
            return
        answers = {key: value for key, value in self.answers.items() if value}
        if len(preview.known) < FEW:
            self._on_compared(held_against(preview, answers, plan), page)
            return
        self._wait(Message("ui.import.comparing"))
        self._beside.start(
            lambda _report: held_against(preview, answers, plan),
            lambda held: self._on_compared(held, page),
            lambda message: self._on_failed(message, page),
            self.reading.progress,
        )

    def _on_compared(self, held: Held, page: int) -> None:
        if self.preview is not None:
            self.held = held
            self.found.show_preview(self.preview, self.answers, held)
            self._go(page)

    def _on_failed(self, message: Message, page: int = READING) -> None:
        """A file that cannot be read ends the dialog; another choice that cannot leaves it as it was."""
        self.session.failed.emit(message)
        if self.preview is None:
            self.reject()
        else:
            self.found.show_preview(self.preview, self.answers, self.held)
            self._go(page)

    def _say_again(self) -> None:
        """What is not tied to the language by itself: items, answers, figures."""
        if self.preview is not None:
            self.found.show_preview(self.preview, self.answers, self.held)
            self.asking.ask(self.preview)
            self.taking.show_preview(self.preview, self.answers, self.held)

    def _wait(self, message: Message) -> None:
        self.reading.wait(message)
        self.pages.setCurrentIndex(READING)
        self.ok.setEnabled(False)
        self.back.hide()

    # -- the steps ---------------------------------------------------------------------------------
    def go_on(self) -> None:
        """The next step; after the last one the list is taken over."""
        page = self.pages.currentIndex()
        if self.busy or not self.ok.isEnabled():
            return
        if page == FOUND:
            if self.preview is not None and self.preview.questions:
                self._go(OPEN)
            else:
                self._compare(TAKING)
        elif page == OPEN:
            self._compare(TAKING)
        elif page == TAKING:
            self.take_over()

    def _go_back(self) -> None:
        page = self.pages.currentIndex()
        self._go(OPEN if page == TAKING and self.preview is not None and self.preview.questions else FOUND)

    def _go(self, page: int) -> None:
        speaker = self.session.speaker
        if page == TAKING and self.preview is not None:
            self.taking.show_preview(self.preview, self.answers, self.held)
        self.pages.setCurrentIndex(page)
        speaker.tie(self.trail, QLabel.setText, TRAIL[page])
        self.back.setVisible(page > FOUND)
        self._check()
        first = {FOUND: self.found.table, OPEN: self.asking.first, TAKING: self.ok}.get(page)
        if first is not None:
            first.setFocus()

    def answer(self, question: str, value: str) -> None:
        """Answer one question, by its id."""
        if self.preview is not None:
            self.answers[question] = value
            self.asking.ask(self.preview)
            self._on_answer(question)

    def _on_answer(self, question: str) -> None:
        from desktop.exchange.questions import READING as CHANGES_READING

        self._said.add(question)
        asked = next((q for q in self.preview.questions if q.id == question), None) if self.preview else None
        if asked is not None and asked.kind in CHANGES_READING:
            self._read_again()
        elif question == "rupiah_unit" and self.preview is not None:
            self.found.count(self.preview, self.answers)
        self._check()

    def _check(self) -> None:
        preview, page = self.preview, self.pages.currentIndex()
        questions = preview.questions if preview is not None else ()
        if page == TAKING:
            questions = (*questions, *self.held.questions)
        missing = [each for each in questions if each.required and not self.answers.get(each.id)]
        ready = preview is not None and bool(preview.programmes or (page == FOUND and questions))
        action, told = self._action(page), ""
        if missing and page > FOUND:
            told = self.session.say(Message("ui.import.open", n=len(missing)))
        elif action is NOTHING:
            told = self.session.say(Message("ui.import.nothing_to_do"))
        self.session.speaker.tie(self.ok, type(self.ok).setText, action)
        self.ok.setEnabled(ready and not self.busy and not told)
        self.ok.setToolTip(told)
        self.asking.tell(len(missing))

    def _action(self, page: int) -> Message:
        """What going on from a page does."""
        if page != TAKING or self.preview is None:
            return Message("ui.import.next")
        new, old = self.taking.new, len(self.held.touched(self.answers))
        if new and old:
            return Message("ui.import.take_both", n=new, old=old)
        if old:
            return Message("ui.import.update", n=old)
        return Message("ui.import.take_over", n=new) if new or self.preview.new_agencies else NOTHING

    # -- taking over -------------------------------------------------------------------------------
    def take_over(self) -> None:
        """Take the list over as one change, in slices."""
        from desktop.exchange.programmes import make_ready
        from desktop.workspace.keeping import back_up_beside

        preview, session = self.preview, self.session
        if preview is None or self.busy:
            return
        session.drafts.flush()
        answers = {key: value for key, value in self.answers.items() if value}
        plan, pack, workspace = session.plan, session.pack, session.workspace
        identity, head = workspace.id, workspace.head

        def work(report: Report) -> tuple[Ready, Backup]:
            ready = make_ready(preview, answers, plan, pack, report)
            return ready, back_up_beside(report, workspace, identity, head, "import")

        self._wait(Message("ui.import.preparing"))
        self._beside.start(
            work,
            self._begin_taking,
            lambda message: self._on_failed(message, TAKING),
            self.reading.progress,
        )

    def _begin_taking(self, made: tuple[Ready, Backup]) -> None:
        from desktop.exchange.programmes import taking_steps

        self._wait(Message("ui.import.taking"))
        self._steps = taking_steps(self.session.workspace, *made)
        self._slices.start()

    def _take_on(self) -> None:
        from time import perf_counter

        steps = self._steps
        if steps is None:
            return
        ends = perf_counter() + SLICE
        try:
            while perf_counter() < ends:
                done, total = next(steps)
                self.reading.progress(done, total, Message("ui.import.taking"))
        except StopIteration as end:
            self.report = end.value
            self._stop_taking()
            if self.preview is not None:
                self._memory.remember(self.preview, self.answers, self.session.plan.workspace)
            self.accept()
        except RancangError as error:
            self._stop_taking()
            self.session.failed.emit(error.message)
            self._go(TAKING)

    def _stop_taking(self) -> None:
        self._slices.stop()
        steps, self._steps = self._steps, None
        if steps is not None:
            # Given up half-way, the change is taken back as a whole.
            steps.close()

    def done(self, result: int) -> None:
        self._beside.stop()
        self._stop_taking()
        super().done(result)

    def closeEvent(self, event: Any) -> None:
        self._beside.stop()
        self._stop_taking()
        super().closeEvent(event)
