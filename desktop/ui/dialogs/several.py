"""Several things that went wrong at once: each of them is told, in one list that stays until it is closed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QWidget

from desktop.base import Message
from desktop.ui import theme
from desktop.ui.dialogs.ask import Ask, fit
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session


class Several(Ask):
    """All of them, to be read, searched by eye and copied."""

    def __init__(self, session: Session, head: Message, problems: Sequence[Message], parent: QWidget) -> None:
        super().__init__(session, head, Message("ui.several.ok"), parent)
        offer_help(self, "desk")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).hide()
        self.told = QPlainTextEdit("\n\n".join(map(session.say, dict.fromkeys(problems))))
        self.told.setReadOnly(True)
        self.told.setTabChangesFocus(True)
        self.told.setMinimumHeight(theme.grown(180))
        self.field(Message("ui.several.list"), self.told)
        fit(self, parent, 640, 420)


def tell_all(parent: QWidget, session: Session, head: Message, problems: Sequence[Message]) -> None:
    """Say each of them; one alone as any other sentence that somebody must read.

    What stands first may be the least: whoever can lay a file into a folder could hide the others behind it.
    """
    if len(problems) > 1:
        Several(session, head, problems, parent).exec()
    for problem in problems if len(problems) == 1 else ():
        session.failed.emit(problem)
