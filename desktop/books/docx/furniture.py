"""Sections with their heads and feet: page numbers and the chapter are fields, a draft bears its mark."""

from __future__ import annotations

from desktop.books import palette
from desktop.books.document import Document
from desktop.books.docx.styles import FONT
from desktop.books.docx.xml import Look, Set, Xml, attribute, code, hexa, para, root, run, twips, value

UPRIGHT, ACROSS = (595.3, 841.9), (841.9, 595.3)
"""A4, in points."""
MARGIN_X, MARGIN_TOP, MARGIN_BOTTOM = 62.0, 74.0, 66.0
"""As in the PDF."""


def room(page: tuple[float, float]) -> float:
    """The width of the text on such a page."""
    return page[0] - 2 * MARGIN_X


def section(page: tuple[float, float], relations: tuple[str, str] | None, *, low: bool = False) -> Xml:
    """The end of a section; ``relations`` are its head and foot, ``low`` = its text stands at the foot."""
    head_foot = ""
    if relations is not None:
        head_foot = (
            f'<w:headerReference w:type="default" r:id="{relations[0]}"/>'
            f'<w:footerReference w:type="default" r:id="{relations[1]}"/>'
        )
    turned = ' w:orient="landscape"' if page == ACROSS else ""
    return (
        f'<w:sectPr>{head_foot}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(page[0])}" w:h="{twips(page[1])}"{turned}/>'
        f'<w:pgMar w:top="{twips(MARGIN_TOP)}" w:right="{twips(MARGIN_X)}" w:bottom="{twips(MARGIN_BOTTOM)}" '
        f'w:left="{twips(MARGIN_X)}" w:header="{twips(34)}" w:footer="{twips(24)}" w:gutter="0"/>'
        f'<w:cols w:space="708"/>{value("vAlign", "bottom") if low else ""}</w:sectPr>'
    )


def head(book: Document, page: tuple[float, float], number: int, *, front: bool) -> bytes:
    """The running head: book and region at the left, the chapter at the right, below them the draft mark."""
    rule = f'<w:bottom w:val="single" w:sz="4" w:space="4" w:color="{hexa(palette.RULE)}"/>'
    left, right = book.running_head
    how = Set("Header", tabs=(("right", room(page), ""),), below=rule)
    if book.letter:
        inner = run(left) + run("\t") + run(right)
    else:
        # before the first chapter Word would name the one that comes
        chapter = "" if front else run("\t") + code("STYLEREF 1", "")
        inner = run(f"{left}  ·  {right}") + chapter
    mark = _watermark(book.watermark.word, number) if book.watermark else ""
    return root("hdr", para(mark + inner, how))


def foot(book: Document, page: tuple[float, float]) -> bytes:
    """Page x of y, and what a reader must know about the state of this document."""
    how = Set("Footer", tabs=(("right", room(page), ""),))
    numbers = _numbered(book.labels.page_of)
    made = para(run(book.running_foot) + run("\t") + numbers, how)
    marks = [*([book.watermark.sentence] if book.watermark else []), *book.notices]
    if marks:
        made += para(run("  ·  ".join(marks), Look(bold=True, colour=palette.AMBER, size=7)), Set("Footer"))
    return root("ftr", made)


def _numbered(words: str) -> Xml:
    """*Halaman {page} dari {pages}* with fields in its places."""
    look = Look(colour=palette.NAVY)
    fields = {"page": code("PAGE", run("1", look), look), "pages": code("NUMPAGES", run("1", look), look)}
    made = ""
    for piece in words.replace("{", "\0{").replace("}", "}\0").split("\0"):
        made += fields.get(piece.strip("{}"), "") if piece.startswith("{") else run(piece, look)
    return made


def _watermark(word: str, number: int) -> Xml:
    """A word across the page, as Word itself draws watermarks."""
    style = (
        "position:absolute;margin-left:0;margin-top:0;width:440pt;height:150pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    kind = "_x0000_t136"
    letters = f"font-family:&quot;{FONT}&quot;;font-size:1pt"
    return (
        f'<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="{kind}" coordsize="1600,21600" '
        'o:spt="136" adj="10800" path="m@7,0l@8,0m@5,21600l@6,21600e"><v:formulas>'
        f"{_FORMULAS}</v:formulas>"
        '<v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" '
        'xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{1024 + number}" type="#{kind}" '
        f'style="{style}" o:allowincell="f" fillcolor="{_PALEST}" stroked="f">'
        f'<v:textpath style="{letters}" string={attribute(word)}/></v:shape></w:pict></w:r>'
    )


_PALEST = "#f0f3f8"
"""Text over it reads well."""
_FORMULAS = "".join(
    f'<v:f eqn="{formula}"/>'
    for formula in (
        "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0",
        "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8", "mid @6 @7",
        "sum @6 0 @5",
    )
)  # fmt: skip
"""How Word stretches the letters of a watermark."""
