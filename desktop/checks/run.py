"""Run every rule of a guideline over a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from desktop.base import Message
from desktop.checks.finding import Finding, Hit, Report, SetAsideFinding
from desktop.checks.reading import reading_of
from desktop.checks.registry import KnownCheck, known_checks
from desktop.checks.words import is_reason
from desktop.guideline.pack import Pack, PageRef, Rule
from desktop.workspace.plan import Place, Plan

OWN_RULES = (
    Rule(id="rancang-reference-dead", check="reference_dead", list="weak"),
    Rule(id="rancang-leftovers", check="leftovers", list="hint"),
    Rule(id="rancang-difference-typed", check="difference_typed", list="weak"),
)
"""What holds whatever a guideline asks, and is checked unless it names the check itself."""
_ORDER = {"mandatory": 0, "weak": 1, "hint": 2}


def check(plan: Plan, pack: Pack) -> Report:
    """What is missing, weak or contradictory in a plan, by the rules of its guideline.

    Pure: the same plan and pack give the same report, findings in the order of the three lists and,
    within a list, of the guideline's rules. A rule this program does not know becomes a hint.
    """
    return next(report for report in checking(plan, pack) if report is not None)


def checking(plan: Plan, pack: Pack) -> Iterator[Report | None]:
    """The same in small steps, for a window that must answer in between: None until the report is there."""
    reading = reading_of(plan, pack)
    found: list[tuple[KnownCheck | None, Finding]] = []
    named = {rule.check for rule in pack.rules}
    for rule in (*pack.rules, *(rule for rule in OWN_RULES if rule.check not in named)):
        known = known_checks().get(rule.check)
        if known is None:
            found.append((None, _unknown(rule)))
        else:
            found += [(known, _finding(rule, known, hit)) for hit in known.run(reading, rule)]
        yield None
    kept = sorted(_without_superfluous(found), key=lambda finding: _ORDER[finding.list])
    yield _split(kept, plan)


def _finding(rule: Rule, known: KnownCheck, hit: Hit) -> Finding:
    return Finding(
        rule=rule.id,
        check=rule.check,
        list=rule.list,
        message=hit.message,
        place=hit.place,
        page=hit.page,
        key=hit.key(rule.id),
        note=rule.message,
        source=rule.source,
        may_set_aside=known.may_set_aside,
    )


def _unknown(rule: Rule) -> Finding:
    hit = Hit(
        Message("checks.unknown_check", rule=rule.id, check=rule.check),
        Place("guideline", item=rule.id),
        PageRef(page="checks"),
    )
    return Finding(rule.id, rule.check, "hint", hit.message, hit.place, hit.page, hit.key(rule.id))


def _without_superfluous(found: list[tuple[KnownCheck | None, Finding]]) -> Iterator[Finding]:
    """Drop what is said twice, and what yields to an equally strict finding about the same field."""
    spoken: dict[Place, dict[str, int]] = defaultdict(dict)
    for _, finding in found:
        strictness = spoken[finding.place]
        strictness[finding.check] = min(_ORDER[finding.list], strictness.get(finding.check, 9))
    seen: set[str] = set()
    for known, finding in found:
        others = spoken[finding.place]
        superfluous = known is not None and any(
            others.get(name, 9) <= _ORDER[finding.list] for name in known.yields_to
        )
        if not superfluous and finding.key not in seen:
            seen.add(finding.key)
            yield finding


def _split(findings: list[Finding], plan: Plan) -> Report:
    still_open: list[Finding] = []
    aside: list[SetAsideFinding] = []
    for finding in findings:
        entry = plan.set_aside.get(finding.key)
        # Without a reason nothing is set aside: the reason is what the reader of the books gets instead.
        if entry is not None and finding.may_set_aside and is_reason(entry.reason):
            aside.append(SetAsideFinding(finding, entry.reason, entry.author))
        else:
            still_open.append(finding)
    return Report(tuple(still_open), tuple(aside))
