"""A document that is signed after the package was closed ends that: whoever does it is asked first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.ui.dialogs.ask import confirm
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission.standing import Standing


def may_reopen(parent: QWidget, session: Session, standing: Standing | None) -> bool:
    """Whether documents may be signed now: nobody closed the package, or the person wants it all the same."""
    if standing is None or not standing.closed:
        return True
    who = ", ".join(dict.fromkeys(each.called for each in standing.signers if each.closes))
    question = Message("ui.package.reopen", who=who or "?")
    return confirm(parent, session, question, Message("ui.package.reopen_anyway"), careful=True)
