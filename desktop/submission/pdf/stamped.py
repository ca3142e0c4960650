"""What a stamp draws: whether every program keeps it in its place.

A stamp is laid into its place by its bounds and its matrix (ISO 32000-1, 12.5.5), and draws by a little
program of its own. A matrix without an inverse, numbers that vanish in single precision, or one state more
ended than was begun, and some programs draw it over the whole page: over what others have signed before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, BinaryIO

from desktop.base import Message
from desktop.submission.pdf.packed import unpacked
from desktop.submission.pdf.places import PLAIN
from desktop.submission.pdf.plain_values import name_of
from desktop.submission.pdf.stamp_bounds import has_bounds, is_near, lies_plainly, numbers, outside, turned
from desktop.submission.pdf.stamp_colours import profiles_of
from desktop.submission.pdf.stamp_drawn import FINEST, MOST_DRAWN, FormDrawn, picture_drawn
from desktop.submission.pdf.stamp_faces import NO_FACE, Face, face_of
from desktop.submission.pdf.stamp_fonts import is_followed, known_widths
from desktop.submission.pdf.stamp_lent import is_lent, is_lent_plainly, named
from desktop.submission.pdf.stamp_profiles import is_known_profile
from desktop.submission.pdf.stamp_program import program
from desktop.submission.pdf.stamp_scale import CUT
from desktop.submission.pdf.stamp_texts import NOWHERE, around
from desktop.submission.pdf.stamp_work import Work

_DEEPEST, _MOST_FORMS, _MOST_BYTES = 6, 40, 1 << 20
"""Forms within a stamp, and bytes of all of them: services draw a picture, a name and a line or two."""
_MOST_TOLD = 8
_UNSEEN, _PRINTED = 1 | 2 | 4, 4
"""Of a field's flags: that some do not know it, that it is hidden, and that it is on paper as well."""
_MOST_LENT = 32
_SPARE = 72.0
"""Points around a small stamp into which it may draw; another one as far as it is wide or high."""

_BEYOND = 2.0
"""Points by which letters may lie beyond its bounds: what the sides of some of them take."""

_FORM = frozenset(
    f"/{name}"
    for name in (
        *("BBox", "Filter", "FormType", "Group", "LastModified", "Length", "Matrix", "Metadata", "Name"),
        *("PieceInfo", "Resources", "StructParent", "StructParents", "Subtype", "Type"),
    )
)
_LENT = frozenset({"/ExtGState", "/Font", "/ProcSet", "/XObject"})


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
    own_letters: bool = False
    """Whether it has letters, or fonts for such, of which nobody knows how other programs show them."""
    turned: frozenset[int] = frozenset()
    """By how many quarters any of its letters are turned to the left."""
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


@dataclass(frozen=True, slots=True)
class Stamps:
    """What was found out about all of a document."""

    odds: tuple[OddStamp, ...] = ()
    """All that are."""
    own_letters: tuple[int, ...] = ()
    """Pages, from 0, where a stamp has letters in a font of its own, or such as are not plainly written."""

    @property
    def odd(self) -> OddStamp | None:
        """The one that is told first: what cannot be read comes before others."""
        return next((one for one in self.odds if one.unread), next(iter(self.odds), None))

    @property
    def unread(self) -> frozenset[int]:
        """The pages, from 0, with one that may be drawn over all of it."""
        return frozenset(one.page for one in self.odds if one.unread)

    def letters_noted(self, name: str) -> tuple[Message, ...]:
        """What whoever reads the document ``name`` is told of those letters, if anything."""
        if not self.own_letters:
            return ()
        pages = [str(one + 1) for one in self.own_letters[:_MOST_TOLD]]
        pages += ["…"] * (len(self.own_letters) > _MOST_TOLD)
        return (Message("submission.note.stamp_letters", file=name, page=", ".join(pages)),)


def stamps_of(file: BinaryIO) -> Stamps:
    """Look at the stamps of a document: what comes when there is too much to draw is not read any more.

    Raises what pikepdf raises.
    """
    import pikepdf

    odds, work, pages = list[OddStamp](), Work(), list[int]()
    file.seek(0)
    with pikepdf.open(file) as document:
        for number, page in enumerate(document.pages):
            for one in page.get("/Annots", ()):
                look = _look_at_field(one, page.obj, work)
                if look.own_letters and number not in pages:
                    pages.append(number)
                if look.odd:
                    odds.append(OddStamp(look.odd, number, look.unread))
    return Stamps(tuple(odds), tuple(pages))


def _look_at_field(field: Any, page: Any, work: Work) -> Look:
    """One stamp; ``work``: how much there was to draw before it, and is with it."""
    import pikepdf

    stream, box = field.get("/AP", pikepdf.Dictionary()).get("/N"), numbers(field.get("/Rect"), 4)
    if not isinstance(stream, pikepdf.Stream):
        return Look()
    goes_on = work.is_little
    if not goes_on:
        return Look(odd="/AP /N", unread=True)
    place = (abs(box[2] - box[0]), abs(box[3] - box[1])) if box is not None else None
    look = look_at(stream, shown=True, place=place)
    work.add(look.work)
    if not work.is_little:
        look = replace(look, odd=look.odd or "/AP /N", unread=True)
    flags = field.get("/F", 0)
    if look.draws and not look.odd and not (isinstance(flags, int) and flags & _UNSEEN == _PRINTED):
        # on the screen and not on paper, or nowhere
        look.odd = "/F"
    upside = bool(look.turned - {turned(page)})
    return replace(look, own_letters=look.own_letters or upside)


_TOO_MUCH = FormDrawn(MOST_DRAWN)


class _Reading:
    """Goes through a stamp and the forms that it draws."""

    def __init__(self, found: Look) -> None:
        self._found = found
        self._forms: dict[tuple[int, int], FormDrawn] = {}
        """What each draws; one that is not read to its end yet would draw itself."""
        self._bytes = 0
        self._profiled: set[tuple[int, int]] = set()
        self._lent_fonts: set[tuple[int, int]] = set()
        self._plain: set[tuple[int, int]] = set()
        self._fonts: dict[tuple[int, int], Face] = {}
        """Of those that are objects."""

    def stamp(self, stream: Any, place: tuple[float, float] | None) -> None:
        """All of it, laid into a place of so many points across and up."""
        form = self._form(stream, 0)
        drawn = form.drawn
        own = outside(stream)
        across, up = own[2] - own[0], own[3] - own[1]
        letters, work, scales = drawn.letters, self._found.work, (1.0, 1.0)
        work.add(drawn.work)
        work.area += work.grounds * across * up
        if place is not None and across and up:
            scales = place[0] / across, place[1] / up
            letters, larger = letters.laid((scales[0], 0, 0, scales[1], 0, 0)), scales[0] * scales[1]
            work.area, work.drawn = work.area * larger, work.drawn * math.sqrt(larger)
        if form.fine > FINEST * scales[0] * scales[1]:
            self._say("/Image")
        if drawn.layers.hides:
            self._say("/AP /N f")
        if not letters.are_plain:
            self._say("/AP /N Tf", unread=True)
        if not work.is_little:
            self._say("/AP /N re", unread=True)
        if not work.keeps(len(self._lent_fonts)):
            self._say("/Font", unread=True)
        spare = max(across, up, _SPARE)
        grown = own[0] - spare, own[1] - spare, own[2] + spare, own[3] + spare
        beyond = drawn.ground != NOWHERE and not is_near(drawn.ground)
        if beyond or (drawn.box != NOWHERE and around(drawn.box, grown) != grown):
            # far beyond: some programs make room for all of it
            self._say("/AP /N cm", unread=True)
        # what is clipped away for the eye is copied, found and read aloud by some programs
        aside, over = (_BEYOND / one if one else 0.0 for one in scales)
        grown = own[0] - aside, own[1] - over, own[2] + aside, own[3] + over
        self._found.turned = drawn.texts.turned
        if work.letters and not (drawn.texts.are_plain_within(grown) and letters.are_usual):
            self._found.own_letters = True

    def _form(self, stream: Any, depth: int) -> FormDrawn:
        """One form: its entries, its bounds, its program, and what that is lent. How much it draws."""
        if depth and stream.objgen in self._forms:
            return self._forms[stream.objgen]
        self._forms[stream.objgen] = _TOO_MUCH
        if depth > _DEEPEST or len(self._forms) > _MOST_FORMS:
            self._say("/Form", unread=True)
            return _TOO_MUCH
        if set(stream.keys()) - _FORM or not has_bounds(stream):
            self._say("/Form")
        if "/Group" in stream:
            if is_lent_plainly("/Group", stream.Group):
                self._profiles(stream.Group.get("/CS"))
            else:
                self._say("/Group", unread=True)
        if depth and not lies_plainly(stream, within=True):
            self._found.strays = self._found.strays or "/Matrix"
        data = unpacked(stream)
        self._bytes += len(data or b"")
        each = self._lent(stream.get("/Resources"), depth)
        drawn = FormDrawn()
        if data is None or self._bytes > _MOST_BYTES:
            self._say("/AP /N", unread=True)
        else:
            drawn = self._run(data, stream.get("/Resources"), each)
        if "/Group" in stream:
            # drawn by itself first, and then laid
            drawn.drawn.work.area += _area(numbers(stream.get("/BBox"), 4) or ())
            drawn = replace(drawn, grouped=drawn.borrowed)
        if not drawn.is_little:
            self._say("/AP /N Do", unread=True)
        self._forms[stream.objgen] = drawn.laid(numbers(stream.get("/Matrix", PLAIN), 6) or PLAIN)
        return self._forms[stream.objgen]

    def _font(self, lent: Any, here: dict[str, Face], name: str) -> Face | None:
        """How wide letters of a font are that the form has; None where it is none."""
        if name not in here:
            font = lent["/Font"][name]
            if is_followed(font):
                kept = self._fonts.get(font.objgen, NO_FACE)
                here[name] = kept if font.is_indirect else face_of(font, known_widths(font))
        return here.get(name)

    def _say(self, what: str, *, unread: bool = False) -> None:
        self._found.odd = self._found.odd or what
        if unread:
            self._found.draws = self._found.says = self._found.unread = True

    def _run(self, data: bytes, lent: Any, each: dict[str, FormDrawn]) -> FormDrawn:
        """What it is lent is the form's own: some programs look for what it has not in the page's."""
        found = program(data, partial(is_lent, lent), partial(self._font, lent, {}))
        self._found.strays = self._found.strays or found.strays
        self._found.draws = self._found.draws or found.inks
        self._found.says = self._found.says or found.says
        if found.unread:
            self._say(found.unread, unread=True)
        often, deep, all_, laid = 0, found.deep, found.drawn, iter(found.laid)
        fine, borrowed, grouped = 0.0, found.borrowed, frozenset[str]()
        for step in all_.steps:
            if step.kind != "laid":
                all_.layers.draw(step)
                continue
            one = next(laid)
            drawn = each.get(one.name, FormDrawn()).laid(one.plane)
            if drawn.grouped & one.said:
                # in colours of its own Ghostscript begins with black
                self._say("/Group")
            borrowed, grouped = borrowed | (drawn.borrowed - one.said), grouped | (drawn.grouped - one.said)
            fine = max(fine, drawn.fine)
            often, deep = often + 1 + drawn.often, max(deep, drawn.deep + one.deep)
            all_.letters = all_.letters.with_(drawn.drawn.letters)
            all_.texts = all_.texts.with_(drawn.drawn.texts)
            all_.box = around(all_.box, drawn.drawn.box)
            all_.ground = around(all_.ground, drawn.drawn.ground)
            all_.work.add(drawn.drawn.work)
            all_.work.clipped += drawn.drawn.work.paints * CUT * one.clips
            if often <= MOST_DRAWN and all_.work.is_little:
                all_.layers.lay(drawn.drawn.layers, step.box)
        return FormDrawn(often, deep, all_, fine, borrowed, grouped)

    def _are_plain(self, states: list[Any]) -> bool:
        """Whether states are such as services lend, each asked about once."""
        new = [one for one in states if not one.is_indirect or one.objgen not in self._plain]
        good = all(is_lent_plainly("/ExtGState", one) for one in new)
        self._plain.update(one.objgen for one in new if good)
        return good

    def _profiles(self, space: Any) -> None:
        """Known ones, or of others; each is asked about once."""
        for one in (one for one in profiles_of(space) if one.objgen not in self._profiled):
            self._profiled.add(one.objgen)
            if not is_known_profile(one):
                self._say("/ICCBased")

    def _fonts_of(self, held: list[Any]) -> None:
        """Known ones, or of others; each is asked about once."""
        fonts = self._lent_fonts
        for one in held:
            if not is_followed(one):
                self._say("/Font", unread=True)
                continue
            if one.is_indirect and one.objgen in fonts:
                continue
            fonts.add(one.objgen if one.is_indirect else (0, -len(fonts)))
            if len(fonts) > _MOST_LENT:
                self._say("/Font", unread=True)
                return
            widths = known_widths(one)
            if one.is_indirect:
                self._fonts[one.objgen] = face_of(one, widths)
            self._found.own_letters = self._found.own_letters or widths is None

    def _lent(self, lent: Any, depth: int) -> dict[str, FormDrawn]:
        """What is lent to a form; what each of the forms among that draws."""
        import pikepdf

        if lent is None:
            return {}
        if not isinstance(lent, pikepdf.Dictionary):
            self._say("/Resources", unread=True)
            return {}
        if "/ColorSpace" in lent:
            # programs look there for the names that everybody has, or do not
            self._say("/ColorSpace", unread=True)
        if set(lent.keys()) - _LENT:
            self._say("/Resources")
            # which may have fonts of their own
            self._found.own_letters = self._found.own_letters or bool(named(lent, "/Pattern"))
        self._fonts_of([one for _, one in named(lent, "/Font")])
        states = [one for _, one in named(lent, "/ExtGState")]
        if len(states) > _MOST_LENT or not self._are_plain(states):
            self._say("/ExtGState", unread=True)
        drawn: dict[str, FormDrawn] = {}
        for name, each in named(lent, "/XObject"):
            kind = name_of(each.get("/Subtype"))
            if kind == "/Form":
                drawn[name] = self._form(each, depth + 1)
            elif kind == "/Image":
                self._found.draws = True
                if is_lent_plainly("/Image", each):
                    self._profiles(each.get("/ColorSpace"))
                    drawn[name] = picture_drawn(each)
                else:
                    self._say("/Image", unread=True)
            else:
                self._say("/XObject", unread=True)
        return drawn


def _area(box: tuple[float, ...]) -> float:
    return abs((box[2] - box[0]) * (box[3] - box[1])) if box else 0.0
