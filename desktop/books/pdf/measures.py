"""How wide the columns of a table become, and whether it stands upright on a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

from desktop.base.richtext import Run
from desktop.books.document import Line, Table, text_of
from desktop.books.fonts import BOLD, REGULAR, is_plain, tidy

PAD_X, PAD_Y, TIGHT_Y = 5.0, 3.4, 1.8
"""Points around the text of a cell; above and below it less, where a sheet shall stay two pages."""
SIZES = (8.2, 7.4, 6.6, 5.8)
"""Type sizes tried for a table, the largest that fits wins."""
_FLEX_LEAST = (112.0, 62.0, 36.0)
"""The least width of columns that wrap, from comfortable to desperate."""


def plain_text(line: Line) -> str | None:
    """The text of a cell that needs no markup at all, else None."""
    if not line:
        return ""
    part = line[0]
    # asked of each cell twice: comparing it with a bare one would make that one first
    if len(line) > 1 or type(part) is not Run or _is_styled(part):
        return None
    text = tidy(part.text)
    return text if "\n" not in text and is_plain(text) else None


def _is_styled(run: Run) -> bool:
    return bool(run.bold or run.italic or run.underline or run.strike or run.raised or run.href)


def fits_upright(table: Table, room: float) -> bool:
    """Whether a table reads well within ``room`` points; else it wants a page turned on its side."""
    return any(widths(table, room, size, _FLEX_LEAST[0]) is not None for size in SIZES[:2])


def best_widths(table: Table, room: float, wanted: float = 0) -> tuple[float, tuple[float, ...]]:
    """The largest type size that fits and the width of each column; equal columns when nothing fits.

    ``wanted`` is tried first: a table that is text has the size of the text.
    """
    if wanted and (found := widths(table, room, wanted, _FLEX_LEAST[1])) is not None:
        return wanted, found
    for least in _FLEX_LEAST:
        for size in SIZES:
            found = widths(table, room, size, least)
            if found is not None:
                return size, found
    return SIZES[-1], tuple(room / len(table.columns) for _ in table.columns)


def widths(table: Table, room: float, size: float, flex: float) -> tuple[float, ...] | None:
    """The width of each column within ``room`` points; None when the table does not fit at this size.

    Columns that wrap get ``flex`` points or, if that is less, what their contents need.
    """
    least: list[float] = []
    for column, needs in zip(table.columns, _needs(table), strict=True):
        head, natural = _padded(needs.head * size), _padded(needs.natural * size)
        if column.width:
            share = flex * min(1.0, 0.4 + 0.4 * column.width)
            word = min(_padded(needs.word * size), _FLEX_LEAST[0])
            least.append(max(head, min(natural, max(share, word))))
        else:
            least.append(max(head, min(natural, room * 0.4)))
    spare = room - sum(least)
    if spare < 0:
        return None
    shares = sum(column.width for column in table.columns)
    if not shares:
        return tuple(width + spare / len(least) for width in least)
    flexible = spare + sum(w for w, column in zip(least, table.columns, strict=True) if column.width)
    wanted = [flexible * column.width / shares for column in table.columns]
    lacking = sum(
        max(0.0, w - want) for w, want, c in zip(least, wanted, table.columns, strict=True) if c.width
    )
    surplus = sum(
        max(0.0, want - w) for w, want, c in zip(least, wanted, table.columns, strict=True) if c.width
    )
    keep = 1 - lacking / surplus if surplus else 0.0
    return tuple(
        w if not column.width or want <= w else w + (want - w) * keep
        for w, want, column in zip(least, wanted, table.columns, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a column needs at a size of one point, without the room around: each width grows with the size."""

    head: float
    """The longest word of its title."""
    natural: float
    """Everything on one line."""
    word: float
    """The longest word of its cells: words are broken only in need."""


def _padded(width: float) -> float:
    return width + 2 * PAD_X + 0.5


_measured: tuple[Table, tuple[_Needs, ...]] | None = None
"""The table measured last: it is asked whether it stands upright, then for several sizes how wide it is."""


def _needs(table: Table) -> tuple[_Needs, ...]:
    global _measured  # noqa: PLW0603 - one entry, replaced as a whole
    known = _measured
    if known is None or known[0] is not table:
        places = range(len(table.columns))
        known = (
            table,
            tuple(_Needs(_title(table, at), _natural(table, at), _word(table, at)) for at in places),
        )
        _measured = known
    return known[1]


def _title(table: Table, place: int) -> float:
    return max((stringWidth(word, BOLD, 1) for word in table.columns[place].title.split()), default=0.0)


def _word(table: Table, place: int) -> float:
    """The width of the longest word of a column."""
    longest = ""
    for row in table.rows:
        if row.kind != "group" and place < len(row.cells):
            words = text_of(row.cells[place])[:2000].split()
            longest = max((longest, *words), key=len)
    return stringWidth(tidy(longest[:60]), BOLD, 1)


def decimals_width(table: Table, place: int, size: float, mark: str) -> float:
    """How much room a column of decimals needs from the decimal sign on; nothing for other columns."""
    if table.columns[place].align != "decimal":
        return 0.0
    return max((width for _, width in _decimals(table, place, size, mark)), default=0.0)


def _decimals(table: Table, place: int, size: float, mark: str) -> Iterator[tuple[float, float]]:
    """Of each figure the room before the decimal sign and from it on."""
    for row in table.rows:
        text = plain_text(row.cells[place]) if row.kind != "group" and place < len(row.cells) else None
        if text and not _is_said(text):
            font = REGULAR if row.kind == "body" and not table.columns[place].strong else BOLD
            whole, rest = parted(text, mark)
            yield stringWidth(whole, font, size), stringWidth(rest, font, size)


def _texts(table: Table, place: int) -> Iterator[str]:
    """What the cells of a column say."""
    for row in table.rows:
        if row.kind != "group" and place < len(row.cells):
            yield text_of(row.cells[place])


def _is_said(text: str) -> bool:
    """Whether a cell among figures holds words, which wrap: *Wajar tanpa pengecualian*."""
    return " " in text.strip() and not any(letter.isdigit() for letter in text)


def _words_of(text: str) -> float:
    """The width of its longest word."""
    return max((stringWidth(word, BOLD, 1) for word in tidy(text)[:200].split()), default=0.0)


def parted(text: str, mark: str) -> tuple[str, str]:
    """A figure before its decimal sign, and from the sign on."""
    whole, sign, rest = text.partition(mark)
    return whole, sign + rest


def _natural(table: Table, place: int) -> float:
    """The width of the widest cell of a column, on one line."""
    widest, figures = 0.0, table.columns[place].align in {"right", "decimal"}
    if table.columns[place].align == "decimal":
        found = [*_decimals(table, place, 1, "."), *_decimals(table, place, 1, ",")]
        widest = max((before for before, _ in found), default=0.0)
        widest += max((rest for _, rest in found), default=0.0)
        return max(widest, *(_words_of(text) for text in _texts(table, place) if _is_said(text)), 0.0)
    for row in table.rows:
        if row.kind == "group" or place >= len(row.cells):
            continue
        font = REGULAR if row.kind == "body" and not table.columns[place].strong else BOLD
        text = plain_text(row.cells[place])
        if text is None:
            text = text_of(row.cells[place]) + "  "
        wide = _words_of(text) if figures and _is_said(text) else stringWidth(text[:200], font, 1)
        widest = max(widest, wide)
        if place < len(row.so_far):
            # sums up to a row may be wider than any figure of the column
            widest = max(widest, stringWidth(row.so_far[place], BOLD, 1))
    return widest
