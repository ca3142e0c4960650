"""Whoever signs asks for one verdict after another on a package: one process gives them, and no other."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.base import Cancelled, Message
from desktop.base.jobs import quiet
from desktop.submission import How, Limits, Verdict, VerdictKind, bounded, child, judge, verify, verify_many
from desktop.submission.looking import refusal
from tests.submission.golden import KEPT, anchors
from tests.submission.making import NOW
from tests.submission.test_bounded import NEVER_ENDS, code, posix


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "paket.asice"
    shutil.copyfile(KEPT / "half.asice", path)
    return path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The numbers of the processes that were started; none is left behind."""
    numbers: list[int] = []
    bounded.VERDICTS.close()

    class Counted(child.Child):
        def __init__(self) -> None:
            super().__init__()
            numbers.append(self.pid)

    monkeypatch.setattr(bounded, "Child", Counted)
    yield numbers
    bounded.VERDICTS.close()


def again(path: Path, limits: Limits | None = None, now: dt.datetime = NOW) -> Verdict:
    return judge(path, anchors(), now, how=How(again=path, limits=limits or Limits()))


@pytest.mark.slow
def test_a_package_that_changed_is_judged_by_the_process_that_judged_it(package, made) -> None:
    half = again(package)
    assert half == verify(package, anchors(), NOW)
    shutil.copyfile(KEPT / "signed.asice", package)
    later = NOW + dt.timedelta(minutes=5)
    assert again(package, now=later) == verify(package, anchors(), later)
    assert refusal(quiet, package, anchors(), NOW) is None
    assert len(made) == 1


@pytest.mark.slow
def test_for_another_package_or_other_anchors_there_is_another_process(package, made, tmp_path) -> None:
    other = tmp_path / "lain.asice"
    shutil.copyfile(package, other)
    again(package)
    again(other)
    again(package)
    assert len(made) == 3
    judge(package, replace(anchors(), anchors=()), NOW, how=How(again=package))
    assert len(made) == 4
    (verdict,) = verify_many(quiet, (package,), anchors(), NOW)
    assert verdict.until == verify(package, anchors(), NOW).until is not None
    assert len(made) == 5, "the SHA-256 of the whole is something else to be told"
    assert verify_many(quiet, (package,), anchors(), NOW) == (verdict,)
    assert len(made) == 5
    verify_many(quiet, (package, other), anchors(), NOW)
    assert len(made) > 5


@pytest.mark.slow
@posix
def test_what_ran_out_of_its_time_or_was_given_up_waits_for_nobody(package, made, monkeypatch) -> None:
    start = NEVER_ENDS.format(home=str(Path(__file__).parents[2]))
    monkeypatch.setattr(child, "_command", lambda: [sys.executable, "-P", "-c", start])
    endless = package.with_name("endless.asice")
    shutil.copyfile(package, endless)

    def of_package(path: Path, limits: Limits | None = None, report=quiet) -> Verdict:
        return judge(path, anchors(), NOW, report, How(again=package, limits=limits or Limits()))

    good = of_package(package)
    assert code(of_package(endless, Limits(1.0))) == "limit.time"
    assert len(made) == 1, "time is each file's own"
    assert of_package(package) == good
    assert len(made) == 2

    def give_up(done: int, total: int, message: Message) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        of_package(endless, report=give_up)
    assert of_package(package) == good
    assert len(made) == 3


@pytest.mark.slow
@pytest.mark.parametrize("why", ["memory", "refusal", "crash"])
def test_what_was_read_before_refuses_nothing(package, made, monkeypatch, why) -> None:
    """Nor does what a process says that was there before: a new one is asked, and waits in its place."""
    good = again(package)
    real = bounded._judged

    def judged(process, path, task, tell) -> Verdict:
        found = real(process, path, task, tell)
        if process.pid != made[0]:
            return found
        if why == "refusal":
            return bounded._out(path, Message("submission.manifest.malformed"))
        process.kill(why)
        return bounded._out(path, process.reason(task.limits))

    monkeypatch.setattr(bounded, "_judged", judged)
    assert again(package) == good
    assert len(made) == 2
    assert again(package) == good
    assert len(made) == 2


@pytest.mark.slow
def test_a_refused_package_is_refused_by_two(package, made) -> None:
    again(package)
    package.write_bytes(package.read_bytes()[:-40])
    assert again(package).kind is VerdictKind.REFUSED
    assert len(made) == 2
