"""Which checks this program knows: a guideline names them in its rules, with parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.spots import ChapterSpot, Spot
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


def words(rule: Rule, *names: str) -> tuple[str, ...]:
    """List parameters of a rule put together; a single text is a list of one, nothing an empty list."""
    found: list[str] = []
    for name in names:
        value = rule.params.get(name, ())
        found += (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    return tuple(found)


def narrowed(rule: Rule) -> Callable[[Spot], bool]:
    """Which fields a rule is about: all, or those of its forms, worksheets, chapters, books and items.

    Parameters ``form(s)``, ``worksheet(s)``, ``chapter(s)``, ``book(s)``, ``item(s)``: ids.
    """
    forms, sheets = words(rule, "form", "forms"), words(rule, "worksheet", "worksheets")
    chapters, books = words(rule, "chapter", "chapters"), words(rule, "book", "books")
    items = words(rule, "item", "items")
    if not (forms or sheets or chapters or books or items):
        return lambda _spot: True
    by_page = {"form": forms, "worksheet": sheets, "chapter": chapters}

    def within(spot: Spot) -> bool:
        page = spot.page
        if page.ref in by_page.get(page.page, ()):
            return True
        if isinstance(spot, ChapterSpot) and spot.book.id in books:
            return True
        return bool(items) and spot.place().item in items

    return within
