"""States and dialogs a person meets on the way, one after the other: for pictures of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from desktop.base import Message
from desktop.ui.journey import Stop
from desktop.ui.running import Runner
from tests.walk import rest, settle

Seen = tuple[str, QWidget]


@contextmanager
def held() -> Iterator[list[QDialog]]:
    """Dialogs that would wait for an answer are shown and kept instead; afterwards they are let go."""
    kept: list[QDialog] = []

    def shown(dialog: QDialog) -> int:
        kept.append(dialog)
        dialog.show()
        settle()
        return 0

    before = QDialog.exec, QMessageBox.exec
    QDialog.exec = QMessageBox.exec = shown  # type: ignore[method-assign, assignment] # for the pictures only
    try:
        yield kept
    finally:
        QDialog.exec, QMessageBox.exec = before  # type: ignore[method-assign] # as it was
        for dialog in kept:
            dialog.close()
            dialog.deleteLater()
        settle()


def asked(open_it: Callable[[], object], name: str) -> Iterator[Seen]:
    """The dialog that something opens."""
    with held() as kept:
        open_it()
        if kept:
            for runner in kept[-1].findChildren(Runner):
                for _ in range(100):
                    rest(0.05)
                    if not runner.running:
                        break
            settle()
            yield name, kept[-1]


def without_document(window: Any, folder: Path, packages: list[Path]) -> Iterator[Seen]:
    """What is met before a document is open."""
    from desktop.exchange.arrival import gather
    from desktop.exchange.receiving import decide
    from desktop.ui.dropping import situation
    from tests.data.planning import tables

    window.show_page("settings")
    settle()
    yield "settings-alone", window
    window.begin()
    settle()
    lists = tables.renstra(folder)
    window.dropping.overlay.promise(decide(gather([lists]), situation(window.session)))
    settle()
    yield "drop-lists", window
    window.dropping.overlay.hide()
    rescued = folder / "rusak.rancang"
    rescued.write_bytes(b"bukan dokumen")
    yield from asked(lambda: window.open_path(rescued), "not-a-workspace")
    for package in packages:
        yield from asked(lambda package=package: window.receive([package]), "package-shown")


def with_document(window: Any, folder: Path) -> Iterator[Seen]:
    """Dialogs over the open demo, and states of its pages."""
    bench, session = window.workbench, window.session
    bench.visit(Stop("home"))
    settle()
    yield from asked(lambda: window.commands.run("palette"), "palette")
    yield from asked(lambda: window.commands.run("keys"), "cheat-sheet")
    yield from asked(lambda: window.commands.run("about"), "about")
    yield from _help(window)
    yield from _importing(window, folder)
    yield from _dialogs(window, folder)
    yield from _chapters(window)
    yield from _evidence(window)
    yield from _found(window)
    session.remember(second_language=True)
    for stop in (
        Stop("form", "commitment"),
        Stop("chapter", "I.6"),
        Stop("profile"),
        Stop("worksheet", "inventory"),
    ):
        bench.visit(stop)
        settle()
        yield f"second-{stop.page}", window
    session.remember(second_language=False)
    for role in ("agency", "mentor", "assessor"):
        session.remember(role=role)
        bench.visit(Stop("home"))
        settle()
        yield f"role-{role}", window
    session.remember(role="secretary")
    bench.visit(Stop("form", "commitment"))
    percent = session.settings.text_percent
    session.remember(text_percent=200)
    rest(0.9)
    yield "large-form", window
    for page in ("home", "programmes", "evidence"):
        bench.visit(Stop(page))
        rest(0.2)
        yield f"large-{page}", window
    session.remember(text_percent=percent)
    rest(0.9)
    yield "after-large", window


def _help(window: Any) -> Iterator[Seen]:
    from desktop.ui.helping.window import HelpWindow

    shown = HelpWindow(window)
    shown.show()
    settle()
    yield "help", shown
    shown.search.setText("tanda tangan" if window.session.speaker.language.value == "id" else "sign")
    settle()
    yield "help-search", shown
    shown.close()
    shown.deleteLater()
    settle()


def _importing(window: Any, folder: Path) -> Iterator[Seen]:
    from desktop.ui.dialogs.importing import ImportDialog
    from tests.data.planning import tables

    for make in (tables.renstra, tables.renja):
        dialog = ImportDialog(window.session, make(folder), window)
        dialog.show()
        for _ in range(200):
            rest(0.05)
            if dialog.preview is not None:
                break
        settle()
        yield f"import-{make.__name__}-found", dialog
        if make is tables.renstra:
            for step in ("open", "taking"):
                dialog.ok.click()
                settle()
                yield f"import-{step}", dialog
        dialog.reject()
        dialog.deleteLater()
        settle()


def _dialogs(window: Any, folder: Path) -> Iterator[Seen]:
    from desktop.ui.dialogs.ask import ask_password, ask_reason, confirm
    from desktop.ui.dialogs.bring_back import bring_back_paths
    from desktop.ui.dialogs.rescue import Rescue
    from desktop.ui.dialogs.token import TokenDialog
    from desktop.ui.files.claiming import ask_claims
    from desktop.ui.pages.home.deadlines import DeadlineDialog

    session = window.session
    report = session.report
    about = report.findings[0].message if report is not None and report.findings else Message("ui.aside.note")
    yield from asked(lambda: ask_reason(window, session, about), "set-aside")
    yield from asked(lambda: ask_password(window, session, "kunci.p12"), "password")
    yield from asked(
        lambda: confirm(window, session, Message("ui.backups.question"), Message("ui.backups.restore")),
        "confirm",
    )
    yield from asked(lambda: ask_claims(session, window), "claims")
    copied = folder / "salinan.rancang"
    if not copied.exists():
        shutil.copy(session.workspace.path, copied)
    yield from asked(lambda: bring_back_paths(window, session, [copied]), "bring-back")
    for name, made in (
        ("token", TokenDialog(session, window)),
        ("deadline", DeadlineDialog(session, window)),
        (
            "rescue",
            Rescue(
                session,
                Message("workspace.error.not_a_workspace", file="lampung-timur.rancang"),
                session.workspace.backups(),
                window,
            ),
        ),
    ):
        made.show()
        rest(1.5 if name == "token" else 0.1)
        yield name, made
        made.close()
        made.deleteLater()
    window.workbench.visit(Stop("profile"))
    settle()
    subject = window.workbench.current.boxes[0].subject()
    yield from asked(lambda: session.history_wanted.emit(subject), "field-history")


def _chapters(window: Any) -> Iterator[Seen]:
    from desktop.ui import comments

    bench, session = window.workbench, window.session
    bench.visit(Stop("chapter", "I.6"))
    settle()
    page = bench.current
    side = page.sides[0]
    yield from asked(side.editor.pick_reference, "references")
    yield from asked(side.editor.edit_link, "link")
    yield from asked(lambda: comments.add(window, session, side.place, quote="Visi smart city"), "comment")
    with session.change(Message("ui.op.comment")) as operation:
        said = "Visi ini baik; sebutkan ukuran yang dapat dihitung, dan sejak kapan dihitung."
        operation.comment(side.place, said, session.author(), quote="Visi smart city", due="2026-12-01")
    settle()
    yield "margin", window
    page.find_here()
    page.find_bar.findChild(QWidget)
    settle()
    yield "find-bar", window
    bench.visit(Stop("comments"))
    settle()
    yield "comments-some", window
    session.undo()


def _evidence(window: Any) -> Iterator[Seen]:
    bench = window.workbench
    bench.visit(Stop("evidence"))
    rest(0.8)
    yield "evidence-thumbs", window
    page = bench.current
    page.turn(1)
    rest(0.4)
    yield "evidence-tiles", window
    page.turn(0)
    page.look_inside()
    rest(0.8)
    if page.viewing is not None:
        yield "viewer", page.viewing
        page.viewing.close()
    settle()


def _found(window: Any) -> Iterator[Seen]:
    bench = window.workbench
    bench.visit(Stop("finding"))
    page = bench.current
    page.words.setText("layanan")
    rest(1.2)
    yield "found", window
    page.words.clear()
    bench.visit(Stop("checks"))
    bench.current.tabs.setCurrentIndex(2)
    settle()
    yield "checks-suggestions", window
    bench.visit(Stop("worksheet", "readiness"))
    rest(0.4)
    yield "radar", window
    bench.visit(Stop("programmes"))
    bench.current.list.group_by("dimension")
    rest(0.3)
    yield "programmes-grouped", window
    bench.current.list.group_by("")


def fresh(window: Any, folder: Path) -> Iterator[Seen]:
    """Pages of a document in which nothing stands yet."""
    from desktop.guideline import bundled, bundled_bytes
    from desktop.workspace import Author, Workspace

    path = folder / "baru.rancang"
    path.unlink(missing_ok=True)
    window.session.leave()
    made = Workspace.create(
        path, region="18.07", pack=bundled_bytes(bundled()[-1].id), author=Author("Sari", "secretary"),
        first_year=2027, last_year=2031,
        title={"id": "Masterplan Smart City Kabupaten Lampung Timur 2027-2031"},
    )  # fmt: skip
    window.session.adopt(made)
    window.session.check_now()
    settle()
    bench = window.workbench
    worksheet = window.session.pack.worksheets[0].id
    pages = ("home", "agencies", "programmes", "roadmap", "evidence", "checks", "package", "comments")
    for stop in (*(Stop(page) for page in pages), Stop("worksheet", worksheet), Stop("profile")):
        bench.visit(stop)
        settle()
        yield f"new-{stop.page}", window


__all__ = ["fresh", "with_document", "without_document"]
