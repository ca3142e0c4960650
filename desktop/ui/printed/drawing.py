"""The charts of a chapter: drawn beside the window, kept, and laid on the paper of the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from PySide6.QtCore import QByteArray, QObject, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from desktop.books.document import Figure, Photo
from desktop.ui import theme
from desktop.ui.charted import colours

Drawn = tuple[object, int, str]
"""A chart, its width and the ground it is drawn for."""
Begun = tuple[Drawn, Future[str] | str]
"""What is drawn, and its drawing when that is made or else will be."""


class Drawing:
    """Draws charts in a thread for as long as a page lives; those drawn before are kept."""

    def __init__(self, page: QObject) -> None:
        self._at_work = ThreadPoolExecutor(max_workers=1)
        self._drawn: dict[Drawn, str] = {}
        page.destroyed.connect(partial(_stop, self._at_work))

    def begin(self, figures: Iterable[Figure], room: int) -> dict[int, Begun]:
        """Begin to draw what is not drawn yet, for a sheet of that many pixels; by number of the figure."""
        from desktop.books import charts

        width = round(max(240, room) * 0.75)
        ground, others = theme.colours().card, colours()
        wanted: dict[int, Begun] = {}
        for figure in figures:
            if isinstance(figure.chart, Photo):
                continue
            key = (figure.chart, width, ground)
            known = self._drawn.get(key)
            made = (
                known if known is not None else self._at_work.submit(charts.svg, figure.chart, width, others)
            )
            wanted[figure.number] = (key, made)
        return wanted

    def made(self, begun: Mapping[int, Begun]) -> Iterator[tuple[int, str | None]]:
        """The charts one after the other; None for as long as the next one is still being drawn."""
        for number, (key, made) in begun.items():
            while isinstance(made, Future) and not made.done():
                yield number, None
            svg = made.result() if isinstance(made, Future) else made
            self._drawn[key] = svg
            yield number, svg


def _stop(drawing: ThreadPoolExecutor, *_: object) -> None:
    """The page is gone; charts nobody waits for are not begun."""
    drawing.shutdown(wait=False, cancel_futures=True)


def picture(svg: str, width: int, ratio: float = 2.0) -> QImage:
    """A chart for the screen, on whatever is below it."""
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(svg.encode()))
    size = renderer.defaultSize()
    size = QSize(width, round(width * size.height() / max(size.width(), 1)))
    made = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
