"""One body in full: what it rests on, what is still missing, its members and its meetings."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from desktop.base import LocalText, Message
from desktop.checks.missing import Standing, full_name
from desktop.ui import theme, widgets
from desktop.ui.bodies.sources import BodyMeetingSource, BodyRegister, MemberSource, body_key, ensure_body
from desktop.ui.fields.box import FieldBox
from desktop.ui.grid.source import TableField
from desktop.ui.grid.view import Grid
from desktop.ui.keys import sequence
from desktop.ui.session import Session
from desktop.workspace.plan import Place

MOVE = "Ctrl+Shift+B"
DECREE = Message("ui.body.decree")


class BodyDetail(QWidget):
    """Cards for one body; made anew when another one is chosen."""

    def __init__(self, session: Session, body: str, dimension: str) -> None:
        super().__init__()
        self._session = session
        self.body, self.dimension = body, dimension
        layout = widgets.column(spacing=theme.PAD - 4)
        self.setLayout(layout)
        layout.addWidget(self._head())
        speaker = session.speaker
        members = widgets.Card(speaker, Message("ui.member.title"), Message("ui.member.note"))
        self.members = Grid(session, MemberSource(session, body, dimension), Message("ui.member.title"))
        self.members.table.setMinimumHeight(theme.grown(150))
        self.mover = widgets.tool(speaker, Message("ui.member.move", keys=MOVE), "split", self.open_move)
        self.members.tools.insertWidget(2, self.mover)
        shortcut = QShortcut(sequence(MOVE), self.members)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.open_move)
        members.add(self.members, 1)
        layout.addWidget(members, 3)
        meetings = widgets.Card(speaker, Message("ui.body.meetings"))
        self.meetings = Grid(
            session, BodyMeetingSource(session, body, dimension), Message("ui.body.meetings")
        )
        self.meetings.table.setMinimumHeight(theme.grown(96))
        meetings.head.addWidget(
            widgets.button(
                speaker, Message("ui.body.to_sessions"), lambda: session.show("sessions"),
                icon="arrow-right", look="quiet",
            )
        )  # fmt: skip
        meetings.add(self.meetings, 1)
        layout.addWidget(meetings, 2)

    def _head(self) -> QWidget:
        session, speaker = self._session, self._session.speaker
        asked = next(each for each in session.pack.bodies if each.id == self.body)
        dimension = session.guide.dimension(self.dimension) if self.dimension else None
        card = widgets.Card(speaker, full_name(asked, dimension.name if dimension else None))
        if asked.purpose:
            card.add(widgets.label(speaker, asked.purpose, "muted", wrap=True))
        if asked.members:
            said = widgets.label(
                speaker, partial(_members_wanted, session, asked.members), "muted", wrap=True
            )
            card.add(said)
        self.missing = widgets.label(speaker, "", "warn", wrap=True)
        card.add(self.missing)
        register = BodyRegister.of(self.body, self.dimension, "decree", DECREE)
        field = TableField(id="decree", label=LocalText(), type="choice", said=DECREE)
        self.decree = FieldBox(session, field, register)
        self.to_decrees = widgets.button(
            speaker, Message("ui.body.to_decrees"), lambda: session.show("decrees"),
            icon="arrow-right", look="quiet",
        )  # fmt: skip
        card.add(self.decree)
        card.add(widgets.line(self.to_decrees, 1))
        return card

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self, standing: Standing) -> None:
        """Show the plan as it is now, and what is still missing."""
        self.decree.refresh()
        self.members.refresh()
        self.meetings.refresh()
        say = self._session.say
        missing = standing.missing
        theme.look(self.missing, "warn" if missing else "good")
        text = "\n".join(f"• {say(each)}" for each in missing) or say(Message("ui.body.complete"))
        self.missing.setText(text)
        self.mover.setEnabled(not self._session.read_only)

    def point_at(self, place: Place) -> bool:
        """Put the cursor on a member, a meeting or the decree."""
        if place.table == "member":
            return self.members.point_at(place)
        if place.table == "meeting":
            return self.meetings.point_at(place)
        if place.field == "members":
            self.members.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif place.field == "meetings":
            self.meetings.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.decree.take_focus()
        return True

    # -- moving members -------------------------------------------------------------------------
    def chosen(self) -> list[str]:
        """The members whose rows are chosen."""
        rows = self.members.model.rows
        return [
            rows[row].key for row in self.members.table.chosen_rows() if row < len(rows) and rows[row].key
        ]

    def open_move(self) -> QMenu | None:
        """Offer the other bodies; the chosen members move to the one picked."""
        chosen = self.chosen()
        if not chosen or self._session.read_only:
            self._session.told.emit(Message("ui.member.choose_first"))
            return None
        menu = QMenu(self)
        for body, dimension, name in everybody(self._session):
            if (body, dimension) != (self.body, self.dimension):
                menu.addAction(self._session.say(name), partial(self.move_to, chosen, body, dimension))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mover.mapToGlobal(QPoint(0, self.mover.height())))
        return menu

    def move_to(self, members: list[str], body: str, dimension: str) -> None:
        """Put members into another body, as one operation."""
        session = self._session

        def work() -> None:
            with session.change(Message("ui.op.move_members", n=len(members))) as operation:
                target = ensure_body(operation, body, dimension)
                for member in members:
                    operation.set("member", member, body=target)

        session.drafts.flush()
        session.attempt(work)


def everybody(session: Session) -> list[tuple[str, str, LocalText]]:
    """Every body of the guideline with its dimension and what it is called."""
    out: list[tuple[str, str, LocalText]] = []
    for asked in session.pack.bodies:
        if asked.per_dimension:
            out += [(asked.id, each.id, full_name(asked, each.name)) for each in session.pack.dimensions]
        else:
            out.append((asked.id, "", asked.name))
    return out


def _members_wanted(session: Session, members: tuple[LocalText, ...]) -> str:
    said = "; ".join(session.say(each) for each in members)
    return session.say(Message("ui.body.members_wanted", members=said))


def key_of(standing: Standing) -> str:
    """The row of a body, written or not."""
    return standing.row.id if standing.row else body_key(standing.asked.id, standing.dimension)


__all__ = ["MOVE", "BodyDetail", "everybody", "key_of"]
