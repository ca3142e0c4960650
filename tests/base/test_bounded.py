"""What reads files of strangers ends in time, within its memory, and never with the program."""

from __future__ import annotations

import datetime as dt
import gc
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from desktop.base import Cancelled, Language, Message, render
from desktop.base.bounded import Limits, Unfinished, ask, asking, child, pace
from desktop.base.bounded.kept import Kept
from desktop.base.bounded.limits import SMALL
from desktop.base.bounded.pace import SLOWEST, USUAL, slowness
from desktop.base.bounded.shapes import Unfit, packed, unpacked
from tests.base.looks import Doing

pytestmark = pytest.mark.usefixtures("read_apart")
posix = pytest.mark.skipif(sys.platform == "win32", reason="time is asked ten times a second there")


@posix
def test_what_takes_too_long_or_too_much_or_ends_the_process_is_a_sentence_and_the_next_file_is_read():
    first = ask(Doing("answer"), "a.xls")
    assert ask(Doing("answer"), "b.xls") == first, "one process, kept for the next file"
    assert len(first["data"]) == 100_000
    for what, limits, code in (
        ("never end", Limits(0.3), "time"),
        ("fill the memory", Limits(20.0, 150 << 20), "memory"),
        ("end the program", Limits(), "crash"),
        ("fail", Limits(), "crash"),
    ):
        with pytest.raises(Unfinished) as error:
            ask(Doing(what, limits), "daftar.xls")
        assert (error.value.why, error.value.message.id) == (code, f"base.bounded.{code}")
        for language in Language:
            assert "daftar.xls" in render(error.value.message, language)
    assert ask(Doing("answer"), "a.xls")["process"] != first["process"]


def test_a_process_that_was_asked_about_something_else_is_not_taken():
    kept = Kept(asking._start)
    first = kept.start()
    first.set_up(b"")
    kept.give(first, "a")
    assert kept.take("a") is first
    kept.give(first, "a")
    second = kept.take("b")
    assert second is not first
    assert first.gone
    second.close()


@posix
def test_a_busy_computer_may_take_longer_by_the_clock_where_somebody_waits():
    with pytest.raises(Unfinished):
        ask(Doing("wait", Limits(0.05)), "a.xls")
    assert ask(Doing("wait", Limits(0.05, clock=100)), "a.xls")["data"]
    with pytest.raises(Unfinished):
        ask(Doing("never end", Limits(0.05, clock=1_000)), "a.xls")
    assert Limits(1.0, clock=7.0).of(2 << 30).clock == 7


def test_whoever_gives_up_is_heard_and_no_process_is_left(monkeypatch):
    made = []
    start = asking.THEIRS.start
    monkeypatch.setattr(asking.THEIRS, "start", lambda: made.append(start()) or made[-1])
    told = []

    def report(done, total, message):
        told.append(done)
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        ask(Doing("never end"), "a.xls", report)
    assert told[-1] == 1, "what the process said of how far it is"
    assert [each.gone for each in made] == [True]


def test_a_process_that_cannot_be_started_or_says_nonsense_is_a_sentence(monkeypatch, tmp_path):
    for command in (
        [str(tmp_path / "none")],
        [sys.executable, "-c", "print('no frame at all, but longer than its head', flush=True)"],
    ):
        monkeypatch.setattr(asking, "_command", lambda command=command: command)
        with pytest.raises(Unfinished) as error:
            ask(Doing("answer"), "a.xls")
        assert error.value.why == "crash"
    gc.collect()


_TAKEN_OVER = """
import sys, time
from desktop.base.bounded.frames import read_frame, write_frame
read_frame(sys.stdin.buffer)
write_frame(sys.stdout.buffer, b'{"ready": true}')
read_frame(sys.stdin.buffer, 1 << 30)
write_frame(sys.stdout.buffer, sys.argv[1].encode())
time.sleep(60)
"""


@pytest.mark.parametrize(
    "said",
    [
        '{"progress": [Infinity, 1, {"id": "base.bounded.opening"}]}',
        '{"progress": [1, NaN, {"id": "base.bounded.opening"}]}',
        '{"progress": [-1, 1, {"id": "base.bounded.opening"}]}',
        '{"progress": [1, 99999999999, {"id": "base.bounded.opening"}]}',
        '{"progress": [true, "1", {"id": "base.bounded.opening"}]}',
        '{"progress": [1, 1, "none"]}',
        '{"progress": 1}',
        '{"answer": [1]}',
        '{"neither": 1}',
    ],
)
def test_a_process_that_was_taken_over_and_says_what_ours_never_says_keeps_nobody_waiting(monkeypatch, said):
    monkeypatch.setattr(asking, "_command", lambda: [sys.executable, "-c", _TAKEN_OVER, said])
    told = []

    def report(*how_far):
        told.append(how_far)
        if len(told) > 200:
            raise AssertionError("it waits, and no limit holds any more")

    with pytest.raises(Unfinished) as error:
        ask(Doing("answer"), "a.xls", report)
    assert error.value.why == "crash"


@posix
@pytest.mark.parametrize(("limits", "why"), [(Limits(0.3), "time"), (Limits(60.0, 60 << 20), "memory")])
def test_a_process_that_was_taken_over_and_says_something_all_the_time_is_looked_at(monkeypatch, limits, why):
    """It was looked at only while it was silent."""
    flood = _TAKEN_OVER.replace("time.sleep(60)", "held = [b'x' * (100 << 20)]") + (
        "for _ in range(4000):\n"
        "    write_frame(sys.stdout.buffer, sys.argv[1].encode())\n"
        "    time.sleep(0.005)\n"
    )
    said = '{"progress": [1, 2, {"id": "base.bounded.opening"}]}'
    monkeypatch.setattr(asking, "_command", lambda: [sys.executable, "-c", flood, said])
    with pytest.raises(Unfinished) as error:
        ask(Doing("answer", limits), "a.xls")
    assert error.value.why == why


def test_whatever_goes_wrong_while_a_process_is_asked_keeps_nobody_waiting(monkeypatch):
    unforeseen: list[object] = []
    monkeypatch.setattr(threading, "excepthook", unforeseen.append)

    def ask_nothing(_child, *_):
        raise RuntimeError

    monkeypatch.setattr(child.Child, "ask", ask_nothing)
    told = []

    def report(*how_far):
        told.append(how_far)
        if len(told) > 50:
            raise AssertionError("it waits for ever")

    with pytest.raises(Unfinished) as error:
        ask(Doing("answer"), "a.xls", report)
    assert (error.value.why, len(unforeseen)) == ("crash", 1), "and it is not silent"


def test_an_installed_program_is_started_as_itself(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert asking._command() == [sys.executable, "--read-files"]
    monkeypatch.setattr(asking, "_command", lambda: [sys.executable, "-m", "desktop", "--read-files"])
    assert ask(Doing("answer"), "a.xls")["data"]


@dataclass(frozen=True)
class Inner:
    kind: Literal["p", "li"]
    n: int | None = None


@dataclass(frozen=True)
class Other:
    words: tuple[str, ...]


@dataclass(frozen=True)
class Outer:
    """One of everything that is handed back."""

    cells: tuple[tuple[str | Decimal | dt.date | bool | None, ...], ...]
    parts: tuple[Inner | Other, ...] = ()
    looks: Mapping[tuple[int, int], Inner] | None = None
    rows: frozenset[int] = frozenset()
    language: Language = Language.ID
    path: Path | None = None
    at: dt.datetime | None = None
    place: tuple[float, float] | None = None
    lost: tuple[Message, ...] = ()
    data: Path | bytes = b""


WHOLE = Outer(
    cells=(("a", Decimal("1.50"), dt.date(2026, 11, 30), True, None), ()),
    parts=(Inner("li", 1 << 40), Other(("x", "y")), Inner("p")),
    looks={(1, 2): Inner("p", 3)},
    rows=frozenset({1, 2}),
    language=Language.EN,
    path=Path("x"),
    at=dt.datetime(2026, 11, 30, 7, 5),  # noqa: DTZ001 - a camera's own clock
    place=(-5.25, 105.0),
    lost=(Message("base.bounded.time", file="x", seconds=3),),
    data=b"\xff",
)


def test_what_is_handed_back_is_what_was_read():
    assert unpacked(Outer, packed(WHOLE)) == WHOLE
    many = tuple(Inner("p", n) for n in range(500))
    assert unpacked(tuple[Inner, ...], packed(many)) == many
    with pytest.raises(TypeError):
        packed(object())
    with pytest.raises(TypeError):
        unpacked(object, packed(()))


@pytest.mark.parametrize(
    "sent",
    [
        None,
        b"",
        b"\xc1",
        b"\x91" * 5_000,
        *map(
            msgspec.msgpack.encode,
            [
                {"Outer": []},
                {"Inner": ["p", 1]},
                [WHOLE.language],
                {},
                {"Outer": [[["a", msgspec.msgpack.Ext(1, b"x")]]]},
                *(
                    {"Outer": [cells, parts, *[None] * 8]}
                    for cells, parts in [
                        ([[msgspec.msgpack.Ext(1, b"9" * 500)]], []),
                        ([[msgspec.msgpack.Ext(2, b"9")]], []),
                        ([[{"date": "2026-99-01"}]], []),
                        ([[1.5]], []),
                        ("abc", []),
                        ([[[]]], []),
                        ([], [{"Inner": ["h9", 1]}]),
                        ([], [{"Other": ["xy"]}]),
                        ([], [{"Path": ["p"]}]),
                        ([], [{"Inner": [["p"], 1]}]),
                    ]
                ),
            ],
        ),
    ],
)
def test_what_is_anything_else_is_no_value(sent):
    """A hostile file may have got hold of the process that says it."""
    with pytest.raises(Unfit):
        unpacked(Outer, sent)


@pytest.mark.parametrize("sent", [[1, {}, 3], [{}], {}])
def test_an_empty_map_among_alternatives_ends_no_list(sent):
    """``[1, {}, 3]`` was read as ``(1,)``."""
    with pytest.raises(Unfit):
        unpacked(tuple[int | str, ...], msgspec.msgpack.encode(sent))
    with pytest.raises(Unfit):
        unpacked(dict[str, int | None], msgspec.msgpack.encode({"map": [["a", {}]]}))


@pytest.mark.parametrize(("round_", "slow"), [(0.1, 1.0), (1.0, 1.0), (2.5, 2.5), (100.0, SLOWEST)])
def test_a_slow_computer_has_as_many_more_seconds(monkeypatch, round_, slow) -> None:
    monkeypatch.setattr(pace, "_round", lambda: round_ * USUAL)
    slowness.cache_clear()
    assert slowness() == slow
    monkeypatch.setattr(pace, "slowness", slowness)
    limits = Limits(10.0, 200 << 20, 2.0)
    assert limits.of(SMALL) == Limits(10.0 * slow, 200 << 20, 2.0)
    assert limits.of(2 * SMALL).seconds == 20.0 * slow
    slowness.cache_clear()


def test_how_slow_it_is_is_measured_in_a_moment() -> None:
    slowness.cache_clear()
    began = time.perf_counter()
    assert 1.0 <= slowness() <= SLOWEST
    assert time.perf_counter() - began < 2.0
    slowness.cache_clear()


@pytest.mark.slow
def test_little_time_left_is_known_before_it_is_used_up() -> None:
    """In a process of its own, which would end with its time."""
    program = """
import time
from desktop.base.bounded.limits import is_short, spend_at_most
assert not is_short()
spend_at_most(2.0)
assert not is_short()
began = time.process_time()
while not is_short(1.0):
    assert time.process_time() - began < 0.95
assert not is_short()
while not is_short():
    assert time.process_time() - began < 1.9
assert time.process_time() - began > 1.4
spend_at_most(0)
assert not is_short()
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
