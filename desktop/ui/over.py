"""Before files are written under names nobody chose: a question about what lies there and is not ours."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from desktop.base import Message
from desktop.base.written import Decision, Stranger, look_for_strangers, strangers
from desktop.ui.dialogs.ask import box
from desktop.ui.running import Runner
from desktop.ui.session import Session

_AT_ONCE = 1_000_000
"""Bytes that are read without leaving the window for it, a few times each, from a slow share too."""
_NAMED = 8
"""Files a question names; of more the number is told."""


def when_free(
    parent: QWidget,
    session: Session,
    runner: Runner,
    targets: Iterable[Path],
    go: Callable[[Decision], object],
) -> None:
    """Call ``go`` with what the person decided about strangers among the files, at once where there are none.

    It is not called when they gave up, or when what lies there cannot be read (that is told).
    """
    there = tuple(each for each in dict.fromkeys(targets) if os.path.lexists(each))

    def decide(found: tuple[Stranger, ...]) -> None:
        decision = ask_over(parent, session, found) if found else Decision()
        if decision is not None:
            session.attempt(lambda: go(decision))

    if sum(_size(each) for each in there) > _AT_ONCE:
        runner.start(decide, look_for_strangers, there)
        return
    found = session.attempt(lambda: strangers(there))
    if found is not None:
        decide(found)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it is told by whoever reads it
        return 0


def ask_over(parent: QWidget, session: Session, found: tuple[Stranger, ...]) -> Decision | None:
    """Ask whether files are replaced or kept beside the new ones; None when the person gave up.

    What somebody has signed is never replaced: then only the other way is offered.
    """
    signed = any(each.signed for each in found)
    names = "\n".join(f"•\N{NO-BREAK SPACE}{each.path.name}" for each in found[:_NAMED])
    if len(found) > _NAMED:
        names += f"\n{session.say(Message('ui.over.more', n=len(found) - _NAMED))}"
    about = Message("ui.over.signed" if signed else "ui.over.changed", n=len(found))
    folder = found[0].path.parent
    where = session.say(Message("ui.over.folder", folder=str(folder)))
    # in one text: the smaller one below it would take a name for HTML
    made = box(parent, QMessageBox.Icon.Warning, f"{session.say(about)}\n\n{names}\n\n{where}")
    both = QPushButton(session.say(Message("ui.over.both")))
    made.addButton(both, QMessageBox.ButtonRole.AcceptRole)
    replace = None
    if not signed:
        replace = made.addButton(
            session.say(Message("ui.over.replace")), QMessageBox.ButtonRole.DestructiveRole
        )
    cancel = made.addButton(QMessageBox.StandardButton.Cancel)
    made.setEscapeButton(cancel)
    # Enter alone loses nothing
    made.setDefaultButton(both)
    made.exec()
    clicked = made.clickedButton()
    if clicked is both:
        return Decision(beside=True)
    return Decision(replace=found) if replace is not None and clicked is replace else None
