"""The job: from a workspace file to a book on disk, in a process of its own."""

from __future__ import annotations

import io
import multiprocessing
import os
import pickle
import re
from dataclasses import replace

import msgspec
import pypdfium2 as pdfium
import pytest
from PIL import Image

from desktop.base import Cancelled, Language, Message, RancangError
from desktop.base.fingerprint import groups_of, words_of
from desktop.base.jobs import Done, Job, quiet
from desktop.books import several
from desktop.books.compose import UnknownBook
from desktop.books.printing import print_books, write_books
from desktop.checks import check
from desktop.guideline import write_pack
from desktop.workspace import Author, Workspace
from desktop.workspace.plan_data import plan_fingerprint
from tests.books import plans
from tests.books.test_compose import DATA


@pytest.fixture
def snapshot(tmp_path):
    target = tmp_path / "snapshot.rancang"
    with Workspace.create(
        tmp_path / "a.rancang",
        region="18.07",
        first_year=2026,
        last_year=2030,
        pack=write_pack(DATA / "tiny-pack"),
        author=Author("Sari", "secretary"),
        title={"id": "Rencana"},
        source_language="id",
    ) as workspace:
        with workspace.operation(Message("books.room")) as op:
            op.answer_text("chapter.A.start", "id", "<p>Kota yang tenang dan hijau.</p>", policy="text")
        workspace.snapshot(target)
    return target


@pytest.mark.slow
def test_a_snapshot_becomes_files(snapshot, tmp_path):
    told = []

    def report(done, total, message):
        told.append((done, total, message.id))

    printed = write_books(report, snapshot, tmp_path / "buku", ("id", "en"), ("look",))
    assert [(one.path.name, one.language, one.draft) for one in printed] == [
        ("look.id.pdf", "id", True),
        ("look.en.pdf", "en", True),
    ]
    assert all(one.path.read_bytes().startswith(b"%PDF-1.") and one.pages >= 4 for one in printed)
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1] == (200, 200, "books.printing.done")
    assert not re.findall(r"\.part$", " ".join(p.name for p in (tmp_path / "buku").iterdir()))


def test_where_officials_sign_is_known(snapshot):
    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
    printed = print_books(quiet, plan, pack, check(plan, pack), [Language.ID], ["look"])
    assert set(printed[0].boxes) == {"mayor"}


def test_an_unknown_book_leaves_no_file(snapshot, tmp_path):
    with pytest.raises(UnknownBook):
        write_books(quiet, snapshot, tmp_path / "buku", ("id",), ("X",))
    assert not (tmp_path / "buku").exists()


def test_fields_filled_differently_make_it_a_draft_whatever_the_checks_say(snapshot, monkeypatch):
    from dataclasses import replace

    from desktop.books import compose
    from desktop.workspace.plan import OpenConflict

    made = []

    def spy(*_args, draft, **_more):
        made.append(draft)
        raise UnknownBook("look", [])

    monkeypatch.setattr(compose, "compose", spy)
    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
    nothing = replace(check(plan, pack), findings=())
    differing = replace(plan, conflicts=(OpenConflict("plan", "x", "value", "title:id"),))
    for each in (plan, differing):
        with pytest.raises(UnknownBook):
            print_books(quiet, each, pack, nothing, [Language.ID], ["look"])
    assert made == [False, True]


@pytest.mark.slow
def test_the_last_page_bears_the_fingerprint_and_only_where_there_is_a_package(snapshot):
    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
    fingerprint = plan_fingerprint(plan)
    findings = check(plan, pack)
    for one in print_books(quiet, plan, pack, findings, list(Language), ["look"]):
        with pdfium.PdfDocument(one.data) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
        last = " ".join(re.sub(r"\d", " ", pages[-1]).split())
        assert " ".join(words_of(fingerprint)) in last, one.language
        assert " ".join(groups_of(fingerprint)) in " ".join(pages[-1].split())
        assert not any(groups_of(fingerprint)[3] in page for page in pages[:-1])
    books = tuple(msgspec.structs.replace(each, submitted=False) for each in pack.books)
    at_home = msgspec.structs.replace(pack, books=books)
    (one,) = print_books(quiet, plan, at_home, findings, [Language.ID], ["look"])
    with pdfium.PdfDocument(one.data) as document:
        assert groups_of(fingerprint)[3] not in document[-1 % len(document)].get_textpage().get_text_range()


def test_another_state_of_the_plan_has_another_fingerprint(snapshot):
    with Workspace.open(snapshot, read_only=True) as workspace:
        plan = workspace.plan()
    other = replace(plan, title=plan.title.__class__({"id": "Rencana lain"}))
    pinned = replace(plan, guideline=replace(plan.guideline, version="2"))
    assert len({plan_fingerprint(each) for each in (plan, other, pinned)}) == 3
    assert plan_fingerprint(plan) == plan_fingerprint(replace(plan, comments=()))


@pytest.fixture
def two_cores(monkeypatch):
    """Books go to two processes, however little there is to do."""
    monkeypatch.setattr(several, "_WORTH", 0)
    monkeypatch.setattr(several.os, "cpu_count", lambda: 2)


def printed_by(plan, pack, report=quiet, **more):
    return print_books(
        report, plan, pack, check(plan, pack), list(Language), ["everything", "pledge"], **more
    )


@pytest.mark.slow
def test_several_processes_print_the_same_in_the_same_order(two_cores, monkeypatch):
    plan, pack = plans.plan(), plans.pack()
    told = []
    many = printed_by(plan, pack, lambda *news: told.append(news[:2]), pictures=photo)
    monkeypatch.setattr(several, "_WORTH", 10**9)
    assert many == printed_by(plan, pack, pictures=photo)
    assert len(many) == 4
    assert b"/DCTDecode" in many[0].data
    assert told == sorted(told)
    assert told[-1] == (400, 400)


def test_several_processes_can_be_stopped(two_cores):
    plan, pack, others = plans.plan(), plans.pack(), []

    def stop(done, total, message):
        if done:
            others.extend(multiprocessing.active_children())
            raise Cancelled

    with pytest.raises(Cancelled):
        printed_by(plan, pack, stop)
    assert not multiprocessing.active_children()
    assert [each.exitcode for each in others] != [0] * len(others), "they were waited for"


@pytest.mark.slow
def test_what_one_of_several_processes_could_not_do_is_said(two_cores, monkeypatch):
    fine, broken = several.Task((), "pdf"), several.Task((object(),), "pdf")

    def at_work(_task, report, _pictures):
        while True:
            report(0, 1, Message("base.cancelled"))

    monkeypatch.setattr(several.Task, "size", 1)
    with monkeypatch.context() as patch:
        patch.setattr(several, "write", at_work)  # here; the other takes the next
        with pytest.raises(RancangError) as caught:
            several.write_all([fine, broken], lambda *_: None, None, 2)
    assert caught.value.message.id == "base.crash"
    assert not multiprocessing.active_children()
    # what cannot be handed over stops those that were begun
    job, begun = several.Job, []

    def starting(work, *given):
        begun.append(job(work, *given) if not begun else job(work, lambda: None))
        return begun[-1]

    monkeypatch.setattr(several, "Job", starting)
    with pytest.raises((AttributeError, pickle.PicklingError)):
        several.write_all([fine] * 3, lambda *_: None, None, 3)
    assert len(begun) == 1
    assert not multiprocessing.active_children()


def photo(_sha256):
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(made, "PNG")
    return made.getvalue()


def in_a_job(report, snapshot, folder):
    """Books of a job on two cores; how many processes it started."""
    several._WORTH = 0
    os.cpu_count = lambda: 2
    begun, job = [], several.Job
    several.Job = lambda *given: begun.append(job(*given)) or begun[-1]
    write_books(report, snapshot, folder, ("id", "en"), ("look",))
    return len(begun)


@pytest.mark.slow
def test_a_job_of_the_window_has_helpers_too(snapshot, tmp_path):
    job, news = Job(in_a_job, snapshot, tmp_path), []
    while job.running:
        job._pipe.poll(1)
        news += job.poll()
    assert news[-1] == Done(1)
    done = [each.done for each in news[:-1]]
    assert done == sorted(done)
    assert done[-1] == 200
    assert all((tmp_path / f"look.{language}.pdf").exists() for language in ("id", "en"))


def test_little_is_done_at_once(monkeypatch):
    monkeypatch.setattr(several.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(several.Task, "size", 10_000)
    tasks = [several.Task((), "pdf")] * 3
    assert several.helpers(tasks) == 2
    assert several.helpers(tasks[:1]) == 1
    monkeypatch.setattr(several.Task, "size", 10)
    assert several.helpers(tasks) == 1
