"""The same edits through apsw's session extension and pygeodiff, as far as they can do it at all.

Only imported by a process of its own: apsw carries another SQLite, and two in one process must never meet
in one file. Neither tool knows what somebody had seen, keeps both values, or gives people something to
settle; what they had to drop is counted as ``conflicts`` (asked of whoever applies, then forgotten).
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any


def _changeset(base: Path, edited: Path) -> bytes:
    import apsw

    with apsw.Connection(str(edited)) as connection:
        connection.execute("ATTACH ? AS base", (str(base),))
        session = apsw.Session(connection, "main")
        session.attach()
        for (table,) in connection.execute("SELECT name FROM base.sqlite_master WHERE type = 'table'"):
            session.diff("base", table)
        return bytes(session.changeset())


def _apply(target: Path, changes: list[bytes]) -> tuple[float, int]:
    import apsw

    asked = 0

    def clash(reason: int, _: Any) -> int:
        nonlocal asked
        asked += 1
        replace = reason in {apsw.SQLITE_CHANGESET_DATA, apsw.SQLITE_CHANGESET_CONFLICT}
        return int(apsw.SQLITE_CHANGESET_REPLACE if replace else apsw.SQLITE_CHANGESET_OMIT)

    connection = apsw.Connection(str(target))
    started = time.perf_counter()
    for each in changes:
        apsw.Changeset.apply(each, connection, conflict=clash)
    spent = (time.perf_counter() - started) * 1000
    connection.close()
    return spent, asked


def apsw_merge(files: list[Path]) -> dict[str, Any]:
    """Thirty changesets against one base, applied one after the other; the last one wins."""
    base, *others = files
    started = time.perf_counter()
    changes = [_changeset(base, each) for each in others]
    made = (time.perf_counter() - started) * 1000
    target = base.with_suffix(".apsw")
    shutil.copy(base, target)
    spent, asked = _apply(target, changes)
    return {"ms": spent, "conflicts": asked, "note": f"(deltas made in {made:.0f} ms; last one wins)"}


def apsw_delta(base: Path, edited: Path) -> dict[str, Any]:
    """One delta of a thousand edits, made and applied."""
    started = time.perf_counter()
    changes = _changeset(base, edited)
    made = (time.perf_counter() - started) * 1000
    target = base.with_suffix(".apsw")
    shutil.copy(base, target)
    spent, asked = _apply(target, [changes])
    return {"ms": made + spent, "conflicts": asked, "note": f"({len(changes):,} bytes)"}


def geodiff_merge(files: list[Path]) -> dict[str, Any]:
    """Thirty rebases, one after the other, as its sync server would order them."""
    import pygeodiff

    geodiff = pygeodiff.GeoDiff()
    base, *others = files
    folder = base.parent / "geodiff"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    server = folder / "server.db"
    shutil.copy(base, server)
    asked, started = 0, time.perf_counter()
    for n, each in enumerate(others):
        local = folder / f"local-{n}.db"
        shutil.copy(each, local)
        clashes = folder / f"conflict-{n}.json"
        geodiff.rebase(str(base), str(server), str(local), str(clashes))
        asked += clashes.exists()
        shutil.copy(local, server)
    spent = (time.perf_counter() - started) * 1000
    return {"ms": spent, "conflicts": asked, "note": "(files with a conflict; local value wins)"}


def geodiff_delta(base: Path, edited: Path) -> dict[str, Any]:
    """One delta of a thousand edits, made and applied."""
    import pygeodiff

    geodiff = pygeodiff.GeoDiff()
    delta, target = base.with_suffix(".delta"), base.with_suffix(".geodiff")
    shutil.copy(base, target)
    started = time.perf_counter()
    geodiff.create_changeset(str(base), str(edited), str(delta))
    geodiff.apply_changeset(str(target), str(delta))
    spent = (time.perf_counter() - started) * 1000
    return {"ms": spent, "note": f"({delta.stat().st_size:,} bytes)"}
