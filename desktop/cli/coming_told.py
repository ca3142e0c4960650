"""What comes back, in words: rows, fields and values by name, by agency and programme; for every edge.

The command line prints it, the window shows it in tabs, and the report on paper is made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import Language, Message, render
from desktop.base.richtext import plain_text
from desktop.base.speech import value_text
from desktop.cli.fields import BOOKKEEPING
from desktop.cli.naming import Names
from desktop.exchange.coming_back import Coming, Group
from desktop.workspace.moving.slots import is_note

if TYPE_CHECKING:
    from desktop.base.jobs import Report
    from desktop.base.message import Param
    from desktop.workspace import Author
    from desktop.workspace.bring_back import FileReport, MergeReport, RowChange

_INSIDE = {"answer", "cell"}
"""Tables whose rows are values: what matters is the value, not that a row is new."""
_SILENT = {"sort", "policy", "of", "origin"}
"""Registers that say nothing to a person."""


@dataclass(frozen=True, slots=True)
class ToldField:
    """One field of a row, before and after, each as one short line."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A row that is new, changed or deleted."""

    kind: str
    table: str
    row: str
    title: str
    fields: tuple[ToldField, ...]
    outside: bool
    """Whether it is no part of what belongs to whoever sent it."""


@dataclass(frozen=True, slots=True)
class ToldGroup:
    """The rows of one programme of one agency; empty names where they are nobody's."""

    agency: str
    programme: str
    rows: tuple[ToldRow, ...]


@dataclass(frozen=True, slots=True)
class ToldMerged:
    """A text that several hands changed, with what came of it."""

    title: str
    name: str
    before: str
    theirs: tuple[str, ...]
    result: str


@dataclass(frozen=True, slots=True)
class ToldConflict:
    """A field filled differently."""

    title: str
    name: str
    agency: str
    programme: str


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that is told, without the plans behind it: small enough to come from another process."""

    report: MergeReport
    """Without the plan."""
    groups: tuple[ToldGroup, ...]
    merged: tuple[ToldMerged, ...]
    conflicts: tuple[ToldConflict, ...]
    files: tuple[str, ...]
    """Of each file one sentence."""
    counts: dict[str, int]
    marks: Mapping[Path, str]
    """The SHA-256 of each file as it was shown."""


class Told:
    """The words for what comes back, in one language."""

    def __init__(self, coming: Coming, language: Language) -> None:
        self.coming, self.language = coming, language
        self.report: MergeReport = coming.report
        # rows are called as whoever reads it knows them; what is new has no name here yet
        self._names = Names(coming.before, coming.pack)
        for change in self.report.rows:
            if change.kind != "changed":
                side = 2 if change.kind == "new" else 1
                self._names.learn(change.table, change.row, {each[0]: each[side] for each in change.fields})

    # -- rows --------------------------------------------------------------------------------------
    @cached_property
    def groups(self) -> tuple[ToldGroup, ...]:
        """The rows by agency and programme, without the program's own notes."""
        found = []
        for group, changes in self.coming.grouped():
            rows = tuple(self._row(change) for change in changes if not _is_note(change))
            if rows:
                found.append(ToldGroup(*self._group(group), rows))
        return tuple(found)

    def _row(self, change: RowChange) -> ToldRow:
        key = (change.table, change.row)
        return ToldRow(
            change.kind,
            change.table,
            change.row,
            self._text(self._names.row(*key)),
            tuple(self._fields(change)),
            key in self.coming.outside,
        )

    def _fields(self, change: RowChange) -> Iterator[ToldField]:
        if change.kind == "deleted" or (change.kind == "new" and change.table not in _INSIDE):
            return
        for name, before, after in change.fields:
            if name in _SILENT or (change.table, name) in BOOKKEEPING:
                continue
            if change.table in _INSIDE and name != "value":
                continue
            for field, old, new in _by_language(name, before, after):
                label = self._text(self._names.field(change.table, change.row, field))
                told = [
                    self._names.value(change.table, change.row, field, each, self.language)
                    for each in (old, new)
                ]
                yield ToldField(label, *told)

    def _group(self, group: Group) -> tuple[str, str]:
        """The names of an agency and of a programme."""
        agency = self._text(self._names.row("agency", group.agency)) if group.agency else ""
        programme = self._text(self._names.row("programme", group.programme)) if group.programme else ""
        return agency, programme

    # -- texts and what differs ----------------------------------------------------------------------
    @cached_property
    def merged(self) -> tuple[ToldMerged, ...]:
        """The texts that came together by themselves."""
        return tuple(
            ToldMerged(
                self._text(self._names.row(each.table, each.row)),
                self._text(self._names.field(each.table, each.row, each.field)),
                _readable(each.before),
                tuple(_readable(one) for one in each.theirs),
                _readable(each.result),
            )
            for each in self.report.merged
        )

    @cached_property
    def conflicts(self) -> tuple[ToldConflict, ...]:
        """What was filled differently and is new."""
        found = []
        for each in self.report.new_conflicts:
            group = self._group(self.coming.group(each.table, each.row, {}))
            title = self._text(self._names.row(each.table, each.row))
            name = self._text(self._names.field(each.table, each.row, each.field))
            found.append(ToldConflict(title, name, *group))
        return tuple(found)

    # -- files -----------------------------------------------------------------------------------------
    def file(self, told: FileReport) -> str:
        """One file in a sentence: from whom, how much, or why nothing of it can be taken."""
        if told.refused is not None:
            return render(told.refused, self.language)
        return render(self.file_message(told), self.language)

    def file_message(self, told: FileReport) -> Message:
        """The same as a message."""
        whose = told.sender.called or ", ".join(told.authors) or "-"
        agency = self.coming.after.agency(told.sender.agency) if told.sender.agency else None
        if agency is not None:
            name = agency.name.read(self.language.value, self.coming.after.source_language)
            whose = f"{whose} ({name})" if whose != "-" else name
        if not told.change_sets and not told.files:
            return Message("cli.coming.file_nothing", file=told.file, whose=whose)
        n, rows = told.change_sets, Message("cli.coming.rows", n=len(told.touched))
        if not told.files:
            return Message("cli.coming.file_bare", file=told.file, whose=whose, n=n, rows=rows)
        files = Message("cli.coming.files", n=told.files)
        return Message("cli.coming.file", file=told.file, whose=whose, n=n, rows=rows, files=files)

    def words(self) -> Words:
        """All of it at once."""
        files = tuple(self.file(each) for each in self.report.per_file)
        report = replace(self.report, plan=None)
        return Words(
            report, self.groups, self.merged, self.conflicts, files, self.counts(), self.coming.marks
        )

    def counts(self) -> dict[str, int]:
        """How many there are for each tab."""
        kinds = [row.kind for group in self.groups for row in group.rows]
        outside = sum(row.outside for group in self.groups for row in group.rows)
        return {
            "new": kinds.count("new"),
            "changed": kinds.count("changed"),
            "deleted": kinds.count("deleted"),
            "outside": outside,
            "merged": len(self.merged),
            "conflicts": len(self.conflicts),
        }

    def _text(self, param: Param) -> str:
        return value_text(param, self.language)


def _readable(value: Any) -> str:
    """A text as people read it; sets as a list."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    text = str(value or "")
    return plain_text(text) if text.lstrip().startswith("<") else text


def _is_note(change: RowChange) -> bool:
    """Whether it is the program's own note about a move to another guideline, which tells nobody anything."""
    return change.table == "answer" and any(
        name == "item" and is_note(str(after or before)) for name, before, after in change.fields
    )


def _by_language(name: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """A text in several languages as one change for each language that differs."""
    if not isinstance(before, Mapping) and not isinstance(after, Mapping):
        yield name, before, after
        return
    old, new = before or {}, after or {}
    for language in [*old, *(each for each in new if each not in old)]:
        if ":" not in language and old.get(language) != new.get(language):
            yield f"{name}:{language}", old.get(language), new.get(language)


def look_job(report: Report, snapshot: Path, paths: Sequence[Path], author: Author, language: str) -> Words:
    """What files would bring, tried on a snapshot; a job. Raises what bringing back raises."""
    from desktop.exchange.coming_back import look
    from desktop.workspace import Workspace

    with Workspace.open(snapshot, author=author, read_only=True) as workspace:
        return Told(look(workspace, paths, report), Language(language)).words()
