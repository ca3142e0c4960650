"""What is kept from earlier guidelines and has no place in the present one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.fading import fade
from desktop.ui.pages.page import Page
from desktop.ui.session import Session
from desktop.workspace.moving.leftovers import Leftover, leftovers
from desktop.workspace.moving.slots import Content
from desktop.workspace.moving.telling import excerpt, said


class LeftoverPage(Page):
    """A list by guideline with its own words; below it the whole of what is chosen."""

    purpose = Message("ui.leftover.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        self.none = widgets.label(speaker, Message("ui.leftover.none"), "muted", wrap=True)
        self.late = widgets.button(
            speaker, Message("ui.leftover.take_along"), self._take_along, icon="combine", look="primary"
        )
        self.late_note = widgets.label(speaker, Message("ui.leftover.late"), wrap=True)
        self.add(self.none)
        self.add(widgets.line(self.late_note, self.late, 1, spacing=10))
        self.tree = QTreeWidget()
        fade(self.tree)
        self.tree.setColumnCount(3)
        self.tree.setUniformRowHeights(True)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        widgets.call(speaker, self.tree, Message("ui.page.leftover"))
        self.tree.currentItemChanged.connect(lambda *_: self._show())
        self.add(self.tree, 3)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.grown(90))
        widgets.call(speaker, self.text, Message("ui.leftover.text"))
        self.copy: QPushButton = widgets.button(speaker, Message("ui.leftover.copy"), self._copy, icon="copy")
        self.about = widgets.blank()
        self.about.setWordWrap(True)
        self.about.setProperty("look", "muted")
        self.add(self.text, 1)
        self.add(widgets.line(self.copy, 1))
        self.add(self.about)
        # without a list the words stand at the top, not in the middle
        self._below = QWidget()
        self.add(self._below, 20)
        self.found: tuple[Leftover, ...] = ()

    def has_findings(self) -> bool:
        return False

    def refresh(self) -> None:
        self.found = self.session.attempt(lambda: leftovers(self.session.workspace)) or ()
        say, language = self.session.say, self.session.speaker.language.value
        columns = ("item", "about", "written")
        self.tree.setHeaderLabels([say(Message(f"ui.leftover.column.{each}")) for each in columns])
        self.tree.clear()
        tops: dict[str, QTreeWidgetItem] = {}
        for number, one in enumerate(self.found):
            if one.pack not in tops:
                tops[one.pack] = QTreeWidgetItem([say(one.title)])
                self.tree.addTopLevelItem(tops[one.pack])
                tops[one.pack].setFirstColumnSpanned(True)
                tops[one.pack].setExpanded(True)
            item = QTreeWidgetItem(
                [
                    say(_label(one)),
                    excerpt(Content(None, one.about), language),
                    excerpt(one.content, language, one.choices),
                ]
            )
            item.setData(0, Qt.ItemDataRole.UserRole, number)
            for column in range(2):
                item.setToolTip(column, item.text(column))
            tops[one.pack].addChild(item)
        late = any(one.late for one in self.found)
        for part in (self.late, self.late_note):
            part.setVisible(late and not self.session.read_only)
        self.none.setVisible(not self.found)
        self._below.setVisible(not self.found)
        shown: tuple[QWidget, ...] = (self.tree, self.text, self.copy, self.about)
        for widget in shown:
            widget.setVisible(bool(self.found))
        first = next((top.child(0) for top in tops.values()), None)
        if first is not None:
            self.tree.setCurrentItem(first)
        self._show()

    @property
    def chosen(self) -> Leftover | None:
        """The entry chosen in the list."""
        item = self.tree.currentItem()
        number = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        return self.found[number] if isinstance(number, int) else None

    def _show(self) -> None:
        one = self.chosen
        language = self.session.speaker.language.value
        self.text.setPlainText(said(one.content, language, one.choices) if one else "")
        self.copy.setEnabled(one is not None)
        told = [Message("cli.leftover.evidence", file=file.name) for file in one.evidence] if one else []
        told += (
            [Message("cli.leftover.comment", who=each.author, text=each.body) for each in one.comments]
            if one
            else []
        )
        self.about.setText("\n".join(self.session.say(each) for each in told))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.session.told.emit(Message("ui.leftover.copied"))

    def _take_along(self) -> None:
        from desktop.workspace.moving.late import take_along

        self.session.drafts.flush()
        count = self.session.attempt(lambda: take_along(self.session.workspace))
        if count:
            self.session.told.emit(Message("cli.leftover.taken", n=count))


def _label(one: Leftover) -> Message:
    """What it is called, and whether it is an older text or came late."""
    if one.older:
        return Message("ui.leftover.older", label=one.label)
    if one.late:
        return Message("ui.leftover.came_late", label=one.label)
    return Message("ui.leftover.label", label=one.label)
