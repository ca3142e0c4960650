"""The printed story of a workspace: what was done in a time, by whom, and how busy each agency was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.richtext import Run
from desktop.books.document import Activity, Column, Cover, Document, Row
from desktop.books.hearing.paper import paper
from desktop.books.merge_report import Section, lines_of
from desktop.books.words import EMPTY

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan import Plan


def compose_past_report(
    plan: Plan, pack: Pack, language: Language, facts: Sequence[tuple[str, str]],
    sections: Sequence[Section], charts: Sequence[tuple[str, Activity, str]] = (),
) -> Document:  # fmt: skip
    """Facts on top, then charts (caption, chart, what it shows in words), then the sections in order."""
    to = paper(plan, pack, language, f"past-{plan.head[:12]}", Message("books.past.title"))
    say = to.words.say
    head = (Column("", width=0.7, strong=True), Column("", width=2.4))
    to.plain_table(head, [Row(((Run(name),), (Run(text or EMPTY),))) for name, text in facts], facts=True)
    for caption, chart, told in charts:
        if chart.rows:
            to.figure(caption, chart, description=told)
    for section in sections:
        to.minor(section.title)
        columns = tuple(Column(title, width=width) for title, width in section.columns)
        to.plain_table(columns, [lines_of(cells) for cells in section.rows])
    title, region = say(Message("books.past.title")).upper(), plan.region
    cover = Cover("", title, region.name, region.province, "", (), region.code)
    return to.document(say(Message("books.past.foot", head=plan.head[:12])), cover)
