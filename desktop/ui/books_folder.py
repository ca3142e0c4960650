"""Where printed documents go: a folder beside the workspace."""

from __future__ import annotations

from pathlib import Path

from desktop.base import Message
from desktop.ui.session import Session


def books_folder(session: Session) -> Path:
    """The folder of the open workspace's books; it is made when something is printed."""
    path = session.workspace.path
    return path.with_name(f"{path.stem} - {session.say(Message('ui.books.folder_name'))}")
