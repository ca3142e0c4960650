"""Whether what a page or a form draws is drawn the plain way of our own books.

A page is a little program. Programs that run it agree on the plain ways only: text within text objects,
lines within lines, numbers that neither vanish nor run over, ink that is neither nothing nor everywhere.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Any

from desktop.submission.pdf.beside import Beside
from desktop.submission.pdf.covering import Written
from desktop.submission.pdf.dots import shows_its_points
from desktop.submission.pdf.font import shown_codes
from desktop.submission.pdf.hairs import (
    EVERYWHERE,
    FINEST_LINE,
    MOST_EFFORT,
    Box,
    Lines,
    are_plain_dashes,
    effort,
    is_bounded,
    is_box,
    is_hair,
    is_net,
    is_simple,
    within,
)
from desktop.submission.pdf.places import (
    CORNERS,
    PLAIN,
    Matrix,
    Point,
    are_near,
    end,
    extent,
    is_longer,
    placed,
    product,
    stretching,
)

_WS = rb"[ \n]"
_NUM = rb"-?(?:[0-9]{1,6}+(?:\.[0-9]*+)?|\.[0-9]++)" + _WS + rb"++"
"""Larger ones wrap around in some programs, or are as large as can be."""
_SIZE = rb"(?:[0-9]{1,6}+(?:\.[0-9]*+)?|\.[0-9]++)" + _WS + rb"++"
_SHARE = rb"(?:0?\.[0-9]++|[01](?:\.0*+)?)" + _WS + rb"++"
"""Of a colour: what is more than all of it is none for some programs."""
_DASH = rb"(?:[1-9][0-9]{0,5}+(?:\.[0-9]*+)?|0?\.(?!00)[0-9]*[1-9][0-9]*+)" + _WS + rb"*+"
"""Of no length are all or nothing, as each program likes."""
_GAP = rb"(?:[1-9][0-9]{0,5}+(?:\.[0-9]*+)?|0?\.[1-9][0-9]*+)" + _WS + rb"*+"
_NAME = rb"/[^\x00-\x20()<>\[\]{}/%#\x7f-\xff]++" + _WS + rb"*+"
_SIGNS = rb"(?:[ -'*-\[\]-~]|\\(?:[()\\]|[0-3][0-7]{2}))*+"
"""Within a text: a line end, or a sign after a backslash, is another letter for each program."""
_TEXT = rb"\(" + _SIGNS + rb"\)" + _WS + rb"*+"
_SMALL = rb"-?(?:[0-9]{1,2}+(?:\.[0-9]*+)?|\.[0-9]++)" + _WS + rb"++"
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
    rb"-?(?:[0-9]{1,3}+(?:\.[0-9]*+)?|\.[0-9]++)" + _WS + rb"++TL",
    _SIZE + rb"w",
    rb"(?:[1-9][0-9]?|100)(?:\.0*+)?" + _WS + rb"++M",
    rb"[0-2]" + _WS + rb"++[Jj]",
    rb"\[" + _WS + rb"*+(?:" + _DASH + _GAP + rb")*+\]" + _WS + rb"*+" + _SIZE + rb"d",
    _NAME + _NUM + rb"Tf",
    _NAME + rb"(?:gs|BMC)",
    rb"EMC",
)
"""What may be said between lines and letters. A single dash begins a closed line as each program likes."""
_LETTERS = _any(
    *_STATE,
    _times("6", "Tm"),
    _times("2", "Td"),
    _TEXT + rb"Tj",
    rb"T\*",
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
        *_STATE,
        _PATH,
        rb"BT" + _NEXT + _LETTERS + rb"*+ET",
        _times("6", "cm"),
        _NAME + rb"Do",
        rb"[qQn]",
    )
    + rb"*+",
    re.DOTALL,
)
"""A whole page as our books draw it: every operator in its place with as many operands as it takes."""
_LENT = {b"Tf": "/Font", b"gs": "/ExtGState", b"Do": "/XObject"}
_STEP = re.compile(
    rb"[ \n]*+(?:\((" + _SIGNS + rb")\)[ \n]*+|\[([-.0-9 \n]*+)\][ \n]*+)?+(?:(/[^ \n]++)[ \n]++)?+"
    rb"((?:[-.0-9]++[ \n]++)*+)([A-Za-z]++\*?)(?![^ \n])"
)
"""One operator with what stands before it: a text or dashes, a name, numbers."""
_ESCAPED = re.compile(rb"\\([0-7]{3}|[()\\])")

_POINTS = {b"m": 1, b"l": 1, b"c": 3, b"v": 2, b"y": 2}
_STROKES = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})
_FILLS = frozenset({b"f", b"f*", b"B", b"B*", b"b", b"b*"})
_PAINTS = _STROKES | _FILLS | {b"n"}
_LETTERS_FROM, _LETTERS_TO = 3.0, 500.0
_THINNEST = 0.02
"""Lines shorter than this have no direction."""
_THINNEST_FORM, _THINNEST_PICTURE = 0.1, 3.0
_THINNEST_CLIP, _THINNEST_CLIP_OF_OTHERS, _MOST_CLIPS = 20.0, 5.0, 20
_DEEPEST = 28
"""States and clips within each other: as ISO 32000-1, annex C, has it; ours have up to five."""
_PALE = 0.8
"""Of each colour."""
_MOST_NETS, _NET_PEN = 6, 2.5
"""Nets of scores that are nothing, on one page; they had thinner pens."""
_DOT = 2.0
"""A thicker pen loses corners and bends that are smaller than itself."""
_LARGEST_PICTURE = 5_000.0
_SLANTED = 5.0
"""How many times as wide as high letters may be."""
_SLANTED_PEN = 4.0
_SCALES = (0.05, 20.0)
"""By how much a form may be drawn smaller or larger than it says itself."""
_MOST_MOVES, _MOST_LINES, _LONGEST_LINE = 100, 1_000, 2_000
"""Steps of one place from another, and letters of a line: what programs round off adds up."""


def is_drawn_plainly(content: bytes, resources: Any, *, ours: bool = False) -> bool:
    """Known operators only, each in its place, and nothing that one program draws and another does not.

    What is ``ours`` is drawn in simple shapes, one at a time.
    """
    if not _DRAWING.fullmatch(content):
        return False
    return _Pen(resources, ours=ours).draws_plainly(content)


@dataclass(slots=True)
class _Ink:
    matrix: Matrix = PLAIN
    width: float = 1.0
    size: float | None = None
    butt: bool = True
    """Whether lines end where they end."""
    font: bytes = b""
    spacing: float = 0.0
    word_spacing: float = 0.0
    fill: tuple[float, ...] = (0.0, 0.0, 0.0)
    line: tuple[float, ...] = (0.0, 0.0, 0.0)
    dashes: tuple[float, ...] = ()
    raised: float = 0.0
    """By how much letters stand higher."""
    codes: frozenset[int] = frozenset()
    """Those of the font that show a letter."""
    moves: int = 0
    """Matrices that led here."""
    clips: int = 0
    inside: Box = EVERYWHERE
    """What is drawn within all of them."""


class _Pen:
    """Follows a page far enough to know where its lines lead, and how thick they are."""

    def __init__(self, resources: Any, *, ours: bool) -> None:
        self._resources = resources
        self._ours = ours
        self._lent: dict[tuple[bytes, bytes], Any] = {}
        self._codes: dict[bytes, frozenset[int]] = {}
        self._ink = _Ink()
        self._kept: list[_Ink] = []
        self._text = PLAIN
        self._lead = 0.0
        self._lines = self._letters_shown = 0
        self._parts: list[list[Point]] = []
        self._rows, self._written, self._beside = Lines(), Written(), Beside()
        self._clipped = 0
        self._widths: dict[bytes, list[float]] = {}
        self._advance = 0.0
        self._effort = 0
        self._nets = 0
        self._clips = False
        self._bend = math.inf
        """How far the nearest two ends of a bend are apart."""

    def draws_plainly(self, content: bytes) -> bool:
        """Whether all of it is plain, with as many ends as beginnings."""
        at = 0
        while found := _STEP.match(content, at):
            at = found.end()
            text, dashes, name, said, word = found.groups()
            if word == b"d":
                self._ink.dashes = tuple(map(float, dashes.split()))
            if word in _LENT and self._given(name, word) is None:
                return False
            if not self._step(word, tuple(map(float, said.split())), name, text):
                return False
        # whoever reads it in steps has to come to its end
        return not content[at:].strip(b" \n") and not self._kept

    def _given(self, name: bytes, word: bytes) -> Any:
        """What the resources have by a name; None when nothing, or nothing that is what it should be."""
        import pikepdf

        if (name, word) not in self._lent:
            held = self._resources
            for key in (_LENT[word], name.decode("ascii")):
                held = held.get(key) if isinstance(held, pikepdf.Dictionary) else None
            right = pikepdf.Stream if word == b"Do" else pikepdf.Dictionary
            self._lent[name, word] = held if isinstance(held, right) else None
        return self._lent[name, word]

    def _step(self, word: bytes, numbers: tuple[float, ...], name: bytes, text: bytes | None) -> bool:
        if word in _POINTS or word == b"re":
            return self._line(word, numbers)
        if word == b"q":
            self._kept.append(replace(self._ink))
            return len(self._kept) <= _DEEPEST
        if word == b"Q":
            if self._kept:
                self._ink = self._kept.pop()
                return True
            return False
        if word == b"cm":
            return self._move(numbers)
        if word == b"Do":
            return self._place(name)
        if text is not None:
            return self._show(text)
        if word in {b"Tm", b"BT", b"Td", b"T*"}:
            return self._go(word, numbers)
        return self._state(word, numbers, name) and self._paint(word)

    def _state(self, word: bytes, numbers: tuple[float, ...], name: bytes) -> bool:
        if word == b"w":
            self._ink.width = numbers[0]
        elif word == b"J":
            self._ink.butt = not numbers[0]
            return numbers[0] < 2 or not self._ours
        elif word in {b"W", b"W*"}:
            self._clips = True
        elif word == b"Ts":
            self._ink.raised = numbers[0]
        elif word == b"Tc":
            self._ink.spacing = numbers[0]
        elif word == b"Tw":
            self._ink.word_spacing = numbers[0]
        elif word == b"TL":
            self._lead = numbers[0]
        elif word in {b"g", b"rg"}:
            self._ink.fill = numbers * (3 // len(numbers))
        elif word in {b"G", b"RG"}:
            self._ink.line = numbers * (3 // len(numbers))
        elif word == b"Tf":
            self._ink.size = abs(numbers[0])
            if name not in self._codes:
                self._codes[name] = shown_codes(self._given(name, word))
                self._widths[name] = _widths(self._given(name, word))
            self._ink.font = name
            self._ink.codes = self._codes[name]
            return self._fits()
        return True

    def _move(self, numbers: Matrix) -> bool:
        self._ink.matrix = product(numbers, self._ink.matrix)
        self._ink.moves += 1
        return self._ink.moves <= _MOST_MOVES and are_near([end(self._ink.matrix)])

    def _go(self, word: bytes, numbers: Matrix) -> bool:
        """To where the next letters stand."""
        if word in {b"BT", b"Tm"}:
            self._text, self._lines = (numbers or PLAIN), 0
        else:
            across, up = numbers or (0.0, -self._lead)
            self._text = product((1.0, 0.0, 0.0, 1.0, across, up), self._text)
            self._lines += 1
        self._letters_shown, self._advance = 0, 0.0
        near = are_near([end(self._text), placed(end(self._text), self._ink.matrix)])
        return near and self._lines <= _MOST_LINES and (word == b"BT" or self._fits())

    def _show(self, text: bytes) -> bool:
        """Letters that the font has: for another code each program has a letter and a width of its own."""
        # a form may show letters of whoever draws it
        if self._ink.size is None:
            return False
        signs = _ESCAPED.sub(_unescaped, text) if b"\\" in text else text
        self._letters_shown += len(signs)
        matrix = product(self._text, self._ink.matrix)
        self._rows.add(matrix, self._ink.size * stretching(matrix)[1])
        if self._ours and self._ink.size and not self._write(signs, matrix, self._ink.size):
            return False
        return self._ink.codes.issuperset(signs) and self._letters_shown <= _LONGEST_LINE

    def _write(self, signs: bytes, matrix: Matrix, size: float) -> bool:
        """Remember where letters stand; never upon others."""
        widths, ink = self._widths[self._ink.font], self._ink
        width = sum(map(widths.__getitem__, signs)) * size
        width += ink.spacing * len(signs) + ink.word_spacing * signs.count(32)
        moved = product((1.0, 0.0, 0.0, 1.0, self._advance, ink.raised), matrix)
        self._advance += width
        return not signs.strip() or self._written.add(moved, size, width)

    def _fits(self) -> bool:
        if self._ink.size is None:
            return True
        least, most = stretching(product(self._text, self._ink.matrix))
        fits = _LETTERS_FROM <= least * self._ink.size <= most * self._ink.size <= _LETTERS_TO
        return fits and most <= least * _SLANTED

    def _line(self, word: bytes, numbers: tuple[float, ...]) -> bool:
        if word == b"re":
            x, y, width, height = numbers
            points = [(x + one * width, y + other * height) for one, other in CORNERS]
        else:
            points = list(zip(numbers[::2], numbers[1::2], strict=True))
        there = [placed(one, self._ink.matrix) for one in points]
        if word in {b"m", b"re"}:
            self._parts.append(there)
        else:
            if word != b"l":
                self._bend = min(self._bend, math.dist(self._parts[-1][-1], there[-1]))
            self._parts[-1] += there
        return are_near(there)

    def _place(self, name: bytes) -> bool:
        least, most = stretching(self._ink.matrix)
        if self._given(name, b"Do").get("/Subtype") != "/Form":
            there = [placed(one, self._ink.matrix) for one in CORNERS]
            if self._ours and not self._written.show(there):
                return False
            fits = _THINNEST_PICTURE <= least <= most <= _LARGEST_PICTURE and are_near(there)
            return fits and shows_its_points(self._given(name, b"Do"), self._ink.matrix, ours=self._ours)
        # what it draws has been looked at as if it began with a plain pen
        plain = (
            self._ink.butt
            and not self._ink.raised
            and _THINNEST_FORM <= self._ink.width * least <= self._ink.width * most <= _DOT
        )
        return plain and _SCALES[0] <= least <= most <= min(_SCALES[1], least * _SLANTED_PEN)

    def _paint(self, word: bytes) -> bool:
        if word not in _PAINTS or not self._parts:
            return True
        parts, self._parts = self._parts, []
        bend, self._bend = self._bend, math.inf
        self._effort += effort(parts)
        if self._effort > MOST_EFFORT or not is_bounded(parts) or (self._ours and not is_simple(parts)):
            return False
        if self._ours and word != b"n" and self._covers(word, parts):
            return False
        clips, self._clips = self._clips, False
        if clips and not self._clip(parts):
            return False
        if word in _FILLS and is_hair(parts) and not self._is_net(parts):
            return False
        if word in _STROKES and not self._is_plain_line(parts, bend):
            return False
        return not self._ours or self._has_room(word, parts[0], bent=bend < math.inf)

    def _has_room(self, word: bytes, part: list[Point], *, bent: bool) -> bool:
        """Whether it touches what lies beside it, or is apart from it; each of ours is one shape."""
        width = self._ink.width * stretching(self._ink.matrix)[1] if word in _STROKES else 0.0
        if word in _FILLS:
            return self._beside.fill(part, width, self._ink.fill, bent=bent)
        closed = [*part, part[0]] if word == b"s" or is_box(part) else part
        return word == b"n" or self._beside.draw(closed, width, self._ink.line)

    def _covers(self, word: bytes, parts: list[list[Point]]) -> bool:
        """Whether letters that stand there already are painted over."""
        filled = word in _FILLS and any(map(self._written.lie_under, parts))
        return filled or (word in _STROKES and any(map(self._written.are_struck, parts)))

    def _clip(self, parts: list[list[Point]]) -> bool:
        """Only what is inside is drawn from here on; some programs take in every point that it touches."""
        inside = within(self._ink.inside, parts)
        self._ink.clips += 1
        self._clipped += 1
        if self._ours and self._clipped > _MOST_CLIPS:
            return False
        self._ink.inside = inside
        least = _THINNEST_CLIP if self._ours else _THINNEST_CLIP_OF_OTHERS
        thick = min(inside[2] - inside[0], inside[3] - inside[1]) >= least
        box = len(parts) == 1 and is_box(parts[0])
        return thick and self._ink.clips <= _DEEPEST and not is_hair(parts) and (box or not self._ours)

    def _is_net(self, parts: list[list[Point]]) -> bool:
        """Our books had nets where a score is nothing: pale, few, and never over letters."""
        self._nets += 1
        few = self._nets <= _MOST_NETS and is_net(parts)
        return few and min(self._ink.fill) >= _PALE and not self._rows.has_near(parts[0])

    def _is_plain_line(self, parts: list[list[Point]], bend: float) -> bool:
        least, most = stretching(self._ink.matrix)
        width = self._ink.width * most
        if self._ink.width * least < FINEST_LINE or most > least * _SLANTED_PEN:
            return False
        if not are_plain_dashes(self._ink.dashes, self._ink.width, least, butt=self._ink.butt):
            return False
        short = [one for one in parts if extent(one) < FINEST_LINE]
        if short:
            self._nets += 1
            points = all(extent(one) == 0 for one in short)
            if not (points and self._ink.butt and width <= _NET_PEN and self._nets <= _MOST_NETS):
                return False
        return width <= _DOT or (width <= bend and all(is_longer(one, width) for one in parts))


def _unescaped(found: re.Match[bytes]) -> bytes:
    return found[1] if len(found[1]) == 1 else bytes([int(found[1], 8)])


def _widths(font: Any) -> list[float]:
    """How wide each code is, of a letter of one point."""
    found = [float(one) / 1000 for one in font.get("/Widths", ())]
    return found + [0.0] * (256 - len(found))
