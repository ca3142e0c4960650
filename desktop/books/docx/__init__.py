"""A document as DOCX, for people who go on writing in it with Word or LibreOffice.

Only this package knows python-docx; import it when a document is to be made, not before.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop.base.jobs import Report, quiet
from desktop.books.document import Document, Pictures
from desktop.books.docx.writer import Writer
from desktop.books.docx.zipping import settled

__all__ = ["render_docx"]


def render_docx(
    document: Document,
    properties: Mapping[str, str] | None = None,
    report: Report = quiet,
    *,
    pictures: Pictures | None = None,
) -> bytes:
    """The document as a DOCX file, the same bytes for the same document.

    ``properties`` are custom document properties, by which a program recognises the file; ``pictures`` hands
    out the bytes of photos: without it only their captions are written. ``report`` may raise
    :class:`~desktop.base.Cancelled` at any element.
    """
    if document.returning is not None:
        properties = {**document.returning.properties, **(properties or {})}
    return settled(Writer(document, report, pictures, properties).write(), document.moment)
