"""The guidance sessions of the guideline: when each is or was held, and how far its outputs are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QWidget

from desktop.base import LocalText, Message, clock
from desktop.checks.due import Due
from desktop.checks.sessions import Standing, held, output_row, standings
from desktop.exchange.values import NotUnderstood
from desktop.guideline.pack import PageRef
from desktop.guideline.pack import Session as Bimtek
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.fields.editor import Editor
from desktop.ui.fields.editors import editor_for
from desktop.ui.fields.evidence_slot import EvidenceSlot
from desktop.ui.helping.asking import offer_help
from desktop.ui.journey import Journey, Stop
from desktop.ui.meetings.form import day_of
from desktop.ui.meetings.sources import OUTPUT
from desktop.ui.picks import picks
from desktop.ui.session import Session
from desktop.workspace.choices import choice_name
from desktop.workspace.operation import Operation
from desktop.workspace.organisation import Meeting

SIGNS = {
    Due.LATE: ("triangle-alert", "bad"),
    Due.SOON: ("clock", "warn"),
    Due.AHEAD: ("circle-dashed", "muted"),
    Due.DONE: ("circle-check", "good"),
}
TONES = {"open": "info", "drafted": "warn", "done": "good"}


class SessionCard(widgets.Card):
    """One guidance session: topics, when and where, its outputs line by line."""

    def __init__(self, session: Session, bimtek: Bimtek, open_meeting: Callable[[str], object]) -> None:
        super().__init__(session.speaker, bimtek.title)
        self._session, self._bimtek, self._open = session, bimtek, open_meeting
        speaker = session.speaker
        self.record = widgets.button(speaker, "", self._on_record, icon="calendar", look="quiet")
        self.head.addWidget(self.record)
        self._when = widgets.label(speaker, "", "muted", wrap=True)
        self.add(self._when)
        if bimtek.topics:
            self.add(widgets.label(speaker, self._topics, wrap=True))
        self._rows = widgets.column(spacing=2)
        self.add(self._rows)
        self._shown: object = None
        self.edits: dict[str, QWidget] = {}

    def _topics(self) -> str:
        say = self._session.say
        return " · ".join(say(topic) for topic in self._bimtek.topics)

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """Where and when it was or is to be held."""
        return held(self._session.plan, self._bimtek.id)

    def show_standings(self, found: tuple[Standing, ...]) -> None:
        """Show these outputs as they stand."""
        speaker, meetings = self._session.speaker, self.meetings
        speaker.tie(self._when, QLabel.setText, self._when_said)
        name = Message("ui.session.open") if meetings else Message("ui.session.record")
        speaker.tie(self.record, type(self.record).setText, name)
        self.record.setEnabled(bool(meetings) or not self._session.read_only)
        state = (found, self._session.read_only)
        if state == self._shown:
            return
        self._shown = state
        widgets.empty(self._rows)
        self.edits.clear()
        for each in found:
            self._rows.addLayout(self._row(each))

    def _when_said(self) -> str:
        say, meetings = self._session.say, self.meetings
        parts = [say(Message("ui.session.days", n=self._bimtek.days))] if self._bimtek.days else []
        for meeting in meetings:
            here = sum(each.present for each in meeting.attendance)
            parts.append(say(when(meeting)))
            parts += [meeting.place] if meeting.place else []
            parts += [say(Message("ui.session.came", present=here))] if here else []
        if not meetings:
            parts.append(say(Message("ui.session.not_planned")))
        return " · ".join(parts)

    def _row(self, each: Standing) -> QHBoxLayout:
        speaker = self._session.speaker
        label = each.output.label
        words = widgets.column(spacing=1)
        words.addWidget(widgets.label(speaker, label, wrap=True))
        words.addWidget(widgets.label(speaker, partial(self._detail, each), "muted", wrap=True))
        chip = widgets.label(speaker, choice_name("session_output", each.row.state))
        late = each.due is Due.LATE
        widgets.chip(chip, "bad" if late else TONES[each.row.state])
        picture, role = SIGNS[each.due]
        made = widgets.line(widgets.picture(picture, role, 18))
        made.setContentsMargins(0, 4, 0, 4)
        made.addLayout(words, 1)
        made.addWidget(chip)
        page = each.output.page
        if page is not None:
            go = Message("ui.session.go", page=self._page_title(page))
            made.addWidget(widgets.tool(speaker, go, "arrow-right", partial(self._go, page)))
        edit = widgets.tool(
            speaker, Message("ui.session.edit", output=label), "pen-line", partial(self.edit, each)
        )
        edit.setEnabled(not self._session.read_only)
        self.edits[each.output.id] = edit
        made.addWidget(edit)
        return made

    def _page_title(self, page: PageRef) -> LocalText | Message:
        return Journey(self._session.pack).title(Stop(page.page, page.ref))

    def _go(self, page: PageRef) -> None:
        self._session.show(page.page, page.ref)

    def _detail(self, each: Standing) -> str:
        say, row = self._session.say, each.row
        parts: list[Message] = []
        due = day_of(row.due)
        if due is not None:
            late = each.due is Due.LATE
            parts.append(Message("ui.session.late", day=due) if late else Message("ui.session.due", day=due))
        done = day_of(row.done_on)
        if done is not None:
            parts.append(Message("ui.session.done", day=done))
        if row.signed_by.strip():
            parts.append(Message("ui.session.signed", name=row.signed_by.strip()))
        if each.files:
            parts.append(Message("ui.session.files", n=each.files))
        if each.output.page is not None and self._session.report is not None:
            parts.append(
                Message("ui.session.still", n=len(each.open)) if each.open else Message("ui.session.nothing")
            )
        text = " · ".join(say(part) for part in parts)
        return f"{text}\n{row.note.strip()}" if row.note.strip() else text

    # -- changing -------------------------------------------------------------------------------
    def _on_record(self) -> None:
        meetings = self.meetings
        self._open(meetings[0].id if meetings else self.plan_meeting())

    def plan_meeting(self) -> str:
        """Add the meeting at which this session is held; its id."""

        def work() -> str:
            with self._session.change(Message("ui.op.session", session=self._bimtek.title)) as operation:
                title = dict(self._bimtek.title.texts)
                own = {code: title[code] for code in ("id", "en") if code in title}
                return operation.insert("meeting", kind="bimtek", session=self._bimtek.id, title=own)

        return self._session.attempt(work) or ""

    def edit(self, each: Standing) -> None:
        """Ask how an output stands, and write the answer as one change."""
        dialog = OutputDialog(self._session, each, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.write(each, **dialog.values())

    def write(self, each: Standing, **values: str) -> None:
        """Write what is known of an output."""

        def work() -> None:
            label = Message("ui.op.output", output=each.output.label)
            with self._session.change(label) as operation:
                row = ensure(operation, each)
                operation.set("session_output", row, **values)

        self._session.attempt(work)


def ensure(operation: Operation, each: Standing) -> str:
    """The row of an output, made if nobody has written about it yet."""
    row = output_row(each.session.id, each.output.id)
    if not each.row.id:
        operation.put("session_output", session=each.session.id, output=each.output.id, state=each.row.state)
    return row


def when(meeting: Meeting) -> Message:
    """The day or days of a meeting in words."""
    start, end = day_of(meeting.start), day_of(meeting.end)
    if start is None:
        return Message("ui.session.no_day")
    if end is None or end == start:
        return Message("ui.session.day", day=start)
    return Message("ui.session.span", start=start, end=end)


class OutputDialog(Ask):
    """State, days, who signed off, a note, and the files that show it."""

    def __init__(self, session: Session, each: Standing, parent: QWidget) -> None:
        title = Message("ui.session.edit", output=each.output.label)
        super().__init__(session, title, Message("ui.session.keep"), parent)
        offer_help(self, "sessions")
        self.editors: dict[str, Editor] = {}
        for field in OUTPUT:
            editor = editor_for(field.type, session.speaker, picks(session, "session_output", field.id))
            name = field.said
            label = widgets.label(session.speaker, name, "field")
            label.setBuddy(editor.inner)
            widgets.call(session.speaker, editor.inner, name)
            editor.show_value(getattr(each.row, field.id) or None)
            editor.edited.connect(self._judge)
            self.body.addWidget(label)
            self.body.addWidget(editor)
            self.editors[field.id] = editor
        slot = EvidenceSlot(session, each.place, required=False, before=partial(_ensured, each))
        slot.refresh()
        self.body.addWidget(slot)
        session.changed.connect(lambda _changes: slot.refresh())
        self._fault = widgets.label(session.speaker, "", "bad", wrap=True)
        self.body.addWidget(self._fault)
        self._judge()

    def _judge(self) -> None:
        try:
            self.values()
        except NotUnderstood as error:
            self.session.speaker.tie(self._fault, QLabel.setText, error.message)
            self.ok.setEnabled(False)
            return
        self.session.speaker.tie(self._fault, QLabel.setText, "")
        self.ok.setEnabled(True)

    def values(self) -> dict[str, str]:
        """What stands in the fields. Raises NotUnderstood for a day that is none."""
        values = {name: str(editor.value() or "").strip() for name, editor in self.editors.items()}
        values["state"] = values["state"] or "open"
        return values


def _ensured(each: Standing, operation: Operation) -> None:
    ensure(operation, each)


class Outputs(QWidget):
    """A card for each guidance session of the guideline."""

    def __init__(self, session: Session, open_meeting: Callable[[str], object]) -> None:
        super().__init__()
        self._session = session
        layout = widgets.column(spacing=theme.PAD - 2)
        self.setLayout(layout)
        self.cards = {each.id: SessionCard(session, each, open_meeting) for each in session.pack.sessions}
        for card in self.cards.values():
            layout.addWidget(card)

    def refresh(self) -> None:
        """Show the plan as it is now."""
        session = self._session
        found = standings(session.plan, session.pack, session.report, clock.today(session.plan.region.code))
        for name, card in self.cards.items():
            card.show_standings(tuple(each for each in found if each.session.id == name))

    def edit_of(self, row: str) -> QWidget | None:
        """The button by which an output is changed, by the id of its row."""
        for name, card in self.cards.items():
            for output, edit in card.edits.items():
                if output_row(name, output) == row:
                    return edit
        return None
