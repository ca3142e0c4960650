"""How a page of our own books is written: which operators, in which order, with which numbers.

A page is a little program. Programs that run it agree on the plain ways only: text within text objects,
lines within lines, numbers that neither vanish nor run over. Here is what stands in it; what comes of it on
paper is followed in ``drawing.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WS = rb"[ \n]"
_DECIMALS = rb"(?:\.[0-9]{0,20}+)?|\.[0-9]{1,20}+)"
_NUM = rb"-?(?:[0-9]{1,6}+" + _DECIMALS + _WS + rb"++"
"""Larger ones wrap around in some programs, or are as large as can be; of some hundred decimals others read
none. Services write up to eighteen."""
_SIZE = rb"(?:[0-9]{1,6}+" + _DECIMALS + _WS + rb"++"
_SHARE = rb"(?:0?\.[0-9]{1,20}+|[01](?:\.0{0,20}+)?)" + _WS + rb"++"
"""Of a colour: what is more than all of it is none for some programs."""
_DASH = rb"(?:[1-9][0-9]{0,5}+(?:\.[0-9]{0,20}+)?|0?\.(?!00|[0-9]{21})[0-9]*[1-9][0-9]*+)" + _WS + rb"*+"
"""Of no length are all or nothing, as each program likes."""
_GAP = rb"(?:[1-9][0-9]{0,5}+(?:\.[0-9]{0,20}+)?|0?\.[1-9][0-9]{0,19}+)" + _WS + rb"*+"
_NAME = rb"/[^\x00-\x20()<>\[\]{}/%#\x7f-\xff]{1,127}+(?=[ \n])" + _WS + rb"*+"
"""No longer than ISO 32000-1, annex C, has it: of a longer one each program keeps as much as it likes."""
_SIGN = rb"[ -'*-\[\]-~]*+"
_SIGNS = _SIGN + rb"(?:\\(?:[()\\]|[0-3][0-7]{2})" + _SIGN + rb")*+"
"""Within a text: a line end, or a sign after a backslash, is another letter for each program."""
_TEXT = rb"\(" + _SIGNS + rb"\)" + _WS + rb"*+"
_SMALL = rb"-?(?:[0-9]{1,2}+" + _DECIMALS + _WS + rb"++"
_NEXT = rb"(?:" + _WS + rb"++|\Z)"


def _times(count: str, *operators: str) -> bytes:
    names = "|".join(sorted(map(re.escape, operators), key=len, reverse=True)).encode()
    return rb"(?:" + _NUM + rb"){" + count.encode() + rb"}+(?:" + names + rb")"


def _any(*each: bytes) -> bytes:
    return rb"(?:(?:" + rb"|".join(each) + rb")" + _NEXT + rb")"


_STATE = (
    rb"(?:" + _SHARE + rb"){3}(?:rg|RG)",
    _SHARE + rb"[gG]",
    _SMALL + rb"(?:Tc|Tw|Ts)",
    rb"-?(?:[0-9]{1,3}+" + _DECIMALS + _WS + rb"++TL",
    _SIZE + rb"w",
    rb"(?:[1-9][0-9]?|100)(?:\.0{0,20}+)?" + _WS + rb"++M",
    rb"[0-2]" + _WS + rb"++[Jj]",
    rb"\[" + _WS + rb"*+(?:" + _DASH + _GAP + rb"){0,5}+\]" + _WS + rb"*+" + _SIZE + rb"d",
    _NAME + _NUM + rb"Tf",
    _NAME + rb"gs",
    rb"/Tx[ \n]++BMC",
    rb"EMC",
)
"""What may be said between lines and letters. Those that are marked otherwise than as a form's some programs
read aloud in another order, or not at all; a single dash begins a closed line as each program likes."""
_LETTERS = _any(
    _TEXT + rb"Tj",
    rb"T\*",
    _times("6", "Tm"),
    *_STATE,
    _times("2", "Td"),
)
_PATH = (
    _any(_times("2", "m"), _times("4", "re"))
    + _any(_times("2", "m", "l"), _times("4", "re", "v", "y"), _times("6", "c"), rb"h")
    + rb"*+"
    + _any(rb"W\*?")
    + rb"?+(?:B\*|b\*|f\*|[SsfBbn])"
)
_DRAWING = re.compile(
    _WS
    + rb"*+"
    + _any(
        rb"BT" + _NEXT + _LETTERS + rb"*+ET",
        rb"[qQn]",
        *_STATE,
        _PATH,
        _times("6", "cm"),
        _NAME + rb"Do",
    )
    + rb"*+",
    re.DOTALL,
)
"""A whole page as our books draw it: every operator in its place with as many operands as it takes."""
_PLACE = rb"([-.0-9]++) ([-.0-9]++) "
_STEP = re.compile(
    rb"[ \n]*+(?:(?:"
    rb"1 0 0 1 " + _PLACE + rb"Tm (?:(/[^ \n]++) ([-.0-9]++) Tf ([-.0-9]++) TL )?+\((" + _SIGNS + rb")\) Tj"
    rb"|n " + _PLACE + rb"m " + _PLACE + rb"l S"
    rb"|n " + _PLACE + _PLACE + rb"re f\*"
    rb")(?![^ \n])"
    rb"|(?:\((" + _SIGNS + rb")\)[ \n]*+|\[([-.0-9 \n]*+)\][ \n]*+)?+(?:(/[^ \n]++)[ \n]++)?+"
    rb"((?:[-.0-9]++[ \n]++)*+)([A-Za-z]++\*?)(?![^ \n]))"
    rb"|[^ \n]"
)
"""One operator with what stands before it: a text or dashes, a name, numbers; or a sign that begins none.
First of all three that ReportLab writes without end: letters at a place, a straight line, a filled box."""
_OF_LETTERS, _OF_A_LINE, _OF_A_BOX = 6, 10, 14
"""The last group of each."""
_ESCAPED = re.compile(rb"\\([0-7]{3}|[()\\])")


Step = tuple[bytes, tuple[float, ...], bytes, bytes | None]
"""An operator, its numbers, its name if it takes one, and its text if it shows one.

``Tj`` has the place of a ``Tm`` before it, and the size and the lead of a font that is named; ``S`` the ends
of a line before it that is all of its path, and ``f*`` the place and the size of such a box.
"""


def is_written_plainly(content: bytes) -> bool:
    """Known operators only, each in its place with as many operands as it takes."""
    return _DRAWING.fullmatch(content) is not None


def steps(content: bytes) -> Iterator[Step]:
    """One operator after the other, the numbers of dashes before the one that follows them.

    Raises ValueError where that does not lead to the end: whoever reads it in steps has to come there.
    """
    for found in _STEP.finditer(content):
        last = found.lastindex
        if last == _OF_LETTERS:
            x, y, name, size, lead, text = found.group(1, 2, 3, 4, 5, 6)
            if name is None:
                yield b"Tj", (float(x), float(y)), b"", text
            else:
                yield b"Tj", (float(x), float(y), float(size), float(lead)), name, text
        elif last == _OF_A_LINE:
            yield b"S", tuple(map(float, found.group(7, 8, 9, 10))), b"", None
        elif last == _OF_A_BOX:
            yield b"f*", tuple(map(float, found.group(11, 12, 13, 14))), b"", None
        elif last is None:
            raise ValueError(content[found.start() : found.start() + 9])
        else:
            text, dashes, name, said, word = found.group(15, 16, 17, 18, 19)
            numbers = tuple(map(float, said.split())) if said else ()
            yield word, (*map(float, dashes.split()), *numbers) if word == b"d" else numbers, name, text


def letters_in(text: bytes) -> bytes:
    """The codes that a text shows, without what is written before some of them."""
    return _ESCAPED.sub(_unescaped, text) if b"\\" in text else text


def _unescaped(found: re.Match[bytes]) -> bytes:
    return found[1] if len(found[1]) == 1 else bytes([int(found[1], 8)])
