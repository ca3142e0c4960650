"""A workbook for each agency that installs nothing: handed out, filled in anywhere, merged when back.

The names here are handed on lazily: a command that makes no workbook pays for none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.exchange.agency_workbook.comparing import Proposal, compare
    from desktop.exchange.agency_workbook.doubts import Choice, Doubt
    from desktop.exchange.agency_workbook.evidence import Evidence
    from desktop.exchange.agency_workbook.making import MadeWorkbook, make, make_all
    from desktop.exchange.agency_workbook.reading import Returned, is_ours, read
    from desktop.exchange.agency_workbook.taking_over import OpenDoubts, Taken, suggested, take_over

__all__ = [
    "Choice",
    "Doubt",
    "Evidence",
    "MadeWorkbook",
    "OpenDoubts",
    "Proposal",
    "Returned",
    "Taken",
    "compare",
    "is_ours",
    "make",
    "make_all",
    "read",
    "suggested",
    "take_over",
]

_HOME = {
    "comparing": ("Proposal", "compare"),
    "doubts": ("Choice", "Doubt"),
    "evidence": ("Evidence",),
    "making": ("MadeWorkbook", "make", "make_all"),
    "reading": ("Returned", "is_ours", "read"),
    "taking_over": ("OpenDoubts", "Taken", "suggested", "take_over"),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"desktop.exchange.agency_workbook.{module}"), name)
    raise AttributeError(name)
