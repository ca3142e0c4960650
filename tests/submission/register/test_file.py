"""A register's file: opened only when it is one."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3

import pytest

from desktop.base import RancangError
from desktop.base.errors import FileProblem
from desktop.submission.register import file
from desktop.submission.register.file import (
    AnotherFile,
    NotARegister,
    RegisterTooNew,
    RegisterUnusable,
    opened,
)
from desktop.submission.register.store import Register


def change(path, *statements):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for each in statements:
            raw.execute(each)


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "meja #1?.sqlite"
    opened(path, create=True).dispose()
    return path


def test_made_and_opened_again(register):
    opened(register, create=False).dispose()
    opened(register, create=False, read_only=True).dispose()
    assert [each.name for each in register.parent.iterdir()] == [register.name]


def test_two_that_make_the_same_new_register_at_once_have_one(tmp_path, monkeypatch):
    """The second one's empty file took the first one's place, with the date due that was kept already."""
    path, real = tmp_path / "meja.sqlite", file.check_alone

    def meanwhile(place):
        monkeypatch.setattr(file, "check_alone", real)
        with Register(path, create=True) as first:
            first.keep_setting("due", "2026-12-31")
        real(place)

    monkeypatch.setattr(file, "check_alone", meanwhile)
    with Register(path, create=True) as second:
        assert second.setting("due") == "2026-12-31"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE further (x)",
        "CREATE VIEW seen AS SELECT * FROM file",
        "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM file; END",
        "DROP TABLE score",
        "ALTER TABLE run ADD COLUMN more TEXT",
        "PRAGMA user_version=0",
    ],
)
def test_another_schema_is_refused(register, statement):
    change(register, statement)
    with pytest.raises(NotARegister):
        opened(register, create=False)


def test_one_name_twice_in_a_schema_is_refused(register):
    """SQLite goes by each statement, whatever is written beside it."""
    trigger = "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM file; END"
    raw = sqlite3.connect(register, isolation_level=None)
    raw.execute("PRAGMA writable_schema=ON")
    raw.execute("INSERT INTO sqlite_schema SELECT type, name, tbl_name, 0, sql FROM sqlite_schema")
    raw.execute("UPDATE sqlite_schema SET sql = ? WHERE rootpage = 0 AND type = 'index'", (trigger,))
    raw.execute("DELETE FROM sqlite_schema WHERE rootpage = 0 AND sql != ?", (trigger,))
    raw.close()
    with pytest.raises((NotARegister, RegisterUnusable)):
        opened(register, create=False)


def test_a_newer_one_is_refused_by_name(register):
    change(register, "PRAGMA user_version=9")
    with pytest.raises(RegisterTooNew):
        opened(register, create=False)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"\0" * 84, b"PK\3\4", b"x" * 5000])
def test_what_is_none_is_left_alone(tmp_path, content):
    path = tmp_path / "x.sqlite"
    path.write_bytes(content)
    with pytest.raises(NotARegister):
        opened(path, create=True)
    assert path.read_bytes() == content


def test_a_workspace_is_no_register(tmp_path):
    path = tmp_path / "x.rancang"
    change(path, "PRAGMA application_id=0x52414E43", "CREATE TABLE a (b)")
    with pytest.raises(NotARegister):
        opened(path, create=True)


def test_a_cut_one_is_a_sentence(register):
    data = register.read_bytes()
    for end in range(100, len(data), 4096):
        register.write_bytes(data[:end])
        with pytest.raises(RancangError):
            opened(register, create=False)


def test_missing_and_not_to_be_made(tmp_path):
    with pytest.raises(FileProblem):
        opened(tmp_path / "no.sqlite", create=False)
    with pytest.raises(FileProblem):
        opened(tmp_path / "no" / "no.sqlite", create=True)


def test_locked_is_a_sentence(register, monkeypatch):
    monkeypatch.setattr("desktop.submission.register.file.WAITING", 0.1)
    engine = opened(register, create=False)
    with contextlib.closing(sqlite3.connect(register, isolation_level=None)) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RegisterUnusable):
            opened(register, create=False)
    engine.dispose()


@pytest.mark.parametrize("how", ["a link", "a second name", "gone"])
def test_what_is_put_in_its_place_while_it_is_open_stays_as_it_is(register, tmp_path, how):
    """Whoever may write in the folder lays another register of the user's there."""
    own = tmp_path / "own" / "private.sqlite"
    own.parent.mkdir()
    with Register(own, create=True) as private:
        private.keep_setting("due", "2026-12-15")
    before = own.read_bytes()
    with Register(register) as desk:
        desk.keep_setting("due", "2026-12-01")
        register.rename(tmp_path / "away.sqlite")
        if how == "a link":
            register.symlink_to(own)
        elif how == "a second name":
            register.hardlink_to(own)
        for ask in (lambda: desk.keep_setting("due", "2027-06-30"), lambda: desk.setting("due")):
            with pytest.raises((AnotherFile, FileProblem)):
                ask()
        assert own.read_bytes() == before
        # what it was is put back: nothing is lost
        register.unlink(missing_ok=True)
        (tmp_path / "away.sqlite").rename(register)
        assert desk.setting("due") == "2026-12-01"


def crashed(register):
    """A writer of another program's died in the middle."""
    journal = register.with_name(f"{register.name}-journal")
    with contextlib.closing(sqlite3.connect(register, isolation_level=None)) as raw:
        for statement in ("PRAGMA cache_size=1", "BEGIN IMMEDIATE", "CREATE TABLE junk(x)"):
            raw.execute(statement)
        raw.executemany("INSERT INTO junk VALUES (zeroblob(?))", [(4000,)] * 100)
        half, left = register.read_bytes(), journal.read_bytes()
        raw.execute("ROLLBACK")
    register.write_bytes(half)
    journal.write_bytes(left)


def test_what_a_crash_left_is_healed_and_the_register_is_the_same(register):
    """What heals it takes the file's place, which is no other register of somebody's."""
    with Register(register, create=True) as desk:
        desk.keep_setting("due", "2026-12-01")
    crashed(register)
    with Register(register) as desk:
        assert desk.setting("due") == "2026-12-01"
        crashed(register)
        for day in ("2026-12-02", "2026-12-03"):
            desk.keep_setting("due", day)
            assert desk.setting("due") == day


def test_a_register_that_another_computer_healed_is_the_same(register, tmp_path):
    """It lies in another file then; any other register in that place is told."""
    with Register(register, create=True) as desk:
        desk.keep_setting("due", "2026-12-01")
        crashed(register)
        Register(register).close()
        assert desk.setting("due") == "2026-12-01"
        desk.keep_setting("due", "2026-12-02")
        copy, away, older = (tmp_path / f"{each}.sqlite" for each in ("copy", "away", "older"))
        shutil.copy(register, copy)
        shutil.copy(register, older)
        desk.keep_setting("due", "2026-12-03")
        register.rename(away)
        older.rename(register)
        with pytest.raises(AnotherFile):
            desk.setting("due")
        register.unlink()
        away.rename(register)
        assert desk.setting("due") == "2026-12-03"
        desk.keep_setting("due", "2026-12-02")
        register.rename(away)
        register.hardlink_to(copy)
        with pytest.raises(AnotherFile):
            desk.setting("due")
        register.unlink()
        away.rename(register)
        assert desk.setting("due") == "2026-12-02"


def test_a_register_of_an_earlier_program_gets_a_number_when_it_is_opened(register):
    with Register(register, create=True) as desk:
        desk.keep_setting("due", "2026-12-01")
    change(register, "DELETE FROM setting WHERE name IN ('number', 'turn')")
    Register(register, read_only=True).close()
    with Register(register) as desk:
        crashed(register)
        Register(register).close()
        assert desk.setting("due") == "2026-12-01"


def test_another_register_that_a_crash_left_is_healed_and_not_written_into(register, tmp_path):
    """It was moved into the place of the open one, with the journal that heals it."""
    own = tmp_path / "private.sqlite"
    with Register(own, create=True) as private:
        private.keep_setting("due", "2026-12-15")
    with Register(register) as desk:
        desk.keep_setting("due", "2026-12-01")
        crashed(own)
        register.rename(tmp_path / "away.sqlite")
        own.rename(register)
        own.with_name(f"{own.name}-journal").rename(register.with_name(f"{register.name}-journal"))
        with pytest.raises(RancangError):
            desk.keep_setting("due", "2027-06-30")
    with Register(register) as private:
        assert private.setting("due") == "2026-12-15"


def test_an_index_that_says_something_else_than_its_table_is_made_anew(register):
    """Another program left it like that: the quick look says that all is well."""
    row = "INSERT INTO reason VALUES ('{}', 0, 'note', 'x', '')"
    change(register, "PRAGMA foreign_keys=OFF", row.format("a" * 64))
    with contextlib.closing(sqlite3.connect(register, isolation_level=None)) as raw:
        sql, hidden = (
            raw.execute(f"SELECT {what} FROM sqlite_schema WHERE {where}").fetchone()
            for what, where in (
                ("sql", "type = 'table' AND name = 'reason'"),
                ("type, name, tbl_name, rootpage, sql", "type = 'index' AND tbl_name = 'reason'"),
            )
        )
        raw.execute("PRAGMA writable_schema=ON")
        bare = "CREATE TABLE reason (sha256 TEXT, no INTEGER, weight TEXT, code TEXT, message TEXT)"
        raw.execute("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = 'reason'", (bare,))
        raw.execute("DELETE FROM sqlite_schema WHERE type = 'index' AND name = ?", (hidden[1],))
    change(register, f"UPDATE reason SET sha256 = '{'b' * 64}'")
    with contextlib.closing(sqlite3.connect(register, isolation_level=None)) as raw:
        raw.execute("PRAGMA writable_schema=ON")
        raw.execute("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = 'reason'", sql)
        raw.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", hidden)
    with contextlib.closing(sqlite3.connect(register)) as raw:
        assert raw.execute("PRAGMA quick_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA integrity_check").fetchone() != ("ok",)
    opened(register, create=False, read_only=True).dispose()
    opened(register, create=False).dispose()
    with contextlib.closing(sqlite3.connect(register)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
