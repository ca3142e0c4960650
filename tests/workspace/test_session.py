"""A person at work for hours: edits, undo, redo, closing and opening in any order, held against a model."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from desktop.workspace import Author, Workspace
from tests.workspace.test_operation import LABEL, programme
from tests.workspace.test_undo import shown

FIELDS = st.sampled_from(["code", "status", "dimension"])
VALUES = st.sampled_from([None, "", "a", "b"])
YEARS = st.sampled_from([2026, 2027, 2028])
AMOUNTS = st.sampled_from([None, 0, 1, 5])


class Session(RuleBasedStateMachine):
    """One workspace and the states it went through; a subclass says where files lie."""

    template: Path
    number = itertools.count()

    def __init__(self) -> None:
        super().__init__()
        self.path = self.template.with_name(f"{next(self.number)}.rancang")
        shutil.copy(self.template, self.path)
        self.workspace = Workspace.open(self.path, author=Author("Sari"))
        self.done = [shown(self.workspace)]
        self.at = 0

    def edited(self, head: str) -> None:
        """What an edit leaves behind can be undone; what was undone before is forgotten."""
        if self.workspace.head != head:
            self.done = [*self.done[: self.at + 1], shown(self.workspace)]
            self.at += 1
        else:
            assert shown(self.workspace) == self.done[self.at]

    @rule(field=FIELDS, value=VALUES)
    def set_field(self, field: str, value: str | None) -> None:
        head = self.workspace.head
        for each in self.workspace.plan().programmes[:1]:
            with self.workspace.operation(LABEL) as op:
                op.set("programme", each.id, **{field: value})
            assert getattr(self.workspace.plan().programmes[0], field) == (value or "")
        self.edited(head)

    @rule(language=st.sampled_from(["id", "en"]), text=st.sampled_from(["", "Satu", "Dua " * 80]))
    def write(self, language: str, text: str) -> None:
        head = self.workspace.head
        for each in self.workspace.plan().programmes[:1]:
            with self.workspace.operation(LABEL) as op:
                op.write("programme", each.id, "service", language, text)
            service = self.workspace.plan().programmes[0].service
            assert service.values[language] == text
            assert not service.stale(language, "id")
        self.edited(head)

    @rule(year=YEARS, amount=AMOUNTS, again=st.booleans())
    def put(self, year: int, amount: int | None, again: bool) -> None:
        head = self.workspace.head
        for each in self.workspace.plan().programmes[:1]:
            with self.workspace.operation(LABEL) as op:
                line = next((x for x in each.budget if x.year == year), None)
                if again and line:
                    op.delete("budget_line", line.id)
                op.put("budget_line", programme=each.id, year=year, source="apbd", indicative=amount)
        self.edited(head)

    @rule()
    def add(self) -> None:
        head = self.workspace.head
        programme(self.workspace)
        self.edited(head)

    @rule(table=st.sampled_from(["programmes", "agencies"]))
    def delete(self, table: str) -> None:
        head = self.workspace.head
        for each in getattr(self.workspace.plan(), table)[:1]:
            with self.workspace.operation(LABEL) as op:
                op.delete("programme" if table == "programmes" else "agency", each.id)
        self.edited(head)

    @rule()
    def undo(self) -> None:
        result = self.workspace.undo()
        assert (result is None) == (self.at == 0)
        assert result is None or result.left_alone == ()
        self.at = max(0, self.at - 1)
        assert shown(self.workspace) == self.done[self.at]

    @rule()
    def redo(self) -> None:
        result = self.workspace.redo()
        assert (result is None) == (self.at == len(self.done) - 1)
        self.at = min(len(self.done) - 1, self.at + 1)
        assert shown(self.workspace) == self.done[self.at]

    @rule()
    def close_and_open(self) -> None:
        self.workspace.close()
        self.workspace = Workspace.open(self.path, author=Author("Sari"))
        assert shown(self.workspace) == self.done[self.at]

    def teardown(self) -> None:
        self.workspace.self_check()
        assert self.workspace.conflicts() == []
        self.workspace.close()


@pytest.fixture
def template(make: Callable[..., Workspace]) -> Path:
    """A workspace in which nothing is written yet."""
    workspace = make("template")
    workspace.close()
    return workspace.path


@pytest.mark.slow
def test_whatever_a_person_does_can_be_walked_back_and_forth(template: Path) -> None:
    run_state_machine_as_test(
        type("SessionHere", (Session,), {"template": template}),
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink],
        ),
    )  # fmt: skip
