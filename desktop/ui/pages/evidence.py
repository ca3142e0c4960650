"""The evidence files (*bukti dukung*): take them in, describe them, see what each supports, look inside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from desktop.base import Message
from desktop.exchange.claims import Unsupported
from desktop.ui import inside, theme, widgets
from desktop.ui.dialogs.files import ask_open_many
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.files.claiming import ask_claims
from desktop.ui.files.detail import Detail
from desktop.ui.files.intake import Intake, local_files
from desktop.ui.files.missing import Missing
from desktop.ui.files.model import CAPTION, CAPTION_TOO, NAME, Files, Show
from desktop.ui.files.outgoing import Outgoing
from desktop.ui.files.table import FilesTable
from desktop.ui.files.tiles import Tiles
from desktop.ui.files.under_way import UnderWay
from desktop.ui.files.viewing import Viewing, look_at
from desktop.ui.flow import Flow
from desktop.ui.keys import sequence
from desktop.ui.pages.page import Page
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.workspace.plan import EvidenceFile, Place

LIST, TILES = 0, 1
SHOWN = {show: Message(f"ui.files.show.{show.value}") for show in Show}


class EvidencePage(Page):
    """List or tiles at the left, the chosen file at the right."""

    purpose = Message("ui.evidence.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setAcceptDrops(True)
        self.model = Files(session)
        self.intake = Intake.of(session)
        self.viewing: Viewing | None = None
        body = QHBoxLayout()
        body.setSpacing(theme.PAD)
        body.addWidget(self._list_side(), 5)
        self.detail = Detail(session, self.model)
        self.detail.open_wanted.connect(self.look_inside)
        self.detail.claim_wanted.connect(self.claim)
        self.detail.save_wanted.connect(self.save)
        self.detail.remove_wanted.connect(self.remove)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what lies in it has the keyboard
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.detail)
        scroll.setMinimumWidth(theme.grown(270, 360))
        body.addWidget(scroll, 3)
        self.add(body, 1)
        self._keys()
        session.look_changed.connect(self.list.fit_columns)

    # -- parts ----------------------------------------------------------------------------------
    def _list_side(self) -> QWidget:
        speaker = self.session.speaker
        card = widgets.Card(speaker)
        self.plus = widgets.button(
            speaker, Message("ui.evidence.add_files"), self._choose, icon="plus", look="primary"
        )
        speaker.tie(self.plus, QPushButton.setToolTip, Message("ui.files.drop"))
        self.original = QCheckBox()
        speaker.tie(self.original, QCheckBox.setText, Message("ui.files.original"))
        speaker.tie(self.original, QCheckBox.setToolTip, Message("ui.files.original_why"))
        self.original.setChecked(self.session.settings.photo_original)
        self.original.clicked.connect(lambda on: self.session.remember(photo_original=on))
        self.missing = Missing(self.session)
        self.missing.attach_wanted.connect(self._attach_for)
        self.missing.link_wanted.connect(self._link_to)
        card.add(self.missing)
        self.runner = Runner(self.session)
        self.outgoing = Outgoing(self.session, self.model, self.runner, self)
        card.add(self._filters())
        self._under_way = UnderWay(self.session, self.intake)
        card.add(self._under_way)
        self.list = FilesTable(self.session, self.model)
        self.tiles = Tiles(self.model)
        self.tiles.setSelectionModel(self.list.selectionModel())
        widgets.call(speaker, self.tiles, Message("ui.page.evidence"))
        for view in (self.list, self.tiles):
            view.activated.connect(self._on_activated)
        self.tiles.doubleClicked.connect(self._on_activated)
        self.list.selectionModel().selectionChanged.connect(self._on_selection)
        self.views = QStackedWidget()
        self.views.addWidget(self.list)
        self.views.addWidget(self.tiles)
        card.add(self.views, 1)
        card.add(self.runner)
        return card

    def _filters(self) -> QVBoxLayout:
        speaker = self.session.speaker
        self.filter = QLineEdit()
        inside.clearing(speaker, self.filter)
        inside.mark(self.filter, "search")
        speaker.tie(self.filter, QLineEdit.setPlaceholderText, Message("ui.files.filter"))
        widgets.call(speaker, self.filter, Message("ui.files.filter"))
        self.filter.textChanged.connect(self._narrow)
        self.show_only = QuietCombo()
        widgets.call(speaker, self.show_only, Message("ui.files.show"))
        self.show_only.activated.connect(self._narrow)
        self._count = widgets.label(speaker, "", "muted")
        self.as_list = widgets.tool(speaker, Message("ui.files.as_list"), "list", lambda: self.turn(LIST))
        self.as_tiles = widgets.tool(
            speaker, Message("ui.files.as_tiles"), "layout-grid", lambda: self.turn(TILES)
        )
        for tool in (self.as_list, self.as_tiles):
            tool.setCheckable(True)
        self.as_list.setChecked(True)
        self.folders = widgets.tool(
            speaker, Message("ui.files.save_folders"), "folder-down", self.outgoing.save_all
        )
        self.export = widgets.tool(speaker, Message("ui.export.title"), "package", self.outgoing.export_all)
        row = Flow(self.filter, self.show_only, self.plus)
        row.grow(self.filter)
        box = widgets.column(spacing=6)
        box.addLayout(row)
        box.addLayout(
            Flow(
                self._count,
                1,
                self.original,
                self.as_list,
                self.as_tiles,
                self.folders,
                self.export,
                spacing=6,
            )
        )
        return box

    def _keys(self) -> None:
        for keys, do in (("Space", self.look_inside), ("Delete", self.remove), ("Ctrl+C", self.copy)):
            for view in (self.list, self.tiles):
                shortcut = QShortcut(sequence(keys), view)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(do)

    def has_findings(self) -> bool:
        return False

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        self.plus.setEnabled(not self.session.read_only)
        self.original.setChecked(self.session.settings.photo_original)
        self._offer_shown()
        self.missing.refresh()
        self.model.refresh()
        self.list.fit_columns()
        for tool in (self.folders, self.export):
            tool.setEnabled(any(file.present for file in self.session.plan.evidence))
        total, shown = len(self.session.plan.evidence), len(self.model.files)
        said = Message("ui.files.count", n=total) if total == shown else Message(
            "ui.files.count_of", n=shown, total=total
        )  # fmt: skip
        self.session.speaker.tie(self._count, QLabel.setText, said)
        if self.model.files and not self.list.selectionModel().hasSelection():
            self._choose_row(0)
        self._show_chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.fit_columns()

    def _offer_shown(self) -> None:
        now = max(self.show_only.currentIndex(), 0)
        self.show_only.blockSignals(True)
        self.show_only.clear()
        for show in Show:
            self.show_only.addItem(self.session.say(SHOWN[show]), show)
        self.show_only.setCurrentIndex(now)
        self.show_only.blockSignals(False)

    def _narrow(self) -> None:
        self.model.narrow(self.filter.text(), self.show_only.currentData() or Show.ALL)
        self.refresh()

    def turn(self, side: int) -> None:
        """Show the files as a list or as tiles."""
        self.as_list.setChecked(side == LIST)
        self.as_tiles.setChecked(side == TILES)
        held = self.view.hasFocus()
        self.views.setCurrentIndex(side)
        if held:
            self.view.setFocus()

    @property
    def view(self) -> QAbstractItemView:
        """The list or the tiles, whichever is seen."""
        return self.tiles if self.views.currentIndex() == TILES else self.list

    # -- what is chosen -------------------------------------------------------------------------
    def chosen(self) -> list[EvidenceFile]:
        """The files chosen, in the order of the list."""
        rows = sorted({index.row() for index in self.list.selectionModel().selectedIndexes()})
        return [self.model.files[row] for row in rows if row < len(self.model.files)]

    def choose(self, evidence: str) -> None:
        """Choose one file and bring it into view."""
        row = self.model.row_of(evidence)
        if row < 0 and any(each.id == evidence for each in self.session.plan.evidence):
            self.filter.clear()
            self.show_only.setCurrentIndex(0)
            self._narrow()
            row = self.model.row_of(evidence)
        if row >= 0:
            self._choose_row(row)

    def _choose_row(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        here = self.model.index(row, NAME)
        self.list.selectionModel().setCurrentIndex(here, flags.ClearAndSelect | flags.Rows)
        self.list.scrollTo(here)
        self.tiles.scrollTo(here)

    def _on_selection(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.session.drafts.flush()
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.detail.show_files(self.chosen())
        self.missing.allow_link(self.chosen())
        self.boxes = self.detail.boxes

    def _on_activated(self, index: QModelIndex) -> None:
        if index.column() not in {CAPTION, CAPTION_TOO}:
            self.look_inside()

    def look_inside(self) -> None:
        """Open the viewer on the file chosen; it goes on to the others of the list."""
        files = self.chosen()
        if not files:
            return
        shown = files if len(files) > 1 else list(self.model.files)
        self.viewing = look_at(self.session, shown, shown.index(files[0]), self)

    def copy(self) -> None:
        """Copy the files chosen, to be pasted in the file manager."""
        from PySide6.QtGui import QGuiApplication

        rows = self.list.selectionModel().selectedIndexes()
        if rows:
            QGuiApplication.clipboard().setMimeData(self.model.mimeData(rows))
            self.session.told.emit(Message("ui.files.copied", n=len(self.chosen())))

    # -- changing -------------------------------------------------------------------------------
    def _choose(self) -> None:
        self.take(ask_open_many(self, self.session, Message("ui.evidence.choose")))

    def take(self, paths: list[Path]) -> None:
        """Keep files as evidence; the last one is shown."""
        self.intake.take(paths, done=self._on_taken)

    def _on_taken(self, made: list[str]) -> None:
        self.refresh()
        self.choose(made[-1])

    def _attach_for(self, wanted: Unsupported) -> None:
        """Choose files for what has none; taking in and linking are one operation."""
        paths = ask_open_many(self, self.session, Message("ui.evidence.choose"))
        claim = wanted.claim
        self.intake.take(paths, claim.place, claim.prepare, done=self._on_taken)

    def _link_to(self, wanted: Unsupported) -> None:
        """Link the files chosen to what has none."""
        files = self.chosen()

        def work() -> None:
            with self.session.change(Message("ui.op.claim", file=files[0].name)) as operation:
                for file in files:
                    wanted.claim.claim(operation, file.id)

        if files:
            self.session.attempt(work)

    def claim(self) -> None:
        """Let the person say what the files chosen support; one operation."""
        files = self.chosen()
        self.session.drafts.flush()
        wanted = ask_claims(self.session, self) if files else []
        if not wanted:
            return

        def work() -> None:
            label = Message("ui.op.claim", file=files[0].name)
            with self.session.change(label) as operation:
                for file in files:
                    for each in wanted:
                        each.claim(operation, file.id)

        self.session.attempt(work)

    def remove(self) -> None:
        """Take the files chosen out; nothing is asked, for it can be undone."""
        files = self.chosen()
        if not files or self.session.read_only:
            return
        self.session.drafts.flush()
        row = self.model.row_of(files[0].id)

        def work() -> bool:
            label = (
                Message("ui.op.delete_evidence", file=files[0].name)
                if len(files) == 1
                else Message("ui.op.delete_evidences", n=len(files))
            )
            with self.session.change(label) as operation:
                for file in files:
                    operation.delete("evidence", file.id)
            return True

        if self.session.attempt(work):
            self.refresh()
            if self.model.files:
                self._choose_row(min(row, len(self.model.files) - 1))
            self.session.told.emit(Message("ui.files.removed", n=len(files)))

    def save(self) -> None:
        """Save copies of the files chosen."""
        self.outgoing.save(self.chosen())

    def point_at(self, place: Place) -> bool:
        if place.table != "evidence":
            return False
        self.choose(place.row)
        for box in self.boxes:
            if box.is_at(place):
                box.take_focus(place.language)
        return True

    def take_focus(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mine = event.source() is not None
        if event.mimeData().hasUrls() and not mine and not self.session.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(local_files(event.mimeData()))
