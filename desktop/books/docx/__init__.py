"""A document as DOCX, for people who go on writing in it with Word or LibreOffice.

Only this package knows python-docx; import it when a document is to be made, not before. Figures need the
PDF: sheets and letters have none.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

from desktop.books.document import Document
from desktop.books.docx.properties import add_properties
from desktop.books.docx.writer import Writer
from desktop.books.docx.zipping import settled

__all__ = ["render_docx"]


def render_docx(document: Document, properties: Mapping[str, str] | None = None) -> bytes:
    """The document as a DOCX file, the same bytes for the same document.

    ``properties`` are custom document properties, by which a program recognises the file. Raises TypeError
    for a document with figures.
    """
    made = Writer(document).write()
    if properties:
        add_properties(made, properties)
    target = io.BytesIO()
    made.save(target)
    return settled(target.getvalue(), document.moment)
