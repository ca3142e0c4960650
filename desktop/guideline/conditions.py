"""Which questions are asked only of some: those a rule wants answered where another answer calls for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.guideline.pack import Pack, ParamValue, Rule


@dataclass(frozen=True, slots=True)
class Condition:
    """The answer that another question must have; any of ``values``."""

    item: str
    values: tuple[ParamValue, ...]


def conditions(pack: Pack) -> Mapping[str, tuple[Condition, ...]]:
    """The conditions of every item that is asked under conditions only; one of them is enough.

    A question that is required, or that some rule asks of everybody, has none.
    """
    found: dict[str, list[Condition]] = {}
    always = {f"{form.id}.{field.id}" for form in pack.forms for field in form.fields if field.required}
    for rule in pack.rules:
        if rule.check != "answer_present":
            continue
        condition = condition_of(rule)
        for item in _items(rule):
            if condition is None:
                always.add(item)
            else:
                found.setdefault(item, []).append(condition)
    return {item: tuple(several) for item, several in found.items() if item not in always}


def condition_of(rule: Rule) -> Condition | None:
    """When a rule applies at all; None for always. Without ``if_value`` the answer must be yes."""
    item = rule.params.get("if_item")
    if not isinstance(item, str) or not item:
        return None
    wanted = rule.params.get("if_value", True)
    return Condition(item, wanted if isinstance(wanted, tuple) else (wanted,))


def _items(rule: Rule) -> Iterator[str]:
    for name in ("item", "items"):
        value = rule.params.get(name, ())
        yield from (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
