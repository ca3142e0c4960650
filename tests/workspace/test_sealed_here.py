"""Whatever state of a document takes the file's place, this computer knows what it sealed of it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.base.paths import home
from desktop.workspace import Author, Workspace, remembered, sealed_here, tables
from tests.workspace.test_merge_laws import LABEL, apart, set_status

SARI = Author("Sari")


def sealed(workspace: Workspace, name: str, identity: str) -> Path:
    package = workspace.path.parent / name
    workspace.remember_package(package, identity * 64, position=workspace.position)
    return package


def put_back(workspace: Workspace, saved: object) -> Workspace:
    workspace.close()
    return Workspace.restore(workspace.path, saved, SARI)  # type: ignore[arg-type]


def test_what_was_sealed_since_the_backup_stays_known(make: Callable[..., Workspace]) -> None:
    """Put back, the next package was called the first, and every signer was told so."""
    mine, _, row = apart(make)
    first = sealed(mine, "satu.asice", "a")
    saved = mine.backup("asked")
    second = sealed(mine, "dua.asice", "b")
    set_status(mine, row, "a")
    third = sealed(mine, "tiga.asice", "c")
    with put_back(mine, saved) as again:
        assert [each.path for each in again.packages()] == [third, second, first]
        assert again.locked_at(second) == {"b" * 64}
        # what was sealed of the state that was put back is as it was; of a later one nobody can count
        assert [each.changes for each in again.packages()] == [None, 0, 0]
        set_status(again, row, "b")
        assert [each.changes for each in again.packages()] == [None, 1, 1]
        again.self_check()


def test_once_more_and_back_again_tells_each_once(make: Callable[..., Workspace]) -> None:
    mine, _, _ = apart(make)
    old = mine.backup("asked")
    sealed(mine, "satu.asice", "a")
    with mine.operation(LABEL) as op:
        op.insert("programme", title={"id": "Sesudahnya"})
    new = mine.backup("asked")
    at = put_back(mine, old)
    for saved in (new, old):
        at = put_back(at, saved)
        assert [each.id for each in at.packages()] == ["a" * 64]
    at.close()


def test_put_back_twice_the_package_is_told_as_it_is(make: Callable[..., Workspace]) -> None:
    """What is counted from is what was sealed, and not the file that is replaced."""
    mine, _, row = apart(make)
    before = mine.backup("asked")
    set_status(mine, row, "a")
    sealed(mine, "satu.asice", "a")
    after = mine.backup("asked")
    at = put_back(mine, before)
    for saved, changes in ((before, None), (after, 0), (before, None)):
        at = put_back(at, saved)
        assert [(each.changes, each.outdated) for each in at.packages()] == [(changes, changes != 0)]
    at.close()


def beside_an_older_copy(make: Callable[..., Workspace]) -> tuple[Path, Path, str]:
    """A document that is closed, a copy of it as it is now, and a row to change."""
    mine, _, row = apart(make)
    place, old = mine.path, mine.path.with_name("lama.rancang")
    mine.close()
    shutil.copyfile(place, old)
    return place, old, row


@pytest.mark.slow
def test_an_older_copy_in_the_place_of_the_file_knows_what_was_sealed(make: Callable[..., Workspace]) -> None:
    place, old, row = beside_an_older_copy(make)
    with Workspace.open(place, author=SARI) as at:
        set_status(at, row, "a")
        at.backup("asked")
        # nothing else was written since that backup
        package = sealed(at, "satu.asice", "a")
        remembered.leave(at)
    shutil.copyfile(old, place)
    with Workspace.open(place, author=SARI, read_only=True) as look:
        assert [each.path for each in look.packages()] == [package]
    with Workspace.open(place, author=SARI) as at:
        assert at.locked_at(package) == {"a" * 64}
        assert [each.changes for each in at.packages()] == [None]
        assert at.older is not None
        assert at.older.backup is not None
        at.bring_back(at.older.backup.path)
        assert [each.changes for each in at.packages()] == [0]
    # a copy at a place of its own knows none of the other's places
    with Workspace.open(old, author=SARI) as other:
        assert other.packages() == []


def test_what_another_copy_says_or_sealed_elsewhere_is_nothing_of_this_one(
    make: Callable[..., Workspace],
) -> None:
    """Whoever has a copy can write any log into it, and opening it once is enough for a backup of it."""
    mine, _, _ = apart(make)
    package = sealed(mine, "satu.asice", "a")
    path, folder = mine.path, mine.path.parent / "revisi"
    mine.close()
    folder.mkdir()
    copy = folder / path.name
    shutil.copyfile(path, copy)
    with Workspace.open(copy, author=SARI) as other:
        with other._writing() as journal:
            for number in range(50):
                row = _BARE | {"at": "z", "file": "satu.asice", "facts": f'{{"package":"{number}"}}'}
                journal.connection.execute(tables.package_log.insert().values(**row))
        other.backup("asked")
        # the same name beside each of two files in folders of their own
        sealed(other, "satu.asice", "c")
    with Workspace.open(path, author=SARI) as again:
        assert [(each.path, each.id) for each in again.packages()] == [(package, "a" * 64)]
        assert again.locked_at(package) == {"a" * 64}


def test_a_clock_that_was_wrong_does_not_turn_the_order_at_a_place(
    make: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, _, _ = apart(make)
    monkeypatch.setenv("RANCANG_NOW", "2031-01-01T00:00:00+00:00")
    package = sealed(mine, "satu.asice", "a")
    monkeypatch.setenv("RANCANG_NOW", "2026-12-01T00:00:00+00:00")
    sealed(mine, "satu.asice", "b")
    assert mine.locked_at(package) == {"b" * 64}
    assert [each.id for each in mine.packages()] == ["b" * 64]


def test_where_the_file_says_otherwise_than_this_computer_a_person_is_asked(
    make: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sealed with the same file on another computer, or another file and another package lie there by now."""
    mine, _, _ = apart(make)
    package = sealed(mine, "satu.asice", "a")
    with monkeypatch.context() as patch:
        patch.setattr(sealed_here, "note", lambda *_: None)
        sealed(mine, "lain.asice", "a")
        sealed(mine, "satu.asice", "b")
    assert mine.locked_at(package) == {"a" * 64, "b" * 64}
    assert mine.packages()[0].id == "b" * 64
    sealed(mine, "satu.asice", "c")
    assert mine.locked_at(package) == {"c" * 64}


@pytest.mark.parametrize("text", ["{", '{"packages": {"x": ["y"]}}', '{"packages": [1]}', "[" * 5000])
def test_a_damaged_note_is_none(make: Callable[..., Workspace], text: str) -> None:
    mine, _, _ = apart(make)
    package = sealed(mine, "satu.asice", "a")
    (note,) = (home() / "sealed").iterdir()
    note.write_text(text, encoding="utf-8")
    assert mine.locked_at(package) == {"a" * 64}
    sealed(mine, "satu.asice", "b")
    assert mine.locked_at(package) == {"b" * 64}


_BARE = {
    "direction": "sealed", "at": "2026-12-01T00:00:00+00:00", "by": "-", "counts": "{}", "backup": "",
}  # fmt: skip


@pytest.mark.parametrize(
    "facts",
    [
        '"position":NaN', '"position":1e999', '"position":1.5', '"position":true', '"position":"1"',
        '"position":[1]', '"apart":-7', '"heads":[[1]]', '"heads":{}', '"heads":["x"]', '"heads":[1]',
        '"z":NaN',
    ],
)  # fmt: skip
def test_what_is_not_noted_of_a_sealing_is_not_known(make: Callable[..., Workspace], facts: str) -> None:
    mine, _, _ = apart(make)
    with mine._writing() as journal:
        text = '{"package":"e","path":"e.asice",' + facts + "}"
        journal.connection.execute(tables.package_log.insert().values(**_BARE, file="e", facts=text))
    assert [each.changes for each in mine.packages()] == [None]


ODD = {
    "half a letter": '"z":1,"path":"\\ud800"',
    "brackets": '"z":' + "[" * 3000 + "]" * 3000,
    "too long": '"z":"' + "x" * 20_000 + '"',
    "no object": None,
    "broken": '"z":',
}


@pytest.mark.parametrize("odd", ODD)
def test_whatever_stands_in_the_log_of_what_is_replaced_a_backup_is_put_back(
    make: Callable[..., Workspace], odd: str
) -> None:
    """Whoever had the document before can have written that."""
    mine, _, _ = apart(make)
    saved = mine.backup("asked")
    text = ODD[odd]
    with mine._writing() as journal:
        facts = "[1]" if text is None else '{"package":"e","path":"e.asice","position":2,' + text + "}"
        journal.connection.execute(tables.package_log.insert().values(**_BARE, file="e", facts=facts))
    assert len(mine.packages()) in {0, 1}
    with put_back(mine, saved) as again:
        assert again.packages() == []


def test_what_was_sealed_of_a_newer_state_is_what_is_known_of_its_place(
    make: Callable[..., Workspace],
) -> None:
    mine, _, _ = apart(make)
    package = sealed(mine, "satu.asice", "a")
    saved = mine.backup("asked")
    sealed(mine, "satu.asice", "b")
    with put_back(mine, saved) as again:
        # the backup knows the first alone, which was sealed here too
        assert again.locked_at(package) == {"b" * 64}
        assert again.packages()[0].id == "b" * 64
        sealed(again, "satu.asice", "c")
        assert again.locked_at(package) == {"c" * 64}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_put_back_nothing_that_was_sealed_is_forgotten(
    make: Callable[..., Workspace], seed: int
) -> None:
    chance, (at, _, row) = random.Random(seed), apart(make)
    kept, ever = [at.backup("asked")], set[str]()
    for step in range(12):
        what = chance.choice(("seal", "change", "keep", "restore"))
        if what == "seal":
            identity = f"{step:x}"
            sealed(at, f"{step}.asice", identity)
            ever.add(identity * 64)
        elif what == "change":
            set_status(at, row, str(step))
        elif what == "keep":
            kept.append(at.backup("asked"))
        else:
            at = put_back(at, chance.choice([each for each in kept if each.path.exists()]))
        with at._writing() as journal:
            from desktop.workspace import parcels

            assert {each.id for each in parcels.packages(journal, at.path, 50)} == ever
    at.close()


def test_the_log_of_the_file_says_nothing_over_what_this_computer_knows(
    make: Callable[..., Workspace],
) -> None:
    """Whoever stores the file can write there: how far the plan was, and any number of later packages."""
    mine, _, row = apart(make)
    package = sealed(mine, "satu.asice", "a")
    with mine._writing() as journal:
        log = tables.package_log
        text = '{"package":"' + "a" * 64 + '","path":"satu.asice","position":1000000000}'
        journal.connection.execute(log.update().values(facts=text))
        # and once more, with its place in other words
        again = '{"package":"' + "a" * 64 + '","path":"./satu.asice","position":1000000000}'
        journal.connection.execute(log.insert().values(**(_BARE | {"file": "satu.asice", "facts": again})))
        for number in range(9):
            facts = f'{{"package":"{number}","path":"{number}.asice"}}'
            later = {"at": f"2031-01-0{number + 1}T00:00:00+00:00", "file": str(number), "facts": facts}
            journal.connection.execute(log.insert().values(**(_BARE | later)))
    set_status(mine, row, "a")
    found = {each.path: each for each in mine.packages(3)}
    assert len(found) == 3
    assert found[package].changes == 1


def test_a_link_in_the_place_of_the_file_hides_nothing(make: Callable[..., Workspace]) -> None:
    """Nor another name of another copy: what this computer locked at a place it knows there."""
    mine, _, row = apart(make)
    path, other = mine.path, mine.path.with_name("simpanan.rancang")
    mine.close()
    shutil.copyfile(path, other)
    with Workspace.open(path, author=SARI) as at:
        set_status(at, row, "a")
        package = sealed(at, "satu.asice", "a")
        remembered.leave(at)
    with Workspace.open(other, author=SARI) as theirs:
        row_ = _BARE | {"file": "satu.asice", "facts": '{"package":"b","path":"satu.asice"}'}
        with theirs._writing() as journal:
            journal.connection.execute(tables.package_log.insert().values(**row_))
        assert theirs.locked_at(package) == {"a" * 64, "b"}
    path.unlink()
    path.symlink_to(other)
    with Workspace.open(path, author=SARI) as at:
        assert at.locked_at(package) == {"a" * 64, "b"}
        assert "a" * 64 in {each.id for each in at.packages()}
        assert at.older is not None
