"""Small questions and sentences in a window of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from desktop.base import Message
from desktop.ui import icons, theme, widgets
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session
from desktop.ui.speaker import Speaker, Speech

MARGIN = 40
"""Pixels of the window that are seen beside a large dialog."""


_ICONS = {
    QMessageBox.Icon.Question: ("circle-question-mark", "primary"),
    QMessageBox.Icon.Information: ("info", "primary"),
    QMessageBox.Icon.Warning: ("triangle-alert", "warn"),
}
"""The program's own, in the colours of the theme."""


def box(parent: QWidget | None, icon: QMessageBox.Icon, text: str) -> QMessageBox:
    """A sentence in a box. It is shown letter by letter: what it names may come from strangers."""
    made = QMessageBox(parent)
    name, role = _ICONS[icon]
    made.setIconPixmap(icons.pixmap(name, theme.colours()[role], theme.grown(28)))
    made.setWindowTitle("Rancang")
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    return made


def tell(parent: QWidget, session: Session, message: Message) -> None:
    """Say a sentence that somebody must read."""
    made = box(parent, QMessageBox.Icon.Warning, session.say(message))
    made.setStandardButtons(QMessageBox.StandardButton.Ok)
    made.exec()


def inform(parent: QWidget, session: Session, message: Message) -> None:
    """Say a sentence that warns of nothing."""
    made = box(parent, QMessageBox.Icon.Information, session.say(message))
    made.setStandardButtons(QMessageBox.StandardButton.Ok)
    made.exec()


def confirm(
    parent: QWidget, session: Session, message: Message, action: Message, *, careful: bool = False
) -> bool:
    """Ask whether to go on; the button says what happens then. ``careful``: Enter alone changes nothing."""
    made = box(parent, QMessageBox.Icon.Question, session.say(message))
    yes = made.addButton(session.say(action), QMessageBox.ButtonRole.AcceptRole)
    cancel = made.addButton(QMessageBox.StandardButton.Cancel)
    made.setDefaultButton(cancel if careful else yes)
    made.exec()
    return made.clickedButton() is yes


def closing(
    speaker: Speaker, words: Speech, take: Callable[[], object], leave: Callable[[], object]
) -> QHBoxLayout:
    """The two buttons below a small dialog, in the order of all others; Enter takes, it never leaves."""
    accept = widgets.button(speaker, words, take, look="primary")
    cancel = widgets.button(speaker, Message("ui.editor.cancel"), leave)
    cancel.setAutoDefault(False)
    return widgets.line(1, accept, cancel)


def fit(dialog: QDialog, parent: QWidget, wide: int = 0, high: int = 0, *, least: int = 0) -> None:
    """Make a dialog as large as it wants to be (pixels at 100 %), but no larger than the window it is over.

    ``least`` is how wide it stays where a person makes it smaller.
    """
    room = parent.window().size()
    if least:
        dialog.setMinimumWidth(min(theme.grown(least), room.width() - MARGIN))
    if wide and high:
        dialog.resize(
            min(theme.grown(wide), room.width() - MARGIN), min(theme.grown(high), room.height() - MARGIN)
        )


class Ask(QDialog):
    """A dialog of our own: a heading, content, and two buttons."""

    def __init__(self, session: Session, title: Speech, accept: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self._asked = False
        self.widen(460)
        session.speaker.tie(self, QDialog.setWindowTitle, title)
        layout = widgets.column(margins=(20, 18, 20, 16), spacing=10)
        self.setLayout(layout)
        layout.addWidget(widgets.label(session.speaker, title, "section", wrap=True))
        self.body = widgets.column(spacing=6)
        layout.addLayout(self.body)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        # no standard button: Qt would write its own word on it whenever the language changes
        self.ok = QPushButton()
        self.ok.setProperty("look", "primary")
        session.speaker.tie(self.ok, QPushButton.setText, accept)
        self.buttons.addButton(self.ok, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)
        # only now: a button outside its dialog is nobody's default, and Enter would press Cancel
        self.ok.setDefault(True)

    def be_careful(self) -> None:
        """Enter alone changes nothing: there is something to be read first."""
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setDefault(True)
        cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def widen(self, least: int) -> None:
        """Be at least so wide, in pixels at 100 %: it grows with the letters, up to the window."""
        parent = self.parentWidget()
        room = parent.window().width() - MARGIN if parent is not None else theme.grown(least)
        self.setMinimumWidth(max(least, min(theme.grown(least), room)))

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._give_room()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # a layout grows its window by itself; what a person does with its edges is theirs
        if self.isVisible() and not event.spontaneous():
            self._keep_in_view()

    def showEvent(self, event: QShowEvent) -> None:
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            # a text that wraps guesses its height for another width than it gets
            self.resize(self.width(), self._needed())
        super().showEvent(event)

    def _needed(self) -> int:
        layout = self.layout()
        wanted = layout.totalHeightForWidth(self.width()) if layout is not None else 0
        return max(wanted, self.minimumHeight())

    def _give_room(self) -> None:
        """What is shown later must not lie over what stood there before."""
        if self._needed() > self.height():
            self.resize(self.width(), self._needed())

    def _keep_in_view(self) -> None:
        """Growing downwards must not carry the buttons below the lower edge of the screen."""
        room, frame = self.screen().availableGeometry(), self.frameGeometry()
        if frame.bottom() > room.bottom():
            self.move(frame.left(), max(room.top(), room.bottom() + 1 - frame.height()))

    def shrink(self) -> None:
        """Take no more room than what is shown by now needs."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.resize(self.width(), self._needed())

    def field(self, name: Speech, editor: QWidget) -> None:
        """Add a named editor."""
        label = widgets.label(self.session.speaker, name, "field")
        label.setBuddy(editor)
        widgets.call(self.session.speaker, editor, name)
        self.body.addWidget(label)
        self.body.addWidget(editor)
        if not self._asked:
            # The buttons were there first and would have the cursor.
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._asked = True


def ask_why(
    parent: QWidget,
    session: Session,
    title: Message,
    question: Message,
    accept: Message,
    *,
    topic: str = "duties",
    about: Sequence[tuple[Message, str]] = (),
) -> str:
    """A reason in words; empty when the person changed their mind.

    ``about`` are sentences above the question, each with its look; ``topic`` is what F1 opens.
    """
    dialog = Ask(session, title, accept, parent)
    offer_help(dialog, topic)
    for sentence, look in about:
        dialog.body.addWidget(widgets.label(session.speaker, sentence, look, wrap=True))
    edit = QPlainTextEdit()
    edit.setFixedHeight(90)
    edit.setTabChangesFocus(True)
    dialog.field(question, edit)
    dialog.ok.setEnabled(False)
    edit.textChanged.connect(lambda: dialog.ok.setEnabled(bool(edit.toPlainText().strip())))
    return edit.toPlainText().strip() if dialog.exec() == QDialog.DialogCode.Accepted else ""


def ask_reason(parent: QWidget, session: Session, about: Message) -> str:
    """Why a finding is set aside; empty when the person changed their mind."""
    return ask_why(
        parent, session, Message("ui.aside.title"), Message("ui.aside.reason"), Message("ui.aside.accept"),
        topic="checks", about=((about, ""), (Message("ui.aside.note"), "muted")),
    )  # fmt: skip


def ask_password(parent: QWidget, session: Session, file: str) -> str | None:
    """The password of a key file; None when the person gave up."""
    dialog = Ask(session, Message("ui.password.title"), Message("ui.password.accept"), parent)
    offer_help(dialog, "signing")
    edit = QLineEdit()
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    dialog.field(Message("ui.password.field", file=file), edit)
    return edit.text() if dialog.exec() == QDialog.DialogCode.Accepted else None
