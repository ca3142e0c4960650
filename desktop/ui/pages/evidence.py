"""The evidence files (*bukti dukung*): add, describe, see what each supports, look inside."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from desktop.base import LocalText, Message
from desktop.base.speech import file_size
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import confirm
from desktop.ui.dialogs.files import Purpose, ask_open_many, ask_save
from desktop.ui.evidence import attach
from desktop.ui.fields.box import FieldBox
from desktop.ui.grid.source import TableField
from desktop.ui.pages.page import Page
from desktop.ui.registers import RowRegister
from desktop.ui.session import Session
from desktop.workspace.plan import EvidenceFile, Place

HEADS = (
    Message("ui.evidence.head.name"),
    Message("ui.evidence.head.size"),
    Message("ui.evidence.head.claims"),
)


class EvidencePage(Page):
    """A list at the left, the chosen file at the right."""

    purpose = Message("ui.evidence.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._chosen = ""
        self._built: str | None = None
        self.setAcceptDrops(True)
        body = QHBoxLayout()
        body.setSpacing(theme.PAD)
        body.addWidget(self._list_side(), 3)
        self._detail = widgets.Card(session.speaker, Message("ui.evidence.detail"))
        self._box = widgets.column()
        self._detail.add(self._box)
        self._detail.body.addStretch(1)
        body.addWidget(self._detail, 2)
        self.add(body, 1)

    def _list_side(self) -> QWidget:
        speaker = self.session.speaker
        card = widgets.Card(speaker)
        self._add = widgets.button(
            speaker, Message("ui.evidence.add_files"), self._choose, icon="plus", look="primary"
        )
        card.add(widgets.line(widgets.label(speaker, Message("ui.evidence.drop"), "muted"), 1, self._add))
        self.table = QTableWidget(0, len(HEADS))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(34)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.setMinimumHeight(260)
        self.table.itemSelectionChanged.connect(self._on_selection)
        widgets.call(speaker, self.table, Message("ui.page.evidence"))
        card.add(self.table, 1)
        return card

    def has_findings(self) -> bool:
        return False

    # -- list -----------------------------------------------------------------------------------
    def refresh(self) -> None:
        say, files = self.session.say, self.session.plan.evidence
        self._add.setEnabled(not self.session.read_only)
        self.table.blockSignals(True)
        self.table.setHorizontalHeaderLabels([say(head) for head in HEADS])
        self.table.setRowCount(len(files))
        for row, file in enumerate(files):
            claims = say(Message("ui.evidence.supports", n=len(file.claims)))
            shown = (file.name, file_size(file.size, self.session.speaker.language), claims)
            for column, text in enumerate(shown):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setData(Qt.ItemDataRole.UserRole, file.id)
                self.table.setItem(row, column, item)
        ids = [file.id for file in files]
        if self._chosen not in ids:
            self._chosen = ids[0] if ids else ""
        if self._chosen:
            self.table.selectRow(ids.index(self._chosen))
        self.table.blockSignals(False)
        self._show_chosen()

    def _on_selection(self) -> None:
        items = self.table.selectedItems()
        if items:
            self.session.drafts.flush()
            self._chosen = items[0].data(Qt.ItemDataRole.UserRole)
            self._show_chosen()

    def _now(self) -> EvidenceFile | None:
        return next((each for each in self.session.plan.evidence if each.id == self._chosen), None)

    # -- detail ---------------------------------------------------------------------------------
    def _show_chosen(self) -> None:
        file = self._now()
        shape = repr((file.id, file.name, file.claims, self.session.speaker.language)) if file else ""
        if shape == self._built:
            for box in self.boxes:
                box.refresh()
            return
        self._built = shape
        widgets.empty(self._box)
        self.boxes = []
        speaker = self.session.speaker
        if file is None:
            self._box.addWidget(widgets.label(speaker, Message("ui.evidence.none"), "muted", wrap=True))
            return
        self._box.addWidget(widgets.label(speaker, file.name, wrap=True))
        self._box.addWidget(self._preview(file))
        label = Message("ui.evidence.caption")
        field = TableField(id="caption", label=LocalText(), type="text", translated=True, said=label)
        caption = FieldBox(self.session, field, RowRegister("evidence", file.id, "caption", label))
        self.boxes.append(caption)
        self._box.addWidget(caption)
        self._box.addWidget(widgets.label(speaker, Message("ui.evidence.claims"), "field"))
        self._box.addLayout(self._claims(file))
        row = QHBoxLayout()
        row.addWidget(
            widgets.button(
                speaker, Message("ui.evidence.save_as"), lambda: self._save_as(file), icon="download"
            )
        )
        delete = widgets.button(
            speaker, Message("ui.evidence.delete"), lambda: self._delete(file), icon="trash-2", look="quiet"
        )
        delete.setEnabled(not self.session.read_only)
        row.addWidget(delete)
        row.addStretch(1)
        self._box.addLayout(row)

    def _preview(self, file: EvidenceFile) -> QWidget:
        shown = QLabel()
        if file.present and file.media_type.startswith("image/"):
            picture = QPixmap()
            data = self.session.attempt(lambda: self.session.workspace.evidence_bytes(file.sha256)) or b""
            if picture.loadFromData(QByteArray(data)):
                mode = Qt.AspectRatioMode.KeepAspectRatio
                shown.setPixmap(picture.scaled(300, 170, mode, Qt.TransformationMode.SmoothTransformation))
                self.session.speaker.tie(shown, QLabel.setAccessibleName, file.name)
                return shown
        detail = Message("ui.evidence.kind", kind=file.media_type)
        self.session.speaker.tie(shown, QLabel.setText, detail)
        theme.look(shown, "muted")
        return shown

    def _claims(self, file: EvidenceFile) -> QVBoxLayout:
        box = widgets.column(spacing=2)
        speaker = self.session.speaker
        if not file.claims:
            box.addWidget(widgets.label(speaker, Message("ui.evidence.no_claims"), "muted", wrap=True))
        for claim in file.claims:
            name = self._name_of(claim)
            remove = widgets.tool(
                speaker,
                Message("ui.evidence.unclaim", file=name),
                "x",
                partial(self._unclaim, file, claim),
            )
            remove.setEnabled(not self.session.read_only)
            box.addLayout(widgets.line(widgets.label(speaker, name, wrap=True), 1, remove))
        return box

    def _name_of(self, place: Place) -> LocalText | Message | str:
        guide = self.session.guide
        if place.item:
            return guide.title_of(place.item)
        for sheet in self.session.pack.worksheets:
            for column in sheet.columns:
                rows = self.session.plan.rows.get(sheet.id, ())
                if column.id == place.field and any(row.id == place.row for row in rows):
                    return Message("ui.evidence.claim_cell", sheet=sheet.title, column=column.label)
        return Message("ui.evidence.claim_other")

    # -- changing -------------------------------------------------------------------------------
    def _choose(self) -> None:
        self.take(ask_open_many(self, self.session, Message("ui.evidence.choose")))

    def take(self, paths: list[Path]) -> None:
        """Keep files as evidence."""
        if not paths:
            return
        made = self.session.attempt(lambda: attach(self.session, paths))
        if made:
            self._chosen = made[-1]
            self.refresh()

    def _unclaim(self, file: EvidenceFile, place: Place) -> None:
        def work() -> None:
            with self.session.change(Message("ui.op.unclaim", file=file.name)) as operation:
                operation.unclaim(file.id, place)

        self.session.attempt(work)

    def _delete(self, file: EvidenceFile) -> None:
        question = Message("ui.evidence.delete_question", file=file.name)
        if not confirm(self, self.session, question, Message("ui.evidence.delete")):
            return

        def work() -> None:
            with self.session.change(Message("ui.op.delete_evidence", file=file.name)) as operation:
                operation.delete("evidence", file.id)

        self.session.attempt(work)

    def _save_as(self, file: EvidenceFile) -> None:
        path = ask_save(
            self, self.session, Message("ui.evidence.save_as"), file.name, purpose=Purpose.EVIDENCE
        )
        if path is not None:
            self.session.attempt(lambda: path.write_bytes(self.session.workspace.evidence_bytes(file.sha256)))

    def point_at(self, place: Place) -> bool:
        if place.table != "evidence":
            return False
        self._chosen = place.row
        self.refresh()
        if self.boxes and place.field == "caption":
            self.boxes[0].take_focus(place.language)
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self.session.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take([path for path in paths if path.is_file()])
