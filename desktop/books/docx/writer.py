"""The elements of a document as paragraphs and tables that Word and LibreOffice show alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial, singledispatchmethod
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.jobs import Report, quiet
from desktop.base.richtext import Run
from desktop.books import document, palette
from desktop.books.document import (
    Callout,
    Document,
    Element,
    Figure,
    Heading,
    ListBlock,
    Photo,
    Pictures,
    Signatures,
    Table,
    Tag,
    Tone,
)
from desktop.books.docx import front, furniture, signing
from desktop.books.docx.file import File
from desktop.books.docx.grids import kept_below
from desktop.books.docx.lines import Lines, Notes
from desktop.books.docx.marking import Marks
from desktop.books.docx.pictures import behind, inline, png_of
from desktop.books.docx.styles import FIRST_LIST, TAGS
from desktop.books.docx.tables import table
from desktop.books.docx.targets import DEEPEST, Goal, Targets
from desktop.books.docx.xml import PLAIN, Look, Set, Xml, code, para, run
from desktop.books.emblem import drawn

if TYPE_CHECKING:
    from desktop.books.document import Chart

_STEPS = 100
_TALLEST_PHOTO = 270.0
_PARAGRAPHS = {
    "body": "BodyText",
    "note": "Remark",
    "lead": "Lead",
    "minor_heading": "MinorHeading",
    "centred": "Centred",
    "signed": "Signed",
    "aside": "Aside",
}


class Writer:
    """Writes one document."""

    def __init__(
        self,
        book: Document,
        report: Report = quiet,
        pictures: Pictures | None = None,
        properties: Mapping[str, str] | None = None,
    ) -> None:
        self._book, self._report, self._pictures = book, report, pictures
        self._file = File(book, properties or {})
        self._targets, self._notes = Targets(book), Notes()
        self._marks = Marks(book.returning)
        self._lines = Lines(self._targets, book.labels, self._file.link, self._notes, self._marks)
        self._out: list[Xml] = []
        self._page = furniture.UPRIGHT
        self._lists: list[tuple[int, int]] = []
        self._counted: dict[str, int] = {}
        self._drawings = 0
        self._signed = False
        """Whether what is written now stands above signatures, which are never alone on a page."""

    def write(self) -> bytes:
        """The whole file."""
        book, elements = self._book, self._book.elements
        if book.letter:
            for element in book.front:
                self._made(element)
            self._out += front.letter_head(book, self._emblem(front.ARMS) if book.letterhead else "")
        else:
            self._front()
        for place, element in enumerate(elements):
            self._report(place * (_STEPS - 10) // len(elements), _STEPS, Message("books.progress.laying_out"))
            self._out.append(self._marks.leaves(element))
            self._turn(elements, place)
            self._out.append(self._marks.enters(element))
            self._signed = isinstance(elements[min(place + 1, len(elements) - 1)], Signatures)
            self._made(element)
        self._out.append(self._marks.closed())
        if book.proof is not None:
            self._out.append(signing.proof(book.proof, self._qr(book.proof.code), furniture.room(self._page)))
            self._out.append(para("", "AfterTable"))
        self._report(_STEPS - 10, _STEPS, Message("books.progress.finishing"))
        self._out.append(furniture.section(self._page, self._file.furniture(self._page)))
        if self._notes.any:
            self._file.add_notes(
                self._notes.part(self._file.note_lines(self._targets, self._notes, self._marks))
            )
        data = self._file.finished("".join(self._out), tuple(self._lists))
        self._report(_STEPS, _STEPS, Message("books.progress.done"))
        return data

    def _front(self) -> None:
        book, upright = self._book, furniture.UPRIGHT
        relation = self._file.picture(front.cover_png(book.cover.motif))
        self._drawings += 1
        field = behind(relation, self._drawings, upright, "")
        self._out += front.cover(book, field, self._emblem(front.EMBLEM))
        self._end(upright, None)
        if book.imprint:
            self._out.append(front.imprint(book))
            self._end(upright, self._file.furniture(upright, front=True), low=True)
        for element in book.front:
            self._out.append(self._marks.leaves(element))
            self._out.append(self._marks.enters(element))
            self._made(element)
        self._out.append(self._marks.closed())
        if book.front:
            self._end(upright, self._file.furniture(upright, front=True))
        contents = list(front.contents(book, self._targets))
        if contents:
            self._out += contents
            self._end(upright, self._file.furniture(upright, front=True))
        if book.elements:
            self._page = self._orientation(book.elements, 0)

    def _emblem(self, room: tuple[float, float]) -> Xml:
        """The region's emblem in a line; nothing where there is none."""
        made = drawn(self._book.emblem, self._pictures, *room)
        if made is None:
            return ""
        relation = self._file.picture(made.jpeg)
        self._drawings += 1
        return inline(relation, self._drawings, (made.width, made.height), self._book.labels.coat_of_arms)

    # ------------------------------------------------------------------------------------ sections

    def _turn(self, elements: Sequence[Element], place: int) -> None:
        """Begin a section where the next thing needs the other orientation, its headings with it."""
        wanted = self._orientation(elements, place)
        if wanted != self._page:
            self._end(self._page, self._file.furniture(self._page))
            self._page = wanted

    def _end(
        self, page: tuple[float, float], relations: tuple[str, str] | None, *, low: bool = False
    ) -> None:
        made = furniture.section(page, relations, low=low)
        self._out.append(para("", Set("AfterTable", exactly=1, section=made)))

    def _orientation(self, elements: Sequence[Element], place: int) -> tuple[float, float]:
        from desktop.books.fonts import register
        from desktop.books.pdf.measures import fits_upright

        register()
        for element in elements[place : place + 4]:
            if isinstance(element, Heading) or _is_minor(element):
                continue
            wide = isinstance(element, Table) and not fits_upright(element, furniture.room(furniture.UPRIGHT))
            return furniture.ACROSS if wide else furniture.UPRIGHT
        return furniture.UPRIGHT

    # ------------------------------------------------------------------------------------ elements

    @singledispatchmethod
    def _made(self, element: Element) -> None:
        raise TypeError(type(element))

    @_made.register
    def _heading(self, element: Heading) -> None:
        target = self._targets.of(element)
        words = self._lines.line((Run(element.text), *element.tags))
        level = min(element.level, DEEPEST)
        how: Set | str
        if element.centred:
            over = run(f"{self._book.over(element)}\n") if element.number else ""
            words, how = over + words, Set(f"Heading{level}", number=(0, 0), left=0, align="center")
            self._out.append(para(self._marks.around(target.name, words), how))
            return
        if target.automatic:
            how = f"Heading{level}"
        elif element.number:
            words = run(element.number, Look(colour=palette.BLUE)) + run("\t") + words
            how = Set(f"Heading{level}", number=(0, 0), tabs=(("left", 38, ""),), left=0)
        else:
            how = Set(f"Heading{level}", number=(0, 0), left=0)
        self._out.append(para(self._marks.around(target.name, words), how))

    @_made.register
    def _paragraph(self, element: document.Paragraph) -> None:
        style = "Example" if element.example and element.style == "body" else _PARAGRAPHS[element.style]
        bar = palette.BLUE if element.example and style != "Example" else ""
        # a mark alone says something of the text below it
        keep = self._signed or (bool(element.line) and all(isinstance(part, Tag) for part in element.line))
        self._out.append(para(self._lines.line(element.line), Set(style, keep=keep, bar=bar)))

    @_made.register
    def _list(self, element: ListBlock) -> None:
        counters: dict[int, int] = {}
        current = 0
        for item in element.items:
            depth = min(max(item.depth, 1), 9)
            bar = palette.BLUE if element.example else ""
            if not item.ordinal:
                how = Set("ListBullet", number=(2, depth - 1), bar=bar)
            else:
                if not current or counters.get(depth, 0) + 1 != item.ordinal:
                    self._lists.append((depth - 1, item.ordinal))
                    current, counters = FIRST_LIST + len(self._lists) - 1, {}
                counters = {level: count for level, count in counters.items() if level < depth}
                counters[depth] = item.ordinal
                how = Set("ListNumber", number=(current, depth - 1), bar=bar)
            self._out.append(para(self._lines.line(item.line), how))

    @_made.register
    def _callout(self, element: Callout) -> None:
        ink, ground = TAGS[element.tone.value]
        look = PLAIN if element.tone is Tone.SOFT else Look(colour=ink)
        title = Look(bold=True, colour=look.colour or palette.NAVY)
        self._out.append(para(run(element.title, title), Set("CalloutTitle", shade=ground, bar=ink)))
        for line in element.lines:
            self._out.append(para(self._lines.line(line), Set("Callout", shade=ground, bar=ink)))
        self._out.append(para("", "AfterTable"))

    @_made.register
    def _page_break(self, _element: document.PageBreak) -> None:
        self._out.append(para('<w:r><w:br w:type="page"/></w:r>', Set("AfterTable")))

    @_made.register
    def _signatures(self, element: Signatures) -> None:
        pairs = [element.signers[at : at + 2] for at in range(0, len(element.signers), 2)]
        right = self._book.on_right(element)
        for pair in pairs:
            self._out.append(signing.boxes(pair, element.place_label, self._book, right=right))
            self._out.append(para("", "AfterTable"))
        if element.proof is not None:
            room = furniture.room(self._page)
            self._out.append(signing.proof(element.proof, self._qr(element.proof.code), room))
            self._out.append(para("", "AfterTable"))

    @_made.register
    def _table(self, element: Table) -> None:
        if not element.columns or not element.rows:
            return
        target = self._targets.of(element)
        if element.caption and not self._book.short:
            words = (
                self._captioned(self._book.labels.table, element) if element.number else run(element.caption)
            )
            self._out.append(para(self._marks.around(target.name, words), "Caption"))
        else:
            # nothing of its own says where a reference leads
            self._out.append(
                para(self._marks.around(target.name, ""), Set("AfterTable", keep=True, exactly=4))
            )
        room = furniture.room(self._page)
        made = table(
            element, self._lines, self._marks, room, letter=self._book.letter, short=self._book.short
        )
        self._out.append(kept_below(made) if self._signed else made)
        if element.note:
            self._out.append(para(self._lines.line(element.note), Set("Remark", keep=self._signed, before=3)))
        else:
            self._out.append(para("", Set("AfterTable", keep=self._signed)))

    @_made.register
    def _figure(self, element: Figure) -> None:
        room = furniture.room(self._page)
        for relation, size in self._drawn(element.chart, room):
            self._drawings += 1
            told = element.description or element.caption
            self._out.append(para(inline(relation, self._drawings, size, told), "Figure"))
        words = self._captioned(self._book.labels.figure, element)
        self._out.append(para(self._marks.around(self._targets.of(element).name, words), "FigureCaption"))
        if element.description:
            self._out.append(para(run(element.description), "Remark"))

    def _drawn(self, chart: Chart | Photo, room: float) -> list[tuple[str, tuple[float, float]]]:
        """Chart or photo as pictures of the file; none where the bytes are not at hand."""
        if isinstance(chart, Photo):
            return self._photo(chart, room)
        from desktop.books import charts

        height = furniture.UPRIGHT[1] - furniture.MARGIN_TOP - furniture.MARGIN_BOTTOM - 90
        drawings = [charts.draw(part, room) for part in charts.parts(chart, room, height)]
        return [(self._file.picture(png_of(each)), (each.width, each.height)) for each in drawings]

    def _photo(self, photo: Photo, room: float) -> list[tuple[str, tuple[float, float]]]:
        from desktop.books.photos import scaled

        if self._pictures is None:
            return []
        made = scaled(partial(self._pictures, photo.sha256), room, _TALLEST_PHOTO)
        if made is None:
            return []
        return [(self._file.picture(made.jpeg), (made.width, made.height))]

    # --------------------------------------------------------------------------------------- parts

    def _captioned(self, label: str, element: Goal) -> Xml:
        """Label and number, which Word counts; then the caption."""
        if isinstance(element, Heading):
            raise TypeError(element)
        name, number = front.counter(label), element.number
        reset = "" if number == self._counted.get(name, 0) + 1 else rf" \r {number}"
        self._counted[name] = number
        look = Look(style="CaptionLabel")
        counted = run(f"{label} ", look) + code(rf"SEQ {name} \* ARABIC{reset}", run(str(number), look), look)
        return self._marks.around(self._targets.of(element).label, counted) + run(f"\t{element.caption}")

    def _qr(self, text: str) -> Xml:
        from desktop.books.docx.pictures import qr_drawing

        self._drawings += 1
        relation = self._file.picture(png_of(qr_drawing(text, 62)))
        return inline(relation, self._drawings, (62, 62), "QR")


def _is_minor(element: Element) -> bool:
    return isinstance(element, document.Paragraph) and element.style == "minor_heading"
