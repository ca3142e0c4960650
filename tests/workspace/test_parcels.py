"""What came in and went out of a copy: told, and never in the way."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from desktop.workspace import Author, Place, Workspace, parcels, tables
from desktop.workspace.errors import ReadOnly
from tests.workspace.test_merge_laws import LABEL, apart, set_status


def test_a_file_brought_back_is_told_with_what_came_along(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = apart(make)
    assert mine.arrivals() == []
    before = mine.position
    set_status(mine, row, "a")
    set_status(theirs, row, "b")
    mine.bring_back(theirs.path)
    (arrival,) = mine.arrivals()
    assert (arrival.file, arrival.by, arrival.change_sets, arrival.conflicts) == (
        "theirs.rancang",
        "Sari",
        1,
        1,
    )
    (news,) = mine.news(before)
    assert (news.author, news.changes, news.imported) == ("Budi", 1, False)
    assert mine.news(mine.position) == []


def test_what_was_imported_here_is_news_and_own_edits_are_not(make: Callable[..., Workspace]) -> None:
    mine, _, row = apart(make)
    before = mine.position
    set_status(mine, row, "a")
    with mine.operation(LABEL, kind="import") as op:
        op.insert("programme", title={"id": "Dari Excel"})
    (news,) = mine.news(before)
    assert (news.author, news.imported, news.changes) == ("Sari", True, 1)


def test_a_package_is_outdated_by_what_belongs_into_it_only(make: Callable[..., Workspace]) -> None:
    mine, _, row = apart(make)
    package = mine.path.parent / "paket" / "usulan.asice"
    mine.remember_package(package, "ab" * 32, position=mine.position)
    (found,) = mine.packages()
    assert (found.path, found.id, found.by, found.outdated) == (package, "ab" * 32, "Sari", False)
    with mine.operation(LABEL) as op:
        op.comment(Place("programme", row), "Baik.", Author("Rina"))
        op.deadline("2027-01-31")
    assert not mine.packages()[0].outdated
    set_status(mine, row, "a")
    assert mine.packages()[0].changes == 1
    mine.remember_package(package, "cd" * 32, position=mine.position)
    (again,) = mine.packages()
    assert (again.id, again.outdated) == ("cd" * 32, False)


def test_a_package_sealed_of_an_earlier_state_is_outdated_at_once(make: Callable[..., Workspace]) -> None:
    mine, _, row = apart(make)
    before = mine.position
    set_status(mine, row, "a")
    mine.remember_package(Path("/nowhere/usulan.asice"), "ab" * 32, position=before)
    (found,) = mine.packages()
    assert found.outdated
    assert found.path.name == "usulan.asice"


def test_beside_the_document_a_package_is_found_wherever_both_go(
    make: Callable[..., Workspace], tmp_path: Path
) -> None:
    mine, _, _ = apart(make)
    mine.remember_package(mine.path.parent / "usulan.asice", "ab" * 32, position=mine.position)
    mine.close()
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    mine.path.rename(moved / "mine.rancang")
    with Workspace.open(moved / "mine.rancang", author=Author("Sari")) as again:
        assert again.packages()[0].path == moved / "usulan.asice"


def test_the_log_belongs_to_the_copy_and_is_not_merged(make: Callable[..., Workspace]) -> None:
    mine, theirs, _ = apart(make)
    head = mine.head
    mine.remember_package(mine.path.parent / "usulan.asice", "ab" * 32, position=mine.position)
    assert mine.head == head
    theirs.bring_back(mine.path)
    assert theirs.packages() == []
    mine.self_check()


def test_records_that_make_no_sense_are_left_out(make: Callable[..., Workspace]) -> None:
    mine, _, _ = apart(make)
    with mine._writing() as journal:
        for direction in ("in", "sealed"):
            for at, text in (("kapan", "{}"), ("2027-01-01T00:00:00", "[1"), ("2027-01-01T00:00:00", "[]")):
                journal.connection.execute(
                    tables.package_log.insert().values(
                        direction=direction, file="x", at=at, by="?", counts=text, backup="", facts=text
                    )
                )
    assert [each.change_sets for each in mine.arrivals()] == [0]
    assert [each.path for each in mine.packages()] == [Path("x")]


def test_no_other_computer_is_asked_because_a_list_of_somebody_names_it(
    make: Callable[..., Workspace],
) -> None:
    mine, _, _ = apart(make)
    up = "../" * 30
    for path in (
        r"\\host\share\x.asice", "//host/x.asice", "/net/host/x.asice", "/Network/Servers/host/x.asice",
        f"{up}net/host/x.asice", "/./net/host/x.asice", "ours.asice",
    ):  # fmt: skip
        locked(mine, path)
    assert [each.path for each in mine.packages()] == [mine.path.parent / "ours.asice"]


def locked(workspace: Workspace, path: str, identity: str = "") -> None:
    """A record of the list, as whoever sends a document could write it."""
    with workspace._writing() as journal:
        journal.connection.execute(
            tables.package_log.insert().values(
                direction="sealed", file="//host/x", at="2027-01-01T00:00:00", by="?", counts="{}", backup="",
                facts=json.dumps({"path": path, "position": 0, "package": identity}),
            )
        )  # fmt: skip


def test_what_a_document_was_locked_into_at_a_chosen_place_is_known_on_a_share_too(
    make: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others can write there: it is compared and, as somebody else may have named it, not looked at."""
    mine, _, _ = apart(make)
    beside = mine.path.parent / "ours.asice"
    beside.write_bytes(b"ours")
    for path, identity in (("/net/host/x.asice", "a"), ("/net/host/x.asice", "b"), ("ours.asice", "c")):
        locked(mine, path, identity)
    # an older record of that place in other words, of whoever had the document before, says nothing
    (mine.path.parent / "bukti").mkdir()
    for path, identity in (("bukti/../ours.asice", "d"), ("ours.asice", "c"), ("bukti/../ours.asice", "e")):
        locked(mine, path, identity)
        assert mine.locked_at(beside) == {identity, "c"}
    locked(mine, "ours.asice", "c")
    looked: list[Path] = []
    monkeypatch.setattr(parcels, "names_of", lambda path: looked.append(path) or frozenset({str(path)}))
    for package, identity in (("/net/host/x.asice", "b"), (str(beside), "c"), ("/net/host/y.asice", "")):
        looked.clear()
        assert mine.locked_at(Path(package)) == frozenset({identity} - {""})
        # but for what the person chose
        assert {each.name for each in looked[1:]} <= {"ours.asice"}


def test_a_package_is_told_once_by_whatever_name_its_place_was_called(make: Callable[..., Workspace]) -> None:
    """Twice in the list, the older record made what lies there another package, or one that is outdated."""
    mine, _, _ = apart(make)
    folder = mine.path.parent
    (folder / "bukti").mkdir()
    (folder / "usulan.asice").write_bytes(b"P2")
    (folder / "pertama.asice").write_bytes(b"P1")
    (folder / "tautan.asice").symlink_to(folder / "usulan.asice")
    locked(mine, "pertama.asice", "1")
    ways = ("usulan.asice", "bukti/../usulan.asice", "tautan.asice", str(folder / "usulan.asice"))
    # locked again and again, it does not take the place of the one before
    for number in range(40):
        locked(mine, ways[number % len(ways)], f"2.{number}")
    # but a name that was a place of its own and leads there by now is another one
    assert [each.id for each in mine.packages()] == ["2.39", "2.38", "1"]
    assert [each.id for each in mine.packages(limit=1)] == ["2.39"]
    locked(mine, "tautan.asice", "3")
    assert [each.id for each in mine.packages(limit=3)] == ["3", "2.39", "1"]


def test_a_link_in_the_place_of_the_newest_takes_no_other_out_of_the_list(
    make: Callable[..., Workspace],
) -> None:
    """satu.asice was handed in: it was offered no more as what is replaced, and lay where it lay."""
    mine, _, _ = apart(make)
    folder = mine.path.parent
    (folder / "satu").mkdir()
    for places in (
        ("satu.asice", "dua.asice"),
        ("satu.asice", "SATU.asice"),
        ("satu/x.asice", "dua/x.asice"),
    ):
        first, second = (folder / each for each in places)
        for place, identity in zip(places, "12", strict=True):
            locked(mine, place, identity)
        first.write_bytes(b"P1")
        inside = second.parent != folder
        links = (second.parent.symlink_to,) if inside else (second.symlink_to, second.hardlink_to)
        for link in links:
            link(first.parent if inside else first)
            assert [each.id for each in mine.packages(limit=2)] == ["2", "1"]
            (second.parent if inside else second).unlink()
        first.unlink()


def test_names_that_differ_by_case_are_one_place_where_the_drive_has_them_so(
    make: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, _, _ = apart(make)
    there, other = (mine.path.parent / name for name in ("usulan.asice", "USULAN.asice"))
    there.write_bytes(b"P")
    for path in (other.name, there.name):
        locked(mine, path, path)
    assert [each.id for each in mine.packages()] == [there.name, other.name]
    with monkeypatch.context() as patch:
        patch.setattr(os.path, "normcase", lambda path: os.fspath(path).lower())
        assert [each.id for each in mine.packages()] == [there.name]
    # a drive that knows no case tells one name, by whichever it is asked
    other.hardlink_to(there)
    monkeypatch.setattr(Path, "iterdir", lambda _: iter([there]))
    assert [each.id for each in mine.packages()] == [there.name]


def test_a_link_in_the_place_of_a_package_does_not_make_it_another_one_of_ours(
    make: Callable[..., Workspace],
) -> None:
    """P1 was handed in; P2 is ours as well, and lies there by now under the name of P1."""
    mine, _, _ = apart(make)
    first, second = (mine.path.parent / name for name in ("satu.asice", "dua.asice"))
    second.write_bytes(b"P2")
    locked(mine, "satu.asice", "1")
    locked(mine, "dua.asice", "2")
    for link in (first.symlink_to, first.hardlink_to):
        link(second)
        assert mine.locked_at(first) == {"1", "2"}
        assert mine.locked_at(second) == {"2"}
        first.unlink()
    assert mine.locked_at(first) == {"1"}


@pytest.mark.parametrize(
    ("folder", "package", "apart"),
    [
        ("/net/srv/share/plan", "/net/srv/share/packages/x.asice", False),
        ("/net/srv/share/plan", "../packages/x.asice", False),
        ("/net/srv/share/plan", "/net/other/share/x.asice", True),
        ("/net/srv/share/plan", "../../../other/x.asice", True),
        ("//SRV/share/plan", "//srv/share/packages/x.asice", False),
        ("/home/budi", "//srv/share/packages/x.asice", True),
    ],
)
def test_what_lies_on_the_documents_own_server_is_on_no_other_computer(
    folder: str, package: str, apart: bool
) -> None:
    workspace = Path(folder) / "kota.rancang"
    assert parcels._place({"path": package}, None, workspace, parcels._own(workspace))[1] is apart


def test_a_document_open_to_read_only_remembers_nothing(make: Callable[..., Workspace]) -> None:
    mine, _, _ = apart(make)
    mine.close()
    with Workspace.open(mine.path, read_only=True) as reader:
        with pytest.raises(ReadOnly):
            reader.remember_package(Path("usulan.asice"), "ab" * 32, position=0)
        assert reader.packages() == []
        count = sa.select(sa.func.count()).select_from(tables.package_log)
        assert reader._connection.execute(count).scalar() == 0
