"""The guidance sessions: when each was held, who came, and what came out of it."""

from __future__ import annotations

import datetime as dt

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row, Tag, Tone
from desktop.books.words import EMPTY
from desktop.checks.sessions import NOTHING, held
from desktop.guideline.pack import Block
from desktop.workspace.choices import choice_name
from desktop.workspace.organisation import Meeting, SessionOutput

TONES = {"open": Tone.SOFT, "drafted": Tone.MODERATE, "done": Tone.GOOD}


def sessions(to: Composer, block: Block) -> None:
    """A table of the sessions as held, and one of their outputs; of one session, if it is named."""
    say = to.words.say
    wanted = tuple(each for each in to.pack.sessions if block.ref in {"", each.id})
    suffix = f"/{block.ref}" if block.ref else ""
    columns = (
        Column(say(Message("books.session")), width=0.9, strong=True),
        Column(say(Message("books.session.when")), width=1.1),
        Column(say(Message("books.session.place")), width=1.2),
        Column(say(Message("books.session.came")), "right", 0),
    )
    rows = [
        Row(
            (
                to.words.local_marked(each.title),
                (Run(span(to, meeting)),),
                (Run(meeting.place or EMPTY),),
                (Run(to.words.number(present(meeting))),),
            )
        )
        for each in wanted
        for meeting in held(to.plan, each.id)
    ]
    to.table(say(Message("books.session.held")), columns, rows, target=f"table/sessions{suffix}")
    if not rows:
        to.note(Message("books.session.none"))
    outputs = tuple(output_rows(to, tuple(each.id for each in wanted)))
    target = f"table/outputs{suffix}"
    to.table(say(Message("books.session.outputs")), output_columns(to), outputs, target=target)


def output_columns(to: Composer) -> tuple[Column, ...]:
    """The heads over outputs."""
    say = to.words.say
    return (
        Column(say(Message("books.session.output")), width=2.2),
        Column(say(Message("books.session.state")), width=0),
        Column(say(Message("books.session.due")), width=0),
        Column(say(Message("books.session.done")), width=0),
        Column(say(Message("books.session.signed")), width=1.1),
    )


def output_rows(to: Composer, wanted: tuple[str, ...]) -> list[Row]:
    """The outputs of some sessions; more than one session is told apart by a heading row."""
    known = {(each.session, each.output): each for each in to.plan.outputs}
    rows: list[Row] = []
    for session in to.pack.sessions:
        if session.id not in wanted or not session.outputs:
            continue
        if len(wanted) > 1:
            rows.append(Row((to.words.local_marked(session.title),), "group"))
        for output in session.outputs:
            state = known.get((session.id, output.id), NOTHING)
            rows.append(Row((to.words.local_marked(output.label), *_standing(to, state))))
    return rows


def _standing(to: Composer, row: SessionOutput) -> tuple[Line, ...]:
    state = to.words.say(choice_name("session_output", row.state))
    return (
        (Tag(state, TONES[row.state]), *to.evidence_tags("", row=row.id)),
        (Run(day(to, row.due)),),
        (Run(day(to, row.done_on)),),
        (Run(row.signed_by.strip() or EMPTY),),
    )


def day(to: Composer, text: str) -> str:
    """An ISO day in words, or a dash."""
    try:
        return to.words.date(dt.date.fromisoformat(text))
    except ValueError:
        return EMPTY


def span(to: Composer, meeting: Meeting) -> str:
    """The day or days of a meeting."""
    first, last = day(to, meeting.start), day(to, meeting.end)
    return first if last in {EMPTY, first} else to.words.say(Message("books.span", start=first, end=last))


def present(meeting: Meeting) -> int:
    """How many came."""
    return sum(each.present for each in meeting.attendance)
