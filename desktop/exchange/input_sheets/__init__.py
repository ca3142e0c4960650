"""Input sheets (*lembar masukan*): written for stakeholders, and read when they come back.

``write_sheets`` and ``write_answers`` make files; ``read_sheet`` says what a returned sheet holds and how it
differs from what is there; ``take_in`` writes what a person agreed to, as one change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.exchange.input_sheets.reading import Returned, Said, Standing, read_sheet
    from desktop.exchange.input_sheets.taking_in import take_in
    from desktop.exchange.input_sheets.writing import SheetFile, write_answers, write_sheets

__all__ = [
    "Returned",
    "Said",
    "SheetFile",
    "Standing",
    "read_sheet",
    "take_in",
    "write_answers",
    "write_sheets",
]

_HOME = {
    "reading": ("Returned", "Said", "Standing", "read_sheet"),
    "taking_in": ("take_in",),
    "writing": ("SheetFile", "write_answers", "write_sheets"),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(name)
