"""Whatever the team did since it took a list over, the very same list again changes nothing of it."""

import shutil
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base import Message
from desktop.exchange import apply_import, preview_programmes, suggested_answers
from desktop.exchange.brought import brought_by
from desktop.exchange.holding import held_against
from desktop.workspace import Workspace
from tests.exchange.lists import csv_file, new_workspace

LIST = [
    ["Kode", "Uraian", "OPD", "Indikator", "Target 2026", "Target 2027", "Pagu 2026", "Pagu 2027"],
    ["1.01.02", "Program Layanan", "Dinas X", "Kepuasan", "80", "85", "700000000", "800000000"],
    ["1.01.02", "", "", "Cakupan", "60", "-", "", ""],
    ["1.01.02.2.01", "Kegiatan Satu", "", "", "", "", "300000000", ""],
    ["1.01.02.2.01.0001", "Koordinasi", "", "", "", "", "100000000", ""],
    ["1.01.02.2.01.0002", "Koordinasi", "", "", "", "", "200000000", ""],
    ["1.01.02.2.02", "Kegiatan Satu", "", "", "", "", "400000000", "800000000"],
    ["1.01.02.2.02.0001", "Penyediaan", "", "", "", "", "400000000", "800000000"],
    ["1.01.03", "Program Lain", "Dinas Y", "Mutu", "5", "6", "900000000", "-"],
]
VALUES = {
    "programme": [{"code": "9.9"}, {"lead": None}, {"start_year": 2027}],
    "indicator": [{"unit": "Poin"}],
    "target": [{"target": Decimal(7)}, {"target": None}],
    "budget_line": [{"indicative": 5}],
    "activity": [{"budget": 11, "code": ""}],
    "sub_activity": [{"budget": 11}, {"code": ""}],
}
edits = st.lists(
    st.tuples(st.sampled_from(["delete", "rename", "change", "add"]), st.integers(0, 40)), max_size=8
)


def rows(plan):
    for programme in plan.programmes:
        yield "programme", programme
        yield from (("budget_line", each) for each in programme.budget)
        for indicator in programme.indicators:
            yield "indicator", indicator
            yield from (("target", each) for each in indicator.targets)
        for activity in programme.activities:
            yield "activity", activity
            yield from (("sub_activity", each) for each in activity.sub_activities)


def edit(workspace, what, number):
    there = list(rows(workspace.plan()))
    if not there:
        return
    table, row = there[number % len(there)]
    with workspace.operation(Message("x")) as op:
        if what == "delete":
            op.delete(table, row.id)
        elif what == "rename" and table not in {"target", "budget_line"}:
            op.write(table, row.id, "name" if table == "indicator" else "title", "id", f"Nama tim {number}")
        elif what == "change":
            op.set(table, row.id, **VALUES[table][number % len(VALUES[table])])
        elif what == "add" and table == "programme":
            op.insert("activity", programme=row.id, title={"id": "Kegiatan Satu"})


def take(workspace, path):
    plan, pack = workspace.plan(), workspace.pack()
    preview = preview_programmes(path, plan, pack, brought=brought_by(workspace.journal))
    answers = suggested_answers(preview.questions)
    held = held_against(preview, answers, plan)
    apply_import(workspace, preview, answers)
    return held


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """A workspace that took the list over, and the list."""
    folder = tmp_path_factory.mktemp("again")
    path = csv_file(folder, LIST)
    with new_workspace(folder / "region.rancang") as workspace:
        take(workspace, path)
        assert len(list(rows(workspace.plan()))) == 18
    return folder / "region.rancang", path


def the_law(taken, done):
    kept, path = taken
    copy = kept.with_name("copy.rancang")
    shutil.copyfile(kept, copy)
    with Workspace.open(copy) as workspace:
        for what, number in done:
            edit(workspace, what, number)
        there = workspace.plan().programmes
        held = take(workspace, path)
        assert [each.name for each in (*held.changed, *held.doubtful)] == []
        assert workspace.plan().programmes == there


@pytest.mark.slow
@given(edits)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_list_again_changes_nothing_of_the_teams(taken, done):
    the_law(taken, done)


@pytest.mark.torture
@given(edits)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_list_again_changes_nothing_whatever_the_team_did(taken, done):
    the_law(taken, done)


@pytest.mark.slow
def test_parts_of_one_name_are_told_apart_by_the_codes_they_came_with(taken):
    """One was deleted, the other renamed and its code taken away: each is still known for what it was."""
    the_law(taken, [("delete", 12), ("rename", 12), ("change", 13)])
    the_law(taken, [("change", 1), ("rename", 0)])
