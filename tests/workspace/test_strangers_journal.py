"""What lies beside a stranger's workspace deletes, replaces and rewrites no file of the user's."""

from __future__ import annotations

import contextlib
import gzip
import os
import shutil
import sqlite3
import stat
import struct
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop.base import clock
from desktop.base.errors import FileProblem, RancangError
from desktop.exchange.arrival import Kind, look
from desktop.guideline import write_pack
from desktop.submission.register import file as register
from desktop.submission.register import known_here
from desktop.submission.register.store import Register
from desktop.workspace import Author, Workspace, databases, file, left_over, restoring, watching
from desktop.workspace.beside import NamesAnother, NotAlone, Unfinished
from tests.workspace.conftest import TINY
from tests.workspace.test_environment import crash
from tests.workspace.test_operation import LABEL
from tests.workspace.test_version_4 import KEPT

MAGIC = bytes.fromhex("d9d505f920a163d7")


def hot(database: Path, victim: Path, name: str = "") -> Path:
    """A journal beside a database that rolls nothing back and names another file, which SQLite deletes."""
    page = int.from_bytes(database.read_bytes()[16:18], "big")
    pages = database.stat().st_size // page
    said = os.fsencode(victim)
    total = sum(each if each < 128 else each - 256 for each in said) & 0xFFFFFFFF
    head = (MAGIC + struct.pack(">IIIII", 0, 0, pages, 512, page)).ljust(512, b"\0")
    tail = struct.pack(">I", 0x40000000 // page + 1) + said + struct.pack(">II", len(said), total) + MAGIC
    journal = database.with_name(name or f"{database.name}-journal")
    journal.write_bytes(head + tail)
    return journal


@pytest.fixture
def victim(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "rencana saya.rancang"
    path.write_bytes(b"years of work")
    yield path
    assert path.read_bytes() == b"years of work"


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A sound workspace of somebody else's, in a folder of its own."""
    (tmp_path / "kiriman").mkdir()
    path = tmp_path / "kiriman" / "kiriman.rancang"
    made = Workspace.create(
        path, region="18.07", first_year=2026, last_year=2030, pack=write_pack(TINY), author=Author("X")
    )
    made.close()
    return path


def test_a_journal_that_names_another_file_is_not_played_back(sent, victim, tmp_path) -> None:
    journal = hot(sent, victim)
    assert look(sent).kind is Kind.WORKSPACE
    for read_only in (False, True):
        with pytest.raises(NamesAnother):
            Workspace.open(sent, read_only=read_only)
    with pytest.raises(NamesAnother):
        file.version_of(sent)
    assert journal.exists()
    desk = tmp_path / "meja.sqlite"
    register._make(desk)
    hot(desk, victim)
    with pytest.raises(NamesAnother):
        register._connect(desk, read_only=True)


def test_a_journal_that_is_the_file_itself_is_not_played_back(sent, victim, tmp_path) -> None:
    """Unpacked as one file with the workspace, it names the victim only once its last page is written."""
    journal = sent.with_name(f"{sent.name}-journal")
    os.link(sent, journal)
    with pytest.raises(NamesAnother):
        Workspace.open(sent)
    journal.unlink()
    desk, link = tmp_path / "meja.sqlite", tmp_path / "kiriman" / "meja.sqlite"
    register._make(desk)
    hot(desk, victim)
    link.symlink_to(desk)
    with pytest.raises(NamesAnother):
        register._connect(link, read_only=True)


FILM = bytes.fromhex("0000001866747970") + b"film of the visit " * 3000


@pytest.mark.parametrize(
    ("end", "logged", "content"),
    [("-shm", True, b"years of work"), ("-wal", True, FILM), ("-journal", False, FILM)],
)
def test_what_has_a_second_name_is_somebodys_file(sent, tmp_path, end, logged, content) -> None:
    """Unpacked by what keeps second names: a film of the user's called as SQLite's own files are."""
    film = tmp_path / "film.mp4"
    film.write_bytes(content)
    desk = tmp_path / "meja.sqlite"
    register._make(desk)
    for database in (sent, desk):
        if logged:
            raw = sqlite3.connect(database)
            raw.execute("PRAGMA journal_mode=WAL")
            raw.close()
        os.link(film, database.with_name(database.name + end))
    assert look(sent).kind is Kind.WORKSPACE
    for read_only in (True, False):
        with pytest.raises(NamesAnother):
            Workspace.open(sent, read_only=read_only)
        with pytest.raises(NamesAnother):
            register.opened(desk, create=False, read_only=read_only)
    assert film.read_bytes() == content


def test_who_may_not_write_a_file_lays_nothing_beside_it(sent, monkeypatch) -> None:
    """A folder in which everybody lays what they like, and a journal that would be played into my file."""
    journal = sent.with_name(f"{sent.name}-journal")
    journal.write_bytes(MAGIC.ljust(512, b"\0"))
    me, lstat = os.geteuid(), Path.lstat

    def others(path: Path) -> os.stat_result:
        found = list(lstat(path))
        found[4] = me + 1 if path == journal else found[4]
        return os.stat_result(found)

    monkeypatch.setattr(Path, "lstat", others)
    with pytest.raises(NamesAnother):
        Workspace.open(sent)
    sent.chmod(0o664)
    Workspace.open(sent).close()


def full(other: Path, *, first: int = 1, junk: bool = False) -> bytes:
    """A journal that says of each page that it was one of another file before, or of none."""
    raw = other.read_bytes()
    page = int.from_bytes(raw[16:18], "big")
    pages = [raw[n : n + page] for n in range(0, len(raw), page)][first - 1 :]
    pages = [b"no database any more".ljust(page, b"!")] if junk else pages
    said = (MAGIC + struct.pack(">IIIII", len(pages), 7, len(pages) + first - 1, 512, page)).ljust(512, b"\0")
    for number, each in enumerate(pages, first):
        total = (7 + sum(each[page - 200 : 0 : -200])) & 0xFFFFFFFF
        said += struct.pack(">I", number) + each + struct.pack(">I", total)
    return said


def test_what_another_tool_wrote_ahead_of_a_register_is_not_believed(tmp_path) -> None:
    """What is written ahead fits any database; ours is taken back to one file."""
    desk = tmp_path / "meja.sqlite"
    Register(desk, create=True).close()
    for laid in (True, False):
        raw = sqlite3.connect(desk)
        raw.execute("PRAGMA journal_mode=WAL")
        raw.close()
        beside = desk.with_name(f"{desk.name}-wal")
        if laid:
            beside.write_bytes(b"7\x7f\x06\x83" + bytes(28))
            for read_only in (True, False):
                with pytest.raises(Unfinished):
                    Register(desk, read_only=read_only)
            beside.unlink()
    Register(desk).close()
    assert desk.read_bytes()[18:20] == b"\1\1"


LAID = {
    "of another file": lambda _own, other: full(other),
    "without its first page": lambda _own, other: full(other, first=2),
    "without its first pages": lambda _own, other: full(other, first=4),
    "of nothing": lambda own, _other: full(own, junk=True),
}


def opened(database: Path, *, read_only: bool) -> Register | Workspace:
    if database.suffix == ".sqlite":
        return Register(database, read_only=read_only)
    return Workspace.open(database, read_only=read_only)


def pages(database: Path) -> list[bytes]:
    raw = database.read_bytes()
    size = int.from_bytes(raw[16:18], "big")
    return [raw[n : n + size] for n in range(0, len(raw), size)]


@pytest.mark.slow
def test_a_journal_that_is_needed_is_not_played_in_where_another_may_be_laid(
    sent, victim, monkeypatch
) -> None:
    """Whoever may write the file breaks a page, lays what heals it, and exchanges that while it is read."""
    whole, size = sent.read_bytes(), int.from_bytes(sent.read_bytes()[16:18], "big")
    healing = full(sent)
    sent.write_bytes(whole[: -2 * size] + bytes([7]) * size + whole[-size:])
    sent.chmod(0o640)
    journal = sent.with_name(f"{sent.name}-journal")
    journal.write_bytes(healing)
    put, connected = databases._put_in_place, databases._connection

    def connect_and_lay(path: Path, mode: str, *rest: object) -> object:
        if (path, mode) == (sent, "rw"):
            hot(sent, victim)
        return connected(path, mode, *rest)

    def lay_and_put(*about: object) -> None:
        hot(sent, victim)
        put(*about)

    for name, laying in (("_put_in_place", lay_and_put), ("_connection", connect_and_lay)):
        with monkeypatch.context() as patch:
            patch.setattr(databases, name, laying)
            with contextlib.suppress(RancangError):
                Workspace.open(sent).close()
        assert victim.exists()
        journal.write_bytes(healing)
    with Workspace.open(sent) as workspace:
        assert workspace.plan().programmes == ()
    assert not journal.exists()
    assert stat.S_IMODE(sent.stat().st_mode) == 0o640


def _plain_journal(database: Path) -> None:
    """Such as a crash leaves of a transaction that had not begun to write."""
    page = database.read_bytes()[16:18]
    head = MAGIC + struct.pack(">IIIII", 0, 0, 1, 512, int.from_bytes(page, "big"))
    database.with_name(f"{database.name}-journal").write_bytes(head.ljust(512, b"\0"))


def _log_ahead(database: Path) -> None:
    raw = sqlite3.connect(database)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.close()


def _earlier(database: Path) -> None:
    database.unlink()
    script = Path(__file__).parents[1] / "submission/register/version_1.sql"
    with contextlib.closing(sqlite3.connect(database)) as raw:
        raw.executescript(script.read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "prepare"),
    [
        ("kiriman.rancang", _plain_journal),
        ("kiriman.rancang", _log_ahead),
        ("kiriman.rancang", lambda _: None),
        ("meja.sqlite", _plain_journal),
        ("meja.sqlite", _log_ahead),
        ("meja.sqlite", _earlier),
        ("meja.sqlite", lambda _: None),
    ],
)
def test_what_is_laid_while_a_file_is_opened_to_be_written_deletes_nothing(
    sent, victim, monkeypatch, name, prepare
) -> None:
    """Whoever may write in its folder waits until what lay beside it was put aside, and lays another one."""
    database = sent.with_name(name)
    if database != sent:
        with Register(database, create=True) as made:
            made.keep_setting("kementerian", "tidak")
    prepare(database)
    journal, connected, laid = database.with_name(f"{name}-journal"), databases._connection, []

    def connect_and_lay(path: Path, mode: str, _: float, *kind: type) -> object:
        found = connected(path, mode, 0.05, *kind)
        if (path, mode) == (database, "rw") and not journal.exists():
            laid.append(hot(database, victim))
        return found

    monkeypatch.setattr(databases, "_connection", connect_and_lay)
    monkeypatch.setattr(register, "WAITING", 0.05)
    with contextlib.suppress(RancangError), contextlib.closing(opened(database, read_only=False)) as found:
        if isinstance(found, Register):
            found.keep_setting("kementerian", "ya")
    assert laid
    assert victim.exists()
    monkeypatch.undo()
    journal.unlink(missing_ok=True)
    opened(database, read_only=False).close()
    assert database.read_bytes()[18:20] == b"\1\1"


def test_the_end_of_one_transaction_leaves_the_note_of_another_one(tmp_path) -> None:
    """Window and command line may write one register; a power cut would find no note of who was under way."""
    desk = tmp_path / "meja.sqlite"
    with Register(desk, create=True) as made:
        made.keep_setting("due", "2026-12-31")

    def noted() -> list[str]:
        return known_here._noted(desk)[0]

    one, two = Register(desk), Register(desk)
    with one.engine.connect() as first:
        with first.begin():
            first.exec_driver_sql("UPDATE setting SET value = 'a' WHERE name = 'due'")
        assert len(noted()) == 2
        second = two.engine.connect()
        begun = second.begin()
        second.exec_driver_sql("UPDATE setting SET value = 'b' WHERE name = 'due'")
        under_way = noted()
    assert noted() == under_way, "though the first one has let go of the register"
    begun.commit()
    second.close()
    assert noted() == under_way[1:]


def test_a_register_is_as_it_was_or_as_it_is_after_a_power_cut(tmp_path, monkeypatch) -> None:
    """SQLite writes changed pages in order; tables that are each whole by themselves are no register yet."""
    desk = tmp_path / "meja.sqlite"
    with Register(desk, create=True) as made:
        made.keep_setting("kementerian", "ya")
        before, journal = pages(desk), full(desk)
        monkeypatch.setattr(register, "end", lambda *_: None)
        monkeypatch.setattr(known_here, "_number", lambda _path: f"{7:08x}")
        made.begin_run([tmp_path], clock.now(), "x" * 9_000)
        after = pages(desk)
    changed = [n for n, page in enumerate(after) if n >= len(before) or page != before[n]]
    for written in range(len(changed) + 1):
        half = [*before, *[bytes(len(page)) for page in after[len(before) :]]]
        for n in changed[:written]:
            half[n] = after[n]
        desk.write_bytes(b"".join(half))
        desk.with_name(f"{desk.name}-journal").write_bytes(journal)
        with Register(desk, read_only=True) as found, found.engine.connect() as connection:
            runs = connection.exec_driver_sql("SELECT count(*) FROM run").scalar()
            basis = connection.exec_driver_sql("SELECT value FROM setting WHERE name = 'basis'").scalar()
        assert (runs, basis or "") in {(0, ""), (1, "x" * 9_000)}
    monkeypatch.setattr(known_here, "_number", lambda _path: f"{8:08x}")
    with pytest.raises(Unfinished):
        Register(desk)  # another journal than that of the transaction


@pytest.mark.parametrize("kind", LAID)
def test_a_journal_that_somebody_laid_changes_nothing(sent, tmp_path, kind) -> None:
    """It came in an archive that was unpacked where a file of that name lay, which is whole without it."""
    other, desk = tmp_path / "lain.rancang", tmp_path / "meja.sqlite"
    shutil.copy(sent, other)
    with Workspace.open(sent, author=Author("Sari")) as workspace, workspace.operation(LABEL) as op:
        op.insert("programme", title={"id": "Sumur"})
    for database in (sent, desk):
        if database == desk:
            Register(desk, create=True).close()
            shutil.copy(desk, other)
            with Register(desk) as made:
                made.keep_setting("kementerian", "ya")
        before, journal = database.read_bytes(), database.with_name(f"{database.name}-journal")
        laid = LAID[kind](database, other)
        journal.write_bytes(laid)
        beside = database.with_name(f"{database.name}-wal")
        beside.write_bytes(b"")
        for read_only in (True, False):
            with pytest.raises(NamesAnother):
                opened(database, read_only=read_only)
        beside.unlink()
        assert look(database).path == database
        if database == desk:
            Register(desk, read_only=True).close()
        else:
            with Workspace.open(sent, read_only=True) as workspace:
                assert len(workspace.plan().programmes) == 1
        assert database.read_bytes() == before
        assert journal.exists()
        if database == desk:
            with Register(desk) as made:
                assert made.setting("kementerian") == "ya"
        else:
            with Workspace.open(sent) as workspace:
                assert len(workspace.plan().programmes) == 1
        assert not journal.exists()
        (aside,) = database.parent.glob("*-journal-*")
        assert aside.read_bytes() == laid
        aside.unlink()


def test_what_is_laid_beside_an_open_workspace_is_told(sent, tmp_path) -> None:
    """SQLite would look for it at the next edit, hours after the file was opened."""
    other, journal = tmp_path / "lain.rancang", sent.with_name(f"{sent.name}-journal")
    shutil.copy(sent, other)
    with Workspace.open(sent, author=Author("Sari")) as workspace:
        with workspace.operation(LABEL) as op:
            op.insert("programme", title={"id": "Sumur"})
        before = sent.read_bytes()
        for end in ("-journal", "-wal"):
            beside = sent.with_name(f"{sent.name}{end}")
            beside.write_bytes(full(other))
            with pytest.raises(NamesAnother), workspace.operation(LABEL) as op:
                op.insert("programme", title={"id": "Jalan"})
            with pytest.raises(NamesAnother):
                workspace.journal.ids()
            with pytest.raises(NamesAnother):
                workspace.snapshot(tmp_path / "salinan.rancang")
            assert sent.read_bytes() == before
            beside.unlink()
        with workspace.operation(LABEL) as op:
            op.insert("programme", title={"id": "Jalan"})
        journal.write_bytes(full(other))
    journal.unlink()
    with Workspace.open(sent) as workspace:
        assert len(workspace.plan().programmes) == 2


def test_what_lies_there_when_a_transaction_begins_deletes_nothing_when_it_is_taken_back(
    sent, victim, monkeypatch
) -> None:
    """Laid between our look and SQLite's: it is not played in, and its end names nothing any more."""
    with Workspace.open(sent, author=Author("Sari")) as workspace:
        monkeypatch.setattr(watching, "names_beside", lambda _path: [])
        hot(sent, victim)
        with contextlib.suppress(ZeroDivisionError), workspace.operation(LABEL) as op:
            op.insert("programme", title={"id": "Sumur"})
            raise ZeroDivisionError
        monkeypatch.undo()
        with workspace.operation(LABEL) as op:
            op.insert("programme", title={"id": "Jalan"})
        assert len(workspace.plan().programmes) == 1


@pytest.mark.parametrize("left", [b"", bytes(512)])
def test_a_journal_of_nothing_is_put_aside(sent, left) -> None:
    """A transaction that ended before it began; it stays where it is and is no other's."""
    journal = sent.with_name(f"{sent.name}-journal")
    journal.write_bytes(left)
    with Workspace.open(sent, author=Author("Sari")) as workspace, workspace.operation(LABEL) as op:
        op.insert("programme", title={"id": "Sumur"})
    assert not journal.exists()


def test_a_file_is_whole_when_every_evidence_file_in_it_is(sent, tmp_path) -> None:
    """Half of a transaction that looks sound to SQLite is taken back."""
    with Workspace.open(sent, author=Author("Sari")) as workspace, workspace.operation(LABEL) as op:
        op.attach(b"foto", name="foto.bin", media_type="application/octet-stream")
    assert left_over.is_whole(sent)
    raw = sqlite3.connect(sent)
    raw.execute("UPDATE blob_chunk SET data = x'00' WHERE length(data) = 4")
    raw.commit()
    assert left_over.is_sound(sent)
    assert not left_over.is_whole(sent)
    raw.execute("DELETE FROM blob_chunk")
    raw.commit()
    raw.close()
    assert not left_over.is_whole(sent)


def test_looking_plays_nothing_into_a_file(sent) -> None:
    """After a crash too: it is read in a copy, until somebody opens it to work with it."""
    crash(sent)
    there, journal = sent.read_bytes(), sent.with_name(f"{sent.name}-journal")
    left = journal.read_bytes()
    assert look(sent).workspace
    with Workspace.open(sent, read_only=True) as workspace:
        assert workspace.plan().programmes == ()
        with contextlib.closing(file.connect(sent, read_only=True)) as raw:
            assert raw.execute("SELECT count(*) FROM agency").fetchone() == (0,)
    assert (sent.read_bytes(), journal.read_bytes()) == (there, left)
    Workspace.open(sent).close()
    assert not journal.exists(), "rolled back"


def test_a_file_with_holes_is_asked_at_once_and_copied_with_them(sent, tmp_path, monkeypatch) -> None:
    """It claims more than the disk holds, and something lies beside it, so that it is read in a copy."""
    whose, page = look(sent).workspace, int.from_bytes(sent.read_bytes()[16:18], "big")
    os.truncate(sent, (1 << 36) // page * page)
    sent.with_name(f"{sent.name}-wal").write_bytes(b"")
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=1 << 30))
    assert look(sent).workspace == whose
    with pytest.raises(FileProblem) as told:
        databases.copied(sent, tmp_path / "salinan")
    assert told.value.message.id == "base.file.disk_full"
    os.truncate(sent, (1 << 28) // page * page)
    assert databases.copied(sent, tmp_path / "salinan") == databases.copied(sent, tmp_path / "lagi")
    assert (tmp_path / "salinan").stat().st_blocks < 8_000


def test_after_a_crash_a_file_that_a_backup_knows_by_a_second_name_is_opened(sent, tmp_path) -> None:
    journal, page = sent.with_name(f"{sent.name}-journal"), int.from_bytes(sent.read_bytes()[16:18], "big")
    pages = sent.stat().st_size // page
    left = bytes.fromhex("d9d505f920a163d7") + struct.pack(">IIIII", 0, 0, pages, 512, page)
    journal.write_bytes(left.ljust(512, b"\0"))
    for one in (sent, journal):
        os.link(one, tmp_path / f"cadangan-{one.name}")
    Workspace.open(sent, author=Author("X")).close()
    assert not journal.exists(), "rolled back"


def test_an_older_file_is_brought_up_to_date_where_nobody_lays_anything(tmp_path, victim) -> None:
    path = tmp_path / "lama.rancang"
    path.write_bytes(gzip.decompress(KEPT.read_bytes()))
    hot(path, victim, f"{path.name}.upgrade-journal")
    hot(path, victim, f"{path.name}.part-journal")
    Workspace.open(path).close()
    assert file.version_of(path) == file.VERSION


def test_a_backup_is_put_back_through_no_link(sent, victim) -> None:
    sent.with_name(f"{sent.name}.part").symlink_to(victim)
    with Workspace.open(sent, author=Author("Sari")) as workspace:
        with workspace.operation(LABEL) as op:
            op.insert("programme", title={"id": "Sumur"})
        saved = workspace.backup("close")
    sent.with_name(f"{sent.name}-wal").write_bytes(b"x")
    restoring.put_back(sent, saved)
    assert not sent.is_symlink()
    assert not sent.with_name(f"{sent.name}-wal").exists()
    with Workspace.open(sent) as workspace:
        assert len(workspace.plan().programmes) == 1


def test_no_copy_is_put_where_something_lies_that_would_be_played_into_it(sent, victim, tmp_path) -> None:
    target = tmp_path / "salinan.rancang"
    with Workspace.open(sent, author=Author("Sari")) as workspace:
        for end in ("-journal", "-wal"):
            beside = target.with_name(target.name + end)
            beside.write_bytes(b"x")
            with pytest.raises(NotAlone):
                workspace.snapshot(target)
            beside.unlink()
        workspace.snapshot(target)
    assert sorted(each.name for each in tmp_path.glob("salinan*")) == ["salinan.rancang"]


@pytest.mark.slow
def test_what_is_laid_while_a_backup_is_made_is_not_played_in(sent, victim, monkeypatch) -> None:
    """To be copied a file is let go of for a moment; a journal laid then was played in right after."""
    with Workspace.open(sent, author=Author("Sari")) as workspace, workspace.operation(LABEL) as op:
        op.insert("programme", title={"id": "Sumur"})
    raw = file.connect(sent, read_only=False)
    raw.watch(sent)
    with raw.let_go(lambda place: databases.guard(place, 1)):
        journal = hot(sent, victim)
        # it came after we had looked, right before the file is held again
        monkeypatch.setattr(watching, "names_beside", lambda _place: [])
    with contextlib.suppress(sqlite3.Error, RancangError):
        raw.execute("SELECT count(*) FROM programme").fetchone()
    assert victim.exists()
    journal.unlink()
    monkeypatch.undo()
    raw.watch(sent)
    assert raw.execute("SELECT count(*) FROM programme").fetchone() == (1,)
    raw.close()
