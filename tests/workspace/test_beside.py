"""What lies beside a workspace under a name that SQLite would open of its own accord."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop.base.ordinary import NotOrdinary
from desktop.workspace import Workspace


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
@pytest.mark.parametrize("end", ["-journal", "-wal"])
def test_a_pipe_under_the_name_of_a_journal_is_told_at_once(workspace: Workspace, end: str) -> None:
    workspace.close()
    beside = workspace.path.with_name(workspace.path.name + end)
    os.mkfifo(beside)
    for read_only in (True, False):
        with pytest.raises(NotOrdinary) as told:
            Workspace.open(workspace.path, read_only=read_only)
        assert told.value.message.params["file"] == str(beside)
    beside.unlink()
    Workspace.open(workspace.path).close()


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
def test_no_copy_takes_the_place_of_a_pipe(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotOrdinary):
        workspace.snapshot(tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()
