"""Agency workbooks that came back: what each would change, what is asked, then taken over one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.base import Message, RancangError
from desktop.ui import widgets
from desktop.ui.beside import Beside
from desktop.ui.dialogs.ask import Ask, fit
from desktop.ui.dialogs.files import Purpose, ask_folder, ask_open, ask_open_many
from desktop.ui.dialogs.reading import ReadingPage
from desktop.ui.dialogs.workbooks_told import STRUCTURAL, DoubtsPage, SeenPage, said_of_taken
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.exchange.agency_workbook import Proposal, Returned, Taken
    from desktop.exchange.agency_workbook.batch import Looked, Refused
    from desktop.exchange.photos import Prepared

READING, SEEN, ASKED, TAKING = range(4)
"""The pages: reading (also while it is taken over), what was seen, what is asked, what became of it."""


def receive_workbooks(parent: QWidget, session: Session) -> None:
    """Choose workbooks, then as for those that are known."""
    paths = ask_open_many(
        parent, session, Message("ui.command.workbooks_in"), Message("ui.files.workbooks"), Purpose.IMPORTS
    )
    if paths:
        receive_paths(parent, session, paths)


def receive_paths(parent: QWidget, session: Session, paths: list[Path]) -> None:
    """Look at workbooks and folders of them, ask, take them over if accepted."""
    dialog = WorkbooksIn(session, paths, parent)
    dialog.exec()
    dialog.deleteLater()


class WorkbooksIn(Ask):
    """Reads beside the window, asks with suggestions chosen already, takes each over as one change."""

    def __init__(self, session: Session, paths: list[Path], parent: QWidget) -> None:
        from desktop.exchange.agency_workbook.batch import gather

        super().__init__(session, Message("ui.workbooks.back"), Message("ui.import.next"), parent)
        offer_help(self, "agency-workbooks")
        self.books, self._along = gather(paths)
        self.looked: Looked | None = None
        self.answers: dict[str, str] = {}
        self.taken: list[Taken] = []
        self.refused: list[Refused] = []
        self._evidence: Any = None
        self._beside = Beside(self)
        self._left: Iterator[tuple[Returned, Proposal]] | None = None
        self._ready: dict[str, Prepared] = {}
        self._unseen = False
        """Whether an answer changed what is taken since it was seen."""
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._take_one)
        fit(self, parent, 1000, 680, least=560)
        speaker = session.speaker
        self.pages = QStackedWidget()
        self.reading = ReadingPage(speaker)
        self.seen = SeenPage(session)
        self.asking = DoubtsPage(session, self._on_answer)
        self.outcome = SeenPage(session)
        for page in (self.reading, self.seen, self.asking, self.outcome):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        folder = widgets.button(
            speaker, Message("ui.workbooks.add_folder"), self._add_folder, icon="folder-open"
        )
        archive = widgets.button(speaker, Message("ui.workbooks.add_zip"), self._add_zip, icon="file-archive")
        self.adding = QWidget()
        row = widgets.line(widgets.label(speaker, Message("ui.workbooks.along"), "muted"), folder, archive, 1)
        self.adding.setLayout(row)
        self.body.addWidget(self.adding)
        self.back = widgets.button(speaker, Message("ui.import.back"), lambda: self._go(SEEN))
        self.buttons.addButton(self.back, self.buttons.ButtonRole.ResetRole)
        self.copy = widgets.button(speaker, Message("ui.workbooks.copy"), self._copy, icon="copy")
        self.buttons.addButton(self.copy, self.buttons.ButtonRole.ResetRole)
        self.buttons.accepted.disconnect(self.accept)
        self.buttons.accepted.connect(self.go_on)
        self._read()

    # -- looking -----------------------------------------------------------------------------------
    @property
    def busy(self) -> bool:
        """Whether something is being read or taken over."""
        return self._beside.running or self._left is not None

    def add_evidence(self, path: Path) -> None:
        """A folder or a ZIP that came along: everything is looked at again with its files."""
        self._along.append(path)
        self._evidence = None
        self._read()

    def _add_folder(self) -> None:
        folder = ask_folder(self, self.session, Message("ui.workbooks.add_folder"), Purpose.EVIDENCE)
        if folder is not None:
            self.add_evidence(folder)

    def _add_zip(self) -> None:
        archive = ask_open(
            self, self.session, Message("ui.workbooks.add_zip"), Message("ui.files.zip"), Purpose.EVIDENCE
        )
        if archive is not None:
            self.add_evidence(archive)

    def _read(self, page: int = SEEN) -> None:
        from desktop.exchange.agency_workbook import Evidence
        from desktop.exchange.agency_workbook.batch import inside, look
        from desktop.exchange.agency_workbook.memory import standing

        self.session.drafts.flush()
        stands, answers, books = standing(self.session.workspace), dict(self.answers), list(self.books)
        along, known = list(self._along), self._evidence
        self._wait(Message("ui.import.reading"))

        def work(report: Any) -> tuple[Looked, Any]:
            evidence = known if known is not None else Evidence.open(along)
            return look(stands, [*books, *inside(evidence)], evidence, answers, report), evidence

        def seen(found: tuple[Looked, Any]) -> None:
            self._on_read(found[0], found[1], page)

        self._beside.start(work, seen, self._on_failed, self.reading.progress)

    def _on_read(self, looked: Looked, evidence: Any, page: int) -> None:
        from desktop.exchange.agency_workbook import suggested

        self.looked, self._evidence = looked, evidence
        self.answers = {**suggested(looked.proposals), **self._still_asked(looked)}
        self.seen.show_looked(looked)
        self.asking.ask(looked, self.answers)
        self._go(page)

    def _still_asked(self, looked: Looked) -> dict[str, str]:
        """Answers given before, to questions that are still asked and can still be answered so."""
        return {
            doubt.id: self.answers[doubt.id]
            for doubt in looked.doubts
            if doubt.choice(self.answers.get(doubt.id, "")) is not None
        }

    def _on_failed(self, message: Message) -> None:
        self.session.failed.emit(message)
        if self.looked is None:
            self.reject()
            return
        if self._along:
            self._along.pop()  # what could not be opened is not tried again
        self._go(SEEN)

    def _wait(self, message: Message) -> None:
        self.reading.wait(message)
        self.pages.setCurrentIndex(READING)
        for part in (self.ok, self.adding):
            part.setEnabled(False)
        self.back.hide()
        self.copy.hide()

    # -- the steps ---------------------------------------------------------------------------------
    def go_on(self) -> None:
        """The next step; after the last one the dialog is closed."""
        page = self.pages.currentIndex()
        if self.busy or not self.ok.isEnabled() or self.looked is None:
            return
        if page == TAKING:
            self.accept()
        elif page == SEEN and self.looked.doubts:
            self._go(ASKED)
        elif page == ASKED and self._unseen:
            self._go(SEEN)
        else:
            self.take_over()

    def _go(self, page: int) -> None:
        looked = self.looked
        self._unseen = self._unseen and page != SEEN
        nothing = looked is None or all(each.is_empty for each in looked.proposals)
        self.pages.setCurrentIndex(page)
        self.back.setVisible(page == ASKED)
        self.copy.setVisible(page == TAKING)
        # what is done is not cancelled any more
        self.buttons.button(self.buttons.StandardButton.Cancel).setVisible(page != TAKING)
        self.adding.setVisible(page in {SEEN, ASKED})
        self.adding.setEnabled(True)
        action = Message("ui.workbooks.take")
        if page == TAKING or nothing:
            action = Message("ui.codes.close")
        elif (page == SEEN and looked is not None and looked.doubts) or (page == ASKED and self._unseen):
            action = Message("ui.import.next")
        self.session.speaker.tie(self.ok, type(self.ok).setText, action)
        self.ok.setEnabled(page == TAKING or not nothing)
        first = {SEEN: self.seen.tree, ASKED: self.asking.first, TAKING: self.ok}.get(page)
        if first is not None:
            first.setFocus()

    def _on_answer(self, doubt: str, kind: str, answer: str) -> None:
        self.answers[doubt] = answer
        if kind in STRUCTURAL:
            self._unseen = True
            self._read(ASKED)

    # -- taking over -------------------------------------------------------------------------------
    def take_over(self) -> None:
        """Prepare the files beside the window, then take one workbook after the other over."""
        from desktop.exchange.agency_workbook.taking_over import chosen, prepared_files
        from desktop.exchange.photos import Wishes
        from desktop.ui.files.intake import KEEP

        looked, evidence, answers = self.looked, self._evidence, dict(self.answers)
        if looked is None or self.busy:
            return
        wishes = Wishes(place=self.session.settings.photo_place == KEEP)
        self._wait(Message("ui.workbooks.taking"))

        def work(_report: Any) -> dict[str, Prepared]:
            ready: dict[str, Prepared] = {}
            for proposal in looked.proposals:
                ready = prepared_files(chosen(proposal, answers)[0], evidence, wishes, ready)[0]
            return ready

        self._beside.start(work, self._begin_taking, self._on_failed, self.reading.progress)

    def _begin_taking(self, ready: dict[str, Prepared]) -> None:
        if self.looked is None:
            return
        self._ready = ready
        self._left = iter(list(zip(self.looked.books, self.looked.proposals, strict=True)))
        self._slices.start()

    def _take_one(self) -> None:
        from desktop.exchange.agency_workbook import take_over
        from desktop.exchange.agency_workbook.batch import Refused
        from desktop.exchange.agency_workbook.taking_over import Before

        following = next(self._left, None) if self._left is not None else None
        if following is None or self.looked is None:
            self._finish()
            return
        book, seen = following
        done = len(self.taken) + len(self.refused)
        self.reading.progress(
            done, len(self.looked.books), Message("exchange.agency_book.taking", file=book.file)
        )
        workspace, evidence, ready = self.session.workspace, self._evidence, self._ready
        try:
            saved = next((each.backup for each in self.taken if each.backup), "")
            before = Before(ready, saved, seen)
            taken = take_over(workspace, book, evidence, self.answers, skip_doubts=True, before=before)
            self.taken.append(taken)
        except RancangError as error:
            self.refused.append(Refused(book.path, error.message))

    def _finish(self) -> None:
        self._slices.stop()
        self._left = None
        # those that could not even be read are not forgotten over the rest
        unread = self.looked.refused if self.looked is not None else ()
        saved = {each.name: each.at for each in self.session.workspace.backups()}
        self.outcome.show_lines(said_of_taken(self.taken, [*unread, *self.refused], saved))
        self._go(TAKING)
        n = sum(1 for each in self.taken if not each.is_empty)
        self.session.told.emit(Message("ui.workbooks.taken", n=n))

    def _copy(self) -> None:
        """The report as a text, for a chat or a note."""
        QApplication.clipboard().setText(self.outcome.text())
        self.session.told.emit(Message("ui.workbooks.copied"))

    def done(self, result: int) -> None:
        self._beside.stop()
        self._slices.stop()
        self._left = None
        if self._evidence is not None:
            self._evidence.close()
        super().done(result)
