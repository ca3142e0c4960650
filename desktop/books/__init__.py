"""How does it read on paper?

``compose`` makes a neutral :class:`Document` from plan and guideline; :func:`write_books` is the job that
prints those of a workspace. Everything else is behind them: ``charts`` and ``pictures`` draw for paper and
screen, ``blocks`` holds a function for each kind of content, ``pdf`` (and ReportLab with it) is loaded only
when something is printed. Names are handed on lazily.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.books.compose import UnknownBook
    from desktop.books.document import Document
    from desktop.books.pictures import readiness_svg, roadmap_svg
    from desktop.books.printing import BookFile, PrintedBook, print_books, write_books

__all__ = [
    "BookFile",
    "Document",
    "PrintedBook",
    "UnknownBook",
    "print_books",
    "readiness_svg",
    "roadmap_svg",
    "write_books",
]

_HOME = {
    "compose": ("UnknownBook",),
    "document": ("Document",),
    "pictures": ("readiness_svg", "roadmap_svg"),
    "printing": ("BookFile", "PrintedBook", "print_books", "write_books"),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"desktop.books.{module}"), name)
    raise AttributeError(name)
