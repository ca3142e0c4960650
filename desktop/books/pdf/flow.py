"""The elements of a book become things that flow over pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import singledispatchmethod
from typing import cast

from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    Paragraph,
    Spacer,
)

from desktop.books import charts, document, emblem, palette
from desktop.books.document import (
    Callout,
    Document,
    Element,
    Figure,
    Heading,
    ListBlock,
    Photo,
    Signatures,
    Table,
)
from desktop.books.fonts import BOLD, markup
from desktop.books.pdf.contents import ContentsLine, Entry
from desktop.books.pdf.footnotes import Noted, notes_of
from desktop.books.pdf.grid import Grid
from desktop.books.pdf.imprint import Imprint
from desktop.books.pdf.keeping import HEADING, MOST_KEPT, height_of, keep
from desktop.books.pdf.letterhead import ARMS, Letterhead
from desktop.books.pdf.measures import best_widths, fits_upright
from desktop.books.pdf.photos import Photos
from desktop.books.pdf.proof import ProofBlock
from desktop.books.pdf.rows import Builder
from desktop.books.pdf.signing import SignatureRow
from desktop.books.pdf.styles import (
    LANDSCAPE,
    LARGE,
    LARGE_TABLE,
    MARGIN_BOTTOM,
    MARGIN_TOP,
    MARGIN_X,
    PORTRAIT,
    callout_styles,
    line_markup,
    list_style,
    style,
)
from desktop.books.pdf.texts import paragraph
from desktop.books.pdf.titles import Barred, TitleLine, chapter

BODY, WIDE = "body", "wide"
"""The page templates: upright and across."""
_ROOM = {BODY: PORTRAIT[0] - 2 * MARGIN_X, WIDE: LANDSCAPE[0] - 2 * MARGIN_X}
_TALLEST = PORTRAIT[1] - MARGIN_TOP - MARGIN_BOTTOM
"""Points of an upright page."""
_CONTENTS_LEVEL = 2
_TALLEST_PHOTO = 270.0
"""Points; two photos with their captions share a page."""
_LARGE = frozenset({"body", "centred", "aside"})
_SIGNED = 130.0
"""Points of who signs a foreword: never parted."""


def _silent(_share: float) -> None:
    """Nobody is told."""


class Flow:
    """Makes the story of one document."""

    def __init__(self, book: Document, photos: Photos, tell: Callable[[float], None] = _silent) -> None:
        """``tell`` hears which share of the elements is made; it may raise Cancelled."""
        self._book, self._photos, self._tell = book, photos, tell
        self._labels = book.labels
        # a letter is a page or two, compared line by line with what was signed: no word of it is broken
        self._language = None if book.letter else book.language
        targets = {e.target for e in book.all if isinstance(e, Heading | Table | Figure) and e.target}
        self._targets = frozenset(targets)
        self._page = BODY
        self._place = 0
        self._keys = {id(element): f"place-{place}" for place, element in enumerate(book.all)}
        self._parts: list[tuple[Element, list[Flowable]]] = []
        """The elements since the page was turned last, with what was made of them."""
        self._heads: list[tuple[CondPageBreak, Flowable]] = []
        """The headings just made, with what keeps each with what it heads, whose beginning may need room."""

    def story(self) -> list[Flowable]:
        """Everything after the cover; a letter has neither cover nor contents."""
        story: list[Flowable] = []
        if not self._book.letter:
            story += [NextPageTemplate(BODY), Spacer(1, 1), PageBreak()]
            story += [Imprint(self._book.imprint), PageBreak()] if self._book.imprint else []
        elements, front = self._book.all, len(self._book.front)
        self._parts = []
        if self._book.letter and not front:
            story += self._letter_head()
        for place, element in enumerate(elements):
            self._place = place
            self._tell(place / len(elements))
            if place == front and not self._book.letter:
                story += [*self._flown(), PageBreak()] if front else []
                story += self._contents()
            elif place == front and front:
                story += [*self._flown(), *self._letter_head()]
            # the foreword begins where the imprint ended
            turned = self._turned(elements, place) if place or not front else []
            if turned:
                story += self._flown()
            made = self._made(element)
            self._bind(element, made)
            self._keep(element, made, last=place + 1 == len(elements))
            story += turned
            self._parts.append((element, made))
        if self._book.proof is not None:
            proof = ProofBlock(self._book.proof)
            keep(self._parts, [self._least_proof(proof)], _ROOM[self._page])
            return [*story, *self._flown(), proof]
        return [*story, *self._flown()]

    def _bind(self, element: Element, made: list[Flowable]) -> None:
        """The headings above stay with the beginning of what they head, however high that is."""
        heads, self._heads = self._heads, []
        if not made:
            self._heads = heads
        elif isinstance(element, Heading) or _is_minor(element):
            self._heads = [*heads, *((each, made[1]) for each in made[:1] if isinstance(each, CondPageBreak))]
        else:
            beginning, room = self._beginning(made[0]), _ROOM[self._page]
            lines: list[Flowable] = []
            for head, line in reversed(heads):
                lines.insert(0, line)
                between = max(lines[-1].getSpaceAfter(), made[0].getSpaceBefore())
                head.height = max(head.height, height_of(lines, room) + between + beginning)

    def _beginning(self, first: Flowable) -> float:
        """How much of it stands together at least; nothing that has to be said of what flows line by line."""
        room = _ROOM[self._page]
        if isinstance(first, Grid):
            return min(first.least(room), MOST_KEPT)
        if isinstance(first, KeepTogether):
            return min(height_of(vars(first)["_content"], room), _TALLEST - 2 * HEADING)
        return 0.0

    def _flown(self) -> list[Flowable]:
        """What was made since the page was turned last, to which nothing is bound any more."""
        parts, self._parts = self._parts, []
        return [one for _, made in parts for one in made]

    def _keep(self, element: Element, made: list[Flowable], *, last: bool) -> None:
        """Signatures stand with the words above them, and a remark on a wide table with its last rows."""
        room = _ROOM[self._page]
        if isinstance(element, Signatures):
            proof = [self._least_proof(ProofBlock(self._book.proof))] if last and self._book.proof else []
            height = height_of(made, room)
            kept = keep(self._parts, [*made, *proof], room) or keep(self._parts, made, room)
            if not kept and height <= MOST_KEPT:
                made.insert(0, CondPageBreak(height))
        elif self._page == WIDE and _is_remark(element):
            keep(self._parts, made, room)

    def _least_proof(self, proof: ProofBlock) -> Flowable:
        """As high as the fingerprint is at least."""
        return Spacer(1, proof.least(_ROOM[self._page]) + 2)

    # ------------------------------------------------------------------------------------ contents

    def _key(self, element: Heading | Table | Figure) -> str:
        return element.target or self._keys[id(element)]

    def _letter_head(self) -> list[Flowable]:
        cover = self._book.cover
        if self._book.letterhead:
            arms = emblem.drawn(self._book.emblem, self._photos.read, ARMS, ARMS)
            head = Letterhead(self._book.letterhead, self._labels.coat_of_arms, arms)
            return [head, Paragraph(markup(cover.title), style("statement_title"))]
        region = ", ".join(filter(None, (cover.region, cover.province)))
        kind = [Paragraph(markup(cover.overline), style("letter_kind"))] if cover.overline else []
        return [
            *kind,
            Paragraph(markup(cover.title), style("letter_title")),
            Paragraph(markup(region), style("letter_region")),
            Spacer(1, 2 if self._book.short else 14),
        ]

    def _contents(self) -> list[Flowable]:
        labels = self._labels
        chapters = [
            Entry(self._key(h), h.level, h.number, h.text)
            for h in self._book.headings
            if h.level <= _CONTENTS_LEVEL
        ]
        if not chapters:
            return []
        story: list[Flowable] = [Paragraph(markup(labels.contents), style("contents"))]
        deepest = max((len(entry.number) for entry in chapters), default=1)
        story += [ContentsLine(entry, 12 + 6.0 * deepest) for entry in chapters]
        for title, label, things in (
            (labels.tables, labels.table, list(self._book.tables)),
            (labels.figures, labels.figure, list(self._book.figures)),
        ):
            if things:
                story.append(CondPageBreak(90))
                story.append(Paragraph(markup(title), style("contents_part")))
                entries = (Entry(self._key(t), 0, f"{label} {t.number}", t.caption) for t in things)
                story += [ContentsLine(entry, 58) for entry in entries]
        return story

    # --------------------------------------------------------------------------------- orientation

    def _turned(self, elements: Sequence[Element], place: int) -> list[Flowable]:
        """Turn the page when the next thing needs the other orientation, its headings with it."""
        element = elements[place]
        opens = isinstance(element, Heading) and element.level == 1 and not self._book.letter
        wanted = self._orientation(elements, place)
        if wanted == self._page:
            return [PageBreak()] if opens else []
        self._page = wanted
        return [NextPageTemplate(wanted), PageBreak()]

    def _orientation(self, elements: Sequence[Element], place: int) -> str:
        if self._page == WIDE and _is_remark(elements[place]) and _is_table_or_remark(elements[place - 1]):
            return WIDE
        for element in elements[place : place + 4]:
            if isinstance(element, Heading) or _is_minor(element):
                continue
            wide = isinstance(element, Table) and not fits_upright(element, _ROOM[BODY])
            return WIDE if wide else BODY
        return BODY

    # ------------------------------------------------------------------------------------ elements

    @singledispatchmethod
    def _made(self, element: Element) -> list[Flowable]:
        raise TypeError(type(element))

    @_made.register
    def _heading(self, element: Heading) -> list[Flowable]:
        opens = element.level == 1 and not self._book.letter
        number = f'<font color="{palette.BLUE}">{element.number}</font>&nbsp;&nbsp;' if element.number else ""
        text = markup(element.text) + line_markup(element.tags)
        level = min(element.level + self._book.letter, 4)
        line: TitleLine
        if element.centred:
            over = self._book.over(element)
            line = TitleLine(f"{over}<br/>{text}" if over else text, style("heading_centred"))
        elif opens:
            line = chapter(text, self._book.over(element))
        else:
            line = TitleLine(number + text, style("heading_short" if self._book.short else f"heading{level}"))
        number = self._book.over(element) if element.centred else element.number
        shown = f"{number} {element.text}".strip()
        line.place = (self._key(element), element.level, shown)
        return [line] if opens else [CondPageBreak(self._needed()), line]

    def _needed(self) -> float:
        """How much room a heading wants below it, so that it does not stand alone at the foot of a page."""
        room = -20.0 if self._book.short else 0.0
        for element in self._book.all[self._place : self._place + 4]:
            if not isinstance(element, Heading):
                return room + 74
            room += HEADING
        return room

    @_made.register
    def _paragraph(self, element: document.Paragraph) -> list[Flowable]:
        kind = Barred if element.example else Noted
        text = line_markup(element.line, self._targets)
        look: str = "short" if self._book.short and element.style == "body" else element.style
        if self._book.large and element.style in _LARGE:
            look = f"large_{element.style}"
        made = paragraph(text, style(look, self._language), kind)
        made.notes = notes_of(element.line, self._targets, self._language)
        if element.style == "centred":  # it opens what stands below it
            return [CondPageBreak(64), made]
        if element.style == "signed":
            return [CondPageBreak(_SIGNED), made]
        if not _is_minor(element):
            return [made]
        return [CondPageBreak(64), made]

    @_made.register
    def _list(self, element: ListBlock) -> list[Flowable]:
        kind = Barred if element.example else Noted
        story: list[Flowable] = []
        for item in element.items:
            mark = f"{item.ordinal}." if item.ordinal else ("•" if item.depth % 2 else "–")
            text = line_markup(item.line, self._targets)
            look = list_style(item.depth, self._language, large=self._book.large, short=self._book.short)
            paragraph = kind(text, look, bulletText=mark)
            paragraph.notes = notes_of(item.line, self._targets, self._language)
            story.append(paragraph)
        return [*story, Spacer(1, 4)]

    @_made.register
    def _table(self, element: Table) -> list[Flowable]:
        if not element.columns or not element.rows:
            return []
        grid = self._grid(element)
        note = [Paragraph(line_markup(element.note, self._targets), style("note"))] if element.note else []
        if note:
            grid.spaceAfter = 4
        return [grid, *note]

    def _grid(self, element: Table) -> Grid:
        room = _ROOM[self._page]
        wanted = LARGE if element.clauses else LARGE_TABLE if self._book.large else 0
        size, columns = best_widths(element, room, wanted)
        caption = continued = ""
        if element.caption and not self._book.short:
            label = f"{self._labels.table} {element.number}" if element.number else ""
            mark = (
                f'<font face="{BOLD}" color="{palette.BLUE}">{markup(label)}</font>&nbsp;&nbsp;'
                if label
                else ""
            )
            caption = mark + markup(element.caption)
            rest = f'<font color="{palette.MUTED}">{markup(self._labels.continued)}</font>'
            continued = (mark or markup(element.caption) + " ") + rest
        target = self._key(element) if element.number else element.target
        made = Builder(
            element, (columns, size), self._targets, self._language, self._labels, tight=self._book.short
        )
        return made.build(caption, continued, target)

    @_made.register
    def _figure(self, element: Figure) -> list[Flowable]:
        room = _ROOM[self._page]
        height = _TALLEST - 90
        label = _label(f"{self._labels.figure} {element.number}")
        story: list[Flowable] = []
        for number, drawn in enumerate(self._drawn(element.chart, room, height)):
            rest = (
                ""
                if number == 0
                else f' <font color="{palette.MUTED}">{markup(self._labels.continued)}</font>'
            )
            caption = TitleLine(
                f"{label}&nbsp;&nbsp;{markup(element.caption)}{rest}", style("figure_caption")
            )
            if number == 0:
                caption.place = (self._key(element), 0, "")
            story.append(KeepTogether([Spacer(1, 6), *drawn, caption]))
        if element.description:
            story.append(Paragraph(markup(element.description), style("note")))
        return story

    def _drawn(self, chart: document.Chart | Photo, room: float, height: float) -> Iterator[list[Flowable]]:
        """A chart in pieces that fit a page, or a photo; nothing where its bytes are not at hand."""
        if not isinstance(chart, Photo):
            for part in charts.parts(chart, room, height):
                yield [cast(Flowable, charts.draw(part, room))]
            return
        made = self._photos.photo(chart.sha256, room, min(height, _TALLEST_PHOTO))
        yield [made] if made is not None else []

    @_made.register
    def _callout(self, element: Callout) -> list[Flowable]:
        title, text = callout_styles(element.tone)
        lines = [Paragraph(line_markup(line, self._targets), text) for line in element.lines]
        return [Paragraph(markup(element.title), title), *lines, Spacer(1, 15)]

    @_made.register
    def _page_break(self, _element: document.PageBreak) -> list[Flowable]:
        return [PageBreak()]

    @_made.register
    def _signatures(self, element: Signatures) -> list[Flowable]:
        signers, labels, right = element.signers, self._labels, self._book.on_right(element)
        rows = [signers[place : place + 2] for place in range(0, len(signers), 2)]
        hints = (labels.sign_here, labels.duty_stamp)
        large, label, proof = self._book.large, element.place_label, element.proof
        return [SignatureRow(row, label, hints, proof, right=right, large=large) for row in rows]


def _is_remark(element: Element) -> bool:
    return isinstance(element, document.Paragraph) and element.style == "note"


def _is_table_or_remark(element: Element) -> bool:
    return isinstance(element, Table) or _is_remark(element)


def _is_minor(element: Element) -> bool:
    return isinstance(element, document.Paragraph) and element.style == "minor_heading"


def _label(text: str) -> str:
    return f'<font face="{BOLD}" color="{palette.BLUE}">{markup(text)}</font>'
