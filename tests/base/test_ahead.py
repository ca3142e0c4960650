"""Large files are brought to the disk on the way, and what the disk did not take is told."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pytest

from desktop.base import ahead
from desktop.base.ahead import Ahead

pytestmark = pytest.mark.skipif(not hasattr(os, "fdatasync"), reason="bytes alone go to the disk on Linux")


def test_every_step_of_a_large_file_is_brought_to_the_disk(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(ahead, "_STEP", 10)
    brought: list[tuple[int, int]] = []

    def bring(handle: int) -> None:
        found = os.fstat(handle)
        brought.append((found.st_ino, found.st_size))

    monkeypatch.setattr(os, "fdatasync", bring)
    with (tmp_path / "x").open("wb") as file:
        one, number = Ahead(file), os.fstat(file.fileno()).st_ino
        open_before = len(list(Path("/proc/self/fd").iterdir()))
        for size in (9, 10, 19, 25):
            file.write(b"x" * (size - file.tell()))
            one.reached(size)
            if one._step is not None:  # the next one is taken up when this one is done
                one._step.result()
        one.wait()
        one.wait()
        assert len(list(Path("/proc/self/fd").iterdir())) == open_before
    assert brought == [(number, 10), (number, 25)]


def test_what_the_disk_did_not_take_is_told_for_the_system_says_so_once(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(ahead, "_STEP", 1)

    def lost(_handle: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fdatasync", lost)
    with (tmp_path / "x").open("wb") as file:
        one = Ahead(file)
        one.reached(1)
        with pytest.raises(OSError, match=os.strerror(errno.EIO)):
            one.wait()


def test_what_is_no_file_or_small_is_left_alone(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(os, "fdatasync", None)
    Ahead(io.BytesIO()).reached(ahead._STEP)
    with (tmp_path / "x").open("wb") as file:
        one = Ahead(file)
        one.reached(ahead._STEP - 1)
        one.wait()
