"""Whether what a page or a form draws is drawn the plain way of our own books.

A page is a little program. Programs that run it agree on the plain ways only: text within text objects,
lines within lines, numbers that neither vanish nor run over, ink that is neither nothing nor everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.submission.pdf.beside import Beside
from desktop.submission.pdf.covering import Written
from desktop.submission.pdf.dots import shows_its_points
from desktop.submission.pdf.drawing_grammar import is_written_plainly, steps
from desktop.submission.pdf.hairs import (
    MOST_EFFORT,
    Lines,
    effort,
    is_bounded,
    is_box,
    is_hair,
    is_net,
    is_simple,
    thickness,
    within,
)
from desktop.submission.pdf.ink import Ink
from desktop.submission.pdf.letters import Fonts, Letters, Shown
from desktop.submission.pdf.packed import unpacked
from desktop.submission.pdf.places import (
    CORNERS,
    FARTHEST,
    PLAIN,
    Matrix,
    Point,
    are_near,
    corners,
    end,
    is_near,
    placed,
    product,
    stretching,
)
from desktop.submission.pdf.stamp_bounds import numbers
from desktop.submission.pdf.strokes import (
    Path,
    ends_like_ours,
    is_drawn_alike,
    is_nothing,
    is_plain_nothing,
    is_short,
)

_LENT = {b"Tf": "/Font", b"gs": "/ExtGState", b"Do": "/XObject"}
_POINTS = {b"m": 1, b"l": 1, b"c": 3, b"v": 2, b"y": 2}
_STROKES = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})
_FILLS = frozenset({b"f", b"f*", b"B", b"B*", b"b", b"b*"})
_PAINTS = _STROKES | _FILLS | {b"n"}
_CLOSES = frozenset({b"s", b"b", b"b*"})
_EFFORT_OF_A_BEND = 4
"""In pairs of sides."""
_THINNEST = 0.02
"""Lines shorter than this have no direction."""
_THINNEST_PICTURE, _LARGEST_PICTURE = 3.0, 5_000.0
_THINNEST_CLIP, _THINNEST_CLIP_OF_OTHERS, _MOST_CLIPS = 20.0, 5.0, 20
_DEEPEST = 28
"""States and clips within each other: as ISO 32000-1, annex C, has it; ours have up to five."""
THINNEST_BOUNDS = 1.0
"""Points of what a form is cut to."""
_PALE = 0.8
"""Of each colour."""
_MOST_NETS = 6
"""Nets of scores that are nothing, on one page."""
_MOST_SHORT = 24
"""Lines of a page that are shorter than their pen is thick: sides of a net whose scores are low."""
_SCALES = (0.05, 20.0)
"""By how much a form may be drawn smaller or larger than it says itself."""
_MOST_LINES, _LONGEST_LINE = 1_000, 2_000
"""Steps of one place from another, and letters of a line: what programs round off adds up."""
_FORMS_WITHIN, _MOST_FORMS = 6, 100
"""Forms within each other, and drawn on one page: services have three, and one of each."""
_OFTEN = 1_000
"""Steps after which it is asked whether there is time for more."""
_WHILE_SPREAD = frozenset({b"Do", b"Q"})
_WAYS = {
    **dict.fromkeys((*_POINTS, b"re", b"h"), "_line"),
    **dict.fromkeys((b"BT", b"Tm"), "_begin_letters"),
    **dict.fromkeys((b"Td", b"T*"), "_go_on"),
    **dict.fromkeys(_PAINTS, "_paint"),
    b"q": "_keep",
    b"Q": "_fetch",
    b"cm": "_move",
}
"""What takes nothing but numbers."""


def is_drawn_plainly(
    content: bytes,
    resources: Any,
    *,
    ours: bool = False,
    fonts: Fonts | None = None,
    go_on: Callable[[], None] = lambda: None,
) -> bool:
    """Known operators only, each in its place, and nothing that one program draws and another does not.

    What is ``ours`` is drawn in simple shapes, one at a time; ``fonts``: those of the document, where more
    than one page of it is looked at. ``go_on`` is asked at times; raises what that raises.
    """
    return _Pen(resources, Ink(ours=ours), _Page(fonts or Fonts(), go_on)).draws_plainly(content)


@dataclass(slots=True)
class _Page:
    """What all pens have in common that follow a page and the forms which it draws."""

    fonts: Fonts
    go_on: Callable[[], None]
    rows: Lines = field(default_factory=Lines)
    nets: int = 0
    short: int = 0
    effort: int = 0
    forms: int = 0
    within: int = 0


class _Pen:
    """Follows a page far enough to know where its lines lead, and how thick they are."""

    def __init__(self, resources: Any, ink: Ink, page: _Page) -> None:
        self._resources = resources
        self._ours = ink.ours
        self._page = page
        self._lent: dict[tuple[bytes, bytes], Any] = {}
        self._fonts: dict[bytes, Letters] = {}
        self._ink = ink
        self._kept: list[Ink] = []
        self._text = PLAIN
        self._lead = 0.0
        self._lines = self._letters_shown = 0
        self._path = Path()
        self._written, self._beside = Written(), Beside()
        self._clipped = 0
        self._advance = self._travelled = 0.0
        self._clips = False

    def draws_plainly(self, content: bytes) -> bool:
        """Whether all of it is plain, with as many ends as beginnings."""
        if not is_written_plainly(content):
            return False
        ways = {word: getattr(self, way) for word, way in _WAYS.items()}
        try:
            for at, (word, numbers, name, text) in enumerate(steps(content)):
                if not at % _OFTEN:
                    self._page.go_on()
                if word in _LENT and self._given(name, word) is None:
                    return False
                if self._ink.spread and word not in _WHILE_SPREAD:
                    return False
                if text is not None:
                    plain = (not numbers or self._place_letters(numbers, name)) and self._show(text)
                elif word in ways:
                    plain = ways[word](word, numbers)
                else:
                    plain = self._place(name) if word == b"Do" else self._state(word, numbers, name)
                if not plain:
                    return False
        except ValueError:
            return False
        return not self._kept

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

    def _keep(self, _word: bytes, _numbers: tuple[float, ...]) -> bool:
        self._kept.append(self._ink.kept())
        return len(self._kept) <= _DEEPEST

    def _fetch(self, _word: bytes, _numbers: tuple[float, ...]) -> bool:
        if not self._kept:
            return False
        self._ink = self._kept.pop()
        return True

    def _move(self, _word: bytes, numbers: tuple[float, ...]) -> bool:
        return self._ink.move(numbers)

    def _state(self, word: bytes, numbers: tuple[float, ...], name: bytes) -> bool:
        if word in {b"W", b"W*"}:
            self._clips = True
        elif word == b"TL":
            self._lead = numbers[0]
        elif word == b"Tf":
            if name not in self._fonts:
                self._fonts[name] = self._page.fonts.of(self._given(name, word))
            return self._ink.write_with(self._fonts[name], numbers[0])
        return self._ink.say(word, numbers)

    def _begin_letters(self, _word: bytes, numbers: Matrix) -> bool:
        """To where the first letters stand."""
        if numbers and not self._ink.is_letters_matrix(numbers):
            return False
        self._text, self._lines = (numbers or PLAIN), 0
        return self._stand()

    def _go_on(self, _word: bytes, numbers: Matrix) -> bool:
        """To where the next letters stand."""
        across, up = numbers or (0.0, -self._lead)
        self._text = product((1.0, 0.0, 0.0, 1.0, across, up), self._text)
        self._lines += 1
        return self._stand()

    def _place_letters(self, numbers: tuple[float, ...], name: bytes) -> bool:
        """To where letters stand that are upright, and with a font if one is named."""
        x, y, *letters = numbers
        self._text, self._lines = (1.0, 0.0, 0.0, 1.0, x, y), 0
        if not self._stand():
            return False
        if not name:
            return True
        size, self._lead = letters
        return self._given(name, b"Tf") is not None and self._state(b"Tf", (size,), name)

    def _stand(self) -> bool:
        self._letters_shown, self._advance, self._travelled = 0, 0.0, 0.0
        x, y = end(self._text)
        return is_near(x, y) and is_near(*placed((x, y), self._ink.matrix)) and self._lines <= _MOST_LINES

    def _show(self, text: bytes) -> bool:
        """Letters that the font has: for another code each program has a letter and a width of its own."""
        # a form may show letters of whoever draws it
        if self._ink.size is None:
            return False
        matrix = product(self._text, self._ink.matrix)
        least, most = stretching(matrix)
        if not self._ink.shows_letters(least, most):
            return False
        shown = self._ink.letters.shown(text)
        self._letters_shown += shown.signs
        self._page.rows.add(matrix, self._ink.size * most)
        written = self._write(shown, matrix, self._ink.size)
        return (
            written
            and shown.known
            and self._letters_shown <= _LONGEST_LINE
            and self._travelled * most <= FARTHEST
        )

    def _write(self, shown: Shown, matrix: Matrix, size: float) -> bool:
        """Go on by what letters take; ours never stand upon others."""
        ink = self._ink
        wide = shown.wide * size
        between, more = ink.spacing * shown.signs, ink.word_spacing * shown.spaces
        before = self._advance
        self._advance += wide + between + more
        self._travelled += wide + abs(between) + abs(more)
        if not self._ours or shown.blank:
            return True
        moved = product((1.0, 0.0, 0.0, 1.0, before, ink.raised), matrix)
        return self._written.add(moved, size, wide + between + more)

    def _line(self, word: bytes, numbers: tuple[float, ...]) -> bool:
        if word == b"h":
            self._path.close()
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        points = corners(*numbers) if word == b"re" else list(pairs)
        there = [placed(one, self._ink.matrix) for one in points]
        if word in {b"m", b"re"}:
            self._path.begin(there, closed=word == b"re")
        elif there:
            self._path.go(word, there)
        return are_near(there)

    def _place(self, name: bytes) -> bool:
        least, most = stretching(self._ink.matrix)
        if self._given(name, b"Do").get("/Subtype") != "/Form":
            there = [placed(one, self._ink.matrix) for one in CORNERS]
            if self._ours and not self._written.show(there):
                return False
            fits = _THINNEST_PICTURE <= least <= most <= _LARGEST_PICTURE and are_near(there)
            return fits and shows_its_points(self._given(name, b"Do"), self._ink.matrix, ours=self._ours)
        if self._ink.spread or not self._ink.draws_forms(_SCALES):
            return False
        return self._ours or self._follow(self._given(name, b"Do"))

    def _follow(self, form: Any) -> bool:
        """What a form of others draws, by this pen: forms within forms become small or large without end.

        One of ours is known letter by letter.
        """
        page = self._page
        page.forms += 1
        if page.within >= _FORMS_WITHIN or page.forms > _MOST_FORMS:
            return False
        data = unpacked(form)
        if data == b"":
            return True
        if data is None or not self._is_held(form):
            return False
        page.within += 1
        plain = _Pen(form.get("/Resources"), replace(self._ink, size=None), page).draws_plainly(data)
        page.within -= 1
        return plain

    def _is_held(self, form: Any) -> bool:
        """Whether it ends within what every program reckons with, and is no hair."""
        box = numbers(form.get("/BBox"), 4)
        if box is None:
            return False
        there = [placed((box[at], box[up]), self._ink.matrix) for at, up in ((0, 1), (2, 1), (2, 3), (0, 3))]
        return are_near(there) and thickness(there) >= THINNEST_BOUNDS

    def _paint(self, word: bytes, numbers: tuple[float, ...]) -> bool:
        if numbers:
            # it begins with the end of a path before, if there is one to which all is cut
            if self._path.parts and not self._paint(b"n", ()):
                return False
            x, y, *rest = numbers
            points = [(x, y), (rest[0], rest[1])] if word == b"S" else corners(x, y, *rest)
            there = [placed(one, self._ink.matrix) for one in points]
            if not are_near(there):
                return False
            self._path.begin(there, closed=word != b"S")
        if not self._path.parts:
            return True
        path, self._path = self._path, Path()
        parts, bent = path.parts, bool(path.bends)
        if word in _CLOSES:
            path.close()
        self._page.effort += effort(parts)
        if self._page.effort > MOST_EFFORT or not is_bounded(parts) or (self._ours and not is_simple(parts)):
            return False
        if self._ours and word != b"n" and self._covers(word, parts):
            return False
        clips, self._clips = self._clips, False
        if not self._ink.draws_in_scale(bent=bent) or (clips and not self._clip(parts)):
            return False
        if word in _FILLS and is_hair(parts) and not self._is_net(parts):
            return False
        if word in _STROKES and not self._is_plain_line(path):
            return False
        return not self._ours or self._has_room(word, parts[0], bent=bent)

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
        self._page.nets += 1
        few = self._page.nets <= _MOST_NETS and is_net(parts)
        return few and min(self._ink.fill) >= _PALE and not self._page.rows.has_near(parts[0])

    def _is_plain_line(self, path: Path) -> bool:
        if not self._ink.draws_lines():
            return False
        width = self._ink.width * stretching(self._ink.matrix)[1]
        self._page.effort += _EFFORT_OF_A_BEND * len(path.bends)
        if self._page.effort > MOST_EFFORT or not is_drawn_alike(path, self._ink):
            return False
        if is_nothing(path, width):
            self._page.nets += 1
            return self._page.nets <= _MOST_NETS and is_plain_nothing(path, self._ink, width)
        self._page.short += is_short(path, width)
        return not self._ours or (ends_like_ours(path, self._ink) and self._page.short <= _MOST_SHORT)
