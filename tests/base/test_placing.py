"""Files are put in place whole or not at all, and through nobody's link."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.base.errors import FileProblem
from desktop.base.placing import lay, put, replacing


def test_a_file_is_put_where_folders_were_not_yet(tmp_path: Path) -> None:
    put(tmp_path / "a" / "b" / "x.pdf", b"one")
    put(tmp_path / "a" / "b" / "x.pdf", b"two")
    assert (tmp_path / "a" / "b" / "x.pdf").read_bytes() == b"two"
    assert [each.name for each in (tmp_path / "a" / "b").iterdir()] == ["x.pdf"]


@pytest.mark.parametrize("linked", [True, False])
def test_a_finished_file_is_laid_where_nothing_lies(tmp_path: Path, monkeypatch, linked) -> None:
    def refuses(*_: object) -> None:
        raise PermissionError

    part, target = tmp_path / "part", tmp_path / "x"
    if not linked:
        monkeypatch.setattr(os, "link", refuses)
    part.write_bytes(b"one")
    lay(part, target)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"one"]
    assert target.stat().st_nlink == 1


@pytest.mark.skipif(os.name != "posix", reason="links need rights there")
def test_what_came_to_a_place_meanwhile_stays(tmp_path: Path) -> None:
    part, target, link = (tmp_path / name for name in ("part", "x", "link"))
    part.write_bytes(b"one")
    target.write_bytes(b"other")
    lay(part, target)
    assert target.read_bytes() == b"other"
    link.symlink_to(tmp_path / "nowhere")
    lay(part, link)
    assert (link.is_symlink(), link.read_bytes()) == (False, b"one")


def test_what_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    put(target, b"whole")

    def fail() -> None:
        with replacing(target) as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert target.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [target]
    for wrong in (tmp_path, target / "below"):
        with pytest.raises(FileProblem):
            put(wrong, b"")


def test_nothing_is_written_through_a_link_that_somebody_laid(tmp_path: Path) -> None:
    """Beside a package in a shared folder, under the name of the page that will be printed next."""
    mine = tmp_path / "disertasi.docx"
    mine.write_bytes(b"mine")
    for name in ("x.pdf", "x.pdf.part", ".x.pdf.part"):
        (tmp_path / name).symlink_to(mine)
    put(tmp_path / "x.pdf", b"page")
    assert mine.read_bytes() == b"mine"
    assert (tmp_path / "x.pdf").read_bytes() == b"page"
    assert not (tmp_path / "x.pdf").is_symlink()
