"""The parafs in a list, and who is still missing in one sentence: before and beside the signatures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.base import Message
from desktop.base.speech import value_text
from desktop.checks.initials import Paraf, Standing, missing, parafs, standing_name
from desktop.ui import widgets
from desktop.ui.own.office import today
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission.standing import Standing as PackageStanding

FEW = 6
"""So many parafs of agencies stand in the list one by one; more of them are first told as one sum."""
NAMED = 5
"""So many who are missing are named in a sentence."""
_LOOKS = {
    Standing.WAITING: ("circle-dashed", "warn"),
    Standing.INITIALLED: ("circle-check", "good"),
    Standing.CHANGED: ("history", "warn"),
    Standing.RETURNED: ("undo-2", "bad"),
}


class InitialsList(QWidget):
    """One line for each paraf, with how it stands and a button to note it."""

    def __init__(self, session: Session, agency: str | None = None) -> None:
        """``agency``: only the paraf of that agency's head."""
        super().__init__()
        self._session, self._agency = session, agency
        self.found: tuple[Paraf, ...] = ()
        self.presses: dict[tuple[str, str], QPushButton] = {}
        """By step and agency: what notes it."""
        self._open = False
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)

    def show_agency(self, agency: str) -> None:
        """Show that of another agency."""
        self._agency = agency

    def refresh(self) -> None:
        """Show the parafs as they stand now; the keyboard stays where it is."""
        held = next((key for key, press in self.presses.items() if press.hasFocus()), None)
        session = self._session
        found = parafs(session.plan, session.pack, today(session))
        if self._agency is not None:
            found = tuple(each for each in found if each.agency and each.agency == self._agency)
        self.found = found
        widgets.empty(self._rows)
        self.presses.clear()
        by_step: dict[str, list[Paraf]] = {}
        for each in found:
            by_step.setdefault(each.step.id, []).append(each)
        for group in by_step.values():
            if len(group) > FEW:
                self._sum(group)
            for each in group:
                if len(group) <= FEW or self._open:
                    self._rows.addLayout(self._line(each))
        self.setVisible(bool(found))
        if held in self.presses:
            self.presses[held].setFocus()

    def _sum(self, group: Sequence[Paraf]) -> None:
        """Many of one step in one line, with the way to each of them."""
        speaker, done = self._session.speaker, sum(each.done for each in group)
        first = group[0]
        icon, look = _LOOKS[Standing.INITIALLED if done == len(group) else Standing.WAITING]
        who = Message("ui.initials.step", number=str(first.number), who=first.step.label)
        state = Message("ui.initials.sum", done=done, all=len(group))
        word = Message("ui.initials.fold") if self._open else Message("ui.initials.unfold")
        press = widgets.button(speaker, word, self._toggle, look="quiet")
        row = told_line(self._session, icon, look, who, state)
        row.addWidget(press)
        self._rows.addLayout(row)

    def _toggle(self) -> None:
        self._open = not self._open
        self.refresh()

    def _line(self, each: Paraf) -> QHBoxLayout:
        speaker = self._session.speaker
        icon, look = _LOOKS[each.standing]
        told = Message(
            "ui.initials.who", number=str(each.number), who=each.message, name=each.name or "\N{EM DASH}"
        )
        note = each.initial.note if each.initial is not None else ""
        row = told_line(self._session, icon, look, told, state_of(each), note)
        press = widgets.button(
            speaker, Message("ui.initials.note_it"), partial(self._note, each), icon="pen-line"
        )
        widgets.call(speaker, press, Message("ui.initials.note_as", who=each.message))
        press.setEnabled(not self._session.read_only)
        self.presses[each.step.id, each.agency] = press
        row.addWidget(press)
        return row

    def _note(self, paraf: Paraf) -> None:
        from desktop.ui.dialogs.initial import ask_initial

        ask_initial(self, self._session, paraf)


def told_line(
    session: Session, icon: str, look: str, who: Message, state: Message, note: str = ""
) -> QHBoxLayout:
    """Who it is, and below it how that stands: long names and long waiting lists wrap, nothing is cut."""
    speaker = session.speaker
    words = widgets.column(spacing=0)
    words.addWidget(widgets.label(speaker, who, wrap=True))
    words.addWidget(widgets.label(speaker, state, look, wrap=True))
    if note:
        words.addWidget(widgets.label(speaker, note, "muted", wrap=True))
    row = widgets.line(widgets.picture(icon, look))
    row.addLayout(words, 2)
    return row


def state_of(each: Paraf) -> Message:
    """How a paraf stands, with the day where one is known."""
    initial = each.initial
    if initial is None or not initial.state or not initial.at:
        return standing_name(each.standing)
    day = dt.date.fromisoformat(initial.at)
    if each.standing is Standing.CHANGED and initial.since:
        return Message("ui.initials.changed_since", day=day, n=initial.since)
    return Message("ui.initials.state_at", state=standing_name(each.standing), day=day)


def still_missing(session: Session, found: Sequence[Paraf], package: PackageStanding | None) -> Message:
    """Who is still missing, in one sentence: parafs first, then signatures; that nobody is, else."""
    language = session.speaker.language
    lacking = missing(found)
    names = [value_text(each.message, language) for each in lacking]
    signers = [each for each in package.signers if not each.done] if package is not None else []
    signing = list(dict.fromkeys(each.called for each in signers))
    if names and signing:
        return Message("ui.order.both", initials=named(session, names), signatures=named(session, signing))
    if names:
        return Message("ui.order.initials", initials=named(session, names))
    if signing:
        return Message("ui.order.signatures", signatures=named(session, signing))
    if package is not None:
        return Message("ui.order.complete")
    return Message("ui.order.initials_complete" if found else "ui.order.not_sealed")


def named(session: Session, names: Sequence[str]) -> str:
    """A few names, and how many more there are."""
    if len(names) <= NAMED:
        return ", ".join(names)
    more = Message("ui.order.more", names=", ".join(names[:NAMED]), n=len(names) - NAMED)
    return session.say(more)
