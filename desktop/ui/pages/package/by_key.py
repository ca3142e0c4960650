"""Signing with a key that somebody chooses: which one, what is found about it, and the signature itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import Message, clock
from desktop.ui.dialogs.ask import ask_password
from desktop.ui.dialogs.files import Purpose, ask_open
from desktop.ui.pages.package.looking import Looking, ToSign
from desktop.ui.pages.package.signers import CONTAINER
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission import Signed
    from desktop.trust import Anchors, KeySource
    from desktop.ui.pages.package.signing import SignCard


class ByKey:
    """Works for the card whose list says who signs; what was asked about there goes along."""

    def __init__(
        self,
        card: SignCard,
        session: Session,
        runner: Runner,
        anchors: Callable[[], Anchors | None],
        signed: Callable[[Signed], object],
    ) -> None:
        self._card, self._session, self._runner = card, session, runner
        self._anchors, self._signed = anchors, signed
        self.looking = Looking(card, session, runner, anchors)
        self.reopens = False
        """Whether it was agreed that the signature over a closed package ends."""
        self.asked = ""
        """The id of the package that was asked about when somebody began to sign."""

    def choose_file(self, role: str) -> None:
        """Ask for a key file and its password."""
        which, kinds = Message("ui.package.key"), Message("ui.files.keys")
        path = ask_open(self._card, self._session, which, kinds, Purpose.KEYS)
        if path is not None:
            self._ask_password(role, path)

    def _ask_password(self, role: str, path: Path) -> None:
        from desktop.trust import P12Key

        password = ask_password(self._card, self._session, path.name)
        if password is not None:
            self.look(role, P12Key(path, password), partial(self._ask_password, role, path))

    def choose_token(self, role: str) -> None:
        """Ask for a token, its certificate and its PIN."""
        from desktop.ui.dialogs.token import ask_token

        key = ask_token(self._card, self._session)
        if key is not None:
            self.look(role, key)

    def look(self, role: str, key: KeySource, again: Callable[[], object] | None = None) -> None:
        """Look at the key before it signs."""
        if self._card.package is None:
            return
        closing = role == CONTAINER
        person = next((name for each, _, name in self._card.signers() if each == role), "")
        name = self._card.closing() if closing else role
        sign = partial(self.sign_with, role, key, closing=name if closing else "")
        self.looking.at(ToSign(self._card.package, name, closing, person, self.asked), key, sign, again)

    def sign_with(
        self,
        role: str,
        source: KeySource,
        other_holder: bool = False,
        state: str = "",
        certificate: str = "",
        *,
        closing: str = "",
    ) -> None:
        """Sign the PDFs that wait for a role, or the package itself, with any key that was looked at.

        ``state``: of the package as it was looked at; another one that lies there by now is not signed. Nor
        does another ``certificate`` sign than the one that was shown, nor is it closed for another role than
        ``closing``: somebody else may be next by now.
        """
        if self._card.package is None or not self._runner.free():
            return
        from desktop.submission import sign_container, sign_pdfs

        anchors = self._anchors()
        if anchors is None:
            return
        if role == CONTAINER:
            work: Any = sign_container
            name = closing or self._card.closing()
        else:
            work, name = partial(sign_pdfs, reopen=self.reopens), role
        work = partial(work, other_holder=other_holder, expected=state, certificate=certificate)
        self._runner.start(
            self._signed, work, self._card.package, self._card.package, source, name, anchors, clock.now()
        )
