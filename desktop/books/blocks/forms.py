"""A form as questions and answers."""

from __future__ import annotations

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.blocks.values import value_line
from desktop.books.composer import Composer
from desktop.books.document import Column, Row
from desktop.guideline.pack import Block, Field


def form(to: Composer, block: Block) -> None:
    """Every question of the form with its answer and its evidence."""
    asked = to.guide.form(block.ref)
    if asked is None:
        return
    rows: list[Row] = []
    groups = [group for group in asked.groups if group.fields]
    for group in groups:
        if len(groups) > 1:
            rows.append(Row((to.words.local_marked(group.title),), "group"))
        rows += [_row(to, asked.id, field) for field in group.fields]
    columns = (
        Column(to.words.say(Message("books.form.question")), width=1.0),
        Column(to.words.say(Message("books.form.answer")), width=1.5),
    )
    to.table(to.words.local(asked.title), columns, rows, target=f"form/{asked.id}")


def _row(to: Composer, form_id: str, field: Field) -> Row:
    item = f"{form_id}.{field.id}"
    answer = to.plan.answer(item)
    line = value_line(to, field, answer.value, answer.text)
    example = (to.words.example(),) if answer.origin == "example" else ()
    if field.type == "boolean" and isinstance(answer.value, bool):
        line = (Run(to.words.yes_no(answer.value)),)
    return Row((to.words.local_marked(field.label), (*line, *example, *to.evidence_tags(item))))
