"""What books and lists show: glances, emblem, forewords, footnotes, papers, edited files, imports."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.base.jobs import quiet
from desktop.ui.journey import Stop
from tests.states import Seen, asked
from tests.walk import rest, settle

NOTED = (
    "<p>Kabupaten ini dihuni 1.136.230 jiwa<fn>BPS, <i>Lampung Timur Dalam Angka</i> 2025</fn> dan hampir"
    " separuhnya bekerja di pertanian<fn>Bappeda, RPJMD 2025–2029, tabel 2.14</fn>. Layanan digital"
    " menjangkau desa lebih cepat daripada kantor.</p><p>Setiap program memegang satu ukuran.</p>"
)


def books(window: Any, folder: Path, demo: Path) -> Iterator[Seen]:
    """All of them, over a copy of the demo."""
    path = folder / "buku.rancang"
    shutil.copy(demo, path)
    window.session.leave()
    window.open_path(path)
    window.session.check_now()
    settle()
    yield from _pictures(window, folder)
    yield from _papers(window, folder)
    yield from _notes(window)
    yield from _edited(window, folder)
    yield from _lists(window, folder)


def _seen(page: Any, part: QWidget) -> None:
    """Push a page to a part of it, and let what is drawn beside the window come."""
    rest(0.4)
    page.ensureWidgetVisible(part, 0, 24)
    rest(0.2)


def _visit(window: Any, *stop: str) -> Any:
    window.workbench.visit(Stop(*stop))
    window.workbench.current.complete()
    settle()
    return window.workbench.current


def _pictures(window: Any, folder: Path) -> Iterator[Seen]:
    page = _visit(window, "home")
    _seen(page, page.readiness)
    yield "home-glances", window
    page = _visit(window, "profile")
    _seen(page, page.emblem)
    yield "emblem-none", window
    page.emblem.slot.take([_shield(folder / "lambang.png")])
    rest(1.2)
    _seen(page, page.emblem)
    yield "emblem", window


def _shield(path: Path) -> Path:
    from tests.cli.test_emblem import picture

    picture(path)
    return path


def _papers(window: Any, folder: Path) -> Iterator[Seen]:
    from desktop.ui.dialogs.plan_out import PlanOut
    from desktop.ui.dialogs.wording import WordingDialog

    session = window.session
    page = _visit(window, "checks")
    page._show_report()
    settle()
    yield "checks-report", window
    page._show_report()
    page = _visit(window, "history")
    _seen(page, page.comparing)
    yield "comparing-days", window
    page.comparing.take(folder / "masterplan-lampung-timur-sebelum-rapat.rancang")
    _seen(page, page.comparing)
    yield "comparing-file", window
    page = _visit(window, "decrees")
    _seen(page, page.drafts)
    yield "legal", window
    dialog = WordingDialog(session, window)
    yield from _shown(dialog, "wording-decree")
    dialog = WordingDialog(session, window, "regulation")
    dialog.language.setCurrentIndex(1)
    dialog.show_parts()
    dialog.editors[1].edit.setPlainText("First line;\nsecond line;")
    yield from _shown(dialog, "wording-second")
    dialog = WordingDialog(session, window, "record")
    yield from _shown(dialog, "wording-record")
    yield from _shown(PlanOut(session, window), "plan-out")


def _shown(dialog: Any, name: str, until: Callable[[], bool] = lambda: True) -> Iterator[Seen]:
    """A dialog as soon as it has what it shows; afterwards it is closed."""
    dialog.show()
    for _ in range(400):
        rest(0.05)
        if until():
            break
    settle()
    yield name, dialog
    dialog.reject()
    dialog.deleteLater()
    settle()


def _notes(window: Any) -> Iterator[Seen]:
    session = window.session
    book = session.pack.books[0].id
    with session.change(Message("ui.op.comment")) as operation:
        operation.answer_text(f"chapter.{book}.foreword", "id", NOTED)
        operation.answer_text("chapter.I.6", "id", NOTED)
    page = _visit(window, "chapter", f"{book}.foreword")
    yield "foreword", window
    page = _visit(window, "chapter", "I.6")
    editor = page.sides[0].editor
    editor.edit.setFocus()
    yield "footnotes", window
    yield from asked(lambda: editor.edit_footnote(NOTED_AT), "footnote-change")
    cursor = editor.edit.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    editor.edit.setTextCursor(cursor)
    yield from asked(editor.edit_footnote, "footnote-new")


NOTED_AT = len("Kabupaten ini dihuni 1.136.230 jiwa")


def _edited(window: Any, folder: Path) -> Iterator[Seen]:
    from desktop.books.editing import write_chapters
    from desktop.ui.dialogs.chapters_out import ChaptersOut
    from desktop.ui.dialogs.edited_in import EditedIn
    from tests.exchange.edited.word import commented, edit, put

    session = window.session
    yield from _shown(ChaptersOut(session, window, "I.6"), "chapters-out")
    path = folder / "bab-disunting-bappeda.docx"
    write_chapters(quiet, session.workspace.path, path, ("I.6", "I.5"), "id")
    same = folder / "tidak-diubah.docx"
    shutil.copy(path, same)
    edit(path, "Layanan digital menjangkau", "Layanan digital yang murah menjangkau")
    edit(path, "Setiap program memegang satu ukuran.", "Setiap program memegang dua ukuran.")
    commented(path, "hampir separuhnya bekerja", "Angka tahun berapa?")
    put(session.workspace, {"I.6": NOTED.replace("memegang satu ukuran", "memegang satu ukuran saja")})
    settle()
    dialog = EditedIn(session, path, window)
    dialog.show()
    while dialog.proposal is None and dialog.isVisible():
        rest(0.05)
    for place in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(place)
        settle()
        yield f"edited-{place}", dialog
    dialog.tabs.setCurrentIndex(0)
    head = dialog.trees[0].topLevelItem(0)
    dialog.trees[0].setCurrentItem(head.child(head.childCount() - 1))
    settle()
    yield "edited-both-changed", dialog
    dialog.reject()
    dialog.deleteLater()
    other = EditedIn(session, same, window)
    yield from _shown(other, "edited-other", lambda: other.proposal is not None or not other.isVisible())


# -- lists -------------------------------------------------------------------------------------------
DOUBTFUL = [
    ["Program", "Perangkat Daerah", "Indikator", "Satuan", "Kondisi awal 2025", "Target 2026", "Pagu 2026"],
    ["Layanan desa satu pintu", "Dinas PMD", "1. IKM\n2. SPBE", "Poin", "80", "1. 82 2. 2,6", "539632"],
    ["Literasi digital pelajar", "Dinas Pendidikan", "Sekolah ikut", "%", "40", "1.250", "250000\n120000"],
]
ANY = [
    ["Nama Unggulan", "Yang mengurus", "Biaya", "Kapan"],
    ["Taman baca daring", "Dinas Perpustakaan", "250000000", "2027"],
    ["Posyandu digital", "Dinas Kesehatan", "125000000", "2028"],
]
MONEY = ["Pagu 2026", "Pagu 2027", "Pagu 2028"]
OLD = [
    ["Program", "OPD", *MONEY],
    ["Layanan pajak daring", "Bapenda", "1000000000", "1000000000", "1000000000"],
    ["Pasar digital", "Dinas Perdagangan", "", "400000000", ""],
]
NEW = [
    ["Program", "OPD", *MONEY],
    ["Layanan pajak daring", "Bapenda", "1000000000", "1200000000", "1300000000"],
    ["Kartu sehat digital", "Dinas Kesehatan", "", "", "90000000"],
]


def _lists(window: Any, folder: Path) -> Iterator[Seen]:
    from tests.data.planning import sipd
    from tests.exchange.lists import csv_file

    with _reading(window, csv_file(folder, DOUBTFUL, name="usulan-dinas.csv")) as dialog:
        yield from _stepped(dialog, "list-doubtful", steps=2)
    with _reading(window, csv_file(folder, ANY, name="unggulan.csv")) as dialog:
        yield "list-any-asked", dialog
        _answered(dialog, "programme_column", 1)
        yield "list-any-explained", dialog
        _answered(dialog, "mapping", 1, "agency")
        _over(dialog)
    with _reading(window, csv_file(folder, ANY, name="unggulan-lagi.csv")) as dialog:
        yield from _stepped(dialog, "list-remembered", steps=3)
    with _reading(window, csv_file(folder, OLD, name="renja-2026.csv")) as dialog:
        _over(dialog)
    session = window.session
    taken = next(each for each in session.plan.programmes if "pajak" in each.title.read("id"))
    with session.change(Message("ui.op.comment")) as operation:
        for line in taken.budget[:2]:
            operation.set("budget_line", line.id, indicative=7 * 10**8)
    with _reading(window, csv_file(folder, NEW, name="renja-2026-perubahan.csv")) as dialog:
        yield from _stepped(dialog, "list-newer", steps=3)
    with _reading(window, sipd.flat(folder)) as dialog:
        yield "list-sipd", dialog


class _reading:  # noqa: N801 - used like a function
    """The dialog for a file, as soon as the file is read."""

    def __init__(self, window: Any, path: Path) -> None:
        from desktop.ui.dialogs.importing import ImportDialog

        self.dialog = ImportDialog(window.session, path, window)

    def __enter__(self) -> Any:
        self.dialog.show()
        _idle(self.dialog)
        return self.dialog

    def __exit__(self, *_: object) -> None:
        self.dialog.reject()
        self.dialog.deleteLater()
        settle()


def _idle(dialog: Any) -> None:
    for _ in range(400):
        rest(0.05)
        if dialog.preview is not None and not dialog.busy:
            break
    settle()


def _stepped(dialog: Any, name: str, steps: int) -> Iterator[Seen]:
    for step in ("found", "open", "taking")[:steps]:
        yield f"{name}-{step}", dialog
        if dialog.ok.isEnabled():
            dialog.ok.click()
            _idle(dialog)


def _answered(dialog: Any, kind: str, row: int, value: str = "") -> None:
    """Choose as a person does: a single question by its list, one of many by its row."""
    single = dialog.asking.combos.get(kind)
    if single is not None:
        single.setCurrentIndex(row)
        single.activated.emit(row)
    else:
        batch = dialog.asking.batches[kind]
        batch.table.selectRow(row)
        batch.combo.setCurrentIndex(batch.combo.findData(value))
        batch.combo.activated.emit(batch.combo.currentIndex())
    _idle(dialog)


def _over(dialog: Any) -> None:
    """Take a list over as it is suggested."""
    for _ in range(3):
        if dialog.report is None:
            dialog.ok.click()
            _idle(dialog)
    for _ in range(400):
        if dialog.report is not None:
            break
        rest(0.05)


__all__ = ["books"]
