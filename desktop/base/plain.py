"""What somebody else wrote, made harmless to show: one line, no commands for a terminal, no turned writing.

Names of files, offices and certificates come from whoever made them. A line end in one could pretend to be
another line of the answer; marks that reverse the writing could make a name look like another.
"""

from __future__ import annotations

import re
import unicodedata

from desktop.base.language import LocalText
from desktop.base.message import Message, Param

_SPACES = frozenset({"Cc", "Zl", "Zp"})
_NOTHING = frozenset({"Cf", "Co", "Cn", "Cs"})
# Signs that are letters or marks by their kind and show nothing.
_EMPTY = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
# Pasted from a printed page: one sign for two letters, which programs read and look for as two.
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"
}  # fmt: skip
_QUOTED = frozenset(map(chr, range(0x20, 0x7F))) - set('"`') | frozenset("§°±·×–—•…€")
"""What stays within a quotation, besides letters of western Latin."""
_ALIKE = str.maketrans({0x2212: "-", 0x2044: "/", 0x2215: "/"})
_REPEATED = re.compile(r"([',<>])(?: ?\1)+")
"""Two that look like one mark."""
_STROKES = str.maketrans("/\\", "--")
_VARIATIONS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def plain(text: str) -> str:
    """The text on one line, without what cannot be seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_sign(sign) for sign in text.translate(_LIGATURES))


def within_quotes(name: str) -> str:
    """A name such as its owner chose it that ends no quotation: what follows it is said by the program.

    Many signs look like a mark of quotation, more than can be listed, so what stays is listed: letters of
    western Latin, figures and plain marks. Other Latin letters lose their accents, other marks become one
    apostrophe, of which no two are together. All else, as letters of other writing, which may look like ours
    or turn the line, stands by its number, as *[U+674E U+660E]*. Said twice it is the same.
    """
    said = unicodedata.normalize("NFC", plain(name)).translate(_ALIKE)
    told, is_numbered = [""], False
    for sign in said:
        within = _within(sign)
        if unicodedata.category(sign)[0] != "M":
            told += [""] * ((within is None) is not is_numbered)
            is_numbered = within is None
        told[-1] += f" {_number(sign)}" if is_numbered else within or ""
    # the one and the other by turns
    told = [f"[{run[1:]}]" if place % 2 else run for place, run in enumerate(told)]
    return _REPEATED.sub(r"\1", " ".join("".join(told).split()))


def _number(sign: str) -> str:
    """A letter by its number, as Unicode writes it."""
    return f"U+{ord(sign):04X}"


def _within(sign: str) -> str | None:
    """What a sign becomes within a quotation; None: it stands by its number."""
    kind = unicodedata.category(sign)
    if sign in _QUOTED or (kind in {"Lu", "Ll"} and sign < "\u0100"):
        return sign
    if kind[0] == "M":
        return ""
    if kind in {"Pd", "Zs"}:
        return "-" if kind == "Pd" else " "
    if kind in {"Lm", "Sk"}:
        return "'"
    parts = unicodedata.normalize("NFKD", sign)
    bare = "".join(each for each in parts if unicodedata.category(each)[0] != "M")
    bare = bare.translate(_ALIKE)
    if bare and _QUOTED.issuperset(bare):
        return bare
    return "'" if kind[0] == "P" else None


def plain_part(name: str) -> str:
    """A name of a file, such as somebody else wrote it, that leads to no other folder."""
    return plain(name).translate(_STROKES).strip()


def hides(sign: str) -> bool:
    """Whether a sign shows nothing or turns the writing: in a name it could only deceive."""
    return unicodedata.category(sign) in _SPACES | _NOTHING or _shows_nothing(sign)


def _shows_nothing(sign: str) -> bool:
    return sign in _EMPTY or any(ord(sign) in some for some in _VARIATIONS)


def _sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    return " " if kind in _SPACES else "" if kind in _NOTHING or _shows_nothing(sign) else sign


def plain_message(message: Message) -> Message:
    """The same message with plain words in it."""
    return message.with_params(_param)


def _param(value: Param) -> Param:
    match value:
        case str():
            return plain(value)
        case Message():
            return plain_message(value)
        case LocalText():
            return LocalText({language: plain(text) for language, text in value.texts.items()})
        case _:
            return value
