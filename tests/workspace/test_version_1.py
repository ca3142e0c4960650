"""A real file of version 1, made by the program that wrote that version, is brought up to date whole.

It holds two agencies, programmes (one deleted), a long text edited, an open difference after a merge,
an undone change, evidence, and a change set of a newer program about a table version 1 did not know.
"""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest

from desktop.base import Message
from desktop.workspace import Author, Place, Workspace, file, tables
from desktop.workspace.errors import UnknownRow
from tests.workspace.histories import integrity

KEPT = Path(__file__).parent.parent / "data" / "version-1.rancang.gz"
LABEL = Message("workspace.label.resolve")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The file of version 1, as somebody would open it."""
    path = tmp_path / "versi-1.rancang"
    path.write_bytes(gzip.decompress(KEPT.read_bytes()))
    assert file.version_of(path) == 1
    return path


def schema(path: Path) -> dict[tuple[str, str], object]:
    """What a file is made of: columns by name with their references, guards by their statement."""
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
        out: dict[tuple[str, str], object] = {}
        for kind, name, sql in found:
            if kind == "table":
                columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
                keys = connection.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
                out[kind, name] = (
                    sorted((c[1], c[2], c[3], c[5]) for c in columns),
                    sorted((key[2], key[3], key[4]) for key in keys),
                )
            elif kind == "index":
                # by name: a step puts new columns in another order than a new file has them
                found_in = connection.execute(f'PRAGMA index_info("{name}")').fetchall()
                out[kind, name] = [(place, column) for place, _, column in found_in]
            else:
                out[kind, name] = sql
    connection.close()
    return out


def test_everything_in_it_is_there_afterwards(old: Path) -> None:
    with Workspace.open(old, author=Author("Sari")) as workspace:
        plan = workspace.plan()
        assert [each.short_name for each in plan.agencies] == ["Diskominfo", "Dinkes"]
        (programme,) = plan.programmes
        assert programme.title.values == {"id": "Layanan satu pintu", "en": "One-stop service"}
        assert programme.service.read("id").endswith("Beta two. Gamma.")
        assert [line.indicative for line in programme.budget] == [1_200_000_000]
        assert [(c.table, c.field) for c in plan.conflicts] == [("programme", "status")]
        assert workspace.evidence_bytes(plan.evidence[0].sha256).startswith(b"%PDF")
        assert "migrate" in {saved.reason for saved in workspace.backups()}
        integrity(workspace)


def test_what_a_newer_program_wrote_into_it_shows_now(old: Path) -> None:
    with Workspace.open(old, author=Author("Sari")) as workspace:
        (comment,) = workspace.plan().comments
        assert (comment.body, comment.author, comment.state) == ("Sebutkan layanannya.", "Rina", "open")
        assert comment.place == Place("programme", workspace.plan().programmes[0].id, "title")


def test_it_is_made_of_the_same_as_a_new_file(old: Path, workspace: Workspace) -> None:
    Workspace.open(old).close()
    assert schema(old) == schema(workspace.path)


def test_history_goes_on_over_the_step(old: Path) -> None:
    with Workspace.open(old, author=Author("Sari")) as workspace:
        before = workspace.plan()
        with workspace.operation(LABEL) as op:
            op.comment(Place("programme", before.programmes[0].id, "title"), "Baik.", Author("Sari"))
        workspace.undo()
        workspace.redo()
        assert [each.body for each in workspace.plan().comments] == ["Sebutkan layanannya.", "Baik."]
        integrity(workspace)


def test_a_colleagues_file_of_version_1_is_brought_back(old: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.rancang"
    mine.write_bytes(old.read_bytes())
    with Workspace.open(mine, author=Author("Sari")) as workspace:
        report = workspace.bring_back(old)
        assert report.change_sets == 0
        preview = workspace.preview(old)
        assert preview.rows == ()
    assert file.version_of(old) == 1, "a colleague's file is read, never changed"


def test_it_is_read_without_being_changed(old: Path) -> None:
    before = old.read_bytes()
    with Workspace.open(old, author=Author("Sari"), read_only=True) as workspace:
        assert [each.author for each in workspace.plan().comments] == ["Rina"]
        workspace.self_check()
    assert old.read_bytes() == before
    assert [p.name for p in old.parent.iterdir() if p.is_file()] == [old.name]


def test_no_step_is_needed_twice(old: Path) -> None:
    Workspace.open(old).close()
    assert file.version_of(old) == file.VERSION
    file.check_schema(old, tables.allowed(), tables.columns())
    with Workspace.open(old, author=Author("Sari")) as workspace, pytest.raises(UnknownRow):  # noqa: SIM117
        with workspace.operation(LABEL) as op:
            op.reply("0" * 32, "Tidak ada.", Author("Sari"))
