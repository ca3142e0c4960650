"""An older copy put in the place of a file is noticed, and what it lacks comes back from a backup."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.base.paths import home
from desktop.workspace import Author, Workspace, remembered
from tests.workspace.histories import seed, state
from tests.workspace.test_merge_laws import LABEL


def add(workspace: Workspace, title: str) -> None:
    with workspace.operation(LABEL) as op:
        op.insert("programme", title={"id": title})


def titles(workspace: Workspace) -> set[str]:
    return {p.title.read("id") for p in workspace.plan().programmes}


@pytest.fixture
def replaced(make: Callable[..., Workspace]) -> Path:
    """A file that was worked on, closed, and then replaced by the copy of before; worked on there too."""
    workspace = make()
    seed(workspace)
    path = workspace.path
    workspace.close()
    old = path.with_name("old.rancang")
    shutil.copy(path, old)
    with Workspace.open(path) as again:
        assert again.older is None
        for title in ("one", "two"):
            add(again, title)
        remembered.leave(again)
    shutil.copy(old, path)
    return path


def test_an_older_copy_is_noticed_and_the_backup_brings_all_back(replaced: Path) -> None:
    with Workspace.open(replaced) as workspace:
        older = workspace.older
        assert older is not None
        assert older.backup is not None
        assert (older.change_sets, older.others, older.whole) == (2, 0, True)
        assert older.backup.reason == "close"
        add(workspace, "three")
        assert titles(workspace) == {"P0", "P1", "P2", "three"}
        workspace.bring_back(older.backup.path)
        assert titles(workspace) == {"P0", "P1", "P2", "one", "two", "three"}
        assert workspace.conflicts() == []
    with Workspace.open(replaced) as workspace:
        assert workspace.older is None
        workspace.self_check()


def test_it_is_said_again_until_it_is_back(replaced: Path) -> None:
    for title in ("three", "four"):
        with Workspace.open(replaced) as workspace:
            assert workspace.older is not None
            add(workspace, title)
    with Workspace.open(replaced, read_only=True) as looked:
        assert looked.older is None


def test_without_a_backup_it_is_noticed_all_the_same(replaced: Path) -> None:
    for saved in (home() / "backups").rglob("*-close-*"):
        saved.unlink()
    with Workspace.open(replaced) as workspace:
        assert workspace.older is not None
        assert workspace.older.backup is None
        assert not workspace.older.whole


@pytest.mark.slow
def test_a_backup_with_part_of_it_is_better_than_none(replaced: Path, make: Callable[..., Workspace]) -> None:
    with Workspace.open(replaced) as workspace:
        assert workspace.older is not None
        assert workspace.older.backup is not None
        kept = workspace.older.backup.path
    with Workspace.open(kept, author=Author("Sari")) as saved:  # as if more had been written after it
        path = replaced.with_name("later.rancang")
        saved.snapshot(path)
    with Workspace.open(path) as later:
        add(later, "late")
        lost = later._journal.newest()
    shutil.copy(replaced, path)
    with Workspace.open(path) as again:
        assert again.older is not None
        assert (again.older.lost, again.older.whole) == (lost, False)
        # nothing that is lost rests on them as far as can be seen, so they are looked at before
        assert (again.older.change_sets, again.older.others) == (0, 2)


def test_putting_an_older_backup_back_on_purpose_is_not_held_against_anybody(replaced: Path) -> None:
    with Workspace.open(replaced) as workspace:
        saved = workspace.backups()[-1]
    Workspace.restore(replaced, saved).close()
    with Workspace.open(replaced) as workspace:
        assert workspace.older is None


@pytest.mark.parametrize("garbage", ["", "[]", '{"paths": 7}', '{"paths": {"a": 7}}', "[" * 100_000])
def test_a_memory_that_cannot_be_read_troubles_nobody(replaced: Path, garbage: str) -> None:
    for path in (home() / "heads").iterdir():
        path.write_text(garbage, encoding="utf-8")
    with Workspace.open(replaced) as workspace:
        assert workspace.older is None
        before = state(workspace)
    with Workspace.open(replaced) as workspace:
        assert state(workspace) == before


def test_a_colleagues_copy_at_another_path_is_not_older(replaced: Path) -> None:
    """Only what stood at this very path counts: copies of any age are normal."""
    other = replaced.with_name("elsewhere.rancang")
    shutil.copy(replaced, other)
    with Workspace.open(other) as workspace:
        assert workspace.older is None


@pytest.mark.slow
def test_what_is_remembered_stays_small(make: Callable[..., Workspace]) -> None:
    workspace = make()
    path = workspace.path
    workspace.close()
    for n in range(40):
        copy = path.with_name(f"copy{n}.rancang")
        shutil.copy(path, copy)
        with Workspace.open(copy):
            pass
        copy.unlink()
    said = json.loads(next((home() / "heads").iterdir()).read_text(encoding="utf-8"))
    assert len(said["paths"]) == 32
