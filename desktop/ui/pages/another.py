"""Another package in the place of the one that a document was locked into: nobody but this document knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.ui.dialogs.ask import confirm
from desktop.ui.session import Session
from desktop.ui.standings import Standings

if TYPE_CHECKING:
    from desktop.submission.standing import Standing


def another_there(session: Session, package: Path | None, found: Standing | None) -> Message | None:
    """That what lies at this place is not what this document was locked into there, the last time."""
    if package is None or found is None:
        return None
    here = Standings.of(session).locked_at(package)
    ours = {here} if here else session.workspace.locked_at(package)
    if ours <= {found.id}:
        return None
    return Message("ui.package.another", file=package.name)


def asked_id(found: Standing | None) -> str:
    """The id of what somebody was asked about; of what could not be read then nothing is signed later."""
    return found.id if found is not None else "-"


def may_be_another(owner: QWidget, session: Session, package: Path, found: Standing | None) -> bool:
    """Whether nothing speaks against signing it, or somebody takes it all the same."""
    told = another_there(session, package, found)
    if told is None:
        return True
    question = Message("ui.package.another_ask", told=told)
    return confirm(owner, session, question, Message("ui.package.another_anyway"), careful=True)
