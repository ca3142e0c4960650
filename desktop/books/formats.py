"""What a book can be written as: PDF to sign, HTML to read on any screen, DOCX to go on writing in Word.

A further writer is one more entry. Writers are loaded when something is written, not before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from desktop.base.jobs import Report, quiet

if TYPE_CHECKING:
    from desktop.books.document import Document, Pictures
    from desktop.books.pdf import StampBox

PDF, HTML, DOCX = "pdf", "html", "docx"


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file, how many pages it has (0 where there are none), and where its signers sign."""

    data: bytes
    pages: int = 0
    boxes: Mapping[str, StampBox] = field(default_factory=dict)


Write: TypeAlias = "Callable[[Document, Report, Pictures | None], Written]"
Join: TypeAlias = "Callable[[Sequence[Document], str, Report, Pictures | None], Written]"


@dataclass(frozen=True, slots=True)
class Format:
    """One form of a book; its id is the ending of its files."""

    id: str
    write: Write
    join: Join | None = None
    """Writes several documents into one file, under one title; None: each stays a file of its own."""


def _pdf(document: Document, report: Report, pictures: Pictures | None) -> Written:
    from desktop.books.pdf import render_pdf

    made = render_pdf(document, report, pictures=pictures)
    return Written(made.pdf, made.pages, made.stamp_boxes)


def _joined_pdf(
    documents: Sequence[Document], title: str, report: Report, pictures: Pictures | None
) -> Written:
    from desktop.books.pdf import render_pdf
    from desktop.books.pdf.joined import joined

    made = []
    for place, document in enumerate(documents):
        part = _part(report, place, len(documents))
        made.append(render_pdf(document, part, archival=False, pictures=pictures))
    data = joined([each.pdf for each in made], title, documents[-1].moment)
    return Written(data, sum(each.pages for each in made))


def _part(report: Report, place: int, count: int) -> Report:
    """The progress of one of several documents as a part of all of them."""
    return lambda done, total, message: report(place * total + done, count * total, message)


def _html(document: Document, report: Report, pictures: Pictures | None) -> Written:
    from desktop.books.html import render_html

    return Written(render_html(document, report, pictures=pictures))


def _docx(document: Document, report: Report, pictures: Pictures | None) -> Written:
    from desktop.books.docx import render_docx

    return Written(render_docx(document, None, report, pictures=pictures))


FORMATS: Mapping[str, Format] = {
    each.id: each for each in (Format(PDF, _pdf, _joined_pdf), Format(HTML, _html), Format(DOCX, _docx))
}
"""Every form, the usual one first."""
ENDINGS = frozenset(f".{each}" for each in FORMATS)
"""How files end whose name says in which form they are."""


def written_as(
    path: Path, document: Document, report: Report = quiet, pictures: Pictures | None = None
) -> Written:
    """A document in the form that a file's name ends with; any other name is a PDF's."""
    form = FORMATS.get(path.suffix.casefold().removeprefix("."), FORMATS[PDF])
    return form.write(document, report, pictures)


def rendered(path: Path, document: Document, pictures: Pictures | None = None) -> bytes:
    """A document in the form that a file's name ends with; any other name is a Word document's."""
    form = FORMATS.get(path.suffix.casefold().removeprefix("."), FORMATS[DOCX])
    return form.write(document, quiet, pictures).data
