"""Chapters edited in Word come back: what each file changes, sentence by sentence, and what is taken over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QTabWidget, QWidget

from desktop.base import Message
from desktop.exchange.counting import counted
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask, fit
from desktop.ui.dialogs.edited_told import RemarksTree, StepsTree, sentences
from desktop.ui.dialogs.files import Purpose, ask_open_many
from desktop.ui.dialogs.scrolled import Scrolled
from desktop.ui.helping.asking import offer_help
from desktop.ui.reviewing.diff import DiffLabel
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.exchange.edited import Proposal, Taken

ENDINGS = frozenset({".docx", ".docm", ".doc", ".odt", ".rtf", ".dotx"})
"""What people call a Word file; what it is shows when it is read."""

WHOLE = 900
"""Letters of a sentence before and after up to which it is shown whole, word by word."""


def receive_word(parent: QWidget, session: Session) -> None:
    """Choose Word files, then as for those that are known."""
    title, kinds = Message("ui.command.chapters_in"), Message("ui.files.edited")
    paths = ask_open_many(parent, session, title, kinds, Purpose.IMPORTS)
    if paths:
        receive_edited(parent, session, paths)


def receive_edited(parent: QWidget, session: Session, paths: Sequence[Path]) -> None:
    """Look at Word files one after the other; each is taken over as one change, as far as it is ticked."""
    for path in paths:
        dialog = EditedIn(session, path, parent)
        dialog.exec()
        dialog.deleteLater()


class EditedIn(Ask):
    """Reads the file in a process of its own, shows its sentences by what is to be decided about them."""

    def __init__(self, session: Session, path: Path, parent: QWidget) -> None:
        super().__init__(
            session, Message("ui.edited.title", file=path.name), Message("ui.edited.take", n=0), parent
        )
        offer_help(self, "edited-chapters")
        fit(self, parent, least=640)
        self._path, self._over = path, parent
        self.proposal: Proposal | None = None
        """What was found, once it is."""
        self.taken: Taken | None = None
        self.trees: list[StepsTree] = []
        self.remarks: RemarksTree | None = None
        self.runner = Runner(session)
        self.body.addWidget(self.runner)
        self.ok.setEnabled(False)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        session.speaker.tie(cancel, QPushButton.setText, Message("ui.back.not_now"))
        self.buttons.accepted.disconnect(self.accept)
        self.buttons.accepted.connect(self.take_over)
        session.failed.connect(self._failed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.proposal is None and not self.runner.running:
            self._look()

    def _look(self) -> None:
        from desktop.exchange.edited.looking import look

        def begin() -> None:
            self.runner.start(self.show_proposal, look, self.runner.snapshot(), self._path)

        self.session.attempt(begin)

    def _failed(self, _message: Message) -> None:
        """What is wrong with the file was said; there is nothing left to decide."""
        if self.proposal is None:
            self.reject()

    # -- what was found ----------------------------------------------------------------------------
    def show_proposal(self, proposal: Proposal) -> None:
        """Show what the file would change."""
        self.proposal = proposal
        speaker = self.session.speaker
        for icon, role, message in sentences(proposal):
            text = widgets.label(speaker, message, wrap=True)
            self.body.addLayout(widgets.line(widgets.picture(icon, role, 18), text, 1, spacing=10))
        if proposal.is_empty:
            self._nothing()
            return
        fit(self, self._over, 980, 680, least=640)
        self.tabs = QTabWidget()
        self.tabs.setMinimumHeight(theme.grown(260))
        for standing in _TABS:
            passages = [each for each in proposal.passages if each.standing.value == standing]
            if passages:
                title = _title(standing, len(passages))
                tree = StepsTree(self.session, passages, title)
                tree.ticked.connect(self._count)
                tree.looked_at.connect(self._show_step)
                self.trees.append(tree)
                self.tabs.addTab(tree, self.session.say(title))
        if any(each.is_new for each in proposal.remarks):
            self.remarks = RemarksTree(self.session, proposal.remarks)
            self.remarks.ticked.connect(self._count)
            count = sum(each.is_new for each in proposal.remarks)
            self.tabs.addTab(self.remarks, self.session.say(Message("ui.edited.tab.comments", count=count)))
        self.body.addWidget(self.tabs, 1)
        self.words = DiffLabel(self.session)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.words_head = widgets.label(speaker, Message("ui.edited.words"), "field")
        self.body.addWidget(self.words_head)
        # a sentence as long as it may be pushes no button off the screen
        self.words_area = Scrolled()
        self.words_area.setFixedHeight(theme.grown(96))
        self.words_area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widgets.call(speaker, self.words_area, Message("ui.edited.words"))
        self.words_area.box.addWidget(self.words, 1)
        self.body.addWidget(self.words_area)
        self.tabs.currentChanged.connect(self._turn)
        self._turn(0)
        self._count()

    def _nothing(self) -> None:
        """Nothing to decide: the one button that is left says so."""
        self.ok.hide()
        self.buttons.removeButton(self.buttons.button(QDialogButtonBox.StandardButton.Cancel))
        close = widgets.button(self.session.speaker, Message("ui.back.close"), self.reject)
        self.buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        self.shrink()

    def _turn(self, _place: int) -> None:
        shown = self.tabs.currentWidget()
        for each in (self.words_area, self.words_head):
            each.setVisible(isinstance(shown, StepsTree))
        if isinstance(shown, StepsTree):
            shown.look_at_first()

    def _show_step(self, before: str, after: str) -> None:
        self.words.show_values(before, after, whole=len(before) + len(after) < WHOLE)

    # -- taking over -------------------------------------------------------------------------------
    @property
    def chosen(self) -> dict[int, tuple[int, ...]]:
        """What is ticked: steps by the number of their text."""
        return {number: steps for tree in self.trees for number, steps in tree.chosen().items()}

    def _count(self) -> None:
        count = sum(map(len, self.chosen.values()))
        said = len(self.remarks.chosen()) if self.remarks is not None else 0
        action = Message("ui.edited.take", n=count)
        if said:
            action = Message("ui.edited.take_comments", n=said)
            if count:
                action = Message("ui.edited.take_both", n=count, comments=said)
        self.session.speaker.tie(self.ok, QPushButton.setText, action)
        self.ok.setEnabled(bool(count or said))

    def take_over(self) -> None:
        """Take over what is ticked, as one change."""
        from desktop.exchange.edited import take_over

        proposal = self.proposal
        if proposal is None or not self.ok.isEnabled():
            return
        session, chosen = self.session, self.chosen
        remarks = self.remarks.chosen() if self.remarks is not None else ()
        session.drafts.flush()

        def work() -> Taken:
            return session.apart(lambda: take_over(session.workspace, proposal, chosen, remarks))

        self.taken = session.attempt(work)
        if self.taken is None:
            return
        done = self.taken
        session.told.emit(
            Message(
                "ui.edited.taken",
                file=done.file,
                counts=counted(texts=done.texts, changes=done.steps, comments=done.remarks),
            )
        )
        self.accept()

    def done(self, result: int) -> None:
        """Whoever leaves before it is found out does not want to know it any more."""
        self.session.failed.disconnect(self._failed)
        if self.runner.running:
            self.runner.stop()
        super().done(result)


_TABS = ("new", "changed", "conflicting", "doubtful")
"""The tabs, in the order in which they are decided."""


def _title(standing: str, count: int) -> Message:
    return Message(f"ui.edited.tab.{standing}", count=count)
