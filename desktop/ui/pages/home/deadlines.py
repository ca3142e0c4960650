"""Due dates: what is overdue, near and met; set, moved and removed right here."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop.base import LocalText, Message
from desktop.base.message import Param
from desktop.checks.due import Due, DueDate, action_state
from desktop.checks.places import agency_name, page_of, title_of_page
from desktop.exchange.remarks import UNSETTLED
from desktop.exchange.values import NotUnderstood, Option
from desktop.ui import widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.fields.editors import DateEditor
from desktop.ui.fields.picking import PickEditor
from desktop.ui.helping.asking import offer_help
from desktop.ui.journey import FIRST, Journey
from desktop.ui.session import Session
from desktop.workspace.plan import Comment, Deadline, Place, Plan

AT_ONCE = 6
WHOLE = "*"
"""Stands in the list of pages for the whole document (an empty entry is *nothing chosen* there)."""
SIGNS = {
    Due.LATE: ("triangle-alert", "bad"),
    Due.SOON: ("clock", "warn"),
    Due.AHEAD: ("calendar", "muted"),
    Due.DONE: ("circle-check", "good"),
}
TONES = {Due.LATE: "bad", Due.SOON: "warn", Due.AHEAD: "info", Due.DONE: "good"}


class DeadlinesCard(widgets.Card):
    """The deadlines of the plan, earliest first; agreed actions of comments among them."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.home.deadlines"))
        self._session = session
        self._shown: object = None
        self.everything = False
        self.add_button = widgets.button(
            session.speaker, Message("ui.home.deadline.add"), self._add, icon="plus", look="quiet"
        )
        self.head.addWidget(self.add_button)
        self._rows = widgets.column(spacing=4)
        self.add(self._rows)
        self.body.addStretch(1)

    def show_dates(self, plan: Plan, dates: tuple[DueDate, ...], today: dt.date) -> None:
        """Show these; what is met stands last."""
        actions = tuple(each for each in plan.comments if each.due and each.state in UNSETTLED)
        self.add_button.setVisible(not self._session.read_only)
        state = (dates, actions, today, self.everything, self._session.read_only)
        if state == self._shown:
            return
        self._shown = state
        widgets.empty(self._rows)
        rows = [
            (each.state is Due.DONE, each.deadline.due, partial(self._row, plan, each, today))
            for each in dates
        ]
        rows += [(False, each.due, partial(self._action, plan, each, today)) for each in actions]
        rows.sort(key=lambda row: row[:2])
        for _, _, make in rows if self.everything else rows[:AT_ONCE]:
            self._rows.addLayout(make())
        if not rows:
            self._rows.addWidget(
                widgets.label(self._session.speaker, Message("ui.home.deadline.none"), "muted", wrap=True)
            )
        if len(rows) > AT_ONCE and not self.everything:
            more = Message("ui.home.deadline.more", n=len(rows) - AT_ONCE)
            self._rows.addWidget(widgets.button(self._session.speaker, more, self._show_all, look="quiet"))

    def _show_all(self) -> None:
        self.everything = True
        session = self._session
        shown = self._shown
        if isinstance(shown, tuple):
            self.show_dates(session.plan, shown[0], shown[2])

    # -- rows -----------------------------------------------------------------------------------
    def _row(self, plan: Plan, each: DueDate, today: dt.date) -> QHBoxLayout:
        deadline = each.deadline
        title = title_of_page(plan, self._session.guide, deadline.page, deadline.ref)
        whose = agency_name(plan, deadline.agency)
        about = Message("ui.home.deadline.about", due=each.day, agency=whose)
        made = self._line(each.state, title, about, deadline.note, _left(each.state, each.day, today))
        go = partial(self._session.show, *self._place(each))
        speaker = self._session.speaker
        buttons = [("arrow-right", Message("ui.home.deadline.go", page=title), go)]
        if not self._session.read_only:
            buttons += [
                (
                    "pen-line",
                    Message("ui.home.deadline.edit_what", page=title),
                    partial(self._edit, deadline),
                ),
                (
                    "trash-2",
                    Message("ui.home.deadline.remove_what", page=title),
                    partial(self._remove, deadline),
                ),
            ]
        for icon, name, press in buttons:
            made.addWidget(widgets.tool(speaker, name, icon, press))
        return made

    def _place(self, each: DueDate) -> tuple[str, str, Place | None]:
        if each.open:
            first = each.open[0]
            return first.page.page, first.page.ref, first.place
        return each.deadline.page or "checks", each.deadline.ref, None

    def _action(self, plan: Plan, comment: Comment, today: dt.date) -> QHBoxLayout:
        state, day = action_state(comment, today), dt.date.fromisoformat(comment.due)
        owner: Param = agency_name(plan, comment.owner) if comment.owner else comment.author
        about = Message("ui.home.deadline.action", due=day, owner=owner)
        words = " ".join(comment.body.split())
        made = self._line(state, words[:90], about, "", _left(state, day, today))
        page = page_of(plan, self._session.guide, comment.place)
        if page is not None:
            press = partial(self._session.show, page.page, page.ref, comment.place)
            name = Message("ui.home.deadline.go", page=words[:40])
            made.addWidget(widgets.tool(self._session.speaker, name, "arrow-right", press))
        return made

    def _line(self, state: Due, title: Param, about: Message, note: str, left: Message) -> QHBoxLayout:
        speaker = self._session.speaker
        words = widgets.column(spacing=1)
        words.addWidget(widgets.label(speaker, _speech(title), wrap=True))
        words.addWidget(widgets.label(speaker, about, "muted", wrap=True))
        if note:
            words.addWidget(widgets.label(speaker, note, "muted", wrap=True))
        chip = widgets.label(speaker, left)
        widgets.chip(chip, TONES[state])
        name, role = SIGNS[state]
        made = widgets.line(widgets.picture(name, role, 18))
        made.setContentsMargins(0, 4, 0, 4)
        made.addLayout(words, 1)
        made.addWidget(chip)
        return made

    # -- changing -------------------------------------------------------------------------------
    def _add(self) -> None:
        dialog = DeadlineDialog(self._session, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.set_deadline(*dialog.values())

    def _edit(self, deadline: Deadline) -> None:
        dialog = DeadlineDialog(self._session, self, deadline)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.set_deadline(*dialog.values(), instead_of=deadline)

    def set_deadline(
        self, due: str, page: str, ref: str, agency: str, note: str, instead_of: Deadline | None = None
    ) -> None:
        """Set a deadline, or move one to another day or page, as one operation."""

        def work() -> None:
            with self._session.change(Message("ui.op.deadline")) as operation:
                before = instead_of
                if before is not None and (before.page, before.ref, before.agency) != (page, ref, agency):
                    operation.delete("deadline", before.id)
                operation.deadline(due, page=page, ref=ref, agency=agency, note=note)

        self._session.attempt(work)

    def _remove(self, deadline: Deadline) -> None:
        def work() -> None:
            with self._session.change(Message("ui.op.deadline_remove")) as operation:
                operation.delete("deadline", deadline.id)

        self._session.attempt(work)


def _speech(title: Param) -> Message | LocalText | str:
    return title if isinstance(title, Message | LocalText) else str(title)


def _left(state: Due, day: dt.date, today: dt.date) -> Message:
    """How a deadline stands, in words."""
    match state:
        case Due.DONE:
            return Message("ui.home.due.done")
        case Due.LATE:
            return Message("ui.home.due.late")
        case _ if day == today:
            return Message("ui.home.due.today")
        case _:
            return Message("ui.home.due.left", n=(day - today).days)


class DeadlineDialog(Ask):
    """By when, which page, for whom, and a note."""

    def __init__(self, session: Session, parent: QWidget, deadline: Deadline | None = None) -> None:
        title = Message("ui.home.deadline.add") if deadline is None else Message("ui.home.deadline.edit")
        super().__init__(session, title, Message("ui.home.deadline.keep"), parent)
        offer_help(self, "home")
        self.due = DateEditor(session.speaker)
        self.page = PickEditor(session.speaker, pages(session))
        agencies = [Option(each.id, LocalText(dict(each.name.values))) for each in session.plan.agencies]
        everybody = Option(WHOLE, Message("checks.page.everybody"))
        self.agency = PickEditor(session.speaker, [everybody, *agencies])
        self.note = QLineEdit()
        self._fault = widgets.label(session.speaker, "", "bad", wrap=True)
        for name, editor in (
            (Message("ui.home.deadline.due"), self.due),
            (Message("ui.home.deadline.page"), self.page),
            (Message("ui.home.deadline.agency"), self.agency),
        ):
            label = widgets.label(session.speaker, name, "field")
            label.setBuddy(editor.inner)
            widgets.call(session.speaker, editor.inner, name)
            self.body.addWidget(label)
            self.body.addWidget(editor)
        self.field(Message("ui.home.deadline.note"), self.note)
        self.body.addWidget(self._fault)
        self._show(deadline)
        self.due.edited.connect(self._judge)
        self._judge()

    def _show(self, deadline: Deadline | None) -> None:
        self.page.show_value(f"{deadline.page}/{deadline.ref}" if deadline and deadline.page else WHOLE)
        self.agency.show_value((deadline.agency if deadline else "") or WHOLE)
        if deadline is not None:
            self.due.show_value(deadline.due)
            self.note.setText(deadline.note)

    def _judge(self) -> None:
        """Only a day can be kept; what else stands there is told."""
        try:
            day = self.due.value()
        except NotUnderstood as error:
            self.session.speaker.tie(self._fault, QLabel.setText, error.message)
            self.ok.setEnabled(False)
            return
        self.session.speaker.tie(self._fault, QLabel.setText, "")
        self.ok.setEnabled(bool(day))

    def values(self) -> tuple[str, str, str, str, str]:
        """Day, page, ref, agency and note."""
        chosen, agency = str(self.page.value() or WHOLE), str(self.agency.value() or WHOLE)
        page, _, ref = ("", "", "") if chosen == WHOLE else chosen.partition("/")
        return (
            str(self.due.value()), page, ref, "" if agency == WHOLE else agency, self.note.text().strip(),
        )  # fmt: skip


def pages(session: Session) -> list[Option]:
    """What a deadline can be about: the whole document, every page of the journey, every chapter."""
    journey = Journey(session.pack)
    stops = [stop for stop in journey.stops if stop.page not in {FIRST, "chapter"}]
    found = [Option(WHOLE, Message("checks.page.everything"))]
    found += [Option(f"{stop.page}/{stop.ref}", journey.title(stop)) for stop in stops]
    for book in session.pack.books:
        found.append(Option(f"chapter/{book.id}", book.title))
        found += [
            Option(
                f"chapter/{numbered.chapter.id}", _chapter(book.code, numbered.number, numbered.chapter.title)
            )
            for numbered in session.guide.chapters(book)
        ]
    return found


def _chapter(book: str, number: str, title: LocalText) -> Message:
    return Message("ui.journey.chapter", number=f"{book}.{number}", title=title)
