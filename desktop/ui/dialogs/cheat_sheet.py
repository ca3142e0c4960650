"""Every key of the window on one sheet: searched, chosen, printed."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, Qt
from PySide6.QtGui import QKeySequence, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QDialog, QLineEdit

from desktop.base import Message
from desktop.base.placing import put
from desktop.base.written import chosen, decided, keep_signed
from desktop.ui import inside, theme, widgets
from desktop.ui.commands import MENU_TITLES, Menu
from desktop.ui.dialogs.files import ask_save
from desktop.ui.helping.asking import offer_help
from desktop.ui.key_notes import PLACES
from desktop.ui.keys import sequence
from desktop.ui.shell.finding import Haystack
from desktop.ui.shell.sections import Entry, SectionedList

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from desktop.ui.window import MainWindow


ARROW = "Arrow"
"""Any of the four arrow keys."""


def native(keys: str, arrow: str = ARROW) -> str:
    """Every shortcut of some, as this computer writes them; ``arrow`` is what any arrow key is called."""
    how = QKeySequence.SequenceFormat.NativeText
    # What is no single key (Ctrl+Arrow) stands as it is.
    return "  ".join(sequence(each).toString(how) or each.replace(ARROW, arrow) for each in keys.split())


def sheet(window: MainWindow) -> list[Entry]:
    """What keys do: the commands of the role at work, then the keys of tables and texts."""
    say = window.session.say
    arrow = say(Message("ui.keys.arrow"))
    entries = [
        Entry(
            command.id,
            say(command.title).removesuffix("\N{HORIZONTAL ELLIPSIS}"),
            MENU_TITLES[command.place],
            partial(window.commands.run, command.id),
            beside=say(command.hint),
            note=say(command.hint),
            keys=native(command.keys),
            icon=command.icon,
        )
        for menu in Menu
        for command in window.commands.offered()
        if command.keys and command.place is menu
    ]
    entries.extend(
        Entry(
            f"{place.id}/{note.keys}", say(note.what), place, keys=native(note.keys, arrow), icon="keyboard"
        )
        for place, notes in PLACES.items()
        for note in notes()
    )
    return entries


class CheatSheet(QDialog):
    """A search line over all keys; Enter gives the command."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        offer_help(self, "keyboard")
        self._session = session = window.session
        speaker = session.speaker
        self._entries = sheet(window)
        self._hay = Haystack((each.title, f"{each.beside} {each.keys}") for each in self._entries)
        self.picked: Entry | None = None
        speaker.tie(self, QDialog.setWindowTitle, Message("ui.keys.title"))
        self.resize(
            min(theme.grown(760), window.width() - 40), min(theme.grown(560), max(320, window.height() - 60))
        )
        layout = widgets.column(margins=(16, 16, 16, 14))
        self.setLayout(layout)
        layout.addWidget(widgets.label(speaker, Message("ui.keys.note"), "muted", wrap=True))
        self.search = QLineEdit()
        speaker.tie(self.search, QLineEdit.setPlaceholderText, Message("ui.keys.look"))
        widgets.call(speaker, self.search, Message("ui.keys.look"))
        inside.mark(self.search, "search")
        self.list = SectionedList(session)
        widgets.call(speaker, self.list, Message("ui.keys.title"))
        print_ = widgets.button(speaker, Message("ui.keys.print"), self._print, icon="printer")
        print_.setAutoDefault(False)
        close = widgets.button(speaker, Message("ui.keys.shut"), self.reject)
        close.setAutoDefault(False)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addLayout(widgets.line(print_, 1, close))
        self.search.textChanged.connect(self.search_for)
        self.search.returnPressed.connect(self._take)
        self.list.activated.connect(lambda _index: self._take())
        self.search_for("")

    def search_for(self, text: str) -> None:
        """Show the keys that answer, by menu."""
        groups: dict[Message, list[Entry]] = {}
        for place in self._hay.find(text):
            groups.setdefault(self._entries[place].section, []).append(self._entries[place])
        self.list.show_groups(groups.items())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self.list.walk(event)
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        self.picked = self.list.chosen()
        if self.picked is not None and self.picked.run is not None:
            self.accept()

    def _print(self) -> None:
        path = ask_save(
            self, self._session, Message("ui.keys.print"), "pintasan-rancang.pdf", Message("ui.files.pdf")
        )
        if path is not None:
            there = chosen(path)
            self._session.attempt(lambda: decided(there, lambda: self.write(path)))

    def write(self, path: Path) -> None:
        """Write the whole sheet as a PDF of A4 pages, to be printed and laid beside the keyboard.

        Raises FileProblem.
        """
        keep_signed(path)
        data = QByteArray()
        written = QBuffer(data)
        written.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(written)
        writer.setTitle(self._session.say(Message("ui.keys.title")))
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Portrait,
                QMarginsF(18, 16, 18, 16),
                QPageLayout.Unit.Millimeter,
            )
        )
        document = QTextDocument()
        document.setDefaultFont(self.font())
        document.setHtml(self.html())
        document.print_(writer)
        put(path, bytes(data.data()))
        self._session.told.emit(Message("ui.keys.written", file=path.name))

    def html(self) -> str:
        """The whole sheet as a table under headings."""
        say = self._session.say
        parts = [f"<h2>{escape(say(Message('ui.keys.title')))}</h2>"]
        before: Message | None = None
        for entry in self._entries:
            if entry.section != before:
                if before is not None:
                    parts.append("</table>")
                parts.append(f"<h4>{escape(say(entry.section).replace('&', ''))}</h4><table width='100%'>")
                before = entry.section
            parts.append(f"<tr><td width='34%'>{escape(entry.keys)}</td><td>{escape(entry.title)}</td></tr>")
        return "".join([*parts, "</table>"])


def show_cheat_sheet(window: MainWindow) -> None:
    """Show every key; what was chosen is done."""
    dialog = CheatSheet(window)
    if dialog.exec() and dialog.picked is not None and dialog.picked.run is not None:
        dialog.picked.run()
