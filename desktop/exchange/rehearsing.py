"""What taking a list over would change in programmes that are there, found by doing it without writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any, Protocol, TypeAlias

from desktop.base import Message, Rupiah
from desktop.base.canonical import Json
from desktop.base.message import Param
from desktop.exchange.brought import NOTHING, Brought
from desktop.exchange.columns import bare
from desktop.exchange.drafts import ProgrammeDraft
from desktop.workspace.plan import Activity, Plan, Programme, SubActivity
from desktop.workspace.registers import TABLES

Register: TypeAlias = tuple[str, str, str]
"""Table, row and field of the journal."""
_QUIET = frozenset({"source", "origin"})
"""Where a value came from is told beside it, and is no change of what it is."""
_MONEY = frozenset({"indicative", "ceiling", "realised", "total_budget", "budget", "amount"})
_OF = frozenset({"indicator", "target", "activity", "sub_activity"})
"""Tables whose values are told with the name of what they belong to."""
_WHAT = {
    "code": Message("exchange.differs.code"),
    "title": Message("exchange.differs.title"),
    "name": Message("exchange.differs.name"),
    "dimension": Message("exchange.differs.dimension"),
    "sub_dimension": Message("exchange.differs.sub_dimension"),
    "lead": Message("exchange.differs.lead"),
    "service": Message("exchange.differs.service"),
    "before": Message("exchange.differs.before"),
    "after": Message("exchange.differs.after"),
    "served": Message("exchange.differs.served"),
    "technology": Message("exchange.differs.technology"),
    "start_year": Message("exchange.differs.start_year"),
    "end_year": Message("exchange.differs.end_year"),
    "quick_win": Message("exchange.differs.quick_win"),
    "total_budget": Message("exchange.differs.total_budget"),
    "indicative": Message("exchange.differs.indicative"),
    "ceiling": Message("exchange.differs.ceiling"),
    "realised": Message("exchange.differs.realised"),
    "amount": Message("exchange.differs.amount"),
    "unit": Message("exchange.differs.unit"),
    "direction": Message("exchange.differs.direction"),
    "baseline": Message("exchange.differs.baseline"),
    "baseline_year": Message("exchange.differs.baseline_year"),
    "target": Message("exchange.differs.target"),
    "output": Message("exchange.differs.output"),
    "budget": Message("exchange.differs.budget"),
}
"""What the fields of a plan are called within a sentence."""
_NEW = {
    "indicator": Message("exchange.differs.new.indicator"),
    "activity": Message("exchange.differs.new.activity"),
    "sub_activity": Message("exchange.differs.new.sub_activity"),
}
_AWAY = {
    "indicator": Message("exchange.differs.indicator"),
    "activity": Message("exchange.differs.activity"),
    "sub_activity": Message("exchange.differs.sub_activity"),
}
_UNMADE = "unmade "
"""How ids of rows begin that were not there before."""


class Edits(Protocol):
    """What an operation does."""

    def insert(self, table: str, /, **values: Any) -> str:
        """Add a row."""

    def put(self, table: str, /, **values: Any) -> str:
        """Add a row with a natural key, or change it."""

    def set(self, table: str, row: str, /, **values: Any) -> None:
        """Change fields of a row."""

    def write(self, table: str, row: str, name: str, language: str, text: str) -> None:
        """Write one language of a text."""


class Writes(Edits, Protocol):
    """What taking over needs of an operation."""

    def again(self, table: str, row: str, said: Mapping[Register, Any], /, **values: Any) -> str:
        """Add a row anew that the team deleted, unless it stays away; then nothing is returned.

        ``said`` is what the list says of it and of what belongs to it.
        """


@dataclass(frozen=True, slots=True)
class Change:
    """One value of the plan that the list has otherwise; of a row that is not there yet, the row."""

    programme: Programme
    draft: str
    """The key of the programme as the list has it."""
    register: Register
    name: str
    """What it is called in answers: ``budget:2027:apbd_kabkota:indicative``."""
    what: Message
    """What it is called by people."""
    old: Any
    new: Any
    fresh: bool = False
    """Whether the list adds a row: a new indicator, activity, or year."""
    away: bool = False
    """Whether it is a row that an import brought and the team deleted since."""
    newer: bool = False
    """Whether the list says of such a row what it did not say then."""

    @property
    def message(self) -> Message:
        """The change in a sentence."""
        said = self.programme.title.read("id")
        if self.fresh and self.new is None:
            return Message("exchange.differs.more", programme=said, what=self.what)
        return Message(
            "exchange.differs.value",
            programme=said,
            what=self.what,
            old=self.shown(self.old),
            new=self.shown(self.new),
        )

    def shown(self, value: Any) -> Param:
        """A value as people read it."""
        if value is None or value == "":
            return "-"
        if self.register[2] in _MONEY and isinstance(value, int | str):
            return Rupiah(int(value))
        if isinstance(value, bool):
            return Message("exchange.differs.yes" if value else "exchange.differs.no")
        if isinstance(value, Decimal):
            return value
        return str(value) if isinstance(value, int) else Message("exchange.differs.text", text=str(value))


class Rehearsal:
    """Stands in for an operation: nothing is written, what would differ is noted."""

    def __init__(self, plan: Plan, brought: Brought = NOTHING) -> None:
        self._language = plan.source_language
        self._brought = brought.values
        self._agencies = {each.id: each.name.read(plan.source_language) for each in plan.agencies}
        self._rows: dict[tuple[str, str], Any] = {}
        self._names: dict[tuple[str, str], tuple[str, dict[str, Param]]] = {}
        self._draft = ""
        self._programme: Programme | None = None
        self._unmade = count()
        self.changes: list[Change] = []

    def begin(self, draft: ProgrammeDraft, programme: Programme) -> None:
        """From now on it is about this programme."""
        self._draft, self._programme = draft.key, programme
        self._rows = {(table, row.id): row for table, row in _rows_of(programme)}
        self._names = dict(_names_of(programme, self._language))

    # -- as an operation --------------------------------------------------------------------------
    def insert(self, table: str, /, **values: Any) -> str:
        """Note a row that is not there yet."""
        row = f"{_UNMADE}{next(self._unmade)}"
        parent = next((str(values[each]) for each in ("programme", "activity") if each in values), _UNMADE)
        if table == "agency":
            self._agencies[row] = str(next(iter(values["name"].values()), ""))
        elif not parent.startswith(_UNMADE):
            said = _title_in(values)
            what = Message(_NEW[table].id, name=said)
            self._note((table, row, ""), f"{table}:{bare(said)}", what, None, None, fresh=True)
        return row

    def again(self, table: str, row: str, said: Mapping[Register, Any], /, **values: Any) -> str:
        """Note that a row came before and was deleted, and whether the list says something else of it now."""
        newer = any(not same(self._brought.get(register), value) for register, value in said.items())
        title = _title_in(values)
        what = Message(_AWAY[table].id, name=title)
        self._note((table, row, ""), f"{table}:{bare(title)}", what, None, None, away=True, newer=newer)
        return f"{_UNMADE}{next(self._unmade)}"

    def put(self, table: str, /, **values: Any) -> str:
        """Note what differs in a row with a natural key, or that it is not there."""
        spec = TABLES[table]
        row = spec.identify(values)
        if str(values.get("indicator") or "").startswith(_UNMADE):
            return row
        figures = {name: value for name, value in values.items() if name not in spec.natural}
        if (table, row) in self._rows:
            self.set(table, row, **figures)
        else:
            self._names[table, row] = self._named(table, values)
            for name, value in figures.items():
                self._compare(table, row, name, None, value, fresh=True)
        return row

    def set(self, table: str, row: str, /, **values: Any) -> None:
        """Note what differs."""
        known = self._rows.get((table, row))
        if known is not None:
            for name, value in values.items():
                self._compare(table, row, name, getattr(known, name), value)

    def write(self, table: str, row: str, name: str, language: str, text: str) -> None:
        """Note a text that differs."""
        known = self._rows.get((table, row))
        if known is not None:
            old = getattr(known, name).values.get(language, "")
            self._compare(table, row, name, old, text, language=language)

    # -- noting ------------------------------------------------------------------------------------
    def _named(self, table: str, values: Mapping[str, Any]) -> tuple[str, dict[str, Param]]:
        """How a row that is told by its key is called: of an indicator, in a year, from a source."""
        year = str(values.get("year", ""))
        if table == "target":
            name, params = self._names["indicator", str(values["indicator"])]
            return f"{name}:{year}", {**params, "year": year}
        source = str(values.get("source") or "")
        return ":".join(filter(None, (year, source if table == "budget_line" else ""))), {"year": year}

    def _compare(
        self, table: str, row: str, name: str, old: Any, new: Any, *, language: str = "", fresh: bool = False
    ) -> None:
        if name in _QUIET or same(old, new):
            return
        if name == "lead":
            old, new = self._agencies.get(old or "", old), self._agencies.get(new, new)
        key, params = self._names.get((table, row), ("", {}))
        register = (table, row, f"{name}:{language}" if language else name)
        kind = "budget" if table == "budget_line" else "ceiling" if table == "rpjmd_ceiling" else table
        parts = (kind if table != "programme" else "", key, name)
        what = Message(_WHAT[name].id, **params)
        if table in _OF:
            what = Message("exchange.differs.of", what=what, name=params["name"])
        self._note(register, ":".join(filter(None, parts)), what, old, new, fresh=fresh)

    def _note(self, register: Register, name: str, what: Message, old: Any, new: Any, **sort: bool) -> None:
        if self._programme is not None:
            self.changes.append(Change(self._programme, self._draft, register, name, what, old, new, **sort))


class Sparing:
    """An operation that leaves some values as they are."""

    def __init__(self, op: Edits, spared: Iterable[Register]) -> None:
        self._op = op
        self._spared = frozenset(spared)

    def insert(self, table: str, /, **values: Any) -> str:
        """Add a row."""
        return self._op.insert(table, **values)

    def again(self, table: str, row: str, _said: Mapping[Register, Any], /, **values: Any) -> str:
        """Add a row that the team deleted, unless it is spared."""
        return "" if (table, row, "") in self._spared else self._op.insert(table, **values)

    def put(self, table: str, /, **values: Any) -> str:
        """Add or change a row, without what is spared."""
        row = TABLES[table].identify(values)
        left = self._left(table, row, values)
        if len(left) < len(values) and left.keys() <= set(TABLES[table].natural):
            return row  # nothing of it is left to write: a row that was taken away stays away
        return self._op.put(table, **left)

    def set(self, table: str, row: str, /, **values: Any) -> None:
        """Change fields of a row, without what is spared."""
        self._op.set(table, row, **self._left(table, row, values))

    def write(self, table: str, row: str, name: str, language: str, text: str) -> None:
        """Write a text, unless it is spared."""
        if (table, row, f"{name}:{language}") not in self._spared:
            self._op.write(table, row, name, language, text)

    def _left(self, table: str, row: str, values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if (table, row, name) not in self._spared}


def _title_in(values: Mapping[str, Any]) -> str:
    return str(next(iter((values.get("name") or values.get("title") or {}).values()), ""))


def same(one: Json | Decimal, other: Json | Decimal) -> bool:
    """Whether two values are the same, however they are kept: a decimal as text, nothing as blank."""
    if one in (None, "") or other in (None, ""):
        return one in (None, "") and other in (None, "")
    if isinstance(one, Decimal) or isinstance(other, Decimal):
        return Decimal(str(one)) == Decimal(str(other))
    return bool(one == other)


def _rows_of(programme: Programme) -> Iterator[tuple[str, Any]]:
    yield "programme", programme
    yield from (("budget_line", each) for each in programme.budget)
    yield from (("rpjmd_ceiling", each) for each in programme.ceilings)
    for indicator in programme.indicators:
        yield "indicator", indicator
        yield from (("target", each) for each in indicator.targets)
    for activity in programme.activities:
        yield "activity", activity
        yield from (("sub_activity", each) for each in activity.sub_activities)


def _names_of(
    programme: Programme, language: str
) -> Iterator[tuple[tuple[str, str], tuple[str, dict[str, Param]]]]:
    """How each row is called, in answers and by people."""
    for line in programme.budget:
        yield ("budget_line", line.id), (f"{line.year}:{line.source}".rstrip(":"), {"year": str(line.year)})
    for ceiling in programme.ceilings:
        yield ("rpjmd_ceiling", ceiling.id), (str(ceiling.year), {"year": str(ceiling.year)})
    for indicator in programme.indicators:
        name = indicator.name.read(language)
        yield ("indicator", indicator.id), (bare(name), {"name": name})
        for target in indicator.targets:
            year = str(target.year)
            yield ("target", target.id), (f"{bare(name)}:{year}", {"name": name, "year": year})
    yield from _parts_named("activity", programme.activities, language)
    subs = [sub for activity in programme.activities for sub in activity.sub_activities]
    yield from _parts_named("sub_activity", subs, language)


def _parts_named(
    table: str, parts: Sequence[Activity | SubActivity], language: str
) -> Iterator[tuple[tuple[str, str], tuple[str, dict[str, Param]]]]:
    """The parts of a programme; those of one title are told apart by their codes, else by their place."""
    titles = [part.title.read(language) for part in parts]
    often = Counter(map(bare, titles))
    for at, (part, title) in enumerate(zip(parts, titles, strict=True), 1):
        several = often[bare(title)] > 1
        apart = part.code or str(at)
        name = f"{title} ({apart})" if several else title
        yield (table, part.id), (f"{bare(title)} {apart}" if several else bare(title), {"name": name})
