"""Paper and type: sizes in points, one place for every measure and style of a printed book."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Literal, TypeAlias

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle

from desktop.base import Language
from desktop.base.richtext import Run
from desktop.books import palette
from desktop.books.document import Inline, Line, Note, Tag, Tone
from desktop.books.fonts import BOLD, ITALIC, REGULAR, markup
from desktop.books.pdf.breaking import breaks

Alignment: TypeAlias = Literal[0, 1, 2]
"""ReportLab's numbers for left, centred, right."""
PORTRAIT: tuple[float, float] = A4
LANDSCAPE: tuple[float, float] = landscape(A4)
MARGIN_X, MARGIN_TOP, MARGIN_BOTTOM = 62.0, 74.0, 66.0
HEADING_SIZES = {1: 22.0, 2: 14.0, 3: 11.4, 4: 10.2}

_TAG_COLOURS = {
    Tone.SOFT: (palette.MUTED, palette.PALE),
    Tone.EXAMPLE: (palette.BLUE, "#e5eefb"),
    Tone.WARNING: (palette.AMBER, palette.AMBER_PALE),
    Tone.GOOD: (palette.GREEN, palette.GREEN_PALE),
    Tone.MODERATE: (palette.AMBER, palette.AMBER_PALE),
    Tone.POOR: (palette.RED, palette.RED_PALE),
}
_BODY_SIZE = 9.8
LARGE, LARGE_TABLE = 10.8, 9.2
"""The sizes of official papers and of tables in them: they are read out, stamped and filed."""
NOTE_ANCHOR = "note-"
"""Before the number of a footnote, where its mark stands."""


def colours(tone: Tone) -> tuple[str, str]:
    """Ink and ground of a tone."""
    return _TAG_COLOURS[tone]


@cache
def style(name: str, language: Language | None = None) -> ParagraphStyle:
    """A paragraph style by its name; see the table below. Words are broken by the rules of ``language``."""
    made = _STYLES[name]()
    return _hyphenated(made, language)


def _hyphenated(made: ParagraphStyle, language: Language | None, shortest: int = 7) -> ParagraphStyle:
    """Words of ``shortest`` letters and more are broken where a line ends."""
    if language is not None:
        vars(made).update(hyphenationLang=breaks(language), hyphenationMinWordLength=shortest)
    return made


def cell_style(
    size: float,
    align: Alignment = TA_LEFT,
    *,
    bold: bool = False,
    colour: str = palette.INK,
    language: Language | None = None,
) -> ParagraphStyle:
    """The style of table cells that wrap."""
    return _cell_style(size, align, bold, colour, language)


@cache
def _cell_style(
    size: float,
    align: Alignment,
    bold: bool,  # noqa: FBT001 - cached
    colour: str,
    language: Language | None,
) -> ParagraphStyle:
    made = ParagraphStyle(
        "cell",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=round(size * 1.32, 2),
        textColor=HexColor(colour),
        alignment=align,
        splitLongWords=1,
    )
    return _hyphenated(made, language, shortest=11)


def _body(**changes: Any) -> ParagraphStyle:
    values: dict[str, Any] = {
        "fontName": REGULAR,
        "fontSize": _BODY_SIZE,
        "leading": 14.6,
        "textColor": HexColor(palette.INK),
        "spaceAfter": 7,
        "alignment": TA_JUSTIFY,
        "allowWidows": 0,
        "allowOrphans": 0,
        "splitLongWords": 1,
    }
    return ParagraphStyle("body", **{**values, **changes})


def _heading(level: int, before: float | None = None, after: float | None = None) -> ParagraphStyle:
    size = HEADING_SIZES[level]
    after = {1: 12, 2: 7, 3: 5, 4: 4}[level] if after is None else after
    before = {1: 0, 2: 15, 3: 11, 4: 8}[level] if before is None else before
    return ParagraphStyle(
        f"heading{level}",
        fontName=BOLD,
        fontSize=size,
        leading=size * 1.26,
        spaceBefore=before,
        spaceAfter=after,
        textColor=HexColor(palette.NAVY),
        splitLongWords=1,
    )


_STYLES: dict[str, Callable[[], ParagraphStyle]] = {
    "body": _body,
    "lead": lambda: _body(fontSize=11, leading=16.5, textColor=HexColor(palette.NAVY), alignment=TA_LEFT),
    "note": lambda: _body(
        fontName=ITALIC, fontSize=8.4, leading=11.6, textColor=HexColor(palette.MUTED), alignment=TA_LEFT
    ),
    "centred": lambda: _body(fontName=BOLD, alignment=TA_CENTER, spaceAfter=4),
    "signed": lambda: _body(alignment=TA_LEFT, leftIndent=236, spaceBefore=16, keepWithNext=0),
    "minor_heading": lambda: _body(
        fontName=BOLD,
        fontSize=9.6,
        textColor=HexColor(palette.BLUE),
        spaceBefore=5,
        spaceAfter=3,
        alignment=TA_LEFT,
    ),
    "footnote": lambda: _body(fontSize=7.6, leading=10.2, spaceAfter=0, alignment=TA_LEFT),
    "caption": lambda: _body(fontSize=8.6, leading=11.6, spaceAfter=0, alignment=TA_LEFT),
    "figure_caption": lambda: _body(
        fontSize=8.6, leading=11.6, spaceBefore=3, spaceAfter=10, alignment=TA_LEFT
    ),
    "chapter": lambda: ParagraphStyle(
        "chapter",
        fontName=BOLD,
        fontSize=24,
        leading=30,
        spaceAfter=14,
        textColor=HexColor(palette.NAVY),
        splitLongWords=1,
    ),
    "aside": lambda: _body(alignment=TA_LEFT, leftIndent=236, spaceAfter=14),
    "large_body": lambda: _body(fontSize=LARGE, leading=16),
    "large_centred": lambda: _body(
        fontName=BOLD, fontSize=LARGE, leading=16, alignment=TA_CENTER, spaceAfter=4
    ),
    "large_aside": lambda: _body(
        fontSize=LARGE, leading=15, alignment=TA_LEFT, leftIndent=200, spaceAfter=14
    ),
    "heading_centred": lambda: _body(
        fontName=BOLD,
        fontSize=LARGE,
        leading=16,
        spaceBefore=10,
        spaceAfter=6,
        textColor=HexColor(palette.NAVY),
        alignment=TA_CENTER,
    ),
    "heading1": lambda: _heading(1),
    "heading2": lambda: _heading(2),
    "heading3": lambda: _heading(3),
    "heading4": lambda: _heading(4),
    "heading_short": lambda: _heading(3, before=8, after=3),
    "short": lambda: _body(fontSize=9.4, leading=13.2, spaceAfter=5),
    "letter_kind": lambda: _body(fontName=BOLD, fontSize=9, textColor=HexColor(palette.BLUE), spaceAfter=4),
    "letter_title": lambda: _body(
        fontName=BOLD,
        fontSize=20,
        leading=25,
        textColor=HexColor(palette.NAVY),
        spaceAfter=4,
        alignment=TA_LEFT,
    ),
    "statement_title": lambda: _body(
        fontName=BOLD,
        fontSize=14,
        leading=18,
        textColor=HexColor(palette.NAVY),
        spaceAfter=14,
        alignment=TA_CENTER,
    ),
    "letter_region": lambda: _body(fontSize=11, textColor=HexColor(palette.MUTED), alignment=TA_LEFT),
    "contents": lambda: ParagraphStyle(
        "contents", fontName=BOLD, fontSize=20, leading=26, textColor=HexColor(palette.NAVY), spaceAfter=12
    ),
    "contents_part": lambda: ParagraphStyle(
        "contents_part",
        fontName=BOLD,
        fontSize=12,
        leading=16,
        textColor=HexColor(palette.NAVY),
        spaceBefore=18,
        spaceAfter=6,
    ),
}


def callout_styles(tone: Tone) -> tuple[ParagraphStyle, ParagraphStyle]:
    """Title and text of a box that must not be overlooked."""
    ink, ground = colours(tone)
    base: dict[str, Any] = {
        "backColor": HexColor(ground),
        "borderPadding": (5, 9, 5, 9),
        "leftIndent": 9,
        "rightIndent": 9,
        "alignment": TA_LEFT,
        "spaceAfter": 0,
    }
    title = _body(fontName=BOLD, textColor=HexColor(ink), spaceBefore=10, **base)
    # no room above: each paragraph's ground would lie over the last line of the one before it
    return title, _body(fontSize=9.2, leading=13.2, **(base | {"borderPadding": (0, 9, 5, 9)}))


@cache
def list_style(
    depth: int, language: Language | None, *, large: bool = False, short: bool = False
) -> ParagraphStyle:
    """The style of a list item at a depth from 1, in the type of the text around it."""
    size, leading = (LARGE, 16.0) if large else (9.4, 13.2) if short else (_BODY_SIZE, 14.6)
    left = (18.0 if large else 16.0) * depth
    made = _body(
        fontSize=size,
        leading=leading,
        leftIndent=left,
        bulletIndent=left - (18 if large else 13),
        spaceAfter=2 if short else 3,
        alignment=TA_LEFT,
        bulletFontName=REGULAR,
        bulletFontSize=size,
        bulletColor=HexColor(palette.INK if large else palette.BLUE),
    )
    return _hyphenated(made, language)


def line_markup(line: Line, targets: frozenset[str] = frozenset()) -> str:
    """A line as ReportLab's paragraph markup. References lead to ``targets`` only."""
    return "".join(_inline(part, targets) for part in line)


def _inline(part: Inline, targets: frozenset[str]) -> str:
    if isinstance(part, Tag):
        ink, ground = colours(part.tone)
        text = markup(part.text).replace(" ", "&nbsp;")
        return f' <font size="6.6" color="{ink}" backcolor="{ground}">&nbsp;{text}&nbsp;</font>'
    if isinstance(part, Note):
        return f'<super><a name="{NOTE_ANCHOR}{part.number}"/>{part.number}</super>'
    return _run(part, targets)


def _run(run: Run, targets: frozenset[str]) -> str:
    text = markup(run.text).replace("\n", "<br/>").replace("\t", " ")
    marks = (
        (run.raised, {"sub": "sub", "sup": "super"}.get(run.raised, "")),
        (run.strike, "strike"),
        (run.underline, "u"),
        (run.italic, "i"),
        (run.bold, "b"),
    )
    for on, tag in marks:
        if on:
            text = f"<{tag}>{text}</{tag}>"
    if run.href.startswith("ref:"):
        target = run.href.removeprefix("ref:")
        return (
            f'<a href="#{_attribute(target)}" color="{palette.BLUE}">{text}</a>'
            if target in targets
            else text
        )
    if run.href:
        return f'<a href="{_attribute(run.href)}" color="{palette.BLUE}">{text}</a>'
    return text


def _attribute(text: str) -> str:
    from html import escape

    return escape(text)
