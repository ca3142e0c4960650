"""A book as PDF/A-2b: laid out in one pass, the same bytes for the same document.

Only this package knows ReportLab's page layout; import it when a book is to be made, not before.
"""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import cast

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, PageTemplate

from desktop.base import Message
from desktop.base.jobs import Report, quiet
from desktop.books.document import Document, Pictures
from desktop.books.emblem import drawn
from desktop.books.fonts import REGULAR, drawable, register
from desktop.books.pdf.canvas import BookCanvas, StampBox
from desktop.books.pdf.cover import EMBLEM, draw_cover
from desktop.books.pdf.flow import BODY, WIDE, Flow
from desktop.books.pdf.footnotes import NotedFrame
from desktop.books.pdf.furniture import foot, ground, head
from desktop.books.pdf.photos import Photos
from desktop.books.pdf.styles import LANDSCAPE, MARGIN_BOTTOM, MARGIN_TOP, MARGIN_X, PORTRAIT
from desktop.books.pdfa import to_pdfa

__all__ = ["RenderedBook", "StampBox", "render_pdf"]

_STEPS = 100
_MADE = 25
"""So far it is when everything is made that then flows over the pages."""
_MANY = 50_000
"""So many new things, and Python looks for rubbish."""


@dataclass(frozen=True, slots=True)
class RenderedBook:
    """A finished PDF, how many pages it has, and where each role's signature belongs."""

    pdf: bytes
    pages: int
    stamp_boxes: Mapping[str, StampBox]


def render_pdf(
    book: Document, report: Report = quiet, *, archival: bool = True, pictures: Pictures | None = None
) -> RenderedBook:
    """Lay a document out. ``archival=False`` leaves out the PDF/A step (previews).

    ``pictures`` hands out the bytes of photos; without it only their captions are printed.

    ``report`` may raise :class:`~desktop.base.Cancelled` at any page.
    """
    register()
    report(0, _STEPS, Message("books.progress.laying_out"))
    target = io.BytesIO()
    with _seldom_tidied():
        with Photos(pictures) as photos:
            story = Flow(book, photos, partial(_told, report)).story()
            template = _Template(target, book, report, len(story), pictures)
            template.build(story, canvasmaker=BookCanvas)
        canvas = template.canvas
        report(_STEPS - 10, _STEPS, Message("books.progress.finishing"))
        data = to_pdfa(target.getvalue(), book.moment) if archival else target.getvalue()
    report(_STEPS, _STEPS, Message("books.progress.done"))
    return RenderedBook(data, template.pages, canvas.stamp_boxes)


def _told(report: Report, share: float) -> None:
    report(int(share * _MADE), _STEPS, Message("books.progress.laying_out"))


@contextmanager
def _seldom_tidied() -> Iterator[None]:
    """Python looks for rubbish less often: a book is a hundred thousand things that are all still needed."""
    usual = gc.get_threshold()
    gc.set_threshold(_MANY, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class _Template(BaseDocTemplate):
    """Pages and their furniture; tells how far the layout is."""

    def __init__(
        self,
        target: io.BytesIO,
        book: Document,
        report: Report,
        parts: int,
        pictures: Pictures | None,
    ) -> None:
        super().__init__(
            target,
            pagesize=PORTRAIT,
            title=drawable(book.title),
            author=drawable(book.author),
            subject=drawable(book.subject),
            keywords=[book.keywords] if book.keywords else [],
            creator="Rancang",
            producer="Rancang",
            lang=book.language.value,
            invariant=1,
            allowSplitting=1,
            initialFontName=REGULAR,
        )
        self.book, self.pages = book, 0
        self._pictures = pictures
        self._tell, self._parts, self._placed = report, parts, 0
        first = (
            []
            if book.letter
            else [PageTemplate("cover", [_frame(PORTRAIT)], onPage=self._on_cover, pagesize=PORTRAIT)]
        )
        self.addPageTemplates([*first, self._pages(BODY, PORTRAIT), self._pages(WIDE, LANDSCAPE)])

    def _pages(self, name: str, size: tuple[float, float]) -> PageTemplate:
        return PageTemplate(
            name,
            [_frame(size)],
            onPage=partial(self._on_page, size),
            onPageEnd=self._on_page_end,
            pagesize=size,
        )

    @property
    def canvas(self) -> BookCanvas:
        """The canvas of the last build."""
        return cast(BookCanvas, self.canv)

    def beforeDocument(self) -> None:  # noqa: N802 - ReportLab's name
        """The canvas asks us to complete its pages."""
        self.canvas.finish_page = self._finish

    def _on_cover(self, _canvas: Canvas, _template: BaseDocTemplate) -> None:
        draw_cover(self.canvas, self.book, drawn(self.book.emblem, self._pictures, *EMBLEM))

    def _on_page(self, size: tuple[float, float], _canvas: Canvas, _template: BaseDocTemplate) -> None:
        ground(self.canvas, self.book, size)

    def _on_page_end(self, _canvas: Canvas, _template: BaseDocTemplate) -> None:
        frame = vars(self)["frame"]
        if isinstance(frame, NotedFrame):
            frame.draw_notes(self.canvas)

    def _finish(self, canvas: BookCanvas, page: int, pages: int) -> None:
        self.pages = pages
        if page > 1 or self.book.letter:
            head(canvas, self.book, canvas.page_size, page)
            foot(canvas, self.book, page, pages)

    def afterFlowable(self, _flowable: Flowable) -> None:  # noqa: N802 - ReportLab's name
        """Count, for the progress."""
        self._placed += 1

    def afterPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Tell the progress after every page."""
        share = min(self._placed / max(self._parts, 1), 1.0)
        done = _MADE + int(share * (_STEPS - 15 - _MADE))
        self._tell(done, _STEPS, Message("books.progress.page", page=str(self.page)))


def _frame(size: tuple[float, float]) -> NotedFrame:
    width, height = size
    return NotedFrame(
        MARGIN_X,
        MARGIN_BOTTOM,
        width - 2 * MARGIN_X,
        height - MARGIN_TOP - MARGIN_BOTTOM,
        0,
        0,
        0,
        0,
        id="text",
    )
