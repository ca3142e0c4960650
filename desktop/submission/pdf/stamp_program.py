"""The little program by which a stamp draws: read as ISO 32000-1 has it, and not beyond.

Programs agree on what is written plainly: each operator with the operands it takes, a line begun and
painted, letters within their text, brackets that close each other, names of what the form itself has. What is
beyond that each reads in its own way: it skips an operator or does not, looks for a name in the page's, and
one state more ended than was begun lets a stamp draw over the whole page.
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
    + rb"\)|<[0-9A-Fa-f\x00\t\n\f\r ]*+>(?!>))"
    + rb"|(?P<part>\[|\]|<<|>>)"
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
    "number": re.compile(rb"[+-]?(?:[0-9]{1,7}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})"),
    "name": re.compile(rb"/[A-Za-z0-9_+.,-]{1,127}"),
    "text": re.compile(rb"\((?:[^\\]|\\(?:[nrtbf()\\]|[0-7]{1,3}))*\)|<[0-9A-Fa-f\t\n\r ]*+>", re.DOTALL),
}
"""As iText, PDFBox, pyHanko, Acrobat and ReportLab write: what each program reads alike. A sign beyond ASCII
parts words for some, and what is a name for others is for them a name and an operator."""
_USUAL_GAPS = frozenset({b"", b" ", b"\n"})
_LONGEST = 30_000
"""Bytes of one text."""

_NUMBER, _NAME, _TEXT, _NUMBERS, _TEXTS, _OTHERS, _ENTRIES = "nNtdaxD"
"""Operands; in brackets: numbers alone, texts with or without them, other things; and a dictionary of names
and numbers."""
_KINDS = {"number": _NUMBER, "name": _NAME, "text": _TEXT}


def _taking(operands: str, *words: str) -> dict[bytes, re.Pattern[str]]:
    return {word.encode(): re.compile(operands) for word in words}


_STATE = {
    **_taking("n", "w", "J", "j", "M", "i", "g", "G"),
    **_taking("dn", "d"),
    **_taking("N", "ri", "gs", "cs", "CS"),
    **_taking("n{3}", "rg", "RG"),
    **_taking("n{4}", "k", "K"),
    **_taking("n{1,4}", "sc", "SC", "scn", "SCN"),
}
_ON_PATHS = {
    **_taking("n{2}", "m", "l"),
    **_taking("n{4}", "v", "y", "re"),
    **_taking("n{6}", "c"),
    **_taking("", "h", "W", "W*"),
}
_PAINTS_PATHS = _taking("", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n")
_OF_LETTERS = {
    **_taking("n", "Tc", "Tw", "Tz", "TL", "Ts", "Tr"),
    **_taking("Nn", "Tf"),
}
_IN_TEXTS = {
    **_taking("n{2}", "Td", "TD"),
    **_taking("n{6}", "Tm"),
    **_taking("", "T*"),
    **_taking("t", "Tj", "'"),
    **_taking("nnt", '"'),
    **_taking("[ad]", "TJ"),
}
_MARKS = {
    **_taking("N", "MP", "BMC"),
    **_taking("N[ND]", "DP", "BDC"),
    **_taking("", "EMC"),
}
_BESIDE = {
    **_taking("", "q", "Q", "BT", "ET"),
    **_taking("n{6}", "cm"),
    **_taking("N", "Do"),
}
"""Shadings, inline pictures and letters that are little programs of their own are left out."""
_TAKES = {**_STATE, **_ON_PATHS, **_PAINTS_PATHS, **_OF_LETTERS, **_IN_TEXTS, **_MARKS, **_BESIDE}
_NO_INK = frozenset({b"q", b"Q", b"cm", b"Do", b"BMC", b"BDC", b"EMC"})
"""What an invisible signature of some services says, whose forms say nothing."""
_PAIRS = {b"q": b"Q", b"BT": b"ET", b"BMC": b"EMC", b"BDC": b"EMC"}
_ENDS = frozenset(_PAIRS.values())
_WHERE: dict[str, frozenset[bytes]] = {
    "page": frozenset({*_STATE, *_OF_LETTERS, *_MARKS, *_BESIDE, b"m", b"re", b"n"}),
    "path": frozenset({*_STATE, *_ON_PATHS, *_PAINTS_PATHS}),
    "text": frozenset({*_STATE, *_OF_LETTERS, *_IN_TEXTS, *_MARKS, b"ET"}),
}
"""What is said where (ISO 32000-1, figure 9). A line that is begun and not painted is left to the next stamp,
by some programs, and so are letters outside a text."""
_LEAVES = {
    **dict.fromkeys((b"m", b"re"), "path"),
    **dict.fromkeys((*_PAINTS_PATHS, b"ET"), "page"),
    b"BT": "text",
}
_HELD = {b"Tf": "/Font", b"gs": "/ExtGState", b"Do": "/XObject", b"cs": "/ColorSpace", b"CS": "/ColorSpace"}
_DEVICES = frozenset({b"/DeviceGray", b"/DeviceRGB", b"/DeviceCMYK"})
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
    corners: int
    """Of these."""


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


def program(
    data: bytes, has: Has, faces: Callable[[str], Face | None], parts: Callable[[str], int]
) -> Program:
    """Read it to its end, or to what nobody can read.

    By its name, letters of a font have widths, its face, and colours of a space have ``parts``.
    """
    reading = _Reading(has, faces, Inks(parts))
    reading.go(data)
    return reading.found


class _Reading:
    """One operator after the other, with what stands before it."""

    def __init__(self, has: Has, faces: Callable[[str], Face | None], inks: Inks) -> None:
        self._scale, self._inks = Scale(), inks
        self.found = Program(drawn=self._scale.drawn)
        self._has, self._faces = has, faces
        self._open: list[bytes] = []
        self._where = "page"
        self._kinds: list[str] = []
        self._operands: list[bytes] = []
        self._values: list[float] = []
        self._shown: list[bytes | float] = []
        """Texts, and how far the next one is moved."""
        self._bracket = b""
        self._within: list[str] = []

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
            elif self._bracket:
                good = True
                self._within.append(_KINDS[kind])
            else:
                good = True
                self._kinds.append(_KINDS[kind])
                self._operands.append(said)
            if not good or self.found.drawn.work.words > MOST_WORDS:
                self._unread(said)
                return
        if self.found.strays:
            return
        rest = _REST.fullmatch(data, at)
        if rest is None or self._kinds or self._bracket:
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
        within = "".join(self._within)
        if part in {b"<<", b"["} and not self._bracket:
            self._bracket = part
        elif part == b"]" and self._bracket == b"[":
            self._bracket = b""
            self._take(_NUMBERS if set(within) <= {_NUMBER} else _TEXTS if _NAME not in within else _OTHERS)
        elif part == b">>" and self._bracket == b"<<":
            self._bracket = b""
            self._take(_ENTRIES)
            return len(within) % 2 == 0 and set(within[::2]) <= {_NAME} and set(within) <= {_NAME, _NUMBER}
        else:
            return False
        return True

    def _take(self, kind: str) -> None:
        self._within = []
        self._kinds.append(kind)
        self._operands.append(b"")

    def _word(self, word: bytes) -> bool:
        """An operator. False where nobody knows it, so that what follows cannot be read."""
        if self._bracket or word not in _TAKES:
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
        plain = word in _WHERE[self._where] and _TAKES[word].fullmatch(kinds)
        known = plain and self._is_known(word, kinds, operands)
        if not known or not self._inks.step(word, operands, values):
            self._unread(word)
        if known and not self._scale.step(word, values, shown):
            self._unread(word)
        self.found.deep = max(self.found.deep, self._scale.deep)
        self._where = _LEAVES.get(word, self._where)
        return True

    def _is_known(self, word: bytes, kinds: str, operands: list[bytes]) -> bool:
        """Whether what is meant by a name or a number is the form's own, or everybody's."""
        if word == b"Tr":
            return operands[0] in _SHOWN
        if word in {b"cs", b"CS"} and operands[0] in _DEVICES:
            return True
        if kinds == "NN" and word in {b"BDC", b"DP"}:
            return self._holds("/Properties", operands[1])
        return word not in _HELD or self._holds(_HELD[word], operands[0])

    def _holds(self, kind: str, name: bytes) -> bool:
        known = self._has(kind, name.decode("latin-1"))
        if known and kind == "/Font":
            self._scale.write_with(self._faces(name.decode("latin-1")))
        if known and kind == "/XObject":
            scale = self._scale
            self.found.laid.append(Laid(name.decode("latin-1"), scale.plane, scale.deep, scale.corners))
        return known


def _is_plain_gap(gap: bytes, *, first: bool) -> bool:
    if b"%" not in gap:
        return _PLAIN_GAP.fullmatch(gap) is not None
    remarks = _PLAIN_REMARKS.fullmatch(gap)
    return remarks is not None and (first or remarks[1].endswith((b"\n", b"\r")))
