"""The files of a verified package with their hashes, shown when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.base import Message
from desktop.base.speech import file_size
from desktop.ui import theme, widgets
from desktop.ui.fading import fade
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission import FileReport

ROWS = 8
"""Lines in view at once; the rest is scrolled to."""


class FilesInside(QWidget):
    """A button, and below it the list; filled when it is opened for the first time."""

    def __init__(self, session: Session, files: tuple[FileReport, ...]) -> None:
        super().__init__()
        self._session, self._files = session, files
        speaker = session.speaker
        box = widgets.column(spacing=4)
        self.setLayout(box)
        self.button = widgets.button(
            speaker, Message("submission.report.files", n=len(files)), self.turn, icon="list", look="quiet"
        )
        box.addLayout(widgets.line(self.button, 1))
        self.list = QTreeWidget()
        fade(self.list)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        widgets.call(speaker, self.list, Message("submission.report.files", n=len(files)))
        speaker.tie(self.list, _head, lambda: "\n".join(self._titles()))
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        # a hash is compared letter by letter: what does not fit is scrolled to, not cut
        self.list.header().setStretchLastSection(False)
        self.list.hide()
        box.addWidget(self.list)

    def _titles(self) -> tuple[str, ...]:
        say = self._session.say
        named = Message("submission.report.file"), Message("submission.report.size")
        return (*(say(each) for each in named), "SHA-256")

    def turn(self) -> None:
        """Show the list, or hide it again."""
        if not self.list.topLevelItemCount():
            self._fill()
        self.list.setVisible(self.list.isHidden())

    def _fill(self) -> None:
        language = self._session.speaker.language
        for file in self._files:
            item = QTreeWidgetItem([file.path, file_size(file.size, language), file.sha256])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.addTopLevelItem(item)
        rows = min(ROWS, len(self._files))
        height = self.list.sizeHintForRow(0) * rows + self.list.header().sizeHint().height() + theme.PAD
        self.list.setFixedHeight(height + self.list.horizontalScrollBar().sizeHint().height())


def _head(tree: QTreeWidget, titles: str) -> None:
    tree.setHeaderLabels(titles.split("\n"))
