"""Which checks this program knows: a guideline names them in its rules, with parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.guideline.pack import Rule

Check: TypeAlias = Callable[[Reading, Rule], Iterable[Hit]]
"""A pure function: what one rule of the guideline sees in a plan."""


@dataclass(frozen=True, slots=True)
class KnownCheck:
    """A check with its name and the ones whose findings about the same place make its own superfluous."""

    name: str
    run: Check
    yields_to: frozenset[str]
    may_set_aside: bool


_known: dict[str, KnownCheck] = {}


def check_rule(
    name: str, *, yields_to: Iterable[str] = (), may_set_aside: bool = True
) -> Callable[[Check], Check]:
    """Make a function known as the check ``name``.

    Where one of ``yields_to`` has a finding about the same field, this check stays silent: a text that
    is missing is not also too short.
    """

    def register(run: Check) -> Check:
        if name in _known:
            raise ValueError(f"two checks are called {name}")
        _known[name] = KnownCheck(name, run, frozenset(yields_to), may_set_aside)
        return run

    return register


def known_checks() -> Mapping[str, KnownCheck]:
    """Every check by its name; loads the modules that hold them."""
    import desktop.checks.every_check  # noqa: F401 - importing them makes them known

    return _known


def number(rule: Rule, name: str, default: int) -> int:
    """A whole-number parameter of a rule; anything else counts as not given."""
    value = rule.params.get(name, default)
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def flag(rule: Rule, name: str, *, default: bool = False) -> bool:
    """A yes/no parameter of a rule."""
    value = rule.params.get(name, default)
    return value if isinstance(value, bool) else default


def word(rule: Rule, name: str, default: str = "") -> str:
    """A text parameter of a rule."""
    value = rule.params.get(name, default)
    return value if isinstance(value, str) else default


def words(rule: Rule, name: str) -> tuple[str, ...]:
    """A list parameter of a rule; a single text is a list of one, nothing is an empty list."""
    value = rule.params.get(name, ())
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, tuple) else ()
