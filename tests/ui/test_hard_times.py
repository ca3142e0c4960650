"""A disk that goes while a document is open, a home that cannot be written: a sentence, and work goes on."""

import os

import pytest
from PySide6.QtCore import QTimer

from desktop.base import Message
from desktop.base.errors import FileProblem
from desktop.ui import crash
from desktop.ui.editor import text
from desktop.ui.running import Runner


@pytest.fixture
def gone(desk):
    """Something is typed, and then the file is cut off under it, as by a stick pulled out."""
    desk.page = desk.visit("form", "town")
    desk.type_into(desk.box(desk.page, "mayor").bindings[0].editor.inner, "Ibu Ratna")
    os.truncate(desk.path, 4096)
    return desk


def test_a_file_that_went_is_told_once_and_not_at_every_pause(gone):
    assert not gone.session.drafts.flush()
    # what is read in the background at that moment may tell it as well
    assert {message.id for message in gone.said} == {"workspace.error.damaged"}
    assert not gone.session.drafts._pause.isActive()
    assert gone.box(gone.page, "mayor").bindings[0].editor.inner.text() == "Ibu Ratna"


@pytest.mark.slow
def test_every_page_and_command_stands_a_file_that_went(gone):
    for name in ("undo", "redo", "save", "back-up", "second-language", "next", "previous"):
        gone.window.commands.run(name)
        gone.settle()
    for name in ("history", "checks", "home", "evidence", "comments"):
        gone.window.show_page(name)
        gone.settle()
    told = {message.id for message in gone.said}
    # which of the two is said depends on the page of the file that is asked for first
    assert "workspace.error.damaged" in told
    assert told <= {"workspace.error.damaged", "workspace.error.not_a_workspace"}


def test_a_document_whose_file_went_can_be_left(gone):
    gone.window.commands.run("close")
    gone.settle()
    assert not gone.session.is_open
    assert gone.window.start.isVisible()


@pytest.fixture(params=[pytest.param("a file", marks=pytest.mark.slow), "nowhere"])
def homeless(request, tmp_path, monkeypatch):
    """The program's own folder cannot be made."""
    if request.param == "a file":
        (tmp_path / "home").write_text("no folder")
    place = tmp_path / "home" / "below" if request.param == "a file" else "/proc/nowhere"
    monkeypatch.setenv("RANCANG_HOME", str(place))
    return request.param


@pytest.mark.slow
def test_a_home_that_cannot_be_made_stops_nobody(homeless, empty_desk):
    empty_desk.begin()
    window = empty_desk.window
    # why there is no home makes no difference to a view
    for view in ("fields", "interview", "book") if homeless == "a file" else ("fields",):
        empty_desk.session.remember(view=view)
        for stop in (*window.workbench.journey.stops, *window.workbench.journey.advanced.stops):
            empty_desk.visit(stop.page, stop.ref)
    empty_desk.session.leave()
    window.open_path(empty_desk.path)
    assert empty_desk.session.is_open
    assert {message.id for message in empty_desk.said} == {"ui.no_backup"}


def test_what_is_no_fault_of_the_program_is_told_in_its_own_words(monkeypatch):
    said = []
    monkeypatch.setattr(crash.sys, "__excepthook__", lambda *_: None)
    boundary = crash.CrashBoundary(lambda: True, said.append)
    full = OSError(28, "No space left on device", "buku.pdf")
    boundary.caught(OSError, full, None)
    problem = FileProblem(Message("base.file.missing", file="x", reason=""))
    boundary.caught(FileProblem, problem, None)
    assert [message.id for message in said] == ["base.file.disk_full", "base.file.missing"]


# -- pages of other roles ---------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["agencies", "package", "books", "finding"])
def test_a_finding_or_reference_to_a_page_of_another_role_says_so(desk, page):
    desk.session.remember(role="agency")
    desk.settle()
    before = desk.window.workbench.stop
    desk.window.show_page(page)
    desk.settle()
    assert desk.window.workbench.stop == before
    assert [message.id for message in desk.said] == ["ui.not_seen"]


def test_a_page_that_does_not_exist_is_not_visited(desk):
    before = desk.window.workbench.stop
    desk.session.show("nonsense", "x")
    desk.settle()
    assert desk.window.workbench.stop == before


# -- work that goes on -----------------------------------------------------------------------------
def slow(report):
    """A job that nobody waits for any more."""
    import time

    time.sleep(60)


def test_a_job_ends_with_the_document_it_is_for(desk):
    runner = desk.visit("books").findChild(Runner)
    copy = runner.snapshot()
    runner.start(lambda _made: None, slow)
    job = runner._job
    desk.window.commands.run("close")
    desk.settle()
    assert not job.running
    assert not copy.parent.exists()


@pytest.mark.slow
def test_the_window_is_not_closed_while_a_document_opens(desk):
    desk.session.leave()
    closing = QTimer(desk.window, singleShot=True, interval=0)
    closing.timeout.connect(desk.window.close)
    closing.start()
    desk.window.open_path(desk.path)
    assert desk.session.is_open
    assert desk.window.isVisible()


@pytest.mark.parametrize(
    "href", ["file:///etc/passwd", "javascript:1", "data:text/html,x", "ref:nonsense/x", ""]
)
def test_only_pages_and_mailboxes_are_opened_outside(desk, monkeypatch, href):
    opened = []
    monkeypatch.setattr(text.QDesktopServices, "openUrl", opened.append)
    written = text.RichText()
    desk.qtbot.addWidget(written)
    written._go(href)
    assert opened == []
    written._go("https://layanan.go.id")
    assert opened == ["https://layanan.go.id"]
