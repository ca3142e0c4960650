"""The job that prints one book of a workspace into a file; it runs in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.errors import FileProblem
from desktop.base.jobs import Report

if TYPE_CHECKING:
    from desktop.books.pdf import StampBox


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A book on disk: how many pages, and where each role signs."""

    path: Path
    pages: int
    stamp_boxes: Mapping[str, StampBox]


def render_book(
    report: Report,
    snapshot: Path,
    book_id: str,
    language: Language,
    draft: bool,  # noqa: FBT001 - a job takes its arguments by position
    target: Path,
) -> PrintedFile:
    """Print a book of a workspace (or of a snapshot of it) as PDF/A into ``target``.

    The file appears whole or not at all. Raises UnknownBook, FileProblem, Cancelled, and what opening
    a workspace raises.
    """
    from desktop.books.compose import compose
    from desktop.books.pdf import render_pdf
    from desktop.workspace import Workspace

    report(0, 0, Message("books.progress.reading"))
    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
    document = compose(plan, pack, book_id, language, draft=draft, test=plan.example)
    book = render_pdf(document, report)
    part = target.with_name(target.name + ".part")
    try:
        part.write_bytes(book.pdf)
        part.replace(target)
    except OSError as error:
        raise FileProblem.from_os(error, target.name) from error
    return PrintedFile(target, book.pages, book.stamp_boxes)
