"""How does it read on paper?

:func:`compose` makes a neutral :class:`Document` from plan and guideline; :func:`render_book` is the job
that prints one of a workspace. Everything else is behind them: ``charts`` and ``pictures`` draw for paper
and screen, ``blocks`` holds a function for each kind of content, ``pdf`` (and ReportLab with it) is loaded
only when something is printed. Names are handed on lazily.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.books.compose import UnknownBook, compose
    from desktop.books.document import Document
    from desktop.books.pictures import readiness_svg, roadmap_svg
    from desktop.books.printing import PrintedFile, render_book

__all__ = ["Document", "PrintedFile", "UnknownBook", "compose", "readiness_svg", "render_book", "roadmap_svg"]

_HOME = {
    "compose": ("UnknownBook", "compose"),
    "document": ("Document",),
    "pictures": ("readiness_svg", "roadmap_svg"),
    "printing": ("PrintedFile", "render_book"),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"desktop.books.{module}"), name)
    raise AttributeError(name)
