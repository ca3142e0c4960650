"""The agencies that support a programme besides the one that leads it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.base import LocalText, Message
from desktop.base.ids import derived_id
from desktop.exchange.values import Option
from desktop.ui import widgets
from desktop.ui.fields.picking import ChoicesEditor
from desktop.ui.grid.source import column
from desktop.ui.session import Session
from desktop.ui.tracing import Record, Subject


class SupportingAgencies(QWidget):
    """Boxes to tick; each tick is one operation."""

    def __init__(self, session: Session, programme: str) -> None:
        super().__init__()
        self._session = session
        self._programme = programme
        layout = widgets.column(spacing=4)
        self.setLayout(layout)
        layout.addWidget(widgets.label(session.speaker, Message("ui.programme.supporting"), "field"))
        self._none = widgets.label(session.speaker, Message("ui.programme.no_agencies"), "muted", wrap=True)
        layout.addWidget(self._none)
        self.ticks = ChoicesEditor(session.speaker)
        session.speaker.tie(self.ticks, ChoicesEditor.name, Message("ui.programme.supporting"))
        self.ticks.edited.connect(self._write)
        self.ticks.about = self.subject
        self.ticks.history_wanted.connect(session.history_wanted)
        layout.addWidget(self.ticks)

    def subject(self) -> Subject:
        """The choice as something whose history can be told: one register for each agency."""
        name = Message("ui.programme.supporting")
        agencies = self._session.plan.agencies
        offered = tuple(Option(each.id, LocalText(each.name.values)) for each in agencies)
        records = tuple(
            Record(
                "programme_agency",
                derived_id("programme_agency", self._programme, each.id),
                "agency",
                LocalText(each.name.values),
            )
            for each in agencies
        )
        return Subject(name, column("agency", name, "agency"), records, offered)

    def refresh(self) -> None:
        """Show who supports it now."""
        plan = self._session.plan
        programme = next((each for each in plan.programmes if each.id == self._programme), None)
        if programme is None:
            return
        others = [each for each in plan.agencies if each.id != programme.lead]
        self._none.setVisible(not others)
        self.ticks.offer(Option(each.id, LocalText(each.name.values)) for each in others)
        self.ticks.show_value(programme.supporting)
        self.ticks.lock(locked=self._session.read_only)

    def _write(self) -> None:
        programme = next((each for each in self._session.plan.programmes if each.id == self._programme), None)
        if programme is None:
            return
        value = self.ticks.value()
        wanted = set(value) if isinstance(value, tuple) else set()
        had = set(programme.supporting)

        def work() -> None:
            with self._session.change(
                Message("ui.op.fill", field=Message("ui.programme.supporting"))
            ) as operation:
                for agency in sorted(wanted - had):
                    operation.put("programme_agency", programme=self._programme, agency=agency)
                for agency in sorted(had - wanted):
                    operation.delete(
                        "programme_agency", derived_id("programme_agency", self._programme, agency)
                    )

        self._session.attempt(work)
