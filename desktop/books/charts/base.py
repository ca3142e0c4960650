"""What all charts are drawn with: lines of text that fit, shapes, patterns, keys. All lengths are points."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from desktop.books import palette
from desktop.books.fonts import BOLD, REGULAR, drawable, register

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing, String

Anchor: TypeAlias = Literal["start", "middle", "end"]
LABEL_SIZE = 7.4
SMALL = 6.6
LEAST = 300.0
"""Points; a chart for less room is drawn so wide, and the screen makes it smaller."""
KEY_LINE = 13.0
"""Height of a line of the key below a chart."""
HATCHES = ("", "up", "down", "level")
"""The patterns of areas that stand beside each other: plain, lines rising, falling, lying."""


def wide(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register()
    return float(stringWidth(drawable(text), BOLD if bold else REGULAR, size))


def fit(text: str, width: float, lines: int, size: float = LABEL_SIZE, *, bold: bool = False) -> list[str]:
    """A text in at most so many lines, cut with an ellipsis."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register()
    font = BOLD if bold else REGULAR
    text = drawable(" ".join(text[:300].split()))
    split = simpleSplit(text, font, size, width) or [""]
    result = split[:lines]
    for place, line in enumerate(result):
        cut = len(split) > lines and place == lines - 1
        while line and stringWidth(line + "…" * cut, font, size) > width:
            line, cut = line[:-1], True  # noqa: PLW2901 - shortened until it fits
        result[place] = line.rstrip() + "…" * cut
    return result


def is_whole(text: str, width: float, lines: int, size: float = LABEL_SIZE, *, bold: bool = False) -> bool:
    """Whether a text fits without being cut."""
    return not any(line.endswith("…") for line in fit(text, width, lines, size, bold=bold))


def fitting(
    texts: Sequence[str], width: float, size: float, least: float = 5.4, *, bold: bool = False
) -> float:
    """The size, ``size`` or smaller, at which every text fits the width; 0 where that would be too small."""
    widest = max((wide(text, size, bold=bold) for text in texts), default=0.0)
    if widest <= width:
        return size
    smaller = math.floor(10 * size * width / widest) / 10
    return smaller if smaller >= least else 0.0


def look(
    fill: str | None, stroke: str | None = None, line_width: float = 0, dashes: list[float] | None = None
) -> dict[str, Any]:
    """Fill and outline of a shape."""
    from reportlab.lib.colors import HexColor

    made: dict[str, Any] = {"fillColor": HexColor(fill) if fill else None}
    made["strokeColor"] = HexColor(stroke) if stroke else None
    if stroke:
        made |= {"strokeWidth": line_width, "strokeDashArray": dashes}
    return made


def string(
    x: float, y: float, text: str, size: float, colour: str, *, bold: bool = False, anchor: Anchor = "start"
) -> String:
    """A line of text, as it is."""
    from reportlab.graphics.shapes import String
    from reportlab.lib.colors import HexColor

    name = BOLD if bold else REGULAR
    return String(x, y, text, fontName=name, fontSize=size, fillColor=HexColor(colour), textAnchor=anchor)


def blank(width: float, height: float) -> Drawing:
    """A drawing with nothing on it."""
    from reportlab.graphics.shapes import Drawing

    register()
    return Drawing(width, height, initialFontName=REGULAR, initialFontSize=8)


def rule(
    drawing: Drawing, start: tuple[float, float], end: tuple[float, float], colour: str = palette.RULE,
    line_width: float = 0.4, dashes: list[float] | None = None,
) -> None:  # fmt: skip
    """A line."""
    from reportlab.graphics.shapes import Line
    from reportlab.lib.colors import HexColor

    made = Line(*start, *end, strokeColor=HexColor(colour), strokeWidth=line_width)
    if dashes:
        made.strokeDashArray = dashes
    drawing.add(made)


def area(drawing: Drawing, box: tuple[float, float, float, float], colour: str, hatch: str = "") -> None:
    """A filled rectangle (x, y, width, height), with white lines across it where it is hatched."""
    from reportlab.graphics.shapes import Rect

    drawing.add(Rect(*box, **look(colour)))
    for start, end in _hatched(box, hatch):
        rule(drawing, start, end, palette.WHITE, 0.7)


def _hatched(
    box: tuple[float, float, float, float], hatch: str
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The lines of a pattern, none of which leaves the rectangle."""
    x, y, width, height = box
    step = 3.4
    match hatch:
        case "level":
            for number in range(1, int(height / step) + 1):
                if number * step < height:
                    yield (x, y + number * step), (x + width, y + number * step)
        case "up" | "down":
            slant = step * math.sqrt(2)
            for number in range(1, int((width + height) / slant) + 1):
                far = number * slant
                begin = (min(far, width), max(far - width, 0.0))
                end = (max(far - height, 0.0), min(far, height))
                if abs(begin[0] - end[0]) < 0.3:
                    continue
                if hatch == "up":  # mirrored from left to right
                    yield (x + width - begin[0], y + begin[1]), (x + width - end[0], y + end[1])
                else:
                    yield (x + begin[0], y + begin[1]), (x + end[0], y + end[1])


def colour_of(place: int) -> tuple[str, str]:
    """Colour and pattern of the series at a place: neighbours differ in lightness and in pattern."""
    colours = palette.AREAS
    return colours[place % len(colours)], HATCHES[(place + place // len(colours)) % len(HATCHES)]


class Key:
    """Names of areas below a chart, each beside its pattern, in as many lines as they need."""

    def __init__(self, names: Sequence[str], width: float, *, numbered: bool = False) -> None:
        self._numbered = numbered
        self.lines: list[list[tuple[int, str, float]]] = [[]]
        x = 0.0
        for place, name in enumerate(names):
            text = fit(f"{place + 1}  {name}" if numbered else name, width - 18, 1)[0]
            needed = 16 + wide(text, LABEL_SIZE) + 14
            if x and x + needed - 14 > width:
                self.lines.append([])
                x = 0.0
            self.lines[-1].append((place, text, x))
            x += needed

    @property
    def height(self) -> float:
        """What it needs."""
        return KEY_LINE * len(self.lines) + 4

    def draw(self, drawing: Drawing, looks: Sequence[tuple[str, str]]) -> None:
        """At the foot of a drawing."""
        for number, line in enumerate(self.lines):
            y = self.height - 4 - KEY_LINE * (number + 1) + 4
            for place, text, x in line:
                area(drawing, (x, y - 1, 11, 7.5), *looks[place])
                drawing.add(string(x + 16, y, text, LABEL_SIZE, palette.INK))
