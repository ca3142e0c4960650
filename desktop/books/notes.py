"""The official note (*nota dinas*) that reminds an agency of what it owes, as DOCX or PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.jobs import Report
from desktop.base.richtext import Run
from desktop.base.speech import value_text
from desktop.base.written import place_of
from desktop.books.blocks.region import office_of
from desktop.books.composer import Composer
from desktop.books.document import Column, Cover, Document, Line, Row, Signatures, Signer, Table
from desktop.books.emblem import emblem_of
from desktop.books.hearing.paper import Paper, paper
from desktop.books.wording import Wording, braces
from desktop.books.words import EMPTY, Words
from desktop.workspace import offices

if TYPE_CHECKING:
    from desktop.books.document import Pictures
    from desktop.checks.owing import Owed
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan import Person, Plan

DOTS = "................................"
"""What is written in by hand: a number is given by the register of the office."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the head of a note says beyond whom it is to; what is empty is left to be written in."""

    number: str = ""
    day: str = ""
    """ISO day; empty = the day of printing."""
    sender: str = ""
    """An office; empty = whoever closes the package for the team."""


def compose_note(
    plan: Plan, pack: Pack, agency: str, parts: Sequence[Owed], language: Language, facts: Facts
) -> Document:
    """A note to one agency: head, what is awaited and until when, how it is sent, signature."""
    to = paper(plan, pack, language, f"nota-{agency}", Message("books.note.title"))
    say, wording = to.words.say, Wording(plan, to.words, "note")
    said = _Said(wording, to.words)
    region = plan.region.name
    day = to.words.date(_day(facts.day) or to.today)
    from_, signer = _sender(to, facts)
    late = any(each.late for each in parts)
    head: list[tuple[Message, str]] = [
        (Message("books.note.to"), say(Message("books.note.head_of", agency=to.agency(agency)))),
        (Message("books.note.from"), from_),
        (Message("books.note.date"), day),
        (Message("books.note.number"), facts.number or DOTS),
        (Message("books.note.nature"), say(Message("books.note.urgent" if late else "books.note.ordinary"))),
        (Message("books.note.enclosed"), "-"),
        (Message("books.note.subject"), said.subject(region)),
    ]
    columns = (Column("", width=0), Column("", width=0), Column("", width=2.6))
    rows = tuple(Row(((Run(say(name)),), (Run(":"),), (Run(text),))) for name, text in head)
    to.add(Table(0, "", columns, rows, plain=True, clauses=True))
    _write(to, said.opening(region))
    _awaited(to, parts)
    dues = sorted(each.due for each in parts if each.due)
    if late:
        _write(to, said.overdue())
    elif dues:
        _write(to, said.until(to.words.date(dt.date.fromisoformat(dues[0]))))
    for line in (*wording.lines("how", (said.how,)), *wording.lines("free", ())):
        _write(to, line)
    _write(to, said.closing())
    to.add(Signatures((signer,), day))
    copies_to(to, wording)
    return _letter(to, plan)


def _write(to: Paper, line: Line) -> None:
    if line:
        to.paragraph(*line)


class _Said:
    """The sentences of a note, as the team or the template words them."""

    def __init__(self, wording: Wording, words: Words) -> None:
        self._wording, self._words = wording, words

    @property
    def how(self) -> str:
        """How it is sent, as the template says it."""
        return self._words.say(Message("books.note.how"))

    def subject(self, region: str) -> str:
        """What it is about."""
        template = self._words.say(Message("books.note.about", region=braces(self._words, "region")))
        return self._wording.text("subject", template, region=region)

    def opening(self, region: str) -> Line:
        """Why it is written."""
        template = self._words.say(Message("books.note.opening", region=braces(self._words, "region")))
        return self._wording.line("opening", template, region=region)

    def overdue(self) -> Line:
        """What is asked where something is late."""
        return self._wording.line("overdue", self._words.say(Message("books.note.overdue")))

    def until(self, due: str) -> Line:
        """Until when it is asked."""
        template = self._words.say(Message("books.note.until", due=braces(self._words, "due")))
        return self._wording.line("until", template, due=due)

    def closing(self) -> Line:
        """The last sentence."""
        return self._wording.line("closing", self._words.say(Message("books.note.closing")))


def note_templates(plan: Plan, language: Language) -> dict[str, str]:
    """What the template says in each part of a note; what differs from note to note stands in braces."""
    words = Words(language, plan.source_language)
    wording = Wording(plan, words, "note", template=True)
    said = _Said(wording, words)
    said.subject("")
    said.opening("")
    said.overdue()
    said.until("")
    wording.lines("how", (said.how,))
    said.closing()
    return wording.templates


def copies_to(to: Composer, wording: Wording) -> None:
    """Who gets a copy (*tembusan*), where the team named anybody."""
    lines = wording.lines("copies", ())
    if lines:
        to.minor(to.words.say(Message("books.legal.copies")))
    for place, line in enumerate(lines, 1):
        to.paragraph(Run(f"{place}. "), *line)


def _awaited(to: Paper, parts: Iterable[Owed]) -> None:
    from desktop.checks.owing import standing_name

    say, language = to.words.say, to.words.language
    columns = (
        Column(say(Message("books.record.number")), "right", 0),
        Column(say(Message("books.note.part")), width=2.4),
        Column(say(Message("books.note.state")), width=1.3),
        Column(say(Message("books.session.due")), width=0.9),
    )
    rows = []
    for number, part in enumerate(parts, 1):
        unsent = part.standing.value == "filled" and not part.changed
        state = say(Message("books.note.unsent") if unsent else standing_name(part))
        if part.standing.value == "returned" and part.note:
            state = f"{state}: {' '.join(part.note.split())}"
        due = to.words.date(dt.date.fromisoformat(part.due)) if part.due else EMPTY
        title = value_text(part.title, language)
        rows.append(Row(((Run(str(number)),), (Run(title),), (Run(state),), (Run(due),))))
    to.plain_table(columns, rows)


def _sender(to: Paper, facts: Facts) -> tuple[str, Signer]:
    """From whom it is: the office that closes the package for the team, by whoever holds it."""
    say, nobody = to.words.say, to.words.say(Message("books.signature.no_name"))
    closing = next((role for role in to.pack.roles if role.closes_package), None)
    person: Person | None = offices.holder(to.plan, closing.id, to.today) if closing is not None else None
    office = facts.sender
    if not office and person is not None:
        office = office_of(to, person)
    if not office:
        office = to.words.local(closing.label) if closing is not None else say(Message("books.note.team"))
    name = person.name if person is not None and person.name and not facts.sender else nobody
    details = (
        say(Message("books.signature.nip", nip=person.nip))
        if person and person.nip and name != nobody
        else ""
    )
    return office, Signer("sender", office, name, details)


def _letter(to: Paper, plan: Plan) -> Document:
    say = to.words.say
    title = say(Message("books.note.title")).upper()
    cover = Cover("", title, plan.region.name, plan.region.province, "", (), plan.region.code)
    made = to.document(say(Message("books.note.foot", head=plan.head[:12])), cover)
    lines = (
        say(Message("books.letterhead.government", region=plan.region.name)),
        say(Message("books.note.team")),
    )
    named = tuple(line.upper() for line in lines)
    return replace(made, letterhead=named, emblem=emblem_of(plan), large=True)


def write_note(
    path: Path,
    plan: Plan,
    pack: Pack,
    agency: str,
    parts: Sequence[Owed],
    language: Language,
    facts: Facts,
    pictures: Pictures | None = None,
) -> Path:
    """Write the note of one agency; its ending chooses DOCX or PDF. Raises FileProblem.

    ``pictures`` hands out the region's emblem.
    """
    from desktop.books.formats import rendered
    from desktop.books.printing import write_pdf

    write_pdf(path, rendered(path, compose_note(plan, pack, agency, parts, language, facts), pictures))
    return path


def write_notes(
    report: Report,
    snapshot: Path,
    target: Path,
    agencies: tuple[str, ...],
    keys: tuple[tuple[str, str, str], ...],
    language: str,
    day: str,
) -> int:
    """Write the notes of several agencies into a folder, or of one to a file; runs as a job.

    ``keys`` name the parts that are told of, ``day`` is the day on which they are judged. How many notes
    were written. Raises FileProblem.
    """
    from desktop.books.formats import ENDINGS
    from desktop.checks.owing import Owing
    from desktop.workspace import Workspace

    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
        owing, said = Owing(plan, pack, dt.date.fromisoformat(day)), Language(language)
        for done, agency in enumerate(agencies):
            report(done, len(agencies), Message("books.note.writing"))
            parts = [each for each in owing.of(agency) if each.key in keys]
            single = target.suffix.casefold() in ENDINGS
            path = place_of(target if single else target / note_name(plan, agency, said))
            write_note(path, plan, pack, agency, parts, said, Facts(day=day), workspace.evidence_bytes)
    report(len(agencies), len(agencies), Message("books.note.writing"))
    return len(agencies)


def agency_slug(plan: Plan, agency: str) -> str:
    """A short name of an agency for the names of files."""
    from desktop.books.printing import agency_slugs

    return agency_slugs(plan).get(agency, "opd")


def note_name(plan: Plan, agency: str, language: Language, ending: str = "docx") -> str:
    """What the file of a note is called: ``nota-dinas-dinas-air.id.docx``."""
    return f"nota-dinas-{agency_slug(plan, agency)}.{language.value}.{ending}"


def _day(day: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(day) if day else None
    except ValueError:
        return None
