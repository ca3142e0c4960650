"""What somebody said that the next package replaces: it holds until somebody says something else.

What lies in a package does not decide it: whoever had the file in between can lay a signature there, or take
one out.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from desktop.base.places import is_one
from desktop.ui.session import Session


class Said(QObject):
    """One per session (:meth:`of`): the page may be made anew meanwhile; another document starts without."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.package: tuple[Path | None] | None = None
        """The package replaced (None: it is a first one), once somebody has said so."""
        self.seen = ""
        """The id of what lay there when somebody chose it, as soon as that was read."""
        self.locked_with: tuple[Path, str] | None = None
        """What was locked with that, by its id."""
        session.closed.connect(self.forget)

    @classmethod
    def of(cls, session: Session) -> Said:
        """The one of a session."""
        return session.findChild(cls) or cls(session)

    def say(self, package: Path | None) -> None:
        """Somebody chose."""
        self.package, self.seen, self.locked_with = (package,), "", None

    def see(self, identity: str) -> None:
        """What was chosen was read."""
        self.seen = self.seen or identity

    def locked(self, package: Path, identity: str, replaced: Path | None) -> None:
        """It was locked with what was chosen, which holds: it may be locked again.

        That a document which was never locked begins with a first package nobody has said: from now on
        somebody has to.
        """
        if self.package == (replaced,):
            self.locked_with = (package, identity)

    def closed(self, package: Path, identity: str) -> None:
        """Closed, by whomever, and believed: of the next one nobody has said anything."""
        if (
            self.locked_with is not None
            and identity == self.locked_with[1]
            and is_one(package, self.locked_with[0])
        ):
            self.forget()

    def forget(self) -> None:
        """Nobody has said anything."""
        self.package, self.seen, self.locked_with = None, "", None
