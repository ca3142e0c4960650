"""The folders of the last run once more: those that only the register names are asked about, unlooked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.submission.plainly import shown
from desktop.submission.register.folders_here import received_from
from desktop.ui.dialogs.ask import confirm
from desktop.ui.session import Session

_SHOWN = 8
"""Folders that are named; of more it is said how many."""


def may_read(parent: QWidget, session: Session, register: Path, named: Sequence[Path]) -> bool:
    """Whether what a register names may be read: it was received from here before, or the person agrees."""
    known = received_from(register)
    strange = [each for each in named if str(each) not in known]
    if not strange:
        return True
    lines = [shown(str(each)) for each in strange[:_SHOWN]]
    if len(strange) > _SHOWN:
        lines.append(session.say(Message("ui.desk.again_more", n=len(strange) - _SHOWN)))
    question = Message("ui.desk.again_from", folders="\n".join(lines))
    return confirm(parent, session, question, Message("ui.desk.again_read"), careful=True)
