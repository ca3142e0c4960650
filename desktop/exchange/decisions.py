"""A decisions file: a person's answers to what a list leaves open, written down with their reasons.

The shape is published as ``resources/schemas/import-decisions.schema.json``. Programmes, indicators and
columns are named as the list names them; case and punctuation do not matter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from desktop.base import Message, RancangError
from desktop.base.ordinary import read_ordinary
from desktop.exchange.columns import Role, bare
from desktop.exchange.questions import (
    Question,
    column_id,
    funding_id,
)

Reason = str | dict[str, str]
_MOST = 16 << 20
"""Bytes of a decisions file; one about every programme of a plan has a hundredth of that."""


class BrokenDecisions(RancangError):
    """A decisions file that cannot be read; the sentence says where and what is expected."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(Message("exchange.decisions.broken", file=file, reason=reason))


class UnusedDecision(RancangError):
    """A decision about something the list does not have: most likely a typing mistake."""

    def __init__(self, file: str, name: str) -> None:
        super().__init__(Message("exchange.decisions.unused", file=file, name=name))


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    pass


class UnitDecision(_Part, frozen=True, kw_only=True):
    """In which unit the list's amounts are written."""

    answer: Literal["rupiah", "thousand", "million", "billion"]
    reason: Reason = ""


class NumberDecision(_Part, frozen=True, kw_only=True):
    """Which sign separates decimals: ``comma`` reads 1.234 as a thousand, ``point`` as a little over one."""

    answer: Literal["comma", "point"]
    reason: Reason = ""


class AmountsDecision(_Part, frozen=True, kw_only=True):
    """What several different amounts for the same programme, year and source mean."""

    answer: Literal["sum", "first"]
    reason: Reason = ""


class MarkDecision(_Part, frozen=True, kw_only=True):
    """Whether the list's quick-win marks are carried on."""

    answer: bool
    reason: Reason = ""


class FundingDecision(_Part, frozen=True, kw_only=True):
    """The source of money where the list names none (``answer``), and what the list's own words mean."""

    answer: str = ""
    words: dict[str, str] = {}
    reason: Reason = ""


class IndicatorDecision(_Part, frozen=True, kw_only=True):
    """Where one indicator is meant to go."""

    direction: Literal["up", "down", "keep"]
    reason: Reason = ""


class ProgrammeDecision(_Part, frozen=True, kw_only=True):
    """What is decided about one programme; ``direction`` is for every indicator not named apart."""

    dimension: str = ""
    sub_dimension: str = ""
    direction: Literal["", "up", "down", "keep"] = ""
    indicators: dict[str, IndicatorDecision] = {}
    quick_win: bool | None = None
    rupiah_unit: Literal["", "rupiah", "thousand", "million", "billion"] = ""
    leave_out: bool = False
    reason: Reason = ""


class Decisions(_Part, frozen=True, kw_only=True):
    """A whole decisions file. Everything may be left out; what the list leaves open is then asked."""

    note: Reason = ""
    rupiah_unit: UnitDecision | None = None
    number_style: NumberDecision | None = None
    several_amounts: AmountsDecision | None = None
    quick_win: MarkDecision | None = None
    rpjmd_ceiling: MarkDecision | None = None
    funding: FundingDecision | None = None
    columns: dict[str, Role] = {}
    answers: dict[str, str] = {}
    """Answers to any other question, by its id as ``rancang import --json`` names it."""
    programmes: dict[str, ProgrammeDecision] = {}

    def left_out(self) -> frozenset[str]:
        """The programmes that shall not be taken over, by key."""
        return frozenset(bare(title) for title, entry in self.programmes.items() if entry.leave_out)


def read_decisions(path: Path) -> Decisions:
    """Read a decisions file. Raises FileProblem, BrokenDecisions."""
    try:
        return msgspec.json.decode(read_ordinary(path, _MOST, name=path.name), type=Decisions)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BrokenDecisions(path.name, str(error)) from error


def decided_answers(questions: tuple[Question, ...], decisions: Decisions, file: str = "") -> dict[str, str]:
    """The answers that a decisions file gives to the questions of a list.

    Raises UnusedDecision when it decides about a programme or indicator that the list does not have.
    """
    answers = _general(decisions) | decisions.answers
    ids = {question.id for question in questions}
    for title, entry in decisions.programmes.items():
        about = bare(title)
        if not entry.leave_out and f"dimension:{about}" not in ids:
            raise UnusedDecision(file, title)
        if entry.dimension:
            answers[f"dimension:{about}"] = "/".join(filter(None, (entry.dimension, entry.sub_dimension)))
        if entry.quick_win is not None:
            answers[f"quick_win:{about}"] = _yes(decided=entry.quick_win)
        if entry.rupiah_unit:
            answers[f"rupiah_unit:{about}"] = entry.rupiah_unit
        prefix = f"direction:{about}:"
        if entry.direction:
            answers |= {each: entry.direction for each in ids if each.startswith(prefix)}
        for name, indicator in entry.indicators.items():
            if f"{prefix}{bare(name)}" not in ids:
                raise UnusedDecision(file, name)
            answers[f"{prefix}{bare(name)}"] = indicator.direction
    return answers


def _general(decisions: Decisions) -> dict[str, str]:
    answers = {column_id(header): role.value for header, role in decisions.columns.items()}
    for name in ("rupiah_unit", "number_style", "several_amounts"):
        entry = getattr(decisions, name)
        if entry is not None:
            answers[name] = entry.answer
    if decisions.quick_win is not None:
        answers["quick_win"] = _yes(decided=decisions.quick_win.answer)
    if decisions.rpjmd_ceiling is not None:
        answers["rpjmd_ceiling"] = _yes(decided=decisions.rpjmd_ceiling.answer)
    if decisions.funding is not None:
        answers |= {funding_id(word): source for word, source in decisions.funding.words.items()}
        if decisions.funding.answer:
            answers["funding"] = decisions.funding.answer
    return answers


def _yes(*, decided: bool) -> str:
    return "yes" if decided else "no"


def make_schema() -> Mapping[str, Any]:
    """The JSON Schema of a decisions file (draft 2020-12)."""
    schema = msgspec.json.schema(Decisions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rancang: decisions for importing a list of programmes",
        **schema,
    }


def schema_text() -> str:
    """The schema as it is published in ``resources/schemas/import-decisions.schema.json``."""
    return json.dumps(make_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
