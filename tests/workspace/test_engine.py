"""Files share an engine and nothing else."""

from __future__ import annotations

import sqlite3

import pytest
import sqlalchemy as sa

from desktop.base.errors import RancangError
from desktop.workspace import engine


def test_each_error_speaks_of_its_own_file(make) -> None:
    both = make("kota"), make("desa")
    for workspace in (*both, *both):
        with pytest.raises(RancangError) as error:
            workspace.journal.connection.exec_driver_sql("SELECT 1 FROM nowhere")
        assert workspace.path.name in str(error.value.message.params)


def test_one_closed_the_other_goes_on(make) -> None:
    gone, stays = make("kota"), make("desa")
    title = stays.plan().title
    raw = gone._raw()
    gone.close()
    with pytest.raises(sqlite3.ProgrammingError):
        raw.execute("SELECT 1")
    assert stays.plan().title == title
    assert stays.journal.meta("workspace") != ""


def test_who_names_no_file_gets_the_error_as_it_is(tmp_path) -> None:
    def refused() -> sqlite3.Connection:
        raise sqlite3.OperationalError("unable to open")

    with (
        engine.connect(lambda: sqlite3.connect(":memory:")) as connection,
        pytest.raises(sa.exc.OperationalError),
    ):
        connection.exec_driver_sql("SELECT 1 FROM nowhere")
    with pytest.raises(sa.exc.OperationalError):
        engine.connect(refused)
    with pytest.raises(RancangError):
        engine.connect(refused, tmp_path / "kota.rancang")
