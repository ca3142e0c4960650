"""The grid as people meet it: tools and search above, the table, its totals, and what was refused below."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from desktop.base import Language, Message
from desktop.ui import inside, theme, widgets
from desktop.ui.fields.box import language_name
from desktop.ui.flow import Flow
from desktop.ui.grid.columns import ColumnChooser, ColumnPopup
from desktop.ui.grid.fitting import GridTable
from desktop.ui.grid.model import GridModel
from desktop.ui.grid.source import GridSource
from desktop.ui.grid.totals import ChosenFigures, TotalsRow
from desktop.ui.keys import sequence
from desktop.ui.roles import REVIEWERS
from desktop.ui.session import Session
from desktop.ui.speaker import Speech
from desktop.workspace.plan import Place

CORNER = 28
"""Width and height of the button at the right end of the heads, in pixels at 100 %."""


class Grid(QWidget):
    """Tools, table and foot. ``tall`` gives the table all the height there is, else that of its rows."""

    language_chosen = Signal(str)

    def __init__(self, session: Session, source: GridSource, name: Speech) -> None:
        super().__init__()
        self.session = session
        self.model = GridModel(session, source)
        self.model.setParent(self)
        self.table = GridTable(self.model)
        widgets.call(session.speaker, self.table, name)
        layout = widgets.column(spacing=6)
        self.setLayout(layout)
        self.tools = Flow(spacing=theme.GAP // 2)
        layout.addLayout(self.tools)
        self.hint = widgets.label(session.speaker, "", "muted", wrap=True)
        self.hint.hide()
        layout.addWidget(self.hint)
        self._teaches = False
        inner = widgets.column(spacing=0)
        inner.addWidget(self.table, 1)
        self.totals = TotalsRow(self.table)
        inner.addWidget(self.totals)
        layout.addLayout(inner, 1)
        self.figures = ChosenFigures(self.table)
        self._edits: list[QToolButton] = []
        self._adds: QToolButton | None = None
        self._languages: dict[str, QToolButton] = {}
        self._fill_tools()
        layout.addLayout(self._foot())
        self._corner()
        self.model.refused.connect(self._on_refused)
        self.model.arranged.connect(self._on_arranged)
        self.table.moved.connect(self.refresh)
        self.table.column_menu.connect(self.open_column)
        session.speaker.changed.connect(self._on_arranged)
        find = QShortcut(sequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)
        self.search.installEventFilter(self)

    def _fill_tools(self) -> None:
        speaker, source = self.session.speaker, self.model.source
        if source.may_add:
            self._adds = self._tool(Message("ui.grid.add"), "plus", self.add)
            self._tool(Message("ui.grid.delete"), "trash-2", self.delete)
            self.teach(Message("ui.grid.empty"))
        if source.may_move:
            self._tool(Message("ui.grid.up"), "arrow-up", lambda: self.move_by(-1))
            self._tool(Message("ui.grid.down"), "arrow-down", lambda: self.move_by(1))
        self._tool(Message("ui.grid.fill"), "arrow-down-to-line", self.table.fill_down)
        self._tool(Message("ui.grid.fill_right"), "arrow-right-to-line", self.table.fill_right)
        self.search = QLineEdit()
        inside.clearing(self.session.speaker, self.search)
        self.search.setMaximumWidth(theme.grown(280))
        inside.mark(self.search, "search")
        speaker.tie(self.search, QLineEdit.setPlaceholderText, Message("ui.grid.search"))
        widgets.call(speaker, self.search, Message("ui.grid.search"))
        self.search.textChanged.connect(self.model.search)
        self.tools.addWidget(self.search)
        self.tools.grow(self.search)
        self._all = widgets.button(
            speaker, Message("ui.grid.show_all"), self.show_all, icon="funnel-x", look="quiet"
        )
        self._all.hide()
        self.tools.addWidget(self._all)
        self.tools.addStretch()
        if any(field.bilingual for field in source.columns()):
            for language in (self.session.source, self.session.second):
                self._languages[language.value] = self._language(language)

    def teach(self, sentence: Message) -> None:
        """Say what to do first, as long as there are no rows."""
        self._teaches = True
        self.session.speaker.tie(self.hint, QLabel.setText, sentence)

    def _show_hint(self) -> None:
        wanted = self._teaches and not self.model.shut
        rows = self.model.order.everything if wanted else ()
        self.hint.setVisible(wanted and all(each.heading for each in rows))

    def _foot(self) -> QHBoxLayout:
        self._said = widgets.label(self.session.speaker, "", "bad", wrap=True)
        self._said.hide()
        self._there = widgets.button(
            self.session.speaker, Message("ui.grid.go_there"), self.go_wrong, look="quiet"
        )
        self._there.hide()
        self.foot = widgets.line(self._said, 1, self._there)
        self.foot.addWidget(self.figures, 1)
        return self.foot

    def _corner(self) -> None:
        """The button at the right end of the heads by which columns are chosen."""
        self.chooser = widgets.tool(
            self.session.speaker, Message("ui.grid.columns"), "columns-3", self.open_chooser
        )
        self.chooser.setParent(self.table)
        self.chooser.setProperty("look", "corner")
        self.table.installEventFilter(self)
        self.table.heads.last_reserve = theme.grown(CORNER) - 2
        # the words of a head that is scrolled beneath it are cut elsewhere then
        self.table.horizontalScrollBar().valueChanged.connect(lambda _: self.table.heads.viewport().update())
        self.table.heads.geometriesChanged.connect(self._place_corner)
        self.table.heads.sectionResized.connect(self._place_corner)

    def _place_corner(self, *_: object) -> None:
        heads, wide = self.table.heads, theme.grown(CORNER)
        heads.last_reserve = wide - 2
        above = max(0, (heads.height() - wide) // 2)
        self.chooser.setGeometry(heads.x() + heads.width() - wide - 1, heads.y() + above, wide, wide)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._place_corner()
        if watched is self.search and event.type() is QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]  # a key event has a key
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                if not self.table.currentIndex().isValid():
                    self.table.go((0, 0))
                return True
        return super().eventFilter(watched, event)

    def _tool(self, name: Message, icon: str, press: object) -> QToolButton:
        made = widgets.tool(self.session.speaker, name, icon, press)  # type: ignore[arg-type]
        self._edits.append(made)
        self.tools.addWidget(made)
        return made

    def _language(self, language: Language) -> QToolButton:
        made = QToolButton()
        made.setProperty("look", "segment")
        made.setCheckable(True)
        made.setChecked(language.value == self.model.language)
        made.setText(language.value.upper())
        name = Message("ui.grid.language", language=language_name(language))
        self.session.speaker.tie(made, QToolButton.setToolTip, name)
        widgets.call(self.session.speaker, made, name)
        made.clicked.connect(lambda: self.write_in(language.value))
        self.tools.addWidget(made)
        return made

    def write_in(self, language: str) -> None:
        """Show and edit the texts of one language of the plan."""
        self.model.speak_in(language)
        for code, made in self._languages.items():
            made.setChecked(code == language)

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the plan as it is now."""
        corner = self.table.currentIndex()
        spot = (corner.row(), corner.column()) if corner.isValid() else None
        self.model.refresh()
        self.table.widths.begin()
        for made in self._edits:
            made.setEnabled(not self.model.shut)
            # who only reads the plan has no use for the tools of writing it
            made.setVisible(not (self.model.shut and self.session.role in REVIEWERS))
        if self._adds is not None:
            self._adds.setEnabled(self.model.may_insert)
        for made in self._languages.values():
            made.setVisible(self.session.settings.second_language)
        if spot is not None and not self.table.currentIndex().isValid() and self.model.rowCount():
            index = self.model.index(min(spot[0], self.model.rowCount() - 1), spot[1])
            self.table.setCurrentIndex(index)
        self._show_hint()
        self.totals.again()

    def _on_arranged(self) -> None:
        order = self.model.order
        self._all.setVisible(order.filtered or order.sorted_by is not None)
        self.table.verticalHeader().setVisible(not self.model.source.labelled)
        if order.sorted_by is None and self.table.heads.sortIndicatorSection() >= 0:
            self.table.heads.blockSignals(True)
            self.table.heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.table.heads.blockSignals(False)
        self.totals.again()

    def show_all(self) -> None:
        """Every row, in its own order."""
        self.model.order.clear()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.model.arrange()
        self.table.heads.viewport().update()

    def _on_refused(self, message: Message | None) -> None:
        self._said.setVisible(message is not None)
        self._there.setVisible(message is not None and bool(self.model.wrong))
        if message is not None:
            self.session.speaker.tie(self._said, QLabel.setText, message)

    def go_wrong(self) -> None:
        """Put the cursor on the first cell that was left alone."""
        wrong = [(row, column) for row, column in self.model.wrong if row < self.model.rowCount()]
        if wrong:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.setCurrentIndex(self.model.index(*wrong[0]))

    # -- columns --------------------------------------------------------------------------------
    def open_column(self, column: int, place: QPoint) -> None:
        """What can be done with one column."""
        ColumnPopup(self.table, self.model, self.table.widths, column).show_at(place)

    def open_chooser(self) -> None:
        """Which columns are shown."""
        spot = self.chooser.mapToGlobal(QPoint(0, self.chooser.height()))
        ColumnChooser(self.table, self.table.widths).show_at(spot)

    # -- tools ----------------------------------------------------------------------------------
    def add(self) -> None:
        """Add a row where the cursor is, or at the end."""
        index = self.table.currentIndex()
        here = index.row() if index.isValid() and self.model.rows[index.row()].key else None
        self.model.insert_rows(here if self.model.source.may_move else None)

    def delete(self) -> None:
        """Delete the chosen rows."""
        self.table.delete_rows()

    def move_by(self, step: int) -> None:
        """Move the chosen rows up or down."""
        self.table.move_rows(step)

    def point_at(self, place: Place) -> bool:
        """Put the cursor on the cell a finding is about; whether it is in this grid."""
        source = self.model.source
        for each in self.model.order.everything + [row for row in self.model.rows if row.fresh]:
            if each.heading:
                continue
            for column, field in enumerate(self.model.fields):
                if not source.is_at(place, each, field):
                    continue
                if place.language and field.bilingual and place.language != self.model.language:
                    self.write_in(place.language)
                if each not in self.model.rows:
                    self.show_all()
                at = column + self.model.first
                if self.table.heads.isSectionHidden(at):
                    self.table.widths.show_column(at, shown=True)
                index = self.model.index(self.model.rows.index(each), at)
                self.table.setCurrentIndex(index)
                self.table.scrollTo(index)
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False
