"""What the RPJMD row of a programme says of its dimension: one click takes it over."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.base import Message
from desktop.checks.marks import suggested
from desktop.ui import widgets
from desktop.ui.session import Session


class MarkedDimensions(QWidget):
    """Below the dimension: those that the chosen RPJMD row marks, each a button, while it is none of them."""

    def __init__(self, session: Session, programme: str) -> None:
        super().__init__()
        self._session, self._programme = session, programme
        self.told = widgets.label(session.speaker, Message("ui.marked.told"), "muted", wrap=True)
        self._row = widgets.line(self.told)
        self._row.setStretch(0, 1)
        self.buttons: dict[str, QPushButton] = {}
        self.setLayout(self._row)

    def _wanted(self) -> tuple[str, ...]:
        plan = self._session.plan
        now = next((each for each in plan.programmes if each.id == self._programme), None)
        if now is None:
            return ()
        found = suggested(plan, self._session.pack, now)
        names = dict.fromkeys(dimension for each in found for dimension in each.dimensions)
        return () if now.dimension in names else tuple(names)

    def refresh(self) -> None:
        """Offer what fits now."""
        wanted = self._wanted()
        if tuple(self.buttons) != wanted:
            for old in self.buttons.values():
                self._row.removeWidget(old)
                old.deleteLater()
            self.buttons = {}
            for dimension in wanted:
                found = self._session.guide.dimension(dimension)
                if found is None:
                    continue
                made = widgets.button(
                    self._session.speaker,
                    Message("ui.marked.take", dimension=found.name),
                    lambda chosen=dimension: self.take(chosen),  # type: ignore[misc]  # bound by its default
                    icon="check",
                    look="quiet",
                )
                self.buttons[dimension] = made
                self._row.addWidget(made)
        self.setVisible(bool(self.buttons) and not self._session.read_only)

    def take(self, dimension: str) -> None:
        """Make it the programme's dimension: one operation; a sub-dimension of another one goes."""
        session = self._session
        now = next((each for each in session.plan.programmes if each.id == self._programme), None)
        if now is None:
            return
        of = session.guide.dimension_of(now.sub_dimension) if now.sub_dimension else None
        values = {"dimension": dimension}
        found = session.guide.dimension(dimension)
        label = Message("ui.marked.label", dimension=found.name if found else dimension)

        def work() -> None:
            with session.workspace.operation(label, kind="carry") as operation:
                operation.set("programme", self._programme, **values)
                if of is not None and of.id != dimension:
                    operation.set("programme", self._programme, sub_dimension=None)

        session.drafts.flush()
        session.attempt(work)
