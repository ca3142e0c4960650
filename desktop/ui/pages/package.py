"""The package: lock the documents, have them signed, verify any file."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.base import Language, LocalText, Message, RancangError, clock
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import ask_password, confirm
from desktop.ui.dialogs.files import Purpose, ask_open, ask_save, unused
from desktop.ui.fields.box import language_name
from desktop.ui.pages.elsewhere import Elsewhere
from desktop.ui.pages.page import Page
from desktop.ui.pages.verdict import VerdictView
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.workspace.offices import by_role

if TYPE_CHECKING:
    from desktop.submission import Signed, Verdict
    from desktop.submission.sealing import Sealed
    from desktop.trust import KeySource

CONTAINER = "*"
"""Stands for the role that signs the package as a whole."""


class PackagePage(Page):
    """Three steps, one card each: lock, sign, verify."""

    purpose = Message("ui.package.purpose")
    reading = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.package: Path | None = None
        self.verdict: Verdict | None = None
        self.trust: list[Path] = []
        self._judged: Path | None = None
        """The file that the verdict in view is about."""
        self._presses: dict[str, QPushButton] = {}
        """By role: what signs with a key file."""
        self.runner = Runner(session)
        self.add(self._seal_card())
        self.add(self._sign_card())
        self.add(self._verify_card())
        self.add(self.runner)
        self.body.addStretch(1)

    # -- cards ----------------------------------------------------------------------------------
    def _seal_card(self) -> QWidget:
        session, speaker = self.session, self.session.speaker
        card = widgets.Card(speaker, Message("ui.package.seal"), Message("ui.package.seal.note"))
        self._open = widgets.label(speaker, "", "warn", wrap=True)
        card.add(self._open)
        self._languages: dict[Language, QCheckBox] = {}
        row = widgets.line()
        for language in (session.source, session.second):
            tick = QCheckBox()
            tick.setChecked(language is session.source)
            speaker.tie(tick, QCheckBox.setText, language_name(language))
            self._languages[language] = tick
            row.addWidget(tick)
        row.addStretch(1)
        self.seal_button = widgets.button(
            speaker, Message("ui.package.seal"), self._choose_target, icon="lock", look="primary"
        )
        row.addWidget(self.seal_button)
        card.add(row)
        return card

    def _sign_card(self) -> QWidget:
        speaker = self.session.speaker
        card = widgets.Card(speaker, Message("ui.package.sign"), Message("ui.package.sign.note"))
        self._which = widgets.label(speaker, Message("ui.package.none"), "muted", wrap=True)
        self._choose = widgets.button(
            speaker, Message("ui.package.choose"), self._choose_package, icon="folder-open"
        )
        card.add(widgets.line(self._which, 1, self._choose))
        self._roles = QVBoxLayout()
        self._roles.setSpacing(4)
        card.add(self._roles)
        self.elsewhere = Elsewhere(self.session, self.runner, self._on_signed)
        self.elsewhere.setEnabled(False)
        card.add(self.elsewhere)
        return card

    def _verify_card(self) -> QWidget:
        speaker = self.session.speaker
        card = widgets.Card(speaker, Message("ui.package.verify"), Message("ui.package.verify.note"))
        self.any = QCheckBox()
        speaker.tie(self.any, QCheckBox.setText, Message("ui.package.any"))
        card.add(self.any)
        trust = widgets.button(speaker, Message("ui.package.trust"), self._choose_trust, icon="shield-check")
        verify = widgets.button(
            speaker, Message("ui.package.verify_file"), self._choose_verify, icon="search"
        )
        self._trusted = widgets.label(speaker, Message("ui.package.trusted", n=0), "muted")
        card.add(widgets.line(verify, trust, self._trusted, 1))
        self.view = VerdictView(self.session)
        card.add(self.view)
        return card

    # -- keeping up -----------------------------------------------------------------------------
    def keeps(self) -> bool:
        return super().keeps() or self.package is not None

    def refresh(self) -> None:
        report = self.session.report
        count = len(report.mandatory) if report is not None else 0
        theme.look(self._open, "warn" if count else "good")
        message = Message("ui.checks.blocked", n=count) if count else Message("ui.checks.free")
        self.session.speaker.tie(self._open, QLabel.setText, message)
        self._show_roles()

    def signers(self) -> list[tuple[str, LocalText | Message, str]]:
        """Who signs: role (or :data:`CONTAINER`), what they are called, and the person's name."""
        from desktop.guideline.lookup import package_books, package_signers
        from desktop.submission.assembling import container_signers

        plan, pack = self.session.plan, self.session.pack
        labels = {role.id: role.label for role in pack.roles}
        roles = dict.fromkeys(role for book in package_books(pack) for role in package_signers(pack, book))
        held = by_role(plan, roles, clock.now().date())
        people = {role: person.name for role, person in held.items()}
        listed: list[tuple[str, LocalText | Message, str]] = [
            (role, labels.get(role, LocalText({"id": role})), people.get(role, "")) for role in roles
        ]
        whole = Message("ui.package.whole")
        return listed + [(CONTAINER, whole, each.name) for each in container_signers(plan, pack)]

    def _show_roles(self) -> None:
        here = self.window().focusWidget()
        at = next((role for role, press in self._presses.items() if press is here), "")
        widgets.empty(self._roles)
        self._presses.clear()
        speaker = self.session.speaker
        if self.package is None:
            return
        done = signed_roles(self.package)
        before: QWidget = self._choose
        for role, label, name in self.signers():
            signed = role in done
            mark = widgets.picture(
                "circle-check" if signed else "circle-dashed",
                "good" if signed else "warn",
            )
            who = widgets.label(
                speaker, Message("ui.package.signer", role=label, name=name or self._unnamed(role)), wrap=True
            )
            state = widgets.label(
                speaker, Message("ui.package.signed") if signed else Message("ui.package.waiting"),
                "good" if signed else "warn",
            )  # fmt: skip
            press = widgets.button(
                speaker, Message("ui.package.sign_p12"), partial(self._choose_key, role), icon="signature"
            )
            widgets.call(speaker, press, Message("ui.package.sign_p12_as", role=label))
            token = widgets.button(
                speaker, Message("ui.package.sign_token"), partial(self._choose_token, role)
            )
            widgets.call(speaker, token, Message("ui.package.sign_token_as", role=label))
            row = widgets.line(mark, who)
            row.setStretch(1, 1)
            for part in (state, press, token):
                row.addWidget(part)
            self._roles.addLayout(row)
            # They are made later than what stands below them; the keyboard comes to them in their place.
            QWidget.setTabOrder(before, press)
            QWidget.setTabOrder(press, token)
            before = token
            self._presses[role] = press
        if at:
            # who signs with the keyboard goes on with the next that waits
            left = [role for role in (at, *self._presses) if role in self._presses and role not in done]
            target = self._presses[left[0]] if left else self._choose
            target.show()
            target.setFocus()

    def _unnamed(self, role: str) -> LocalText | Message:
        """What stands for a name nobody has written: the closing role, or where to write it."""
        if role != CONTAINER:
            return Message("ui.package.unnamed")
        closing = self._container_roles()
        return next((each.label for each in self.session.pack.roles if each.id in closing), LocalText({}))

    # -- locking --------------------------------------------------------------------------------
    def _choose_target(self) -> None:
        if self.session.plan.conflicts:
            from desktop.submission.assembling import StillDiffering

            self.session.failed.emit(StillDiffering(len(self.session.plan.conflicts)).message)
            self.session.show("differing")
            return
        report = self.session.report
        if report is not None and report.mandatory:
            message = Message("ui.package.seal_draft", n=len(report.mandatory))
            if not confirm(self, self.session, message, Message("ui.package.seal_anyway")):
                return
        # an older package stays whole, with its signatures
        proposed = unused(self.session.workspace.path.with_suffix(".asice")).name
        path = ask_save(
            self, self.session, Message("ui.package.seal"), proposed, Message("ui.files.packages")
        )
        if path is not None:
            self.seal(path)

    def seal(self, target: Path) -> None:
        """Lock the documents into a package that nobody has signed yet."""
        from desktop.submission.assembling import seal_workspace

        languages = tuple(language.value for language, tick in self._languages.items() if tick.isChecked())
        if self.runner.running:
            return
        snapshot = self.session.attempt(self.runner.snapshot)
        if snapshot is not None:
            chosen = languages or (self.session.source.value,)
            done = partial(self._on_sealed, self.session.workspace.position)
            self.runner.start(done, seal_workspace, snapshot, target, chosen)

    def _on_sealed(self, position: int, sealed: Sealed) -> None:
        session = self.session
        if not session.read_only:
            session.attempt(
                lambda: session.workspace.remember_package(sealed.path, sealed.id, position=position)
            )
        self.session.told.emit(Message("ui.package.sealed", file=sealed.path.name, n=sealed.files))
        self.take(sealed.path)

    def take(self, package: Path) -> None:
        """Work on this package from now on."""
        self._hold(package)
        self.verify(package)

    def _hold(self, package: Path) -> None:
        self.package = self.elsewhere.package = package
        self.elsewhere.setEnabled(True)
        self.session.speaker.tie(self._which, QLabel.setText, Message("ui.package.which", file=package.name))

    def _choose_package(self) -> None:
        path = ask_open(self, self.session, Message("ui.package.choose"), Message("ui.files.packages"))
        if path is not None:
            self.take(path)

    # -- signing --------------------------------------------------------------------------------
    def _choose_key(self, role: str) -> None:
        path = ask_open(self, self.session, Message("ui.package.key"), Message("ui.files.keys"), Purpose.KEYS)
        from desktop.trust import P12Key
        from desktop.trust.certificate import holder
        from desktop.trust.p12 import WrongPassword

        while path is not None and (password := ask_password(self, self.session, path.name)) is not None:
            key = P12Key(path, password)
            try:
                with key.open() as signer:
                    name = holder(signer.certificate)
            except RancangError as error:
                self.session.failed.emit(error.message)
                if isinstance(error, WrongPassword):
                    continue
                return
            if self._may_sign(role, name):
                self.sign_with(role, key)
            return

    def _may_sign(self, role: str, holder: str) -> bool:
        """Whether a key is the role's own person's, or somebody agrees to sign with it all the same."""
        person = next((name for each, _, name in self.signers() if each == role), "")
        if not person or same_person(person, holder):
            return True
        message = Message("ui.package.other_holder", holder=holder, person=person)
        return confirm(self, self.session, message, Message("ui.package.sign_anyway"), careful=True)

    def _choose_token(self, role: str) -> None:
        from desktop.ui.dialogs.token import ask_token

        key = ask_token(self, self.session)
        if key is not None:
            self.sign_with(role, key)

    def sign(self, role: str, key: Path, password: str) -> None:
        """Sign with a key file."""
        from desktop.trust import P12Key

        self.sign_with(role, P12Key(key, password))

    def sign_with(self, role: str, source: KeySource) -> None:
        """Sign the PDFs that wait for a role, or the package itself, with any key."""
        if self.package is None or self.runner.running:
            return
        from desktop.submission import sign_container, sign_pdfs

        anchors = self.session.attempt(self._anchors)
        if anchors is None:
            return
        if role == CONTAINER:
            work: Any = sign_container
            name = next((each for each in self._container_roles()), "")
        else:
            work, name = sign_pdfs, role
        self.runner.start(
            self._on_signed, work, self.package, self.package, source, name, anchors, clock.now()
        )

    def _container_roles(self) -> list[str]:
        from desktop.submission.assembling import container_signers

        return [each.role for each in container_signers(self.session.plan, self.session.pack)]

    def _on_signed(self, signed: Signed) -> None:
        self.session.told.emit(Message("ui.package.signing_done", n=max(len(signed.files), 1)))
        self.verify(signed.path)

    def offer_returned(self, package: Path, pdf: Path, inside: tuple[str, ...]) -> None:
        """Ask whether a PDF that came in signed shall take its place in a package."""
        if package != self.package:
            # not verified first: the one worker shall be free for putting the PDF in its place
            self._hold(package)
            self._show_roles()
        self.elsewhere.offer(pdf, inside)

    # -- verifying ------------------------------------------------------------------------------
    def _anchors(self) -> Any:
        from desktop.trust import load_anchors

        return load_anchors(self.trust)

    def _choose_trust(self) -> None:
        path = ask_open(
            self, self.session, Message("ui.package.trust"), Message("ui.files.certificates"), Purpose.KEYS
        )
        if path is not None:
            self.trust_also(path)

    def trust_also(self, certificate: Path) -> None:
        """Trust one more root until the window closes; refused when it is no certificate."""
        from desktop.trust import load_anchors

        if self.session.attempt(lambda: load_anchors([*self.trust, certificate])) is not None:
            self.trust.append(certificate)
            if self._judged is not None:
                self.verify(self._judged)
            message = Message("ui.package.trusted", n=len(self.trust))
            self.session.speaker.tie(self._trusted, QLabel.setText, message)

    def _choose_verify(self) -> None:
        path = ask_open(self, self.session, Message("ui.package.verify_file"), Message("ui.files.packages"))
        if path is not None:
            self.verify(path)

    def verify(self, path: Path) -> None:
        """Judge a file and show the verdict."""
        if self.runner.running:
            return
        from desktop.submission import verify_many

        anchors = self.session.attempt(self._anchors)
        if anchors is not None:
            arguments = ((path,), anchors, clock.now(), self.any.isChecked())
            self.runner.start(partial(self._on_verdict, path), verify_many, *arguments)

    def _on_verdict(self, path: Path, verdicts: tuple[Verdict, ...]) -> None:
        (verdict,) = verdicts
        self._judged = path
        self.view.show_verdict(verdict)
        if path == self.package:
            self.verdict = verdict
            self._show_roles()


def same_person(person: str, holder: str) -> bool:
    """Whether two names can be one person's: titles and degrees may stand in one and not in the other."""
    one, other = (set(re.findall(r"[^\W\d_]+", name.casefold())) for name in (person, holder))
    return one <= other or other <= one


def signed_roles(package: Path) -> set[str]:
    """Whose signatures a package holds already, :data:`CONTAINER` for its own; none if it cannot be read.

    What they are worth is the verdict's to say.
    """
    from desktop.submission.standing import standing

    found = standing(package)
    if found is None:
        return set()
    return set(found.signed) | ({CONTAINER} if found.closed else set())
