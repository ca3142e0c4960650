"""What was done by whom, two states compared, and the backups on this computer."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout

from desktop.base import Message
from desktop.base.speech import file_size, moment
from desktop.base.written import as_decided, chosen
from desktop.cli.past_paper import check_ending, write_job
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import confirm
from desktop.ui.dialogs.files import ask_save
from desktop.ui.pages.page import Page
from desktop.ui.past.comparing import ComparingCard
from desktop.ui.past.filters import Filters
from desktop.ui.past.steps import Steps
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.workspace import story

if TYPE_CHECKING:
    from desktop.workspace import Backup

_SHOWN = 12
"""Backups of this copy that are shown, and of all others together; ``rancang backups`` lists each."""


class HistoryPage(Page):
    """The story in parts, newest first, and the backups below it."""

    purpose = Message("ui.history.purpose")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        card = widgets.Card(speaker, Message("ui.history.title"))
        self.filters = Filters(session)
        self.steps = Steps(session)
        self.steps.setMinimumHeight(theme.grown(380, at_most=520))
        self.count = widgets.label(speaker, "", "muted")
        self.save = widgets.button(speaker, Message("ui.past.save"), self._save, icon="download")
        self.busy = widgets.button(
            speaker, Message("ui.past.activity"), partial(session.show, "activity"), icon="chart-gantt"
        )
        card.add(self.filters)
        card.add(widgets.line(self.count, 1, self.busy, self.save))
        card.add(self.steps, 1)
        self.runner = Runner(session)
        card.add(self.runner)
        self.add(card, 1)
        self.comparing = ComparingCard(session)
        self.add(self.comparing)
        saved = widgets.Card(speaker, Message("ui.backups.title"), Message("ui.backups.note"))
        self._backups = QVBoxLayout()
        saved.add(self._backups)
        self.add(saved)
        self.filters.changed.connect(self._tell)

    def has_findings(self) -> bool:
        return False

    def open_ref(self, ref: str) -> None:
        """Show the history of a programme (by its id), an agency or a person, and of some days.

        ``agency:<id>@<first day>/<last day>``; each part may be missing.
        """
        if not ref:
            return
        what, _, days = ref.partition("@")
        kind, _, name = what.rpartition(":")
        since, _, until = days.partition("/")
        self.filters.choose(since=since, until=until, **{kind or "programme": name})

    def refresh(self) -> None:
        self.filters.refresh()
        self._tell()
        self._show_backups()

    def _tell(self) -> None:
        if not self.session.is_open:
            return
        wanted = self.filters.asked().wanted
        self.steps.show_part(wanted)
        found = Message("ui.past.count", n=story.count(self.session.workspace, wanted))
        self.session.speaker.tie(self.count, QLabel.setText, found)

    def _save(self) -> None:
        """Write the part that is shown to a file, all of it."""
        session = self.session
        path = ask_save(self, session, Message("ui.past.save"), "riwayat.xlsx", Message("ui.past.kinds"))
        if path is None or session.attempt(lambda: check_ending(path)) is None:
            return
        there, asked, language = chosen(path), self.filters.asked(), session.speaker.language.value
        arguments = (self.runner.snapshot(), path, asked.wanted, asked.about, language)
        self.runner.start(self._saved, as_decided, there, write_job, *arguments)

    def _saved(self, path: Path) -> None:
        self.session.told.emit(Message("cli.past.written", file=path.name))

    def _show_backups(self) -> None:
        """Those of this copy; below them those of other copies that were opened here, and whose they are."""
        from desktop.workspace import whose_backup

        widgets.empty(self._backups)
        speaker, workspace = self.session.speaker, self.session.workspace
        own, others = whose_backup.divided(workspace.backups(), workspace.path)
        if not own:
            self._backups.addWidget(widgets.label(speaker, Message("ui.backups.none"), "muted"))
        for each in own[:_SHOWN]:
            self._show_backup(each)
        if others:
            self._backups.addWidget(widgets.label(speaker, Message("ui.backups.others"), "muted", wrap=True))
        for each in others[:_SHOWN]:
            self._show_backup(each, whose_backup.told(each))

    def _show_backup(self, saved: Backup, whose: Message | None = None) -> None:
        session, speaker = self.session, self.session.speaker
        parts = [moment(saved.at, speaker.language), file_size(saved.size, speaker.language)]
        if whose is not None:
            parts.append(session.say(whose))
        restore = widgets.button(
            speaker, Message("ui.backups.restore"), partial(self._restore, saved, whose), look="quiet"
        )
        restore.setEnabled(not session.read_only)
        text = widgets.label(speaker, " \N{MIDDLE DOT} ".join(parts), wrap=True)
        self._backups.addLayout(widgets.line(text, 1, restore))

    def _restore(self, backup: Backup, whose: Message | None) -> None:
        asked, other = Message("ui.backups.question"), whose is not None
        if whose is not None:
            asked = Message("ui.backups.question_other", whose=whose)
        if not confirm(self, self.session, asked, Message("ui.backups.restore"), careful=other):
            return
        from desktop.workspace import Workspace

        session, path = self.session, self.session.workspace.path

        def work() -> None:
            session.leave()
            session.adopt(Workspace.restore(path, backup, session.author()))

        session.attempt(work)
