"""What lists brought when they were last taken over, and by it: which row of the plan a part of a list is.

A row that the team renamed since is known by the name it came with; one that the team deleted stays away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from desktop.base.canonical import Json
from desktop.exchange.columns import bare
from desktop.workspace.plan import Activity, Indicator, Programme, SubActivity

if TYPE_CHECKING:
    from desktop.exchange.drafts import IndicatorDraft
    from desktop.exchange.rehearsing import Register
    from desktop.workspace.journal import Journal

LABEL = "exchange.import.label"
"""What imports of lists are called in the history."""
Part: TypeAlias = Indicator | Activity | SubActivity
"""What a programme has of which lists may bring several."""
_Part = TypeVar("_Part", Indicator, Activity, SubActivity)
_WHOLES = {"programme": "", "indicator": "programme", "activity": "programme", "sub_activity": "activity"}
"""Which register of a row names the row that it is a part of."""


@dataclass(frozen=True)
class Brought:
    """What standing imports brought, the newest value of each register; rows that are gone since too."""

    values: Mapping[Register, Json] = field(default_factory=dict)

    def rows(self, table: str, whole: str, title: str) -> Sequence[str]:
        """The rows that came by this name as parts of a row; of programmes ``whole`` is blank."""
        return self._named.get((table, whole, bare(title)), ())

    @cached_property
    def _named(self) -> dict[tuple[str, str, str], list[str]]:
        found: dict[tuple[str, str, str], list[str]] = {}
        for (table, row, name), value in self.values.items():
            if table in _WHOLES and name.startswith(("title:", "name:")) and isinstance(value, str):
                whole = str(self.values.get((table, row, _WHOLES[table]), ""))
                found.setdefault((table, whole, bare(value)), []).append(row)
        return found


NOTHING = Brought()
"""No list was taken over yet, or nobody knows."""


@dataclass(frozen=True, slots=True)
class Away:
    """A row that an import brought and the team deleted since."""

    row: str


def brought_by(journal: Journal) -> Brought:
    """What lists brought into a workspace."""
    from desktop.workspace.imported import imported

    return Brought(imported(journal, LABEL))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A part of a list by which it is looked for."""

    title: str
    code: str = ""


def found_again(
    table: str, whole: str, wanted: Sequence[Wanted], there: Sequence[_Part], brought: Brought
) -> list[_Part | Away | None]:
    """Which part of a plan's row each part of a list is, each once.

    Of one title it is that of its code, by what they are now or by what they came as; then that of the
    title alone.
    """
    free = list(there)
    found: list[_Part | Away | None] = [None] * len(wanted)
    here, away = {part.id for part in there}, set[str]()

    def settle(at: int, part: _Part | None) -> None:
        if part is not None:
            found[at] = part
            free.remove(part)

    def came(at: int, *, by_code: bool) -> None:
        each = wanted[at]
        rows = brought.rows(table, whole, each.title) if whole else ()
        if by_code:
            rows = [row for row in rows if (brought.values.get((table, row, "code")) or "") == each.code]
        settle(at, next((part for part in free if part.id in rows), None))
        gone = next((row for row in rows if row not in here and row not in away), None)
        if found[at] is None and gone is not None:
            found[at] = Away(gone)
            away.add(gone)

    for by_code in (True, False):
        for at, each in enumerate(wanted):
            if found[at] is None:
                settle(at, next((part for part in free if _is(each, part, by_code=by_code)), None))
        for at in range(len(wanted)):
            if found[at] is None:
                came(at, by_code=by_code)
    return found


def indicators_again(
    drafts: Iterable[IndicatorDraft], programme: Programme | None, brought: Brought
) -> list[Indicator | Away | None]:
    """Which indicator of a programme each of a list is."""
    wanted = [Wanted(each.name) for each in drafts]
    there = programme.indicators if programme is not None else ()
    return found_again("indicator", programme.id if programme is not None else "", wanted, there, brought)


def _is(wanted: Wanted, part: Part, *, by_code: bool) -> bool:
    said = part.name if isinstance(part, Indicator) else part.title
    titled = bare(wanted.title) in {bare(text) for text in said.values.values()}
    return titled and (not by_code or wanted.code == ("" if isinstance(part, Indicator) else part.code))
