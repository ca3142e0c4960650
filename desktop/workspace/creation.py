"""A new workspace file: tables, the pinned guideline, the region and the years."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, clock
from desktop.base.ids import new_id
from desktop.workspace import blobs, file, reading, tables
from desktop.workspace.errors import UnfitYears
from desktop.workspace.merge import ALGORITHM
from desktop.workspace.registers import PLAN_ROW

if TYPE_CHECKING:
    from desktop.workspace.store import Workspace


def make_file(path: Path, region: str, first_year: int, last_year: int, pack: bytes) -> None:
    """Check what was asked for, then make the empty file.

    Raises UnknownRegion, UnfitYears, BrokenPack, FileProblem.
    """
    from desktop.guideline.loading import load_pack

    reading.region(region)
    info = load_pack(pack).pack
    count = last_year - first_year + 1
    if not info.min_years <= count <= info.max_years or not 1990 <= first_year <= 2100:
        raise UnfitYears(first_year, last_year, info.min_years, info.max_years)
    file.prepare_new(path)


def fill(
    workspace: Workspace,
    *,
    region: str,
    first_year: int,
    last_year: int,
    pack: bytes,
    title: dict[str, str],
    source_language: str,
    example: bool,
) -> None:
    """Make the tables and write the first change set."""
    from desktop.guideline.loading import load_pack
    from desktop.workspace.profile import device

    connection = workspace.journal.connection
    with file.told(workspace.path):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        tables.create_all(connection)
        connection.exec_driver_sql("COMMIT")
    info = load_pack(pack).pack
    sha256 = hashlib.sha256(pack).hexdigest()
    with workspace._writing() as journal:  # noqa: SLF001 - this is the second half of Workspace.create
        journal.set_meta("workspace", new_id())
        journal.set_meta("epoch", "1")
        journal.set_meta("algo", str(ALGORITHM))
        journal.register_replica(workspace.author, device(), None, clock.now().isoformat())
        blobs.store(connection, pack, "guideline")
    with workspace.operation(
        Message("workspace.label.create", region=reading.region(region).name), kind="create"
    ) as op:
        op.create_plan(
            PLAN_ROW,
            region=region,
            title=title,
            first_year=first_year,
            last_year=last_year,
            source_language=source_language,
            guideline=info.id,
            guideline_version=info.version,
            guideline_sha256=sha256,
            example=example,
        )
