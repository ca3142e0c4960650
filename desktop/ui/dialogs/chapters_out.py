"""Chapters for somebody to edit in Word: which ones, in which language, where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.base import Language, Message
from desktop.base.written import as_decided, chosen
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import ask_save
from desktop.ui.fields.box import language_name
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.helping.asking import offer_help
from desktop.ui.running import Runner
from desktop.ui.session import Session

_WHICH = Qt.ItemDataRole.UserRole


def send_chapters(parent: QWidget, session: Session, chapter: str = "") -> None:
    """Ask which chapters go out; ``chapter`` (the one that is looked at) is ticked already."""
    dialog = ChaptersOut(session, parent, chapter)
    dialog.exec()
    dialog.deleteLater()


class ChaptersOut(Ask):
    """Chapters to be ticked, and the language; then where to."""

    def __init__(self, session: Session, parent: QWidget, chapter: str = "") -> None:
        super().__init__(session, Message("ui.chapters_out.title"), Message("ui.chapters_out.accept"), parent)
        offer_help(self, "edited-chapters")
        speaker = session.speaker
        self.setMinimumWidth(theme.grown(560))
        self.made: Path | None = None
        self.body.addWidget(widgets.label(speaker, Message("ui.chapters_out.note"), "muted", wrap=True))
        self.chapters = QListWidget()
        self.chapters.setMinimumHeight(theme.grown(280))
        self._fill(chapter)
        self.chapters.itemChanged.connect(self._judge)
        self.field(Message("ui.chapters_out.which"), self.chapters)
        self.language = QuietCombo()
        for each in (session.source, session.second):
            self.language.addItem(session.say(language_name(each)), each.value)
        self.field(Message("ui.chapters_out.language"), self.language)
        self.runner = Runner(session)
        self.body.addWidget(self.runner)
        self.runner.ended.connect(self._judge)
        self.buttons.accepted.disconnect(self.accept)
        self.buttons.accepted.connect(self.choose)
        self._judge()

    def _fill(self, chosen: str) -> None:
        from desktop.books.editing import chapters_of

        session, language = self.session, self.session.speaker.language
        for book in session.pack.books:
            entries = [each for each in chapters_of(session.guide, book) if each.chapter.written]
            if not entries:
                continue
            head = QListWidgetItem(book.title.read(language))
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = head.font()
            font.setBold(True)
            head.setFont(font)
            self.chapters.addItem(head)
            for each in entries:
                indent = "\N{EM SPACE}" * (each.level - 1)
                called = f"{each.number}  {each.chapter.title.read(language)}".strip()
                item = QListWidgetItem(f"{indent}{called}")
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                on = each.chapter.id == chosen
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
                item.setData(_WHICH, each.chapter.id)
                self.chapters.addItem(item)
                if on:
                    self.chapters.setCurrentItem(item)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The chapters that are ticked."""
        items = [self.chapters.item(row) for row in range(self.chapters.count())]
        return tuple(
            str(each.data(_WHICH))
            for each in items
            if each.data(_WHICH) and each.checkState() is Qt.CheckState.Checked
        )

    def _judge(self) -> None:
        self.ok.setEnabled(bool(self.wanted) and not self.runner.running)

    def choose(self) -> None:
        """Ask where to, and begin."""
        from desktop.books.editing import file_name

        language = Language(str(self.language.currentData()))
        name = file_name(self.session.pack, self.wanted, language)
        title = Message("ui.chapters_out.title")
        target = ask_save(self, self.session, title, name, Message("ui.files.word"))
        if target is not None:
            self.write(target)

    def write(self, target: Path) -> None:
        """Write the file in a process of its own."""
        from desktop.books.editing import write_chapters

        language, there = str(self.language.currentData()), chosen(target)

        def begin() -> None:
            snapshot = self.runner.snapshot()
            given = (write_chapters, snapshot, target, self.wanted, language)
            self.runner.start(self._written, as_decided, there, *given)

        self.session.attempt(begin)
        self._judge()

    def _written(self, made: Path) -> None:
        self.made = made
        self.session.told.emit(Message("ui.chapters_out.made", file=made.name))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(made.parent)))
        self.accept()

    def reject(self) -> None:
        self.runner.stop()
        super().reject()
