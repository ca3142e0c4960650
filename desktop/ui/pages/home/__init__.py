"""Home answers *what now?*: next steps, progress, deadlines, what came in, and how the packages stand."""

from desktop.ui.pages.home.page import HomePage

__all__ = ["HomePage"]
