"""Tables with what a screen reader needs: captions, heads of columns, rows and groups, a foot of totals."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.base.richtext import Run
from desktop.books.document import Align, Column, Line, Row, Table, text_of
from desktop.books.html.lines import Lines
from desktop.books.html.nodes import Node, add, node

WIDE = 4
"""A table of so many columns may be wider than a screen: it moves to and fro in a frame of its own."""
ACROSS = 9
"""One of so many lies across the page when it is printed."""
_CLASSES: dict[Align, str | None] = {"left": None, "right": "number", "center": "middle", "decimal": "number"}


class TableWriter:
    """Writes one table."""

    def __init__(self, table: Table, lines: Lines, decimal_mark: str) -> None:
        self._table, self._lines, self._mark = table, lines, decimal_mark
        self._count = len(table.columns)
        self._head = _row_head(table)
        self._fractions = tuple(self._longest_fraction(place) for place in range(self._count))

    def write(self, label: str, anchor: str) -> Node:
        """The table; ``label`` is its word and number, ``anchor`` what links lead to."""
        table = self._table
        made = node(
            "table", id=anchor, class_="clauses" if table.clauses else "facts" if table.plain else None
        )
        if table.caption:
            caption = node("caption", id=f"{anchor}-caption")
            add(made, add(caption, *((node("b", label), " ") if label else ()), table.caption))
        if any(column.title for column in table.columns):
            row = node("tr", *map(_column_head, table.columns))
            add(made, node("thead", row))
        body, foot = _parted(table.rows)
        if _heads(table):
            heads = (self._lines.into(node("th", scope="col"), line) for line in body[0].cells)
            add(made, node("thead", node("tr", *heads)))
            body = body[1:]
        for part in _grouped(body):
            add(made, node("tbody", *map(self._row, part)))
        if foot:
            add(made, node("tfoot", *map(self._row, foot)))
        return made

    def _row(self, row: Row) -> Node:
        if row.kind == "group":
            head = node("th", colspan=str(self._count), scope="rowgroup")
            return node("tr", self._lines.into(head, row.cells[0] if row.cells else ()), class_="group")
        made = node("tr", class_=None if row.kind == "body" else row.kind)
        cells = (*row.cells[: self._count], *((),) * (self._count - len(row.cells)))
        for place, line in enumerate(cells):
            heads = place == self._head if row.kind == "body" else place == 0
            add(made, self._cell(line, place, heads=heads and bool(text_of(line).strip())))
        return made

    def _cell(self, line: Line, place: int, *, heads: bool) -> Node:
        column = self._table.columns[place]
        strong = "strong" if column.strong and not heads else None
        names = " ".join(filter(None, (_classes(column), strong))) or None
        cell = node("th", scope="row", class_=names) if heads else node("td", class_=names)
        text = _plain(line)
        if not self._fractions[place] or text is None:
            return self._lines.into(cell, line)
        whole, sign, rest = text.partition(self._mark)
        fraction = node("span", sign + rest, class_="fraction", style=f"width:{self._fractions[place]}ch")
        return add(cell, whole, fraction)

    def _longest_fraction(self, place: int) -> int:
        """How many signs stand after the whole numbers of a column of decimals, at most."""
        if self._table.columns[place].align != "decimal":
            return 0
        lines = (
            row.cells[place] for row in self._table.rows if row.kind != "group" and place < len(row.cells)
        )
        fractions = (text.partition(self._mark) for line in lines if (text := _plain(line)))
        return min(max((len(sign + rest) for _, sign, rest in fractions), default=0), 12)


def _row_head(table: Table) -> int:
    """Which column says what a row is about: the strong one, else the first that holds words; -1 = none."""
    strong = next((place for place, column in enumerate(table.columns) if column.strong), -1)
    if strong >= 0 or len(table.columns) < 2:
        return strong
    words = (place for place, column in enumerate(table.columns) if column.align == "left" and column.width)
    return next(words, -1)


def _heads(table: Table) -> bool:
    """Whether the first row of somebody's own table is meant as its head: all of it is bold."""
    first = table.rows[0]
    own = not any(column.title or column.strong for column in table.columns)
    whole = len(table.rows) > 1 and len(first.cells) == len(table.columns) > 1 and first.kind == "body"
    return own and whole and all(_is_bold(line) for line in first.cells)


def _is_bold(line: Line) -> bool:
    return any(isinstance(part, Run) for part in line) and all(
        part.bold or not part.text.strip() for part in line if isinstance(part, Run)
    )


def _column_head(column: Column) -> Node:
    name = _classes(column)
    return node("th", column.title, scope="col", class_=name) if column.title else node("td", class_=name)


def _classes(column: Column) -> str | None:
    """How its cells stand; one without a width of its own is as narrow as its contents."""
    names = (_CLASSES[column.align], None if column.width else "narrow")
    return " ".join(filter(None, names)) or None


def _parted(rows: Sequence[Row]) -> tuple[Sequence[Row], Sequence[Row]]:
    """The rows of a table, and the totals at its end."""
    end = len(rows)
    while end > 1 and rows[end - 1].kind == "total":
        end -= 1
    return rows[:end], rows[end:]


def _grouped(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows with the row above them that names their group."""
    parts: list[list[Row]] = []
    for row in rows:
        if row.kind == "group" or not parts:
            parts.append([])
        parts[-1].append(row)
    return parts


def _plain(line: Line) -> str | None:
    """The text of a cell that is nothing but a figure; else None."""
    if len(line) != 1 or not isinstance(line[0], Run):
        return None
    run = line[0]
    return run.text if Run(run.text) == run and "\n" not in run.text else None
