"""Programmes and activities over the years as rows: what the roadmap shows, in which groups, in words too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt

from desktop.base import Message
from desktop.checks.terms import term_of
from desktop.ui import theme
from desktop.ui.session import Session
from desktop.workspace.plan import Programme

Index = QModelIndex | QPersistentModelIndex
LABEL, YEARS = 0, 1
"""The two columns: what it is, and when."""
Kind = Literal["group", "programme", "activity"]


class Grouping(StrEnum):
    """By what the programmes are put together."""

    DIMENSION = "dimension"
    AGENCY = "agency"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the roadmap."""

    kind: Kind
    id: str
    label: str
    start: int | None = None
    end: int | None = None
    quick_win: bool = False
    example: bool = False
    programme: str = ""
    term: str = ""
    count: int = 0
    """Of a group: how many programmes it has."""

    @property
    def first(self) -> int | None:
        """The first year; where only the last is given, that one (as in the books)."""
        return self.start if self.start is not None else self.end

    @property
    def last(self) -> int | None:
        """The last year; where only the first is given, that one."""
        return self.end if self.end is not None else self.start


def lanes_of(session: Session, grouping: Grouping, *, activities: bool, only: str = "") -> tuple[Lane, ...]:
    """The rows; ``only`` is the one programme to be shown, without its group."""
    programmes = [each for each in session.plan.programmes if not only or each.id == only]
    if only:
        return tuple(lane for each in programmes for lane in _lanes(session, each, activities=True))
    found: list[Lane] = []
    for key, title, members in _groups(session, grouping, programmes):
        if members:
            found.append(Lane("group", f"group:{key}", title, count=len(members)))
            for each in members:
                found += _lanes(session, each, activities=activities)
    return tuple(found)


def _lanes(session: Session, programme: Programme, *, activities: bool) -> Iterable[Lane]:
    language = session.speaker.language
    title = programme.title.read(language) or programme.code or session.say(Message("checks.untitled"))
    yield Lane(
        "programme",
        programme.id,
        title,
        programme.start_year,
        programme.end_year,
        programme.quick_win and session.pack.planning.quick_win is not None,
        programme.origin == "example",
        programme.id,
        _term(session, programme.start_year, programme.end_year),
    )
    for each in programme.activities if activities else ():
        yield Lane(
            "activity",
            each.id,
            each.title.read(language) or session.say(Message("checks.untitled")),
            each.start_year,
            each.end_year,
            programme=programme.id,
            example=programme.origin == "example",
            term=_term(session, each.start_year, each.end_year),
        )


def _term(session: Session, start: int | None, end: int | None) -> str:
    term = term_of(session.plan, session.pack, start, end)
    return session.say(term.label) if term is not None else ""


def _groups(
    session: Session, grouping: Grouping, programmes: list[Programme]
) -> list[tuple[str, str, list[Programme]]]:
    plan, pack, language = session.plan, session.pack, session.speaker.language
    none = session.say(Message(f"ui.roadmap.no_{grouping.value}"))
    if grouping is Grouping.DIMENSION:
        names = {each.id: session.say(each.name) for each in pack.dimensions}
        key = {each.id: each.dimension for each in programmes}
    elif grouping is Grouping.AGENCY:
        names = {each.id: each.name.read(language) for each in plan.agencies}
        key = {each.id: each.lead for each in programmes}
    else:
        terms = sorted(pack.planning.terms, key=lambda term: term.years)
        names = {each.id: session.say(each.label) for each in terms}
        found = {each.id: term_of(plan, pack, each.start_year, each.end_year) for each in programmes}
        key = {name: term.id if term is not None else "" for name, term in found.items()}
    groups = [(name, title, [p for p in programmes if key[p.id] == name]) for name, title in names.items()]
    return [*groups, ("", none, [each for each in programmes if key[each.id] not in names])]


class Lanes(QAbstractTableModel):
    """The rows for a table; every row says in words what its bar shows."""

    def __init__(self, session: Session, only: str = "") -> None:
        super().__init__(session)
        self._session = session
        self._only = only
        self.grouping = Grouping.DIMENSION
        self.activities = False
        self.lanes: tuple[Lane, ...] = ()
        self.shown: dict[str, tuple[int, int]] = {}
        """Years that are being moved and not written yet, by row."""

    def refresh(self) -> None:
        """Read the plan again."""
        fresh = lanes_of(self._session, self.grouping, activities=self.activities, only=self._only)
        same = [each.id for each in fresh] == [each.id for each in self.lanes]
        if same:
            self.lanes = fresh
            self.repaint_all()
            return
        self.beginResetModel()
        self.lanes = fresh
        self.endResetModel()

    def repaint_all(self) -> None:
        """Everything looks different now."""
        if self.lanes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lanes) - 1, YEARS))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, YEARS)

    def years_of(self, lane: Lane) -> tuple[int, int] | None:
        """First and last year of a row, as it is being moved."""
        if lane.id in self.shown:
            return self.shown[lane.id]
        return None if lane.first is None or lane.last is None else (lane.first, lane.last)

    def words(self, lane: Lane) -> str:
        """A row as a sentence: what a screen reader says and a tooltip shows."""
        if lane.kind == "group":
            return self._session.say(Message("ui.roadmap.group", name=lane.label, n=lane.count))
        years = self.years_of(lane)
        if years is None:
            said = Message("ui.roadmap.no_years", name=lane.label)
        elif years[0] == years[1]:
            said = Message("ui.roadmap.one_year", name=lane.label, year=str(years[0]), term=lane.term)
        else:
            said = Message(
                "ui.roadmap.years", name=lane.label, first=str(years[0]), last=str(years[1]), term=lane.term
            )
        if lane.quick_win:
            said = Message("ui.roadmap.with_quick_win", said=said)
        return self._session.say(said)

    # -- Qt -------------------------------------------------------------------------------------
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lanes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._session.say(
                Message("ui.roadmap.head.label" if section == LABEL else "ui.roadmap.head.years")
            )
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.lanes):
            return None
        lane = self.lanes[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole if index.column() == LABEL:
                return lane.label
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self.words(lane)
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(0, theme.grown(30))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        del index
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
