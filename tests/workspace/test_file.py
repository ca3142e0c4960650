"""Opening a file: ours, whole, of our version, free; everything else is a sentence and nothing is changed."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.base import Language, RancangError
from desktop.base.errors import FileProblem
from desktop.base.speech import render
from desktop.exchange.shelf import look
from desktop.workspace import Author, Workspace, file, left_as, migrate, opening
from desktop.workspace.errors import (
    BypassedJournal,
    DamagedFile,
    FileTooNew,
    FileTooOld,
    ForeignSchema,
    InUse,
    NotALock,
    NotAWorkspace,
    UnfitYears,
    UnknownRegion,
)
from desktop.workspace.incoming import read_incoming
from tests.workspace.test_operation import LABEL, programme

DATA = Path(__file__).parents[1] / "data"


def closed(workspace: Workspace) -> Path:
    """The path of a workspace with something in it, closed."""
    programme(workspace)
    workspace.close()
    return workspace.path


def raw(path: Path, *statements: str) -> None:
    """Change a file behind the program's back."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_newer_file_is_refused_and_left_alone(workspace: Workspace) -> None:
    path = closed(workspace)
    raw(path, f"PRAGMA user_version={file.VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(FileTooNew):
        Workspace.open(path)
    assert path.read_bytes() == before
    assert not path.with_name(path.name + ".lock").exists()


def test_a_file_of_no_version_we_know_is_too_old(workspace: Workspace) -> None:
    path = closed(workspace)
    raw(path, "PRAGMA user_version=0")
    with pytest.raises(FileTooOld):
        Workspace.open(path)


@pytest.mark.parametrize(
    "content", [b"", b"no database at all", b"SQLite format 3\0" + b"\0" * 200, os.urandom(5000)]
)
def test_other_files_are_no_workspace(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.rancang"
    path.write_bytes(content)
    with pytest.raises(NotAWorkspace):
        Workspace.open(path)
    assert path.read_bytes() == content


def test_another_sqlite_file_is_no_workspace(tmp_path: Path) -> None:
    path = tmp_path / "x.rancang"
    raw(path, "CREATE TABLE t(x)")
    with pytest.raises(NotAWorkspace):
        Workspace.open(path)


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none.rancang", tmp_path):
        with pytest.raises(FileProblem):
            Workspace.open(path)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE extra(x)",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TRIGGER t AFTER UPDATE ON sync_gate BEGIN SELECT 1; END",
    ],
)
def test_a_foreign_schema_is_refused(workspace: Workspace, statement: str) -> None:
    path = closed(workspace)
    raw(path, statement)
    with pytest.raises(ForeignSchema):
        Workspace.open(path)


def test_a_table_is_looked_through_when_it_is_known_to_compute_nothing(workspace: Workspace) -> None:
    """Looking for damage computes such a column, of whatever length; this one cannot be computed."""
    path = closed(workspace)
    raw(
        path,
        "CREATE TABLE extra (a INTEGER, b TEXT GENERATED ALWAYS AS (-hex(a)) VIRTUAL)",
        f"INSERT INTO extra VALUES ({-(1 << 63)})",
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_schema SET sql = replace(sql, '-hex', 'abs') WHERE name = 'extra'",
    )
    for deed in (Workspace.open, file.inspect):
        with pytest.raises(ForeignSchema):
            deed(path)


COMPUTES = [
    ("sync_gate", "CREATE TABLE sync_gate (open INTEGER NOT NULL CHECK (open = 0))"),
    ("sync_gate", "CREATE TABLE sync_gate (open INTEGER NOT NULL DEFAULT (abs(-1)))"),
    ("sync_gate", 'CREATE TABLE sync_gate (open INTEGER NOT NULL /*"*/ check (open = 0) /*"*/)'),
    (
        "sync_gate",
        'CREATE TABLE sync_gate (open INTEGER NOT NULL CONSTRAINT ["] CHECK (open = 0) CONSTRAINT ["])',
    ),
    ("sync_gate", "CREATE TABLE sync_gate (open INTEGER NOT NULL ON CONFLICT REPLACE)"),
    ("sync_gate", "CREATE TABLE sync_gate (open INTEGER NOT NULL COLLATE NOCASE)"),
    ("ix_sync_txn_replica", "CREATE INDEX ix_sync_txn_replica ON sync_txn (hex(replica))"),
    ("ix_sync_txn_replica", "CREATE INDEX ix_sync_txn_replica ON sync_txn (replica) WHERE 1"),
]
"""What a schema can have computed at each edit, and the ways to hide it."""


@pytest.mark.parametrize(("name", "statement"), COMPUTES)
def test_a_schema_that_computes_is_refused_before_anything_is_asked_of_it(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, statement: str
) -> None:
    """Also where the file says that it is older: it was brought up to date first, without an end."""
    older = tmp_path / "lama.rancang"
    older.write_bytes(gzip.decompress((DATA / "version-4.rancang.gz").read_bytes()))
    monkeypatch.setattr(migrate, "_identity", None)
    monkeypatch.setattr(migrate, "_run", None)
    for path in (closed(workspace), older):
        raw(
            path,
            "PRAGMA writable_schema=ON",
            f"UPDATE sqlite_schema SET sql = '{statement}' WHERE name = '{name}'",
        )
        for read in (Workspace.open, read_incoming):
            with pytest.raises(ForeignSchema) as caught:
                read(path)
            assert name in str(caught.value.message.params)


TRIGGER = "CREATE TRIGGER sqlite_evil AFTER INSERT ON agency BEGIN DELETE FROM agency; END"
HIDDEN = [
    ("trigger", "sqlite_evil", TRIGGER),
    ("index", "sqlite_evil", "CREATE INDEX sqlite_evil ON agency (hex(short_name))"),
    ("index", "sqlite_autoindex_x", "CREATE INDEX sqlite_autoindex_x ON agency (hex(short_name))"),
    ("view", "sqlite_evil", "CREATE VIEW sqlite_evil AS SELECT 1"),
    ("table", "sqlite_stat1", TRIGGER),
    ("table", "sqlite_evil", "CREATE TABLE sqlite_evil (x CHECK (x = 0))"),
    # SQLite goes by the statement, whatever stands beside it
    ("trigger", "evil", "CREATE INDEX ix_evil ON agency (hex(short_name))"),
    ("trigger", "evil", "CREATE VIEW evil AS SELECT 1"),
    ("index", "ix_evil", TRIGGER),
    # every second edit would fail
    ("index", "ix_evil", "CREATE UNIQUE INDEX ix_evil ON agency (short_name)"),
]
"""What computes, under a name or a kind behind which nobody would look."""


@pytest.mark.parametrize(("kind", "name", "sql"), HIDDEN)
def test_no_name_and_no_kind_lets_something_into_a_schema(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, name: str, sql: str
) -> None:
    older = tmp_path / "lama.rancang"
    older.write_bytes(gzip.decompress((DATA / "version-4.rancang.gz").read_bytes()))
    monkeypatch.setattr(migrate, "_run", None)
    for path in (closed(workspace), older):
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "INSERT INTO sqlite_schema SELECT ?, ?, 'agency', iif(? IN ('table', 'index'), rootpage, 0), ?"
            " FROM sqlite_schema WHERE name = 'agency'",
            (kind, name, kind, sql),
        )
        connection.close()
        for read in (Workspace.open, read_incoming):
            with pytest.raises(RancangError) as caught:
                read(path)
            assert isinstance(caught.value, (ForeignSchema, DamagedFile, NotAWorkspace))


def test_what_sqlite_keeps_for_itself_is_let_in(workspace: Workspace) -> None:
    path = closed(workspace)
    raw(path, "ANALYZE")
    Workspace.open(path).close()


def test_a_guard_that_was_replaced_is_refused(workspace: Workspace) -> None:
    path = closed(workspace)
    raw(
        path,
        "DROP TRIGGER guard_agency_insert",
        "CREATE TRIGGER guard_agency_insert BEFORE INSERT ON agency BEGIN SELECT 1; END",
    )
    with pytest.raises(ForeignSchema):
        Workspace.open(path)


@pytest.mark.parametrize("at", [0.2, 0.5, 0.9])
def test_a_damaged_page_is_noticed_when_opening_or_by_the_self_check(workspace: Workspace, at: float) -> None:
    path = closed(workspace)
    data = bytearray(path.read_bytes())
    start = int(len(data) * at) // 4096 * 4096
    data[start : start + 4096] = b"\0" * 4096
    path.write_bytes(data)
    with pytest.raises(RancangError):
        _check_all(path)


def _check_all(path: Path) -> None:
    with Workspace.open(path) as opened:
        opened.self_check()
        opened.plan()
        opened.pack()


def test_a_second_opening_is_refused_but_may_read(workspace: Workspace) -> None:
    with pytest.raises(InUse) as told:
        Workspace.open(workspace.path, author=Author("Budi"))
    assert told.value.message.params["person"] == "Sari"
    with Workspace.open(workspace.path, read_only=True) as reader:
        assert reader.plan().region.code == "18.07"


def test_a_lock_left_by_a_dead_process_is_taken_over(workspace: Workspace) -> None:
    path = closed(workspace)
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    import platform

    lock = {"person": "Sari", "host": platform.node(), "process": int(ended.stdout)}
    path.with_name(path.name + ".lock").write_text(json.dumps(lock))
    Workspace.open(path).close()
    for half in ("", "\0\0", '{"person": "Sari", "ho'):
        path.with_name(path.name + ".lock").write_text(half)
        Workspace.open(path).close()


def test_what_is_no_lock_is_neither_read_to_its_end_nor_deleted(tmp_path: Path) -> None:
    lock, there = file.Lock(tmp_path / "x.rancang", "Sari"), tmp_path / "x.rancang.lock"

    def large() -> None:
        with there.open("wb") as sparse:
            sparse.truncate(1 << 30)

    makers: list[Callable[[], object]] = [lambda: there.write_text("catatan saya"), large, there.mkdir]
    if sys.platform != "win32":
        makers += [lambda: os.mkfifo(there), lambda: there.symlink_to("/dev/zero")]
    for make in makers:
        make()
        lock.drop_older(-1.0)
        with pytest.raises(NotALock) as told:
            lock.take()
        assert told.value.message.params == {"file": "x.rancang", "lock": "x.rancang.lock"}
        assert "x.rancang.lock" in render(told.value.message, Language.ID)
        assert there.lstat()
        there.rmdir() if there.is_dir() else there.unlink()


@pytest.mark.parametrize("process", ["1e999", "NaN", "1.5", "-1", "1" + "0" * 40, '"1"', "true", "[1]"])
def test_a_lock_of_no_process_is_what_a_crash_left(tmp_path: Path, process: str) -> None:
    (tmp_path / "x.rancang.lock").write_text(f'{{"person":"x","host":"h","process":{process}}}')
    lock = file.Lock(tmp_path / "x.rancang", "Sari")
    assert lock.take()
    lock.release()


def test_nothing_is_asked_of_a_view_in_a_tables_place(workspace: Workspace) -> None:
    """Who opens a file, and who has it on the shelf, asks it something first: it could run for ever."""
    path, me = closed(workspace), Author("Rina", "mentor")
    said = json.dumps({"person": "Budi", "role": "agency", "given_on": "x"})
    made = f"CREATE VIEW sync_meta(key, value) AS SELECT 'made_for', '{said}'"
    raw(path, "DROP TABLE sync_meta", made)
    assert opening.author_of(path, me) == me
    problem = look(path, {}, {}).problem
    assert problem is not None
    assert "sync_meta" in str(problem.params)


def test_a_lock_of_somebody_is_told_plainly_and_shortly(tmp_path: Path) -> None:
    told = {"person": "Budi\x1b[2K", "host": "laptop\n" + "a" * 999, "process": 1}
    (tmp_path / "x.rancang.lock").write_text(json.dumps(told))
    with pytest.raises(InUse) as busy:
        file.Lock(tmp_path / "x.rancang", "Sari").take()
    shown = busy.value.message.params
    assert "\x1b" not in str(shown["person"])
    assert "\n" not in str(shown["host"])
    assert len(str(shown["host"])) <= 100


def test_a_lock_of_another_computer_holds(workspace: Workspace) -> None:
    path = closed(workspace)
    lock = {"person": "Budi", "host": "laptop-opd", "process": 1}
    path.with_name(path.name + ".lock").write_text(json.dumps(lock))
    with pytest.raises(InUse):
        Workspace.open(path)


def test_nothing_is_left_when_a_new_workspace_cannot_be_made(tmp_path: Path, tiny_pack: bytes) -> None:
    path = tmp_path / "x.rancang"
    with pytest.raises(UnknownRegion):
        Workspace.create(
            path, region="99.99", first_year=2026, last_year=2030, pack=tiny_pack, author=Author("S")
        )
    with pytest.raises(UnfitYears):
        Workspace.create(
            path, region="18.07", first_year=2026, last_year=2060, pack=tiny_pack, author=Author("S")
        )
    assert list(tmp_path.iterdir()) == []
    path.write_text("mine")
    with pytest.raises(FileProblem):
        Workspace.create(
            path, region="18.07", first_year=2026, last_year=2030, pack=tiny_pack, author=Author("S")
        )
    assert path.read_text() == "mine"


BYPASSING = [
    "UPDATE programme SET code = 'x'",
    "DELETE FROM programme",
    "INSERT INTO agency(id) VALUES ('x')",
    "UPDATE sync_op SET value = 'x'",
    "DELETE FROM sync_txn",
    "INSERT INTO sync_op VALUES (99, 'a', 0, 'b', 'c', 'U', 'd', 0, 'e', '[]')",
    "UPDATE sync_meta SET value = '9' WHERE key = 'lamport'",
    "DELETE FROM sync_head",
]


@pytest.mark.parametrize("statement", BYPASSING)
def test_a_raw_write_is_stopped_in_any_program(workspace: Workspace, statement: str) -> None:
    path = closed(workspace)
    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match="rancang"):
        connection.execute(statement)
    connection.close()
    with Workspace.open(path) as again:
        again.self_check()


@pytest.mark.parametrize("statement", BYPASSING)
def test_a_raw_or_bulk_write_of_our_own_is_stopped(workspace: Workspace, statement: str) -> None:
    programme(workspace)
    with pytest.raises(BypassedJournal), file.told(workspace.path):
        workspace._connection.exec_driver_sql(statement)
    workspace.self_check()


def test_every_table_of_plan_and_journal_is_guarded(workspace: Workspace) -> None:
    """Also those that came later: duties, suggestions, what was handed out."""
    from desktop.workspace import tables

    unguarded = {"sync_gate", "blob", "blob_chunk"}
    guarded = [table for table in tables.metadata.tables.values() if table.name not in unguarded]
    assert {"duty", "suggestion", "sync_handout"} <= {table.name for table in guarded}
    connection = sqlite3.connect(closed(workspace), isolation_level=None)
    for table in guarded:
        name = table.name
        values = ", ".join(
            "777777" if column.type.python_type is int else "'777777'" for column in table.columns
        )
        connection.execute("BEGIN")
        connection.execute("UPDATE sync_gate SET open = 1")
        connection.execute(f'INSERT INTO "{name}" VALUES ({values})')
        connection.execute("UPDATE sync_gate SET open = 0")
        for statement in (
            f'INSERT INTO "{name}" VALUES ({values.replace("7", "8")})',
            f'UPDATE "{name}" SET "{next(iter(table.columns)).name}" = 9',
            f'DELETE FROM "{name}"',
            f'INSERT OR REPLACE INTO "{name}" VALUES ({values})',
        ):
            with pytest.raises(sqlite3.IntegrityError, match="rancang"):
                connection.execute(statement)
        connection.execute("ROLLBACK")
    connection.close()


def test_bulk_writes_through_sqlalchemy_are_stopped(workspace: Workspace) -> None:
    from desktop.workspace import tables

    programme(workspace)
    with pytest.raises(BypassedJournal), file.told(workspace.path):
        workspace._connection.execute(tables.rows["agency"].insert(), [{"id": str(n)} for n in range(100)])
    with pytest.raises(BypassedJournal), file.told(workspace.path):
        workspace._connection.execute(tables.rows["programme"].update().values(code="x"))
    workspace.self_check()


def test_what_slips_past_an_opened_gate_is_found_by_the_self_check(workspace: Workspace) -> None:
    path = closed(workspace)
    raw(
        path,
        "UPDATE sync_gate SET open = 1",
        "UPDATE programme SET code = 'x'",
        "UPDATE sync_gate SET open = 0",
    )
    left_as.note(path)
    with Workspace.open(path) as again, pytest.raises(DamagedFile):
        again.self_check()


def test_a_copied_file_becomes_a_copy_of_its_own(make: Callable[..., Workspace]) -> None:
    mine = make("a")
    theirs = make("b", copy_of=mine, person="Budi")
    assert mine.id == theirs.id
    assert mine._journal.meta("replica") != theirs._journal.meta("replica")


def test_two_files_with_one_identity_still_unite(make: Callable[..., Workspace], tmp_path: Path) -> None:
    """A copy made in the file manager on one computer keeps its identity; nothing may collide."""
    mine = make("a")
    row, _ = programme(mine)
    shutil.copy(mine.path, tmp_path / "copy.rancang")
    with (
        Workspace.open(tmp_path / "copy.rancang", author=Author("Sari")) as copy,
        copy.operation(LABEL) as op,
    ):
        op.set("programme", row, code="copy")
    with mine.operation(LABEL) as op:
        op.set("programme", row, status="mine")
    mine.bring_back(tmp_path / "copy.rancang")
    found = mine.plan().programmes[0]
    assert (found.code, found.status) == ("copy", "mine")
    assert mine.conflicts() == []


def test_a_reader_may_take_a_snapshot(workspace: Workspace, tmp_path: Path) -> None:
    path = closed(workspace)
    with Workspace.open(path, read_only=True) as reader:
        head = reader.snapshot(tmp_path / "snapshot.rancang")
    with Workspace.open(tmp_path / "snapshot.rancang", read_only=True) as again:
        assert again.head == head
