"""The books: choose, print in a process of their own, look at them here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from desktop.base import Language, LocalText, Message
from desktop.base.speech import value_text
from desktop.base.written import Decision, as_decided
from desktop.books.formats import DOCX, FORMATS, HTML, PDF
from desktop.checks.places import agency_name
from desktop.ui import theme, whole_rows, widgets
from desktop.ui.books_folder import books_folder
from desktop.ui.fields.box import language_name
from desktop.ui.flow import Flow
from desktop.ui.over import when_free
from desktop.ui.pages.page import Page
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.ui.viewer.viewer import Viewer

if TYPE_CHECKING:
    from desktop.books.printing import BookFile

WIDE, MOST = 330, 420
"""Width of the choices in pixels of 100 % text, and what it grows to at most."""
FEWEST_BOOKS, FEWEST_PRINTED = 120, 60
"""Pixels that the lists of books take at least in a low window; of 100 % text where they are chosen."""
_FORMATS = {
    PDF: Message("ui.books.format.pdf"),
    HTML: Message("ui.books.format.html"),
    DOCX: Message("ui.books.format.docx"),
}


class BooksPage(Page):
    """Choices and what was printed at the left, the preview at the right."""

    purpose = Message("ui.books.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.printed: tuple[BookFile, ...] = ()
        self._head = ""
        body = QHBoxLayout()
        body.setSpacing(theme.PAD)
        body.addWidget(self._choices())
        self.preview = Viewer(session, strip=False, ours=True)
        card = widgets.Card(session.speaker)
        card.add(self.preview, 1)
        body.addWidget(card, 1)
        self.add(body, 1)

    def keeps(self) -> bool:
        return super().keeps() or self.preview.pages > 0

    def has_findings(self) -> bool:
        return False

    def _choices(self) -> QWidget:
        session, speaker = self.session, self.session.speaker
        self._left = card = widgets.Card(speaker, Message("ui.books.which"))
        card.setFixedWidth(theme.grown(WIDE, MOST))
        card.add(self._book_list())
        card.add(widgets.label(speaker, Message("ui.books.languages"), "field"))
        self._languages: dict[Language, QCheckBox] = {}
        row = Flow(spacing=14)
        for language in (session.source, session.second):
            tick = QCheckBox()
            tick.setChecked(language is session.source)
            speaker.tie(tick, QCheckBox.setText, language_name(language))
            self._languages[language] = tick
            row.addWidget(tick)
        card.add(row)
        card.add(widgets.label(speaker, Message("ui.books.formats"), "field"))
        card.add(self._forms())
        self.together = QCheckBox()
        speaker.tie(self.together, QCheckBox.setText, Message("ui.books.together"))
        self.together.setChecked(True)
        self.together.setVisible(any(book.per for book in session.pack.books))
        card.add(self.together)
        self._draft = widgets.label(speaker, Message("ui.books.draft"), "warn", wrap=True)
        card.add(self._draft)
        self.make = widgets.button(
            speaker, Message("ui.books.make"), self.print, icon="printer", look="primary"
        )
        card.add(self.make)
        self.runner = Runner(session)
        card.add(self.runner)
        self.runner.cancel.clicked.connect(self._on_stopped)
        self.runner.ended.connect(self._fit_books)
        self._state = widgets.label(speaker, Message("ui.books.none"), "muted", wrap=True)
        card.add(self._state)
        self.list = QListWidget()
        widgets.call(speaker, self.list, Message("ui.books.printed"))
        self.list.currentItemChanged.connect(self._on_chosen)
        # names that differ at their ends only, by language and form, are read to the end
        whole_rows.wrapping(self.list)
        # it takes what is left of the page, and asks for no more
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.list.hide()  # until there is a book to choose
        self.list.itemActivated.connect(self._on_activated)
        card.add(self.list, 1)
        card.body.addStretch(0)
        self.outside = widgets.button(
            speaker, Message("ui.books.outside"), self.open_outside, icon="external-link"
        )
        self.outside.hide()
        card.add(self.outside)
        self.folder = widgets.button(
            speaker, Message("ui.books.folder"), self._open_folder, icon="folder-open"
        )
        self.folder.setEnabled(False)
        card.add(self.folder)
        return card

    def _forms(self) -> Flow:
        self.formats: dict[str, QCheckBox] = {}
        row = Flow(spacing=14)
        for form in FORMATS:
            tick = QCheckBox()
            tick.setChecked(form == PDF)
            self.session.speaker.tie(tick, QCheckBox.setText, _FORMATS[form])
            self.formats[form] = tick
            row.addWidget(tick)
        return row

    def _book_list(self) -> QListWidget:
        made = QListWidget()
        widgets.call(self.session.speaker, made, Message("ui.books.which"))
        for book in self.session.pack.books:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, book)
            once = Qt.CheckState.Unchecked if book.per else Qt.CheckState.Checked
            item.setCheckState(once)  # sheets for thirty agencies only when somebody wants them
            made.addItem(item)
        whole_rows.wrapping(made)
        self.books = made
        return made

    def _items(self) -> list[QListWidgetItem]:
        return [self.books.item(row) for row in range(self.books.count())]

    def refresh(self) -> None:
        self._left.setFixedWidth(theme.grown(WIDE, MOST))
        for item in self._items():
            book = item.data(Qt.ItemDataRole.UserRole)
            item.setText(self.session.say(_book_name(book.code, book.title)))
        self._name_printed()
        self._fit_books()
        report = self.session.report
        self._draft.setVisible(report is not None and report.draft)
        if self.printed and self._head != self.session.workspace.head:
            self._say(Message("ui.books.outdated"), "warn")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_books()

    def _fit_books(self) -> None:
        """In a low window the list of books gives way: what prints them, and the bar, are to be seen."""
        rest = self._left.heightForWidth(self._left.width()) - self.books.height()
        printed, least = whole_rows.heights(self.list), 0
        if not self.list.isHidden():  # it asks for nothing, and has a least height all the same
            least = whole_rows.fitting(printed, FEWEST_PRINTED, 0)
        around = self._left.y() + self.body.contentsMargins().bottom()
        room = self.viewport().height() - around - rest - least
        high = whole_rows.fitting(whole_rows.heights(self.books), theme.grown(FEWEST_BOOKS), room)
        self.books.setFixedHeight(high)
        self.list.setMinimumHeight(least)
        self.list.setMaximumHeight(whole_rows.fitting(printed, least, room + least - high))
        # lines that wrap need more than a layout asks for at least: else they would stand on each other
        self._left.setMinimumHeight(rest + least + high)

    def arrive(self) -> None:
        self.refresh()

    # -- printing -------------------------------------------------------------------------------
    def target(self) -> Path:
        """The folder the books go to: beside the workspace."""
        return books_folder(self.session)

    def print(self) -> None:
        """Print the chosen books."""
        if self.runner.running:
            return
        chosen = (item for item in self._items() if item.checkState() is Qt.CheckState.Checked)
        books = tuple(item.data(Qt.ItemDataRole.UserRole).id for item in chosen)
        languages = tuple(language.value for language, tick in self._languages.items() if tick.isChecked())
        formats = tuple(form for form, tick in self.formats.items() if tick.isChecked())
        if not books or not languages or not formats:
            self._say(Message("ui.books.choose"), "warn")
            return
        from desktop.books.printing import file_names

        together = self.together.isChecked()
        names = file_names(
            self.session.plan, self.session.pack, books, [Language(each) for each in languages],
            together=together, formats=formats,
        )  # fmt: skip
        self.preview.close_file()  # what is shown may be what is written anew
        when_free(
            self, self.session, self.runner, [self.target() / name for name in names],
            lambda decision: self._begin(decision, languages, books, (), together, formats),
        )  # fmt: skip
        if not self.runner.running:
            self._on_chosen(self.list.currentItem())

    def _begin(self, decision: Decision, *wanted: object) -> None:
        from desktop.books.printing import write_books

        snapshot, head = self.runner.snapshot(), self.session.workspace.head
        self.runner.start(
            lambda files: self._on_printed(files, head),
            as_decided, decision, write_books, snapshot, self.target(), *wanted,
        )  # fmt: skip
        self._show_bar()

    def _show_bar(self) -> None:
        """Scroll to how far it is, and to what stops it, once they have their places."""
        self._fit_books()
        QTimer.singleShot(0, self.runner, lambda: self.ensureWidgetVisible(self.runner))

    def _on_printed(self, files: tuple[BookFile, ...], head: str) -> None:
        self.printed, self._head = files, head
        self.list.clear()
        for file in files:
            item = QListWidgetItem()
            item.setToolTip(file.path.name)
            item.setData(Qt.ItemDataRole.UserRole, file)
            self.list.addItem(item)
        self._name_printed()
        self.folder.setEnabled(True)
        self._say(Message("ui.books.done", n=len(files), folder=str(self.target())), "good")
        self.list.show()
        self._fit_books()
        self.list.setCurrentRow(0)

    def _on_stopped(self) -> None:
        """Show again what was shown before."""
        self._on_chosen(self.list.currentItem())

    def _name_printed(self) -> None:
        """Call the files what the books are called; the names of the files are for other programs."""
        say, several = self.session.say, len({file.language for file in self.printed}) > 1
        known = {book.id: _book_name(book.code, book.title) for book in self.session.pack.books}
        for row, file in enumerate(self.printed):
            item = self.list.item(row)
            words = [say(known[file.book]) if file.book in known else file.path.name]
            words += [self._agency(file)] if file.agency else []
            words += [say(language_name(Language(file.language)))] if several else []
            # what has no pages is called by its form
            size = say(Message("ui.books.pages", n=file.pages)) if file.pages else file.format.upper()
            item.setText(f"{', '.join(words)} ({size})")

    def _agency(self, file: BookFile) -> str:
        """Whose sheet a PDF is; those of all agencies in one are everybody's."""
        return value_text(agency_name(self.session.plan, file.agency), self.session.speaker.language)

    def _say(self, message: Message, look: str) -> None:
        theme.look(self._state, look)
        self.session.speaker.tie(self._state, type(self._state).setText, message)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        file: BookFile = item.data(Qt.ItemDataRole.UserRole)
        self.outside.setVisible(file.format != PDF)
        self._fit_books()
        if file.format == PDF:
            self.session.attempt(lambda: self.preview.open(file.path))
        else:
            self.preview.close_file()

    def _on_activated(self, item: QListWidgetItem) -> None:
        if item.data(Qt.ItemDataRole.UserRole).format != PDF:
            self.open_outside()

    def open_outside(self) -> None:
        """Show the chosen book in the program the computer has for its form."""
        item = self.list.currentItem()
        if item is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(item.data(Qt.ItemDataRole.UserRole).path)))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.target())))


def _book_name(code: str, title: LocalText) -> Message:
    return Message("ui.books.name", code=code, title=title)
