"""What lies where another file is put keeps a name of its own, with the time, and is never deleted."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from desktop.base.aside import Aside, free_name
from desktop.base.errors import FileProblem
from desktop.base.placing import replacing


@pytest.fixture(params=["second names", "none"])
def disk(request, monkeypatch):
    """A stick's file system knows no second names."""
    if request.param == "none":

        def refused(self: Path, target: Path) -> None:
            raise OSError(1, "Operation not permitted")

        monkeypatch.setattr(Path, "hardlink_to", refused)


@pytest.mark.usefixtures("disk")
def test_what_lay_there_is_kept_beside(tmp_path):
    target = tmp_path / "paket.asice"
    target.write_bytes(b"before")
    for wanted in (True, True, False):
        aside, lay = Aside(), target.read_bytes()
        with replacing(target, aside=aside) as file:
            file.write(lay + b"+")
            aside.wanted = wanted
        assert target.read_bytes() == lay + b"+"
        if not wanted:
            assert aside.path is None
            continue
        assert aside.path is not None
        assert aside.path.read_bytes() == lay
        assert aside.path.name.startswith("paket (")
        assert aside.path.suffix == ".asice"
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.usefixtures("disk")
def test_where_the_place_is_not_taken_all_is_as_it_was(tmp_path, monkeypatch):
    target, aside = tmp_path / "paket.asice", Aside()
    target.write_bytes(b"before")
    aside.wanted = True
    replace = Path.replace

    def fails(self: Path, to: Path) -> Path:
        if self.suffix == ".part":
            raise KeyboardInterrupt
        return replace(self, to)

    monkeypatch.setattr(Path, "replace", fails)

    def write() -> None:
        with replacing(target, aside=aside) as file:
            file.write(b"after")

    with pytest.raises(KeyboardInterrupt):
        write()
    assert aside.path is None
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("paket.asice", b"before")]


@pytest.mark.usefixtures("disk")
def test_an_interrupt_that_is_heard_of_when_the_place_is_taken_loses_nothing(tmp_path, monkeypatch):
    """On a slow drive renaming takes long, and Python hears of Ctrl+C when it is done."""
    target, aside = tmp_path / "paket.asice", Aside()
    target.write_bytes(b"before")
    aside.wanted = True
    replace = Path.replace

    def slow(self: Path, to: Path) -> Path:
        done = replace(self, to)
        if self.suffix == ".part":
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(Path, "replace", slow)

    def write() -> None:
        with replacing(target, aside=aside) as file:
            file.write(b"after")

    with pytest.raises(KeyboardInterrupt):
        write()
    assert aside.path is not None
    assert (aside.path.read_bytes(), target.read_bytes()) == (b"before", b"after")


def test_where_it_cannot_be_renamed_nothing_is_left_behind(tmp_path, monkeypatch):
    """Another program has it open, on a disk without second names."""
    target, aside = tmp_path / "paket.asice", Aside()
    target.write_bytes(b"before")
    aside.wanted = True

    def refused(self: Path, to: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self), None, str(to))

    monkeypatch.setattr(Path, "hardlink_to", refused)
    monkeypatch.setattr(Path, "replace", refused)

    def write() -> None:
        with replacing(target, aside=aside) as file:
            file.write(b"after")

    with pytest.raises(FileProblem):
        write()
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("paket.asice", b"before")]


def test_the_time_in_its_name_is_that_of_the_computers_clock(tmp_path, monkeypatch):
    monkeypatch.setenv("RANCANG_NOW", "2026-11-30T08:49:12+00:00")
    monkeypatch.setenv("TZ", "Asia/Jakarta")
    time.tzset()
    try:
        assert free_name(tmp_path / "paket.asice").name == "paket (2026-11-30 15.49.12).asice"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_nothing_is_kept_where_nothing_lay_and_a_link_leads_to_what_stays(tmp_path):
    real, target = tmp_path / "real.asice", tmp_path / "paket.asice"
    aside = Aside()
    aside.wanted = True
    with replacing(real, aside=aside) as file:
        file.write(b"before")
    assert aside.path is None
    target.symlink_to(real)
    with replacing(target, aside=aside) as file:
        file.write(b"after")
    assert aside.path == real.resolve()
    assert (real.read_bytes(), target.read_bytes()) == (b"before", b"after")
    assert len(list(tmp_path.iterdir())) == 2


def test_a_name_that_fills_a_folders_is_shortened_to_whole_letters(tmp_path):
    path = tmp_path / f"{'é' * 120}.asice"
    path.write_bytes(b"")
    beside = free_name(path)
    assert len(os.fsencode(beside.name)) <= 255
    beside.write_bytes(b"")
    assert beside.name.startswith("éééé")
    assert not os.path.lexists(free_name(path))
