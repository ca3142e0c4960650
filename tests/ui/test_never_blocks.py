"""Nothing a person does in a plan of real size holds the window for more than a tenth of a second."""

from __future__ import annotations

import shutil
import time

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from desktop.ui import checking
from desktop.ui.editor import spelling
from desktop.ui.journey import Stop
from desktop.ui.theme import Theme
from desktop.ui.tidying import Tidying
from tests import walk
from tests.ui.watchdog import Watchdog, tracing

pytestmark = pytest.mark.uncounted

LIMIT = 100
"""Milliseconds, on a machine as quick as the one the limits were set on."""
SLACK = 3
"""How many times as long still passes here, where others use the machine too; how near to the limit
everything comes is printed by tests/bench/bench_frames.py."""
REFERENCE = 9.0
"""Milliseconds of processor time that :func:`burden` takes there, with nothing else going on."""


RARE = {"dark": 2.0, "look for garbage": 6.0}
"""What takes longer than the limit, still to be brought below it: a change of looks dresses every widget
there is in one go (130 ms); what a large document left behind is looked through in one go (500 ms) within a
second after it was closed."""


REST = 0.15
"""Seconds in which what follows a pause has begun."""


@pytest.fixture
def hasty(monkeypatch):
    """Checks and spelling follow after a short pause: what they take is measured, not how long they wait."""
    monkeypatch.setattr(checking, "CHECK_AFTER", 50)
    monkeypatch.setattr(spelling, "PAUSE", 50)


def burden() -> float:
    """How slow this machine is just now: processor time stretches when others use its caches and cores."""
    taken = []
    for _ in range(5):
        began = time.thread_time()
        box = QWidget()
        layout = QVBoxLayout(box)
        for number in range(150):
            layout.addWidget(QLabel(f"Layanan {number} " * 6))
        box.resize(600, 4000)
        box.grab()
        taken.append((time.thread_time() - began) * 1000)
        box.deleteLater()
    return sorted(taken)[2]


def editors(page: QWidget):
    """The first editor of each kind on a page that can be typed into."""
    found = {}
    for kind in (QLineEdit, QPlainTextEdit, QTextEdit):
        for each in page.findChildren(kind):
            if each.isVisible() and each.isEnabled() and not each.isReadOnly():
                found.setdefault(kind, each)
    return found.values()


def leave(desk):
    """Take the keyboard off the field, which writes it."""
    desk.window.workbench.header.next.setFocus(Qt.FocusReason.TabFocusReason)


def walked(desk, path, *, every):
    """Open a large plan, go everywhere, type into everything, change its looks, close it; what blocked."""
    dog = Watchdog()
    window, session = desk.window, desk.session
    dog.watch("open", lambda: window.open_path(path), rest=0.3)
    stops = walk.stops(window.workbench.journey, every=every)
    for stop in stops:
        dog.watch(f"visit {stop.page} {stop.ref}", lambda stop=stop: window.workbench.visit(stop))
    for stop in stops:
        dog.watch(f"again {stop.page} {stop.ref}", lambda stop=stop: window.workbench.visit(stop))
        for editor in editors(window.workbench.current):
            name = f"{type(editor).__name__} on {stop.page} {stop.ref}"
            editor.setFocus()
            dog.watch(f"type into {name}", lambda editor=editor: QTest.keyClick(editor, Qt.Key.Key_7))
            dog.watch(f"leave {name}", lambda: leave(desk), rest=REST)
    first = session.plan.programmes[0].id
    dog.watch("open a programme", lambda: window.workbench.visit(Stop("programmes", first)))
    for _ in range(3):
        dog.watch("undo", session.undo, rest=REST)
    dog.watch("redo", session.redo, rest=REST)
    dog.watch("dark", lambda: session.remember(theme=Theme.DARK))
    dog.watch("second language", lambda: session.remember(second_language=True))
    dog.watch("English", lambda: window.commands.run("language-en"))
    (tidying,) = session.findChildren(Tidying)
    # whether its look falls into the closing or after it is chance
    tidying.findChild(QTimer).stop()
    dog.watch("close", session.leave)
    dog.watch("look for garbage", tidying.look)
    return dog


@pytest.mark.slow
@pytest.mark.parametrize("every", [False, True], ids=["kinds", "every"])
def test_no_step_of_the_journey_blocks_the_window(
    hasty, empty_desk, large_file, tmp_path, record_property, every
):
    before, path = burden(), tmp_path / "besar.rancang"
    shutil.copy(large_file, path)
    dog = walked(empty_desk, path, every=every)
    record_property("longest", dog.longest())
    limit = LIMIT * SLACK * tracing() * max(1.0, before / REFERENCE, burden() / REFERENCE)
    blocked = [each for each in dog.seen if each.worst > limit * RARE.get(each.action, 1)]
    assert not blocked, f"\nlimit {limit:.0f} ms\n{dog.longest(40)}"
