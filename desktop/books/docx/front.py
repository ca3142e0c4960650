"""What stands before the chapters: cover, imprint, contents, the head of a letter."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.books import palette
from desktop.books.document import Document, Figure, Table
from desktop.books.docx import grids
from desktop.books.docx.targets import Targets
from desktop.books.docx.xml import (
    CLOSED,
    PLAIN,
    Look,
    Set,
    Xml,
    attribute,
    code,
    hexa,
    opened,
    para,
    run,
)

_CONTENTS_LEVEL = 2
_WIDE, _HIGH = 471.0, 376.0
"""Points of the title on the cover."""
_SHEET = (595.3, 841.9)
EMBLEM, ARMS = (70.0, 54.0), (54.0, 54.0)
"""Room for the emblem on a cover and above a letter, in points."""


def cover_png(motif: str) -> bytes:
    """The field of the cover with its ornament, as the PDF has it, without a word."""
    import io

    from reportlab.pdfgen.canvas import Canvas

    from desktop.books.docx.pictures import png_of_page
    from desktop.books.pdf.cover import draw_field

    target = io.BytesIO()
    canvas = Canvas(target, _SHEET)
    draw_field(canvas, motif)
    canvas.showPage()
    canvas.save()
    return png_of_page(target.getvalue(), 150)


def cover(book: Document, field: Xml, emblem: Xml) -> Iterator[Xml]:
    """Title on the field, which lies behind it; below it emblem, region, years and guideline."""
    cover = book.cover
    sky = f'<w:bottom w:val="single" w:sz="18" w:space="6" w:color="{hexa(palette.SKY)}"/>'
    yield para(
        field + run(cover.overline, Look(bold=True, colour="#a9c4ec", size=12.5)),
        Set("Subtitle", before=24, after=0),
    )
    yield para("", Set(before=0, after=24, right=435, exactly=8, below=sky))
    size = 32.0 if len(cover.title) < 60 else 26.0 if len(cover.title) < 120 else 20.0
    mark = Look(bold=True, colour="#f2c14e", size=15)
    # a cell of fixed height: however long the title is, the region stands on the white below the field
    title = para(run(cover.title, Look(size=size)), "Title")
    if book.watermark:
        title += para(run(book.watermark.word, mark), Set(before=10))
    held = grids.row(grids.cell(_WIDE, title), height=_HIGH, exact=True)
    yield grids.frame((_WIDE,), held, padding={"left": 0.0, "right": 0.0})
    if emblem:
        yield para(emblem, Set("Subtitle", before=0, after=0))
    yield para(run(cover.region, Look(bold=True, colour=palette.NAVY, size=25)), Set("Subtitle", before=6))
    if cover.province:
        yield para(run(cover.province, Look(size=13)), "Subtitle")
    yield para(
        run(cover.years, Look(bold=True, colour=palette.BLUE, size=24)),
        Set("Subtitle", after=6 if emblem else 20),
    )
    for line in cover.lines:
        yield para(run(line, Look(size=9)), "Subtitle")
    marks = [*([book.watermark.sentence] if book.watermark else []), *book.notices]
    for notice in marks:
        yield para(run(notice, Look(bold=True, colour=palette.AMBER, size=8)), Set("Subtitle", after=0))


def imprint(book: Document) -> Xml:
    """Whose book it is, by which guideline: two columns."""
    sides = (125.0, 346.0)
    looks = (Look(colour=palette.MUTED), PLAIN)
    rows = ""
    for fact in book.imprint:
        pairs = zip(fact, sides, looks, strict=True)
        rows += grids.row(
            "".join(grids.cell(width, para(run(text, look), "TableText")) for text, width, look in pairs)
        )
    return grids.frame(sides, rows, padding={"top": 2.0, "left": 0.0, "bottom": 2.0})


def contents(book: Document, targets: Targets) -> Iterator[Xml]:
    """Contents, list of tables and list of figures: fields that are filled in already."""
    labels = book.labels
    chapters = [heading for heading in book.headings if heading.level <= _CONTENTS_LEVEL]
    if not chapters:
        return
    yield para(run(labels.contents), "TOCHeading")
    yield from _field(
        rf'TOC \o "1-{_CONTENTS_LEVEL}" \h \z \u',
        [(f"TOC{h.level}", h.number, h.text, targets.of(h).name) for h in chapters],
    )
    tables: list[Table | Figure] = [*book.tables]
    figures: list[Table | Figure] = [*book.figures]
    for title, label, things in (
        (labels.tables, labels.table, tables),
        (labels.figures, labels.figure, figures),
    ):
        if things:
            yield para(run(title), "TOCHeading")
            yield from _field(
                rf'TOC \h \z \c "{counter(label)}"',
                [
                    ("TableofFigures", f"{label} {each.number}", each.caption, targets.of(each).name)
                    for each in things
                ],
            )


def counter(label: str) -> str:
    """The name under which Word counts tables or figures."""
    return "".join(letter for letter in label if letter.isalnum()) or "Item"


def _field(instruction: str, entries: list[tuple[str, str, str, str]]) -> Iterator[Xml]:
    for place, (style, number, text, bookmark) in enumerate(entries):
        first = opened(instruction) if place == 0 else ""
        last = CLOSED if place == len(entries) - 1 else ""
        words = (run(f"{number}\t") if number else "") + run(text)
        page = run("\t") + code(rf"PAGEREF {bookmark} \h", "")
        link = f'<w:hyperlink w:anchor={attribute(bookmark)} w:history="1">{words}{page}</w:hyperlink>'
        yield para(first + link + last, style)


def letter_head(book: Document, emblem: Xml) -> Iterator[Xml]:
    """Whose letter it is, emblem above and double rule below, and what kind of letter; else its title."""
    cover, lines = book.cover, book.letterhead
    if not lines:
        yield para(run(cover.overline, Look(bold=True, colour=palette.BLUE, size=9)), Set(after=2))
        yield para(run(cover.title), "Title")
        region = ", ".join(filter(None, (cover.region, cover.province)))
        yield para(run(region), Set("Subtitle", after=12))
        return
    rule = '<w:bottom w:val="double" w:sz="8" w:space="4" w:color="auto"/>'
    most = min(len(lines), 3)
    if emblem:
        yield para(emblem, "Letterhead")
    for place, (text, size) in enumerate(zip(lines, (13.0, 12.0, 10.0), strict=False), 1):
        yield para(run(text, Look(size=size)), Set("Letterhead", below=rule if place == most else ""))
    yield para(run(cover.title, Look(size=13)), Set("Title", before=12, after=10, align="center"))
