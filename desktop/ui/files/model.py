"""The evidence as rows that a list and tiles show alike: filtered here, drawn elsewhere, edited in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QUrl,
)  # fmt: skip
from PySide6.QtGui import QIcon, QPixmap

from desktop.base import Language, Message, clock
from desktop.base.ids import new_id
from desktop.base.paths import folder
from desktop.base.speech import date, file_size, value_text
from desktop.exchange.claims import Claimable, named
from desktop.exchange.evidence_folders import safe_name
from desktop.ui import icons, theme
from desktop.ui.session import Session
from desktop.ui.viewer.thumbs import Thumbs
from desktop.workspace.plan import EvidenceFile, Place

Index = QModelIndex | QPersistentModelIndex
NAME, CAPTION, CAPTION_TOO, CLAIMS, TAKEN, SIZE = range(6)
"""The columns; the second caption is the translation."""
HEADS = (
    Message("ui.evidence.head.name"),
    Message("ui.files.head.caption"),
    Message("ui.files.head.caption_too"),
    Message("ui.evidence.head.claims"),
    Message("ui.files.head.taken"),
    Message("ui.evidence.head.size"),
)
_SHEETS = ("spreadsheet", "excel", "csv")
_BUNDLES = ("zip", "compressed", "x-tar", "rar", "7z", "gzip")


class Show(StrEnum):
    """Which files are shown."""

    ALL = "all"
    LOOSE = "loose"
    UNNAMED = "unnamed"
    PHOTOS = "photos"
    PDF = "pdf"
    OTHERS = "others"
    EXPIRED = "expired"


def kind_icon(media_type: str) -> str:
    """The icon of a kind of file."""
    if media_type.startswith("image/"):
        return "image"
    if any(part in media_type for part in _SHEETS):
        return "file-spreadsheet"
    if any(part in media_type for part in _BUNDLES):
        return "file-archive"
    return "file-text"


_ENDINGS = {"JPEG": ("JPG", "JPE", "JFIF")}


def kind_name(file: EvidenceFile) -> str:
    """The kind of a file in one short word; the ending of its name where that says something else."""
    ending = Path(file.called).suffix.lstrip(".").upper()[:5]
    kind = {"image/jpeg": "JPEG", "image/png": "PNG", "application/pdf": "PDF"}.get(file.media_type, "")
    if not kind or ending in {kind, *_ENDINGS.get(kind, ())}:
        return kind or ending or "?"
    return f"{kind} (.{ending})" if ending else kind


class Files(QAbstractTableModel):
    """The evidence files that are shown, in the plan's order."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.thumbs = Thumbs.of(session)
        self.thumbs.ready.connect(self._on_thumb)
        self.files: tuple[EvidenceFile, ...] = ()
        self._words: tuple[str, ...] = ()
        self._show = Show.ALL
        self._find: Callable[[Place], Claimable | None] = lambda _: None
        self._claimed: dict[str, str] = {}
        self._named: tuple[str, Language] | None = None
        """For which state of the plan and which language claims are named."""
        session.look_changed.connect(self._repaint)

    # -- what is shown --------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the plan as it is now; rows that stay keep their selection."""
        plan, language = self._session.plan, self._session.speaker.language
        self._today = clock.today(plan.region.code).isoformat()
        if (plan.head, language) != self._named:
            self._named = plan.head, language
            self._find = named(plan, self._session.pack)
            self._claimed = {each.id: self._claims_text(each) for each in plan.evidence}
        wanted = tuple(each for each in plan.evidence if self._matches(each))
        if [each.id for each in wanted] == [each.id for each in self.files]:
            self.files = wanted
            self._repaint()
        else:
            self._exchange(wanted)

    def _exchange(self, wanted: tuple[EvidenceFile, ...]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self.files[index.row()].id if index.row() < len(self.files) else "" for index in before]
        self.files = wanted
        places = {each.id: row for row, each in enumerate(wanted)}
        after = [
            self.index(places[name], index.column()) if name in places else QModelIndex()
            for name, index in zip(ids, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def narrow(self, words: str, show: Show) -> None:
        """Show only what has all the words in name, caption or claims, and is of a kind."""
        self._words, self._show = tuple(words.casefold().split()), show
        self.refresh()

    def _matches(self, file: EvidenceFile) -> bool:
        fits = {
            Show.ALL: True,
            Show.LOOSE: not file.claims,
            Show.UNNAMED: not file.caption,
            Show.PHOTOS: file.media_type.startswith("image/"),
            Show.EXPIRED: bool(file.valid_until) and file.valid_until < self._today,
            Show.PDF: file.media_type == "application/pdf",
            Show.OTHERS: not (file.media_type.startswith("image/") or file.media_type == "application/pdf"),
        }[self._show]
        if not fits or not self._words:
            return fits
        text = " ".join(
            (file.called, *file.caption.values.values(), self._claimed.get(file.id, ""))
        ).casefold()
        return all(word in text for word in self._words)

    def row_of(self, evidence: str) -> int:
        """The row of a file, -1 if it is not shown."""
        return next((row for row, each in enumerate(self.files) if each.id == evidence), -1)

    def claims_of(self, file: EvidenceFile) -> list[tuple[Place, Claimable | None]]:
        """What a file supports; None for what is no longer there."""
        return [(claim, self._find(claim)) for claim in file.claims]

    def _claims_text(self, file: EvidenceFile) -> str:
        language = self._session.speaker.language
        found = (each for _, each in self.claims_of(file) if each is not None)
        return "; ".join(dict.fromkeys(value_text(each.where, language) for each in found))

    def _repaint(self) -> None:
        if self.files:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.files) - 1, len(HEADS) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(HEADS) - 1)

    def _on_thumb(self, sha256: str) -> None:
        for row, file in enumerate(self.files):
            if file.sha256 == sha256:
                self.dataChanged.emit(self.index(row, NAME), self.index(row, TAKEN))

    # -- Qt -------------------------------------------------------------------------------------
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.files)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._session.say(HEADS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.files):
            return None
        file = self.files[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.EditRole:
                return self.text(file, index.column())
            case Qt.ItemDataRole.DecorationRole if index.column() == NAME:
                return self.picture(file, 40)
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == NAME:
                return self.spoken(file)
            case Qt.ItemDataRole.SizeHintRole if index.column() == NAME:
                return QSize(0, theme.grown(46))
        return None

    def text(self, file: EvidenceFile, column: int) -> str:
        """What stands in a column."""
        session = self._session
        match column:
            case 0:
                return file.called
            case 1:
                return file.caption.values.get(session.source.value, "")
            case 2:
                return file.caption.values.get(session.second.value, "")
            case 3:
                return self._claimed.get(file.id, "") or session.say(Message("ui.files.loose"))
            case 4:
                if file.taken_on:
                    return date(dt.date.fromisoformat(file.taken_on), session.speaker.language)
                taken = self.thumbs.seen(file).taken
                return date(taken, session.speaker.language) if taken else ""
            case _:
                return file_size(file.size, session.speaker.language)

    def spoken(self, file: EvidenceFile) -> str:
        """A file as a screen reader says it."""
        caption = file.caption.read(self._session.speaker.language)
        parts = (caption, file.called, kind_name(file), self.text(file, CLAIMS), self.text(file, TAKEN))
        return ", ".join(part for part in parts if part)

    def picture(self, file: EvidenceFile, edge: int) -> QIcon | QPixmap:
        """The small picture of a file, else the icon of its kind."""
        drawn = self.thumbs.picture(file)
        if drawn is not None:
            return QIcon(drawn)
        name = kind_icon(file.media_type) if file.present else "triangle-alert"
        return QIcon(icons.pixmap(name, theme.colours()["muted" if file.present else "warn"], edge - 12))

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled
        if index.column() in {CAPTION, CAPTION_TOO} and not self._session.read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() not in {CAPTION, CAPTION_TOO}:
            return False
        file = self.files[index.row()]
        language = self._session.source if index.column() == CAPTION else self._session.second
        text = str(value or "").strip()
        if text == file.caption.values.get(language.value, ""):
            return True

        def work() -> bool:
            label = Message("ui.op.fill", field=Message("ui.evidence.caption"))
            with self._session.change(label) as operation:
                operation.write("evidence", file.id, "caption", language.value, text)
            return True

        return bool(self._session.attempt(work))

    # -- out of the program ---------------------------------------------------------------------
    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        rows = sorted({index.row() for index in indexes})
        made = QMimeData()
        paths = self._session.attempt(lambda: self.write_out([self.files[row] for row in rows])) or []
        made.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        return made

    def write_out(self, files: Sequence[EvidenceFile]) -> list[Path]:
        """Write files where the file manager can fetch them from; under their own names."""
        here = [file for file in files if file.present]
        paths = self.names_in(here, folder("work", new_id()))
        for file, path in zip(here, paths, strict=True):
            path.write_bytes(self._session.workspace.evidence_bytes(file.sha256))
        return paths

    def names_in(self, files: Sequence[EvidenceFile], target: Path) -> list[Path]:
        """Where files are written in a folder: under their own names, none over another or what is there."""
        taken: list[Path] = []
        for file in files:
            path = target / safe_name(file.called)
            number = 1
            while path in taken or path.exists():
                number += 1
                path = target / safe_name(f"{Path(file.called).stem} ({number}){Path(file.called).suffix}")
            taken.append(path)
        return taken
