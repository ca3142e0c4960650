"""The chosen evidence beside the list: its look, its caption in both languages, what it supports."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.base import LocalText, Message
from desktop.base.speech import file_size
from desktop.exchange.claims import Claimable
from desktop.ui import widgets
from desktop.ui.fields.box import FieldBox
from desktop.ui.files.model import Files, kind_name
from desktop.ui.grid.source import TableField
from desktop.ui.registers import RowRegister
from desktop.ui.session import Session
from desktop.workspace.plan import EvidenceFile, Place

LOOK = 150
"""Height of the picture, in pixels."""


class Detail(widgets.Card):
    """One file in full; of several chosen files only how many there are and what can be done with them."""

    open_wanted = Signal()
    claim_wanted = Signal()
    save_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, session: Session, model: Files) -> None:
        super().__init__(session.speaker, Message("ui.evidence.detail"))
        self._session = session
        self._model = model
        self._shape = ""
        self._file: EvidenceFile | None = None
        self.boxes: list[FieldBox] = []
        self._picture: QToolButton | None = None
        self._box = widgets.column()
        self.add(self._box)
        self.body.addStretch(1)
        model.thumbs.ready.connect(self._on_thumb)
        session.look_changed.connect(self._draw)

    def show_files(self, files: list[EvidenceFile]) -> None:
        """Show what is chosen; built anew only when something other than the caption has changed."""
        language = self._session.speaker.language
        told = [(each.id, each.name, each.claims, each.present) for each in files]
        shape = repr((told, language, self._session.read_only, bool(self._session.plan.evidence)))
        if shape == self._shape:
            for box in self.boxes:
                box.refresh()
            return
        self._shape = shape
        widgets.empty(self._box)
        self.boxes, self._picture = [], None
        self._file = files[0] if len(files) == 1 else None
        if self._file is not None:
            self._one(self._file)
        elif files:
            self._several(files)
        else:
            self._nothing()

    def _nothing(self) -> None:
        nothing_at_all = not self._session.plan.evidence
        said = Message("ui.evidence.none") if nothing_at_all else Message("ui.files.none_chosen")
        self._box.addWidget(widgets.label(self._session.speaker, said, "muted", wrap=True))

    def _several(self, files: list[EvidenceFile]) -> None:
        speaker = self._session.speaker
        size = sum(each.size for each in files)
        said = Message("ui.files.several", n=len(files), size=file_size(size, speaker.language))
        self._box.addWidget(widgets.label(speaker, said, wrap=True))
        self._box.addWidget(self._claim_button())
        self._box.addLayout(self._deeds())

    def _one(self, file: EvidenceFile) -> None:
        speaker = self._session.speaker
        if file.present:
            self._box.addWidget(self._look())
        else:
            self._box.addWidget(
                widgets.label(speaker, Message("checks.evidence.absent", file=file.called), "warn", wrap=True)
            )
        self._box.addWidget(widgets.label(speaker, file.called, "section", wrap=True))
        self._told = widgets.label(speaker, self._told_text, "muted", wrap=True)
        self._box.addWidget(self._told)
        label = Message("ui.evidence.caption")
        field = TableField(id="caption", label=LocalText(), type="text", translated=True, said=label)
        caption = FieldBox(self._session, field, RowRegister("evidence", file.id, "caption", label))
        self.boxes.append(caption)
        self._box.addWidget(caption)
        for name in ("taken_on", "valid_until"):
            said = Message(f"ui.evidence.{name}")
            day = TableField(id=name, label=LocalText(), type="date", translated=False, said=said)
            box = FieldBox(self._session, day, RowRegister("evidence", file.id, name, said))
            self.boxes.append(box)
            self._box.addWidget(box)
        self._box.addWidget(widgets.label(speaker, Message("ui.evidence.claims"), "field"))
        self._box.addLayout(self._claims(file))
        self._box.addWidget(self._claim_button())
        self._box.addLayout(self._deeds())

    def _look(self) -> QWidget:
        made = QToolButton()
        made.setProperty("look", "button")
        made.setIconSize(QSize(LOOK * 4 // 3, LOOK))
        made.setMinimumHeight(LOOK + 16)
        made.setSizePolicy(made.sizePolicy().Policy.Expanding, made.sizePolicy().Policy.Fixed)
        widgets.call(self._session.speaker, made, Message("ui.files.open"))
        self._session.speaker.tie(made, QToolButton.setToolTip, Message("ui.files.open"))
        made.clicked.connect(self.open_wanted)
        self._picture = made
        self._draw()
        return made

    def _draw(self) -> None:
        if self._picture is not None and self._file is not None:
            drawn = self._model.picture(self._file, 72)
            self._picture.setIcon(drawn if isinstance(drawn, QIcon) else QIcon(drawn))

    def _on_thumb(self, sha256: str) -> None:
        if self._file is not None and self._file.sha256 == sha256:
            self._draw()
            self._told.setText(self._session.say(self._told_text))

    def _told_text(self) -> Message:
        """Kind, size, pages, and of a photo when and where it was taken."""
        file = self._file
        if file is None:
            return Message("ui.files.none_chosen")
        seen = self._model.thumbs.seen(file)
        said = Message(
            "ui.files.told",
            kind=kind_name(file),
            size=file_size(file.size, self._session.speaker.language),
        )
        if seen.pages:
            said = Message("ui.files.and_dot", one=said, other=Message("ui.files.pages", n=seen.pages))
        if seen.taken is not None:
            said = Message("ui.files.and_dot", one=said, other=Message("ui.files.taken", date=seen.taken))
        if seen.place is not None:
            where = f"{seen.place[0]:.4f}, {seen.place[1]:.4f}"
            said = Message("ui.files.and_dot", one=said, other=Message("ui.files.place", place=where))
        return said

    # -- what it supports -----------------------------------------------------------------------
    def _claims(self, file: EvidenceFile) -> QVBoxLayout:
        box = widgets.column(spacing=2)
        speaker = self._session.speaker
        if not file.claims:
            box.addWidget(widgets.label(speaker, Message("ui.evidence.no_claims"), "muted", wrap=True))
        for place, found in self._model.claims_of(file):
            box.addLayout(self._claim(file, place, found))
        return box

    def _claim(self, file: EvidenceFile, place: Place, found: Claimable | None) -> QHBoxLayout:
        speaker = self._session.speaker
        said = found.where if found is not None else Message("ui.evidence.claim_other")
        where = said if isinstance(said, Message | LocalText) else str(said)
        name = widgets.label(speaker, lambda: widgets.breakable(speaker.say(where)), wrap=True)
        go = widgets.tool(speaker, Message("ui.files.go", where=where), "arrow-right", self._goer(found))
        go.setEnabled(found is not None)
        remove = widgets.tool(
            speaker,
            Message("ui.evidence.unclaim", file=where),
            "x",
            partial(self._unclaim, file, place),
        )
        remove.setEnabled(not self._session.read_only)
        return widgets.line(widgets.picture("link", "muted", 14), name, 1, go, remove, spacing=4)

    def _goer(self, found: Claimable | None) -> Callable[[], None]:
        def go() -> None:
            if found is not None:
                place = None if found.place.table == "programme" else found.place
                self._session.show(found.page.page, found.page.ref, place)

        return go

    def _unclaim(self, file: EvidenceFile, place: Place) -> None:
        def work() -> None:
            with self._session.change(Message("ui.op.unclaim", file=file.called)) as operation:
                operation.unclaim(file.id, place)

        self._session.attempt(work)

    # -- what can be done -----------------------------------------------------------------------
    def _claim_button(self) -> QWidget:
        made = widgets.button(
            self._session.speaker,
            Message("ui.files.claim"),
            self.claim_wanted.emit,
            icon="link",
            look="quiet",
        )
        made.setEnabled(not self._session.read_only)
        return made

    def _deeds(self) -> QVBoxLayout:
        speaker = self._session.speaker
        save = widgets.button(speaker, Message("ui.evidence.save_as"), self.save_wanted.emit, icon="download")
        remove = widgets.button(
            speaker,
            Message("ui.evidence.delete"),
            self.remove_wanted.emit,
            icon="trash-2",
            look="quiet",
        )
        remove.setEnabled(not self._session.read_only)
        box = widgets.column(spacing=4)
        for each in (save, remove):
            box.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)
        return box
