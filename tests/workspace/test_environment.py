"""Where the file lies: odd names, links, full and locked disks, other programs, crashes, clocks."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path, PureWindowsPath

import pytest

from desktop.base import RancangError
from desktop.base.errors import FileProblem
from desktop.base.ids import derived_id
from desktop.base.paths import home
from desktop.workspace import Author, Workspace, backup, beside, left_as, profile
from desktop.workspace.errors import Busy, FileMoved, InUse
from tests.workspace.test_file import closed
from tests.workspace.test_operation import LABEL, programme

ODD = [
    "Rencana #1?.rancang",
    "100% selesai & beres.rancang",
    "Rencana Rödö 计划 ☂.rancang",
    "a%20b;c.rancang",
    "'x'.rancang",
]


@pytest.mark.parametrize("name", ODD)
def test_any_name_a_file_can_have(workspace: Workspace, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "map & #2"
    folder.mkdir()
    path = folder / f"{name}.rancang"
    shutil.copy(closed(workspace), path)
    with Workspace.open(path) as opened:
        with opened.operation(LABEL) as op:
            op.answer("profile.population", 5)
        opened.snapshot(folder / f"copy of {name}")
        opened.bring_back(folder / f"copy of {name}")
        saved = opened.backup("test")
    Workspace.restore(path, saved).close()
    with Workspace.open(path, read_only=True) as reader:
        assert reader.plan().answer("profile.population").value == 5


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (r"C:\Data\a b.rancang", "file:///C:/Data/a%20b.rancang"),
        (r"\\server\bagian\x#1.rancang", "file:////server/bagian/x%231.rancang"),
    ],
)
def test_a_path_on_a_windows_share_is_no_host_name(path: str, uri: str) -> None:
    """SQLite refuses `file://server/...`, which is what pathlib makes of a share."""
    assert beside.uri(PureWindowsPath(path)).replace("C%3A", "C:") == uri


def test_a_link_and_its_file_are_one(workspace: Workspace, tmp_path: Path) -> None:
    link = tmp_path / "link.rancang"
    link.symlink_to(workspace.path)
    with pytest.raises(InUse):
        Workspace.open(link)
    saved = workspace.backup("test")
    path = closed(workspace)
    with Workspace.open(link) as opened, pytest.raises(InUse):
        Workspace.open(path)
    assert opened.backup_problem is None
    Workspace.restore(link, saved).close()
    assert link.is_symlink()
    with Workspace.open(path) as again:
        assert again.plan().programmes == ()


def test_a_link_to_nothing_and_to_itself_are_said(tmp_path: Path) -> None:
    for target in ("nowhere", "itself.rancang"):
        link = tmp_path / "itself.rancang"
        link.unlink(missing_ok=True)
        link.symlink_to(tmp_path / target)
        with pytest.raises(FileProblem):
            Workspace.open(link)


def test_a_half_written_file_is_looked_at_through_a_link(workspace: Workspace, tmp_path: Path) -> None:
    path = closed(workspace)
    crash(path)
    link = tmp_path / "elsewhere" / "link.rancang"
    link.parent.mkdir()
    link.symlink_to(path)
    with Workspace.open(link, read_only=True) as reader:
        assert len(reader.plan().agencies) == 1


def crash(path: Path) -> None:
    """Leave a transaction half-written, as a power cut does."""
    script = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA cache_size=1'); c.execute('BEGIN IMMEDIATE');"
        "c.execute('UPDATE sync_gate SET open = 1');"
        "c.executemany('INSERT INTO agency(id) VALUES (?)', [(str(n) * 20,) for n in range(2000)]);"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert path.with_name(path.name + "-journal").exists()


def test_restoring_over_a_half_written_file_does_not_play_its_journal_into_the_backup(
    workspace: Workspace,
) -> None:
    saved = workspace.backup("test")
    for n in range(30):
        with workspace.operation(LABEL) as op:
            op.answer_text(f"chapter.{n}", "id", f"{n} " * 3000)
    path = closed(workspace)
    crash(path)
    with Workspace.restore(path, saved) as again:
        assert again.plan().answers == {}
        again.self_check()
    kept = next(path.parent.glob("a (*).rancang"))
    with Workspace.open(kept) as former:
        assert len(former.plan().answers) == 31
        former.self_check()


def test_a_file_replaced_while_it_is_open_is_said_and_not_written_into_the_void(
    make: Callable[..., Workspace], tmp_path: Path
) -> None:
    workspace = make("a")
    programme(workspace)
    shutil.copy(workspace.path, tmp_path / "other.rancang")
    (tmp_path / "other.rancang").replace(workspace.path)
    with pytest.raises(FileMoved), workspace.operation(LABEL) as op:
        op.answer("profile.population", 5)


def test_another_program_that_reads_for_long_is_said(workspace: Workspace) -> None:
    reader = sqlite3.connect(workspace.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM plan").fetchone()
    workspace._raw().execute("PRAGMA busy_timeout=50")
    head = workspace.head
    with pytest.raises(Busy), workspace.operation(LABEL) as op:
        op.answer("profile.population", 5)
    reader.close()
    assert workspace.head == head
    with workspace.operation(LABEL) as op:
        op.answer("profile.population", 5)
    workspace.self_check()


def test_a_window_that_only_reads_follows_the_one_that_writes(workspace: Workspace) -> None:
    with Workspace.open(workspace.path, read_only=True) as reader:
        assert reader.plan().programmes == ()
        programme(workspace)
        assert len(reader.plan().programmes) == 1


def test_a_reader_can_hand_on_a_copy(workspace: Workspace, tmp_path: Path) -> None:
    """Books are made from copies, also of a workspace somebody else has open."""
    with Workspace.open(workspace.path, read_only=True) as reader:
        reader.snapshot(tmp_path / "copy.rancang")
        with pytest.raises(RancangError), reader.operation(LABEL) as op:
            op.answer("profile.population", 5)
    with Workspace.open(tmp_path / "copy.rancang", read_only=True) as copy:
        assert copy.plan().region.code == "18.07"


def test_rows_that_somebody_wrote_by_hand_are_computed_anew(workspace: Workspace) -> None:
    """Whatever the file says of the computer it was last worked with on."""
    with workspace.operation(LABEL) as op:
        op.insert("programme", title={"id": "Sumur"})
    path = closed(workspace)
    raw = sqlite3.connect(path)
    raw.execute("UPDATE sync_gate SET open = 1")
    raw.execute("UPDATE programme SET title = ?", (json.dumps({"id": "Program siluman"}),))
    raw.execute("UPDATE sync_gate SET open = 0")
    raw.commit()
    raw.close()
    for only in (True, False):
        with Workspace.open(path, read_only=only) as again:
            assert "Program siluman" not in {each.title.values["id"] for each in again.plan().programmes}
    assert left_as.is_as_left(path)
    about = path.stat()
    path.write_bytes(path.read_bytes())
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert not left_as.is_as_left(path)


def test_a_file_switched_to_write_ahead_logging_becomes_one_file_again(workspace: Workspace) -> None:
    path = closed(workspace)
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.close()
    with Workspace.open(path) as again:
        with again.operation(LABEL) as op:
            op.answer("profile.population", 5)
        assert not path.with_name(path.name + "-wal").exists()
        assert again.plan().answer("profile.population").value == 5


# -- locks ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "content", [b"", b'{"person": 1}',
                b'{"person": "S", "host": "HOST", "process": 99999999999999999999999}',
                b'{"person": "S", "host": "HOST", "process": -1}',
                b'{"person": "S", "host": "HOST", "process": "x"}'],
)  # fmt: skip
def test_a_lock_with_anything_in_its_places_is_taken_over(workspace: Workspace, content: bytes) -> None:
    import platform

    path = closed(workspace)
    lock = path.with_name(path.name + ".lock")
    lock.write_bytes(content.replace(b"HOST", platform.node().encode()))
    with Workspace.open(path) as again:
        again.self_check()
    assert not lock.exists()


def test_a_lock_of_this_very_process_number_from_before_a_restart_is_taken_over(workspace: Workspace) -> None:
    """In a container the program has the same number every time."""
    import platform

    path = closed(workspace)
    lock = {"person": "Sari", "host": platform.node(), "process": os.getpid()}
    path.with_name(path.name + ".lock").write_text(json.dumps(lock))
    with Workspace.open(path), pytest.raises(InUse):
        Workspace.open(path)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[]", b"[" * 100_000])
def test_somebodys_own_file_under_the_name_of_the_lock_is_left_alone(
    workspace: Workspace, content: bytes
) -> None:
    path = closed(workspace)
    lock = path.with_name(path.name + ".lock")
    lock.write_bytes(content)
    with pytest.raises(InUse):
        Workspace.open(path)
    assert lock.read_bytes() == content
    with Workspace.open(path, read_only=True) as there:
        there.plan()


def test_a_folder_where_the_lock_should_be_is_said(workspace: Workspace) -> None:
    path = closed(workspace)
    path.with_name(path.name + ".lock").mkdir()
    with pytest.raises(InUse):
        Workspace.open(path)


def test_a_lock_somebody_else_holds_by_now_is_left_to_them(workspace: Workspace) -> None:
    lock = workspace.path.with_name(workspace.path.name + ".lock")
    lock.write_text('{"person": "Budi", "host": "laptop", "process": 1}')
    workspace.close()
    assert lock.exists()


def test_a_file_left_by_a_crash_is_read_from_end_to_end_and_mended(workspace: Workspace) -> None:
    import platform

    path = closed(workspace)
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("UPDATE sync_gate SET open = 1")
    raw.execute("UPDATE programme SET code = 'half'")
    raw.execute("UPDATE sync_gate SET open = 0")
    raw.close()
    lock = {"person": "Sari", "host": platform.node(), "process": -1}
    path.with_name(path.name + ".lock").write_text(json.dumps(lock))
    with Workspace.open(path) as again:
        again.self_check()
        assert again.plan().programmes[0].code == ""


# -- the program's own folder ----------------------------------------------------------------------
def test_work_goes_on_where_no_backup_can_be_made_and_it_is_said(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = closed(workspace)
    (tmp_path / "a file").write_text("no folder")
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "a file"))
    for _ in range(2):
        with Workspace.open(path) as again:
            assert again.backup_problem is not None
            with again.operation(LABEL) as op:
                op.answer("profile.population", 5)
            assert again.backups() == []
            mine = again._journal.meta("replica")
    with Workspace.open(path) as same:
        assert same._journal.meta("replica") == mine


def test_a_new_workspace_needs_no_folder_of_the_program(
    make: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("no folder")
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "a file" / "below"))
    assert make("new").plan().region.code == "18.07"


@pytest.mark.parametrize("content", ["[]", "{}", "5", "x", '{"id": 5}', "[" * 100_000])
def test_a_profile_that_cannot_be_read_is_made_anew(content: str) -> None:
    (home() / "device.json").write_text(content)
    assert profile.device() == profile.device()


def test_files_that_are_no_backups_do_not_disturb(workspace: Workspace) -> None:
    folder = home() / "backups" / workspace.id
    folder.mkdir(parents=True)
    (folder / "20269999T999999Z-open-aaaaaaaaaaaa.rancang").write_text("x")
    (folder / "notes.txt").write_text("x")
    path = closed(workspace)
    with Workspace.open(path) as again:
        assert [saved.reason for saved in again.backups()] == ["open"]


def test_a_backup_folder_is_never_named_by_a_file(workspace: Workspace) -> None:
    with pytest.raises(RancangError):
        backup.listed("../../elsewhere")


# -- disks and clocks ------------------------------------------------------------------------------
@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte and a half, where it may be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def too_much(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        op.answer("profile.population", 5)
        op.attach(os.urandom(4_000_000), name="foto.jpg", media_type="image/jpeg")


def fill_with_copies(workspace: Workspace, folder: Path) -> None:
    for n in range(30):
        workspace.snapshot(folder / f"copy{n}.rancang")


def test_a_full_disk_is_said_and_nothing_is_half_written(workspace: Workspace, small_disk: Path) -> None:
    path = small_disk / "x.rancang"
    shutil.copy(closed(workspace), path)
    with Workspace.open(path) as opened:
        head = opened.head
        with pytest.raises(FileProblem) as told:
            too_much(opened)
        assert told.value.message.id == "base.file.disk_full"
        assert opened.head == head
        opened.self_check()
        with opened.operation(LABEL) as op:
            op.answer("profile.population", 5)
        with pytest.raises(FileProblem):
            fill_with_copies(opened, small_disk)
        assert not list(small_disk.glob("*.part*"))
    with Workspace.open(path) as again:
        assert again.plan().answer("profile.population").value == 5
        again.self_check()


def test_after_a_hiccup_of_the_disk_the_next_edit_is_written(workspace: Workspace) -> None:
    """A program that moves files away took the journal while an edit was written."""
    journal = workspace.path.with_name(f"{workspace.path.name}-journal")
    with contextlib.suppress(RancangError), workspace.operation(LABEL) as op:
        op.answer("profile.population", 4)
        journal.unlink(missing_ok=True)
        workspace._raw().execute("UPDATE sync_gate SET open = 1")
        journal.unlink(missing_ok=True)
    with workspace.operation(LABEL) as op:
        op.answer("profile.population", 5)
    assert workspace.plan().answer("profile.population").value == 5
    workspace.self_check()


def test_a_new_workspace_on_a_full_disk_leaves_nothing(small_disk: Path, tiny_pack: bytes) -> None:
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="space"):
        filler.write_bytes(b"x" * 2_000_000)
    path = small_disk / "x.rancang"
    with pytest.raises(FileProblem):
        Workspace.create(
            path, region="18.07", first_year=2026, last_year=2030, pack=tiny_pack, author=Author("S")
        )
    assert [each.name for each in small_disk.iterdir()] == ["filler"]


def test_a_file_that_may_not_be_written_can_be_read(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "sealed"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a disk cannot be mounted here")
    try:
        shutil.copy(closed(workspace), folder / "x.rancang")
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        with pytest.raises(FileProblem) as told:
            Workspace.open(folder / "x.rancang")
        assert told.value.message.id == "base.file.read_only_disk"
        with Workspace.open(folder / "x.rancang", read_only=True) as reader:
            assert len(reader.plan().programmes) == 1
            reader.snapshot(tmp_path / "copy.rancang")
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_lock_that_cannot_be_taken_leaves_no_new_file(tmp_path: Path, tiny_pack: bytes) -> None:
    path = tmp_path / "x.rancang"
    path.with_name("x.rancang.lock").write_text('{"person": "Budi", "host": "laptop", "process": 1}')
    with pytest.raises(InUse):
        Workspace.create(
            path, region="18.07", first_year=2026, last_year=2030, pack=tiny_pack, author=Author("S")
        )
    assert not path.exists()


def test_a_clock_that_was_wrong_for_a_day_does_not_date_everything_after(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme(workspace)
    for year in ("2099", "2026", "1999"):
        monkeypatch.setenv("RANCANG_NOW", f"{year}-01-02T03:04:05+00:00")
        with workspace.operation(LABEL) as op:
            op.answer("profile.population", int(year))
        assert workspace.plan().changed_at.year == int(year)
        workspace.backup("test")
    suspects = [each.clock_suspect for each in workspace.recent(3)]
    assert suspects == [True, True, False]
    row = derived_id("answer", "profile.population", "", "")
    assert [entry.after for entry in workspace.history("answer", row, "value")] == [1999, 2026, 2099]
    path = workspace.path
    workspace.close()
    with Workspace.open(path) as again:
        again.undo()
        assert again.plan().answer("profile.population").value == 2026
