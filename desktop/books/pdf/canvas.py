"""A canvas that holds pages back until the book is complete, so that one pass of layout is enough.

Page numbers in the contents and *page x of y* are known only at the end; they are written then, into
places that were kept free. The outline is made at the same time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desktop.books.fonts import REGULAR

rl_config.useA85 = 0
"""Streams are bytes: letters instead of them are a quarter longer, and would be turned back at once."""


@dataclass(frozen=True, slots=True)
class StampBox:
    """Where a signature belongs: page counted from 1, the rest in points from the lower left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that contents, outline and references lead to."""

    key: str
    level: int
    text: str
    page: int
    y: float


_DOCUMENT_WIDE = frozenset({"_annotationCount"})
"""What of ReportLab's canvas counts on over all pages and must not go back when a page is taken up again."""


class BookCanvas(Canvas):
    """Pages are kept until :meth:`save`; then ``finish_page`` completes each of them."""

    finish_page: Callable[[BookCanvas, int, int], None]

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        keywords.update(initialFontName=REGULAR, initialFontSize=9, pageCompression=1)
        super().__init__(*arguments, **keywords)
        self._held: list[dict[str, Any]] = []
        self.marks: dict[str, Mark] = {}
        self.stamp_boxes: dict[str, StampBox] = {}
        self.entries: dict[int, list[tuple[str, float, float, float, float]]] = {}

    @property
    def page_width(self) -> float:
        """The width of the present page in points."""
        return float(vars(self)["_pagesize"][0])

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height of the present page in points."""
        width, height = vars(self)["_pagesize"]
        return float(width), float(height)

    @property
    def font(self) -> tuple[str, float]:
        """The present font and its size."""
        return str(vars(self)["_fontname"]), float(vars(self)["_fontsize"])

    def mark(self, key: str, level: int, text: str, height: float) -> None:
        """Remember that a place (a heading, a table) stands here; ``height`` is that of what stands there."""
        _, y = self.absolutePosition(0, height)
        self.marks.setdefault(key, Mark(key, level, text, self.getPageNumber(), y))

    def keep_stamp_box(self, role: str, width: float, height: float) -> None:
        """Remember the rectangle from the present origin as the place for a role's signature."""
        x, y = self.absolutePosition(0, 0)
        self.stamp_boxes[role] = StampBox(self.getPageNumber(), round(x, 2), round(y, 2), width, height)

    def keep_entry(self, key: str, right: float, size: float) -> None:
        """Remember a line of the contents that waits for its page number, right-aligned at ``right``."""
        x, y = self.absolutePosition(right, 0)
        x0, _ = self.absolutePosition(0, 0)
        self.entries.setdefault(self.getPageNumber(), []).append((key, x0, x, y, size))

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Hold the page back."""
        self._held.append({key: value for key, value in self.__dict__.items() if key not in _DOCUMENT_WIDE})
        start_page: Callable[[], None] = vars(Canvas)["_startPage"].__get__(self)
        start_page()

    def save(self) -> None:
        """Complete and write every page."""
        outline = sorted(self.marks.values(), key=lambda mark: mark.page)
        held, marks, depth = self._held, self.marks, 0
        for state in held:
            self.__dict__.update(state)
            page = self.getPageNumber()
            for mark in (mark for mark in outline if mark.page == page):
                self.bookmarkHorizontal(mark.key, 0, mark.y)
                if mark.level:
                    depth = min(mark.level, depth + 1)  # an outline knows no gaps between its levels
                    self.addOutlineEntry(mark.text, mark.key, depth - 1, closed=depth > 1)
            self._write_entries(page, marks)
            self.finish_page(self, page, len(held))
            super().showPage()
        super().save()

    def _write_entries(self, page: int, marks: dict[str, Mark]) -> None:
        self.saveState()
        for key, left, right, y, size in self.entries.get(page, ()):
            if key in marks:
                self.setFont(REGULAR, size)
                self.drawRightString(right, y, str(marks[key].page))
                self.linkRect("", key, (left, y - 3, right, y + size), thickness=0)
        self.restoreState()
