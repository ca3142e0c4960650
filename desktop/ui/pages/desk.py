"""The ministry's desk (*meja penerimaan*): folders in, verdicts out, and what is written to regions."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QSplitter,
    QTableView,
    QTabWidget,
    QVBoxLayout,
)

from desktop.base import Message
from desktop.base.folders import is_so
from desktop.base.jobs import ThreadedJob
from desktop.submission.register.file import SUFFIX
from desktop.ui import inside, theme, widgets
from desktop.ui.background import beside
from desktop.ui.dialogs.files import ask_folder, ask_open, ask_save
from desktop.ui.dialogs.import_tables import quieten
from desktop.ui.dialogs.several import tell_all
from desktop.ui.flow import Flow
from desktop.ui.pages.page import Page
from desktop.ui.receiving.again import may_read
from desktop.ui.receiving.choosing import ChoosingRegister, due_shown, due_typed
from desktop.ui.receiving.detail import Detail
from desktop.ui.receiving.glance import RESULTS
from desktop.ui.receiving.handing_on import HandingOn
from desktop.ui.receiving.model import COMPARED, RECEIVED, Chosen, Column, Rows
from desktop.ui.receiving.table import DeskTable
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.ui.settings import Purpose

if TYPE_CHECKING:
    from desktop.submission.register.entry import Entry
    from desktop.submission.register.run import Ran
    from desktop.trust.anchors import Anchors

_State: TypeAlias = tuple[str, int, tuple[bytes, ...]]
"""A register, when it was written last, and whom this computer believes."""

_NAME = 28
"""Letters of a register's name on its tab."""


class DeskPage(Page):
    """Tools above, what came in below, one of them beside it; the register has a tab of its own."""

    purpose = Message("ui.desk.purpose")
    fills = True
    anytime = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.entries: dict[int, Entry] = {}
        self._read_from: _State = ("", 0, ())
        self._due = self._asked = ""
        """Until when, and by which guideline, as the register kept it when it was shown here."""
        speaker = session.speaker
        self.choosing = ChoosingRegister(session, self._new, self._open, self._keep_settings)
        self.due, self.guideline = self.choosing.due, self.choosing.guideline
        self.runner = Runner(session)
        self.runner.ended.connect(self._on_ended)
        self.handing = HandingOn(session, self, self.runner, lambda: self.register)
        self.add(self._tools())
        self.add(self.runner)
        self.received, self.compared = Rows(session, RECEIVED), Rows(session, COMPARED)
        self.chosen, self.beside_each_other = Chosen(self.received), Chosen(self.compared)
        self.list = self._table(Message("ui.desk.list"), self.chosen, RECEIVED)
        self.comparison = self._table(Message("ui.desk.comparison"), self.beside_each_other, COMPARED)
        self.tabs = QTabWidget()
        for part in (self.list, self.comparison, self.choosing):
            self.tabs.addTab(part, "")
        widgets.call(speaker, self.tabs.tabBar(), Message("ui.desk.tabs"))
        self.detail = Detail(session, self.narrow)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(self.tabs)
        sides.addWidget(self.detail)
        sides.setStretchFactor(0, 5)
        sides.setStretchFactor(1, 3)
        sides.setSizes([5000, 3000])
        sides.setChildrenCollapsible(False)
        self.add(sides, 1)
        self.tabs.currentChanged.connect(lambda _tab: self._show())
        speaker.changed.connect(self._speak)
        self._speak()

    # -- its parts ------------------------------------------------------------------------------
    def _tools(self) -> QVBoxLayout:
        """Receive and narrow above, hand on below."""
        speaker = self.session.speaker
        self.take = widgets.button(
            speaker, Message("ui.desk.take"), self._choose_folder, icon="download", look="primary"
        )
        self.again = widgets.button(speaker, Message("ui.desk.again"), self._again, icon="rotate-cw")
        slowly = partial(self._again, patient=True)
        self.slowly = widgets.button(speaker, Message("ui.desk.more_time"), slowly, icon="clock")
        self.slowly.hide()
        self.words = QLineEdit()
        self.words.setMinimumWidth(theme.grown(180))
        widgets.call(speaker, self.words, Message("ui.desk.words"))
        speaker.tie(self.words, QLineEdit.setPlaceholderText, Message("ui.desk.words"))
        inside.clearing(speaker, self.words)
        self.words.textChanged.connect(lambda _text: self._narrow())
        self.result = QComboBox()
        self.result.setMaximumWidth(theme.grown(200))
        widgets.call(speaker, self.result, Message("submission.sheet.result"))
        self.result.activated.connect(lambda _row: self._narrow())
        self.count = widgets.label(speaker, "", "muted")
        above = Flow(self.take, self.again, self.slowly, self.words, self.result)
        above.grow(self.words)
        made = widgets.column(spacing=theme.GAP)
        made.addLayout(above)
        made.addLayout(Flow(self.count, 1, *self.handing.buttons))
        self.otherwise = widgets.label(speaker, Message("submission.register.judged_otherwise"), "warn")
        made.addWidget(self.otherwise)
        self.nobody = widgets.label(
            speaker, Message("submission.standing.believes_nobody"), "warn", wrap=True
        )
        self.nobody.hide()
        made.addWidget(self.nobody)
        self.lacking = widgets.label(speaker, "", "warn", wrap=True)
        self.lacking.hide()
        made.addWidget(self.lacking)
        self.none_counts = widgets.label(speaker, Message("ui.desk.none_counts"), "muted", wrap=True)
        self.none_counts.hide()
        made.addWidget(self.none_counts)
        return made

    def _table(self, name: Message, model: Chosen, columns: tuple[Column, ...]) -> QTableView:
        made = quieten(self.session, name, model, DeskTable())
        made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        made.setSortingEnabled(True)
        made.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        made.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        for place, column in enumerate(columns):
            made.setColumnWidth(place, theme.grown(column.wide))
        made.selectionModel().currentChanged.connect(lambda *_: self._show())
        made.selectionModel().selectionChanged.connect(lambda *_: self._show())
        return made

    def _speak(self) -> None:
        from desktop.submission.register.words import result_name

        say, chosen = self.session.say, self.result.currentData()
        self.tabs.setTabText(0, say(Message("ui.desk.list")))
        self.tabs.setTabText(1, say(Message("ui.desk.comparison")))
        self._name_register()
        self.due.setText(due_shown(self._due, self.session.speaker.language))
        self.result.clear()
        self.result.addItem(say(Message("ui.desk.all_results")), "")
        for each in RESULTS:
            self.result.addItem(say(result_name(each)), each)
        self.result.setCurrentIndex(max(0, self.result.findData(chosen)))

    def _name_register(self) -> None:
        """Which register it is stands on its tab."""
        path = self.register
        name = path.name if path is not None else ""
        short = name if len(name) <= _NAME else f"{name[: _NAME - 1]}\N{HORIZONTAL ELLIPSIS}"
        told = Message("ui.desk.which", file=short) if name else Message("ui.desk.register")
        self.tabs.setTabText(2, self.session.say(told))
        self.tabs.setTabToolTip(2, str(path or ""))

    def has_findings(self) -> bool:
        return False

    # -- the register ---------------------------------------------------------------------------
    @property
    def register(self) -> Path | None:
        """The register at work; None where none was chosen, or it is gone."""
        path = Path(self.session.settings.register)
        return path if self.session.settings.register and path.is_file() else None

    def _new(self) -> None:
        kinds = Message("ui.files.registers")
        path = ask_save(
            self, self.session, Message("ui.desk.new"), f"register{SUFFIX}", kinds, Purpose.DOCUMENTS
        )
        if path is not None:
            self.begin(path)

    def begin(self, path: Path) -> None:
        """Work with a register from now on; where there is none it is made."""
        from desktop.submission.register.store import Register

        def work() -> bool:
            with Register(path, create=True):
                return True

        if self.session.attempt(work):
            self.session.remember(register=str(path))
            self.refresh()
            self.tabs.setCurrentWidget(self.list)

    def _open(self) -> None:
        kinds = Message("ui.files.registers")
        path = ask_open(self, self.session, Message("ui.desk.open"), kinds, Purpose.DOCUMENTS)
        if path is not None:
            self.begin(path)

    def refresh(self) -> None:
        path = self.register
        for part in (self.take, self.again, self.slowly, *self.handing.buttons):
            part.setEnabled(path is not None and not self.runner.running)
        self.choosing.show_register(path, busy=self.runner.running)
        self._name_register()
        if path is None:
            self.nobody.hide()
            # its file may be back as it was: it is read again then
            self._read_from = ("", 0, ())
            self._show_register(("", "", (), False))
            self.tabs.setCurrentWidget(self.choosing)
            return
        from desktop.trust import load_anchors

        anchors = self.session.attempt(load_anchors)
        self.nobody.setVisible(anchors is not None and not anchors.national)
        state = (str(path), path.stat().st_mtime_ns, tuple(anchors.parts()) if anchors is not None else ())
        if state != self._read_from:
            if state[0] != self._read_from[0]:
                # nothing of another register stands under this one's name, whatever comes of reading it
                self._show_register(("", "", (), False))
            self._read_from = state
            found = self.session.attempt(lambda: beside(partial(_read, path, anchors)))
            # the page may have gone while it was read, as when the window shows another one
            if found is not None and shiboken6.isValid(self):
                self._show_register(found)
            elif found is None:
                # what could not be read is read again when it is shown again
                self._read_from = ("", 0, ())

    def _show_register(self, found: tuple[str, str, tuple[Entry, ...], bool]) -> None:
        """All that a register says."""
        self._due, self._asked, entries, otherwise = found
        self.otherwise.setVisible(otherwise)
        self.due.setText(due_shown(self._due, self.session.speaker.language))
        self.guideline.setText(self._asked)
        self._tell_lacking(self._asked)
        self._list(entries)

    def _tell_lacking(self, guideline: str) -> None:
        from desktop.submission.register.guideline_asked import not_at_hand

        lacking = not_at_hand(guideline)
        self.lacking.setVisible(lacking is not None)
        if lacking is not None:
            self.session.speaker.tie(self.lacking, QLabel.setText, lacking)

    def _list(self, entries: tuple[Entry, ...]) -> None:
        self.entries = {each.id: each for each in entries}
        self.slowly.setVisible(any(each.ran_out for each in entries))
        self.received.show_entries(entries)
        self.compared.show_entries(tuple(each for each in entries if each.current and each.plan is not None))
        self._narrow()

    def narrow(self, result: str) -> None:
        """Show those with one answer alone; with an empty one, all of them."""
        self.result.setCurrentIndex(max(0, self.result.findData(result)))
        self.tabs.setCurrentWidget(self.list)
        self._narrow()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _narrow(self) -> None:
        words = self.words.text()
        self.chosen.narrow(words, str(self.result.currentData() or ""))
        self.beside_each_other.narrow(words, "")
        told = Message("ui.desk.count", n=len(self.received.entries), shown=self.chosen.rowCount())
        self.session.speaker.tie(self.count, QLabel.setText, told)
        self._show()

    def _show(self) -> None:
        """What is chosen, beside its list; where regions stand beside each other, only when one is chosen."""
        here, entry = self.tabs.currentWidget(), None
        for table, rows in ((self.list, self.chosen), (self.comparison, self.beside_each_other)):
            # a table that only has the keyboard has a row for it, and none that somebody chose
            if here is table and table.selectionModel().hasSelection():
                entry = rows.entry(table.currentIndex())
        self.detail.show_entry(entry, self.entries if self.register is not None else None)
        self.detail.setVisible(entry is not None or here is not self.comparison)
        # a table of heads alone says nothing of why
        self.none_counts.setVisible(here is self.comparison and not self.compared.rowCount())

    def _keep_settings(self) -> None:
        """Keep the date and the guideline that were changed here; what is no date is told.

        What was not stays as it is: another computer may have set it since it was shown.
        """
        from desktop.submission.register.guideline_asked import asked_for
        from desktop.submission.register.store import DUE, GUIDELINE, Register

        path = self.register
        if path is None:
            return
        due, guideline = self.due.text().strip(), self.guideline.text().strip()
        language = self.session.speaker.language

        def work() -> bool:
            asked = {}
            if due != due_shown(self._due, language).strip():
                asked[DUE] = due_typed(due, language).isoformat() if due else ""
            if guideline != self._asked.strip():
                asked[GUIDELINE] = asked_for(guideline)
            if not asked:
                return False
            with Register(path) as register:
                for name, value in asked.items():
                    register.keep_setting(name, value)
            return True

        if self.session.attempt(work):
            self._read_from = ("", 0, ())
            self.refresh()

    # -- receiving ------------------------------------------------------------------------------
    def _choose_folder(self) -> None:
        folder = ask_folder(self, self.session, Message("ui.desk.take"), Purpose.IMPORTS)
        if folder is not None:
            self.receive((folder,))

    def _again(self, *, patient: bool = False) -> None:
        """The folders of the last run once more.

        ``patient``: with more time and memory for each file, and those in which something ran out earlier.
        """
        from desktop.submission.register.folders_here import folders_of
        from desktop.submission.register.store import Register

        path = self.register
        if path is None:
            return

        half = [each.path for each in self.entries.values() if each.ran_out]

        def work() -> tuple[Path, ...]:
            with Register(path, read_only=True) as register:
                last = register.last_folders()
                # all of them: what this run reads is what "once more" means from then on
                return tuple(dict.fromkeys((*last, *folders_of(register, half)))) if patient else last

        named = self.session.attempt(work)
        if named is None or not may_read(self, self.session, path, named):
            return
        # one that is not there is told, and stays among them
        if any(is_so(each.exists) for each in named):
            self.receive(named, patient=patient)
        else:
            self._choose_folder()

    def receive(self, folders: tuple[Path, ...], *, patient: bool = False) -> None:
        """Verify what is new in these folders; the window goes on meanwhile."""
        from desktop.submission.register.run import receive
        from desktop.trust import load_anchors

        path, anchors = self.register, self.session.attempt(load_anchors)
        if path is None or anchors is None or self.runner.running:
            return
        for problem in anchors.problems:
            self.session.told.emit(problem)
        work = partial(receive, patient=patient)
        self.runner.begin(self._on_received, ThreadedJob(work, path, folders, anchors))
        self.refresh()

    def _on_received(self, ran: Ran) -> None:
        self.session.told.emit(ran.message)
        tell_all(self, self.session, Message("ui.desk.problems", n=len(ran.problems)), ran.problems)

    def _on_ended(self) -> None:
        self._read_from = ("", 0, ())
        self.refresh()


def _read(path: Path, anchors: Anchors | None) -> tuple[str, str, tuple[Entry, ...], bool]:
    """Due date, guideline, what came in, and whether that was judged by others than these."""
    from desktop.submission.register.listing import entries
    from desktop.submission.register.run import judged_otherwise
    from desktop.submission.register.store import DUE, GUIDELINE, Register

    with Register(path, read_only=True) as register:
        otherwise = anchors is not None and judged_otherwise(register, anchors) is not None
        return register.setting(DUE), register.setting(GUIDELINE), entries(register), otherwise
