"""What every card of the settings is made of: a named control in a card, known by the setting's name."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.pages.settings.names import SETTINGS
from desktop.ui.session import Session

WIDE = 460
"""Width of a control, in pixels at 100 %."""


class SettingsCard(widgets.Card):
    """A group of settings."""

    def __init__(self, session: Session, title: Message, note: Message) -> None:
        super().__init__(session.speaker, title, note)
        self.session, self.title = session, title
        self.controls: dict[str, QWidget] = {}

    def field(self, name: str, control: QWidget, *beside: QWidget) -> None:
        """Add the control of a setting under its name."""
        label = widgets.label(self.session.speaker, SETTINGS[name], "field", wrap=True)
        label.setBuddy(control)
        widgets.call(self.session.speaker, control, SETTINGS[name])
        control.setMaximumWidth(theme.grown(WIDE))
        self.add(label)
        self.add(widgets.line(control, *beside, 1) if beside else control)
        self.controls[name] = control

    def refresh(self) -> None:
        """Show what is set now, in the present language."""
