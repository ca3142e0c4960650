"""The page of the package: its cards, and the package they work on together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication

from desktop.base import Message
from desktop.ui.pages.package.receipt import ReceiptLine
from desktop.ui.pages.package.said import Said
from desktop.ui.pages.package.sealing import SealCard
from desktop.ui.pages.package.signing import SignCard
from desktop.ui.pages.package.stamping import StampCard
from desktop.ui.pages.package.verifying import VerifyCard
from desktop.ui.pages.page import Page
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.ui.standings import Standings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.submission import Verdict


class PackagePage(Page):
    """A card for each step: lock, sign, timestamp if wanted, verify."""

    purpose = Message("ui.package.purpose")
    reading = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.runner = Runner(session)
        self.verifying = VerifyCard(session, self.runner, self._on_verdict)
        self.sealing = SealCard(session, self.runner, self.verifying.anchors, self._on_sealed)
        self.signing = SignCard(
            session, self.runner, self.verifying.anchors, self.take, self.verifying.verify, self.verifying.of
        )
        self.stamping = StampCard(session, self.runner, self.verifying.anchors, self.verifying.verify)
        self.receipt = ReceiptLine(session, self.runner, self.verifying.anchors)
        self.signing.add(self.receipt)
        for part in (self.sealing, self.signing, self.stamping, self.verifying, self.runner):
            self.add(part)
        self.body.addStretch(1)
        self._goes_on = False
        """Whether the keyboard goes on to the first signature as soon as it is known whose that is."""
        Standings.of(session).changed.connect(self._on_standing)

    @property
    def package(self) -> Path | None:
        """The package at work: the one just locked or chosen."""
        return self.signing.package

    @property
    def verdict(self) -> Verdict | None:
        """The verdict on the package at work, as it lies there now."""
        return self.verifying.of(self.package)

    def keeps(self) -> bool:
        return super().keeps() or self.package is not None

    def refresh(self) -> None:
        # first of all: the rows of the signers go by the verdict
        self.verifying.refresh()
        self.sealing.refresh()
        self.signing.refresh()
        self.stamping.refresh()

    def take(self, package: Path) -> None:
        """Work on this package from now on."""
        self._goes_on = False
        self._hold(package)
        # who has to sign is known before the judges are done
        self.signing.refresh()
        self.verifying.verify(package)

    def _on_sealed(self, package: Path) -> None:
        """Who sealed it goes on to the first signature, unless the keyboard is somewhere else by now."""
        goes_on = self._follows()
        self.take(package)
        self._goes_on = goes_on
        self._go_on()

    def _follows(self) -> bool:
        """Whether the keyboard is still where the package was locked."""
        here = cast("QWidget | None", self.window().focusWidget())  # Qt answers nothing where nothing has it
        return here is None or self.sealing.isAncestorOf(here) or self.runner.isAncestorOf(here)

    def _go_on(self) -> None:
        if self._goes_on and self.signing.known:
            self._goes_on = False
            if self._follows() and self.isVisible():
                self.reveal(self.signing.take_focus())

    def _on_standing(self) -> None:
        """More is known of how far packages are signed."""
        if self.isVisible() and self.session.is_open:
            self.session.attempt(self._show_standing)
        else:
            self.mark_stale()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if event.spontaneous():
            return  # the whole window is out of sight for a while
        self._goes_on = False
        for part in (self.signing, self.sealing.replacing):
            Standings.of(self.session).drop(part)
        # another package may lie there when the page is seen again
        self.verifying.look_away()
        self.mark_stale()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is not QEvent.Type.ActivationChange:
            return
        if not self.isActiveWindow() and QApplication.activeModalWidget() is None:
            self.verifying.look_away()
        elif self.isVisible() and self.verifying.outdated:
            self.mark_stale()

    def _show_standing(self) -> None:
        self.verifying.refresh()
        self.sealing.replacing.refresh()
        self.signing.refresh()
        self._go_on()

    def _hold(self, package: Path) -> None:
        self.signing.hold(package)
        self.receipt.hold(package)
        self.stamping.hold(package)
        self.verifying.hold(package)

    def offer_returned(self, package: Path, pdf: Path) -> None:
        """Ask whether a PDF that came in signed shall take its place in a package."""
        if package != self.package:
            # not verified first: the one worker shall be free for putting the PDF in its place
            self._hold(package)
            self.signing.refresh()
        self.signing.elsewhere.offer([pdf])

    def _on_verdict(self, path: Path) -> None:
        verdict = self.verifying.of(path)
        if verdict is not None and verdict.package is not None and verdict.closed:
            Said.of(self.session).closed(path, verdict.package.id)
            self.sealing.replacing.refresh()
        if path == self.package:
            self.signing.refresh()
