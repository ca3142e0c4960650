"""What one register of a computer has read is nothing that came to another one of it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

from desktop.base.jobs import quiet
from desktop.submission.register import tables
from desktop.submission.register.run import receive
from tests.submission.register.many import IN_TIME, NOW

CODE = "18.07"


def carried(source, target) -> None:
    """Every row of packages and files of one register in another one."""
    with closing(sqlite3.connect(target)) as opened, opened:
        opened.execute("ATTACH ? AS other", (str(source),))
        opened.execute("PRAGMA foreign_keys=OFF")
        for table in (tables.PACKAGE, *tables.DETAILS):
            opened.execute(f"INSERT INTO {table.name} SELECT * FROM other.{table.name}")
        names = ", ".join(one.name for one in tables.FILE.c if one.name != "id")
        opened.execute(f"INSERT INTO file ({names}) SELECT {names} FROM other.file")


def test_rows_of_another_register_are_told_as_not_judged_here(desk, tmp_path) -> None:
    trial, own = tmp_path / "percobaan.sqlite", tmp_path / "asli.asice"
    desk.close(
        desk.sealed(CODE, 3, name="lama"), desk.inbox / "lama.asice", key=desk.keys.team, moment=IN_TIME
    )
    receive(quiet, trial, [desk.inbox], desk.keys.anchors, 1, NOW)
    (desk.inbox / "lama.asice").unlink()
    desk.close(desk.sealed(CODE, 1), own, key=desk.keys.team)
    shutil.copy(own, desk.inbox / "asli.asice")
    desk.read()
    carried(trial, desk.register)
    told = desk.listed()
    assert [one.name for one in told.values() if one.current] == ["asli.asice"]
    assert [one.code for one in told["asli.asice"].reasons] == []
    assert "register.other_basis" in {one.code for one in told["lama.asice"].reasons}
