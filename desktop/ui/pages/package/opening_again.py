"""A package that somebody closed is opened again: the way out where nobody believes who closed it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.base import Message, clock
from desktop.base.message import Param
from desktop.ui import widgets
from desktop.ui.dialogs.ask import confirm
from desktop.ui.pages.another import asked_id, may_be_another
from desktop.ui.pages.knowing import Knowing
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.ui.standings import Known, Standings

if TYPE_CHECKING:
    from desktop.submission import Signed
    from desktop.submission.standing import Standing
    from desktop.trust import Anchors


class OpeningAgain(QWidget):
    """A quiet button below the signers, there while the package at work is closed."""

    def __init__(
        self,
        session: Session,
        runner: Runner,
        anchors: Callable[[], Anchors | None],
        opened: Callable[[Signed], object],
    ) -> None:
        super().__init__()
        self._session, self._runner, self._anchors, self._opened = session, runner, anchors, opened
        self._knowing = Knowing(self, session, runner)
        self._package: Path | None = None
        word = Message("ui.package.open_again")
        self.button = widgets.button(session.speaker, word, self._begin, look="quiet")
        self.setLayout(widgets.line(self.button, 1))
        self.hide()

    def show_for(self, package: Path | None, found: Standing | None) -> None:
        """Offer it for this package, as far as it is closed."""
        self._package = package
        self.setVisible(package is not None and found is not None and found.closed)

    def _begin(self) -> None:
        """Ask, once it is known what lies there now."""
        if self._package is not None:
            self._knowing.once([self._package], partial(self._ask, self._package))

    def _ask(self, package: Path) -> None:
        answer = Standings.of(self._session).ask(package, self)
        found = answer.standing if isinstance(answer, Known) else None
        if package != self._package or found is None or not found.closed:
            return
        if not may_be_another(self, self._session, package, found):
            return
        anchors = self._anchors()
        if anchors is None:
            return
        word = Message("ui.package.open_again_anyway")
        if confirm(self, self._session, question(package, found, anchors), word, careful=True):
            self.open_again(package, asked_id(found), found.state)

    def open_again(self, package: Path, identity: str, state: str) -> None:
        """Take all closing signatures out; of the package, and of those, that somebody was asked about."""
        from desktop.submission import open_again

        anchors = self._anchors()
        if anchors is not None and self._runner.free():
            work = partial(open_again, identity=identity, expected=state)
            self._runner.start(self._opened, work, package, package, anchors, clock.now())


def question(package: Path, found: Standing, anchors: Anchors) -> Message:
    """What happens, what stays, and how the file is called that is kept."""
    from desktop.submission.unbelieved import about_closings

    who = ", ".join(dict.fromkeys(each.called for each in found.signers if each.closes))
    told = about_closings(found.closings, anchors) or [Message("ui.package.open_again_believed")]
    about = reduce(lambda one, other: Message("ui.files.and", one=one, other=other), told)
    kept: dict[str, Param] = {"stem": package.stem, "suffix": package.suffix, "n": found.closings.n}
    return Message("ui.package.open_again_ask", who=who or "?", about=about, **kept)
