"""The roadmap (*peta jalan*): every programme over the years, as typed, and to be moved by hand."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QLabel

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.flow import Flow
from desktop.ui.pages.page import Page
from desktop.ui.pictures import save_picture
from desktop.ui.roadmap.chart import Chart
from desktop.ui.roadmap.lanes import Grouping
from desktop.ui.roadmap.milestones import Milestones
from desktop.ui.session import Session
from desktop.workspace.plan import Place

GROUPED = {each: Message(f"ui.roadmap.by_{each.value}") for each in Grouping}


class RoadmapPage(Page):
    """How it is grouped, then the chart."""

    purpose = Message("ui.roadmap.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        card = widgets.Card(speaker)
        self.group = QuietCombo()
        widgets.call(speaker, self.group, Message("ui.roadmap.group_by"))
        self.group.activated.connect(self._on_group)
        name = widgets.label(speaker, Message("ui.roadmap.group_by"), "field")
        name.setBuddy(self.group)
        self.activities = QCheckBox()
        speaker.tie(self.activities, QCheckBox.setText, Message("ui.roadmap.activities"))
        self.activities.toggled.connect(self._on_activities)
        self.as_table = QCheckBox()
        speaker.tie(self.as_table, QCheckBox.setText, Message("ui.roadmap.as_table"))
        self.as_table.toggled.connect(self._on_table)
        self.export = widgets.button(speaker, Message("ui.picture.save"), self.save, icon="download")
        card.add(Flow(name, self.group, self.activities, self.as_table, 1, self.export))
        self._told = widgets.label(speaker, Message("ui.roadmap.how"), "muted", wrap=True)
        card.add(self._told)
        self.chart = Chart(session)
        self.chart.setMinimumHeight(220)
        card.add(self.chart, 1)
        self.milestones: Milestones | None = None
        self._card = card
        self._none = widgets.label(speaker, Message("ui.roadmap.none"), "muted", wrap=True)
        self._first = widgets.button(
            speaker,
            Message("ui.roadmap.to_programmes"),
            lambda: session.show("programmes"),
            icon="target",
            look="primary",
        )
        card.add(self._none)
        card.add(widgets.line(self._first, 1))
        card.body.addStretch(0)
        self.add(card, 1)

    def has_findings(self) -> bool:
        return False

    def refresh(self) -> None:
        now = max(self.group.currentIndex(), 0)
        self.group.blockSignals(True)
        self.group.clear()
        for each in Grouping:
            self.group.addItem(self.session.say(GROUPED[each]), each)
        self.group.setCurrentIndex(now)
        self.group.blockSignals(False)
        self.chart.refresh()
        empty = not self.session.plan.programmes
        self._none.setVisible(empty)
        self._first.setVisible(empty)
        shown = self.as_table.isChecked()
        self.chart.setVisible(not empty and not shown)
        self._show_table(shown=shown and not empty)
        self._told.setVisible(not empty and not shown)
        self.export.setVisible(not empty)
        if not empty and self.chart.lane() is None:
            self.chart.setCurrentIndex(self.chart.lanes.index(min(1, len(self.chart.lanes.lanes) - 1), 0))
        how = Message("ui.roadmap.read_only") if self.session.read_only else Message("ui.roadmap.how")
        if any(each.example for each in self.chart.lanes.lanes):
            how = Message("ui.roadmap.and", one=how, other=Message("ui.roadmap.dashed"))
        self.session.speaker.tie(self._told, QLabel.setText, how)

    def _on_group(self) -> None:
        self.chart.write_moved()
        self.chart.lanes.grouping = Grouping(self.group.currentData())
        self.chart.refresh()

    def _on_activities(self, shown: bool) -> None:
        self.chart.write_moved()
        self.chart.lanes.activities = shown
        self.chart.refresh()

    def _on_table(self, _shown: bool) -> None:
        self.chart.write_moved()
        self.refresh()

    def _show_table(self, *, shown: bool) -> None:
        """Milestones by term and dimension, in place of the chart."""
        if shown and self.milestones is None:
            self.milestones = Milestones(self.session)
            self._card.body.insertWidget(self._card.body.indexOf(self.chart) + 1, self.milestones, 1)
        if self.milestones is not None:
            self.milestones.setVisible(shown)
            if shown:
                self.milestones.refresh()

    def save(self) -> None:
        """Save the roadmap as the books print it."""
        from desktop.books.pictures import roadmap_svg

        session = self.session
        plan, pack, language = session.plan, session.pack, session.speaker.language
        name = session.say(Message("ui.page.roadmap"))
        save_picture(session, lambda: roadmap_svg(plan, pack, language, 760), name, self)

    def take_focus(self) -> None:
        self.chart.setFocus(Qt.FocusReason.OtherFocusReason)

    def point_at(self, place: Place) -> bool:
        self.chart.choose(place.row)
        lane = self.chart.lane()
        return lane is not None and lane.id == place.row

    def sizeHint(self) -> QSize:
        return QSize(theme.grown(600), theme.grown(400))
