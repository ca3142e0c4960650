"""States of working apart: everything a region meets between handing copies out and settling what differs.

For pictures, like :mod:`tests.states`; it works in a document of its own, for nothing of it can be undone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QTabWidget

from desktop.base import Message
from desktop.exchange.handing_out import for_agency
from desktop.ui.journey import Stop
from desktop.ui.views import View
from desktop.workspace import Workspace
from desktop.workspace.remembered import leave
from tests import copies
from tests.states import Seen, asked, held
from tests.walk import rest, settle

EDIT = Message("ui.op.add_programme")


def apart(window: Any, folder: Path, demo: Path) -> Iterator[Seen]:
    """The whole way of a document through several hands."""
    home = folder / "apart"
    shutil.rmtree(home, ignore_errors=True)  # whoever comes after another language begins anew
    home.mkdir()
    with copies.at(home / "office"):  # else the document made anew would be an older copy of the last one
        yield from _apart(window, home, demo)


def _apart(window: Any, home: Path, demo: Path) -> Iterator[Seen]:
    path = home / "Masterplan Lampung Timur.rancang"
    shutil.copy(demo, path)
    session = window.session
    session.leave()
    session.remember(name="Laras Contoh", role="secretary", visited={}, seen={})
    window.open_path(path)
    with session.change(EDIT) as operation:
        copies.ask_for(operation, session.plan, session.pack)
    with session.change(EDIT) as operation:
        copies.answered(operation, session.plan, session.pack)
        own = copies.programme(session.plan, "SPBE")
        place = copies.Place("programme", own.id, "title")
        said = "Mohon foto ruang server dan daftar aplikasi yang dipakai."
        kominfo = copies.agency(session.plan, "Dinas Kominfo").id
        operation.comment(place, said, session.author(), owner=kominfo, due="2099-12-01")
    settle()
    yield from _owing(window)
    yield from _offices(window)
    yield from _going_out(window, home)
    made = copies.give(session.workspace, home)
    copies.clerk_works(made.clerk, home / "clerk")
    copies.team_works(made.team, home / "team")
    copies.mentor_works(made.mentor, home / "mentor")
    with session.change(EDIT) as operation:
        copies.home_works(operation, session.plan)
    yield from _coming_back(window, [made.clerk, made.team, made.mentor])
    yield from _differing(window)
    yield from _marks(window)
    yield from _lookback(window)
    yield from _remarks(window)
    yield from _workbooks(window, home)
    yield from _older(window, path)
    yield from _elsewhere(window, home, made)


def _visit(window: Any, page: str, ref: str = "", seconds: float = 0.0) -> Any:
    window.workbench.visit(Stop(page, ref))
    window.workbench.current.complete()
    settle()
    rest(seconds)
    return window.workbench.current


def _owing(window: Any) -> Iterator[Seen]:
    window.session.check_now()
    _visit(window, "home", seconds=0.3)
    yield "apart-home", window
    page = _visit(window, "duties")
    yield "duties", window
    page.grid.table.selectRow(0)
    settle()
    yield "duties-chosen", window
    yield from asked(page.assign, "duties-assign")
    yield from asked(page.give_back, "duties-return")
    yield from asked(page.remind, "duties-remind")


def _offices(window: Any) -> Iterator[Seen]:
    from desktop.ui.dialogs.succession import AgencyFollows, PersonFollows

    session = window.session
    page = _visit(window, "agencies")
    page.grids[0].table.selectRow(1)
    settle()
    yield "agencies", window
    plan = session.plan
    for name, made in (
        ("rename", AgencyFollows(session, [copies.agency(plan, "Dinas PMPTSP")], window)),
        ("merge", AgencyFollows(session, plan.agencies[3:6], window)),
        ("replace", PersonFollows(session, plan.people[2], window)),
    ):
        made.show()
        settle()
        yield f"agencies-{name}", made
        made.close()
        made.deleteLater()


def _ended(dialog: Any) -> None:
    for _ in range(600):
        rest(0.05)
        if not dialog.runner.running:
            break
    settle()


def _going_out(window: Any, folder: Path) -> Iterator[Seen]:
    from desktop.ui.dialogs import handing_out
    from desktop.ui.dialogs.handing_out import HandOut
    from desktop.ui.dialogs.plan_out import PlanOut
    from desktop.ui.dialogs.sending import SendChanges
    from desktop.ui.dialogs.workbooks_out import WorkbooksOut

    session = window.session
    handing_out.QDesktopServices.openUrl = lambda _url: True  # type: ignore[method-assign] # nothing opens here
    dialog = HandOut(session, window)
    dialog.show()
    for row in (1, 6):
        dialog.people.item(row).setCheckState(dialog.people.item(row).checkState().Checked)
    dialog.name.setText("Prof. Wayan Contoh")
    dialog.add_person()
    settle()
    yield "hand-out", dialog
    dialog.evidence.setChecked(True)
    dialog.make(folder)
    _ended(dialog)
    yield "handed-out", dialog
    dialog.close()
    dialog.deleteLater()
    with session.change(EDIT) as operation:
        for each in session.plan.programmes[:4]:
            operation.write(
                "programme", each.id, "technology", "id", "Layanan daring dengan satu akun warga."
            )
    sending = SendChanges(session, window)
    sending.show()
    settle()
    yield "send", sending
    sending.write(folder / "Perubahan Lampung Timur.rancang-changes")
    _ended(sending)
    yield "sent", sending
    sending.close()
    sending.deleteLater()
    books = WorkbooksOut(session, window)
    books.show()
    settle()
    yield "workbooks-out", books
    books.close()
    books.deleteLater()
    plan = PlanOut(session, window)
    plan.show()
    settle()
    yield "plan-out", plan
    plan.close()
    plan.deleteLater()


def _coming_back(window: Any, paths: list[Path]) -> Iterator[Seen]:
    from desktop.ui.dialogs.bring_back import BringBack, Brought, take_over

    session = window.session
    broken = paths[0].with_name("Dinas Kesehatan.rancang-changes")
    broken.write_bytes(b"bukan perubahan")
    dialog = BringBack(session, [*paths, broken], window)
    dialog.show()
    _ended(dialog)
    (tabs,) = dialog.findChildren(QTabWidget)
    for at in range(tabs.count()):
        if tabs.isTabEnabled(at):
            tabs.setCurrentIndex(at)
            settle()
            yield f"coming-{at + 1}", dialog
    dialog.close()
    dialog.deleteLater()
    told = Brought(session, take_over(session, [*paths, broken]), window)
    session.check_now()
    told.show()
    settle()
    yield "brought", told
    told.close()
    told.deleteLater()


def _differing(window: Any) -> Iterator[Seen]:
    page = _visit(window, "differing")
    for case in page.differing.cases:
        page.list.choose(case.key)
        settle()
        conflict = case.conflict
        yield f"differing-{conflict.kind}-{conflict.table}", window


def _marks(window: Any) -> Iterator[Seen]:
    session = window.session
    page = _visit(window, "programmes", copies.programme(session.plan, "SPBE").id)
    yield "marked-programme", window
    box = next(each for each in page.form.boxes if each.field.id == "service")
    page.form.reveal(box) if hasattr(page.form, "reveal") else page.ensureWidgetVisible(box)
    settle()
    yield "marked-field", window
    grid = page.form.budget
    page.ensureWidgetVisible(grid) if hasattr(page, "ensureWidgetVisible") else None
    settle()
    yield "marked-cell", window
    _visit(window, "worksheet", "inventory")
    yield "marked-worksheet", window
    _visit(window, "chapter", "I.6", 0.5)
    yield "marked-chapter", window
    session.remember(view=View.BOOK)
    _visit(window, "chapter", "I.6", 1.5)
    yield "marked-book", window
    session.remember(view=View.FIELDS)
    _visit(window, "books")
    yield "books-differing", window
    _visit(window, "package")
    yield "package-differing", window


def _lookback(window: Any) -> Iterator[Seen]:
    session = window.session
    page = _visit(window, "news", seconds=1.0)
    yield "news", window
    entries = range(page.list.rows.rowCount())
    for row in entries:  # one that tells what stood there before
        page.list.setCurrentIndex(page.list.rows.index(row))
        chosen = page.list.chosen()
        if chosen is not None and page._told[chosen.id].before:
            break
    settle()
    yield "news-chosen", window
    page = _visit(window, "history", seconds=1.0)
    page.steps.list.setCurrentIndex(page.steps.list.rows.index(2))
    rest(0.6)
    yield "history-chosen", window
    rows = range(page.steps.list.rows.rowCount())
    aside = next((row for row in rows if "kesampingkan" in _line(page.steps.list, row)), 2)
    page.steps.list.setCurrentIndex(page.steps.list.rows.index(aside))
    rest(0.6)
    yield "history-aside", window
    _visit(window, "activity", seconds=1.5)
    yield "activity", window
    page = _visit(window, "search", seconds=1.5)
    page.words.setText("layanan")
    rest(0.8)
    yield "search", window
    page.words.clear()
    own = copies.programme(session.plan, "SPBE")
    page = _visit(window, "programmes", own.id)
    box = next(each for each in page.form.boxes if each.field.id == "service")
    yield from asked(lambda: session.history_wanted.emit(box.subject()), "field-history-apart")
    said = "[09.15, 20/11/2026] Bu Rina Dukcapil: Layanan buka sampai pukul 20.00 di semua kecamatan."
    QApplication.clipboard().setText(said)
    from desktop.ui.dialogs.quoting import QuoteDialog

    quoting = QuoteDialog(session, box.field, own.service.values["id"], window)
    quoting.show()
    settle()
    yield "quote", quoting
    quoting.close()
    quoting.deleteLater()


def _line(shown: Any, row: int) -> str:
    return str(shown.rows.data(shown.rows.index(row)) or "")


def _remarks(window: Any) -> Iterator[Seen]:
    from desktop.workspace import suggesting

    session = window.session
    _visit(window, "comments")
    yield "comments", window
    _visit(window, "programmes", copies.programme(session.plan, "Stunting").id)
    yield "suggested", window
    first, second, third, *_ = (each for each in session.plan.comments if not each.parent)
    taken, *_ = session.plan.suggestions
    with session.change(EDIT) as operation:
        operation.reply(first.id, "Operator desa dan pegawai kecamatan, sekitar 300 orang.", session.author())
        operation.set("comment", second.id, state="done")
        operation.set("comment", third.id, state="declined")
    session.attempt(lambda: suggesting.decline(session.workspace, taken, "Sudah ada di bab I."))
    settle()
    page = _visit(window, "comments")
    page.filter.setCurrentIndex(page.filter.findData(""))
    page.filter.activated.emit(page.filter.currentIndex())
    settle()
    yield "comments-states", window


def _workbooks(window: Any, folder: Path) -> Iterator[Seen]:
    from desktop.exchange.agency_workbook import make
    from desktop.ui.dialogs.workbooks_in import WorkbooksIn
    from tests.exchange.agency_workbook.books import Book

    session = window.session
    kominfo = copies.agency(session.plan, "Dinas Kominfo")
    own = copies.programme(session.plan, "SPBE")
    book = Book(make(session.workspace, kominfo.id, folder / "Buku kerja Dinas Kominfo.xlsx").path)
    row = book.row("programme", own.id)
    book.put("programme", row, "start_year", "mulai tahun depan")
    book.put("programme", row, "technology", "Pusat data bersama dan satu akun pegawai")
    book.put("programme", row, "evidence:", "sk-tim-spbe.pdf")
    sheet = "worksheet.inventory"
    first = next(iter(session.plan.rows["inventory"][0].cells))
    book.put(sheet, book.free(sheet), first, "Aplikasi aduan warga")
    bad = folder / "Buku kerja Dinas Sosial.xlsx"
    bad.write_bytes(b"PK bukan buku kerja")
    dialog = WorkbooksIn(session, [book.save(), bad], window)
    dialog.show()
    for step in ("seen", "asked", "taken"):
        for _ in range(400):
            rest(0.05)
            if not dialog.busy:
                break
        settle()
        yield f"workbooks-{step}", dialog
        dialog.go_on()
    dialog.close()
    dialog.deleteLater()


def _older(window: Any, path: Path) -> Iterator[Seen]:
    session = window.session
    session.leave()
    old = path.with_name("lama.rancang")
    shutil.copy(path, old)
    with Workspace.open(path) as workspace:
        with workspace.operation(EDIT) as operation:
            operation.insert("programme", title={"id": "Layanan pengaduan warga"})
        leave(workspace)
    newest = path.with_name("baru.rancang")
    shutil.copy(path, newest)
    shutil.copy(old, path)
    yield from asked(lambda: window.open_path(path), "older")
    session.leave()
    shutil.copy(newest, path)


def _elsewhere(window: Any, folder: Path, made: copies.Copies) -> Iterator[Seen]:
    """The copies as those see them for whom they were made."""
    session, own = window.session, os.environ["RANCANG_HOME"]
    several = folder / "Dinas Kominfo - siapa saja.rancang"
    several.unlink(missing_ok=True)
    window.open_path(folder / "Masterplan Lampung Timur.rancang")
    from desktop.exchange.handing_out import hand_out

    hand_out(
        session.workspace, several, for_agency(session.plan, "Dinas Kominfo", several=True), evidence=False
    )
    session.leave()
    with copies.at(folder / "clerk"):
        yield from _clerk(window, made.clerk)
    with copies.at(folder / "mentor"):
        yield from _mentor(window, made.mentor)
    with copies.at(folder / "anyone"):
        yield from asked(lambda: window.open_path(several), "who")
        session.leave()
    assert os.environ["RANCANG_HOME"] == own


def _clerk(window: Any, path: Path) -> Iterator[Seen]:
    session = window.session
    window.open_path(path)
    settle()
    page = window.workbench.current
    page.complete()
    settle()
    yield "mine", window
    key = next(each for each in page.cards if each[0] == "programmes")
    page.ensureWidgetVisible(page.cards[key], 0, 0)
    page.reveal(page.cards[key])
    settle()
    yield "mine-returned", window
    with held() as kept:
        page.cards[key].refuse()
        yield "not-ours", kept[-1]
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    yield "mine-end", window
    yield from asked(page.send, "mine-sent")
    session.leave()


def _mentor(window: Any, path: Path) -> Iterator[Seen]:
    from desktop.ui import comments
    from desktop.ui.reviewing.visits import VisitDialog

    session = window.session
    session.remember(name=copies.MENTOR.name, role="mentor", shelf=str(path.parent))
    window.open_path(path)
    settle()
    page = window.workbench.current
    page.finish()
    rest(0.5)
    yield "review", window
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    yield "review-end", window
    form = _visit(window, "form", "commitment")
    yield "review-form", window
    box = next(each for each in form.boxes if each.spoken.review is not None)
    yield from asked(box.spoken.review.suggest.click, "suggest")
    yield from asked(lambda: comments.add(window, session, box.spoken.review._asked.place), "remark")
    visit = VisitDialog(session, window)
    visit.show()
    visit.place.setText("Aula Bappeda, Sukadana")
    visit.came.setPlainText("Citra Contoh\nFajar Contoh")
    settle()
    yield "visit", visit
    visit.close()
    visit.deleteLater()
    own = copies.programme(session.plan, "SPBE")
    _visit(window, "programmes", own.id)
    yield "review-programme", window
    session.leave()
    _ended(window.start.shelf)
    yield "shelf", window
    session.remember(name="Laras Contoh", role="secretary", shelf="")


__all__ = ["apart"]
