"""Older files: upgraded on a copy that is checked before it takes the place; every step has its test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from desktop.base import RancangError
from desktop.workspace import Author, Workspace, file, migrate
from tests.workspace.test_file import closed

if TYPE_CHECKING:
    from alembic.operations import Operations

NEXT = file.VERSION + 1


def old(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of this version seen by a program of the next, which has one more column."""
    path = closed(workspace)
    monkeypatch.setattr(file, "VERSION", NEXT)
    monkeypatch.setattr(migrate, "STEPS", {NEXT - 1: add_column})
    return path


def add_column(operations: Operations) -> None:
    operations.add_column("sync_package_log", sa.Column("note", sa.Text))


def broken(operations: Operations) -> None:
    operations.execute("UPDATE no_such_table SET x = 1")


def test_an_older_file_is_brought_up_to_date(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old(workspace, monkeypatch)
    with Workspace.open(path, author=Author("Sari")) as again:
        assert again.plan().programmes[0].title.read("id") == "Layanan satu pintu"
        assert {saved.reason for saved in again.backups()} == {"migrate"}
        again.self_check()
        again.undo()
    assert file.version_of(path) == NEXT


def test_a_failing_step_leaves_the_file_as_it_was(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old(workspace, monkeypatch)
    monkeypatch.setattr(migrate, "STEPS", {NEXT - 1: broken})
    before = path.read_bytes()
    with pytest.raises(RancangError):
        Workspace.open(path)
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir() if p.is_file()) == [path.name]


def test_every_version_since_the_oldest_has_a_step() -> None:
    assert sorted(migrate.STEPS) == list(range(file.OLDEST, file.VERSION))
