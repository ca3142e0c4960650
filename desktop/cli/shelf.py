"""``rancang review FOLDER``: the shelf of regions, one line for each document in the folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.settings import SettingsFile
from desktop.base.speech import moment
from desktop.cli.console import Console

if TYPE_CHECKING:
    from desktop.exchange.shelf import Shelved


def show_shelf(folder: Path, console: Console) -> int:
    """List them, those with news first; exit code 1 where one cannot be read."""
    from desktop.exchange.shelf import documents_in, shelve

    settings = SettingsFile().value
    paths = documents_in(folder)
    found = shelve(console.progress, paths, settings.seen, settings.visited, settings.name)
    for each in found:
        _print(each, folder, console)
    if not found:
        console.note(Message("cli.shelf.none", folder=str(folder)))
    return 1 if any(each.problem is not None for each in found) else 0


def _print(each: Shelved, folder: Path, console: Console) -> None:
    from desktop.exchange.shelf import moment_of

    name = str(each.path.relative_to(folder))
    if each.problem is not None:
        told = Message("cli.shelf.problem", file=name, why=each.problem)
        console.record("shelf", {"file": str(each.path), "problem": console.text(each.problem)}, told)
        return
    at = moment_of(each.changed_at)
    line = Message(
        "cli.shelf.line",
        region=each.region,
        percent=max(each.percent, 0),
        notes=each.remarks,
        suggestions=each.suggestions,
        changes=each.changes,
        at=moment(at, console.language) if at else "-",
        file=name,
    )
    data = {
        "file": str(each.path),
        "workspace": each.workspace,
        "region": each.region,
        "title": each.title,
        "percent": each.percent,
        "remarks": each.remarks,
        "suggestions": each.suggestions,
        "changes": each.changes,
        "changed_at": each.changed_at,
        "visited": each.visited,
    }
    console.record("shelf", data, line)
