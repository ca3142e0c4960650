"""The list of answers (*jawaban atas masukan*) that one stakeholder gets back."""

from __future__ import annotations

from desktop.base import Language, Message
from desktop.base.richtext import Run
from desktop.books.blocks.hearing import TONES, about, changed, day, summary
from desktop.books.document import Column, Cover, Document, Row, Tag, text_of
from desktop.books.hearing.paper import Paper, paper
from desktop.guideline.pack import Pack
from desktop.workspace.choices import choice_name
from desktop.workspace.hearing import Input, Stakeholder
from desktop.workspace.plan import Plan


def compose_answers(plan: Plan, pack: Pack, language: Language, stakeholder: Stakeholder) -> Document:
    """What a stakeholder said, what was decided and why, and what it changed; in one language."""
    to = paper(plan, pack, language, "answers", Message("books.answers.title"))
    words, say = to.words, to.words.say
    mine = [each for each in plan.inputs if each.stakeholder == stakeholder.id]
    to.facts([(say(Message("books.sheet.for")), (Run(stakeholder.name.strip()),))])
    to.paragraph(Run(say(Message("books.answers.thanks", region=plan.region.name))))
    to.note(summary(mine) if mine else Message("books.hearing.no_inputs"))
    columns = (
        Column(say(Message("books.number")), "right", 0),
        Column(say(Message("books.hearing.said")), width=1.8),
        Column(say(Message("books.hearing.decision")), width=0),
        Column(say(Message("books.hearing.answer")), width=1.8),
        Column(say(Message("books.hearing.changed")), width=1.2),
    )
    rows = [_row(to, number, each) for number, each in enumerate(mine, 1)]
    if rows:
        to.plain_table(columns, rows)
    years = words.years(plan.first_year, plan.last_year)
    title = words.text(plan.title) or say(Message("books.sheet.plan", region=plan.region.name, years=years))
    overline = say(Message("books.answers.title")).upper()
    cover = Cover(overline, title, plan.region.name, plan.region.province, years, (), plan.region.code)
    state = say(Message("books.state", date=plan.changed_on))
    return to.document(state, cover)


def _row(to: Paper, number: int, each: Input) -> Row:
    when = day(to.words, each.date) if each.date else ""
    told = ", ".join(part for part in (text_of(about(to, each)), when) if part)
    return Row((
        (Run(str(number)),),
        (*to.words.marked(each.body), Run("\n"), Run(told, italic=True)),
        (Tag(to.words.say(choice_name("input", each.decision)), TONES[each.decision]),),
        to.words.marked(each.answer),
        changed(to, each),
    ))  # fmt: skip
