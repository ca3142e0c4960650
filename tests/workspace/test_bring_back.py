"""Bringing back a colleague's file: the preview is the result, and bad files change nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.base import RancangError
from desktop.workspace import Workspace, selfcheck
from desktop.workspace.errors import ForgedChanges, IncompleteChanges, NotAWorkspace, OtherWorkspace
from tests.workspace.test_operation import LABEL, programme


def two(make: Callable[..., Workspace]) -> tuple[Workspace, Workspace, str]:
    mine = make("a")
    row, _ = programme(mine)
    theirs = make("b", copy_of=mine, person="Budi")
    with theirs.operation(LABEL) as op:
        op.set("programme", row, code="P-9")
        op.attach(b"bukti", name="b.txt", media_type="text/plain")
    with mine.operation(LABEL) as op:
        op.set("programme", row, code="P-1")
    theirs.close()
    return mine, theirs, row


def test_the_preview_is_the_result(make: Callable[..., Workspace]) -> None:
    mine, theirs, row = two(make)
    before = selfcheck.state(mine._connection)
    preview = mine.preview(theirs.path)
    assert selfcheck.state(mine._connection) == before
    report = mine.bring_back(theirs.path)
    assert (preview.rows, preview.new_conflicts, preview.files) == (
        report.rows,
        report.new_conflicts,
        report.files,
    )
    assert [(c.field, c.row) for c in report.new_conflicts] == [("code", row)]
    assert report.authors == ("Budi",)
    assert mine.evidence_bytes(mine.plan().evidence[0].sha256) == b"bukti"
    sides = mine.choices(mine.conflicts()[0])
    assert {(side.author, side.value) for side in sides} == {("Sari", "P-1"), ("Budi", "P-9")}


def test_twice_is_once(make: Callable[..., Workspace]) -> None:
    mine, theirs, _ = two(make)
    mine.bring_back(theirs.path)
    again = mine.bring_back(theirs.path)
    assert (again.change_sets, again.rows) == (0, ())


def test_another_region_s_file_is_refused(make: Callable[..., Workspace]) -> None:
    mine, other = make("a"), make("c")
    other.close()
    with pytest.raises(OtherWorkspace):
        mine.bring_back(other.path)


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("UPDATE sync_op SET value = '\"forged\"' WHERE field = 'code'", ForgedChanges),
        ("UPDATE sync_txn SET author = 'Somebody else'", ForgedChanges),
        ("UPDATE sync_op SET value = x'ff'", RancangError),
        ("UPDATE sync_op SET pred = 'no list'", RancangError),
    ],
)
def test_a_tampered_file_changes_nothing(
    make: Callable[..., Workspace], statement: str, error: type[RancangError]
) -> None:
    mine, theirs, _ = two(make)
    _without_guards(theirs.path, statement)
    before, head = selfcheck.state(mine._connection), mine.head
    with pytest.raises(error):
        mine.bring_back(theirs.path)
    assert (selfcheck.state(mine._connection), mine.head) == (before, head)


def test_changes_whose_past_is_missing_are_refused(make: Callable[..., Workspace]) -> None:
    mine = make("a")
    theirs = make("b", copy_of=mine, person="Budi")
    row, _ = programme(theirs)
    with theirs.operation(LABEL) as op:
        op.set("programme", row, code="P-9")
    theirs.close()
    _without_guards(theirs.path, "DELETE FROM sync_txn WHERE no = 2")
    with pytest.raises(IncompleteChanges):
        mine.bring_back(theirs.path)
    assert mine.plan().programmes == ()


def _without_guards(path: Path, statement: str) -> None:
    """What a person with a database tool and bad intent can do."""
    raw = sqlite3.connect(path, isolation_level=None)
    kept = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in kept:
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute(statement)
    for _, sql in kept:
        raw.execute(sql)
    raw.close()


def test_garbage_is_no_workspace(workspace: Workspace) -> None:
    path = workspace.path.with_name("garbage.rancang")
    path.write_bytes(b"garbage" * 100)
    with pytest.raises(NotAWorkspace):
        workspace.bring_back(path)
