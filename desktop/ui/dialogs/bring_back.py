"""Bring colleagues' files back: first what they would do, then, if accepted, done, then the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from desktop.base import Message
from desktop.base.written import Decision, chosen, decided
from desktop.cli.coming_told import Words, look_job
from desktop.ui import theme, widgets
from desktop.ui.coming.looked import LookedAt
from desktop.ui.coming.tabs import ComingTabs
from desktop.ui.dialogs.ask import Ask, fit
from desktop.ui.dialogs.files import ask_open_many, ask_save
from desktop.ui.helping.asking import offer_help
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.ui.settings import Purpose

if TYPE_CHECKING:
    from desktop.exchange.coming_back import Settled
    from desktop.workspace.merge_report import MergeReport

FINDINGS = 8
"""New findings told one by one; the page of checks has all of them."""


def bring_back_file(parent: QWidget, session: Session) -> None:
    """Choose files, show what came in, take it over if accepted."""
    kinds = Message("ui.files.coming")
    paths = ask_open_many(parent, session, Message("ui.command.bring_back"), kinds, Purpose.IMPORTS)
    from desktop.exchange.agency_workbook.batch import ENDINGS
    from desktop.ui.dialogs.edited_in import ENDINGS as WORD
    from desktop.ui.dialogs.edited_in import receive_edited

    books = [path for path in paths if path.suffix.casefold() in ENDINGS]
    if books:
        from desktop.ui.dialogs.workbooks_in import receive_paths

        receive_paths(parent, session, books)
    words = [path for path in paths if path.suffix.casefold() in WORD]
    if words:
        receive_edited(parent, session, words)
    others = [path for path in paths if path not in (*books, *words)]
    if others:
        bring_back_paths(parent, session, others)


def bring_back_paths(parent: QWidget, session: Session, paths: Sequence[Path]) -> None:
    """The same for files that are known."""
    asked = BringBack(session, paths, parent)
    if not asked.exec():
        return
    shown = asked.words.marks if asked.words is not None else None
    settled = session.attempt(lambda: take_over(session, paths, shown))
    if settled is not None:
        done = settled.coming.report
        session.told.emit(Message("ui.told.brought_back", n=done.change_sets))
        Brought(session, settled, parent).exec()


def take_over(session: Session, paths: Sequence[Path], shown: Mapping[Path, str] | None = None) -> Settled:
    """Do it, of the files that were shown, in a thread while the window waits. Raises as bringing back."""
    from desktop.exchange.coming_back import take

    return session.apart(lambda: take(session.workspace, list(paths), shown=shown))


class BringBack(Ask):
    """The preview of a merge: whose work, what it brings, what was filled differently; then yes or no."""

    def __init__(self, session: Session, paths: Sequence[Path], parent: QWidget) -> None:
        one = Message("ui.back.title", file=paths[0].name)
        # several are named one by one below
        title = one if len(paths) == 1 else Message("ui.back.title.several", n=len(paths))
        super().__init__(session, title, Message("ui.back.accept"), parent)
        offer_help(self, "together")
        fit(self, parent, least=840)
        self._paths = list(paths)
        self.words: Words | None = None
        """What was found, once it is."""
        self.runner = Runner(session)
        self.body.addWidget(self.runner)
        self.ok.setEnabled(False)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        session.speaker.tie(cancel, QPushButton.setText, Message("ui.back.not_now"))
        session.failed.connect(self._failed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.words is None and not self.runner.running:
            self._look()

    def _look(self) -> None:
        session = self.session

        def begin() -> None:
            snapshot = self.runner.snapshot()
            language = session.speaker.language.value
            self.runner.start(self._show, look_job, snapshot, tuple(self._paths), session.author(), language)

        session.attempt(begin)

    def _failed(self, _message: Message) -> None:
        """What is wrong with the file was said; there is nothing left to decide."""
        if self.words is None:
            self.reject()

    def _show(self, words: Words) -> None:
        self.words = words
        report = words.report
        for message in sentences(report):
            icon, role = _mark(message.id)
            self._line(message, icon, role)
        if len(words.files) > 1 or report.refused:
            for told, each in zip(words.files, report.per_file, strict=True):
                refused = each.refused is not None
                self._line(
                    told, "triangle-alert" if refused else "file-check-2", "warn" if refused else "muted"
                )
        for name in report.damaged:
            self._line(Message("ui.back.damaged", name=name), "triangle-alert", "warn")
        if any(words.counts.values()):
            tabs = ComingTabs(self.session, words)
            tabs.setMinimumHeight(theme.grown(280))
            self.body.addWidget(tabs, 1)
            self.looked = LookedAt(self.session)
            tabs.looked_at.connect(self.looked.look)
            self.body.addWidget(self.looked)
        brings = bool(report.change_sets or report.files)
        if brings:
            self._line(Message("ui.back.safe"), "archive-restore", "good")
        self.ok.setEnabled(brings)
        self.ok.setVisible(brings)
        if not brings:
            # nothing to decide: the one button that is left says so
            self.buttons.removeButton(self.buttons.button(QDialogButtonBox.StandardButton.Cancel))
            close = widgets.button(self.session.speaker, Message("ui.back.close"), self.reject)
            self.buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)

    def _line(self, said: Message | str, icon: str, role: str) -> None:
        text = widgets.label(self.session.speaker, said, wrap=True)
        self.body.addLayout(widgets.line(widgets.picture(icon, role, 18), text, 1, spacing=10))

    def done(self, result: int) -> None:
        """Whoever leaves before it is found out does not want to know it any more."""
        self.session.failed.disconnect(self._failed)
        if self.runner.running:
            self.runner.stop()
        super().done(result)


class Brought(Ask):
    """What was taken over: how much, the backup by name, what differs and what the checks found; on paper."""

    def __init__(self, session: Session, settled: Settled, parent: QWidget) -> None:
        super().__init__(session, Message("ui.brought.title"), Message("ui.back.close"), parent)
        offer_help(self, "together")
        self.setMinimumWidth(theme.grown(560))
        self._settled = settled
        report = settled.coming.report
        self._line(
            Message("ui.brought.done", n=report.change_sets, rows=len(report.rows), files=report.files),
            "circle-check",
            "good",
        )
        # as the list of backups calls it; the report on paper has its name
        saved = next((each for each in session.workspace.backups() if each.name == report.backup), None)
        when = saved.at if saved is not None else report.backup
        self._line(Message("ui.brought.backup", when=when), "archive-restore", "good")
        for each in report.refused:
            if each.refused is not None:
                self._line(each.refused, "triangle-alert", "warn")
        for name in report.damaged:
            self._line(Message("ui.back.damaged", name=name), "triangle-alert", "warn")
        if report.new_conflicts:
            self._line(Message("ui.back.differing", n=len(report.new_conflicts)), "git-merge", "warn")
            look = widgets.button(
                session.speaker, Message("ui.brought.settle"), self._go_settle, icon="git-merge"
            )
            self.body.addLayout(widgets.line(look, 1))
        self._findings(settled)
        self.print = widgets.button(
            session.speaker, Message("ui.brought.print"), self.save_report, icon="printer"
        )
        self.body.addLayout(widgets.line(self.print, 1))
        self.buttons.removeButton(self.buttons.button(QDialogButtonBox.StandardButton.Cancel))

    def _findings(self, settled: Settled) -> None:
        found = settled.new_findings
        if not found:
            return
        self._line(Message("ui.brought.findings", n=len(found)), "list-checks", "warn")
        speaker = self.session.speaker
        for each in found[:FINDINGS]:
            text = widgets.label(speaker, each.message, "muted", wrap=True)
            text.setContentsMargins(28, 0, 0, 0)
            self.body.addWidget(text)
        if len(found) > FINDINGS:
            more = widgets.label(speaker, Message("ui.back.more", n=len(found) - FINDINGS), "muted")
            more.setContentsMargins(28, 0, 0, 0)
            self.body.addWidget(more)

    def _line(self, said: Message, icon: str, role: str) -> None:
        text = widgets.label(self.session.speaker, said, wrap=True)
        self.body.addLayout(widgets.line(widgets.picture(icon, role, 18), text, 1, spacing=10))

    def _go_settle(self) -> None:
        self.accept()
        self.session.show("differing")

    def save_report(self) -> None:
        """Write the report as a PDF where the person says, and show it."""
        session = self.session
        name = session.say(Message("ui.brought.file", region=session.plan.region.name)) + ".pdf"
        target = ask_save(
            self, session, Message("ui.brought.print"), name, Message("ui.files.pdf"), Purpose.EXPORTS
        )
        if target is None:
            return
        there = chosen(target)
        made = session.attempt(lambda: self._write(target, there))
        if made is not None:
            session.told.emit(Message("ui.brought.printed", file=made.name))
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(made)))

    def _write(self, target: Path, there: Decision) -> Path:
        from desktop.cli.coming_paper import write
        from desktop.cli.coming_told import Told
        from desktop.ui.background import beside

        told = Told(self._settled.coming, self.session.speaker.language)
        return beside(lambda: decided(there, lambda: write(told, self._settled, target)))


def _mark(sentence: str) -> tuple[str, str]:
    """The icon beside a sentence, and its colour."""
    return {
        "ui.back.from": ("user", "primary"),
        "ui.back.nothing": ("circle-check", "good"),
        "ui.back.files": ("paperclip", "primary"),
        "ui.back.differing": ("git-merge", "warn"),
    }.get(sentence, ("pen-line", "primary"))


def sentences(report: MergeReport) -> list[Message]:
    """What a merge would do, in a few sentences."""
    if not report.change_sets and not report.files:
        return [Message("ui.back.nothing")] if not report.refused else []
    said = [Message("ui.back.from", n=report.change_sets, who=", ".join(report.authors) or "?")]
    if report.files:
        said.append(Message("ui.back.files", n=report.files))
    if report.new_conflicts:
        said.append(Message("ui.back.differing", n=len(report.new_conflicts)))
    return said
