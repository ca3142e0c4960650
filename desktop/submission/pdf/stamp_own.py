"""Whether the fonts that a stamp is lent are its own, so that no program takes one of them for another.

Programs keep what they have read of a font, and know it again: pdf.js by its descriptor, poppler by its
object or its place in one, and of others by a number made of all they say, which is soon made alike; printers
know letters by the number of their font. Whoever lays his font over the descriptor of another one, or gives
it the other one's number, changes letters that others have signed.
"""

from __future__ import annotations

import re
from typing import Any

Letters = dict[tuple[int, int | bytes], bytes]
"""By the number of their font and their name, what letters look like."""
_PLAIN = frozenset({"/Type", "/Subtype", "/BaseFont", "/Encoding", "/Name"})
_USUAL = frozenset(
    f"/{family}{style}"
    for family, styles in (
        ("Courier", ("", "-Bold", "-Oblique", "-BoldOblique")),
        ("Helvetica", ("", "-Bold", "-Oblique", "-BoldOblique")),
        ("Times", ("-Roman", "-Bold", "-Italic", "-BoldItalic")),
        ("Symbol", ("",)),
        ("ZapfDingbats", ("",)),
    )
    for style in styles
)
"""The fourteen fonts that every program has (ISO 32000-1, 9.6.2.2)."""
_ENCODINGS = frozenset(f"/{name}Encoding" for name in ("WinAnsi", "MacRoman", "Standard", "PDFDoc"))
_CALLED = re.compile(r"/(?:Helv|HeBo|ZaDb|Cour|TiRo|[FfT][0-9]{1,2})")
"""Too few for anybody to choose among."""


def is_known_again(font: Any) -> bool:
    """Whether it is an object, or says nothing but which of the usual fonts it is."""
    import pikepdf

    if font.is_indirect:
        return True
    encoding = font.get("/Encoding", pikepdf.Name.WinAnsiEncoding)
    return (
        not set(font.keys()) - _PLAIN
        and str(font.get("/Type", "/Font")) == "/Font"
        and str(font.BaseFont) in _USUAL
        and isinstance(encoding, pikepdf.Name)
        and str(encoding) in _ENCODINGS
        and ("/Name" not in font or _CALLED.fullmatch(str(font.Name)) is not None)
    )


def parts_of(font: Any) -> set[tuple[int, int]]:
    """The objects below a plain font by which programs know it: its inner font, and what describes that."""
    inside = font.get("/DescendantFonts")
    holder = font if inside is None else inside[0]
    parts = (inside, holder if inside is not None else None, holder.get("/FontDescriptor"))
    return {one.objgen for one in parts if one is not None and one.is_indirect}


def keeps_letters(known: Letters, more: Letters | None) -> bool:
    """Whether letters of one number and name look alike, so that each stands for the other; keep them.

    Pieces of one font have its number, as services cut them out.
    """
    if more is None:
        return False
    alike = all(known.get(key, look) == look for key, look in more.items())
    known.update(more)
    return alike


def are_shared(document: Any, parts: set[tuple[int, int]]) -> bool:
    """Whether any of these belongs to more than one font, wherever in the document."""
    import pikepdf

    seen: set[tuple[int, int]] = set()
    for start in document.objects if parts else ():
        waiting: list[Any] = [start]
        while waiting:
            one = waiting.pop()
            inside: list[Any] = list(one) if isinstance(one, pikepdf.Array) else []
            if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
                inside = [value for _, value in one.items()]
            for value in inside:
                if not isinstance(value, pikepdf.Object):
                    continue
                if not value.is_indirect:
                    waiting.append(value)
                elif value.objgen in parts:
                    if value.objgen in seen:
                        return True
                    seen.add(value.objgen)
    return False
