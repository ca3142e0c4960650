"""A form as questions and answers."""

from __future__ import annotations

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.blocks.letters import is_letter
from desktop.books.blocks.values import value_line
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row
from desktop.guideline.pack import Block, Field, Form
from desktop.workspace.plan import Place


def form(to: Composer, block: Block) -> None:
    """Every question of the form with its answer and its evidence.

    What is asked only of some stands there when it is asked of this region, or answered all the same.
    """
    asked = to.guide.form(block.ref)
    if asked is None:
        return
    if is_letter(to.book):
        _statement(to, asked)
        return
    rows: list[Row] = []
    shown = [(group, [field for field in group.fields if _concerns(to, asked.id, field)])
             for group in asked.groups]  # fmt: skip
    groups = [(group, fields) for group, fields in shown if fields]
    for group, fields in groups:
        if len(groups) > 1:
            rows.append(Row((to.words.local_marked(group.title),), "group"))
        rows += [_row(to, asked.id, field) for field in fields]
    columns = (
        Column(to.words.say(Message("books.form.question")), width=1.0),
        Column(to.words.say(Message("books.form.answer")), width=1.5),
    )
    note = to.words.unverified(asked.fields)
    to.table(to.words.local(asked.title), columns, rows, target=f"form/{asked.id}", note=note)


def _concerns(to: Composer, form_id: str, field: Field) -> bool:
    item = f"{form_id}.{field.id}"
    answer = to.plan.answer(item)
    only_if = to.conditions.get(item, ())
    return (
        not only_if
        or bool(answer.text)
        or answer.value not in (None, "", ())
        or any(to.plan.answer(each.item).value in each.values for each in only_if)
    )


def _statement(to: Composer, asked: Form) -> None:
    """In a statement that somebody signs, long texts stand as text and the rest as facts."""
    for group in asked.groups:
        facts: list[tuple[str, Line, Place]] = []
        for field in group.fields:
            item = f"{asked.id}.{field.id}"
            if not _concerns(to, asked.id, field):
                continue
            answer = to.plan.answer(item)
            example = answer.origin == "example"
            if field.type in {"long_text", "rich_text"} and answer.text:
                line = value_line(to, field, answer.value, answer.text)
                with to.at(Place("answer", item=item)):
                    to.paragraph(*line, *((to.words.example(),) if example else ()), example=example)
            else:
                _, shown = _row(to, asked.id, field).cells
                # somebody signs this: what is unsure about the guideline is said in the foot
                facts.append((to.words.local(field.label), shown, Place("answer", item=item)))
        to.facts(facts)


def _row(to: Composer, form_id: str, field: Field) -> Row:
    item = f"{form_id}.{field.id}"
    answer = to.answered(item, field)
    line = value_line(to, field, answer.value, answer.text)
    example = (to.words.example(),) if answer.origin == "example" else ()
    if field.type == "boolean" and isinstance(answer.value, bool):
        line = (Run(to.words.yes_no(answer.value)),)
    cells = (to.words.question_marked(field), (*line, *example, *to.evidence_tags(item)))
    return Row(cells, sources=(None, to.field(Place("answer", item=item))))
