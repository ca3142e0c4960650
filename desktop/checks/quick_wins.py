"""Are the quick wins quick, described in every aspect, and enough of them?"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, flag, number, words
from desktop.checks.spots import PROGRAMMES, ProgrammeSpot, called, named, programme_page
from desktop.checks.words import says_nothing
from desktop.guideline.pack import Rule
from desktop.workspace.plan import Place


@check_rule("quick_win_aspects")
def quick_win_aspects(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every quick win answers the aspects of the guideline (facts.md 1.4).

    Those marked ``required`` count, all of them when none is marked; ``fields`` (ids) chooses others.
    """
    quick_win = reading.pack.planning.quick_win
    aspects = quick_win.aspects if quick_win else ()
    required = tuple(aspect.id for aspect in aspects if aspect.required)
    chosen = words(rule, "fields") or required or tuple(aspect.id for aspect in aspects)
    for programme in reading.plan.programmes:
        for asked in reading.in_quick_win(programme):
            if asked.field.id in chosen and not asked.answered(reading.source):
                message = Message(
                    "checks.quick_win.aspect", aspect=asked.field.label, programme=called(programme.title)
                )
                yield Hit(message, asked.place(reading.source), asked.spot.page)


@check_rule("quick_win_term")
def quick_win_term(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """A quick win is finished within ``max_years`` (else what the guideline says; one year)."""
    quick_win = reading.pack.planning.quick_win
    longest = number(rule, "max_years", quick_win.max_years if quick_win else 1)
    for programme in reading.plan.programmes:
        start, end = programme.start_year, programme.end_year
        if not programme.quick_win or start is None or end is None:
            continue
        length = end - start + 1
        if length > longest:
            message = Message(
                "checks.quick_win.term", programme=called(programme.title), length=length, n=longest
            )
            place = ProgrammeSpot(programme, "end_year").place()
            yield Hit(message, place, programme_page(programme))


@check_rule("quick_win_count")
def quick_win_count(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """There are at least ``min`` (1) quick wins; with ``per_dimension`` that many in each dimension.

    ``dimension(s)`` names the dimensions it is about.
    """
    chosen = words(rule, "dimension", "dimensions")
    least = number(rule, "min", 1)
    quick = [programme.dimension for programme in reading.plan.programmes if programme.quick_win]
    place = Place("programme", field="quick_win")
    if not (flag(rule, "per_dimension") or chosen):
        if len(quick) < least:
            message = Message("checks.quick_win.count", n=least, there=len(quick))
            yield Hit(message, place, PROGRAMMES)
        return
    for dimension in reading.pack.dimensions:
        there = quick.count(dimension.id)
        if there < least and (not chosen or dimension.id in chosen):
            message = Message("checks.quick_win.count_in", n=least, there=there, dimension=dimension.name)
            place = Place("programme", field="quick_win", item=dimension.id)
            yield Hit(message, place, PROGRAMMES)


@check_rule("quick_win_most")
def quick_win_most(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """No dimension has more than ``max`` (1) quick wins: competitions take one proposal of each.

    ``dimension(s)`` narrows it.
    """
    chosen, most = words(rule, "dimension", "dimensions"), number(rule, "max", 1)
    quick = [programme.dimension for programme in reading.plan.programmes if programme.quick_win]
    for dimension in reading.pack.dimensions:
        there = quick.count(dimension.id)
        if there > most and (not chosen or dimension.id in chosen):
            message = Message("checks.quick_win.most", n=most, there=there, dimension=dimension.name)
            yield Hit(message, Place("programme", field="quick_win", item=dimension.id), PROGRAMMES)


@check_rule("quick_win_risk")
def quick_win_risk(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every quick win has at least ``min`` (1) risks, each of them with what is done about it."""
    least = number(rule, "min", 1)
    for programme in reading.plan.programmes:
        if not programme.quick_win:
            continue
        title, page = called(programme.title), programme_page(programme)
        if len(programme.risks) < least:
            message = Message("checks.quick_win.risk", programme=title, n=least, there=len(programme.risks))
            yield Hit(message, Place("risk", field="title", scope=programme.id), page)
        for risk in programme.risks:
            if says_nothing(risk.mitigation.values.get(reading.source, "")):
                message = Message("checks.quick_win.mitigation", programme=title, risk=named(risk.title))
                yield Hit(
                    message, Place("risk", risk.id, "mitigation", reading.source, scope=programme.id), page
                )
