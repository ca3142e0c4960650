"""Locking: the documents become a package that nobody has signed yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel

from desktop.base import Language, Message, RancangError
from desktop.base.written import as_decided, chosen
from desktop.checks.forewords import told
from desktop.checks.initials import missing, parafs
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import confirm
from desktop.ui.dialogs.files import ask_save, unused
from desktop.ui.fields.box import language_name
from desktop.ui.own.office import today
from desktop.ui.pages.another import asked_id, may_be_another
from desktop.ui.pages.knowing import Knowing
from desktop.ui.pages.package.replacing import Replacing
from desktop.ui.pages.package.said import Said
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.ui.standings import Known, Standings

if TYPE_CHECKING:
    from desktop.submission.sealing import Sealed
    from desktop.submission.standing import Standing
    from desktop.trust.anchors import Anchors


class SealCard(widgets.Card):
    """What is still open, which languages are printed, and the button that locks."""

    def __init__(
        self,
        session: Session,
        runner: Runner,
        anchors: Callable[[], Anchors | None],
        take: Callable[[Path], object],
    ) -> None:
        """``take`` is called with the package that was made; by ``anchors`` the one it replaces is judged."""
        super().__init__(session.speaker, Message("ui.package.seal"), Message("ui.package.seal.note"))
        self.session, self.runner, self._anchors, self._take = session, runner, anchors, take
        self.knowing = Knowing(self, session, runner)
        speaker = session.speaker
        self._open = widgets.label(speaker, "", "warn", wrap=True)
        self.add(self._open)
        # it is told, and keeps nobody from locking
        self._initials = widgets.label(speaker, "", "muted", wrap=True)
        self._initials.hide()
        self.add(self._initials)
        self._foreword = widgets.label(speaker, "", "muted", wrap=True)
        self._foreword.hide()
        self.add(self._foreword)
        self._languages: dict[Language, QCheckBox] = {}
        row = widgets.line()
        for language in (session.source, session.second):
            tick = QCheckBox()
            tick.setChecked(language is session.source)
            # in the plan's own language people sign: it always goes along
            tick.setEnabled(language is not session.source)
            speaker.tie(tick, QCheckBox.setText, language_name(language))
            self._languages[language] = tick
            row.addWidget(tick)
        row.addStretch(1)
        self.button = widgets.button(
            speaker, Message("ui.package.seal"), self.choose_target, icon="lock", look="primary"
        )
        row.addWidget(self.button)
        self.replacing = Replacing(session)
        self.add(self.replacing)
        self.add(row)

    def refresh(self) -> None:
        """Say how much of what is mandatory is still open."""
        report = self.session.report
        count = len(report.mandatory) if report is not None else 0
        theme.look(self._open, "warn" if count else "good")
        message = Message("ui.checks.blocked", n=count) if count else Message("ui.checks.free")
        self.session.speaker.tie(self._open, QLabel.setText, message)
        lacking = missing(parafs(self.session.plan, self.session.pack, today(self.session)))
        self._initials.setVisible(bool(lacking))
        if lacking:
            # by whom stands in the list below
            awaited = Message("ui.package.seal_initials", n=len(lacking))
            self.session.speaker.tie(self._initials, QLabel.setText, awaited)
        silent = told(self.session.plan, self.session.pack)
        self._foreword.setVisible(silent is not None)
        if silent is not None:
            self.session.speaker.tie(self._foreword, QLabel.setText, silent)
        self.replacing.refresh()

    def choose_target(self) -> None:
        """Ask where the package shall lie, once it is known which package it would replace."""
        packages = self.session.attempt(self.replacing.packages)
        if packages is not None:
            self.knowing.once(packages, partial(self._choose_target, self.replacing.shown))

    def _is_said(self) -> bool:
        """Whether it was said what is replaced; else that is asked for."""
        if self.replacing.unsaid and self.replacing.none_known:
            first = Message("ui.package.replaces_first")
            if confirm(self, self.session, first, Message("ui.package.replaces_is_first")):
                self.replacing.say_first()
        if not self.replacing.unsaid:
            return True
        self.session.failed.emit(Message("ui.package.replaces_unsaid"))
        self.replacing.choice.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _is_closed(self, replaced: Path, found: Standing | None) -> bool:
        """Whether it can be what was handed in, or somebody names it all the same."""
        from desktop.submission.replaced import not_closed

        told = not_closed(replaced.name, found) if found is not None else None
        return told is None or confirm(self, self.session, told, Message("ui.package.replaces_anyway"))

    def _choose_target(self, shown: tuple[Path | None] | None) -> None:
        """Ask where, after what is still open was told; ``shown``: what was to be replaced then."""
        self.replacing.refresh()
        replaced = self.replacing.chosen
        if shown not in {None, (replaced,)} or self.replacing.exchanged:
            self.session.failed.emit(Message("ui.package.replaces_changed"))
            return
        identity = ""
        if replaced is not None:
            answer = Standings.of(self.session).ask(replaced, self)
            found = answer.standing if isinstance(answer, Known) else None
            if not may_be_another(self, self.session, replaced, found) or not self._is_closed(
                replaced, found
            ):
                return
            identity = asked_id(found)
        from desktop.submission.assembling import StillDiffering, check_sealable

        try:
            check_sealable(self.session.workspace)
        except RancangError as error:
            self.session.failed.emit(error.message)
            if isinstance(error, StillDiffering):
                self.session.show("differing")
            return
        if not self._is_said():
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
            self.seal(path, replaced, identity)

    def seal(self, target: Path, replaced: Path | None = None, identity: str = "") -> None:
        """Lock the documents into a package that nobody has signed yet.

        ``replaced``: the package before, with the ``identity`` that somebody was asked about: minutes pass
        while a place is chosen.
        """
        from desktop.submission.assembling import seal_workspace

        languages = tuple(language.value for language, tick in self._languages.items() if tick.isChecked())
        if not self.runner.free():
            return
        anchors = self._anchors()
        there, snapshot = chosen(target), self.session.attempt(self.runner.snapshot)
        if snapshot is not None and anchors is not None:
            given = (seal_workspace, snapshot, target, languages, replaced, identity, anchors)
            self.runner.start(partial(self._on_sealed, replaced=replaced), as_decided, there, *given)

    def _on_sealed(self, sealed: Sealed, replaced: Path | None = None) -> None:
        session = self.session
        Said.of(session).locked(sealed.path, sealed.id, replaced)
        # what the document remembers is newer than what it could not
        Standings.of(session).note_locked(sealed.path, sealed.id if session.read_only else "")
        if not session.read_only:
            session.attempt(
                lambda: session.workspace.remember_package(sealed.path, sealed.id, position=sealed.position)
            )
        told = Message("ui.package.sealed", file=sealed.path.name, n=sealed.files)
        if sealed.kept is not None:
            told = Message("ui.package.kept", done=told, file=sealed.kept.name)
        if session.read_only:
            told = Message("ui.package.not_noted", done=told)
        session.told.emit(told)
        if sealed.doubt is not None:
            session.failed.emit(sealed.doubt)
        self._take(sealed.path)
