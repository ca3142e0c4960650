"""Is every claim supported by a file, and is every file here?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from desktop.base import Message
from desktop.checks.finding import Hit
from desktop.checks.reading import Asked, Reading
from desktop.checks.registry import check_rule, flag, narrowed
from desktop.checks.spots import EVIDENCE
from desktop.guideline.pack import Rule
from desktop.workspace.emblem import shows_only_emblem
from desktop.workspace.plan import EvidenceFile, Place


@check_rule("evidence_missing")
def evidence_missing(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """What is claimed where the guideline requires evidence has a file; with ``optional`` also where it may.

    Assessors reject answers without valid and complete evidence (facts.md 0.5). "No" claims nothing.
    """
    within = narrowed(rule)
    levels = {"required", "optional"} if flag(rule, "optional") else {"required"}
    for asked in reading.asked:
        if asked.material or asked.field.evidence not in levels:
            continue
        if within(asked.spot) and claims_something(asked, reading.source):
            place = asked.place(reading.source)
            if not reading.has_evidence(place):
                message = Message("checks.evidence.missing", where=asked.spot.where())
                yield Hit(message, place, asked.spot.page)


def claims_something(asked: Asked, language: str) -> bool:
    """Whether an answer says something that a file could show; "no" claims nothing."""
    return asked.answered(language) and asked.value is not False


@check_rule("evidence_absent")
def evidence_absent(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """The bytes of every evidence file are in this workspace; of a copy made for somebody they are elsewhere.

    There the team keeps the files: that they did not come along is no fault of the plan.
    """
    for file in () if reading.plan.for_somebody else reading.plan.evidence:
        if not file.present:
            yield Hit(Message("checks.evidence.absent", file=file.name), Place("evidence", file.id), EVIDENCE)


@check_rule("evidence_unused")
def evidence_unused(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every evidence file supports some claim; the scan of an initialled sheet stands beside its paraf."""
    scans = {each.evidence for each in reading.plan.initials}
    for file in reading.plan.evidence:
        if not file.claims and file.id not in scans:
            yield Hit(Message("checks.evidence.unused", file=file.name), Place("evidence", file.id), EVIDENCE)


@check_rule("evidence_caption")
def evidence_caption(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every evidence file says in words what it shows."""
    for file in reading.plan.evidence:
        if not file.caption:
            place = Place("evidence", file.id, "caption", reading.source)
            yield Hit(Message("checks.evidence.caption", file=file.name), place, EVIDENCE)


@check_rule("evidence_expired")
def evidence_expired(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """No evidence that supports a claim has run out by the day of the last change of the plan.

    That day, and not the computer's, so that the same plan gives the same findings anywhere.
    """
    day = reading.plan.changed_on
    for file in reading.plan.evidence:
        if _proves(file) and file.valid_until and dt.date.fromisoformat(file.valid_until) < day:
            until = dt.date.fromisoformat(file.valid_until)
            message = Message("checks.evidence.expired", file=file.name, date=until)
            yield Hit(message, Place("evidence", file.id, "valid_until"), EVIDENCE)


def _proves(file: EvidenceFile) -> bool:
    """Whether a file supports a claim; the region's emblem proves nothing, and has no day."""
    return bool(file.claims) and not shows_only_emblem(file)


@check_rule("evidence_undated")
def evidence_undated(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every evidence file that supports a claim says of which day it is."""
    for file in reading.plan.evidence:
        if _proves(file) and not file.taken_on:
            message = Message("checks.evidence.undated", file=file.name)
            yield Hit(message, Place("evidence", file.id, "taken_on"), EVIDENCE)
