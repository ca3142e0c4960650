"""WordprocessingML as text, its parts in the order of the schema: Word opens no file where they are not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

Xml: TypeAlias = str
"""A piece of a part's XML, well-formed, with the prefixes of :data:`NAMESPACES`."""

_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
NAMESPACES = " ".join(f"xmlns:{prefix}={quoteattr(name)}" for prefix, name in _NAMES.items())
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("([\n\t])")


def root(name: str, content: Xml) -> bytes:
    """A whole part."""
    text = f"<w:{name} {NAMESPACES}>{content}</w:{name}>"
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text).encode()


def said(text: str) -> str:
    """A text as XML can hold it: control characters cannot be written at all."""
    return escape(_FORBIDDEN.sub("", text.replace("\r\n", "\n")))


def attribute(text: str) -> str:
    """A text in quotes, on one line."""
    return quoteattr(_FORBIDDEN.sub("", " ".join(text.split())))


def hexa(colour: str) -> str:
    """A colour of the palette as Word writes it."""
    return colour.removeprefix("#").upper()


def twips(points: float) -> int:
    """Points in twentieths."""
    return round(points * 20)


def value(name: str, of: object) -> Xml:
    """An element that has nothing but a value."""
    return f'<w:{name} w:val="{of}"/>'


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look; unset = as the style says."""

    style: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    raised: str = ""
    colour: str = ""
    size: float = 0.0
    """Points."""

    def xml(self) -> Xml:
        """Its ``w:rPr``; nothing when nothing is said."""
        half = round(self.size * 2)
        said_ = (
            (self.style, value("rStyle", self.style)),
            (self.bold, "<w:b/><w:bCs/>"),
            (self.italic, "<w:i/><w:iCs/>"),
            (self.strike, "<w:strike/>"),
            (self.colour, value("color", hexa(self.colour))),
            (half, value("sz", half) + value("szCs", half)),
            (self.underline, value("u", "single")),
            (self.raised, value("vertAlign", "subscript" if self.raised == "sub" else "superscript")),
        )
        inner = "".join(xml for on, xml in said_ if on)
        return f"<w:rPr>{inner}</w:rPr>" if inner else ""


PLAIN = Look()


def run(text: str, look: Look = PLAIN) -> Xml:
    """A stretch of text; line breaks and tabs are elements of their own."""
    if not text:
        return ""
    parts = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    inner = "".join(
        parts.get(piece) or f'<w:t xml:space="preserve">{said(piece)}</w:t>'
        for piece in _BREAKS.split(text)
        if piece
    )
    return f"<w:r>{look.xml()}{inner}</w:r>"


def code(instruction: str, result: Xml, look: Look = PLAIN) -> Xml:
    """A field: what Word works out, and what stands there until it does."""
    properties = look.xml()

    def mark(kind: str) -> Xml:
        return f'<w:r>{properties}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    instructed = (
        f'<w:r>{properties}<w:instrText xml:space="preserve"> {said(instruction)} </w:instrText></w:r>'
    )
    return mark("begin") + instructed + mark("separate") + result + mark("end")


def opened(instruction: str) -> Xml:
    """The beginning of a field that goes over several paragraphs; :data:`CLOSED` ends it."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {said(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


CLOSED = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@dataclass(frozen=True, slots=True)
class Set:
    """How a paragraph is set; unset = as its style says. Measures are points."""

    style: str = ""
    keep: bool = False
    """With the next paragraph."""
    breaks: bool | None = None
    """Whether it begins a page."""
    number: tuple[int, int] | None = None
    """The list and the level of it; list 0 = none, whatever the style says."""
    bar: str = ""
    """The colour of a bar at the left."""
    shade: str = ""
    below: Xml = ""
    """A border below, as the inside of ``w:pBdr``."""
    tabs: tuple[tuple[str, float, str], ...] = ()
    """Kind, place, leader."""
    before: float | None = None
    after: float | None = None
    exactly: float | None = None
    left: float | None = None
    right: float | None = None
    align: str = ""
    section: Xml = field(default="", repr=False)

    def xml(self) -> Xml:
        """Its ``w:pPr``; nothing when nothing is said."""
        inner = "".join(self._parts())
        return f"<w:pPr>{inner}</w:pPr>" if inner else ""

    def _parts(self) -> Iterable[Xml]:
        if self.style:
            yield value("pStyle", self.style)
        if self.keep:
            yield "<w:keepNext/>"
        if self.breaks is not None:
            yield value("pageBreakBefore", int(self.breaks))
        if self.number is not None:
            yield f"<w:numPr>{value('ilvl', self.number[1])}{value('numId', self.number[0])}</w:numPr>"
        if self.bar or self.below:
            left = (
                f'<w:left w:val="single" w:sz="18" w:space="8" w:color="{hexa(self.bar)}"/>'
                if self.bar
                else ""
            )
            yield f"<w:pBdr>{left}{self.below}</w:pBdr>"
        if self.shade:
            yield shading(self.shade)
        if self.tabs:
            yield "<w:tabs>" + "".join(map(_tab, self.tabs)) + "</w:tabs>"
        yield from self._room()
        if self.align:
            yield value("jc", self.align)
        yield self.section

    def _room(self) -> Iterable[Xml]:
        spacing = {"before": self.before, "after": self.after, "line": self.exactly}
        if any(each is not None for each in spacing.values()):
            told = "".join(f' w:{name}="{twips(v)}"' for name, v in spacing.items() if v is not None)
            rule = "" if self.exactly is None else ' w:lineRule="exact"'
            yield f"<w:spacing{told}{rule}/>"
        sides = {"left": self.left, "right": self.right}
        if any(each is not None for each in sides.values()):
            told = "".join(f' w:{name}="{twips(v)}"' for name, v in sides.items() if v is not None)
            yield f"<w:ind{told}/>"


def _tab(tab: tuple[str, float, str]) -> Xml:
    kind, place, leader = tab
    dots = f' w:leader="{leader}"' if leader else ""
    return f'<w:tab w:val="{kind}"{dots} w:pos="{twips(place)}"/>'


def shading(colour: str) -> Xml:
    """A ground."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{hexa(colour)}"/>'


def para(content: Xml, how: Set | str = "") -> Xml:
    """A paragraph in a style, or set in its own way."""
    how = Set(how) if isinstance(how, str) else how
    return f"<w:p>{how.xml()}{content}</w:p>"
