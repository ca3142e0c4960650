"""The programmes: a list to sort and filter, and one programme in full."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from desktop.base import Message, Rupiah
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import confirm
from desktop.ui.flow import Flow
from desktop.ui.pages.budget_totals import BudgetTotals
from desktop.ui.pages.money import money
from desktop.ui.pages.page import Page
from desktop.ui.pages.programme import ProgrammeForm
from desktop.ui.pages.programme_list import ProgrammeList
from desktop.ui.roles import REVIEWERS
from desktop.ui.session import Session
from desktop.workspace.plan import Place

LIST, DETAIL, TOTALS = range(3)
"""The sides of the page."""


class ProgrammesPage(Page):
    """List, form and the sums of the budget are sides of one page."""

    purpose = Message("ui.programmes.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._sides = QStackedWidget()
        self.list = ProgrammeList(session)
        # by way of the window: whether a programme may be changed depends on whose it is
        self.list.chosen.connect(lambda ref: session.show("programmes", ref))
        self._list_card = self._list_side()
        self._sides.addWidget(self._list_card)
        self.form: ProgrammeForm | None = None
        self._detail = QWidget()
        self._detail_box = widgets.column(spacing=theme.PAD - 2)
        self._detail.setLayout(self._detail_box)
        self._sides.addWidget(self._detail)
        self._totals_box = widgets.column()
        self._totals = QWidget()
        self._totals.setLayout(self._totals_box)
        self._sides.addWidget(self._totals)
        self.totals: BudgetTotals | None = None
        self._turn(LIST)
        self.add(self._sides, 1)

    def _list_side(self) -> QWidget:
        speaker = self.session.speaker
        card = widgets.Card(speaker)
        self._sum = widgets.blank()
        self._sum.setProperty("look", "muted")
        self.new = widgets.button(
            speaker, Message("ui.programmes.new"), self.add_programme, icon="plus", look="primary"
        )
        self.sums = widgets.button(
            speaker, Message("ui.totals.open"), self.show_totals, icon="calculator", look="quiet"
        )
        self.codes = widgets.button(
            speaker, Message("ui.codes.open"), self.show_codes, icon="list-ordered", look="quiet"
        )
        self.out = widgets.button(
            speaker, Message("ui.plan_out.open"), self.export_plan, icon="file-spreadsheet", look="quiet"
        )
        self.list.tools.addWidget(self.new)
        self.list.teach(Message("ui.programmes.none"))
        self.list.foot.insertWidget(0, self._remarks())
        self.list.foot.insertWidget(1, self._sum)
        card.add(self.list, 1)
        card.add(Flow(self.sums, self.codes, self.out))
        return card

    def _remarks(self) -> QWidget:
        """What the checks say about the programmes as a whole, and the way there."""
        speaker = self.session.speaker
        self._remark = widgets.button(
            speaker, self._remark_text, lambda: self.session.show("checks"), icon="list-checks", look="quiet"
        )
        return self._remark

    def _remark_text(self) -> Message:
        report = self.session.report
        findings = report.findings if report is not None else ()
        mine = [each for each in findings if each.page.page == "programmes"]
        blocking = sum(1 for each in mine if each.list == "mandatory")
        return Message("ui.findings.summary", mandatory=blocking, others=len(mine) - blocking)

    # -- list and form --------------------------------------------------------------------------
    @property
    def shown(self) -> str:
        """The id of the programme shown in full, or nothing."""
        return self.form.programme if self.form is not None and self._sides.currentIndex() == DETAIL else ""

    def complete(self) -> None:
        super().complete()
        if self.form is not None:
            self.form.complete()

    def findings_ref(self) -> str:
        return self.shown

    def take_focus(self) -> None:
        if self.shown:
            super().take_focus()
        elif self.totals is not None and self._sides.currentIndex() == TOTALS:
            self.totals.by.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_findings(self) -> bool:
        return bool(self.shown)

    def open_ref(self, ref: str) -> None:
        """Show a programme in full, or the list."""
        self.session.drafts.flush()
        if not ref or all(each.id != ref for each in self.session.plan.programmes):
            self._turn(LIST)
            self.refresh()
            return
        if self.form is None or self.form.programme != ref:
            widgets.empty(self._detail_box)
            self.form = ProgrammeForm(self.session, ref, self._on_grown)
            self._detail_box.addLayout(self._detail_head())
            self._detail_box.addWidget(self.form)
            self._detail_box.addStretch(1)
            self.boxes = self.form.boxes
        self._turn(DETAIL)

    def export_plan(self) -> None:
        """The whole plan for a spreadsheet."""
        from desktop.ui.dialogs.plan_out import export_plan

        self.session.drafts.flush()
        export_plan(self, self.session)

    def show_totals(self) -> None:
        """The sums of the whole budget, in place of the list."""
        self.session.drafts.flush()
        if self.totals is None:
            self.totals = BudgetTotals(self.session, lambda: self.open_ref(""))
            self._totals_box.addWidget(self.totals)
        self.totals.refresh()
        self._turn(TOTALS)
        self.totals.by.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_codes(self) -> None:
        """The region's list of nomenclature codes."""
        from desktop.ui.dialogs.codes import show_codes

        self.session.drafts.flush()
        show_codes(self, self.session)

    def _turn(self, side: int) -> None:
        """Show the list or the form; the other one must not stretch the page."""
        taken, given = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored
        for place, widget in ((LIST, self._list_card), (DETAIL, self._detail), (TOTALS, self._totals)):
            policy = taken if place == side else given
            widget.setSizePolicy(policy, policy)
        if self.form is not None:
            # hidden it asks for no height; a stack of pages is as high as the highest
            self.form.setVisible(side == DETAIL)
        self._sides.setCurrentIndex(side)
        self.verticalScrollBar().setValue(0)

    def _detail_head(self) -> QHBoxLayout:
        speaker = self.session.speaker
        back = widgets.button(
            speaker,
            Message("ui.programmes.all"),
            lambda: self.session.show("programmes"),
            icon="chevron-left",
            look="quiet",
        )
        self.remove = widgets.button(
            speaker, Message("ui.programmes.delete"), self.delete_programme, icon="trash-2", look="quiet"
        )
        self.remove.setEnabled(not self.session.read_only)
        if self.session.role in REVIEWERS:  # shown before it has a place it would be a window of its own
            self.remove.hide()
        head = widgets.line(back)
        head.addStretch(1)
        head.addWidget(self.remove)
        return head

    def refresh(self) -> None:
        plan = self.session.plan
        self.new.setEnabled(not self.session.read_only)
        self.new.setVisible(self.session.role not in REVIEWERS)
        self.list.refresh()
        self.session.speaker.tie(self._remark, QPushButton.setText, self._remark_text)
        total = sum(money(each) for each in plan.programmes)
        self._sum.setText(
            self.session.say(Message("ui.programmes.sum", n=len(plan.programmes), total=Rupiah(total)))
        )
        if self.totals is not None and self._sides.currentIndex() == TOTALS:
            self.totals.refresh()
        if self.form is not None and self.shown:
            if any(each.id == self.shown for each in plan.programmes):
                self.form.refresh()
                self.remove.setEnabled(not self.session.read_only)
            else:
                self.form = None
                self.boxes = []
                self._turn(LIST)

    def point_at(self, place: Place) -> bool:
        if self.form is None or not self.shown:
            return False
        found = self.form.point_at(place)
        if found is not None:
            self.reveal(found)
        return found is not None

    # -- changing -------------------------------------------------------------------------------
    def add_programme(self) -> None:
        """Add an empty programme and show it."""
        session = self.session
        session.drafts.flush()

        def work() -> str:
            plan = session.plan
            with session.change(Message("ui.op.add_programme")) as operation:
                return operation.insert(
                    "programme", title={}, start_year=plan.first_year, end_year=plan.last_year, origin="typed"
                )

        made = session.attempt(work)
        if made:
            session.show("programmes", made)
            if self.form is not None:
                self.form.boxes[0].take_focus()

    def delete_programme(self) -> None:
        """Delete the programme shown, after a question; undo brings it back."""
        programme = next((each for each in self.session.plan.programmes if each.id == self.shown), None)
        if programme is None:
            return
        title = programme.title.read(self.session.speaker.language) or programme.code or "\N{EM DASH}"
        question = Message("ui.programmes.delete_question", programme=title)
        if not confirm(self, self.session, question, Message("ui.programmes.delete")):
            return

        def work() -> None:
            with self.session.change(Message("ui.op.delete_programme", programme=title)) as operation:
                operation.delete("programme", programme.id)

        self.session.attempt(work)
        self.session.show("programmes")
