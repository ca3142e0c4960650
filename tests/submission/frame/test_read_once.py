"""Large packages are read once on their way: seconds are the bench's, how often is counted here."""

from __future__ import annotations

import errno
import os
import random
import threading
from collections.abc import Iterator
from io import BufferedReader, FileIO
from pathlib import Path

import pytest

from desktop.base import ahead
from desktop.base.errors import FileProblem
from desktop.base.jobs import quiet
from desktop.submission import (
    SealFile,
    SealSigner,
    VerdictKind,
    seal,
    sign_container,
    signing,
    verify,
)
from desktop.submission.frame import container, zipframe
from desktop.submission.frame import contents as whole_contents
from desktop.submission.refusal import code_of
from desktop.submission.resealing import PackageUnusable
from desktop.trust import P12Key, p12
from tests.submission.making import NOW, TEAM, Stage, seal_input

SIZES = (3 << 20, 70_000, (1 << 20) + 1, 5, 1 << 20)
FRAME = 400_000
"""Bytes of headers, manifest and directory of a small package, read a few times."""


class Counting(FileIO):
    """Counts what is read of it."""

    read_so_far = 0

    def readinto(self, buffer) -> int:
        found = super().readinto(buffer)
        Counting.read_so_far += found or 0
        return found

    def read(self, size: int = -1) -> bytes:
        found = super().read(size)
        Counting.read_so_far += len(found or b"")
        return found


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    draw = random.Random(5)
    files = tuple(
        SealFile(f"bukti/{number}.jpg", "image/jpeg", "evidence", draw.randbytes(size))
        for number, size in enumerate(SIZES)
    )
    target = tmp_path_factory.mktemp("photos") / "paket.asice"
    seal(quiet, seal_input(files=files, signers=(SealSigner(TEAM),)), target)
    return target


@pytest.fixture
def counted(monkeypatch) -> Iterator[type[Counting]]:
    monkeypatch.setattr(container, "open_ordinary", lambda path: BufferedReader(Counting(path)))
    Counting.read_so_far = 0
    return Counting


def test_signing_reads_each_byte_once_and_makes_room_once(
    stage: Stage, photos, counted, tmp_path, monkeypatch
):
    rooms: list[int] = []
    make = zipframe.two_turns

    def made(size: int = zipframe.CHUNK) -> zipframe.Turns:
        rooms.append(size)
        return make(size)

    monkeypatch.setattr(zipframe, "two_turns", made)
    monkeypatch.setattr(whole_contents, "two_turns", made)
    target = tmp_path / "x.asice"
    sign_container(quiet, photos, target, stage.key(TEAM), TEAM, stage.anchors, NOW)
    assert counted.read_so_far < photos.stat().st_size + FRAME
    assert rooms.count(zipframe.CHUNK) == 1, "one room for all files, whatever their number"
    counted.read_so_far = 0
    assert verify(target, stage.anchors, NOW).kind is VerdictKind.INCOMPLETE
    assert counted.read_so_far < photos.stat().st_size + FRAME
    for number, size in enumerate(SIZES):
        with container.open_package(photos) as one, container.open_package(target) as other:
            name = f"bukti/{number}.jpg"
            assert (found := one.read(name)) == other.read(name)
            assert len(found) == size


@pytest.mark.parametrize("at", range(len(SIZES)))
def test_a_changed_byte_is_seen_in_each_file_though_they_share_one_room(at, stage: Stage, photos, tmp_path):
    broken = tmp_path / "rusak.asice"
    data = bytearray(photos.read_bytes())
    with container.open_package(photos) as package:
        entry = package.entries[f"bukti/{at}.jpg"]
    data[entry.start + entry.size - 1] ^= 1
    broken.write_bytes(data)
    with pytest.raises(PackageUnusable) as caught:
        sign_container(quiet, broken, tmp_path / "x.asice", stage.key(TEAM), TEAM, stage.anchors, NOW)
    assert code_of(caught.value.message.params["reason"]) == "content.changed"
    assert verify(broken, stage.anchors, NOW).kind is VerdictKind.REFUSED


def test_a_key_file_is_made_ready_beside_and_asked_for_last(stage: Stage, photos, tmp_path, monkeypatch):
    """What has to start starts before; the password goes out only when all was looked at."""
    happened: list[str] = []
    begin, look = p12.begin, signing.look_before_signing
    children = []

    def begun() -> p12.Process:
        happened.append("begin")
        children.append(begin())
        return children[-1]

    def asked(password: bytes, data: bytes, begun: p12.Process | None = None) -> list[bytes]:
        assert begun is children[-1]
        happened.append("ask")
        return p12.unfold(password, data)

    def looked(*args, **named) -> None:
        happened.append("look")
        look(*args, **named)

    monkeypatch.setattr(p12, "begin", begun)
    monkeypatch.setattr(p12, "apart", asked)
    monkeypatch.setattr(signing, "look_before_signing", looked)
    monkeypatch.setattr(signing, "_WORTH_BEGINNING", 1 << 20)
    target = tmp_path / "x.asice"
    key = stage.key(TEAM)
    assert isinstance(key, P12Key)
    sign_container(quiet, photos, target, key, TEAM, stage.anchors, NOW)
    assert happened == ["begin", "look", "ask"]
    assert children[0].returncode is not None
    cut = tmp_path / "rusak.asice"
    data = photos.read_bytes()
    cut.write_bytes(data.replace(data[100_000:100_016], bytes(16)))
    with pytest.raises(PackageUnusable):
        sign_container(quiet, cut, tmp_path / "y.asice", key, TEAM, stage.anchors, NOW)
    assert happened == ["begin", "look", "ask", "begin"]
    assert children[1].returncode is not None, "nobody is left waiting"


@pytest.mark.skipif(not hasattr(os, "fdatasync"), reason="bytes alone go to the disk on Linux")
def test_a_disk_that_did_not_take_the_beginning_keeps_what_was_there(stage, photos, tmp_path, monkeypatch):
    monkeypatch.setattr(ahead, "_STEP", 1 << 20)

    def lost(_handle: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fdatasync", lost)
    target = tmp_path / "x.asice"
    target.write_bytes(b"before")
    with pytest.raises(FileProblem):
        sign_container(quiet, photos, target, stage.key(TEAM), TEAM, stage.anchors, NOW)
    assert target.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["x.asice"]


def test_nothing_is_stored_any_more_once_reading_has_failed() -> None:
    """One thread stores for all files and does not end with each: whoever closes a file would be early."""
    stored: list[int] = []
    slowly = threading.Event()

    def pieces() -> Iterator[bytes]:
        yield bytes(1 << 20)
        threading.Timer(0.05, slowly.set).start()
        raise ZeroDivisionError

    def store(piece: bytes | memoryview) -> None:
        assert slowly.wait(60)
        stored.append(len(piece))

    with pytest.raises(ZeroDivisionError):
        container.measure(pieces(), store)
    assert stored == [1 << 20]
    threads = threading.active_count()
    assert container.measure([bytes(1 << 20)] * 3).size == 3 << 20
    assert threading.active_count() == threads, "no new thread for each file"
