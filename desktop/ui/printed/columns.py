"""How wide the columns of a table on the screen's paper are, and how large its letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication

from desktop.books.document import Table, text_of

CELL = 12
"""Letters of a table in pixels at 100 %: those of the PDF, a point being 4/3 of a pixel."""
PAPER = 666
"""Width of the text on the paper in pixels of 100 % text."""
LETTER, LONGEST, WORD = 1.12, 24, 16
"""What a letter of a cell takes of the paper in per cent, how many letters stay on one line at most, and how
long a word is at most that is not broken."""
PADDING, TIGHT, EDGES, SAFE = 5, 3, 4, 1.06
"""Pixels around what stands in a cell, where there is room and where there is little; what its edges take;
and how much wider small letters are than they should be."""
SMALLEST = 10
"""How small letters become in a table that has many columns, in pixels at 100 %."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table fits on the paper: the room of its columns in per cent, and how large its letters are."""

    shares: list[int]
    letters: int = CELL
    """Pixels at 100 %; smaller where the longest words of all columns would not stand side by side."""

    @property
    def around(self) -> int:
        """Pixels around what stands in a cell."""
        return PADDING if self.letters == CELL else TIGHT


def fit_of(table: Table, letter: float = LETTER) -> Fit:
    """Smaller letters, within reason, before words are broken: as on paper."""
    words = sum(_word(table, place) for place in range(len(table.columns)))
    each = letter * PAPER / 100  # a letter, in pixels
    fit = Fit([])
    for size in range(CELL, SMALLEST - 1, -1):
        fit = Fit([], size)
        if words * each * size / CELL + len(table.columns) * (2 * fit.around + EDGES) <= PAPER:
            break
    return Fit(shares_of(table, letter, fit), fit.letters)


def shares_of(table: Table, letter: float = LETTER, fit: Fit | None = None) -> list[int]:
    """The room of each column in per cent: no word is broken, figures do not wrap, the rest goes by share."""
    places = range(len(table.columns))
    fit = fit or Fit([])
    small, around = letter * fit.letters / CELL, 100 * (2 * fit.around + EDGES) / PAPER
    words = [_word(table, place) * small + around for place in places]
    least = [
        max(word, _whole(table, place) * small + around) for place, word in zip(places, words, strict=True)
    ]
    if sum(least) > 100:
        # there is not room for all of it: whole words at least
        least = words
    rest = max(0.0, 100 - sum(least))
    wanted = [column.width for column in table.columns]
    more = [
        max(100 * width / (sum(wanted) or 1) - own, 0.0) for width, own in zip(wanted, least, strict=True)
    ]
    if not any(more):
        more = least
    total = sum(more) or 1
    shares = [own + rest * part / total for own, part in zip(least, more, strict=True)]
    exact = [100 * share / sum(shares) for share in shares]
    whole = [max(1, int(share)) for share in exact]
    # what rounding left over goes where it took most, so that the table is as wide as the text
    for place in sorted(places, key=lambda each: whole[each] - exact[each])[: max(0, 100 - sum(whole))]:
        whole[place] += 1
    return whole


def _cells(table: Table, place: int) -> Iterator[str]:
    """What stands in a column, of the first rows."""
    for row in table.rows[:60]:
        if row.kind != "group" and place < len(row.cells):
            yield text_of(row.cells[place])


def _word(table: Table, place: int) -> float:
    """Common letters that the longest word of a column is as wide as; those of a head are bold."""
    plain, bold = _metrics(bold=False), _metrics(bold=True)
    head = max((bold.horizontalAdvance(word) for word in table.columns[place].title.split()), default=0.0)
    words = {word for text in _cells(table, place) for word in text.split()}
    longest = max((plain.horizontalAdvance(word) for word in words), default=0.0)
    return min(max(head, longest) * SAFE / (PAPER * LETTER / 100), WORD)


def _metrics(*, bold: bool) -> QFontMetricsF:
    """How wide the letters of a cell are, at 100 %."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(CELL)
    font.setBold(bold)
    return QFontMetricsF(font)


def _whole(table: Table, place: int) -> float:
    """Letters of the longest cell of a column that has no share of its own (figures, years, marks)."""
    if table.columns[place].width:
        return 0
    return max((min(len(text), LONGEST) for text in _cells(table, place)), default=0)
