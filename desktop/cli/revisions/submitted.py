"""The plan as a package would tell it, each of its rows with a name: what two states of any origin share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desktop.base.ids import derived_id
from desktop.workspace.plan_data import plan_data, read_data
from desktop.workspace.plan_from_data import plan_from_data

if TYPE_CHECKING:
    from desktop.workspace.plan import Indicator, Plan, Programme
    from desktop.workspace.plan_data_form import Data


def submitted(plan: Plan) -> Plan:
    """What a package would tell of a plan; evidence counts whether its bytes are here or not."""
    evidence = tuple(replace(each, present=True) for each in plan.evidence)
    return named(read_data(plan_data(replace(plan, evidence=evidence))))


def named(data: Data) -> Plan:
    """The plan of a package; rows that have no id there are named by what they are about."""
    plan = plan_from_data(data)
    return replace(
        plan,
        programmes=tuple(_programme(each) for each in plan.programmes),
        figures=_by(plan.figures, "figure", "measure", "year"),
        outputs=_by(plan.outputs, "session_output", "session", "output"),
        set_aside={
            key: replace(each, id=derived_id("set_aside", key)) for key, each in plan.set_aside.items()
        },
    )


def _programme(one: Programme) -> Programme:
    return replace(
        one,
        budget=_by(one.budget, one.id, "year", "source"),
        ceilings=_by(one.ceilings, f"{one.id} rpjmd", "year"),
        indicators=tuple(_indicator(each) for each in one.indicators),
    )


def _indicator(one: Indicator) -> Indicator:
    return replace(one, targets=_by(one.targets, one.id, "year"))


def _by(rows: Iterable[Any], owner: str, *keys: str) -> Any:
    """Rows named by what they belong to and are about; of two that are named alike by their number too."""
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for row in rows:
        about = tuple(str(getattr(row, key)) for key in keys)
        seen[about] += 1
        made.append(replace(row, id=derived_id("revision", owner, *about, str(seen[about]))))
    return tuple(made)
