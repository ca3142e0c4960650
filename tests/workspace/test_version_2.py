"""A real file of version 2, made by the program that wrote that version, is brought up to date whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from desktop.base import Message
from desktop.workspace import Author, Workspace, file
from tests.workspace.histories import integrity
from tests.workspace.test_version_1 import schema

KEPT = Path(__file__).parent.parent / "data" / "version-2.rancang.gz"
LABEL = Message("workspace.label.resolve")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The file of version 2, as somebody would open it."""
    path = tmp_path / "versi-2.rancang"
    path.write_bytes(gzip.decompress(KEPT.read_bytes()))
    assert file.version_of(path) == 2
    return path


def test_everything_in_it_is_there_afterwards(old: Path) -> None:
    with Workspace.open(old, author=Author("Sari")) as workspace:
        plan = workspace.plan()
        (programme,) = plan.programmes
        assert programme.title.values == {"id": "Layanan satu pintu", "en": "One-stop service"}
        assert [(each.title.read("id"), each.code, each.budget) for each in programme.activities] == [
            ("Pelatihan", "", 5_000_000)
        ]
        assert (plan.people[0].acting, plan.people[0].since, plan.people[0].dimension) == ("plt", "", "")
        assert (plan.evidence[0].name, plan.evidence[0].taken_on) == ("bukti.txt", "")
        assert plan.comments[0].body == "Periksa lagi"
        assert plan.figures == plan.decrees == plan.bodies == plan.meetings == plan.inputs == ()
        assert "migrate" in {saved.reason for saved in workspace.backups()}
        integrity(workspace)


def test_it_is_made_of_the_same_as_a_new_file(old: Path, workspace: Workspace) -> None:
    Workspace.open(old).close()
    assert schema(old) == schema(workspace.path)


def test_the_new_tables_can_be_written_undone_and_redone(old: Path) -> None:
    with Workspace.open(old, author=Author("Sari")) as workspace:
        with workspace.operation(LABEL) as op:
            op.insert("figure", measure="population", year=2025, value="1100000", source="BPS")
            decree = op.insert("decree", kind="sk", number="1/2026", date="2026-01-02", state="issued")
            body = op.insert("body", body="council", dimension="", decree=decree)
            op.insert("member", body=body, name="Prof. Ratna", outsider=True, position="member")
            meeting = op.insert("meeting", kind="consultation", start="2026-03-01", title={"id": "FGD"})
            op.insert("attendance", meeting=meeting, name="Tono", institution="PT Tani")
            heard = op.insert("input", meeting=meeting, body={"id": "Perlu gudang."})
            op.insert("input_programme", input=heard, programme=workspace.plan().programmes[0].id)
            activity = workspace.plan().programmes[0].activities[0].id
            op.insert("sub_activity", activity=activity, code="2.16.03.2.02.0035", title={"id": "Literasi"})
        plan = workspace.plan()
        assert plan.bodies[0].members[0].outsider
        assert plan.meetings[0].attendance[0].institution == "PT Tani"
        assert plan.inputs[0].programmes == (plan.programmes[0].id,)
        assert plan.programmes[0].activities[0].sub_activities[0].code.endswith("0035")
        workspace.undo()
        assert workspace.plan().bodies == () == workspace.plan().programmes[0].activities[0].sub_activities
        workspace.redo()
        assert workspace.plan().inputs[0].body.read("id") == "Perlu gudang."
        with workspace.operation(LABEL) as op:
            op.delete("decree", plan.decrees[0].id)
            op.delete("meeting", plan.meetings[0].id)
        plan = workspace.plan()
        assert (plan.bodies[0].decree, plan.meetings, plan.inputs[0].meeting) == ("", (), "")
        integrity(workspace)
