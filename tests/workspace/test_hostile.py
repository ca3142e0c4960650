"""Files made to do harm: refused with a sentence or kept without harm; the own workspace stays whole."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desktop.base import Language, Message, RancangError
from desktop.base.speech import render
from desktop.workspace import Author, Workspace, engine, file, selfcheck, sentences
from desktop.workspace.bring_back import merge
from desktop.workspace.errors import (
    DamagedFile,
    FileTooNew,
    ForeignSchema,
    ForgedChanges,
    IncompleteChanges,
)
from desktop.workspace.incoming import Incoming
from desktop.workspace.journal import Edit, Journal
from desktop.workspace.registers import PLAN_ROW, TABLES
from tests.workspace.forging import add, newest, unguarded, well_made
from tests.workspace.test_operation import LABEL, programme

pytestmark = pytest.mark.uncounted

GHOST = "0" * 32


@pytest.fixture
def pair(make: Callable[..., Workspace]) -> tuple[Workspace, Path, str]:
    """An open workspace, a copy of its file to tamper with, and a programme in both."""
    mine = make("mine")
    row, _ = programme(mine)
    path = mine.path.with_name("theirs.rancang")
    shutil.copy(mine.path, path)
    return mine, path, row


def refused(mine: Workspace, path: Path, *errors: type[RancangError]) -> None:
    """Previewing and bringing back say no, and nothing has changed."""
    head, plan = mine.head, mine.plan()
    for attempt in (mine.preview, mine.bring_back):
        with pytest.raises(errors or RancangError) as told:
            attempt(path)
        for language in Language:
            assert not render(told.value.message, language).startswith("workspace.")
    assert (mine.head, mine.plan()) == (head, plan)
    mine.self_check()


def alive(mine: Workspace) -> None:
    """Everything a window does still works, also after closing."""
    mine.plan()
    mine.conflicts()
    for change_set in mine.recent():
        for language in Language:
            render(change_set.message, language)
    for each in mine.plan().programmes:
        mine.history("programme", each.id)
    with mine.operation(LABEL) as op:
        op.answer("profile.population", 5)
    mine.undo()
    mine.self_check()
    path = mine.path
    mine.close()
    with Workspace.open(path, author=mine.author) as again:
        again.plan()


WRONG = {
    "count at the end of numbers": {"lamport": 2**63 - 1},
    "count that stands still": {"lamport": 1},
    "count below zero": {"lamport": -5},
    "count that is a text": {"lamport": "9"},
    "sequence beyond numbers": {"seq": 2**62},
    "clock that is none": {"wall": "yesterday"},
    "clock at the calendar's edge": {"wall": "9999-12-31T23:59:59+00:00"},
    "clock of another zone": {"wall": "2026-11-24T10:00:00+07:00"},
    "day that is none": {"wall": "2026-02-31T10:00:00+00:00"},
    "zone without end": {"tz_minutes": 10**9},
    "label that is no JSON": {"label": "x"},
    "label that nests without end": {"label": "[" * 90_000},
    "label that is a list": {"label": "[1]"},
    "label beyond measure": {"label": json.dumps({"id": "x" * 200_000})},
    "kind that is no word": {"kind": "DROP TABLE"},
    "author beyond measure": {"author": "a" * 5_000},
    "replica that is none": {"replica": "../../etc"},
    "undoing what is no name": {"undoes": "x"},
    "version below one": {"schema": 0},
}


@pytest.mark.parametrize("wrong", list(WRONG))
def test_a_change_set_of_the_wrong_shape_is_refused(pair: tuple[Workspace, Path, str], wrong: str) -> None:
    mine, path, row = pair
    add(path, well_made(path, [Edit("programme", row, "U", "code", "X", ())], **WRONG[wrong]))
    refused(mine, path)


def test_a_change_set_of_a_newer_program_is_refused_as_such(pair: tuple[Workspace, Path, str]) -> None:
    mine, path, row = pair
    add(path, well_made(path, [Edit("programme", row, "U", "code", "X", ())], schema=2))
    refused(mine, path, FileTooNew)


def wrong_edits(row: str) -> dict[str, Edit]:
    return {
        "kind": Edit("programme", row, "X", "code", "x", ()),  # type: ignore[arg-type]
        "insert without fields": Edit("programme", row, "I", "", 5, ()),
        "delete with a value": Edit("programme", row, "D", "", "x", ()),
        "delete of a field": Edit("programme", row, "D", "code", None, ()),
        "update of the row's existence": Edit("programme", row, "U", "*", None, ()),
        "update of no field": Edit("programme", row, "U", "", "x", ()),
        "row name": Edit("programme", "'; DROP TABLE programme", "U", "code", "x", ()),
        "table name": Edit("pro gramme", row, "U", "code", "x", ()),
        "float": Edit("answer", row, "U", "value", 1.5, ()),
        "figure": Edit("programme", row, "U", "total_budget", 10**400, ()),
        "predecessor": Edit("programme", row, "U", "code", "x", ("no operation",)),
        "predecessor number": Edit("programme", row, "U", "code", "x", ("a" * 64 + ".-1",)),
        "reference to what was never made": Edit("programme", row, "U", "lead", GHOST, ()),
        "part of what was never made": Edit(
            "budget_line", GHOST, "I", "", {"programme": "e" * 32, "year": 2027}, ()
        ),
        "plan deleted": Edit("plan", PLAN_ROW, "D", "", None, ()),
        "region": Edit("plan", PLAN_ROW, "U", "region", "99.99", ()),
        "years": Edit("plan", PLAN_ROW, "U", "last_year", 10**12, ()),
    }


@pytest.mark.parametrize("wrong", list(wrong_edits(GHOST)))
def test_an_operation_of_the_wrong_shape_is_refused(pair: tuple[Workspace, Path, str], wrong: str) -> None:
    mine, path, row = pair
    edit = wrong_edits(row)[wrong]
    pred = (f"{newest(path)['id']}.0",) if edit.table == "plan" else edit.pred
    if edit.table == "plan":
        heads = mine._journal.heads([("plan", PLAN_ROW)])["plan", PLAN_ROW]
        pred = tuple(heads["*"])
    edit = Edit(edit.table, edit.row, edit.kind, edit.field, edit.value, pred)
    add(path, well_made(path, [edit]))
    refused(mine, path)


@pytest.mark.parametrize(
    "value",
    [b"NaN", b"-Infinity", b"[" * 100_000, b'"\\ud800"', b"\xff\xfe", b"", b"9" * 5000,
     b"[[[[[[[[[[1]]]]]]]]]]", b'{"a":1.5}'],
)  # fmt: skip
def test_a_value_that_is_none_is_refused(pair: tuple[Workspace, Path, str], value: bytes) -> None:
    mine, path, row = pair
    change_set = well_made(path, [Edit("answer", row, "U", "value", "x", ())])
    add(path, change_set, {0: value})
    refused(mine, path)


@pytest.mark.slow
def test_a_packed_text_that_would_fill_the_memory_is_refused(pair: tuple[Workspace, Path, str]) -> None:
    mine, path, row = pair
    base = well_made(path, [Edit("programme", row, "U", "service:id", "a", ())])
    add(path, base)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, b'"a"')
    bomb = packer.compress(b'"' + b"a" * (1 << 28)) + packer.flush()
    add(path, well_made(path, [Edit("programme", row, "U", "service:id", "b", (f"{base.id}.0",))]), {0: bomb})
    unguarded(path, f"UPDATE sync_op SET enc = 1 WHERE length(value) = {len(bomb)}")
    refused(mine, path)


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("UPDATE sync_txn SET author = CAST(x'ff' AS TEXT)", DamagedFile),
        ("UPDATE sync_txn SET parents = '5'", RancangError),
        ("UPDATE sync_txn SET parents = 'x'", DamagedFile),
        ("UPDATE sync_op SET pred = '[[1]]'", RancangError),
        ("UPDATE sync_op SET tbl = x'00'", RancangError),
        ("UPDATE sync_txn SET clock_suspect = 'maybe'", RancangError),
        ("UPDATE sync_meta SET value = 'x' WHERE key = 'workspace'", RancangError),
        ("DELETE FROM sync_meta", RancangError),
        ("ALTER TABLE sync_op RENAME COLUMN enc TO ence", ForeignSchema),
        ("ALTER TABLE sync_op ADD COLUMN more AS (hex(zeroblob(900000000)))", ForeignSchema),
        ("DROP TABLE blob_chunk", ForeignSchema),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    pair: tuple[Workspace, Path, str], statement: str, error: type[RancangError]
) -> None:
    mine, path, row = pair
    add(path, well_made(path, [Edit("programme", row, "U", "code", "X", ())]))
    unguarded(path, statement)
    refused(mine, path, error)


def test_a_file_without_one_of_its_guards_is_refused(pair: tuple[Workspace, Path, str]) -> None:
    mine, path, _ = pair
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("DROP TRIGGER guard_sync_op_update")
    raw.close()
    refused(mine, path, ForeignSchema)
    with pytest.raises(ForeignSchema):
        Workspace.open(path)


KEPT: list[tuple[str, Any]] = [
    ("code", 5),
    ("total_budget", "many"),
    ("total_budget", True),
    ("quick_win", "yes"),
    ("title:id", {"nested": ["x"]}),
    ("title", "without a language"),
    ("no_such_field", "x"),
    ("code", "text\u0000with\u0001controls\U0001f600"),
    ("sort", "ZZZ not a position"),
    ("start_year", 2**53 - 1),
]


@pytest.mark.parametrize(("field", "value"), KEPT)
def test_a_value_of_another_kind_is_kept_and_does_no_harm(
    pair: tuple[Workspace, Path, str], field: str, value: Any
) -> None:
    mine, path, row = pair
    add(path, well_made(path, [Edit("programme", row, "U", field, value, ())]))
    mine.bring_back(path)
    alive(mine)


def test_rows_that_lack_what_they_are_about_do_no_harm(pair: tuple[Workspace, Path, str]) -> None:
    mine, path, row = pair
    edits = [
        Edit(table, TABLES[table].identify(value) if table in TABLES else f"{n:032x}", "I", "", value, ())
        for n, (table, value) in enumerate(
            [
                ("budget_line", {"programme": row}),
                ("budget_line", {"year": 2027}),
                ("target", {"year": 2027}),
                ("answer", {"value": {"x": 1}}),
                ("answer", {"item": "profile.members", "value": ["a", 5], "policy": ["set"]}),
                ("cell", {"value": 10**12}),
                ("row", {}),
                ("set_aside", {"reason": "x"}),
                ("evidence", {"sha256": "x", "size": -1}),
                ("claim", {}),
                ("indicator", {"programme": row, "baseline": "1e999999999"}),
                ("indicator", {"programme": row, "baseline": "NaN"}),
                ("table_of_next_year", {"anything": {"a": [1]}}),
            ]
        )
    ]
    add(path, well_made(path, edits))
    mine.bring_back(path)
    assert {each.baseline for each in mine.plan().programmes[0].indicators} >= {None}
    alive(mine)


def test_a_row_is_called_by_its_key_and_keeps_it(pair: tuple[Workspace, Path, str]) -> None:
    """A second row for one answer would hide it for ever, and one of another item would take it away."""
    mine, path, _ = pair
    with mine.operation(LABEL) as op:
        answer = op.answer_text("profile.population", "id", "Banyak")
    said = {"item": "profile.population", "scope": "", "language": "id", "value": "Lain", "policy": "text"}
    whole = path.read_bytes()
    for edit in (
        Edit("answer", "f" * 32, "I", "", said, ()),
        Edit("answer", answer, "I", "", {**said, "item": "~shelf.x"}, ()),
        Edit("answer", answer, "U", "item", "~shelf.x", ()),
        Edit("answer", answer, "U", "policy", "lww", ()),
    ):
        path.write_bytes(whole)
        add(path, well_made(path, [edit]))
        with pytest.raises(ForgedChanges):
            mine.bring_back(path)
    path.write_bytes(whole)
    add(path, well_made(path, [Edit("answer", answer, "I", "", said, ())]))
    mine.bring_back(path)
    assert mine.plan().answer("profile.population").text.values
    alive(mine)


def test_of_several_files_a_forged_one_leaves_nothing_behind(pair: tuple[Workspace, Path, str]) -> None:
    """It is found out when its change sets are stored already; the next file is taken all the same."""
    mine, path, row = pair
    good = path.with_name("good.rancang")
    shutil.copy(path, good)
    wanted = add(good, well_made(good, [Edit("programme", row, "U", "code", "G", ())]))
    bad = add(path, well_made(path, [Edit("plan", PLAN_ROW, "U", "region", "99.99", ())]))
    report = mine.bring_back(path, good)
    assert [each.file for each in report.refused] == [path.name]
    assert {change.row for change in report.rows} == {row}
    assert {wanted.id, bad.id} & mine._journal.ids() == {wanted.id}
    alive(mine)


def test_replacing_an_operation_of_another_row_does_not_make_a_text_unreadable(
    pair: tuple[Workspace, Path, str],
) -> None:
    """The text was stored as a difference to the other row's and could never be read again."""
    mine, path, row = pair
    long = "Kalimat panjang tentang layanan. " * 30
    one = add(path, well_made(path, [Edit("programme", row, "U", "service:id", long, ())]))
    other = Edit("programme", "e" * 32, "I", "", {"title:id": "Lain"}, ())
    text = Edit("programme", "e" * 32, "U", "service:id", long + "Akhir.", (f"{one.id}.0",))
    add(path, well_made(path, [other, text]))
    mine.bring_back(path)
    texts = [each.service.read("id") for each in mine.plan().programmes]
    assert any(text.endswith("Akhir.") for text in texts)
    alive(mine)


def test_operations_that_replace_what_is_not_there_are_refused(pair: tuple[Workspace, Path, str]) -> None:
    mine, path, row = pair
    add(path, well_made(path, [Edit("programme", row, "U", "code", "x", ("a" * 64 + ".0",))]))
    refused(mine, path, IncompleteChanges)


@pytest.mark.slow
def test_a_long_chain_of_deletes_is_read_to_its_end(pair: tuple[Workspace, Path, str]) -> None:
    """It once went down one call per delete and fell."""
    mine, path, row = pair
    pred = tuple(
        sorted(
            {op for ops in mine._journal.heads([("programme", row)])["programme", row].values() for op in ops}
        )
    )
    last = well_made(path, [Edit("programme", row, "D", "", None, pred)])
    chain = [last]
    for _ in range(1200):
        last = well_made(
            path, [Edit("programme", row, "D", "", None, (f"{last.id}.0",))],
            parents=(last.id,), lamport=last.lamport + 1, seq=last.seq + 1,
        )  # fmt: skip
        chain.append(last)
    with mine._writing(keep=False) as journal:
        report = merge(journal, Incoming(mine.id, tuple(chain), (), path))
    assert report.change_sets == 1201


def test_a_file_of_somebody_else_s_replica_and_hash_is_still_forged(
    pair: tuple[Workspace, Path, str],
) -> None:
    mine, path, row = pair
    good = well_made(path, [Edit("programme", row, "U", "code", "x", ())])
    add(path, good)
    unguarded(path, f"UPDATE sync_txn SET seq = seq + 1 WHERE id = '{good.id}'")
    refused(mine, path, ForgedChanges)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programme SET title = 'no json'",
        "UPDATE programme SET title = '[1]'",
        "UPDATE answer SET value = '[[' ",
        "UPDATE plan SET region = NULL",
        "DELETE FROM plan",
        "UPDATE programme SET code = CAST(x'ff' AS TEXT)",
    ],
)
def test_rows_that_cannot_be_read_are_said_or_mended(
    pair: tuple[Workspace, Path, str], statement: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The rows are only what the journal says: whoever gets such a file works with the journal's."""
    _, path, row = pair
    unguarded(path, statement)
    with contextlib.suppress(RancangError), Workspace.open(path, read_only=True) as reader:
        assert reader.plan().programmes[0].title.read("id") == "Layanan satu pintu"
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home of another"))
    with Workspace.open(path) as mended:
        assert mended.plan().programmes[0].id == row
        assert mended.plan().programmes[0].title.read("id") == "Layanan satu pintu"
        mended.self_check()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sync_txn SET wall = 'yesterday'",
        "UPDATE sync_op SET value = x'ff'",
        "UPDATE sync_meta SET value = 'x' WHERE key = 'lamport'",
        "UPDATE sync_meta SET value = 'x' WHERE key = 'dag_heads'",
        "UPDATE sync_meta SET value = '../../x' WHERE key = 'workspace'",
    ],
)
def test_a_journal_that_cannot_be_read_is_said_when_the_file_is_opened(
    pair: tuple[Workspace, Path, str], statement: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _, path, _ = pair
    unguarded(path, statement)
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home of another"))
    with pytest.raises(RancangError):
        Workspace.open(path)
    assert not path.with_name(path.name + ".lock").exists()


def test_the_newest_change_sets_are_those_that_no_other_names(workspace: Workspace) -> None:
    """Put back to what they were, what somebody else changed was told nowhere as new."""
    path, heads = workspace.path, json.dumps(workspace.journal.newest())
    programme(workspace)
    workspace.close()
    unguarded(path, f"UPDATE sync_meta SET value = '{heads}' WHERE key = 'dag_heads'")
    with pytest.raises(DamagedFile):
        Workspace.open(path, read_only=True)


def test_what_is_written_after_a_count_that_is_too_high_is_taken_over_by_others(
    pair: tuple[Workspace, Path, str],
) -> None:
    """Whoever stored the file could keep all that was written afterwards from everybody else for good."""
    mine, path, _ = pair
    unguarded(path, "UPDATE sync_meta SET value = '57' WHERE key = 'lamport'")
    with Workspace.open(path) as theirs:
        row, _ = programme(theirs)
    mine.bring_back(path)
    assert row in {each.id for each in mine.plan().programmes}


def test_a_number_of_ones_own_that_is_too_high_decides_nothing(pair: tuple[Workspace, Path, str]) -> None:
    """What was written after it no other copy took over, and this one called it damaged when opened again."""
    mine, path, _ = pair
    unguarded(path, f"UPDATE sync_meta SET value = '{(1 << 53) - 1}' WHERE key = 'seq'")
    with Workspace.open(path) as theirs:
        row, _ = programme(theirs)
    with Workspace.open(path):
        pass
    mine.bring_back(path)
    assert row in {each.id for each in mine.plan().programmes}


@pytest.mark.parametrize("table", ["sync_txn", "sync_op", "sync_package_log"])
def test_where_a_file_has_counted_to_the_end_nothing_is_saved_that_keeps_it_shut(
    workspace: Workspace, table: str
) -> None:
    """The first thing that was written made it damaged for everybody, with all that was in it."""
    path, last = workspace.path, 1 << 53
    workspace.remember_package(path.with_name("a.asice"), "a" * 64, position=workspace.position)
    workspace.close()
    unguarded(path, f"UPDATE {table} SET no = {last} WHERE no = (SELECT max(no) FROM {table})")
    with Workspace.open(path) as at:
        before = len(at.plan().programmes)
        writes = {"sync_package_log": partial(at.remember_package, path, "b" * 64, position=at.position)}
        with pytest.raises(DamagedFile, match="no"):
            writes.get(table, partial(programme, at))()
    with Workspace.open(path) as again:
        assert len(again.plan().programmes) == before


def test_an_author_of_a_name_without_end_saves_nothing(workspace: Workspace) -> None:
    """Such a change set is taken over by no other copy."""
    workspace.author = Author("x" * 1_001)
    with pytest.raises(RancangError):
        programme(workspace)


@pytest.mark.parametrize("field", ["lamport", "schema"])
def test_a_change_set_that_no_other_copy_would_take_over_is_said_when_the_file_is_opened(
    pair: tuple[Workspace, Path, str], field: str
) -> None:
    """Whatever is written on top of it is lost to everybody else: before that, backups hold one's own."""
    _, path, row = pair
    made = add(path, well_made(path, [Edit("programme", row, "U", "code", "X", ())], **{field: 57}))
    unguarded(path, f"UPDATE sync_meta SET value = '[\"{made.id}\"]' WHERE key = 'dag_heads'")
    unguarded(path, "UPDATE sync_meta SET value = '57' WHERE key = 'lamport'")
    with pytest.raises(DamagedFile, match="change set"):
        Workspace.open(path)


def test_a_file_in_which_nothing_can_come_last_is_said_when_it_is_opened(workspace: Workspace) -> None:
    """Behind SQLite's last number come numbers by chance: what is locked, or written, is never the newest."""
    path, log = workspace.path, "sync_package_log"
    workspace.close()
    other = Path(shutil.copy(path, path.with_name("lain.rancang")))
    unguarded(
        path,
        "UPDATE sync_txn SET no = 9223372036854775807 WHERE seq = 1",
        "UPDATE sync_op SET no = 9223372036854775807 WHERE idx = 0",
        f"INSERT INTO {log} VALUES (9223372036854775807, 'sealed', '', '', '', '', '', '')",
    )
    unguarded(other, f"ALTER TABLE {log} RENAME no TO nr", f"ALTER TABLE {log} ADD no INTEGER")
    for each, names in ((path, ("sync_txn", "sync_op", log)), (other, (log,))):
        with engine.connect(partial(file.connect, each, read_only=True)) as connection:
            assert selfcheck.facts(Journal(connection)) == [f"{name} no" for name in names]
    with pytest.raises(DamagedFile):
        Workspace.open(other, read_only=True)


def test_texts_made_to_be_compared_for_hours_are_shown_both() -> None:
    base = "a. " * 100_000
    merged = sentences.merge(base, base + "b.", "c. " + base[3:])
    assert merged.text is None
    distinct = ["".join(f"{side}{n}. " for n in range(30_000)) for side in "xyz"]
    assert sentences.merge(*distinct).text is None


@pytest.mark.parametrize(
    "value",
    [{"decimal": "1E+999999999"}, {"decimal": "x"}, {"time": "9999-12-31T23:59:59+00:00"},
     {"time": "2026-99-99T00:00:00"}, {"date": "2026-02-31"}, {"rupiah": 10**400}, {"text": {"id": [1]}},
     {"message": {"id": ["x"], "params": 5}}, [1], None, 1.5],
)  # fmt: skip
def test_a_label_of_any_shape_can_be_read(value: object) -> None:
    message = Message.from_json({"id": "workspace.label.create", "params": {"region": value, "n": value}})
    for language in Language:
        assert len(render(message, language)) < 1000


@pytest.mark.parametrize(
    "text", ["", "[", "null", '"x"', "[" * 100_000, '{"message":' * 50_000, '{"id":[1]}']
)
def test_a_label_that_is_none_is_shown_as_it_stands(text: str) -> None:
    for language in Language:
        assert len(render(Message.from_text(text), language)) <= 200


def test_messages_within_messages_end_somewhere() -> None:
    data: dict[str, Any] = {"id": "x"}
    for _ in range(500):
        data = {"id": "x", "params": {"a": {"message": data}}}
    assert render(Message.from_json(data), Language.ID).startswith("x a=x")
