"""A workspace that cannot be opened: its backups on this computer are offered in its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.base import Message, clock
from desktop.base.plain import plain
from desktop.base.speech import file_size, moment
from desktop.ui import theme, widgets
from desktop.ui.ago import ago
from desktop.ui.dialogs.ask import Ask, confirm
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.workspace import Backup


REASONS = {
    "open": Message("ui.rescue.reason.open"),
    "import": Message("ui.rescue.reason.import"),
    "bring_back": Message("ui.rescue.reason.bring_back"),
    "migrate": Message("ui.rescue.reason.migrate"),
    "close": Message("ui.rescue.reason.close"),
}
"""Why a backup was made, as far as the program says so."""


def identity(session: Session, path: Path) -> str:
    """The identity of a workspace file: from the file where it can still tell, else remembered."""
    from desktop.exchange.arrival import workspace_of

    found = workspace_of(path) if path.is_file() else ""
    return found or next((each.workspace for each in session.settings.recent if each.path == str(path)), "")


def backups_of(session: Session, path: Path) -> list[Backup]:
    """The backups of a workspace file that cannot be opened: of this copy first, newest first."""
    from desktop.workspace import whose_backup
    from desktop.workspace.backup import listed

    workspace = identity(session, path)
    if not workspace:
        return []
    own, others = whose_backup.divided(listed(workspace), path)
    return [*own, *others]


class Rescue(Ask):
    """What is wrong, and the backups to choose from."""

    def __init__(
        self,
        session: Session,
        problem: Message,
        saved: list[Backup],
        parent: QWidget,
        whose: str = "",
        place: Path | None = None,
    ) -> None:
        """``whose``: of which document they are; ``place``: of the file, where others have backups too."""
        super().__init__(session, Message("ui.rescue.title"), Message("ui.rescue.accept"), parent)
        offer_help(self, "backups")
        speaker = session.speaker
        self.setMinimumWidth(theme.grown(560))
        told = widgets.label(speaker, problem, "bad", wrap=True)
        self.body.addLayout(widgets.line(widgets.picture("triangle-alert", "bad", 18), told, 1, spacing=10))
        self.body.addWidget(widgets.label(speaker, Message("ui.rescue.note"), wrap=True))
        if whose:
            self.body.addWidget(
                widgets.label(speaker, Message("ui.rescue.document", document=whose), wrap=True)
            )
        self.list = QListWidget()
        self.list.setMinimumHeight(160)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for each in saved:
            item = QListWidgetItem(described(session, each, place))
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.field(Message("ui.rescue.list"), self.list)

    def chosen(self) -> Backup:
        """The backup to put in place."""
        chosen: Backup = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        return chosen


def described(session: Session, backup: Backup, place: Path | None = None) -> str:
    """When a backup was made, why, how large it is and, beside the file at ``place``, of whose copy."""
    from desktop.workspace import whose_backup

    language = session.speaker.language
    why = REASONS.get(backup.reason)
    parts = [
        session.say(ago(backup.at, clock.now())),
        moment(backup.at, language),
        session.say(why) if why is not None else "",
        file_size(backup.size, language),
    ]
    about = " \N{MIDDLE DOT} ".join(each for each in parts if each)
    # in a line of its own: at the end of a long one it would be cut off
    return about if place is None else f"{about}\n{session.say(whose_backup.told(backup, place))}"


def offer_backups(parent: QWidget, session: Session, path: Path, problem: Message) -> bool:
    """Offer the backups of a file that could not be opened; whether there were any to offer."""
    saved = backups_of(session, path)
    if not saved:
        return False
    number = identity(session, path)
    known = [each for each in session.settings.recent if each.workspace == number]
    whose = f"{plain(known[0].title)} ({known[0].path})" if known else ""
    place = path if len({each.place for each in saved}) > 1 else None
    dialog = Rescue(session, problem, saved, parent, whose, place)
    if dialog.exec() == Rescue.DialogCode.Accepted:
        # a file says itself which document it is: whoever sent it may have written any number into it
        if all(Path(each.path) != path for each in known) and not confirm(
            parent,
            session,
            Message(
                "ui.rescue.elsewhere", file=plain(path.name), folder=str(path.parent), document=whose or "-"
            ),
            Message("ui.rescue.accept"),
            careful=True,
        ):
            return True
        if not _agreed(parent, session, dialog.chosen(), place):
            return True
        from desktop.workspace import Workspace

        session.attempt(lambda: session.adopt(Workspace.restore(path, dialog.chosen(), session.author())))
        if session.is_open:
            session.told.emit(Message("ui.told.restored"))
    return True


def _agreed(parent: QWidget, session: Session, saved: Backup, place: Path | None) -> bool:
    """Whether another copy than ours is to take its place; asked only where it is one."""
    from desktop.workspace import whose_backup

    if place is None or whose_backup.is_own(saved, place):
        return True
    asked = Message("ui.rescue.question_other", whose=whose_backup.told(saved))
    return confirm(parent, session, asked, Message("ui.rescue.accept"), careful=True)
