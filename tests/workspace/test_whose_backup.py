"""Backups of other people's copies of a document are told apart from those of one's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.base import Language
from desktop.base.speech import render
from desktop.workspace import Author, Workspace, backup, handouts, remembered, whose_backup
from tests.workspace.histories import seed
from tests.workspace.test_remembered import add, titles

SARI = Author("Sari")
Worked = Callable[..., Path]


@pytest.fixture
def worked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Worked:
    """Somebody works in a copy on his own computer; then it is looked into here."""

    def work(mine: Path, person: str, *added: str, made_for: handouts.MadeFor | None = None) -> Path:
        theirs = tmp_path / person / "a.rancang"
        theirs.parent.mkdir()
        shutil.copy(mine, theirs)
        if made_for is not None:
            with Workspace.open(theirs, author=SARI) as given, given._writing() as journal:
                handouts.make_for(journal, made_for)
        with monkeypatch.context() as away:
            away.setenv("RANCANG_HOME", str(tmp_path / f"home of {person}"))
            with Workspace.open(theirs, author=Author(person)) as copy:
                for title in added:
                    add(copy, title)
        with Workspace.open(theirs, author=SARI) as looked:
            assert set(added) <= titles(looked)
        return theirs

    return work


@pytest.fixture
def mine(make: Callable[..., Workspace]) -> Path:
    workspace = make()
    seed(workspace)
    workspace.close()
    return workspace.path


def left(path: Path, *added: str) -> None:
    with Workspace.open(path, author=SARI) as workspace:
        for title in added:
            add(workspace, title)
        remembered.leave(workspace)


def said(saved: backup.Backup, path: Path | None = None) -> str:
    return render(whose_backup.told(saved, path), Language.EN)


@pytest.mark.slow
def test_what_was_never_taken_over_does_not_come_back_as_lost(mine: Path, worked: Worked) -> None:
    """His seven changes stood in the plan, unseen, since his copy held what was lost and more besides."""
    old = mine.with_name("old.rancang")
    left(mine)
    shutil.copy(mine, old)
    left(mine, "Sari 0", "Sari 1", "Sari 2")
    worked(mine, "Konsultan", *(f"his {n}" for n in range(7)))
    shutil.copy(old, mine)
    with Workspace.open(mine, author=SARI) as again:
        older = again.older
        assert older is not None
        assert older.backup is not None
        assert (older.change_sets, older.others, older.whole) == (3, 0, True)
        again.bring_back(older.backup.path)
        assert {each for each in titles(again) if each.startswith(("Sari", "his"))} == {
            "Sari 0", "Sari 1", "Sari 2"
        }  # fmt: skip


@pytest.mark.slow
def test_of_others_the_one_with_the_fewest_besides_is_told_with_what_it_brings(
    mine: Path, worked: Worked
) -> None:
    old = mine.with_name("old.rancang")
    left(mine)
    shutil.copy(mine, old)
    left(mine, "Sari 0", "Sari 1")
    worked(mine, "Budi", "b 0")
    worked(mine, "Konsultan", *(f"his {n}" for n in range(5)))
    # backups of her own state are gone
    with Workspace.open(mine, read_only=True) as now:
        identity = now.id
    for each in backup.listed(identity):
        if whose_backup.is_own(each, mine) and each.reason == "close":
            each.path.unlink()
    shutil.copy(old, mine)
    with Workspace.open(mine, author=SARI) as again:
        older = again.older
        assert older is not None
        assert older.backup is not None
        assert (older.change_sets, older.others, older.whole) == (2, 1, True)
        assert said(older.backup, mine) == "the copy of “Budi”, by that file’s own word"


def test_another_copy_that_holds_nothing_of_what_was_lost_is_not_offered(mine: Path, worked: Worked) -> None:
    left(mine)
    worked(mine, "Budi", "b 0")
    old = mine.with_name("old.rancang")
    shutil.copy(mine, old)
    with Workspace.open(mine, author=SARI) as workspace:
        add(workspace, "Sari 0")
    shutil.copy(old, mine)
    with Workspace.open(mine, author=SARI) as again:
        assert again.older == remembered.Older(again.older.lost if again.older else ())


@pytest.mark.slow
def test_own_ones_stand_apart_and_of_others_it_is_told_whose_they_are(mine: Path, worked: Worked) -> None:
    left(mine, "Sari 0")
    worked(mine, "Budi", "b 0")
    worked(mine, "Ani”, ini salinan Anda", "a 0", made_for=handouts.MadeFor(role="agency", person="Dewi"))
    with Workspace.open(mine, author=SARI) as workspace:
        own, others = whose_backup.divided(workspace.backups(), mine)
    assert {each.reason for each in own} == {"open", "close"}
    assert {said(each, mine) for each in own} == {"this copy"}
    told = [said(each, mine) for each in others]
    assert "the copy of “Budi”, by that file’s own word" in told
    for each in told:
        assert each.count("“") == each.count("”")
    assert any("made for “Dewi”" in each for each in told)


@pytest.mark.parametrize("spoil", ["gone", "damaged", "another"])
def test_of_a_lost_file_those_are_own_that_were_made_at_its_place(
    mine: Path, worked: Worked, spoil: str
) -> None:
    """Also where a file of another copy lies there by now, whole or damaged."""
    left(mine, "Sari 0")
    with Workspace.open(mine, read_only=True) as workspace:
        identity = workspace.id
    known = backup.listed(identity)
    his = worked(mine, "Budi", "b 0")
    if spoil == "gone":
        mine.unlink()
    elif spoil == "damaged":
        mine.write_bytes(b"garbage" * 1000)
    else:
        data = bytearray(his.read_bytes())
        data[-1] ^= 1
        mine.write_bytes(data)
    own, others = whose_backup.divided(backup.listed(identity), mine)
    assert own == known
    assert others


@pytest.mark.slow
def test_who_opens_it_in_turn_on_two_computers_has_one_file(
    mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        with monkeypatch.context() as at:
            if number % 2:
                at.setenv("RANCANG_HOME", str(tmp_path / "home of the other one"))
            left(mine, f"Sari {number}")
    with Workspace.open(mine, author=SARI) as workspace:
        assert {said(each, mine) for each in workspace.backups()} == {"this copy"}


def test_a_backup_that_cannot_be_read_says_of_nobody(mine: Path, tmp_path: Path) -> None:
    left(mine, "Sari 0")
    with Workspace.open(mine, read_only=True) as workspace:
        saved = workspace.backups()[0]
    old = backup.Backup(tmp_path / "x.rancang", saved.at, "open", saved.head, 1)
    old.path.write_bytes(b"garbage")
    assert not whose_backup.is_own(old, mine)
    assert said(old) == "a copy that does not say whose it is"


def test_a_copy_that_gives_itself_the_identity_of_ones_own_is_another(mine: Path) -> None:
    """Identities stand in every copy of a document; the place on this computer stands in none."""
    left(mine, "Sari 0")
    forged = mine.with_name("usulan.rancang")
    shutil.copy(mine, forged)
    with Workspace.open(mine, read_only=True) as own:
        identity = own.id
        replica = own.journal.meta("replica")
    with Workspace.open(forged, author=SARI) as his:
        with his._writing() as journal:
            journal.set_meta("replica", replica)
        add(his, "his")
        assert his.journal.meta("replica") == replica
        saved = his.backup("asked")
    assert not whose_backup.is_own(saved, mine)
    assert {whose_backup.is_own(each, mine) for each in backup.listed(identity)} == {True, False}
