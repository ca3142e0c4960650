"""The workspace: the one file of a region, opened by one person; every edit is an operation."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from desktop.base import Message, clock
from desktop.base.canonical import Json
from desktop.workspace import backup as backups_room
from desktop.workspace import file, left_as, remembered
from desktop.workspace.author import Author
from desktop.workspace.backup import Backup
from desktop.workspace.changes import Changes
from desktop.workspace.contents import Contents
from desktop.workspace.errors import DamagedFile, UnfitValue
from desktop.workspace.profile import person
from desktop.workspace.registers import PLAN_ROW

if TYPE_CHECKING:
    from desktop.workspace.journal import Journal
    from desktop.workspace.merge import Conflict
    from desktop.workspace.merge_report import MergeReport
    from desktop.workspace.operation import Operation
    from desktop.workspace.remembered import Older
    from desktop.workspace.undo import UndoResult

Made = TypeVar("Made", bound="Operation")


class Workspace(Contents):
    """An open workspace file. Not for several threads; long jobs work on :meth:`snapshot` copies."""

    def __init__(self, path: Path, author: Author, *, read_only: bool) -> None:
        """Use :meth:`create` or :meth:`open`."""
        super().__init__(path, read_only=read_only)
        self.author = author
        self.plan_row = PLAN_ROW
        self.changed: list[Callable[[Changes], None]] = []
        self.backup_problem: Message | None = None
        """Why no backup could be made when the file was opened; people should hear of it and go on."""
        self.older: Older | None = None
        """What the file lacks of what stood in it when it was last left on this computer."""
        self._lock = file.Lock(path, author.name)
        self._closing = contextlib.ExitStack()

    # -- opening and closing -----------------------------------------------------------------------
    @classmethod
    def create(  # noqa: PLR0913 - everything a new workspace must be told, by name
        cls,
        path: Path,
        *,
        region: str,
        first_year: int,
        last_year: int,
        pack: bytes,
        author: Author,
        title: dict[str, str] | None = None,
        source_language: str = "id",
        example: bool = False,
    ) -> Workspace:
        """Make a new workspace pinned to a guideline pack. Raises FileProblem, UnknownRegion, BrokenPack."""
        from desktop.workspace import creation

        creation.make_file(path, region, first_year, last_year, pack)
        workspace = cls(path, author, read_only=False)
        try:
            workspace._lock.take()
            workspace._connect()
            creation.fill(
                workspace,
                region=region,
                first_year=first_year,
                last_year=last_year,
                pack=pack,
                title=title or {},
                source_language=source_language,
                example=example,
            )
        except BaseException:  # an interrupt, too, leaves no half workspace and no lock; raised again
            workspace.close()
            path.unlink(missing_ok=True)
            raise
        return workspace

    @classmethod
    def open(
        cls, path: Path, *, author: Author | None = None, read_only: bool = False, ours: bool = False
    ) -> Workspace:
        """Open a workspace: checked, brought up to date on a copy, and backed up when it changed.

        ``ours``: a copy that this program has just made, or the file open here: it is read as it stands.

        Raises NotAWorkspace, FileTooNew, FileTooOld, DamagedFile, ForeignSchema, InUse, FileProblem.
        """
        from desktop.workspace import migrate, opening, tables

        workspace = cls(path, author or Author(person()), read_only=read_only)
        version = file.version_of(path)
        crashed = not read_only and (workspace._lock.take() or not left_as.is_as_left(path))
        try:
            if version < file.VERSION and version >= file.OLDEST and not read_only:
                migrate.upgrade(path)
            file.inspect(path)
            if read_only:
                workspace._copy = workspace._closing.enter_context(migrate.readable(path, strange=not ours))
            else:
                crashed |= file.keep_in_one_file(path)
            file.check_schema(workspace._copy or path, tables.allowed(), tables.columns())
            workspace._connect()
            opening.check_facts(workspace)
            if not read_only:
                opening.settle(workspace, crashed=crashed)
        except BaseException:  # an interrupt, too, leaves no lock; raised again
            workspace.close()
            raise
        return workspace

    def close(self) -> None:
        """Close the file and give the lock back; may be called twice."""
        if self._connected and not self.read_only:
            remembered.note(self)
            self._closing.callback(left_as.note, self.path)
        self._disconnect()
        self._closing.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- edits -------------------------------------------------------------------------------------
    def operation(
        self, label: Message, *, kind: str = "edit", seen: int | None = None
    ) -> contextlib.AbstractContextManager[Operation]:
        """One edit: one transaction, one undo step, one history entry; an error undoes all of it.

        ``seen`` is the :attr:`position` at which the author's screen was filled, when that was earlier:
        what was merged in since is not overwritten but stands beside (*isian berbeda*).
        """
        from desktop.workspace.operation import Operation

        def begin(journal: Journal) -> Operation:
            return Operation(journal, self.source_language, self.position if seen is None else seen)

        return self._operating(begin, label, kind, self.author)

    @contextlib.contextmanager
    def _operating(
        self, begin: Callable[[Journal], Made], label: Message, kind: str, author: Author
    ) -> Iterator[Made]:
        """The same for any kind of operation, by whoever did it."""
        from desktop.workspace import reading

        touched: set[tuple[str, str]] = set()
        with self._writing() as journal:
            operation = begin(journal)
            yield operation
            edits = operation.edits()
            if edits:
                written = journal.write(edits, kind=kind, label=label, author=author, now=clock.now())
                touched = journal.follow(written)
                if ("plan", PLAN_ROW) in touched and not reading.stands(journal):
                    raise UnfitValue("plan", "", PLAN_ROW)
        self._tell(touched, exactly=True)

    def _tell(self, touched: set[tuple[str, str]], *, exactly: bool = False) -> None:
        """Everybody who listens is told, also after one of them failed; that failure is then raised.

        The change itself is written by then and stays. ``exactly`` says that nothing else was touched.
        """
        if not touched:
            return
        self._forget(touched, exactly=exactly)
        changes = Changes(frozenset(touched), self.head)
        with contextlib.ExitStack() as listeners:
            for callback in reversed(self.changed):
                listeners.callback(callback, changes)

    # -- undo, redo --------------------------------------------------------------------------------
    @property
    def can_undo(self) -> Message | None:
        """What Undo would take back, or None."""
        from desktop.workspace.undo import named, stacks

        top = named(self._journal, stacks(self._journal).undo)
        return top.message if top else None

    @property
    def can_redo(self) -> Message | None:
        """What Redo would do again, or None."""
        from desktop.workspace.undo import named, stacks

        top = named(self._journal, stacks(self._journal).redo)
        return top.message if top else None

    def undo(self) -> UndoResult | None:
        """Take back this copy's newest change; None when there is none."""
        return self._invert("undo")

    def redo(self) -> UndoResult | None:
        """Do again what was undone last; None when there is nothing."""
        return self._invert("redo")

    def _invert(self, kind: str) -> UndoResult | None:
        from desktop.workspace.undo import UndoResult, inverse, named, stacks

        touched: set[tuple[str, str]] = set()
        with self._writing() as journal:
            both = stacks(journal)
            target = named(journal, both.undo if kind == "undo" else both.redo)
            if target is None:
                return None
            edits, left = inverse(journal, target)
            # an empty change set still moves the step from one stack to the other
            written = journal.write(
                edits, kind=kind, label=target.message, author=self.author, now=clock.now(), undoes=target.id
            )
            touched = journal.follow(written)
        self._tell(touched or {("", "")}, exactly=bool(touched))
        return UndoResult(target.message, left)

    # -- working apart -----------------------------------------------------------------------------
    def preview(self, *others: Path, picture: bool = False) -> MergeReport:
        """What bringing these files back would do; nothing is written. ``picture``: with the plan to come."""
        from desktop.workspace import returning

        return returning.preview(self, others, picture=picture)

    def bring_back(self, *others: Path) -> MergeReport:
        """Take over colleagues' workspace or changes files; a backup is made first."""
        from desktop.workspace import returning

        return returning.take(self, others)

    def resolve(self, conflict: Conflict, value: Json = None, *, keep: bool = True) -> None:
        """Settle a conflict: a field by its value, a row by keeping or deleting it."""
        from desktop.workspace.resolving import Decision, resolve_many

        resolve_many(self, [Decision(conflict, value, keep)])

    def remember_package(self, package: Path, identity: str, *, position: int) -> None:
        """Remember that a package was sealed, of what stood here at ``position``."""
        from desktop.workspace.parcels import remember

        with self._writing() as journal:
            remember(journal, self.path, self.author.name, package, identity, position)

    # -- safety ------------------------------------------------------------------------------------
    def snapshot(self, target: Path, last_look: Callable[[], None] | None = None) -> str:
        """A compact copy for a worker process; returns the head it holds.

        ``last_look`` is asked right before it is put in its place.
        """
        backups_room.copy_checked(self._raw(), target, last_look=last_look)
        left_as.note_copy(target)
        return self.head

    def backup(self, reason: str) -> Backup:
        """Back up on this computer; an unchanged workspace is not copied again."""
        return backups_room.make(self._raw(), self.id, self.head, reason)

    def backups(self) -> list[Backup]:
        """The backups of this workspace on this computer, newest first."""
        return backups_room.listed(self.id)

    @classmethod
    def restore(cls, path: Path, saved: Backup, author: Author | None = None) -> Workspace:
        """Put a backup in place of a workspace file; the present file is kept beside it, never deleted.

        What was sealed of it on this computer stays known.
        """
        from desktop.workspace import restoring

        restoring.put_back(path, saved)
        return cls.open(path, author=author)

    def self_check(self) -> None:
        """Compare every change set with its hash and every row with the journal. Raises DamagedFile.

        What is open to read only is checked on a copy, since rows are rebuilt on the way.
        """
        from desktop.workspace.selfcheck import problems

        with self._trying() as journal:
            found = problems(journal)
        if found:
            raise DamagedFile(self.path.name, ", ".join(found[:5]))
