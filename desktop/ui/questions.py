"""The questions of a page, one after the other: what the interview asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message
from desktop.exchange.values import NO_TEXT
from desktop.guideline.pack import Chapter, Field
from desktop.ui.fields.saying import example_of, why_of
from desktop.ui.grid.source import TableField, name_of
from desktop.ui.registers import AnswerRegister, CellRegister, Register, RowRegister

if TYPE_CHECKING:
    from desktop.ui.journey import Stop
    from desktop.ui.session import Session
    from desktop.workspace.plan import Plan

WHY = {
    "title": Message("ui.programme.title.why"),
    "code": Message("ui.programme.code.why"),
    "dimension": Message("ui.programme.dimension.why"),
    "sub_dimension": Message("ui.programme.sub_dimension.why"),
    "lead": Message("ui.programme.lead.why"),
    "service": Message("ui.programme.service.why"),
    "before": Message("ui.programme.before.why"),
    "after": Message("ui.programme.after.why"),
    "served": Message("ui.programme.served.why"),
    "technology": Message("ui.programme.technology.why"),
    "start_year": Message("ui.programme.start_year.why"),
    "end_year": Message("ui.programme.end_year.why"),
    "quick_win": Message("ui.programme.quick_win.why"),
}
EXAMPLE = {
    "title": Message("ui.programme.title.example"),
    "code": Message("ui.programme.code.example"),
    "lead": Message("ui.programme.lead.example"),
    "service": Message("ui.programme.service.example"),
    "before": Message("ui.programme.before.example"),
    "after": Message("ui.programme.after.example"),
    "served": Message("ui.programme.served.example"),
    "technology": Message("ui.programme.technology.example"),
    "start_year": Message("ui.programme.start_year.example"),
    "end_year": Message("ui.programme.end_year.example"),
}
"""Of a programme's own fields, which no guideline describes: why they are asked, and an example."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the field, where its answer is, and what is said around it."""

    key: str
    """Stays the same from one day to the next, so that the interview can go on where it stopped."""
    field: Field
    register: Register
    group: LocalText | Message = NO_TEXT
    """What it belongs to: a group of the form, a row of the worksheet, a book."""
    note: LocalText | Message | None = None
    """What to write, in a sentence or two."""
    dimension_of: str = ""
    row: LocalText | None = None
    """The row of the worksheet that is asked about."""

    @property
    def title(self) -> LocalText | Message:
        """The question itself."""
        name = name_of(self.field)
        return Message("ui.ask.cell", row=self.row, field=name) if self.row is not None else name

    @property
    def why(self) -> LocalText | Message | None:
        """Why it is asked."""
        return why_of(self.field)

    @property
    def example(self) -> LocalText | Message | None:
        """An example answer."""
        return example_of(self.field)

    def answered(self, plan: Plan) -> bool:
        """Whether the plan says something here."""
        if self.field.bilingual:
            return bool(self.register.text(plan))
        return self.register.value(plan) not in (None, "", ())


def questions(session: Session, stop: Stop) -> list[Question]:
    """What a stop of the journey asks; of the programmes the one that ``stop.ref`` names."""
    match stop.page:
        case "form":
            return list(_of_form(session, stop.ref))
        case "chapter":
            return list(_of_chapters(session, stop.ref))
        case "worksheet":
            return list(_of_rows(session, stop.ref))
        case "programmes":
            return list(_of_programme(session, stop.ref))
        case _:
            return []


def _of_form(session: Session, ref: str) -> Iterator[Question]:
    form = next((each for each in session.pack.forms if each.id == ref), None)
    for group in form.groups if form else ():
        for field in group.fields:
            item = f"{ref}.{field.id}"
            yield Question(item, field, AnswerRegister(field, item), group.title, field.help or None)


def chapter_field(chapter: Chapter) -> Field:
    """A chapter's narrative as a field."""
    return Field(
        id=chapter.id,
        label=chapter.title,
        type="rich_text",
        required=chapter.required,
        min_words=chapter.min_words,
    )


def _of_chapters(session: Session, ref: str) -> Iterator[Question]:
    from desktop.ui.journey import Journey
    from desktop.ui.pages.chapter import has_text

    for chapter in Journey(session.pack).within(ref):
        if has_text(chapter):
            item = f"chapter.{chapter.id}"
            field = chapter_field(chapter)
            note = chapter.guidance or None
            yield Question(item, field, AnswerRegister(field, item), Message("ui.ask.chapter"), note)


def _of_rows(session: Session, ref: str) -> Iterator[Question]:
    """Row by row, and in each the columns: the guideline's own rows, the region's part."""
    sheet = next((each for each in session.pack.worksheets if each.id == ref), None)
    groups = {group.id: group.label for group in sheet.groups} if sheet else {}
    for fixed in sheet.fixed_rows if sheet else ():
        for column in sheet.columns if sheet else ():
            if column.id == "question" and not column.required:
                continue  # where a row asks by its own name, the column is for rows that are added
            register = CellRegister.of_fixed(column, ref, fixed.id)
            key = f"{ref}.{fixed.id}.{column.id}"
            note = fixed.help or column.help or None
            yield Question(key, column, register, groups.get(fixed.group, NO_TEXT), note, row=fixed.label)


def _of_programme(session: Session, ref: str) -> Iterator[Question]:
    from desktop.ui.pages.programme import BASICS, SERVICE, TIME, asked

    programme = next((each for each in session.plan.programmes if each.id == ref), None)
    if programme is None:
        return
    cards = (
        (Message("ui.programme.basics"), BASICS),
        (Message("ui.programme.service_card"), SERVICE),
        (Message("ui.programme.time"), TIME),
    )
    for group, fields in cards:
        for name, label, kind, translated, help_ in asked(session.pack, fields):
            field = TableField(
                id=name, label=LocalText(), type=kind, translated=translated, said=label,  # type: ignore[arg-type]
                said_why=WHY.get(name), said_example=EXAMPLE.get(name),
            )  # fmt: skip
            register = RowRegister("programme", ref, name, label)
            of = ref if kind == "sub_dimension" else ""
            yield Question(f"programme.{name}", field, register, group, help_, of)
    planning = session.pack.planning
    aspects = planning.quick_win.aspects if planning.quick_win is not None and programme.quick_win else ()
    extra = (
        ("quick_win", Message("ui.programme.aspects"), aspects),
        ("programme", Message("ui.programme.extra"), planning.extra_fields),
    )
    for prefix, group, own in extra:
        for each in own:
            item = f"{prefix}.{each.id}"
            yield Question(item, each, AnswerRegister(each, item, ref), group, each.help or None)
