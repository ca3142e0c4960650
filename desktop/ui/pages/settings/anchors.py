"""Whose certificates are believed when packages are verified, in the window and on the command line."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.jobs import Report
from desktop.base.speech import date
from desktop.ui import widgets
from desktop.ui.dialogs.ask import confirm
from desktop.ui.dialogs.files import Purpose, ask_open
from desktop.ui.pages.settings.parts import SettingsCard
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.trust import KnownAnchor


def read_anchors(report: Report, file: Path | None) -> tuple[KnownAnchor, ...]:
    """The anchors believed, or those in a file. Loading the library for it would make the window wait."""
    from desktop.trust import known

    report(0, 0, Message("ui.settings.anchors.reading"))
    return known(file)


class AnchorsCard(SettingsCard):
    """The anchors that come with the program and one's own; own ones are added and removed."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, Message("ui.settings.anchors"), Message("ui.settings.anchors.note"))
        self.shown: tuple[KnownAnchor, ...] | None = None
        self._list = widgets.column(spacing=6)
        self.add(self._list)
        self.runner = Runner(session)
        self.add(self.runner)
        self.list_button = widgets.button(
            session.speaker, Message("ui.settings.anchors.show"), self.read, icon="shield-check"
        )
        add = widgets.button(session.speaker, Message("ui.settings.anchors.add"), self._choose, icon="plus")
        self.add(widgets.line(self.list_button, add, 1))
        self.controls["anchors"] = self.list_button

    def read(self) -> None:
        """Read which anchors are believed now."""
        if not self.runner.running:
            self.runner.start(self._show, read_anchors, None)

    def _show(self, anchors: tuple[KnownAnchor, ...]) -> None:
        self.shown = anchors
        self.refresh()

    def refresh(self) -> None:
        widgets.empty(self._list)
        speaker = self.session.speaker
        if self.shown == ():
            self._list.addWidget(
                widgets.label(speaker, Message("ui.settings.anchors.none"), "muted", wrap=True)
            )
        for each in self.shown or ():
            until = date(each.until.date(), speaker.language)
            words = Message("ui.settings.anchor", name=each.name, until=until, file=each.file)
            name = widgets.label(speaker, words, wrap=True)
            print_ = widgets.label(speaker, spaced(each.fingerprint), "muted", wrap=True)
            remove = widgets.tool(
                speaker,
                Message("ui.settings.anchors.remove", name=each.name),
                "trash-2",
                partial(self._remove, each),
            )
            # Those that come with the program are replaced with it, not one by one.
            remove.setVisible(each.kind.value != "certified")
            row = widgets.line(name, remove)
            row.setStretch(0, 1)
            self._list.addLayout(row)
            self._list.addWidget(print_)

    def _choose(self) -> None:
        title, kinds = Message("ui.settings.anchors.add"), Message("ui.files.certificates")
        file = ask_open(self, self.session, title, kinds, Purpose.KEYS)
        if file is not None:
            self.offer(file)

    def offer(self, file: Path) -> None:
        """Show what is in a file; it is believed only after its fingerprint was compared."""
        if not self.runner.running:
            self.runner.start(partial(self._ask, file), read_anchors, file)

    def _ask(self, file: Path, found: tuple[KnownAnchor, ...]) -> None:
        question = Message(
            "ui.settings.anchors.question",
            name=", ".join(self.session.say(each.name) for each in found),
            fingerprint=" / ".join(spaced(each.fingerprint) for each in found),
        )
        if confirm(self, self.session, question, Message("ui.settings.anchors.believe")):
            from desktop.trust import adopt

            self.session.attempt(lambda: adopt(file))
            self.read()

    def _remove(self, anchor: KnownAnchor) -> None:
        question = Message("ui.settings.anchors.drop_question", name=anchor.name)
        if confirm(self, self.session, question, Message("ui.settings.anchors.drop")):
            from desktop.trust import drop

            self.session.attempt(lambda: drop(anchor.file))
            self.read()


def spaced(fingerprint: str) -> str:
    """A fingerprint in groups of four, as people compare it."""
    return " ".join(fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4))
