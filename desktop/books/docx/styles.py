"""The styles and lists of our Word files: those that Word knows by name, in the look of the PDF."""

from __future__ import annotations

from collections.abc import Callable

from desktop.base import Language
from desktop.books import palette
from desktop.books.document import Document
from desktop.books.docx.xml import Look, Set, Xml, hexa, root, shading, value

FONT, FALLBACK = "Noto Sans", "Calibri"
"""As in the PDF; what a program takes that does not have it."""
LANGUAGES = {Language.ID: "id-ID", Language.EN: "en-GB"}
HEADINGS, BULLETS, FIRST_LIST = 1, 2, 3
"""The lists: the numbers of headings, bullets, and from where on numbered lists are counted."""
_DECIMALS = 2
"""The definition behind every numbered list."""
TABLE, PLAIN_TABLE, CLAUSES = "RancangTable", "RancangFacts", "RancangClauses"
_MAIN, _HALF = 9.8, 2
_USUAL, _LARGE, _SHORT = 20, 22, 19
"""Half points of the text."""


def styles(book: Document) -> bytes:
    """``styles.xml``. Chapters of a letter do not begin a page."""
    language, letter = book.language, book.letter
    size = _LARGE if book.large else _SHORT if book.short else _USUAL
    line = 248 if book.short else 264
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    spoken = LANGUAGES[language]
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{value('color', hexa(palette.INK))}"
        f"{value('sz', size)}{value('szCs', size)}"
        f'<w:lang w:val="{spoken}" w:eastAsia="{spoken}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="'
        f'{line}" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    made = (
        *_basic(),
        *_headings(letter=letter, short=book.short),
        *_text(letter=letter),
        *_contents(),
        *_furniture(),
        *_characters(),
        *_tables(),
    )
    return root("styles", defaults + "".join(made))


def _style(
    id: str,  # noqa: A002 - Word's word
    name: str,
    how: Set | None = None,
    look: Look | None = None,
    *,
    based: str = "Normal",
    then: str = "",
    extra: Xml = "",
) -> Xml:
    """A paragraph style; ``extra`` is what its paragraphs have besides, last in their properties."""
    inner = how.xml() if how else ""
    if extra:
        inner = inner.replace("</w:pPr>", f"{extra}</w:pPr>") if inner else f"<w:pPr>{extra}</w:pPr>"
    basis = value("basedOn", based) if based else ""
    following = value("next", then) if then else ""
    usual = "" if based else ' w:default="1"'
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"{usual}>'
        f"{value('name', name)}{basis}{following}<w:qFormat/>{inner}{look.xml() if look else ''}</w:style>"
    )


def _basic() -> tuple[Xml, ...]:
    """What is there when nothing is said, kind by kind."""
    rare = value("uiPriority", 99) + "<w:semiHidden/>"
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
    )
    cells = f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    kinds = (
        ("character", "DefaultParagraphFont", "Default Paragraph Font", ""),
        ("table", "TableNormal", "Normal Table", cells),
        ("numbering", "NoList", "No List", ""),
    )
    return (
        _style("Normal", "Normal", based=""),
        *(
            f'<w:style w:type="{kind}" w:default="1" w:styleId="{id_}">'
            f"{value('name', name)}{rare}{inside}</w:style>"
            for kind, id_, name, inside in kinds
        ),
    )


def _headings(*, letter: bool, short: bool) -> tuple[Xml, ...]:
    """Heading 1 to 4, each a level of the one list that numbers them."""
    sizes = (14.0, 11.5, 10.5, 10.0) if letter else (22.0, 14.0, 11.5, 10.0)
    before, after = (14.0, 13.0, 11.0, 8.0), (6.0 if letter else 12.0, 7.0, 5.0, 4.0)
    if short:
        sizes, before, after = (11.5, 11.0, 10.5, 10.0), (8.0,) * 4, (3.0,) * 4
    made = []
    for level, size in enumerate(sizes, 1):
        how = Set(
            keep=True,
            breaks=True if level == 1 and not letter else None,
            number=(HEADINGS, level - 1),
            before=0 if level == 1 and not letter else before[level - 1],
            after=after[level - 1],
            align="left",
        )
        xml = _style(
            f"Heading{level}",
            f"heading {level}",
            how,
            Look(bold=True, colour=palette.NAVY, size=size),
            then="Normal",
            extra=value("outlineLvl", level - 1),
        )
        made.append(xml.replace("<w:keepNext/>", "<w:keepNext/><w:keepLines/>"))
    return tuple(made)


def _text(*, letter: bool) -> tuple[Xml, ...]:
    body = Set(after=6, align="left" if letter else "both")
    muted = Look(italic=True, colour=palette.MUTED, size=8.5)
    title = (
        Look(bold=True, colour=palette.NAVY, size=18)
        if letter
        else Look(bold=True, colour=palette.WHITE, size=32)
    )
    return (
        _style("BodyText", "Body Text", body),
        _style("Title", "Title", Set(before=0, after=6, align="left"), title, then="BodyText"),
        _style("Subtitle", "Subtitle", Set(after=2, align="left"), Look(colour=palette.MUTED, size=12)),
        _style("Lead", "Lead", Set(after=8, align="left"), Look(colour=palette.NAVY, size=11)),
        _style("Centred", "Centred", Set(after=4, align="center"), Look(bold=True)),
        _style("Aside", "Aside", Set(before=0, after=14, left=200, align="left")),
        _style("Signed", "Signed", Set(before=24, after=0, left=236, align="left")),
        _style("Remark", "Remark", Set(after=6, align="left"), muted),
        _style(
            "MinorHeading",
            "Minor Heading",
            Set(keep=True, before=6, after=3, align="left"),
            Look(bold=True, colour=palette.BLUE),
            then="BodyText",
        ),
        _style("Example", "Example", Set(bar=palette.BLUE, left=9), based="BodyText"),
        _style(
            "Caption",
            "caption",
            Set(keep=True, tabs=(("left", 54, ""),), before=6, after=3),
            Look(size=8.5),
            then="Normal",
            extra='<w:ind w:left="1080" w:hanging="1080"/>',
        ),
        _style("FigureCaption", "Figure Caption", Set(before=3, after=8), based="Caption").replace(
            "<w:pPr>", "<w:pPr>" + value("keepNext", 0)
        ),
        _style("Figure", "Figure", Set(keep=True, before=6, after=2, align="left")),
        _style("ListBullet", "List Bullet", Set(number=(BULLETS, 0), after=3, align="left")),
        _style("ListNumber", "List Number", Set(after=3, align="left")),
        _style("TableText", "Table Text", Set(before=0, after=0, align="left"), Look(size=8)),
        _style("TableHead", "Table Head", None, Look(bold=True, colour=palette.NAVY), based="TableText"),
        _style("TableSum", "Table Sum", None, Look(bold=True, colour=palette.NAVY), based="TableText"),
        _style("AfterTable", "After Table", Set(before=0, after=0, exactly=8), Look(size=2)),
        _style(
            "Letterhead", "Letterhead", Set(after=0, align="center"), Look(bold=True, colour=palette.NAVY)
        ),
        _style(
            "CalloutTitle", "Callout Title", Set(keep=True, before=8, after=0, left=9, right=9, align="left")
        ),
        _style("Callout", "Callout", Set(before=0, after=0, left=9, right=9, align="left"), Look(size=9)),
    )


def _contents() -> tuple[Xml, ...]:
    heading = Look(bold=True, colour=palette.NAVY, size=16)
    return (
        _style("TOCHeading", "TOC Heading", Set(keep=True, before=12, after=8), heading),
        _entry("TOC1", "toc 1", (0, 22), Look(bold=True, colour=palette.NAVY, size=9.5), before=5),
        _entry("TOC2", "toc 2", (22, 32), Look(size=9)),
        _entry("TableofFigures", "table of figures", (0, 62), Look(size=9)),
    )


def _entry(id: str, name: str, sides: tuple[int, int], look: Look, before: float = 0) -> Xml:  # noqa: A002 - Word's word
    """A line of the contents: number, title, dots and page, from so many points on, hanging by so many."""
    left, turn = sides
    how = Set(tabs=(("left", left + turn, ""), ("right", _ROOM, "dot")), before=before, after=1)
    hanging = f'<w:ind w:left="{(left + turn) * 20}" w:right="480" w:hanging="{turn * 20}"/>'
    return _style(id, name, how, look, extra=hanging)


_ROOM = 471.0
"""Points between the margins of an upright page."""


def _furniture() -> tuple[Xml, ...]:
    small = Look(colour=palette.MUTED, size=7.5)
    return (
        _style("Header", "header", Set(before=0, after=0, align="left"), small),
        _style("Footer", "footer", Set(before=0, after=0, align="left"), small),
        _style("FootnoteText", "footnote text", Set(before=0, after=0, align="left"), Look(size=8)),
    )


def _character(id: str, name: str, inside: Xml) -> Xml:  # noqa: A002 - Word's word
    return (
        f'<w:style w:type="character" w:styleId="{id}">{value("name", name)}'
        f"{value('basedOn', 'DefaultParagraphFont')}{inside}</w:style>"
    )


TAGS = {
    "soft": (palette.MUTED, palette.PALE),
    "example": (palette.BLUE, "#e5eefb"),
    "warning": (palette.AMBER, palette.AMBER_PALE),
    "good": (palette.GREEN, palette.GREEN_PALE),
    "moderate": (palette.AMBER, palette.AMBER_PALE),
    "poor": (palette.RED, palette.RED_PALE),
}
"""Ink and ground of each tone."""


def _characters() -> tuple[Xml, ...]:
    marks = tuple(
        _character(
            f"Tag{tone.title()}",
            f"Tag {tone.title()}",
            f"<w:rPr><w:b/>{value('color', hexa(ink))}"
            f"{value('sz', 14)}{value('szCs', 14)}{shading(ground)}</w:rPr>",
        )
        for tone, (ink, ground) in TAGS.items()
    )
    return (
        _character("FootnoteReference", "footnote reference", Look(raised="sup").xml()),
        _character("Hyperlink", "Hyperlink", Look(colour=palette.BLUE).xml()),
        _character("CaptionLabel", "Caption Label", Look(bold=True, colour=palette.BLUE).xml()),
        *marks,
    )


def _tables() -> tuple[Xml, ...]:
    def style(id: str, name: str, rows: Xml, *, ruled: bool = True) -> Xml:  # noqa: A002 - Word's word
        rule = f'w:val="single" w:sz="4" w:space="0" w:color="{hexa(palette.RULE)}"'
        borders = f"<w:tblBorders><w:top {rule}/><w:bottom {rule}/><w:insideH {rule}/></w:tblBorders>"
        borders = borders if ruled else ""
        margins = "".join(
            f'<w:{side} w:w="{wide}" w:type="dxa"/>'
            for side, wide in (("top", 50), ("left", 90), ("bottom", 50), ("right", 90))
        )
        return (
            f'<w:style w:type="table" w:customStyle="1" w:styleId="{id}">{value("name", name)}'
            f"{value('basedOn', 'TableNormal')}<w:tblPr>{value('tblStyleRowBandSize', 1)}"
            f"{borders}<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>{rows}</w:style>"
        )

    bold = f"<w:rPr><w:b/>{value('color', hexa(palette.NAVY))}</w:rPr>"
    head = f'<w:tblStylePr w:type="firstRow">{bold}<w:tcPr>{shading(palette.PALE)}</w:tcPr></w:tblStylePr>'
    return (
        style(TABLE, "Rancang Table", head),
        style(PLAIN_TABLE, "Rancang Facts", ""),
        style(CLAUSES, "Rancang Clauses", "", ruled=False),
    )


def numbering(lists: tuple[tuple[int, int], ...]) -> bytes:
    """``numbering.xml``: headings, bullets, and one list for each ``(level, first number)``."""
    headings = "".join(
        f'<w:lvl w:ilvl="{level}">{value("start", 1)}{value("numFmt", "decimal")}'
        f"{value('pStyle', f'Heading{level + 1}')}{value('suff', 'tab')}"
        f"{value('lvlText', '.'.join(f'%{each + 1}' for each in range(level + 1)))}{value('lvlJc', 'left')}"
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{turn}"/></w:tabs>'
        f'<w:ind w:left="{turn}" w:hanging="{turn}"/></w:pPr>{Look(colour=palette.BLUE).xml()}</w:lvl>'
        for level, turn in enumerate((640, 640, 760, 900))
    )
    bullets = _levels("bullet", lambda level: "–" if level % _HALF else "•")
    decimals = _levels("decimal", lambda level: f"%{level + 1}.")
    kinds = (headings, bullets, decimals)
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{place}">{value("nsid", f"5CA1AB{place + 1:02X}")}'
        f"{value('multiLevelType', 'multilevel')}{levels}</w:abstractNum>"
        for place, levels in enumerate(kinds)
    )
    counted = "".join(
        f'<w:num w:numId="{FIRST_LIST + place}">{value("abstractNumId", _DECIMALS)}'
        f'<w:lvlOverride w:ilvl="{level}">{value("startOverride", first)}</w:lvlOverride></w:num>'
        for place, (level, first) in enumerate(lists)
    )
    made = "".join(
        f'<w:num w:numId="{place}">{value("abstractNumId", place - 1)}</w:num>'
        for place in (HEADINGS, BULLETS)
    )
    return root("numbering", definitions + made + counted)


def _levels(kind: str, text: Callable[[int], str]) -> Xml:
    """Nine levels of a list, each further in."""
    return "".join(
        f'<w:lvl w:ilvl="{level}">{value("start", 1)}{value("numFmt", kind)}'
        f"{value('lvlText', text(level))}{value('lvlJc', 'left')}"
        f'<w:pPr><w:ind w:left="{320 * (level + 1)}" w:hanging="260"/></w:pPr>'
        f"{Look(colour=palette.BLUE).xml()}</w:lvl>"
        for level in range(9)
    )


def font_table() -> bytes:
    """``fontTable.xml``: what stands in for our font where it is missing."""
    return root(
        "fonts",
        f'<w:font w:name="{FONT}">{value("altName", FALLBACK)}<w:charset w:val="00"/>'
        f"{value('family', 'swiss')}{value('pitch', 'variable')}</w:font>",
    )


def settings(language: Language, *, letter: bool, noted: bool) -> bytes:
    """``settings.xml``: fields are worked out when Word opens a book, words are broken at line ends."""
    spoken = LANGUAGES[language]
    fresh = "" if letter else "<w:updateFields/>"
    broken = "" if letter else "<w:autoHyphenation/>" + value("consecutiveHyphenLimit", 2)
    modern = (
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    # the rules above footnotes, which are there only where there are footnotes
    rules = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    notes = rules if noted else ""
    mark = "," if language is Language.ID else "."
    return root(
        "settings",
        f'<w:zoom w:percent="100"/>{value("defaultTabStop", 720)}{broken}'
        f"{value('characterSpacingControl', 'doNotCompress')}{fresh}{notes}{modern}"
        f'<w:themeFontLang w:val="{spoken}"/>{value("decimalSymbol", mark)}'
        f"{value('listSeparator', ';')}",
    )
