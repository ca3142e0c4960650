"""Are the decrees dated, in force, and here as evidence? Has the masterplan a regulation?"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message
from desktop.base.message import Param
from desktop.checks.finding import Hit
from desktop.checks.offers import IN_FORCE, decree_name, regulation
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, word
from desktop.checks.spots import DECREES, day
from desktop.guideline.pack import Rule
from desktop.workspace.organisation import Decree
from desktop.workspace.plan import Place


@check_rule("decree_undated")
def decree_undated(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """A decree that is issued has a number and a day."""
    for decree in reading.plan.decrees:
        if decree.state not in IN_FORCE:
            continue
        for field, said in (("number", decree.number), ("date", decree.date)):
            if not said.strip():
                message = Message(f"checks.decree.no_{field}", decree=called(decree))
                yield Hit(message, Place("decree", decree.id, field), DECREES, field)


@check_rule("decree_expired")
def decree_expired(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """No decree that is said to be in force has expired, and no body rests on one that is repealed."""
    serving = {body.decree for body in reading.plan.bodies}
    for decree in reading.plan.decrees:
        if decree.state in IN_FORCE and decree.until and decree.until < reading.today.isoformat():
            message = Message("checks.decree.expired", decree=called(decree), until=day(decree.until))
            yield Hit(message, Place("decree", decree.id, "until"), DECREES)
        elif decree.state == "repealed" and decree.id in serving:
            message = Message("checks.decree.repealed", decree=called(decree))
            yield Hit(message, Place("decree", decree.id, "state"), DECREES)


@check_rule("decree_evidence")
def decree_evidence(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """A decree that is issued is here as a scan: claimed by the decree or by the answer that names it."""
    items: dict[str, list[str]] = {}
    for offer in reading.offers.values():
        if offer.place.table == "decree":
            items.setdefault(offer.place.row, []).append(offer.item)
    for decree in reading.plan.decrees:
        places = [Place("decree", decree.id)]
        places += [Place("answer", item=item) for item in items.get(decree.id, ())]
        if decree.state in IN_FORCE and not any(map(reading.has_evidence, places)):
            message = Message("checks.decree.evidence", decree=called(decree))
            yield Hit(message, Place("decree", decree.id), DECREES)


@check_rule("plan_regulation", yields_to=("required_answers",))
def plan_regulation(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """The masterplan rests on a regulation in force: in the list of decrees, or as ``item`` says.

    Source: assessors fault masterplans without Perkada or Perda first of all (facts.md 0.5).
    """
    decree, asked = regulation(reading.plan), reading.find(word(rule, "item"))
    if decree is not None and decree.state in IN_FORCE:
        return
    if asked is not None and asked.value == (word(rule, "equals") or "issued"):
        return
    message = Message("checks.decree.no_regulation")
    if asked is None:
        yield Hit(message, Place("decree", field="title"), DECREES)
    else:
        yield Hit(message, asked.place(reading.source), asked.spot.page)


def called(decree: Decree) -> Param:
    """A decree for a sentence."""
    return decree_name(decree) or Message("checks.untitled")
