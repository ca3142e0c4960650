"""What lies in a folder and is no file to be read: links, pipes, devices, names that are no letters."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop.base.bounded.limits import Limits
from desktop.base.jobs import quiet
from desktop.base.ordinary import NotOrdinary
from desktop.submission.mark import mark_of
from desktop.submission.register.examine import Sort, examiner, lost, written
from desktop.submission.register.listing import entries
from desktop.submission.register.run import receive
from desktop.submission.register.store import Register
from desktop.trust import Anchors
from tests.submission.making import NOW

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such files there")


def odd(folder: Path) -> list[str]:
    """One of each; their names in the order in which they are listed."""
    outside = folder.with_name("rahasia.txt")
    outside.write_text("milik orang lain")
    os.mkfifo(folder / "pipa.asice")
    (folder / "perangkat.asice").symlink_to("/dev/zero")
    (folder / "keluar.txt").symlink_to(outside)
    (folder / "putus.asice").symlink_to(folder / "tidak-ada")
    with (folder / "raksasa.asice").open("wb") as file:
        file.truncate(1 << 40)
    Path(os.fsdecode(os.fsencode(folder / "k") + b"\xff.asice")).write_bytes(b"x")
    (folder / "a\n18.07 Sah - \x1b[31m\u202eb.txt").write_text("halo")
    return sorted(each.name for each in folder.iterdir())


@pytest.mark.slow
def test_the_desk_opens_ordinary_files_only(tmp_path) -> None:
    inbox, path = tmp_path / "masuk", tmp_path / "meja.sqlite"
    inbox.mkdir()
    names = odd(inbox)
    for read in (len(names), len(names) - 1):
        ran = receive(quiet, path, [inbox], Anchors(), 1, NOW)
        # what could not be opened is tried again the next time
        assert (ran.found, ran.read) == (len(names), read)
        assert {each.id.removeprefix("submission.register.") for each in ran.problems} == {
            "no_plain_file", "name_unreadable", "too_large",
        }  # fmt: skip
    with Register(path, read_only=True) as register:
        found = entries(register)
    assert len(found) == len(names)
    assert all(one.name.isprintable() for one in found)
    assert [one.sha256 for one in found if one.sort == Sort.UNREADABLE] == [""] * (len(names) - 1)


def test_who_is_lost_is_not_waited_for(tmp_path) -> None:
    """The answer for a file that ended its process is found out by the desk itself: it must not hang too."""
    odd(tmp_path)
    for each in tmp_path.iterdir():
        if each.suffix == ".asice":
            assert lost(each, "time", Limits(), mark_of(each.lstat())).sort is Sort.UNREADABLE


@pytest.mark.slow
def test_a_link_that_was_named_is_followed(tmp_path) -> None:
    (tmp_path / "surat.txt").write_text("halo")
    link = tmp_path / "tautan.txt"
    link.symlink_to(tmp_path / "surat.txt")
    ran = receive(quiet, tmp_path / "meja.sqlite", [link], Anchors(), 1, NOW)
    assert (ran.found, ran.problems) == (1, ())


def test_names_that_are_no_letters_can_be_written() -> None:
    assert written(Path("a/é.txt")) == str(Path("a/é.txt"))
    assert written(Path(os.fsdecode(b"k\xff.txt"))) == "k\\udcff.txt"
    assert examiner(Anchors(), NOW, frozenset()).do(Path(os.fsdecode(b"k\xff.txt"))).problem is not None


def test_a_pipe_is_no_register(tmp_path) -> None:
    path = tmp_path / "meja.sqlite"
    os.mkfifo(path)
    with pytest.raises(NotOrdinary):
        Register(path)


def test_a_pipe_beside_a_register_is_told_at_once(tmp_path) -> None:
    path = tmp_path / "meja.sqlite"
    Register(path, create=True).close()
    os.mkfifo(tmp_path / "meja.sqlite-journal")
    with pytest.raises(NotOrdinary):
        Register(path)
