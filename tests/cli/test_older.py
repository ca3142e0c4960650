"""A file replaced by an older copy: the next command says so, with the command that brings all back."""

import shlex
import shutil


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
