"""How long what a person at the window waits for takes, as ratios to what is noticed (above 1 is too slow).

Run by hand: python -m pytest -q tests/bench/bench_frames.py
Figures are printed, and what is past its limit fails at the end, named. That each of these costs no more
work than it should is held on to by the tests beside what they test, which count work and know no
clock. Time is the processor's of the window's own thread, so that other work on the computer counts little:
the median and the slowest of 100.
"""

from __future__ import annotations

import shutil

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.base import Message
from desktop.submission.register.entry import Basis
from desktop.submission.register.entry import Entry as Received
from desktop.submission.register.examine import Sort
from desktop.ui.journey import Stop
from desktop.ui.shell.finding import Haystack
from desktop.ui.shell.palette import Palette
from desktop.ui.shell.sections import Entry
from desktop.ui.viewer.viewer import Viewer
from tests.bench.figures import repeated, tell  # noqa: F401 - a fixture
from tests.ui.conftest import desk, empty_desk, large_file  # noqa: F401 - what is measured
from tests.ui.test_editor_speed import long_chapter  # noqa: F401 - what is measured
from tests.ui.test_evidence import hundreds
from tests.ui.test_never_blocks import LIMIT, hasty, walked  # noqa: F401 - what is measured
from tests.ui.test_printed import book, number_of, ready  # noqa: F401 - what is measured
from tests.ui.test_roadmap import sixty
from tests.ui.test_typing import PLACES, TEXT, big, place  # noqa: F401 - what is measured
from tests.ui.test_viewer import large_files

# ruff: noqa: F811 - fixtures are parameters of the same name

KEY, HOME, STEP = 16.0, 50.0, 100.0
"""Milliseconds: a key is on the screen within a frame, the first page sooner than anybody asks where it is;
nothing holds the window longer than a tenth of a second."""


def press(editor, letter):
    QTest.keyClick(editor, letter)
    QApplication.processEvents()


def typed(editor, text):
    return [seconds for letter in text for seconds in repeated(1, press, editor, letter)]


def test_palette(desk, tell):
    names = [(f"Program {each} layanan terpadu desa {each % 97}", str(each)) for each in range(10_000)]
    hay = Haystack(names)
    for text in ("p", "layanan 77", "desa 9 program", "lynn 4711", "zzz"):
        tell(f"10,000 entries searched for {text}", repeated(9, hay.find, text), KEY)
    entries = [
        Entry(f"x:{at}", name, Message("ui.palette.page"), beside=beside)
        for at, (name, beside) in enumerate(names)
    ]
    dialog = Palette(desk.session, entries, desk.window)
    dialog.show()
    desk.settle()

    def key(text):
        dialog.search.setText(text)
        dialog.list.viewport().repaint()

    for text in ("p", "la", "layanan 77", "lynn 4711"):
        taken = []
        for _ in range(9):
            dialog.search.clear()
            desk.settle()
            taken += repeated(1, key, text)
        tell(f"a key in the palette of 10,000: {text}", taken, KEY)
    dialog.close()
    dialog.deleteLater()


def test_fields(desk, tell):
    page = desk.visit("form", "town")
    for name in ("mayor", "cash", "words", "song"):
        inner = desk.box(page, name).bindings[0].editor.inner
        inner.setFocus(Qt.FocusReason.OtherFocusReason)
        desk.settle()
        tell(f"a key in the field {name}", typed(inner, "1234567890" * 20), KEY)


def test_large_plan(big, tell):
    for page, kind in PLACES:
        taken = typed(place(big, page, kind), TEXT)
        tell(f"a key in a large plan, {kind.__name__} on {page}", taken, KEY)


def test_long_chapter(long_chapter, tell):
    tell("a key in a chapter of 5,000 words", typed(long_chapter, "kata baru yang diketik " * 12), KEY)


def test_printed(desk, book, tell):
    taken, go_on = [], book._go_on
    book._timer.timeout.disconnect()
    book._timer.timeout.connect(lambda: taken.extend(repeated(1, go_on)))
    book.sheet.forget()
    book.refresh()
    ready(desk, book)
    tell("a part of composing a chapter on the screen", taken, STEP)
    book.edit(number_of(book, "chapter.A.start"))
    tell("a key in a text of the book", typed(book.editor.editor.inner, "abcdefghi " * 20), KEY)
    book.leave_editor()
    ready(desk, book)


def test_home(desk, large_file, tell):
    desk.window.open_path(shutil.copy(large_file, desk.folder / "besar.rancang"))
    desk.check()
    desk.visit("home")
    page, taken = desk.window.workbench.current, []
    for _ in range(5):
        desk.visit("checks")
        page.mark_stale()
        taken += repeated(
            1, lambda: (desk.window.workbench.visit(Stop("home")), QApplication.processEvents())
        )
        page.finish()
    tell("home of a large plan", taken, HOME)


def test_roadmap(desk, tell):
    desk.change(sixty)
    page = desk.visit("roadmap")
    page.activities.click()
    desk.settle()
    tell("a roadmap of 60 programmes", repeated(5, lambda: (page.refresh(), page.chart.repaint())), STEP)


def test_evidence(desk, tell):
    page = desk.visit("evidence")
    desk.change(hundreds)
    tell("300 files listed", repeated(5, page.refresh), STEP)
    page.turn(1)
    desk.settle()
    bar = page.tiles.verticalScrollBar()

    def scroll(step):
        bar.setValue(bar.maximum() * step // 40)
        QApplication.processEvents()

    tell(
        "300 small pictures scrolled",
        [each for step in range(40) for each in repeated(1, scroll, step)],
        STEP,
    )


def test_desk(empty_desk, tell):
    empty_desk.session.remember(role="ministry")
    empty_desk.window.commands.run("go-desk")
    empty_desk.settle()
    page = empty_desk.window._aside.page
    page._list(tuple(
        Received(each, f"/x/{each}.asice", 1, Sort.PACKAGE, "valid", "18.07", "Lampung Timur", Basis.SIGNED)
        for each in range(514)
    ))  # fmt: skip
    orders = [Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder] * 3
    tell(
        "514 rows sorted", [s for each in orders for s in repeated(1, page.list.sortByColumn, 7, each)], STEP
    )

    def look_for(words):
        page.words.setText(words)
        empty_desk.settle()

    tell(
        "514 rows looked through",
        [s for text in ("5", "51", "") * 3 for s in repeated(1, look_for, text)],
        KEY,
    )


def test_viewer(desk, qtbot, tell):
    viewer = Viewer(desk.session)
    qtbot.addWidget(viewer)
    viewer.resize(900, 600)
    viewer.show()
    for name, data in large_files():
        path, taken = desk.folder / name, []
        path.write_bytes(data)
        viewer.sheet.show_image(None)
        viewer.open(path)
        while viewer.sheet.image is None:
            taken += repeated(1, QApplication.processEvents)
        tell(f"the longest turns while {name} is opened", sorted(taken)[-20:], STEP)
    viewer.close_file()
    desk.settle()


def test_everywhere(hasty, empty_desk, large_file, tell):
    path = shutil.copy(large_file, empty_desk.folder / "besar.rancang")
    dog = walked(empty_desk, path, every=False)
    for each in sorted(dog.seen, key=lambda each: -each.worst)[:15]:
        tell(f"the window held by: {each.action}"[:60], [each.worst / 1000], LIMIT)
