"""A paraf knows how much was written into the plan after it, in whatever copy and order that arrives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.base import Message
from desktop.workspace import Author, Workspace
from desktop.workspace.errors import UnfitValue
from desktop.workspace.plan import Place
from tests.workspace.histories import _open_as, integrity, take

LABEL = Message("workspace.label.resolve")


def initial(workspace: Workspace, **values: str) -> None:
    said = {"state": "initialled", "by": "Hakim", "at": "2026-11-29", "content": workspace.head} | values
    with workspace.operation(LABEL) as op:
        op.initial("law", **said)


def write(workspace: Workspace, word: str) -> str:
    with workspace.operation(LABEL) as op:
        return op.insert("programme", title={"id": word})


def since(workspace: Workspace) -> int:
    (one,) = workspace.plan().initials
    return one.since


def test_what_is_written_after_a_paraf_counts_until_it_is_given_anew(workspace: Workspace) -> None:
    write(workspace, "Sebelum")
    initial(workspace)
    assert since(workspace) == 0
    write(workspace, "Sesudah")
    row = write(workspace, "Lagi")
    assert since(workspace) == 2
    workspace.undo()
    assert row not in {each.id for each in workspace.plan().programmes}
    assert since(workspace) == 3  # taking back is writing, too
    initial(workspace)  # by the same person on the same day
    assert since(workspace) == 0


def test_what_is_only_talked_about_the_plan_is_no_change_of_it(workspace: Workspace) -> None:
    row = write(workspace, "Layanan")
    initial(workspace)
    with workspace.operation(LABEL) as op:
        op.comment(Place("programme", row, "title"), "Bagus", Author("Rina", "mentor"))
        op.deadline("2026-12-01", page="checks")
        op.initial("other", state="returned", note="Kurang")
        scan = op.attach(b"pindaian", name="paraf.jpg", media_type="image/jpeg")
        op.initial("law", evidence=scan)
    assert {each.since for each in workspace.plan().initials} == {0}
    with workspace.operation(LABEL) as op:
        op.initial("law", at="2026-11-28")  # a day put right is no new paraf
    write(workspace, "Lain")
    with workspace.operation(LABEL) as op:
        op.initial("law", at="2026-11-27")
    law = next(each for each in workspace.plan().initials if each.step == "law")
    assert law.since == 1
    # whoever has a copy can call any piece a paraf's scan, and put another file in its place
    with workspace.operation(LABEL) as op:
        op.set("evidence", scan, sha256="0" * 64)
    law = next(each for each in workspace.plan().initials if each.step == "law")
    assert law.since == 2


def test_a_copy_opened_anew_counts_the_same(workspace: Workspace) -> None:
    initial(workspace)
    write(workspace, "Satu")
    path = workspace.path
    workspace.close()
    with Workspace.open(path) as again:
        assert since(again) == 1


def test_what_comes_in_from_somebody_who_had_not_seen_the_paraf_counts(
    make: Callable[..., Workspace], tmp_path: Path
) -> None:
    import shutil

    first = make("satu")
    write(first, "Awal")
    first.close()
    shutil.copy(first.path, tmp_path / "dua.rancang")
    one, other = _open_as(first.path, "Sari"), _open_as(tmp_path / "dua.rancang", "Budi")
    initial(one)
    write(other, "Dari dinas")
    take(one, other)
    assert since(one) == 1
    take(other, one)
    assert since(other) == 1  # there the paraf arrived last
    initial(other)
    take(one, other)
    assert since(one) == since(other) == 0
    integrity(one)
    for each in (one, other):
        each.close()


def test_two_parafs_given_apart_are_both_too_early_for_what_the_other_saw(
    make: Callable[..., Workspace], tmp_path: Path
) -> None:
    import shutil

    first = make("satu")
    write(first, "Awal")
    first.close()
    shutil.copy(first.path, tmp_path / "dua.rancang")
    one, other = _open_as(first.path, "Sari"), _open_as(tmp_path / "dua.rancang", "Budi")
    for copy in (one, other):
        write(copy, copy.author.name)
        initial(copy)
    take(one, other)
    assert since(one) == 2
    for each in (one, other):
        each.close()


def test_what_is_no_state_and_no_day_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UnfitValue), workspace.operation(LABEL) as op:
        op.initial("law", state="signed")
    with pytest.raises(UnfitValue), workspace.operation(LABEL) as op:
        op.initial("law", state="initialled", at="kemarin")
    assert workspace.plan().initials == ()


def test_in_what_was_written_is_known_and_a_part_that_was_given_away_too(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        one, other = (op.insert("agency", name={"id": name}) for name in ("Satu", "Dua"))
        row = op.insert("programme", title={"id": "Layanan"}, lead=one)
    initial(workspace)
    with workspace.operation(LABEL) as op:
        op.put("budget_line", programme=row, year=2027, source="apbd", indicative=1)
    (paraf,) = workspace.plan().initials
    assert row in paraf.touched
    assert "" not in paraf.touched
    with workspace.operation(LABEL) as op:
        op.set("programme", row, lead=other)
    (paraf,) = workspace.plan().initials
    assert "" in paraf.touched
