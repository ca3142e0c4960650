"""The words for the story, made ready beside the window: naming all rows of a large plan takes a while."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.base import Language
from desktop.cli.naming import Names
from desktop.cli.past_told import Past
from desktop.ui.beside import Beside
from desktop.ui.session import Session
from desktop.workspace.plan import Plan


class Wording(QObject):
    """Hands the words for the plan as it stands to whoever asks, now or as soon as they are there."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._beside = Beside(self)
        self._names: tuple[Plan, Names] | None = None
        self._past: tuple[Names, Language, Past] | None = None
        session.closed.connect(self._forget)

    def _forget(self) -> None:
        self._beside.stop()
        self._names = self._past = None

    def ask(self, then: Callable[[Past], object]) -> None:
        """Call ``then`` with the words; who asks again meanwhile is answered in place of who asked before."""
        plan, pack = self._session.plan, self._session.pack
        if self._names is not None and self._names[0] is plan:
            self._beside.stop()
            then(self._words(self._names[1]))
            return

        def done(names: Names) -> None:
            if self._session.is_open and self._session.plan is plan:
                self._names = plan, names
                then(self._words(names))

        self._beside.start(lambda _report: Names(plan, pack), done, self._session.failed.emit)

    def _words(self, names: Names) -> Past:
        language = self._session.speaker.language
        if self._past is None or self._past[0] is not names or self._past[1] is not language:
            self._past = names, language, Past(self._session.workspace, language, names)
        return self._past[2]
