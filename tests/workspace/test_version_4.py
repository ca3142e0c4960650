"""A real file of version 4, made by the program that wrote that version, is brought up to date whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from desktop.base import Message
from desktop.workspace import Author, Workspace, file
from tests.workspace.histories import integrity
from tests.workspace.test_version_1 import schema

KEPT = Path(__file__).parent.parent / "data" / "version-4.rancang.gz"
LABEL = Message("workspace.label.resolve")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The file of version 4, as somebody would open it."""
    path = tmp_path / "versi-4.rancang"
    path.write_bytes(gzip.decompress(KEPT.read_bytes()))
    assert file.version_of(path) == 4
    return path


def test_everything_in_it_is_there_afterwards(old: Path) -> None:
    with Workspace.open(old, author=Author("Sari")) as workspace:
        plan = workspace.plan()
        (programme,) = plan.programmes
        assert programme.title.values == {"id": "Layanan satu pintu", "en": "One-stop service"}
        assert {each.successor for each in plan.agencies} == {"", plan.agencies[0].id}
        assert [each.acting for each in plan.people] == ["plt", ""]
        assert (plan.duties[0].state, plan.duties[0].content) == ("sent", "0123456789abcdef")
        assert plan.suggestions[0].proposed == "Layanan terpadu"
        assert (plan.comments[0].due, plan.deadlines[0].due) == ("2026-12-31", "2026-12-01")
        assert workspace.evidence_bytes(plan.evidence[0].sha256) == b"foto"
        assert plan.initials == ()
        assert "migrate" in {saved.reason for saved in workspace.backups()}
        integrity(workspace)


def test_it_is_made_of_the_same_as_a_new_file(old: Path, workspace: Workspace) -> None:
    Workspace.open(old).close()
    assert schema(old) == schema(workspace.path)


def test_initials_can_be_written_undone_and_redone(old: Path) -> None:
    with Workspace.open(old, author=Author("Sari")) as workspace:
        plan = workspace.plan()
        with workspace.operation(LABEL) as op:
            op.initial("law", state="initialled", by="Hakim", office="Kabag Hukum", at="2026-11-29")
            op.initial(
                "heads", plan.agencies[0].id, state="returned", note="Pagu", evidence=plan.evidence[0].id
            )
        after = workspace.plan()
        assert [(each.step, each.state, each.by, each.at) for each in after.initials] == [
            ("heads", "returned", "", ""),
            ("law", "initialled", "Hakim", "2026-11-29"),
        ]
        workspace.undo()
        assert workspace.plan().initials == ()
        workspace.redo()
        with workspace.operation(LABEL) as op:
            op.delete("agency", plan.agencies[0].id)
            op.delete("evidence", plan.evidence[0].id)
        assert [each.step for each in workspace.plan().initials] == ["law"]
        integrity(workspace)
