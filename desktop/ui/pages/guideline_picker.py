"""Chooses the guideline of a new document: one of those at hand, or one from a file that is shown first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from desktop.base import Message
from desktop.ui.dialogs.ask import confirm
from desktop.ui.dialogs.files import ask_open
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.guideline import PackFile
    from desktop.guideline.pack import PackInfo
    from desktop.guideline.store import Available


class GuidelinePicker(QuietCombo):
    """A list of guidelines by title, version and standing."""

    changed = Signal()
    """Another one is chosen, or others are offered."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._packs: list[tuple[PackInfo, bytes]] = []
        self._at_hand: tuple[Available, ...] = ()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(lambda _row: self.changed.emit())

    @property
    def info(self) -> PackInfo | None:
        """What the chosen one says of itself; None where there is none."""
        row = self.currentIndex()
        return self._packs[row][0] if 0 <= row < len(self._packs) else None

    @property
    def content(self) -> bytes:
        """The chosen one as it was read. Raises IndexError where there is none."""
        return self._packs[self.currentIndex()][1]

    def load(self) -> None:
        """What is at hand now: packs may have been installed or removed since the form was last shown."""
        from desktop.guideline import load_pack
        from desktop.guideline.store import available

        found = available(judge=False)
        if found == self._at_hand:
            return
        self._at_hand, self._packs = found, []
        for each in found:
            if each.usable:
                data = each.read()
                self._packs.append((load_pack(data).pack, data))

    def add(self, opened: PackFile) -> None:
        """Offer a guideline from elsewhere, and choose it."""
        self._packs.append((opened.pack.pack, opened.content))
        self.speak()
        self.setCurrentIndex(len(self._packs) - 1)
        self.changed.emit()

    def choose_file(self) -> None:
        """Ask for the file of one."""
        path = ask_open(self, self._session, Message("ui.new.other_pack"), Message("ui.files.packs"))
        if path is not None:
            self._session.attempt(lambda: self.add_file(path))

    def add_file(self, path: Path) -> None:
        """Offer one from a file. Raises as :meth:`add_asked`, FileProblem."""
        from desktop.guideline import open_pack

        self.add_asked(open_pack(path))

    def add_asked(self, opened: PackFile) -> None:
        """Offer one from elsewhere; where nobody known vouches for it, the person is asked plainly.

        Raises BrokenPack, BrokenSignature.
        """
        from desktop.guideline.provenance import provenance

        warning = provenance(opened).warning
        if warning is not None:
            question = Message("ui.new.doubtful", title=opened.pack.pack.called, warning=warning)
            if not confirm(self, self._session, question, Message("ui.new.use_anyway"), careful=True):
                return
        self.add(opened)

    def speak(self) -> None:
        """Write them anew, in the present language; the same one stays chosen."""
        say, chosen = self._session.say, max(0, self.currentIndex())
        self.clear()
        for info, _ in self._packs:
            version = say(Message("ui.new.version", version=info.edition))
            if info.status != "in-force":
                version = f"{version}, {say(Message(f'guideline.status.{info.status}'))}"
            self.addItem(f"{say(info.called)} ({version})")
        self.setCurrentIndex(chosen if self._packs else -1)
