"""Were those with a stake heard, and did each get an answer with a reason and a trace in the plan?

All stakeholders take part and industry gives input to the masterplan (facts.md 0.1, 0.5: SEED); assessors
ask who was heard, what was decided, and what it changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import LocalText, Message
from desktop.base.message import Param
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, flag, number, words
from desktop.checks.spots import INPUTS, STAKEHOLDERS
from desktop.checks.words import plain, says_nothing
from desktop.guideline.pack import Rule
from desktop.workspace.choices import choice_name
from desktop.workspace.groundwork import STAKEHOLDER_KINDS
from desktop.workspace.hearing import Input
from desktop.workspace.listening import ANSWERED, NEEDS_REASON, hearings, held, subject
from desktop.workspace.plan import Place, Plan, Text

_LONGEST = 60
"""So much of an input (in characters) stands in a sentence about it."""


@check_rule("stakeholder_heard")
def stakeholder_heard(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """At least ``min`` (1) stakeholders of the ``kinds`` were heard; each kind counts towards the same sum.

    Heard is who was present at a consultation or gave input; with ``inputs`` only input counts. Input by
    somebody who is not in the register counts for citizens.
    """
    kinds = words(rule, "kinds") or STAKEHOLDER_KINDS
    least, only_inputs = number(rule, "min", 1), flag(rule, "inputs")
    known = hearings(reading.plan)
    there = sum(
        bool(known[each.id].inputs if only_inputs else known[each.id].heard)
        for each in reading.plan.stakeholders
        if each.kind in kinds
    )
    if "citizen" in kinds:
        there += sum(not each.stakeholder for each in reading.plan.inputs)
    if there >= least:
        return
    place = Place("stakeholder", field="kind", item="+".join(kinds))
    if len(kinds) > 1:
        message = Message(
            "checks.hearing.no_input_any" if only_inputs else "checks.hearing.nobody_any",
            n=least,
            there=there,
        )
        yield Hit(message, place, STAKEHOLDERS)
        return
    name: Param = choice_name("stakeholder", kinds[0])
    if only_inputs:
        yield Hit(Message("checks.hearing.no_input", who=name, n=least, there=there), place, STAKEHOLDERS)
    else:
        yield Hit(Message("checks.hearing.nobody", who=name, n=least, there=there), place, STAKEHOLDERS)


@check_rule("stakeholder_never_heard")
def stakeholder_never_heard(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Everybody in the register was heard at least once."""
    known = hearings(reading.plan)
    for each in reading.plan.stakeholders:
        if each.name.strip() and not known[each.id].heard:
            message = Message("checks.hearing.never", who=each.name)
            yield Hit(message, Place("stakeholder", each.id, "name"), STAKEHOLDERS)


@check_rule("consultation_held")
def consultation_held(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """At least ``min`` (1) consultations have taken place; who was there asks ``attendance_missing``."""
    least, there = number(rule, "min", 1), len(held(reading.plan))
    if there < least:
        message = Message("checks.hearing.no_consultation", n=least, there=there)
        yield Hit(message, Place("meeting", field="kind", item="consultation"), STAKEHOLDERS)


@check_rule("input_answered")
def input_answered(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every input has a decision."""
    for each in reading.plan.inputs:
        if each.decision not in ANSWERED and _says(each.body):
            message = Message("checks.input.open", input=_short(each), who=_who(reading.plan, each))
            yield Hit(message, Place("input", each.id, "decision"), INPUTS)


@check_rule("input_reason")
def input_reason(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """What was rejected, or accepted only partly, has a reason that says something."""
    for each in reading.plan.inputs:
        if each.decision in NEEDS_REASON and not _says(each.answer):
            decision = choice_name("input", each.decision)
            message = Message("checks.input.reason", input=_short(each), decision=decision)
            yield Hit(message, Place("input", each.id, "answer", reading.source), INPUTS)


@check_rule("input_traced")
def input_traced(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """What was accepted names the programme it changed, unless it is about a text of the guideline."""
    for each in reading.plan.inputs:
        about, _ = subject(each.item)
        if (
            each.decision in {"accepted", "partly"}
            and not each.programmes
            and about not in {"chapter", "item"}
        ):
            message = Message("checks.input.trace", input=_short(each))
            yield Hit(message, Place("input", each.id, "programmes"), INPUTS)


def _says(text: Text) -> bool:
    return any(not says_nothing(value) for value in text.values.values())


def _short(each: Input) -> Param:
    """The beginning of an input, to be found again in the list."""
    texts = {language: _cut(plain(value)) for language, value in each.body.values.items() if value.strip()}
    return LocalText(texts) if texts else Message("checks.untitled")


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _who(plan: Plan, each: Input) -> Param:
    name = next((one.name for one in plan.stakeholders if one.id == each.stakeholder), "") or each.author
    return name.strip() or Message("checks.hearing.unknown")
