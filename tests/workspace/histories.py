"""Random histories of several copies of one workspace, with an oracle that knows who had seen what."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desktop.base import Message
from desktop.base.canonical import canonical_text
from desktop.workspace import (
    Author,
    Place,
    Plan,
    Workspace,
    bring_back,
    cycles,
    projection,
    selfcheck,
    tables,
)
from desktop.workspace.incoming import Incoming, read_file
from desktop.workspace.merge import Conflict, RowOps
from desktop.workspace.merge_report import MergeReport
from desktop.workspace.operation import Operation
from desktop.workspace.records import DUTY_STATES, INITIAL_STATES
from desktop.workspace.registers import policy_of

LABEL = Message("workspace.label.resolve")
HOW = ("delta", "delta", "full", "full", "file")


class Copies:
    """Copies of one workspace held in files of one folder; every action is written down for the oracle."""

    def __init__(self, first: Workspace, folder: Path, number: int) -> None:
        self.folder = folder
        self.copies = [first]
        for n in range(1, number):
            path = folder / f"copy{n}.rancang"
            raw = sqlite3.connect(path)
            first._raw().backup(raw)
            raw.close()
            self.copies.append(_open_as(path, f"Person {n}"))
        base = first._journal.ids()
        self.seen_when_written: dict[str, frozenset[str]] = dict.fromkeys(base, frozenset())
        self.seen = [set(base) for _ in self.copies]
        self.count = 0

    def note(self, i: int, *, screen: set[str] | None = None) -> None:
        """Remember what this copy had seen (or what was on its screen) when it wrote what is new."""
        for change_set in self.copies[i]._journal.ids() - self.seen[i]:
            self.seen_when_written[change_set] = frozenset(self.seen[i] if screen is None else screen)
            self.seen[i].add(change_set)

    def edit(self, i: int, rng: random.Random) -> None:
        """One edit of any kind in one copy."""
        self.count += 1
        _edit(self.copies[i], rng, f"w{i}x{self.count}")
        self.note(i)

    def settle(self, i: int, rng: random.Random) -> Conflict:
        """Settle something that was filled differently; returns what it was."""
        settled = _settle(self.copies[i], rng)
        self.note(i)
        return settled

    def sync(self, source: int, target: int, how: str = "delta") -> None:
        """Bring one copy's work back into another."""
        if source != target:
            take(self.copies[target], self.copies[source], how=how)
            self.seen[target] |= self.seen[source]

    def duplicate(self, i: int) -> None:
        """Somebody copies the file in the file manager and works on in both, under one replica."""
        path = self.folder / f"copy{len(self.copies)}.rancang"
        raw = sqlite3.connect(path)
        self.copies[i]._raw().backup(raw)
        raw.close()
        self.copies.append(hurried(path, self.copies[i].author.name))
        self.seen.append(set(self.seen[i]))

    def act(self, rng: random.Random) -> None:
        """One random thing a person does to one copy."""
        i = rng.randrange(len(self.copies))
        if rng.random() < 0.25:
            self.sync(rng.randrange(len(self.copies)), i, rng.choice(HOW))
            return
        if rng.random() < 0.03 and len(self.copies) < 4:
            self.duplicate(i)
            return
        self.count += 1
        copy = self.copies[i]
        kind = rng.random()
        if kind < 0.08:
            copy.undo()
        elif kind < 0.12:
            copy.redo()
        elif kind < 0.2 and copy.conflicts():
            _settle(copy, rng)
        else:
            _edit(copy, rng, f"w{i}x{self.count}")
        self.note(i)

    def close(self) -> None:
        for copy in self.copies[1:]:
            copy.close()


def hurried(path: Path, person: str) -> Workspace:
    """A copy opened without ceremony, whose writes nobody waits for: power cuts are tried elsewhere."""
    copy = Workspace(path, Author(person), read_only=False)
    copy._connect()
    copy._raw().execute("PRAGMA synchronous=OFF")
    return copy


def incoming_from(source: Workspace, target: Workspace | None = None, *, how: str = "full") -> Incoming:
    """What a copy has to bring, through JSON as a changes file would carry it.

    ``how``: the whole ``file`` as it lies there, ``full`` without the file in between, or only the ``delta``.
    """
    if how == "file":
        incoming = read_file(source.path)
    else:
        known = target._journal.ids() if how == "delta" and target is not None else set()
        replicas = source._connection.execute(sa.select(tables.replica)).mappings().all()
        sets = tuple(source._journal.change_sets(known))
        incoming = Incoming(source.id, sets, tuple(map(dict, replicas)), source.path)
    sets = tuple(
        replace(c, edits=tuple(replace(e, value=json.loads(json.dumps(e.value))) for e in c.edits))
        for c in incoming.change_sets
    )
    return replace(incoming, change_sets=sets)


def unite(target: Workspace, incoming: Incoming) -> MergeReport:
    """Merge without backups, which are tested by themselves."""
    with target._writing() as journal:
        report = bring_back.merge(journal, incoming)
    target._tell({(c.table, c.row) for c in report.rows})
    return report


def take(target: Workspace, source: Workspace, *, how: str = "file") -> None:
    """Merge one copy into another."""
    unite(target, incoming_from(source, target, how=how))


def _open_as(path: Path, person: str) -> Workspace:
    copy = hurried(path, person)
    with copy._writing() as journal:
        journal.register_replica(copy.author, person, journal.meta("replica"), "2026-11-24T00:00:00+00:00")
    return copy


def _settle(copy: Workspace, rng: random.Random) -> Conflict:
    conflict = rng.choice(copy.conflicts())
    if conflict.kind in {"value", "cycle"}:
        ops = copy._journal.load([(conflict.table, conflict.row)])[conflict.table, conflict.row]
        history = RowOps(conflict.table, conflict.row, ops)
        values = [history.value(op, conflict.field) for op in history.heads(conflict.field) if op.kind != "D"]
        copy.resolve(conflict, rng.choice(values))
    else:
        copy.resolve(conflict, keep=rng.random() < 0.5)
    return conflict


TEXT = "Alpha one. Beta two. Gamma three.\n\nDelta four. Epsilon five.\n\nZeta six."


def seed(workspace: Workspace) -> None:
    """A few rows, so that people collide."""
    with workspace.operation(LABEL) as op:
        agency = op.insert("agency", name={"id": "Dinas"})
        for n in range(2):
            op.insert("agency", name={"id": f"Badan {n}"})
        for n in range(3):
            row = op.insert("programme", title={"id": f"P{n}"}, service={"id": TEXT}, lead=agency)
            op.put("budget_line", programme=row, year=2027, source="apbd", indicative=100 + n)


def _edit(copy: Workspace, rng: random.Random, word: str) -> None:
    plan = copy.plan()
    some = rng.choice(plan.programmes) if plan.programmes else None
    with copy.operation(LABEL) as op:
        match rng.randrange(18):
            case 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 as kind:
                _edit_beside(op, plan, rng, word, kind)
            case 0 | 1 if some:
                op.put("budget_line", programme=some.id, year=rng.choice([2027, 2028]), source="apbd",
                       indicative=rng.randrange(4))  # fmt: skip
            case 2 if some:
                op.set("programme", some.id, status=f"s{rng.randrange(3)}", quick_win=rng.random() < 0.5)
            case 3 | 4 if some:
                words = some.service.read("id").split(" ")
                at = rng.randrange(len(words) + 1)
                words[at : at + rng.randrange(3)] = [word]
                op.write("programme", some.id, "service", "id", " ".join(words))
            case 5 if some:
                op.delete("programme", some.id)
            case 6 if some and some.budget:
                op.delete("budget_line", some.budget[0].id)
            case 7:
                op.insert("programme", title={"id": word}, service={"id": TEXT})
            case 8:
                op.answer("profile.members", rng.sample(["a", "b", "c", "d"], rng.randrange(4)), policy="set")
            case _ if some:
                op.set("programme", some.id, sort=f"{rng.randrange(9)}")


def _edit_beside(op: Operation, plan: Plan, rng: random.Random, word: str, kind: int) -> None:
    """Something about the plan, or about who does it."""
    match kind:
        case 10:
            _remark(op, plan, rng, word)
        case 11 if plan.comments:
            _settle_remark(op, rng.choice(plan.comments).id, rng)
        case 12:
            _date(op, plan, rng)
        case 13 | 14:
            _move(op, plan, rng)
        case 15 if plan.agencies:
            state = rng.choice(DUTY_STATES)
            op.duty("checks", "", rng.choice(plan.agencies).id, state=state, by=word, note=f"{TEXT} {word}")
        case 16:
            _suggest(op, plan, rng, word)
        case 17:
            _initial(op, plan, rng, word)


def _remark(op: Operation, plan: Plan, rng: random.Random, word: str) -> None:
    """A comment, or an answer to one."""
    if plan.comments and rng.random() < 0.5:
        op.reply(rng.choice(plan.comments).id, word, Author("Rina", "mentor"))
    else:
        about = rng.choice(plan.programmes).id if plan.programmes else ""
        owner = plan.agencies[0].id if plan.agencies else ""
        place = Place("programme", about, "service")
        op.comment(place, f"{TEXT} {word}", Author("Rina"), owner=owner, due="2027-01-31")


def _settle_remark(op: Operation, row: str, rng: random.Random) -> None:
    match rng.randrange(4):
        case 0:
            op.delete("comment", row)
        case 1:
            op.set("comment", row, state=rng.choice(["open", "done", "declined"]))
        case 2:
            op.set("comment", row, block=rng.choice("abc"), due=f"2027-0{rng.randrange(1, 4)}-01")
        case _:
            op.set("comment", row, body=f"{TEXT} w{rng.randrange(99)}")


def _suggest(op: Operation, plan: Plan, rng: random.Random, word: str) -> None:
    """A suggested text, or the owner's answer to one."""
    if plan.suggestions and rng.random() < 0.6:
        state = rng.choice(["accepted", "declined"])
        op.set("suggestion", rng.choice(plan.suggestions).id, state=state, answered_by=word)
    elif plan.programmes:
        some = rng.choice(plan.programmes)
        place = Place("programme", some.id, "service")
        op.suggest(place, some.service.read("id"), word, Author("Rina", "mentor"), reason=word)


def _initial(op: Operation, plan: Plan, rng: random.Random, word: str) -> None:
    """A paraf given, given back or taken away, of one agency's head or of a step for all."""
    if plan.initials and rng.random() < 0.2:
        op.delete("initial", rng.choice(plan.initials).id)
    else:
        whose = rng.choice(["", *(agency.id for agency in plan.agencies)])
        said = {"by": word, "content": plan.head, "note": f"{TEXT} {word}"}
        op.initial(
            "law", whose, state=rng.choice(INITIAL_STATES), at=f"2027-0{rng.randrange(1, 4)}-01", **said
        )


def _move(op: Operation, plan: Plan, rng: random.Random) -> None:
    """Put a row under another of its own kind, or under none; two people may close a circle that way."""
    if plan.comments and rng.random() < 0.3:
        moved, under = rng.choice(plan.comments).id, rng.choice(plan.comments).id
        op.set("comment", moved, parent=under if rng.random() < 0.8 else None)
    elif plan.agencies:
        moved, under = rng.choice(plan.agencies).id, rng.choice(plan.agencies).id
        if rng.random() < 0.1:
            op.delete("agency", moved)
        else:
            op.set("agency", moved, successor=under if rng.random() < 0.8 else None)


def _date(op: Operation, plan: Plan, rng: random.Random) -> None:
    """A deadline set, moved or taken away; of the whole document, or of the one agency."""
    if plan.deadlines and rng.random() < 0.3:
        op.delete("deadline", rng.choice(plan.deadlines).id)
    else:
        whose = rng.choice(["", *(agency.id for agency in plan.agencies)])
        op.deadline(f"2027-0{rng.randrange(1, 4)}-01", page="checks", agency=whose, note=rng.choice("xy"))


def integrity(copy: Workspace) -> None:
    """Foreign keys whole; the rows are what the journal says; nothing is left over."""
    connection = copy._connection
    assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    for table, field in cycles.POINTING:
        assert not circles(edges(connection, table, field)), ("in a circle", table, field)
    assert connection.execute(sa.select(tables.gate.c.open)).scalar() == 0
    copy.self_check()


def edges(connection: sa.Connection, table: str, field: str) -> dict[str, str]:
    """Which row points to which other of its table, as it is shown."""
    target = tables.rows[table]
    found = connection.execute(sa.select(target.c.id, target.c[field]).where(target.c[field].is_not(None)))
    return dict(map(tuple, found.all()))


def circles(pointing: dict[str, str]) -> set[str]:
    """The rows from which one comes back to where one was (the plainest way to find out)."""
    out = set()
    for start in pointing:
        row, steps = pointing.get(start), 0
        while row is not None and row != start and steps < len(pointing):
            row, steps = pointing.get(row), steps + 1
        if row == start:
            out.add(start)
    return out


def state(copy: Workspace) -> object:
    """Everything that must be equal on every copy."""
    return selfcheck.state(copy._connection)


def oracle(copy: Workspace, seen_when_written: dict[str, frozenset[str]]) -> None:
    """By what the test itself knows: nothing lost, nothing silently overwritten, no false conflict."""
    journal = copy._journal
    by_row: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for c in journal.change_sets():
        for op in c.ops():
            by_row[op.table, op.row].append(op)
            replaced = {pred.partition(".")[0] for pred in op.pred}
            assert replaced <= seen_when_written[c.id], ("replaced what was not on the screen", op)
    open_now: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for conflict in projection.open_conflicts(copy._connection):
        open_now[conflict.table, conflict.row].add((conflict.kind, conflict.field))
    shown = {key: RowOps(*key, ops).resolve() for key, ops in by_row.items()}
    there = {
        (name, row)
        for name, table in tables.rows.items()
        for row in copy._connection.execute(sa.select(table.c.id)).scalars()
    }
    _check_circles(copy, {key: resolved.values for key, resolved in shown.items()})
    for key, ops in by_row.items():
        _check_row(key, ops, shown[key].values, open_now[key], key in there, seen_when_written)


def _check_circles(copy: Workspace, meant: dict[tuple[str, str], Any]) -> None:
    """What is shown is what was meant, but where people's moves close a circle; and that is listed."""
    listed = {(c.table, c.row, c.field) for c in copy.conflicts() if c.kind == "cycle"}
    for table, field in cycles.POINTING:
        shown = edges(copy._connection, table, field)
        there = set(copy._connection.execute(sa.select(tables.rows[table].c.id)).scalars())
        wanted = {row: meant[table, row].get(field) for row in there}
        differing = {row for row in there if shown.get(row) != wanted[row]}
        here = {row for name, row, register in listed if (name, register) == (table, field)}
        assert differing <= here, ("moved and not said", table, field)
        if here:
            assert circles({row: other for row, other in wanted.items() if other}), ("no circle", table)


def _check_row(key: Any, ops: Any, values: Any, conflicts: Any, there: bool, seen: Any) -> None:
    fields = {op.field for op in ops if op.kind == "U"} | {
        f for op in ops if op.kind == "I" for f in op.value
    }
    any_alive = False
    for field in fields:
        touching = [op for op in ops if op.kind != "U" or op.field == field]
        maximal = [
            op for op in touching if not any(op.change_set in seen[other.change_set] for other in touching)
        ]
        stated = [op for op in maximal if op.kind == "U" or (op.kind == "I" and field in op.value)]
        alive = stated or [op for op in maximal if op.kind == "I"]
        if not alive:
            continue
        any_alive = True
        distinct = {canonical_text(RowOps.value(op, field)) for op in alive}
        policy = policy_of(
            key[0], field, next((op.value.get("policy", "") for op in ops if op.kind == "I"), "")
        )
        if len(maximal) > len([op for op in maximal if op.kind != "D"]) and any(
            op.kind == "U" for op in alive
        ):
            assert ("delete-edit", "") in conflicts, ("delete against edit not shown", key, field)
        if len(distinct) == 1:
            assert ("value", field) not in conflicts, ("false conflict", key, field)
            assert canonical_text(values[field]) in distinct, ("another value is shown", key, field)
        elif policy == "conflict":
            assert ("value", field) in conflicts, ("silently overwritten", key, field, distinct)
        elif policy == "text" and ("value", field) not in conflicts:
            _check_words(ops, alive, field, values[field], seen)
    assert there or not any_alive, ("row lost", key)


def _check_words(ops: Any, alive: Any, field: str, merged: str, seen: Any) -> None:
    """Every word one head has and another author had never seen was typed beside it, so it must stay."""
    shown = set(merged.replace("\n", " ").split(" "))
    for head in alive:
        for word in (RowOps.value(head, field) or "").replace("\n", " ").split(" "):
            if not word.startswith("w") or word in shown:
                continue
            writers = {
                op.change_set
                for op in ops
                if (op.kind == "I" or op.field == field) and word in (RowOps.value(op, field) or "")
            }
            first = next(iter(sorted(writers, key=lambda c: len(seen[c]))))
            removed = any(first in seen[other.change_set] for other in alive if other is not head)
            assert removed, ("typed word lost", word, merged)
