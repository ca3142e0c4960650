"""What a pack's rules may say: the checks they may ask for by name, and the parameters checks take.

What a check looks for, and which of the parameters it heeds, is written in the checks room.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from desktop.base import Message
from desktop.guideline.broken import Fault
from desktop.guideline.names import Names
from desktop.guideline.pack import Pack, ParamValue
from desktop.guideline.remarks import exists, fault, usable_pattern

ParamKind = Literal[
    "count", "flag", "value", "item", "form", "worksheet", "chapter", "book", "dimension", "body", "role",
    "field", "pattern", "measure", "funding", "area", "extra", "stakeholder",
]  # fmt: skip

CHECKS = frozenset({
    "activities_within_programme",
    "agency_code",
    "agency_lead_missing",
    "agency_silent",
    "agreement_scope",
    "answer_at_least",
    "answer_present",
    "apbd_share",
    "area_share",
    "attendance_missing",
    "baseline_missing",
    "body_decree",
    "body_last_meeting",
    "body_meetings",
    "body_outsiders",
    "budget_every_year",
    "budget_in_years",
    "budget_missing",
    "budget_reconciles",
    "budget_source_known",
    "ceiling_within_indicative",
    "chapter_written",
    "code_form",
    "code_level",
    "code_listed",
    "code_within",
    "commitment_unsigned",
    "consultation_held",
    "dates_in_order",
    "decree_evidence",
    "decree_expired",
    "decree_undated",
    "difference_typed",
    "dimension_action",
    "dimension_has_programme",
    "dimension_person",
    "dimension_unmarked",
    "duplicate_programme",
    "evidence_absent",
    "evidence_caption",
    "evidence_expired",
    "evidence_missing",
    "evidence_undated",
    "evidence_unused",
    "figure_at_least",
    "figure_evidence",
    "figure_negative",
    "figure_old",
    "figure_parts",
    "figure_required",
    "figure_source",
    "funding_used",
    "indicator_missing",
    "initials",
    "input_answered",
    "input_reason",
    "input_traced",
    "leftovers",
    "memorandum_parties",
    "milestone_years",
    "non_apbd_source",
    "office_current",
    "open_conflicts",
    "plan_regulation",
    "plan_years",
    "presentation_tied",
    "programme_answered",
    "programme_complete",
    "programme_outside_marks",
    "quick_win_aspects",
    "quick_win_count",
    "quick_win_most",
    "quick_win_risk",
    "quick_win_term",
    "rating_differs",
    "rating_without_evidence",
    "readiness_rated",
    "realised_within_ceiling",
    "reference_dead",
    "required_answers",
    "role_named",
    "row_says_any",
    "row_with_answer",
    "row_without_programme",
    "service_test",
    "session_output_evidence",
    "session_output_overdue",
    "stakeholder_heard",
    "stakeholder_never_heard",
    "sub_activities_reconcile",
    "sub_dimension_covered",
    "target_direction",
    "targets_missing",
    "text_empty",
    "text_is_guidance",
    "text_mentions",
    "text_too_long",
    "text_too_short",
    "translation_missing",
    "translation_stale",
    "unit_missing",
    "users_surveyed",
    "within_rpjmd_ceiling",
    "worksheet_rows",
    "years_outside_plan",
})  # fmt: skip
"""By name. A pack that asks for another check needs a newer program and is refused."""

REQUIRED: dict[str, tuple[frozenset[str], ...]] = {
    "answer_present": (frozenset({"item", "items"}),),
    "answer_at_least": (frozenset({"item"}),),
    "programme_answered": (frozenset({"extra"}),),
    "row_says_any": (frozenset({"item", "items"}),),
    "figure_at_least": (frozenset({"measure"}), frozenset({"least"})),
    "area_share": (frozenset({"areas"}),),
    "row_with_answer": (frozenset({"item"}),),
    "funding_used": (frozenset({"funding"}),),
    "text_mentions": (frozenset({"terms"}),),
    "body_meetings": (frozenset({"body"}),),
    "body_outsiders": (frozenset({"body"}),),
    "body_last_meeting": (frozenset({"body"}),),
}
"""Checks that say nothing without parameters: of each set, one must be there."""

PARAMS: dict[str, ParamKind] = {
    "min": "count", "max": "count", "max_years": "count", "tolerance": "count", "words": "count",
    "percent": "count",
    "optional": "flag", "per_dimension": "flag", "year": "flag", "every_year": "flag", "condition": "flag",
    "equals": "value", "if_value": "value", "languages": "value",
    "item": "item", "items": "item", "if_item": "item",
    "form": "form", "forms": "form",
    "worksheet": "worksheet", "worksheets": "worksheet",
    "chapter": "chapter", "chapters": "chapter",
    "book": "book", "books": "book",
    "dimension": "dimension", "dimensions": "dimension",
    "body": "body", "roles": "role",
    "fields": "field", "patterns": "pattern",
    "areas": "area", "extra": "extra",
    "measure": "measure", "funding": "funding",
    "least": "value", "terms": "value",
    "kinds": "stakeholder", "inputs": "flag", "always": "flag",
}  # fmt: skip
"""Parameters by name: the same word means the same in every check. References may be one id or a list."""

PROGRAMME_FIELDS = frozenset({
    "code", "title", "dimension", "sub_dimension", "lead", "supporting", "service", "before", "after",
    "served", "technology", "years", "start_year", "end_year", "status", "total_budget", "source", "budget",
    "indicator",
})  # fmt: skip
"""What a programme has of its own; no extra field may be called so."""

STAKEHOLDERS = frozenset({"industry", "academia", "community", "media", "government", "citizen", "other"})
"""The kinds of stakeholders that the workspace tells apart."""


def rule_faults(pack: Pack, names: Names) -> Iterator[Fault]:
    """What a pack's rules ask for and the program or the pack does not have."""
    for index, rule in enumerate(pack.rules):
        key = f"rules[{index}]"
        yield from exists(f"{key}.check", rule.check, CHECKS, Message("guideline.kind.check"))
        for needed in REQUIRED.get(rule.check, ()):
            if not needed & rule.params.keys():
                name = min(needed)
                problem = Message("guideline.problem.key_missing", key=name)
                yield fault(f"{key}.params", problem, Message("guideline.remedy.key_missing", key=name))
        for name, value in rule.params.items():
            here = f"{key}.params.{name}"
            yield from exists(here, name, PARAMS, Message("guideline.kind.parameter"))
            if name in PARAMS:
                yield from _param(here, value, PARAMS[name], names)
        for item, wanted in (("item", "equals"), ("if_item", "if_value")):
            yield from _answer(
                f"{key}.params.{wanted}", rule.params.get(item), rule.params.get(wanted), names
            )


def _answer(key: str, item: ParamValue | None, wanted: ParamValue | None, names: Names) -> Iterator[Fault]:
    """An answer that a rule waits for must be one that the field can have."""
    asked = names.items.get(item) if isinstance(item, str) else None
    if asked is None or not asked.choices:
        return
    choices = {choice.id for choice in asked.choices}
    for one in wanted if isinstance(wanted, tuple) else (wanted,):
        if isinstance(one, str):
            yield from exists(key, one, choices, Message("guideline.kind.choice"))


def _param(key: str, value: ParamValue, kind: ParamKind, names: Names) -> Iterator[Fault]:
    known: dict[str, tuple[Collection[str], Message]] = {
        "item": (names.items, Message("guideline.kind.item")),
        "form": (names.forms, Message("guideline.kind.form")),
        "worksheet": (names.worksheets, Message("guideline.kind.worksheet")),
        "chapter": (names.chapters, Message("guideline.kind.chapter")),
        "book": (names.books, Message("guideline.kind.book")),
        "dimension": (names.dimensions, Message("guideline.kind.dimension")),
        "body": (names.bodies, Message("guideline.kind.body")),
        "role": (names.roles, Message("guideline.kind.role")),
        "area": (names.areas, Message("guideline.kind.area")),
        "measure": (names.measures, Message("guideline.kind.figure")),
        "funding": (names.funding, Message("guideline.kind.funding")),
        "extra": (names.extras, Message("guideline.kind.extra")),
        "field": (PROGRAMME_FIELDS | names.aspects, Message("guideline.kind.column")),
        "stakeholder": (STAKEHOLDERS, Message("guideline.kind.stakeholder")),
    }
    match kind, value:
        case "value", _:
            fits = True
        case "flag", _:
            fits = isinstance(value, bool)
        case "count", _:
            fits = type(value) is int and value >= 0
        case _, str() | tuple():
            fits = True
            for one in (value,) if isinstance(value, str) else value:
                if kind == "pattern":
                    yield from usable_pattern(key, one)
                else:
                    yield from exists(key, one, *known[kind])
        case _:
            fits = False
    if not fits:
        yield fault(key, Message("guideline.problem.out_of_range"), Message("guideline.remedy.out_of_range"))
