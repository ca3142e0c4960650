"""Who was heard, what they said, what was decided and why, and which programme it changed.

How stakeholders can be reached stays at home, and so do the names of citizens (law 27 of 2022 on personal
data): a citizen is printed as *Warga 3*, somebody who is in no register as a participant.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.base.speech import value_text
from desktop.books.blocks.participation import participation
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row, Tag, Tone
from desktop.books.words import EMPTY, Words
from desktop.checks.places import title_of_subject
from desktop.guideline.pack import Block
from desktop.workspace.choices import choice_name
from desktop.workspace.groundwork import DECISIONS
from desktop.workspace.hearing import Input, Stakeholder
from desktop.workspace.listening import consultations, hearings
from desktop.workspace.organisation import Meeting
from desktop.workspace.plan import Plan

TONES = {"accepted": Tone.GOOD, "partly": Tone.MODERATE, "rejected": Tone.POOR, "open": Tone.WARNING}


def public_name(plan: Plan, words: Words, stakeholder: Stakeholder) -> str:
    """A stakeholder as a book may name it: citizens by number."""
    if stakeholder.kind != "citizen":
        return stakeholder.name.strip() or EMPTY
    citizens = [each.id for each in plan.stakeholders if each.kind == "citizen"]
    return words.say(Message("books.hearing.citizen", number=str(citizens.index(stakeholder.id) + 1)))


def stakeholders(to: Composer, _block: Block) -> None:
    """Everybody in the register with how often each was heard, then the consultations."""
    say, known = to.words.say, hearings(to.plan)
    columns = (
        Column(say(Message("books.number")), "right", 0),
        Column(say(Message("books.hearing.stakeholder")), width=1.5),
        Column(say(Message("books.hearing.kind")), width=1.0),
        Column(say(Message("books.hearing.interest")), width=2.0),
        Column(say(Message("books.hearing.attended")), "right", 0),
        Column(say(Message("books.hearing.count")), "right", 0),
    )
    rows = [
        Row((
            (Run(str(number)),),
            (Run(public_name(to.plan, to.words, each)), *_differs(to, each.id)),
            (Run(say(choice_name("stakeholder", each.kind))),),
            to.words.marked(each.interest),
            (Run(to.words.number(known[each.id].attended)),),
            (Run(to.words.number(known[each.id].inputs)),),
        ))
        for number, each in enumerate(to.plan.stakeholders, 1)
    ]  # fmt: skip
    to.table(say(Message("books.hearing.stakeholders")), columns, rows, target="table/stakeholders")
    if not rows:
        to.note(Message("books.hearing.no_stakeholders"))
    participation(to)
    _consultations(to)


def _consultations(to: Composer) -> None:
    say = to.words.say
    columns = (
        Column(say(Message("books.hearing.date")), width=0),
        Column(say(Message("books.hearing.consultation")), width=1.6),
        Column(say(Message("books.hearing.place")), width=1.0),
        Column(say(Message("books.hearing.present")), "right", 0),
        Column(say(Message("books.hearing.result")), width=2.0),
    )
    rows = [
        Row((
            (Run(day(to.words, meeting.start)),),
            to.words.marked(meeting.title),
            (Run(meeting.place or EMPTY),),
            (Run(to.words.number(sum(line.present for line in meeting.attendance))),),
            to.words.marked(meeting.result),
        ))
        for meeting in consultations(to.plan)
    ]  # fmt: skip
    to.table(say(Message("books.hearing.consultations")), columns, rows, target="table/consultations")


def inputs(to: Composer, _block: Block) -> None:
    """Every input with its answer; those without one say so."""
    if not to.plan.inputs:
        to.note(Message("books.hearing.no_inputs"))
        return
    say = to.words.say
    to.note(summary(to.plan.inputs))
    columns = (
        Column(say(Message("books.number")), "right", 0),
        Column(say(Message("books.hearing.from")), width=1.0),
        Column(say(Message("books.hearing.about")), width=1.1),
        Column(say(Message("books.hearing.said")), width=1.8),
        Column(say(Message("books.hearing.decision")), width=0),
        Column(say(Message("books.hearing.answer")), width=1.8),
        Column(say(Message("books.hearing.changed")), width=1.3),
    )
    rows = [_input(to, number, each) for number, each in enumerate(to.plan.inputs, 1)]
    to.table(say(Message("books.hearing.inputs")), columns, rows, target="table/inputs")


def summary(inputs: Iterable[Input]) -> Message:
    """How many inputs there are and what was decided."""
    counts = Counter(each.decision for each in inputs)
    found = {decision: counts[decision] for decision in DECISIONS}
    return Message("books.hearing.summary", n=sum(counts.values()), **found)


def _input(to: Composer, number: int, each: Input) -> Row:
    decision = Tag(to.words.say(choice_name("input", each.decision)), TONES[each.decision])
    return Row((
        (Run(str(number)),),
        _from(to, each),
        about(to, each),
        (*to.words.marked(each.body), *_differs(to, each.id)),
        (decision,),
        to.words.marked(each.answer),
        changed(to, each),
    ))  # fmt: skip


def _from(to: Composer, each: Input) -> Line:
    found = next((one for one in to.plan.stakeholders if one.id == each.stakeholder), None)
    name = (
        public_name(to.plan, to.words, found) if found else to.words.say(Message("books.hearing.participant"))
    )
    meeting = next((one for one in to.plan.meetings if one.id == each.meeting), None)
    where = _meeting(to, meeting) if meeting else to.words.say(choice_name("input", each.channel))
    when = day(to.words, each.date or (meeting.start if meeting else ""))
    told = ", ".join(part for part in (where, when) if part and part != EMPTY)
    return (Run(name), Run("\n"), Run(told, italic=True)) if told else (Run(name),)


def _meeting(to: Composer, meeting: Meeting) -> str:
    return to.words.text(meeting.title)


def about(to: Composer, each: Input) -> Line:
    """What an input is about, as a reader finds it in the books."""
    return (Run(value_text(title_of_subject(to.plan, to.guide, each.item), to.words.language)),)


def changed(to: Composer, each: Input) -> Line:
    """The programmes an input changed, in the order of the book, each on a line of its own."""
    runs: list[Run] = []
    for programme in to.programmes:
        if programme.id in each.programmes:
            runs += [Run("\n")] if runs else []
            runs.append(Run(to.programme_title(programme)))
    return tuple(runs) or (Run(EMPTY),)


def day(words: Words, iso: str) -> str:
    """An ISO day in words, or a dash."""
    try:
        return words.date(dt.date.fromisoformat(iso))
    except ValueError:
        return EMPTY


def _differs(to: Composer, row: str) -> tuple[Tag, ...]:
    return (to.words.differing(),) if to.differs(row) else ()
