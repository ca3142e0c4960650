"""Which inputs are shown: by decision, stakeholder, consultation, and what they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QWidget

from desktop.base import Message
from desktop.exchange.values import Option
from desktop.ui import widgets
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.flow import Flow
from desktop.ui.hearing.sources import Narrowed, said_of
from desktop.ui.picks import meeting_name, picks
from desktop.ui.session import Session
from desktop.workspace.listening import ABOUT_CHAPTER, ABOUT_DIMENSION

NAMES = {
    "decision": Message("ui.input.filter.decision"),
    "stakeholder": Message("ui.input.filter.stakeholder"),
    "meeting": Message("ui.input.filter.meeting"),
    "about": Message("ui.input.filter.about"),
}
"""What the first entry of each list says, which shows everything."""


class InputFilters(QWidget):
    """A list for each; ``chosen`` is called with what they make together."""

    def __init__(self, session: Session, chosen: Callable[[Narrowed], object]) -> None:
        super().__init__()
        self._session, self._chosen = session, chosen
        self.now = Narrowed()
        self.lists: dict[str, QComboBox] = {}
        row = Flow(spacing=6)
        for name, label in NAMES.items():
            made = QuietCombo()
            made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            made.setMinimumContentsLength(14)
            widgets.call(session.speaker, made, label)
            made.activated.connect(self._on_activated)
            self.lists[name] = made
            row.addWidget(made)
        self.setLayout(row)

    def refresh(self) -> None:
        """Offer what there is now; what is chosen stays."""
        for name, made in self.lists.items():
            options = [Option("", NAMES[name]), *self._options(name)]
            wanted = getattr(self.now, name)
            if wanted and wanted not in {each.value for each in options}:
                options.append(Option(wanted, said_of(self._session, wanted) if name == "about" else wanted))
            shown = [(self._session.say(each.label), each.value) for each in options]
            if shown != [(made.itemText(at), made.itemData(at)) for at in range(made.count())]:
                made.clear()
                for label, value in shown:
                    made.addItem(label, value)
            made.setCurrentIndex(max(0, made.findData(wanted)))

    def _options(self, name: str) -> Iterable[Option]:
        session, plan = self._session, self._session.plan
        match name:
            case "decision" | "stakeholder":
                return picks(session, "input", name)
            case "meeting":
                said = {each.meeting for each in plan.inputs}
                return [
                    Option(each.id, meeting_name(each))
                    for each in plan.meetings
                    if each.kind == "consultation" or each.id in said
                ]
            case _:
                dimensions = (
                    Option(
                        f"{ABOUT_DIMENSION}{each.id}",
                        Message("ui.input.about_dimension", dimension=each.name),
                    )
                    for each in session.pack.dimensions
                )
                return [
                    Option("plan", Message("checks.hearing.whole_plan")),
                    *dimensions,
                    Option(ABOUT_CHAPTER, Message("ui.input.about_chapters")),
                ]

    def show_about(self, item: str) -> None:
        """Show the inputs about one thing, whatever was chosen before."""
        self.now = Narrowed(about=item)
        self.refresh()
        self._chosen(self.now)

    def clear(self) -> None:
        """Show all."""
        self.show_about("")

    def _on_activated(self, _row: int) -> None:
        values = {name: str(made.currentData() or "") for name, made in self.lists.items()}
        self.now = replace(self.now, **values)
        self._chosen(self.now)
