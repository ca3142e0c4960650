"""What comes in is copied first, and only the copies are read: what was looked at is what is taken.

A file on a stick or in a common folder may be another one a moment later, and a database is read together
with what lies beside it. A copy in a folder of ours changes no more, however often it is opened.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.base import Message, RancangError
from desktop.base.jobs import Report
from desktop.workspace import databases
from desktop.workspace.file import sentence


@dataclass(frozen=True, slots=True)
class Copies:
    """Files that came in, each as it was found."""

    places: tuple[Path, ...]
    """Where the copy of each lies, by the same name; nothing is there of one that could not be copied."""
    refused: Mapping[Path, RancangError]
    """By the place of its copy, why one could not be copied."""
    marks: Mapping[Path, str]
    """By path, what was found there in one number; of one that could not be copied nothing."""

    @property
    def readable(self) -> tuple[Path, ...]:
        """The copies that are there."""
        return tuple(each for each in self.places if each not in self.refused)


@contextlib.contextmanager
def copies(paths: Sequence[Path], report: Report) -> Iterator[Copies]:
    """Copy files to a folder of ours for as long as it takes. Raises Cancelled."""
    with tempfile.TemporaryDirectory(prefix="rancang-coming-") as folder:
        places: list[Path] = []
        refused: dict[Path, RancangError] = {}
        marks: dict[Path, str] = {}
        for number, path in enumerate(paths):
            report(0, 0, Message("workspace.job.reading", file=path.name))
            places.append(Path(folder) / str(number) / path.name)
            places[-1].parent.mkdir()
            try:
                found = databases.kept(path, places[-1])
            except RancangError as error:
                refused[places[-1]] = error
            except sqlite3.Error as error:
                refused[places[-1]] = sentence(path, error)
            else:
                # most files are but one
                marks[path] = found[0] if len(found) == 1 else _together(found)
        yield Copies(tuple(places), refused, marks)


def _together(found: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(found).encode()).hexdigest()
