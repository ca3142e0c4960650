"""A form on paper for ratings: to be filled where there is no electricity, and typed in afterwards.

Numbers and codes on it are those the window's quick entry shows, so that nobody has to search.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.base import Language, LocalText, Message, RancangError, render
from desktop.base.jobs import Report
from desktop.base.richtext import Run
from desktop.books.compose import document_of
from desktop.books.composer import Composer
from desktop.books.document import Column, Document, Line, Row
from desktop.checks.assessment import EVALUATION, READINESS, Assessment, assessment
from desktop.checks.ratings import scale
from desktop.guideline.pack import Book, Pack
from desktop.workspace.plan import Plan

_BOX, _TICKED = "☐", "☑"
_BLANK: Line = (Run("\u00a0\n\u00a0\n\u00a0"),)
_TITLES = {
    READINESS: Message("books.rating.readiness"),
    EVALUATION: Message("books.rating.evaluation"),
}


class NothingToRate(RancangError):
    """The guideline has no assessment of this kind."""

    def __init__(self) -> None:
        super().__init__(Message("books.rating.nothing"))


def compose_rating_form(
    plan: Plan, pack: Pack, kind: str, language: Language, *, filled: bool = False
) -> Document:
    """The form: every item with its steps to tick, room for the condition and the evidence seen.

    With ``filled`` the region's own rating and condition are printed, for an assessor to compare.
    Raises NothingToRate.
    """
    found = assessment(plan, pack, kind)
    if found is None:
        raise NothingToRate
    titles = LocalText({each.value: render(_TITLES[kind], each) for each in Language})
    book = Book(id=f"rating-{kind}", code="P", title=titles, kind="commitment", chapters=())
    to = Composer(plan, pack, book, language, {}, draft=False)
    say = to.words.say
    to.facts([
        (say(Message("books.rating.region")), (Run(plan.region.name),)),
        (say(Message("books.rating.by")), (Run("\u00a0"),)),
        (say(Message("books.rating.day")), (Run("\u00a0"),)),
        (say(Message("books.rating.signature")), (Run("\u00a0\n\u00a0"),)),
    ])  # fmt: skip
    to.paragraph(Run(say(Message("books.rating.how", scale=scale(found)))))
    columns = (
        Column(say(Message("books.number")), "right", 0),
        Column(say(Message("books.rating.item")), width=1.7),
        Column(say(Message("books.rating.value")), width=0.8),
        Column(say(Message("books.rating.condition")), width=2.0),
        Column(say(Message("books.rating.evidence")), width=1.2),
    )
    number = 0
    rows: list[Row] = []
    for section in found.sections:
        if section.title:
            rows.append(Row(((Run(to.words.local(section.title), bold=True),),), "group"))
        for item in section.items:
            number += 1
            help_ = to.words.local(item.help)
            label: Line = (Run(to.words.local(item.label)),)
            if help_:
                label = (*label, Run(f"\n{help_}", italic=True))
            condition: Line = (Run(to.words.text(item.condition)),) if filled and item.condition else _BLANK
            rows.append(
                Row(
                    (
                        (Run(str(number)),),
                        label,
                        _steps(to, found, item.own if filled else ""),
                        condition,
                        _BLANK,
                    )
                )
            )
    to.table(say(_TITLES[kind]), columns, rows)
    made = document_of(to, test=False)
    return replace(made, cover=replace(made.cover, overline=""))


def _steps(to: Composer, found: Assessment, said: str) -> Line:
    """The steps to tick, the best last; a number has a line to be written on."""
    if not found.choices:
        return (Run(said or "\u00a0\n________"),)
    steps = sorted(found.choices, key=lambda each: each.score or 0)
    ticked = [
        f"{_TICKED if choice.id == said else _BOX} {choice.score}  {to.words.local(choice.label)}"
        for choice in steps
    ]
    return (Run("\n".join(ticked)),)


def write_rating_form(
    report: Report, snapshot: Path, target: Path, kind: str, language: str, filling: str = ""
) -> tuple[Path, int]:
    """Write the form, as its name ends; runs as a job. Its path and number of pages (0 where none are known).

    ``filling``: ``filled`` prints the region's own ratings into it.

    Raises NothingToRate, FileProblem, Cancelled.
    """
    from desktop.books.formats import written_as
    from desktop.books.printing import write_pdf
    from desktop.workspace import Workspace

    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
    document = compose_rating_form(plan, pack, kind, Language(language), filled=bool(filling))
    made = written_as(target, document, report)
    write_pdf(target, made.data)
    return target, made.pages
