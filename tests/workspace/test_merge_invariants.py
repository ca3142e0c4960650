"""The seventeen invariants of working apart, each with the law that states it and a case that shows it.

Laws run on few random examples by default and on many more with ``-m torture``.
``INVARIANTS`` names both for every number; a name that is gone fails here.
"""

from __future__ import annotations

import importlib
import itertools
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as play

from desktop.base.errors import RancangError
from desktop.workspace import Author, Workspace, bring_back, tables
from desktop.workspace.errors import FileTooNew
from desktop.workspace.incoming import read_incoming
from desktop.workspace.journal import ChangeSet, Edit
from desktop.workspace.merge import ALGORITHM
from tests.workspace.histories import (
    HOW,
    Copies,
    hurried,
    incoming_from,
    integrity,
    oracle,
    seed,
    state,
    take,
    unite,
)
from tests.workspace.test_merge_laws import LABEL, apart, set_status, write

pytestmark = pytest.mark.uncounted

HERE = "test_merge_invariants"
MACHINE = f"{HERE}::test_people_working_apart"
HISTORIES = "test_merge_laws::test_random_histories_end_equal_with_nothing_lost"
INVARIANTS: dict[int, tuple[str, str, str]] = {
    1: (
        "commutative",
        f"{HERE}::test_any_order_and_any_grouping_end_equal",
        "test_merge_cycles::test_three_in_a_ring_in_any_order_of_exchange",
    ),
    2: (
        "associative",
        f"{HERE}::test_any_order_and_any_grouping_end_equal",
        "test_conflicts::test_three_who_never_settle_a_text_still_merge_in_no_time",
    ),
    3: (
        "idempotent, also after merging in pairs",
        f"{HERE}::test_any_order_and_any_grouping_end_equal",
        "test_bring_back::test_twice_is_once",
    ),
    4: (
        "all copies equal, what differs included, after any gossip",
        HISTORIES,
        "test_conflicts::test_settled_both_ways_at_once_is_seen_by_both",
    ),
    5: (
        "nothing lost, by an independent oracle",
        HISTORIES,
        "test_merge_laws::test_an_edit_on_what_a_colleague_deleted_stays_and_is_shown",
    ),
    6: (
        "no false conflict",
        HISTORIES,
        "test_merge_laws::test_two_who_settle_differently_differ_again_and_equally_do_not",
    ),
    7: (
        "no silent overwrite",
        HISTORIES,
        "test_merge_laws::test_a_form_filled_before_a_merge_does_not_overwrite_what_came_in",
    ),
    8: (
        "what was settled stays settled; stale files change nothing",
        MACHINE,
        "test_merge_laws::test_old_work_brought_back_late_changes_nothing",
    ),
    9: (
        "computed step by step or anew, the same",
        MACHINE,
        "test_merge_cycles::test_a_step_back_that_closes_another_circle_steps_back_again",
    ),
    10: (
        "references whole, no circles, natural keys unique, nothing pending",
        MACHINE,
        "test_merge_cycles::test_comments_under_each_other_can_still_be_read_and_deleted",
    ),
    11: (
        "a copied file with the same replica collides with nothing",
        MACHINE,
        "test_file::test_two_files_with_one_identity_still_unite",
    ),
    12: (
        "undo and redo restore, and never touch later edits",
        "test_session::test_whatever_a_person_does_can_be_walked_back_and_forth",
        "test_undo::test_what_a_colleague_changed_since_is_left_alone",
    ),
    13: (
        "a damaged, incomplete or foreign file leaves ours as it was",
        f"{HERE}::test_a_file_damaged_anywhere_changes_nothing_or_brings_what_it_says",
        "test_bring_back::test_changes_whose_past_is_missing_are_refused",
    ),
    14: (
        "the preview is the result",
        MACHINE,
        "test_bring_back::test_the_preview_is_the_result",
    ),
    15: (
        "an edit replaces only what stood on its author's screen",
        HISTORIES,
        "test_conflicts::test_a_form_filled_before_a_merge_from_a_copied_file_does_not_overwrite",
    ),
    16: (
        "what only newer programs know passes through unharmed",
        f"{HERE}::test_what_only_a_newer_program_knows_passes_through",
        f"{HERE}::test_a_field_of_a_newer_program_is_carried_on_by_an_older_one",
    ),
    17: (
        "a kill or a full disk at any moment loses nothing acknowledged",
        "test_torture::test_a_hundred_kills_lose_nothing",
        f"{HERE}::test_a_full_disk_in_a_merge_leaves_everything_as_it_was",
    ),
}


@pytest.mark.parametrize("number", range(1, 18))
def test_every_invariant_has_its_law_and_its_case(number: int) -> None:
    says, *names = INVARIANTS[number]
    assert says
    for name in names:
        module, _, function = name.partition("::")
        assert callable(getattr(importlib.import_module(f"tests.workspace.{module}"), function)), name


def examples(number: int) -> settings:
    """So many random examples, the same ones every time."""
    return settings(
        max_examples=number, stateful_step_count=24, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink],
    )  # fmt: skip


@pytest.fixture
def template(make: Callable[..., Workspace]) -> Path:
    """A small workspace that every history starts from."""
    workspace = make("template")
    seed(workspace)
    workspace.close()
    return workspace.path


def started(template: Path, folder: Path, copies: int) -> Copies:
    """So many people's copies of the template."""
    folder.mkdir()
    shutil.copy(template, folder / "first.rancang")
    return Copies(hurried(folder / "first.rancang", "Sari"), folder, copies)


# -- 1, 2, 3 ------------------------------------------------------------------------------------------
def any_order(template: Path, folder: Path, rng: random.Random) -> None:
    """Three people work on their own; their files come together in every order and grouping."""
    world = started(template, folder, 3)
    try:
        for i, _ in itertools.product(range(3), range(5)):
            world.edit(i, rng)
        sent = [incoming_from(copy) for copy in world.copies]
        ends = []
        for order in itertools.permutations(range(3)):
            with clone(template, folder / "fresh.rancang") as fresh:
                for i in order:
                    unite(fresh, sent[i])
                    unite(fresh, sent[i])
                ends.append(state(fresh))
        for i, j, k in itertools.permutations(range(3)):
            # j and k first unite with each other, then i with both
            with clone(world.copies[j].path, folder / "pair.rancang") as pair:
                unite(pair, sent[k])
                both = incoming_from(pair)
            with clone(world.copies[i].path, folder / "fresh.rancang") as fresh:
                unite(fresh, both)
                ends.append(state(fresh))
        assert all(each == ends[0] for each in ends)
    finally:
        world.close()
        world.copies[0].close()


class clone:  # noqa: N801 - used as a word of the test
    """A copy of a file, for a moment."""

    def __init__(self, source: Path, path: Path) -> None:
        shutil.copy(source, path)
        self._workspace = hurried(path, "Sari")

    def __enter__(self) -> Workspace:
        return self._workspace

    def __exit__(self, *_: object) -> None:
        self._workspace.close()
        self._workspace.path.unlink()


def orders(template: Path, folder: Path, number: int) -> None:
    count = itertools.count()

    @examples(number)
    @given(st.integers(0, 2**32))
    def law(chosen: int) -> None:
        any_order(template, folder / f"orders{next(count)}", random.Random(chosen))

    law()


@pytest.mark.slow
def test_any_order_and_any_grouping_end_equal(template: Path, tmp_path: Path) -> None:
    orders(template, tmp_path, 2)


@pytest.mark.torture
def test_any_order_and_any_grouping_end_equal_many_times(template: Path, tmp_path: Path) -> None:
    orders(template, tmp_path, 300)


# -- 4 to 11, 14, 15: people working apart, step by step ------------------------------------------------
class Apart(RuleBasedStateMachine):
    """Two to four people with a few rows between them; after every step what must always hold is asked."""

    template: Path
    folder: Path
    count = itertools.count()

    @initialize(copies=st.integers(2, 3))
    def start(self, copies: int) -> None:
        self.world = started(self.template, self.folder / f"apart{next(self.count)}", copies)
        self.sent: list[tuple[Any, set[str]]] = []
        self.screens: dict[int, tuple[int, set[str]]] = {}

    def _one(self, i: int) -> int:
        return i % len(self.world.copies)

    @rule(i=st.integers(0, 3), how=st.integers(0, 2**32))
    def edit(self, i: int, how: int) -> None:
        """Anything a person can do to a row: texts, figures, moves, new rows, deleted ones, remarks."""
        self.world.edit(self._one(i), random.Random(how))

    @rule(i=st.integers(0, 3), word=st.sampled_from(["Alpha eins.", "Beta zwei.", ""]))
    def rewrite(self, i: int, word: str) -> None:
        i = self._one(i)
        copy = self.world.copies[i]
        if copy.plan().programmes:
            row = copy.plan().programmes[0]
            write(copy, row.id, row.service.read("id").replace("Beta two.", word))
            self.world.note(i)

    @rule(i=st.integers(0, 3), again=st.booleans())
    def take_back(self, i: int, again: bool) -> None:
        i = self._one(i)
        copy = self.world.copies[i]
        if again:
            copy.redo()
        else:
            copy.undo()
        self.world.note(i)

    @rule(i=st.integers(0, 3), how=st.integers(0, 2**32))
    def settle(self, i: int, how: int) -> None:
        i = self._one(i)
        before = self.world.copies[i].conflicts()
        if before:
            settled = self.world.settle(i, random.Random(how))
            left = self.world.copies[i].conflicts()
            if settled.kind == "value":
                assert settled not in left
                assert not any(
                    (c.row, c.field, c.kind) == (settled.row, settled.field, "value") for c in left
                )

    @rule(i=st.integers(0, 3))
    def look(self, i: int) -> None:
        """Fill a form; it will be saved later, whatever comes in meanwhile."""
        i = self._one(i)
        self.screens[i] = (self.world.copies[i].position, set(self.world.seen[i]))

    @precondition(lambda self: self.screens)
    @rule(pick=st.integers(0, 3), status=st.sampled_from("abc"))
    def save_late(self, pick: int, status: str) -> None:
        i = sorted(self.screens)[pick % len(self.screens)]
        (position, known), copy = self.screens.pop(i), self.world.copies[i]
        own = copy._journal.ids() - copy._journal.arrived_since(position)
        there = [p.id for p in copy.plan().programmes]
        if there:
            with copy.operation(LABEL, seen=position) as op:
                op.set("programme", there[0], status=status)
            self.world.note(i, screen=known | own)

    @precondition(lambda self: len(self.world.copies) < 4)
    @rule(i=st.integers(0, 3))
    def copy_in_explorer(self, i: int) -> None:
        self.world.duplicate(self._one(i))

    @rule(source=st.integers(0, 3), into=st.integers(0, 3), how=st.sampled_from(HOW))
    def unite(self, source: int, into: int, how: str) -> None:
        """The preview says what happens, and leaves everything as it was."""
        source, target = self._one(source), self._one(into)
        if source == target:
            return
        theirs, mine = self.world.copies[source], self.world.copies[target]
        came, before = incoming_from(theirs, mine, how=how), state(mine)
        with mine._writing(keep=False) as journal:
            shown = bring_back.merge(journal, came)
        assert state(mine) == before
        done = unite(mine, came)
        assert done == shown
        assert {(c.table, c.row) for c in done.rows} >= differing(before, state(mine))
        self.world.seen[target] |= self.world.seen[source]
        self.sent.append((came, {c.id for c in came.change_sets}))

    @precondition(lambda self: self.sent)
    @rule(pick=st.integers(0, 30), i=st.integers(0, 3))
    def stale(self, pick: int, i: int) -> None:
        """A file that was taken long ago is found on a stick and taken once more."""
        came, sets = self.sent[pick % len(self.sent)]
        copy = self.world.copies[self._one(i)]
        if sets <= copy._journal.ids():
            before = state(copy)
            assert unite(copy, came).rows == ()
            assert state(copy) == before

    @invariant()
    def whole(self) -> None:
        for copy in self.world.copies if hasattr(self, "world") else ():
            assert copy._connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert copy._connection.execute(tables.gate.select()).scalar() == 0

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        world = self.world
        try:
            for copy in world.copies:
                oracle(copy, world.seen_when_written)
            for _ in range(2):
                for source, target in itertools.permutations(range(len(world.copies)), 2):
                    world.sync(source, target)
            assert all(state(copy) == state(world.copies[0]) for copy in world.copies)
            integrity(world.copies[0])
            oracle(world.copies[0], world.seen_when_written)
        finally:
            world.close()
            world.copies[0].close()
            shutil.rmtree(world.folder)


def differing(before: Any, after: Any) -> set[tuple[str, str]]:
    """The rows (table, id) whose values are not the same."""
    return {
        (table, row)
        for table in tables.rows
        for row in {record[0] for record in {*before[table]} ^ {*after[table]}}
    }


def machine(template: Path, folder: Path) -> type[Apart]:
    return type("People", (Apart,), {"template": template, "folder": folder})


def test_people_working_apart(template: Path, tmp_path: Path) -> None:
    play(machine(template, tmp_path), settings=examples(6))


@pytest.mark.torture
def test_people_working_apart_for_long(template: Path, tmp_path: Path) -> None:
    play(machine(template, tmp_path), settings=examples(400))


# -- 13 -----------------------------------------------------------------------------------------------
def damaged(template: Path, folder: Path, number: int) -> None:
    folder.mkdir(exist_ok=True)
    theirs = Workspace(folder / "theirs.rancang", Author("Budi"), read_only=False)
    shutil.copy(template, theirs.path)
    theirs._connect()
    set_status(theirs, theirs.plan().programmes[0].id, "theirs")
    theirs.close()
    whole = theirs.path.read_bytes()

    @examples(number)
    @given(st.integers(0, len(whole) - 1), st.integers(1, 255), st.booleans())
    def law(at: int, change: int, cut: bool) -> None:
        broken = folder / "broken.rancang"
        broken.write_bytes(whole[:at] if cut else whole[:at] + bytes([whole[at] ^ change]) + whole[at + 1 :])
        with clone(template, folder / "mine.rancang") as mine:
            before, bytes_before = state(mine), mine.path.read_bytes()
            try:
                shown = mine.preview(broken)
            except RancangError:  # any sentence for people; a traceback is a fault
                with pytest.raises(RancangError):
                    take_whole(mine, broken)
                assert (state(mine), mine.path.read_bytes()) == (before, bytes_before)
            else:
                # the byte was in unused space, or in what is local to that copy
                assert shown.change_sets in {0, 1}
                assert all(change.kind == "changed" for change in shown.rows)

    law()


def take_whole(mine: Workspace, path: Path) -> None:
    incoming = read_incoming(path, mine._journal.ids())
    with mine._writing() as journal:
        bring_back.merge(journal, incoming)


@pytest.mark.slow
def test_a_file_damaged_anywhere_changes_nothing_or_brings_what_it_says(
    template: Path, tmp_path: Path
) -> None:
    damaged(template, tmp_path / "damaged", 12)


@pytest.mark.torture
def test_a_file_damaged_anywhere_many_times(template: Path, tmp_path: Path) -> None:
    damaged(template, tmp_path / "damaged", 1_500)


# -- 16 -----------------------------------------------------------------------------------------------
def newer(workspace: Workspace, edits: list[Edit]) -> ChangeSet:
    """What a newer program would write into this copy: tables and fields nobody here knows."""
    from desktop.base import clock

    with workspace._writing() as journal:
        return journal.write(edits, kind="edit", label=LABEL, author=Author("Nanti"), now=clock.now())


NAMES = st.from_regex(r"zz_[a-z_]{1,12}", fullmatch=True)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text("aé°\n€", max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.slow
def test_what_only_a_newer_program_knows_passes_through(template: Path, tmp_path: Path) -> None:
    """From a newer program through ours to another one, by a whole file and by change sets alone."""
    count = itertools.count()

    @examples(5)
    @given(NAMES, st.dictionaries(NAMES, VALUES, max_size=3), NAMES, VALUES)
    def law(table: str, values: dict[str, Any], field: str, value: Any) -> None:
        folder = tmp_path / str(next(count))
        folder.mkdir()
        row = "ab" * 16
        with clone(template, folder / "theirs.rancang") as theirs:
            known = theirs.plan().programmes[0].id
            sent = newer(theirs, [Edit(table, row, "I", "", values, ())])
            newer(theirs, [Edit(table, row, "U", field, value, (f"{sent.id}.0",)),
                           Edit("programme", known, "U", field, value, ())])  # fmt: skip
            came = {how: incoming_from(theirs, theirs, how=how) for how in ("full", "file")}
        for how in ("full", "file"):
            with clone(template, folder / "ours.rancang") as ours:
                before = ours.plan()
                unite(ours, came[how])
                assert ours.plan().programmes == before.programmes
                set_status(ours, known, "ours")
                ours.self_check()
                through = incoming_from(ours)
            there = {c.id: c for c in through.change_sets}
            for original in came[how].change_sets:
                assert there[original.id].edits == original.edits
                assert there[original.id].content_hash() == original.id

    law()


def test_a_field_of_a_newer_program_is_carried_on_by_an_older_one(make: Callable[..., Workspace]) -> None:
    """It is kept through our own edits, a delete of the row and its undo."""
    mine, theirs, row = apart(make)
    heads = next(iter(theirs._journal.heads([("programme", row)]).values()))
    replaced = tuple(op for ops in heads.values() for op in ops)[:1]
    newer(theirs, [Edit("programme", row, "U", "zz_later", "kept", replaced)])
    take(mine, theirs)
    set_status(mine, row, "a")
    with mine.operation(LABEL) as op:
        op.delete("programme", row)
    mine.undo()
    fields = mine._journal.load([("programme", row)])["programme", row]
    assert any(op.kind == "I" and op.value.get("zz_later") == "kept" for op in fields)
    take(theirs, mine)
    assert theirs.conflicts() == []
    theirs.self_check()


def test_rows_computed_by_newer_rules_are_refused_and_older_ones_computed_anew(
    make: Callable[..., Workspace],
) -> None:
    mine, theirs, _ = apart(make)
    assert mine._journal.meta("algo") == str(ALGORITHM)
    for copy, version in ((theirs, ALGORITHM + 1), (mine, ALGORITHM - 1)):
        with copy._writing() as journal:
            journal.set_meta("algo", str(version))
        copy.close()
    before = theirs.path.read_bytes()
    with pytest.raises(FileTooNew):
        Workspace.open(theirs.path)
    assert theirs.path.read_bytes() == before
    with Workspace.open(mine.path) as again:
        assert again._journal.meta("algo") == str(ALGORITHM)
        with pytest.raises(FileTooNew):
            again.preview(theirs.path)


# -- 17 -----------------------------------------------------------------------------------------------
def test_a_full_disk_in_a_merge_leaves_everything_as_it_was(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    with theirs.operation(LABEL) as op:
        for n in range(60):
            op.insert("programme", title={"id": f"P{n}"}, service={"id": f"{n} Kalimat yang panjang. " * 400})
    before, came = state(mine), incoming_from(theirs)
    pages = mine._raw().execute("PRAGMA page_count").fetchone()[0]
    mine._raw().execute(f"PRAGMA max_page_count={pages + 4}")
    with pytest.raises(RancangError):
        unite(mine, came)
    assert state(mine) == before
    mine._raw().execute("PRAGMA max_page_count=1000000")
    set_status(mine, row, "still here")
    mine.self_check()
    assert replace(unite(mine, came), per_file=()).change_sets == 1
