"""A workspace as it was at a moment."""

import datetime as dt

import pytest

from desktop.base import Message, clock
from desktop.workspace.moments import plan_at, written_by

DO = Message("books.room")
START = dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def told(make, monkeypatch):
    """A workspace in which something is written every hour."""
    moments = iter(START + HOUR * n for n in range(100))
    monkeypatch.setattr(clock, "now", lambda: next(moments))
    workspace = make()
    plans_then = [workspace.plan()]
    with workspace.operation(DO) as op:
        row = op.insert("programme", title={"id": "Sumur warga"}, start_year=2026)
    plans_then.append(workspace.plan())
    with workspace.operation(DO) as op:
        op.set("programme", row, title={"id": "Sumur bersih"})
        op.insert("budget_line", programme=row, year=2026, source="apbd", indicative=5)
    plans_then.append(workspace.plan())
    with workspace.operation(DO) as op:
        op.delete("programme", row)
    plans_then.append(workspace.plan())
    return workspace, plans_then


def test_each_state_is_found_again_and_before_the_first_there_is_none(told):
    workspace, then = told
    assert plan_at(workspace, START - HOUR) is None
    for plan in then:
        found = plan_at(workspace, plan.changed_at)
        assert found is not None
        assert (found.head, found.programmes, found.title) == (plan.head, plan.programmes, plan.title)
    assert workspace.plan() == then[-1]


def test_nothing_stands_without_what_it_rests_on_whatever_a_clock_said(told, monkeypatch):
    workspace, then = told
    monkeypatch.setattr(clock, "now", lambda: START - 5 * HOUR)  # a clock that went wrong
    with workspace.operation(DO) as op:
        op.insert("programme", title={"id": "Dari masa lalu"})
    kept = written_by(workspace.journal, then[0].changed_at)
    assert len(kept) == 1
    assert plan_at(workspace, START - HOUR) is None
