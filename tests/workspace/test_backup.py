"""Backups: made when something changed, checked, thinned, and put back with the present file kept."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.base import Message
from desktop.base.errors import Cancelled, FileProblem
from desktop.base.paths import home
from desktop.base.settings import SettingsFile
from desktop.workspace import Author, Backup, Workspace, backup, handing, keeping
from desktop.workspace.errors import SecondPlaceAway, UnknownBackup
from desktop.workspace.handouts import MadeFor
from tests.workspace.test_operation import LABEL, programme


def test_opening_after_changes_makes_a_backup_and_without_none(workspace: Workspace) -> None:
    programme(workspace)
    path = workspace.path
    workspace.close()
    with Workspace.open(path) as again:
        first = again.backups()
    with Workspace.open(path) as again:
        assert again.backups() == first
    assert len(first) == 1
    with Workspace.open(first[0].path, read_only=True) as kept:
        assert len(kept.plan().programmes) == 1


def test_a_backup_is_put_back_and_the_present_file_kept(workspace: Workspace) -> None:
    programme(workspace)
    saved = workspace.backup("import")
    with workspace.operation(LABEL) as op:
        op.insert("programme", title={"id": "Sesudahnya"})
    path = workspace.path
    workspace.close()
    with Workspace.restore(path, saved, Author("Sari")) as again:
        assert len(again.plan().programmes) == 1
        again.self_check()
    kept = list(path.parent.glob("a (*).rancang"))
    assert len(kept) == 1
    with Workspace.open(kept[0]) as former:
        assert len(former.plan().programmes) == 2


def test_a_copy_without_its_evidence_is_no_backup_of_the_file_that_has_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Looked into once, it has the same head, and took the place of one's own."""
    with workspace.operation(LABEL) as op:
        op.attach(b"years of work", name="foto.bin", media_type="application/octet-stream")
    with handing.staged(workspace, evidence=False) as stage:
        stage.give(tmp_path / "salinan.rancang", MadeFor(role="mentor", person="Budi"))
    with Workspace.open(tmp_path / "salinan.rancang", author=Author("Sari")) as copy:
        assert copy.head == workspace.head
        assert not any(each.present for each in copy.plan().evidence)
    saved = workspace.backup("close")
    with Workspace.open(saved.path, read_only=True) as kept:
        assert all(each.present for each in kept.plan().evidence)
    assert workspace.backup("close") == saved
    assert len(workspace.backups()) == 2


def test_what_was_lost_by_restoring_can_be_brought_back(workspace: Workspace) -> None:
    programme(workspace)
    saved = workspace.backup("import")
    with workspace.operation(LABEL) as op:
        op.insert("programme", title={"id": "Sesudahnya"})
    path = workspace.path
    workspace.close()
    with Workspace.restore(path, saved, Author("Sari")) as again:
        again.bring_back(next(path.parent.glob("a (*).rancang")))
        assert len(again.plan().programmes) == 2


@pytest.mark.slow
def test_backups_are_thinned_to_recent_daily_weekly_monthly() -> None:
    start = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
    kept = [
        Backup(Path(f"{n}.rancang"), start - dt.timedelta(hours=6 * n), "open", f"{n}", 1)
        for n in range(4 * 400)
    ]
    for _ in range(2):
        gone = backup.superfluous(kept)
        kept = [each for each in kept if each not in gone]
    assert kept[:10] == [b for b in kept if b.at > start - dt.timedelta(hours=60)]
    assert 20 < len(kept) < 40
    assert kept[-1].at < start - dt.timedelta(days=300)
    assert backup.superfluous(kept) == []
    # what colleagues sent back and was looked into crowds one's own work out in no way
    others = [
        Backup(Path(f"k{n}.rancang"), start + dt.timedelta(minutes=n), "open", f"k{n}", 1, copy=f"{n:08x}")
        for n in range(300, 0, -1)
    ]
    gone = backup.superfluous([*others, *kept])
    assert not set(gone) & set(kept)
    assert len(others) + len(kept) - len(gone) == 200


def test_a_backup_beside_the_window_tells_how_far_it_is_and_can_be_given_up(workspace: Workspace) -> None:
    """In another thread, over a connection of its own, while the workspace is open."""
    with workspace.operation(LABEL) as op:
        for at in range(400):
            op.insert("programme", title={"id": f"{at} " + "Layanan " * 40})
    head, told, stop = workspace.head, list[tuple[int, int]](), list[bool]()

    def report(done: int, total: int, message: Message) -> None:
        assert message.id == "workspace.keeping"
        told.append((done, total))
        if stop:
            raise Cancelled

    def aside() -> Backup:
        return keeping.back_up_beside(report, workspace, workspace.id, head, "import")

    before, place = workspace.backups(), home() / "backups" / workspace.id
    with ThreadPoolExecutor(1) as pool:
        stop.append(True)
        with pytest.raises(Cancelled):
            pool.submit(aside).result()
        assert workspace.backups() == before
        assert not list(place.glob("*.part*")), "nothing half is left"
        stop.clear()
        saved = pool.submit(aside).result()
    assert (saved.head, saved.reason) == (head[:12], "import")
    assert workspace.backups()[0].path == saved.path
    assert len(told) > 2
    assert all(0 <= done <= total for done, total in told)
    with Workspace.open(saved.path, read_only=True) as kept:
        assert len(kept.plan().programmes) == 400


def test_a_full_disk_leaves_no_half_backup(workspace: Workspace, tmp_path: Path) -> None:
    programme(workspace)
    target = tmp_path / "no such folder" / "x.rancang"
    with pytest.raises(FileProblem):
        backup.copy_checked(workspace._raw(), target)
    assert not target.exists()


def test_a_damaged_source_is_never_kept_as_a_backup(workspace: Workspace, tmp_path: Path) -> None:
    class Broken(sqlite3.Connection):
        """Copies garbage."""

        def execute(self, sql: str, parameters: object = ()) -> sqlite3.Cursor:
            if isinstance(parameters, tuple) and parameters:
                Path(parameters[0]).write_bytes(b"garbage" * 1000)
            return super().execute("SELECT 1")

    from desktop.base import RancangError

    with pytest.raises(RancangError):
        backup.copy_checked(Broken(":memory:"), tmp_path / "b.rancang")
    assert list(tmp_path.glob("b.*")) == []


def test_an_unknown_backup_is_said(workspace: Workspace) -> None:
    with pytest.raises(UnknownBackup):
        backup.find(workspace.id, "nothing")


def test_bringing_back_backs_up_first(make: Callable[..., Workspace]) -> None:
    mine = make("a")
    theirs = make("b", copy_of=mine, person="Budi")
    programme(theirs)
    theirs.close()
    before = mine.head
    report = mine.bring_back(theirs.path)
    saved = backup.find(mine.id, report.backup)
    with Workspace.open(saved.path, read_only=True) as kept:
        assert kept.head == before
    assert report.change_sets == 1
    assert {change.kind for change in report.rows} == {"new"}


def second_place(place: Path) -> None:
    file = SettingsFile()
    file.keep(replace(file.value, backup_place=str(place)))


def test_backups_are_copied_to_the_second_place_once(workspace: Workspace, tmp_path: Path) -> None:
    programme(workspace)
    saved = workspace.backup("import")
    place = tmp_path / "stik"
    assert backup.spread(workspace.id) == 0
    place.mkdir()
    second_place(place)
    assert backup.spread(workspace.id) == len(workspace.backups())
    assert backup.spread(workspace.id) == 0
    copy = backup.listed_second(workspace.id)[0]
    assert copy.path.read_bytes() == saved.path.read_bytes()
    assert copy.path.is_relative_to(place)
    with Workspace.open(copy.path, read_only=True) as kept:
        assert len(kept.plan().programmes) == 1


def test_a_second_place_that_is_away_or_full_leaves_no_half_file(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme(workspace)
    workspace.backup("import")
    place = tmp_path / "stik"
    second_place(place)
    with pytest.raises(SecondPlaceAway):
        backup.spread(workspace.id)
    assert backup.listed_second(workspace.id) == []
    place.mkdir()

    def full(_source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup.shutil, "copyfile", full)
    with pytest.raises(FileProblem):
        backup.spread(workspace.id)
    assert [path for path in place.rglob("*") if path.is_file()] == []


def test_what_this_computer_still_keeps_is_not_thinned_at_the_second_place(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme(workspace)
    workspace.backup("import")
    place = tmp_path / "stik"
    place.mkdir()
    second_place(place)
    backup.spread(workspace.id)
    foreign = backup.listed_second(workspace.id)[0].path.with_name(
        "20200101T000000Z-open-0123456789ab.rancang"
    )
    foreign.write_bytes(b"x")
    monkeypatch.setattr(backup, "superfluous", lambda saved: saved)
    backup.spread(workspace.id)
    assert not foreign.exists()
    assert len(backup.listed_second(workspace.id)) == len(workspace.backups())
