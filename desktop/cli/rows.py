"""Finding the row a person means: by id, by the end of it that lists show, by code, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.cli.facts import Facts, facts_of
from desktop.cli.fields import TABLE_NAMES
from desktop.workspace.row_names import named_rows

if TYPE_CHECKING:
    from desktop.guideline.pack import Worksheet
    from desktop.workspace.plan import Plan

TAIL = 8
"""So many letters of an id are shown in lists; they are as good as the whole."""
_CALLED_BY = ("code", "short_name", "fixed", "name", "title")


class UnknownName(RancangError):
    """No row of this kind is called so."""

    def __init__(self, table: str, wanted: str) -> None:
        super().__init__(Message("cli.unknown_row", table=TABLE_NAMES[table], wanted=wanted))


class SeveralRows(RancangError):
    """Several rows are called so."""

    def __init__(self, table: str, wanted: str, found: list[str]) -> None:
        ids = ", ".join(short(row) for row in found[:6])
        super().__init__(
            Message("cli.several_rows", table=TABLE_NAMES[table], wanted=wanted, n=len(found), found=ids)
        )


class Rows:
    """The rows of a plan, to be found by what a person types."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.facts: Facts = facts_of(plan)

    def ids(self, table: str) -> list[str]:
        """The rows of a table, in order."""
        return [row for name, row in self.facts if name == table]

    def find(self, table: str, wanted: str, among: list[str] | None = None) -> str:
        """The id of the row meant. Raises UnknownName, SeveralRows."""
        rows = self.ids(table) if among is None else among
        if wanted in rows:
            return wanted
        text = wanted.strip().casefold()
        found = [row for row in rows if text and text in self._names(table, row)]
        if not found and len(text) >= 6:
            found = [row for row in rows if row.endswith(text) or row.startswith(text)]
        if not found:
            raise UnknownName(table, wanted)
        if len(found) > 1:
            raise SeveralRows(table, wanted, found)
        return found[0]

    def of_worksheet(self, sheet: Worksheet | None, wanted: str) -> str:
        """A row of a worksheet by id, by number, by its words or a part of them.

        Raises UnknownName, SeveralRows.
        """
        named = named_rows(self.plan, sheet) if sheet else ()
        text = wanted.strip().casefold()
        if text.isdecimal() and len(text) < TAIL:
            found = [each.row.id for each in named if each.number == int(text)]
        else:
            try:
                return self.find("row", wanted, [each.row.id for each in named])
            except UnknownName:
                words = [
                    (each.row.id, [one.casefold() for one in each.name.texts.values()]) for each in named
                ]
                found = [row for row, names in words if text in names]
                found = found or [row for row, names in words if any(text in name for name in names)]
        if not found or not text:
            raise UnknownName("row", wanted)
        if len(found) > 1:
            raise SeveralRows("row", wanted, found)
        return found[0]

    def anything(self, wanted: str) -> str:
        """A programme, agency, activity, risk or other row that answers can be about."""
        for table in ("programme", "agency", "activity", "risk", "indicator", "person"):
            try:
                return self.find(table, wanted)
            except UnknownName:
                continue
        raise UnknownName("programme", wanted)

    def _names(self, table: str, row: str) -> set[str]:
        names: set[str] = set()
        for key in _CALLED_BY:
            value = self.facts[table, row].get(key)
            texts = value.values() if isinstance(value, dict) else [value]
            names |= {str(text).strip().casefold() for text in texts if text}
        return names


def short(row: str) -> str:
    """The end of an id, as lists show it."""
    return row[-TAIL:]


def told(row: str, *, deleted: bool = False) -> Message:
    """What was done with a row, by the end of its id."""
    return Message("cli.row.deleted", row=short(row)) if deleted else Message("cli.row.done", row=short(row))
