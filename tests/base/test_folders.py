"""Folders of whatever names, rights and depth: each that cannot be looked into costs itself."""

import errno
import os
from pathlib import Path

import pytest

from desktop.base import folders
from desktop.base.folders import is_so, walked


def seen(root):
    errors = []
    return [(str(each.path.relative_to(root)), each.folders, each.links, each.names)
            for each in walked(root, errors.append)], errors  # fmt: skip


def test_folders_come_in_order_and_links_are_told_and_not_followed(tmp_path):
    for name in ("b/c", "a", "d"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "b" / "c" / "1").touch()
    (tmp_path / "0").touch()
    (tmp_path / "a" / "tautan").symlink_to(tmp_path)
    assert seen(tmp_path) == ([
        (".", ["a", "b", "d"], [], ["0"]), ("a", [], ["tautan"], []), ("b", ["c"], [], []),
        (f"b{os.sep}c", [], [], ["1"]), ("d", [], [], []),
    ], [])  # fmt: skip
    walk = walked(tmp_path)
    next(walk).folders[:] = ["d"]
    assert [each.path.name for each in walk] == ["d"]


def test_folders_too_deep_within_each_other_end_nothing(tmp_path):
    """os.walk calls itself once for each: a tar of 158 bytes ended every run of the desk."""
    tmp_path.joinpath(*["z"] * (folders.DEEPEST + 20)).mkdir(parents=True)
    (tmp_path / "zz").mkdir()
    found, (error,) = seen(tmp_path)
    assert (len(found), found[-1][0]) == (folders.DEEPEST + 2, "zz")
    assert error.errno == errno.ENAMETOOLONG
    assert error.filename == str(tmp_path.joinpath(*["z"] * (folders.DEEPEST + 1)))


def test_what_cannot_be_asked_costs_itself(tmp_path, monkeypatch):
    """Rights out of an archive by which a folder can be listed and not entered; a share that fails."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    real = os.scandir

    class Entry:
        name = "tak dapat ditanya"

        def is_dir(self):
            raise PermissionError(errno.EACCES, "Permission denied")

    class Entries(list):
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    def fails(path):
        if Path(path).name == "a":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return Entries([Entry()]) if Path(path).name == "b" else real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", fails)
        found, errors = seen(tmp_path)
    assert found == [(".", ["a", "b"], [], []), ("b", [], [], ["tak dapat ditanya"])]
    assert [one.filename for one in errors] == [str(tmp_path / "a")]


@pytest.mark.parametrize("error", [PermissionError(), OSError(errno.ENAMETOOLONG, "x"), ValueError()])
def test_what_the_system_does_not_answer_is_not_so(error):
    def asked():
        raise error

    assert not is_so(asked)
    assert is_so(lambda: True)


def test_a_folder_that_became_a_link_meanwhile_is_not_followed(tmp_path):
    (tmp_path / "inbox" / "a").mkdir(parents=True)
    (tmp_path / "lain").mkdir()
    walk = walked(tmp_path / "inbox")
    next(walk)
    (tmp_path / "inbox" / "a").rmdir()
    (tmp_path / "inbox" / "a").symlink_to(tmp_path / "lain")
    assert list(walk) == []
