"""What all editors of single values have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from desktop.base import Message
from desktop.ui.speaker import Speaker
from desktop.workspace.plan import Value

if TYPE_CHECKING:
    from desktop.ui.session import Session
    from desktop.ui.tracing import Subject


class Editor(QWidget):
    """The common manner of all editors."""

    edited = Signal()
    """A person changed what stands in it."""
    entered = Signal()
    """The focus came here."""
    left = Signal()
    """The focus went elsewhere."""
    history_wanted = Signal(object)
    """Who changed it when? Carries its :class:`Subject`."""
    quote_wanted = Signal()
    """An answer from a conversation shall be pasted here."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        self.speaker = speaker
        self.pending = False
        """Whether something is typed that is not written yet; the binding says so."""
        self.about: Callable[[], Subject] | None = None
        """What it edits, as something whose history can be told; who made the editor says so."""
        self.quotable: Callable[[], bool] | None = None
        """Whether an answer from a conversation can be pasted now; None where it never can."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def serve(self, session: Session, language: str) -> None:
        """Know the plan the value is a part of, and the language it is written in (the binding says so)."""

    @property
    def inner(self) -> QWidget:
        """The widget that takes the focus."""
        raise NotImplementedError

    def value(self) -> Value:
        """What stands in it. Raises :class:`NotUnderstood`."""
        raise NotImplementedError

    def show_value(self, value: Value) -> None:
        """Show a value; this is not an edit."""
        raise NotImplementedError

    def lock(self, *, locked: bool) -> None:
        """Allow or forbid editing."""
        self.inner.setEnabled(not locked)

    def name(self, name: str) -> None:
        """What a screen reader calls it."""
        self.inner.setAccessibleName(name)

    def describe(self, description: str) -> None:
        """What a screen reader says about it after its name."""
        self.inner.setAccessibleDescription(description)

    def hint(self, hint: str) -> None:
        """What stands in it, pale, while it is empty."""
        inner = self.inner
        if isinstance(inner, QLineEdit | QPlainTextEdit | QTextEdit):
            inner.setPlaceholderText(hint)

    def hold(self, inner: QWidget) -> None:
        """Contain one widget and watch its focus."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(inner)
        self.setFocusProxy(inner)
        inner.installEventFilter(self)

    # -- history --------------------------------------------------------------------------------
    def subject(self) -> Subject | None:
        """What it edits, if its history can be told."""
        return self.about() if self.about is not None else None

    def add_menu(self, text: QLineEdit | QPlainTextEdit | QTextEdit) -> None:
        """Let the menu of a text lead to its history; other widgets leave the menu to us."""
        text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        text.customContextMenuRequested.connect(
            lambda spot: self._open_menu(text.createStandardContextMenu(), text.mapToGlobal(spot))
        )

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open_menu(QMenu(self), event.globalPos())

    def _open_menu(self, menu: QMenu, where: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.quotable is not None and self.quotable():
            menu.addSeparator()
            quote = menu.addAction(self.speaker.say(Message("ui.quote.menu")))
            quote.triggered.connect(self.quote_wanted.emit)
        if self.about is not None:
            menu.addSeparator()
            history = menu.addAction(self.speaker.say(Message("ui.command.field_history")))
            history.triggered.connect(lambda: self.history_wanted.emit(self.subject()))
        if menu.isEmpty():
            menu.deleteLater()
        else:
            show_menu(menu, where)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and not self.pending
            and undoes(cast("QKeyEvent", event))
        ):
            # Ctrl+Z undoes letters while something is typed; else it is the window's: the last operation.
            event.ignore()
            return True
        if event.type() is QEvent.Type.FocusIn:
            self.entered.emit()
        if event.type() is QEvent.Type.FocusOut:
            reason = cast("QFocusEvent", event).reason()
            if reason is not Qt.FocusReason.PopupFocusReason:
                self.left.emit()
        return super().eventFilter(watched, event)


def kept(before: str, after: str, caret: int) -> int:
    """Where the caret belongs when a text is replaced: beside the same letters, if they are left."""
    same = 0
    for one, other in zip(before, after, strict=False):
        if one != other or same == caret:
            break
        same += 1
    if same == caret:
        return caret
    # Otherwise as far from the end as before, but not before the first letter that differs.
    return max(min(same, len(after)), len(after) - (len(before) - caret))


def show_menu(menu: QMenu, where: QPoint) -> None:
    """Show a menu until something is chosen."""
    menu.exec(where)


def undoes(event: QKeyEvent) -> bool:
    """Whether a key means Undo or Redo, which belong to the document and not to one field."""
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
