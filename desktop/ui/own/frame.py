"""What stands around an office's own part: nothing but its page, until somebody asks for all the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.journey import OWN, Stop
from desktop.ui.own.office import office_here

if TYPE_CHECKING:
    from desktop.ui.shell.workbench import Workbench


class OwnFrame:
    """Hides the journey where one page is all there is, and keeps other parts from being changed by accident.

    ``everything`` and ``outside`` are what the person asked for: to see the other parts, to change them.
    """

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self.everything = False
        self.outside = False
        speaker = bench.session.speaker
        self.banner = QFrame()
        self.banner.setProperty("look", "banner")
        self._said = widgets.label(speaker, "", "warn", wrap=True)
        self.change = widgets.button(speaker, Message("ui.own.outside"), self.change_outside)
        self.back = widgets.button(
            speaker, Message("ui.own.back"), lambda: bench.visit(Stop(OWN)), icon="chevron-left"
        )
        row = widgets.line(self._said, 1, self.change, self.back)
        row.setContentsMargins(22, 6, 22, 6)
        self.banner.setLayout(row)
        self.banner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.banner.hide()

    @property
    def applies(self) -> bool:
        """Whether the person works for an office whose part is known."""
        return bool(office_here(self._bench.session))

    @property
    def alone(self) -> bool:
        """Whether the window shows the office's own part and nothing around it."""
        return self.applies and not self.everything

    def arrange(self, stop: Stop) -> bool:
        """Dress the window for a stop; whether another part may be changed than before."""
        session, applies = self._bench.session, self.applies
        alone = applies and not self.everything
        if self._bench.sides.withheld is not alone:
            self._bench.sides.withheld = alone
            self._bench.header.one_page(alone)
            self._bench.sides.fit()
        elsewhere = applies and stop.page != OWN
        theirs = elsewhere and not self._owed(stop)
        hands_off = theirs and not self.outside
        # a list of which only some rows are the office's own
        listed = elsewhere and not theirs and self._of_many(stop)
        keeps_to = office_here(session) if listed and not self.outside else ""
        self.banner.setVisible(elsewhere)
        self.change.setVisible((hands_off or bool(keeps_to)) and not session.workspace.read_only)
        said = Message("ui.own.elsewhere") if theirs else Message("ui.own.on_its_page")
        session.speaker.tie(self._said, QLabel.setText, Message("ui.own.only_own_rows") if keeps_to else said)
        if (hands_off, keeps_to) == (session.hands_off, session.keeps_to):
            return False
        session.hands_off, session.keeps_to = hands_off, keeps_to
        return True

    def _of_many(self, stop: Stop) -> bool:
        """Whether rows of many offices stand on a page."""
        sheets = self._bench.session.pack.worksheets
        if stop.page == "worksheet":
            return any(each.id == stop.ref and each.scope == "agency" for each in sheets)
        return stop.page == "programmes" and not stop.ref

    def _owed(self, stop: Stop) -> bool:
        from desktop.ui.own.sending import picture

        session = self._bench.session
        office = office_here(session)
        return any(
            each.page == stop.page and (not stop.ref or each.ref == stop.ref)
            for each in picture(session).of(office)
        )

    def change_outside(self) -> None:
        """Let the parts of others be changed, or no more."""
        self.outside = not self.outside
        self._again()

    def show_everything(self) -> None:
        """Show the whole journey, or the own part alone again."""
        self.everything = not self.everything
        if self.everything:
            self._again()
        else:
            self._bench.visit(Stop(OWN))

    def _again(self) -> None:
        stop, page = self._bench.stop, self._bench.current
        if stop is not None:
            # a programme shown in full stays in view
            self._bench.visit(Stop(stop.page, stop.ref or (page.findings_ref() if page is not None else "")))
