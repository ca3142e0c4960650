"""Footnotes: each stands at the foot of the page that bears its mark, below a short rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, cast

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Paragraph

from desktop.base import Language
from desktop.books import palette
from desktop.books.document import Line, Note
from desktop.books.pdf.canvas import BookCanvas
from desktop.books.pdf.styles import NOTE_ANCHOR, line_markup, style

_ABOVE, _BETWEEN = 9.0, 1.5
"""Points above the first footnote of a page (the rule stands there), and between two."""
_RULE = 96.0


def note_paragraph(note: Note, targets: frozenset[str], language: Language | None) -> Paragraph:
    """A footnote as it stands at the foot of a page."""
    return Paragraph(
        f"<super>{note.number}</super>&nbsp;{line_markup(note.line, targets)}", style("footnote", language)
    )


def notes_of(line: Line, targets: frozenset[str], language: Language | None) -> tuple[Paragraph, ...]:
    """The footnotes of a line, in order."""
    return tuple(note_paragraph(part, targets, language) for part in line if isinstance(part, Note))


def foot_height(notes: Sequence[Paragraph], width: float) -> float:
    """How much room footnotes take, without what stands above the first of a page."""
    return sum(note.wrap(width, 10_000)[1] + _BETWEEN for note in notes)


class Noted(Paragraph):
    """A paragraph whose footnotes go with it: it takes room for them, the frame lays them at its foot."""

    notes: tuple[Paragraph, ...] = ()
    below = 0.0
    """How much room the footnotes take, in points."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The paragraph's own room and that of its footnotes."""
        w, h = super().wrap(width, height)
        self.below = foot_height(self.notes, width)
        return w, h + self.below

    def split(self, width: float, height: float) -> list[Flowable]:
        """What fits with the footnotes of its own lines."""
        if not self.notes:
            return super().split(width, height)
        room, leading = height, float(self.style.leading)
        while room > leading:
            pieces = super().split(width, room)
            room -= leading
            if not pieces:
                return []
            if len(pieces) == 1:
                # it would fit, but for its footnotes
                continue
            first, rest = cast("tuple[Noted, Noted]", pieces)
            kept = sum(1 for _ in _marks(first))
            first.notes, rest.notes = self.notes[:kept], self.notes[kept:]
            if first.wrap(width, height)[1] <= height:
                return [first, rest]
        return []

    def draw(self) -> None:
        """At the top of the room; the frame draws the footnotes."""
        self.canv.saveState()
        self.canv.translate(0, self.below)
        super().draw()
        self.canv.restoreState()


def _marks(paragraph: Paragraph) -> Iterator[str]:
    """The footnote marks in what is left of a paragraph."""
    left: list[Any] = list(paragraph.frags)
    while left:
        fragment = left.pop()
        if isinstance(fragment, list | tuple):
            # what a word is made of, where its letters are not all alike
            left.extend(fragment)
            continue
        name = str(getattr(getattr(fragment, "cbDefn", None), "name", ""))
        if name.startswith(NOTE_ANCHOR):
            yield name


class NotedFrame(Frame):
    """The text of a page; what stands in it may leave footnotes, which grow from its foot upward."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._notes: list[Paragraph] = []
        self._own: dict[str, Any] = vars(self)

    def add(self, flowable: Flowable, canv: Canvas, trySplit: int = 0) -> Literal[0, 1]:  # noqa: N803 - ReportLab's name
        """Draw what fits; the room of its footnotes is given back at its place and taken at the foot."""
        notes = tuple(getattr(flowable, "notes", ()))
        if not notes:
            return super().add(flowable, canv, trySplit)
        above = 0.0 if self._notes else _ABOVE
        self._raise_foot(above)
        if not super().add(flowable, canv, trySplit):
            self._raise_foot(-above)
            return 0
        room = foot_height(notes, self._own["_aW"])
        self._own["_y"] += room
        self._raise_foot(room)
        self._notes.extend(notes)
        return 1

    def split(self, flowable: Flowable, canv: Canvas) -> list[Flowable]:
        """What fits; above the first footnote of a page there is some room."""
        above = _ABOVE if getattr(flowable, "notes", ()) and not self._notes else 0.0
        self._raise_foot(above)
        try:
            return list(super().split(flowable, canv))
        finally:
            self._raise_foot(-above)

    def _raise_foot(self, points: float) -> None:
        self._own["_y1p"] += points

    def draw_notes(self, canvas: BookCanvas) -> None:
        """Draw what this page has gathered; the next page begins without."""
        if not self._notes:
            return
        x, width = self._own["_x"], self._own["_aW"]
        foot = self._own["_y1p"]
        y = foot - _ABOVE
        canvas.saveState()
        canvas.setStrokeColor(HexColor(palette.RULE))
        canvas.setLineWidth(0.6)
        canvas.line(x, y + 3, x + _RULE, y + 3)
        canvas.restoreState()
        for note in self._notes:
            y -= note.wrap(width, 10_000)[1]
            note.drawOn(canvas, x, y)
            y -= _BETWEEN
        self._raise_foot(y - foot)
        self._notes = []
