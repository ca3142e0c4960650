"""The help window: contents and search at the left, a topic at the right; it stays open beside the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.base import Message, manual
from desktop.submission import code_help
from desktop.ui import inside, theme, widgets
from desktop.ui.dialogs.ask import tell
from desktop.ui.keys import sequence
from desktop.ui.session import Session
from desktop.ui.whole_rows import wrapping

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

TOPIC = Qt.ItemDataRole.UserRole
FIRST = "first-hour"
"""What is shown where nothing narrower is known."""
MARGINS = 24


class HelpWindow(QWidget):
    """One topic at a time; its links go to other topics, to pages of the document, and give commands."""

    def __init__(self, window: MainWindow, dialog: QWidget | None = None) -> None:
        super().__init__(dialog or window, Qt.WindowType.Window)
        code_help.offer()
        self._window = window
        self._dialog = dialog
        self._session: Session = window.session
        self._topic = FIRST
        self._visited: list[str] = []
        speaker = self._session.speaker
        speaker.tie(self, QWidget.setWindowTitle, Message("ui.help.title"))
        self.resize(QSize(theme.grown(860), theme.grown(620)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.PAD, theme.PAD, theme.PAD, theme.PAD)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setStretchFactor(1, 1)
        split.setSizes([theme.grown(270), theme.grown(590)])
        split.setChildrenCollapsible(False)
        layout.addWidget(split)
        for keys, act in (("Alt+Left", self.back), ("Esc", self.close), ("Ctrl+F", self._to_search)):
            QShortcut(sequence(keys), self).activated.connect(act)
        speaker.changed.connect(self._speak)
        self._session.look_changed.connect(self._speak)
        self._speak()

    def _left(self) -> QWidget:
        speaker = self._session.speaker
        made = QWidget()
        box = widgets.column(spacing=theme.GAP)
        made.setLayout(box)
        self.search = QLineEdit()
        inside.clearing(speaker, self.search)
        inside.mark(self.search, "search")
        speaker.tie(self.search, QLineEdit.setPlaceholderText, Message("ui.help.search"))
        widgets.call(speaker, self.search, Message("ui.help.search"))
        self.search.textChanged.connect(self._list)
        self.search.returnPressed.connect(self._open_first)
        self.list = QListWidget()
        wrapping(self.list)
        self.list.setSpacing(1)
        widgets.call(speaker, self.list, Message("ui.help.contents"))
        self.list.currentItemChanged.connect(self._on_chosen)
        box.addWidget(self.search)
        box.addWidget(self.list, 1)
        return made

    def _right(self) -> QWidget:
        speaker = self._session.speaker
        made = QWidget()
        box = widgets.column(spacing=theme.GAP)
        made.setLayout(box)
        self._back = widgets.button(
            speaker, Message("ui.help.back"), self.back, icon="chevron-left", look="quiet"
        )
        box.addLayout(widgets.line(self._back, 1))
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(MARGINS)
        widgets.call(speaker, self.text, lambda: Message("ui.help.topic", title=self._title()))
        self.text.anchorClicked.connect(self._follow)
        box.addWidget(self.text, 1)
        return made

    def _title(self) -> str:
        return manual.topic(self._topic, self._session.speaker.language).title

    # -- showing --------------------------------------------------------------------------------
    def show_topic(self, name: str, place: str = "") -> None:
        """Show a topic, from the heading ``place`` on; an unknown one shows the first hour."""
        known = {each for group in manual.groups() for each in group.topics}
        if self._topic != name and self.isVisible():
            self._visited.append(self._topic)
        self._topic = name if name in known else FIRST
        self._render()
        self._mark()
        if place:
            self._to_heading(place)

    def _to_heading(self, text: str) -> None:
        """Bring a heading of the topic to the top."""
        block = self.text.document().begin()
        while block.isValid() and not (block.blockFormat().headingLevel() and block.text() == text):
            block = block.next()
        if block.isValid():
            self.text.moveCursor(QTextCursor.MoveOperation.End)
            self.text.setTextCursor(QTextCursor(block))

    def back(self) -> None:
        """Show the topic before this one."""
        if self._visited:
            self._topic = self._visited.pop()
            self._render()
            self._mark()

    def _speak(self) -> None:
        self._list()
        self._render()

    def _render(self) -> None:
        topic = manual.topic(self._topic, self._session.speaker.language)
        self.text.setMarkdown(topic.text)
        _breathe(self.text.document())
        self.text.setAccessibleDescription(topic.title)
        self._back.setEnabled(bool(self._visited))

    def _list(self) -> None:
        language, words = self._session.speaker.language, self.search.text()
        self.list.blockSignals(True)
        self.list.clear()
        if words.strip():
            found = manual.search(words, language)
            for each in found:
                self._entry(each.topic.id, f"{each.topic.title}\n{each.around}")
            if not found:
                self._heading(self._session.say(Message("ui.help.nothing")))
        else:
            for group in manual.groups():
                self._heading(self._session.say(group.title))
                for name in group.topics:
                    self._entry(name, manual.topic(name, language).title)
        self.list.blockSignals(False)
        self._mark()

    def _entry(self, name: str, text: str) -> None:
        item = QListWidgetItem(text)
        item.setData(TOPIC, name)
        self.list.addItem(item)

    def _heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.list.font()
        font.setBold(True)
        item.setFont(font)
        self.list.addItem(item)

    def _mark(self) -> None:
        """Show in the list which topic is open."""
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(TOPIC) == self._topic:
                self.list.setCurrentItem(item)
                break
        self.list.blockSignals(False)

    # -- acting ---------------------------------------------------------------------------------
    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(TOPIC):
            self.show_topic(str(item.data(TOPIC)))

    def _open_first(self) -> None:
        found = manual.search(self.search.text(), self._session.speaker.language)
        if found:
            self.show_topic(found[0].topic.id)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _follow(self, url: QUrl) -> None:
        kind, name = url.scheme(), url.path()
        match kind:
            case "help":
                self.show_topic(name)
            case _ if self._dialog is not None and self._dialog.isVisible():
                # the dialog keeps the window waiting
                tell(self, self._session, Message("ui.help.dialog_first"))
            case "go" if self._session.is_open:
                self._window.activateWindow()
                self._session.show(name)
            case "go":
                self._session.failed.emit(Message("ui.help.open_first"))
            case "do":
                self._window.activateWindow()
                self._window.commands.run(name)
            case _:
                pass


def _breathe(document: QTextDocument) -> None:
    """Room between paragraphs and between the points of a list; Markdown leaves none."""
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        form.setBottomMargin(theme.GAP - 2)
        form.setTopMargin(theme.GAP if form.headingLevel() else 0)
        QTextCursor(block).setBlockFormat(form)
        block = block.next()
