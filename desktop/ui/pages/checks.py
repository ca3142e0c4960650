"""All findings in their three lists; one click from the field, or set aside with a reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from desktop.base import Message, clock
from desktop.books.findings import file_name, write_findings
from desktop.checks.reasons import reason_of
from desktop.ui import widgets
from desktop.ui.dialogs.ask import ask_reason
from desktop.ui.flow import Tall
from desktop.ui.journey import Journey, Stop
from desktop.ui.pages.page import Page
from desktop.ui.paper_card import PaperCard
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.checks import Finding, SetAsideFinding

TABS = (
    ("mandatory", Message("ui.list.mandatory"), Message("ui.list.mandatory.note")),
    ("weak", Message("ui.list.weak"), Message("ui.list.weak.note")),
    ("hint", Message("ui.list.hint"), Message("ui.list.hint.note")),
)
AT_ONCE = 25
"""How many remarks are drawn at once; *more* draws the next ones."""


class ChecksPage(Page):
    """Three lists and what was set aside, as tabs with counts."""

    purpose = Message("ui.checks.purpose")
    reading = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._journey = Journey(session.pack)
        speaker = session.speaker
        self._again = widgets.button(speaker, Message("ui.checks.again"), self._run, icon="list-checks")
        self._state = widgets.label(speaker, "", "section", wrap=True)
        self._print = widgets.button(speaker, Message("ui.checks.report"), self._show_report, icon="printer")
        self.add(widgets.line(self._state, 1, self._print, self._again))
        self.report = PaperCard(
            session, Message("ui.checks.report_title"), Message("ui.checks.report_note"),
            file_name, write_findings, lambda: clock.today(session.plan.region.code).isoformat(),
        )  # fmt: skip
        self.report.hide()
        self.add(self.report)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for part in (self.tabs, self.tabs.tabBar()):
            widgets.call(speaker, part, Message("ui.checks.lists"))
        self._boxes: list[QVBoxLayout] = []
        for _ in range(len(TABS) + 1):
            inside = Tall()
            box = QVBoxLayout(inside)
            box.setContentsMargins(0, 12, 0, 0)
            box.setSpacing(8)
            self._boxes.append(box)
            self.tabs.addTab(inside, "")
        self.add(self.tabs)
        self.body.addStretch(1)
        self._limits = [AT_ONCE] * len(self._boxes)
        self._undrawn: set[int] = set()
        self.tabs.currentChanged.connect(self._fill)
        session.report_changed.connect(self.mark_stale)

    def _run(self) -> None:
        self.session.drafts.flush()
        self.session.check_soon()

    def _show_report(self) -> None:
        """The report is printed from a card of its own, which is seen only where it is wanted."""
        self.report.setVisible(self.report.isHidden())

    def has_findings(self) -> bool:
        return False

    def refresh(self) -> None:
        report = self.session.report
        if report is None:
            return
        say = self.session.say
        counts = report.counts
        for place, (name, title, _) in enumerate(TABS):
            self.tabs.setTabText(place, f"{say(title)} ({counts[name]})")  # type: ignore[index]
        self.tabs.setTabText(len(TABS), f"{say(Message('ui.list.aside'))} ({len(report.set_aside)})")
        self._undrawn = set(range(len(self._boxes)))
        self._fill(self.tabs.currentIndex())
        blocked = bool(report.mandatory)
        state = (
            Message("ui.checks.blocked", n=len(report.mandatory)) if blocked else Message("ui.checks.free")
        )
        self.session.speaker.tie(self._state, type(self._state).setText, state)

    def _fill(self, place: int) -> None:
        """Draw the list in view; the others are drawn when they come into view."""
        report = self.session.report
        if report is None or place not in self._undrawn:
            return
        self._undrawn.discard(place)
        if place == len(TABS):
            self._show_aside(report.set_aside)
        else:
            name, _, note = TABS[place]
            self._show(place, report.of(name), note)  # type: ignore[arg-type]

    def _show(self, place: int, findings: tuple[Finding, ...], note: Message) -> None:
        box = self._boxes[place]
        widgets.empty(box)
        box.addWidget(widgets.label(self.session.speaker, note, "muted", wrap=True))
        if not findings:
            box.addWidget(widgets.label(self.session.speaker, Message("ui.checks.nothing"), "good"))
        group: Stop | None = None
        for finding in findings[: self._limits[place]]:
            home = self._journey.home_of(finding.page.page, finding.page.ref)
            if home != group:
                group = home
                box.addWidget(widgets.label(self.session.speaker, self._journey.title(home), "field"))
            box.addWidget(self._line(finding))
        self._offer_more(place, len(findings))
        box.addStretch(1)

    def _offer_more(self, place: int, count: int) -> None:
        left = count - self._limits[place]
        if left > 0:

            def more() -> None:
                self._limits[place] += AT_ONCE
                self.refresh()

            self._boxes[place].addWidget(
                widgets.button(self.session.speaker, Message("ui.findings.more", n=left), more, look="quiet")
            )

    def _line(self, finding: Finding) -> QWidget:
        speaker = self.session.speaker
        made = widgets.Card(speaker)
        made.body.setContentsMargins(14, 8, 8, 8)
        row = QHBoxLayout()
        words = widgets.column(spacing=2)
        words.addWidget(widgets.label(speaker, finding.message, wrap=True))
        reason = reason_of(finding)
        if reason is not None:
            words.addWidget(widgets.label(speaker, reason, "muted", wrap=True))
        row.addLayout(words, 1)
        if finding.may_set_aside and not self.session.read_only:
            aside = widgets.button(
                speaker, Message("ui.checks.set_aside"), lambda: self._set_aside(finding), look="quiet"
            )
            widgets.call(speaker, aside, Message("ui.checks.set_aside_what", what=finding.message))
            row.addWidget(aside)
        go = widgets.button(speaker, Message("ui.checks.go"), lambda: self.go_to(finding), icon="arrow-right")
        widgets.call(speaker, go, Message("ui.findings.go", what=finding.message))
        row.addWidget(go)
        made.add(row)
        return made

    def _show_aside(self, entries: tuple[SetAsideFinding, ...]) -> None:
        box = self._boxes[-1]
        widgets.empty(box)
        speaker = self.session.speaker
        box.addWidget(widgets.label(speaker, Message("ui.list.aside.note"), "muted", wrap=True))
        for entry in entries:
            made = widgets.Card(speaker)
            made.body.setContentsMargins(14, 8, 8, 8)
            words = widgets.column(spacing=2)
            words.addWidget(widgets.label(speaker, entry.finding.message, wrap=True))
            reason = Message("ui.checks.reason", reason=entry.reason, author=entry.author or "\N{EM DASH}")
            words.addWidget(widgets.label(speaker, reason, "muted", wrap=True))
            row = QHBoxLayout()
            row.addLayout(words, 1)
            if not self.session.read_only:
                row.addWidget(
                    widgets.button(
                        speaker, Message("ui.checks.take_up"), partial(self._take_up, entry), look="quiet"
                    )
                )
            made.add(row)
            box.addWidget(made)
        box.addStretch(1)

    def go_to(self, finding: Finding) -> None:
        """Go to the field a finding is about."""
        self.session.show(finding.page.page, finding.page.ref, finding.place)

    def _set_aside(self, finding: Finding) -> None:
        reason = ask_reason(self, self.session, finding.message)
        if reason:
            self.set_aside(finding, reason)

    def set_aside(self, finding: Finding, reason: str) -> None:
        """Put a finding aside with a reason that the books print."""

        def work() -> None:
            with self.session.change(Message("ui.op.set_aside", finding=finding.message)) as operation:
                operation.set_aside(finding.key, reason, self.session.settings.name)

        self.session.attempt(work)
        self.session.check_soon()

    def _take_up(self, entry: SetAsideFinding) -> None:
        def work() -> None:
            with self.session.change(Message("ui.op.take_up", finding=entry.finding.message)) as operation:
                operation.take_up(entry.finding.key)

        self.session.attempt(work)
        self.session.check_soon()
