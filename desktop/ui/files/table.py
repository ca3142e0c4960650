"""The evidence files as a table."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.fading import fade
from desktop.ui.files.model import CAPTION_TOO, CLAIMS, SIZE, TAKEN, Files
from desktop.ui.session import Session

FIXED = {TAKEN: 112, SIZE: 74}
"""How wide the columns are that do not share what is left, in pixels at 100 %."""


class FilesTable(QTableView):
    """Rows of files, with as many columns as there is room for."""

    def __init__(self, session: Session, model: Files) -> None:
        super().__init__()
        self._session = session
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setIconSize(QSize(48, 36))
        self.verticalHeader().hide()
        fade(self)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in FIXED:
            # Not by their contents: Qt would ask for every row each time one of them changes.
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        head.setMinimumSectionSize(64)
        self.setMinimumHeight(220)
        widgets.call(session.speaker, self, Message("ui.page.evidence"))

    def fit_columns(self) -> None:
        """Leave out what does not fit; beside the list it is told all the same."""
        room = self.viewport().width()
        for column, wide in FIXED.items():
            self.horizontalHeader().resizeSection(column, theme.grown(wide))
        self.verticalHeader().setDefaultSectionSize(theme.grown(44))
        self.setColumnHidden(CAPTION_TOO, not self._session.settings.second_language)
        self.setColumnHidden(SIZE, room < theme.grown(600))
        self.setColumnHidden(CLAIMS, room < theme.grown(320))
        self.setColumnHidden(TAKEN, room < theme.grown(440))
