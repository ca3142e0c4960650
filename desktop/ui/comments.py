"""Comments in the window: threads of remarks with their answers, on texts and on fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QWidget,
    QWidgetAction,
)  # fmt: skip

from desktop.base import Language, LocalText, Message
from desktop.base.message import Param
from desktop.base.speech import date, moment
from desktop.checks.places import title_of_place
from desktop.exchange import remarks
from desktop.exchange.remarks import UNSETTLED, may_settle
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import closing
from desktop.ui.helping.asking import offer_help
from desktop.ui.keys import sequence
from desktop.ui.roles import ROLE_NAMES, Role
from desktop.workspace.plan import Comment, Place, Plan

if TYPE_CHECKING:
    from desktop.ui.session import Session

STATES = {
    "open": (Message("ui.comment.state_open"), "warn"),
    "answered": (Message("ui.comment.state_answered"), "info"),
    "done": (Message("ui.comment.state_done"), "good"),
    "declined": (Message("ui.comment.state_declined"), "info"),
}


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark and the answers to it, oldest first."""

    first: Comment
    answers: tuple[Comment, ...]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.first.state in UNSETTLED


def threads(plan: Plan, wanted: Callable[[Comment], bool] = lambda _comment: True) -> list[Thread]:
    """The threads whose first remark is wanted, oldest first."""
    answers: dict[str, list[Comment]] = {}
    for each in plan.comments:
        if each.parent:
            answers.setdefault(each.parent, []).append(each)
    first = [each for each in plan.comments if not each.parent and wanted(each)]
    return [
        Thread(each, tuple(sorted(answers.get(each.id, ()), key=lambda one: (one.at, one.id))))
        for each in sorted(first, key=lambda one: (one.at, one.id))
    ]


def about(place: Place, comment: Comment) -> bool:
    """Whether a comment is about a place: in its language, or in any where one of both names none."""
    there = comment.place
    spoken = {place.language, there.language}
    same = len(spoken) == 1 or "" in spoken
    if place.table in {"answer", "page"}:
        return same and replace(there, language="") == replace(place, language="")
    # of a cell the command line also says which item it is
    return same and (there.table, there.row, there.field) == (place.table, place.row, place.field)


# -- asking -----------------------------------------------------------------------------------------
class CommentDialog(QDialog):
    """A remark in words, and, if something was agreed, who does it until when."""

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        quote: str = "",
        *,
        answer: bool = False,
        what: Param | None = None,
    ) -> None:
        super().__init__(parent)
        offer_help(self, "comments")
        say, speaker = session.say, session.speaker
        self._session = session
        self.setWindowTitle(say(Message("ui.comment.answer" if answer else "ui.comment.add")))
        self.resize(theme.grown(440), 0)
        layout = widgets.column(margins=(16, 14, 16, 14))
        self.setLayout(layout)
        if what is not None:
            layout.addWidget(
                widgets.label(speaker, Message("ui.comment.about", what=what), "muted", wrap=True)
            )
        if quote:
            layout.addWidget(widgets.label(speaker, f"\u201c{quote}\u201d", "muted", wrap=True))
        self.body = QPlainTextEdit()
        self.body.setTabChangesFocus(True)
        self.body.setFixedHeight(theme.grown(110))
        self.body.setPlaceholderText(say(Message("ui.comment.words")))
        widgets.call(speaker, self.body, Message("ui.comment.words"))
        layout.addWidget(self.body)
        self.owner, self.due = QComboBox(), QLineEdit()
        self.due.setMinimumWidth(theme.grown(110))
        if not answer:
            layout.addLayout(self._agreed())
        self._said = widgets.label(speaker, "", "bad", wrap=True)
        self._said.hide()
        layout.addWidget(self._said)
        layout.addLayout(closing(speaker, Message("ui.comment.keep"), self.accept, self.reject))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(sequence(keys), self).activated.connect(self.accept)
        self.body.setFocus()

    def _agreed(self) -> QHBoxLayout:
        session, speaker = self._session, self._session.speaker
        self.owner.addItem(session.say(Message("ui.comment.nobody")), "")
        for agency in session.plan.agencies:
            name = agency.short_name or LocalText(dict(agency.name.values)).read(speaker.language)
            self.owner.addItem(name, agency.id)
        widgets.call(speaker, self.owner, Message("ui.comment.owner"))
        widgets.call(speaker, self.due, Message("ui.comment.due"))
        speaker.tie(self.due, QLineEdit.setPlaceholderText, Message("ui.value.date_hint"))
        hint = self.due.fontMetrics().horizontalAdvance(session.say(Message("ui.value.date_hint")))
        self.due.setMinimumWidth(hint + theme.grown(30))
        self.owner.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        both = widgets.line(spacing=12)
        for title, editor, share in (
            (Message("ui.comment.owner"), self.owner, 2),
            (Message("ui.comment.due"), self.due, 1),
        ):
            named = widgets.label(speaker, title, "field")
            named.setBuddy(editor)
            field = widgets.column(spacing=4)
            field.addWidget(named)
            field.addWidget(editor)
            both.addLayout(field, share)
        return both

    def due_day(self) -> str:
        """The agreed day (ISO), or nothing. Raises NotUnderstood."""
        from desktop.exchange.values import parse

        english = self._session.speaker.language is Language.EN
        return str(parse("date", self.due.text(), english=english) or "")

    def accept(self) -> None:
        """An empty remark, or a day that is none, is told and not kept."""
        from desktop.exchange.values import NotUnderstood

        try:
            self.due_day()
        except NotUnderstood as problem:
            self._complain(problem.message)
            return
        if not self.body.toPlainText().strip():
            self._complain(Message("ui.comment.nothing_said"))
            return
        super().accept()

    def _complain(self, message: Message) -> None:
        self._session.speaker.tie(self._said, QLabel.setText, message)
        self._said.show()


def add(parent: QWidget, session: Session, place: Place, *, block: str = "", quote: str = "") -> None:
    """Ask for a remark about a place and keep it as one change."""
    if session.locked:
        return
    session.drafts.flush()
    about_it = title_of_place(session.plan, session.guide, place)
    dialog = CommentDialog(parent, session, quote, what=about_it)
    if not dialog.exec():
        return
    body, owner = dialog.body.toPlainText().strip(), str(dialog.owner.currentData() or "")
    due = dialog.due_day()

    def keep() -> None:
        with session.change(Message("ui.op.comment")) as operation:
            operation.comment(place, body, session.author(), block=block, quote=quote, owner=owner, due=due)

        session.told.emit(Message("ui.comment.kept", what=about_it or ""))

    session.attempt(keep)


def answer(parent: QWidget, session: Session, comment: str) -> None:
    """Ask for an answer to a remark and keep it as one change."""
    if session.locked:
        return
    dialog = CommentDialog(parent, session, answer=True)
    if not dialog.exec():
        return
    body = dialog.body.toPlainText().strip()

    def keep() -> None:
        with session.change(Message("ui.op.comment_answer")) as operation:
            operation.reply(comment, body, session.author())

    session.attempt(keep)


def settle(session: Session, comment: Comment, state: str) -> None:
    """Say that a remark is answered, done, declined or open again."""

    def keep() -> None:
        with session.change(Message("ui.op.comment_state", state=STATES[state][0])) as operation:
            remarks.settle(operation, comment, state, session.author())

    session.attempt(keep)


# -- showing ----------------------------------------------------------------------------------------
class ThreadCard(QFrame):
    """One thread: who said what when, the answers, and what can be done about it."""

    chosen = Signal()
    """The card got the keyboard or was clicked."""

    def __init__(self, session: Session, thread: Thread, *, lost: bool = False) -> None:
        super().__init__()
        self._session = session
        self.thread_shown = thread
        self.setProperty("look", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        speaker, first = session.speaker, thread.first
        box = widgets.column(margins=(10, 8, 10, 8), spacing=4)
        self.setLayout(box)
        head = widgets.line(widgets.label(speaker, self._who(first), "field", wrap=True), 1)
        box.addLayout(head)
        if first.state in STATES:
            chip = widgets.label(speaker, STATES[first.state][0])
            widgets.chip(chip, STATES[first.state][1])
            head.addWidget(chip)
        if first.quote:
            box.addWidget(widgets.label(speaker, f"\u201c{first.quote}\u201d", "muted", wrap=True))
        if lost:
            box.addWidget(widgets.label(speaker, Message("ui.comment.lost"), "warn", wrap=True))
        box.addWidget(widgets.label(speaker, first.body, wrap=True))
        if first.owner or first.due:
            box.addWidget(widgets.label(speaker, self._agreed(first), "muted", wrap=True))
        for each in thread.answers:
            box.addWidget(widgets.rule())
            box.addWidget(widgets.label(speaker, self._who(each), "field", wrap=True))
            box.addWidget(widgets.label(speaker, each.body, wrap=True))
        box.addLayout(self._buttons(first))
        widgets.call(speaker, self, Message("ui.comment.thread", author=first.author, body=first.body))

    def _who(self, comment: Comment) -> Callable[[], str]:
        def said() -> str:
            speaker = self._session.speaker
            role = ROLE_NAMES.get(Role(comment.role)) if comment.role in set(Role) else None
            parts = [comment.author, speaker.say(role) if role else "", self._when(comment.at)]
            return " · ".join(part for part in parts if part)

        return said

    def _when(self, at: str) -> str:
        try:
            return moment(dt.datetime.fromisoformat(at), self._session.speaker.language)
        except ValueError:
            return at

    def _agreed(self, comment: Comment) -> Message:
        agency = self._session.plan.agency(comment.owner) if comment.owner else None
        who = (agency.short_name or LocalText(dict(agency.name.values))) if agency else ""
        try:
            due = date(dt.date.fromisoformat(comment.due), self._session.speaker.language)
        except ValueError:
            due = ""
        if not who:
            return Message("ui.comment.agreed_due", due=due or "\N{EM DASH}")
        return (
            Message("ui.comment.agreed", owner=who, due=due)
            if due
            else Message("ui.comment.agreed_who", owner=who)
        )

    def _buttons(self, first: Comment) -> QHBoxLayout:
        session, made = self._session, widgets.line(spacing=2)
        deeds: list[tuple[Message, str, Callable[[], object]]] = [
            (Message("ui.comment.answer"), "reply", partial(answer, self, session, first.id))
        ]
        mine = may_settle(first, session.author())
        if first.state in UNSETTLED and mine:
            deeds += [
                (Message("ui.comment.set_done"), "check", partial(settle, session, first, "done")),
                (Message("ui.comment.set_declined"), "x", partial(settle, session, first, "declined")),
            ]
        elif first.state == "open":
            # settling it is for who asked; anybody can say that there is an answer
            answered = partial(settle, session, first, "answered")
            deeds.append((Message("ui.comment.set_answered"), "check", answered))
        if first.state not in UNSETTLED and mine:
            deeds.append((Message("ui.comment.reopen"), "undo-2", partial(settle, session, first, "open")))
        for name, icon, run in deeds:
            button = widgets.tool(session.speaker, name, icon, run)
            button.setEnabled(not session.locked)
            made.addWidget(button)
        made.addStretch(1)
        return made

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]  # Qt hands a focus event
        self.chosen.emit()

    def mousePressEvent(self, event: object) -> None:
        super().mousePressEvent(event)  # type: ignore[arg-type]  # Qt hands a mouse event
        self.chosen.emit()


class CommentMark(QToolButton):
    """A small mark for any field: how many remarks are open; pressing it shows them and takes a new one.

    Call :meth:`refresh` whenever the field is refreshed.
    """

    def __init__(
        self,
        session: Session,
        place: Place,
        before: Callable[[], object] = lambda: None,
        *,
        about_page: bool = False,
    ) -> None:
        super().__init__()
        from desktop.ui import icons

        self._session, self.place, self._before = session, place, before
        self._about_page = about_page
        self._count = -1
        icons.tie(self, partial(widgets.dress_tool, icon="message-square"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(lambda _on=False: self.open())
        self.refresh()

    def _threads(self) -> list[Thread]:
        return threads(self._session.plan, lambda each: about(self.place, each))

    def refresh(self) -> None:
        """Count again."""
        count = sum(each.is_open for each in self._threads())
        if count != self._count:
            self._count = count
            self.setText(str(count) if count else "")
            name = Message("ui.comment.mark_page" if self._about_page else "ui.comment.mark", n=count)
            self._session.speaker.tie(self, QToolButton.setToolTip, name)
            widgets.call(self._session.speaker, self, name)

    def open(self) -> None:
        """Show what was said here."""
        found = self._threads()
        if not found:
            self._before()
            add(self, self._session, self.place)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in found:
            holder = QWidgetAction(menu)
            card = ThreadCard(self._session, each)
            card.setFixedWidth(theme.grown(300))
            for button in card.findChildren(QToolButton):
                button.clicked.connect(menu.close)
            holder.setDefaultWidget(card)
            menu.addAction(holder)
        more = menu.addAction(self._session.say(Message("ui.comment.add")))
        more.setEnabled(not self._session.locked)
        more.triggered.connect(lambda: add(self, self._session, self.place))
        from desktop.ui.fields.editor import show_menu

        show_menu(menu, self.mapToGlobal(QPoint(0, self.height())))


def quotes(found: Iterable[Thread]) -> dict[str, list[str]]:
    """What open remarks quote, by block, to be marked in the text."""
    made: dict[str, list[str]] = {}
    for each in found:
        if each.is_open and each.first.block:
            made.setdefault(each.first.block, []).append(each.first.quote)
    return made
