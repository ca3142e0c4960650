"""Which documents are letters: a statement of a page or two rather than a book."""

from __future__ import annotations

from desktop.guideline.pack import Book


def is_letter(book: Book) -> bool:
    """Whether a document is a statement of a page or two rather than a book."""
    return book.kind not in {"book", "application"}
