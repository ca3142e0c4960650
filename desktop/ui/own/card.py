"""One part on an agency's page: what it is, how it stands, until when, and everything to do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel

from desktop.base import LocalText, Message
from desktop.base.message import Param
from desktop.checks.owing import Owed, Owing, Standing, standing_name
from desktop.exchange import duties
from desktop.ui import widgets
from desktop.ui.dialogs.ask import ask_why
from desktop.ui.own.contents import Content, content_of
from desktop.ui.own.office import today
from desktop.ui.own.photos import PhotoBox
from desktop.ui.session import Session
from desktop.ui.speaker import Speech

if TYPE_CHECKING:
    from desktop.ui.journey import Journey

TONES = {
    Standing.EMPTY: "warn",
    Standing.FILLED: "info",
    Standing.SENT: "good",
    Standing.APPROVED: "good",
    Standing.RETURNED: "bad",
    Standing.NOT_OURS: "info",
}


class PartCard(widgets.Card):
    """A card that follows one part; what is filled in stands in ``content``."""

    def __init__(self, session: Session, part: Owed, journey: Journey, grown: Callable[[], object]) -> None:
        super().__init__(session.speaker, speech(part.title))
        self._session, self.part = session, part
        speaker = session.speaker
        self.chip = widgets.label(speaker, "")
        self.head.addWidget(self.chip)
        self.about = widgets.label(speaker, "", "muted", wrap=True)
        self.add(self.about)
        self._note = QFrame()
        self._note.setProperty("look", "aside")
        inside = widgets.column(margins=(10, 6, 10, 6), spacing=2)
        self._note.setLayout(inside)
        self._note_head = widgets.label(speaker, "", "field", wrap=True)
        self._note_words = widgets.label(speaker, "", wrap=True)
        inside.addWidget(self._note_head)
        inside.addWidget(self._note_words)
        self.add(self._note)
        self.content: Content = content_of(session, part, journey, grown)
        self.add(self.content)
        self.photos = PhotoBox(session, self.content.aim, self.content.files, self.content.ours)
        self.add(self.photos)
        self.not_ours = widgets.button(speaker, Message("ui.own.not_ours"), self.refuse, look="quiet")
        self.ours = widgets.button(speaker, Message("ui.own.ours"), self.take_on, look="quiet")
        # for the agency's own superior, who looks at the same page
        self.approve = widgets.button(
            speaker, Message("ui.duties.approve"), lambda: self._say(duties.APPROVED, ""), icon="check"
        )
        self.give_back = widgets.button(speaker, Message("ui.duties.return"), self.return_it, icon="undo-2")
        self.add(widgets.line(1, self.approve, self.give_back, self.not_ours, self.ours))
        self.show_part(part)

    def show_part(self, part: Owed) -> None:
        """Show how it stands now."""
        self.part = part
        speaker = self._session.speaker
        speaker.tie(self.chip, QLabel.setText, standing_name(part))
        widgets.chip(self.chip, "warn" if part.changed else TONES[part.standing])
        speaker.tie(self.about, QLabel.setText, how_far(part, today(self._session)))
        theirs = part.standing is not Standing.NOT_OURS
        for each in (self.content, self.photos):
            each.setVisible(theirs)
        told = part.note if part.standing in {Standing.RETURNED, Standing.NOT_OURS} else ""
        self._note.setVisible(bool(told))
        head = Message("ui.own.returned") if theirs else Message("ui.own.refused")
        by: Param = part.duty.by if part.duty is not None else ""
        signed = Message("ui.own.said_by", what=head, name=by) if by else head
        speaker.tie(self._note_head, QLabel.setText, signed)
        speaker.tie(self._note_words, QLabel.setText, told)
        free = not self._session.read_only and part.standing is not Standing.APPROVED
        self.not_ours.setVisible(theirs)
        self.not_ours.setEnabled(free)
        self.ours.setVisible(not theirs)
        self.ours.setEnabled(free)
        superior = part.superior.name if part.superior is not None else ""
        judges = free and bool(superior) and superior.casefold() == self._session.author().name.casefold()
        for button in (self.approve, self.give_back):
            button.setVisible(judges and (part.standing is Standing.SENT or part.moved))
        self.content.refresh()
        self.photos.refresh()

    # -- answering ------------------------------------------------------------------------------
    def refuse(self) -> None:
        """Say that the part is not this office's task, with the reason."""
        reason = ask_why(
            self, self._session, Message("ui.own.not_ours.title"), Message("ui.own.not_ours.why"),
            Message("ui.own.not_ours.accept"),
        )  # fmt: skip
        if reason:
            self._say(duties.NOT_OURS, reason)

    def return_it(self) -> None:
        """Return the part to whoever fills it in, with a note."""
        note = ask_why(
            self, self._session, Message("ui.duties.return.title"), Message("ui.duties.return.note"),
            Message("ui.duties.return.accept"),
        )  # fmt: skip
        if note:
            self._say(duties.RETURNED, note)

    def take_on(self) -> None:
        """Say that it is theirs after all."""
        self._say(duties.OPEN, "")

    def _say(self, state: str, note: str) -> None:
        session, key = self._session, self.part.key

        def work() -> None:
            picture = Owing(session.plan, session.pack, today(session))
            part = picture.find(key)
            if part is not None:
                with session.change(Message("ui.op.duty", part=part.title)) as operation:
                    duties.say(operation, picture, part, state, session.author(), note)
                told = duties.approved_anew([part]) if state == duties.APPROVED else None
                if told is not None:
                    session.told.emit(told)

        session.drafts.flush()
        session.attempt(work)


def how_far(part: Owed, day: dt.date) -> Message:
    """In one line: how much is filled, how many photos, until when."""
    measure = part.measure
    filled, required = measure.filled, measure.required
    said = Message("ui.own.filled", filled=filled, required=required)
    if part.page == "worksheet" and measure.rows:
        # that there is a row at all is one of the things asked for: what is counted here is in the rows
        said = Message("ui.own.rows", n=measure.rows)
        if required > 1:
            inside = Message("ui.own.filled", filled=filled - 1, required=required - 1)
            said = Message("ui.own.and", one=said, other=inside)
    elif part.page == "worksheet" and not filled:
        said = Message("ui.own.no_row")
    if measure.wanting:
        said = Message("ui.own.and", one=said, other=Message("ui.own.wanting", n=measure.wanting))
    if part.due:
        said = Message("ui.own.and", one=said, other=until(part.due, day, late=part.late))
    return said


def until(due: str, now: dt.date, *, late: bool) -> Message:
    """By when, and how long that is."""
    day = dt.date.fromisoformat(due)
    if late:
        return Message("ui.own.late", due=day, n=(now - day).days)
    if day == now:
        return Message("ui.own.today", due=day)
    if day > now:
        return Message("ui.own.due", due=day, n=(day - now).days)
    return Message("ui.own.was_due", due=day)


def speech(title: Param) -> Speech:
    """A title as something to be said."""
    return title if isinstance(title, Message | LocalText) else str(title)
