"""Who takes part: for each kind of stakeholders how many there are, came, and said something."""

from __future__ import annotations

from desktop.base import Message
from desktop.books.charted import Amount, Heard, Participation
from desktop.books.composer import Composer
from desktop.workspace.choices import choice_name
from desktop.workspace.groundwork import STAKEHOLDER_KINDS
from desktop.workspace.listening import hearings


def participation_chart(to: Composer) -> Participation | None:
    """By kind, as far as there are any; None without stakeholders."""
    known = hearings(to.plan)
    counts: dict[str, list[int]] = {}
    for each in to.plan.stakeholders:
        sums = counts.setdefault(each.kind, [0, 0, 0])
        heard = known[each.id]
        sums[0] += 1
        sums[1] += bool(heard.attended)
        sums[2] += bool(heard.inputs)
    if not counts:
        return None
    order = [kind for kind in STAKEHOLDER_KINDS if kind in counts]
    order += [kind for kind in counts if kind not in order]
    say = to.words.say
    kinds = tuple(
        Heard(
            say(choice_name("stakeholder", kind)),
            tuple(Amount(float(count), to.words.number(count)) for count in counts[kind]),
        )
        for kind in order
    )
    names = (
        say(Message("books.chart.registered")),
        say(Message("books.chart.attended")),
        say(Message("books.chart.said")),
    )
    return Participation(kinds, names)


def participation(to: Composer) -> None:
    """The chart as a figure."""
    chart = participation_chart(to)
    if chart is not None:
        caption = to.words.say(Message("books.chart.participation"))
        told = participation_told(to, chart)
        to.figure(caption, chart, target="figure/participation", description=told)


def participation_told(to: Composer, chart: Participation) -> str:
    """The sums, and the kinds nobody of whom was heard."""
    there, came, said = (round(sum(kind.counts[place].value for kind in chart.kinds)) for place in range(3))
    parts = [to.words.say(Message("books.chart.heard", there=there, came=came, said=said))]
    silent = [kind.name for kind in chart.kinds if not any(amount.value for amount in kind.counts[1:])]
    if silent:
        parts.append(to.words.say(Message("books.chart.unheard", names="; ".join(silent))))
    return " ".join(parts)
