"""The findings of the page at the right: one click from the remark to its field."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.base import Message
from desktop.checks.reasons import reason_of
from desktop.ui import theme, widgets
from desktop.ui.gradual import Gradual
from desktop.ui.journey import Journey, Stop
from desktop.ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.checks import Finding, Report

LISTS = {
    "mandatory": (Message("ui.list.mandatory"), "circle-alert", "bad", "bad"),
    "weak": (Message("ui.list.weak"), "triangle-alert", "warn", "warn"),
    "hint": (Message("ui.list.hint"), "lightbulb", "primary", "info"),
}
"""The three lists: name, icon, role of its colour, tone."""
AT_ONCE = 10
"""Milliseconds for remarks before the page is painted."""
SHOWN = 40
"""How many remarks one page shows; the rest is on the page of all checks."""


class FindingButton(QFrame):
    """One remark: icon, list, sentence; pressed as a whole."""

    pressed = Signal(object)

    def __init__(self, session: Session, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        self.setProperty("look", "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        title, icon, role, _ = LISTS[finding.list]
        box = widgets.column(margins=(11, 9, 8, 9), spacing=3)
        self.setLayout(box)
        head = widgets.line(widgets.picture(icon, role, 14), spacing=5)
        name = widgets.label(
            session.speaker, title, {"mandatory": "bad", "weak": "warn"}.get(finding.list, "muted")
        )
        head.addWidget(name, 1)
        sentence = session.say(finding.message)
        go = widgets.tool(
            session.speaker, Message("ui.findings.go", what=finding.message), "arrow-right", self._press
        )
        head.addWidget(go)
        box.addLayout(head)
        text = widgets.label(session.speaker, finding.message, wrap=True)
        text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        box.addWidget(text)
        reason = reason_of(finding)
        if reason is not None:
            box.addWidget(widgets.label(session.speaker, reason, "muted", wrap=True))
        self.setAccessibleName(sentence)

    def _press(self) -> None:
        self.pressed.emit(self.finding)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._press()


WIDE, WIDER = 1700, 380
"""From this width of the window on, in pixels of 100 % text, the panel is so wide."""


class FindingsPanel(QFrame):
    """The open remarks about what the page shows."""

    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._journey: Journey | None = None
        self._stop: Stop | None = None
        self._ref = ""
        self._shown: tuple[Finding, ...] | None = None
        self._told = False
        """Whether the remarks that are to be shown are made; while the panel is hidden they are not."""
        self._growing: Gradual | None = None
        self._sorted: tuple[Report, Journey, dict[Stop, list[Finding]]] | None = None
        self.setProperty("look", "panel")
        self.fit(0)
        widgets.call(session.speaker, self, Message("ui.findings.title"))
        layout = widgets.column(margins=(14, 14, 6, 10))
        self.setLayout(layout)
        head = widgets.line(widgets.label(session.speaker, Message("ui.findings.title"), "section"), 1)
        self._close = widgets.tool(session.speaker, Message("ui.findings.hide"), "x", self._hide)
        head.addWidget(self._close)
        layout.addLayout(head)
        self._summary = widgets.blank()
        self._summary.setProperty("look", "muted")
        self._summary.setWordWrap(True)
        layout.addWidget(self._summary)
        layout.addWidget(self._list(), 1)
        session.report_changed.connect(self.refresh)
        session.speaker.changed.connect(self._speak)

    def fit(self, room: int) -> None:
        """As wide as the window allows: on a wide one its lines are longer."""
        wide = WIDER if room >= theme.grown(WIDE) else theme.FINDINGS
        wide = theme.grown(wide, at_most=max(380, wide))
        if wide != self.width():
            self.setFixedWidth(wide)

    def _list(self) -> QScrollArea:
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what lies in it has the keyboard
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._box = QVBoxLayout(inside)
        self._box.setContentsMargins(0, 0, 8, 0)
        self._box.setSpacing(8)
        area.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
        area.setWidget(inside)
        return area

    def point_at(self, journey: Journey, stop: Stop, ref: str = "") -> None:
        """The page in view is another one; ``ref`` narrows to one programme. :meth:`refresh` shows it."""
        self._journey, self._stop, self._ref = journey, stop, ref
        self._shown = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._told and self._shown is not None:
            self._tell()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._growing is not None and not self._growing.done:
            self._growing.stop()
            self._told = False

    def mine(self) -> tuple[Finding, ...]:
        """The open findings of the page."""
        report = self._session.report
        if report is None or self._journey is None or self._stop is None:
            return ()
        if self._stop.page in {"checks", "differing", "history", "settings", "finding", "comments"}:
            return ()
        if self._stop.page in {"books", "package"}:
            return report.mandatory
        found = self._by_stop(report, self._journey).get(self._stop, [])
        return tuple(finding for finding in found if not self._ref or finding.page.ref == self._ref)

    def _by_stop(self, report: Report, journey: Journey) -> dict[Stop, list[Finding]]:
        """The findings of each page, sorted once for a report: every step of the journey asks."""
        if self._sorted is None or self._sorted[0] is not report or self._sorted[1] is not journey:
            found: dict[Stop, list[Finding]] = defaultdict(list)
            for finding in report.findings:
                found[journey.home_of(finding.page.page, finding.page.ref)].append(finding)
            self._sorted = report, journey, found
        return self._sorted[2]

    def refresh(self) -> None:
        """Show what the last run of the checks found."""
        mine = self.mine()
        if mine == self._shown:
            return
        self._shown = mine
        self._speak()

    def _speak(self) -> None:
        mine = self._shown or ()
        blocking = sum(1 for finding in mine if finding.list == "mandatory")
        state = Message("ui.findings.none")
        if mine:
            state = Message("ui.findings.summary", mandatory=blocking, others=len(mine) - blocking)
        self._summary.setText(self._session.say(state))
        self._told = False
        if self.isVisible():
            self._tell()

    def _tell(self) -> None:
        """Make the remarks: the first ones at once, the others between the window's turns."""
        self._told = True
        if self._growing is not None:
            self._growing.stop()
            self._growing.deleteLater()
        widgets.empty(self._box)
        self._growing = Gradual(self, self._remarks(self._shown or ()), lambda: None, AT_ONCE)

    def complete(self) -> None:
        """Make the remarks that are not made yet."""
        if self._growing is not None:
            self._growing.finish()

    def _remarks(self, mine: tuple[Finding, ...]) -> Iterator[None]:
        for finding in mine[:SHOWN]:
            made = FindingButton(self._session, finding)
            made.pressed.connect(self.chosen.emit)
            self._box.addWidget(made)
            yield
        if len(mine) > SHOWN:
            more = Message("ui.findings.more", n=len(mine) - SHOWN)
            self._box.addWidget(
                widgets.button(
                    self._session.speaker, more, lambda: self._session.show("checks"), look="quiet"
                )
            )
        self._box.addStretch(1)

    def _hide(self) -> None:
        self._session.remember(findings_shown=False)
        self.hide()
