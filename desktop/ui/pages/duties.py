"""*Pembagian tugas*: what each agency owes, how it stands, and everything the team does about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from desktop.base import Message
from desktop.base.written import Decision, as_decided, chosen
from desktop.checks.owing import Owed, Owing, by_agency, tally
from desktop.exchange import duties
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import ask_why
from desktop.ui.dialogs.files import ask_folder, ask_save
from desktop.ui.duties.assigning import AssignDialog
from desktop.ui.duties.reminding import ReminderDialog
from desktop.ui.duties.source import DutySource, Shown
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.flow import Flow
from desktop.ui.grid.view import Grid
from desktop.ui.over import when_free
from desktop.ui.own.office import today
from desktop.ui.pages.page import Page
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.workspace.plan import Place

FILTERS = {
    Shown.ALL: Message("ui.duties.filter.all"),
    Shown.LATE: Message("ui.duties.filter.late"),
    Shown.OPEN: Message("ui.duties.filter.open"),
    Shown.SENT: Message("ui.duties.filter.sent"),
    Shown.RETURNED: Message("ui.duties.filter.returned"),
    Shown.NOT_OURS: Message("ui.duties.filter.not_ours"),
    Shown.DIFFERS: Message("ui.duties.filter.differs"),
}


class DutiesPage(Page):
    """A table of all parts; what is pressed is done with the rows chosen."""

    purpose = Message("ui.duties.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        self.source = DutySource(session)
        self.filter, self.agency = QuietCombo(), QuietCombo()
        widgets.call(speaker, self.filter, Message("ui.duties.filter"))
        widgets.call(speaker, self.agency, Message("ui.duties.agency"))
        for made in (self.filter, self.agency):
            made.activated.connect(lambda _row: self._narrow())
        self.agency.setMaximumWidth(theme.grown(360))
        self.count = widgets.label(speaker, "", "muted")
        self.add(Flow(self.filter, self.agency, self.count))
        card = widgets.Card(speaker, note=Message("ui.duties.note_above"))
        card.add(self._deeds())
        self.grid = Grid(session, self.source, self.source.title)
        self.grid.table.setMinimumHeight(theme.grown(240))
        self.grid.teach(Message("ui.duties.none"))
        card.add(self.grid, 1)
        self.runner = Runner(session)
        card.add(self.runner)
        self.add(card, 1)
        self.grid.table.selectionModel().selectionChanged.connect(lambda *_: self._offer())

    def _deeds(self) -> Flow:
        speaker = self.session.speaker
        deeds: tuple[tuple[str, Message, str, Callable[[], object]], ...] = (
            ("assign", Message("ui.duties.assign"), "plus", self.assign),
            ("approve", Message("ui.duties.approve"), "check", self.approve),
            ("return", Message("ui.duties.return"), "undo-2", self.give_back),
            ("remind", Message("ui.duties.remind"), "message-square", self.remind),
            ("note", Message("ui.duties.note_file"), "file-text", self.write_notes),
            ("open", Message("ui.duties.open"), "arrow-right", self.open_part),
        )
        self.buttons: dict[str, QPushButton] = {}
        flow = Flow(spacing=theme.GAP // 2)
        for name, title, icon, press in deeds:
            self.buttons[name] = made = widgets.button(speaker, title, press, icon=icon)
            flow.addWidget(made)
        return flow

    def has_findings(self) -> bool:
        return False

    # -- which ----------------------------------------------------------------------------------
    def chosen(self) -> list[Owed]:
        """The parts whose rows are chosen."""
        rows, table = self.grid.model.rows, self.grid.table
        keys = [rows[row].key for row in table.chosen_rows() if row < len(rows)]
        return [self.source.parts[key] for key in keys if key in self.source.parts]

    def _meant(self) -> list[Owed]:
        """For letters: the rows chosen when there are several, else all that are shown."""
        chosen = self.chosen()
        found = chosen if len(chosen) > 1 else list(self.source.parts.values())
        return [each for each in found if each.open or each.changed]

    def _narrow(self) -> None:
        self.source.shown = Shown(str(self.filter.currentData() or Shown.ALL.value))
        self.source.agency = str(self.agency.currentData() or "")
        self.session.drafts.flush()
        self.grid.refresh()
        self._tell()

    def narrow(self, shown: Shown, agency: str = "") -> None:
        """Show only some parts."""
        self.filter.setCurrentIndex(self.filter.findData(shown.value))
        self.agency.setCurrentIndex(max(0, self.agency.findData(agency)))
        self._narrow()

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        session = self.session
        now, whose = self.filter.currentData(), self.agency.currentData()
        self.filter.clear()
        for shown, name in FILTERS.items():
            self.filter.addItem(session.say(name), shown.value)
        self.filter.setCurrentIndex(max(0, self.filter.findData(now)))
        self.agency.clear()
        self.agency.addItem(session.say(Message("ui.duties.every_agency")), "")
        for agency in session.plan.agencies:
            self.agency.addItem(agency.name.read(session.speaker.language.value), agency.id)
        self.agency.setCurrentIndex(max(0, self.agency.findData(whose)))
        self.grid.refresh()
        self._tell()

    def _tell(self) -> None:
        parts = tuple(self.source.parts.values())
        sum_ = tally(parts)
        said = Message(
            "ui.duties.count", n=sum_.parts, settled=sum_.settled, late=sum_.late, percent=sum_.percent
        )
        self.session.speaker.tie(self.count, QLabel.setText, said)
        self._offer()

    def _offer(self) -> None:
        free, chosen = not self.session.read_only, bool(self.chosen())
        for name, button in self.buttons.items():
            writes = name in {"assign", "approve", "return"}
            wants = name in {"approve", "return", "open"}
            button.setEnabled((free or not writes) and (chosen or not wants))

    def point_at(self, place: Place) -> bool:
        if place.table != "duty":
            return False
        self.narrow(Shown.ALL)
        return self.grid.point_at(place)

    # -- doing ----------------------------------------------------------------------------------
    def assign(self) -> None:
        """Give parts to agencies."""
        self.session.drafts.flush()
        dialog = AssignDialog(self.session, self, self.chosen())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.give(*dialog.values())

    def give(self, places: Sequence[tuple[str, str]], agencies: Sequence[str], person: str, due: str) -> None:
        """Give pages to agencies as one operation, with a day by which they are due where one is named."""

        def work() -> None:
            picture = self._picture()
            with self.session.change(Message("ui.op.assign", n=len(places) * len(agencies))) as operation:
                duties.assign(operation, picture, places, agencies, person)
                for page, ref in places if due else ():
                    for agency in agencies:
                        operation.deadline(due, page=page, ref=ref, agency=agency)

        self.session.attempt(work)

    def approve(self) -> None:
        """Say that the superior approved the parts chosen."""
        self._say(duties.APPROVED, "")

    def give_back(self) -> None:
        """Return the parts chosen with a note."""
        note = ask_why(
            self, self.session, Message("ui.duties.return.title"), Message("ui.duties.return.note"),
            Message("ui.duties.return.accept"),
        )  # fmt: skip
        if note:
            self._say(duties.RETURNED, note)

    def _say(self, state: str, note: str) -> None:
        session, chosen = self.session, self.chosen()

        def work() -> None:
            picture = self._picture()
            parts = [part for each in chosen if (part := picture.find(each.key)) is not None]
            with session.change(Message("ui.op.duties", n=len(chosen))) as operation:
                for part in parts:
                    duties.say(operation, picture, part, state, session.author(), note)
            told = duties.approved_anew(parts) if state == duties.APPROVED else None
            if told is not None:
                session.told.emit(told)

        session.drafts.flush()
        if chosen:
            session.attempt(work)

    def _picture(self) -> Owing:
        return Owing(self.session.plan, self.session.pack, today(self.session))

    def open_part(self) -> None:
        """Go to where the part is filled in."""
        for part in self.chosen()[:1]:
            self.session.show(part.page, part.ref)

    # -- letters --------------------------------------------------------------------------------
    def remind(self) -> None:
        """Show the reminders, ready to be copied."""
        self.session.drafts.flush()
        parts = by_agency(self._meant())
        if not parts:
            self.session.told.emit(Message("ui.duties.none_open"))
            return
        ReminderDialog(self.session, parts, self).exec()

    def write_notes(self) -> None:
        """Write official notes: one file, or a folder with one for each agency."""
        from desktop.books.notes import note_name

        session = self.session
        session.drafts.flush()
        agencies = tuple(by_agency(self._meant()))
        if not agencies:
            session.told.emit(Message("ui.duties.none_open"))
            return
        title = Message("ui.duties.note_file")
        if len(agencies) > 1:
            target = ask_folder(self, session, title)
        else:
            name = note_name(session.plan, agencies[0], session.source)
            target = ask_save(self, session, title, name, Message("ui.duties.note_kinds"))
        if target is not None:
            self.write_to(target, agencies)

    def write_to(self, target: Path, agencies: tuple[str, ...]) -> None:
        """Write the notes of these agencies beside the window."""
        from desktop.books.notes import note_name, write_notes

        session = self.session
        if self.runner.running:
            return
        keys = tuple(each.key for each in self._meant())
        done, day = partial(self._written, target), today(session).isoformat()
        # one file goes where its dialog was told to; a folder was chosen without its files
        several, there = target.is_dir(), chosen(target)
        names = [note_name(session.plan, each, session.source) for each in agencies] if several else []

        def begin(decision: Decision) -> None:
            snapshot, language = self.runner.snapshot(), session.source.value
            given = (write_notes, snapshot, target, agencies, keys, language, day)
            self.runner.start(done, as_decided, decision if several else there, *given)

        when_free(self, session, self.runner, [target / name for name in names], begin)

    def _written(self, target: Path, count: int) -> None:
        self.session.told.emit(Message("ui.duties.written", n=count, where=str(target)))
