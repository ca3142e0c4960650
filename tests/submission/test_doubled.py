"""Data in which one thing stands twice: no workspace gives them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from msgspec import structs

from desktop.submission.doubled import doubled
from desktop.workspace.plan_data import plan_data, read_data
from tests.workspace.test_plan_data import plan

YEARLY = {"targets", "budget", "ceilings", "claims", "attendance", "figures", "outputs"}
"""Where two copies that met may each have brought a line, or nothing is kept by a key."""


def twice(said: Any) -> Iterator[tuple[str, Any]]:
    """The same data with one list's first entry twice, list by list."""

    def lists(part: Any, way: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        for key, value in part.items() if isinstance(part, dict) else enumerate(part):
            if isinstance(value, list) and value and isinstance(value[0], dict):
                yield (*way, key)
            if isinstance(value, (dict, list)):
                yield from lists(value, (*way, key))

    for way in lists(said, ()):
        changed = copy.deepcopy(said)
        found = changed
        for step in way:
            found = found[step]
        found.append(found[0])
        yield str(way[-1]), changed


def test_every_list_of_a_plan_is_looked_at() -> None:
    raw = plan_data(plan())
    assert doubled(read_data(raw)) == ""
    seen = set()
    for name, data in twice(json.loads(raw)):
        seen.add(name)
        assert doubled(read_data(json.dumps(data).encode())) == ("" if name in YEARLY else name)
    assert {"programmes", "indicators", "targets", "answers", "people", "agencies"} <= seen


def test_a_row_of_the_guideline_stands_once_for_each_agency() -> None:
    """Under whatever id: tables, charts and registers would take one or the other."""
    data = read_data(plan_data(plan()))
    sheet = data.worksheets[0]

    def rows(*told: tuple[str, str]) -> Any:
        made = (
            structs.replace(sheet.rows[0], id=f"{n:032x}", fixed=fixed, agency=whose)
            for n, (fixed, whose) in enumerate(told)
        )
        return structs.replace(data, worksheets=(structs.replace(sheet, rows=tuple(made)),))

    assert doubled(rows(("", ""), ("", ""), ("left", ""), ("right", ""), ("left", "d"))) == ""
    assert doubled(rows(("left", "d"), ("left", ""), ("left", "d"))) == "rows"
