"""What is done with guideline packs in the window: installing after a plain warning, faults, differences."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.base import Message, RancangError
from desktop.base.quoting import bounded_each
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask, confirm
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.guideline import BrokenPack, PackFile
    from desktop.guideline.store import Available

TOLD = 400
"""So many lines at most are shown in a dialog; the command line tells all."""


def install_pack(
    parent: QWidget, session: Session, path: Path, shown: PackFile | None = None
) -> Available | None:
    """Keep a pack on this computer; where nobody known vouches for it, the person is asked plainly.

    ``shown``: what the person has seen of it; that is kept, and not what lies at its path by now.
    """
    from desktop.guideline import BrokenPack, open_pack
    from desktop.guideline.provenance import provenance
    from desktop.guideline.store import install

    try:
        opened = shown if shown is not None else open_pack(path)
    except BrokenPack as error:
        show_faults(parent, session, path, error)
        return None
    except RancangError as error:
        session.failed.emit(error.message)
        return None
    signed = session.attempt(lambda: provenance(opened))
    if signed is None:
        return None
    title = opened.pack.pack.called
    if signed.warning is not None:
        question = Message("ui.guidelines.question", title=bounded_each(title), warning=signed.warning)
        if not confirm(parent, session, question, Message("ui.guidelines.install_anyway"), careful=True):
            return None
    made = session.attempt(lambda: install(opened, confirmed=True))
    if made is not None:
        session.told.emit(Message("ui.guidelines.installed", title=title, version=made.version))
    return made


def show_faults(parent: QWidget, session: Session, path: Path, error: BrokenPack) -> None:
    """Everything that is wrong with a pack file; one fault alone is a sentence like any other failure."""
    if len(error.faults) == 1:
        session.failed.emit(error.message)
        return
    title = Message("ui.guidelines.faults", file=path.name, n=len(error.faults))
    show_lines(parent, session, title, [fault.message for fault in error.faults])


def show_lines(parent: QWidget, session: Session, title: Message, lines: Iterable[Message | str]) -> None:
    """A list of sentences that can be read with the keyboard and copied."""
    dialog = Ask(session, title, Message("ui.guidelines.close"), parent)
    offer_help(dialog, "guidelines")
    dialog.resize(theme.grown(680), theme.grown(460))
    edit = QPlainTextEdit()
    edit.setReadOnly(True)
    edit.setTabChangesFocus(True)
    edit.setMinimumHeight(theme.grown(280))
    said = [each if isinstance(each, str) else session.say(each) for each in lines]
    more = len(said) - TOLD
    if more > 0:
        said = [*said[:TOLD], session.say(Message("ui.guidelines.more", n=more))]
    edit.setPlainText("\n".join(said))
    widgets.call(session.speaker, edit, title)
    dialog.body.addWidget(edit)
    edit.setFocus()
    for button in dialog.buttons.buttons():
        button.setVisible(button is dialog.ok)
    dialog.exec()


def show_difference(parent: QWidget, session: Session, before: Available, after: Available) -> None:
    """What is new, gone and changed from one pack to another."""
    lines = session.attempt(lambda: differing_lines(session, before, after))
    if lines is not None:
        title = Message(
            "ui.guidelines.difference",
            before=before.title,
            v1=before.version,
            after=after.title,
            v2=after.version,
        )
        show_lines(parent, session, title, lines or [Message("ui.guidelines.same")])


def differing_lines(session: Session, before: Available, after: Available) -> list[str]:
    """The sentences of the comparison, in the language of the window. Raises what reading a pack raises."""
    from desktop.guideline import load_pack
    from desktop.guideline.comparing import compare

    lines = []
    for one in compare(load_pack(before.read()), load_pack(after.read()), session.speaker.language.value):
        lines.append(session.say(one.message))
        lines += [f"      {session.say(aspect.message)}" for aspect in one.aspects]
    return lines


def show_check(parent: QWidget, session: Session, path: Path) -> None:
    """Every fault of a pack file, or what to know of a whole one."""
    title = Message("ui.guidelines.checked", file=path.name)
    lines = session.attempt(lambda: checked_lines(path))
    if lines is not None:
        show_lines(parent, session, title, lines)


def checked_lines(path: Path) -> list[Message]:
    """Faults with file, key and remedy, or the remarks. Raises BrokenSignature, FileProblem."""
    from desktop.guideline import BrokenPack, open_pack
    from desktop.guideline.parts import remarks
    from desktop.guideline.provenance import provenance

    try:
        opened = open_pack(path)
    except BrokenPack as error:
        return [fault.message for fault in error.faults]
    return [Message("ui.guidelines.whole"), *remarks(opened.pack, provenance(opened))]
