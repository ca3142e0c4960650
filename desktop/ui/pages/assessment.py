"""Assessment (*penilaian*): the region's own ratings beside an assessor's, quick to fill, on paper too."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from desktop.base import Message
from desktop.base.written import as_decided, chosen
from desktop.checks.assessment import COHORT, EVALUATION, READINESS, kinds
from desktop.ui import theme, widgets
from desktop.ui.assessing.digits import Digits
from desktop.ui.assessing.result import ResultCard
from desktop.ui.assessing.source import WHO_NAMES, AssessmentSource
from desktop.ui.dialogs.files import ask_save
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.flow import Flow
from desktop.ui.grid.view import Grid
from desktop.ui.pages.page import Page
from desktop.ui.radar import ReadinessCard
from desktop.ui.roles import Role
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.workspace.groundwork import SCORERS
from desktop.workspace.plan import Place


class AssessmentPage(Page):
    """A table for the assessment chosen, and what it adds up to beside it."""

    purpose = Message("ui.assess.purpose")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.grid: Grid | None = None
        self._kinds = kinds(session.pack)
        self.source: AssessmentSource | None = None
        speaker = session.speaker
        if not self._kinds:
            self.add(widgets.label(speaker, Message("ui.assess.none"), "muted", wrap=True))
            self.body.addStretch(1)
            return
        self.kind = self._combo(Message("ui.assess.which"), self._turn)
        self.who = self._combo(Message("ui.assess.beside"), self._compare)
        self.cohort = self._combo(Message("ui.assess.cohort"), self._choose_cohort)
        self.only = QCheckBox()
        speaker.tie(self.only, QCheckBox.setText, Message("ui.assess.only_differences"))
        self.only.toggled.connect(self._narrow)
        self.blank = widgets.button(
            speaker, Message("ui.assess.form"), partial(self.print_form, filled=False), icon="file-text"
        )
        self.filled = widgets.button(
            speaker, Message("ui.assess.form_filled"), partial(self.print_form, filled=True), look="quiet"
        )
        self.runner = Runner(session)
        self._holder = widgets.column()
        card = widgets.Card(speaker)
        card.add(Flow(self.kind, self.who, self.cohort, self.only, self.blank, self.filled))
        card.add(widgets.label(speaker, Message("ui.assess.digits"), "muted", wrap=True))
        card.add(self._holder, 1)
        card.add(self.runner)
        self.result = ResultCard(session)
        self.radar = ReadinessCard(session)
        self.add(self.result)
        self.add(card, 1)
        self.add(self.radar)
        role = session.role
        self._first = {Role.ASSESSOR: "assessor", Role.MENTOR: "mentor"}.get(role, "")
        self._show_kind(self._kinds[0])

    def _combo(self, name: Message, chosen: object) -> QComboBox:
        made = QuietCombo()
        widgets.call(self.session.speaker, made, name)
        made.activated.connect(chosen)
        return made

    # -- which ----------------------------------------------------------------------------------
    def _show_kind(self, kind: str) -> None:
        self.source = AssessmentSource(self.session, kind)
        if self._first:
            self.source.other = self._first
        self.source.only_differences = self.only.isChecked()
        widgets.empty(self._holder)
        self.grid = Grid(self.session, self.source, self.source.title)
        self.grid.table.setMinimumHeight(theme.grown(360))
        Digits(self.grid, self.source)
        self._holder.addWidget(self.grid)
        self.radar.setVisible(kind == READINESS)
        self.cohort.setVisible(kind == EVALUATION)
        self.refresh()

    def _turn(self) -> None:
        self._show_kind(str(self.kind.currentData()))

    def _compare(self) -> None:
        if self.source is None:
            return
        self._first = str(self.who.currentData())
        self._show_kind(self.source.kind)

    def _narrow(self, only: bool) -> None:
        if self.source is not None:
            self.source.only_differences = only
            self.refresh()

    def _choose_cohort(self) -> None:
        cohort = str(self.cohort.currentData() or "")

        def work() -> None:
            with self.session.change(Message("ui.op.cohort")) as operation:
                operation.answer(COHORT, cohort or None)

        self.session.attempt(work)

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        if self.grid is None or self.source is None:
            return
        self._offer()
        self.grid.refresh()
        found = self.source.found
        if found is not None:
            self.result.show_assessment(found, self.source.other)
        if self.source.kind == READINESS:
            self.radar.refresh()

    def _offer(self) -> None:
        say, source = self.session.say, self.source
        if source is None:
            return
        _fill(
            self.kind, [(say(Message(f"ui.assess.kind.{kind}")), kind) for kind in self._kinds], source.kind
        )
        beside = [(say(Message("ui.assess.with", who=WHO_NAMES[who])), who) for who in SCORERS]
        _fill(self.who, beside, source.other)
        evaluation = self.session.pack.evaluation
        language = self.session.speaker.language.value
        names = {each.id: each.label.read(language) for each in evaluation.cohorts} if evaluation else {}
        weights = list(evaluation.weights) if evaluation else []
        now = source.found.cohort if source.found is not None else ""
        choices = [
            (say(Message("ui.assess.no_cohort")), ""),
            *((names.get(each, each), each) for each in weights),
        ]
        _fill(self.cohort, choices, now)
        self.cohort.setEnabled(not self.session.read_only)

    # -- on paper -------------------------------------------------------------------------------
    def print_form(self, *, filled: bool) -> None:
        """Print the form beside the window and open it."""
        if self.runner.running or self.source is None:
            return
        language = self.session.speaker.language
        name = f"formulir-{self.source.kind}.{language.value}.pdf"
        target = ask_save(self, self.session, Message("ui.assess.form"), name)
        if target is None:
            return
        there, snapshot = chosen(target), self.session.attempt(self.runner.snapshot)
        if snapshot is None:
            return
        from desktop.books.rating_form import write_rating_form

        def done(made: tuple[Path, int]) -> None:
            self.session.told.emit(Message("ui.assess.printed", file=made[0].name, n=made[1]))
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(made[0])))

        filling = "filled" if filled else ""
        given = (write_rating_form, snapshot, target, self.source.kind, language.value, filling)
        self.runner.start(done, as_decided, there, *given)

    def point_at(self, place: Place) -> bool:
        for kind in self._kinds:
            if self.source is not None and self.source.kind != kind:
                continue
            if self.grid is not None and self.grid.point_at(place):
                return True
        return False

    def take_focus(self) -> None:
        widget: QWidget | None = self.grid.table if self.grid is not None else None
        if widget is not None:
            widget.setFocus()


def _fill(combo: QComboBox, choices: list[tuple[str, str]], now: str) -> None:
    """Offer choices; the one that holds now stays chosen."""
    combo.blockSignals(True)
    combo.clear()
    for said, value in choices:
        combo.addItem(said, value)
    combo.setCurrentIndex(max(0, combo.findData(now)))
    combo.blockSignals(False)
