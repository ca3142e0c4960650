"""Does the region rate itself as others do?"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message
from desktop.checks.assessment import EVALUATION, READINESS, Assessed, assessment
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, number, words
from desktop.guideline.pack import PageRef, Rule
from desktop.workspace.groundwork import SCORERS
from desktop.workspace.plan import Place

PAGE = PageRef(page="assessment")


@check_rule("rating_differs")
def rating_differs(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Nobody rates an item lower than the region by ``min`` (1) steps or more.

    The self-assessment is probed in the interview (facts.md 3.5): such an item needs evidence, or another
    rating.
    """
    least = number(rule, "min", 1)
    for kind in (READINESS, EVALUATION) if reading.plan.scores else ():
        found = assessment(reading.plan, reading.pack, kind)
        for item in found.items if found is not None else ():
            for who in SCORERS:
                difference = item.difference(who)
                if difference is not None and difference <= -least:
                    yield Hit(_message(item, who), Place("score", item.others[who].id, "value"), PAGE)


def _message(item: Assessed, who: str) -> Message:
    name = {
        "assessor": Message("checks.scorer.assessor"),
        "evaluator": Message("checks.scorer.evaluator"),
        "mentor": Message("checks.scorer.mentor"),
    }[who]
    return Message("checks.rating.lower", item=item.label, who=name)


@check_rule("rating_without_evidence")
def rating_without_evidence(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """An item rated at the top of the scale has evidence (facts.md 0.5: claims without evidence)."""
    found = assessment(reading.plan, reading.pack, READINESS)
    for item in found.items if found is not None else ():
        if item.value("own") == (found.most if found else None) and not item.evidence:
            yield Hit(Message("checks.rating.no_evidence", item=item.label), item.place, PAGE)


@check_rule("users_surveyed")
def users_surveyed(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Once the region scores itself in the yearly evaluation, the survey of users is among the scores.

    Evaluators ask for surveys of real users (facts.md 3.5: the section "impact"). ``items`` are the items of
    the evaluation that rest on the survey, where the guideline has no section of that name.
    """
    found = assessment(reading.plan, reading.pack, EVALUATION)
    if found is None or found.result("own") is None:
        return
    chosen = words(rule, "items")
    for section in found.sections if chosen else ():
        asked = [item for item in section.items if item.item in chosen]
        if asked and not any(item.own for item in asked):
            yield Hit(Message("checks.rating.no_survey", section=section.title), asked[0].place, PAGE)
    if chosen:
        return
    impact = next((section for section in found.sections if section.id == "impact"), None)
    if impact is not None and impact.mean("own") is None and impact.items:
        message = Message("checks.rating.no_survey", section=impact.title)
        yield Hit(message, impact.items[0].place, PAGE)
