"""The editor that opens over a text of the book, right where it stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from desktop.base import Language, Message
from desktop.ui import theme, widgets
from desktop.ui.fields.binding import Binding
from desktop.ui.fields.box import language_name
from desktop.ui.fields.counting import WordCount, counted
from desktop.ui.fields.editor import Editor
from desktop.ui.fields.editors import editor_for
from desktop.ui.grid.source import name_of
from desktop.ui.printed.spots import Spot
from desktop.ui.session import Session

LEAST_WIDTH = 300
RICH_HEIGHT = 180


class InPlace(QFrame):
    """One field. Leaving it writes one operation; Esc leaves it too."""

    def __init__(
        self, session: Session, spot: Spot, language: Language, left: Callable[[bool], object]
    ) -> None:
        super().__init__()
        self._session = session
        self._left = left
        """Called when it is left, with whether the person stays with the text."""
        self.spot = spot
        self.setProperty("look", "inplace")
        self.setAutoFillBackground(True)
        speaker = session.speaker
        box = widgets.column(margins=(10, 8, 10, 10), spacing=4)
        self.setLayout(box)
        name = widgets.label(speaker, name_of(spot.field), "field", wrap=True)
        hint = widgets.label(speaker, Message("ui.printed.leave"), "muted")
        box.addLayout(widgets.line(name, 1, hint))
        self.editor = self._make_editor()
        self.binding = Binding(
            session, spot.register, self.editor, language.value if spot.field.bilingual else ""
        )
        self.binding.refused.connect(self._on_refused)
        called = name_of(spot.field)
        if spot.field.bilingual and language != session.source:
            called = Message("ui.field.in_language", field=called, language=language_name(language))
        speaker.tie(self.editor, Editor.name, called)
        box.addWidget(self.editor, 1)
        if counted(spot.field):
            count = WordCount(speaker, spot.field, self.editor)
            box.addWidget(count)
        self.said = widgets.label(speaker, "", "bad", wrap=True)
        self.said.hide()
        box.addWidget(self.said)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)
        self.binding.refresh()
        for each in self.findChildren(WordCount):
            each.count()
        if spot.field.type == "rich_text":
            self.editor.inner.moveCursor(QTextCursor.MoveOperation.Start)  # type: ignore[attr-defined]

    def _make_editor(self) -> Editor:
        speaker, field = self._session.speaker, self.spot.field
        if field.type == "rich_text":
            from desktop.ui.fields.richedit import RichEditor

            made = RichEditor(speaker)
            made.edit.setMinimumHeight(RICH_HEIGHT)
            return made
        return editor_for(field.type, speaker, self.spot.offered)

    def open_over(self, area: QRect, room: QRect, most: int) -> None:
        """Stand over the text, inside the paper, at ``most`` as high as what is seen of it."""
        width = min(max(area.width() + 22, theme.grown(LEAST_WIDTH)), room.width())
        self.setFixedWidth(width)
        left = min(max(room.left(), area.left() - 11), room.right() - width)
        self.adjustSize()
        height = min(max(self.sizeHint().height(), area.height() + 60), max(most, 180))
        self.setGeometry(left, max(0, area.top() - 8), width, height)
        self.show()
        self.raise_()
        self.editor.inner.setFocus(Qt.FocusReason.OtherFocusReason)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        inside = now is not None and (now is self or self.isAncestorOf(now))
        if not inside and QApplication.activePopupWidget() is None and now is not None:
            self.leave(lost=True)

    def _on_refused(self, message: Message | None) -> None:
        self.said.setVisible(message is not None)
        if message is not None:
            self._session.speaker.tie(self.said, QLabel.setText, message)
            self.adjustSize()

    def leave(self, *, lost: bool = False) -> None:
        """Write what is typed and go. What is not understood stays open, and is said."""
        if not self.binding.commit():
            if not lost:
                self.editor.inner.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.close_down()
        self._left(not lost)

    def close_down(self) -> None:
        """Listen no longer."""
        application = QApplication.instance()
        if application is not None:
            application.focusChanged.disconnect(self._on_focus)  # type: ignore[attr-defined]
        self.hide()
        self.deleteLater()
