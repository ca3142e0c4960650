"""*Mutasi*: an office that is renamed or merged, somebody who takes an office over, the report for them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QWidget

from desktop.base import LocalText, Message, render
from desktop.exchange.counting import counted
from desktop.exchange.succession import (
    Holder,
    Moved,
    Office,
    follow_agency,
    follow_person,
    name_of_agency,
)
from desktop.exchange.values import NotUnderstood, Option
from desktop.ui import widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.fields.editors import DateEditor
from desktop.ui.fields.picking import PickEditor
from desktop.ui.helping.asking import offer_help
from desktop.ui.own.office import today
from desktop.ui.session import Session
from desktop.ui.speaker import Speech
from desktop.ui.worded import worded
from desktop.workspace.plan import Agency, Person


class Following(Ask):
    """What both dialogs ask: who comes after (of the plan, or new by name), from which day, what moves."""

    def __init__(
        self, session: Session, title: Message, accept: Message, known: Sequence[Option], parent: QWidget
    ) -> None:
        super().__init__(session, title, accept, parent)
        offer_help(self, "succession")
        speaker = session.speaker
        self.name = QLineEdit()
        self.known = PickEditor(speaker, list(known))
        self.day = DateEditor(speaker)
        self.along = QCheckBox()
        self.along.setChecked(True)
        speaker.tie(self.along, QCheckBox.setText, Message("ui.succession.move"))
        self._fault = widgets.label(speaker, "", "bad", wrap=True)

    def finish(self) -> None:
        """Put the day, what moves and the fault below; judge from now on."""
        self._edit(Message("ui.succession.day"), self.day)
        self.day.show_value(today(self.session).isoformat())
        self.body.addWidget(self.along)
        self.body.addWidget(self._fault)
        self.name.textChanged.connect(lambda _text: self._judge())
        self.known.edited.connect(self._judge)
        self.day.edited.connect(self._judge)
        self._judge()

    def _edit(self, name: Speech, editor: PickEditor | DateEditor) -> None:
        label = widgets.label(self.session.speaker, name, "field")
        label.setBuddy(editor.inner)
        widgets.call(self.session.speaker, editor.inner, name)
        self.body.addWidget(label)
        self.body.addWidget(editor)

    def _judge(self) -> None:
        fault: Speech = self._hint() or ""
        day = ""
        try:
            day = str(self.day.value() or "")
        except NotUnderstood as error:
            fault = error.message
        self.session.speaker.tie(self._fault, QLabel.setText, fault)
        self.ok.setEnabled(bool(day) and bool(self.name.text().strip() or self.known.value()))

    def _hint(self) -> Message | None:
        """What is to be said of what was typed, which may stand all the same."""
        return None

    @property
    def row(self) -> str:
        """Which of the plan's comes after; empty where a new name was written."""
        return "" if self.name.text().strip() else str(self.known.value() or "")


class AgencyFollows(Following):
    """Another name, or an office of the plan into which it was merged."""

    def __init__(self, session: Session, old: Sequence[Agency], parent: QWidget) -> None:
        gone = {each.id for each in old}
        known = [
            Option(each.id, LocalText(dict(each.name.values)))
            for each in session.plan.agencies
            if each.id not in gone and not each.successor
        ]
        title = Message("ui.succession.agency")
        super().__init__(session, title, Message("ui.succession.accept"), known, parent)
        names = ", ".join(session.say(_said(each)) for each in old)
        self.body.addWidget(widgets.label(session.speaker, names, "field", wrap=True))
        self.short = QLineEdit()
        self.field(Message("ui.succession.new_name"), self.name)
        self.field(Message("ui.succession.short"), self.short)
        self._edit(Message("ui.succession.into"), self.known)
        self.finish()

    def office(self) -> Office:
        """What comes after."""
        language = self.session.source.value
        name = self.name.text().strip()
        return Office(self.row, {language: name} if name else {}, self.short.text().strip())


class PersonFollows(Following):
    """Somebody by name, or one of the plan's people."""

    def __init__(self, session: Session, old: Person, parent: QWidget) -> None:
        known = [
            Option(each.id, each.name)
            for each in session.plan.people
            if each.id != old.id and each.name.strip() and not each.successor
        ]
        title = Message("ui.succession.person")
        super().__init__(session, title, Message("ui.succession.accept"), known, parent)
        self.body.addWidget(widgets.label(session.speaker, old.name, "field", wrap=True))
        self.nip = QLineEdit()
        self.field(Message("ui.succession.new_person"), self.name)
        self.field(Message("ui.succession.nip"), self.nip)
        self._edit(Message("ui.succession.known"), self.known)
        session.speaker.tie(self.along, QCheckBox.setText, Message("ui.succession.move_person"))
        self.finish()
        self.nip.textChanged.connect(lambda _text: self._judge())

    def _hint(self) -> Message | None:
        return worded("name", self.name.text()) or worded("nip", self.nip.text())

    def holder(self) -> Holder:
        """Who comes after."""
        return Holder(self.row, self.name.text().strip(), self.nip.text().strip())


def ask_agency(session: Session, old: Sequence[Agency], parent: QWidget) -> Moved | None:
    """Ask what follows some offices, and let it; None when the person changed their mind."""
    if not old:
        session.told.emit(Message("ui.succession.choose_agency"))
        return None
    dialog = AgencyFollows(session, old, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    day, office, move = str(dialog.day.value()), dialog.office(), dialog.along.isChecked()

    def work() -> Moved:
        what = name_of_agency(old[0])
        with session.change(Message("ui.op.agency_follows", agency=what)) as operation:
            return follow_agency(operation, session.plan, session.pack, old, day, office, move=move)

    moved = session.attempt(work)
    if moved is not None:
        session.told.emit(told(moved))
    return moved


def ask_person(session: Session, old: Person | None, parent: QWidget) -> Moved | None:
    """Ask who takes an office over, and let them; None when the person changed their mind."""
    if old is None:
        session.told.emit(Message("ui.succession.choose_person"))
        return None
    dialog = PersonFollows(session, old, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    day, holder, move = str(dialog.day.value()), dialog.holder(), dialog.along.isChecked()

    def work() -> Moved:
        with session.change(Message("ui.op.person_follows", name=old.name)) as operation:
            return follow_person(operation, session.plan, old, day, holder, move=move)

    moved = session.attempt(work)
    if moved is not None:
        session.told.emit(told(moved))
    return moved


def told(moved: Moved) -> Message:
    """What a succession did, for the status line."""
    counts = counted(programmes=moved.programmes, parts=moved.duties, sheet_rows=moved.rows)
    said = Message("ui.succession.done", counts=counts)
    return Message("ui.succession.done_kept", done=said, n=moved.kept) if moved.kept else said


def _said(agency: Agency) -> Speech:
    found = name_of_agency(agency)
    return found if isinstance(found, Message | LocalText) else str(found)


def report_name(session: Session, agency: str, ending: str = "pdf") -> str:
    """What a hand-over report is called."""
    from desktop.books.notes import agency_slug

    word = render(Message("books.handover.file"), session.speaker.language)
    return f"{word}-{agency_slug(session.plan, agency)}.{session.speaker.language.value}.{ending}"
