"""The record of a meeting or visit (*berita acara*), and the list that people sign on entering."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from desktop.base import Language, LocalText, Message, RancangError, clock
from desktop.base.jobs import Report
from desktop.base.richtext import Run
from desktop.base.speech import value_text, weekday
from desktop.books.blocks.region import office_of
from desktop.books.blocks.sessions import day, output_columns, output_rows, present, span
from desktop.books.compose import document_of
from desktop.books.composer import Composer
from desktop.books.document import Column, Document, Line, Paragraph, Row, Signatures, Signer
from desktop.books.formats import written_as
from desktop.books.notes import copies_to
from desktop.books.wording import Wording, held
from desktop.books.words import EMPTY, listed
from desktop.checks.places import agency_name, title_of_place
from desktop.guideline.pack import Book, Pack
from desktop.workspace.choices import choice_name
from desktop.workspace.organisation import Attendance, Meeting
from desktop.workspace.owners import home_of
from desktop.workspace.plan import Comment, Plan, Suggestion

Kind = Literal["record", "attendance"]
WORD = ".docx"
FEWEST_LINES = 7
"""Lines for people nobody expected, on a list to be signed; as many more as its last page has room for."""
_FIRST_PAGE, _OTHER_PAGES = 12, 20
"""Lines that a page of such a list holds in any case."""
DOTS = "........................"
"""What is written in by hand."""
CLOSING = Message("books.record.closing")
"""The last sentence, which a record is not valid without."""
_LONGEST = 400
"""Letters of a suggested text that a record shows."""
_TITLES = {
    "bimtek": Message("books.record.bimtek"),
    "meeting": Message("books.record.meeting"),
    "consultation": Message("books.record.consultation"),
    "visit": Message("books.record.visit"),
}


class UnknownMeeting(RancangError):
    """The plan has no meeting with this id."""

    def __init__(self, meeting: str) -> None:
        super().__init__(Message("books.record.unknown", meeting=meeting))


def compose_record(plan: Plan, pack: Pack, meeting: str, language: Language) -> Document:
    """Who, when, where, agenda, results, agreed actions, attendance, signatures. Raises UnknownMeeting."""
    now = _meeting(plan, meeting)
    to = _composer(plan, pack, _TITLES[now.kind], language, f"record-{meeting}")
    wording = Wording(plan, to.words, "record")
    number = wording.text("number", to.words.say(Message("books.record.numbered", dots=DOTS)))
    if number:
        to.add(Paragraph((Run(number, bold=True), *wording.foreign("number")), "centred"))
    _opening(to, now, wording)
    _heading_with(to, Message("books.record.agenda"), to.words.text(now.agenda))
    _heading_with(to, Message("books.record.result"), to.words.text(now.result))
    if now.kind == "bimtek" and now.session:
        rows = output_rows(to, (now.session,))
        to.table(to.words.say(Message("books.session.outputs")), output_columns(to), rows)
    _actions(to, now)
    _suggested(to, now)
    _attendance(to, now)
    _added(to, wording, to.words.say(CLOSING))
    to.add(Signatures(_signers(to, now), _place_and_day(to, now)))
    copies_to(to, wording)
    return replace(_titled(document_of(to, test=False)), large=True)


def _titled(made: Document) -> Document:
    """With its title in capitals, as official papers have it."""
    return replace(made, cover=replace(made.cover, title=made.cover.title.upper()))


def _added(to: Composer, wording: Wording, closing: str) -> None:
    """What the team adds of its own, and the last sentence."""
    for line in (*wording.lines("free", ()), *wording.lines("closing", (closing,))):
        to.paragraph(*line)


def compose_attendance(
    plan: Plan, pack: Pack, meeting: str, language: Language, lines: int | None = None
) -> Document:
    """The list to be signed: who is expected, then empty lines (so many, or what fills the last page).

    Raises UnknownMeeting.
    """
    now = _meeting(plan, meeting)
    to = _composer(plan, pack, Message("books.record.list"), language, f"attendance-{meeting}")
    wording = Wording(plan, to.words, "attendance")
    to.facts(_facts(to, now))
    for line in wording.lines("free", ()):
        to.paragraph(*line)
    say = to.words.say
    columns = (
        Column(say(Message("books.record.number")), "right", 0),
        Column(say(Message("books.people.name")), width=1.7),
        Column(say(Message("books.people.office")), width=1.5),
        Column(say(Message("books.record.from")), width=1.5),
        Column(say(Message("books.record.signature")), width=1.3),
    )
    expected = [_attended(to, each) for each in now.attendance]
    empty = _empty(len(expected)) if lines is None else lines
    blank: tuple[Line, ...] = ((Run("\u00a0\n\u00a0"),),) * 3
    rows = [
        Row(((Run(str(number)),), *(cells or blank), (Run("\u00a0\n\u00a0"),)))
        for number, cells in enumerate([*expected, *([None] * empty)], 1)
    ]
    to.table(say(Message("books.record.attendance")), columns, rows)
    for line in wording.lines("closing", ()):
        to.paragraph(*line)
    return _titled(document_of(to, test=False))


def _empty(expected: int) -> int:
    """How many empty lines follow so many names, so that no page is left with a few."""
    room = _FIRST_PAGE
    while room < expected + FEWEST_LINES:
        room += _OTHER_PAGES
    return room - expected


def write_record(
    report: Report, snapshot: Path, target: Path, meeting: str, language: str, kind: Kind = "record"
) -> tuple[Path, int]:
    """Print the record or the list of a meeting; runs as a job. Its path and number of pages.

    A target that ends in ``.docx`` or ``.html`` has no pages that could be counted (0); any other is a PDF.
    Raises UnknownMeeting, FileProblem.
    """
    from desktop.books.printing import write_pdf
    from desktop.workspace import Workspace

    make = compose_record if kind == "record" else compose_attendance
    with Workspace.open(snapshot, read_only=True) as workspace:
        document = make(workspace.plan(), workspace.pack(), meeting, Language(language))
        made = written_as(target, document, report, workspace.evidence_bytes)
    write_pdf(target, made.data)
    return target, made.pages


def file_name(plan: Plan, meeting: str, kind: Kind, language: Language, suffix: str = ".pdf") -> str:
    """What the file of a meeting is called: ``berita-acara-2026-05-12.id.pdf``. Raises UnknownMeeting."""
    now = _meeting(plan, meeting)
    same = [each.id for each in plan.meetings if each.start == now.start]
    number = f"-{same.index(meeting) + 1}" if len(same) > 1 else ""
    name = "berita-acara" if kind == "record" else "daftar-hadir"
    return f"{name}-{now.start or 'tanpa-tanggal'}{number}.{language.value}{suffix}"


# ------------------------------------------------------------------------------------------ parts
def _meeting(plan: Plan, meeting: str) -> Meeting:
    found = next((each for each in plan.meetings if each.id == meeting), None)
    if found is None:
        raise UnknownMeeting(meeting)
    return found


def _composer(plan: Plan, pack: Pack, title: Message, language: Language, name: str) -> Composer:
    from desktop.base import render

    titles = LocalText({each.value: render(title, each) for each in Language})
    book = Book(id=name, code="BA", title=titles, kind="statement", chapters=())
    return Composer(plan, pack, book, language, {}, draft=False)


def _name(to: Composer, meeting: Meeting) -> str:
    session = next((each for each in to.pack.sessions if each.id == meeting.session), None)
    return to.words.text(meeting.title) or (to.words.local(session.title) if session else "")


def _opening(to: Composer, meeting: Meeting, wording: Wording) -> None:
    say = to.words.say
    name = _name(to, meeting) or say(choice_name("meeting", meeting.kind))
    place = meeting.place or DOTS
    try:
        start = dt.date.fromisoformat(meeting.start)
    except ValueError:
        on = day_ = DOTS
    else:
        on, day_ = weekday(start, to.words.language), to.words.date(start)
    template = held(to.words) if on != DOTS else say(Message("books.record.undated", name=name, place=place))
    line = wording.line("opening", template, weekday=on, day=day_, name=name, place=place)
    if line:
        to.paragraph(*line)
    to.facts(_facts(to, meeting))


def _facts(to: Composer, meeting: Meeting) -> Iterator[tuple[str, Line]]:
    say = to.words.say
    yield say(Message("books.record.kind")), (Run(say(choice_name("meeting", meeting.kind))),)
    yield say(Message("books.record.name")), (Run(_name(to, meeting) or EMPTY),)
    yield say(Message("books.record.body")), (Run(_body(to, meeting) or EMPTY),)
    yield say(Message("books.session.when")), (Run(span(to, meeting)),)
    yield say(Message("books.session.place")), (Run(meeting.place or EMPTY),)
    yield say(Message("books.record.leader")), (Run(meeting.leader or EMPTY),)


def _body(to: Composer, meeting: Meeting) -> str:
    body = next((each for each in to.plan.bodies if each.id == meeting.body), None)
    if body is None:
        return ""
    known = next((each for each in to.pack.bodies if each.id == body.body), None)
    return to.words.text(body.name) or (to.words.local(known.name) if known else "")


def _heading_with(to: Composer, title: Message, text: str) -> None:
    to.minor(to.words.say(title))
    parts = [part.strip() for part in text.split("\n") if part.strip()]
    for part in parts or [EMPTY]:
        to.paragraph(Run(part))


def agreed(plan: Plan, meeting: Meeting) -> tuple[Comment, ...]:
    """The comments written on the days of a meeting, earliest first; answers belong to what they answer."""
    return tuple(each for each in plan.comments if not each.parent and _within(plan, meeting, each.at))


def _within(plan: Plan, meeting: Meeting, moment: str) -> bool:
    """Whether something was written on the days of a meeting, which are those of the region."""
    if not meeting.start:
        return False
    try:
        day = clock.day_of(dt.datetime.fromisoformat(moment), plan.region.code).isoformat()
    except ValueError:
        return False
    return meeting.start <= day <= max(meeting.end, meeting.start)


def _actions(to: Composer, meeting: Meeting) -> None:
    """Agreed actions with owner and day; what was only remarked stands in a table of its own."""
    say = to.words.say
    found = agreed(to.plan, meeting)
    actions = [each for each in found if each.owner or each.due]
    remarks = [each for each in found if not (each.owner or each.due)]
    to.minor(say(Message("books.record.actions")))
    if not actions:
        to.note(Message("books.record.no_actions"))
    columns = (
        Column(say(Message("books.record.action")), width=2.4),
        Column(say(Message("books.record.about")), width=1.3),
        Column(say(Message("books.record.owner")), width=1.0),
        Column(say(Message("books.session.due")), width=0),
    )
    rows = [
        Row(
            (
                (Run(each.body.strip()),),
                (Run(_about(to, each)),),
                (Run(_owner(to, each)),),
                (Run(day(to, each.due)),),
            )
        )
        for each in actions
    ]
    to.table(say(Message("books.record.actions")), columns, rows)
    said = (
        Column(say(Message("books.record.remark")), width=2.6),
        Column(say(Message("books.record.about")), width=1.4),
        Column(say(Message("books.record.author")), width=1.0),
    )
    rows = [
        Row(((Run(each.body.strip()),), (Run(_about(to, each)),), (Run(each.author or EMPTY),)))
        for each in remarks
    ]
    to.table(say(Message("books.record.remarks")), said, rows)


def _suggested(to: Composer, meeting: Meeting) -> None:
    """What was suggested on the days of a meeting, and what became of it; nothing where nobody did."""
    say = to.words.say
    found = [each for each in to.plan.suggestions if _within(to.plan, meeting, each.at)]
    if not found:
        return
    columns = (
        Column(say(Message("books.record.about")), width=1.2),
        Column(say(Message("books.record.proposed")), width=2.4),
        Column(say(Message("books.record.reason")), width=1.4),
        Column(say(Message("books.record.became")), width=0),
    )
    rows = [
        Row(
            (
                (Run(_about(to, each)),),
                (Run(_proposed(each)),),
                (Run(each.reason.strip() or EMPTY),),
                (Run(say(choice_name("suggestion", each.state))),),
            )
        )
        for each in found
    ]
    to.table(say(Message("books.record.suggestions")), columns, rows)


def _proposed(suggestion: Suggestion) -> str:
    """What was suggested, in words; a long text is cut, for it can be read in the plan itself."""
    from desktop.base import richtext

    value = suggestion.proposed
    text = richtext.plain_text(value) if isinstance(value, str) else EMPTY if value is None else str(value)
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST].rsplit(' ', 1)[0]} …"


def _about(to: Composer, comment: Comment | Suggestion) -> str:
    title = title_of_place(to.plan, to.guide, comment.place)
    return EMPTY if title is None else value_text(title, to.words.language)


def _owner(to: Composer, comment: Comment) -> str:
    if not comment.owner:
        return EMPTY  # who remarked on it did not promise to do it
    return value_text(agency_name(to.plan, comment.owner), to.words.language)


def _attendance(to: Composer, meeting: Meeting) -> None:
    say = to.words.say
    here = [each for each in meeting.attendance if each.present]
    to.minor(say(Message("books.record.attendance")))
    if not here:
        to.note(Message("books.record.nobody"))
        return
    listed_, came = len(meeting.attendance), present(meeting)
    to.paragraph(
        Run(say(Message("books.record.count", present=came, listed=listed_, where=_where(to, here))))
    )
    columns = (
        Column(say(Message("books.record.number")), "right", 0),
        Column(say(Message("books.people.name")), width=1.6),
        Column(say(Message("books.people.office")), width=1.6),
        Column(say(Message("books.record.from")), width=1.8),
    )
    rows = [Row(((Run(str(number)),), *_attended(to, each))) for number, each in enumerate(here, 1)]
    to.table(say(Message("books.record.attendance")), columns, rows)


def _where(to: Composer, here: Sequence[Attendance]) -> str:
    parts = []
    homes = [home_of(to.plan, each) for each in here]
    for agency in to.plan.agencies:
        count = sum(home == agency.id for home in homes)
        if count:
            parts.append(f"{to.agency(agency.id, short=True)} {count}")
    others = homes.count("")
    if others:
        parts.append(to.words.say(Message("books.record.others", count=others)))
    return listed(parts)


def _attended(to: Composer, each: Attendance) -> tuple[Line, ...]:
    person = next((one for one in to.plan.people if one.id == each.person), None)
    name = each.name or (person.name if person else "")
    office = each.office or (office_of(to, person) if person else "")
    agency = home_of(to.plan, each)
    home = to.agency(agency) if agency else each.institution
    return (Run(name or EMPTY),), (Run(office or EMPTY),), (Run(home or EMPTY),)


def _signers(to: Composer, meeting: Meeting) -> tuple[Signer, ...]:
    """Who led it, who kept the minutes for the team, and on a visit or session who came as mentor."""
    say, nobody = to.words.say, to.words.say(Message("books.signature.no_name"))
    found = [Signer("leader", say(Message("books.record.leader")), meeting.leader or nobody)]
    closing = next((role for role in to.pack.roles if role.closes_package), None)
    if closing is not None:
        person = next((each for each in to.plan.people if each.role == closing.id), None)
        office = office_of(to, person) if person else to.words.local(closing.label)
        found.append(Signer("minutes", office, person.name if person and person.name else nobody))
    if meeting.kind in {"visit", "bimtek"}:
        mentor = _mentor(to, meeting)
        if not mentor or mentor != meeting.leader:  # nobody signs the same record twice
            found.append(Signer("mentor", say(Message("books.record.mentor")), mentor or nobody))
    return tuple(found)


def _mentor(to: Composer, meeting: Meeting) -> str:
    """Who remarked on something as a mentor on the days of a meeting, where that is one person."""
    names = {each.author for each in agreed(to.plan, meeting) if each.role == "mentor"}
    return names.pop() if len(names) == 1 else ""


def _place_and_day(to: Composer, meeting: Meeting) -> str:
    last = day(to, meeting.end or meeting.start)
    found = ", ".join(part for part in (meeting.place, last if last != EMPTY else "") if part)
    return found or to.words.say(Message("books.signature.signed_by"))
