"""The page of settings: who you are, how the window looks, where things lie, whom you trust."""

from desktop.ui.pages.settings.names import SETTINGS
from desktop.ui.pages.settings.page import SettingsPage

__all__ = ["SETTINGS", "SettingsPage"]
