"""What a stamp draws: whether every program keeps it in its place.

A stamp is laid into its place by its bounds and its matrix (ISO 32000-1, 12.5.5), and draws by a little
program of its own. A matrix without an inverse, numbers that vanish in single precision, or one state more
ended than was begun, and some programs draw it over the whole page: over what others have signed before.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, BinaryIO

from desktop.submission.pdf.packed import unpacked
from desktop.submission.pdf.places import PLAIN, Matrix
from desktop.submission.pdf.stamp_bounds import has_bounds, is_near, lies_plainly, numbers, outside
from desktop.submission.pdf.stamp_colours import profiles_of
from desktop.submission.pdf.stamp_glyphs import USUAL, Outlines
from desktop.submission.pdf.stamp_lent import (
    is_lent,
    is_lent_plainly,
    letters_of,
    named,
    outlines_of,
    plain_widths,
)
from desktop.submission.pdf.stamp_own import are_shared, is_known_again, keeps_letters, parts_of
from desktop.submission.pdf.stamp_pictures import points_of
from desktop.submission.pdf.stamp_program import program
from desktop.submission.pdf.stamp_scale import EVERYWHERE, NOWHERE, Drawn, around, moved
from desktop.submission.pdf.stamp_widths import Widths
from desktop.submission.pdf.stamp_work import Kept, Work

_DEEPEST, _MOST_FORMS, _MOST_DRAWN, _MOST_BYTES = 6, 40, 100, 1 << 20
"""Forms within a stamp, how often forms and pictures are drawn, and bytes of all of them: services draw a
picture, a name and a line or two."""
_MOST_DEEP = 56
_LARGEST_LETTERS = 1_500.0
"""Points that letters reach on paper; of some ten times as many cairo gives up the page."""
_MOST_LENT = 32
_SPARE = 72.0
"""Points around a small stamp into which it may draw; another one as far as it is wide or high."""

_BEYOND = 12.0
"""Points by which texts may begin or end beyond its bounds: a letter or two."""

_FORM = frozenset(
    f"/{name}"
    for name in (
        *("BBox", "Filter", "FormType", "Group", "LastModified", "Length", "Matrix", "Metadata", "Name"),
        *("PieceInfo", "Resources", "StructParent", "StructParents", "Subtype", "Type"),
    )
)
_LENT = frozenset({"/ColorSpace", "/ExtGState", "/Font", "/ProcSet", "/XObject"})


@dataclass(slots=True)
class Look:
    """What was found out about a stamp."""

    strays: str = ""
    """Why it may be drawn beyond its place, as ISO 32000-1 calls it; empty when it is not."""
    odd: str = ""
    """What no service needs and programs may draw otherwise; empty when nothing is."""
    draws: bool = False
    """Whether it puts ink on the page at all, or may."""
    says: bool = False
    """Whether there is anything in it but remarks."""
    work: Work = field(default_factory=Work)
    """How much there is to draw, in points of the page."""
    parts: set[tuple[int, int]] = field(default_factory=set)
    """The objects that its fonts are known by."""
    letters: dict[tuple[int, int | bytes], bytes] = field(default_factory=dict)
    """What those letters look like that a printer keeps by a number of their font."""
    unread: bool = False
    """Whether there is more that nobody has looked at, so that it may be drawn beyond its place as well."""


def look_at(stream: Any, *, shown: bool, place: tuple[float, float] | None = None) -> Look:
    """What a field's appearance draws; ``shown`` says that its place has an area, ``place`` how large."""
    found = Look()
    _Reading(found).stamp(stream, place)
    if found.draws and not found.strays and not (shown and lies_plainly(stream)):
        # without an area to be laid into some programs lay it nowhere, others over the page
        found.strays = "/BBox" if shown else "/Rect"
    return found


@dataclass(frozen=True, slots=True)
class OddStamp:
    """One that draws in a way that no signing service needs."""

    what: str
    """As ISO 32000-1 calls it."""
    page: int
    """From 0."""
    unread: bool
    """It could not be read to its end: it may be drawn over the whole page."""


def odd_stamp(file: BinaryIO) -> OddStamp | None:
    """The first stamp that draws as no signing service needs; one that cannot be read comes before others.

    Raises what pikepdf raises.
    """
    import pikepdf

    found: OddStamp | None = None
    work, parts, last = Work(), set[tuple[int, int]](), 0
    letters: dict[tuple[int, int | bytes], bytes] = {}
    file.seek(0)
    with pikepdf.open(file) as document:
        for number, page in enumerate(document.pages):
            for one in page.get("/Annots", ()):
                stream = one.get("/AP", pikepdf.Dictionary()).get("/N")
                box = numbers(one.get("/Rect"), 4)
                place = (abs(box[2] - box[0]), abs(box[3] - box[1])) if box is not None else None
                look = (
                    look_at(stream, shown=True, place=place) if isinstance(stream, pikepdf.Stream) else Look()
                )
                work.add(look.work)
                parts, last = parts | look.parts, number if look.parts else last
                if look.unread or not work.is_little:
                    return OddStamp(look.odd or "/AP /N", number, unread=True)
                if not keeps_letters(letters, look.letters):
                    return OddStamp("/FontFile3", number, unread=True)
                if look.odd and found is None:
                    found = OddStamp(look.odd, number, unread=False)
        if are_shared(document, parts):
            return OddStamp("/FontDescriptor", last, unread=True)
    return found


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a form or a picture draws, with what is drawn by it, in the measure of whoever lays it."""

    often: int = 0
    """Forms and pictures, each time they are laid."""
    deep: int = 0
    """States and clips within each other."""
    drawn: Drawn = field(default_factory=Drawn)

    def laid(self, matrix: Matrix) -> _Drawn:
        """The same where a matrix puts it."""
        a, b, c, d, *_ = matrix
        work, drawn = Work(), self.drawn
        work.add(drawn.work, abs(a * d - b * c))
        letters = drawn.letters.laid(matrix)
        box, ground, text = (moved(one, matrix) for one in (drawn.box, drawn.ground, drawn.text))
        return replace(self, drawn=Drawn(letters, box, ground, text, work))

    @property
    def is_little(self) -> bool:
        return self.often <= _MOST_DRAWN and self.deep <= _MOST_DEEP and self.drawn.work.is_little


_TOO_MUCH = _Drawn(_MOST_DRAWN)
_SQUARE = (0.0, 0.0, 1.0, 1.0)


class _Reading:
    """Goes through a stamp and the forms that it draws."""

    def __init__(self, found: Look) -> None:
        self._found = found
        self._forms: dict[tuple[int, int], _Drawn] = {}
        """What each draws; one that is not read to its end yet would draw itself."""
        self._bytes = 0
        self._kept = Kept()
        self._plain: set[tuple[str, tuple[int, int]]] = set()
        self._fonts: dict[tuple[int, int], tuple[Outlines, Widths]] = {}

    def stamp(self, stream: Any, place: tuple[float, float] | None) -> None:
        """All of it, laid into a place of so many points across and up."""
        drawn = self._form(stream, 0).drawn
        own = outside(stream)
        across, up = own[2] - own[0], own[3] - own[1]
        letters, work, scales = drawn.letters, self._found.work, (1.0, 1.0)
        work.add(drawn.work)
        work.area += work.grounds * across * up
        if place is not None and across and up:
            scales = place[0] / across, place[1] / up
            letters, larger = letters.laid((scales[0], 0, 0, scales[1], 0, 0)), scales[0] * scales[1]
            work.area, work.room = work.area * larger, work.room * larger
            work.written, work.drawn = (one * math.sqrt(larger) for one in (work.written, work.drawn))
        if not letters.are_plain(_LARGEST_LETTERS):
            self._say("/AP /N Tf", unread=True)
        if not work.is_little:
            self._say("/AP /N re", unread=True)
        if what := self._kept.too_many(work):
            self._say(what, unread=True)
        spare = max(across, up, _SPARE)
        grown = own[0] - spare, own[1] - spare, own[2] + spare, own[3] + spare
        beyond = drawn.ground != NOWHERE and not is_near(drawn.ground)
        if beyond or (drawn.box != NOWHERE and around(drawn.box, grown) != grown):
            # far beyond: some programs make room for all of it
            self._say("/AP /N cm", unread=True)
        # what is clipped away for the eye is copied, found and read aloud by some programs
        aside, over = (_BEYOND / one if one else 0.0 for one in scales)
        grown = own[0] - aside, own[1] - over, own[2] + aside, own[3] + over
        if drawn.text != NOWHERE and around(drawn.text, grown) != grown:
            self._say("/AP /N Tj")

    def _form(self, stream: Any, depth: int) -> _Drawn:
        """One form: its entries, its bounds, its program, and what that is lent. How much it draws."""
        if depth and stream.objgen in self._forms:
            return self._forms[stream.objgen]
        self._forms[stream.objgen] = _TOO_MUCH
        if depth > _DEEPEST or len(self._forms) > _MOST_FORMS:
            self._say("/Form", unread=True)
            return _TOO_MUCH
        if set(stream.keys()) - _FORM or not has_bounds(stream):
            self._say("/Form")
        if "/Group" in stream and not is_lent_plainly("/Group", stream.Group):
            self._say("/Group", unread=True)
        if depth and not lies_plainly(stream, within=True):
            self._found.strays = self._found.strays or "/Matrix"
        try:
            data = unpacked(stream)
        except (zlib.error, ValueError):
            data = None
        self._bytes += len(data or b"")
        each = self._lent(stream.get("/Resources"), depth)
        drawn = _Drawn()
        if data is None or self._bytes > _MOST_BYTES:
            self._say("/AP /N", unread=True)
        else:
            drawn = self._run(data, stream.get("/Resources"), each)
        if "/Group" in stream:
            # drawn by itself first, and then laid
            drawn.drawn.work.area += _area(numbers(stream.get("/BBox"), 4) or ())
        if not drawn.is_little:
            self._say("/AP /N Do", unread=True)
        self._forms[stream.objgen] = drawn.laid(numbers(stream.get("/Matrix", PLAIN), 6) or PLAIN)
        return self._forms[stream.objgen]

    def _font(
        self, lent: Any, here: dict[str, tuple[Outlines, Widths]], name: str
    ) -> tuple[Outlines, Widths]:
        """What letters of a font come to that the form has, and how wide each is."""
        if self._found.unread:
            # told as it is
            return USUAL, Widths()
        if name not in here:
            font = lent["/Font"][name]
            if font.objgen not in self._fonts or not font.is_indirect:
                self._fonts[font.objgen] = outlines_of(font), plain_widths(font)
            here[name] = self._fonts[font.objgen]
        return here[name]

    def _say(self, what: str, *, unread: bool = False) -> None:
        self._found.odd = self._found.odd or what
        if unread:
            self._found.draws = self._found.says = self._found.unread = True

    def _run(self, data: bytes, lent: Any, each: dict[str, _Drawn]) -> _Drawn:
        """What it is lent is the form's own: some programs look for what it has not in the page's."""
        font = partial(self._font, lent, {})
        found = program(data, partial(is_lent, lent), lambda name: font(name)[0], lambda name: font(name)[1])
        self._found.strays = self._found.strays or found.strays
        self._found.draws = self._found.draws or found.inks
        self._found.says = self._found.says or found.says
        if found.unread:
            self._say(found.unread, unread=True)
        often, deep, all_ = 0, found.deep, found.drawn
        for one in found.laid:
            drawn = each.get(one.name, _Drawn()).laid(one.plane)
            often, deep = often + 1 + drawn.often, max(deep, drawn.deep + one.deep)
            all_.letters = all_.letters.with_(drawn.drawn.letters)
            all_.box = around(all_.box, drawn.drawn.box)
            all_.ground = around(all_.ground, drawn.drawn.ground)
            elsewhere = one.moves_letters and drawn.drawn.text != NOWHERE
            all_.text = around(all_.text, EVERYWHERE if elsewhere else drawn.drawn.text)
            all_.work.add(drawn.drawn.work)
            all_.work.clipped += drawn.drawn.work.paints * one.corners
        return _Drawn(often, deep, all_)

    def _are_plain(self, kind: str, held: list[Any]) -> bool:
        """Whether things of a kind are such as services lend, each asked about once."""
        new = [one for one in held if not one.is_indirect or (kind, one.objgen) not in self._plain]
        if kind == "/Font":
            fonts = self._kept.fonts
            fonts.update(
                one.objgen if one.is_indirect else (0, -len(fonts) - at) for at, one in enumerate(new)
            )
            if len(fonts) > _MOST_LENT:
                return False
        good = all(is_lent_plainly(kind, one) for one in new)
        self._plain.update((kind, one.objgen) for one in new if good)
        return good

    def _keep(self, fonts: list[Any], *, listed: bool) -> None:
        """Plain fonts, and by what programs know them again; whether the list of them is an object."""
        for one in fonts:
            self._found.parts |= parts_of(one)
            if not keeps_letters(self._found.letters, letters_of(one)):
                self._say("/FontFile3", unread=True)
        if not listed and not all(map(is_known_again, fonts)):
            self._say("/Font", unread=True)

    def _lent(self, lent: Any, depth: int) -> dict[str, _Drawn]:
        """What is lent to a form; what each of the forms among that draws."""
        import pikepdf

        if lent is None:
            return {}
        if not isinstance(lent, pikepdf.Dictionary):
            self._say("/Resources", unread=True)
            return {}
        if set(lent.keys()) - _LENT:
            self._say("/Resources")
        for kind in ("/ExtGState", "/Font", "/ColorSpace"):
            held = named(lent, kind)
            if len(held) > _MOST_LENT or not self._are_plain(kind, [one for _, one in held]):
                self._say(kind, unread=True)
            elif kind == "/ColorSpace":
                self._kept.profiles.update(*(profiles_of(one) for _, one in held))
            elif kind == "/Font" and held:
                self._keep([one for _, one in held], listed=lent.Font.is_indirect)
        drawn: dict[str, _Drawn] = {}
        for name, each in named(lent, "/XObject"):
            if str(each.get("/Subtype", "")) == "/Form":
                drawn[name] = self._form(each, depth + 1)
            elif str(each.get("/Subtype", "")) == "/Image":
                self._found.draws = True
                self._kept.profiles |= profiles_of(each.get("/ColorSpace"))
                if is_lent_plainly("/Image", each):
                    drawn[name] = _Drawn(
                        drawn=Drawn(box=_SQUARE, work=Work(area=1.0, points=points_of(each)))
                    )
                else:
                    self._say("/Image", unread=True)
            else:
                self._say("/XObject", unread=True)
        return drawn


def _area(box: tuple[float, ...]) -> float:
    return abs((box[2] - box[0]) * (box[3] - box[1])) if box else 0.0
