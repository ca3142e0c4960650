"""Parafs and signatures in one ordered list: who has, who may go now, and the ways to sign."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.base import LocalText, Message
from desktop.base.speech import value_text
from desktop.cli.standing import WAYS
from desktop.submission.quoting import somebody
from desktop.submission.signed import SHOWN_IN_BOX, marked_holder, signer_marks, stamps_told
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import confirm
from desktop.ui.dialogs.files import ask_open
from desktop.ui.pages.another import another_there, asked_id, may_be_another
from desktop.ui.pages.elsewhere import Elsewhere
from desktop.ui.pages.knowing import Knowing
from desktop.ui.pages.package.by_key import ByKey
from desktop.ui.pages.package.opening_again import OpeningAgain
from desktop.ui.pages.package.order import InitialsList, named, still_missing, told_line
from desktop.ui.pages.package.signers import CONTAINER, closing_roles, signed_roles, signers, step_of
from desktop.ui.pages.reopening import may_reopen
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.ui.standings import Answer, Known, Standings, Unknown

if TYPE_CHECKING:
    from desktop.submission import SignatureReport, Signed, Verdict
    from desktop.submission.standing import Signer, Standing
    from desktop.trust import Anchors


class SignCard(widgets.Card):
    """The package at work and its signers, one line each."""

    def __init__(
        self,
        session: Session,
        runner: Runner,
        anchors: Callable[[], Anchors | None],
        take: Callable[[Path], object],
        verify: Callable[[Path], object],
        verdict: Callable[[Path | None], Verdict | None],
    ) -> None:
        """``take`` is told the package chosen, ``verify`` the package that was signed.

        ``verdict``: what was found of a package as it lies there now.
        """
        super().__init__(session.speaker, Message("ui.package.sign"), Message("ui.package.sign.note"))
        self.session, self.runner = session, runner
        self._anchors, self._take, self._verify, self._verdict = anchors, take, verify, verdict
        self.by_key = ByKey(self, session, runner, anchors, self._on_signed)
        self.package: Path | None = None
        self._standing: Standing | None = None
        """How far the package at work is signed, as it was read last."""
        self._reading = False
        """Whether that is being read anew, and takes a while."""
        self.knowing = Knowing(self, session, runner)
        self._presses: dict[str, QPushButton] = {}
        """By role: what signs with a key file."""
        speaker = session.speaker
        self._which = widgets.label(speaker, Message("ui.package.none"), "muted", wrap=True)
        self._choose = widgets.button(
            speaker, Message("ui.package.choose"), self._choose_package, icon="folder-open"
        )
        self.missing = widgets.label(speaker, "", wrap=True)
        """Who is still missing, always in view."""
        self.add(self.missing)
        self.initials = InitialsList(session)
        self.add(self.initials)
        self.add(widgets.line(self._which, 1, self._choose))
        self._roles = QVBoxLayout()
        self._roles.setSpacing(4)
        self.add(self._roles)
        self.elsewhere = Elsewhere(session, runner, anchors, self._on_signed)
        self.elsewhere.setEnabled(False)
        self.add(self.elsewhere)
        self.opening = OpeningAgain(session, runner, anchors, self._on_opened)
        self.add(self.opening)

    def hold(self, package: Path) -> None:
        """Work on this package from now on."""
        if package != self.package:
            self._standing = None
        self.package = self.elsewhere.package = package
        self.elsewhere.setEnabled(True)
        self.session.speaker.tie(self._which, QLabel.setText, Message("ui.package.which", file=package.name))

    def signers(self) -> list[tuple[str, LocalText | Message, str]]:
        """Who signs: role (or :data:`CONTAINER`), what they are called, and the person's name."""
        return signers(self.session)

    def refresh(self) -> None:
        """Show who has initialled and signed, and who is still missing."""
        self.initials.refresh()
        if not self._read_standing():
            return
        self._tell_missing()
        self.opening.show_for(self.package, self._standing)
        here = self.window().focusWidget()
        at = next((role for role, press in self._presses.items() if press is here), "")
        widgets.empty(self._roles)
        self._presses.clear()
        if self.package is None:
            for role, label, name in self.signers():
                self._roles.addLayout(self._expected(role, label, name))
            return
        done = signed_roles(self._standing)
        before: QWidget = self._choose
        for role, label, name in self.signers():
            before = self._show_signer(role, label, name, signed=role in done, before=before)
        for each in stamps_told(self._proven()):
            self._roles.addWidget(widgets.label(self.session.speaker, each, "muted", wrap=True))
        if at:
            # who signs with the keyboard goes on with the next that waits
            left = [role for role in (at, *self._presses) if role in self._presses and role not in done]
            target = self._presses[left[0]] if left else self._choose
            target.show()
            target.setFocus()

    def _read_standing(self) -> bool:
        """Take what is known of the package; False while what is shown may stay for a moment."""
        answer = self._answer()
        if answer is Unknown.SOON:
            return False
        self._reading = answer is Unknown.READING
        if isinstance(answer, Known):
            self._standing = answer.standing
        return True

    def _answer(self) -> Answer:
        if self.package is None:
            return Known(None)
        return Standings.of(self.session).ask(self.package, self, first=True)

    def _tell_missing(self) -> None:
        found, package = self.initials.found, self._standing
        open_ = any(not each.done for each in found) or (package is not None and bool(package.waiting))
        # that nobody is awaited is the package's own word: green is only what was proven, signer by signer
        look = "warn" if open_ or package is None else ""
        told = still_missing(self.session, found, package)
        other = another_there(self.session, self.package, package)
        if other is not None:
            look, told = "bad", other
        if self._reading:
            look, told = "muted", Message("ui.standing.reading")
        theme.look(self.missing, look)
        self.session.speaker.tie(self.missing, QLabel.setText, told)

    @property
    def known(self) -> bool:
        """Whether it is known how far the package at work is signed."""
        return isinstance(self._answer(), Known)

    def take_focus(self) -> QWidget:
        """Give the keyboard to what signs for the first who waits; answers the widget that has it now."""
        waits = (press for press in self._presses.values() if press.isVisibleTo(self))
        target = next(waits, self._choose)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return target

    def _show_signer(
        self, role: str, label: LocalText | Message, name: str, *, signed: bool, before: QWidget
    ) -> QWidget:
        """One line; answers the widget of it that the keyboard comes to last."""
        speaker = self.session.speaker
        told, look = self._state_of(role, signed=signed)
        press = widgets.button(
            speaker, Message("ui.package.sign_p12"), partial(self._begin, role, self.by_key.choose_file),
            icon="signature",
        )  # fmt: skip
        widgets.call(speaker, press, Message("ui.package.sign_p12_as", role=label))
        token = widgets.button(
            speaker, Message("ui.package.sign_token"), partial(self._begin, role, self.by_key.choose_token)
        )
        widgets.call(speaker, token, Message("ui.package.sign_token_as", role=label))
        row = self._line(role, *self._as_packed(role, label, name), told, look)
        for part in (press, token):
            row.addWidget(part)
        self._roles.addLayout(row)
        # while a package is read for the first time nobody knows what there is to press
        unread = self._reading and self._standing is None
        for part in (press, token):
            part.setVisible(not signed and not unread)
        # They are made later than what stands below them; the keyboard comes to them in their place.
        QWidget.setTabOrder(before, press)
        QWidget.setTabOrder(press, token)
        self._presses[role] = press
        return token

    def _as_packed(
        self, role: str, label: LocalText | Message, name: str
    ) -> tuple[LocalText | Message | str, Message | str]:
        """Office and name as they stand in the package, in quotation marks where this plan has others."""
        found = self._signer(role)
        if found is None:
            return label, name
        own = set(label.texts.values()) if isinstance(label, LocalText) else set()
        said = found.office if not found.closes and found.office not in own else ""
        return somebody(said) or label, name if found.name in {"", name} else somebody(found.name)

    def _line(
        self, role: str, label: LocalText | Message | str, name: Message | str, told: Message, look: str
    ) -> QHBoxLayout:
        """The place in the order, who it is, and how it stands."""
        icon = {"good": "circle-check", "primary": "circle-alert"}.get(look, "circle-dashed")
        number = step_of(self.session, role)
        said = Message("ui.package.signer", role=label, name=name or self._unnamed(role))
        who = Message("ui.initials.step", number=str(number), who=said) if number else said
        return told_line(self.session, icon, look, who, told)

    def _expected(self, role: str, label: LocalText | Message, name: str) -> QHBoxLayout:
        """A line while nothing is locked yet: nobody can sign."""
        return self._line(role, label, name, Message("ui.package.not_locked"), "muted")

    def _state_of(self, role: str, *, signed: bool) -> tuple[Message, str]:
        """How a signature stands, and the look of that: there (how), may be given now, or waits for whom."""
        if self._reading:
            return Message("ui.package.signer_reading"), "muted"
        found = self._signer(role)
        if signed:
            given = self._given(role)
            if not given:
                # until it was verified, and of a refused package for ever, that is the package's word only
                return Message("ui.package.signed_unproven"), "warn"
            ways = (self.session.say(WAYS[way]) for way in (found.ways if found is not None else ()))
            holders = dict.fromkeys(self.session.say(marked_holder(each)) for each in given)
            # whoever is believed can sign in another's place, and practice proves nothing
            look = "warn" if any(map(signer_marks, given)) else "good"
            shown = [self.session.say(SHOWN_IN_BOX)] if any(each.own_stamp for each in given) else []
            return Message("ui.package.signed_by", how=", ".join([*holders, *ways, *shown])), look
        before = self._before(role)
        if before:
            return Message("ui.package.waits_for", who=named(self.session, before)), "warn"
        if found is not None:
            return Message("ui.package.turn", n=max(len(found.waiting), 1)), "primary"
        return Message("ui.package.waiting"), "warn"

    def _given(self, role: str) -> list[SignatureReport]:
        """The signatures of a role; known once the package was verified and not refused."""
        signer = self._signer(role)
        called = (signer.role if signer is not None else "") if role == CONTAINER else role
        found = (each for each in self._proven() if bool(each.file) is not (role == CONTAINER))
        return [each for each in found if each.role == called]

    def _proven(self) -> tuple[SignatureReport, ...]:
        """All signatures; none until the package was verified, and of a refused one."""
        verdict = self._verdict(self.package)
        return () if verdict is None or verdict.kind.value == "refused" else verdict.signatures

    def _signer(self, role: str) -> Signer | None:
        signers = self._standing.signers if self._standing is not None else ()
        closes = role == CONTAINER
        asked = [each for each in signers if each.closes == closes and (closes or each.role == role)]
        # where several close it, the next one
        return min(asked, key=lambda each: each.done, default=None)

    def closing(self) -> str:
        """Whom the package asks to close it: the open document may be another plan's."""
        found = self._signer(CONTAINER)
        return found.role if found is not None else next(iter(closing_roles(self.session)), "")

    def _before(self, role: str) -> list[str]:
        """Who should sign before and has not, by name."""
        found = self._signer(role)
        if self._standing is None or found is None:
            return []
        before = self._standing.before(found.role, closing=found.closes)
        return list(dict.fromkeys(each.called for each in before))

    def _begin(self, role: str, choose: Callable[[str], object]) -> None:
        """Sign for a role, once it is known who comes before."""
        packages = [self.package] if self.package is not None else []
        self.knowing.once(packages, partial(self._ask_order, self.package, role, choose))

    def _ask_order(self, package: Path | None, role: str, choose: Callable[[str], object]) -> None:
        """Whoever would go before others is asked first."""
        if package != self.package:
            return
        answer = self._answer()
        if not isinstance(answer, Known):
            self._begin(role, choose)  # somebody wrote at it just now
            return
        if answer.standing != self._standing or self._reading:
            self.refresh()
        if role in signed_roles(self._standing):
            return
        if package is not None and not may_be_another(self, self.session, package, self._standing):
            return
        language = self.session.speaker.language
        lacking = [value_text(each.message, language) for each in self.initials.found if not each.done]
        before = [self.session.say(Message("ui.order.paraf", who=each)) for each in lacking]
        before += self._before(role)
        message = Message("ui.order.ask", who=named(self.session, before)) if before else None
        if message is not None and not confirm(
            self, self.session, message, Message("ui.order.ask_anyway"), careful=True
        ):
            return
        if role == CONTAINER or may_reopen(self, self.session, self._standing):
            self.by_key.reopens = self._standing is not None and self._standing.closed
            self.by_key.asked = asked_id(self._standing)
            choose(role)

    def _unnamed(self, role: str) -> LocalText | Message:
        """What stands for a name nobody has written: the closing role, or where to write it."""
        if role != CONTAINER:
            return Message("ui.package.unnamed")
        closing = closing_roles(self.session)
        return next((each.label for each in self.session.pack.roles if each.id in closing), LocalText({}))

    def _choose_package(self) -> None:
        path = ask_open(self, self.session, Message("ui.package.choose"), Message("ui.files.packages"))
        if path is not None:
            self._take(path)

    def _on_signed(self, signed: Signed) -> None:
        done = Message("ui.package.signing_done", n=max(len(signed.files), 1))
        told = Message("ui.package.reopened", done=done) if signed.signature_dropped else done
        self._tell_done(told, signed)

    def _on_opened(self, signed: Signed) -> None:
        from desktop.submission.replaced import replaced

        self._tell_done(Message("ui.package.opened_again", replaces=replaced(signed.previous)), signed)

    def _tell_done(self, told: Message, signed: Signed) -> None:
        if signed.kept is not None:
            told = Message("ui.package.kept", done=told, file=signed.kept.name)
        self.session.told.emit(told)
        self._verify(signed.path)
