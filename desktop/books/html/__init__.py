"""A book as semantic HTML: one file that any browser opens without a network, and a screen reader reads well.

Headings, numbers, tables and links are those of the PDF; pictures and charts are inside the file. Texts of
users are never markup, and links lead to pages, mailboxes and places in the book, nowhere else.
"""

from __future__ import annotations

from desktop.base.jobs import Report, quiet
from desktop.books.document import Document, Pictures
from desktop.books.html.writer import Writer

__all__ = ["render_html"]


def render_html(book: Document, report: Report = quiet, *, pictures: Pictures | None = None) -> bytes:
    """The document as one HTML file in UTF-8, the same bytes for the same document.

    ``pictures`` hands out the bytes of photos; without it only their captions are there.

    ``report`` may raise :class:`~desktop.base.Cancelled`.
    """
    return Writer(book, pictures).write(report)
