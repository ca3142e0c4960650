"""From the tables to the frozen picture that everybody reads, part by part."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

import sqlalchemy as sa

from desktop.base.canonical import canonical
from desktop.workspace import blobs, groundwork, handouts, records, tables
from desktop.workspace.hearing import Input
from desktop.workspace.initialled import Initialled
from desktop.workspace.journal import Journal
from desktop.workspace.nomenclature import NO_CODES, CodeList
from desktop.workspace.organisation import Body, Figure, Meeting, SessionOutput
from desktop.workspace.plan import (
    Comment,
    Deadline,
    Duty,
    EvidenceFile,
    GuidelineRef,
    Initial,
    OpenConflict,
    Person,
    Plan,
    SetAside,
    Suggestion,
)
from desktop.workspace.projection import open_conflicts
from desktop.workspace.reading.answers import Answers, SheetRows
from desktop.workspace.reading.programmes import PROGRAMME_TABLES, Programmes
from desktop.workspace.reading.stored import Stored
from desktop.workspace.region import region, regions
from desktop.workspace.registers import PLAN_ROW
from desktop.workspace.rewritten import Rewritten

T = TypeVar("T")
_YEARS = range(1990, 2201)


def head_of(newest: tuple[str, ...]) -> str:
    """One name for a set of newest change sets."""
    return hashlib.sha256(canonical(sorted(newest))).hexdigest()


def read_plan(journal: Journal) -> Plan:
    """Read everything at the present head."""
    return Reader(journal).plan()


def stands(journal: Journal) -> bool:
    """Whether the one row everything hangs on, the plan itself, is there and says what it must."""
    own = journal.connection.execute(
        sa.select(tables.rows["plan"]).where(tables.rows["plan"].c.id == PLAN_ROW)
    ).first()
    return (
        own is not None and own.region in regions() and own.first_year in _YEARS and own.last_year in _YEARS
    )


MANY = 2_000
"""Rows touched at once beyond which a part is read as a whole."""
_PARTS = {
    "agencies": frozenset({"agency"}),
    "people": frozenset({"person"}),
    "programmes": PROGRAMME_TABLES,
    "answers": frozenset({"answer"}),
    "rows": frozenset({"row", "cell"}),
    "evidence": frozenset({"evidence", "claim"}),
    "set_aside": frozenset({"set_aside"}),
    "comments": frozenset({"comment"}),
    "deadlines": frozenset({"deadline"}),
    "duties": frozenset({"duty"}),
    "initials": frozenset({"initial"}),
    "suggestions": frozenset({"suggestion"}),
    "figures": frozenset({"figure"}),
    "decrees": frozenset({"decree"}),
    "bodies": frozenset({"body", "member"}),
    "meetings": frozenset({"meeting", "attendance"}),
    "outputs": frozenset({"session_output"}),
    "stakeholders": frozenset({"stakeholder"}),
    "inputs": frozenset({"input", "input_programme"}),
    "scores": frozenset({"score"}),
}
"""The parts of a plan and the tables each is read from."""
_KNOWN = frozenset({"plan"}).union(*_PARTS.values())


class Reader:
    """Reads the plan, and after an edit only those parts of it again that the edit touched.

    In a plan of 40,000 words reading everything takes 60-90 ms; an edit in a field should not.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._connection = journal.connection
        self._kept: dict[str, Any] = {}
        self._code_list = NO_CODES
        self._rewritten = Rewritten(journal)
        self._initialled = Initialled(journal)
        self._stored = Stored(journal.connection)
        self._programmes = Programmes(self._stored)
        self._answers = Answers(self._stored)
        self._rows = SheetRows(self._stored)

    def reads(self, journal: Journal) -> bool:
        """Whether what is kept came out of this journal (a file that was opened anew has another)."""
        return journal is self._journal

    def forget(self, touched: Iterable[tuple[str, str]]) -> None:
        """What an edit touched is read again; ``touched`` names (table, row)."""
        by_table: dict[str, set[str]] = defaultdict(set)
        for table, row in touched:
            by_table[table].add(row)
        if not set(by_table) <= _KNOWN:
            self._kept.clear()
            return
        for part, sources in _PARTS.items():
            mine = {table: by_table[table] for table in sources & set(by_table)}
            if mine and part in self._kept:
                del self._kept[part]
                if sum(map(len, mine.values())) <= MANY:
                    self._retouch(part, mine)

    def _retouch(self, part: str, touched: dict[str, set[str]]) -> None:
        match part:
            case "answers":
                self._kept[part] = self._answers.again(touched["answer"])
            case "programmes":
                self._kept[part] = self._programmes.again(touched)
            case "rows":
                self._kept[part] = self._rows.again(touched.get("cell", set()))
            case _:
                pass

    def _part(self, name: str, read: Callable[[], T]) -> T:
        if name not in self._kept:
            self._kept[name] = read()
        kept: T = self._kept[name]
        return kept

    def plan(self) -> Plan:
        """The picture at the present head, out of what is kept and what must be read again."""
        own = self._connection.execute(
            sa.select(tables.rows["plan"]).where(tables.rows["plan"].c.id == PLAN_ROW)
        ).first()
        if own is None:
            raise LookupError("plan")
        newest = self._journal.newest()
        # of the newest change sets only: one day a clock stood in 2099 must not date everything after it
        wall = tables.change_set.c.wall
        walls = self._connection.execute(
            sa.select(sa.func.max(wall)).where(tables.change_set.c.id.in_(newest))
        ).scalar()
        people = self._part("people", lambda: tuple(map(records.person, self._stored.all("person"))))
        return Plan(
            workspace=self._journal.meta("workspace"),
            head=head_of(newest),
            changed_at=dt.datetime.fromisoformat(walls or "1970-01-01T00:00:00+00:00"),
            region=region(own.region),
            first_year=own.first_year,
            last_year=own.last_year,
            title=records.text(own.title),
            source_language=own.source_language or "id",
            guideline=GuidelineRef(
                own.guideline or "", own.guideline_version or "", own.guideline_sha256 or ""
            ),
            example=bool(own.example),
            agencies=self._part("agencies", lambda: tuple(map(records.agency, self._stored.all("agency")))),
            people=people,
            programmes=self._part("programmes", self._programmes.read),
            answers=self._part("answers", self._answers.read),
            rows=self._part("rows", self._rows.read),
            evidence=self._part("evidence", self._evidence),
            set_aside=self._part("set_aside", self._set_aside),
            conflicts=tuple(
                OpenConflict(c.table, c.row, c.kind, c.field) for c in open_conflicts(self._connection)
            ),
            comments=self._part("comments", self._comments),
            deadlines=self._part("deadlines", self._deadlines),
            duties=self._duties_since(people),
            initials=self._initials_since(),
            suggestions=self._part("suggestions", self._suggestions),
            figures=self._part("figures", self._figures),
            decrees=self._part("decrees", lambda: tuple(map(groundwork.decree, self._stored.all("decree")))),
            bodies=self._part("bodies", self._bodies),
            meetings=self._part("meetings", self._meetings),
            outputs=self._part("outputs", self._outputs),
            stakeholders=self._part(
                "stakeholders", lambda: tuple(map(groundwork.stakeholder, self._stored.all("stakeholder")))
            ),
            inputs=self._part("inputs", self._inputs),
            scores=self._part("scores", lambda: tuple(map(groundwork.score, self._stored.all("score")))),
            nomenclature=own.nomenclature or "",
            nomenclature_name=own.nomenclature_name or "",
            codes=self._codes(own.nomenclature or "", own.nomenclature_name or ""),
            for_somebody=handouts.made_for(self._journal) is not None,
        )

    def _codes(self, sha256: str, name: str) -> CodeList:
        """The user's own list of codes: its bytes are read once, and looked into when it is needed."""
        if not sha256:
            return NO_CODES
        if (self._code_list.sha256, self._code_list.name) != (sha256, name):
            here = blobs.present(self._connection, sha256)
            data = blobs.read(self._connection, sha256) if here else b""
            self._code_list = CodeList(name, sha256, data)
        return self._code_list

    # -- evidence and findings --------------------------------------------------------------------
    def _set_aside(self) -> dict[str, SetAside]:
        return {
            r.finding: SetAside(r.id, r.finding, r.reason or "", r.author or "")
            for r in self._stored.all("set_aside")
        }

    def _evidence(self) -> tuple[EvidenceFile, ...]:
        here = set(self._connection.execute(sa.select(tables.blob.c.sha256)).scalars())
        claims = self._stored.grouped("claim", "evidence", records.claim)
        return tuple(
            records.evidence(r, present=r.sha256 in here, claims=claims[r.id])
            for r in self._stored.all("evidence")
        )

    # -- comments and deadlines ------------------------------------------------------------------
    def _comments(self) -> tuple[Comment, ...]:
        return tuple(
            sorted(map(records.comment, self._stored.all("comment")), key=lambda each: (each.at, each.id))
        )

    def _deadlines(self) -> tuple[Deadline, ...]:
        found = (records.deadline(record) for record in self._stored.all("deadline"))
        return tuple(sorted((each for each in found if each.due), key=lambda each: (each.due, each.id)))

    def _duties(self) -> tuple[Duty, ...]:
        found = [records.duty(record) for record in self._stored.all("duty")]
        only_said = self._only_said(found)
        found = [replace(each, given=False) if each.id in only_said else each for each in found]
        return tuple(sorted(found, key=lambda each: (each.page, each.ref, each.agency)))

    def _only_said(self, duties: Iterable[Duty]) -> frozenset[str]:
        """Duties that began when somebody said how far they are; who gives one says nothing of that."""
        asked = [("duty", each.id) for each in duties if each.by and not each.person]
        begun: dict[str, list[bool]] = defaultdict(list)
        for (_, row), ops in self._journal.load(asked).items():
            for op in ops:
                if op.kind == "D":
                    begun[row].clear()
                elif op.kind == "I":
                    begun[row].append(isinstance(op.value, dict) and bool(op.value.get("by")))
        return frozenset(row for row, said in begun.items() if all(said))

    def _duties_since(self, people: tuple[Person, ...]) -> tuple[Duty, ...]:
        """What is owed, each with what its agency wrote since it was sent: any edit may add to that."""
        duties = self._part("duties", self._duties)
        since = self._rewritten.rows(duties, people)
        return tuple(replace(each, since=since.get(each.id, each.since)) for each in duties)

    def _initials_since(self) -> tuple[Initial, ...]:
        """Who has initialled, each with how much was written since: any edit may add to that."""
        initials = self._part("initials", self._initials)
        since = self._initialled.since(initials)
        return tuple(
            replace(each, since=since[each.id].count, touched=frozenset(since[each.id].touched))
            if each.id in since
            else each
            for each in initials
        )

    def _initials(self) -> tuple[Initial, ...]:
        found = map(records.initial, self._stored.all("initial"))
        return tuple(sorted(found, key=lambda each: (each.step, each.agency)))

    def _suggestions(self) -> tuple[Suggestion, ...]:
        found = map(records.suggestion, self._stored.all("suggestion"))
        return tuple(sorted(found, key=lambda each: (each.at, each.id)))

    # -- bodies, meetings, hearing ---------------------------------------------------------------
    def _figures(self) -> tuple[Figure, ...]:
        found = map(groundwork.figure, self._stored.all("figure"))
        return tuple(sorted(found, key=lambda each: (each.measure, each.year)))

    def _bodies(self) -> tuple[Body, ...]:
        members = self._stored.grouped("member", "body", groundwork.member)
        found = [groundwork.body(record, members[record.id]) for record in self._stored.all("body")]
        return tuple(sorted(found, key=lambda each: (each.body, each.dimension)))

    def _meetings(self) -> tuple[Meeting, ...]:
        attended = self._stored.grouped("attendance", "meeting", groundwork.attendance)
        found = [groundwork.meeting(record, attended[record.id]) for record in self._stored.all("meeting")]
        return tuple(sorted(found, key=lambda each: (not each.start, each.start, each.order, each.id)))

    def _outputs(self) -> tuple[SessionOutput, ...]:
        found = map(groundwork.session_output, self._stored.all("session_output"))
        return tuple(sorted(found, key=lambda each: (each.session, each.output)))

    def _inputs(self) -> tuple[Input, ...]:
        changed = self._stored.grouped("input_programme", "input", lambda r: str(r.programme))
        return tuple(groundwork.heard(record, changed[record.id]) for record in self._stored.all("input"))
