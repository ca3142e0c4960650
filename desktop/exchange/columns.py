"""What a column of a programme list can say, and which words of a header say so, in Indonesian or English."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache

from desktop.base import Message
from desktop.base.resources import resource

_NOT_WORD = re.compile(r"[\W_]+")
_SPACED = re.compile(r"(?<!\w)[^\W\d_](?: [^\W\d_]){3,}(?!\w)")
"""``J U M L A H``: letters set apart, as heads and sums often are."""
_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?!\d)")
_LONGEST = 160
"""Letters of the longest header that is still one; what is longer is a sentence of a title."""


class Role(StrEnum):
    """What a column says about a programme."""

    REGION_CODE = "region_code"
    REGION = "region"
    PLAN = "plan"
    DIMENSION = "dimension"
    SUB_DIMENSION = "sub_dimension"
    CODE = "code"
    PROGRAMME = "programme"
    ACTIVITY = "activity"
    SUB_ACTIVITY = "sub_activity"
    GOAL = "goal"
    OBJECTIVE = "objective"
    LOCATION = "location"
    AGENCY = "agency"
    YEAR = "year"
    START_YEAR = "start_year"
    END_YEAR = "end_year"
    INDICATOR = "indicator"
    UNIT = "unit"
    BASELINE = "baseline"
    BASELINE_YEAR = "baseline_year"
    DIRECTION = "direction"
    TARGET = "target"
    FINAL_TARGET = "final_target"
    REALISED = "realised"
    BUDGET = "budget"
    CEILING = "ceiling"
    REALISED_BUDGET = "realised_budget"
    TOTAL_BUDGET = "total_budget"
    FUNDING = "funding"
    KIND = "kind"
    SERVICE = "service"
    BEFORE = "before"
    AFTER = "after"
    SERVED = "served"
    TECHNOLOGY = "technology"
    SOURCE = "source"
    NOTE = "note"
    NUMBER = "number"
    IGNORE = "ignore"


ROLE_NAMES: Mapping[Role, Message] = {
    Role.REGION_CODE: Message("exchange.column.region_code"),
    Role.REGION: Message("exchange.column.region"),
    Role.PLAN: Message("exchange.column.plan"),
    Role.DIMENSION: Message("exchange.column.dimension"),
    Role.SUB_DIMENSION: Message("exchange.column.sub_dimension"),
    Role.CODE: Message("exchange.column.code"),
    Role.PROGRAMME: Message("exchange.column.programme"),
    Role.ACTIVITY: Message("exchange.column.activity"),
    Role.SUB_ACTIVITY: Message("exchange.column.sub_activity"),
    Role.GOAL: Message("exchange.column.goal"),
    Role.OBJECTIVE: Message("exchange.column.objective"),
    Role.LOCATION: Message("exchange.column.location"),
    Role.AGENCY: Message("exchange.column.agency"),
    Role.YEAR: Message("exchange.column.year"),
    Role.START_YEAR: Message("exchange.column.start_year"),
    Role.END_YEAR: Message("exchange.column.end_year"),
    Role.INDICATOR: Message("exchange.column.indicator"),
    Role.UNIT: Message("exchange.column.unit"),
    Role.BASELINE: Message("exchange.column.baseline"),
    Role.BASELINE_YEAR: Message("exchange.column.baseline_year"),
    Role.DIRECTION: Message("exchange.column.direction"),
    Role.TARGET: Message("exchange.column.target"),
    Role.FINAL_TARGET: Message("exchange.column.final_target"),
    Role.REALISED: Message("exchange.column.realised"),
    Role.BUDGET: Message("exchange.column.budget"),
    Role.CEILING: Message("exchange.column.ceiling"),
    Role.REALISED_BUDGET: Message("exchange.column.realised_budget"),
    Role.TOTAL_BUDGET: Message("exchange.column.total_budget"),
    Role.FUNDING: Message("exchange.column.funding"),
    Role.KIND: Message("exchange.column.kind"),
    Role.SERVICE: Message("exchange.column.service"),
    Role.BEFORE: Message("exchange.column.before"),
    Role.AFTER: Message("exchange.column.after"),
    Role.SERVED: Message("exchange.column.served"),
    Role.TECHNOLOGY: Message("exchange.column.technology"),
    Role.SOURCE: Message("exchange.column.source"),
    Role.NOTE: Message("exchange.column.note"),
    Role.NUMBER: Message("exchange.column.number"),
    Role.IGNORE: Message("exchange.column.ignore"),
}
"""What the columns of a list may say, for the person who is asked about one."""


MONEY = frozenset({Role.BUDGET, Role.CEILING, Role.REALISED_BUDGET, Role.TOTAL_BUDGET})
YEARLY = frozenset({Role.TARGET, Role.REALISED, Role.BUDGET, Role.CEILING, Role.REALISED_BUDGET})
"""What a column can say about the one year that its header names."""
NAMES = (Role.PROGRAMME, Role.ACTIVITY, Role.SUB_ACTIVITY)
"""Columns that name what is planned, from the widest to the narrowest."""


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """Lower-case words with single spaces: what headers and names are compared by."""
    words = _NOT_WORD.sub(" ", text.casefold()).strip()
    return _SPACED.sub(lambda found: found[0].replace(" ", ""), words)


def has_letters(text: str) -> bool:
    """Whether a text can be a name."""
    return any(letter.isalpha() for letter in text)


@cache
def _synonyms() -> tuple[Mapping[str, Role], re.Pattern[str], tuple[tuple[re.Pattern[str], Role], ...]]:
    data = json.loads(resource("exchange", "columns.json").read_text("utf-8"))
    names = {bare(name): Role(role) for role, entries in data["columns"].items() for name in entries}
    drop = sorted((bare(entry) for entry in data["drop"]), key=len, reverse=True)
    patterns = tuple((re.compile(pattern), Role(role)) for pattern, role in data["patterns"])
    return names, re.compile(rf"\b(?:{'|'.join(map(re.escape, drop))})\b"), patterns


def role_of(header: str) -> tuple[Role | None, int | None]:
    """What a header says, and the year it names; (None, ...) when its words are not known."""
    names, drop, patterns = _synonyms()
    years = _YEAR.findall(header)
    year = int(years[0]) if len(years) == 1 else None
    words = bare(header)
    if words in names:
        return names[words], None
    words = bare(_YEAR.sub(" ", words)) if year else words
    if year and words in {"", "tahun", "th", "year"}:
        return None, year
    role = names.get(words) or names.get(" ".join(drop.sub(" ", words).split()))
    if role is None and words and len(words) <= _LONGEST and len(years) < 2:
        # Government forms name their columns by whole clauses; what a clause begins or deals with tells.
        role = next((each for pattern, each in patterns if pattern.search(words)), None)
    return role, year
