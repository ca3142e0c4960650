"""Judging in bounds: the same verdicts, and whatever a file does, an end and no harm to the next one."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.base import Cancelled, Language, Message, render
from desktop.base.bounded.limits import SMALL, USED_UP, read_or, resident, used_up
from desktop.submission import (
    How,
    Limits,
    Verdict,
    VerdictKind,
    bounded,
    child,
    judge,
    judge_many,
    verify,
)
from desktop.submission.frame import zipframe
from tests.submission.golden import KEPT, PACKAGES, anchors
from tests.submission.making import NOW
from tests.trust import crls, pki

SOON = How(workers=1, limits=Limits(3.0))
GOOD = KEPT / "signed.asice"
posix = pytest.mark.skipif(os.name != "posix", reason="processes are looked at as POSIX has them")


def code(verdict: Verdict) -> str:
    assert verdict.kind is VerdictKind.REFUSED
    for language in Language:
        assert render(verdict.reasons[0].message, language).endswith(".")
    return verdict.reasons[0].code


NEVER_ENDS = """
import sys
sys.path.insert(0, {home!r})
from desktop.submission import judge_process, verifying
verify = verifying.verify

def judging(path, *others):
    while path.resolve().name == "endless.asice":
        pass
    return verify(path, *others)

verifying.verify = judging
judge_process.main()
"""


@pytest.fixture
def endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with which the judging process never comes to an end; no real one is known."""
    start = NEVER_ENDS.format(home=str(Path(__file__).parents[2]))
    monkeypatch.setattr(child, "_command", lambda: [sys.executable, "-P", "-c", start])
    path = tmp_path / "endless.asice"
    path.write_bytes(b"PK")
    return path


@pytest.fixture
def talker(monkeypatch: pytest.MonkeyPatch):
    """A judging process that says something else."""

    def become(program: str) -> None:
        start = "import sys, struct\nfrom time import sleep\n"
        start += "def say(x): sys.stdout.buffer.write(struct.pack('>I', len(x)) + x); sys.stdout.flush()\n"
        monkeypatch.setattr(child, "_command", lambda: [sys.executable, "-c", start + program])

    return become


@pytest.mark.slow
def test_the_verdicts_are_those_without_bounds_and_in_order() -> None:
    paths = [KEPT / f"{name}.asice" for name in PACKAGES] * 2
    known = anchors()
    told: list[int] = []
    found = list(
        judge_many(paths, known, NOW, lambda done, total, message: told.append(done), How(workers=2))
    )
    assert found == [verify(path, known, NOW) for path in paths]
    assert told == sorted(told)


@posix
def test_a_file_that_never_ends_is_given_up_and_the_others_are_judged(endless) -> None:
    found = list(judge_many([GOOD, endless, GOOD], anchors(), NOW, how=SOON))
    assert code(found[1]) == "limit.time"
    assert [found[at].kind.value for at in (0, 2)] == ["valid-with-notes"] * 2


@pytest.mark.slow
def test_memory_that_runs_out_is_a_reason_and_the_next_file_is_judged() -> None:
    found = list(judge_many([GOOD, GOOD], anchors(), NOW, how=How(workers=1, limits=Limits(memory=1))))
    assert [code(each) for each in found] == ["limit.memory"] * 2
    assert judge(GOOD, anchors(), NOW).kind is VerdictKind.VALID_WITH_NOTES


READY = "say(b'{\"ready\": true}'); sys.stdin.read(1); "
OTHER = {
    "verdict": "valid",
    "file": "other.asice",
    "reasons": [],
    "signatures": [],
    "package": None,
    "files": [],
    "judged_at": None,
    "sha256": "",
}
BROKEN = {
    "silent": "",
    "fails": "raise SystemExit(3)",
    "dies": f"{READY}raise SystemExit(0)",
    "nonsense": f"{READY}say(b'no JSON'); sleep(60)",
    "too long": f"{READY}sys.stdout.buffer.write(bytes([255]) * 400); sys.stdout.flush(); sleep(60)",
    "no verdict": f"{READY}say(b'[1]'); sleep(60)",
    "half a verdict": f"{READY}say(b'{{\"verdict\": 7}}'); sleep(60)",
    "no progress": f"{READY}say(b'{{\"progress\": 7}}'); sleep(60)",
    "another file": f"{READY}import json; say(json.dumps({{'answer': {OTHER!r}}}).encode()); sleep(60)",
}


@pytest.mark.parametrize("program", BROKEN.values(), ids=BROKEN)
def test_a_process_taken_over_or_broken_is_a_refusal(talker, program) -> None:
    talker(program)
    assert code(judge(GOOD, anchors(), NOW)) == "limit.crash"


@posix
def test_time_is_that_of_the_processor(talker) -> None:
    """A busy computer takes longer by the clock; only work counts, and the process ends itself by it."""
    talker(
        f"{READY}from desktop.base.bounded.limits import spend_at_most\nspend_at_most(0.2)\nwhile True: pass"
    )
    assert code(judge(GOOD, anchors(), NOW, how=SOON)) == "limit.time"
    assert used_up(USED_UP)
    assert not used_up(0)
    assert not used_up(None)


def test_a_program_that_cannot_be_started_is_a_refusal(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(child, "_command", lambda: [str(tmp_path / "none")])
    assert code(judge(GOOD, anchors(), NOW)) == "limit.crash"


@posix
def test_giving_up_is_heard_while_nothing_happens_and_ends_the_process(endless, monkeypatch) -> None:
    made = []
    original = child.Child

    def keep() -> object:
        made.append(original())
        return made[-1]

    monkeypatch.setattr(bounded, "Child", keep)
    asked = 0

    def report(done: int, total: int, message: object) -> None:
        nonlocal asked
        asked += 1
        if asked > 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        judge(endless, anchors(), NOW, report)
    assert made
    assert all(each._child.returncode is not None for each in made)


@pytest.mark.slow
def test_the_hash_of_the_whole_file_comes_along_when_asked_for(tmp_path) -> None:
    asked = How(digest=True)
    assert judge(GOOD, anchors(), NOW, how=asked).sha256 == hashlib.sha256(GOOD.read_bytes()).hexdigest()
    gone = judge(tmp_path / "none", anchors(), NOW, how=asked)
    assert (code(gone), gone.sha256) == ("file.unreadable", "")


def test_more_than_two_gigabytes_are_refused_unread(tmp_path, monkeypatch) -> None:
    large = tmp_path / "large.asice"
    with large.open("wb") as file:
        file.truncate((2 << 30) + 1)
    read: list[int] = []
    monkeypatch.setattr(zipframe, "_read", lambda *asked: read.append(1))
    for any_ in (False, True):
        assert code(verify(large, anchors(), NOW, any_)) == "zip.too_large"
    assert read == []


def test_limits_grow_with_the_file_above_fifty_megabytes() -> None:
    plain = Limits()
    assert plain.of(0) == plain.of(SMALL) == Limits(10.0, 200 << 20)
    large = plain.of(2 << 30)
    assert large.seconds > 300
    assert large.memory == 1 << 30
    assert (resident(os.getpid()) or 0) > 10 << 20
    assert resident(-1) is None


def test_a_verdict_is_read_strictly_from_json() -> None:
    verdict = verify(GOOD, anchors(), NOW)
    assert Verdict.from_json(verdict.to_json()) == verdict
    for change in ({"verdict": "perfect"}, {"reasons": 3}, {"signatures": [{"file": 1}]}, {"files": None}):
        with pytest.raises((ValueError, TypeError)):
            Verdict.from_json({**verdict.to_json(), **change})


@pytest.mark.slow
def test_the_program_itself_becomes_the_judging_process(monkeypatch) -> None:
    """As it is started where it is frozen: by its own name and a word."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child._command() == [sys.executable, "--judge-files"]
    monkeypatch.setattr(child, "_command", lambda: [sys.executable, "-m", "desktop", "--judge-files"])
    assert judge(GOOD, anchors(), NOW).kind is VerdictKind.VALID_WITH_NOTES


def alive(number: int) -> bool:
    """Whether a process still works; one that nobody has asked for its end is a zombie."""
    try:
        state = Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(") ")[2][:1]
    except OSError:
        return False
    return state not in "ZX"


@posix
def test_a_judging_process_ends_with_the_program_that_started_it() -> None:
    """A file of a terabyte was hashed on for hours after the program had been ended."""
    start = (
        "import os, sys\nfrom desktop.submission.child import Child\n"
        "child = Child()\nprint(child._child.pid, flush=True)\nsys.stdin.read()\n"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", start],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        text=True,
    )
    with program:
        number = int(program.stdout.readline())
        assert alive(number)
        program.kill()
    until = time.monotonic() + 120
    while alive(number) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(number)


# -- what is nobody's fault --------------------------------------------------------------------------
@pytest.mark.slow
def test_a_file_is_not_refused_for_what_was_judged_before_it(monkeypatch, tmp_path) -> None:
    """Three files of nobody left so much behind that there was no room for a sound one."""
    asked: list[tuple[int, int]] = []
    real = bounded._judged

    def judged(process, path, limits, tell) -> Verdict:
        asked.append((process.pid, int(path.name[0])))
        if len(asked) == 3:
            process.kill("memory")
            return bounded._out(path, Message("submission.limit.memory", megabytes=200))
        return real(process, path, limits, tell)

    monkeypatch.setattr(bounded, "_judged", judged)
    paths = [tmp_path / f"{number}.asice" for number in range(4)]
    for path in paths:
        path.write_bytes(GOOD.read_bytes())
    verdicts = list(judge_many(paths, anchors(), NOW, how=How(workers=1)))
    assert {verdict.kind for verdict in verdicts} == {VerdictKind.VALID_WITH_NOTES}
    assert [number for _, number in asked] == [0, 1, 2, 2, 3]
    assert asked[2][0] != asked[3][0] == asked[4][0]


def test_what_is_too_large_in_a_new_process_is_judged_once(monkeypatch, tmp_path) -> None:
    asked = []

    def judged(process, path, _limits, _tell) -> Verdict:
        asked.append(path.name)
        process.kill("memory")
        return bounded._out(path, Message("submission.limit.memory", megabytes=200))

    monkeypatch.setattr(bounded, "_judged", judged)
    assert code(judge(tmp_path / "x.asice", anchors(), NOW)) == "limit.memory"
    assert asked == ["x.asice"]


@pytest.mark.slow
def test_large_lists_at_hand_are_no_fault_of_a_file() -> None:
    issuer = pki.make("Penerbit Daftar", ca=True)
    large = crls.huge(issuer, range(200_000))
    believed = replace(anchors(), crls=(large, large, large))
    assert sum(map(len, believed.crls)) > 20 << 20
    verdicts = list(judge_many((GOOD, GOOD), believed, NOW, how=How(workers=1)))
    assert [verdict.kind for verdict in verdicts] == [VerdictKind.VALID_WITH_NOTES] * 2


def test_whatever_a_strangers_file_makes_a_library_raise_is_an_answer_but_want_of_memory() -> None:
    def raising(error: Exception) -> Callable[[], int]:
        def read() -> int:
            raise error

        return read

    assert read_or(lambda: 1, 2) == 1
    assert read_or(raising(KeyError("x")), 2) == 2
    with pytest.raises(MemoryError):
        read_or(raising(MemoryError()), 2)
    with pytest.raises(KeyError):
        read_or(raising(KeyError("x")), 2, told=(KeyError,))
