"""Hands for tests: the real window, what it said, and short words for what a person does with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.base import Message
from desktop.guideline import write_pack
from desktop.ui import application, window
from desktop.ui.journey import Stop
from desktop.ui.settings import Settings
from desktop.ui.standings import Standings
from desktop.workspace import Author, Workspace

TINY = Path(__file__).resolve().parents[1] / "data" / "tiny-pack"
DO = Message("ui.op.add_programme")


class Desk:
    """A window and everything it said to the person before it."""

    def __init__(self, qtbot, qapp, tmp_path, monkeypatch):
        self.qtbot, self.folder = qtbot, tmp_path
        self.said: list[Message] = []
        self.monkeypatch = monkeypatch
        monkeypatch.setattr(window, "tell", lambda _parent, _session, message: self.said.append(message))
        monkeypatch.setattr(window, "confirm", lambda *_, **_how: True)
        self.window = application.build(qapp)
        self.session = self.window.session
        self.window.resize(1280, 720)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def begin(self, **values):
        """Open a new workspace of the tiny guideline."""
        self.session.remember(name="Sari")
        self.path = self.folder / "kota.rancang"
        created = {
            "first_year": 2027,
            "last_year": 2030,
            "title": {"id": "Rencana Kota", "en": "Town plan"},
            **values,
        }
        workspace = Workspace.create(
            self.path, region="18.07", pack=write_pack(TINY), author=Author("Sari", "secretary"), **created
        )
        self.session.adopt(workspace)

    def end(self):
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        # The application is shared by all tests: what this window put on it goes with it.
        QApplication.instance().setStyleSheet("")

    # -- what a person does ---------------------------------------------------------------------
    def visit(self, page, ref=""):
        self.window.workbench.visit(Stop(page, ref))
        shown = self.window.workbench.current
        shown.complete()
        self.settle()
        return shown

    def settle(self):
        """Let everything happen that was asked for."""
        for _ in range(3):
            QApplication.processEvents()

    def known(self):
        """Let everything be read that pages asked of packages."""
        self.qtbot.waitUntil(lambda: not Standings.of(self.session).busy, timeout=30_000)
        self.settle()

    def check(self):
        self.session.check_now()
        return self.session.report

    def type_into(self, editor: QWidget, text: str):
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.qtbot.keyClicks(editor, text)

    def leave_field(self):
        self.window.workbench.header.next.setFocus(Qt.FocusReason.TabFocusReason)
        self.settle()

    def box(self, page, name):
        """The field box of a page by its field id."""
        return next(box for box in page.boxes if box.field.id == name)

    def change(self, work):
        with self.session.change(DO) as operation:
            made = work(operation)
        self.settle()
        return made

    @property
    def plan(self):
        return self.session.plan


__all__ = ["TINY", "Desk", "Settings", "Stop"]
