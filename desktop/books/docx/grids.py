"""Tables as WordprocessingML: their frame, rows and cells. Measures are points."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from desktop.books.docx.xml import Xml, attribute, shading, twips, value


def wide(name: str, points: float) -> Xml:
    """An element that has nothing but a width."""
    return f'<w:{name} w:w="{twips(points)}" w:type="dxa"/>'


def frame(
    widths: Sequence[float],
    rows: Xml,
    *,
    style: str = "",
    padding: Mapping[str, float] | None = None,
    headed: bool = False,
    caption: str = "",
) -> Xml:
    """A table with columns of fixed widths; ``padding`` is that of its cells, by side."""
    styled = value("tblStyle", style) if style else ""
    padded = "".join(wide(side, points) for side, points in padding.items()) if padding else ""
    margins = f"<w:tblCellMar>{padded}</w:tblCellMar>" if padding else ""
    look = value("tblLook", "0020" if headed else "0000")
    told = f"<w:tblCaption w:val={attribute(caption)}/>" if caption else ""
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        f"<w:tbl><w:tblPr>{styled}{wide('tblW', sum(map(twips, widths)) / 20)}"
        f'<w:tblLayout w:type="fixed"/>{margins}{look}{told}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def row(cells: Xml, *, head: bool = False, height: float = 0.0, exact: bool = False) -> Xml:
    """A row that stays whole; a ``head`` is repeated on every page."""
    rule = "exact" if exact else "atLeast"
    high = f'<w:trHeight w:val="{twips(height)}" w:hRule="{rule}"/>' if height else ""
    again = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{high}{again}</w:trPr>{cells}</w:tr>"


def cell(
    width: float,
    content: Xml,
    *,
    span: int = 1,
    borders: Xml = "",
    ground: str = "",
    middle: bool = False,
) -> Xml:
    """A cell; ``content`` ends with a paragraph."""
    over = value("gridSpan", span) if span > 1 else ""
    ruled = f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    shade = shading(ground) if ground else ""
    stands = value("vAlign", "center") if middle else ""
    return f"<w:tc><w:tcPr>{wide('tcW', width)}{over}{ruled}{shade}{stands}</w:tcPr>{content}</w:tc>"


_STYLED = re.compile(r'(<w:pStyle w:val="[^"]*"/>)(?!<w:keepNext/>)')
_LAST = 2
"""So many rows stay with what follows a table."""


def kept_below(table: Xml) -> Xml:
    """A table whose last rows are never parted from what stands below it."""
    pieces = table.split("<w:tr>")
    last = [_STYLED.sub(r"\1<w:keepNext/>", piece) for piece in pieces[1:][-_LAST:]]
    return "<w:tr>".join([*pieces[: len(pieces) - len(last)], *last])
