"""What every page is: a purpose in one sentence, then its content, and how it is kept up to date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.gradual import Gradual
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.ui.speaker import Speech
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.ui.fields.box import FieldBox
    from desktop.ui.views import View, ViewSwitch

READ = 1180
"""How wide a page that is read grows, in pixels of 100 % text."""


class Page(QScrollArea):
    """A page of the journey. Subclasses fill ``body`` and say in :meth:`refresh` what follows the plan."""

    purpose: Speech = ""
    anytime = False
    """Whether it reads nothing of a document (and so can be seen without one)."""
    fills = False
    """Whether the content takes the height there is (tables) instead of scrolling as a whole."""

    reading = False
    """Whether it is read and filled in line by line: on a wide screen lines do not grow without end."""

    def __init__(self, session: Session, purpose: Speech | None = None) -> None:
        super().__init__()
        self.session = session
        self.boxes: list[FieldBox] = []
        self.switch: ViewSwitch | None = None
        self._gradual: Gradual | None = None
        self._stale = True
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # no stop of its own for the keyboard: what is on the page has them, and scrolls it
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("look", "page")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(theme.GUTTER, theme.PAD, theme.GUTTER, theme.PAD + 2)
        self.body.setSpacing(theme.PAD - 2)
        self.setWidget(inside)
        self._inside = inside
        if self.reading:
            self._hold_lines()
            session.look_changed.connect(self._hold_lines)
        says = self.purpose if purpose is None else purpose
        self._top = widgets.line(spacing=theme.PAD)
        self.body.addLayout(self._top)
        if not session.say(says):
            says = Message("ui.page.otherwise")  # a guideline that does not say what a page is for
        self._top.addWidget(widgets.label(session.speaker, says, "purpose", wrap=True), 1)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh_if_stale)
        session.changed.connect(self._on_changed)
        session.report_changed.connect(self._on_report)
        session.speaker.changed.connect(self._on_language)
        self._second = session.settings.second_language
        session.settings_changed.connect(self._on_settings)

    def _hold_lines(self) -> None:
        self._inside.setMaximumWidth(theme.grown(READ) + 2 * theme.GUTTER)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Put something below what is there."""
        if isinstance(part, QLayout):
            self.body.addLayout(part, stretch)
        else:
            self.body.addWidget(part, stretch)

    def offer_views(self, switch: ViewSwitch) -> None:
        """Put the switch between views beside the purpose."""
        self.switch = switch
        if not self._top.count():
            self._top.addStretch(1)
        self._top.addWidget(switch, 0, Qt.AlignmentFlag.AlignTop)

    def show_view(self, view: View) -> None:
        """Mark the view this page is."""
        if self.switch is not None:
            self.switch.show_view(view)

    def grow(self, parts: Iterator[object]) -> None:
        """Make the page part by part, so that even a long one is seen at once."""
        self._gradual = Gradual(self, parts, self._on_grown)

    def complete(self) -> None:
        """Make what is not made yet."""
        if self._gradual is not None:
            self._gradual.finish()

    def _on_grown(self) -> None:
        """New boxes say what the checks say, and when all are there, where their values come from."""
        self._on_report()
        if self._gradual is None or self._gradual.done:
            self.tell_origins()

    # -- what subclasses say --------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the plan as it is now, except in what is being edited."""
        for box in self.boxes:
            box.refresh()

    def point_at(self, place: Place) -> bool:
        """Bring the field at a place into view and give it the focus; whether it is on this page."""
        self.complete()
        for box in self.boxes:
            if box.is_at(place):
                self.reveal(box)
                box.take_focus(place.language)
                return True
        return False

    def findings_ref(self) -> str:
        """The programme the findings panel shall narrow to, if any."""
        return ""

    def take_focus(self) -> None:
        """Put the cursor into the first field of the page, or else into the first thing that takes it."""
        if self.boxes and self.boxes[0].isVisible() and self.boxes[0].isEnabled():
            self.boxes[0].take_focus()
            return
        widget: QWidget | None = self.nextInFocusChain()
        while widget is not None and widget is not self and self.isAncestorOf(widget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            widget = widget.nextInFocusChain()

    def has_findings(self) -> bool:
        """Whether the findings stand beside this page (lists that show them themselves need the width)."""
        return True

    def keeps(self) -> bool:
        """Whether the page holds what a person would miss if it were made anew: work that runs, a preview."""
        return any(runner.running for runner in self.findChildren(Runner))

    def open_ref(self, ref: str) -> None:
        """Show one of the things the page holds (a programme, a chapter); empty leaves it as it is."""

    def arrive(self) -> None:
        """The page has just come into view."""

    # -- keeping up -----------------------------------------------------------------------------
    def reveal(self, widget: QWidget) -> None:
        """Scroll until a widget is seen."""
        self.ensureWidgetVisible(widget, 40, 90)

    def extend(self, boxes: Iterable[FieldBox]) -> None:
        """Make field boxes part of what this page refreshes and points at."""
        self.boxes.extend(boxes)

    def mark_stale(self) -> None:
        """The plan has moved on; read it again now, or when the page is seen next."""
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def bring_up_to_date(self) -> None:
        """Read the plan again if it has moved on since."""
        self._refresh_if_stale()

    def _refresh_if_stale(self) -> None:
        if self._stale and (self.session.is_open or self.anytime):
            self._stale = False
            # what cannot be read any more (a stick was pulled out) is told, and the page stays as it was
            self.session.attempt(self._read)

    def _read(self) -> None:
        self.refresh()
        self.tell_origins()

    def tell_origins(self) -> None:
        """Mark beside every field where its value comes from; the journal is asked once."""
        if self.boxes:
            from desktop.ui.fields.provenance import tell

            tell(self.session, self.boxes)

    def _on_changed(self, _changes: object) -> None:
        self.mark_stale()

    def _on_settings(self) -> None:
        second = self.session.settings.second_language
        if second != self._second and self.isVisible():
            # a second editor for every field of a long page: made between turns
            self.complete()
            self.grow(self._refresh_each())
        else:
            self.mark_stale()
        self._second = second

    def _refresh_each(self) -> Iterator[None]:
        for box in tuple(self.boxes):
            box.refresh()
            yield
        self.mark_stale()

    def _on_language(self) -> None:
        self.mark_stale()

    def _on_report(self) -> None:
        report = self.session.report
        if report is None or not self.isVisible():
            return
        for box in self.boxes:
            box.show_findings(report)
