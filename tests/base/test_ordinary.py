"""Whatever lies under a name that somebody gave: an ordinary file is opened, anything else told at once."""

from __future__ import annotations

import os
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.base import Language, ordinary
from desktop.base.errors import FileProblem
from desktop.base.ordinary import NotOrdinary, TooLarge, check_room, open_ordinary, read_ordinary
from desktop.base.placing import put, replacing
from desktop.base.speech import render

posix = pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[Path]:
    """A folder with everything that is no file."""
    folder = tmp_path / "odd"
    folder.mkdir()
    os.mkfifo(folder / "pipe")
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        here = Path.cwd()
        os.chdir(folder)  # the name of a socket may have a hundred letters
        listening.bind("socket")
        os.chdir(here)
        (folder / "device").symlink_to("/dev/zero")
        (folder / "linked").symlink_to(folder / "pipe")
        (folder / "twice").symlink_to(folder / "linked")
        yield folder


@posix
@pytest.mark.parametrize("name", ["pipe", "socket", "device", "linked", "twice"])
def test_what_is_no_file_is_told_at_once(odd: Path, name: str) -> None:
    path = odd / name
    for work in (open_ordinary, lambda each: read_ordinary(each, 5), lambda each: put(each, b"x")):
        with pytest.raises(NotOrdinary) as told:
            work(path)
        for language in Language:
            assert str(path) in render(told.value.message, language)
    with pytest.raises(NotOrdinary), replacing(path) as file:
        file.write(b"x")
    assert sorted(each.name for each in odd.iterdir()) == ["device", "linked", "pipe", "socket", "twice"]
    assert stat.S_ISFIFO((odd / "pipe").stat().st_mode)
    assert (odd / "device").is_symlink()


@posix
def test_systems_without_a_flag_that_keeps_opening_from_waiting(
    odd: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordinary, "_FLAGS", os.O_RDONLY)
    monkeypatch.setattr(ordinary, "_NO_LINKS", 0)
    for name in ("pipe", "socket", "device", "linked"):
        for links in (True, False):
            with pytest.raises(NotOrdinary):
                open_ordinary(odd / name, links=links)
    put(odd / "x", b"plain")
    assert read_ordinary(odd / "x", 5) == b"plain"


@posix
def test_what_takes_the_place_of_a_file_meanwhile(odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked at it was a file; opened it is a pipe: nobody waits for whoever may write into it."""
    put(odd / "x", b"plain")
    was = (odd / "x").stat()
    monkeypatch.setattr(Path, "stat", lambda _path, **_: was)
    with pytest.raises(NotOrdinary):
        open_ordinary(odd / "pipe")


@posix
def test_a_link_is_followed_only_where_it_may_be(odd: Path) -> None:
    put(odd / "x", b"plain")
    (odd / "to x").symlink_to(odd / "x")
    assert read_ordinary(odd / "to x", 5) == b"plain"
    with pytest.raises(NotOrdinary):
        open_ordinary(odd / "to x", links=False)


def test_a_file_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(TooLarge) as told:
        read_ordinary(path, 3 << 20)
    assert told.value.message.params["megabytes"] == 3
    # one that grows while it is read says nothing of it before
    put(path, b"123456")
    was = path.stat()
    monkeypatch.setattr(os, "fstat", lambda _handle: os.stat_result([*was[:6], 0, *was[7:]]))
    with pytest.raises(TooLarge):
        read_ordinary(path, 5)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Path.mkdir, "base.file.is_folder"),
        (lambda _path: None, "base.file.missing"),
    ],
)
def test_folders_and_what_is_not_there(tmp_path: Path, make: Callable[[Path], None], said: str) -> None:
    make(tmp_path / "x")
    with pytest.raises(FileProblem) as told:
        open_ordinary(tmp_path / "x", name="X")
    assert (told.value.message.id, told.value.message.params["file"]) == (said, "X")
    with pytest.raises(FileProblem) as told:
        open_ordinary(tmp_path / "x\0")
    assert told.value.message.id == "base.file.missing"


def test_there_is_room_where_nothing_or_a_file_is(tmp_path: Path) -> None:
    check_room(tmp_path / "x")
    put(tmp_path / "x", b"")
    check_room(tmp_path / "x")
    (tmp_path / "nowhere").symlink_to(tmp_path / "y")
    check_room(tmp_path / "nowhere")
    check_room(tmp_path / "x" / "below")
    for wrong in (tmp_path, tmp_path / "\0"):
        with pytest.raises(FileProblem):
            check_room(wrong)
