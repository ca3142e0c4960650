"""How far is the team? A ring over everything, and bars for stages, chapters, dimensions and agencies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QTabWidget, QVBoxLayout, QWidget

from desktop.base import Message
from desktop.checks import Part, PlanProgress
from desktop.ui import widgets
from desktop.ui.pages.home.bars import Bar
from desktop.ui.pages.home.ring import Ring
from desktop.ui.session import Session

COLUMNS = 2


class OverviewCard(widgets.Card):
    """The ring, and beside it the stages of the journey."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.home.progress"))
        self.ring = Ring(session)
        self.stages = Bars(session, columns=1)
        row = widgets.line(self.ring, spacing=18)
        row.setAlignment(self.ring, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.stages, 1)
        self.add(row)
        self.body.addStretch(1)

    def show_progress(self, measured: PlanProgress, stages: Sequence[Part]) -> None:
        """Show everything, and each stage."""
        self.ring.show_progress(measured.filled, measured.required)
        self.stages.show_parts(stages)


class Bars(QWidget):
    """Bars under each other, in one column or two; kept as long as the parts are the same."""

    def __init__(self, session: Session, columns: int = COLUMNS, empty: Message | None = None) -> None:
        super().__init__()
        self._session = session
        self._columns = columns
        self._empty = empty
        self.bars: list[Bar] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(2)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these parts."""
        if [bar.part.ref for bar in self.bars] == [part.ref for part in parts] and parts:
            for bar, part in zip(self.bars, parts, strict=True):
                if bar.part != part:
                    bar.show_part(part)
            return
        widgets.empty(self._grid)
        self.bars = [self._bar(part) for part in parts]
        rows = -(-len(self.bars) // self._columns)
        for number, bar in enumerate(self.bars):
            self._grid.addWidget(bar, number % rows, number // rows, Qt.AlignmentFlag.AlignTop)
        if not self.bars and self._empty is not None:
            self._grid.addWidget(widgets.label(self._session.speaker, self._empty, "muted", wrap=True), 0, 0)

    def _bar(self, part: Part) -> Bar:
        bar = Bar(self._session, part)
        bar.clicked.connect(partial(self._go, bar))
        return bar

    def _go(self, bar: Bar, _checked: bool = False) -> None:
        page, ref = destination(self._session, bar.part)
        self._session.show(page, ref)


def destination(session: Session, part: Part) -> tuple[str, str]:
    """The page a part is worked on."""
    match part.kind:
        case "form" | "worksheet" | "chapter":
            return part.kind, part.ref
        case "stage":
            stage = next((each for each in session.pack.stages if each.id == part.ref), None)
            return (stage.pages[0].page, stage.pages[0].ref) if stage and stage.pages else ("checks", "")
        case _:
            return "programmes", ""


class PartsCard(widgets.Card):
    """Chapters, dimensions and agencies, each behind a tab; only the one in view is worked out."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.home.parts"))
        self._session = session
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for part in (self.tabs, self.tabs.tabBar()):
            widgets.call(session.speaker, part, Message("ui.home.parts"))
        self.kinds: dict[str, Bars] = {}
        self._read: dict[str, Callable[[], Sequence[Part]]] = {}
        for kind, title, nothing in KINDS:
            bars = Bars(session, empty=nothing)
            self.kinds[kind] = bars
            inside = QWidget()
            box = QVBoxLayout(inside)
            box.setContentsMargins(0, 10, 0, 0)
            box.addWidget(bars)
            box.addStretch(1)
            number = self.tabs.addTab(inside, "")
            session.speaker.tie(inside, partial(self._name_tab, number), title)
        self.tabs.currentChanged.connect(lambda _now: self.show_current())
        self.add(self.tabs)

    def _name_tab(self, number: int, _inside: QWidget, text: str) -> None:
        self.tabs.setTabText(number, text)

    def choose(self, kind: str) -> None:
        """Bring one of the tabs to the front."""
        self.tabs.setCurrentIndex(list(self.kinds).index(kind))

    def show_parts(self, read: dict[str, Callable[[], Sequence[Part]]]) -> None:
        """Take over how each tab is worked out, and show the one in view."""
        self._read = read
        self.show_current()

    def show_current(self) -> None:
        """Work out and show the tab in view."""
        kind = list(self.kinds)[self.tabs.currentIndex()]
        if kind in self._read:
            self.kinds[kind].show_parts(self._read.pop(kind)())


KINDS = (
    ("chapter", Message("ui.home.chapters"), Message("ui.home.chapters.none")),
    ("dimension", Message("ui.home.dimensions"), Message("ui.home.dimensions.none")),
    ("agency", Message("ui.home.agencies"), Message("ui.home.agencies.none")),
    ("person", Message("ui.home.people"), Message("ui.home.people.none")),
)
