"""The parts of the window and the way of the keyboard between them (F6, Shift+F6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from desktop.ui.shell.workbench import Workbench


class Regions:
    """Journey, header, page, findings: those that are seen, in this order."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    def seen(self) -> list[QWidget]:
        """The parts that are seen now."""
        bench = self._bench
        parts: list[QWidget | None] = [bench.panel, bench.header, bench.current, bench.findings]
        return [part for part in parts if part is not None and part.isVisible()]

    def walk(self, step: int) -> None:
        """Take the keyboard to the next part (or the one before)."""
        parts = self.seen()
        focus = QApplication.focusWidget()
        at = next((n for n, part in enumerate(parts) if focus is not None and _holds(part, focus)), None)
        if at is None:
            at = -1 if step > 0 else 0
        for distance in range(1, len(parts) + 1):
            part = parts[(at + step * distance) % len(parts)]
            first = self._bench.panel.tree if part is self._bench.panel else first_in(part)
            if first is not None:
                first.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return


def _holds(part: QWidget, widget: QWidget) -> bool:
    return part is widget or part.isAncestorOf(widget)


def first_in(part: QWidget) -> QWidget | None:
    """The first thing in a part that takes the keyboard."""
    widget: QWidget | None = part.nextInFocusChain()
    while widget is not None and widget is not part:
        if (
            part.isAncestorOf(widget)
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisible()
            and widget.isEnabled()
        ):
            return widget
        widget = widget.nextInFocusChain()
    return None
