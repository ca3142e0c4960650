"""What changed between files, by SQLite's session extension: a judge of merges that knows nothing of ours.

Run as ``python tests/workspace/session_oracle.py FOLDER``, always in a process of its own: apsw carries
another SQLite, and two in one process must never meet in one file. Every folder in it holds ``base``,
``left``, ``right``, ``merged``, and in ``listed.json`` the (table, row, column) listed as filled differently:
what they show follows from other rows too (a move stepped back from a circle is free once others open it).
Prints one JSON object per folder: how much was changed, and what was changed that should not have been.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import apsw

LOCAL = ("sync_", "blob", "sqlite_")
"""Tables that are the journal, or no part of the plan."""
Changes = dict[tuple[str, str], tuple[str, dict[str, Any]]]
"""Per (table, id): what happened (INSERT, UPDATE, DELETE), and the columns with their new values."""


def changes(base: Path, edited: Path) -> Changes:
    """The changes from one file to another, row by row."""
    out: Changes = {}
    with apsw.Connection(str(edited), flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI) as connection:
        connection.execute("ATTACH ? AS base", (f"file:{base}?mode=ro",))
        names = [
            name for (name,) in connection.execute("SELECT name FROM base.sqlite_master WHERE type = 'table'")
        ]
        for table in names:
            if table.startswith(LOCAL):
                continue
            columns = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
            session = apsw.Session(connection, "main")
            session.attach(table)
            session.diff("base", table)
            for change in apsw.Changeset.iter(session.changeset()):
                values = change.new if change.op != "DELETE" else change.old
                keyed = change.old if change.op != "INSERT" else change.new
                told = {
                    name: value
                    for name, value in zip(columns, values, strict=True)
                    if value is not apsw.no_change and name != "id"
                }
                out[table, keyed[columns.index("id")]] = change.op, told
            session.close()
    return out


def faults(left: Changes, right: Changes, merged: Changes, listed: set[tuple[str, ...]]) -> list[str]:
    """What the merge changed that neither side had changed, or changed to what nobody wrote."""
    found = []
    listed_rows = {each[:2] for each in listed}
    for key, (op, told) in merged.items():
        sides = [side[key] for side in (left, right) if key in side]
        if op != "UPDATE" and op not in {each for each, _ in sides}:
            found.append(f"{op} {key} by neither side")
        if op == "DELETE" or (key in listed_rows and any(what == "DELETE" for what, _ in sides)):
            continue  # one side deleted it after edits of its own, which a diff of files does not show
        for column, value in told.items():
            wrote = [each[column] for what, each in sides if what != "DELETE" and column in each]
            if not wrote and value is not None and (*key, column) not in listed:
                found.append(f"{key} {column} changed by neither side")
            elif len(wrote) == 1 and value not in wrote and (*key, column) not in listed:
                found.append(f"{key} {column} is not what its only writer wrote")
    for one, other in ((left, right), (right, left)):
        for key, (op, told) in one.items():
            if key in other or op == "DELETE":
                continue  # deleted here, it may have come back for what others hung on it
            came = merged.get(key, ("", {}))[1]
            lost = [name for name, value in told.items() if name not in came and value is not None]
            found += [f"{key} {name} lost" for name in lost if (*key, name) not in listed]
    return found


def main() -> None:
    """Judge every folder."""
    for folder in sorted(Path(sys.argv[1]).iterdir()):
        left, right, merged = (
            changes(folder / "base", folder / name) for name in ("left", "right", "merged")
        )
        listed = {tuple(each) for each in json.loads((folder / "listed.json").read_text("utf-8"))}
        said = {"case": folder.name, "changed": len(merged), "both": len(left.keys() & right.keys())}
        print(json.dumps({**said, "faults": faults(left, right, merged, listed)}))  # noqa: T201


if __name__ == "__main__":
    main()
