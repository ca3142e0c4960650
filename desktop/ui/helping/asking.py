"""F1 inside a dialog: the topic about it opens in front of the dialog, which goes on waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from desktop.ui.keys import sequence

if TYPE_CHECKING:
    from desktop.ui.helping.window import HelpWindow

TOPIC = "help_topic"
"""The property of a dialog that names the topic about it."""


def offer_help(dialog: QDialog, topic: str) -> None:
    """Say which topic is about a dialog; F1 in it shows that topic."""
    told = dialog.property(TOPIC)
    dialog.setProperty(TOPIC, topic)
    if told is None:
        QShortcut(sequence("F1"), dialog).activated.connect(lambda: show_help_in(dialog))


def show_topic_from(widget: QWidget, topic: str, place: str = "") -> HelpWindow | None:
    """Show a topic, from a heading on, in front of the dialog or the window that a widget stands in."""
    from desktop.ui.actions.helping import help_window
    from desktop.ui.window import MainWindow

    above = widget.window()
    if isinstance(above, QDialog):
        return show_help_in(above, topic, place)
    if not isinstance(above, MainWindow):
        return None
    there = help_window(above)
    there.show_topic(topic, place)
    return _to_front(there)


def show_help_in(dialog: QDialog, topic: str = "", place: str = "") -> HelpWindow | None:
    """The help about a dialog; it belongs to the dialog, since a dialog keeps all other windows waiting."""
    from desktop.ui.helping.window import HelpWindow
    from desktop.ui.window import MainWindow

    above: QWidget | None = dialog.parentWidget()
    while above is not None and not isinstance(above, MainWindow):
        above = above.parentWidget()
    if above is None:
        return None
    there = dialog.findChild(HelpWindow, options=Qt.FindChildOption.FindDirectChildrenOnly)
    there = there or HelpWindow(above, dialog)
    there.show_topic(topic or str(dialog.property(TOPIC)), place)
    return _to_front(there)


def _to_front(there: HelpWindow) -> HelpWindow:
    there.show()
    there.raise_()
    there.activateWindow()
    return there
