"""What came in as rows: one column a figure, sorted by value and not by how it is written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt

from desktop.base import Message
from desktop.base.speech import number, rupiah
from desktop.submission.register.entry import Basis, Entry
from desktop.submission.register.words import (
    SORT_NAMES,
    came_late,
    counts,
    lateness,
    region_label,
    result_name,
)
from desktop.ui.session import Session
from desktop.ui.speaker import Speech

Index = QModelIndex | QPersistentModelIndex
_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, what it shows, what it is sorted by, and how wide it is."""

    title: Message
    shown: Callable[[Entry, Session], Speech]
    key: Callable[[Entry], Any]
    wide: int
    number: bool = False


def _figure(name: str) -> Callable[[Entry], Any]:
    def read(one: Entry) -> Any:
        said = str(getattr(one.plan, name, ""))
        return float(said) if _NUMBER.fullmatch(said) else -1.0

    return read


def _number(value: int | str, session: Session) -> str:
    """As the language writes it; what is no number stands as it is: a register may come from anybody."""
    said = str(value)
    return number(Decimal(said), session.speaker.language) if _NUMBER.fullmatch(said) else said


def _count(name: str) -> Callable[[Entry, Session], Speech]:
    def shown(one: Entry, session: Session) -> str:
        value = getattr(one.plan, name, None)
        return _number(value, session) if value else ""

    return shown


def _money(name: str) -> Callable[[Entry, Session], Speech]:
    def shown(one: Entry, session: Session) -> str:
        value = getattr(one.plan, name, None)
        return "" if value is None else rupiah(value, session.speaker.language)

    return shown


def _of(score: str) -> Callable[[Entry, Session], Speech]:
    def shown(one: Entry, session: Session) -> str:
        value, most = getattr(one.plan, score, ""), getattr(one.plan, f"{score}_most", 0)
        if not value:
            return ""
        said = f"{_number(value, session)} / {_number(most, session)}"
        rated, items = _rated(one, score)
        if rated >= items:
            return said
        given = {"rated": _number(rated, session), "items": _number(items, session)}
        return session.say(Message("ui.desk.score_of_some", score=said, **given))

    return shown


def _rated(one: Entry, score: str) -> tuple[int, int]:
    """How many items a score is the mean of, and how many there are."""
    return getattr(one.plan, f"{score}_rated", 0), getattr(one.plan, f"{score}_items", 0)


def _score(name: str) -> Callable[[Entry], Any]:
    """The mean of a few items is no score beside those of all: it stands below every one of them."""

    def read(one: Entry) -> Any:
        rated, items = _rated(one, name)
        figure = _figure(name)(one)
        return rated >= items and figure >= 0, figure

    return read


def _named(one: Entry) -> Speech:
    """The file's name, and that it does not lie there any more."""
    return Message("ui.desk.gone", file=one.name) if one.vanished else one.name


def _read(one: Entry) -> Speech:
    """When it was first read on this computer; where it was not, whose word the day is."""
    if one.first_seen:
        return Message("ui.desk.read.here", at=dt.datetime.fromisoformat(one.first_seen))
    if one.first_said:
        return Message("ui.desk.read.elsewhere", at=dt.datetime.fromisoformat(one.first_said))
    return ""


_REGION = Column(
    Message("submission.sheet.region_name"),
    lambda one, _session: region_label(one),
    lambda one: (one.region or "~", one.basis is not Basis.SIGNED, one.path),
    262,
)
_RESULT = Column(
    Message("submission.sheet.result"),
    lambda one, _session: result_name(one.result),
    lambda one: one.result,
    270,
)
_COUNTS = Column(
    Message("submission.sheet.counts"),
    lambda one, _session: counts(one) or "",
    lambda one: (not one.current, not one.to_look_at),
    150,
)
RECEIVED = (
    _REGION,
    _RESULT,
    _COUNTS,
    Column(
        Message("submission.sheet.late"),
        lambda one, _session: lateness(one),
        lambda one: str(came_late(one)),
        155,
    ),
    Column(Message("ui.desk.read"), lambda one, _session: _read(one), lambda one: one.first_seen or "~", 245),
    Column(
        Message("submission.sheet.guideline"),
        lambda one, _session: one.guideline_name,
        lambda one: (one.guideline, one.guideline_version),
        130,
    ),
    Column(
        Message("submission.sheet.open_mandatory"),
        lambda one, session: "" if one.open_mandatory is None else _number(one.open_mandatory, session),
        lambda one: -1 if one.open_mandatory is None else one.open_mandatory,
        225,
        number=True,
    ),
    Column(
        Message("submission.sheet.sort"),
        lambda one, _session: SORT_NAMES[one.sort],
        lambda one: one.sort.value,
        130,
    ),
    Column(Message("submission.sheet.file"), lambda one, _session: _named(one), lambda one: one.name, 260),
)
"""What came in."""
COMPARED = (
    _REGION,
    _COUNTS,
    Column(
        Message("submission.sheet.programmes"), _count("programmes"), _figure("programmes"), 130, number=True
    ),
    Column(
        Message("submission.sheet.quick_win"), _count("quick_wins"), _figure("quick_wins"), 110, number=True
    ),
    Column(
        Message("submission.sheet.activities"), _count("activities"), _figure("activities"), 110, number=True
    ),
    Column(
        Message("submission.sheet.indicators"), _count("indicators"), _figure("indicators"), 110, number=True
    ),
    Column(
        Message("submission.sheet.indicative"), _money("indicative"), _figure("indicative"), 170, number=True
    ),
    Column(Message("submission.sheet.ceiling"), _money("ceiling"), _figure("ceiling"), 170, number=True),
    Column(Message("submission.sheet.readiness"), _of("readiness"), _score("readiness"), 190, number=True),
    Column(Message("submission.sheet.evaluation"), _of("evaluation"), _score("evaluation"), 270, number=True),
)
"""The valid ones beside each other."""


class Rows(QAbstractTableModel):
    """Entries as rows of these columns."""

    def __init__(self, session: Session, columns: tuple[Column, ...]) -> None:
        super().__init__()
        self._session, self.columns = session, columns
        self.entries: tuple[Entry, ...] = ()
        session.speaker.changed.connect(self._speak)

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show others."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def called(self, one: Entry) -> str:
        """Its region as it is shown: that none is known is words as well."""
        return self._session.say(region_label(one))

    def _speak(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        one, column = self.entries[index.row()], self.columns[index.column()]
        if role in {
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
        }:  # fmt: skip
            shown = column.shown(one, self._session)
            return self._session.say(shown) if shown else ""
        if role == Qt.ItemDataRole.TextAlignmentRole and column.number:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._session.say(self.columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[section].number:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


class Chosen(QSortFilterProxyModel):
    """Those rows that fit what is typed and which result is chosen, sorted by value."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows
        self._words: tuple[str, ...] = ()
        self._result = ""
        self._haystack: dict[int, str] = {}
        self.setSourceModel(rows)
        rows.modelReset.connect(self._haystack.clear)

    def narrow(self, words: str, result: str) -> None:
        """Show only what has all these words in region, file or codes, and this result."""
        self.beginFilterChange()
        self._words, self._result = tuple(words.casefold().split()), result
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        del parent
        one = self._rows.entries[row]
        if self._result and one.result != self._result:
            return False
        if not self._words:
            return True
        text = self._haystack.get(row)
        if text is None:
            codes = " ".join(each.code for each in one.reasons)
            signers = " ".join(each.holder for each in one.signers)
            region = self._rows.called(one) if one.basis is Basis.NONE else ""
            text = f"{one.region} {one.region_name} {region} {one.path} {codes} {signers}".casefold()
            self._haystack[row] = text
        return all(word in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        key, entries = self._rows.columns[left.column()].key, self._rows.entries
        return bool(key(entries[left.row()]) < key(entries[right.row()]))

    def entry(self, index: Index) -> Entry | None:
        """The entry of a row on screen."""
        found = self.mapToSource(index)
        return self._rows.entries[found.row()] if found.isValid() else None
