"""A file replaced by an older copy: the next command says so, with the command that brings all back."""

import shlex
import shutil

import pytest

from desktop.workspace import Author, Workspace
from tests.copies import EDIT


@pytest.mark.slow
def test_an_older_copy_is_said_with_the_command_that_brings_all_back(call, town):
    call.ok("set", town, "town.trees", "5")
    old = town.with_name("old.rancang")
    shutil.copy(town, old)
    call.ok("set", town, "town.trees", "6")
    shutil.copy(old, town)
    for language in ("id", "en"):
        assert "rancang bring-back" in call.ok("set", town, "town.mayor", language, language=language).err
    assert "rancang bring-back" in call.ok("show", town, "town.trees").err
    assert call.ok("show", town, json=True).kinds == ["warning", "workspace"]
    said = call.ok("set", town, "town.mayor", "satu")
    assert "1 change that was already here" in said.err
    command = next(line for line in said.err.splitlines() if "rancang bring-back" in line)
    words = shlex.split(command.partition("rancang ")[2])
    call.ok(*words, "--yes")
    assert call.ok("show", town, "town.trees", json=True).record["value"] == 6
    assert call.ok("show", town, "town.mayor", json=True).record["value"] == "satu"
    assert "older copy" not in call.ok("set", town, "town.mayor", "dua").err
    assert "older copy" not in call.ok("show", town).err


def test_an_older_copy_is_said_also_when_no_backup_holds_what_is_lost(call, town, own_home):
    old = town.with_name("old.rancang")
    shutil.copy(town, old)
    call.ok("set", town, "town.trees", "6")
    shutil.copy(old, town)
    shutil.rmtree(own_home / "backups")
    assert "no backup on this computer" in call.ok("set", town, "town.trees", "7").err


def of_budi(town, folder, monkeypatch):
    """A copy of the document in which he worked on his own computer."""
    theirs = folder / "kiriman.rancang"
    shutil.copy(town, theirs)
    with monkeypatch.context() as away:
        away.setenv("RANCANG_HOME", str(folder / "rumah Budi"))
        with Workspace.open(theirs, author=Author("Budi")) as copy, copy.operation(EDIT) as op:
            op.insert("programme", title={"id": "Milik Budi"})
    return theirs


def test_backups_of_another_copy_are_listed_after_ones_own_and_named(call, town, tmp_path, monkeypatch):
    call.ok("set", town, "town.trees", "5")
    theirs = of_budi(town, tmp_path, monkeypatch)
    call.ok("set", theirs, "town.trees", "7", "--name", "Sari")
    listed = call.ok("backups", town, json=True).records
    own = [each["own"] for each in listed]
    assert own == sorted(own, reverse=True)
    assert {True, False} == set(own)
    assert "Budi" in listed[-1]["whose"]
    said = call.ok("backups", town, "--restore", listed[-1]["name"])
    assert 'the copy of "Budi"' in said.err


def test_what_another_copy_brings_besides_is_told_apart(call, town, tmp_path, monkeypatch, own_home):
    call.ok("set", town, "town.trees", "5")
    old = town.with_name("old.rancang")
    shutil.copy(town, old)
    call.ok("set", town, "town.trees", "6")
    theirs = of_budi(town, tmp_path, monkeypatch)
    shutil.rmtree(own_home / "backups")
    Workspace.open(theirs, author=Author("Sari")).close()
    shutil.copy(old, town)
    said = call.ok("set", town, "town.mayor", "satu").err
    assert 'the copy of "Budi"' in said
    assert "known to have been here: 1; others that come along, of which that is not known: 1" in said
