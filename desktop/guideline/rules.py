"""What a pack's rules may say: the checks they may ask for by name, and the parameters checks take.

What a check looks for, and which of the parameters it heeds, is written in the checks room.
"""

from __future__ import annotations

from typing import Literal

ParamKind = Literal[
    "count", "flag", "value", "item", "form", "worksheet", "chapter", "book", "dimension", "field", "pattern",
]  # fmt: skip

CHECKS = frozenset({
    "agency_lead_missing", "answer_at_least", "answer_present", "baseline_missing",
    "budget_in_years", "budget_reconciles", "chapter_written", "code_form", "dimension_has_programme",
    "duplicate_programme", "evidence_missing", "non_apbd_source", "open_conflicts", "plan_years",
    "programme_complete", "quick_win_aspects", "quick_win_count", "quick_win_term", "readiness_rated",
    "required_answers", "service_test", "sub_dimension_covered", "target_direction", "targets_missing",
    "text_empty", "text_is_guidance", "text_too_short", "translation_missing", "translation_stale",
    "worksheet_rows", "years_outside_plan",
})  # fmt: skip
"""By name. A pack that asks for another check needs a newer program and is refused."""

REQUIRED: dict[str, frozenset[str]] = {
    "answer_present": frozenset({"item", "items"}),
    "answer_at_least": frozenset({"item"}),
}
"""Checks that say nothing without a parameter: one of these must be there."""

PARAMS: dict[str, ParamKind] = {
    "min": "count", "max": "count", "max_years": "count", "tolerance": "count", "words": "count",
    "optional": "flag", "per_dimension": "flag",
    "equals": "value", "if_value": "value",
    "item": "item", "items": "item", "if_item": "item",
    "form": "form", "forms": "form",
    "worksheet": "worksheet", "worksheets": "worksheet",
    "chapter": "chapter", "chapters": "chapter",
    "book": "book", "books": "book",
    "dimension": "dimension", "dimensions": "dimension",
    "fields": "field", "patterns": "pattern",
}  # fmt: skip
"""Parameters by name: the same word means the same in every check. References may be one id or a list."""

PROGRAMME_FIELDS = frozenset({
    "code", "title", "dimension", "sub_dimension", "lead", "supporting", "service", "before", "after",
    "served", "technology", "years", "start_year", "end_year", "status", "total_budget", "source", "budget",
    "indicator",
})  # fmt: skip
"""What a programme has of its own; no extra field may be called so."""
