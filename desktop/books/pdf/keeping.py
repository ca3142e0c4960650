"""What must not stand alone on a page: signatures stay with the words above them, as does the fingerprint."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import CondPageBreak, Flowable

from desktop.books.document import Callout, Element, Heading, ListBlock, Paragraph, Table
from desktop.books.pdf.grid import Grid

MOST_KEPT = 400.0
"""So many points are kept together: a page is never left emptier than that."""
HEADING = 34.0
"""Room of a line that heads something, in points, with what stands above and below it."""


def height_of(parts: Sequence[Flowable], room: float) -> float:
    """How high parts are together, in points, with the room above them but not that below the last."""
    total = after = 0.0
    for part in parts:
        if not isinstance(part, CondPageBreak):
            total += max(after, part.getSpaceBefore()) + part.wrap(room, 10_000)[1]
            after = part.getSpaceAfter()
    return total


def keep(above: Sequence[tuple[Element, list[Flowable]]], below: Sequence[Flowable], room: float) -> bool:
    """The end of what stands above stays with what follows; whether it does.

    ``above``: the elements before, with what was made of them; the last ones are looked at.
    """
    if not above or not below:
        return False
    element, made = above[-1]
    match element:
        case Heading() if made and isinstance(made[0], CondPageBreak):
            height = height_of([*made, *below], room)
            made[0].height = max(made[0].height, min(height, MOST_KEPT))
            return height <= MOST_KEPT
        case Table():
            return _keep_table(made, below, room)
        case Paragraph() | ListBlock() | Callout():
            together = [*made, *below]
            height = height_of(together, room)
            if height > MOST_KEPT:
                return False
            if not (_heads(above[:-1]) and keep(above[:-1], together, room)):
                made.insert(0, CondPageBreak(height))
            return True
        case _:
            return False


def _heads(above: Sequence[tuple[Element, list[Flowable]]]) -> bool:
    """Whether what stands there must not be left without what follows: a heading, or a mark below it."""
    if not above:
        return False
    element = above[-1][0]
    return isinstance(element, Heading) or (
        isinstance(element, Paragraph) and element.style in {"note", "minor_heading"}
    )


def _keep_table(made: list[Flowable], below: Sequence[Flowable], room: float) -> bool:
    """The last rows of a long table go along; a short one goes as a whole."""
    place = next((at for at, part in enumerate(made) if isinstance(part, Grid)), None)
    if place is None:
        return False
    grid = made[place]
    height = height_of([*made[place:], *below], room)
    if isinstance(grid, Grid) and grid.parts_well:
        grid.below = height - grid.wrap(room, 10_000)[1] - grid.getSpaceBefore()
        return grid.below <= MOST_KEPT
    if height <= MOST_KEPT:
        made.insert(place, CondPageBreak(height))
    return height <= MOST_KEPT
