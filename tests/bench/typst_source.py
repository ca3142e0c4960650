"""The tree of a book in Typst's own language, as its users would write it."""

from __future__ import annotations

import re
from pathlib import Path

from desktop.books import charts
from desktop.books.document import Document, Element, Figure, Heading, Paragraph, Photo, Table, text_of
from desktop.books.pdf.measures import best_widths

_ROOM = 471.0
_SET = """
#set page(paper: "a4", margin: (x: 62pt, top: 74pt, bottom: 66pt),
  header: text(7.6pt, fill: rgb("#56647a"))[{head}],
  footer: context [#h(1fr) #text(7.6pt)[Halaman #counter(page).display() dari
    #counter(page).final().first()]])
#set text(font: "Noto Sans", size: 9.8pt, lang: "id", region: "ID", hyphenate: true)
#set par(justify: true, leading: 0.62em)
#set table(stroke: (x, y) => (top: 0.4pt + rgb("#d5dde7")), inset: (x: 5pt, y: 3.4pt),
  fill: (x, y) => if y == 0 {{ rgb("#eef3fa") }})
#show table: set text(8.2pt)
#show table: set par(justify: false)
#show heading.where(level: 1): it => {{ pagebreak(weak: true); it }}
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.where(kind: table): set block(breakable: true)
#outline(title: [Daftar isi], depth: 2)
#outline(title: [Daftar tabel], target: figure.where(kind: table))
#outline(title: [Daftar gambar], target: figure.where(kind: image))
"""


def _escaped(text: str) -> str:
    return re.sub(r"([\\#$*_`<>@\[\]=\-+/~])", r"\\\1", text)


def write_typst(book: Document, folder: Path, photos: str) -> Path:
    """Write the source and the charts (SVG); ``photos`` is the folder of the photos beside them."""
    parts = [
        _SET.replace("{head}", _escaped(" · ".join(book.running_head))).replace("{{", "{").replace("}}", "}")
    ]
    for place, element in enumerate(book.elements):
        parts.append(_element(element, folder, photos, place))
    path = folder / "book.typ"
    path.write_text("\n\n".join(parts), encoding="utf-8")
    return path


def _element(element: Element, folder: Path, photos: str, place: int) -> str:
    match element:
        case Heading():
            return f"{'=' * element.level} {_escaped(f'{element.number} {element.text}')}"
        case Paragraph():
            return _escaped(text_of(element.line))
        case Table():
            return _table(element)
        case Figure(chart=Photo(sha256=name)):
            picture = f'image("{photos}/{name}.jpg", width: 432pt)'
        case Figure():
            (folder / f"{place}.svg").write_text(charts.svg(element.chart, _ROOM), encoding="utf-8")
            picture = f'image("{place}.svg", width: 100%)'
        case _:
            raise TypeError(type(element))
    return f"#figure({picture}, caption: [{_escaped(element.caption)}])"


def _table(table: Table) -> str:
    _, widths = best_widths(table, _ROOM)
    columns = ", ".join(f"{width:.2f}pt" for width in widths)
    align = ", ".join(
        {"right": "right", "center": "center"}.get(each.align, "left") for each in table.columns
    )
    head = ", ".join(f"[*{_escaped(each.title)}*]" for each in table.columns)
    cells = ", ".join(f"[{_escaped(text_of(cell))}]" for row in table.rows for cell in row.cells)
    made = f"table(columns: ({columns}), align: ({align}), table.header({head}), {cells})"
    return f"#figure({made}, caption: [{_escaped(table.caption)}], kind: table)"
