"""What a column of a programme list can say, and which words of a header say so, in Indonesian or English."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache

from desktop.base.resources import resource

_NOT_WORD = re.compile(r"[\W_]+")
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


MONEY = frozenset({Role.BUDGET, Role.CEILING, Role.REALISED_BUDGET, Role.TOTAL_BUDGET})
YEARLY = frozenset({Role.TARGET, Role.REALISED, Role.BUDGET, Role.CEILING, Role.REALISED_BUDGET})
"""What a column can say about the one year that its header names."""
NAMES = (Role.PROGRAMME, Role.ACTIVITY, Role.SUB_ACTIVITY)
"""Columns that name what is planned, from the widest to the narrowest."""


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """Lower-case words with single spaces: what headers and names are compared by."""
    return _NOT_WORD.sub(" ", text.casefold()).strip()


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
