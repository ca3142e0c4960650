"""The action plan and the risks of one programme: activities, sub-activities, a matrix of risks."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop.base import Message, Rupiah
from desktop.books.pictures import risk_chart
from desktop.checks.action_plan import of_activities, whole_of
from desktop.checks.spots import named
from desktop.ui import theme, widgets
from desktop.ui.grid.parts import ActivitySource, RiskSource, SubActivitySource
from desktop.ui.grid.view import Grid
from desktop.ui.risks import RiskMatrix
from desktop.ui.session import Session
from desktop.workspace.plan import Activity, Place, Programme


def _find(session: Session, programme: str) -> Programme | None:
    return next((each for each in session.plan.programmes if each.id == programme), None)


class ActionPlanCard(widgets.Card):
    """Activities in the four areas; below them the sub-activities of the one the cursor is on."""

    def __init__(self, session: Session, programme: str) -> None:
        super().__init__(session.speaker, Message("ui.activity.card"), Message("ui.activity.note"))
        self._session, self._programme = session, programme
        self.activities = Grid(session, ActivitySource(session, programme), Message("ui.activity.card"))
        self.activities.table.setMinimumHeight(theme.grown(240))
        self.add(self.activities)
        self.sums = widgets.blank()
        self.sums.setWordWrap(True)
        self.add(self.sums)
        self.below = widgets.label(session.speaker, Message("ui.sub_activity.choose"), "field", wrap=True)
        self.add(self.below)
        self.source = SubActivitySource(session)
        self.subs: Grid | None = None
        self.activities.table.selectionModel().currentChanged.connect(lambda *_: self._choose())
        session.speaker.changed.connect(self._say_sums)
        self._say_sums()

    def _chosen(self) -> Activity | None:
        index = self.activities.table.currentIndex()
        rows = self.activities.model.rows
        key = rows[index.row()].key if index.isValid() and index.row() < len(rows) else ""
        programme = _find(self._session, self._programme)
        return next((each for each in programme.activities if each.id == key), None) if programme else None

    def _choose(self) -> None:
        activity = self._chosen()
        known = activity.id if activity is not None else ""
        if known == self.source.activity and (self.subs is None) == (not known):
            return
        self.source.activity = known
        if activity is not None and self.subs is None:
            self.subs = Grid(self._session, self.source, Message("ui.sub_activity.card"))
            self.subs.table.setMinimumHeight(theme.grown(180))
            self.add(self.subs)
        if self.subs is not None:
            self.subs.setVisible(activity is not None)
            self.subs.refresh()
        self._say_below(activity)

    def _say_below(self, activity: Activity | None) -> None:
        said = (
            Message("ui.sub_activity.choose")
            if activity is None
            else Message("ui.sub_activity.of", activity=named(activity.title))
        )
        self._session.speaker.tie(self.below, QLabel.setText, said)

    def _say_sums(self) -> None:
        """What the activities cost together, against the programme's own money."""
        if not self._session.is_open:
            return
        programme = _find(self._session, self._programme)
        parts = of_activities(programme) if programme is not None else None
        self.sums.setVisible(parts is not None)
        if programme is None or parts is None:
            return
        whole = whole_of(programme)
        values = {"parts": Rupiah(parts), "whole": Rupiah(whole), "difference": Rupiah(abs(whole - parts))}
        if whole and parts > whole:
            message = Message("ui.activity.above", **values)
        else:
            message = Message("ui.activity.within", **values)
        theme.look(self.sums, "bad" if whole and parts > whole else "muted")
        self.sums.setText(self._session.say(message))

    def refresh(self) -> None:
        """Show the plan as it is now."""
        self.activities.refresh()
        activity = self._chosen()
        if self.source.activity and (activity is None or activity.id != self.source.activity):
            self._choose()
        elif self.subs is not None:
            self.subs.refresh()
            self._say_below(activity)
        self._say_sums()

    def point_at(self, place: Place) -> bool:
        """Put the cursor on the activity or sub-activity a finding is about."""
        if place.table == "activity":
            return self.activities.point_at(place)
        programme = _find(self._session, self._programme)
        for activity in programme.activities if programme is not None else ():
            if any(sub.id == place.row for sub in activity.sub_activities):
                self.activities.point_at(Place("activity", activity.id, "title"))
                self._choose()
                return self.subs is not None and self.subs.point_at(place)
        return False


class RiskCard(widgets.Card):
    """Risks with what is done about each, and the matrix beside them."""

    def __init__(self, session: Session, programme: str) -> None:
        super().__init__(session.speaker, Message("ui.risk.card"), Message("ui.risk.note"))
        self._session, self._programme = session, programme
        self.risks = Grid(session, RiskSource(session, programme), Message("ui.risk.card"))
        self.risks.table.setMinimumHeight(theme.grown(210))
        self.add(self.risks)
        self.wanted = widgets.label(session.speaker, Message("ui.risk.wanted"), "warn", wrap=True)
        self.add(self.wanted)
        self.matrix = RiskMatrix(session)
        self.add(self.matrix)
        session.speaker.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        session = self._session
        if session.is_open:
            chart = risk_chart(session.plan, session.pack, session.speaker.language, self._programme)
            self.matrix.show_chart(chart)

    def refresh(self) -> None:
        """Show the plan as it is now."""
        self.risks.refresh()
        programme = _find(self._session, self._programme)
        self.wanted.setVisible(programme is not None and programme.quick_win and not programme.risks)
        self._draw()

    def point_at(self, place: Place) -> bool:
        """Put the cursor on the risk a finding is about."""
        return self.risks.point_at(place)
