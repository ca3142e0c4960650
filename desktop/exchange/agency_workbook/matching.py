"""Which row of a workbook is which row of the plan: by hidden keys, and by what stands there without them.

A sheet may have another name, rows another order, columns be gone. Where somebody sorted only what is seen,
or took the hidden column away, keys and rows do not belong together any more: then rows are known by their
contents, and that is asked.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from decimal import Decimal
from difflib import SequenceMatcher

from desktop.exchange.agency_workbook import cells
from desktop.exchange.agency_workbook import slip as slips
from desktop.exchange.agency_workbook.layout import HEADING, Column, Sheet
from desktop.exchange.agency_workbook.reading import Tab
from desktop.exchange.agency_workbook.slip import SheetBase
from desktop.exchange.table import Value

LOOKED_AT = 15
"""In how many rows from the top headings are looked for."""
MANY, CANDIDATES = 400, 12
"""Rows with one and the same word that are looked at, and handed-out rows that a row is compared with."""
_ALIKE = 0.5
"""Share of the headings by which a sheet without marks is still known."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it came back; ``at`` counts from 0."""

    at: int
    key: str
    cells: Mapping[str, Value]
    broken: frozenset[str] = frozenset()
    """Columns in which a formula stands that was never counted."""


@dataclass(slots=True)
class Met:
    """A sheet that came back, with the sheet it was."""

    tab: Tab
    sheet: Sheet
    base: SheetBase
    places: Mapping[str, int]
    """Where each column is by now."""
    rows: list[Row]
    by_heading: bool = False
    """Whether its hidden keys were gone, and headings told which column is which."""
    copies: list[tuple[Row, str]] = field(default_factory=list)
    """Rows with a key that another row has too, with that key."""
    unkeyed: bool = False
    """Whether the column of keys is gone."""
    shuffled: bool = False
    """Whether rows and keys do not belong together any more."""

    @property
    def missing_columns(self) -> list[Column]:
        """Columns that were handed out and are gone."""
        return [
            column
            for column in self.sheet.columns
            if column.id in self.base.columns and column.id not in self.places
        ]

    def columns(self) -> Iterator[Column]:
        """The columns that came back and are still asked."""
        return (
            column
            for column in self.sheet.columns
            if column.id in self.places and column.id in self.base.columns
        )


def meet(tabs: Iterable[Tab], sheets: Mapping[str, Sheet], bases: Mapping[str, SheetBase]) -> list[Met]:
    """The sheets that came back with what they were; a copied sheet comes after its original."""
    found: list[Met] = []
    unknown: list[Tab] = []
    for tab in tabs:
        if tab.sheet in sheets and tab.sheet in bases:
            found.append(_met(tab, sheets[tab.sheet], bases[tab.sheet]))
        elif not tab.sheet:
            unknown.append(tab)
    taken = {met.sheet.id for met in found}
    for tab in unknown:
        left = {name: base for name, base in bases.items() if name not in taken}
        certain = _by_keys(tab, bases)
        likely = certain or _by_heading(tab, left)
        if likely and likely in sheets:
            taken.add(likely)
            met = _met(tab, sheets[likely], bases[likely])
            met.by_heading = not certain
            found.append(met)
    _single_out(found)
    return found


def _by_keys(tab: Tab, bases: Mapping[str, SheetBase]) -> str:
    """The sheet most of whose keys stand in a tab that lost its mark."""
    said = {cell for row in tab.table.rows for cell in row[:3] if isinstance(cell, str)}
    counts = {name: sum(key in said for key in base.rows) for name, base in bases.items()}
    best = max(counts, key=lambda name: counts[name], default="")
    return best if best and counts[best] else ""


def _by_heading(tab: Tab, bases: Mapping[str, SheetBase]) -> str:
    scores = {name: _headings(tab, base)[1] for name, base in bases.items()}
    best = max(scores, key=lambda name: scores[name], default="")
    return best if best and scores[best] >= _ALIKE else ""


def _headings(tab: Tab, base: SheetBase) -> tuple[int, float]:
    """The row of a tab that looks most like a sheet's headings, and how much."""
    wanted = {_plain(heading) for heading in base.headings}
    best, most = -1, 0.0
    for number, row in enumerate(tab.table.rows[:LOOKED_AT]):
        said = {_plain(cell) for cell in row if isinstance(cell, str)}
        share = len(wanted & said) / max(1, len(wanted))
        if share > most:
            best, most = number, share
    return best, most


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _met(tab: Tab, sheet: Sheet, base: SheetBase) -> Met:
    head, share = _headings(tab, base)
    places = {name: at for at, name in tab.columns.items() if name in base.columns}
    by_heading = not tab.sheet or not places
    if by_heading:
        places = _places(tab, base, head)
    first = head + 1 if share >= 0.3 or head >= tab.first > 0 else tab.first
    keys_at = tab.keys_at if tab.keys_at >= 0 else _keys_at(tab, base)
    rows = list(_rows(tab, places, keys_at, max(first, tab.first), base))
    met = Met(tab, sheet, base, places, rows, by_heading)
    known = sum(1 for row in rows if row.key in base.rows)
    real = [key for key in base.rows if key != HEADING]
    met.unkeyed = bool(real) and bool(rows) and not known
    return met


def _places(tab: Tab, base: SheetBase, head: int) -> dict[str, int]:
    """Which column is which by its heading, where the hidden keys are gone."""
    if head < 0:
        return {}
    said = {_plain(cell): at for at, cell in enumerate(tab.table.rows[head]) if isinstance(cell, str)}
    return {
        name: said[_plain(heading)]
        for name, heading in zip(base.columns, base.headings, strict=False)
        if _plain(heading) in said
    }


def _keys_at(tab: Tab, base: SheetBase) -> int:
    """The column with row keys of a tab whose hidden row is gone."""
    counts: Counter[int] = Counter()
    for row in tab.table.rows:
        counts.update(at for at, cell in enumerate(row[:4]) if isinstance(cell, str) and cell in base.rows)
    return counts.most_common(1)[0][0] if counts else -1


def _rows(tab: Tab, places: Mapping[str, int], keys_at: int, first: int, base: SheetBase) -> Iterator[Row]:
    for at, row in enumerate(tab.table.rows[first:], first):
        key = cells.as_text(row[keys_at]) if 0 <= keys_at < len(row) else ""
        if key in {HEADING, slips.KEY}:
            continue
        said = {name: row[place] if place < len(row) else None for name, place in places.items()}
        broken = frozenset(name for name, place in places.items() if (at, place) in tab.table.uncounted)
        if key in base.rows or broken or not all(cells.is_blank(cell) for cell in said.values()):
            if key not in base.rows and not broken and _is_group(said, base):
                continue
            yield Row(at, key, said, broken)


def _is_group(said: Mapping[str, Value], base: SheetBase) -> bool:
    """Whether a row without a key is the heading over the guideline's own rows, whose key was taken away."""
    filled = [name for name, cell in said.items() if not cells.is_blank(cell)]
    return filled == ["label"] and not any(
        cells.tidy(cells.as_text(said["label"])) == cells.tidy(str(values.get("label") or ""))
        for values in base.rows.values()
    )


# -- rows that do not tell which they are -----------------------------------------------------------
def likeness(met: Met, row: Row, key: str) -> int:
    """In how many filled columns a row says what the handed-out row said."""
    values = met.base.rows.get(key, {})
    alike = 0
    for each in met.columns():
        value, cell = values.get(each.id), row.cells.get(each.id)
        if value not in (None, "", []) and not cells.is_blank(cell):
            column = met.sheet.at(key, each)
            alike += cells.same(column, cell, value, met.base.choices.get(column.list_name, ()))
    return alike


def _weight(met: Met, key: str) -> int:
    """How many columns of a handed-out row were filled."""
    values = met.base.rows.get(key, {})
    return sum(1 for column in met.columns() if values.get(column.id) not in (None, "", []))


def _single_out(found: list[Met]) -> None:
    """Of several rows with one key one keeps it; keys that moved away from their rows are noticed."""
    by_key: dict[tuple[str, str], list[tuple[Met, Row]]] = defaultdict(list)
    for met in found:
        for row in met.rows:
            if row.key in met.base.rows:
                by_key[met.sheet.id, row.key].append((met, row))
    for (_, key), several in by_key.items():
        if len(several) < 2:
            continue
        first = max(several, key=lambda each: (likeness(each[0], each[1], key), -several.index(each)))
        for met, row in several:
            if row is not first[1]:
                met.rows.remove(row)
                met.copies.append((row, key))
    for met in found:
        met.shuffled = not met.unkeyed and _is_shuffled(met)


def _is_shuffled(met: Met) -> bool:
    """Whether rows say what other handed-out rows said, which those themselves say no more.

    One that says all of it is enough to ask; of rows that say most of it there must be two.
    """
    own = {row.key: likeness(met, row, row.key) for row in met.rows if row.key in met.base.rows}
    weights = {key: _weight(met, key) for key in met.base.rows}
    left = {key for key, alike in own.items() if weights[key] and alike * 2 <= weights[key]}
    if not left:
        return False
    strangers, known, keys = 0, _Known(met), list(met.base.rows)
    at_home = {place for place, key in enumerate(keys) if key not in left}
    for row in met.rows:
        if row.key not in left:
            continue
        like = (keys[place] for place in known.like(row, at_home))
        others = [(likeness(met, row, key), key) for key in like if key != row.key]
        best, key = max(others, default=(0, ""))
        if best > own[row.key]:
            if best == weights[key]:
                return True
            strangers += best >= 2
    return strangers >= 2


def by_contents(met: Met) -> list[Row]:
    """The rows with the keys of the handed-out rows they are most like; the rest without a key."""
    keys, known = list(met.base.rows), _Known(met)
    chosen = known.the_same(met.rows)
    taken = set(chosen.values())
    pairs = sorted(
        (-_closeness(met, row, keys[place]), number, place)
        for number, row in enumerate(met.rows)
        for place in (known.like(row, taken) if number not in chosen else ())
        if likeness(met, row, keys[place])
    )
    for _, number, place in pairs:
        if number not in chosen and place not in taken:
            chosen[number] = place
            taken.add(place)
    return [
        replace(row, key=keys[chosen[number]] if number in chosen else "")
        for number, row in enumerate(met.rows)
    ]


class _Known:
    """The handed-out rows by what stands in them: of thousands only those that say the same are compared."""

    def __init__(self, met: Met) -> None:
        self._columns = list(met.columns())
        self._places: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._wholly: dict[frozenset[tuple[str, str]], list[int]] = defaultdict(list)
        for place, (key, values) in enumerate(met.base.rows.items()):
            there = {}
            for each in self._columns:
                column = met.sheet.at(key, each)
                choices = met.base.choices.get(column.list_name, ())
                there[each.id] = cells.shown(column, values.get(each.id), choices)
            words = self._words(there)
            for word in words:
                self._places[word].append(place)
            self._wholly[words].append(place)

    def _words(self, row: Mapping[str, Value | int]) -> frozenset[tuple[str, str]]:
        said = ((each.id, _word(row.get(each.id))) for each in self._columns)
        return frozenset((name, word) for name, word in said if word)

    def the_same(self, rows: Iterable[Row]) -> dict[int, int]:
        """Which rows say in every column what a handed-out one said; of several the first first."""
        left = {words: list(reversed(places)) for words, places in self._wholly.items() if words}
        found: dict[int, int] = {}
        for number, row in enumerate(rows):
            places = left.get(self._words(row.cells))
            if places:
                found[number] = places.pop()
        return found

    def like(self, row: Row, taken: AbstractSet[int]) -> list[int]:
        """The places of the rows that share the most with one that came back, but for those taken."""
        shared: Counter[int] = Counter()
        for word in self._words(row.cells):
            shared.update([place for place in self._places.get(word, ()) if place not in taken][:MANY])
        return [place for place, _ in shared.most_common(CANDIDATES)]


def _word(cell: Value | int) -> str:
    """What stands in a cell, in one form whatever kind of cell it is by now."""
    if isinstance(cell, bool) or cell is None:
        return str(cell or "")
    if isinstance(cell, int | Decimal):
        return repr(float(cell))
    return " ".join(cells.as_text(cell).split()).casefold()


def _closeness(met: Met, row: Row, key: str) -> float:
    """How much a row is like a handed-out one: equal columns first, then how near the others' words are."""
    values = met.base.rows[key]
    near = 0.0
    for column in met.columns():
        if column.is_text and isinstance(values.get(column.id), str):
            said = cells.as_text(row.cells.get(column.id))
            near += SequenceMatcher(
                None, said[:200], str(values[column.id])[:200], autojunk=False
            ).quick_ratio()
    return likeness(met, row, key) + near / 100
