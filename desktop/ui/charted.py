"""The books' charts in the window: drawn beside it, in the colours of the theme, and told in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QByteArray, QRectF, QSize, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.base import Language, Message
from desktop.books import palette
from desktop.books.pictures import Told, indicator_paths
from desktop.guideline.pack import Pack
from desktop.ui import theme, widgets
from desktop.ui.pictures import save_picture
from desktop.ui.session import Session
from desktop.ui.viewer.darkroom import Darkroom, Errand, Table
from desktop.workspace.plan import Plan

Make = Callable[[Plan, Pack, Language], "Told | None"]
"""Makes a chart and its description of a frozen plan; None while there is nothing to show."""
WIDEST = 860
"""Pixels at 100 %: a wider chart is no clearer."""
POINTS = 60
"""So many points for a hundred pixels: letters are a little larger than on paper."""
PATIENCE = 120
"""Milliseconds after the last change of the width before it is drawn anew."""


def colours() -> Mapping[str, str] | None:
    """The colours that stand for those of paper in the present theme; None where it is as light."""
    card = theme.colours().card
    return {**palette.ON_DARK, palette.WHITE: card} if QColor(card).lightness() < 128 else None


class ChartView(QWidget):
    """Paints one chart as wide as there is room; until it is drawn anew the old one is stretched."""

    def __init__(self, session: Session, title: Message, shown: Callable[[Told | None], object]) -> None:
        """``shown`` is told what is shown from now on."""
        super().__init__()
        self._session = session
        self._shown = shown
        self.points = POINTS
        """So many points of paper for a hundred pixels: more make it smaller."""
        self._make: Make | None = None
        self._errand: Errand | None = None
        self._renderer: QSvgRenderer | None = None
        self._again = QTimer(self, singleShot=True, interval=PATIENCE)
        self._again.timeout.connect(self.draw)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        widgets.call(session.speaker, self, title)
        session.look_changed.connect(self._again.start)

    def show_chart(self, make: Make) -> None:
        """Draw something else, of the plan as it is now."""
        self._make = make
        self.draw()

    def draw(self) -> None:
        """Have it drawn beside the window."""
        if self._make is None or not self._session.is_open:
            return
        if self._errand is not None:
            self._errand.give_up()
        session = self._session
        room = min(self.width(), theme.grown(WIDEST))
        # letters grow with the text size of the window, and a narrower chart keeps its shape
        points = self.points * room / theme.grown(100)
        plan, pack, language = session.plan, session.pack, session.speaker.language
        work = partial(_drawn, partial(self._make, plan, pack, language), points, colours())
        self._errand = Darkroom.of(session).ask(self, work, self._take, table=Table.OURS)

    def _take(self, made: tuple[Told | None, str]) -> None:
        told, svg = made
        self._errand = None
        self._renderer = QSvgRenderer(QByteArray(svg.encode())) if svg else None
        self.setAccessibleDescription(told.words if told is not None else "")
        self._fit()
        self._shown(told)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.grown(420), self._height())

    def _size(self) -> QSize:
        size = self._renderer.defaultSize() if self._renderer is not None else QSize(1, 0)
        room = min(self.width(), theme.grown(WIDEST))
        return QSize(room, round(room * size.height() / max(size.width(), 1)))

    def _height(self) -> int:
        return self._size().height()

    def _fit(self) -> None:
        self.setFixedHeight(max(self._height(), 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
            self._again.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._renderer is None:
            return
        painter = QPainter(self)
        self._renderer.render(painter, QRectF(0, 0, self._size().width(), self._size().height()))
        painter.end()


def _drawn(
    make: Callable[[], Told | None], points: float, others: Mapping[str, str] | None
) -> tuple[Told | None, str]:
    """In the other thread: the chart, and its drawing."""
    from desktop.books import charts

    told = make()
    return told, charts.svg(told.chart, points, others) if told is not None else ""


class ChartCard(widgets.Card):
    """A chart, what it shows in words, and the way to keep it; hidden while there is nothing to show."""

    def __init__(self, session: Session, title: Message) -> None:
        super().__init__(session.speaker, title)
        self._session = session
        self._title = title
        self._make: Make | None = None
        self.view = ChartView(session, title, self._on_shown)
        self.add(self.view)
        self.words = widgets.label(session.speaker, "", "muted", wrap=True)
        self.add(self.words)
        self.export = widgets.button(
            session.speaker, Message("ui.picture.save"), self.save, icon="download", look="quiet"
        )
        self.add(widgets.line(self.export, 1))
        self.setVisible(False)

    def show_chart(self, make: Make) -> None:
        """Draw something, of the plan as it is now."""
        self._make = make
        self.view.show_chart(make)

    def _on_shown(self, told: Told | None) -> None:
        self._session.speaker.tie(self.words, QLabel.setText, told.words if told is not None else "")
        self.setVisible(told is not None)

    def save(self) -> None:
        """Save it as the books print it."""
        session, make = self._session, self._make
        if make is None:
            return
        plan, pack, language = session.plan, session.pack, session.speaker.language

        def draw() -> str:
            return _drawn(partial(make, plan, pack, language), 640, None)[1]

        save_picture(session, draw, session.say(self._title), self)


class IndicatorPaths(ChartCard):
    """The indicators of one programme on their way from baseline to target."""

    def __init__(self, session: Session, programme: str) -> None:
        super().__init__(session, Message("ui.chart.paths"))
        self._programme = programme

    def refresh(self) -> None:
        """Show the plan as it is now."""
        self.show_chart(partial(indicator_paths, programme=self._programme))
