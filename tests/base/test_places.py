"""Two paths that lead to one file are one place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.base.places import is_called, is_one, names_of


def test_a_place_is_one_in_whatever_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, other = tmp_path / "paket", tmp_path / "lain"
    folder.mkdir()
    other.mkdir()
    there, beside = folder / "usulan.asice", other / "usulan.asice"
    there.write_bytes(b"P1")
    beside.write_bytes(b"P1")
    (tmp_path / "jalan").symlink_to(folder)
    (tmp_path / "tautan.asice").symlink_to(there)
    monkeypatch.chdir(folder)
    ways = [
        tmp_path / "jalan" / "usulan.asice", tmp_path / "tautan.asice", folder / ".." / "paket" / there.name,
        tmp_path / "jalan" / ".." / "paket" / there.name, Path("usulan.asice"), Path(f"{there}{os.sep}"),
    ]  # fmt: skip
    assert all(is_one(way, there) for way in ways)
    assert not any(is_one(way, beside) for way in ways)
    # a link leads up from where it leads to, not from where it stands
    (other / "naik").symlink_to(folder)
    assert not is_one(other / "naik" / ".." / there.name, beside)


def test_what_a_link_leads_to_is_no_other_name_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "paket").mkdir()
    (tmp_path / "jalan").symlink_to(tmp_path / "paket")
    there, link = tmp_path / "paket" / "satu.asice", tmp_path / "paket" / "dua.asice"
    there.write_bytes(b"P1")
    link.symlink_to(there)
    monkeypatch.chdir(tmp_path / "paket")
    for way in (
        tmp_path / "jalan" / there.name,
        Path(there.name),
        there.parent / ".." / "jalan" / there.name,
    ):
        assert is_called(way, there)
        assert not is_called(way, link)
    assert is_one(link, there)
    assert not is_called(tmp_path / "tidak" / "ada" / there.name, there)


def test_case_is_none_where_the_system_knows_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "normcase", lambda path: os.fspath(path).lower())
    there = tmp_path / "Usulan.asice"
    assert is_one(there, tmp_path / "USULAN.ASICE")
    monkeypatch.undo()
    assert not is_one(there, tmp_path / "USULAN.ASICE")


def test_what_is_not_there_is_looked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a share that has gone each look takes long."""
    looked: list[str] = []
    monkeypatch.setattr(os.path, "realpath", looked.append)
    gone = tmp_path / "tidak" / "ada" / "usulan.asice"
    assert names_of(gone) == frozenset({str(gone)})
    monkeypatch.chdir(tmp_path)
    assert names_of(Path("usulan\0.asice")) == frozenset({f"{tmp_path}/usulan\0.asice"})
    assert is_one(Path("tidak") / "ada" / "usulan.asice", gone)
    assert looked == []


def test_a_drive_that_counts_no_files_makes_none_of_them_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_bytes(b"")
    other.write_bytes(b"")
    real = Path.stat

    def counted(path: Path) -> os.stat_result:
        found = list(real(path))
        found[1] = 0
        return os.stat_result(found)

    monkeypatch.setattr(Path, "stat", counted)
    assert not is_one(one, other)
    assert is_one(one, tmp_path / "." / "a")
