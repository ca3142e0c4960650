"""The opened file is an older copy of what stood there: the backup that holds the rest is offered."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.ui.dialogs.ask import confirm
from desktop.ui.session import Session


def offer_lost(parent: QWidget, session: Session) -> None:
    """Ask once, after opening; one click brings everything back, and not now is an answer too.

    What was perhaps never here comes only as colleagues' work does: looked at before.
    """
    older = session.workspace.older if session.is_open else None
    if older is None or session.workspace.read_only:
        return
    session.workspace.older = None
    if older.backup is None:
        session.failed.emit(Message("ui.older.nowhere"))
        return
    if older.others:
        from desktop.ui.dialogs.bring_back import bring_back_paths
        from desktop.workspace import whose_backup

        whose = whose_backup.told(older.backup, session.workspace.path)
        known, others = older.change_sets, older.others
        asked = Message("ui.older.others", whose=whose, known=known, others=others)
        if confirm(parent, session, asked, Message("ui.older.look")):
            bring_back_paths(parent, session, [older.backup.path])
        return
    path, asked = older.backup.path, Message("ui.older.here", n=older.change_sets)
    if not older.whole:
        asked = Message("ui.older.partly", n=older.change_sets)
    if confirm(parent, session, asked, Message("ui.older.bring_back")):
        done = session.attempt(lambda: session.apart(lambda: session.workspace.bring_back(path)))
        if done is not None:
            session.told.emit(Message("ui.told.brought_back", n=done.change_sets))
