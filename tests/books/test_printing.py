"""The job: from a workspace file to a book on disk, in a process of its own."""

from __future__ import annotations

import re

import pytest

from desktop.base import Language, Message
from desktop.base.jobs import Done, Job, quiet
from desktop.books.compose import UnknownBook
from desktop.books.printing import render_book
from desktop.guideline import write_pack
from desktop.workspace import Author, Workspace
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


def test_a_snapshot_becomes_a_file(snapshot, tmp_path):
    told = []

    def report(done, total, message):
        told.append(message.id)

    target = tmp_path / "buku.pdf"
    printed = render_book(report, snapshot, "look", Language.ID, False, target)
    assert target.read_bytes().startswith(b"%PDF-1.")
    assert printed.pages >= 4
    assert set(printed.stamp_boxes) == {"mayor"}
    assert told[0] == "books.progress.reading"
    assert told[-1] == "books.progress.done"
    assert not re.findall(r"\.part$", " ".join(p.name for p in tmp_path.iterdir()))


def test_it_runs_as_a_job(snapshot, tmp_path):
    target = tmp_path / "buku.pdf"
    job = Job(render_book, snapshot, "look", Language.EN, True, target)
    news = []
    while job.running:
        news += job.poll()
    assert isinstance(news[-1], Done)
    assert news[-1].result.path == target


def test_an_unknown_book_leaves_no_file(snapshot, tmp_path):
    with pytest.raises(UnknownBook):
        render_book(quiet, snapshot, "X", Language.ID, False, tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()
