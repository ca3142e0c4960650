"""A real file of version 3, made by the program that wrote that version, is brought up to date whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from desktop.base import Message
from desktop.workspace import Author, Place, Workspace, file
from tests.workspace.histories import integrity
from tests.workspace.test_version_1 import schema

KEPT = Path(__file__).parent.parent / "data" / "version-3.rancang.gz"
LABEL = Message("workspace.label.resolve")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The file of version 3, as somebody would open it."""
    path = tmp_path / "versi-3.rancang"
    path.write_bytes(gzip.decompress(KEPT.read_bytes()))
    assert file.version_of(path) == 3
    return path


def test_everything_in_it_is_there_afterwards(old: Path) -> None:
    with Workspace.open(old, author=Author("Sari")) as workspace:
        plan = workspace.plan()
        (programme,) = plan.programmes
        assert programme.title.values == {"id": "Layanan satu pintu", "en": "One-stop service"}
        assert (plan.agencies[0].until, plan.agencies[0].successor) == ("", "")
        assert (plan.people[0].acting, plan.people[0].task, plan.people[0].successor) == ("plt", "", "")
        assert plan.figures[0].value == "1100000"
        assert plan.bodies[0].members[0].person == plan.people[0].id
        assert (plan.meetings[0].kind, plan.scores[0].by) == ("visit", "mentor")
        assert plan.duties == plan.suggestions == ()
        assert "migrate" in {saved.reason for saved in workspace.backups()}
        integrity(workspace)


def test_it_is_made_of_the_same_as_a_new_file(old: Path, workspace: Workspace) -> None:
    Workspace.open(old).close()
    assert schema(old) == schema(workspace.path)


def test_the_new_tables_can_be_written_undone_and_redone(old: Path) -> None:
    with Workspace.open(old, author=Author("Sari", "secretary")) as workspace:
        plan = workspace.plan()
        place = Place("programme", plan.programmes[0].id, "title", "id")
        with workspace.operation(LABEL) as op:
            new = op.insert("agency", code="2.17", name={"id": "Dinas Baru"})
            op.set("agency", plan.agencies[0].id, until="2026-06-30", successor=new)
            op.set("person", plan.people[0].id, task="contact")
            op.duty("worksheet", "w", new, state="sent", by="Budi", person=plan.people[0].id)
            op.suggest(place, "Layanan satu pintu", "Layanan terpadu", workspace.author, reason="Baku.")
        after = workspace.plan()
        assert {each.successor for each in after.agencies} == {"", new}
        assert (after.duties[0].state, after.duties[0].agency) == ("sent", new)
        assert (after.suggestions[0].proposed, after.suggestions[0].role) == ("Layanan terpadu", "secretary")
        workspace.undo()
        assert workspace.plan().duties == () == workspace.plan().suggestions
        workspace.redo()
        with workspace.operation(LABEL) as op:
            op.delete("agency", new)
        after = workspace.plan()
        assert (after.duties, after.agencies[0].successor) == ((), "")
        integrity(workspace)
