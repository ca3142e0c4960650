"""Journey, page and findings side by side: the window while a workspace is open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.commands import Commands
from desktop.ui.journey import Journey, Stop
from desktop.ui.own.frame import OwnFrame
from desktop.ui.pages.directory import KINDS, make_page
from desktop.ui.pages.page import Page
from desktop.ui.roles import REVIEWERS
from desktop.ui.session import Session
from desktop.ui.shell.findings_panel import FindingsPanel
from desktop.ui.shell.header import Header
from desktop.ui.shell.journey_panel import JourneyPanel
from desktop.ui.shell.regions import Regions
from desktop.ui.shell.sides import Sides
from desktop.ui.views import View, offered
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.checks import Finding


KEPT = 6
"""How many pages are kept beside the one in view: each more makes every change of colours slower
(all 48 pages of a plan together took 4 s), and one is made again in less than 90 ms."""
PAGE_LEAST, PAGE_WELL = 440, 1000
"""Pixels at 100 % a page keeps beside the findings; with fewer, the remarks at the fields must do.

The second is for a page without any: a panel that says nothing takes no quarter of a small screen."""


class Workbench(QWidget):
    """Shows one stop at a time; pages are made when visited, and those seen last are kept."""

    def __init__(self, session: Session, commands: Commands) -> None:
        super().__init__()
        self.session = session
        self.journey = Journey(session.pack, session.role)
        self.stop: Stop | None = None
        self._pages: dict[tuple[Stop, View], Page] = {}
        self._view = View.FIELDS
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.panel: JourneyPanel = JourneyPanel(session)
        self.header = Header(session, commands)
        self.findings: FindingsPanel = FindingsPanel(session)
        self.pages = QStackedWidget()
        self.sides = Sides(session, self.panel)
        self.frame = OwnFrame(self)
        right, self.banner = self._right()
        self.sides.addWidget(right)
        layout.addWidget(self.sides)
        self._findings_asked = False
        self.regions = Regions(self)
        self.banner.setVisible(session.read_only)
        self.panel.chosen.connect(self.visit)
        self.findings.chosen.connect(self.show_finding)
        session.go.connect(self._go)
        session.look_changing.connect(self._travel_light)
        session.settings_changed.connect(self._on_settings)
        session.settings_changed.connect(self._follow_view)
        self.panel.show_journey(self.journey)

    def _right(self) -> tuple[QWidget, QWidget]:
        whole = QWidget()
        right = QVBoxLayout(whole)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.header)
        banner = self._banner()
        right.addWidget(banner)
        right.addWidget(self.frame.banner)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.pages, 1)
        middle.addWidget(self.findings)
        right.addLayout(middle, 1)
        return whole, banner

    def _banner(self) -> QWidget:
        made = QFrame()
        made.setProperty("look", "banner")
        text = widgets.label(self.session.speaker, self._why, "warn", wrap=True)
        row = widgets.line(widgets.picture("lock", "warn", 15), text)
        row.setContentsMargins(22, 6, 22, 6)
        made.setLayout(row)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return made

    def _why(self) -> Message:
        return Message("ui.banner.read_only" if self.session.locked else "ui.banner.review")

    # -- going places ---------------------------------------------------------------------------
    def begin(self) -> None:
        """Show the first stop of the journey."""
        stops = self.journey.stops
        self.visit(stops[0] if stops else Stop("profile"))
        if self.frame.alone and self.current is not None:
            self.current.take_focus()
            return
        self.panel.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def renew(self) -> None:
        """Another guideline has other pages: none of those made so far is shown again."""
        stop = self.stop
        self.journey = Journey(self.session.pack, self.session.role)
        for page in self._pages.values():
            self.pages.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages = {}
        self.stop = None
        self.panel.show_journey(self.journey)
        if stop is not None and (stop in self.journey.stops or stop in self.journey.advanced.stops):
            self.visit(stop)
        else:
            self.begin()

    def page(self, stop: Stop, view: View = View.FIELDS) -> Page:
        """The page of a stop in one of its views, made when first asked for."""
        if (stop, view) not in self._pages:
            self._pages[stop, view] = make_page(self.session, stop, view)
            self.pages.addWidget(self._pages[stop, view])
        # the page in view is the last one; those not seen for long go
        self._pages[stop, view] = self._pages.pop((stop, view))
        seen = {(stop, view), (self.stop, self._view)}
        self._let_go([each for each in self._pages if each[0].ref and each not in seen][:-KEPT])
        return self._pages[stop, view]

    def _let_go(self, which: Iterable[tuple[Stop, View]]) -> None:
        """Give up pages out of view, except those that hold something a person would miss."""
        for each in which:
            page = self._pages[each]
            if page.keeps() or any(_within(draft, page) for draft in self.session.drafts):
                continue
            del self._pages[each]
            self.pages.removeWidget(page)
            page.deleteLater()
            QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)

    def _travel_light(self) -> None:
        """Keep only the page in view: a change of colours dresses every widget there is."""
        self._let_go([each for each in self._pages if each != (self.stop, self._view)])

    @property
    def current(self) -> Page | None:
        """The page in view."""
        return self._pages.get((self.stop, self._view)) if self.stop is not None else None

    def view_of(self, stop: Stop) -> View:
        """The view in which a stop is shown: the one chosen last, where the stop has it."""
        wanted = View.of(self.session.settings.view)
        return wanted if wanted in offered(self.session.pack, stop, self.session.role) else View.FIELDS

    def visit(self, stop: Stop, place: Place | None = None) -> None:
        """Go to a stop, and to a field on it; what is typed is written first."""
        self.session.drafts.flush()
        home = self.journey.home_of(stop.page, stop.ref)
        if not self.journey.sees(home):
            self._explain(home)
            return
        ref = stop.ref if home != stop or home.page == "programmes" else ""
        had = self._lift_keyboard(home)
        page = self._bring(home, self.view_of(home), ref)
        if place is not None and not page.point_at(place) and self._view is not View.FIELDS:
            # What one view does not show, the plain one does.
            page = self._bring(home, View.FIELDS, ref)
            page.point_at(place)
        if had and not page.isAncestorOf(self.window().focusWidget()):
            page.take_focus()

    def _lift_keyboard(self, home: Stop) -> bool:
        """Take the keyboard from a page that is left, and say whether it was there.

        Else the page that comes would give it to whatever stands first (the lamp of a hint), instead of to
        its first field.
        """
        page, holds = self.current, self.window().focusWidget()
        if page is None or (home, self.view_of(home)) == (self.stop, self._view):
            return False
        if not page.isAncestorOf(holds):
            return False
        holds.clearFocus()
        return True

    def _explain(self, stop: Stop) -> None:
        """A finding or a reference led to a page that another role works on."""
        if stop.page in KINDS:
            self.session.failed.emit(Message("ui.not_seen", page=self.journey.title(stop)))

    def _bring(self, home: Stop, view: View, ref: str) -> Page:
        """Bring a page into view, with everything around it that speaks of it."""
        page = self.page(home, view)
        if self.frame.arrange(Stop(home.page, home.ref or ref)):
            for each in self._pages.values():
                each.mark_stale()  # what may be written is other than a moment ago
        self.stop, self._view = home, view
        self.pages.setCurrentWidget(page)
        page.setAccessibleName(self.session.say(self.journey.title(home)))
        page.bring_up_to_date()
        page.arrive()
        page.open_ref(ref)
        page.show_view(view)
        self.panel.point_at(home)
        self.header.show_stop(self.journey, home, page.findings_ref())
        page.setAccessibleName(self.header.title.text())
        self.findings.point_at(self.journey, home, page.findings_ref())
        self._place_findings()
        self.findings.refresh()
        return page

    def _follow_view(self) -> None:
        """Show the page in the view just chosen, at what it showed before."""
        page = self.current
        if self.stop is None or page is None or self.view_of(self.stop) is self._view:
            return
        self.session.drafts.flush()
        on_switch = page.switch is not None and page.switch.has_focus()
        fresh = self._bring(self.stop, self.view_of(self.stop), page.findings_ref())
        if on_switch and fresh.switch is not None:
            fresh.switch.take_focus()
        else:
            fresh.take_focus()

    def _go(self, stop: Stop, place: Place | None = None) -> None:
        """Go where a command or a link leads: the keyboard goes there too, and not only the eyes."""
        self.visit(stop, place)
        page = self.current
        if page is not None and not page.isAncestorOf(self.window().focusWidget()):
            page.take_focus()

    def next(self) -> None:
        """Go to the next stop."""
        following = self.journey.after(self.stop) if self.stop is not None else None
        if following is not None:
            self.visit(following)

    def previous(self) -> None:
        """Go to the stop before."""
        before = self.journey.before(self.stop) if self.stop is not None else None
        if before is not None:
            self.visit(before)

    def show_finding(self, finding: Finding) -> None:
        """Go to the field a finding is about; of one that is filled differently, to its sides."""
        if finding.check == "open_conflicts" and finding.place is not None:
            self.session.show("differing", "", finding.place)
            return
        self.visit(Stop(finding.page.page, finding.page.ref), finding.place)

    def _on_settings(self) -> None:
        """Another role sees another selection of pages, at once; and a page it does not see is left."""
        if not self.session.is_open:
            return  # the document was left a moment ago, and with it whose role was held
        role = self.session.role
        if role is not self.journey.role:
            self.journey = Journey(self.session.pack, role)
            self.panel.show_journey(self.journey)
            self.banner.setVisible(self.session.read_only)
            for page in self._pages.values():  # another role may write other things
                page.mark_stale()
            if self.stop is None or not self.journey.sees(self.stop):
                self.begin()
            else:
                self.visit(self.stop)
        elif self.stop is not None and self.sides.withheld is not self.frame.alone:
            self.begin()  # the person said which office they work for
        self.sides.fit()
        self._place_findings()

    # -- room ------------------------------------------------------------------------------------
    def toggle_side(self) -> None:
        """Show or hide the journey."""
        self.sides.toggle()
        self._place_findings()

    def toggle_findings(self) -> None:
        """Show or hide the findings; asked for, they are shown even where the page has little room."""
        self._findings_asked = not self.findings.isVisible()
        self.session.remember(findings_shown=self._findings_asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sides.fit()
        self._place_findings()

    def _place_findings(self) -> None:
        """Show the findings where the person wants them and the page has room for them."""
        self.findings.fit(self.width())
        page = self.current
        wanted = page is None or (page.has_findings() and not (page.fills and not self.findings.mine()))
        side = self.sides.wanted_width() if self.sides.side_shown else 0
        left = self.width() - side - self.findings.width()
        # Where there is nothing to say, the page gets the room sooner.
        least = PAGE_LEAST if self.findings.mine() else PAGE_WELL
        room = left >= theme.grown(least) or self._findings_asked
        # who reviews comes to read: what the checks say is shown when asked for
        asked = self._findings_asked or self.session.role not in REVIEWERS
        self.findings.setVisible(self.session.settings.findings_shown and wanted and room and asked)


def _within(draft: object, page: QWidget) -> bool:
    """Whether what is typed but not written stands on a page (what cannot tell may stand there)."""
    if not isinstance(draft, QObject):
        return True
    holder: QObject | None = draft
    while holder is not None and holder is not page:
        holder = holder.parent()
    return holder is page
