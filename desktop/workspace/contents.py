"""What stands in an open file, to be read: the picture, the guideline, evidence, who wrote what and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.workspace import file
from desktop.workspace.changes import HistoryEntry
from desktop.workspace.transactions import Transactions

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace.journal import ChangeSet
    from desktop.workspace.merge import Conflict
    from desktop.workspace.parcels import Arrival, News, SealedPackage
    from desktop.workspace.plan import Plan
    from desktop.workspace.provenance import Provenance, Register
    from desktop.workspace.reading import Reader
    from desktop.workspace.resolving import Choice


class Contents(Transactions):
    """What :class:`~desktop.workspace.store.Workspace` shows of its file, whether it may change it or not."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        super().__init__(path, read_only=read_only)
        self._plan: Plan | None = None
        self._reader: Reader | None = None
        self._version = 0
        self._pack: tuple[str, Pack] | None = None

    # -- the picture -------------------------------------------------------------------------------
    @property
    def source_language(self) -> str:
        """The language translations are made from."""
        from desktop.workspace import tables

        plan = tables.rows["plan"]
        return str(
            self._connection.execute(plan.select().with_only_columns(plan.c.source_language)).scalar() or "id"
        )

    @property
    def head(self) -> str:
        """The journal head: equal heads, equal content."""
        from desktop.workspace.reading import head_of

        return head_of(self._journal.newest())

    @property
    def position(self) -> int:
        """How many change sets arrived here so far; what a form remembers when it is filled."""
        return self._journal.position()

    @property
    def id(self) -> str:
        """The identity all copies of this workspace share."""
        return self._journal.meta("workspace")

    def plan(self) -> Plan:
        """The frozen picture of everything, at the present head."""
        from desktop.workspace.reading import Reader

        with file.understood(self.path):
            # counts the changes others made to the file: a window that only reads follows them
            version = self._raw().execute("PRAGMA data_version").fetchone()[0]
            if self._plan is None or version != self._version:
                if self._reader is None or version != self._version or not self._reader.reads(self._journal):
                    self._reader = Reader(self._journal)
                self._plan, self._version = self._reader.plan(), version
        return self._plan

    def pack(self) -> Pack:
        """The guideline this workspace is pinned to; it lies inside the file."""
        sha256 = self.plan().guideline.sha256
        if self._pack is None or self._pack[0] != sha256:
            from desktop.guideline.loading import load_pack

            self._pack = sha256, load_pack(self.evidence_bytes(sha256))
        return self._pack[1]

    def evidence_bytes(self, sha256: str) -> bytes:
        """The bytes of an evidence file. Raises MissingBlob."""
        from desktop.workspace import blobs

        return blobs.read(self._connection, sha256)

    def evidence_beside(self) -> Callable[[str], bytes]:
        """Reads evidence files by fingerprint in another thread or process, over a connection of its own."""
        from desktop.workspace import blobs

        return partial(blobs.read_beside, self._copy or self.path)

    def _forget(self, touched: set[tuple[str, str]], *, exactly: bool) -> None:
        """The picture is made anew when next asked for, of these rows only where nothing else was touched."""
        self._plan = None
        if self._reader is not None and exactly:
            self._reader.forget(touched)
        else:
            self._reader = None

    # -- who wrote what ----------------------------------------------------------------------------
    def history(self, table: str, row: str, name: str = "") -> list[HistoryEntry]:
        """Who changed a field (or any field of a row) when, from what to what; newest first."""
        from desktop.workspace.history import history

        return history(self._journal, table, row, name)

    def provenance(self, registers: Iterable[Register]) -> dict[Register, Provenance]:
        """Where the present values of some registers (table, row, field) come from."""
        from desktop.workspace.provenance import provenance

        return provenance(self._journal, registers)

    def recent(self, limit: int = 100) -> list[ChangeSet]:
        """The newest change sets, newest arrival first (without their edits)."""
        return self._journal.info(limit=limit)

    def conflicts(self) -> list[Conflict]:
        """The fields filled differently (*isian berbeda*) that nobody has settled."""
        from desktop.workspace.projection import open_conflicts

        return open_conflicts(self._connection)

    def choices(self, conflict: Conflict) -> list[Choice]:
        """The sides of a conflict: who wrote what when."""
        from desktop.workspace.resolving import choices

        return choices(self._journal, conflict)

    # -- what came in and went out -----------------------------------------------------------------
    def arrivals(self, limit: int = 20) -> list[Arrival]:
        """The files that were brought back here, newest first."""
        from desktop.workspace.parcels import arrivals

        return arrivals(self._journal, limit)

    def news(self, since: int) -> list[News]:
        """What others wrote that arrived here after a position, and what was imported."""
        from desktop.workspace.parcels import news

        return news(self._journal, since)

    def packages(self, limit: int = 5) -> list[SealedPackage]:
        """The packages sealed out of this copy, newest first, with whether they are outdated."""
        from desktop.workspace.parcels import packages

        return packages(self._journal, self.path, limit)

    def locked_at(self, package: Path) -> frozenset[str]:
        """The ids of what this copy was sealed into at a place, the last time; none where it never was.

        Several contradict each other: what lies there is another one in any case.
        """
        from desktop.workspace.parcels import locked_at

        return locked_at(self._journal, self.path, package)
