"""A copy takes no workspace's place but that of a copy made here that nobody has touched."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.base import RancangError
from desktop.base.written import chosen
from desktop.workspace import Workspace, backup
from desktop.workspace.saved_copy import save_copy
from tests.workspace.test_operation import LABEL


def test_a_copy_takes_no_workspaces_place(make: Callable[..., Workspace], tmp_path: Path) -> None:
    mine, other = make("mine"), make("other")
    folder = mine.path.parent
    hard, link = folder / "hard.rancang", folder / "link.rancang"
    os.link(mine.path, hard)
    link.symlink_to(mine.path)
    for target in (mine.path, hard, link, other.path):
        with pytest.raises(RancangError):
            save_copy(mine, target, chosen(target))
    assert link.is_symlink()
    for each in (mine, other):
        with each.operation(LABEL) as op:
            op.insert("programme", title={"id": "Sumur"})
    other.close()
    with pytest.raises(RancangError):
        save_copy(mine, other.path, chosen(other.path))
    copy = tmp_path / "salinan.rancang"
    save_copy(mine, copy, chosen(copy))
    with mine.operation(LABEL) as op:
        op.insert("programme", title={"id": "Jalan"})
    save_copy(mine, copy, chosen(copy))
    with Workspace.open(copy) as theirs:
        assert len(theirs.plan().programmes) == 2
        with pytest.raises(RancangError):
            save_copy(mine, copy, chosen(copy))
        with theirs.operation(LABEL) as op:
            op.insert("programme", title={"id": "Taman"})
    with pytest.raises(RancangError):
        save_copy(mine, copy, chosen(copy))
    with Workspace.open(copy) as theirs:
        assert len(theirs.plan().programmes) == 3


def test_what_came_since_the_dialog_is_left(
    make: Callable[..., Workspace], tmp_path: Path, monkeypatch
) -> None:
    target = tmp_path / "salinan.rancang"
    there = chosen(target)
    target.write_bytes(b"a colleague's")
    mine = make("mine")
    with pytest.raises(RancangError):
        save_copy(mine, target, there)
    assert target.read_bytes() == b"a colleague's"
    target.unlink()
    into = backup._vacuum_into

    def slowly(*about: object) -> None:
        into(*about)
        target.write_bytes(b"a colleague's")

    monkeypatch.setattr(backup, "_vacuum_into", slowly)
    with pytest.raises(RancangError):
        save_copy(mine, target, chosen(target))
    assert target.read_bytes() == b"a colleague's"
