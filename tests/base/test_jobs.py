"""Long work in a process of its own: progress, a result, a sentence, an end."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Client, Listener
from typing import Any

import pytest

from desktop.base import Message, RancangError, jobs
from desktop.base.jobs import Done, Failed, Job, Progress, Report


def counts(report: Report, upto: int) -> int:
    for n in range(upto):
        report(n, upto, Message("base.cancelled"))
    return sum(range(upto))


def refuses(report: Report) -> None:
    raise RancangError(Message("base.file.missing", file="x"))


def dies(report: Report) -> None:
    os._exit(3)


def never_ends(report: Report) -> None:
    report(0, 0, Message("base.cancelled"))
    while True:
        pass


def ended(job: Job[Any], until: Callable[[], bool] = lambda: False) -> list[object]:
    news: list[object] = []
    while job.running and not until():
        news += job.poll()
    return news


def test_progress_and_result() -> None:
    news = ended(Job(counts, 5))
    assert [entry.done for entry in news if isinstance(entry, Progress)] == [0, 1, 2, 3, 4]
    assert news[-1] == Done(10)


@pytest.mark.parametrize(("work", "id_"), [(refuses, "base.file.missing"), (dies, "base.job.died")])
def test_what_goes_wrong_is_a_sentence(work: Callable[..., None], id_: str) -> None:
    news = ended(Job(work))
    assert isinstance(news[-1], Failed)
    assert news[-1].message.id == id_


def test_a_job_can_be_stopped() -> None:
    job = Job(never_ends)
    heard: list[object] = []
    while not heard:
        heard += job.poll()
    job.cancel()
    assert not job.running
    assert job.poll() == []


def hands_on(report: Report, address: Any) -> None:
    job = Job(holds, address)
    while job.running:
        ended(job)


def holds(report: Report, address: Any) -> None:
    with Client(address) as line:
        line.recv()  # nobody says anything


@pytest.mark.slow
def test_what_a_job_starts_ends_with_it() -> None:
    with Listener() as listener:
        job = Job(hands_on, listener.address)
        with listener.accept() as line:
            job.cancel()
            assert line.poll(20), "it goes on for nobody"
            with pytest.raises((EOFError, ConnectionResetError)):
                line.recv()


def test_an_unexpected_failure_is_said_and_noted(own_home: Any) -> None:
    news = ended(Job(crashes))
    assert isinstance(news[-1], Failed)
    assert news[-1].message.id == "base.crash"
    assert list((own_home / "crash").iterdir())


def crashes(report: Report) -> None:
    raise ZeroDivisionError


def _long(report):
    for step in range(3):
        report(step, 3, Message("base.cancelled"))


def test_a_job_whose_window_is_gone_ends_quietly(tmp_path, monkeypatch):
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path))
    here, there = Pipe()
    here.close()
    jobs._child(there, _long, ())
    assert there.closed
    assert list(tmp_path.rglob("*")) == [], "no note of a crash"
