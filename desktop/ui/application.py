"""The window's entry: paint first, load the heavy parts afterwards."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.dressing import Dressing
from desktop.ui.session import Session
from desktop.ui.settings import SettingsFile
from desktop.ui.speaker import Speaker
from desktop.ui.tidying import Tidying

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def build(application: QApplication) -> MainWindow:
    """The main window with everything it stands on, not shown yet."""
    from desktop.ui.window import MainWindow

    settings = SettingsFile()
    speaker = Speaker(settings.value.language)
    session = Session(speaker, settings)
    speaker.setParent(session)
    Dressing(application, session)
    Tidying(session)
    window = MainWindow(session)
    theme.dress(window)
    session.setParent(window)
    return window


def run(argv: list[str]) -> int:
    """Open the window and receive the files named in ``argv[1:]``; the exit code."""
    from desktop.ui.crash import CrashBoundary
    from desktop.ui.dialogs.ask import tell

    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(argv)
    application.setApplicationName("Rancang")
    application.setDesktopFileName("rancang")
    window = build(application)
    boundary = CrashBoundary(
        window.session.drafts.flush, lambda message: tell(window, window.session, message)
    )
    boundary.install()
    # nobody sees the window any more by then
    application.aboutToQuit.connect(window.session.summing_up.finish)
    window.show()
    paths = [Path(argument) for argument in argv[1:] if not argument.startswith("-")]
    first_paint = QTimer(window, singleShot=True, interval=0)
    first_paint.timeout.connect(lambda: _after_paint(window, paths))
    first_paint.start()
    try:
        return application.exec()
    finally:
        sys.excepthook = sys.__excepthook__


def check() -> int:
    """Build and paint the window once without a person (``rancang self-test``); 0 when it could be shown."""
    import os

    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(["rancang"])
    window = build(application)
    window.show()
    application.processEvents()
    painted = not window.grab().isNull()
    window.close()
    return 0 if painted else 1


def _after_paint(window: MainWindow, paths: list[Path]) -> None:
    """What need not be there before the window is seen."""
    from desktop.ui.preloading import Preloading

    if paths:
        window.receive(paths)
    Preloading(window).begin()
