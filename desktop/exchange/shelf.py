"""A shelf of several regions: what each document says about itself, read without opening it for work.

The few figures come straight out of the file; only how far a plan is has to be worked out, and that is
remembered until the file changes. Nothing is ever written into a document that stands on the shelf.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.base import Message, RancangError
from desktop.base.canonical import canonical_text
from desktop.base.jobs import Report
from desktop.base.paths import home
from desktop.workspace import file

SUFFIX = ".rancang"
MOST = 200
"""Documents looked at in one folder; nobody keeps so many regions."""
_WITH_SUGGESTIONS = 4
"""The file version from which on there are suggestions."""
_KEPT = 400
"""Documents of which it is remembered how far they are."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """One document on the shelf."""

    path: Path
    workspace: str = ""
    title: str = ""
    region: str = ""
    years: tuple[int, int] = (0, 0)
    percent: int = -1
    """How much of what is required is filled; -1 where that could not be worked out."""
    remarks: int = 0
    """Remarks that nobody settled."""
    suggestions: int = 0
    """Suggestions that nobody answered."""
    changes: int = 0
    """Changes of others since this person left it last; all of them where it was never open here."""
    changed_at: str = ""
    """The newest change by its writer's clock (ISO 8601, UTC)."""
    visited: str = ""
    """When this person left it last (ISO 8601, UTC), or empty."""
    problem: Message | None = None
    """Why it cannot be read."""


def documents_in(folder: Path) -> list[Path]:
    """The documents of a folder and of the folders in it, by name."""
    found: list[Path] = []
    with contextlib.suppress(OSError):
        for pattern in (f"*{SUFFIX}", f"*/*{SUFFIX}"):
            found += [each for each in folder.glob(pattern) if each.is_file()]
    return sorted(found, key=lambda each: str(each).casefold())[:MOST]


def shelve(
    report: Report, paths: Iterable[Path], seen: Mapping[str, int], visited: Mapping[str, str], name: str
) -> list[Shelved]:
    """Look at documents, those with news first; runs as a job.

    ``seen`` is how far each workspace was when this person (``name``) left it, ``visited`` when that was.
    """
    wanted = list(dict.fromkeys(paths))
    known = _remembered()
    found = []
    for number, path in enumerate(wanted):
        report(number, len(wanted), Message("exchange.shelf.looking", file=path.name))
        found.append(look(path, seen, visited, name, known))
    _remember(known)
    return sorted(
        found, key=lambda each: (each.problem is not None, not each.changes, each.region, each.title)
    )


def look(
    path: Path,
    seen: Mapping[str, int],
    visited: Mapping[str, str],
    name: str = "",
    known: dict[str, Any] | None = None,
) -> Shelved:
    """What one document says about itself; why not, where it cannot be read."""
    try:
        version = file.inspect(path)
        with file.understood(path), file.peeked(path) as raw:
            return _facts(path, raw, version, seen, visited, name, known if known is not None else {})
    except RancangError as error:
        return Shelved(path, problem=error.message)
    except (sqlite3.Error, ValueError, TypeError, OSError, AttributeError, ArithmeticError, LookupError):
        return Shelved(path, problem=Message("workspace.error.not_a_workspace", file=path.name))


def _facts(
    path: Path,
    raw: sqlite3.Connection,
    version: int,
    seen: Mapping[str, int],
    visited: Mapping[str, str],
    name: str,
    known: dict[str, Any],
) -> Shelved:
    def one(query: str, *values: object) -> Any:
        found = raw.execute(query, values).fetchone()
        return found[0] if found else None

    code, titles, first, last, source = raw.execute(
        "SELECT region, title, first_year, last_year, source_language FROM plan LIMIT 1"
    ).fetchone()
    workspace = str(one("SELECT value FROM sync_meta WHERE key = 'workspace'") or "")
    texts = json.loads(titles or "{}")
    from desktop.workspace.reading import regions  # slow to load, and only where there is a shelf

    region = regions().get(str(code))
    asked = "SELECT count(*) FROM suggestion WHERE state = 'open'"
    open_remarks = "SELECT count(*) FROM comment WHERE parent IS NULL AND state IN ('open', 'answered')"
    return Shelved(
        path,
        workspace,
        str(texts.get(source) or next(iter(texts.values()), "") or path.stem),
        region.name if region else str(code or ""),
        (int(first or 0), int(last or 0)),
        _percent(path, known),
        int(one(open_remarks)),
        int(one(asked)) if version >= _WITH_SUGGESTIONS else 0,
        int(one("SELECT count(*) FROM sync_txn WHERE no > ? AND author <> ?", seen.get(workspace, 0), name)),
        str(one("SELECT max(wall) FROM sync_txn") or ""),
        visited.get(workspace, ""),
    )


def _percent(path: Path, known: dict[str, Any]) -> int:
    """How far a plan is; worked out once for each state of the file."""
    stat = path.stat()
    state = [stat.st_mtime_ns, stat.st_size]
    found = known.get(str(path))
    if isinstance(found, dict) and found.get("state") == state and isinstance(found.get("percent"), int):
        return int(found["percent"])
    from desktop.checks.progress import progress
    from desktop.workspace import Workspace

    percent = -1
    # where it cannot be opened, the rest is told all the same
    with contextlib.suppress(RancangError), Workspace.open(path, read_only=True) as workspace:
        percent = progress(workspace.plan(), workspace.pack()).percent
    known[str(path)] = {"state": state, "percent": percent}
    return percent


def _remembered() -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError, RecursionError):
        found = json.loads((home() / "shelf.json").read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return found
    return {}


def _remember(known: dict[str, Any]) -> None:
    """A full disk costs only the time to work it out again."""
    with contextlib.suppress(OSError):
        home().mkdir(parents=True, exist_ok=True)
        fresh = home() / "shelf.new"
        fresh.write_text(canonical_text(dict(list(known.items())[-_KEPT:])), encoding="utf-8")
        fresh.replace(home() / "shelf.json")


def moment_of(text: str) -> dt.datetime | None:
    """A moment of a document, if it is one."""
    with contextlib.suppress(ValueError):
        return dt.datetime.fromisoformat(text) if text else None
    return None
