"""What comes back, for people: by agency and programme, inside or outside the sender's part, and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import Message, RancangError
from desktop.base.jobs import Report, quiet
from desktop.exchange.coming_apart import rehearsed
from desktop.exchange.coming_copies import copies
from desktop.exchange.own_part import OwnPart, own_part
from desktop.exchange.whereabouts import Whereabouts
from desktop.workspace import returning
from desktop.workspace.handouts import Vouched
from desktop.workspace.reviewing import REVIEWERS

if TYPE_CHECKING:
    from desktop.checks import Finding
    from desktop.guideline import Pack
    from desktop.workspace import Workspace
    from desktop.workspace.merge_report import MergeReport, RowChange
    from desktop.workspace.plan import Plan


@dataclass(frozen=True, slots=True)
class Group:
    """Whose part something is: an agency, and within it a programme; empty where it is nobody's."""

    agency: str
    programme: str


@dataclass(frozen=True)
class Coming:
    """What files bring (or have brought), beside the plan before and after."""

    report: MergeReport
    before: Plan
    after: Plan
    pack: Pack
    marks: Mapping[Path, str] = field(default_factory=dict)
    """What each file was as it was shown, in one number."""

    @cached_property
    def outside(self) -> frozenset[tuple[str, str]]:
        """The rows that a sender's file changes although they are no part of what is theirs."""
        changed = {(change.table, change.row) for change in self.report.rows}
        found: set[tuple[str, str]] = set()
        for each in self.report.per_file:
            agency = each.sender.agency
            if agency and each.sender.role not in REVIEWERS:
                # whose part it is nobody knows, where it is not the copy that was given to them
                sure = each.vouched is not Vouched.DOUBTFUL
                parts = (self._own(self.before, agency), self._own(self.after, agency)) if sure else ()
                found |= {
                    key for key in each.touched & changed if not any(part.holds(*key) for part in parts)
                }
        return frozenset(found)

    def _own(self, plan: Plan, agency: str) -> OwnPart:
        return own_part(plan, self.pack, agency)

    @cached_property
    def _places(self) -> tuple[Whereabouts, Whereabouts]:
        return Whereabouts(self.after, self.pack), Whereabouts(self.before, self.pack)

    def group(self, table: str, row: str, facts: Mapping[str, Any]) -> Group:
        """The agency and the programme a row belongs to, now or, if it is gone, before."""
        places = self._places
        programme = next(filter(None, (each.programme(table, row, facts) for each in places)), "")
        agency = next(filter(None, (each.agency(table, row, facts) for each in places)), "")
        return Group(agency, programme)

    def grouped(self) -> list[tuple[Group, list[RowChange]]]:
        """The changed rows by agency and programme, in the plan's order; what is nobody's comes first."""
        found: dict[Group, list[RowChange]] = {}
        for change in self.report.rows:
            facts = {name: (after if after is not None else before) for name, before, after in change.fields}
            found.setdefault(self.group(change.table, change.row, facts), []).append(change)
        agencies = _places_of(each.id for each in (*self.after.agencies, *self.before.agencies))
        programmes = _places_of(each.id for each in (*self.after.programmes, *self.before.programmes))

        def order(group: Group) -> tuple[int, int]:
            return agencies.get(group.agency, -1), programmes.get(group.programme, -1)

        return sorted(found.items(), key=lambda entry: order(entry[0]))


def _places_of(ids: Iterator[str] | Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in ids:
        found.setdefault(each, len(found))
    return found


@dataclass(frozen=True, slots=True)
class Settled:
    """What was taken over, and which findings of the checks came and went with it."""

    coming: Coming
    new_findings: tuple[Finding, ...]
    settled_findings: tuple[Finding, ...]


class ChangedMeanwhile(RancangError):
    """Another file lies there than the one that was shown."""

    exit_code = 1

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.coming.changed", file=file))


def look(workspace: Workspace, paths: Sequence[Path], report: Report = quiet) -> Coming:
    """What bringing these files back would do; nothing is written. Raises what bringing back raises."""
    before = workspace.plan()
    with copies(paths, report) as came:
        refused = {**came.refused, **rehearsed(workspace, came.readable, report)}
        found = returning.preview(workspace, came.places, picture=True, report=report, refused=refused)
    return Coming(found, before, found.plan or before, workspace.pack(), came.marks)


def take(
    workspace: Workspace,
    paths: Sequence[Path],
    report: Report = quiet,
    *,
    shown: Mapping[Path, str] | None = None,
) -> Settled:
    """Take over what these files bring, and check the plan before and after.

    ``shown``: the marks of what a person has seen and said yes to. Raises ChangedMeanwhile, and what bringing
    back raises.
    """
    from desktop.checks import check

    before, pack = workspace.plan(), workspace.pack()
    with copies(paths, report) as came:
        for path in paths if shown is not None else ():
            if came.marks.get(path) != (shown or {}).get(path):
                raise ChangedMeanwhile(path.name)
        refused = {**came.refused, **rehearsed(workspace, came.readable, report)}
        found = returning.take(workspace, came.places, report=report, refused=refused)
    after = workspace.plan()
    report(1, 1, Message("exchange.coming.checking"))
    were = {each.key: each for each in check(before, pack).findings}
    are = {each.key: each for each in check(after, workspace.pack()).findings}
    return Settled(
        Coming(found, before, after, workspace.pack()),
        tuple(each for key, each in are.items() if key not in were),
        tuple(each for key, each in were.items() if key not in are),
    )
