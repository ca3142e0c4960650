"""How large a stamp draws, how far, and how much: such as services do, and by far.

Of letters beyond all measure some programs draw no page at all; of a picture laid over many pages, or lines
that cut what follows a thousand times, others never come to an end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from desktop.submission.pdf.hairs import Box
from desktop.submission.pdf.places import PLAIN, Matrix, Point, placed, product, stretching
from desktop.submission.pdf.stamp_faces import NO_FACE, Face, room_of
from desktop.submission.pdf.stamp_layers import EVERYWHERE, Layers, Step, bounds, common, is_a_dot, lines
from desktop.submission.pdf.stamp_sizes import WIDEST, Letters
from desktop.submission.pdf.stamp_texts import NOWHERE, Texts, around, codes_of, moved, written
from desktop.submission.pdf.stamp_work import Work

FARTHEST = 32_000.0
"""As far as the smallest of programs reckon (ISO 32000-1, annex C)."""
_SMALLEST = 1e-4
"""What is made smaller than that is gone, or everywhere."""
_SHOW = frozenset({b"Tj", b"TJ", b"'"})
_AS_IT_IS = {b"Tc": 0.0, b"Tw": 0.0, b"Ts": 0.0, b"Tz": 100.0, b"Tr": 0.0}
"""How stamps say letters that are apart, raised, pressed, outlined or hidden: not at all."""
_STROKES = frozenset({b"S", b"s", b"B", b"B*"})
_FILLS = frozenset({b"f", b"f*", b"B", b"B*"})
_PAINTS = _STROKES | _FILLS | {b"n"}
_FOOT, _TOP = 0.1, 0.45
"""Between which letters are known, in parts of the size: a line below them covers none."""
_OUTLINED = 2
"""How letters are shown with a line around them."""
_GROUND, _USUAL_SIZE = 250_000.0, 100.0
"""Of a rectangle that is a ground, and of letters."""
_ROUNDED, _PIECE = 0.001, 30.0
_INHERITED = 12.0
"""As wide as a line may be where a form is laid, which draws with it until it says otherwise."""
_CORNERS = 10
"""Of a letter that has a line around it."""
_MOST_EACH = 1_000.0
"""Of what is no place: spaces and widths."""
_COLOURS = frozenset({b"g", b"G", b"rg", b"RG", b"k", b"K", b"sc", b"SC"})
_MOST_OF_ONE, _LONGEST = 10_000, 200_000.0
"""Corners of one path, and how long one may be."""
CUT = 4
"""Corners of what cuts: a rectangle."""
_CHOICES = {b"J": (0, 0), b"j": (0, 0), b"d": (0, 0), b"i": (0, 1), b"M": (1, 100)}
"""Lines end and meet as they come, and are whole, as services draw them: round ends of no line, and what is
seen of fine dashes, each program draws in its own way. Corners are as sharp as so many widths of a line; flat
curves are lines for printers."""


@dataclass(frozen=True, slots=True)
class _State:
    plane: Matrix = PLAIN
    size: float | None = None
    """None where nobody has said it here, but whoever draws the form may have."""
    face: Face = NO_FACE
    back: bool = False
    """Whether letters go the other way, as of a size below nought."""
    wide: float = 1.0
    leading: float | None = None
    line: float = _INHERITED
    pen: float = 1.0
    """As wide as lines are where nobody says it."""
    outlined: bool = False
    """Whether letters have lines around them."""
    cut: Box = EVERYWHERE
    """What is drawn ends there."""
    clips: int = 0


@dataclass(slots=True)
class Drawn:
    """What was drawn so far, in the form's own measure."""

    letters: Letters = field(default_factory=Letters)
    box: Box = NOWHERE
    ground: Box = NOWHERE
    """Of what every program draws in its place however far it reaches: rectangles that are filled or cut what
    follows, as PDFBox's own example begins, and letters of a usual size."""
    texts: Texts = field(default_factory=Texts)
    work: Work = field(default_factory=Work)
    steps: list[Step] = field(default_factory=list)
    """Of the form's own program."""
    layers: Layers = field(default_factory=Layers)
    """Of that with all that it lays."""


class Scale:
    """Follows what makes larger and smaller, one operator after the other."""

    def __init__(self) -> None:
        self.drawn = Drawn()
        self._state = _State()
        self._kept: list[_State] = []
        self._text = self._line = PLAIN
        """Where the next letter is, and where its line began."""
        self._astray = False
        """Whether that is not for the form itself to say."""
        self._ahead = 0.0
        """How far letters of fonts of others lead beyond it."""
        self._points: list[Point] = []
        self._begins: list[int] = []
        """Which of them begin a line of their own."""
        self._shut: set[int] = set()
        """Which of these lines lead back to where they began."""
        self._cuts = False
        self._square = True
        """Whether nothing but rectangles was gone around."""

    @property
    def plane(self) -> Matrix:
        """Where something is laid that is laid here."""
        return self._state.plane

    @property
    def clips(self) -> int:
        """By how many rectangles something is cut here."""
        return self._state.clips

    @property
    def deep(self) -> int:
        """In how many states and clips something lies here."""
        return len(self._kept) + self._state.clips

    def step(self, word: bytes, values: list[float], shown: list[bytes | float]) -> bool:
        """One operator with its numbers, and what it shows: texts, and how far the next one is moved.

        False where they are such that no service says them, and some programs give up the page.
        """
        self.drawn.work.words += 1
        self.drawn.work.fonts += word == b"Tf"
        if any(not abs(one) <= FARTHEST for one in values):
            return False
        if word in _PAINTS:
            return self._paints(word)
        if word in {b"W", b"W*"}:
            self._cuts = True
        elif word in _SHOW:
            return self._shows(word, shown)
        elif word == b"Do":
            self._cut()
            self.drawn.steps.append(Step(self._state.cut, "laid"))
            return self._hands_on()
        elif word == b"h":
            self._closes()
        elif word in {b"m", b"l", b"c", b"re"}:
            self._goes(word, values)
        else:
            return self._sets(word, values) and self._moves(word, values)
        return True

    def write_with(self, face: Face | None) -> None:
        """Letters of another font from now on."""
        self._state = replace(self._state, face=face or NO_FACE)

    def _goes(self, word: bytes, values: list[float]) -> None:
        self._square = self._square and word == b"re"
        if word == b"re":
            x, y, wide, high = values
            values = [x, y, x + wide, y, x + wide, y + high, x, y + high]
        if word in {b"m", b"re"}:
            self._begins.append(len(self._points))
        if word == b"re":
            self._shut.add(self._begins[-1])
        plane = self._state.plane
        self._points += (placed(point, plane) for point in zip(values[::2], values[1::2], strict=True))

    def _closes(self) -> None:
        if self._begins:
            self._shut.add(self._begins[-1])
            self._points.append(self._points[self._begins[-1]])

    def _paints(self, word: bytes) -> bool:
        """What was gone around is filled, drawn, or cuts what follows."""
        if not self._points:
            return word == b"n"
        if word == b"s":
            self._closes()
        points, square, self._points, self._square = self._points, self._square, [], True
        begins, shut, self._begins, self._shut = self._begins, self._shut, [], set()
        count, work, box = len(points), self.drawn.work, bounds(points)
        length = 0.0 if square else sum(max(abs(x - u), abs(y - v)) for (x, y), (u, v) in pairwise(points))
        work.drawn += length
        if count > _MOST_OF_ONE * (1 + 5 * square) or length > _LONGEST:
            # lines across each other are drawn the slower the more there are
            return False
        if word in _STROKES:
            half = self._state.line * stretching(self._state.plane)[1] / 2
            if half > WIDEST:
                return False
            self.drawn.letters = self.drawn.letters.with_(Letters(pen=half))
            box = (box[0] - half, box[1] - half, box[2] + half, box[3] + half)
            work.lines += count
            work.area += count * (2 * half) ** 2
            along = sum(map(math.dist, points, points[1:]))
            # a bend is made of the more pieces the longer it is
            work.lines += int(along / _PIECE)
        self._layers(word, [(points[at:to], at in shut) for at, to in pairwise([*begins, count])])
        area = (box[2] - box[0]) * (box[3] - box[1])
        if square and word not in _STROKES:
            self.drawn.ground = around(self.drawn.ground, box)
        else:
            self.drawn.box = around(self.drawn.box, box)
        if word != b"n":
            work.grounds += square and area > _GROUND
            work.area += 0 if square and area > _GROUND else area
            self._cut()
        if self._cuts:
            state, self._cuts = self._state, False
            self._state = replace(state, clips=state.clips + 1, cut=common(box, state.cut))
        return True

    def _layers(self, word: bytes, pieces: list[tuple[list[Point], bool]]) -> None:
        """Each area and each line for itself: a frame around letters is none over them."""
        state, steps = self._state, self.drawn.steps
        half = state.pen * stretching(state.plane)[1] / 2
        for piece, closed in pieces:
            if word in _FILLS:
                steps.append(Step(common(bounds(piece), state.cut), "painted"))
            if word in _STROKES:
                ends = lines([*piece, *piece[:closed]], half)
                steps += (Step(common(one, state.cut), "painted") for one in ends)
                if is_a_dot(piece):
                    steps.append(Step(NOWHERE, "dot"))

    def _cut(self) -> None:
        self.drawn.work.paints += 1
        self.drawn.work.clipped += CUT * self._state.clips

    def _hands_on(self) -> bool:
        """Whether a form that is laid here begins as plainly as it is measured: it inherits all of it."""
        state = self._state
        return not state.outlined and state.wide == 1 and state.line <= _INHERITED

    def _shows(self, word: bytes, shown: list[bytes | float]) -> bool:
        if word == b"'":
            self._to_next_line()
        state = self._state
        plane = product(product((state.wide, 0, 0, 1, 0, 0), self._text), state.plane)
        least, most = stretching(plane)
        if state.size is None:
            return False
        largest = state.size * most
        pen = state.line * stretching(state.plane)[1] / 2 if state.outlined else 0.0
        if not (least >= _SMALLEST and largest <= FARTHEST and pen <= WIDEST):
            return False
        if state.size:
            these = Letters(largest, state.size * least, most / least, pen)
            self.drawn.letters = self.drawn.letters.with_(these)
        self._write(shown, plane)
        shifts = [0.0, *accumulate(-one * state.size / 1000 for one in shown if isinstance(one, float))]
        box = moved((min(shifts), 0, max(shifts), state.size), plane)
        if largest <= _USUAL_SIZE:
            self.drawn.ground = around(self.drawn.ground, box)
        else:
            self.drawn.box = around(self.drawn.box, box)
        work = self.drawn.work
        letters = sum(len(codes_of(one)) for one in shown if isinstance(one, bytes))
        work.letters += letters
        work.area += letters * state.size**2 * least * most
        if state.outlined:
            work.lines += letters * _CORNERS
            work.area += letters * (2 * pen) ** 2
        self._cut()
        return True

    def _write(self, shown: list[bytes | float], plane: Matrix) -> None:
        """Letter by letter, as long as every program finds the same ones in the same places."""
        state = self._state
        known, size = None, state.size
        if state.face.known is not None and size and not (state.back or self._astray):
            known = written(shown, state.face.known, size)
        if size:
            self._takes_room(shown, plane, -size if state.back else size, is_known=known is not None)
        if known is None:
            self._doubt()
            return
        texts, at = known
        self.drawn.texts = self.drawn.texts.with_(texts.laid(plane))
        self._text = product((1, 0, 0, 1, at * state.wide, 0), self._text)

    def _takes_room(self, shown: list[bytes | float], plane: Matrix, size: float, *, is_known: bool) -> None:
        """Where letters are, of a font of others too; where one of these goes on nobody else has to know."""
        room = room_of(shown, self._state.face, size)
        if room is None:
            return
        core = room.begin + self._ahead, _FOOT * size, room.end + self._ahead, _TOP * size
        self.drawn.steps.append(Step(moved(core, plane), "letters"))
        if not is_known:
            self._ahead += room.after

    def _doubt(self) -> None:
        self.drawn.texts = replace(self.drawn.texts, doubtful=True)

    def _next_line(self, x: float, y: float) -> None:
        self._line = self._text = product((1, 0, 0, 1, x, y), self._line)
        self._ahead = 0.0

    def _to_next_line(self) -> None:
        leading = self._state.leading
        # which the form would begin with as whoever lays it has said
        self._astray = self._astray or leading is None
        self._next_line(0, -(leading or 0.0))

    def _sets(self, word: bytes, values: list[float]) -> bool:
        match word, values:
            case b"q", []:
                self._kept.append(self._state)
            case b"Q", [] if self._kept:
                self._state = self._kept.pop()
            case b"cm", [*six]:
                self._state = replace(self._state, plane=product(tuple(six), self._state.plane))
                least, most = stretching(self._state.plane)
                return least >= _SMALLEST and most <= FARTHEST
            case ((b"Tf" | b"Tz" | b"Tr" | b"TL" | b"w"), [value]):
                self._state = _changed(self._state, word, value)
                if value != _AS_IT_IS.get(word, value):
                    self._doubt()
                return word not in {b"w", b"Tz"} or value >= 0
            case _, [choice] if word in _CHOICES:
                least, most = _CHOICES[word]
                return least <= choice <= most
            case ((b"Tc" | b"Tw" | b"Ts"), [value]):
                if value:
                    self._doubt()
                return abs(value) <= _MOST_EACH
            case _ if word in _COLOURS:
                return all(-_ROUNDED <= one <= 1 + _ROUNDED for one in values)
        return True

    def _moves(self, word: bytes, values: list[float]) -> bool:
        """Where the next line of letters begins."""
        match word, values:
            case b"BT", []:
                self._text = self._line = PLAIN
                self._astray, self._ahead = False, 0.0
            case b"Tm", [*six]:
                self._text = self._line = tuple(six)
                self._astray, self._ahead = False, 0.0
            case ((b"Td" | b"TD"), [x, y]):
                self._next_line(x, y)
                if word == b"TD":
                    self._state = replace(self._state, leading=-y)
            case b"T*", []:
                self._to_next_line()
        return True


def _changed(state: _State, word: bytes, value: float) -> _State:
    match word:
        case b"Tf":
            return replace(state, size=abs(value), back=value < 0)
        case b"Tz":
            return replace(state, wide=abs(value) / 100)
        case b"Tr":
            return replace(state, outlined=value == _OUTLINED)
        case b"TL":
            return replace(state, leading=value)
        case b"w":
            return replace(state, line=value, pen=value)
    return state
