"""Articles (*pasal*) that a region adds to a memorandum: the rows of a worksheet, in their order."""

from __future__ import annotations

from desktop.base.richtext import Run
from desktop.books.blocks.narrative import rich
from desktop.books.composer import Composer
from desktop.guideline.pack import Field, Worksheet
from desktop.workspace.plan import Cell, Place, Text
from desktop.workspace.plan import Row as SheetRow

_NOTHING = Cell(None, Text())


def clauses(to: Composer, sheet: Worksheet) -> None:
    """Each row that says something is an article: its first column the title, the others the text."""
    texts = [column for column in sheet.columns if column.bilingual or column.type == "text"]
    for row in to.plan.rows.get(sheet.id, ()):
        said = [(column, _said(to, row, column)) for column in texts]
        if not any(text for _, text in said):
            continue
        title = said[0][1] if len(said) > 1 else ""
        to.article(title, f"row/{row.id}")
        for column, text in said[1:] if len(said) > 1 else said:
            with to.at(Place("cell", row.id, column.id, item=f"{sheet.id}.{column.id}")):
                if column.type == "rich_text":
                    rich(to, text, example=False)
                else:
                    for part in filter(None, map(str.strip, text.split("\n"))):
                        to.paragraph(Run(part))


def _said(to: Composer, row: SheetRow, column: Field) -> str:
    cell = row.cells.get(column.id, _NOTHING)
    return to.words.text(cell.text) or (cell.value if isinstance(cell.value, str) else "")
