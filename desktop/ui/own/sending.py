"""Sending: what is filled in is marked as sent, a file of changes is written, and what to do next is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from desktop.base import Message, RancangError
from desktop.base.speech import file_size, value_text
from desktop.checks.owing import Owed, Owing
from desktop.exchange import duties
from desktop.ui import widgets
from desktop.ui.background import beside
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import unused
from desktop.ui.files.intake import Intake
from desktop.ui.helping.asking import offer_help
from desktop.ui.own.office import office_here, today
from desktop.ui.session import Session
from desktop.ui.settings import Purpose, start_folder

if TYPE_CHECKING:
    from desktop.exchange.changes_file import Sent
    from desktop.workspace import Workspace

NAMED = 6
"""Unfinished parts told by name."""
Way = Callable[["Workspace", Path], "Sent"]


def changes_file(workspace: Workspace, target: Path) -> Sent:
    """The usual way: a file of changes with the photos that the others have not got."""
    from desktop.exchange.changes_file import send

    return send(workspace, target, evidence=True)


class StillComing(RancangError):
    """Photos are still being made ready."""

    def __init__(self) -> None:
        super().__init__(Message("ui.own.still_coming"))


def picture(session: Session) -> Owing:
    """Who owes what by now."""
    return Owing(session.plan, session.pack, today(session))


def send_own(session: Session, way: Way = changes_file) -> tuple[Sent, tuple[Owed, ...]] | None:
    """Mark what this office filled in as sent and write the file; None when that failed and was told."""
    session.drafts.flush()

    def work() -> tuple[Sent, tuple[Owed, ...]]:
        if Intake.of(session).busy:
            raise StillComing
        agency, owing = office_here(session), picture(session)
        parts = duties.to_send(owing.of(agency))
        if parts:
            with session.change(Message("ui.op.send", n=len(parts))) as operation:
                for part in parts:
                    duties.say(operation, owing, part, duties.SENT, session.author())
        try:
            return beside(lambda: way(session.workspace, place_for(session, agency))), parts
        except BaseException:  # nothing left this computer, so nothing was sent; raised again
            if parts:
                session.workspace.undo()
            raise

    return session.attempt(work)


def place_for(session: Session, agency: str) -> Path:
    """Where the file goes: beside the document, else among the person's documents; never over another."""
    from desktop.workspace.changes_file import SUFFIX

    found = session.plan.agency(agency)
    name = (found.short_name or found.name.read(session.speaker.language.value)) if found is not None else ""
    flat = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", name).strip(" .")[:60] or "OPD"
    word = session.say(Message("ui.own.file", agency=flat, day=today(session).isoformat()))
    beside_it = session.workspace.path.parent
    folder = beside_it if _takes_files(beside_it) else start_folder(session.settings, Purpose.EXPORTS, None)
    return unused(folder / f"{word}{SUFFIX}")


def _takes_files(folder: Path) -> bool:
    """Whether a file can be written there (a stick may be locked)."""
    import os

    return os.access(folder, os.W_OK)


class SentDialog(Ask):
    """The file lies here, is so large, and goes into the chat with these words."""

    def __init__(
        self, session: Session, sent: Sent, parts: tuple[Owed, ...], left: tuple[Owed, ...], parent: QWidget
    ) -> None:
        """``parts`` are in the file; ``left`` are not finished yet."""
        title = Message("ui.own.sent") if not left else Message("ui.own.sent_so_far", n=len(left))
        super().__init__(session, title, Message("ui.own.sent.done"), parent)
        offer_help(self, "mine")
        speaker = session.speaker
        self.buttons.button(self.buttons.StandardButton.Cancel).hide()
        self._path = sent.path
        size = file_size(sent.size, speaker.language)
        fits = Message("ui.own.sent.fits") if sent.fits_chat else Message("ui.own.sent.too_large")
        told = Message("ui.own.sent.size", size=size, fits=fits)
        self.told = widgets.label(speaker, told, "good" if sent.fits_chat else "warn", wrap=True)
        self.body.addWidget(self.told)
        if left:
            names = ", ".join(value_text(each.title, speaker.language) for each in left[:NAMED])
            still = Message("ui.own.sent.left", parts=names)
            if len(left) > NAMED:
                still = Message("ui.own.sent.left_more", parts=names, more=len(left) - NAMED)
            self.left = widgets.label(speaker, still, "muted", wrap=True)
            self.body.addWidget(self.left)
        self.where = QLineEdit(str(sent.path))
        self.where.setReadOnly(True)
        self.where.setCursorPosition(0)
        self.field(Message("ui.own.sent.where"), self.where)
        self.open_button = widgets.button(
            speaker, Message("ui.own.sent.open"), self.open_folder, icon="folder-open"
        )
        self.copy_path = widgets.button(
            speaker, Message("ui.own.sent.copy_path"), lambda: self._copy(str(self._path)), icon="copy"
        )
        self.body.addLayout(widgets.line(self.open_button, self.copy_path, 1))
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setPlainText(chat_words(session, sent.path, parts))
        self.words.setFixedHeight(150)
        self.field(Message("ui.own.sent.words"), self.words)
        self.copy_words = widgets.button(
            speaker,
            Message("ui.own.sent.copy_words"),
            lambda: self._copy(self.words.toPlainText()),
            icon="copy",
        )
        self.body.addLayout(widgets.line(self.copy_words, 1))
        self._copied = widgets.label(speaker, "", "good", wrap=True)
        self.body.addWidget(self._copied)
        self.ok.setFocus()

    def _copy(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.session.speaker.tie(self._copied, type(self._copied).setText, Message("ui.own.sent.copied"))

    def open_folder(self) -> None:
        """Show the folder in which the file lies."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))


def chat_words(session: Session, path: Path, parts: tuple[Owed, ...]) -> str:
    """What to write in the chat beside the file."""
    plan = session.plan
    agency = plan.agency(office_here(session))
    name = agency.name.read(session.speaker.language.value) if agency is not None else ""
    say = session.say
    lines = [say(Message("ui.own.chat.greeting"))]
    lines.append(say(Message("ui.own.chat.file", agency=name, file=path.name, region=plan.region.name)))
    if parts:
        lines.append(say(Message("ui.own.chat.parts")))
        lines += [f"- {say(Message('ui.own.chat.part', part=each.title))}" for each in parts]
    lines.append(say(Message("ui.own.chat.closing")))
    return "\n".join(lines)
