"""Choosing files and folders: a dialog begins where such files were used last or shall lie."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.base import Message
from desktop.base.plain import plain_part
from desktop.ui.session import Session
from desktop.ui.settings import Purpose, start_folder
from desktop.ui.speaker import Speech

__all__ = ["Purpose", "ask_folder", "ask_open", "ask_open_many", "ask_save", "unused"]

EVERY = Message("ui.files.all")


def ask_open(
    parent: QWidget,
    session: Session,
    title: Speech,
    kinds: Speech = EVERY,
    purpose: Purpose = Purpose.IMPORTS,
) -> Path | None:
    """One file that exists; None when the person changed their mind. ``kinds`` is Qt's filter in words."""
    path, _ = QFileDialog.getOpenFileName(
        parent, session.say(title), str(_begin(session, purpose)), session.say(kinds)
    )
    return _took(session, purpose, path)


def ask_open_many(
    parent: QWidget,
    session: Session,
    title: Speech,
    kinds: Speech = EVERY,
    purpose: Purpose = Purpose.EVIDENCE,
) -> list[Path]:
    """Any number of files that exist."""
    paths, _ = QFileDialog.getOpenFileNames(
        parent, session.say(title), str(_begin(session, purpose)), session.say(kinds)
    )
    for path in paths[:1]:
        _took(session, purpose, path)
    return [Path(path) for path in paths]


def ask_save(
    parent: QWidget,
    session: Session,
    title: Speech,
    name: str,
    kinds: Speech = EVERY,
    purpose: Purpose = Purpose.EXPORTS,
    where: Path | None = None,
) -> Path | None:
    """Where to write a file that is proposed to be called ``name`` (and to lie in ``where``)."""
    folder = where if where is not None and where.is_dir() else _begin(session, purpose)
    offered = session.say(kinds)
    path, _ = QFileDialog.getSaveFileName(parent, session.say(title), str(folder / plain_part(name)), offered)
    endings = () if "(*)" in offered else re.findall(r"\*(\.[\w-]+)", offered)
    typed = Path(path).suffix
    if path and (not typed or (endings and typed.casefold() not in endings)):
        # Qt asked about the name as it was typed; about the whole one nobody was asked.
        path = str(unused(Path(f"{path.rstrip('.')}{Path(name).suffix}")))
    return _took(session, purpose, path)


def unused(path: Path) -> Path:
    """The path itself, or one numbered beside it when something lies there already."""
    free, number = path, 2
    while free.exists():
        free, number = path.with_stem(f"{path.stem} ({number})"), number + 1
    return free


def ask_folder(
    parent: QWidget, session: Session, title: Speech, purpose: Purpose = Purpose.EXPORTS
) -> Path | None:
    """A folder that exists."""
    path = QFileDialog.getExistingDirectory(parent, session.say(title), str(_begin(session, purpose)))
    if path:
        _remember(session, purpose, Path(path))
    return Path(path) if path else None


def _begin(session: Session, purpose: Purpose) -> Path:
    beside = session.workspace.path.parent if session.is_open else None
    return start_folder(session.settings, purpose, beside)


def _took(session: Session, purpose: Purpose, path: str) -> Path | None:
    if not path:
        return None
    _remember(session, purpose, Path(path).parent)
    return Path(path)


def _remember(session: Session, purpose: Purpose, folder: Path) -> None:
    if session.settings.last_folders.get(purpose) != str(folder):
        session.remember(last_folders={**session.settings.last_folders, purpose.value: str(folder)})
