"""The toolbar of the editor: what does not fit goes into its menu, so that nothing is ever cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.base import Message
from desktop.ui import icons, theme, widgets
from desktop.ui.keys import sequence
from desktop.ui.speaker import Speaker

GAP = 2


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to do to the text: its name, its icon, its keys; ``menu`` holds further ones behind it."""

    id: str
    name: Message
    icon: str
    run: Callable[[], object]
    keys: str = ""
    shown: bool = True
    """Whether it has a button where there is room; else it is only in the menu."""
    on: Callable[[], bool] | None = None
    """Whether it is on where the cursor stands, for deeds that are switched."""
    usable: Callable[[], bool] | None = None
    line: bool = False
    """Whether a line stands before it in the menu."""


class Bar(QWidget):
    """A row of widgets and buttons, and a menu with every deed."""

    def __init__(self, speaker: Speaker, lead: Iterable[QWidget], deeds: Iterable[Deed]) -> None:
        super().__init__()
        self._speaker = speaker
        self.deeds = {deed.id: deed for deed in deeds}
        self.buttons: dict[str, QToolButton] = {}
        self._row: list[QWidget] = []
        for widget in lead:
            widget.setParent(self)
            self._row.append(widget)
        for deed in self.deeds.values():
            if deed.shown:
                self.buttons[deed.id] = self._button(deed)
                self._row.append(self.buttons[deed.id])
        self.more = widgets.tool(speaker, Message("ui.rich.more"), "ellipsis", self.open_menu)
        self.more.setParent(self)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        speaker.changed.connect(self.place)

    def _button(self, deed: Deed) -> QToolButton:
        made = widgets.tool(self._speaker, deed.name, deed.icon, deed.run)
        made.setParent(self)
        # The focus stays in the text, so that pressing a button does not close the operation.
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setCheckable(deed.on is not None)
        self._speaker.tie(made, QToolButton.setToolTip, lambda: self._tip(deed))
        return made

    def _tip(self, deed: Deed) -> str:
        name = self._speaker.say(deed.name)
        keys = sequence(deed.keys).toString(QKeySequence.SequenceFormat.NativeText)
        return f"{name} ({keys})" if keys else name

    def reflect(self) -> None:
        """Show what is on where the cursor stands, and what can be done there."""
        for name, button in self.buttons.items():
            deed = self.deeds[name]
            if deed.on is not None and button.isChecked() != deed.on():
                button.setChecked(not button.isChecked())

    # -- the menu -------------------------------------------------------------------------------
    def menu(self) -> QMenu:
        """Every deed by name, with its keys."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for deed in self.deeds.values():
            if deed.line:
                made.addSeparator()
            action = made.addAction(icons.icon(deed.icon, "label", 16), self._speaker.say(deed.name))
            if deed.keys:
                action.setShortcut(sequence(deed.keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            if deed.on is not None:
                action.setCheckable(True)
                action.setChecked(deed.on())
            action.setEnabled(deed.usable is None or deed.usable())
            action.triggered.connect(lambda _on=False, run=deed.run: run())
        return made

    def open_menu(self) -> None:
        """Show the menu below its button."""
        from desktop.ui.fields.editor import show_menu

        show_menu(self.menu(), self.more.mapToGlobal(QPoint(0, self.more.height())))

    # -- room -----------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:
        height = max(widget.sizeHint().height() for widget in (*self._row, self.more))
        return QSize(theme.grown(360), height)

    def minimumSizeHint(self) -> QSize:
        first = self._row[0].sizeHint().width() if self._row else 0
        return QSize(first + self.more.sizeHint().width() + GAP, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        """Lay out from the left what fits; the menu is always there."""
        x, height = 0, self.height()
        room = self.width() - self.more.sizeHint().width() - GAP
        full = False
        for widget in self._row:
            size = widget.sizeHint()
            full = full or x + size.width() > room
            widget.setVisible(not full)
            if not full:
                widget.setGeometry(x, (height - size.height()) // 2, size.width(), size.height())
                x += size.width() + GAP
        size = self.more.sizeHint()
        self.more.setGeometry(x, (height - size.height()) // 2, size.width(), size.height())
