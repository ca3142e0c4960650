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
from desktop.base.plain import plain
from desktop.base.speech import value_text
from desktop.base.textdiff import LINE, Say, apart, compared, sides, unturned
from desktop.base.worddiff import Piece, compare, excerpt
from desktop.cli.fields import BOOKKEEPING, NAMED
from desktop.cli.naming import Names
from desktop.exchange.coming_back import Coming, Group
from desktop.workspace.handouts import Vouched
from desktop.workspace.moving.slots import is_note
from desktop.workspace.registers import TABLES

if TYPE_CHECKING:
    from desktop.base.jobs import Report
    from desktop.base.message import Param
    from desktop.workspace import Author
    from desktop.workspace.merge_report import FileReport, MergeReport, RowChange

_INSIDE = {"answer", "cell"}
"""Tables whose rows are values: what matters is the value, not that a row is new."""
_SILENT = {"sort", "policy", "of", "origin"}
"""Registers that say nothing to a person."""
_WHERE = {"item", "scope", "page", "step"}
"""Registers of which a new row's name is made."""
_TITLES = {"title", "name", "short_name", "code", "year", "reason", "source"}
"""Registers that may stand in a row's name as they are."""


@dataclass(frozen=True, slots=True)
class ToldField:
    """One field of a row: before and after, each on one line; of two long texts what differs in them."""

    name: str
    before: str
    after: str
    whole: tuple[str, str]
    """Before and after in full; nothing is empty."""
    kept: tuple[str, str] | None = None
    """Of a text with marks both as they are kept: what words are (a heading, struck out) changes it too."""

    @property
    def is_text(self) -> bool:
        """Whether both are there and one is long: what changed is told among the words that stayed."""
        return all(self.whole) and max(map(len, self.whole)) > LINE

    def pieces(self, say: Say) -> list[Piece]:
        """All that changes in it, with a few words around each."""
        if self.kept is not None:
            return list(excerpt(compared(*self.kept, say)))
        before, after = self.whole
        return list(excerpt(compare(f"{before} ", f"{after} ")))


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
    """As it is kept, with its marks; so are the others."""
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
        if change.kind == "deleted":
            return
        for name, before, after in self._spoken(change):
            for field, old, new in _by_language(name, before, after):
                one, other = (self._said(change, field, each) for each in (old, new))
                if change.kind == "new" and (not other or self._is_in_title(change, name, other)):
                    continue
                label = self._text(self._names.field(change.table, change.row, field))
                kept = self._kept(change, field, old, new)
                lines = (one, other) if kept is None else sides(compared(*kept, self._say))
                was, will_be = apart(lines)
                yield ToldField(label, was or "-", will_be or "-", (one, other), kept)

    def _kept(self, change: RowChange, field: str, *values: Any) -> tuple[str, str] | None:
        old, new = (value if isinstance(value, str) else "" for value in values)
        rich = old and new and self._names.is_rich(change.table, change.row, field)
        return (old, new) if rich else None

    def _spoken(self, change: RowChange) -> list[tuple[str, Any, Any]]:
        """The registers that say something to a person; of a row that is new not those that say where it is.

        What changes a row in nothing but others is named all the same: nothing comes in unseen.
        """
        named = [each for each in change.fields if (change.table, each[0]) not in BOOKKEEPING]
        spoken = [
            each
            for each in named
            if each[0] not in _SILENT and (change.table not in _INSIDE or each[0] == "value")
        ]
        if change.kind == "new":
            return [each for each in spoken if each[0] in NAMED and each[0] not in _WHERE]
        return spoken or named

    def _is_in_title(self, change: RowChange, name: str, said: str) -> bool:
        """Whether what the row is called says it already."""
        register = TABLES[change.table].register(name)
        named = name in _TITLES or (register is not None and bool(register.references))
        return named and said in self._text(self._names.row(change.table, change.row))

    def _said(self, change: RowChange, field: str, value: Any) -> str:
        if (change.table, field) == ("set_aside", "finding") and value is not None:
            return self._findings.get(str(value), str(value))
        return self._names.whole(change.table, change.row, field, value, self.language).strip()

    @cached_property
    def _findings(self) -> Mapping[str, str]:
        """The sentences of the findings that are set aside, by their keys."""
        from desktop.checks import check

        report = check(self.coming.after, self.coming.pack)
        return {each.finding.key: self._text(each.finding.message) for each in report.set_aside}

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
                _kept(each.before),
                tuple(_kept(one) for one in each.theirs),
                _kept(each.result),
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
        whose = plain(told.sender.called) or plain(", ".join(told.authors)) or "-"
        agency = self.coming.after.agency(told.sender.agency) if told.sender.agency else None
        if agency is not None:
            name = agency.name.read(self.language.value, self.coming.after.source_language)
            if told.vouched is not Vouched.KNOWN:
                name = render(Message("cli.coming.own_word", agency=name), self.language)
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
        report = replace(self.report, plan=None, authors=tuple(map(plain, self.report.authors)))
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
        return unturned(" ".join(value_text(param, self.language).split()))

    def _say(self, message: Message) -> str:
        return render(message, self.language)


def _kept(value: Any) -> str:
    """A text as it is kept; sets as a list."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


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
