"""Reads tables of others in a process of its own, so that a hostile or damaged one is a sentence.

The library that reads old workbooks ends the whole program where one number of a file is bent, and a file
of a kilobyte may lay out millions of cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.base import RancangError
from desktop.base.bounded import Limits, Unfinished, ask
from desktop.base.bounded.shapes import packed, unpacked
from desktop.base.jobs import Report, quiet
from desktop.exchange.table import NotATable, ProtectedTable, Table, TableTooLarge, begun

LIMITS = Limits(20.0, 400 << 20)
"""For a small file; 100,000 rows of twenty columns need 260 MB, or 350 as OpenDocument, and half the time."""
_MOST = 600 << 20
_MEMORY_PER_MB, _MOST_SECONDS = 10 << 20, 60.0
"""190,000 rows of twenty columns, which have 19 MB, need 480."""
_FAILURES: Mapping[str, type[NotATable | ProtectedTable | TableTooLarge]] = {
    "unreadable": NotATable, "protected": ProtectedTable, "too_large": TableTooLarge,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Tables:
    """One file, and what it may cost."""

    data: bytes = field(repr=False)
    name: str
    hidden: bool
    limits: Limits

    def run(self, report: Report) -> Mapping[str, Any]:
        """Its tables, or what is wrong with it."""
        try:
            return {"data": packed(begun(self.data, self.name, report, hidden=self.hidden))}
        except tuple(_FAILURES.values()) as error:
            return {"bad": next(name for name, kind in _FAILURES.items() if type(error) is kind)}


def limits_of(size: int) -> Limits:
    """What a file of so many bytes may cost: one of 190,000 rows has 15 MB, or 80 MB as CSV."""
    mega = size >> 20
    seconds = min(LIMITS.seconds + 2 * mega, _MOST_SECONDS)
    return Limits(seconds, min(LIMITS.memory + mega * _MEMORY_PER_MB, _MOST))


def tables_apart(
    data: bytes, name: str, report: Report = quiet, *, hidden: bool = False
) -> tuple[Table, ...]:
    """Every visible sheet, or every sheet, of the bytes of a file.

    Raises NotATable, ProtectedTable, TableTooLarge, Unfinished, Cancelled.
    """
    look = _Tables(data, name, hidden, limits_of(len(data)))
    try:
        answer = ask(look, name, report)
    except Unfinished as error:
        if error.why == "crash":
            raise NotATable(name) from error
        raise
    if (bad := answer.get("bad")) is not None:
        problem: type[RancangError] = _FAILURES.get(str(bad), NotATable)
        raise problem(name)  # type: ignore[arg-type]
    try:
        return unpacked(tuple[Table, ...], answer.get("data"))
    except ValueError as error:  # it says what no process of ours would say
        raise NotATable(name) from error
