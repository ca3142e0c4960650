"""Processes that examine files: one that crashes, hangs or grows costs only itself."""

from __future__ import annotations

import os
import time

import pytest

from desktop.base import Cancelled
from desktop.base.bounded.limits import Limits
from desktop.submission.register.crew import Crew, Lost, Prepared, Wire

done: list[int] = []
"""What this process has done."""


def prepared(word: str) -> Prepared[int, str]:
    def work(item: int) -> str:
        done.append(item)
        if item in {20, 22} and len(done) > 1:
            raise MemoryError
        if item == 21 and len(done) > 1:
            return "short"
        if item == 23 and len(done) > 1:
            os._exit(1)
        if item == 3:
            os._exit(1)
        if item == 5:
            while True:
                time.monotonic()
        if item == 7:
            raise MemoryError
        if item == 9:
            kept = bytearray(400 << 20)
            kept[::4096] = b"x" * len(kept[::4096])
        return f"{word}{item}"

    return Prepared(work)


def crew(size: int = 2, seconds: float = 1.0) -> Crew[int, str]:
    return Crew(prepared, ("a",), size, lambda _item: Limits(seconds), Wire(str.encode, unpacked))


def unpacked(_item: int, said: bytes) -> str:
    """A result that is none of ours is refused by ValueError."""
    if said == b"a4":
        raise ValueError
    return said.decode()


@pytest.mark.slow
def test_every_other_item_is_done():
    found = dict(crew().run(range(12)))
    assert {item: each.why for item, each in found.items() if isinstance(each, Lost)} == {
        3: "crash",
        4: "crash",
        5: "time",
        7: "memory",
        9: "memory",
    }
    assert {each for each in found.values() if isinstance(each, str)} == {
        f"a{item}" for item in range(12) if item not in (3, 4, 5, 7, 9)
    }


@pytest.mark.slow
def test_what_others_left_no_room_for_is_done_in_a_new_process():
    made: Crew[int, str] = Crew(
        prepared, ("a",), 1, lambda _item: Limits(5), Wire(str.encode, unpacked), lambda said: said == "short"
    )
    found = list(made.run([10, 20, 11, 21, 22, 23, 12]))
    assert sorted(found) == [(item, f"a{item}") for item in (10, 11, 12, 20, 21, 22, 23)]


@pytest.mark.slow
def test_a_process_killed_from_outside_loses_nothing():
    made = crew(1)
    found = {}
    for item, said in made.run([10, 11, 12, 13]):
        found[item] = said
        if item == 10:
            os.kill(made.processes[0], 9)
    assert len(found) == 4
    assert not any(isinstance(each, Lost) for each in found.values())


@pytest.mark.slow
def test_giving_up_ends_the_processes():
    made = crew(2, 60)
    seen: list[tuple[int, ...]] = []

    def idle() -> None:
        seen.append(made.processes)
        if len(seen) > 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(made.run([5, 5], idle))
    assert made.processes == ()
    for process in seen[-1]:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_nothing_to_do_starts_nothing():
    made = crew()
    assert list(made.run([])) == []
    assert made.processes == ()


def half(said: str) -> bytes:
    """As a process that somebody took over: it begins to speak and does not end."""
    import struct
    import time
    from pathlib import Path

    for each in Path("/proc/self/fd").iterdir():
        if each.exists() and each.readlink().name.startswith("socket:"):
            os.write(int(each.name), struct.pack("!i", 1000) + said.encode())
    while True:
        time.monotonic()


@pytest.mark.slow
@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="finds its line there")  # noqa: PTH110
def test_a_process_that_says_half_a_thing_keeps_nobody_waiting(monkeypatch):
    monkeypatch.setattr("desktop.submission.register.crew._SAYING", 0.2)
    made: Crew[int, str] = Crew(prepared, ("a",), 1, lambda _item: Limits(20), Wire(half, unpacked))
    ((item, said),) = made.run([1])
    assert (item, said) == (1, Lost("crash"))


def ended_once(place: str) -> Prepared[int, str]:
    """As where the system ends the first process, for want of memory."""

    def work(item: int) -> str:
        try:
            os.close(os.open(place, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return f"a{item}"
        os._exit(1)

    return Prepared(work)


@pytest.mark.slow
def test_what_the_system_ended_is_done_once_more_even_where_it_came_first(tmp_path):
    """An honest package was refused, and its region asked to sign anew."""
    made: Crew[int, str] = Crew(
        ended_once, (str(tmp_path / "ended"),), 1, lambda _item: Limits(5), Wire(str.encode, unpacked)
    )
    assert list(made.run([1])) == [(1, "a1")]
