"""The page a document opens with: it shows at once, and works out in slices what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.base import Message, clock
from desktop.checks.due import due_dates
from desktop.checks.initials import parafs
from desktop.checks.next_steps import Sealed, Viewpoint, is_new, next_steps, own_agency
from desktop.checks.progress import Part, PlanProgress, by_agency, by_chapter, by_person, by_stage, measuring
from desktop.ui import theme, widgets
from desktop.ui.checking import SLICE
from desktop.ui.newness import newness_of
from desktop.ui.pages.directory import KINDS
from desktop.ui.pages.home.deadlines import DeadlinesCard
from desktop.ui.pages.home.news import NewsCard, PackagesCard
from desktop.ui.pages.home.pictures import coverage_glance, readiness_glance
from desktop.ui.pages.home.progress import OverviewCard, PartsCard
from desktop.ui.pages.home.steps import StepsCard
from desktop.ui.pages.home.welcome import WelcomeCard
from desktop.ui.pages.page import Page
from desktop.ui.roles import Role
from desktop.ui.session import Session
from desktop.ui.standings import Answer, Known, Standings, Unknown

if TYPE_CHECKING:
    from desktop.ui.pages.home.news import Packages
    from desktop.workspace.parcels import SealedPackage

NARROW = 860
"""Width of the page, in pixels at 100 % text, below which the cards stand under each other."""


class HomePage(Page):
    """What now?"""

    purpose = Message("ui.home.purpose")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.welcome = WelcomeCard(session)
        self.steps = StepsCard(session)
        self.overview = OverviewCard(session)
        self.parts = PartsCard(session)
        self.deadlines = DeadlinesCard(session)
        self.news = NewsCard(session)
        self.packages = PackagesCard(session)
        self.coverage = coverage_glance(session)
        self.readiness = readiness_glance(session)
        self._since = session.settings.seen.get(session.workspace.id, 0)
        self._columns = (widgets.column(spacing=theme.PAD), widgets.column(spacing=theme.PAD))
        self._wide: bool | None = None
        self.add(self.welcome)
        self._side_by_side = side_by_side = QHBoxLayout()
        side_by_side.setSpacing(0)
        for column, stretch in zip(self._columns, (3, 2), strict=True):
            column.addStretch(1)
            side_by_side.addLayout(column, stretch)
        self.add(side_by_side)
        self.body.addStretch(1)
        self._work: Iterator[None] | None = None
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._work_on)
        session.report_changed.connect(self.mark_stale)
        newness_of(session).changed.connect(self.mark_stale)
        session.look_changed.connect(self._arrange)
        Standings.of(session).changed.connect(self._on_standing)
        if session.role is Role.AGENCY:
            self.parts.choose("agency")
        self._arrange()

    def has_findings(self) -> bool:
        return False

    # -- where the cards stand ------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Two columns where there is room, else one; the steps always come first."""
        wide = self.viewport().width() >= theme.grown(NARROW)
        if wide == self._wide:
            return
        self._wide = wide
        left, right = self._columns
        first = (self.steps, self.deadlines, self.parts, self.coverage)
        second = (self.overview, self.news, self.packages, self.readiness)
        order: list[tuple[QVBoxLayout, widgets.Card]] = [(left, card) for card in first]
        order += [(right, card) for card in second]
        if not wide:
            order = [(left, card) for pair in zip(first, second, strict=True) for card in pair]
        for _, card in order:
            for column in self._columns:
                # not takeAt: an item that Python holds on to would keep Qt from asking the card anew
                column.removeWidget(card)
        for column, card in order:
            column.insertWidget(column.count() - 1, card)
        self._side_by_side.setStretch(1, 2 if wide else 0)
        self._side_by_side.setSpacing(theme.PAD if wide else 0)

    # -- what they say --------------------------------------------------------------------------
    def refresh(self) -> None:
        """Begin to work everything out; the page is there at once and fills as it is known."""
        new = is_new(self.session.plan)
        self.welcome.setVisible(new and not self.session.read_only)
        self.steps.setVisible(not new)
        self._work = self._everything()
        self._slices.start()

    def finish(self) -> None:
        """Work out what is still missing, at once."""
        if self._work is not None:
            for _ in self._work:
                pass
            self._rest()

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        unread = Standings.of(self.session).drop(self)
        if self._work is not None or unread:
            self._rest()
            self.mark_stale()

    def _on_standing(self) -> None:
        """More is known of how far packages are signed."""
        if not self.isVisible() or not self.session.is_open:
            self.mark_stale()
        elif not self._stale:
            # what is worked out now comes first, and then what is said of packages
            self._work = chain(self._work or (), self._about_packages())
            self._slices.start()

    def _rest(self) -> None:
        self._slices.stop()
        self._work = None

    def _work_on(self) -> None:
        if not self.session.is_open or self.session.attempt(self._some) is None:
            self._rest()

    def _some(self) -> bool:
        """Work for a few milliseconds."""
        until = monotonic() + SLICE / 1000
        while self._work is not None:
            if next(self._work, self) is self:
                self._rest()
            elif monotonic() > until:
                break
        return True

    def _everything(self) -> Iterator[None]:
        """One step at a time; each yield is a chance for the window to answer."""
        plan, pack, report = self.session.plan, self.session.pack, self.session.report
        today = clock.today(plan.region.code)
        if report is None:
            self.steps.wait()
        else:
            self.deadlines.show_dates(plan, due_dates(plan, pack, report, today), today)
        yield None
        yield from self._about_packages()
        yield None
        workspace = self.session.workspace
        self.news.show_news(workspace.news(self._since), workspace.arrivals(1), len(plan.conflicts))
        yield None
        yield from self._progress(self._own_agency())
        for glance in (self.readiness, self.coverage):
            glance.refresh()
            yield None

    def _about_packages(self) -> Iterator[None]:
        """The next steps (to lock or to sign may be one of them), and what is said of the packages."""
        packages, report = self._packages(), self.session.report
        if Unknown.SOON in (answer for _, answer in packages):
            return
        agency = self._own_agency()
        yield None
        if report is not None:
            self._show_steps(agency, packages)
            yield None
        self.packages.show_packages(packages)
        yield None
        missing = self._missing(agency, packages)
        self.packages.show_missing(missing)
        lacking = missing is not None and not missing.id.endswith("complete")
        ready = report is not None and not report.mandatory and self.session.role is Role.SECRETARY
        self.steps.show_missing(missing if lacking and ready else None)

    def _show_steps(self, agency: str, packages: Packages) -> None:
        session = self.session
        today = clock.today(session.plan.region.code)
        report = session.report
        if report is None:
            return
        sealed = [_sealed(package, answer) for package, answer in packages]
        view = Viewpoint(today, agency, tuple(each for each in sealed if each is not None))
        steps = next_steps(session.plan, session.pack, report, view)
        # what somebody else does is no next step of this person
        self.steps.show_steps(tuple(each for each in steps if session.role in KINDS[each.page].roles))

    def _own_agency(self) -> str:
        if self.session.role is not Role.AGENCY:
            return ""
        return own_agency(self.session.plan, self.session.settings.name)

    def _missing(self, agency: str, packages: Packages) -> Message | None:
        """Whose paraf or signature is awaited, in one sentence; an agency is told of its own head alone."""
        from desktop.ui.own.office import today
        from desktop.ui.pages.package.order import still_missing

        found = parafs(self.session.plan, self.session.pack, today(self.session))
        answer = next((answer for _, answer in packages[:1]), Known(None))
        if self.session.role is Role.AGENCY:
            found, answer = tuple(each for each in found if agency and each.agency == agency), Known(None)
        if not isinstance(answer, Known):
            return None
        newest = answer.standing
        if not found and newest is None:
            return None
        return still_missing(self.session, found, newest)

    def _packages(self) -> Packages:
        standings = Standings.of(self.session)
        return [(each, standings.of_sealed(each, self)) for each in self.session.workspace.packages(limit=3)]

    def _progress(self, agency: str) -> Iterator[None]:
        for measured in measuring(self.session.plan, self.session.pack):
            if measured is not None:
                self._show_progress(measured, agency)
            yield None

    def _show_progress(self, measured: PlanProgress, agency: str) -> None:
        plan, pack = self.session.plan, self.session.pack
        self.overview.show_progress(measured, by_stage(measured, pack))

        def agencies() -> Sequence[Part]:
            return sorted(by_agency(plan, pack), key=lambda part: part.ref != agency)

        read: dict[str, Callable[[], Sequence[Part]]] = {
            "chapter": lambda: by_chapter(measured, pack),
            "dimension": lambda: [part for part in measured.parts if part.kind == "dimension"],
            "agency": agencies,
            "person": lambda: by_person(plan, pack, measured),
        }
        self.parts.show_parts(read)


def _sealed(package: SealedPackage, answer: Answer) -> Sealed | None:
    """None of what is not there; of what is not read yet nobody is called to anything."""
    if not isinstance(answer, Known):
        return Sealed(package.path.name)
    if answer.standing is None:
        return None
    return Sealed(package.path.name, package.outdated, answer.standing.awaited)
