"""The printed report of what was brought back: whose files, what they changed, what is to be settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.richtext import Run
from desktop.books.document import Column, Cover, Document, Row
from desktop.books.formats import ENDINGS
from desktop.books.hearing.paper import paper
from desktop.books.words import EMPTY

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan import Plan

Cells = tuple[str | tuple[Run, ...], ...]
"""A row of a section, as text or as runs; of one cell: a heading over the rows that follow."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a table under it; without rows, with the one sentence that says so."""

    title: str
    columns: tuple[tuple[str, float], ...]
    """Title and share of the width."""
    rows: tuple[Cells, ...]
    empty: str = ""


def compose_merge_report(
    plan: Plan, pack: Pack, language: Language, facts: Sequence[tuple[str, str]], sections: Sequence[Section]
) -> Document:
    """Facts on top, then the sections in order."""
    to = paper(plan, pack, language, f"merge-{plan.head[:12]}", Message("books.merge.title"))
    say = to.words.say
    head = (Column("", width=0.7, strong=True), Column("", width=2.4))
    to.plain_table(head, [Row(((Run(name),), (Run(text or EMPTY),))) for name, text in facts], facts=True)
    for section in sections:
        if not section.rows and not section.empty:
            continue
        to.minor(section.title)
        if not section.rows:
            to.paragraph(Run(section.empty))
            continue
        columns = tuple(Column(title, width=width) for title, width in section.columns)
        to.plain_table(columns, [lines_of(cells) for cells in section.rows])
    title, region = say(Message("books.merge.title")).upper(), plan.region
    cover = Cover("", title, region.name, region.province, "", (), region.code)
    return to.document(say(Message("books.merge.foot", head=plan.head[:12])), cover)


def lines_of(cells: Cells) -> Row:
    """A row of a table; one cell alone is a heading over those that follow."""
    lines = tuple((Run(each or EMPTY),) if isinstance(each, str) else each for each in cells)
    return Row(lines, "group" if len(cells) == 1 else "body")


def report_path(path: Path) -> Path:
    """Where a report asked for under a name is written."""
    return path if path.suffix.casefold() in ENDINGS else path.with_name(f"{path.name}.pdf")


def write_merge_report(path: Path, document: Document) -> Path:
    """Write it as a PDF (or HTML or DOCX, by the file's ending). Raises FileProblem."""
    from desktop.books.formats import rendered
    from desktop.books.printing import write_pdf

    target = report_path(path)
    write_pdf(target, rendered(target, document))
    return target
