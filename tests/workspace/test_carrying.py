"""A backup that is put back knows what was sealed of the document since, or that nobody can say."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from desktop.workspace import Author, Workspace, carrying, tables
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
        assert again.was_locked
        assert [each.path for each in again.packages()] == [third, second, first]
        assert again.locked_at(second) == {"b" * 64}
        # what was sealed of the state that was put back is as it was, what came of a later one is not
        assert [each.changes for each in again.packages()] == [1, 0, 0]
        set_status(again, row, "b")
        assert [each.changes for each in again.packages()] == [2, 1, 1]
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
        with at._writing() as journal:
            log = tables.package_log
            query = sa.select(sa.func.count()).where(log.c.direction == "sealed")
            assert journal.connection.execute(query).scalar() == 1
        assert [each.id for each in at.packages()] == ["a" * 64]
    at.close()


@pytest.mark.parametrize("spoil", ["gone", "damaged", "another"])
def test_where_nobody_can_say_a_person_is_asked(make: Callable[..., Workspace], spoil: str) -> None:
    mine, _, _ = apart(make)
    saved = mine.backup("asked")
    sealed(mine, "satu.asice", "a")
    path = mine.path
    mine.close()
    if spoil == "gone":
        path.unlink()
    elif spoil == "damaged":
        path.write_bytes(path.read_bytes()[:5000])
    else:
        other = make("lain")
        other.close()
        shutil.copyfile(other.path, path)
    with Workspace.restore(path, saved, SARI) as again:
        assert again.was_locked
        assert again.packages() == []
        assert again.locked_at(path.parent / "satu.asice") == frozenset()
        assert again.backup("asked").path.exists()


def test_a_log_of_anybodys_is_taken_as_far_as_it_is_one(make: Callable[..., Workspace]) -> None:
    mine, _, _ = apart(make)
    saved = mine.backup("asked")
    good = {"direction": "sealed", "at": "2026-12-01T00:00:00+00:00", "by": "-", "counts": "{}", "backup": ""}
    with mine._writing() as journal:
        for facts in (
            "[]",
            "{",
            '{"position":"1"}',
            '{"package":"e","path":"e.asice","position":1e999}',
            "x" * 20_000,
        ):
            row = good | {"file": facts[:9], "facts": facts}
            journal.connection.execute(tables.package_log.insert().values(**row))
        row = good | {"file": "f", "facts": '{"apart":-7,"package":"f","path":"f.asice","position":0}'}
        journal.connection.execute(tables.package_log.insert().values(**row))
    former = carrying.read(mine.path, mine.id)
    assert former is not None
    assert len(former.records) == 5
    assert carrying.read(mine.path, "0" * 32) is None
    with put_back(mine, saved) as again:
        assert min(each.changes for each in again.packages()) >= 0


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
        assert at.was_locked is bool(ever)
    at.close()
