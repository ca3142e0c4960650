"""A row of a worksheet becomes a programme: an application of the inventory, an initiative, a problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message, RancangError
from desktop.checks.recap import says_something
from desktop.checks.sheets import becoming
from desktop.guideline.lookup import Guideline
from desktop.guideline.meanings import saying
from desktop.workspace.plan import Text, Value
from desktop.workspace.row_names import naming_columns

if TYPE_CHECKING:
    from desktop.guideline.pack import Field, Meaning, Pack, Worksheet
    from desktop.workspace import Workspace
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import Plan, Row

_MEANT: dict[Meaning, tuple[str, ...]] = {
    "title": ("name", "need"),
    "service": (),
    "before": ("problem",),
    "after": ("benefit",),
    "served": (),
    "technology": (),
}
"""A programme's texts, and further columns that say the same in guidelines that do not declare it."""
_TYPED = {"dimension": "dimension", "sub_dimension": "sub_dimension", "lead": "agency"}
"""A programme's choices, and the type of the column they are taken from."""


class NoProgrammeOfIt(RancangError):
    """Rows of this worksheet become no programmes, or this one says nothing yet."""

    exit_code = 1

    def __init__(self, sheet: LocalText) -> None:
        super().__init__(Message("exchange.grow.not_this", sheet=sheet))


class IsProgramme(RancangError):
    """The row is a programme already."""

    exit_code = 1

    def __init__(self, title: LocalText | Message) -> None:
        super().__init__(Message("exchange.grow.already", programme=title))


@dataclass(frozen=True, slots=True)
class Seedling:
    """What a programme made of a row begins with."""

    texts: dict[str, Text]
    values: dict[str, Value]


def may_grow(sheet: Worksheet, row: Row, plan: Plan) -> bool:
    """Whether a row can become a programme: it says something, and is none yet."""
    column = becoming(sheet)
    return column is not None and says_something(row) and grown(plan, column, row) == ""


def grown(plan: Plan, column: Field, row: Row) -> str:
    """The programme a row became; empty when there is none (any more)."""
    cell = row.cells.get(column.id)
    value = str(cell.value or "") if cell else ""
    return value if any(programme.id == value for programme in plan.programmes) else ""


def seedling(plan: Plan, pack: Pack, sheet: Worksheet, row: Row) -> Seedling:
    """What the columns of a row say of a programme; nothing is guessed that stands nowhere."""
    columns = {column.id: column for column in sheet.columns}
    source, agencies = plan.source_language, {agency.id for agency in plan.agencies}
    texts: dict[str, Text] = {}
    declared = any(column.says for column in sheet.columns)
    for meaning, others in _MEANT.items():
        meant = [saying(sheet.columns, meaning), *([] if declared else map(columns.get, others))]
        found = next((text for each in meant if (text := _text(each, row, source))), None)
        if found is not None:
            texts[meaning] = found
    if "title" not in texts:
        first = next((text for column in naming_columns(sheet) if (text := _text(column, row, source))), None)
        if first is not None:
            texts["title"] = first
            # a text that had to lend itself as the title says nothing twice
            texts = {name: text for name, text in texts.items() if name == "title" or text is not first}
    values: dict[str, Value] = {}
    for name, kind in _TYPED.items():
        column = next((each for each in sheet.columns if each.type == kind), None)
        cell = row.cells.get(column.id) if column else None
        if cell is not None and cell.value:
            values[name] = cell.value
    if row.agency:
        values.setdefault("lead", row.agency)
    if values.get("lead") not in agencies:
        values.pop("lead", None)
    if "dimension" not in values and "sub_dimension" in values:
        dimension = Guideline(pack).dimension_of(str(values["sub_dimension"]))
        if dimension is not None:
            values["dimension"] = dimension.id
    return Seedling(texts, values)


def _text(column: Field | None, row: Row, source: str) -> Text | None:
    cell = row.cells.get(column.id) if column else None
    if cell is None or column is None:
        return None
    if column.bilingual:
        return cell.text or None
    return Text({source: str(cell.value)}) if column.type in {"text", "long_text"} and cell.value else None


def make_programme(workspace: Workspace, sheet: Worksheet, row: Row) -> str:
    """Make a programme of a row, as one operation; its id. Raises NoProgrammeOfIt, IsProgramme.

    Its values are *carried over*; the row names the programme from now on, and the programme says in its
    source which row it came from.
    """
    plan, pack = workspace.plan(), workspace.pack()
    column = becoming(sheet)
    if column is None or not says_something(row):
        raise NoProgrammeOfIt(sheet.title)
    already = grown(plan, column, row)
    if already:
        title = next((each.title for each in plan.programmes if each.id == already), Text())
        raise IsProgramme(LocalText(dict(title.values)) if title else Message("checks.untitled"))
    found = seedling(plan, pack, sheet, row)
    title = found.texts.get("title", Text())
    label = Message(
        "exchange.grow.label", programme=LocalText(dict(title.values)) if title else "", sheet=sheet.title
    )
    with workspace.operation(label, kind="carry") as op:
        made = op.insert(
            "programme",
            start_year=plan.first_year,
            end_year=plan.last_year,
            origin="carried",
            source=_source(plan, sheet, row),
            **found.values,
        )
        for name, text in found.texts.items():
            _write(op, made, name, text, plan.source_language)
        op.cell(row.id, column.id, made, policy=column.policy)
    return made


def _write(op: Operation, programme: str, name: str, text: Text, source: str) -> None:
    """Every language of a text, the source first: a translation remembers what it was made from."""
    for language in sorted(text.values, key=lambda each: each != source):
        if text.values[language].strip():
            op.write("programme", programme, name, language, text.values[language])


def _source(plan: Plan, sheet: Worksheet, row: Row) -> str:
    """Where it comes from, in the words of the plan's own language."""
    number = next((at for at, each in enumerate(plan.rows.get(sheet.id, ()), 1) if each.id == row.id), 0)
    return f"{sheet.title.read(plan.source_language)}, {number}"
