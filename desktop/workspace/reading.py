"""From the tables to the frozen picture that everybody reads."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa

from desktop.base.canonical import canonical
from desktop.base.resources import resource
from desktop.workspace import blobs, groundwork, handouts, records, tables
from desktop.workspace.errors import UnknownRegion
from desktop.workspace.hearing import Input
from desktop.workspace.initialled import Initialled
from desktop.workspace.journal import Journal
from desktop.workspace.nomenclature import NO_CODES, CodeList
from desktop.workspace.organisation import Body, Figure, Meeting, SessionOutput
from desktop.workspace.plan import (
    Answer,
    Cell,
    Comment,
    Deadline,
    Duty,
    EvidenceFile,
    GuidelineRef,
    Initial,
    OpenConflict,
    Person,
    Plan,
    Programme,
    Region,
    Row,
    SetAside,
    Suggestion,
)
from desktop.workspace.projection import open_conflicts
from desktop.workspace.registers import PLAN_ROW
from desktop.workspace.rewritten import Rewritten

T = TypeVar("T")
_YEARS = range(1990, 2201)
_NEEDED = {
    "budget_line": ("programme", "year"),
    "target": ("indicator", "year"),
    "answer": ("item",),
    "cell": ("row", "column"),
    "row": ("worksheet",),
    "set_aside": ("finding",),
    "rpjmd_ceiling": ("programme", "year"),
    "figure": ("measure", "year"),
    "body": ("body",),
    "session_output": ("session", "output"),
    "score": ("item", "by"),
    "input_programme": ("input", "programme"),
    "initial": ("step",),
}
"""Without these a row says nothing; a change set made by another program may lack them."""


@cache
def regions() -> dict[str, Region]:
    """The 514 regencies and cities by Kemendagri code (source: resources/regions)."""
    with resource("regions", "regions.csv").open(encoding="utf-8", newline="") as file:
        return {
            record["code"]: Region(record["code"], record["name"], record["kind"], record["province_name"])
            for record in csv.DictReader(file)
        }


def region(code: str) -> Region:
    """The region with this code. Raises UnknownRegion."""
    found = regions().get(code)
    if found is None:
        raise UnknownRegion(code)
    return found


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
_PROGRAMME_PARTS = ("budget_line", "rpjmd_ceiling", "indicator", "activity", "risk", "programme_agency")
_PARTS = {
    "agencies": frozenset({"agency"}),
    "people": frozenset({"person"}),
    "programmes": frozenset({"programme", "target", "sub_activity", *_PROGRAMME_PARTS}),
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
        self._answers_kept: dict[tuple[str, str], Answer] = {}
        self._cells_kept: dict[str, dict[str, Cell]] = {}
        self._programmes_kept: dict[str, tuple[tuple[bool, str, str], Programme]] = {}
        self._owners: dict[tuple[str, str], Any] = {}
        """What a row of a part belongs to, also after it was deleted: an answer's key, a cell's row, ..."""

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
                self._kept[part] = self._answers_again(touched["answer"])
            case "programmes":
                self._kept[part] = self._programmes_again(touched)
            case "rows":
                self._cells_again(touched.get("cell", set()))
                self._kept[part] = self._assemble_rows()
            case _:
                pass

    def _part(self, name: str, read: Callable[[], T]) -> T:
        if name not in self._kept:
            self._kept[name] = read()
        kept: T = self._kept[name]
        return kept

    def _all(self, table: str, key: str = "id", among: Iterable[str] | None = None) -> list[Any]:
        """Records of a table in order; with ``among`` those whose ``key`` is one of these."""
        target = tables.rows[table]
        sort = [target.c.sort] if "sort" in target.c else []
        needed = [target.c[name].is_not(None) for name in _NEEDED.get(table, ())]
        if among is not None:
            needed.append(target.c[key].in_(sorted(among)))
        query = sa.select(target).where(*needed).order_by(*sort, target.c.id)
        return list(self._connection.execute(query))

    def _grouped(
        self, table: str, key: str, make: Callable[[Any], T], among: Iterable[str] | None = None
    ) -> dict[str, list[T]]:
        out: dict[str, list[T]] = defaultdict(list)
        for record in self._all(table, key, among):
            owner = getattr(record, key)
            self._owners[table, record.id] = owner
            out[owner].append(make(record))
        return out

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
        people = self._part("people", lambda: tuple(map(records.person, self._all("person"))))
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
            agencies=self._part("agencies", lambda: tuple(map(records.agency, self._all("agency")))),
            people=people,
            programmes=self._part("programmes", self._programmes),
            answers=self._part("answers", self._answers),
            rows=self._part("rows", self._rows),
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
            decrees=self._part("decrees", lambda: tuple(map(groundwork.decree, self._all("decree")))),
            bodies=self._part("bodies", self._bodies),
            meetings=self._part("meetings", self._meetings),
            outputs=self._part("outputs", self._outputs),
            stakeholders=self._part(
                "stakeholders", lambda: tuple(map(groundwork.stakeholder, self._all("stakeholder")))
            ),
            inputs=self._part("inputs", self._inputs),
            scores=self._part("scores", lambda: tuple(map(groundwork.score, self._all("score")))),
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

    # -- programmes -------------------------------------------------------------------------------
    def _programmes(self) -> tuple[Programme, ...]:
        self._programmes_kept.clear()
        self._read_programmes(None)
        return self._in_order()

    def _in_order(self) -> tuple[Programme, ...]:
        return tuple(programme for _, programme in sorted(self._programmes_kept.values(), key=_first))

    def _programmes_again(self, touched: dict[str, set[str]]) -> tuple[Programme, ...]:
        """Those programmes again that an edit touched, themselves or in one of their parts."""
        indicators = set(touched.get("indicator", ()))
        indicators |= self._owners_of("target", touched.get("target", set()), "indicator")
        activities = self._owners_of("sub_activity", touched.get("sub_activity", set()), "activity")
        among = self._owners_of("activity", activities, "programme")
        among |= set(touched.get("programme", ())) | self._owners_of("indicator", indicators, "programme")
        for table in _PROGRAMME_PARTS:
            among |= self._owners_of(table, touched.get(table, set()), "programme")
        for programme in among:
            self._programmes_kept.pop(programme, None)
        self._read_programmes(among)
        return self._in_order()

    def _owners_of(self, table: str, ids: set[str], key: str) -> set[str]:
        """What these rows belong to, now and as it was read before."""
        if not ids:
            return set()
        target = tables.rows[table]
        query = sa.select(target.c[key]).where(target.c.id.in_(sorted(ids)), target.c[key].is_not(None))
        before = {self._owners[table, each] for each in ids if self._owners.get((table, each)) is not None}
        return before | set(self._connection.execute(query).scalars())

    def _read_programmes(self, among: set[str] | None) -> None:
        def part(table: str, make: Callable[[Any], T]) -> dict[str, list[T]]:
            return self._grouped(table, "programme", make, among)

        ours = None if among is None else {each.id for each in self._all("indicator", "programme", among)}
        targets = self._grouped("target", "indicator", records.target, ours)
        indicators = part("indicator", lambda r: records.indicator(r, targets[r.id]))
        budget = part("budget_line", records.budget_line)
        subs = self._grouped(
            "sub_activity",
            "activity",
            records.sub_activity,
            None if among is None else {each.id for each in self._all("activity", "programme", among)},
        )
        activities = part("activity", lambda r: records.activity(r, subs[r.id]))
        ceilings = part("rpjmd_ceiling", records.ceiling)
        risks = part("risk", records.risk)
        supporting = part("programme_agency", lambda r: str(r.agency))
        for r in self._all("programme", "id", among):
            programme = replace(
                records.programme(r),
                supporting=tuple(sorted(supporting[r.id])),
                budget=tuple(sorted(budget[r.id], key=lambda line: (line.year or 0, line.source or ""))),
                indicators=tuple(indicators[r.id]),
                activities=tuple(activities[r.id]),
                risks=tuple(risks[r.id]),
                ceilings=tuple(sorted(ceilings[r.id], key=lambda each: each.year)),
            )
            # SQLite puts what has no place in the order first
            self._programmes_kept[r.id] = ((r.sort is not None, r.sort or "", r.id), programme)

    # -- answers ----------------------------------------------------------------------------------
    def _answers(self) -> dict[tuple[str, str], Answer]:
        self._answers_kept = {}
        self._take_answers(self._all("answer"), None)
        return self._answers_kept

    def _take_answers(self, found: list[Any], among: set[tuple[str, str]] | None) -> None:
        grouped: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for record in found:
            key = (record.item, record.scope or "")
            if among is None or key in among:
                self._owners["answer", record.id] = key
                grouped[key].append(record)
        for key, records_of in grouped.items():
            origin = next((r.origin for r in records_of if r.origin), "") or ""
            self._answers_kept[key] = Answer(*key, *records.value_and_text(records_of), origin)

    def _answers_again(self, ids: set[str]) -> dict[tuple[str, str], Answer]:
        """Those answers again whose rows an edit touched; the plan handed out before keeps its own."""
        among = {self._owners["answer", each] for each in ids if ("answer", each) in self._owners}
        among |= {(each.item, each.scope or "") for each in self._all("answer", "id", ids)}
        self._answers_kept = {key: each for key, each in self._answers_kept.items() if key not in among}
        self._take_answers(self._all("answer", "item", {item for item, _ in among}), among)
        return self._answers_kept

    # -- rows of worksheets -----------------------------------------------------------------------
    def _rows(self) -> dict[str, tuple[Row, ...]]:
        self._cells_kept = {}
        self._read_cells(None)
        return self._assemble_rows()

    def _read_cells(self, among: set[str] | None) -> None:
        cells: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for record in self._all("cell", "row", among):
            self._owners["cell", record.id] = record.row
            cells[record.row][record.column].append(record)
        for row, columns in cells.items():
            self._cells_kept[row] = {
                column: Cell(*records.value_and_text(found)) for column, found in columns.items()
            }

    def _cells_again(self, ids: set[str]) -> None:
        among = self._owners_of("cell", ids, "row")
        for row in among:
            self._cells_kept.pop(row, None)
        if among:
            self._read_cells(among)

    def _assemble_rows(self) -> dict[str, tuple[Row, ...]]:
        out: dict[str, list[Row]] = defaultdict(list)
        for record in self._all("row"):
            out[record.worksheet].append(
                Row(
                    record.id,
                    record.worksheet,
                    record.agency or "",
                    record.fixed or "",
                    record.sort or "",
                    self._cells_kept.get(record.id, {}),
                )
            )
        return {worksheet: tuple(rows) for worksheet, rows in out.items()}

    # -- evidence and findings --------------------------------------------------------------------
    def _set_aside(self) -> dict[str, SetAside]:
        return {
            r.finding: SetAside(r.id, r.finding, r.reason or "", r.author or "")
            for r in self._all("set_aside")
        }

    def _evidence(self) -> tuple[EvidenceFile, ...]:
        here = set(self._connection.execute(sa.select(tables.blob.c.sha256)).scalars())
        claims = self._grouped("claim", "evidence", records.claim)
        return tuple(
            records.evidence(r, present=r.sha256 in here, claims=claims[r.id]) for r in self._all("evidence")
        )

    # -- comments and deadlines ------------------------------------------------------------------
    def _comments(self) -> tuple[Comment, ...]:
        return tuple(sorted(map(records.comment, self._all("comment")), key=lambda each: (each.at, each.id)))

    def _deadlines(self) -> tuple[Deadline, ...]:
        found = (records.deadline(record) for record in self._all("deadline"))
        return tuple(sorted((each for each in found if each.due), key=lambda each: (each.due, each.id)))

    def _duties(self) -> tuple[Duty, ...]:
        found = [records.duty(record) for record in self._all("duty")]
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
        found = map(records.initial, self._all("initial"))
        return tuple(sorted(found, key=lambda each: (each.step, each.agency)))

    def _suggestions(self) -> tuple[Suggestion, ...]:
        found = map(records.suggestion, self._all("suggestion"))
        return tuple(sorted(found, key=lambda each: (each.at, each.id)))

    # -- bodies, meetings, hearing ---------------------------------------------------------------
    def _figures(self) -> tuple[Figure, ...]:
        found = map(groundwork.figure, self._all("figure"))
        return tuple(sorted(found, key=lambda each: (each.measure, each.year)))

    def _bodies(self) -> tuple[Body, ...]:
        members = self._grouped("member", "body", groundwork.member)
        found = [groundwork.body(record, members[record.id]) for record in self._all("body")]
        return tuple(sorted(found, key=lambda each: (each.body, each.dimension)))

    def _meetings(self) -> tuple[Meeting, ...]:
        attended = self._grouped("attendance", "meeting", groundwork.attendance)
        found = [groundwork.meeting(record, attended[record.id]) for record in self._all("meeting")]
        return tuple(sorted(found, key=lambda each: (not each.start, each.start, each.order, each.id)))

    def _outputs(self) -> tuple[SessionOutput, ...]:
        found = map(groundwork.session_output, self._all("session_output"))
        return tuple(sorted(found, key=lambda each: (each.session, each.output)))

    def _inputs(self) -> tuple[Input, ...]:
        changed = self._grouped("input_programme", "input", lambda r: str(r.programme))
        return tuple(groundwork.heard(record, changed[record.id]) for record in self._all("input"))


def _first(entry: tuple[tuple[bool, str, str], Programme]) -> tuple[bool, str, str]:
    """The place of a programme in the order."""
    return entry[0]
