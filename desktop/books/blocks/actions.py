"""Activities (the action plan) and risks, by the guideline's own columns where it has them."""

from __future__ import annotations

from typing import Literal

from desktop.base import LocalText, Message
from desktop.books.blocks.bound import bound_table, records
from desktop.books.composer import Composer
from desktop.books.document import Matrix
from desktop.guideline.pack import Block, Field, FieldType, Worksheet
from desktop.workspace.plan import Activity, Risk


def activities(to: Composer, block: Block) -> None:
    """The action plan; only one area of it if the block names one."""
    sheet = _sheet(to, "activity") or _default_activities(to)
    found = [
        record
        for record in records(to, "activity")
        if not block.ref or (isinstance(record.entity, Activity) and record.entity.area == block.ref)
    ]
    area = to.guide.action_area(block.ref)
    caption = to.words.local(sheet.title)
    if area is not None:
        caption = f"{caption}: {to.words.local(area.label)}"
    target = f"table/activities/{block.ref}" if block.ref else "table/activities"
    if not bound_table(to, sheet, found, caption, target, hidden="area" if block.ref else ""):
        to.note(Message("books.activities.none"))


def risks(to: Composer, _block: Block) -> None:
    """The risks by likelihood and impact as a picture, then each with what is done about it."""
    sheet = _sheet(to, "risk") or _default_risks(to)
    chart = risk_matrix(to)
    if chart is not None:
        caption = to.words.say(Message("books.risks.matrix"))
        description = to.words.say(Message("books.risks.matrix_note"))
        to.figure(caption, chart, target="figure/risks", description=description)
    found = records(to, "risk")
    if not bound_table(to, sheet, found, to.words.local(sheet.title), "table/risks", numbered=True):
        to.note(Message("books.risks.none"))


def risk_matrix(to: Composer, programme: str = "") -> Matrix | None:
    """The risks of the plan (or of one programme) in the guideline's scales; None where none is rated.

    They are numbered as the table counts them: programme by programme.
    """
    sheet = _sheet(to, "risk")
    scales = {each.id: each.choices for each in (sheet.columns if sheet else ())}
    likelihood, impact = scales.get("likelihood", ()), scales.get("impact", ())
    if not likelihood or not impact:
        return None
    rows = [choice.id for choice in likelihood]
    columns = [choice.id for choice in impact]
    cells: list[list[list[int]]] = [[[] for _ in columns] for _ in rows]
    found = (record for record in records(to, "risk") if programme in {"", record.programme.id})
    for number, record in enumerate(found, 1):
        risk = record.entity
        if isinstance(risk, Risk) and risk.likelihood in rows and risk.impact in columns:
            cells[rows.index(risk.likelihood)][columns.index(risk.impact)].append(number)
    chart = Matrix(
        tuple(to.words.local(choice.label) for choice in likelihood),
        tuple(to.words.local(choice.label) for choice in impact),
        tuple(tuple(tuple(cell) for cell in row) for row in cells),
        to.words.say(Message("books.risks.likelihood")),
        to.words.say(Message("books.risks.impact")),
    )
    return chart if chart.filled else None


def _sheet(to: Composer, binding: str) -> Worksheet | None:
    return next((sheet for sheet in to.pack.worksheets if sheet.binding == binding), None)


def _local(to: Composer, message: Message) -> LocalText:
    return LocalText({to.words.language.value: to.words.say(message)})


def _default(
    to: Composer, binding: Literal["activity", "risk"], title: Message, *columns: Field
) -> Worksheet:
    return Worksheet(id=binding, title=_local(to, title), binding=binding, columns=columns)


def _default_activities(to: Composer) -> Worksheet:
    def column(name: str, label: Message, kind: FieldType = "text") -> Field:
        return Field(id=name, label=_local(to, label), type=kind)

    return _default(
        to,
        "activity",
        Message("books.activities.caption"),
        column("title", Message("books.activities.title"), "long_text"),
        column("output", Message("books.activities.output"), "long_text"),
        column("lead", Message("books.programme.lead"), "agency"),
        column("start_year", Message("books.activities.start"), "year"),
        column("end_year", Message("books.activities.end"), "year"),
        column("budget", Message("books.programme.budget"), "rupiah"),
    )


def _default_risks(to: Composer) -> Worksheet:
    def column(name: str, label: Message, kind: FieldType = "text") -> Field:
        return Field(id=name, label=_local(to, label), type=kind)

    return _default(
        to,
        "risk",
        Message("books.risks.caption"),
        column("title", Message("books.risks.title"), "long_text"),
        column("likelihood", Message("books.risks.likelihood")),
        column("impact", Message("books.risks.impact")),
        column("mitigation", Message("books.risks.mitigation"), "long_text"),
        column("owner", Message("books.risks.owner")),
    )
