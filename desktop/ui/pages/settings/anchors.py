"""Whose certificates are believed when packages are verified, in the window and on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from desktop.base import Message, clock
from desktop.base.jobs import Report
from desktop.base.speech import date
from desktop.ui import widgets
from desktop.ui.dialogs.ask import confirm
from desktop.ui.dialogs.files import Purpose, ask_open
from desktop.ui.flow import Flow
from desktop.ui.pages.settings.parts import SettingsCard
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.trust import AnchorClass, KnownAnchor, KnownList


@dataclass(frozen=True, slots=True)
class Held:
    """What this computer believes: authorities, revocation lists, and files that are neither."""

    anchors: tuple[KnownAnchor, ...] = ()
    lists: tuple[KnownList, ...] = ()
    problems: tuple[Message, ...] = ()


def read_held(report: Report) -> Held:
    """What is believed now. Loading the library for it would make the window wait."""
    from desktop.trust import known, known_lists, load_anchors

    report(0, 0, Message("ui.settings.anchors.reading"))
    return Held(known(), known_lists(), load_anchors().problems)


def read_file(report: Report, file: Path) -> tuple[KnownAnchor, ...]:
    """The authorities in a file. Raises NotAnAnchor, FileProblem."""
    from desktop.trust import known

    report(0, 0, Message("ui.settings.anchors.reading"))
    return known(file)


def keep_list(report: Report, file: Path) -> tuple[KnownList, ...]:
    """Obey a revocation list from now on. Raises BadList, FileProblem."""
    from desktop.trust import adopt_list

    report(0, 0, Message("ui.settings.lists.reading"))
    return adopt_list(file)


class AnchorsCard(SettingsCard):
    """The authorities that come with the program and one's own, and the lists of what they withdrew."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, Message("ui.settings.anchors"), Message("ui.settings.anchors.note"))
        self.held: Held | None = None
        self._list = widgets.column(spacing=6)
        self.add(self._list)
        self.runner = Runner(session)
        self.add(self.runner)
        speaker = session.speaker
        self.list_button = widgets.button(
            speaker, Message("ui.settings.anchors.show"), self.read, icon="shield-check"
        )
        add = widgets.button(speaker, Message("ui.settings.anchors.add"), self._choose, icon="plus")
        withdrawn = widgets.button(speaker, Message("ui.settings.lists.add"), self._choose_list, icon="plus")
        self.add(Flow(self.list_button, add, withdrawn))
        self.controls["anchors"] = self.list_button

    def read(self) -> None:
        """Read what is believed now."""
        if not self.runner.running:
            self.runner.start(self._show, read_held)

    def _show(self, held: Held) -> None:
        self.held = held
        self.refresh()

    def refresh(self) -> None:
        widgets.empty(self._list)
        if self.held is None:
            return
        speaker = self.session.speaker
        if not self.held.anchors:
            none = widgets.label(speaker, Message("ui.settings.anchors.none"), "muted", wrap=True)
            self._list.addWidget(none)
        for anchor in self.held.anchors:
            self._show_anchor(anchor)
        for each in self.held.lists:
            self._show_list(each)
        for problem in self.held.problems:
            self._list.addWidget(widgets.label(speaker, problem, "warn", wrap=True))

    def _show_anchor(self, anchor: KnownAnchor) -> None:
        from desktop.ui.dialogs.anchor import described

        whose, *more = described(self.session, anchor)
        purpose = Message("ui.settings.anchor", purpose=anchor.purpose.message, file=anchor.file)
        # Those that come with the program are replaced with it, not one by one.
        mine = anchor.kind.value != "certified"
        self._show_removable(whose, Message("ui.settings.anchors.remove", name=anchor.name),
                             partial(self._remove, anchor) if mine else None)  # fmt: skip
        self._list.addWidget(widgets.label(self.session.speaker, purpose, "muted", wrap=True))
        for part in more:
            self._list.addWidget(part)

    def _show_list(self, each: KnownList) -> None:
        speaker, language = self.session.speaker, self.session.speaker.language
        title = Message("ui.settings.list", issuer=each.issuer)
        self._show_removable(
            widgets.label(speaker, title, "field", wrap=True),
            Message("ui.settings.lists.remove", issuer=each.issuer),
            partial(self._remove_list, each),
        )
        until = date(each.next_update.date(), language) if each.next_update else "-"
        facts = Message(
            "ui.settings.list.facts",
            n=each.entries,
            this=date(each.this_update.date(), language),
            until=until,
            file=each.file,
        )
        self._list.addWidget(widgets.label(speaker, facts, "muted", wrap=True))
        if each.outdated(clock.now()):
            self._list.addWidget(widgets.label(speaker, Message("trust.crl.fetch"), "warn", wrap=True))
        if not each.checked:
            self._list.addWidget(widgets.label(speaker, Message("trust.crl.unchecked"), "muted", wrap=True))

    def _show_removable(self, title: QLabel, name: Message, press: partial[None] | None) -> None:
        if self._list.count():
            self._list.addWidget(widgets.rule())
        row = widgets.line(title)
        row.setStretch(0, 1)
        if press is not None:
            row.addWidget(widgets.tool(self.session.speaker, name, "trash-2", press))
        self._list.addLayout(row)

    # -- taking in ------------------------------------------------------------------------------
    def _choose(self) -> None:
        title, kinds = Message("ui.settings.anchors.add"), Message("ui.files.certificates")
        file = ask_open(self, self.session, title, kinds, Purpose.KEYS)
        if file is not None:
            self.offer(file)

    def offer(self, file: Path) -> None:
        """Show what is in a file; it is believed only after its fingerprint was compared."""
        if not self.runner.running:
            self.runner.start(partial(self._ask, file), read_file, file)

    def _ask(self, file: Path, found: tuple[KnownAnchor, ...]) -> None:
        from desktop.trust import adopt
        from desktop.ui.dialogs.anchor import ask_anchor

        purpose: AnchorClass | None = ask_anchor(self, self.session, found)
        if purpose is not None:
            compared = [each.fingerprint for each in found]
            self.session.attempt(lambda: adopt(file, purpose, compared))
            self.read()

    def _choose_list(self) -> None:
        title, kinds = Message("ui.settings.lists.add"), Message("ui.files.lists")
        file = ask_open(self, self.session, title, kinds, Purpose.KEYS)
        if file is not None:
            self.take_list(file)

    def take_list(self, file: Path) -> None:
        """Obey a revocation list from now on; refused when it cannot be followed or is not its issuer's."""
        if not self.runner.running:
            self.runner.start(lambda _kept: self.read(), keep_list, file)

    # -- dropping -------------------------------------------------------------------------------
    def _remove(self, anchor: KnownAnchor) -> None:
        # A file of earlier times may hold several; they go together.
        together = [each for each in self.held.anchors if each.file == anchor.file] if self.held else []
        names = ", ".join(self.session.say(each.name) for each in together) or anchor.name
        self._drop(anchor.file, Message("ui.settings.anchors.drop_question", name=names))

    def _remove_list(self, each: KnownList) -> None:
        together = [one for one in self.held.lists if one.file == each.file] if self.held else []
        names = ", ".join(dict.fromkeys(one.issuer for one in together)) or each.issuer
        self._drop(each.file, Message("ui.settings.lists.drop_question", issuer=names))

    def _drop(self, file: str, question: Message) -> None:
        if confirm(self, self.session, question, Message("ui.settings.anchors.drop")):
            from desktop.trust import drop

            self.session.attempt(lambda: drop(file))
            self.read()
