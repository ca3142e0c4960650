"""The little program by which a stamp draws: in the few words that services write, and none beyond.

Programs agree on what is written plainly: each operator with the operands it takes, a line begun and
painted, letters within their text, names of what the form itself has. What is beyond that each reads in its
own way: it skips an operator or does not, looks for a name in the page's, goes on from another point, and one
state more ended than was begun lets a stamp draw over the whole page. Of some three hundred stamps of real
services, signed by iText, PDFBox, DSS, pyHanko and Acrobat, hardly any says more than stands here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.submission.pdf.places import Matrix
from desktop.submission.pdf.stamp_faces import Face
from desktop.submission.pdf.stamp_inks import Inks
from desktop.submission.pdf.stamp_scale import Drawn, Scale
from desktop.submission.pdf.stamp_work import MOST_WORDS

MOST_STATES = 28
"""States within each other, as in ISO 32000-1, annex C: beyond its own limit a program gives up the page."""
_SPACE = rb"[\x00\t\n\f\r ]"
_END = rb"(?=[\x00\t\n\f\r ()<>\[\]/%]|\Z)"
_WITHIN = rb"(?:[^()\\]|\\[\s\S])*+"
for _ in range(6):
    _WITHIN = rb"(?:[^()\\]|\\[\s\S]|\(" + _WITHIN + rb"\))*+"
_GAP = _SPACE + rb"*+(?:%[^\r\n]*+(?:[\r\n]" + _SPACE + rb"*+|\Z))*+"
_TOKEN = re.compile(
    rb"(?P<gap>"
    + _GAP
    + rb")(?:(?P<number>[+-]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)"
    + _END
    + rb")|(?P<name>/[^\x00\t\n\f\r ()<>\[\]{}/%]*+)"
    + rb"|(?P<text>\("
    + _WITHIN
    # of figures without their pair ghostscript makes no letter
    + rb"\)|<(?:[0-9A-Fa-f]{2})*+>)"
    + rb"|(?P<part>\[|\])"
    + rb"|(?P<word>[A-Za-z]{1,3}\*?|'|\")"
    + _END
    + rb")"
)
"""As most programs part words, so that what is ended too often is found in any case."""
_REST = re.compile(_GAP)
_PLAIN_GAP = re.compile(rb"[\t\n\r ]*+")
_PLAIN_REMARKS = re.compile(rb"([\t\n\r ]*+)(?:% ?DS[A-Za-z]{1,20}+(?:[\n\r][\t\n\r ]*+|\Z))*+")
"""What services write in place of a stamp that shows nothing, on a line of its own."""
_PLAIN = {
    "number": re.compile(rb"-?(?:[0-9]{1,7}(?:\.[0-9]{1,20})?|\.[0-9]{1,20})"),
    "name": re.compile(rb"/[A-Za-z0-9_+.,-]{1,127}"),
    "text": re.compile(rb"\((?:[^\\]|\\(?:[nrtbf()\\]|[0-3][0-7]{2}))*\)|<.*>", re.DOTALL),
}
"""As iText, PDFBox, pyHanko, Acrobat and ReportLab write: what each program reads alike. A sign beyond ASCII
parts words for some, and what is a name for others is for them a name and an operator."""
_USUAL_GAPS = frozenset({b"", b" ", b"\n"})
_LONGEST = 30_000
"""Bytes of one text."""

_NUMBER, _NAME, _TEXT, _BLANK, _NOTHING, _TEXTS, _OTHERS = "nNtbeax"
"""Operands; a text without letters; in brackets: nothing, texts with a number between them, other things."""
_KINDS = {"number": _NUMBER, "name": _NAME, "text": _TEXT}
_MOVED_TEXTS = re.compile(f"{_TEXT}({_NUMBER}?{_TEXT})*")
"""Where a text without letters stands among them, pdfium does not go there."""


def _taking(operands: str, *words: str) -> dict[bytes, re.Pattern[str]]:
    return {word.encode(): re.compile(operands) for word in words}


_STATE = {
    **_taking("n", "w", "J", "j", "M", "i", "g", "G"),
    **_taking("en", "d"),
    **_taking("N", "gs", "cs", "CS"),
    **_taking("n{3}", "rg", "RG"),
    **_taking("n{4}", "k", "K"),
    **_taking("n{1,3}", "sc", "SC"),
}
_ON_PATHS = {
    **_taking("n{2}", "m", "l"),
    **_taking("n{4}", "re"),
    **_taking("n{6}", "c"),
    **_taking("", "h", "W", "W*"),
}
_PAINTS_PATHS = _taking("", "S", "s", "f", "f*", "B", "B*", "n")
_OF_LETTERS = {
    **_taking("n", "Tc", "Tw", "Tz", "TL", "Ts", "Tr"),
    **_taking("Nn", "Tf"),
}
_IN_TEXTS = {
    **_taking("n{2}", "Td", "TD"),
    **_taking("n{6}", "Tm"),
    **_taking("", "T*"),
    **_taking("[tb]", "Tj", "'"),
    **_taking("a", "TJ"),
}
_MARKS = {
    **_taking("N", "BMC"),
    **_taking("", "EMC"),
}
_BESIDE = {
    **_taking("", "q", "Q", "BT", "ET"),
    **_taking("n{6}", "cm"),
    **_taking("N", "Do"),
}
"""Shadings, inline pictures and letters that are little programs of their own are left out."""
_TAKES = {**_STATE, **_ON_PATHS, **_PAINTS_PATHS, **_OF_LETTERS, **_IN_TEXTS, **_MARKS, **_BESIDE}
_NO_INK = frozenset({b"q", b"Q", b"cm", b"Do", b"BMC", b"EMC"})
"""What an invisible signature of some services says, whose forms say nothing."""
_PAIRS = {b"q": b"Q", b"BT": b"ET", b"BMC": b"EMC"}
_ENDS = frozenset(_PAIRS.values())
_PAINTED = dict.fromkeys(_PAINTS_PATHS, "page")
_WHERE: dict[str, dict[bytes, str]] = {
    "page": {
        **dict.fromkeys((*_STATE, *_OF_LETTERS, *_MARKS, *_BESIDE, b"n"), "page"),
        b"BT": "text",
        b"m": "begun",
        b"re": "square",
    },
    "text": {**dict.fromkeys((*_STATE, *_OF_LETTERS, *_IN_TEXTS, *_MARKS), "text"), b"ET": "page"},
    # cairo begins once more behind its last line, and PDFKit.NET before a rectangle
    "begun": {b"l": "line", b"c": "line", b"re": "closed", b"f": "page", b"f*": "page"},
    "line": {b"l": "line", b"c": "line", b"h": "closed", b"m": "begun", b"re": "closed", **_PAINTED},
    # behind what is closed Firefox goes on from its last point, others from where it began
    "closed": {b"m": "begun", b"re": "closed", **_PAINTED},
    "square": {b"m": "begun", b"re": "closed", b"W": "cut", b"W*": "cut", **_PAINTED},
    "cut": {b"n": "page"},
}
"""What is said where, and where it leads (ISO 32000-1, figure 9). A line that is begun and not painted is
left to the next stamp, by some programs, and so are letters outside a text. What cuts is one rectangle."""
_HELD = {b"Tf": "/Font", b"gs": "/ExtGState", b"Do": "/XObject"}
_SHOWN = frozenset({b"0", b"2", b"3"})
"""Ways of showing letters: filled, with a line around them too, or not at all."""

Has = Callable[[str, str], bool]
"""Whether the form itself has something of a kind by a name."""


class Laid(NamedTuple):
    """A form or picture that is drawn."""

    name: str
    plane: Matrix
    """Where."""
    deep: int
    """In how many states and clips."""
    clips: int
    said: frozenset[str]
    """Which colours were said before it."""


@dataclass(slots=True)
class Program:
    """What was found out about it."""

    strays: str = ""
    """What is ended and was not begun, or the other way round."""
    unread: str = ""
    """The first thing that programs read each in its own way."""
    inks: bool = False
    """Whether it says more than that forms are laid somewhere, so that something may be painted."""
    says: bool = False
    """Whether it says anything at all."""
    laid: list[Laid] = field(default_factory=list)
    """The forms and pictures that it draws, in order."""
    drawn: Drawn = field(default_factory=Drawn)
    deep: int = 0
    """How many states and clips lie within each other."""
    borrowed: frozenset[str] = frozenset()
    """Which colours it draws in without having said them."""


def program(data: bytes, has: Has, faces: Callable[[str], Face | None]) -> Program:
    """Read it to its end, or to what nobody can read. By its name a font has a face: how wide letters are."""
    reading = _Reading(has, faces)
    reading.go(data)
    return reading.found


class _Reading:
    """One operator after the other, with what stands before it."""

    def __init__(self, has: Has, faces: Callable[[str], Face | None]) -> None:
        self._scale, self._inks = Scale(), Inks()
        self.found = Program(drawn=self._scale.drawn)
        self._has, self._faces = has, faces
        self._open: list[bytes] = []
        self._where = "page"
        self._kinds: list[str] = []
        self._operands: list[bytes] = []
        self._values: list[float] = []
        self._shown: list[bytes | float] = []
        """Texts, and how far the next one is moved."""
        self._within: list[str] | None = None
        """What stands in brackets."""

    def go(self, data: bytes) -> None:
        at = 0
        while (token := _TOKEN.match(data, at)) and not self.found.strays:
            at, self.found.says = token.end(), True
            kind = token.lastgroup or ""
            said = token[kind]
            self._written(token["gap"], kind, said, first=token.start() == 0)
            if kind == "number":
                self._values.append(float(said))
                self._shown.append(float(said))
            elif kind == "text":
                self._shown.append(said)
            if kind == "part":
                good = self._part(said)
            elif kind == "word":
                good = self._word(said)
            else:
                good = True
                self._take(_BLANK if kind == "text" and len(said) == len(b"()") else _KINDS[kind], said)
            if not good or self.found.drawn.work.words > MOST_WORDS:
                self._unread(said)
                return
        if self.found.strays:
            return
        rest = _REST.fullmatch(data, at)
        if rest is None or self._kinds or self._within is not None:
            self._unread(b"")
        elif self._open:
            self.found.strays = "/AP /N"
        elif self._where != "page" or not _is_plain_gap(rest[0], first=not at):
            self._unread(b"")

    def _written(self, gap: bytes, kind: str, said: bytes, *, first: bool) -> None:
        """Every program reads a word alike that is written plainly."""
        plain = _PLAIN.get(kind)
        if (gap not in _USUAL_GAPS and not _is_plain_gap(gap, first=first)) or (
            plain is not None and not plain.fullmatch(said)
        ):
            self._unread(said)
        elif len(said) > _LONGEST:
            self._unread(b"")

    def _unread(self, word: bytes) -> None:
        self.found.unread = self.found.unread or f"/AP /N {word.decode('latin-1')}".strip()

    def _part(self, part: bytes) -> bool:
        """A bracket: within one there is no other."""
        if (part == b"[") != (self._within is None):
            return False
        if self._within is None:
            self._within = []
            return True
        within, self._within = "".join(self._within), None
        self._take(_TEXTS if _MOVED_TEXTS.fullmatch(within) else _OTHERS if within else _NOTHING, b"")
        return True

    def _take(self, kind: str, said: bytes) -> None:
        if self._within is not None:
            self._within.append(kind)
            return
        self._kinds.append(kind)
        self._operands.append(said)

    def _word(self, word: bytes) -> bool:
        """An operator. False where nobody knows it, so that what follows cannot be read."""
        if self._within is not None or word not in _TAKES:
            return False
        if word in _PAIRS:
            self._open.append(_PAIRS[word])
        elif word in _ENDS and (not self._open or self._open.pop() != word):
            self.found.strays = "/AP /N"
        if len(self._open) > MOST_STATES:
            self.found.strays = "/AP /N q"
        kinds, operands, values, shown = "".join(self._kinds), self._operands, self._values, self._shown
        self._kinds, self._operands, self._values, self._shown = [], [], [], []
        self.found.inks = self.found.inks or word not in _NO_INK
        there = _WHERE[self._where].get(word)
        plain = there is not None and _TAKES[word].fullmatch(kinds)
        known = plain and self._is_known(word, operands)
        if not self._inks.step(word, operands) or not known or not self._scale.step(word, values, shown):
            # but it goes on, as what is ended too often is refused
            self._unread(word)
        self.found.borrowed = self._inks.borrowed
        self.found.deep = max(self.found.deep, self._scale.deep)
        self._where = there or self._where
        return True

    def _is_known(self, word: bytes, operands: list[bytes]) -> bool:
        """Whether what is meant by a name or a number is the form's own, or everybody's."""
        if word == b"Tr":
            return operands[0] in _SHOWN
        return word not in _HELD or self._holds(_HELD[word], operands[0])

    def _holds(self, kind: str, name: bytes) -> bool:
        known = self._has(kind, name.decode("latin-1"))
        if known and kind == "/Font":
            self._scale.write_with(self._faces(name.decode("latin-1")))
        if known and kind == "/XObject":
            scale, said = self._scale, self._inks.said
            self.found.laid.append(Laid(name.decode("latin-1"), scale.plane, scale.deep, scale.clips, said))
        return known


def _is_plain_gap(gap: bytes, *, first: bool) -> bool:
    if b"%" not in gap:
        return _PLAIN_GAP.fullmatch(gap) is not None
    remarks = _PLAIN_REMARKS.fullmatch(gap)
    return remarks is not None and (first or remarks[1].endswith((b"\n", b"\r")))
