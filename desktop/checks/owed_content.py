"""What stands in a part that is owed: how much of it is filled, and a fingerprint to know it by again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property
from typing import Any

from desktop.base.canonical import digest
from desktop.checks.evidence import claims_something
from desktop.checks.programmes import NEEDED, missing_fields
from desktop.checks.reading import Asked, Reading
from desktop.checks.recap import says_something
from desktop.checks.spots import CellSpot
from desktop.guideline.pack import Worksheet
from desktop.workspace.plan import EvidenceFile, Programme, Row

_OF_A_PROGRAMME = len(NEEDED) + 1
"""What every programme needs (its years are two fields)."""
_APART = frozenset({"order"})
"""What belongs to the list a thing stands in, and not to what the agency wrote."""
_OF_THE_TEAM = frozenset({"id", "code", "origin", "source", "status"})
"""What the team notes of a programme."""


@dataclass(frozen=True)
class Measure:
    """How much of a part is filled; ``touched`` says whether anything is, ``said`` gives all of it."""

    filled: int
    required: int
    rows: int
    """Rows that say something; other parts than worksheets have none."""
    files: int
    """Files of evidence for it."""
    wanting: int
    """Claims in it that need a file and have none."""
    touched: bool = False
    said: Callable[[], Any] = field(default=list, compare=False, repr=False)

    @cached_property
    def content(self) -> str:
        """The fingerprint of what stands there (64 bits are enough to see a change); empty for nothing."""
        return digest(self.said())[:16] if self.touched else ""


class Contents:
    """One reading of a plan, asked what stands in which part; looked through once, however many ask."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @cached_property
    def _claims(self) -> Mapping[str, tuple[EvidenceFile, ...]]:
        """The files that support something in a row, by the row (or what the claim is scoped to)."""
        found: dict[str, dict[str, EvidenceFile]] = defaultdict(dict)
        for file in self._reading.plan.evidence:
            for claim in file.claims:
                for row in filter(None, (claim.row, claim.scope)):
                    found[row][file.id] = file
        return {row: tuple(files.values()) for row, files in found.items()}

    def _files(self, rows: Iterable[str]) -> list[EvidenceFile]:
        return list({file.id: file for row in rows for file in self._claims.get(row, ())}.values())

    @cached_property
    def _sheets(self) -> dict[str, tuple[Mapping[str, list[Row]], Mapping[str, list[Asked]]]]:
        return {}

    def _of_sheet(self, sheet: Worksheet) -> tuple[Mapping[str, list[Row]], Mapping[str, list[Asked]]]:
        """The rows of a worksheet and what is asked in them, by agency."""
        if sheet.id not in self._sheets:
            rows: dict[str, list[Row]] = defaultdict(list)
            for row in self._reading.rows(sheet):
                rows[row.agency].append(row)
            asked: dict[str, list[Asked]] = defaultdict(list)
            for each in self._reading.in_worksheet(sheet):
                asked[each.spot.agency if isinstance(each.spot, CellSpot) else ""].append(each)
            self._sheets[sheet.id] = rows, asked
        return self._sheets[sheet.id]

    def sheet(self, sheet: Worksheet, agency: str) -> Measure:
        """How far an agency (or the region itself, under the empty name) is with a worksheet.

        A row at least is awaited of whoever owes it.
        """
        by_rows, by_asked = self._of_sheet(sheet)
        rows, asked = by_rows.get(agency, []), by_asked.get(agency, [])
        source = self._reading.source
        speaking = [row for row in rows if says_something(row)]
        files = self._files(row.id for row in rows)
        required = [each for each in asked if each.field.required]
        filled = sum(each.answered(source) for each in required)

        def said() -> Any:
            return [[[row.fixed or row.id, _plainly(row.cells)] for row in speaking], _prints(files)]

        return Measure(
            filled + bool(speaking), len(required) + 1, len(speaking), len(files),
            _wanting(self._reading, asked), bool(speaking or files), said,
        )  # fmt: skip

    def programme(self, programme: Programme) -> Measure:
        """How far a programme is: what every programme needs, and what the guideline adds."""
        reading = self._reading
        extra = [*reading.in_programme(programme), *reading.in_quick_win(programme)]
        required = [each for each in extra if each.field.required]
        missing = len(missing_fields(reading, programme))
        filled = _OF_A_PROGRAMME - missing + sum(each.answered(reading.source) for each in required)
        files = self._files((programme.id, *(each.id for each in programme.indicators)))
        answers = {each.spot.place().item: [each.value, each.text] for each in extra if _says(each)}

        def said() -> Any:
            own = {key: value for key, value in _plainly(programme).items() if key not in _OF_THE_TEAM}
            return [own, _plainly(answers), _prints(files)]

        touched = bool(answers or files) or any(getattr(programme, name) for name in _WORK)
        wanting = _wanting(reading, extra)
        return Measure(filled, _OF_A_PROGRAMME + len(required), 0, len(files), wanting, touched, said)

    def texts(self, asked: Iterable[Asked]) -> Measure:
        """How far a form or a chapter is."""
        asked, plan = tuple(asked), self._reading.plan
        required = [each for each in asked if each.field.required] or list(asked)
        filled = sum(each.answered(self._reading.source) for each in required)
        items = {each.spot.place().item for each in asked}
        files = [
            file for file in plan.evidence if any(claim.item in items for claim in file.claims if claim.item)
        ]
        # what stands elsewhere and is only offered here was not filled in here
        answers = {item: plan.answer(item) for item in sorted(items)}
        there = {
            item: [answer.value, answer.text]
            for item, answer in answers.items()
            if answer.value not in (None, "", ()) or answer.text
        }
        return Measure(
            filled, len(required), 0, len(files), _wanting(self._reading, asked), bool(there or files),
            lambda: [_plainly(there), _prints(files)],
        )  # fmt: skip


_WORK = frozenset(
    {"service", "before", "after", "served", "technology", "budget", "indicators", "activities", "risks"}
)
"""Without any of these a programme is only a name on a list."""


def _says(asked: Asked) -> bool:
    return bool(asked.text) or asked.value not in (None, "", ())


def _wanting(reading: Reading, asked: Iterable[Asked]) -> int:
    """Claims that need a file and have none."""
    return sum(
        each.field.evidence == "required"
        and claims_something(each, reading.source)
        and not reading.has_evidence(each.place(reading.source))
        for each in asked
    )


def _silent(value: Any) -> bool:
    """Whether a value says nothing; 0 rupiah is a figure."""
    return value is None or value is False or value in ("", [], {})


def _prints(files: Sequence[EvidenceFile]) -> list[str]:
    return sorted(file.sha256 for file in files)


def _plainly(thing: Any) -> Any:
    """Anything of the plan as JSON, without what says nothing: a field added later changes nothing."""
    if is_dataclass(thing) and not isinstance(thing, type):
        told = {each.name: _plainly(getattr(thing, each.name)) for each in fields(thing)}
        return {key: value for key, value in told.items() if key not in _APART and not _silent(value)}
    if isinstance(thing, Mapping):
        told = {str(key): _plainly(value) for key, value in thing.items()}
        return {key: value for key, value in told.items() if not _silent(value)}
    if isinstance(thing, list | tuple | set | frozenset):
        return [_plainly(each) for each in thing]
    if thing is None or isinstance(thing, str | int):
        return thing
    return str(thing)
