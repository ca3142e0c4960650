"""What the desk hands on: lists for a spreadsheet, clarification letters, receipts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.base import Message, clock
from desktop.base.written import Decision, as_decided, chosen
from desktop.ui import widgets
from desktop.ui.background import beside
from desktop.ui.dialogs.files import ask_save
from desktop.ui.dialogs.several import tell_all
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission.register.posting import Posted


NOTHING_OVER = Decision()
"""Nobody was asked about what lies in the folder: nothing but ours, untouched, is written over."""


class HandingOn:
    """Its buttons, and what each of them writes beside the window."""

    def __init__(
        self, session: Session, parent: QWidget, runner: Runner, register: Callable[[], Path | None]
    ) -> None:
        """``register`` is the one at work, None where there is none."""
        self._session, self._parent, self._runner, self._register = session, parent, runner, register
        speaker = session.speaker
        self.xlsx = widgets.button(
            speaker, Message("ui.desk.xlsx"), partial(self._export, "register.xlsx"), icon="file-spreadsheet"
        )
        self.csv = widgets.button(speaker, Message("ui.desk.csv"), partial(self._export, "register.csv"))
        self.letters = widgets.button(
            speaker, Message("ui.desk.letters"), self.write_letters, icon="file-text"
        )
        self.receipts = widgets.button(
            speaker, Message("ui.desk.receipts"), self.write_receipts, icon="signature"
        )

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """As they stand beside each other."""
        return self.xlsx, self.csv, self.letters, self.receipts

    def _export(self, name: str) -> None:
        from desktop.submission.register.export import export

        session, register = self._session, self._register()
        kinds = Message("ui.files.table_out") if name.endswith("x") else Message("ui.files.csv")
        target = ask_save(self._parent, session, Message("ui.desk.export"), name, kinds)
        if target is not None and register is not None:
            given = (export, register, target, session.speaker.language.value)
            self._runner.start(self._written, as_decided, chosen(target), *given)

    def _written(self, path: Path) -> None:
        self._session.told.emit(Message("cli.desk.exported", file=str(path)))

    def write_letters(self) -> None:
        """Ask whose letters they are, then write one for each region without a valid package."""
        from desktop.submission.register.posting import write_letters
        from desktop.ui.dialogs.posting import ask_desk

        session, register = self._session, self._register()
        if register is None:
            return
        shared = session.attempt(lambda: beside(partial(_shares_issuers, register)))
        if shared is None:
            return
        asked = ask_desk(self._parent, session, signs=False, shared=shared)
        if asked is not None:
            desk, folder, _key = asked
            given = (write_letters, register, folder, desk, clock.now())
            self._runner.start(self._posted, as_decided, NOTHING_OVER, *given)

    def write_receipts(self) -> None:
        """Ask whose receipts they are and who signs, then write one for each package that counts."""
        from desktop.submission.register.posting import receipts_for, told_for, write_receipts
        from desktop.trust import load_anchors
        from desktop.ui.dialogs.posting import ask_desk

        session, register = self._session, self._register()
        if register is None:
            return
        # of the whole register, however few the list shows; what comes in meanwhile is not signed
        wanted = session.attempt(lambda: beside(lambda: receipts_for(register)))
        if not wanted:
            if wanted is not None:
                session.told.emit(told_for(wanted))
            return
        asked = ask_desk(self._parent, session, signs=True, about=told_for(wanted))
        anchors = session.attempt(load_anchors)
        if asked is not None and anchors is not None:
            desk, folder, key = asked
            given = (register, folder, desk, clock.now(), key, anchors, wanted)
            self._runner.start(self._posted, as_decided, NOTHING_OVER, write_receipts, *given)

    def _posted(self, posted: tuple[Posted, ...]) -> None:
        problems = [each.problem for each in posted if each.problem is not None]
        self._session.told.emit(Message("ui.desk.posted", n=len(posted) - len(problems)))
        tell_all(self._parent, self._session, Message("ui.desk.unwritten", n=len(problems)), problems)


def _shares_issuers(register: Path) -> bool:
    """Whether several regions' packages name an issuer that is not known here."""
    from desktop.submission.register.listing import entries
    from desktop.submission.register.store import Register
    from desktop.submission.register.unknown_issuers import shared_issuers

    with Register(register, read_only=True) as opened:
        return any(shared_issuers(entries(opened)))
