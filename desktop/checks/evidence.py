"""Is every claim supported by a file, and is every file here?"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message
from desktop.checks.finding import Hit
from desktop.checks.reading import Asked, Reading
from desktop.checks.registry import check_rule, flag, narrowed
from desktop.checks.spots import EVIDENCE
from desktop.guideline.pack import Rule
from desktop.workspace.plan import Place


@check_rule("evidence_missing")
def evidence_missing(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """What is claimed where the guideline requires evidence has a file; with ``optional`` also where it may.

    Assessors reject answers without valid and complete evidence (facts.md 0.5). "No" claims nothing.
    """
    within = narrowed(rule)
    levels = {"required", "optional"} if flag(rule, "optional") else {"required"}
    for asked in reading.asked:
        if asked.field.evidence in levels and within(asked.spot) and _claims_something(asked, reading.source):
            place = asked.place(reading.source)
            if not reading.has_evidence(place):
                message = Message("checks.evidence.missing", where=asked.spot.where())
                yield Hit(message, place, asked.spot.page)


def _claims_something(asked: Asked, language: str) -> bool:
    return asked.answered(language) and asked.value is not False


@check_rule("evidence_absent")
def evidence_absent(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """The bytes of every evidence file are in this workspace (a copy may have come without attachments)."""
    for file in reading.plan.evidence:
        if not file.present:
            yield Hit(Message("checks.evidence.absent", file=file.name), Place("evidence", file.id), EVIDENCE)


@check_rule("evidence_unused")
def evidence_unused(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every evidence file supports some claim."""
    for file in reading.plan.evidence:
        if not file.claims:
            yield Hit(Message("checks.evidence.unused", file=file.name), Place("evidence", file.id), EVIDENCE)


@check_rule("evidence_caption")
def evidence_caption(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every evidence file says in words what it shows."""
    for file in reading.plan.evidence:
        if not file.caption:
            place = Place("evidence", file.id, "caption", reading.source)
            yield Hit(Message("checks.evidence.caption", file=file.name), place, EVIDENCE)
