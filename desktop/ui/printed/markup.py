"""From the elements of a book to the HTML that a text view shows, in the sizes of the printed page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from desktop.base.richtext import Run
from desktop.books.document import (
    Callout,
    Column,
    Element,
    Figure,
    Heading,
    Inline,
    Labels,
    Line,
    ListBlock,
    Note,
    PageBreak,
    Paragraph,
    Row,
    Signatures,
    Source,
    Table,
    Tag,
    Tone,
)
from desktop.ui import theme
from desktop.ui.printed.columns import CELL, LETTER, PAPER, Fit, fit_of

if TYPE_CHECKING:
    from collections.abc import Callable

EDIT, PAGE, PICTURE = "edit:", "page:", "figure:"
"""What the links of the text lead to: a field to edit, a page of the journey; and its pictures."""
HEADINGS = {1: 29, 2: 19, 3: 15, 4: 14}
"""Sizes of headings in pixels at 100 %: those of the PDF, a point being 4/3 of a pixel."""
BODY, NOTE = 13, 11
ROWS = 16
"""Rows of a table that are shown at once; longer ones follow in pieces."""


class Markup:
    """Writes the HTML of some elements and remembers what its links mean."""

    def __init__(self, labels: Labels, origin: Callable[[Source], str], room: int = 0) -> None:
        """``origin`` says in words which page a generated part comes from; ``room`` is the width there is."""
        self._letter = LETTER * max(1.0, theme.grown(PAPER) / room) if room > 0 else LETTER
        self._labels = labels
        self._origin = origin
        self._colours = theme.colours()
        self.spots: list[Source] = []
        """The fields that links edit, by number."""
        self.figures: dict[int, Figure] = {}
        self._known: dict[Source, int] = {}

    def parts(self, elements: Sequence[Element]) -> Iterator[str]:
        """The HTML of each element; after a generated stretch a line that says where it comes from."""
        for place, element in enumerate(elements):
            following = elements[place + 1] if place + 1 < len(elements) else None
            ending = self._ending(element, following)
            if isinstance(element, Table) and len(element.rows) > ROWS:
                yield from self._long_table(element, ending)
            else:
                yield self._element(element) + ending

    def _ending(self, element: Element, following: Element | None) -> str:
        """One line for the whole stretch that comes from the same page."""
        source = element.source if isinstance(element, Table | Figure) else None
        if source is None or not source.page or source.page == "chapter":
            return ""
        after = getattr(following, "source", None)
        if after is not None and (after.page, after.ref) == (source.page, source.ref):
            return ""
        link = f'<a href="{PAGE}{source.page}/{escape(source.ref)}" style="{self._quiet()}">'
        said = escape(self._origin(source))
        return f'<p style="margin-top:2px;margin-bottom:{self._px(12)}">{link}{said}</a></p>'

    def _long_table(self, element: Table, ending: str) -> Iterator[str]:
        """A table in pieces that are each shown at once; columns have the same widths in all of them."""
        fit = fit_of(element, self._letter)
        bare = tuple(replace(column, title="") for column in element.columns)
        for at in range(0, len(element.rows), ROWS):
            rows, last = element.rows[at : at + ROWS], at + ROWS >= len(element.rows)
            piece = replace(element, rows=rows, note=element.note if last else ())
            if at:
                piece = replace(piece, caption="", columns=bare)
            yield self._table(piece, fit, closed=last) + (ending if last else "")

    # -- small things ---------------------------------------------------------------------------
    @staticmethod
    def _px(size: float) -> str:
        return f"{theme.grown(round(size))}px"

    def _quiet(self) -> str:
        return f"color:{self._colours.muted};text-decoration:none;font-size:{self._px(NOTE)}"

    def _link(self, source: Source | None, html: str, colour: str = "") -> str:
        """Text that is edited where it stands."""
        if source is None or source.place is None:
            return html
        number = self._known.setdefault(source, len(self.spots))
        if number == len(self.spots):
            self.spots.append(source)
        colour = colour or self._colours.text
        return f'<a href="{EDIT}{number}" style="color:{colour};text-decoration:none">{html}</a>'

    def _line(self, line: Line) -> str:
        return "".join(self._part(part) for part in line)

    def _part(self, part: Inline) -> str:
        match part:
            case Tag():
                return self._tag(part)
            case Note():
                # a screen has no foot of a page: the words stand where the mark would
                words = "".join(run_html(run) for run in part.line)
                return f'<sup>{part.number}</sup> <span style="color:{self._colours.muted}">({words})</span>'
            case Run():
                return run_html(part)

    def _tag(self, tag: Tag) -> str:
        c = self._colours
        ink, ground = {
            Tone.SOFT: (c.muted, c.sunken),
            Tone.EXAMPLE: (c.primary_dark, c.primary_soft),
            Tone.WARNING: (c.warn, c.warn_soft),
            Tone.GOOD: (c.good, c.good_soft),
            Tone.MODERATE: (c.warn, c.warn_soft),
            Tone.POOR: (c.bad, c.bad_soft),
        }[tag.tone]
        text = escape(tag.text)  # of two words, it may break between them: a narrow cell breaks them anywhere
        style = f"color:{ink};background-color:{ground};font-size:{self._px(NOTE - 1)}"
        return f' <span style="{style}">&nbsp;{text}&nbsp;</span>'

    # -- elements -------------------------------------------------------------------------------
    def _element(self, element: Element) -> str:
        match element:
            case Heading():
                return self._heading(element)
            case Paragraph():
                return self._paragraph(element)
            case ListBlock():
                return self._list(element)
            case Table():
                return self._table(element)
            case Figure():
                return self._figure(element)
            case Callout():
                return self._callout(element)
            case Signatures():
                return self._signatures(element)
            case PageBreak():
                return "<hr/>"

    def _heading(self, element: Heading) -> str:
        c, level = self._colours, min(element.level, 4)
        number = (
            f'<span style="color:{c.primary}">{element.number}</span>&nbsp;&nbsp;' if element.number else ""
        )
        text = self._link(element.source, escape(element.text), c.text)
        above, below = {1: (0, 12), 2: (20, 8), 3: (15, 6), 4: (11, 5)}[level]
        style = (
            f"font-size:{self._px(HEADINGS[level])};font-weight:700;color:{c.text};"
            f"margin-top:{self._px(above)};margin-bottom:{self._px(below)}"
        )
        return f'<h{level} style="{style}">{number}{text}{self._line(element.tags)}</h{level}>'

    def _paragraph(self, element: Paragraph) -> str:
        c = self._colours
        size, colour, more = {
            "body": (BODY, c.text, f"line-height:112%;margin-bottom:{self._px(9)}"),
            "lead": (BODY + 2, c.text, f"line-height:112%;margin-bottom:{self._px(9)}"),
            "note": (NOTE, c.muted, f"font-style:italic;margin-bottom:{self._px(6)}"),
            "minor_heading": (
                BODY,
                c.primary,
                f"font-weight:700;margin-top:{self._px(7)};margin-bottom:{self._px(4)}",
            ),
            "signed": (BODY, c.text, f"margin-top:{self._px(12)};margin-left:{self._px(PAPER // 2)}"),
        }[element.style]
        text = self._link(element.source, self._line(element.line), colour)
        align = ' align="justify"' if element.style == "body" else ""
        style = f"font-size:{self._px(size)};color:{colour};margin-top:0;{more}"
        return f'<p{align} style="{style}">{text}</p>'

    def _list(self, element: ListBlock) -> str:
        out = []
        for item in element.items:
            mark = f"{item.ordinal}." if item.ordinal else ("•" if item.depth % 2 else "–")
            indent = self._px(20 * item.depth)
            text = self._link(element.source, f"{mark}&nbsp;&nbsp;{self._line(item.line)}")
            style = (
                f"margin-left:{indent};text-indent:-{self._px(14)};margin-top:0;line-height:108%;"
                f"margin-bottom:{self._px(4)};font-size:{self._px(BODY)}"
            )
            out.append(f'<p style="{style}">{text}</p>')
        return "".join(out)

    def _table(self, element: Table, fit: Fit | None = None, *, closed: bool = True) -> str:
        if not element.columns or not element.rows:
            return ""
        c, caption = self._colours, ""
        if element.caption:
            label = f"{self._labels.table} {element.number}" if element.number else ""
            mark = f'<b style="color:{c.primary}">{escape(label)}</b>&nbsp;&nbsp;' if label else ""
            style = f"font-size:{self._px(CELL)};margin-top:{self._px(10)};margin-bottom:{self._px(4)}"
            caption = f'<p style="{style}">{mark}{escape(element.caption)}</p>'
        fit = fit or fit_of(element, self._letter)
        head = ""
        if any(column.title for column in element.columns):
            ground = f'bgcolor="{c.sunken}"'
            cells = "".join(
                f'<th width="{share}%" align="{_side(column)}" {ground}>{escape(column.title)}</th>'
                for column, share in zip(element.columns, fit.shares, strict=True)
            )
            head = f"<tr>{cells}</tr>"
        rows = "".join(self._row(element, row, fit.shares) for row in element.rows)
        look = (
            f'width="100%" cellspacing="0" cellpadding="{theme.grown(fit.around)}" border="1" '
            f'style="border-collapse:collapse;border-color:{c.line};border-style:solid;'
            f'font-size:{self._px(fit.letters)}"'
        )
        note = ""
        if element.note:
            note = f'<p style="font-size:{self._px(NOTE)};color:{c.muted}">{self._line(element.note)}</p>'
        after = f'<p style="margin:0;font-size:{self._px(6)}">&nbsp;</p>'
        return f"{caption}<table {look}>{head}{rows}</table>{note or (after if closed else '')}"

    def _row(self, table: Table, row: Row, shares: list[int]) -> str:
        c, width = self._colours, len(table.columns)
        if row.kind == "group":
            text = self._line(row.cells[0]) if row.cells else ""
            return f'<tr><td colspan="{width}" bgcolor="{c.primary_soft}"><b>{text}</b></td></tr>'
        bold = row.kind in {"total", "subtotal"}
        ground = f' bgcolor="{c.sunken}"' if bold else ""
        out = []
        for place, (column, share) in enumerate(zip(table.columns, shares, strict=True)):
            line = row.cells[place] if place < len(row.cells) else ()
            source = row.sources[place] if place < len(row.sources) else table.source
            text = self._link(source, self._line(line) or "&nbsp;")
            if bold or column.strong:
                text = f"<b>{text}</b>"
            out.append(f'<td width="{share}%" align="{_side(column)}"{ground}>{text}</td>')
        return f"<tr>{''.join(out)}</tr>"

    def _figure(self, element: Figure) -> str:
        c = self._colours
        self.figures[element.number] = element
        label = f'<b style="color:{c.primary}">{escape(self._labels.figure)} {element.number}</b>&nbsp;&nbsp;'
        style = f"font-size:{self._px(CELL)};margin-top:{self._px(4)};margin-bottom:{self._px(6)}"
        described = ""
        if element.description:
            described = (
                f'<p style="font-size:{self._px(NOTE)};color:{c.muted};font-style:italic">'
                f"{escape(element.description)}</p>"
            )
        return (
            f'<p style="margin-top:{self._px(8)}"><img src="{PICTURE}{element.number}"/></p>'
            f'<p style="{style}">{label}{escape(element.caption)}</p>{described}'
        )

    def _callout(self, element: Callout) -> str:
        c = self._colours
        lines = "<br/>".join(self._line(line) for line in element.lines)
        return (
            f'<table width="100%" cellpadding="{theme.grown(9)}" cellspacing="0" border="0"><tr>'
            f'<td bgcolor="{c.warn_soft}"><b style="color:{c.warn}">{escape(element.title)}</b><br/>'
            f'{lines}</td></tr></table><p style="margin:0">&nbsp;</p>'
        )

    def _signatures(self, element: Signatures) -> str:
        c = self._colours
        out = []
        for signer in element.signers:
            details = (
                f'<br/><span style="color:{c.muted}">{escape(signer.details)}</span>'
                if signer.details
                else ""
            )
            name = f"<b>{escape(signer.name)}</b>{details}"
            middle = f"<br/><i>{escape(signer.instead)}</i><br/>"
            out.append(f'<td width="50%">{escape(signer.office)}<br/>{middle}{name}</td>')
        rows = "".join(f"<tr>{''.join(out[at : at + 2])}</tr>" for at in range(0, len(out), 2))
        look = f'width="100%" cellpadding="{theme.grown(6)}" style="font-size:{self._px(CELL)}"'
        place = f'<p style="margin-top:{self._px(14)}">{escape(element.place_label)}</p>'
        return f"{place}<table {look}>{rows}</table>"


def _side(column: Column) -> str:
    return "right" if column.align == "decimal" else column.align


def run_html(run: Run) -> str:
    """A stretch of text with its marks. Links stay words here: the whole text is something to press."""
    text = escape(run.text).replace("\n", "<br/>").replace("\t", " ")
    marks = (
        (run.raised, run.raised),
        (run.strike, "s"),
        (run.underline or bool(run.href), "u"),
        (run.italic, "i"),
        (run.bold, "b"),
    )
    for on, tag in marks:
        if on:
            text = f"<{tag}>{text}</{tag}>"
    return text
