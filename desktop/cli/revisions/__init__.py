"""Two states of a plan compared: where they come from, what differs, and the document about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from desktop.base import Language, Message
from desktop.base.jobs import Report


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which states: an earlier file or the document at a moment, against the document now or at a moment."""

    file: Path | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def write_comparison(report: Report, snapshot: Path, target: Path, language: str, wanted: Wanted) -> Path:
    """Write the comparison in the form that ``target`` ends with; a job on a copy of the document.

    Raises NothingYet, NoPlanInside, OtherDocument, FileProblem, Cancelled and what opening raises.
    """
    from desktop.cli.revisions.writing import compare, write

    spoken = Language(language)
    report(0, 2, Message("cli.revisions.comparing"))
    compared = compare(snapshot, wanted, spoken)
    report(1, 2, Message("cli.revisions.writing"))
    write(target, compared, spoken)
    report(2, 2, Message("cli.revisions.writing"))
    return target
